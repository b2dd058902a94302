"""What ODE's product records of all instruments have in common, turned into our conventions."""

from __future__ import annotations

import logging
import math
from typing import Any

from ..common.errors import ArchiveError, InputError
from ..common.words import Area, RemoteFile
from ..planet.geometry import area_from_extent, area_from_wkt, bounds
from ..planet.time import parse_utc
from .addresses import name_in, web_address
from .filter import mars_season
from .footprints import area_of_corners
from .odereply import children, scalar

log = logging.getLogger(__name__)

#: No image of these cameras is wider than this (degrees), near a pole excepted: a wider footprint is misread.
_WIDEST = 90.0
_FOOTPRINTS = ("Footprint_C0_geometry", "Footprint_GL_geometry", "Footprint_geometry")
_MOST_FILES = 60
_POLAR = 80.0
_ORDER = {"image": 0, "label": 1, "header": 2, "raw": 3, "browse": 4}


def common_fields(record: dict[str, Any], name: str) -> dict[str, Any]:
    """The fields of an Observation that every record gives. Raises ArchiveError or InputError naming what is missing.

    Times are UTC; Mars Year and Ls agree with each other; longitudes are -180..180 east.
    """
    time = parse_utc(first(record, name, "UTC_start_time", "Observation_time"))
    year, longitude = mars_season(time, number(record, "Solar_longitude", 0.0, 360.0), name)
    orbit = number(record, "Start_orbit_number", 0, 1e7)
    return {
        "start_time": time,
        "mars_year": year,
        "solar_longitude": longitude,
        "footprint": footprint(record, name),
        "incidence": number(record, "Incidence_angle", 0.0, 180.0),
        "emission": number(record, "Emission_angle", 0.0, 180.0),
        "phase": number(record, "Phase_angle", 0.0, 180.0),
        "map_scale": number(record, "Map_scale", 1e-3, 1e5),
        "orbit": None if orbit is None else int(orbit),
        "source": "ODE",
    }


def first(record: dict[str, Any], name: str, *keys: str) -> str:
    """The first of the keys that says anything. Raises ArchiveError."""
    for key in keys:
        if text := scalar(record, key, 100):
            return text
    raise ArchiveError(f"{name} has no {keys[0]}.", "It is left out.")


def number(record: Any, key: str, low: float, high: float) -> float | None:
    """A number within its possible range; None for anything else, the archive's marks for "not known" among them."""
    try:
        value = float(scalar(record, key, 40))
    except ValueError:
        return None
    return value if math.isfinite(value) and low <= value <= high else None


def notes(record: dict[str, Any]) -> list[str]:
    """ODE's notes on the product."""
    return [n for n in children(record, "ODE_notes", "ODE_note") if isinstance(n, str)]


def footprint(record: dict[str, Any], name: str) -> Area:
    """The product's outline, from the best geometry that can be read, or else its box. Raises ArchiveError."""
    for key in _FOOTPRINTS:
        text = scalar(record, key)
        if not text or text.upper().endswith("EMPTY"):
            continue
        try:
            area = area_from_wkt(text)
        except InputError as error:
            log.info("%s: its %s cannot be read: %s", name, key, error)
            continue
        west, south, east, north = bounds(area)
        if max(abs(south), abs(north)) > _POLAR:
            return _polar(text) or area
        if (east - west) % 360.0 <= _WIDEST and east - west != 360.0:
            return area
    return _bounding_box(record, name)


def _polar(text: str) -> Area | None:
    """Four corners near a pole, joined straight on the ground instead of in degrees."""
    head, _, body = text.partition("((")
    if head.strip().upper() != "POLYGON" or "(" in body:
        return None
    try:
        ring = [tuple(float(v) for v in pair.split()) for pair in body.rstrip(") ").split(",")]
        return area_of_corners([(p[0], p[1]) for p in ring[:-1]]) if len(ring) == 5 and ring[0] == ring[-1] else None
    except (ValueError, IndexError, InputError):
        return None


def _bounding_box(record: dict[str, Any], name: str) -> Area:
    """The last resort. Across the prime meridian ODE gives the ends the wrong way round (west 0.18, east 359.82)."""
    south, north = number(record, "Minimum_latitude", -90, 90), number(record, "Maximum_latitude", -90, 90)
    west = number(record, "Westernmost_longitude", -360, 360)
    east = number(record, "Easternmost_longitude", -360, 360)
    if south is None or north is None or west is None or east is None:
        raise ArchiveError(f"{name} has no footprint.", "It is left out.")
    if east - west > 180.0:
        west, east = east, west
    return area_from_extent(west, south, east, north)


def listed_files(record: dict[str, Any]) -> list[tuple[RemoteFile, str, str]]:
    """The record's files with sound addresses, each once: (file of role ``other``, ODE's Type, its Description)."""
    found: dict[str, tuple[RemoteFile, str, str]] = {}
    for entry in children(record, "Product_files", "Product_file")[:_MOST_FILES]:
        url = web_address(scalar(entry, "URL"))
        if not url:
            continue
        kilobytes = number(entry, "KBytes", 1.0, 1e8)
        size = None if kilobytes is None else round(kilobytes * 1024)
        file = RemoteFile(url, name_in(url), "other", size)
        found.setdefault(url, (file, scalar(entry, "Type").lower(), scalar(entry, "Description").upper()))
    return list(found.values())


def label_url(record: dict[str, Any]) -> str:
    """LabelURL where it is sound, else ""."""
    return web_address(scalar(record, "LabelURL"))


def in_order(files: list[RemoteFile]) -> tuple[RemoteFile, ...]:
    """What is fetched first, then browse images, then the rest."""
    return tuple(sorted(files, key=lambda f: _ORDER.get(f.role, len(_ORDER))))
