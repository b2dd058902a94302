"""From distances to a list of places: the nearest first, and no two of the same place.

A moving grid meets a good place many times: chips half a chip apart show the same dune. A place is therefore taken
only where its chip does not overlap one that was taken before (non-maximum suppression with the chip's size).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import numpy as np

from ..common.words import Grid
from .ground import scales

#: (column, row) of a chip -> cells along x, and along y, from which another chip no longer overlaps it.
Reach = Callable[[int, int], tuple[int, int]]

#: Of a chip's edge that two chips may share: the scale of a map is known no better.
_SHARED = 0.02


def reach_of(chip_size: float, step: float) -> int:
    """Cells ``step`` apart from which two chips no longer overlap."""
    return max(1, math.ceil(chip_size / step - _SHARED)) if step > 0 else 1


def reach_on(grid: Grid, chip_size: float, step: float) -> Reach:
    """The reach on a search's grid, cell by cell: on a geographic map cells are narrower far from the equator."""

    def reach(column: int, row: int) -> tuple[int, int]:
        if not grid.crs:
            return reach_of(chip_size, step), reach_of(chip_size, step)
        x, y = grid.left + (column + 0.5) * grid.pixel_size, grid.top - (row + 0.5) * grid.pixel_size
        along = [float(s) * grid.pixel_size for s in scales(grid.crs, x, y)]
        wide, high = (a if math.isfinite(a) and a > 0 else step for a in along)
        return reach_of(chip_size, wide), reach_of(chip_size, high)

    return reach


def thinned(values: np.ndarray, cells: np.ndarray, reach: Reach, count: int, skip: Iterable[int] = ()) -> np.ndarray:
    """The numbers (int64) of at most ``count`` chips with the smallest of ``values`` (N,), smallest first.

    ``cells`` (N, 2) are columns and rows; chips closer than ``reach`` says, along both axes, to one taken before are
    passed over, and so are those of ``skip`` and those without a finite value. Equal values keep their order.
    """
    usable = np.isfinite(values)
    usable[np.fromiter(skip, np.int64)] = False
    ids = np.flatnonzero(usable)
    if not ids.size or count < 1:
        return np.empty(0, np.int64)
    origin = cells.min(axis=0)
    width, height = (cells.max(axis=0) - origin + 1).tolist()
    taken = np.zeros((height, width), bool)
    found: list[int] = []
    for part in _in_order(values, ids, count):
        for number in part.tolist():
            column, row = (cells[number] - origin).tolist()
            if taken[row, column]:
                continue
            found.append(number)
            if len(found) == count:
                return np.array(found, np.int64)
            wide, high = reach(column + int(origin[0]), row + int(origin[1]))
            taken[max(0, row - high + 1) : row + high, max(0, column - wide + 1) : column + wide] = True
    return np.array(found, np.int64)


def _in_order(values: np.ndarray, ids: np.ndarray, count: int) -> Iterable[np.ndarray]:
    """``ids`` by their values: a first part by partition, as most lists end within it; then all the rest."""
    first = min(len(ids), max(4096, 50 * count))
    own = values[ids]
    if first < len(ids):
        edge = np.partition(own, first - 1)[first - 1]
        near = ids[own <= edge]
        yield near[np.argsort(values[near], kind="stable")]
        ids = ids[own > edge]
        own = values[ids]
    yield ids[np.argsort(own, kind="stable")]


def overlapping(
    longitude: np.ndarray, latitude: np.ndarray, size: float, place: tuple[float, float], radius: float
) -> np.ndarray:
    """Which chips (N,) of ``size`` metres, by their centres in degrees, share ground with one of that size at a place.

    Squares are compared as if north up on a sphere of ``radius`` metres: |east| and |north| below one chip's edge.
    """
    lon, lat = place
    north = np.radians(latitude - lat) * radius
    turn = (longitude - lon + 180.0) % 360.0 - 180.0
    east = np.radians(turn) * radius * np.cos(np.radians((latitude + lat) / 2.0))
    with np.errstate(invalid="ignore"):
        return (np.abs(north) < size) & (np.abs(east) < size)
