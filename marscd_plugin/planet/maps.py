"""What a map does to areas: closed forms where there are any (cylinders, polar stereographic), else measured.

Everything is brought to the sphere of the body's equatorial radius, whatever sphere the map itself was made on.
"""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..common.errors import InputError
from ..common.words import Grid
from .bodies import Body
from .crs import Transformer, geographic_wkt, spatial_reference, transformer
from .rings import densify, sphere_area

Array = NDArray[np.float64]

_NODES = 65  # a side of the lattice at which the scale of a map without closed form is measured
_PART = 1_000.0  # metres: edges on such a map are cut to this before they are taken to longitude and latitude


@dataclass(frozen=True)
class Cylinder:
    """A geographic or equirectangular map: latitude = y * unit, longitude = lon_0 + x * across (radians a unit)."""

    of: Body
    unit: float
    across: float
    lon_0: float

    def degrees(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Longitude and latitude, degrees."""
        return self.lon_0 + np.degrees(x * self.across), np.degrees(y * self.unit)

    def ring_area(self, x: Array, y: Array) -> float:
        """Square metres inside a closed ring; exact."""
        return abs(sphere_area(*_on_body(*self.degrees(x, y)))) * self.of.radius**2

    def pixel_areas(self, grid: Grid, rows: Array, columns: Array) -> Array:
        """Square metres of pixels, shape (rows, 1): the columns do not matter."""
        # sin(top) - sin(bottom) as a product: no digits are lost between neighbouring rows.
        middle = (grid.top - (rows + 0.5) * grid.pixel_size) * self.unit
        height = 2 * np.cos(np.clip(middle, -math.pi / 2, math.pi / 2)) * math.sin(grid.pixel_size * self.unit / 2)
        return (self.of.radius**2 * grid.pixel_size * self.across * height)[:, None]


@dataclass(frozen=True)
class Polar:
    """Polar stereographic on a sphere: distance from the pole r = tan(colatitude / 2) * ``size`` (metres a unit x)."""

    of: Body
    size: float

    def ring_area(self, x: Array, y: Array) -> float:
        """Square metres inside a closed ring, the pole inside, outside or on it.

        The map's areas are (R / size)^2 * 4 / (1 + q)^2 of the sphere's with q = (r / size)^2; its integral over the
        inside is, by Green's theorem, that of 2 / (1 + q) (x dy - y dx) along the ring.
        """
        x, y = densify(x, y, self.size / 200)
        cross = x[:-1] * np.diff(y) - y[:-1] * np.diff(x)
        mean = np.zeros(len(cross))
        for part, weight in ((0.0, 1 / 6), (0.5, 4 / 6), (1.0, 1 / 6)):
            px, py = x[:-1] + part * np.diff(x), y[:-1] + part * np.diff(y)
            mean += weight / (1 + (px**2 + py**2) / self.size**2)
        # Off the pole the sum is a small difference of large parts: a ring far away is taken about its own corner.
        corner = 1 / (1 + (x[0] ** 2 + y[0] ** 2) / self.size**2)
        flat = (x[:-1] - x[0]) * np.diff(y) - (y[:-1] - y[0]) * np.diff(x)
        total = np.sum(cross * (mean - corner)) + corner * np.sum(flat)
        return abs(float(total)) * 2 * (self.of.radius / self.size) ** 2

    def pixel_areas(self, grid: Grid, rows: Array, columns: Array) -> Array:
        """Square metres of pixels, shape (rows, columns)."""
        x = grid.left + (columns + 0.5) * grid.pixel_size
        y = grid.top - (rows + 0.5) * grid.pixel_size
        q = (x[None, :] ** 2 + y[:, None] ** 2) / self.size**2
        return (2 * self.of.radius * grid.pixel_size / self.size) ** 2 / (1 + q) ** 2


@dataclass(frozen=True)
class Other:
    """Any other map, through PROJ."""

    of: Body
    wkt: str

    def degrees(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Longitude and latitude, degrees, of each point."""
        return _inverse(self.wkt, self.of.name, threading.get_ident()).points(x, y)

    def ring_area(self, x: Array, y: Array) -> float:
        """Square metres inside a closed ring."""
        x, y = densify(x, y, _PART / spatial_reference(self.wkt).GetLinearUnits())
        return abs(sphere_area(*_on_body(*self.degrees(x, y)))) * self.of.radius**2

    def pixel_areas(self, grid: Grid, rows: Array, columns: Array) -> Array:
        """Square metres of pixels, shape (rows, columns): the scale is measured on a lattice and interpolated."""
        at_rows, at_columns, lattice = _lattice(self, grid)
        row, row_part = _between(rows + 0.5, at_rows)
        column, column_part = _between(columns + 0.5, at_columns)
        upper = lattice[row] * (1 - row_part)[:, None] + lattice[row + 1] * row_part[:, None]
        return upper[:, column] * (1 - column_part) + upper[:, column + 1] * column_part

    def _vectors(self, x: Array, y: Array) -> Array:
        lon, lat = (np.radians(a) for a in self.degrees(x, y))
        return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1)

    def scale(self, x: Array, y: Array, pixel_size: float) -> Array:
        """Square metres of a pixel at points, from a step around each.

        The step is wide enough to drown PROJ's rounding, and narrow against the planet.
        """
        step = max(pixel_size, 200.0 / spatial_reference(self.wkt).GetLinearUnits())
        east = (self._vectors(x + step / 2, y) - self._vectors(x - step / 2, y)) / step
        north = (self._vectors(x, y + step / 2) - self._vectors(x, y - step / 2)) / step
        return np.linalg.norm(np.cross(east, north), axis=-1) * (self.of.radius * pixel_size) ** 2


@lru_cache(maxsize=64)
def map_of(wkt: str, of: Body) -> Cylinder | Polar | Other:
    """The map that a CRS of body ``of`` is."""
    found = spatial_reference(wkt)
    if found.IsGeographic():
        unit = found.GetAngularUnits()
        return Cylinder(of, unit, unit, 0.0)
    name = found.GetAttrValue("PROJECTION") if found.IsProjected() else None
    radius = found.GetSemiMajor() / found.GetLinearUnits()
    latitude = found.GetProjParm("latitude_of_origin", 0.0)
    moved = found.GetProjParm("false_easting", 0.0) or found.GetProjParm("false_northing", 0.0)
    if found.GetInvFlattening() == 0 and not moved:
        if name == "Equirectangular" and not latitude:
            across = 1 / (radius * math.cos(math.radians(found.GetProjParm("standard_parallel_1", 0.0))))
            return Cylinder(of, 1 / radius, across, found.GetProjParm("central_meridian", 0.0))
        if name == "Polar_Stereographic":
            # Scale 1 at the latitude of origin, times the scale factor: r = R k (1 + sin) tan(colatitude / 2).
            size = radius * found.GetProjParm("scale_factor", 1.0) * (1 + math.sin(math.radians(abs(latitude))))
            return Polar(of, size)
    return Other(of, wkt)


@lru_cache(maxsize=16)
def _inverse(wkt: str, name: str, _thread: int) -> Transformer:
    """To the body's longitude and latitude; one a thread, as PROJ's operations are not shared."""
    return transformer(wkt, geographic_wkt(name))


@lru_cache(maxsize=16)
def _lattice(on: Other, grid: Grid) -> tuple[Array, Array, Array]:
    rows = np.linspace(0, grid.height, _NODES)
    columns = np.linspace(0, grid.width, _NODES)
    x, y = np.meshgrid(grid.left + columns * grid.pixel_size, grid.top - rows * grid.pixel_size)
    return rows, columns, on.scale(x, y, grid.pixel_size)


def _between(values: Array, nodes: Array) -> tuple[NDArray[np.intp], Array]:
    at = np.clip(np.searchsorted(nodes, values, side="right") - 1, 0, len(nodes) - 2)
    return at, (values - nodes[at]) / (nodes[at + 1] - nodes[at])


def _on_body(lon: Array, lat: Array) -> tuple[Array, Array]:
    if not (np.isfinite(lon).all() and np.isfinite(lat).all() and (np.abs(lat) <= 90.0 + 1e-6).all()):
        raise InputError("A vertex lies outside its map.", "Check the geometry and its CRS.")
    return lon, lat
