"""Footprints from four corners, right near the poles too; and how much of an area many of them cover."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..common.packages import need
from ..common.words import Area
from ..planet.geometry import area_from_polygons

Point = tuple[float, float]
#: From here on a straight edge on the ground is far from straight in degrees.
POLAR = 70.0
_STEPS = 8


def area_of_corners(corners: Sequence[Point]) -> Area:
    """The area inside corners (longitude, latitude) in order around it, edges straight on the ground.

    Away from the poles an edge is straight in degrees, as the archives draw it. Raises InputError for what is no area.
    """
    ring = list(corners)
    if turn := _plain(ring):
        # Areas go round counter-clockwise.
        ring = ring if turn > 0 else ring[::-1]
        return Area((((*ring, ring[0]),),))
    if min(abs(latitude) for _, latitude in ring) < POLAR and max(abs(latitude) for _, latitude in ring) < 80.0:
        return area_from_polygons([[[*ring, ring[0]]]])
    return area_from_polygons([[_around_the_pole(ring)]])


def coverages(area: Any, outlines: Any) -> NDArray[np.float64]:
    """Share (0..1) of ``area`` under each of many ``outlines``: ``planet.geometry.coverage`` for shapely geometries.

    Both lie within -180..180 degrees, as ``planet.geometry`` makes them.
    """
    shapely = need("shapely")
    whole = float(_steradians(np.array([area]))[0])
    common = _steradians(shapely.intersection(area, np.asarray(outlines)))
    return np.clip(common / whole, 0.0, 1.0) if whole > 0 else np.zeros(len(common))


def _steradians(geometries: NDArray[Any]) -> NDArray[np.float64]:
    """Area on the unit sphere of each geometry, edges straight in degrees (see ``planet.rings.sphere_area``)."""
    shapely = need("shapely")
    parts, of_geometry = shapely.get_parts(geometries, return_index=True)
    flat = shapely.get_type_id(parts) == 3
    parts, of_geometry = parts[flat], of_geometry[flat]
    rings, of_part = shapely.get_rings(parts, return_index=True)
    points, of_ring = shapely.get_coordinates(rings, return_index=True)
    total = np.zeros(len(geometries))
    if not len(points):
        return total
    lam, phi = np.radians(points).T
    edge = of_ring[1:] == of_ring[:-1]
    begin = np.searchsorted(of_ring, np.arange(len(rings)))
    half = np.diff(phi) / 2
    mean = np.sin((phi[1:] + phi[:-1]) / 2) * np.sinc(half / np.pi) - np.sin(phi[begin[of_ring[:-1]]])
    areas = np.bincount(of_ring[:-1][edge], (np.diff(lam) * mean)[edge], minlength=len(rings))
    # The first ring of a part is its outside, the others are holes.
    outside = np.concatenate([[True], of_part[1:] != of_part[:-1]])
    np.add.at(total, of_geometry[of_part], np.where(outside, 1.0, -1.0) * np.abs(areas))
    return total


def _plain(ring: list[Point]) -> int:
    """Which way round (1 counter-clockwise, -1) the common case goes: convex, away from the poles and from longitude
    180, so that nothing is to be split. 0 for any other ring."""
    longitudes = [lon for lon, _ in ring]
    if max(longitudes) - min(longitudes) > 90.0 or max(abs(latitude) for _, latitude in ring) >= POLAR:
        return 0
    turns = []
    for (ax, ay), (bx, by), (cx, cy) in zip(ring, ring[1:] + ring[:1], ring[2:] + ring[:2], strict=True):
        turns.append((bx - ax) * (cy - by) - (by - ay) * (cx - bx))
    return 1 if all(t > 0 for t in turns) else -1 if all(t < 0 for t in turns) else 0


def _around_the_pole(ring: list[Point]) -> list[Point]:
    """The ring with its edges cut into pieces that lie straight as seen from above the pole."""
    north = sum(latitude for _, latitude in ring) > 0
    lon, lat = np.radians(np.array(ring, float)).T
    # Stereographic: what lies near the pole keeps its shape.
    radius = np.tan((math.pi / 2 - (lat if north else -lat)) / 2)
    x, y = radius * np.cos(lon), radius * np.sin(lon)
    share = np.arange(_STEPS) / _STEPS
    to_x, to_y = np.roll(x, -1), np.roll(y, -1)
    x, y = (np.concatenate([a + (b - a) * share for a, b in zip(v, w, strict=True)]) for v, w in ((x, to_x), (y, to_y)))
    found_lat = np.degrees(math.pi / 2 - 2 * np.arctan(np.hypot(x, y))) * (1 if north else -1)
    found_lon = np.degrees(np.arctan2(y, x))
    points = [(float(a), float(b)) for a, b in zip(found_lon, found_lat, strict=True)]
    return [*points, points[0]]
