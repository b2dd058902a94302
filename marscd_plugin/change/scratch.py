"""Rasters that live only while a pair is worked on: int32, tiled, sparse, gone with the folder they are in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from osgeo import gdal

from ..common.errors import OutputError
from ..common.files import need_folder, output_error
from ..common.rasters import Window, gdal_quiet, read
from ..common.words import Grid


@contextmanager
def scratch_folder(beside: Path) -> Iterator[Path]:
    """A hidden folder beside a result, removed with all it holds. Raises OutputError."""
    need_folder(beside.parent)
    try:
        holder = tempfile.TemporaryDirectory(prefix=".marscd-", dir=beside.parent)
    except OSError as error:
        raise output_error(error, beside.parent) from error
    with holder as folder:
        yield Path(folder)


class ScratchRaster:
    """One band of int32, 0 where nothing was written. Close it before its folder goes."""

    def __init__(self, path: Path, grid: Grid) -> None:
        self._path = path
        options = ["TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512", "COMPRESS=ZSTD", "ZSTD_LEVEL=1", "SPARSE_OK=TRUE",
                   "BIGTIFF=IF_SAFER"]  # fmt: skip
        with gdal_quiet():
            try:
                self._dataset = gdal.GetDriverByName("GTiff").Create(
                    str(path), grid.width, grid.height, 1, gdal.GDT_Int32, options
                )
            except RuntimeError:
                self._dataset = None
            message = gdal.GetLastErrorMsg()
        if self._dataset is None:
            raise OutputError(f"{path} could not be written ({message.strip()}).", "Choose another folder.")
        self._dataset.SetGeoTransform(grid.geotransform)

    @property
    def band(self) -> gdal.Band:
        """The band, for GDAL's algorithms."""
        return self._dataset.GetRasterBand(1)

    def write(self, window: Window, array: np.ndarray) -> None:
        """Write (rows, columns). Raises OutputError."""
        self._do(lambda: self.band.WriteArray(array, window.column, window.row))

    def read(self, window: Window) -> np.ndarray:
        """int32 (rows, columns)."""
        return read(self.band, window)

    def flush(self) -> None:
        """Everything to disk. Raises OutputError (a full disk shows here)."""
        self._do(lambda: self._dataset.FlushCache() and None)

    def close(self) -> None:
        """Let the file go."""
        with gdal_quiet():
            self._dataset = None

    def _do(self, call) -> None:  # type: ignore[no-untyped-def]
        with gdal_quiet():
            try:
                failed = call() not in (0, None) or gdal.GetLastErrorType() >= gdal.CE_Failure
            except RuntimeError:
                failed = True
            message = gdal.GetLastErrorMsg()
        if failed:
            raise OutputError(f"{self._path.parent} could not be written ({message.strip()}).", "Free some disk space.")
