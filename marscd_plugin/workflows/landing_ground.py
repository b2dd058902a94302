"""Ground under a candidate site: its grid in metres, its outline as a mask, and a raster laid on it by blocks."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from osgeo import gdal, ogr

from ..common.errors import InputError
from ..common.progress import Progress
from ..common.rasters import Window, gdal_quiet, grid_of, memory_dataset, windows
from ..common.words import Area, Grid
from ..planet import geometry
from ..planet.crs import local_wkt, spatial_reference

#: Edge of the blocks in which a site is read, and most pixels of one site, at whatever scale it is read.
BLOCK = 1024
MOST_PIXELS = 400_000_000


@dataclass(frozen=True)
class Ground:
    """A site's own grid: metres, north up, scale true at the middle; ``outline`` is a shapely geometry on it."""

    grid: Grid
    outline: Any


def ground_of(area: Area, pixel_size: float, name: str = "The site") -> Ground:
    """The grid of ``pixel_size`` metres that holds the area. Raises InputError for more than MOST_PIXELS."""
    wkt = local_wkt(*geometry.centre(area))
    outline = geometry.project(area, wkt)
    left, bottom, right, top = outline.bounds
    left, top = math.floor(left / pixel_size) * pixel_size, math.ceil(top / pixel_size) * pixel_size
    width = max(1, math.ceil((right - left) / pixel_size - 1e-9))
    height = max(1, math.ceil((top - bottom) / pixel_size - 1e-9))
    if width * height > MOST_PIXELS:
        raise InputError(
            f"{name} has {width * height / 1e6:,.0f} million pixels of {pixel_size:g} m.",
            "Give a longer baseline, or smaller sites.",
        )
    return Ground(Grid(wkt, left, top, pixel_size, width, height), outline)


def blocks(ground: Ground, progress: Progress) -> Iterator[tuple[Window, np.ndarray]]:
    """The site's windows with anything inside the outline, and which pixels (by their middle) lie inside it."""
    grid = ground.grid
    for window in windows(grid.width, grid.height, progress, BLOCK):
        inside = mask_of(ground.outline, grid.window(window.column, window.row, window.width, window.height))
        if grid.width * grid.height <= 4 and not inside.any():
            inside[:] = True  # a site smaller than a pixel is that pixel
        if inside.any():
            yield window, inside


def mask_of(outline: Any, grid: Grid) -> np.ndarray:
    """Which pixels of the grid have their middle inside a shapely geometry of its CRS, bool (rows, columns)."""
    target = memory_dataset(np.zeros((grid.height, grid.width), np.uint8), grid)
    # Without a CRS GDAL's rasteriser still needs the place.
    target.SetGeoTransform(grid.geotransform)
    # The layer borrows the dataset's CRS, so that nothing is transformed.
    reference = spatial_reference(grid.crs) if grid.crs else None
    source = ogr.GetDriverByName("Memory").CreateDataSource("outline")
    layer = source.CreateLayer("outline", reference, ogr.wkbUnknown)
    feature = ogr.Feature(layer.GetLayerDefn())
    feature.SetGeometryDirectly(ogr.CreateGeometryFromWkb(outline.wkb))
    layer.CreateFeature(feature)
    with gdal_quiet():
        gdal.RasterizeLayer(target, [1], layer, burn_values=[1])
    return target.ReadAsArray().astype(bool)


@dataclass(frozen=True)
class Laid:
    """A single-band raster that can be read on any local grid: what GDAL opens, with its CRS and nodata."""

    dataset: gdal.Dataset
    crs: str
    scale: float = 1.0
    offset: float = 0.0
    nodata: float | None = None
    #: Values beyond this are special ones (of ISIS, say), no measurements.
    limit: float = 1e7

    def read(self, grid: Grid, average: bool) -> np.ndarray:
        """float64 (rows, columns) on the grid, NaN where there is no value. Raises InputError."""
        options: dict[str, Any] = {"srcNodata": self.nodata} if self.nodata is not None else {}
        left, bottom, right, top = grid.bounds
        with gdal_quiet():
            try:
                found = gdal.Warp(
                    "", self.dataset, format="MEM", srcSRS=self.crs, dstSRS=grid.crs,
                    outputBounds=(left, bottom, right, top), width=grid.width, height=grid.height,
                    resampleAlg="average" if average else "bilinear", outputType=gdal.GDT_Float64,
                    dstNodata=math.nan, **options,
                )  # fmt: skip
                values = found.ReadAsArray() if found is not None else None
            except RuntimeError:
                values = None
            message = gdal.GetLastErrorMsg()
        if values is None:
            raise InputError(
                f"{self.dataset.GetDescription()} cannot be read ({message.strip()}).",
                "The file is damaged or cut short: fetch or copy it again.",
            )
        with np.errstate(invalid="ignore"):
            values[~(np.abs(values) < self.limit)] = np.nan
        return values * self.scale + self.offset


def one_band(dataset: gdal.Dataset, band: int) -> gdal.Dataset:
    """That band alone, as a virtual dataset."""
    if dataset.RasterCount == 1:
        return dataset
    with gdal_quiet():
        return gdal.Translate("", dataset, format="VRT", bandList=[band])


def pixel_metres(dataset: gdal.Dataset, crs: str, at: tuple[float, float]) -> float:
    """Metres a pixel of a raster where ``at`` (longitude, latitude) is; the finer side. Raises InputError."""
    from ..planet.bodies import body
    from ..planet.crs import body_of

    grid = grid_of(dataset)
    found = spatial_reference(crs)
    if found.IsGeographic():
        name = body_of(crs) or "Mars"
        return grid.pixel_size * math.radians(1.0) * body(name).radius
    return float(grid.pixel_size * found.GetLinearUnits())
