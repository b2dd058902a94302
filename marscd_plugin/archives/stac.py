"""The USGS's analysis-ready data (ARD): HiRISE images and CTX orthoimages as cloud-optimised GeoTIFFs, found by STAC.

An item says where an image lies and where its files are, and not when it was taken: its ``datetime`` is when it was
made. Time and sun come from ODE by product id, so that season and incidence mean what they mean in every source; where
ODE does not answer, from the index on this computer, or from the label among the item's assets.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlsplit

from ..common.errors import ArchiveError, CancelledError, InputError, MarscdError
from ..common.progress import Progress, check
from ..common.settings import Settings
from ..common.web import Web
from ..common.words import Observation, Query
from ..planet.geometry import bounds, intersects
from . import hirise, ode, offline
from .filter import wanted
from .hirise_label import observation_of_label
from .orbits import ANCHORS, Tracks, season_possible
from .stacitem import ArdItem, item_of
from .staclient import items

log = logging.getLogger(__name__)

#: The collections that hold single images of an instrument.
COLLECTIONS = {"HIRISE": "mro_hirise_uncontrolled_observations", "CTX": "mro_ctx_controlled_usgs_dtms"}
#: Boxes are widened by this many degrees: rounding loses nothing, and a box without an inside is refused.
_PAD = 1e-4
#: An orbit's number tells its time to some minutes between known orbits.
_MARGIN = timedelta(days=2)
#: Labels asked for one by one, at most, where neither ODE nor an index knows the times.
MOST_LABELS = 400
_LONGEST_LABEL = 1 << 20
_MOST_WARNINGS = 5


@dataclass(frozen=True)
class Found:
    """What STAC brought, and what it has to say of itself."""

    observations: tuple[Observation, ...]
    notes: tuple[str, ...]


def search_stac(
    query: Query, instrument: str, web: Web, settings: Settings, progress: Progress, ode_down: str = ""
) -> Found:
    """Images of ``instrument`` that touch the area in the season. ``ode_down``: why ODE need not be asked again.

    Raises InputError for an instrument that the USGS's data has no images of, ArchiveError, MissingPackageError (the
    package pystac-client), CancelledError.
    """
    if instrument not in COLLECTIONS:
        raise InputError(f"The USGS's analysis-ready data has no {instrument}.", f"It has {' and '.join(COLLECTIONS)}.")
    host = urlsplit(settings.stac_url).netloc
    kept: dict[str, ArdItem] = {}
    bad: list[str] = []
    for raw in _items(query, instrument, web, settings, progress):
        try:
            item = item_of(raw)
        except MarscdError as error:
            bad.append(error.what)
            continue
        if item is None or item.instrument != instrument or not intersects(query.area, item.footprint):
            continue
        kept[item.product_id] = item
        progress.report(0.3, f"STAC: {len(kept):,} images so far" if len(kept) % 100 == 0 else "")
    possible = [i for i in kept.values() if _possible(i, query)]
    progress.report(0.4, f"STAC at {host}: {len(kept):,} {instrument} images touch the area")
    join = _Join(instrument, web, settings, progress, ode_down)
    facts = join.facts(possible)
    found = []
    for item in possible:
        known = facts.get(item.product_id)
        if known is None:
            bad.append(f"{item.product_id}: neither ODE nor its label says when it was taken")
        elif (one := wanted(_joined(item, known), query)) is not None:
            found.append(one)
    _warn(bad, progress)
    found.sort(key=lambda o: (o.start_time, o.product_id))
    notes = [*join.notes]
    if instrument == "CTX" and found:
        notes.append("CTX: orthoimages of stereo pairs, with the time and sun of the pair's first image.")
    return Found(tuple(found), tuple(notes))


def _items(query: Query, instrument: str, web: Web, settings: Settings, progress: Progress) -> Iterator[dict]:
    seen: set[str] = set()
    for box in boxes_of(query):
        for item in items(web, settings.stac_url, [COLLECTIONS[instrument]], box, progress):
            name = str(item.get("id"))
            if name not in seen:
                seen.add(name)
                yield item


def boxes_of(query: Query) -> list[tuple[float, float, float, float]]:
    """West, south, east, north of boxes within -180..180 that together hold the area; two where it crosses 180."""
    west, south, east, north = bounds(query.area)
    south, north = max(south - _PAD, -90.0), min(north + _PAD, 90.0)
    if west <= east:
        return [(max(west - _PAD, -180.0), south, min(east + _PAD, 180.0), north)]
    return [(west - _PAD, south, 180.0, north), (-180.0, south, east + _PAD, north)]


def _possible(item: ArdItem, query: Query) -> bool:
    """Whether the orbit in its name may lie in the season; True where orbits' times are not known so far out."""
    orbit = _orbit(item)
    if orbit is None or not ANCHORS[0].orbit <= orbit <= ANCHORS[-1].orbit:
        return True
    return season_possible(query.season, Tracks().time_of(orbit), _MARGIN)


def _orbit(item: ArdItem) -> int | None:
    try:
        return int(item.acquired_as.split("_")[1])
    except (IndexError, ValueError):
        return None


def _joined(item: ArdItem, known: Observation) -> Observation:
    """The item as an observation: time and sun as ``known`` has them, place and files the item's own."""
    return replace(
        known,
        product_id=item.product_id,
        observation_id=item.observation_id,
        footprint=item.footprint,
        files=item.files,
        map_scale=item.pixel_size or (known.map_scale if item.instrument == "HIRISE" else None),
        coverage=None,
        source="STAC",
    )


class _Join:
    """When the images were taken and under which sun, from whoever knows."""

    def __init__(self, instrument: str, web: Web, settings: Settings, progress: Progress, ode_down: str) -> None:
        self._instrument, self._web, self._settings, self._progress = instrument, web, settings, progress
        self._ode_down = ode_down
        self.notes: list[str] = []

    def facts(self, wanted_items: list[ArdItem]) -> dict[str, Observation]:
        """Product id of the item -> the observation that it was acquired as. Raises CancelledError."""
        names = sorted({i.acquired_as for i in wanted_items})
        if not names:
            return {}
        known = {o.product_id: o for o in self._from_ode(names)}
        missing = [i for i in wanted_items if i.acquired_as not in known]
        if missing and offline.index_state(self._settings, self._instrument) is not None:
            of_index = {o.product_id: o for o in self._from_index(missing)}
            if of_index:
                self.notes.append(f"Times and sun of {len(of_index)} images come from the index on this computer.")
            known |= of_index
            missing = [i for i in missing if i.acquired_as not in known]
        if missing and self._instrument == "HIRISE":
            of_labels = self._from_labels(missing)
            if of_labels:
                self.notes.append(f"Times and sun of {len(of_labels)} images come from their labels.")
            known |= of_labels
        return {i.product_id: known[i.acquired_as] for i in wanted_items if i.acquired_as in known}

    def _from_ode(self, names: list[str]) -> list[Observation]:
        if not self._ode_down:
            try:
                return ode.product_by_id(names, self._instrument, self._web, self._settings, self._progress)
            except ArchiveError as error:
                self._ode_down = error.what
        log.info("the join goes without ODE: %s", self._ode_down)
        return []

    def _from_index(self, missing: Iterable[ArdItem]) -> Iterator[Observation]:
        """Looked for where the items lie: the index is asked by place."""
        for item in missing:
            check(self._progress)
            query = Query(item.footprint, (self._instrument,))
            try:
                found = offline.search_index(query, self._instrument, self._settings, self._progress)
            except CancelledError:
                raise
            except MarscdError as error:
                log.info("the index is of no help: %s", error)
                return
            yield from (o for o in found if o.product_id == item.acquired_as)

    def _from_labels(self, missing: list[ArdItem]) -> dict[str, Observation]:
        found: dict[str, Observation] = {}
        if len(missing) > MOST_LABELS:
            self.notes.append(
                f"The labels of {MOST_LABELS} of {len(missing):,} images were read: narrow the season for all of them."
            )
        for index, item in enumerate(missing[:MOST_LABELS]):
            check(self._progress)
            label = item.label
            if label is None:
                continue
            try:
                reply = self._web.get(label.url, max_bytes=_LONGEST_LABEL)
                if reply.status != 200:
                    continue
                named = hirise.parse_id(item.acquired_as)
                found[item.acquired_as] = observation_of_label(reply.body, named, (), "STAC", item.footprint)
            except CancelledError:
                raise
            except MarscdError as error:
                log.info("%s: its label is of no help: %s", item.product_id, error)
            self._progress.report(0.4 + 0.6 * index / len(missing))
        return found


def _warn(bad: list[str], progress: Progress) -> None:
    for line in bad[:_MOST_WARNINGS]:
        progress.warn(f"Left out: {line}")
    if len(bad) > _MOST_WARNINGS:
        progress.warn(f"{len(bad) - _MOST_WARNINGS} more images were left out for such reasons.")
