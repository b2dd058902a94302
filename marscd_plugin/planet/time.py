"""Mars time, in one place: Mars dates (``marsdate``) and seasons (``seasons``)."""

from __future__ import annotations

from .marsdate import MarsDate, as_utc, mars_date, mars_year, solar_longitude, utc_of
from .seasons import parse_mars_years, parse_solar_longitude, parse_utc, season_holds, utc_windows

__all__ = [
    "MarsDate",
    "as_utc",
    "mars_date",
    "mars_year",
    "parse_mars_years",
    "parse_solar_longitude",
    "parse_utc",
    "season_holds",
    "solar_longitude",
    "utc_of",
    "utc_windows",
]
