"""Small pictures for reports: a raster as a JPEG of at most 600 pixels, as a data address that needs no second file."""

from __future__ import annotations

import base64
import uuid
from itertools import pairwise
from pathlib import Path

import numpy as np
from osgeo import gdal

from ..common.errors import InputError
from ..common.rasters import Window, gdal_quiet, open_raster, read

EDGE = 600


def thumbnail(path: Path | str, edge: int = EDGE, band: int = 1, nearest: bool = False) -> np.ma.MaskedArray:
    """A band averaged to at most ``edge`` pixels a side, float32 (rows, columns), masked where there is no data.

    ``nearest``: of classes, which have no average: the greatest value of the pixels that fall together.
    """
    dataset = open_raster(path)
    source = dataset.GetRasterBand(band)
    scale = min(1.0, edge / max(source.XSize, source.YSize))
    shape = (max(1, round(source.YSize * scale)), max(1, round(source.XSize * scale)))
    nodata = source.GetNoDataValue()
    values = _greatest(source, shape, nodata) if nearest else read(source, out_shape=shape).astype(np.float32)
    hidden = ~np.isfinite(values)
    if nodata is not None:
        hidden |= values == np.float32(nodata)
    return np.ma.MaskedArray(values, hidden)


def _greatest(source: gdal.Band, shape: tuple[int, int], nodata: float | None) -> np.ndarray:
    """Greatest value in each cell of a coarse grid, row of cells by row of cells; nodata only where all is."""
    out = np.empty(shape, np.float32)
    edges_y = np.linspace(0, source.YSize, shape[0] + 1).astype(int)
    edges_x = np.linspace(0, source.XSize, shape[1] + 1).astype(int)[:-1]
    for row, (top, bottom) in enumerate(pairwise(edges_y)):
        block = read(source, Window(0, int(top), source.XSize, int(bottom - top))).astype(np.float32)
        if nodata is not None:
            block[block == np.float32(nodata)] = -np.inf
        out[row] = np.maximum.reduceat(block.max(axis=0), edges_x)
    return out


def with_classes(image: np.ma.MaskedArray, classes: np.ma.MaskedArray, count: int) -> np.ndarray:
    """The image in grey under the classes 1..count from yellow to violet, (rows, columns, 3) bytes; 0 is left out."""
    base = _grey(image) if image.shape == classes.shape else np.full((*classes.shape, 3), 200, np.uint8)
    values = classes.filled(0.0)
    ramp = np.array(((253, 231, 37), (94, 201, 98), (33, 145, 140), (59, 82, 139), (120, 10, 130)), np.float32)
    along = np.clip((values - 1.0) / max(count - 1, 1), 0.0, 1.0) * (len(ramp) - 1)
    colour = np.stack([np.interp(along, np.arange(len(ramp)), ramp[:, k]) for k in range(3)], axis=-1)
    return np.where((values > 0)[..., None], colour, base).astype(np.uint8)


def grey(*images: np.ma.MaskedArray) -> list[np.ndarray]:
    """Each image as (rows, columns, 3) bytes, stretched from its 1st to its 99th percentile; no data is white."""
    return [_grey(image) for image in images]


def with_probability(image: np.ma.MaskedArray, probability: np.ma.MaskedArray) -> np.ndarray:
    """The image in grey under the probability in orange to red, (rows, columns, 3) bytes.

    Averaging thins narrow changes, so the colour is made four times as strong as the averaged probability.
    """
    base = _grey(image).astype(np.float32) if image.shape == probability.shape else None
    if base is None:
        base = np.full((*probability.shape, 3), 200.0, np.float32)
    likely = np.clip(probability.filled(0.0), 0.0, 1.0)
    strength = np.clip(4.0 * likely, 0.0, 1.0)[..., None]
    colour = np.stack((np.full_like(likely, 235.0), 150.0 * (1.0 - likely), np.full_like(likely, 20.0)), axis=-1)
    return np.clip(base * (1.0 - strength) + colour * strength, 0, 255).astype(np.uint8)


def data_address(picture: np.ndarray) -> str:
    """(rows, columns, 3) bytes as ``data:image/jpeg;base64,...``. Raises InputError where GDAL lacks JPEG."""
    rows, columns, _ = picture.shape
    name = f"/vsimem/marscd-{uuid.uuid4().hex}.jpg"
    with gdal_quiet():
        memory = gdal.GetDriverByName("MEM").Create("", columns, rows, 3, gdal.GDT_Byte)
        for band in range(3):
            memory.GetRasterBand(band + 1).WriteArray(np.ascontiguousarray(picture[..., band]))
        driver = gdal.GetDriverByName("JPEG")
        if driver is None:
            raise InputError("This GDAL has no JPEG driver, so pictures cannot be made.", "Install a complete GDAL.")
        try:
            copy = driver.CreateCopy(name, memory, 0, ["QUALITY=82"])
            if copy is not None:
                copy.FlushCache()
            copy = None
            size = gdal.VSIStatL(name).size
            file = gdal.VSIFOpenL(name, "rb")
            data = bytes(gdal.VSIFReadL(1, size, file))
            gdal.VSIFCloseL(file)
        finally:
            gdal.Unlink(name)
    return "data:image/jpeg;base64," + base64.b64encode(data).decode("ascii")


def _grey(image: np.ma.MaskedArray) -> np.ndarray:
    seen = image.compressed()
    low, high = np.percentile(seen, (1, 99)) if seen.size else (0.0, 1.0)
    spread = float(high - low) or 1.0
    stretched = np.clip((image.filled(low) - low) / spread, 0.0, 1.0) * 245.0
    stretched[np.ma.getmaskarray(image)] = 255.0
    return np.repeat(stretched.astype(np.uint8)[..., None], 3, axis=-1)
