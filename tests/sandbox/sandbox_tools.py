"""Small rasters and a published archive, for the sandbox's tests."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from osgeo import gdal

from marscd_plugin.common.progress import Quiet
from marscd_plugin.planet.time import parse_utc
from marscd_plugin.sandbox.publish import placement, publish_raster, wish


def write_raster(
    path: Path, array: np.ndarray, driver: str = "GTiff", wkt: str = "", transform=None, nodata=None
) -> Path:
    """(rows, columns) or (bands, rows, columns) as a file."""
    bands = array[None] if array.ndim == 2 else array
    kinds = {"uint8": gdal.GDT_Byte, "uint16": gdal.GDT_UInt16, "float32": gdal.GDT_Float32}
    memory = gdal.GetDriverByName("MEM").Create("", bands.shape[2], bands.shape[1], len(bands), kinds[str(array.dtype)])
    for number, band in enumerate(bands, start=1):
        memory.GetRasterBand(number).WriteArray(band)
        if nodata is not None:
            memory.GetRasterBand(number).SetNoDataValue(nodata)
    if wkt:
        memory.SetProjection(wkt)
    if transform is not None:
        memory.SetGeoTransform(transform)
    gdal.GetDriverByName(driver).CreateCopy(str(path), memory)
    return path


def noise(rows: int, columns: int, seed: int = 0) -> np.ndarray:
    """Bytes over the whole range."""
    return np.random.default_rng(seed).integers(0, 256, (rows, columns)).astype(np.uint8)


def publish(root: Path, image: Path, product_id: str, time: str, where=None, mask=None, **angles):
    """publish_raster with plain values; ``where`` is (lon, lat, pixel size)."""
    return publish_raster(
        root, image, wish(product_id, parse_utc(time), **angles), placement(*where) if where else None, mask, Quiet()
    )
