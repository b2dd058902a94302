"""Fetch what was found: choose what fits the limits, say the total, bring the files, account for each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..common.errors import CancelledError, DownloadError, InputError
from ..common.files import need_folder, need_space
from ..common.progress import Progress
from ..common.settings import Settings
from ..common.words import Area, Observation
from ..crawler.fetch import FileResult, fetch, file_requests
from ..planet import geometry

DONE = ("fetched", "present")


@dataclass(frozen=True)
class FetchJob:
    """Observations and where to put their files. ``None`` limits do not restrict; ``area`` keeps what touches it."""

    observations: tuple[Observation, ...]
    folder: Path
    area: Area | None = None
    max_products: int | None = None
    max_download_mb: float | None = None


@dataclass(frozen=True)
class FetchOutcome:
    """One result a file; ``skipped`` are the products that the limits left out, each with its reason."""

    results: tuple[FileResult, ...]
    skipped: tuple[tuple[Observation, str], ...]

    @property
    def fetched(self) -> int:
        """Files that now stand whole in the folder."""
        return sum(r.state in DONE for r in self.results)

    @property
    def failed(self) -> int:
        return sum(r.state == "failed" for r in self.results)

    def whole_products(self) -> list[str]:
        """Ids of the products all of whose files are there."""
        states: dict[str, bool] = {}
        for r in self.results:
            states[r.product_id] = states.get(r.product_id, True) and r.state in DONE
        return [product for product, whole in states.items() if whole]


def within_limits(job: FetchJob) -> tuple[list[Observation], list[tuple[Observation, str]]]:
    """The observations that fit the job's limits, in the order given, and those left out with the reason."""
    kept: list[Observation] = []
    skipped: list[tuple[Observation, str]] = []
    total = 0
    seen: set[str] = set()
    for observation in job.observations:
        size = observation.size or 0
        if observation.product_id in seen:
            continue
        seen.add(observation.product_id)
        if job.area is not None and not geometry.intersects(job.area, observation.footprint):
            skipped.append((observation, "its footprint does not touch the area"))
        elif job.max_products is not None and len(kept) >= job.max_products:
            skipped.append((observation, f"MAX_PRODUCTS is {job.max_products}"))
        elif job.max_download_mb is not None and (total + size) / 1e6 > job.max_download_mb:
            skipped.append(
                (
                    observation,
                    f"MAX_DOWNLOAD_MB is {job.max_download_mb:g}, it would take {(total + size) / 1e6:.0f} MB",
                )
            )
        else:
            kept.append(observation)
            total += size
    return kept, skipped


def frontier_path(settings: Settings) -> Path:
    """The crawler's memory, on a local disk (SQLite's WAL fails on network file systems)."""
    return Path(settings.cache_dir) / "crawler" / "frontier.sqlite"


def run_fetch(job: FetchJob, settings: Settings, progress: Progress) -> FetchOutcome:
    """Bring the files. A single failure does not stop the others. Raises InputError, OutputError, CancelledError."""
    if not job.observations:
        raise InputError("There are no observations to fetch.", "Search first, with a wider area or season.")
    kept, skipped = within_limits(job)
    if not kept:
        raise InputError(
            f"None of the {len(job.observations)} observations is left to fetch: "
            f"{skipped[0][0].product_id}: {skipped[0][1]}.",
            "Widen the limits.",
        )
    folder = need_folder(job.folder)
    requests = file_requests(kept, folder)
    missing = sum(r.size or 0 for r in requests if not r.path.exists())
    unknown = sum(r.size is None for r in requests if r.role == "image")
    progress.report(
        0.0,
        f"{len(kept)} products in {len(requests)} files, {missing / 1e6:,.1f} MB to bring into {folder}"
        + (f" (the archive does not say the size of {unknown})" if unknown else "")
        + (f"; {len(skipped)} products left out" if skipped else "")
        + ".",
    )
    for observation, reason in skipped:
        progress.report(0.0, f"Left out: {observation.product_id}: {reason}.")
    need_space(folder, missing)
    results = fetch(requests, frontier_path(settings), settings, progress)
    if progress.cancelled():
        raise CancelledError(
            f"Stopped: {sum(r.state in DONE for r in results)} of {len(results)} files are whole in {folder}."
        )
    for result in results:
        if result.state == "failed":
            progress.warn(f"{result.name} could not be fetched: {result.reason}")
    return FetchOutcome(tuple(results), tuple(skipped))


def need_some(outcome: FetchOutcome, at_least: int = 1) -> None:
    """Raise DownloadError, with the first reason, unless that many products are whole."""
    whole = len(outcome.whole_products())
    if whole < at_least:
        reasons = [r for r in outcome.results if r.state == "failed"]
        first = f" {reasons[0].name}: {reasons[0].reason}" if reasons else ""
        raise DownloadError(
            f"{whole} products could be fetched whole, and {at_least} are needed.{first}",
            "Run it again later: what arrived is kept. If it stays so, check the archive's address in the settings.",
        )
