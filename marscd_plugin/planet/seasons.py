"""Seasons: reading what a user writes (Mars Years, solar longitude, UTC), and testing an observation against them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from ..common.errors import InputError
from ..common.words import Season
from .marsdate import UTC, as_utc, mars_year, utc_of

# The archives' solar longitudes and ours differ by up to 0.01 degree (24 minutes); windows are widened by more.
_PAD = timedelta(hours=2)
#: More windows than this are answered as one that spans them: each costs an archive query.
MAX_WINDOWS = 24
_DASHES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-"})
_YEAR_RANGE = re.compile(r"(?:MY\s*)?(\d{1,3})(?:\s*-\s*(?:MY\s*)?(\d{1,3}))?", re.IGNORECASE)
_NUMBER = r"(\d{1,3}(?:\.\d{0,9})?)\s*\u00b0?"
_LS_RANGE = re.compile(rf"(?:Ls\s*=?\s*)?{_NUMBER}\s*-\s*{_NUMBER}", re.IGNORECASE)
_DAY_OF_YEAR = re.compile(r"(\d{4})-(\d{3})(?:T(.*))?")
_UTC = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)


def parse_mars_years(text: str) -> tuple[tuple[int, int], ...]:
    """``30-31, 28`` as inclusive ranges in order, overlapping and neighbouring ones merged; empty text is ``()``: all.

    Raises InputError for anything else, a range that runs backwards, or a year outside 1..999.
    """
    text = text.translate(_DASHES).strip()
    if not text:
        return ()
    if len(text) > 1000:
        raise InputError("The Mars Years are too long a text.", "Write years and ranges, such as 28, 30-31.")
    ranges = []
    for item in re.split(r"[,;]", text):
        match = _YEAR_RANGE.fullmatch(item.strip())
        if not match:
            raise InputError(
                f"{item.strip()!r} is not a Mars Year or a range of them.", "Write years and ranges, such as 28, 30-31."
            )
        first = int(match[1])
        last = int(match[2]) if match[2] else first
        if first > last:
            raise InputError(f"The Mars Years {item.strip()} run backwards.", f"Write {last}-{first}.")
        if first < 1:
            raise InputError("Mars Years begin with 1 (in April 1955).", "Write years and ranges, such as 28, 30-31.")
        ranges.append((first, last))
    merged: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def parse_solar_longitude(text: str) -> tuple[float, float] | None:
    """``250-350`` as (start, end) in degrees; ``330-30`` wraps through 360; empty text is None: all year.

    A single number is refused: no observation is taken at exactly one solar longitude. So is a range whose ends are
    equal, which could mean an instant or a whole year. Raises InputError.
    """
    text = text.translate(_DASHES).strip()
    if not text:
        return None
    match = _LS_RANGE.fullmatch(text) if len(text) < 100 else None
    if not match:
        number = re.fullmatch(_NUMBER, text)
        hint = f"{float(number[1]):g}-{min(float(number[1]) + 10, 360):g}" if number else "250-350, or 330-30"
        raise InputError(f"{text[:100]!r} is not a range of solar longitude.", f"Write two numbers, such as {hint}.")
    start, end = float(match[1]), float(match[2])
    if max(start, end) > 360:
        raise InputError(f"A solar longitude of {max(start, end):g} is outside 0..360 degrees.", "Correct the range.")
    if start % 360 == end % 360 and (start, end) != (0.0, 360.0):
        raise InputError(
            f"The solar longitudes {text} are an instant, not a range.", "Leave it empty for the whole year."
        )
    return start, end


def parse_utc(text: str, end_of_day: bool = False) -> datetime:
    """An ISO 8601 time, or a PDS one by day of year (``2008-112T03:04:05.678``), as an aware UTC datetime.

    Without a zone it is UTC. A date alone is its first instant, or with ``end_of_day`` its last microsecond, so that
    a user's END date is inclusive. A leap second (``:60``) is read as the next second's start. Raises InputError.
    """
    original, text = text[:100], text.strip()
    by_day = _DAY_OF_YEAR.fullmatch(text)
    try:
        if by_day and 1 <= int(by_day[2]) <= 366:
            day = datetime(int(by_day[1]), 1, 1) + timedelta(days=int(by_day[2]) - 1)
            if day.year != int(by_day[1]):
                raise ValueError("no such day")
            text = day.strftime("%Y-%m-%d") + (f"T{by_day[3]}" if by_day[3] is not None else "")
        match = _UTC.fullmatch(text)
        if not match:
            raise ValueError("not a time")
        year, month, day_of_month = int(match[1]), int(match[2]), int(match[3])
        if match[4] is None:
            moment = datetime(year, month, day_of_month)
            if end_of_day:
                moment += timedelta(days=1, microseconds=-1)
        else:
            second = int(match[6] or 0)
            leap = second == 60
            moment = datetime(year, month, day_of_month, int(match[4]), int(match[5]), 59 if leap else second)
            moment += timedelta(seconds=1) if leap else timedelta(microseconds=int((match[7] or "0").ljust(6, "0")[:6]))
        zone = (match[8] or "Z").upper()
        if zone not in ("Z", "UTC"):
            digits = zone[1:].replace(":", "")
            offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
            moment += -offset if zone[0] == "+" else offset
    except (ValueError, OverflowError) as error:
        raise InputError(
            f"{original!r} is not a date or time.", "Write it as 2011-06-27 or 2011-06-27T13:45:00 (UTC)."
        ) from error
    return moment.replace(tzinfo=UTC)


def season_holds(season: Season, time: datetime, mars_year: int, solar_longitude: float) -> bool:
    """Whether an observation with that time, Mars Year and solar longitude lies in the season.

    Each thing given is tested by itself, all must hold, and the ends are inclusive. A range of solar longitude whose
    start exceeds its end wraps through 360.
    """
    time = as_utc(time)
    if season.start is not None and time < as_utc(season.start):
        return False
    if season.end is not None and time > as_utc(season.end):
        return False
    if season.mars_years and not any(first <= mars_year <= last for first, last in season.mars_years):
        return False
    if season.solar_longitude is None:
        return True
    start, end = season.solar_longitude
    longitude = solar_longitude % 360.0
    # 360 and 0 are one instant: an end at 360 takes in 0, a start at 360 begins there.
    if end == 360.0 and longitude == 0.0:
        return True
    start = start % 360.0
    if start <= end:
        return start <= longitude <= end
    return longitude >= start or longitude <= end


def _ls_pieces(season: Season) -> list[tuple[float, float]]:
    """The season's solar longitudes as ranges that do not wrap."""
    if season.solar_longitude is None:
        return [(0.0, 360.0)]
    start, end = season.solar_longitude
    return [(start, end)] if start <= end else [(0.0, end), (start, 360.0)]


def utc_windows(season: Season) -> list[tuple[datetime | None, datetime | None]]:
    """Stretches of UTC, in order and apart, that together hold every observation of the season.

    They narrow an archive query; they are a little too wide (the archive's solar longitude is not exactly ours), so
    ``season_holds`` still decides. ``(None, None)`` is no restriction at all, None at one side an open end, an empty
    list a season that holds nothing. A solar longitude without Mars Years narrows only between a given start and end.
    """
    start = None if season.start is None else as_utc(season.start)
    end = None if season.end is None else as_utc(season.end)
    if start is not None and end is not None and start > end:
        return []
    years = season.mars_years
    whole_year = season.solar_longitude in (None, (0.0, 360.0))
    if not years:
        if whole_year or start is None or end is None:
            return [(start, end)]
        years = ((mars_year(start), mars_year(end)),)
    windows: list[tuple[datetime, datetime]] = []
    for first, last in years:
        if start is not None:
            first = max(first, mars_year(start) - 1)
        if end is not None:
            last = min(last, mars_year(end) + 1)
        if first > last:
            continue
        if whole_year:
            windows.append((utc_of(first, 0.0) - _PAD, utc_of(last, 360.0) + _PAD))
            continue
        for year in range(first, last + 1):
            windows.extend((utc_of(year, a) - _PAD, utc_of(year, b) + _PAD) for a, b in _ls_pieces(season))
    merged: list[tuple[datetime, datetime]] = []
    for low, high in sorted(windows):
        low = low if start is None else max(low, start)
        high = high if end is None else min(high, end)
        if low > high:
            continue
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    if len(merged) > MAX_WINDOWS:
        merged = [(merged[0][0], merged[-1][1])]
    return list(merged)
