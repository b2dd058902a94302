"""From a shape on a map to an ``Area``, or to words on why it is none. No QGIS here: points and a CRS's WKT."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ..common.errors import InputError
from ..common.words import Area
from ..planet import geometry
from ..planet.crs import geographic_wkt, spatial_reference, transformer
from ..planet.rings import densify
from .words import tr

Points = Sequence[tuple[float, float]]

#: More corners than anybody draws; keeps the search for crossings short.
MOST_CORNERS = 2_000
#: Edges on a projected map are cut into at least this many pieces of the shape's size before they go to degrees.
_PIECES = 200


def area_of_shape(points: Points, wkt: str, body: str = "Mars") -> Area:
    """What was drawn: one ring of (x, y) on a map of that body. Raises InputError: what is wrong, and what to do."""
    corners = _distinct(points)
    if len(corners) < 3:
        raise InputError(
            tr("An area needs at least three corners; this has {count}.").format(count=len(corners)),
            tr("Click at three places or more, then finish with a right click or Enter."),
        )
    if len(corners) > MOST_CORNERS:
        raise InputError(
            tr("The shape has {count} corners.").format(count=len(corners)),
            tr("Draw a simpler one, or take the polygon of a layer."),
        )
    if _is_flat(corners):
        raise InputError(tr("The corners lie on one line: nothing is inside."), tr("Set a corner beside the line."))
    crossing = first_crossing(corners)
    if crossing is not None:
        raise InputError(
            tr("Two sides cross (number {a} and {b} as drawn): what is inside cannot be told.").format(
                a=crossing[0] + 1, b=crossing[1] + 1
            ),
            tr("Take corners back with Backspace, or draw it again."),
        )
    return geometry.area_from_polygons([[checked(degrees(corners, wkt, body))]], body)


def area_of_polygons(polygons: Sequence[Sequence[Points]], wkt: str, body: str = "Mars") -> Area:
    """Polygons of a layer (outer ring, then holes) as an ``Area``, as the algorithms read them. Raises InputError.

    In degrees an edge of more than 180 goes across the seam: files know no longitude beyond it.
    """
    if spatial_reference(wkt).IsGeographic():
        return geometry.area_from_polygons(polygons, body)
    made = []
    for rings in polygons:
        made.append([checked(degrees(ring, wkt, body)) for ring in rings if len(ring) >= 3])
    return geometry.area_from_polygons([rings for rings in made if rings], body)


def degrees(points: Points, wkt: str, body: str = "Mars") -> list[tuple[float, float]]:
    """A ring on a map as (longitude, latitude), closed, longitudes unbroken across 180.

    Edges are straight on the map: on a projected one they get points in between first.
    """
    ring = np.asarray(points, float)[:, :2]
    if tuple(ring[0]) != tuple(ring[-1]):
        ring = np.vstack([ring, ring[:1]])
    if spatial_reference(wkt).IsGeographic():
        return [(float(x), float(y)) for x, y in ring]
    size = float(np.ptp(ring, axis=0).max())
    x, y = densify(ring[:, 0], ring[:, 1], max(size / _PIECES, 1e-6))
    lon, lat = transformer(wkt, geographic_wkt(body)).points(x, y)
    if not (np.isfinite(lon).all() and np.isfinite(lat).all()):
        raise _off_the_globe(tr("It reaches beyond the edge of the map."))
    # A corner on the pole itself has no longitude of its own.
    pole = np.abs(lat) > 90 - 1e-9
    if pole.any() and not pole.all():
        lon = np.where(pole, np.interp(np.arange(len(lon)), np.flatnonzero(~pole), lon[~pole]), lon)
    return list(zip(np.unwrap(lon, period=360.0).tolist(), lat.tolist(), strict=True))


def first_crossing(corners: Points) -> tuple[int, int] | None:
    """The first two sides (by their number, from 0) of a closed ring that cross or touch; None where none do."""
    points = np.asarray(corners, float)
    start, end = points, np.roll(points, -1, axis=0)
    count = len(points)
    for i in range(count - 2):
        # Neighbours share a corner; the last side is the first one's neighbour.
        others = np.arange(i + 2, count - (1 if i == 0 else 0))
        if not len(others):
            continue
        a, b, c, d = start[i], end[i], start[others], end[others]
        o1, o2 = _side(a, b, c), _side(a, b, d)
        o3, o4 = _side(c, d, a), _side(c, d, b)
        # Their boxes must meet as well: sides of one line may lie apart.
        meet = (np.maximum(a, b) >= np.minimum(c, d)).all(axis=1) & (np.minimum(a, b) <= np.maximum(c, d)).all(axis=1)
        hit = (o1 * o2 <= 0) & (o3 * o4 <= 0) & meet
        if hit.any():
            return i, int(others[np.argmax(hit)])
    return None


def _side(a, b, p):
    """On which side of the line a-b the point p lies: the sign of the cross product."""
    a, b, p = np.atleast_2d(a), np.atleast_2d(b), np.atleast_2d(p)
    cross = (b[:, 0] - a[:, 0]) * (p[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (p[:, 0] - a[:, 0])
    return np.sign(cross)


def _distinct(points: Points) -> list[tuple[float, float]]:
    """Corners without repeats of the one before (a double click gives two), nor of the first at the end."""
    if not all(math.isfinite(x) and math.isfinite(y) for x, y in points):
        raise _off_the_globe(tr("One of its corners has no place on the map."))
    kept: list[tuple[float, float]] = []
    for x, y in points:
        if not kept or (x, y) != kept[-1]:
            kept.append((float(x), float(y)))
    while len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return kept


def _is_flat(corners: Points) -> bool:
    points = np.asarray(corners, float)
    x, y = (points - points.mean(axis=0)).T
    inside = abs(float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))) / 2
    # A bow tie's halves cancel: only a thin hull makes a line of it.
    thin = float(np.linalg.svd(np.column_stack([x, y]), compute_uv=False)[1])
    size = math.hypot(float(np.ptp(x)), float(np.ptp(y)))
    return inside < 1e-9 * size * size and thin < 1e-6 * size


def checked(ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The ring in degrees, if it lies on the globe and is not wider than half of it. Raises InputError."""
    lon, lat = np.transpose(ring)
    worst = float(lat[np.argmax(np.abs(lat))])
    if abs(worst) > 90 + 1e-9:
        raise _off_the_globe(tr("It reaches latitude {lat:.1f}, beyond the pole.").format(lat=worst))
    if np.abs(lon).max() > 540:
        raise _off_the_globe(tr("It lies more than one and a half turns away from the map's middle."))
    # Degrees come unbroken: what goes round a pole ends a whole turn away from where it began.
    winding = abs(lon[-1] - lon[0]) > 180
    width = float(np.ptp(lon))
    if not winding and width > 180 + 1e-9:
        raise InputError(
            tr("The area is {width:.0f} degrees of longitude wide; 180 is the most.").format(width=width),
            tr("Draw a smaller one, or zoom in first. Around a pole, use the polar map."),
        )
    if winding:
        # Broken at 180 again: closing an unbroken ring round a pole would take all the turn back.
        lon = (lon + 180.0) % 360.0 - 180.0
    return [(float(x), float(y)) for x, y in zip(lon, np.clip(lat, -90, 90), strict=True)]


def _off_the_globe(why: str) -> InputError:
    return InputError(tr("The area lies partly outside the globe."), why + " " + tr("Draw it inside the map of Mars."))
