"""A product query in the terms of ODE REST: parameters read from a query string, and the test of one record."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import lru_cache
from typing import Any

from ..common.packages import need

#: Without ``limit`` the real service stops here and does not say so.
PAGE_CAP = 100
#: Products that the real service knows; the sandbox holds HiRISE RDRV11.
PRODUCT_TYPES = {
    "HIRISE": ("RDRV11", "RDR", "DTM", "EDR"),
    "CTX": ("EDR",),
    "CRISM": ("TRDR", "MTRDR", "TER", "DDR", "MRDR", "EDR"),
}
_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?)?Z?")


class BadQueryError(Exception):
    """What the service answers as ``Status: ERROR`` with HTTP 200."""


@dataclass(frozen=True)
class Box:
    """Degrees; longitudes 0..360, west > east across longitude 0."""

    south: float
    north: float
    west: float
    east: float

    def pieces(self) -> list[tuple[float, float]]:
        """West-east spans in a longitude that does not jump: one, repeated a turn up and down."""
        east = self.east + 360.0 if self.west > self.east else self.east
        if east - self.west >= 360.0:
            return [(-720.0, 720.0)]
        return [(self.west + turn, east + turn) for turn in (-360.0, 0.0, 360.0)]


@dataclass(frozen=True)
class ProductQuery:
    """One ``query=product``."""

    ihid: str
    iid: str
    pt: str
    results: frozenset[str]
    box: Box | None
    loc: str
    start: datetime | None
    end: datetime | None
    patterns: tuple[re.Pattern[str], ...]
    ode_ids: tuple[str, ...]
    limit: int
    offset: int

    def holds(self, record: Mapping[str, Any]) -> bool:
        """Whether a record is a hit, before paging."""
        if self.patterns and not any(p.fullmatch(record["pdsid"].upper()) for p in self.patterns):
            return False
        if self.ode_ids and record.get("ode_id") not in self.ode_ids:
            return False
        for mine, key in ((self.ihid, "ihid"), (self.iid, "iid"), (self.pt, "pt")):
            if mine and record[key].upper() != mine:
                return False
        time = parse_time(record["Observation_time"])
        if (self.start and time < self.start) or (self.end and time > self.end):
            return False
        return self.box is None or in_box(record, self.box, self.loc)


def read_query(parameters: Mapping[str, str]) -> ProductQuery:
    """Read ``parameters`` (names lower-case). Raises BadQueryError."""
    target = parameters.get("target", "mars").lower()
    if target != "mars":
        raise BadQueryError(f"Invalid Target: {target}")
    ihid, iid, pt = (parameters.get(key, "").upper() for key in ("ihid", "iid", "pt"))
    patterns = _patterns(parameters.get("pdsid") or parameters.get("productid") or "")
    ode_ids = tuple(filter(None, parameters.get("odeid", "").split("|")))
    if (
        ihid not in ("MRO", "")
        or (iid and iid not in PRODUCT_TYPES)
        or (pt and pt not in PRODUCT_TYPES.get(iid, (pt,)))
    ):
        raise BadQueryError("Invalid IIPT")
    if not (patterns or ode_ids) and not (ihid and iid and pt):
        raise BadQueryError("Missing IIPT: ihid, iid and pt are required")
    loc = (parameters.get("loc") or "f").lower()
    if loc not in ("f", "o", "b"):
        raise BadQueryError(f"Invalid loc: {loc}")
    limit = _whole(parameters, "limit", PAGE_CAP)
    return ProductQuery(
        ihid=ihid,
        iid=iid,
        pt=pt,
        results=_results(parameters.get("results", "")),
        box=_box(parameters),
        loc=loc,
        start=_time(parameters, "minobtime"),
        end=_time(parameters, "maxobtime"),
        patterns=patterns,
        ode_ids=ode_ids,
        limit=limit or PAGE_CAP,
        offset=max(_whole(parameters, "offset", 1), 1),
    )


def _results(text: str) -> frozenset[str]:
    letters = frozenset(text.lower()) or frozenset("opm")
    if not letters <= frozenset("opmfclbi"):
        raise BadQueryError(f"Invalid results: {text}")
    return letters


def _patterns(text: str) -> tuple[re.Pattern[str], ...]:
    names = [name.strip().upper() for name in text.split("|") if name.strip()]
    return tuple(re.compile(".*".join(re.escape(part) for part in name.split("*"))) for name in names)


def _whole(parameters: Mapping[str, str], key: str, default: int) -> int:
    text = parameters.get(key, "")
    if not text:
        return default
    if not re.fullmatch(r"\d{1,9}", text):
        raise BadQueryError(f"Invalid {key}: {text}")
    return int(text)


def _number(parameters: Mapping[str, str], keys: tuple[str, ...], low: float, high: float) -> float | None:
    for key in keys:
        text = parameters.get(key, "")
        if text:
            try:
                value = float(text)
            except ValueError:
                raise BadQueryError(f"Invalid {key}: {text}") from None
            if not (math.isfinite(value) and low <= value <= high):
                raise BadQueryError(f"Invalid {key}: {text}")
            return value
    return None


def _box(parameters: Mapping[str, str]) -> Box | None:
    south = _number(parameters, ("minlat",), -90, 90)
    north = _number(parameters, ("maxlat",), -90, 90)
    # Real clients send both spellings; the service echoes the long one.
    west = _number(parameters, ("westernlon", "westlon"), -360, 360)
    east = _number(parameters, ("easternlon", "eastlon"), -360, 360)
    if south is None and north is None and west is None and east is None:
        return None
    south, north = -90.0 if south is None else south, 90.0 if north is None else north
    if south > north:
        raise BadQueryError("Invalid latitude range")
    if west is None or east is None or east - west >= 360.0:
        return Box(south, north, 0.0, 360.0)
    return Box(south, north, west % 360.0, 360.0 if east == 360.0 else east % 360.0)


def _time(parameters: Mapping[str, str], key: str) -> datetime | None:
    text = parameters.get(key, "")
    if not text:
        return None
    try:
        return parse_time(text)
    except ValueError:
        raise BadQueryError(f"Invalid {key}: {text}") from None


def parse_time(text: str) -> datetime:
    """UTC from ODE's text: a date, or a date and time with or without fractions. Raises ValueError."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    year, month, day, hour, minute, second = (int(g) if g else 0 for g in match.groups()[:6])
    fraction = int((match[7] or "0").ljust(6, "0"))
    return datetime(year, month, day, hour, minute, second, fraction, timezone.utc)


@lru_cache(maxsize=4096)
def _footprint(ring: str):
    """A shapely polygon whose longitudes do not jump, from the record's 0..360 ring."""
    shapely = need("shapely")
    points = [tuple(map(float, pair.split())) for pair in ring.split(",")]
    first = points[0][0]
    return shapely.Polygon([(first + (lon - first + 180.0) % 360.0 - 180.0, lat) for lon, lat in points])


def in_box(record: Mapping[str, Any], box: Box, loc: str) -> bool:
    """ODE's three tests: footprint meets the box (f), lies in it (o), bounding box meets it (b)."""
    shapely = need("shapely")
    polygon = _footprint(record["Footprint_GL_geometry"].removeprefix("POLYGON ((").removesuffix("))"))
    if loc == "b":
        polygon = shapely.box(*polygon.bounds)
    boxes = [shapely.box(west, box.south, east, box.north) for west, east in box.pieces()]
    if loc == "o":
        return any(b.covers(polygon) for b in boxes)
    return any(b.intersects(polygon) for b in boxes)
