"""Tie points at full resolution: windows correlated through the warp known so far, and the features that check them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from ..common.progress import Progress, check
from ..common.rasters import Window
from .correlation import agreement, phase_shift
from .features import match
from .scene import Scene
from .texture import SPREAD_BOX, band_pass
from .transform import Warp

#: At most about this many windows are correlated, whatever the image's size.
MAX_WINDOWS = 225
#: Of which every fifth is held out of every fit.
HOLD_OUT = 5
_MIN_VALID = 0.6
#: Windows closer than this together are read as one strip.
_STRIP = 1536
_MIN_AGREEMENT = 0.25
_MIN_SHARPNESS = 1.15
_CHECKS = 9
_CHECK_SIZE = 640


@dataclass(frozen=True)
class TiePoints:
    """Tie points on the reference's grid, pixels.

    ``points`` and ``targets`` are (n, 2): where they lie in the reference, and in the moving image by its own
    georeferencing. ``residuals`` (n, 2) is what the present warp leaves. ``tried`` counts windows with enough data,
    ``window`` is their edge and ``level`` how many times smaller than the grid they were read.
    """

    points: np.ndarray
    targets: np.ndarray
    residuals: np.ndarray
    held_out: np.ndarray
    window: int
    tried: int
    level: int = 1

    @property
    def distance(self) -> np.ndarray:
        """Length of each residual, pixels."""
        return np.hypot(self.residuals[:, 0], self.residuals[:, 1])

    def measured_by(self, warp: Warp) -> TiePoints:
        """With the residuals that ``warp`` leaves."""
        x, y = warp.apply(self.points[:, 0], self.points[:, 1])
        return replace(self, residuals=self.targets - np.column_stack([x, y]))


def window_size(width: int, height: int) -> int:
    """Edge of the correlation windows: large enough for a clear peak, small enough to follow the relief."""
    side = min(width, height)
    return 256 if side >= 4096 else 128 if side >= 1200 else 64 if side >= 200 else 48


def window_ties(scene: Scene, warp: Warp, progress: Progress, reach: float | None, level: int = 1) -> TiePoints:
    """Correlate windows on a regular lattice. ``reach`` bounds what is looked for, pixels (None: a first look).

    Above ``level`` 1 the images are read that many times smaller: for terrain so smooth that only broad forms show
    above the noise. Window sizes and ``reach`` then count reduced pixels.
    """
    size = window_size(scene.width // level, scene.height // level) * level
    # The first look is for what the coarse search left over: larger windows, and fewer.
    first = reach is None
    look = min(2 * size, scene.width, scene.height) if first else size
    spacing = max(0.5 * size, (scene.width * scene.height / (MAX_WINDOWS / 3 if first else MAX_WINDOWS)) ** 0.5)
    columns = [c - look // 2 for c in _centres(scene.width, look, spacing)]
    points, shifts, tried = [], [], 0
    for row in (r - look // 2 for r in _centres(scene.height, look, spacing)):
        for group in _groups(columns, look, spacing):
            check(progress)
            for window, shift in _correlate(scene, warp, row, group, look, reach or look / (3 * level), level):
                tried += 1
                if shift is not None:
                    # Pixel centres are whole numbers: the middle of a window of even size lies between two.
                    points.append((window.column + (window.width - 1) / 2, window.row + (window.height - 1) / 2))
                    shifts.append(shift)
    at, left = np.array(points).reshape(-1, 2), np.array(shifts).reshape(-1, 2)
    moved = at + left
    to = np.column_stack(warp.apply(moved[:, 0], moved[:, 1]))
    held = np.arange(len(at)) % HOLD_OUT == HOLD_OUT // 2
    return TiePoints(at, to, left, held, size, tried, level)


def _centres(length: int, size: int, spacing: float) -> list[int]:
    """Middles of windows of ``size`` that fit into ``length``, evenly spread."""
    room = length - size
    if room <= 0:
        return [size // 2]
    count = int(room // spacing) + 1
    return [int(c) for c in (np.linspace(size // 2, size // 2 + room, count) if count > 1 else [length // 2])]


def _groups(columns: list[int], size: int, spacing: float) -> Iterator[list[int]]:
    """Columns of windows that are read together: neighbours share their surroundings, far ones do not."""
    many = max(1, int((_STRIP - size) // spacing)) if spacing < 2 * size else 1
    for start in range(0, len(columns), many):
        yield columns[start : start + many]


def _correlate(
    scene: Scene, warp: Warp, row: int, columns: list[int], size: int, reach: float, level: int
) -> Iterator[tuple[Window, tuple[float, float] | None]]:
    """Each window of a strip that has enough data, with the shift left in it, or None where nothing is clear."""
    height = min(size, scene.height - row)
    whole = Window(columns[0], row, min(columns[-1] + size, scene.width) - columns[0], height)
    # Local statistics need surroundings: a margin is read, band-passed and cut off.
    grown = whole.grown(SPREAD_BOX // 2 * level, scene.width, scene.height)
    reference = scene.reference(grown, level)
    if reference.valid.mean() < _MIN_VALID / 4:
        return
    moving = scene.moving(grown, level, warp)
    both = reference.valid & moving.valid
    a, b = band_pass(reference.values, reference.valid), band_pass(moving.values, moving.valid)
    for column in columns:
        window = Window(column, row, min(size, scene.width - column), height)
        left, top = (column - grown.column) // level, (row - grown.row) // level
        inner = Window(left, top, window.width // level, height // level).slices
        if both[inner].mean() < _MIN_VALID:
            continue
        shift = _shift(a[inner], b[inner], both[inner], reach)
        # Where reduced pixels do not begin at the window's own edge, the window that was cut lies a little aside.
        at = Window(
            grown.column + left * level, grown.row + top * level, window.width // level * level, height // level * level
        )
        yield at, None if shift is None else (shift[0] * level, shift[1] * level)


def _shift(a: np.ndarray, b: np.ndarray, valid: np.ndarray, reach: float) -> tuple[float, float] | None:
    peak = phase_shift(a * valid, b * valid, reach)
    if peak.sharpness < _MIN_SHARPNESS or max(abs(peak.dx), abs(peak.dy)) >= reach:
        return None
    dx, dy = round(peak.dx), round(peak.dy)
    rows, columns = a.shape
    ya, yb = slice(max(-dy, 0), rows - max(dy, 0)), slice(max(dy, 0), rows + min(dy, 0))
    xa, xb = slice(max(-dx, 0), columns - max(dx, 0)), slice(max(dx, 0), columns + min(dx, 0))
    if agreement(a[ya, xa], b[yb, xb], valid[ya, xa] & valid[yb, xb]) < _MIN_AGREEMENT:
        return None
    return peak.dx, peak.dy


def feature_check(scene: Scene, warp: Warp, ties: TiePoints, progress: Progress) -> tuple[float | None, int]:
    """How far feature matches at full resolution lie from where the warp puts them: (pixels, matches compared).

    The distance is that of the median offset, the larger of the whole's and the regions' typical one. None where too
    few features match to say. Features are sought at the level of the tie points.
    """
    offsets, medians = [], []
    level = ties.level
    for window in _regions(scene, level):
        check(progress)
        reference = scene.reference(window, level)
        if reference.valid.mean() < 0.3:
            continue
        moving = scene.moving(window, level, warp)
        a, b = band_pass(reference.values, reference.valid), band_pass(moving.values, moving.valid)
        found = match(a, b, reference.valid, moving.valid, near=6.0)
        if len(found.reference) < 4:
            continue
        off = (found.moving - found.reference) * level
        offsets.append(off)
        if len(off) >= 8:
            medians.append(np.median(off, axis=0))
    if not offsets:
        return None, 0
    every = np.vstack(offsets)
    if len(every) < 8:
        return None, len(every)
    whole = float(np.hypot(*np.median(every, axis=0)))
    local = float(np.median([np.hypot(*m) for m in medians])) if medians else whole
    return max(whole, local), len(every)


def _regions(scene: Scene, level: int) -> list[Window]:
    """Up to nine square regions spread over the grid, or all of a small one."""
    per_side, size = int(_CHECKS**0.5), _CHECK_SIZE * level
    across, down = (min(per_side, -(-length // size)) for length in (scene.width, scene.height))
    # Regions that would overlap are made smaller instead: no feature is looked for twice.
    width, height = min(size, -(-scene.width // across)), min(size, -(-scene.height // down))
    return [
        Window(int(x), int(y), width, height)
        for y in np.linspace(0, scene.height - height, down)
        for x in np.linspace(0, scene.width - width, across)
    ]
