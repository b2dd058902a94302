"""Fetch what was found: choose what fits the limits, say the total, bring the files, account for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..archives.ctx import other_label
from ..common.errors import CancelledError, DownloadError, InputError
from ..common.files import RESERVE_BYTES, free_space, need_folder, need_space
from ..common.progress import Progress
from ..common.settings import Settings
from ..common.words import FETCHED, Area, Observation
from ..crawler.fetch import FileRequest, FileResult, fetch, file_requests
from ..crawler.jp2 import serves
from ..crawler.partmap import bytes_of
from ..crawler.transfer import part_of
from ..crawler.watch import Observer
from ..planet import geometry
from .parts import MARGIN, expected_bytes, known_parts, labels_of, parts_within
from .units import CTX_FORMS, DONE, INCOMPLETE, in_form, roles_of, settle, whole_products
from .window import bring_windows


@dataclass(frozen=True)
class FetchJob:
    """Observations and where to put their files. ``None`` limits do not restrict.

    ``area`` keeps what touches it, and of HiRISE images only the part that it needs (see ``parts``), unless ``whole``.
    """

    observations: tuple[Observation, ...]
    folder: Path
    area: Area | None = None
    max_products: int | None = None
    max_download_mb: float | None = None
    #: Which of CTX's two forms: the map that ASU makes, the raw image, or both.
    ctx: str = "BOTH"
    whole: bool = False

    @property
    def by_parts(self) -> bool:
        return self.area is not None and not self.whole


@dataclass(frozen=True)
class FetchOutcome:
    """One result a file; ``skipped`` are the products that the limits left out, each with its reason.

    ``roles`` are the files' (``words.RemoteFile``) by their places.
    """

    results: tuple[FileResult, ...]
    skipped: tuple[tuple[Observation, str], ...]
    roles: Mapping[Path, str] = field(default_factory=dict)

    @property
    def fetched(self) -> int:
        """Files that now stand whole in the folder."""
        return sum(r.state in DONE for r in self.results)

    @property
    def failed(self) -> int:
        return sum(r.state == "failed" for r in self.results)

    def whole_products(self) -> list[str]:
        """Ids of the products that can be used: all files of their map are there, or their raw image."""
        return whole_products(self.results, self.roles)


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
    #: Images come in parts: ``missing`` is then what they would be at most.
    by_parts: bool = False

    @property
    def short_of(self) -> int:
        """Bytes that the disk lacks (with the reserve that is left free); 0 where it fits, or nobody knows yet."""
        if self.by_parts:
            return 0
        return max(0, self.missing + min(RESERVE_BYTES, self.missing) - self.free)


def plan_fetch(job: FetchJob) -> FetchPlan:
    """What the job would bring: its limits applied, the folder and the disk looked at. Raises InputError."""
    kept, skipped = within_limits(job)
    requests = tuple(file_requests(kept, job.folder, FETCHED))
    if job.by_parts:
        assert job.area is not None
        requests = known_parts(requests, kept, job.area)
    sizes = [standing(r) for r in requests]
    return FetchPlan(
        observations=tuple(kept),
        skipped=tuple(skipped),
        requests=requests,
        whole=sum(whole for whole, _ in sizes),
        here=sum(size for _, size in sizes),
        missing=sum(
            0 if whole else max(0, (r.size or 0) - here) for r, (whole, here) in zip(requests, sizes, strict=True)
        ),
        unknown=sum(r.size is None for r in requests if r.role == "image"),
        free=free_space(job.folder),
        by_parts=job.by_parts,
    )


def standing(request: FileRequest) -> tuple[bool, int]:
    """(is the whole file in its place?, bytes that are there of it or of its part)."""
    try:
        size = request.path.stat().st_size
    except OSError:
        return False, bytes_of(part_of(request.path))
    return request.part is None or serves(request.path, request.part), size


def missing_bytes(requests: Iterable[FileRequest]) -> int:
    """What is still to bring, by the sizes that are known."""
    total = 0
    for request in requests:
        if request.part is not None:
            total += 0 if request.path.is_file() and serves(request.path, request.part) else request.part.expected or 0
            continue
        whole, here = standing(request)
        total += 0 if whole else max(0, (request.size or 0) - here)
    return total


def within_limits(job: FetchJob) -> tuple[list[Observation], list[tuple[Observation, str]]]:
    """The observations that fit the job's limits, in the order given, and those left out with the reason."""
    kept: list[Observation] = []
    skipped: list[tuple[Observation, str]] = []
    total = 0
    seen: set[str] = set()
    if job.ctx not in CTX_FORMS:
        raise InputError(f"{job.ctx!r} is no form of CTX images.", f"Choose one of {', '.join(CTX_FORMS)}.")
    for observation in (in_form(o, job.ctx) for o in job.observations):
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


@dataclass(frozen=True)
class Ready:
    """What is left to bring once the labels of images in parts are here: ``labels`` and ``windows`` (of COGs) came
    while it was found out, by their places. ``skipped`` products are left out, each with its reason."""

    kept: tuple[Observation, ...]
    skipped: tuple[tuple[Observation, str], ...]
    requests: tuple[FileRequest, ...]
    labels: Mapping[Path, FileResult] = field(default_factory=dict)
    windows: Mapping[Path, FileResult] = field(default_factory=dict)


def make_ready(job: FetchJob, settings: Settings, progress: Progress) -> Ready:
    """The requests of a job, its limits applied. With ``by_parts`` the small files that say which bytes an area needs
    are brought first. Raises InputError, OutputError, CancelledError."""
    if not job.observations:
        raise InputError("There are no observations to fetch.", "Search first, with a wider area or season.")
    # What parts of images take is only known once their headers are here.
    kept, skipped = within_limits(replace(job, max_download_mb=None) if job.by_parts else job)
    _need_any(job, kept, skipped)
    requests: Sequence[FileRequest] = file_requests(kept, job.folder, FETCHED)
    if not job.by_parts:
        return Ready(tuple(kept), tuple(skipped), tuple(requests))
    assert job.area is not None
    requests, cogs = bring_windows(requests, kept, job.area, settings, progress)
    labels = {r.path: r for r in _labels_first(requests, kept, job.folder, settings, progress)}
    requests, left_out = parts_within(requests, kept, job.area, job.max_download_mb, settings, progress)
    gone = {observation.product_id for observation, _ in left_out}
    kept, skipped = [o for o in kept if o.product_id not in gone], [*skipped, *left_out]
    _need_any(job, kept, skipped)
    return Ready(tuple(kept), tuple(skipped), tuple(requests), labels, cogs)


def run_fetch(job: FetchJob, settings: Settings, progress: Progress) -> FetchOutcome:
    """Bring the files. A single failure does not stop the others. Raises InputError, OutputError, CancelledError."""
    ready = make_ready(job, settings, progress)
    kept, skipped, requests, labels, cogs = ready.kept, ready.skipped, ready.requests, ready.labels, ready.windows
    roles = roles_of(kept, requests)
    unknown = sum(expected_bytes(r) is None for r in requests if r.role == "image")
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
    brought = [labels.get(r.path, r) for r in bring(requests, job.folder, settings, progress)]
    roles |= dict.fromkeys(cogs, "image")
    results = settle([*brought, *cogs.values()], roles)
    for result in results:
        if result.state == "failed":
            progress.warn(f"{result.name} could not be fetched: {result.reason}")
        elif result.state == INCOMPLETE:
            progress.warn(f"{result.name} came, but does not count yet: {result.reason}")
        elif result.whole_bytes is not None:
            progress.report(1.0, f"{result.name}: {result.bytes / 1e6:,.1f} of {result.whole_bytes / 1e6:,.1f} MB.")
    return FetchOutcome(results, tuple(skipped), roles)


def _need_any(job: FetchJob, kept: Sequence[Observation], skipped: Sequence[tuple[Observation, str]]) -> None:
    if not kept:
        raise InputError(
            f"None of the {len(job.observations)} observations is left to fetch: "
            f"{skipped[0][0].product_id}: {skipped[0][1]}.",
            "Widen the limits.",
        )


def _labels_first(
    requests: Sequence[FileRequest],
    observations: Sequence[Observation],
    folder: Path,
    settings: Settings,
    progress: Progress,
) -> list[FileResult]:
    """The labels that say where an image's pixels lie."""
    labels = labels_of(requests, observations)
    if not labels:
        return []
    progress.report(
        0.0,
        f"Of HiRISE images, the part within {MARGIN:g} m of the area is fetched; {len(labels)} labels say where it is.",
    )
    return bring(labels, folder, settings, progress)


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
    results = _other_labels(requests, results, settings, progress, observer)
    if progress.cancelled():
        raise CancelledError(
            f"Stopped: {sum(r.state in DONE for r in results)} of {len(results)} files are whole in {folder}."
        )
    return results


def _other_labels(
    requests: Sequence[FileRequest],
    results: list[FileResult],
    settings: Settings,
    progress: Progress,
    observer: Observer | None,
) -> list[FileResult]:
    """ASU labels a CTX map as cylindrical or as polar: where the one that was asked for is not there, the other is."""
    others = [
        replace(request, url=other)
        for request, result in zip(requests, results, strict=True)
        if result.state == "failed" and (other := other_label(request.url))
    ]
    if not others or progress.cancelled():
        return results
    found = fetch(others, frontier_path(settings), settings, progress, settings.concurrency, observer=observer)
    came = {r.path: r for r in found if r.state in DONE}
    return [came.get(result.path, result) for result in results]


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
