"""Where a registration can be trusted: the rest of the overlap is masked, not guessed.

A place is trusted where three things hold:

- the field's own standard error there is small. It comes from the fit: it grows with the distance to the nearest tie
  points, and the faster the livelier the field has been measured to be. A gap without texture between good tie points
  stays trusted where the field is calm, and is masked where it is lively;
- most of the windows measured around it that have texture agree with the warp: ground that slid, changed altogether or
  was matched wrongly does not;
- it is not further from every good tie point than a few windows, however calm the rest may be.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..common.packages import need
from ..common.rasters import Window
from .refine import Refined
from .scene import Scene, pixel_centres

#: Limits, full-size pixels: the field's standard error, and how far a tie point may lie from the warp to be good.
MAX_ERROR_PX = 0.2
GOOD_PX = 1.0
#: Of the nearest windows, how many must agree.
_NEAREST, _AGREE = 9, 0.5
#: Furthest from a good tie point, in windows; never less than this share of the grid's longer side.
_REACH_WINDOWS, _REACH_SHARE = 4.0, 0.12
_NODES = 80


@dataclass(frozen=True)
class Trust:
    """``good`` (rows, columns) bool at nodes ``step`` px apart from (0, 0); ``masked``: share of the overlap."""

    good: np.ndarray
    step: float
    masked: float = 0.0

    def at(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Whether pixels (x, y) of the grid are trusted: as their nearest node is."""
        rows, columns = self.good.shape
        i = np.clip(np.rint(np.asarray(x) / self.step).astype(np.intp), 0, columns - 1)
        j = np.clip(np.rint(np.asarray(y) / self.step).astype(np.intp), 0, rows - 1)
        return self.good[j, i]

    def window(self, window: Window) -> np.ndarray:
        """``at`` for every pixel of a window: (rows, columns) bool."""
        columns, rows = pixel_centres(window)
        i = np.clip(np.rint(columns / self.step).astype(np.intp), 0, self.good.shape[1] - 1)
        j = np.clip(np.rint(rows / self.step).astype(np.intp), 0, self.good.shape[0] - 1)
        return self.good[np.ix_(j, i)]


def trust(scene: Scene, refined: Refined, limit: float = MAX_ERROR_PX) -> Trust:
    """Judge every node. Only what both images see counts for ``masked``."""
    step = max(8.0, max(scene.width, scene.height) / _NODES)
    columns, rows = int(np.ceil((scene.width - 1) / step)) + 1, int(np.ceil((scene.height - 1) / step)) + 1
    x, y = (v.ravel() for v in np.meshgrid(np.arange(columns) * step, np.arange(rows) * step))
    ties = refined.ties
    good = ties.distance <= GOOD_PX * ties.level
    if not good.any():
        return Trust(np.zeros((rows, columns), bool), step, 1.0)
    tree = need("scipy.spatial").cKDTree
    nodes = np.column_stack([x, y])
    distance, _ = tree(ties.points[good]).query(nodes)
    reach = max(_REACH_WINDOWS * ties.window, _REACH_SHARE * max(scene.width, scene.height))
    voices = np.vstack([ties.points, refined.against])
    pro = np.concatenate([good, np.zeros(len(refined.against), bool)])
    count = min(_NEAREST, len(voices))
    _, near = tree(voices).query(nodes, k=count)
    agree = pro[near.reshape(len(nodes), count)].mean(axis=1)
    error = refined.surface.standard_error(x, y)
    fine = (error <= limit) & (distance <= reach) & (agree >= _AGREE)
    fine = fine.reshape(rows, columns)
    overlap = _overlap(scene, refined, step, rows, columns)
    seen = int(overlap.sum())
    return Trust(fine, step, float((overlap & ~fine).sum() / seen) if seen else 1.0)


def _overlap(scene: Scene, refined: Refined, step: float, rows: int, columns: int) -> np.ndarray:
    """Which nodes both images see, at low resolution."""
    factor = max(1, int(step))
    window = Window(0, 0, scene.width, scene.height)
    both = scene.reference(window, factor).valid & scene.moving(window, factor, refined.warp).valid
    i = np.clip((np.arange(columns) * step / factor).astype(int), 0, both.shape[1] - 1)
    j = np.clip((np.arange(rows) * step / factor).astype(int), 0, both.shape[0] - 1)
    return both[np.ix_(j, i)]
