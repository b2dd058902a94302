"""Areas and lengths on the sphere of the equatorial radius, whatever map they were drawn on.

Never QgsDistanceArea, which answers nan or a hundred times too much on Mars.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..common.errors import InputError
from ..common.words import Grid
from .bodies import EARTH, MARS, MOON, Body, body
from .crs import body_of, geographic_wkt, spatial_reference, transformer
from .maps import map_of
from .rings import sphere_area


def ring_area_m2(lon: ArrayLike, lat: ArrayLike, of: Body = MARS) -> float:
    """Square metres inside a ring of longitudes and latitudes (degrees, closed or not), never negative.

    Exact for edges straight in longitude and latitude; across 180 and round a pole too (see ``rings``).
    """
    return abs(sphere_area(lon, lat)) * of.radius**2


def line_length_m(lon: ArrayLike, lat: ArrayLike, of: Body = MARS) -> float:
    """Metres along a line of longitudes and latitudes (degrees), each step on its great circle (haversine)."""
    lam, phi = np.radians(np.asarray(lon, float)), np.radians(np.asarray(lat, float))
    square = np.sin(np.diff(phi) / 2) ** 2 + np.cos(phi[1:]) * np.cos(phi[:-1]) * np.sin(np.diff(lam) / 2) ** 2
    return float(2 * of.radius * np.sum(np.arcsin(np.sqrt(np.clip(square, 0, 1)))))


def polygon_area_m2(rings: Sequence[Any], crs_wkt: str) -> float | None:
    """Square metres of a polygon given as rings (outer, then holes) of (x, y) in any CRS; None without a CRS.

    Edges are straight in that CRS. Raises InputError where a vertex has no place on the body.
    """
    name = body_of(crs_wkt)
    if name is None:
        return None
    on = map_of(crs_wkt, _sphere(crs_wkt, name))
    sizes = []
    for ring in rings:
        points = np.asarray(ring, float)
        if points.ndim != 2 or len(points) < 3 or not np.isfinite(points[:, :2]).all():
            raise InputError("A ring of a polygon is no ring of numbers.", "Check the geometry.")
        x, y = points[:, 0], points[:, 1]
        if x[0] != x[-1] or y[0] != y[-1]:
            x, y = np.append(x, x[0]), np.append(y, y[0])
        sizes.append(on.ring_area(x, y))
    return max(sizes[0] - sum(sizes[1:]), 0.0) if sizes else 0.0


def path_length_m(points: Any, crs_wkt: str) -> float | None:
    """Metres along a line of (x, y) in any CRS; None without a CRS. Raises InputError for a point off the body."""
    name = body_of(crs_wkt)
    if name is None:
        return None
    vertices = np.asarray(points, float)
    lon, lat = transformer(crs_wkt, geographic_wkt(name)).points(vertices[:, 0], vertices[:, 1])
    if not (np.isfinite(lon).all() and np.isfinite(lat).all()):
        raise InputError("A vertex lies outside its map.", "Check the geometry and its CRS.")
    return line_length_m(lon, lat, body(name))


def pixel_area_m2(grid: Grid) -> Callable[..., NDArray[np.float64]] | None:
    """How many square metres a pixel of the grid covers: a function of (rows) or (rows, columns). None without a CRS.

    ``area(rows)`` is an array as long as ``rows`` (indices from the top): each row's pixel. On equirectangular and
    geographic grids all pixels of a row are alike and this is exact; on others (polar) it is that of the grid's middle
    column. ``area(rows, columns)`` has shape (rows, columns), or (rows, 1) where columns do not matter: multiply a
    block by it. Exact on the sphere for all CRSs that ``planet.crs`` makes; other maps are measured on a lattice.
    """
    name = body_of(grid.crs)
    if name is None:
        return None
    on = map_of(grid.crs, _sphere(grid.crs, name))

    def area(rows: ArrayLike, columns: ArrayLike | None = None) -> NDArray[np.float64]:
        down = np.atleast_1d(np.asarray(rows, float))
        if columns is None:
            return on.pixel_areas(grid, down, np.array([grid.width / 2 - 0.5]))[:, 0]
        return on.pixel_areas(grid, down, np.atleast_1d(np.asarray(columns, float)))

    return area


def _sphere(crs_wkt: str, name: str) -> Body:
    """The body that is measured on: one we know, or the CRS's own sphere."""
    if name in (MARS.name, MOON.name, EARTH.name):
        return body(name)
    radius = spatial_reference(crs_wkt).GetSemiMajor()
    return Body(name, radius, radius)
