"""Fetching many files: several transfers at once, through the frontier, each ending as one row of a report."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from ..common.errors import InputError
from ..common.files import safe_name
from ..common.progress import Progress
from ..common.settings import Settings
from ..common.words import Observation
from .frontier import Frontier
from .job import Job
from .jobweb import JobWeb
from .line import Line, Seats
from .manners import Manners
from .meter import Meter, megabytes
from .partmap import bytes_of
from .request import FileRequest, FileResult
from .transfer import Verify, part_of
from .watch import FileProgress, Observer, Watch

__all__ = ["FileRequest", "FileResult", "destination", "fetch", "file_requests", "summary"]

#: Seconds between looks at the cancel, between messages, and between renewals of the lease.
_LOOK, _TELL, _RENEW = 0.1, 3.0, 10.0
#: Threads beyond those that fetch: for files that are being checked, or whose host rests.
_SPARE = 16
#: What ``verify`` is told of a file's role: a cube's header is a label, a detector's own image an image.
_KINDS = {"header": "label", "raw": "image"}


def destination(folder: Path | str, *names: str) -> Path:
    """``folder``/names..., each made one plain file name: nothing an archive says leads out of ``folder``."""
    folder = Path(folder).absolute()
    path = folder.joinpath(*(safe_name(name) for name in names))
    if not names or not path.resolve().is_relative_to(folder.resolve()):
        raise InputError(
            f"{path} lies outside {folder}.", "Remove the link that stands there, or choose another folder."
        )
    return path


def file_requests(
    observations: Iterable[Observation], folder: Path | str, roles: Sequence[str] = ("label", "header", "image", "raw")
) -> list[FileRequest]:
    """What to fetch for observations: the first file of each role, into ``folder``; archives name files by product."""
    made = []
    for observation in observations:
        for role in roles:
            if file := observation.file(role):
                path = destination(folder, file.name)
                kind = _KINDS.get(role, role)
                made.append(FileRequest(file.url, path, observation.product_id, kind, file.size, stream=file.stream))
    return made


def fetch(
    requests: Sequence[FileRequest],
    frontier_path: Path | str,
    settings: Settings,
    progress: Progress,
    concurrency: int | None = None,
    *,
    verify: Verify | None = None,
    manners: Manners | None = None,
    observer: Observer | None = None,
    again: Callable[[], Iterable[Path]] | None = None,
) -> list[FileResult]:
    """Bring the files; one result each, in the order asked. One that fails does not stop the others.

    ``concurrency`` files at a time (the settings' number by default), of one host at most four connections.
    A cancel stops transfers within a second and returns: what was not whole is ``waiting``, its partial file stays, and
    the same call goes on from there. ``verify(path, role)`` raises ProductError for a damaged file; the default is
    ``products.check.check_file``. ``observer`` hears what becomes of each file (see ``watch``). ``again`` is asked ten
    times a second, until the last file has ended, which failed files are to be tried once more. Raises InputError for a
    bad request, OutputError where the queue cannot be written.
    """
    wanted = _checked(requests)
    if not wanted:
        return []
    concurrency = concurrency or settings.concurrency
    manners = manners or Manners(parallel=max(1, min(concurrency, 4)))
    known = [r.size for r in wanted if r.size is not None]
    about = f", about {megabytes(sum(known))} MB" if known else ""
    progress.report(0.0, f"{len(wanted)} files{about}")
    meter = Meter({r.path: r.size for r in wanted})
    watch = Watch((_before(r) for r in wanted), meter, observer)
    seats = Seats(max(1, concurrency))
    with Frontier(frontier_path) as frontier, JobWeb(settings, progress, manners, watch, seats) as web:
        if frontier.network:
            progress.warn(
                f"The download queue {frontier.path} lies on a network disk ({frontier.network}): several runs at a "
                "time may disturb each other there. Set the cache folder to a disk of this computer."
            )
        frontier.add_all((r.url, str(r.path), r.product_id, r.role, r.priority) for r in wanted)
        job = Job(frontier, web, verify, meter, watch, seats, wanted)
        results = _run(job, wanted, progress, again or tuple)
    by_path = {result.path: result for result in results}
    progress.report(job.meter.fraction(), summary(results))
    return [by_path[_absolute(r.path)] for r in requests]


def summary(results: Iterable[FileResult]) -> str:
    """ "3 fetched, 1 present, 1 failed" """
    states = [result.state for result in results]
    return ", ".join(f"{states.count(s)} {s}" for s in ("fetched", "present", "failed", "waiting") if s in states)


def _before(request: FileRequest) -> FileProgress:
    """A file that is not begun in this run; an earlier one may have left a part of it."""
    size = bytes_of(part_of(request.path))
    return FileProgress(
        request.path, request.url, request.product_id, request.role, bytes=size, total=request.size or None
    )


def _checked(requests: Sequence[FileRequest]) -> list[FileRequest]:
    """Requests with absolute paths, without repetitions. Raises InputError for unsafe names and for clashes."""
    by_path: dict[str, FileRequest] = {}
    for request in requests:
        path = _absolute(request.path)
        if safe_name(path.name) != path.name or ".." in path.parts:
            raise InputError(f"{path} is not a place to put a file.", "Name the file with letters, digits, - and _.")
        # On many systems names that differ in case only are one file.
        earlier = by_path.setdefault(str(path).casefold(), replace(request, path=path))
        if earlier.url != request.url or earlier.path != path:
            raise InputError(f"Two different files would become {path}.", "Fetch them into different folders.")
    return list(by_path.values())


def _absolute(path: Path | str) -> Path:
    return Path(path).absolute()


def _run(
    job: Job, wanted: list[FileRequest], progress: Progress, again: Callable[[], Iterable[Path]]
) -> list[FileResult]:
    """All results. Looks at the cancel, tells the progress and keeps the lease alive while the workers work."""
    line: Line[FileRequest] = Line()
    by_path = {r.path: r for r in wanted}
    results: dict[Path, FileResult] = {}
    ended: queue.SimpleQueue[FileResult | BaseException | None] = queue.SimpleQueue()
    job.seats.freed = lambda: ended.put(None)
    for request in wanted:
        line.add(request, request.url, request.priority)
    most = job.seats.count + _SPARE
    running, looked, told, renewed = 0, 0.0, time.monotonic(), time.monotonic()

    def work(request: FileRequest) -> None:
        try:
            ended.put(job.one(request))
        except BaseException as error:
            ended.put(error)

    with ThreadPoolExecutor(most, thread_name_prefix="marscd-fetch") as pool:
        try:
            while len(line) or running or not job.suspects.empty():
                while len(line) and running < most and job.seats.free():
                    following = line.next(job.web.rest_of)
                    if following is None:
                        break
                    job.seats.reserve()
                    running += 1
                    pool.submit(work, following)
                running -= _take(ended, results)
                while not job.suspects.empty():
                    suspect = job.suspects.get()
                    job.distrusted(suspect)
                    results.pop(suspect.path, None)
                    line.add(suspect, suspect.url, suspect.priority)
                now = time.monotonic()
                if now - looked < _LOOK:
                    continue
                looked = now
                if progress.cancelled():
                    job.web.stop()
                    for request in line.clear():
                        results[request.path] = job.left_out(request)
                else:
                    for path in again():
                        if path in by_path and path in results and results[path].state in ("failed", "waiting"):
                            job.again(by_path[path])
                            del results[path]
                            line.add(by_path[path], by_path[path].url, by_path[path].priority)
                job.watch.refresh()
                tell = now - told > _TELL
                progress.report(job.meter.fraction(), job.meter.text() if tell else "")
                told = now if tell else told
                if now - renewed > _RENEW:
                    job.frontier.renew()
                    renewed = now
        except BaseException:
            # A queue that can no longer be written, or Ctrl-C: the workers must not run on unseen.
            job.web.stop()
            raise
    return [results[request.path] for request in wanted]


def _take(ended: queue.SimpleQueue[FileResult | BaseException | None], results: dict[Path, FileResult]) -> int:
    """Wait a moment for files that have ended, or a free seat; how many they were. Raises what broke the whole run."""
    count, wait = 0, _LOOK
    try:
        while True:
            found = ended.get(timeout=wait)
            wait = 0.0
            if isinstance(found, BaseException):
                raise found
            if found is not None:
                results[found.path] = found
                count += 1
    except queue.Empty:
        return count
