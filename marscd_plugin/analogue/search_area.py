"""The moving grid over a search area."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..common.errors import InputError
from ..common.packages import need
from ..common.words import Area, Grid
from .grids import MAX_CHIPS, PlacedGrid, frame_cells
from .ground import scales
from .images import Image, need_fine_enough, pixel_size_at
from .places import area_on, check_arc, from_map, region_on, search_map

_LATTICE = 33
_SLACK = 0.02  # of a chip that may stick out of the area


def search_chips(image: Image, area: Area | None, chip_size: float, step: float, chip_px: int) -> PlacedGrid:
    """Chips of ``chip_size`` metres every ``step`` metres (at most) over what of ``area`` the image covers.

    They are laid out on the image's own map where it is projected; else on a geographic grid, or a polar map beyond 65
    degrees. Ids run frame by frame. Raises InputError: another body, no overlap, an area smaller than a chip, too many
    chips, pixels too coarse.
    """
    for value, name in ((chip_size, "chip"), (step, "step")):
        if not (math.isfinite(value) and value > 0):
            raise InputError(f"A {name} of {value:g} m cannot be.", "Give a positive number of metres.")
    check_arc(image, chip_size)
    crs = search_map(image, area)
    region = region_on(image, area, crs)
    if not region.is_valid:
        region = need("shapely").make_valid(region)
    west, south, east, north = region.bounds
    sx, sy = _Scales(image, crs, (west, south, east, north)).both
    middle_x, middle_y = sx.at((west + east) / 2, (south + north) / 2), sy.at((west + east) / 2, (south + north) / 2)
    unit = "m" if image.pixel_size is not None else "pixels"
    wide, high = (east - west) * middle_x, (north - south) * middle_y
    if min(wide, high) < chip_size * (1 - _SLACK):
        what = "The search area" if area is None or _inside(region, area, image, crs) else "What the image covers of it"
        raise InputError(
            f"{what} ({image.name}) is {wide:,.0f} x {high:,.0f} {unit}, smaller than one chip of {chip_size:,.0f} "
            f"{unit}.",
            "Choose a larger area, or smaller chips.",
        )
    here = _middle_pixel(image, crs, region)
    need_fine_enough(image, chip_size, chip_px, here)
    cell = step / max(sx.most, sy.most)
    columns = _along(east - west, chip_size / middle_x, cell)
    rows = _along(north - south, chip_size / middle_y, cell)
    if columns * rows > MAX_CHIPS * 1.0:
        least = step * math.sqrt(columns * rows / MAX_CHIPS)
        raise InputError(
            f"The search would cut {columns * rows:,} chips out of {image.name}; at most {MAX_CHIPS:,} are searched.",
            f"Choose a smaller area, or a step of at least {_up(least)} {unit}.",
        )
    first_x = (west + east) / 2 - (columns - 1) * cell / 2
    first_y = (south + north) / 2 + (rows - 1) * cell / 2
    x, y = first_x + np.arange(columns) * cell, first_y - np.arange(rows) * cell
    keep = _inside_cells(region, x, y, chip_size, sx, sy)
    if not keep.any():
        keep[rows // 2, columns // 2] = True
    side = frame_cells(chip_px, step / (chip_size / chip_px))
    at, runs = _by_frames(keep, side)
    mx, my = from_map(image, crs, x[at[:, 0]], y[at[:, 1]])
    good = np.isfinite(mx) & np.isfinite(my)
    if crs and not sx.whole:
        good &= np.isfinite(image.lonlat(mx, my)[1])  # beyond the edge of a map that does not fill its frame
    if not good.any():
        raise InputError(f"The search area lies off the map of {image.name}.", "Choose another area.")
    if not good.all():
        at, mx, my = at[good], mx[good], my[good]
        runs = np.searchsorted(np.flatnonzero(good), runs)
    raster = (
        Grid(crs, first_x - cell / 2, first_y + cell / 2, cell, columns, rows)
        if crs
        else Grid("", 0.0, 0.0, 1.0, columns, rows)
    )
    return PlacedGrid(image, mx, my, chip_size, chip_px, runs=runs, step=float(step), raster=raster, at=at)


class _Lattice:
    """A slowly changing number over a box, bilinear between 33 x 33 exact ones."""

    def __init__(self, box: tuple[float, float, float, float], values: np.ndarray) -> None:
        self._box, self._values = box, np.where(np.isfinite(values), values, np.nanmedian(values))
        self.most = float(np.nanmax(values))
        self.whole = bool(np.isfinite(values).all())

    def at(self, x: float, y: float) -> float:
        return float(self.grid(np.array([x]), np.array([y]))[0, 0])

    def grid(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """(rows, columns) at every x of every y."""
        west, south, east, north = self._box
        n = self._values.shape[0] - 1
        return _hat((y - south) / (north - south) * n, n) @ self._values @ _hat((x - west) / (east - west) * n, n).T


def _hat(at: np.ndarray, n: int) -> np.ndarray:
    knots = np.arange(n + 1)
    return np.clip(1.0 - np.abs(np.clip(at, 0, n)[:, None] - knots), 0.0, None)


class _Scales:
    """Metres on the ground of a unit of the map, along x and y."""

    def __init__(self, image: Image, crs: str, box: tuple[float, float, float, float]) -> None:
        west, south, east, north = box
        if crs:
            t = np.linspace(0.0, 1.0, _LATTICE)
            # Not the edges themselves: a map may end there.
            inset = 1e-4
            t = inset + t * (1 - 2 * inset)
            x, y = np.meshgrid(west + t * (east - west), south + t * (north - south))
            along_x, along_y = scales(crs, x, y)
            # At the very edge of a map a step may be nothing, or have no end.
            for values in (along_x, along_y):
                values[~(values > 0)] = np.nan
            if not (np.isfinite(along_x) & np.isfinite(along_y)).any():
                raise InputError(f"The search area lies off the map of {image.name}.", "Choose another area.")
        else:
            along_x = along_y = np.full((_LATTICE, _LATTICE), image.metres)
        self.both = _Lattice(box, along_x), _Lattice(box, along_y)


def _along(length: float, chip: float, cell: float) -> int:
    return max(math.floor((length - chip * (1.0 - _SLACK)) / cell) + 1, 1)


def _inside_cells(
    region: Any, x: np.ndarray, y: np.ndarray, chip_size: float, sx: _Lattice, sy: _Lattice
) -> np.ndarray:
    """bool (rows, columns): centre inside the region, and the chip inside the region's bounding box."""
    shapely = need("shapely")
    west, south, east, north = region.bounds
    shapely.prepare(region)
    keep = np.zeros((len(y), len(x)), bool)
    for start in range(0, len(y), 512):
        ys = y[start : start + 512]
        half_x = (0.5 - _SLACK) * chip_size / np.maximum(sx.grid(x, ys), 1e-12)
        half_y = (0.5 - _SLACK) * chip_size / np.maximum(sy.grid(x, ys), 1e-12)
        fits = (x - half_x >= west) & (x + half_x <= east)
        fits &= (ys[:, None] - half_y >= south) & (ys[:, None] + half_y <= north)
        xs, yy = np.meshgrid(x, ys)
        fits[fits] = shapely.contains_xy(region, xs[fits], yy[fits])
        keep[start : start + 512] = fits
    return keep


def _by_frames(keep: np.ndarray, side: int) -> tuple[np.ndarray, np.ndarray]:
    """(column, row) of the kept cells, frame by frame, and the id at which each frame starts."""
    row, column = np.nonzero(keep)
    frame = (row // side).astype(np.int64) * (keep.shape[1] // side + 1) + column // side
    order = np.lexsort((column, row, frame))
    at = np.column_stack([column[order], row[order]]).astype(np.int32)
    runs = np.flatnonzero(np.diff(frame[order], prepend=-1))
    return at, runs


def _middle_pixel(image: Image, crs: str, region: Any) -> float | None:
    """Ground metres a pixel in the middle of the region."""
    if not image.crs:
        return image.pixel_size
    west, south, east, north = region.bounds
    x, y = from_map(image, crs, np.array([(west + east) / 2]), np.array([(south + north) / 2]))
    return pixel_size_at(image, float(x[0]), float(y[0]))


def _inside(region: Any, area: Area, image: Image, crs: str) -> bool:
    """Whether the image covers (nearly) all of the area."""
    return bool(region.area >= 0.98 * area_on(area, crs).area)


def _up(value: float) -> str:
    unit = 10.0 ** (math.floor(math.log10(value)) - 1)
    return f"{math.ceil(value / unit - 1e-9) * unit:g}"
