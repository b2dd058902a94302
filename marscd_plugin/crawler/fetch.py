"""Fetching many files: several transfers at once, through the frontier, each ending as one row of a report."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path

from ..common.errors import CancelledError, InputError, MarscdError, ProductError
from ..common.files import safe_name
from ..common.progress import Progress
from ..common.settings import Settings
from ..common.words import Observation
from .frontier import Frontier, Row
from .manners import Manners
from .meter import Meter, megabytes
from .session import RequestsWeb
from .transfer import Transfer, TransferError, Verify, Version, Whole, hash_of, part_of
from .watch import FileProgress, Observer, Watch

log = logging.getLogger(__name__)

#: Seconds between looks at the cancel, between messages, and between renewals of the lease.
_LOOK, _TELL, _RENEW = 0.1, 3.0, 10.0
#: An archive's size hint is in whole kilobytes, rounded either way.
_HINT_SLACK = 1024
#: Pauses from here on are told: shorter ones are the usual distance between requests.
_REST = 2.0


@dataclass(frozen=True)
class FileRequest:
    """One file to bring from ``url`` to ``path``. ``role`` is a RemoteFile's; ``size`` bytes is a hint."""

    url: str
    path: Path
    product_id: str = ""
    role: str = "other"
    size: int | None = None


@dataclass(frozen=True)
class FileResult:
    """How it ended. ``state`` is ``fetched`` (now), ``present`` (already whole), ``failed`` or ``waiting`` (cancelled
    before it was whole, or another run is fetching it). ``bytes`` is the file's size, 0 where it is not there whole.
    """

    product_id: str
    name: str
    url: str
    state: str
    bytes: int
    attempts: int
    sha256: str
    path: Path
    reason: str = ""


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
    observations: Iterable[Observation], folder: Path | str, roles: Sequence[str] = ("label", "image")
) -> list[FileRequest]:
    """What to fetch for observations: the first file of each role, into ``folder``; archives name files by product."""
    made = []
    for observation in observations:
        for role in roles:
            if file := observation.file(role):
                path = destination(folder, file.name)
                made.append(FileRequest(file.url, path, observation.product_id, role, file.size))
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

    ``concurrency`` files at a time (the settings' number by default), of one host at most four.
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
    with Frontier(frontier_path) as frontier, _Web(settings, progress, manners, watch) as web:
        for request in wanted:
            frontier.add(request.url, request.path, request.product_id, request.role)
        job = _Job(frontier, web, verify or _check_product, meter, watch)
        results = _run(job, wanted, progress, max(1, concurrency), again or tuple)
    by_path = {result.path: result for result in results}
    progress.report(job.meter.fraction(), summary(results))
    return [by_path[_absolute(r.path)] for r in requests]


def summary(results: Iterable[FileResult]) -> str:
    """ "3 fetched, 1 present, 1 failed" """
    states = [result.state for result in results]
    return ", ".join(f"{states.count(s)} {s}" for s in ("fetched", "present", "failed", "waiting") if s in states)


def _before(request: FileRequest) -> FileProgress:
    """A file that is not begun in this run; an earlier one may have left a part of it."""
    size = _size(part_of(request.path))
    return FileProgress(
        request.path, request.url, request.product_id, request.role, bytes=size, total=request.size or None
    )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _check_product(path: Path, role: str) -> None:
    from ..products.check import check_file  # Here, so that the crawler alone does not load the readers.

    check_file(path, role)


def _checked(requests: Sequence[FileRequest]) -> list[FileRequest]:
    """Requests with absolute paths, without repetitions. Raises InputError for unsafe names and for clashes."""
    by_path: dict[Path, FileRequest] = {}
    for request in requests:
        path = _absolute(request.path)
        if safe_name(path.name) != path.name or ".." in path.parts:
            raise InputError(f"{path} is not a place to put a file.", "Name the file with letters, digits, - and _.")
        earlier = by_path.setdefault(path, replace(request, path=path))
        if earlier.url != request.url:
            raise InputError(f"Two different files would become {path}.", "Fetch them into different folders.")
    return list(by_path.values())


def _absolute(path: Path | str) -> Path:
    return Path(path).absolute()


def _run(
    job: _Job,
    wanted: list[FileRequest],
    progress: Progress,
    concurrency: int,
    again: Callable[[], Iterable[Path]],
) -> list[FileResult]:
    """All results. Looks at the cancel, tells the progress and keeps the lease alive while the workers work."""
    with ThreadPoolExecutor(concurrency, thread_name_prefix="marscd-fetch") as pool:
        futures: dict[Path, Future[FileResult]] = {r.path: pool.submit(job.one, r) for r in wanted}
        by_path = {r.path: r for r in wanted}
        pending, told, renewed = set(futures.values()), time.monotonic(), time.monotonic()
        try:
            while pending:
                ended, pending = wait(pending, timeout=_LOOK, return_when=FIRST_COMPLETED)
                for future in ended:
                    future.result()
                if progress.cancelled():
                    job.web.stop()
                else:
                    for path in again():
                        if path in futures and _may_try_again(futures[path]):
                            job.again(by_path[path])
                            futures[path] = pool.submit(job.one, by_path[path])
                            pending.add(futures[path])
                job.watch.refresh()
                now = time.monotonic()
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
    return [futures[request.path].result() for request in wanted]


def _may_try_again(future: Future[FileResult]) -> bool:
    return future.done() and future.result().state in ("failed", "waiting")


class _Web(RequestsWeb):
    """A session whose longer pauses, made after a fault, are told for the file they hold up."""

    def __init__(self, settings: Settings, progress: Progress, manners: Manners, watch: Watch) -> None:
        self._told = watch
        super().__init__(settings, progress, manners)

    def pause(self, seconds: float) -> None:
        if seconds < _REST:
            super().pause(seconds)
            return
        self._told.rests(seconds)
        try:
            super().pause(seconds)
        finally:
            self._told.rests(0.0)


class _Job:
    """What the workers share."""

    def __init__(self, frontier: Frontier, web: RequestsWeb, verify: Verify, meter: Meter, watch: Watch) -> None:
        self.frontier, self.web, self.verify, self.meter, self.watch = frontier, web, verify, meter, watch

    def one(self, request: FileRequest) -> FileResult:
        """One file, from start to end. Raises only what ends the whole run (the queue itself is broken)."""
        path = request.path
        self.watch.works_on(path)
        try:
            result = self._one(request)
        except CancelledError as error:
            self.watch.changed(path, state="paused", bytes=_size(part_of(path)))
            return self._result(request, "waiting", reason=str(error))
        finally:
            self.watch.works_on(None)
            self.meter.ended(path)
        # A file that another run has is here, too, one that did not come.
        state = {"fetched": "done", "waiting": "failed"}.get(result.state, result.state)
        size = {"bytes": result.bytes, "total": result.bytes} if result.bytes else {"bytes": _size(part_of(path))}
        self.watch.changed(path, state=state, attempts=result.attempts, reason=result.reason, **size)
        return result

    def again(self, request: FileRequest) -> None:
        """Queue a failed file once more."""
        self.frontier.add(request.url, request.path, request.product_id, request.role)
        self.meter.again(request.path)
        self.watch.changed(request.path, state="queued", reason="", attempts=0)

    def _one(self, request: FileRequest) -> FileResult:
        self.web.check()
        url, path = request.url, request.path
        row = self.frontier.row(url, path)
        if row is not None and row.state == "done":
            if self._still_there(row, path):
                self.meter.here(path, row.bytes or 0)
                return self._result(request, "present", row.bytes or 0, 0, row.sha256)
            self.frontier.requeue(url, path)
        row = self.frontier.claim(url, path)
        if row is None:
            reason = "Another run (perhaps another QGIS) is fetching it now. Try again when that has ended."
            return self._result(request, "waiting", reason=reason)
        self.watch.changed(path, state="active")
        transfer = Transfer(
            self.web,
            url,
            path,
            request.role,
            self.verify,
            Version(row.validator, row.total),
            remember=lambda v: self.frontier.partial(url, path, v.validator, v.total),
            sealed=lambda size, sha256: self.frontier.sealed(url, path, size, sha256),
            arrived=lambda size, total: self.watch.arrived(path, size, total, transfer.attempts),
        )
        try:
            if whole := self._adopted(request, row):
                self.frontier.done(url, path, whole.bytes, whole.sha256, whole.mtime_ns, 0)
                return self._result(request, "present", whole.bytes, 0, whole.sha256)
            whole = transfer.run()
            self.frontier.done(url, path, whole.bytes, whole.sha256, whole.mtime_ns, whole.attempts)
            return self._result(request, "fetched", whole.bytes, whole.attempts, whole.sha256)
        except CancelledError:
            self.frontier.give_back(url, path)
            raise
        except MarscdError as error:
            log.info("%s: %s", path.name, error)
            reason = error.reason if isinstance(error, TransferError) else str(error)
            self.frontier.failed(url, path, reason, transfer.attempts)
            return self._result(request, "failed", 0, transfer.attempts, "", reason)

    def _still_there(self, row: Row, path: Path) -> bool:
        """Is the file still what was fetched? Its bytes are read only where its date has changed."""
        try:
            found = path.stat()
            if not path.is_file() or found.st_size != row.bytes:
                return False
            return found.st_mtime_ns == row.mtime_ns or hash_of(path, self.web.check)[1] == row.sha256
        except OSError:
            return False

    def _adopted(self, request: FileRequest, row: Row) -> Whole | None:
        """A whole file that stands in its place already though the queue does not know: moved in just before a crash,
        or fetched under another queue. It counts only if it verifies and its size is what the archive said."""
        path = request.path
        try:
            if not path.is_file():
                return None
            size, sha256 = hash_of(path, self.web.check)
            if row.sha256:
                fits = (size, sha256) == (row.bytes, row.sha256)
            else:
                fits = request.size is not None and abs(size - request.size) <= _HINT_SLACK
            if not fits:
                return None
            self.verify(path, request.role)
        except (ProductError, OSError):
            return None
        self.meter.here(path, size)
        return Whole(size, sha256, 0, path.stat().st_mtime_ns)

    @staticmethod
    def _result(
        request: FileRequest, state: str, size: int = 0, attempts: int = 0, sha256: str = "", reason: str = ""
    ) -> FileResult:
        name = request.path.name
        return FileResult(request.product_id, name, request.url, state, size, attempts, sha256, request.path, reason)
