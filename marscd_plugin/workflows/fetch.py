"""Fetch what was found: choose what fits the limits, say the total, bring the files, account for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..common.errors import CancelledError, DownloadError, InputError
from ..common.files import RESERVE_BYTES, free_space, need_folder, need_space
from ..common.progress import Progress
from ..common.settings import Settings
from ..common.words import Area, Observation
from ..crawler.fetch import FileRequest, FileResult, fetch, file_requests
from ..crawler.transfer import part_of
from ..crawler.watch import Observer
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


@dataclass(frozen=True)
class FetchPlan:
    """What a job would do, before its first byte. Sizes are bytes, as the archive announces them.

    ``here`` is what stands in the folder already (whole files and parts of files), ``missing`` what is still to bring,
    ``unknown`` the images whose size the archive does not say, ``free`` what the disk has left.
    """

    observations: tuple[Observation, ...]
    skipped: tuple[tuple[Observation, str], ...]
    requests: tuple[FileRequest, ...]
    whole: int
    here: int
    missing: int
    unknown: int
    free: int

    @property
    def short_of(self) -> int:
        """Bytes that the disk lacks (with the reserve that is left free); 0 where it fits."""
        return max(0, self.missing + min(RESERVE_BYTES, self.missing) - self.free)


def plan_fetch(job: FetchJob) -> FetchPlan:
    """What the job would bring: its limits applied, the folder and the disk looked at. Raises InputError."""
    kept, skipped = within_limits(job)
    requests = tuple(file_requests(kept, job.folder))
    sizes = [standing(r) for r in requests]
    return FetchPlan(
        observations=tuple(kept),
        skipped=tuple(skipped),
        requests=requests,
        whole=sum(whole for whole, _ in sizes),
        here=sum(size for _, size in sizes),
        missing=missing_bytes(requests),
        unknown=sum(r.size is None for r in requests if r.role == "image"),
        free=free_space(job.folder),
    )


def standing(request: FileRequest) -> tuple[bool, int]:
    """(is the whole file in its place?, bytes that are there of it or of its part)."""
    for whole, path in ((True, request.path), (False, part_of(request.path))):
        try:
            return whole, path.stat().st_size
        except OSError:
            continue
    return False, 0


def missing_bytes(requests: Iterable[FileRequest]) -> int:
    """What is still to bring, by the sizes that are known."""
    total = 0
    for request in requests:
        whole, here = standing(request)
        total += 0 if whole else max(0, (request.size or 0) - here)
    return total


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
    requests = file_requests(kept, job.folder)
    unknown = sum(r.size is None for r in requests if r.role == "image")
    progress.report(
        0.0,
        f"{len(kept)} products in {len(requests)} files, {missing_bytes(requests) / 1e6:,.1f} MB to bring into "
        f"{job.folder}"
        + (f" (the archive does not say the size of {unknown})" if unknown else "")
        + (f"; {len(skipped)} products left out" if skipped else "")
        + ".",
    )
    for observation, reason in skipped:
        progress.report(0.0, f"Left out: {observation.product_id}: {reason}.")
    results = bring(requests, job.folder, settings, progress)
    for result in results:
        if result.state == "failed":
            progress.warn(f"{result.name} could not be fetched: {result.reason}")
    return FetchOutcome(tuple(results), tuple(skipped))


def bring(
    requests: Sequence[FileRequest],
    folder: Path,
    settings: Settings,
    progress: Progress,
    observer: Observer | None = None,
    again: Callable[[], Iterable[Path]] | None = None,
) -> list[FileResult]:
    """``crawler.fetch.fetch`` with the user's queue, into a folder that is writable and has room.

    Raises InputError, OutputError, and CancelledError once all transfers have stopped.
    """
    folder = need_folder(folder)
    need_space(folder, missing_bytes(requests))
    results = fetch(
        requests,
        frontier_path(settings),
        settings,
        progress,
        settings.concurrency,
        observer=observer,
        again=again,
    )
    if progress.cancelled():
        raise CancelledError(
            f"Stopped: {sum(r.state in DONE for r in results)} of {len(results)} files are whole in {folder}."
        )
    return results


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
