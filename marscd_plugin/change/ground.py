"""What lies under the changes, in one more pass over their numbers: centrelines, and slopes where there is a DTM."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..common.errors import InputError
from ..common.progress import Progress
from ..common.rasters import BLOCK, Window, windows
from ..common.words import Grid
from ..planet.measure import pixel_area_m2
from .image import Image, open_image
from .scratch import ScratchRaster
from .shapes import Scale, scale_at
from .thinning import HALO, centreline, steps

#: A mean descent below this is no direction: degrees.
LEVEL = 1.0


@dataclass(frozen=True)
class Slopes:
    """Of each change: mean slope (degrees), bearing of its steepest descent (degrees clockwise from north). NaN: none.

    The slope is the mean of the pixels' slopes, the bearing that of their mean gradient.
    """

    slope: np.ndarray
    descent: np.ndarray


@dataclass(frozen=True)
class Ground:
    """``steps`` (3, count) as in ``thinning.steps``, NaN where a change is too wide for a centreline; ``slopes``."""

    steps: np.ndarray
    slopes: Slopes | None = None


@dataclass(frozen=True)
class Terrain:
    """Heights in metres on the changes' grid, and how many of its pixels lie between two posts of the model."""

    image: Image
    reach: int


def open_terrain(path: str, grid: Grid) -> Terrain | None:
    """A DTM (metres) on ``grid``, read on the fly; None for "". Raises InputError."""
    if not path:
        return None
    image = open_image(path)
    if not grid.crs or image.body is None:
        raise InputError(
            f"The terrain model {path} and the images must both have a CRS.", "Assign it, or leave DTM empty."
        )
    # A model coarser than the images has no more relief between its posts than between two of them.
    reach = max(1, round(_pixel_m(image.grid) / _pixel_m(grid)))
    return Terrain(image if image.grid == grid else image.on(grid), min(reach, BLOCK))


def _pixel_m(grid: Grid) -> float:
    area = pixel_area_m2(grid)
    return float(np.sqrt(area([grid.height // 2])[0])) if area is not None else grid.pixel_size


def measure_ground(
    numbers: ScratchRaster, count: int, grid: Grid, progress: Progress, terrain: Terrain | None = None
) -> Ground:
    """Read the numbers (1..count, 0 none) block by block. ``terrain`` lies on ``grid``. Raises CancelledError."""
    total = np.zeros((3, count + 1))
    thick = np.zeros(count + 1, bool)
    slopes = _SlopeSums(terrain, grid, count) if terrain is not None else None
    for window in windows(grid.width, grid.height, progress):
        wide = window.grown(HALO, grid.width, grid.height)
        block = numbers.read(wide)
        if not block.any():
            continue
        line, fat = centreline(block > 0)
        thick[block[fat]] = True
        core = Window(window.column - wide.column, window.row - wide.row, window.width, window.height).slices
        # Steps belong to the pixel they leave: the core's own, to neighbours outside it too.
        outside = np.ones(block.shape, bool)
        outside[core] = False
        owned = np.where(outside, 0, block)
        total += steps(line, owned, count)
        if slopes is not None:
            slopes.add(window, block[core])
    total[:, thick] = np.nan
    return Ground(total[:, 1:], slopes.finish() if slopes is not None else None)


class _SlopeSums:
    """Sums of gradients per change."""

    def __init__(self, terrain: Terrain, grid: Grid, count: int) -> None:
        self._terrain, self._reach, self._grid = terrain.image, terrain.reach, grid
        self._sums = np.zeros((4, count + 1))

    def add(self, window: Window, numbers: np.ndarray) -> None:
        rows, columns = np.nonzero(numbers)
        if rows.size == 0:
            return
        reach = self._reach
        wide = window.grown(reach, self._grid.width, self._grid.height)
        height, valid = self._terrain.read(wide)
        height = np.where(valid, height, np.nan).astype(np.float64)
        r, c = rows + window.row - wide.row, columns + window.column - wide.column
        up, down = np.maximum(r - reach, 0), np.minimum(r + reach, wide.height - 1)
        left, right = np.maximum(c - reach, 0), np.minimum(c + reach, wide.width - 1)
        a_row = (height[down, c] - height[up, c]) / np.maximum(down - up, 1)
        a_column = (height[r, right] - height[r, left]) / np.maximum(right - left, 1)
        middle = np.array([window.column + window.width / 2]), np.array([window.row + window.height / 2])
        at = scale_at(self._grid, *middle)
        if at is None:
            return
        east, north = _gradient(at, a_column, a_row)
        known = np.isfinite(east) & np.isfinite(north)
        which = numbers[rows, columns][known]
        values = (None, east[known], north[known], np.degrees(np.arctan(np.hypot(east, north)[known])))
        for line, value in zip(self._sums, values, strict=True):
            line += np.bincount(which, weights=value, minlength=line.size)

    def finish(self) -> Slopes:
        pixels, east, north, slope = self._sums[:, 1:]
        with np.errstate(invalid="ignore", divide="ignore"):
            east, north, slope = east / pixels, north / pixels, slope / pixels
            # Down is against the gradient.
            descent = np.degrees(np.arctan2(-east, -north)) % 360.0
            level = np.degrees(np.arctan(np.hypot(east, north))) < LEVEL
        return Slopes(slope, np.where(level, np.nan, descent))


def _gradient(at: Scale, a_column: np.ndarray, a_row: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Metres a metre east and north, from metres a column and a row."""
    turned = np.array([[at.east_column[0], at.north_column[0]], [at.east_row[0], at.north_row[0]]])
    inverse = np.linalg.inv(turned)
    return inverse[0, 0] * a_column + inverse[0, 1] * a_row, inverse[1, 0] * a_column + inverse[1, 1] * a_row
