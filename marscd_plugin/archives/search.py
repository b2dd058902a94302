"""Searching: which archive is asked for which instrument, and what it answered."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from ..common.errors import InputError, LaterPartError
from ..common.progress import Progress
from ..common.settings import Settings
from ..common.web import Web
from ..common.words import INSTRUMENTS, SOURCES, Observation, Query
from .ode import search_hirise

_READY = "Choose SOURCE AUTO or ODE and INSTRUMENT HIRISE."


@dataclass(frozen=True)
class SearchResult:
    """What was found, by time; ``source`` answered, and ``notes`` say in words which archive answered and why."""

    observations: tuple[Observation, ...]
    source: str
    notes: tuple[str, ...] = ()


def search(query: Query, web: Web, settings: Settings, progress: Progress) -> SearchResult:
    """Ask the archives. RED and COLOR products of HiRISE are told apart by their ids.

    Raises LaterPartError for a source or an instrument whose part has not landed, InputError for a name that is none,
    and what the archive's module raises (ArchiveError, InputError, CancelledError).
    """
    if query.source not in SOURCES:
        raise InputError(f"{query.source!r} is no source.", f"Choose one of {', '.join(SOURCES)}.")
    if unknown := [i for i in query.instruments if i not in INSTRUMENTS]:
        raise InputError(f"{unknown[0]!r} is no instrument.", f"Choose from {', '.join(INSTRUMENTS)}.")
    if not query.instruments:
        raise InputError("No instrument is chosen.", f"Choose from {', '.join(INSTRUMENTS)}.")
    if later := [i for i in query.instruments if i != "HIRISE"]:
        raise LaterPartError(f"Searching for {' and '.join(later)} is not part of this version yet.", _READY)
    if query.source not in ("AUTO", "ODE"):
        raise LaterPartError(f"Searching by SOURCE {query.source} is not part of this version yet.", _READY)
    found = search_hirise(query, web, settings.ode_url, progress, _own_root(settings))
    host = urlsplit(settings.ode_url).netloc
    why = "it was asked for" if query.source == "ODE" else "AUTO asks it first for HiRISE"
    red = sum(o.product_id.endswith("_RED") for o in found)
    note = f"ODE at {host} answered ({why}): {len(found)} products, {red} RED and {len(found) - red} COLOR."
    return SearchResult(tuple(found), "ODE", (note,))


def _own_root(settings: Settings) -> str:
    """The HiRISE root where the user set one: files are then taken from there. "" leaves ODE's own addresses."""
    return settings.hirise_url if settings.hirise_url != Settings.hirise_url else ""
