"""Height and slope of a candidate site from a terrain model in metres: at one stated baseline for all sites."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from osgeo import gdal

from ..common.errors import InputError
from ..common.progress import Progress
from ..common.rasters import open_raster
from ..common.words import Area
from ..planet import geometry
from ..planet.crs import body_of, planetocentric
from ..products.user import open_user_raster
from .landing_ground import Laid, blocks, ground_of, one_band, pixel_metres

#: Slopes are counted in bins this wide, degrees: so fine are median and percentile.
_BIN = 0.01
#: Heights beyond this (metres) are distances from the planet's middle, not heights.
_RADII = 1e6
_METRES = ("", "m", "metre", "metres", "meter", "meters")


@dataclass(frozen=True)
class Dtm:
    """A terrain model: its band laid ready, metres a pixel, and whether it gives radii instead of heights."""

    path: str
    laid: Laid
    pixel_size: float
    radii: bool


@dataclass(frozen=True)
class TerrainFacts:
    """Of one site: shares 0..1, metres, degrees. ``coverage`` is the share of the site with a height.

    ``steep`` is the share of the ground with a slope steeper than the limit, ``low`` of that below the height limit;
    both of the ground that is covered. Undefined is None.
    """

    coverage: float
    mean: float | None = None
    least: float | None = None
    most: float | None = None
    slope_median: float | None = None
    slope_p95: float | None = None
    steep: float | None = None
    low: float | None = None


def open_dtm(path: str, body: str, middle: tuple[float, float]) -> Dtm:
    """A DTM in metres on ``body``; ``middle`` is (longitude, latitude) of a site. Raises InputError."""
    product = open_user_raster(path)
    where = product.body
    if where != body:
        raise InputError(
            f"The DTM {path} lies on {where or 'no known body'}, the sites on {body}.",
            f"Choose a DTM of {body} with a CRS.",
        )
    dataset = open_raster(product.raster)
    band = dataset.GetRasterBand(product.band)
    unit = (band.GetUnitType() or "").strip().lower()
    if unit not in _METRES:
        raise InputError(f"The heights of {path} are in {unit!r}.", "Choose or make a DTM in metres.")
    if band.DataType == gdal.GDT_Byte:
        raise InputError(
            f"{path} has values of 8 bits, like a hillshade or a picture.", "Choose a DTM: heights in metres."
        )
    crs = planetocentric(dataset.GetProjection())
    if body_of(crs) != body:
        raise InputError(f"The DTM {path} has no CRS of {body}.", "Assign its CRS.")
    alone = one_band(dataset, product.band)
    laid = Laid(alone, crs, product.scale, product.offset, product.nodata, 1e8)
    size = pixel_metres(dataset, crs, middle)
    return Dtm(path, laid, size, _are_radii(laid))


def _are_radii(laid: Laid) -> bool:
    """Whether a coarse look at the heights says that they are counted from the planet's middle."""
    shape = (min(laid.dataset.RasterYSize, 64), min(laid.dataset.RasterXSize, 64))
    coarse = laid.dataset.GetRasterBand(1).ReadAsArray(buf_ysize=shape[0], buf_xsize=shape[1]).astype(float)
    good = coarse[np.isfinite(coarse) & (np.abs(coarse) < laid.limit)]
    if laid.nodata is not None:
        good = good[good != laid.nodata]
    return bool(len(good)) and abs(float(np.median(good)) * laid.scale + laid.offset) > _RADII


def baseline_of(dtm: Dtm, asked: float | None, progress: Progress) -> float:
    """The length over which slopes are taken, metres: what was asked, and never under two pixels of the DTM."""
    least = 2.0 * dtm.pixel_size
    if asked is None:
        return least
    if asked < 0.999 * least:
        progress.warn(
            f"The DTM's pixels are {dtm.pixel_size:,.3g} m: slopes are taken over {least:,.4g} m, not {asked:,.4g} m."
        )
        return least
    return asked


def terrain_of(
    dtm: Dtm, area: Area, baseline: float, steep: float, low: float, progress: Progress, name: str = "The site"
) -> TerrainFacts:
    """Measure one site. ``steep`` degrees, ``low`` metres: the limits that ground is counted against.

    Heights lie on nodes half a baseline apart (averaged where the DTM is finer); a node's slope is that of the central
    differences across it, so over one baseline in x and in y. Nodes beside a gap have no slope.
    Raises InputError, CancelledError.
    """
    step = baseline / 2.0
    ground = ground_of(area, step, name)
    average = step > 1.5 * dtm.pixel_size
    tally = _Tally(steep, low)
    for window, inside in blocks(ground, progress):
        # One node more on each side: the slope at the edge needs its neighbours.
        grid = ground.grid.window(window.column - 1, window.row - 1, window.width + 2, window.height + 2)
        heights = dtm.laid.read(grid, average)
        right = (heights[1:-1, 2:] - heights[1:-1, :-2]) / baseline
        down = (heights[2:, 1:-1] - heights[:-2, 1:-1]) / baseline
        slopes = np.degrees(np.arctan(np.hypot(right, down)))
        tally.add(heights[1:-1, 1:-1][inside], slopes[inside])
    return tally.facts(dtm.radii)


class _Tally:
    """Running numbers of a site that may be far larger than memory."""

    def __init__(self, steep: float, low: float) -> None:
        self._steep_limit, self._low_limit = steep, low
        self._all = self._known = self._sloped = self._steep = self._low = 0
        self._sum, self._least, self._most = 0.0, math.inf, -math.inf
        self._bins = np.zeros(int(90 / _BIN) + 1, np.int64)

    def add(self, heights: np.ndarray, slopes: np.ndarray) -> None:
        self._all += len(heights)
        good = heights[np.isfinite(heights)]
        if len(good):
            self._known += len(good)
            self._sum += float(good.sum())
            self._least, self._most = min(self._least, float(good.min())), max(self._most, float(good.max()))
            self._low += int(np.count_nonzero(good < self._low_limit))
        sound = slopes[np.isfinite(slopes)]
        if len(sound):
            self._sloped += len(sound)
            self._steep += int(np.count_nonzero(sound > self._steep_limit))
            self._bins += np.bincount((sound / _BIN).astype(np.int64), minlength=len(self._bins))

    def facts(self, radii: bool) -> TerrainFacts:
        if not self._known:
            return TerrainFacts(0.0)
        heights = not radii
        return TerrainFacts(
            self._known / self._all,
            self._sum / self._known if heights else None,
            self._least if heights else None,
            self._most if heights else None,
            self._percentile(50.0),
            self._percentile(95.0),
            self._steep / self._sloped if self._sloped else None,
            self._low / self._known if heights else None,
        )

    def _percentile(self, percent: float) -> float | None:
        if not self._sloped:
            return None
        place = int(np.searchsorted(np.cumsum(self._bins), percent / 100.0 * self._sloped))
        return round(min(place, len(self._bins) - 1) * _BIN + _BIN / 2, 3)


def middle_of(areas: list[Area]) -> tuple[float, float]:
    """(longitude, latitude) of the first site: where a DTM's pixels are measured."""
    return geometry.centre(areas[0])


def name_of(path: str) -> str:
    """A source's name for tables."""
    return Path(path).name or path
