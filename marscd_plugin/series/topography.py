"""What a terrain model (DTM) adds: where the sun does not reach, brightness as of level ground, relief's parallax.

The DTM is laid on the series' grid at reduced size by its own georeferencing; memory does not grow with the series.
Cast shadows and slopes are as fine as the DTM and no finer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from ..common.errors import InputError
from ..common.packages import need
from ..common.progress import Progress
from ..common.rasters import Window, open_raster
from ..common.words import Grid, Product
from ..planet.crs import body_of, geographic_wkt, transformer
from ..products.user import open_user_raster
from .scene import fill, pixel_centres
from .source import GridMap, Source
from .transform import Warp

#: Larger side of the reduced terrain, pixels.
WORKING_SIZE = 2048
#: Where the ground's brightness follows the slope less than this (correlation), nothing is corrected.
LEAST_CORRELATION = 0.2
#: A slope's correction stays within these factors.
GAINS = (1 / 3, 3.0)
_FEWEST = 1000
#: Tags that give the azimuth of the spacecraft from the ground, degrees clockwise from north (ISIS campt's word, too).
AZIMUTH_TAGS = ("SUB_SPACECRAFT_GROUND_AZIMUTH", "SubSpacecraftGroundAzimuth")


@dataclass(frozen=True)
class Terrain:
    """``heights`` metres (rows, columns) at nodes ``factor`` grid pixels apart, filled where ``known`` is False.

    ``north``: true north at the grid's middle, degrees clockwise from the grid's up.
    """

    grid: Grid
    heights: np.ndarray
    known: np.ndarray
    factor: int
    north: float

    @cached_property
    def slopes(self) -> tuple[np.ndarray, np.ndarray]:
        """(towards the grid's right, towards its up): metres of height a metre."""
        step = self.factor * self.grid.pixel_size
        down, right = np.gradient(self.heights, step)
        return right, -down

    def cosine(self, incidence: float, azimuth: float) -> np.ndarray:
        """Cosine of the sun's angle to each slope's normal; ``azimuth`` clockwise from true north. Nodes."""
        right, up = self.slopes
        zenith, turn = math.radians(incidence), math.radians(azimuth + self.north)
        towards_x, towards_y = math.sin(zenith) * math.sin(turn), math.sin(zenith) * math.cos(turn)
        return (math.cos(zenith) - right * towards_x - up * towards_y) / np.sqrt(1 + right**2 + up**2)

    def shaded(self, incidence: float, azimuth: float) -> np.ndarray:
        """Nodes that the sun does not reach: turned away from it, or behind higher ground. Bool.

        Turned so that rows run towards the sun, a running maximum of height less the ray's rise says how far below the
        ray from the highest ground in front of it each node lies; that depth is turned back.
        """
        cv2 = need("cv2")
        turn = math.radians(azimuth + self.north)
        rise = math.tan(math.radians(90.0 - min(incidence, 89.9))) * self.factor * self.grid.pixel_size
        # A ring of the edge's own heights: beyond it nothing throws shadows, and that must not be mixed into the edge.
        ground = cv2.copyMakeBorder(self.heights.astype(np.float32), 2, 2, 2, 2, cv2.BORDER_REPLICATE)
        rows, columns = ground.shape
        side = math.ceil(math.hypot(rows, columns)) + 2
        dx, dy = math.sin(turn), -math.cos(turn)
        middle, x, y = (side - 1) / 2, (columns - 1) / 2, (rows - 1) / 2
        move = np.array([[dx, -dy, x - middle * (dx - dy)], [dy, dx, y - middle * (dy + dx)]])
        linear = cv2.INTER_LINEAR
        level = np.float32(ground.min()) - np.float32(1e4)
        turned = cv2.warpAffine(
            ground, move, (side, side), flags=linear | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_CONSTANT, borderValue=float(level),
        )  # fmt: skip
        above = turned - np.float32(rise) * np.arange(side, dtype=np.float32)
        ahead = np.maximum.accumulate(above[:, ::-1], axis=1)[:, ::-1]
        depth = np.zeros_like(above)
        depth[:, :-1] = np.clip(ahead[:, 1:] - above[:, :-1], -rise, 1e4)
        back = cv2.warpAffine(depth, move, (columns, rows), flags=linear)[2:-2, 2:-2]
        return ((back > 0.1 * rise) | (self.cosine(incidence, azimuth) <= 0)) & self.known

    def nodes(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Node coordinates of grid pixels."""
        half = (self.factor - 1) / 2
        return (np.asarray(x, float) - half) / self.factor, (np.asarray(y, float) - half) / self.factor

    def window(self, of_nodes: np.ndarray, window: Window) -> np.ndarray:
        """An array at nodes, bilinearly, at each pixel of a window; float32."""
        columns, rows = pixel_centres(window)
        at_x, at_y = self.nodes(*np.meshgrid(columns, rows))
        return _bilinear(of_nodes, at_x, at_y)


def read_terrain(dtm: Path | str | Product, grid: Grid, progress: Progress) -> Terrain:
    """A DTM in metres on a series' grid. Raises InputError where it lies elsewhere, or on another body."""
    product = dtm if isinstance(dtm, Product) else open_user_raster(dtm)
    if not grid.crs:
        raise InputError("Images without a CRS have no terrain model.", "Leave the DTM out, or assign their CRS.")
    if product.body != body_of(grid.crs):
        raise InputError(
            f"The DTM {product.raster} lies on {product.body or 'no known body'}.", "Choose a DTM of Mars with a CRS."
        )
    factor = max(1, -(-max(grid.width, grid.height) // WORKING_SIZE))
    patch = GridMap(grid, Source(product, progress)).patch(Window(0, 0, grid.width, grid.height), factor)
    share = float(patch.valid.mean())
    if share < 0.01:
        raise InputError(
            f"The DTM {product.raster} does not cover the series.", "Choose one that does, or leave it out."
        )
    if share < 0.9:
        progress.warn(f"The DTM covers {share:.0%} of the series; elsewhere the ground is taken as level.")
    heights = patch.values.astype(np.float64)
    heights = np.where(patch.valid, heights, float(heights[patch.valid].mean()))
    # Beside a gap, slopes are half guessed.
    known = need("cv2").erode(patch.valid.astype(np.uint8), np.ones((5, 5), np.uint8), borderValue=1).astype(bool)
    return Terrain(grid, fill(heights, patch.valid), known, factor, _north(grid))


def _north(grid: Grid) -> float:
    """Degrees clockwise from the grid's up to true north, at its middle."""
    left, bottom, right, top = grid.bounds
    x, y = (left + right) / 2, (bottom + top) / 2
    degrees = geographic_wkt(body_of(grid.crs) or "Mars")
    lon, lat = (float(v[0]) for v in transformer(grid.crs, degrees).points(np.array([x]), np.array([y])))
    step = 1e-4 if lat < 89.9998 else -1e-4
    to_x, to_y = (float(v[0]) for v in transformer(degrees, grid.crs).points(np.array([lon]), np.array([lat + step])))
    turn = math.degrees(math.atan2(to_x - x, to_y - y))
    return turn if step > 0 else (turn + 360.0) % 360.0 - 180.0


# -- brightness as of level ground ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Levelled:
    """A C-correction: value' = value * (cos i0 + c) / (cos i + c). ``gain`` is None where nothing is corrected."""

    gain: np.ndarray | None
    words: str
    c: float | None = None
    correlation: float | None = None


def c_correction(
    terrain: Terrain, values: np.ndarray, valid: np.ndarray, incidence: float | None, azimuth: float | None
) -> Levelled:
    """From an epoch read at the terrain's nodes (``values``, ``valid``: lit pixels only).

    Teillet, Guindon and Goodenough 1982 (Canadian Journal of Remote Sensing 8, 84-106): brightness is b + m cos i, i
    the sun's angle to the slope's normal, and c = b / m. The line goes through medians of bins of cos i, which albedo
    features and changes pull little. Where brightness does not follow the slope, nothing is done, and that is said.
    """
    if incidence is None or azimuth is None:
        return Levelled(None, "not levelled: the sun's incidence or azimuth is not known")
    cosine = terrain.cosine(incidence, azimuth)
    use = valid & terrain.known & (cosine > 0.02)
    if np.count_nonzero(use) < _FEWEST:
        return Levelled(None, "not levelled: too few lit pixels on the terrain model")
    x, y = cosine[use], values[use].astype(np.float64)
    correlation = float(np.corrcoef(x, y)[0, 1]) if np.ptp(x) > 0 and np.ptp(y) > 0 else 0.0
    if not correlation >= LEAST_CORRELATION:
        return Levelled(
            None,
            f"not levelled: brightness does not follow the slope (correlation {correlation:.2f}); the terrain model "
            "may lie aside, or the ground be too flat",
            correlation=correlation,
        )
    edges = np.quantile(x, np.linspace(0, 1, 41))
    bins = np.clip(np.searchsorted(edges, x, side="right") - 1, 0, 39)
    order = np.argsort(bins, kind="stable")
    parts = np.split(order, np.searchsorted(bins[order], np.arange(1, 40)))
    middles = np.array([(np.median(x[p]), np.median(y[p])) for p in parts if len(p) >= 10])
    slope, offset = np.polyfit(middles[:, 0], middles[:, 1], 1)
    if slope <= 0:
        return Levelled(None, "not levelled: slopes towards the sun are not the brighter ones", correlation=correlation)
    # A negative c would divide by nothing where cos i is small: brightness that falls faster than Lambert's is held.
    c = max(float(offset / slope), 0.0)
    flat = math.cos(math.radians(incidence))
    gain = np.clip((flat + c) / np.maximum(cosine + c, 1e-3), *GAINS)
    gain = np.where(terrain.known, gain, 1.0).astype(np.float32)
    return Levelled(gain, f"levelled by C-correction (c {c:.2f}, correlation {correlation:.2f})", c, correlation)


# -- parallax of relief ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Relief:
    """Where ground appears that lies higher or lower than the middle of the terrain (``source.Parallax``).

    ``per_metre``: grid pixels (x, y) a metre of height. ``place`` leads from pixels of the images' grid to the
    terrain's, where a base map has moved the series.
    """

    terrain: Terrain
    per_metre: tuple[float, float]
    place: Warp | None = None

    def at(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Displacement in grid pixels."""
        if self.place is not None:
            x, y = self.place.apply(np.asarray(x, float), np.asarray(y, float))
        at_x, at_y = self.terrain.nodes(x, y)
        height = _bilinear(self.terrain.heights, at_x, at_y) - float(np.median(self.terrain.heights))
        return height * self.per_metre[0], height * self.per_metre[1]


def relief_of(terrain: Terrain, product: Product, place: Warp | None = None) -> tuple[Relief | None, str]:
    """The relief's parallax in a product and words for the report; None where the metadata do not give the view.

    Ground h metres up, seen from a spacecraft at emission e and azimuth a, appears h tan(e) metres away from it.
    """
    azimuth = view_azimuth(product)
    if product.emission is None:
        return None, "parallax left to the smooth field: the emission angle is not known"
    if azimuth is None:
        return None, "parallax left to the smooth field: the metadata do not say from which azimuth it was seen"
    turn = math.radians(azimuth + terrain.north)
    aside = math.tan(math.radians(product.emission)) / terrain.grid.pixel_size
    per_metre = (-aside * math.sin(turn), aside * math.cos(turn))
    return Relief(terrain, per_metre, place), f"orthorectified (emission {product.emission:.1f}, azimuth {azimuth:.1f})"


def view_azimuth(product: Product) -> float | None:
    """Azimuth of the spacecraft from the ground, degrees clockwise from north, by the raster's tags."""
    metadata = open_raster(product.raster).GetMetadata() or {}
    for name in AZIMUTH_TAGS:
        try:
            value = float(metadata.get(name, "nan"))
        except ValueError:
            continue
        if math.isfinite(value):
            return value % 360.0
    return None


def _bilinear(values: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    cv2 = need("cv2")
    rows, columns = values.shape
    # remap takes arrays of up to 32767 a side; lists of points come as one row.
    at_x = np.nan_to_num(np.clip(np.atleast_2d(x), 0, columns - 1)).astype(np.float32)
    at_y = np.nan_to_num(np.clip(np.atleast_2d(y), 0, rows - 1)).astype(np.float32)
    out = cv2.remap(values.astype(np.float32, copy=False), at_x, at_y, cv2.INTER_LINEAR)
    return out.reshape(np.shape(x))
