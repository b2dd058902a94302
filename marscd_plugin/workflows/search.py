"""Search the archives for an area and a season."""

from __future__ import annotations

from ..archives.search import SearchResult, search
from ..common.progress import Progress
from ..common.settings import Settings
from ..common.words import Query
from ..crawler.manners import Manners
from ..crawler.session import RequestsWeb

#: A search is waited for, so a failing host is not given long rests; with AUTO another source stands behind it.
_PATIENCE = {"breaker_rounds": 2}
_AUTO_PATIENCE = {"tries": 3, "breaker_rest": 3.0, "breaker_rounds": 1, "longest_wait": 30.0}


def find_observations(query: Query, settings: Settings, progress: Progress) -> SearchResult:
    """Ask the query's source; what it says of itself goes to the progress. Raises what
    ``archives.search.search`` raises."""
    progress.report(0.0, "Searching the archives ...")
    manners = Manners(**(_AUTO_PATIENCE if query.source == "AUTO" else _PATIENCE))  # type: ignore[arg-type]
    with RequestsWeb(settings, progress, manners) as web:
        result = search(query, web, settings, progress)
    for note in result.notes:
        progress.report(1.0, note)
    progress.report(1.0, f"{len(result.observations)} products found.")
    return result
