"""Areas and lengths on the sphere of the equatorial radius, whatever map they were drawn on.

Never QgsDistanceArea, which answers nan or a hundred times too much on Mars.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..common.errors import InputError
from ..common.words import Grid
from .bodies import MARS, Body, body
from .crs import Transformer, body_of, geographic_wkt, spatial_reference, transformer
from .rings import densify, sphere_area

_LATTICE = 65  # nodes a side at which the scale of a map without closed form is measured
_PART = 1_000.0  # metres: edges on such a map are cut to this before they are taken to longitude and latitude


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

    Raises InputError where a vertex has no place on the body.
    """
    if body_of(crs_wkt) is None:
        return None
    sizes = []
    for ring in rings:
        lon, lat = _to_degrees(np.asarray(ring, float)[:, :2], crs_wkt)
        sizes.append(ring_area_m2(lon, lat, _body(crs_wkt)))
    return max(sizes[0] - sum(sizes[1:]), 0.0) if sizes else 0.0


def path_length_m(points: Any, crs_wkt: str) -> float | None:
    """Metres along a line of (x, y) in any CRS; None without a CRS."""
    if body_of(crs_wkt) is None:
        return None
    lon, lat = _to_degrees(np.asarray(points, float)[:, :2], crs_wkt, close=False)
    return line_length_m(lon, lat, _body(crs_wkt))


def pixel_area_m2(grid: Grid) -> Callable[..., NDArray[np.float64]] | None:
    """How many square metres a pixel of the grid covers: a function of (rows) or (rows, columns). None without a CRS.

    ``area(rows)`` is an array as long as ``rows``: each row's pixel, on cylindrical and geographic grids exactly
    (every pixel of a row is alike there), on others (polar) that of the grid's middle column. ``area(rows, columns)``
    has shape (len(rows), len(columns)), or (len(rows), 1) where columns do not matter: multiply a block by it. On
    polar and other maps the scale is measured on a lattice over the grid and interpolated, within 1e-6 over 500 km.
    """
    if not grid.crs or body_of(grid.crs) is None:
        return None
    of, cylinder = _body(grid.crs), _cylinder(grid.crs)
    if cylinder is None:
        return _measured(grid, of)
    unit = cylinder.unit

    def by_row(rows: ArrayLike, columns: ArrayLike | None = None) -> NDArray[np.float64]:
        top = grid.top - np.asarray(rows, float) * grid.pixel_size
        # sin(a) - sin(b) as a product: no digits are lost between neighbouring rows.
        middle = np.clip((top - grid.pixel_size / 2) * unit, -math.pi / 2, math.pi / 2)
        height = 2 * np.cos(middle) * math.sin(grid.pixel_size * unit / 2)
        size = of.radius**2 * grid.pixel_size * cylinder.across * height
        return size if columns is None else size[:, None]

    return by_row


def _measured(grid: Grid, of: Body) -> Callable[..., NDArray[np.float64]]:
    rows = np.linspace(0, grid.height, _LATTICE if grid.height > 1 else 2)
    columns = np.linspace(0, grid.width, _LATTICE if grid.width > 1 else 2)
    x, y = np.meshgrid(grid.left + columns * grid.pixel_size, grid.top - rows * grid.pixel_size)
    # The map's scale is that of a step around each node: wide enough to drown PROJ's rounding, narrow against R.
    step = max(grid.pixel_size, 200.0 / spatial_reference(grid.crs).GetLinearUnits())
    to_degrees = transformer(grid.crs, geographic_wkt(of.name))

    def vector(px: NDArray[np.float64], py: NDArray[np.float64]) -> NDArray[np.float64]:
        lon, lat = (np.radians(a) for a in to_degrees.points(px, py))
        return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1)

    east = (vector(x + step / 2, y) - vector(x - step / 2, y)) / step
    north = (vector(x, y + step / 2) - vector(x, y - step / 2)) / step
    lattice = np.linalg.norm(np.cross(east, north), axis=-1) * (of.radius * grid.pixel_size) ** 2

    def area(at_rows: ArrayLike, at_columns: ArrayLike | None = None) -> NDArray[np.float64]:
        r = np.asarray(at_rows, float) + 0.5
        c = np.array([grid.width / 2]) if at_columns is None else np.asarray(at_columns, float) + 0.5
        row_at, row_part = _between(r, rows)
        col_at, col_part = _between(c, columns)
        upper = lattice[row_at] * (1 - row_part)[:, None] + lattice[row_at + 1] * row_part[:, None]
        out = upper[:, col_at] * (1 - col_part) + upper[:, col_at + 1] * col_part
        return out[:, 0] if at_columns is None else out

    return area


def _between(values: NDArray[np.float64], nodes: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    at = np.clip(np.searchsorted(nodes, values, side="right") - 1, 0, len(nodes) - 2)
    return at, (values - nodes[at]) / (nodes[at + 1] - nodes[at])


def _body(crs_wkt: str) -> Body:
    return body(body_of(crs_wkt) or "")


@dataclass(frozen=True)
class _Cylinder:
    """A map where latitude = y * unit and longitude = lon_0 + x * across (radians; lon_0 in degrees)."""

    unit: float
    across: float
    lon_0: float


@lru_cache(maxsize=64)
def _cylinder(crs_wkt: str) -> _Cylinder | None:
    """The closed form of a geographic or equirectangular CRS on a sphere; None for other maps."""
    found = spatial_reference(crs_wkt)
    if found.IsGeographic():
        unit = found.GetAngularUnits()
        return _Cylinder(unit, unit, 0.0)
    plain = found.GetAttrValue("PROJECTION") == "Equirectangular" and found.GetInvFlattening() == 0
    moved = [found.GetProjParm(n, 0.0) for n in ("false_easting", "false_northing", "latitude_of_origin")]
    if not plain or any(moved):
        return None
    unit = found.GetLinearUnits() / found.GetSemiMajor()
    across = unit / math.cos(math.radians(found.GetProjParm("standard_parallel_1", 0.0)))
    return _Cylinder(unit, across, found.GetProjParm("central_meridian", 0.0))


@lru_cache(maxsize=16)
def _inverse(crs_wkt: str, name: str, _thread: int) -> Transformer:
    """To the body's longitude and latitude; one a thread, as PROJ's operations are not shared."""
    return transformer(crs_wkt, geographic_wkt(name))


def _to_degrees(
    points: NDArray[np.float64], crs_wkt: str, close: bool = True
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    x, y = points[:, 0], points[:, 1]
    if close and len(x) and (x[0] != x[-1] or y[0] != y[-1]):
        x, y = np.append(x, x[0]), np.append(y, y[0])
    cylinder = _cylinder(crs_wkt)
    if cylinder is not None:
        lon, lat = cylinder.lon_0 + np.degrees(x * cylinder.across), np.degrees(y * cylinder.unit)
    else:
        x, y = densify(x, y, _PART)
        lon, lat = _inverse(crs_wkt, _body(crs_wkt).name, threading.get_ident()).points(x, y)
    if not (np.isfinite(lon).all() and np.isfinite(lat).all() and (np.abs(lat) <= 90.0 + 1e-6).all()):
        raise InputError("A vertex lies outside its map.", "Check the geometry and its CRS.")
    return lon, lat
