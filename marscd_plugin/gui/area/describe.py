"""An area in words: how large, where, and near what."""

from __future__ import annotations

import math

from ...common.errors import MarscdError
from ...common.words import Area
from ...planet import geometry
from ...planet.bodies import MARS
from ...planet.gazetteer import Place, places
from ..mars.files import degrees_east, degrees_north
from ..words import tr

#: A place further away than this (metres) says nothing about an area.
_FAR = 400_000.0


def size(area: Area) -> str:
    """Its size on the sphere, in square kilometres."""
    km2 = geometry.area_m2(area) / 1e6
    return tr("{size} km²").format(size=_figures(km2))


def where(area: Area) -> str:
    """Its middle, and the named place that it lies in or near."""
    try:
        lon, lat = geometry.centre(area)
    except MarscdError:
        return tr("all round the planet")
    # Digits enough to find a small area again, and no more.
    digits = 3 if geometry.area_m2(area) < 1e10 else 1
    middle = f"{degrees_north(round(lat, digits))} {degrees_east(round(lon, digits))}"
    near = nearest(lon, lat)
    if near is None:
        return middle
    place, inside = near
    named = place.name if place.kind in ("", "Crater") or place.kind in place.name else f"{place.name} ({place.kind})"
    words = tr("{middle}, in {place}") if inside else tr("{middle}, near {place}")
    return words.format(middle=middle, place=named)


def bounds(area: Area) -> str:
    """West to east, south to north."""
    west, south, east, north = geometry.bounds(area)
    digits = 3 if geometry.area_m2(area) < 1e10 else 1
    if (west, east) == (-180.0, 180.0):
        across = tr("all longitudes")
    else:
        across = tr("{a} to {b}").format(a=degrees_east(round(west, digits)), b=degrees_east(round(east, digits)))
    up = tr("{a} to {b}").format(a=degrees_north(round(south, digits)), b=degrees_north(round(north, digits)))
    return f"{across}, {up}"


def nearest(lon: float, lat: float) -> tuple[Place, bool] | None:
    """(place, whether it holds the point): the smallest round the point, else the nearest; None far from all."""
    best: Place | None = None
    inside = False
    rank = math.inf
    for place in places():
        if abs(place.latitude - lat) > 25:
            continue
        away = _metres(lon, lat, place)
        radius = (place.diameter_m or 0.0) / 2
        # Only a round feature holds all of its circle: a valley's is mostly elsewhere.
        holds = place.kind == "Crater" and away <= radius
        if holds and (not inside or radius < rank):
            best, inside, rank = place, True, radius
        elif not inside and away < min(rank, _FAR):
            best, rank = place, away
    return None if best is None else (best, inside)


def _metres(lon: float, lat: float, place: Place) -> float:
    a, b = math.radians(lat), math.radians(place.latitude)
    across = math.radians(place.longitude - lon)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * MARS.radius * math.asin(math.sqrt(min(h, 1.0)))


def _figures(value: float) -> str:
    """Three figures, thousands parted."""
    if value <= 0:
        return "0"
    digits = max(0, 2 - math.floor(math.log10(value)))
    return f"{round(value, digits):,.{digits}f}" if value < 1000 else f"{value:,.0f}"
