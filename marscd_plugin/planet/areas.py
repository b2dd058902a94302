"""Making areas: from extents, polygons and circles, across 180 degrees and round the poles.

An ``Area`` holds polygons that never cross the antimeridian; shapely does the plane geometry in longitude and
latitude, where edges are straight.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from ..common.errors import InputError
from ..common.packages import need
from ..common.words import Area, Polygon, Ring
from .bodies import body
from .rings import circle, close_at_pole, unwrap

#: How an extent across the antimeridian is written: the hint of every refusal.
WIDE_HINT = "An extent across 180 degrees is written with an east beyond 180: 170,190 and not 170,-170."
_MAX_TEXT = 20_000_000
_MAX_VERTICES = 2_000_000


def area_from_extent(west: float, south: float, east: float, north: float, body: str = "Mars") -> Area:
    """A box of longitude and latitude, degrees. ``170, s, 190, n`` crosses the antimeridian; so does west > east.

    Raises InputError for a box without inside, one wider than 180 degrees, or numbers that are no degrees.
    """
    _check_degrees([west, east], [south, north])
    if east < west:
        east += 360.0 * math.ceil((west - east) / 360.0)
    if east - west > 180.0:
        raise InputError(f"The extent is {east - west:g} degrees wide; at most 180 can be searched.", WIDE_HINT)
    if not (west < east and south < north):
        raise InputError("The extent has no inside.", "Give west, south, east and north of a box.")
    return area_from_polygons([[[(west, south), (east, south), (east, north), (west, north)]]], body)


def area_from_circle(lon: float, lat: float, radius_m: float, body_name: str = "Mars") -> Area:
    """All within ``radius_m`` metres of a place (degrees), along the sphere; it may hold a pole.

    The circle is a polygon of 360 sides. Raises InputError for a radius that is not positive, or beyond a quarter of
    the way round.
    """
    _check_degrees([lon], [lat])
    angle = radius_m / body(body_name).radius
    if not 0 < angle <= math.pi / 2:
        raise InputError(f"A circle of {radius_m:g} m cannot be searched.", "Give a radius in metres, above 0.")
    ring = np.column_stack(circle(lon, lat, math.degrees(angle)))
    return area_from_polygons([[ring.tolist()]], body_name)


def area_from_polygons(polygons: Iterable[Sequence[Sequence[Sequence[float]]]], body: str = "Mars") -> Area:
    """Polygons as lists of rings (outer, then holes) of (longitude, latitude), merged into one ``Area``.

    Longitudes may be -180..180 or 0..360 (or beyond, across either seam); rings need not be closed nor oriented. A ring
    round a pole holds the pole of its hemisphere. An edge of more than 180 degrees of longitude (but 360) is read as
    crossing the seam. Raises InputError where nothing with an inside is left.
    """
    shapely = need("shapely")
    pieces = []
    for rings in polygons:
        outlines = [_plane_ring(ring) for ring in rings]
        outlines = [o for o in outlines if o is not None]
        if outlines:
            holes = outlines[1:]
            pieces.append(outlines[0].difference(shapely.union_all(holes)) if holes else outlines[0])
    return _area_of(shapely.union_all(pieces) if len(pieces) != 1 else pieces[0], body)


def area_from_wkt(text: str, body: str = "Mars") -> Area:
    """An ``Area`` from a WKT POLYGON, MULTIPOLYGON or collection of them, in degrees. Raises InputError."""
    shapely = need("shapely")
    if len(text) > _MAX_TEXT:
        raise InputError("The geometry's text is too long.", "Simplify it.")
    try:
        geometry = shapely.from_wkt(text.strip())
    except shapely.errors.ShapelyError as error:
        raise InputError(f"{text[:60]!r} is not a geometry in WKT.", "Write POLYGON((lon lat, ...)).") from error
    return from_shapely(geometry, body)


def from_shapely(geometry: Any, body: str = "Mars") -> Area:
    """An ``Area`` from a shapely geometry in degrees; its lines and points, if any, have no inside and are left out."""
    shapely = need("shapely")
    if geometry is None or shapely.is_empty(geometry):
        raise InputError("The area is empty.", "Draw a polygon, or give an extent.")
    polygons = [g for g in simple_parts(geometry) if g.geom_type == "Polygon"]
    return area_from_polygons(([p.exterior.coords, *(r.coords for r in p.interiors)] for p in polygons), body)


def to_shapely(area: Area) -> Any:
    """The area as a shapely MultiPolygon in longitude (-180..180) and latitude."""
    shapely = need("shapely")
    return shapely.MultiPolygon([shapely.Polygon(p[0], list(p[1:])) for p in area.polygons])


def _check_degrees(lon: Any, lat: Any) -> None:
    lon, lat = np.asarray(lon, float), np.asarray(lat, float)
    if not (np.isfinite(lon).all() and np.isfinite(lat).all()):
        raise InputError("A longitude or latitude is not a number.", "Check the coordinates.")
    if (np.abs(lat) > 90.0 + 1e-6).any() or (np.abs(lon) > 720.0).any():
        worst = (float(lon[np.argmax(np.abs(lon))]), float(lat[np.argmax(np.abs(lat))]))
        raise InputError(
            f"Longitude {worst[0]:g}, latitude {worst[1]:g} are no degrees.",
            "Give planetocentric, east-positive degrees, or the CRS that the coordinates are in.",
        )


def _plane_ring(ring: Sequence[Sequence[float]]) -> Any:
    """A ring's inside as a valid plane geometry within -180..180, or None where it has none."""
    shapely = need("shapely")
    points = np.asarray([tuple(p)[:2] for p in ring], float)
    if points.ndim != 2 or len(points) < 3:
        return None
    if len(points) > _MAX_VERTICES:
        raise InputError(f"A polygon has {len(points)} vertices.", "Simplify it.")
    _check_degrees(points[:, 0], points[:, 1])
    x, y = close_at_pole(*unwrap(points[:, 0], np.clip(points[:, 1], -90.0, 90.0)))
    plane = shapely.make_valid(shapely.Polygon(np.column_stack([x, y])))
    parts = []
    for turn in range(math.floor((x.min() + 180.0) / 360.0), math.floor((x.max() + 180.0) / 360.0) + 1):
        left = -180.0 + 360.0 * turn
        if x.min() >= left and x.max() <= left + 360.0:
            inside = plane
        else:
            inside = plane.intersection(shapely.box(left, -90.0, left + 360.0, 90.0))
        parts.append(shapely.transform(inside, lambda c, t=turn: c - np.array([360.0 * t, 0.0])) if turn else inside)
    return shapely.union_all(parts) if len(parts) > 1 else parts[0]


def simple_parts(geometry: Any) -> Iterable[Any]:
    """The simple geometries inside any nesting of collections."""
    if hasattr(geometry, "geoms"):
        for part in geometry.geoms:
            yield from simple_parts(part)
    elif not geometry.is_empty:
        yield geometry


def rings_of(polygon: Any) -> Polygon:
    rings = (polygon.exterior, *polygon.interiors)
    return tuple(tuple((float(x), float(y)) for x, y, *_ in r.coords) for r in rings)


def _area_of(geometry: Any, name: str) -> Area:
    """Plane geometry within -180..180 as an ``Area``: exteriors counter-clockwise, slivers of no area dropped."""
    shapely = need("shapely")
    polygons: list[Polygon] = []
    for part in simple_parts(geometry):
        if part.geom_type == "Polygon" and part.area > 1e-15:
            rings: tuple[Ring, ...] = rings_of(shapely.geometry.polygon.orient(part))
            polygons.append(rings)
    if not polygons:
        raise InputError("The area has no inside.", "Draw a polygon, or give an extent.")
    return Area(tuple(polygons), body(name).name)
