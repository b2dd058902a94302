"""Size and bearing of changes on the ground, from their second moments, their centrelines and the map's local scale.

A change is measured as the rectangle with the same second moments: its length is sqrt(12 l) with l the greater
eigenvalue of the moments (exact for a rectangle), its mean width the area divided by that length. That makes a bent or
branching change too short and too wide: on simulated lines by a tenth where they bend, by half where they branch
(tests/change). So where the centreline with all its branches is clearly longer, the width is the area divided by the
centreline's length. Moments are carried from pixels to metres east and north with the map's Jacobian at the centroid,
so that lengths and bearings are true in any projection, also where its scale or its north differ from the ground's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..common.words import Grid
from ..planet.bodies import body
from ..planet.crs import body_of, geographic_wkt
from ..planet.transform import transformer

#: How many times as long as by its moments a centreline must be to count as bent or branching.
LONGER = 1.1
#: Steps of a line drawn in pixels are longer than the line: unbiased weights of Dorst and Smeulders (1987, Comput.
#: Vision Graph. 40, 311), for steps along rows and columns and for diagonal ones (as parts of a diagonal).
STRAIGHT, DIAGONAL = 0.948, 1.343 / np.sqrt(2.0)


@dataclass(frozen=True)
class Scale:
    """The map's local scale at places: degrees, and metres east and north of a step of one column, of one row."""

    longitude: np.ndarray
    latitude: np.ndarray
    east_column: np.ndarray
    north_column: np.ndarray
    east_row: np.ndarray
    north_row: np.ndarray


@dataclass(frozen=True)
class Shapes:
    """Arrays of one value a change: place in degrees, metres, degrees clockwise from north 0..180 (NaN = undefined).

    ``centreline`` is the length along the middle of all branches; NaN where it was not measured.
    """

    longitude: np.ndarray
    latitude: np.ndarray
    length: np.ndarray
    width: np.ndarray
    azimuth: np.ndarray
    centreline: np.ndarray


def scale_at(grid: Grid, x: np.ndarray, y: np.ndarray) -> Scale | None:
    """The scale at pixel coordinates of ``grid`` (x right, y down); None without a CRS on a body known here."""
    name = body_of(grid.crs) if grid.crs else None
    if name not in ("Mars", "Moon"):
        return None
    radius = body(name).radius
    to_degrees = transformer(grid.crs, geographic_wkt(name))
    map_x, map_y = grid.left + x * grid.pixel_size, grid.top - y * grid.pixel_size
    lon, lat = to_degrees.points(map_x, map_y)

    def metres(step_x: float, step_y: float) -> tuple[np.ndarray, np.ndarray]:
        """East and north metres of a step of one pixel, as a central difference."""
        one = to_degrees.points(map_x + step_x, map_y + step_y)
        two = to_degrees.points(map_x - step_x, map_y - step_y)
        turn = (one[0] - two[0] + 180.0) % 360.0 - 180.0
        return (
            radius * np.radians(turn) * np.cos(np.radians(lat)) / 2,
            radius * np.radians(one[1] - two[1]) / 2,
        )

    # Columns grow along map x, rows against map y.
    east_column, north_column = metres(grid.pixel_size, 0.0)
    east_row, north_row = metres(0.0, -grid.pixel_size)
    return Scale((lon + 180.0) % 360.0 - 180.0, lat, east_column, north_column, east_row, north_row)


def shapes(
    grid: Grid,
    x: np.ndarray,
    y: np.ndarray,
    xx: np.ndarray,
    xy: np.ndarray,
    yy: np.ndarray,
    area: np.ndarray,
    steps: np.ndarray | None = None,
) -> Shapes | None:
    """Shapes of changes with centroids (``x``, ``y``) and second moments in pixels of ``grid``, areas in m2.

    ``steps`` (3, n) are the centrelines' steps along columns, rows and diagonals (``thinning.steps``); NaN where they
    are not known. None where the grid has no CRS, or one on a body whose radius is not known here. The azimuth of a
    change that is as wide as long (axis ratio under 1.1) is NaN.
    """
    at = scale_at(grid, x, y)
    if at is None:
        return None
    ee = xx * at.east_column**2 + 2 * xy * at.east_column * at.east_row + yy * at.east_row**2
    nn = xx * at.north_column**2 + 2 * xy * at.north_column * at.north_row + yy * at.north_row**2
    en = (
        xx * at.east_column * at.north_column
        + xy * (at.east_column * at.north_row + at.east_row * at.north_column)
        + yy * at.east_row * at.north_row
    )
    middle, spread = (ee + nn) / 2, np.hypot((ee - nn) / 2, en)
    greater, lesser = middle + spread, np.maximum(middle - spread, 0.0)
    length = np.sqrt(12.0 * greater)
    # The major axis makes half the angle of (2 en, ee - nn) with east; bearings count clockwise from north.
    azimuth = (90.0 - np.degrees(0.5 * np.arctan2(2.0 * en, ee - nn))) % 180.0
    azimuth = np.where(greater > 1.21 * lesser, azimuth, np.nan)
    along = _centreline(at, area, steps) if steps is not None else np.full(len(length), np.nan)
    width = area / np.where(along > LONGER * length, along, length)
    return Shapes(at.longitude, at.latitude, length, width, azimuth, along)


def _centreline(at: Scale, area: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """Metres along centrelines. Thinning takes half a width from either end, which is given back."""
    column, row = np.hypot(at.east_column, at.north_column), np.hypot(at.east_row, at.north_row)
    line = STRAIGHT * (steps[0] * column + steps[1] * row) + DIAGONAL * steps[2] * np.hypot(column, row)
    # area = width * (line + width)
    width = (np.sqrt(line * line + 4.0 * area) - line) / 2.0
    return line + width
