"""One input image: its grid and body, and its pixels as float32 with what is valid."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
from osgeo import gdal

from ..common.errors import InputError
from ..common.rasters import Window, gdal_quiet, grid_of, open_raster, read
from ..common.words import Grid
from ..planet.crs import body_of, planetocentric


class Image:
    """A band of a raster on a grid. ``body`` is None where it has no CRS (or a local one): the unit is the pixel then.

    Values are the band's, with scale and offset applied. Not valid are: nodata, what the band's mask hides, NaN and
    infinity, and the DNs in ``special``. Belongs to one thread at a time.
    """

    def __init__(
        self,
        dataset: gdal.Dataset,
        name: str,
        *,
        band: int = 1,
        special: tuple[float, ...] = (),
        grid: Grid | None = None,
    ) -> None:
        if not 1 <= band <= dataset.RasterCount:
            raise InputError(f"{name} has no band {band}.", f"It has {dataset.RasterCount}.")
        self.dataset, self.name, self.number = dataset, name, band
        self._band = dataset.GetRasterBand(band)
        if gdal.DataTypeIsComplex(self._band.DataType):
            raise InputError(f"{name} holds complex numbers.", "Choose a raster of plain values.")
        self.grid = grid if grid is not None else _grid(dataset)
        self.body = body_of(self.grid.crs) if self.grid.crs else None
        self.bands = dataset.RasterCount
        scale, offset = self._band.GetScale(), self._band.GetOffset()
        self.scale = 1.0 if scale in (None, 0.0) else float(scale)
        self.offset = 0.0 if offset is None else float(offset)
        self.nodata = self._band.GetNoDataValue()
        self._special = special
        flags = self._band.GetMaskFlags()
        self._masked = not flags & (gdal.GMF_ALL_VALID | gdal.GMF_NODATA)

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """float32 values and bool validity of a window inside the raster. Raises InputError."""
        raw = read(self._band, window)
        valid = np.isfinite(raw) if raw.dtype.kind == "f" else np.ones(raw.shape, bool)
        if self.nodata is not None and not math.isnan(self.nodata):
            # A float32 raster's nodata comes back as a double: compare in the raster's own precision.
            with np.errstate(over="ignore"):
                wanted = raw.dtype.type(self.nodata) if raw.dtype.kind == "f" else self.nodata
            valid &= raw != wanted
        for value in self._special:
            valid &= raw != value
        if self._masked:
            valid &= read(self._band.GetMaskBand(), window) != 0
        values = raw.astype(np.float32)
        if self.scale != 1.0:
            values *= np.float32(self.scale)
        if self.offset != 0.0:
            values += np.float32(self.offset)
        return values, valid

    def on(self, grid: Grid) -> Image:
        """This image on another grid of the same body, resampled on the fly (cubic). Raises InputError.

        The copy answers DNs of the warped raster as float32, NaN outside; scale and offset still apply.
        """
        source_crs = self.grid.crs
        left, bottom, right, top = grid.bounds
        with gdal_quiet():
            try:
                warped = gdal.Warp(
                    "",
                    self.dataset,
                    format="VRT",
                    srcSRS=source_crs,
                    dstSRS=grid.crs,
                    outputBounds=(left, bottom, right, top),
                    width=grid.width,
                    height=grid.height,
                    resampleAlg="cubic",
                    dstNodata=float("nan"),
                    outputType=gdal.GDT_Float32,
                    # A twentieth of a pixel: far below what registration reaches.
                    errorThreshold=0.05,
                    warpMemoryLimit=64,
                    multithread=False,
                )
            except RuntimeError:
                warped = None
            message = gdal.GetLastErrorMsg()
        if warped is None:
            raise InputError(
                f"{self.name} cannot be laid on the other image's grid ({message.strip()}).", "Check its CRS."
            )
        image = Image(warped, self.name, band=self.number, grid=grid)
        image.scale, image.offset, image.bands = self.scale, self.offset, self.bands
        return image


def open_image(path: str | Path, band: int = 1, special: tuple[float, ...] = ()) -> Image:
    """Open any GDAL raster as an image. Raises InputError (missing, damaged, complex, rotated, an Earth image)."""
    image = Image(open_raster(path), str(path), band=band, special=special)
    if image.body == "Earth":
        raise InputError(
            f"{path} lies on Earth by its CRS.",
            "Choose an image of Mars; if it is one whose CRS was lost, assign it its Mars CRS first.",
        )
    return image


def _grid(dataset: gdal.Dataset) -> Grid:
    grid = grid_of(dataset)
    if not grid.crs:
        return grid
    if body_of(grid.crs) is None:  # a local or engineering CRS says nothing of a place
        return Grid("", 0.0, 0.0, 1.0, grid.width, grid.height)
    return replace(grid, crs=planetocentric(grid.crs))
