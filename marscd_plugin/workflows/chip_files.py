"""One chip as a GeoTIFF: grey, 8 bits or floating point, on its own local map where it has one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from osgeo import gdal

from ..common.errors import OutputError
from ..common.files import whole_file
from ..common.rasters import gdal_quiet
from ..common.words import Grid

FLOAT_NODATA = -3.0e38
#: 8-bit chips keep 0 for nodata.
BYTE_NODATA = 0


def write_chip(path: Path, pixels: np.ndarray, grid: Grid | None, form: str, step: float) -> None:
    """Write float32 (rows, columns), NaN where nothing is. Raises OutputError.

    ``form`` is BYTE or FLOAT. As bytes, whole numbers of 0..255 (``step`` 1: the image holds whole numbers) stay what
    they are, but 0 becomes 1; other values are stretched from their least to their greatest over 1..255, with the
    scale and offset that lead back.
    """
    scale, offset, nodata, kind = 1.0, 0.0, float(FLOAT_NODATA), gdal.GDT_Float32
    good = np.isfinite(pixels)
    values = np.where(good, pixels, np.float32(FLOAT_NODATA)).astype(np.float32)
    if form == "BYTE":
        low, high = float(pixels[good].min()), float(pixels[good].max())
        if not (step >= 1 and low >= 0 and high <= 255):
            scale = max((high - low) / 254.0, 1e-30)
            offset = low - scale
        whole = np.clip(np.rint((np.where(good, pixels, low) - offset) / scale), 1, 255)
        values, nodata, kind = np.where(good, whole, BYTE_NODATA).astype(np.uint8), float(BYTE_NODATA), gdal.GDT_Byte
    rows, columns = pixels.shape
    with whole_file(path) as part, gdal_quiet():
        try:
            made = gdal.GetDriverByName("GTiff").Create(
                str(part),
                columns,
                rows,
                1,
                kind,
                ["COMPRESS=DEFLATE", "PREDICTOR=2" if form == "BYTE" else "PREDICTOR=3"],
            )
            if made is not None:
                if grid is not None and grid.crs:
                    made.SetProjection(grid.crs)
                    made.SetGeoTransform(grid.geotransform)
                band = made.GetRasterBand(1)
                band.SetNoDataValue(nodata)
                if scale != 1.0 or offset != 0.0:
                    band.SetScale(scale)
                    band.SetOffset(offset)
                failed = band.WriteArray(values) not in (0, None)
                band = None
                made.FlushCache()
            failed = made is None or failed or gdal.GetLastErrorType() >= gdal.CE_Failure
            made = None
        except RuntimeError:
            failed = True
        if failed or not part.is_file():
            raise OutputError(
                f"{path} could not be written ({gdal.GetLastErrorMsg().strip()}).", "Check the disk and the folder."
            )
