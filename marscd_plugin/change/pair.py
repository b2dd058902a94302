"""Two images on one grid, as a model's inputs: window by window, normalised by the statistics of the whole scene."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ..common.errors import InputError
from ..common.progress import Progress, check
from ..common.rasters import Window, crs_name, windows
from ..common.words import Grid
from ..inference.normalise import Statistics, apply, pair_scale, statistics
from ..planet.crs import spatial_reference
from ..planet.transform import transformer
from .image import Image

#: Two grids are one where their corners agree to this many pixels.
GRID_TOLERANCE_PX = 1e-3

#: The scene's statistics come from this many windows a side, of this edge in pixels.
_SAMPLES, _SAMPLE_EDGE = 8, 160
_ENOUGH = 5000


@dataclass(frozen=True)
class Normalisation:
    """Of one pair: statistics of either image over the joint valid area, and the scale both share."""

    before: Statistics
    after: Statistics
    scale: float


class PairSource:
    """BEFORE and AFTER on BEFORE's grid. ``overlap`` is the window of that grid outside which AFTER has nothing."""

    def __init__(self, before: Image, after: Image, overlap: Window, resampled: bool) -> None:
        self.before, self.after, self.overlap, self.resampled = before, after, overlap, resampled
        self.grid = before.grid

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Values of both (float32) and joint validity, of a window inside the grid."""
        first, valid = self.before.read(window)
        second, also = self.after.read(window)
        valid &= also
        return first, second, valid

    def statistics(self, progress: Progress) -> Normalisation:
        """Statistics over the joint valid area of the whole scene: from windows spread over the overlap.

        Always of the scene, also where only an extent of it is compared, so that a pixel's answer is the same either
        way. Raises InputError where no pixel is valid in both.
        """
        first, second = self._collect(spread_windows(self.overlap), progress)
        if first.size < _ENOUGH:
            whole = self.overlap
            every = (
                replace(w, column=w.column + whole.column, row=w.row + whole.row)
                for w in windows(whole.width, whole.height, _CancelOnly(progress))
            )
            first, second = self._collect(every, progress)
        if first.size == 0:
            raise InputError(
                f"{self.before.name} and {self.after.name} have no pixel with data in common.",
                "Choose two images of the same place, and check their nodata values.",
            )
        one, two = statistics(first), statistics(second)
        return Normalisation(one, two, pair_scale(one, two))

    def reader(
        self, region: Window, scaling: Normalisation
    ) -> Callable[[Window], tuple[tuple[np.ndarray, ...], np.ndarray]]:
        """For ``inference.tiles``: windows count from ``region``'s corner and may reach beyond the image."""

        def read(window: Window) -> tuple[tuple[np.ndarray, ...], np.ndarray]:
            shape = (window.height, window.width)
            column, row = window.column + region.column, window.row + region.row
            inside = _intersection(Window(column, row, window.width, window.height), self.overlap)
            if inside is None:
                empty = np.zeros(shape, np.float32)
                return (empty, empty), np.zeros(shape, bool)
            first, second, valid = self.read(inside)
            first = apply(first, scaling.before, scaling.scale, valid)
            second = apply(second, scaling.after, scaling.scale, valid)
            if (inside.height, inside.width) == shape:
                return (first, second), valid
            at = Window(inside.column - column, inside.row - row, inside.width, inside.height).slices
            wide = [np.zeros(shape, a.dtype) for a in (first, second, valid)]
            for target, array in zip(wide, (first, second, valid), strict=True):
                target[at] = array
            return (wide[0], wide[1]), wide[2]

        return read

    def _collect(self, chosen, progress: Progress) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[no-untyped-def]
        """Values of both where both are valid; thinned so that memory stays small whatever the size."""
        firsts, seconds, step = [], [], 1
        for window in chosen:
            check(progress)
            first, second, valid = self.read(window)
            if valid.any():
                firsts.append(first[valid][::step])
                seconds.append(second[valid][::step])
            if sum(f.size for f in firsts) > 4_000_000:
                firsts, seconds, step = [f[::4] for f in firsts], [s[::4] for s in seconds], step * 4
        if not firsts:
            return np.empty(0, np.float32), np.empty(0, np.float32)
        return np.concatenate(firsts), np.concatenate(seconds)


def make_pair(before: Image, after: Image) -> PairSource:
    """Lay AFTER on BEFORE's grid, on the fly where it is on another.

    Raises InputError where they cannot be compared: one CRS missing, sizes that differ without one, two bodies, no
    overlap.
    """
    if bool(before.grid.crs) != bool(after.grid.crs):
        with_crs, without = (before, after) if before.grid.crs else (after, before)
        raise InputError(
            f"{with_crs.name} has a CRS ({crs_name(with_crs.grid.crs)}) and {without.name} has none.",
            "Assign the missing CRS, or register the images (REGISTER).",
        )
    grid = before.grid
    whole = Window(0, 0, grid.width, grid.height)
    if not grid.crs:
        if (grid.width, grid.height) != (after.grid.width, after.grid.height):
            raise InputError(
                f"{before.name} and {after.name} have no CRS and differ in size "
                f"({grid.width} x {grid.height} and {after.grid.width} x {after.grid.height} pixels).",
                "Give both a CRS, or cut them to the same pixels, or register them (REGISTER).",
            )
        return PairSource(before, after, whole, resampled=False)
    if before.body != after.body:
        raise InputError(
            f"{before.name} lies on {before.body} and {after.name} on {after.body}.", "Choose two images of one body."
        )
    if same_grid(grid, after.grid):
        return PairSource(before, after, whole, resampled=False)
    overlap = _overlap(grid, after.grid)
    if overlap is None:
        raise InputError(f"{before.name} and {after.name} do not overlap.", "Choose two images of the same place.")
    return PairSource(before, after.on(grid), overlap, resampled=True)


def same_grid(one: Grid, two: Grid) -> bool:
    """Equal in CRS and size, and in position and pixel size to a thousandth of a pixel at every corner."""
    if (one.width, one.height) != (two.width, two.height) or bool(one.crs) != bool(two.crs):
        return False
    if one.crs and one.crs != two.crs and not spatial_reference(one.crs).IsSame(spatial_reference(two.crs)):
        return False
    tolerance = GRID_TOLERANCE_PX * one.pixel_size
    return all(abs(a - b) <= tolerance for a, b in zip(one.bounds, two.bounds, strict=True))


def region_of(grid: Grid, extent: tuple[float, float, float, float] | None, extent_crs: str = "") -> Window:
    """The window of ``grid`` that an extent (left, bottom, right, top) covers; all of it for None. Raises InputError.

    Whole pixels, outwards. The edges of an extent in another CRS are followed, not only its corners.
    """
    whole = Window(0, 0, grid.width, grid.height)
    if extent is None:
        return whole
    left, bottom, right, top = extent
    if not all(map(math.isfinite, extent)) or left >= right or bottom >= top:
        raise InputError(f"The extent {extent} is empty.", "Give left, bottom, right and top in that order.")
    if extent_crs and grid.crs:
        x, y = transformer(extent_crs, grid.crs).points(*_outline(left, bottom, right, top))
        seen = np.isfinite(x) & np.isfinite(y)
        if not seen.any():
            raise InputError("The extent has no place on BEFORE's map.", "Choose an extent over both images.")
        left, right = float(x[seen].min()), float(x[seen].max())
        bottom, top = float(y[seen].min()), float(y[seen].max())
    found = _window(grid, left, bottom, right, top)
    if found is None:
        raise InputError("The extent lies outside BEFORE.", "Choose an extent over both images.")
    return found


def _overlap(grid: Grid, other: Grid) -> Window | None:
    """The window of ``grid`` that ``other``'s rectangle touches, a few pixels wider; None for none."""
    outline = _outline(*other.bounds)
    x, y = transformer(other.crs, grid.crs).points(*outline)
    seen = np.isfinite(x) & np.isfinite(y)
    if not seen.all():  # part of it has no place on this map: rather look everywhere than miss it
        return Window(0, 0, grid.width, grid.height)
    touched = _window(grid, float(x.min()), float(y.min()), float(x.max()), float(y.max()))
    return None if touched is None else touched.grown(4, grid.width, grid.height)


def _window(grid: Grid, left: float, bottom: float, right: float, top: float) -> Window | None:
    size, slack = grid.pixel_size, 1e-6
    first, last = math.floor((left - grid.left) / size + slack), math.ceil((right - grid.left) / size - slack)
    upper, lower = math.floor((grid.top - top) / size + slack), math.ceil((grid.top - bottom) / size - slack)
    return _intersection(Window(first, upper, last - first, lower - upper), Window(0, 0, grid.width, grid.height))


def _intersection(one: Window, two: Window) -> Window | None:
    column, row = max(one.column, two.column), max(one.row, two.row)
    right = min(one.column + one.width, two.column + two.width)
    bottom = min(one.row + one.height, two.row + two.height)
    return Window(column, row, right - column, bottom - row) if right > column and bottom > row else None


def _outline(left: float, bottom: float, right: float, top: float, steps: int = 64) -> tuple[np.ndarray, np.ndarray]:
    """Points along the four edges of a rectangle."""
    along = np.linspace(0.0, 1.0, steps)
    x, y = left + along * (right - left), bottom + along * (top - bottom)
    xs = np.concatenate((x, x, np.full(steps, left), np.full(steps, right)))
    ys = np.concatenate((np.full(steps, bottom), np.full(steps, top), y, y))
    return xs, ys


def spread_windows(area: Window) -> list[Window]:
    """Windows of ``_SAMPLE_EDGE`` pixels, evenly spread; the whole area where it is small."""
    edge, count = _SAMPLE_EDGE, _SAMPLES
    if area.width * area.height <= (edge * count) ** 2:
        return [area]
    columns = np.unique(np.linspace(0, max(area.width - edge, 0), count).astype(int))
    rows = np.unique(np.linspace(0, max(area.height - edge, 0), count).astype(int))
    width, height = min(edge, area.width), min(edge, area.height)
    return [Window(area.column + int(c), area.row + int(r), width, height) for r in rows for c in columns]


class _CancelOnly:
    """Passes cancel on, and keeps the progress of a side task to itself."""

    def __init__(self, whole: Progress) -> None:
        self._whole = whole

    def report(self, fraction: float, message: str = "") -> None:
        """Nothing."""

    def warn(self, message: str) -> None:
        self._whole.warn(message)

    def cancelled(self) -> bool:
        return self._whole.cancelled()
