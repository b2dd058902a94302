"""The Orbital Data Explorer's REST service (Washington University): HiRISE products over an area and a season.

Asked politely: first how many there are, then pages of 100 (what the service gives at most when nothing is said).
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from ..common.errors import InputError, MarscdError
from ..common.progress import Progress, check
from ..common.web import Web
from ..common.words import Observation, Query
from ..planet.geometry import coverage, intersects, search_boxes
from ..planet.time import season_holds, utc_windows
from .oderecord import observation_of
from .odereply import count_of, products_of, results_of, scalar

log = logging.getLogger(__name__)

PAGE = 100
#: More products than this are no series but an atlas.
MOST_PRODUCTS = 20_000
#: ODE selects by an observation's middle, we by its start.
_MARGIN = timedelta(minutes=10)
#: Boxes are widened by this many degrees, so that rounding loses nothing.
_PAD = 1e-4
_MOST_WARNINGS = 5

Window = tuple[datetime | None, datetime | None]


def search_hirise(query: Query, web: Web, root: str, progress: Progress, hirise_root: str = "") -> list[Observation]:
    """RED and COLOR products (RDRV11) that touch the query's area in its season, by time.

    Each carries its own coverage of the area. A product whose record cannot be used is left out with a warning.
    ``root`` is the service's address; with ``hirise_root`` files are taken from there (see ``oderecord``). Raises
    ArchiveError where ODE does not answer or answers no reply, InputError for more than MOST_PRODUCTS, CancelledError.
    """
    asked = [_parameters(box, window) for box, window in product(search_boxes(query.area), utc_windows(query.season))]
    counts = [_count(web, root, parameters, progress) for parameters in asked]
    total = sum(count or 0 for count in counts)
    if total > MOST_PRODUCTS:
        raise InputError(
            f"ODE knows {total:,} HiRISE products here, more than {MOST_PRODUCTS:,}.",
            "Choose a smaller area or season.",
        )
    progress.report(0.05, f"ODE: {total:,} HiRISE products around the area")
    found: dict[str, Observation] = {}
    seen: set[str] = set()
    bad: list[str] = []
    for parameters, count in zip(asked, counts, strict=True):
        if count == 0:
            continue
        for record in _records(web, root, parameters, count, progress):
            key = scalar(record, "pdsid", 100)
            if key in seen and key:
                continue
            seen.add(key)
            progress.report(0.05 + 0.95 * min(len(seen) / max(total, 1), 1.0))
            try:
                observation = _wanted(observation_of(record, hirise_root), query)
            except MarscdError as error:
                bad.append(f"{key or 'a product without id'}: {error.what}")
                continue
            if observation is not None:
                found[observation.product_id] = observation
    _warn(bad, progress)
    return sorted(found.values(), key=lambda o: (o.start_time, o.product_id))


def _wanted(observation: Observation, query: Query) -> Observation | None:
    """The observation with its coverage, or None where it is not what was asked for."""
    if not season_holds(query.season, observation.start_time, observation.mars_year, observation.solar_longitude):
        return None
    limit = query.max_incidence
    if limit is not None and (observation.incidence is None or observation.incidence > limit):
        return None
    if not intersects(query.area, observation.footprint):
        return None
    return replace(observation, coverage=coverage(query.area, observation.footprint))


def _warn(bad: list[str], progress: Progress) -> None:
    for line in bad[:_MOST_WARNINGS]:
        progress.warn(f"Left out, its record cannot be used: {line}")
    if len(bad) > _MOST_WARNINGS:
        progress.warn(f"{len(bad) - _MOST_WARNINGS} more products were left out for such reasons.")


# -- asking ---------------------------------------------------------------------------------------------------------


def _parameters(box: tuple[float, float, float, float], window: Window) -> dict[str, str]:
    south, north, west, east = box
    wide = (east - west) % 360.0 if (west, east) != (0.0, 360.0) else 360.0
    if wide + 2 * _PAD < 360.0:
        west, east = (west - _PAD) % 360.0, (east + _PAD) % 360.0
    parameters = {
        "query": "product",
        "target": "mars",
        "ihid": "MRO",
        "iid": "HIRISE",
        "pt": "RDRV11",
        "output": "JSON",
        "loc": "f",
        "minlat": _degrees(max(south - _PAD, -90.0)),
        "maxlat": _degrees(min(north + _PAD, 90.0)),
        "westernlon": _degrees(west),
        "easternlon": _degrees(east),
    }
    start, end = window
    if start is not None:
        parameters["minobtime"] = _time(start, -_MARGIN)
    if end is not None:
        parameters["maxobtime"] = _time(end, _MARGIN)
    return parameters


def _degrees(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _time(moment: datetime, margin: timedelta) -> str:
    try:
        moment += margin
    except OverflowError:  # The calendar's own ends.
        log.debug("no room for a margin at %s", moment)
    return moment.strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0")


def _ask(web: Web, root: str, parameters: dict[str, str], progress: Progress) -> dict[str, Any]:
    check(progress)
    return results_of(web.get(root, parameters))


def _count(web: Web, root: str, parameters: dict[str, str], progress: Progress) -> int | None:
    return count_of(_ask(web, root, {**parameters, "results": "c"}, progress))


def _records(
    web: Web, root: str, parameters: dict[str, str], count: int | None, progress: Progress
) -> Iterator[dict[str, Any]]:
    """The records page by page. Ends at the count, or at a page that is empty or brings nothing new."""
    most = MOST_PRODUCTS if count is None else count
    seen: set[str] = set()
    for page in range(math.ceil(most / PAGE) + 1):
        asked = {**parameters, "results": "opmf", "limit": str(PAGE), "offset": str(1 + page * PAGE)}
        records = products_of(_ask(web, root, asked, progress))
        new = [r for r in records if (scalar(r, "pdsid") or str(id(r))) not in seen]
        if not new:
            break
        seen.update(scalar(r, "pdsid") or str(id(r)) for r in new)
        yield from new
        if len(seen) >= most:
            return
    if count is not None and len(seen) < count:
        progress.warn(f"ODE spoke of {count:,} products and gave {len(seen):,}.")
