"""Connected changes of an image of any size, found strip by strip: 8-connected, with the sums their measures need.

Strips come panel by panel, each from the top (as ``inference.tiles`` yields them). Each strip is labelled on its own;
labels that meet across strips are noted and joined at the end. What lies wholly inside a strip and is smaller than
asked is dropped at once, so memory grows with the changes that are kept and with what crosses strips, not with the
image. Where even those become too many, the smallest stay in the mask but get no polygon (``Changes.floor_px``).

Whoever wants more sums of the changes than those here (votes for a kind, area at each date) hands ``add`` rows of
values for the changed pixels; what comes back is their sum over each change.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..common.packages import need
from ..common.rasters import Window

#: Values of the label raster: no data, no change, change without a polygon; labels of components start at FIRST.
NODATA, UNCHANGED, PLAIN, FIRST = -1, 0, 1, 2

#: At most so many polygons are made, with at most so many pixel edges together (their vertices are held in memory).
MAX_POLYGONS = 200_000
MAX_EDGES = 8_000_000

#: Labels held before the smallest changes lose their polygon.
_MANY_LABELS = 500_000

#: Edge of the cells, in pixels, in which the unchanged surroundings' mean difference is kept.
CELL = 32

_SUMS = ("pixels", "area", "probability", "squared", "difference", "before", "x", "y", "xx", "xy", "yy", "edges")


@dataclass(frozen=True)
class Changes:
    """The changes that were kept, as arrays in order of falling area, and what the label raster's values mean.

    ``area`` is in the unit of ``pixel_area`` given to ``Components``. ``x``, ``y`` are the centroid in pixels from the
    region's upper-left corner (x right, y down); ``xx``, ``xy``, ``yy`` second central moments in px2. ``polygon_of``
    maps a label to the polygon's number from 1 (0: none), ``keep`` to whether it stays in the mask; index by label.

    ``confidence`` is sum(p * p) / sum(p) over a change's pixels: the chance that one of its pixels, the likelier ones
    drawn more often, truly changed, where the probabilities p mean what they say. ``before`` is the mean of BEFORE in
    the unit given; ``background`` and ``background_before`` hold cells of the unchanged surroundings' mean difference
    and BEFORE. ``extra`` (rows, count) are the sums of what ``add`` was given besides.
    """

    pixels: np.ndarray
    area: np.ndarray
    probability_mean: np.ndarray
    probability_max: np.ndarray
    confidence: np.ndarray
    difference: np.ndarray
    before: np.ndarray
    x: np.ndarray
    y: np.ndarray
    xx: np.ndarray
    xy: np.ndarray
    yy: np.ndarray
    polygon_of: np.ndarray
    keep: np.ndarray
    changed_pixels: int
    changed_area: float
    without_polygon: int
    floor_px: int
    background: np.ndarray
    background_before: np.ndarray
    extra: np.ndarray

    @property
    def count(self) -> int:
        """Number of polygons."""
        return len(self.pixels)


class Components:
    """Feed strips with ``add``, then call ``finish`` once. ``min_area`` is in the unit of ``pixel_area``.

    ``extras`` is the number of rows of further values that ``add`` will be given.
    """

    def __init__(self, width: int, height: int, min_area: float = 0.0, extras: int = 0) -> None:
        # Sums of areas in another order differ in the last digits: a change of just that area stays.
        self._width, self._height, self._min_area, self._extras = width, height, min_area * (1 - 1e-9), extras
        self._ndimage = need("scipy.ndimage")
        self._next = FIRST
        self._sums: list[np.ndarray] = []
        self._maxima: list[np.ndarray] = []
        self._pairs: list[np.ndarray] = []
        self._below = np.zeros(0, np.int32)
        self._left = np.zeros(height + 2, np.int32)
        self._right = np.zeros(height + 2, np.int32)
        self._floor, self._many = 1, _MANY_LABELS
        self._plain_pixels, self._plain_area, self._plain_count = 0, 0.0, 0
        cells = (-(-height // CELL), -(-width // CELL))
        self._cell_sum, self._cell_count, self._cell_before = np.zeros(cells), np.zeros(cells), np.zeros(cells)

    def add(
        self,
        window: Window,
        changed: np.ndarray,
        valid: np.ndarray,
        probability: np.ndarray,
        difference: np.ndarray,
        pixel_area: np.ndarray,
        before: np.ndarray | None = None,
        extra: np.ndarray | None = None,
    ) -> np.ndarray:
        """Label one strip; returns int32 (rows, columns) for the label raster.

        ``changed`` and ``valid`` are bool, ``probability`` 0..1, ``difference`` AFTER - BEFORE in units of the pair's
        scale, ``before`` BEFORE in these units (0 if None), all (rows, columns); ``pixel_area`` is the area of a pixel,
        (rows, columns) or (rows, 1). ``extra`` holds rows of values (extras, n) of the n changed pixels, row by row.
        """
        self._background(window, changed, valid, difference, before)
        if window.row == 0:
            self._below, self._left, self._right = np.zeros(0, np.int32), self._right, np.zeros_like(self._right)
        labels = np.zeros(changed.shape, np.int32)
        if changed.any():
            self._ndimage.label(changed, np.ones((3, 3), np.int8), output=labels)
            self._measure(window, labels, probability, difference, pixel_area, before, extra)
        self._meet(window, labels)
        self._below = labels[-1].copy()
        self._right[1 + window.row : 1 + window.row + window.height] = labels[:, -1]
        if self._next - FIRST > self._many:
            self._floor, self._many = self._floor * 2, self._many + _MANY_LABELS // 2
        labels[~valid] = NODATA
        return labels

    def _measure(
        self,
        window: Window,
        labels: np.ndarray,
        probability: np.ndarray,
        difference: np.ndarray,
        pixel_area: np.ndarray,
        before: np.ndarray | None,
        extra: np.ndarray | None,
    ) -> None:
        """Sums per label of the strip; renumbers ``labels`` in place (dropped: UNCHANGED or PLAIN)."""
        rows, columns = np.nonzero(labels)
        which = labels[rows, columns]
        size = int(which.max()) + 1
        padded = np.pad(labels, ((0, 1), (0, 1)))
        joined = (padded[rows, columns + 1] == which).astype(np.float64) + (padded[rows + 1, columns] == which)
        x, y = columns + (window.column + 0.5), rows + (window.row + 0.5)
        likely = probability[rows, columns]
        values = (
            None,
            np.broadcast_to(pixel_area, labels.shape)[rows, columns],
            likely,
            likely.astype(np.float64) * likely,
            difference[rows, columns],
            np.zeros(len(rows)) if before is None else before[rows, columns],
            x,
            y,
            x * x,
            x * y,
            y * y,
            4.0 - 2.0 * joined,
            *(np.zeros((self._extras, len(rows))) if extra is None else extra),
        )
        sums = np.stack([np.bincount(which, weights=v, minlength=size) for v in values])
        greatest = np.zeros(size, np.float32)
        np.maximum.at(greatest, which, likely)

        border = np.zeros(size, bool)
        for line in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
            border[line] = True
        present = sums[0] > 0
        dropped = present & ~border & (sums[1] < self._min_area)
        plain = present & ~border & ~dropped & (sums[0] < self._floor)
        self._plain_pixels += int(sums[0][plain].sum())
        self._plain_area += float(sums[1][plain].sum())
        self._plain_count += int(plain.sum())
        kept = present & ~dropped & ~plain
        number = np.zeros(size, np.int32)
        number[plain] = PLAIN
        number[kept] = self._next + np.arange(int(kept.sum()), dtype=np.int32)
        labels[rows, columns] = number[which]
        self._next += int(kept.sum())
        self._sums.append(sums[:, kept])
        self._maxima.append(greatest[kept])

    def _meet(self, window: Window, labels: np.ndarray) -> None:
        """Note which labels of this strip touch those of the strip above and of the panel to the left."""
        above, top = self._below, labels[0]
        if above.size == top.size:
            self._note(top, above)
            self._note(top[1:], above[:-1])
            self._note(top[:-1], above[1:])
        first, count = labels[:, 0], window.height
        for shift in (0, 1, 2):  # the row above, the same, the row below, in an array padded by one
            self._note(first, self._left[window.row + shift : window.row + shift + count])

    def _note(self, one: np.ndarray, two: np.ndarray) -> None:
        met = (one >= FIRST) & (two >= FIRST)
        if met.any():
            self._pairs.append(np.unique(np.stack((one[met], two[met])), axis=1))

    def _background(
        self,
        window: Window,
        changed: np.ndarray,
        valid: np.ndarray,
        difference: np.ndarray,
        before: np.ndarray | None,
    ) -> None:
        calm = valid & ~changed
        cells_y = (window.row + np.arange(window.height)) // CELL
        cells_x = (window.column + np.arange(window.width)) // CELL
        starts_y, starts_x = np.flatnonzero(np.diff(cells_y, prepend=-1)), np.flatnonzero(np.diff(cells_x, prepend=-1))
        at = np.ix_(cells_y[starts_y], cells_x[starts_x])
        for cells, values in ((self._cell_sum, difference), (self._cell_before, before)):
            if values is not None:
                quiet = np.where(calm, values, np.float32(0.0))
                cells[at] += np.add.reduceat(np.add.reduceat(quiet, starts_y, axis=0), starts_x, axis=1)
        counts = np.add.reduceat(np.add.reduceat(calm, starts_y, axis=0, dtype=np.int32), starts_x, axis=1)
        self._cell_count[at] += counts

    def finish(self) -> Changes:
        """Join what meets across strips, drop what is too small, and rank the rest by area."""
        sums = np.concatenate(self._sums, axis=1) if self._sums else np.zeros((len(_SUMS) + self._extras, 0))
        greatest = np.concatenate(self._maxima) if self._maxima else np.zeros(0, np.float32)
        self._sums, self._maxima = [], []
        group = self._groups(sums.shape[1])
        groups = int(group.max()) + 1 if group.size else 0
        total = np.stack([np.bincount(group, weights=row, minlength=groups) for row in sums]) if groups else sums
        top = np.zeros(groups, np.float32)
        np.maximum.at(top, group, greatest)
        named = dict(zip(_SUMS, total, strict=False))

        large = named["area"] >= self._min_area
        order = np.argsort(-named["area"], kind="stable")
        order = order[large[order] & (named["pixels"][order] >= self._floor)]
        # One outline of half the budget is a map gone wrong, not a change: it must not crowd out the others.
        order = order[named["edges"][order] <= MAX_EDGES / 2]
        chosen = order[(np.cumsum(named["edges"][order]) <= MAX_EDGES) & (np.arange(order.size) < MAX_POLYGONS)]

        polygon = np.zeros(groups, np.int32)
        polygon[chosen] = 1 + np.arange(chosen.size, dtype=np.int32)
        polygon_of = np.concatenate((np.zeros(FIRST, np.int32), polygon[group]))
        keep = np.concatenate(([False, True], large[group]))
        n = named["pixels"][chosen]
        x, y = named["x"][chosen] / n, named["y"][chosen] / n
        return Changes(
            pixels=n.astype(np.int64),
            area=named["area"][chosen],
            probability_mean=named["probability"][chosen] / n,
            probability_max=top[chosen],
            # Every probability may be 0 where no threshold was asked for.
            confidence=named["squared"][chosen] / np.maximum(named["probability"][chosen], 1e-12),
            difference=named["difference"][chosen] / n,
            before=named["before"][chosen] / n,
            x=x,
            y=y,
            # A pixel is a square, not a point: 1/12 is its own second moment.
            xx=np.maximum(named["xx"][chosen] / n - x * x, 0.0) + 1 / 12,
            xy=named["xy"][chosen] / n - x * y,
            yy=np.maximum(named["yy"][chosen] / n - y * y, 0.0) + 1 / 12,
            polygon_of=polygon_of,
            keep=keep,
            changed_pixels=int(named["pixels"][large].sum()) + self._plain_pixels,
            changed_area=float(named["area"][large].sum()) + self._plain_area,
            without_polygon=int(large.sum()) - chosen.size + self._plain_count,
            floor_px=self._floor,
            background=self._surroundings(self._cell_sum),
            background_before=self._surroundings(self._cell_before),
            extra=total[len(_SUMS) :, chosen],
        )

    def _groups(self, count: int) -> np.ndarray:
        """For each label (from FIRST) the number of the connected change it belongs to."""
        if count == 0:
            return np.zeros(0, np.int64)
        sparse, graph = need("scipy.sparse"), need("scipy.sparse.csgraph")
        met = np.concatenate(self._pairs, axis=1) - FIRST if self._pairs else np.zeros((2, 0), np.int64)
        matrix = sparse.coo_matrix((np.ones(met.shape[1], np.int8), (met[0], met[1])), shape=(count, count))
        _, group = graph.connected_components(matrix, directed=False)
        return group.astype(np.int64)

    def _surroundings(self, sums: np.ndarray) -> np.ndarray:
        """Mean of unchanged pixels in 3 x 3 cells around each cell; 0 where there are none."""
        box = np.ones((3, 3))
        total = self._ndimage.convolve(sums, box, mode="constant")
        count = self._ndimage.convolve(self._cell_count, box, mode="constant")
        return np.divide(total, count, out=np.zeros_like(total), where=count > 0.5)
