"""The Orbital Data Explorer's REST service (Washington University): products over an area and a season.

Asked politely: first how many there are, then pages of 100 (what the service gives at most when nothing is said).
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta, timezone
from itertools import product
from typing import Any

from ..common.errors import InputError, MarscdError
from ..common.progress import Progress, check
from ..common.settings import Settings
from ..common.web import Web
from ..common.words import PRODUCT_TYPES, Observation, Query, RemoteFile
from ..planet.geometry import search_boxes
from ..planet.time import utc_windows
from . import crism, ctx, odectx, oderecord
from .filter import wanted
from .odereply import count_of, products_of, results_of, scalar

log = logging.getLogger(__name__)

PAGE = 100
#: Ids in one question: an address stays below 2,000 characters.
GROUP = 25
#: What people call the instruments.
NAMES = {"HIRISE": "HiRISE", "CTX": "CTX", "CRISM": "CRISM"}
#: More products than this are no series but an atlas.
MOST_PRODUCTS = 20_000
#: ODE selects by an observation's middle, we by its start.
_MARGIN = timedelta(minutes=10)
#: Boxes are widened by this many degrees, so that rounding loses nothing.
_PAD = 1e-4
_MOST_WARNINGS = 5

Window = tuple[datetime | None, datetime | None]
Record = dict[str, Any]


def search_hirise(query: Query, web: Web, root: str, progress: Progress, hirise_root: str = "") -> list[Observation]:
    """RED and COLOR products (RDRV11) that touch the query's area in its season, by time.

    Each carries its own coverage of the area. A product whose record cannot be used is left out with a warning.
    ``root`` is the service's address; with ``hirise_root`` files are taken from there (see ``oderecord``). Raises
    ArchiveError where ODE does not answer or answers no reply, InputError for more than MOST_PRODUCTS, CancelledError.
    """

    def read(record: Record) -> Observation:
        return oderecord.observation_of(record, hirise_root)

    return _search("HIRISE", ("RDRV11",), query, web, root, progress, read)


def search_ode(query: Query, instrument: str, web: Web, settings: Settings, progress: Progress) -> list[Observation]:
    """Products of one instrument that touch the query's area in its season, by time; see ``search_hirise``.

    HiRISE: RDRV11 in RED and COLOR. CTX: raw images (EDR), each with the map that ASU makes of it. CRISM: spectral and
    summary-parameter cubes of ``query.product_types`` (maps, MTRDR, where none is named).
    """
    root = settings.ode_url
    if instrument == "HIRISE":
        return search_hirise(query, web, root, progress, own_root(settings))
    if instrument == "CTX":
        return _search("CTX", ("EDR",), query, web, root, progress, lambda r: odectx.observation_of(r, settings))
    types = query.product_types or ("MTRDR",)
    if unknown := [t for t in types if t not in PRODUCT_TYPES]:
        raise InputError(f"{unknown[0]!r} is no kind of CRISM product.", f"Choose from {', '.join(PRODUCT_TYPES)}.")
    browse: dict[str, list[RemoteFile]] = {}

    def read(record: Record) -> Observation | None:
        named = crism.parse_id(scalar(record, "pdsid"))
        if named.wanted:
            return crism.observation_of(record, settings)
        if named.kind == "BR":
            pictures = [f for f in crism.files_of(record, named, settings) if f.role == "browse"]
            browse.setdefault(named.observation_id, []).extend(pictures[:1])
        return None

    found = _search("CRISM", types, query, web, root, progress, read)
    return crism.with_browse(found, browse)


def own_root(settings: Settings) -> str:
    """The HiRISE root where the user set one: files are then taken from there. "" leaves ODE's own addresses."""
    return settings.hirise_url if settings.hirise_url != Settings.hirise_url else ""


def _search(
    instrument: str,
    types: Sequence[str],
    query: Query,
    web: Web,
    root: str,
    progress: Progress,
    read: Callable[[Record], Observation | None],
) -> list[Observation]:
    places = product(search_boxes(query.area), utc_windows(query.season))
    asked = [_parameters(instrument, pt, box, window) for (box, window), pt in product(places, types)]
    counts = [_count(web, root, parameters, progress) for parameters in asked]
    total = sum(count or 0 for count in counts)
    if total > MOST_PRODUCTS:
        raise InputError(
            f"ODE knows {total:,} {NAMES[instrument]} products here, more than {MOST_PRODUCTS:,}.",
            "Choose a smaller area or season.",
        )
    progress.report(0.05, f"ODE: {total:,} {NAMES[instrument]} products around the area")
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
                made = read(record)
                observation = None if made is None else wanted(made, query)
            except MarscdError as error:
                bad.append(f"{key or 'a product without id'}: {error.what}")
                continue
            if observation is not None:
                found[observation.product_id] = observation
    _warn(bad, progress)
    return sorted(found.values(), key=lambda o: (o.start_time, o.product_id))


def product_by_id(
    ids: Sequence[str], instrument: str, web: Web, settings: Settings, progress: Progress
) -> list[Observation]:
    """What ODE knows of products by their ids (``coverage`` not known), in the order asked; unknown ones are left out.

    Asked for in groups, as ODE takes ids joined by ``|``. Raises ArchiveError, CancelledError.
    """
    readers: dict[str, tuple[tuple[str, ...], Callable[[Record], Observation]]] = {
        "HIRISE": (("RDRV11",), lambda r: oderecord.observation_of(r, own_root(settings))),
        "CTX": (("EDR",), lambda r: odectx.observation_of(r, settings)),
        "CRISM": (PRODUCT_TYPES, lambda r: crism.observation_of(r, settings)),
    }
    types, read = readers[instrument]
    found: dict[str, Observation] = {}
    bad: list[str] = []

    def ask(pt: str, group: Sequence[str]) -> None:
        asked = {"query": "product", "target": "mars", "ihid": "MRO", "iid": instrument, "pt": pt, "output": "JSON",
                 "results": "opmf", "pdsid": "|".join(group), "limit": str(PAGE), "offset": "1"}  # fmt: skip
        records = products_of(_ask(web, settings.ode_url, asked, progress))
        if not records and len(group) > 1:
            # ODE's manual joins its own ids so; should it not take products' like that, one by one it does.
            for one in group:
                ask(pt, [one])
        for record in records:
            try:
                observation = read(record)
            except MarscdError as error:
                bad.append(f"{scalar(record, 'pdsid', 100) or 'a product without id'}: {error.what}")
                continue
            found[observation.product_id] = observation

    for begin, pt in product(range(0, len(ids), GROUP), types):
        ask(pt, ids[begin : begin + GROUP])
    _warn(bad, progress)
    return [found[name] for name in dict.fromkeys(ids) if name in found]


def by_ids(ids: Sequence[str], web: Web, settings: Settings, progress: Progress) -> dict[str, Observation]:
    """HiRISE products by id; what ODE does not know is missing."""
    return {o.product_id: o for o in product_by_id(ids, "HIRISE", web, settings, progress)}


def newest_volumes(web: Web, settings: Settings, progress: Progress, most: int = 5) -> list[str]:
    """The volumes of CTX's newest products that ODE knows, newest first. Raises ArchiveError, CancelledError.

    Only the last page of the last year and a half is asked for, or of all, where that is empty.
    """
    since = datetime.now(timezone.utc) - timedelta(days=550)
    everything = {"query": "product", "target": "mars", "ihid": "MRO", "iid": "CTX", "pt": "EDR", "output": "JSON"}
    for asked in ({**everything, "minobtime": _time(since, timedelta(0))}, everything):
        count = _count(web, settings.ode_url, asked, progress)
        if not count:
            continue
        page = {**asked, "results": "opm", "limit": str(PAGE), "offset": str(max(count - PAGE, 0) + 1)}
        records = products_of(_ask(web, settings.ode_url, page, progress))
        found = {ctx.volume_of(scalar(r, "PDSVolume_Id", 40)) for r in records} - {""}
        if found:
            return sorted(found, reverse=True)[:most]
    return []


def _warn(bad: list[str], progress: Progress) -> None:
    for line in bad[:_MOST_WARNINGS]:
        progress.warn(f"Left out, its record cannot be used: {line}")
    if len(bad) > _MOST_WARNINGS:
        progress.warn(f"{len(bad) - _MOST_WARNINGS} more products were left out for such reasons.")


# -- asking ---------------------------------------------------------------------------------------------------------


def _parameters(
    instrument: str, product_type: str, box: tuple[float, float, float, float], window: Window
) -> dict[str, str]:
    south, north, west, east = box
    wide = (east - west) % 360.0 if (west, east) != (0.0, 360.0) else 360.0
    if wide + 2 * _PAD < 360.0:
        west, east = (west - _PAD) % 360.0, (east + _PAD) % 360.0
    parameters = {
        "query": "product",
        "target": "mars",
        "ihid": "MRO",
        "iid": instrument,
        "pt": product_type,
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
