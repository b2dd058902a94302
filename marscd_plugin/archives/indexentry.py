"""One row of a cumulative index as an entry of the offline index: here its conventions are turned into ours.

HiRISE's table counts longitudes 0..360 east and latitudes planetocentric. CTX's counts longitudes to the *west* and
latitudes planetographic; both are turned. What is not of Mars, has no place (999.90 stands for "not known") or was
garbled on its way is no entry: ``SkippedRowError`` says why in a few words, which are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone

from ..common.errors import InputError
from ..common.words import Area
from ..planet.geometry import bounds
from ..planet.time import parse_utc
from ..products.ctx_corners import planetocentric_latitude
from . import ctx, hirise
from .filter import mars_season
from .footprints import area_of_corners
from .indexlayout import Layout, Row
from .indexrow import sun_azimuth

_SUN = ("NORTH_AZIMUTH", "SUB_SOLAR_AZIMUTH", "EMISSION_ANGLE", "INCIDENCE_ANGLE", "PHASE_ANGLE", "SOLAR_LONGITUDE",
        "TARGET_NAME", "PRODUCT_ID", "VOLUME_ID", "ORBIT_NUMBER")  # fmt: skip
_CORNERS = {
    "HIRISE": tuple((f"CORNER{n}_LONGITUDE", f"CORNER{n}_LATITUDE") for n in (1, 2, 3, 4)),
    # Around the image: the table's own order is upper left, upper right, lower left, lower right.
    "CTX": tuple((f"{c}_LONGITUDE", f"{c}_LATITUDE") for c in ("UPPER_LEFT", "UPPER_RIGHT", "LOWER_RIGHT",
                                                             "LOWER_LEFT")),
}  # fmt: skip
#: The columns that are read, by instrument.
READ: Mapping[str, tuple[str, ...]] = {
    "HIRISE": (*_SUN, "START_TIME", "MAP_SCALE", *(n for c in _CORNERS["HIRISE"] for n in c)),
    "CTX": (*_SUN, "IMAGE_TIME", "SCALED_PIXEL_WIDTH", "DATA_QUALITY_DESC", "LINES", "LINE_SAMPLES",
            *(n for c in _CORNERS["CTX"] for n in c)),
}  # fmt: skip
_WIDEST = 90.0


class SkippedRowError(Exception):
    """Why a row is no entry."""


@dataclass(frozen=True)
class Entry:
    """One product of the index; angles in degrees, ``scale`` metres a pixel, ``size`` bytes by estimate."""

    product_id: str
    observation_id: str
    orbit: int
    start: datetime
    mars_year: int
    solar_longitude: float
    incidence: float | None
    emission: float | None
    phase: float | None
    azimuth: float | None
    scale: float | None
    volume: str
    size: int | None
    footprint: Area


def entry_of(line: str, instrument: str, layout: Layout) -> Entry:
    """The entry of one row. Raises SkippedRowError, and nothing else, on any text."""
    row = layout.read(line, READ[instrument])
    if row is None:
        raise SkippedRowError("no row of this table")
    if row["TARGET_NAME"].upper() != "MARS":
        raise SkippedRowError("not of Mars")
    return _READERS[instrument](row)


def _hirise(row: Row) -> Entry:
    try:
        named = hirise.parse_id(row["PRODUCT_ID"])
    except InputError:
        raise SkippedRowError("no product id of HiRISE's") from None
    if not named.colour:
        raise SkippedRowError("neither RED nor COLOR")
    corners = [(row.number(lon, -360, 360), row.number(lat, -90, 90)) for lon, lat in _CORNERS["HIRISE"]]
    known = [((lon + 180.0) % 360.0 - 180.0, lat) for lon, lat in corners if lon is not None and lat is not None]
    return _entry(row, named.product_id, named.observation_id, named.orbit, "START_TIME", known, "MAP_SCALE", None)


def _ctx(row: Row) -> Entry:
    if row["DATA_QUALITY_DESC"].upper() == "ERROR":
        raise SkippedRowError("garbled or cut short (DATA_QUALITY_DESC ERROR)")
    try:
        named = ctx.parse_id(row["PRODUCT_ID"])
    except InputError:
        raise SkippedRowError("no product id of CTX's") from None
    if not ctx.volume_of(row["VOLUME_ID"]):
        raise SkippedRowError("no volume")
    corners = [(row.number(lon, -360, 360), row.number(lat, -90, 90)) for lon, lat in _CORNERS["CTX"]]
    known = [
        ((180.0 - west) % 360.0 - 180.0, planetocentric_latitude(lat))
        for west, lat in corners
        if west is not None and lat is not None
    ]
    lines, samples = row.number("LINES", 1, 1 << 20), row.number("LINE_SAMPLES", 1, 1 << 16)
    size = None if lines is None or samples is None else int(lines * samples)
    return _entry(row, named.product_id, named.product_id, named.orbit, "IMAGE_TIME", known, "SCALED_PIXEL_WIDTH", size)


_READERS: Mapping[str, Callable[[Row], Entry]] = {"HIRISE": _hirise, "CTX": _ctx}


def _entry(
    row: Row,
    product_id: str,
    observation_id: str,
    orbit: int,
    time: str,
    corners: list[tuple[float, float]],
    scale: str,
    size: int | None,
) -> Entry:
    if len(corners) != 4:
        raise SkippedRowError("no place on Mars is given")
    start = _time(row[time])
    year, longitude = mars_season(start, row.number("SOLAR_LONGITUDE", 0, 360), product_id)
    return Entry(
        product_id=product_id,
        observation_id=observation_id,
        orbit=orbit,
        start=start,
        mars_year=year,
        solar_longitude=longitude,
        incidence=row.number("INCIDENCE_ANGLE", 0, 180),
        emission=row.number("EMISSION_ANGLE", 0, 180),
        phase=row.number("PHASE_ANGLE", 0, 180),
        azimuth=sun_azimuth(row),
        scale=row.number(scale, 1e-3, 1e5),
        volume=ctx.volume_of(row["VOLUME_ID"]),
        size=size,
        footprint=_footprint(corners),
    )


def _time(text: str) -> datetime:
    try:
        # Both tables write ISO 8601 without a zone: many times faster than reading any text that may be a time.
        return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)
    except ValueError:
        pass
    try:
        return parse_utc(text)
    except InputError:
        raise SkippedRowError("no time") from None


def _footprint(corners: list[tuple[float, float]]) -> Area:
    try:
        area = area_of_corners(corners)
    except InputError:
        raise SkippedRowError("its corners enclose nothing") from None
    west, south, east, north = bounds(area)
    if max(abs(south), abs(north)) < 80.0 and not (0 < (east - west) % 360.0 <= _WIDEST):
        raise SkippedRowError("its corners lie impossibly far apart")
    return area
