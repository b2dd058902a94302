"""Rasters through GDAL: opening, block-wise reading with progress and cancel, and COGs that are whole or not there.

GDAL's exception switch is global to the process, which inside QGIS belongs to everybody, so nothing here turns it:
every call works in both modes. Arrays are (rows, columns), or (bands, rows, columns) where several bands are asked for.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from osgeo import gdal

from .errors import CancelledError, InputError, MarscdError, OutputError
from .files import need_folder, need_space, output_error, whole_file
from .progress import Progress, check
from .words import Grid

#: Edge of the blocks that loops over rasters use, in pixels: a multiple of COG tiles.
BLOCK = 1024
COG_TILE = 512
#: GDAL's block cache while we work: its default is a share of the machine's memory.
CACHE_BYTES = 256 * 1024 * 1024

_TYPES = {
    np.dtype("uint8"): gdal.GDT_Byte,
    np.dtype("uint16"): gdal.GDT_UInt16,
    np.dtype("int16"): gdal.GDT_Int16,
    np.dtype("uint32"): gdal.GDT_UInt32,
    np.dtype("int32"): gdal.GDT_Int32,
    np.dtype("float32"): gdal.GDT_Float32,
    np.dtype("float64"): gdal.GDT_Float64,
}


@dataclass(frozen=True)
class Window:
    """A pixel window: upper-left column and row, width and height."""

    column: int
    row: int
    width: int
    height: int

    @property
    def slices(self) -> tuple[slice, slice]:
        """Rows, columns: to index an array of the whole raster."""
        return slice(self.row, self.row + self.height), slice(self.column, self.column + self.width)

    def grown(self, by: int, width: int, height: int) -> Window:
        """This window with a halo of ``by`` pixels, clipped to a raster of ``width`` x ``height``."""
        column, row = max(self.column - by, 0), max(self.row - by, 0)
        right = min(self.column + self.width + by, width)
        bottom = min(self.row + self.height + by, height)
        return Window(column, row, right - column, bottom - row)


def windows(width: int, height: int, progress: Progress, size: int = BLOCK) -> Iterator[Window]:
    """The blocks of a raster, row by row; reports progress and raises CancelledError between blocks."""
    columns, rows = math.ceil(width / size), math.ceil(height / size)
    for index in range(columns * rows):
        check(progress)
        row, column = (index // columns) * size, (index % columns) * size
        yield Window(column, row, min(size, width - column), min(size, height - row))
        progress.report((index + 1) / (columns * rows))


@contextmanager
def gdal_quiet() -> Iterator[None]:
    """GDAL's messages stay out of the console (they corrupt ``qgis_process --json``); our errors carry them."""
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    gdal.ErrorReset()
    try:
        yield
    finally:
        gdal.PopErrorHandler()


@contextmanager
def bounded_cache(size: int = CACHE_BYTES) -> Iterator[None]:
    """Hold GDAL's block cache to ``size`` bytes for a long run, then give the process its own limit back."""
    before = gdal.GetCacheMax()
    gdal.SetCacheMax(min(size, before))
    try:
        yield
    finally:
        gdal.SetCacheMax(before)


def open_raster(path: Path | str, drivers: Sequence[str] | None = None) -> gdal.Dataset:
    """Open for reading, with at least one band. ``drivers`` restricts GDAL to those short names: for downloaded files.

    Raises InputError.
    """
    with gdal_quiet():
        try:
            kwargs: dict[str, Any] = {"allowed_drivers": list(drivers)} if drivers else {}
            dataset = gdal.OpenEx(str(path), gdal.OF_RASTER, **kwargs)
        except RuntimeError:
            dataset = None
        message = gdal.GetLastErrorMsg()
    if dataset is None:
        detail = f" ({message.strip()})" if message else ""
        raise InputError(f"{path} cannot be opened as a raster{detail}.", "Check that the file is there and whole.")
    if dataset.RasterCount < 1:
        raise InputError(f"{path} holds no raster band.", "Choose a raster with at least one band.")
    return dataset


def grid_of(dataset: gdal.Dataset) -> Grid:
    """The dataset's grid. Raises InputError where pixels are not square or rows not along x."""
    width, height = dataset.RasterXSize, dataset.RasterYSize
    crs = dataset.GetProjection() or ""
    transform = dataset.GetGeoTransform(can_return_null=True)
    if not crs or transform is None:
        return Grid("", 0.0, 0.0, 1.0, width, height)
    left, dx, rx, top, ry, dy = transform
    if rx or ry or dx <= 0 or dy >= 0 or abs(dx + dy) > 1e-6 * dx:
        raise InputError(
            f"{dataset.GetDescription()} has rotated or non-square pixels.",
            "Warp it to a north-up grid with square pixels first.",
        )
    return Grid(crs, left, top, dx, width, height)


def read(
    source: gdal.Dataset | gdal.Band,
    window: Window | None = None,
    *,
    out_shape: tuple[int, int] | None = None,
    dtype: Any = None,
) -> np.ndarray:
    """Read a window (all if None), averaged to ``out_shape`` (rows, columns) when smaller. Raises InputError.

    A dataset of several bands gives (bands, rows, columns); a band gives (rows, columns).
    """
    x_size = source.RasterXSize if isinstance(source, gdal.Dataset) else source.XSize
    y_size = source.RasterYSize if isinstance(source, gdal.Dataset) else source.YSize
    window = window or Window(0, 0, x_size, y_size)
    kwargs: dict[str, Any] = {}
    if out_shape is not None:
        kwargs = {"buf_ysize": out_shape[0], "buf_xsize": out_shape[1], "resample_alg": gdal.GRIORA_Average}
    if dtype is not None:
        kwargs["buf_type"] = _TYPES[np.dtype(dtype)]
    with gdal_quiet():
        try:
            array = source.ReadAsArray(window.column, window.row, window.width, window.height, **kwargs)
        except RuntimeError:
            array = None
        message = gdal.GetLastErrorMsg()
    if array is None:
        dataset = source if isinstance(source, gdal.Dataset) else source.GetDataset()
        name = dataset.GetDescription() if dataset is not None else "The raster"
        raise InputError(
            f"{name} cannot be read ({message.strip()}).", "The file is damaged or cut short: fetch or copy it again."
        )
    return array


class RasterWriter:
    """A raster written by blocks, that becomes a COG at ``path`` when the ``with`` block ends without an error.

    512 tiles, ZSTD, overviews, nodata, scale and offset, tags. Nothing is left behind on failure or cancel. Closing
    reports progress and can be cancelled too.
    """

    def __init__(
        self,
        path: Path | str,
        grid: Grid,
        dtype: Any,
        *,
        nodata: float | None = None,
        bands: int = 1,
        scale: float | None = None,
        offset: float | None = None,
        descriptions: Sequence[str] = (),
        tags: Mapping[str, str] | None = None,
        categorical: bool = False,
        progress: Progress | None = None,
    ) -> None:
        self.path = Path(path)
        if self.path.suffix.lower() not in (".tif", ".tiff"):
            raise OutputError(f"{self.path} is not a GeoTIFF name.", "Give a file name that ends in .tif.")
        self._grid, self._dtype, self._categorical = grid, np.dtype(dtype), categorical
        self._progress = progress
        need_folder(self.path.parent)
        self._scratch = self.path.with_name(f".{self.path.stem}.scratch.tif")
        options = ["TILED=YES", f"BLOCKXSIZE={COG_TILE}", f"BLOCKYSIZE={COG_TILE}", "COMPRESS=ZSTD", "ZSTD_LEVEL=1",
                   "SPARSE_OK=TRUE", "BIGTIFF=IF_SAFER"]  # fmt: skip
        with gdal_quiet():
            try:
                self._dataset = gdal.GetDriverByName("GTiff").Create(
                    str(self._scratch), grid.width, grid.height, bands, _TYPES[self._dtype], options
                )
            except RuntimeError:
                self._dataset = None
            message = gdal.GetLastErrorMsg()
        if self._dataset is None:
            raise OutputError(f"{self.path} could not be written ({message.strip()}).", "Choose another folder.")
        if grid.crs:
            self._dataset.SetProjection(grid.crs)
            self._dataset.SetGeoTransform(grid.geotransform)
        if tags:
            self._dataset.SetMetadata(dict(tags))
        for number in range(1, bands + 1):
            band = self._dataset.GetRasterBand(number)
            if nodata is not None:
                band.SetNoDataValue(nodata)
            if scale is not None:
                band.SetScale(scale)
            if offset is not None:
                band.SetOffset(offset)
            if number <= len(descriptions):
                band.SetDescription(descriptions[number - 1])

    def __enter__(self) -> RasterWriter:
        return self

    def write(self, window: Window, array: np.ndarray, band: int = 1) -> None:
        """Write (rows, columns) of the window. Raises OutputError."""
        self._do(
            lambda: self._dataset.GetRasterBand(band).WriteArray(
                array.astype(self._dtype, copy=False), window.column, window.row
            )
        )

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._dataset = None
            self._scratch.unlink(missing_ok=True)

    def _do(self, call: Any) -> None:
        with gdal_quiet():
            try:
                failed = call() not in (0, None)
            except RuntimeError:
                failed = True
            message = gdal.GetLastErrorMsg()
        if failed:
            raise _unwritten(self.path, message)

    def _finish(self) -> None:
        self._do(lambda: self._dataset.FlushCache() and None)
        resampling = "MODE" if self._categorical else "AVERAGE"
        with whole_file(self.path) as part:
            copy_as_cog(self._dataset, part, self.path, ["LEVEL=3", f"RESAMPLING={resampling}"], self._progress)


def copy_as_cog(
    source: gdal.Dataset, part: Path, path: Path, options: Sequence[str], progress: Progress | None, tell: bool = False
) -> None:
    """Write ``source`` to ``part`` as a COG of 512 tiles, ZSTD; errors name ``path``, the file the user knows.

    ``options`` are further creation options. ``tell``: report the fraction done. Raises OutputError, CancelledError.
    """
    every = ["COMPRESS=ZSTD", "PREDICTOR=YES", f"BLOCKSIZE={COG_TILE}", "BIGTIFF=IF_SAFER", "NUM_THREADS=2"]
    stopped = False

    def callback(fraction: float, _message: str, _data: Any) -> int:
        nonlocal stopped
        if progress is not None:
            stopped = progress.cancelled()
            if tell:
                progress.report(fraction)
        return 0 if stopped else 1

    with gdal_quiet():
        try:
            copy = gdal.GetDriverByName("COG").CreateCopy(str(part), source, 0, [*every, *options], callback)
            if copy is not None:
                copy.FlushCache()
            failed = copy is None or gdal.GetLastErrorType() >= gdal.CE_Failure
            copy = None
        except RuntimeError:
            failed = True
        message = gdal.GetLastErrorMsg()
    if stopped:
        raise CancelledError()
    if failed:
        raise _unwritten(path, message)


def _unwritten(path: Path, message: str) -> OutputError:
    """Why ``path`` could not be written: the disk is full, or what GDAL said."""
    try:
        need_space(path.parent, 1 << 20)
    except OutputError as error:
        return error
    except OSError as error:
        return output_error(error, path)
    return OutputError(
        f"{path} could not be written ({message.strip()}).", "Check the disk and choose another folder if need be."
    )


def crs_name(wkt: str) -> str:
    """A short name of a CRS for messages."""
    if not wkt:
        return "no CRS"
    start = wkt.find('"')
    return wkt[start + 1 : wkt.find('"', start + 1)] if start >= 0 else wkt[:40]


def memory_dataset(array: np.ndarray, grid: Grid, nodata: float | None = None) -> gdal.Dataset:
    """An in-memory dataset holding a copy of (rows, columns)."""
    dataset = gdal.GetDriverByName("MEM").Create("", grid.width, grid.height, 1, _TYPES[array.dtype])
    if grid.crs:
        dataset.SetProjection(grid.crs)
        dataset.SetGeoTransform(grid.geotransform)
    if nodata is not None:
        dataset.GetRasterBand(1).SetNoDataValue(nodata)
    if dataset.GetRasterBand(1).WriteArray(array) not in (0, None):
        raise MarscdError("A raster could not be held in memory.", "Close other programs and run it again.")
    return dataset
