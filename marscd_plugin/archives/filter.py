"""The one filter that every source's observations pass: it means the same wherever they were found.

A source turns its conventions into ours first (``mars_season`` among others); then season, sun and place are tested
here, by what the observation itself says, as it is shown to the user.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from ..common.words import Observation, Query
from ..planet.geometry import coverage, intersects
from ..planet.time import mars_date, season_holds

log = logging.getLogger(__name__)

#: An archive's solar longitude further than this from the one its time gives (degrees) is a slip of the archive.
LARGEST_LS_ERROR = 0.5


def mars_season(time: datetime, stated: float | None = None, name: str = "an observation") -> tuple[int, float]:
    """Mars Year and solar longitude (0 <= Ls < 360). The archive's ``stated`` one counts where it fits the time at all.

    Archives' and ours differ by up to 0.01 degree: minutes around Ls 0 the two may lie in different years, and the year
    is that of the longitude which counts.
    """
    date = mars_date(time)
    if stated is None or not 0.0 <= stated <= 360.0:
        return date.mars_year, date.solar_longitude
    stated %= 360.0
    apart = stated - date.solar_longitude
    if abs((apart + 180.0) % 360.0 - 180.0) > LARGEST_LS_ERROR:
        log.warning("%s: the archive's Ls %.3f is not its time's (%.3f)", name, stated, date.solar_longitude)
        return date.mars_year, date.solar_longitude
    return date.mars_year + (apart < -180.0) - (apart > 180.0), stated


def holds(observation: Observation, query: Query) -> bool:
    """Whether season and sun are what was asked for: Mars Year, solar longitude, UTC and incidence, all of them.

    Ends are inclusive. Where a largest incidence is asked for, an observation of unknown incidence does not hold.
    """
    return accepts(
        query, observation.start_time, observation.mars_year, observation.solar_longitude, observation.incidence
    )


def accepts(query: Query, time: datetime, mars_year: int, solar_longitude: float, incidence: float | None) -> bool:
    """``holds`` for what is no Observation yet."""
    limit = query.max_incidence
    if limit is not None and (incidence is None or incidence > limit):
        return False
    return season_holds(query.season, time, mars_year, solar_longitude)


def wanted(observation: Observation, query: Query) -> Observation | None:
    """The observation with its ``coverage`` of the area, or None where it is not what was asked for."""
    if not holds(observation, query) or not intersects(query.area, observation.footprint):
        return None
    return replace(observation, coverage=coverage(query.area, observation.footprint))
