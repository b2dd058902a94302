"""Size and bearing of changes on the ground, from their second moments and the map's local scale.

A change is measured as the rectangle with the same second moments: its length is sqrt(12 l) with l the greater
eigenvalue of the moments (exact for a rectangle), its mean width the area divided by that length. Moments are carried
from pixels to metres east and north with the map's Jacobian at the centroid, so that lengths and bearings are true in
any projection, also where the map's scale or its north differ from the ground's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..common.words import Grid
from ..planet.bodies import body
from ..planet.crs import body_of, geographic_wkt
from ..planet.transform import transformer


@dataclass(frozen=True)
class Shapes:
    """Arrays of one value a change: place in degrees, metres, degrees clockwise from north 0..180 (NaN = undefined)."""

    longitude: np.ndarray
    latitude: np.ndarray
    length: np.ndarray
    width: np.ndarray
    azimuth: np.ndarray


def shapes(
    grid: Grid,
    x: np.ndarray,
    y: np.ndarray,
    xx: np.ndarray,
    xy: np.ndarray,
    yy: np.ndarray,
    area: np.ndarray,
) -> Shapes | None:
    """Shapes of changes with centroids (``x``, ``y``) and second moments in pixels of ``grid``, areas in m2.

    None where the grid has no CRS, or one on a body whose radius is not known here. The azimuth of a change that is
    as wide as long (axis ratio under 1.1) is NaN.
    """
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
    ee = xx * east_column**2 + 2 * xy * east_column * east_row + yy * east_row**2
    nn = xx * north_column**2 + 2 * xy * north_column * north_row + yy * north_row**2
    en = (
        xx * east_column * north_column
        + xy * (east_column * north_row + east_row * north_column)
        + yy * east_row * north_row
    )
    middle, spread = (ee + nn) / 2, np.hypot((ee - nn) / 2, en)
    greater, lesser = middle + spread, np.maximum(middle - spread, 0.0)
    length = np.sqrt(12.0 * greater)
    # The major axis makes half the angle of (2 en, ee - nn) with east; bearings count clockwise from north.
    azimuth = (90.0 - np.degrees(0.5 * np.arctan2(2.0 * en, ee - nn))) % 180.0
    azimuth = np.where(greater > 1.21 * lesser, azimuth, np.nan)
    lon = (lon + 180.0) % 360.0 - 180.0
    return Shapes(lon, lat, length, area / length, azimuth)
