"""What areas on a body measure, share and look like in a map: sizes on the sphere, coverage, centre, projection.

Areas are made by ``areas`` and boxed by ``boxes``; both are offered from here too.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..common.errors import InputError
from ..common.packages import need
from ..common.words import Area, Polygon
from .areas import (
    area_from_circle,
    area_from_extent,
    area_from_polygons,
    area_from_wkt,
    from_shapely,
    rings_of,
    simple_parts,
    to_shapely,
)
from .bodies import body
from .boxes import bounds, search_boxes
from .crs import body_of, geographic_wkt, spatial_reference, transformer
from .rings import densify, sphere_area, sphere_moment

__all__ = [
    "area_from_circle",
    "area_from_extent",
    "area_from_polygons",
    "area_from_wkt",
    "area_m2",
    "bounds",
    "centre",
    "coverage",
    "from_shapely",
    "intersects",
    "project",
    "search_boxes",
    "to_shapely",
]

# Cuts an area into columns this wide (degrees) before it goes to a polar map: none of them folds over itself.
_SECTOR = 60.0
_SNAP = 1e-3  # metres: how far apart the edges of neighbouring pieces may land and still be one


def area_m2(area: Area) -> float:
    """Square metres on the body's sphere (equatorial radius)."""
    return _steradians(area) * body(area.body).radius ** 2


def coverage(area: Area, footprint: Area) -> float:
    """The share (0..1) of ``area`` that lies under ``footprint``. Raises InputError across bodies."""
    _same_body(area, footprint)
    whole = _steradians(area)
    common = to_shapely(area).intersection(to_shapely(footprint))
    covered = sum(_polygon_steradians(rings_of(g)) for g in simple_parts(common) if g.geom_type == "Polygon")
    return min(max(covered / whole, 0.0), 1.0) if whole > 0 else 0.0


def intersects(a: Area, b: Area) -> bool:
    """Whether the two areas touch or overlap. Raises InputError across bodies."""
    _same_body(a, b)
    return bool(to_shapely(a).intersects(to_shapely(b)))


def centre(area: Area) -> tuple[float, float]:
    """(longitude, latitude) of the area's centre of mass on the sphere, degrees; right across 180 and at the poles."""
    moment = np.zeros(3)
    for polygon in area.polygons:
        for index, ring in enumerate(polygon):
            lon, lat = np.transpose(ring)
            moment += math.copysign(1, sphere_area(lon, lat)) * (-1 if index else 1) * sphere_moment(lon, lat)
    level = math.hypot(moment[0], moment[1])
    if math.hypot(level, moment[2]) < 1e-9 * _steradians(area):
        raise InputError("The area has no centre: it lies evenly all round the body.", "Choose a smaller area.")
    lon = math.degrees(math.atan2(moment[1], moment[0])) if level > 1e-9 * abs(moment[2]) else 0.0
    return lon, math.degrees(math.atan2(moment[2], level))


def project(area: Area, crs_wkt: str) -> Any:
    """The area as a shapely geometry in a CRS of its body (x, y in the CRS's units), edges densified to follow it.

    It is cut where the map itself is (opposite its central meridian), not at 180: in a map centred on the area it is
    whole. Raises InputError for a CRS of another body, or an area that the map cannot show.
    """
    shapely = need("shapely")
    if body_of(crs_wkt) != area.body:
        raise InputError(
            f"The area lies on {area.body}, the map on {body_of(crs_wkt) or 'no body'}.", "Choose its CRS."
        )
    found = spatial_reference(crs_wkt)
    plane = to_shapely(area)
    if found.IsGeographic():
        return plane
    lon_0 = found.GetProjParm("central_meridian", 0.0) or found.GetProjParm("longitude_of_center", 0.0)
    cylindrical = found.GetAttrValue("PROJECTION") != "Polar_Stereographic"
    # Longitudes relative to the map's middle, where what 180 had parted is one again.
    turned = []
    for turn in (-360.0, 0.0, 360.0):
        moved = shapely.transform(plane, lambda c, t=turn: np.round(c + np.array([t - lon_0, 0.0]), 10))
        turned.append(shapely.intersection(moved, shapely.box(-180.0, -90.0, 180.0, 90.0)))
    whole = shapely.union_all(turned)
    if not cylindrical:
        edges = np.arange(-180.0, 180.0, _SECTOR)
        whole = shapely.MultiPolygon(
            [p for e in edges for p in _polygons(whole.intersection(shapely.box(e, -90.0, e + _SECTOR, 90.0)))]
        )
    west, south, east, north = whole.bounds
    step = min(max(max(east - west, north - south) / 200.0, 1e-6), 1.0)
    go = transformer(geographic_wkt(area.body), crs_wkt)
    # A vertex on the seam itself may land at either edge of the map; a hair inside, it cannot.
    limit = 180.0 - 1e-9 if cylindrical else 180.0

    def ring(points: Any) -> Any:
        vertices = np.asarray(points, float)
        lon, lat = densify(vertices[:, 0], vertices[:, 1], step)
        x, y = go.points(np.clip(lon, -limit, limit) + lon_0, lat)
        if not (np.isfinite(x).all() and np.isfinite(y).all()):
            raise InputError("The map cannot show the whole area.", "Use a CRS made for the place.")
        return np.column_stack([x, y])

    pieces = [shapely.Polygon(ring(p.exterior.coords), [ring(h.coords) for h in p.interiors]) for p in _polygons(whole)]
    if len(pieces) == 1:
        return pieces[0] if pieces[0].is_valid else shapely.make_valid(pieces[0])
    return shapely.union_all([shapely.make_valid(p) for p in pieces], grid_size=_SNAP)


def _polygons(geometry: Any) -> list[Any]:
    return [g for g in simple_parts(geometry) if g.geom_type == "Polygon" and g.area > 0]


def _steradians(area: Area) -> float:
    return sum(_polygon_steradians(p) for p in area.polygons)


def _polygon_steradians(polygon: Polygon) -> float:
    sizes = [abs(sphere_area(*np.transpose(ring))) for ring in polygon]
    return sizes[0] - sum(sizes[1:])


def _same_body(a: Area, b: Area) -> None:
    if a.body != b.body:
        raise InputError(f"One area lies on {a.body}, the other on {b.body}.", "Use areas of one body.")
