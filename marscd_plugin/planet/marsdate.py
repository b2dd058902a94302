"""Mars time: Mars Year and solar longitude (Ls) of a UTC instant, and back.

The solar longitude follows Allison and McEwen (2000, Planet. Space Sci. 48, 215) with the constants of NASA GISS
Mars24's 2015 update; Mars Year 1 begins at Ls 0 on 1955-04-11 (Clancy et al. 2000, JGR 105, 9553). Against archive
labels it agrees within 0.01 degree, which is about 24 minutes of time.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from ..common.errors import InputError

UTC = timezone.utc

# TAI - UTC, seconds, from each date on (IERS Bulletin C).
_LEAP = (
    ((1972, 1, 1), 10), ((1972, 7, 1), 11), ((1973, 1, 1), 12), ((1974, 1, 1), 13), ((1975, 1, 1), 14),
    ((1976, 1, 1), 15), ((1977, 1, 1), 16), ((1978, 1, 1), 17), ((1979, 1, 1), 18), ((1980, 1, 1), 19),
    ((1981, 7, 1), 20), ((1982, 7, 1), 21), ((1983, 7, 1), 22), ((1985, 7, 1), 23), ((1988, 1, 1), 24),
    ((1990, 1, 1), 25), ((1991, 1, 1), 26), ((1992, 7, 1), 27), ((1993, 7, 1), 28), ((1994, 7, 1), 29),
    ((1996, 1, 1), 30), ((1997, 7, 1), 31), ((1999, 1, 1), 32), ((2006, 1, 1), 33), ((2009, 1, 1), 34),
    ((2012, 7, 1), 35), ((2015, 7, 1), 36), ((2017, 1, 1), 37),
)  # fmt: skip
_LEAP_DATES = [datetime(*date, tzinfo=UTC) for date, _ in _LEAP]
_TT_MINUS_TAI = 32.184

# Perturbations by the other planets: amplitude (degrees), period (Julian years), phase (degrees).
_PERTURBATIONS = (
    (0.0071, 2.2353, 49.409), (0.0057, 2.7543, 168.173), (0.0039, 1.1177, 191.837), (0.0037, 15.7866, 21.736),
    (0.0021, 2.1354, 15.704), (0.0020, 2.4694, 95.528), (0.0018, 32.8493, 49.095),
)  # fmt: skip

_J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
#: The unwrapped solar longitude at J2000 (277 degrees) lies in this Mars Year.
_YEAR_AT_J2000 = 24
#: Mean tropical year of Mars, days.
_YEAR_DAYS = 686.9725
#: Mars Years that the code answers for: those whose dates Python's datetime holds with room to spare.
YEAR_RANGE = (-900, 4000)


@dataclass(frozen=True)
class MarsDate:
    """A Mars Year and the solar longitude (0 <= degrees < 360) in it."""

    mars_year: int
    solar_longitude: float


def as_utc(time: datetime) -> datetime:
    """``time`` in UTC; one without a zone is UTC already."""
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def _days_since_j2000(time: datetime) -> float:
    """Days of Terrestrial Time since J2000. Before 1972 (no leap seconds yet) the first value is kept."""
    time = as_utc(time)
    leap = _LEAP[max(bisect_right(_LEAP_DATES, time) - 1, 0)][1]
    return ((time - _J2000).total_seconds() + leap + _TT_MINUS_TAI) / 86400.0


def _unwrapped(days: float) -> float:
    """Solar longitude that goes on counting past 360, in degrees."""
    anomaly = math.radians(19.3871 + 0.52402073 * days)
    mean_sun = 270.3871 + 0.524038496 * days
    perturbation = sum(a * math.cos(math.radians(0.985626 * days / tau + phi)) for a, tau, phi in _PERTURBATIONS)
    centre = (
        (10.691 + 3.0e-7 * days) * math.sin(anomaly)
        + 0.623 * math.sin(2 * anomaly)
        + 0.050 * math.sin(3 * anomaly)
        + 0.005 * math.sin(4 * anomaly)
        + 0.0005 * math.sin(5 * anomaly)
        + perturbation
    )
    return mean_sun + centre


def mars_date(time: datetime) -> MarsDate:
    """Mars Year and solar longitude of a UTC instant (one without a zone is read as UTC)."""
    year, longitude = divmod(_unwrapped(_days_since_j2000(time)), 360.0)
    if longitude >= 360.0:  # divmod of a tiny negative number rounds up to the divisor
        year, longitude = year + 1, 0.0
    return MarsDate(_YEAR_AT_J2000 + int(year), longitude)


def mars_year(time: datetime) -> int:
    """The Mars Year of a UTC instant."""
    return mars_date(time).mars_year


def solar_longitude(time: datetime) -> float:
    """The solar longitude of a UTC instant, 0 <= degrees < 360."""
    return mars_date(time).solar_longitude


def utc_of(mars_year: int, solar_longitude: float) -> datetime:
    """The UTC instant at which a Mars Year reaches a solar longitude (0..360 degrees; 360 is the next year's start).

    Raises InputError for a year outside ``YEAR_RANGE`` or a longitude outside 0..360.
    """
    if not YEAR_RANGE[0] <= mars_year <= YEAR_RANGE[1]:
        raise InputError(f"Mars Year {mars_year} is outside {YEAR_RANGE[0]}..{YEAR_RANGE[1]}.")
    if not 0.0 <= solar_longitude <= 360.0:
        raise InputError(f"A solar longitude of {solar_longitude:g} is outside 0..360 degrees.")
    target = (mars_year - _YEAR_AT_J2000) * 360.0 + solar_longitude
    # The unwrapped longitude never strays 12 degrees, some 25 days, from the mean: a bracket of 60 days holds it.
    middle = (target - 270.3871) / 0.524038496
    low, high = middle - 60.0, middle + 60.0
    for _ in range(60):
        middle = (low + high) / 2
        if _unwrapped(middle) < target:
            low = middle
        else:
            high = middle
    # The days are Terrestrial Time: take off the leap seconds in force then (found from the instant itself).
    terrestrial = _J2000 + timedelta(days=high)
    return terrestrial - timedelta(seconds=_days_since_j2000(terrestrial) * 86400.0 - high * 86400.0)
