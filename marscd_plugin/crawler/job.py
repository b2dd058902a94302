"""What the workers of one run share, and the way of one file: known already, copied, fetched, or lost with a reason."""

from __future__ import annotations

import logging
import queue
import shutil
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..common.errors import CancelledError, MarscdError, ProductError
from ..common.files import need_folder, need_space, output_error
from .frontier import Frontier, Row
from .line import Seats
from .meter import Meter
from .partmap import bytes_of
from .quarantine import quarantine
from .request import FileRequest, FileResult
from .session import RequestsWeb
from .transfer import Transfer, TransferError, Verify, Version, Whole, hash_of, part_of
from .watch import Watch

log = logging.getLogger(__name__)

#: An archive's size hint is in whole kilobytes, rounded either way.
_HINT_SLACK = 1024
#: Seconds between looks at what another run is fetching.
_LOOK_AT_OTHERS = 0.5


class Job:
    """``one`` is called from several threads."""

    def __init__(
        self,
        frontier: Frontier,
        web: RequestsWeb,
        verify: Verify | None,
        meter: Meter,
        watch: Watch,
        seats: Seats,
        wanted: Iterable[FileRequest],
    ) -> None:
        self.frontier, self.web, self.meter, self.watch, self.seats = frontier, web, meter, watch, seats
        self._verify = verify
        #: Images that a label, which came later, does not describe: to be fetched again.
        self.suspects: queue.SimpleQueue[FileRequest] = queue.SimpleQueue()
        self._products: dict[str, list[FileRequest]] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._here = threading.local()
        for request in wanted:
            if request.product_id and request.role in ("label", "image"):
                self._products.setdefault(request.product_id, []).append(request)
                self._locks.setdefault(request.product_id, threading.Lock())

    def one(self, request: FileRequest) -> FileResult:
        """One file, from start to end. Raises only what ends the whole run (the queue itself is broken)."""
        path = request.path
        self.seats.sit()
        self.watch.works_on(path)
        try:
            result = self._one(request)
        except CancelledError as error:
            self.watch.changed(path, state="paused", bytes=bytes_of(part_of(path)))
            return _result(request, "waiting", reason=str(error))
        finally:
            self._unlock()
            self.seats.leave()
            self.watch.works_on(None)
            self.meter.ended(path)
        # A file that another run has is here, too, one that did not come.
        state = {"fetched": "done", "waiting": "failed"}.get(result.state, result.state)
        size = {"bytes": result.bytes, "total": result.bytes} if result.bytes else {"bytes": bytes_of(part_of(path))}
        self.watch.changed(path, state=state, attempts=result.attempts, reason=result.reason, note=result.note, **size)
        return result

    def left_out(self, request: FileRequest) -> FileResult:
        """A file that had not begun when the run was cancelled."""
        self.meter.ended(request.path)
        self.watch.changed(request.path, state="paused", bytes=bytes_of(part_of(request.path)))
        return _result(request, "waiting", reason=str(CancelledError()))

    def again(self, request: FileRequest) -> None:
        """Queue a failed file once more."""
        self.frontier.add(request.url, request.path, request.product_id, request.role, request.priority)
        self.meter.again(request.path)
        self.watch.changed(request.path, state="queued", reason="", attempts=0)

    def distrusted(self, request: FileRequest) -> None:
        """Queue once more an image that came whole and was put aside since."""
        self.meter.again(request.path)
        self.watch.changed(request.path, state="queued", reason="", attempts=0, bytes=0)

    # -- one file -----------------------------------------------------------------------------------------------

    def _one(self, request: FileRequest) -> FileResult:
        self.web.check()
        url, path = request.url, request.path
        until = time.monotonic() + self.web.manners.others
        told = False
        while True:
            if present := self._known(request):
                return present
            row = self.frontier.claim(url, path)
            if row is not None:
                break
            if time.monotonic() >= until:
                reason = "Another run (perhaps another QGIS) is fetching it now. Try again when that has ended."
                return _result(request, "waiting", reason=reason)
            if not told:
                self.watch.changed(path, state="active", note="other_run")
                told = True
            with self.seats.away(self.web.pause):
                self.web.pause(min(_LOOK_AT_OTHERS, max(0.0, until - time.monotonic())))
        self.watch.changed(path, state="active")
        transfer = self._transfer(request, row)
        try:
            if whole := self._adopted(request, row):
                self.frontier.done(url, path, whole.bytes, whole.sha256, whole.mtime_ns, 0)
                return _result(request, "present", whole.bytes, 0, whole.sha256)
            if whole := self._copied(request, row):
                self.frontier.done(url, path, whole.bytes, whole.sha256, whole.mtime_ns, 0)
                return _result(request, "present", whole.bytes, 0, whole.sha256, note="copied")
            whole = transfer.run()
            self.frontier.done(url, path, whole.bytes, whole.sha256, whole.mtime_ns, whole.attempts)
            size = getattr(transfer, "whole_bytes", None)
            return _result(request, "fetched", whole.bytes, whole.attempts, whole.sha256, whole_bytes=size)
        except CancelledError:
            self.frontier.give_back(url, path)
            raise
        except MarscdError as error:
            log.info("%s: %s", path.name, error)
            reason, state = (error.reason, error.state) if isinstance(error, TransferError) else (str(error), "failed")
            self.frontier.failed(url, path, reason, transfer.attempts, state)
            note = "" if state == "failed" else state
            return _result(request, "failed", 0, transfer.attempts, "", reason, note)

    def _transfer(self, request: FileRequest, row: Row) -> Any:
        url, path = request.url, request.path
        arguments: dict[str, Any] = {
            "verify": lambda part, role: self._check(request, part, role),
            "version": Version(row.validator, row.total),
            "remember": lambda v: self.frontier.partial(url, path, v.validator, v.total),
            "sealed": lambda size, sha256: self.frontier.sealed(url, path, size, sha256),
            "arrived": lambda size, total: self.watch.arrived(path, size, total, transfer.attempts),
            "notice": lambda note: self._notice(request, note),
            "size": request.size,
            "stream": request.stream,
        }
        if request.part is not None:
            from .jp2 import PartTransfer

            transfer: Any = PartTransfer(self.web, url, path, request.role, part=request.part, **arguments)
        else:
            transfer = Transfer(self.web, url, path, request.role, **arguments)
        return transfer

    def _notice(self, request: FileRequest, note: str) -> None:
        """A file that is being checked needs the archive no more: its seat is for the next one.

        Of one product, one file at a time is checked and moved in, so that the second always sees the first.
        """
        path = request.path
        if note == "finishing":
            size = bytes_of(part_of(path))
            self.watch.changed(path, state="active", note=note, bytes=size, total=size)
            self.seats.leave()
            if getattr(self._here, "lock", None) is not None:
                return
            lock = self._locks.get(request.product_id)
            while lock is not None and not lock.acquire(timeout=0.1):
                self.web.check()
            self._here.lock = lock
        else:
            self._unlock()
            self.seats.take(self.web.pause)
            self.watch.changed(path, state="active", note=note)

    def _unlock(self) -> None:
        lock, self._here.lock = getattr(self._here, "lock", None), None
        if lock is not None:
            lock.release()

    def _check(self, request: FileRequest, part: Path, role: str) -> None:
        """Is it sound, and do label and image agree once both are here? Raises ProductError."""
        if self._verify is not None:
            self._verify(part, role)
            return
        from ..products.check import check_file  # Here, so that the crawler alone does not load the readers.
        from .agree import PairError, check_pair

        check_file(part, role)
        for other in self._products.get(request.product_id, ()):
            if {request.role, other.role} == {"label", "image"} and other.path.is_file():
                label, image = (request, other) if request.role == "label" else (other, request)
                here = {request.path: part, other.path: other.path}
                try:
                    check_pair(here[label.path], here[image.path], label.path.name, image.path.name)
                except PairError as error:
                    if request is image:
                        raise
                    # The label is sound by itself, so it is the image that came before it.
                    self._put_aside(image, error.what)

    def _put_aside(self, image: FileRequest, reason: str) -> None:
        row = self.frontier.row(image.url, image.path)
        if row is None or row.state != "done":
            return
        log.warning("%s is fetched again: %s", image.path.name, reason)
        quarantine(image.path, image.path, image.url, reason, row.sha256)
        self.frontier.requeue(image.url, image.path)
        self.suspects.put(image)

    # -- what is here already -----------------------------------------------------------------------------------

    def _known(self, request: FileRequest) -> FileResult | None:
        """The result of a file that the queue knows as whole, and that is; one that is not any more is queued again."""
        row = self.frontier.row(request.url, request.path)
        if row is None or row.state != "done":
            return None
        if self._still_there(row, request.path) and _serves(request.path, request):
            self.meter.here(request.path, row.bytes or 0)
            return _result(request, "present", row.bytes or 0, 0, row.sha256)
        self.frontier.requeue(request.url, request.path)
        return None

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
            if not path.is_file() or not _serves(path, request):
                return None
            size, sha256 = hash_of(path, self.web.check)
            if row.sha256:
                fits = (size, sha256) == (row.bytes, row.sha256)
            else:
                fits = _fits(request, size) and request.size is not None
            if not fits:
                return None
            self._check(request, path, request.role)
        except (ProductError, OSError):
            return None
        self.meter.here(path, size)
        return Whole(size, sha256, 0, path.stat().st_mtime_ns)

    def _copied(self, request: FileRequest, row: Row) -> Whole | None:
        """The same address, fetched to another job's folder before and still what it was: copied, not fetched again."""
        part = part_of(request.path)
        if bytes_of(part) and (row.validator or row.total):
            return None  # A part of it is here; a copy would throw that away.
        for other in self.frontier.copies(request.url, request.path):
            source = Path(other.path)
            if other.bytes is None or not _fits(request, other.bytes) or not self._still_there(other, source):
                continue
            if not _serves(source, request):
                continue
            try:
                need_folder(request.path.parent)
                need_space(request.path.parent, other.bytes)
                shutil.copyfile(source, part)
                size, sha256 = hash_of(part, self.web.check)
                if (size, sha256) != (other.bytes, other.sha256):
                    part.unlink()
                    continue
                self._check(request, part, request.role)
                self.frontier.sealed(request.url, request.path, size, sha256)
                part.replace(request.path)
            except ProductError:
                part.unlink(missing_ok=True)
                continue
            except CancelledError:
                part.unlink(missing_ok=True)
                raise
            except OSError as error:
                part.unlink(missing_ok=True)
                raise output_error(error, request.path) from error
            self.meter.here(request.path, size)
            return Whole(size, sha256, 0, request.path.stat().st_mtime_ns)
        return None


def _fits(request: FileRequest, size: int) -> bool:
    return request.size is None or abs(size - request.size) <= _HINT_SLACK


def _serves(path: Path, request: FileRequest) -> bool:
    """Does this file hold what was asked for? One that was fetched for an area alone is no whole file."""
    if request.part is None and path.suffix.lower() != ".jp2":
        return True
    try:
        from .jp2 import serves
    except ImportError:
        return request.part is None
    return serves(path, request.part)


def _result(
    request: FileRequest,
    state: str,
    size: int = 0,
    attempts: int = 0,
    sha256: str = "",
    reason: str = "",
    note: str = "",
    whole_bytes: int | None = None,
) -> FileResult:
    return FileResult(
        request.product_id,
        request.path.name,
        request.url,
        state,
        size,
        attempts,
        sha256,
        request.path,
        reason,
        note,
        whole_bytes,
    )
