"""Searching: which source is asked for which instrument, and what it answered.

``AUTO`` asks ODE, then the USGS's STAC, then the index on this computer, then HiRISE's names, until one answers; the
notes tell which did, and why those before it did not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..common.errors import ArchiveError, CancelledError, InputError, MarscdError
from ..common.progress import Progress, Quiet, parts
from ..common.settings import Settings
from ..common.web import Web
from ..common.words import INSTRUMENTS, SOURCES, Observation, Query
from ..planet.geometry import area_from_extent, bounds, centre
from . import hirise, names, ode, offline, orbits, stac
from .links import link_orbits

#: In the order that AUTO asks them.
CHAIN = ("ODE", "STAC", "INDEX", "NAMES")
#: What each source knows.
KNOWS = {
    "ODE": ("HIRISE", "CTX", "CRISM"),
    "STAC": tuple(stac.COLLECTIONS),
    "INDEX": ("HIRISE", "CTX"),
    "NAMES": ("HIRISE",),
}
#: Images of the index this near the area's latitude (degrees) tell where the orbits passed.
_BAND = 2.0
_CALLED = {"ODE": "ODE", "STAC": "STAC", "INDEX": "the index", "NAMES": "the search by names"}


@dataclass(frozen=True)
class SearchResult:
    """What was found, by time; ``source`` answered (several with + between them, where instruments differ), and
    ``notes`` say in words which sources answered, and why others did not."""

    observations: tuple[Observation, ...]
    source: str
    notes: tuple[str, ...] = ()


def search(query: Query, web: Web, settings: Settings, progress: Progress) -> SearchResult:
    """Ask the query's source, or with AUTO one after the other, for each instrument.

    RED and COLOR products of HiRISE are told apart by their ids. Raises InputError for a name that is no source or
    instrument, or a source that does not know the instrument; what the source raises (ArchiveError, InputError,
    MissingPackageError); with AUTO an ArchiveError only where no source answers for any instrument; CancelledError.
    """
    _check(query)
    run = _Run(query, web, settings)
    found: list[Observation] = []
    sources: list[str] = []
    failures: list[str] = []
    for instrument, part in zip(query.instruments, parts(progress, *[1.0] * len(query.instruments)), strict=True):
        try:
            source, observations = run.auto(instrument, part) if query.source == "AUTO" else run.one(instrument, part)
        except _NobodyError as error:
            failures.append(str(error))
            continue
        found.extend(observations)
        if source not in sources:
            sources.append(source)
    if not sources:
        remedy = run.remedy or "Check the network connection."
        raise ArchiveError(" ".join(failures), f"{remedy} Once the offline index is built, no network is needed.")
    for failure in failures:
        progress.warn(failure)
    listed = link_orbits(sorted(found, key=lambda o: (o.start_time, o.product_id)))
    return SearchResult(tuple(listed), "+".join(sources), (*run.notes, *failures))


def _check(query: Query) -> None:
    if query.source not in SOURCES:
        raise InputError(f"{query.source!r} is no source.", f"Choose one of {', '.join(SOURCES)}.")
    if unknown := [i for i in query.instruments if i not in INSTRUMENTS]:
        raise InputError(f"{unknown[0]!r} is no instrument.", f"Choose from {', '.join(INSTRUMENTS)}.")
    if not query.instruments:
        raise InputError("No instrument is chosen.", f"Choose from {', '.join(INSTRUMENTS)}.")
    if query.source != "AUTO" and (lacking := [i for i in query.instruments if i not in KNOWS[query.source]]):
        raise InputError(
            f"SOURCE {query.source} knows nothing of {' and '.join(lacking)}.",
            f"It knows {', '.join(KNOWS[query.source])}; choose AUTO or ODE for the others.",
        )


class _NobodyError(Exception):
    """No source answers for an instrument; its text says why, source by source."""


class _Run:
    """One search: what it has to say, and which services did not answer."""

    def __init__(self, query: Query, web: Web, settings: Settings) -> None:
        self._query, self._web, self._settings = query, web, settings
        self.notes: list[str] = []
        self._down: dict[str, str] = {}
        #: What to do where nobody answered: the remedy of the first that failed.
        self.remedy = ""

    def one(self, instrument: str, progress: Progress) -> tuple[str, tuple[Observation, ...]]:
        """The source that the user chose."""
        source = self._query.source
        observations, notes = self._ask(source, instrument, progress)
        self._answered(source, instrument, observations, "it was asked for", notes)
        return source, observations

    def auto(self, instrument: str, progress: Progress) -> tuple[str, tuple[Observation, ...]]:
        """The first of CHAIN that answers. Raises _NobodyError."""
        reasons: list[str] = []
        empty = ""
        for place, source in enumerate(CHAIN):
            if instrument not in KNOWS[source]:
                reasons.append(f"{_CALLED[source]} knows nothing of {instrument}")
                continue
            if source not in self._down:
                progress.report(0.0, f"Asking {_CALLED[source]} for {instrument} ..." if place else "")
                try:
                    observations, notes = self._ask(source, instrument, progress)
                except CancelledError:
                    raise
                except InputError as error:
                    if source == "ODE":  # The question itself is at fault.
                        raise
                    reasons.append(_because(source, error.what))
                    progress.report(0.0, _sentence(reasons[-1]))
                    continue
                except MarscdError as error:
                    self._down[source] = error.what
                    self.remedy = self.remedy or error.remedy
                else:
                    if source == "STAC" and not observations:
                        # A snapshot of some years ago: that it has none does not mean that there are none.
                        empty = source
                        reasons.append("STAC has none here (its images end in 2023)")
                        continue
                    why = "AUTO asks it first" if not reasons else "; ".join(reasons)
                    self._answered(source, instrument, observations, why, notes)
                    return source, observations
            reasons.append(_because(source, self._down[source]))
            progress.report(0.0, _sentence(reasons[-1]))
        if empty:
            self._answered(empty, instrument, (), "; ".join(reasons), ())
            return empty, ()
        raise _NobodyError(f"No source answers for {instrument}: {' '.join(map(_sentence, reasons))}")

    def _ask(self, source: str, instrument: str, progress: Progress) -> tuple[tuple[Observation, ...], tuple[str, ...]]:
        query, settings = self._query, self._settings
        if source == "ODE":
            return tuple(ode.search_ode(query, instrument, self._web, settings, progress)), ()
        if source == "STAC":
            ard = stac.search_stac(query, instrument, self._web, settings, progress, self._down.get("ODE", ""))
            return ard.observations, ard.notes
        if source == "INDEX":
            return tuple(offline.search_index(query, instrument, settings, progress)), ()
        named = names.search_names(query, self._web, settings.hirise_url, progress, self._tracks())
        return named.observations, named.notes

    def _tracks(self) -> orbits.Tracks:
        """Where orbits passed: from the index's images around the area's latitude, where there is an index."""
        if offline.index_state(self._settings, "HIRISE") is None:
            return orbits.Tracks()
        south, north = bounds(self._query.area)[1::2]
        low, high = max(south - _BAND, -89.0), min(north + _BAND, 89.0)
        halves = [area_from_extent(-180.0, low, 0.0, high), area_from_extent(0.0, low, 180.0, high)]
        points = []
        for half in halves:
            for one in offline.search_index(Query(half), "HIRISE", self._settings, Quiet()):
                lon, lat = centre(one.footprint)
                product = hirise.parse_id(one.product_id)
                points.append((product.orbit, one.start_time, lon, lat, hirise.by_day(product.target)))
        return orbits.tracks_of(points)

    def _answered(
        self, source: str, instrument: str, found: Iterable[Observation], why: str, notes: Iterable[str]
    ) -> None:
        host = {"ODE": self._settings.ode_url, "STAC": self._settings.stac_url, "NAMES": self._settings.hirise_url}
        at = f" at {urlsplit(host[source]).netloc}" if source in host else ""
        listed = list(found)
        counted = f"{len(listed)} {instrument} products"
        if instrument == "HIRISE":
            red = sum(o.product_id.endswith("_RED") for o in listed)
            counted = f"{len(listed)} HiRISE products, {red} RED and {len(listed) - red} COLOR"
        name = _CALLED[source]
        self.notes.append(f"{name[0].upper()}{name[1:]}{at} answered ({why}): {counted}.")
        self.notes.extend(notes)


def _because(source: str, what: str) -> str:
    """A reason that names its source once."""
    what = what.rstrip(".")
    called = _CALLED[source]
    return what if what.startswith(called) else f"{called}: {what}"


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:].rstrip('.')}."
