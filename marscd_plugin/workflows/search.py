"""Search the archives for an area and a season."""

from __future__ import annotations

from ..archives.search import SearchResult, search
from ..common.progress import Progress
from ..common.settings import Settings
from ..common.words import Query
from ..crawler.session import RequestsWeb


def find_observations(query: Query, settings: Settings, progress: Progress) -> SearchResult:
    """Ask the query's source; what it says of itself goes to the progress. Raises ArchiveError, LaterPartError."""
    progress.report(0.0, "Searching the archives ...")
    with RequestsWeb(settings, progress) as web:
        result = search(query, web, settings, progress)
    for note in result.notes:
        progress.report(1.0, note)
    progress.report(1.0, f"{len(result.observations)} products found.")
    return result
