"""The image files of a product: JPEG 2000 with GeoJP2 as HiRISE writes it, and its browse images."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from osgeo import gdal

from ..common.errors import CancelledError, InputError, OutputError
from ..common.files import whole_file
from ..common.progress import Progress
from ..common.rasters import gdal_quiet
from .projection import ImageGrid
from .source import DN_HIGH, DN_LOW

BROWSE_EDGE = 1024
THUMBNAIL_EDGE = 256
#: GDAL's driver takes no smaller tile, and we write one tile.
SMALLEST = 32
_RESOLUTIONS = 6


def jp2_options(grid: ImageGrid) -> list[str]:
    """HiRISE's codestream: one tile, PCRL, precincts of 256, reversible, packet lengths (PLT).

    No TLM marker, which the archive's own files have too: OpenJPEG 2.5.0 writes it wrong together with PLT, and the
    pixels then come back damaged (measured here).
    """
    edge = min(grid.lines, grid.samples)
    levels = max(1, min(_RESOLUTIONS, edge.bit_length() - 4))
    return [
        "QUALITY=100", "REVERSIBLE=YES", "NBITS=10", f"RESOLUTIONS={levels}", "PROGRESSION=PCRL",
        "PRECINCTS=" + ",".join(["{256,256}"] * levels), "PLT=YES", "YCC=NO", "GMLJP2=NO", "CODEC=JP2",
        f"BLOCKXSIZE={grid.samples}", f"BLOCKYSIZE={grid.lines}",
    ]  # fmt: skip


def write_jp2(dataset: gdal.Dataset, grid: ImageGrid, path: Path, progress: Progress) -> None:
    """Write DNs (uint16, 1 or 3 bands) as a product's JP2, whole or not at all.

    Raises InputError, OutputError, CancelledError.
    """
    if min(grid.lines, grid.samples) < SMALLEST:
        raise InputError(
            f"An image of {grid.samples} x {grid.lines} pixels is too small for JPEG 2000 as it is written here.",
            f"Give one of at least {SMALLEST} x {SMALLEST} pixels.",
        )
    dataset.SetProjection(grid.projection.wkt())
    dataset.SetGeoTransform(grid.geotransform)
    stopped = False

    def callback(fraction: float, _message: str, _data: object) -> int:
        nonlocal stopped
        stopped = progress.cancelled()
        progress.report(fraction)
        return 0 if stopped else 1

    with whole_file(path) as part:
        _copy("JP2OpenJPEG", dataset, part, jp2_options(grid), path, callback, lambda: stopped)


def write_browse(dataset: gdal.Dataset, path: Path, edge: int) -> None:
    """Write an 8-bit JPEG at most ``edge`` pixels long, averaged; nothing seen is black. Raises OutputError."""
    width, height = dataset.RasterXSize, dataset.RasterYSize
    shrink = max(width, height) / edge
    columns, rows = max(round(width / max(shrink, 1)), 1), max(round(height / max(shrink, 1)), 1)
    small = gdal.GetDriverByName("MEM").Create("", columns, rows, dataset.RasterCount, gdal.GDT_Byte)
    for number in range(1, dataset.RasterCount + 1):
        data = dataset.GetRasterBand(number).ReadAsArray(
            buf_xsize=columns, buf_ysize=rows, resample_alg=gdal.GRIORA_Average
        )
        grey = 1 + (data.astype(float) - DN_LOW) * 254 / (DN_HIGH - DN_LOW)
        small.GetRasterBand(number).WriteArray(np.where(data == 0, 0, np.clip(np.rint(grey), 1, 255)).astype(np.uint8))
    with whole_file(path) as part:
        _copy("JPEG", small, part, ["QUALITY=90"], path)


def _copy(
    driver: str,
    dataset: gdal.Dataset,
    part: Path,
    options: list[str],
    path: Path,
    callback: Callable[[float, str, object], int] | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> None:
    with gdal_quiet():
        try:
            copy = gdal.GetDriverByName(driver).CreateCopy(str(part), dataset, 0, options, callback)
            failed = copy is None or gdal.GetLastErrorType() >= gdal.CE_Failure
            copy = None
        except RuntimeError:
            failed = True
        message = gdal.GetLastErrorMsg().strip()
    if stopped():
        raise CancelledError()
    if failed:
        raise OutputError(f"{path} could not be written ({message}).", "Check the disk and GDAL's JPEG 2000 driver.")
