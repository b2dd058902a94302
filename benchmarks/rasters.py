"""A large raster for benchmarks, like a HiRISE RED image: 16 bit, tiled, a quarter of a metre a pixel, on Mars."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def make_raster(path: Path, edge: int) -> Any:
    """An empty GDAL dataset of ``edge`` x ``edge`` pixels with nodata 0, to be filled block by block."""
    import numpy as np
    from osgeo import gdal

    from marscd_plugin.planet.crs import local_wkt

    options = ["TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512", "COMPRESS=ZSTD", "PREDICTOR=2", "ZSTD_LEVEL=1",
               "BIGTIFF=IF_SAFER"]  # fmt: skip
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), edge, edge, 1, gdal.GDT_UInt16, options)
    dataset.SetProjection(local_wkt(-157.83, -41.58))
    dataset.SetGeoTransform((0.0, 0.25, 0.0, -41.58 * np.pi / 180 * 3396190.0, 0.0, -0.25))
    dataset.GetRasterBand(1).SetNoDataValue(0)
    return dataset
