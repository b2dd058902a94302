"""The crawler's QThread: runs a fetch off the main thread and says a few times a second how it stands."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QThread, pyqtSignal

from ...common.errors import CancelledError, MarscdError
from ...common.settings import Settings
from ...crawler.meter import SPAN, Pace
from ...crawler.watch import FileProgress
from . import record
from .record import BEAT
from .snapshot import WHOLE, Snapshot, snapshot

if TYPE_CHECKING:
    from ...crawler.fetch import FileRequest

log = logging.getLogger(__name__)

#: Seconds between two snapshots: what the eye can follow. While nothing comes, one a second is enough.
_BETWEEN, _IDLE = 0.2, 1.0
#: Seconds over which the rate is measured that the time left is worked out from.
_STEADY = 20.0
#: Seconds before the time left is worth telling.
_EARLY = 2.0


class FetchThread(QThread):
    """``told`` carries a Snapshot: at most five a second while it runs, and a last one before ``finished``.

    Start it once. It has no parent and lives until ``finished``; whoever makes it keeps it until then.
    """

    told = pyqtSignal(object)

    def __init__(
        self,
        root: Path,
        requests: Iterable[FileRequest],
        settings: Settings,
        before: Iterable[FileProgress] = (),
        only: set[Path] | None = None,
    ) -> None:
        """``before`` is how the files stood: those that are whole are left alone, and stay in the snapshots.

        With ``only``, no other files are fetched.
        """
        super().__init__()
        self.root = root
        self.asked = tuple(requests)
        self._settings = settings
        self._files: dict[Path, FileProgress] = {r.path: _unknown(r) for r in self.asked}
        self._files.update((f.path, f) for f in before if f.path in self._files)
        wanted = {p for p, f in self._files.items() if f.state not in WHOLE} if only is None else only
        self._wanted = [r for r in self.asked if r.path in wanted]
        self._wanted_paths = {r.path for r in self._wanted}
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._final = "paused"
        self._again: set[Path] = set()
        self._changed = False
        self._emitted = self._beaten = 0.0
        self._begun = 0.0

    # -- from the main thread -----------------------------------------------------------------------------------

    def first(self) -> Snapshot:
        """How it stands before it has begun."""
        return snapshot("running", self.root, (self._files[r.path] for r in self.asked))

    def pause(self) -> None:
        """Stop within a second; partial files stay."""
        self._stop.set()

    def cancel(self) -> None:
        """The same, and the job is not to be offered again."""
        self._final = "cancelled"
        self._stop.set()

    def again(self, paths: Iterable[Path]) -> None:
        """Try these failed files once more."""
        with self._lock:
            self._again.update(paths)

    def left_over(self) -> set[Path]:
        """Those asked for again after the last file had ended."""
        return self._take()

    # -- in the thread ------------------------------------------------------------------------------------------

    def run(self) -> None:
        message = ""
        self._begun = time.monotonic()
        self._pace, self._steady = Pace(SPAN), Pace(_STEADY)
        try:
            self._note("running")
            self._bring()
        except CancelledError:
            log.info("the fetch into %s was stopped", self.root)
        except MarscdError as error:
            message = str(error)
            log.warning("the fetch into %s stopped: %s", self.root, message)
        # Whatever it is must reach the user: an exception that leaves run() would end QGIS.
        except Exception as error:
            message = f"{type(error).__name__}: {error}"
            log.exception("the fetch into %s stopped", self.root)
        state = self._ending(message)
        if state != "ended":
            self._rest_is_paused()
        try:
            self._note({"ended": "ended", "cancelled": "cancelled"}.get(state, "paused"))
        except MarscdError as error:
            message = message or str(error)
        self.told.emit(self._snapshot(state, message))

    def _bring(self) -> None:
        from ...workflows.fetch import bring

        bring(self._wanted, self.root / "products", self._settings, _Teller(self), self._observe, self._take)

    def _ending(self, message: str) -> str:
        if all(f.state in ("done", "present", "failed") for f in self._files.values()):
            return "ended"
        if message:
            return "stopped"
        return self._final

    def _rest_is_paused(self) -> None:
        for path, file in self._files.items():
            if file.state in ("queued", "active"):
                self._files[path] = replace(file, state="paused", rate=0.0, again_at=None)

    def _note(self, state: str) -> None:
        owner = record.me() if state == "running" else ""
        record.write(record.Record(self.root, self.asked, state, owner))

    def _observe(self, file: FileProgress) -> None:
        """From the crawler's threads, one at a time: only kept, and told later."""
        with self._lock:
            self._files[file.path] = file
            self._changed = True

    def _take(self) -> set[Path]:
        with self._lock:
            taken, self._again = self._again, set()
        return taken

    def look(self) -> None:
        """Ten times a second: tell how it stands if that is due."""
        now = time.monotonic()
        if now - self._beaten > BEAT:
            self._beaten = now
            record.beat(self.root)
        if now - self._emitted < (_BETWEEN if self._changed else _IDLE):
            return
        self._emitted = now
        self._changed = False
        self.told.emit(self._snapshot("pausing" if self._stop.is_set() else "running"))

    def _snapshot(self, state: str, message: str = "") -> Snapshot:
        with self._lock:
            files = tuple(self._files[r.path] for r in self.asked)
        came = sum(f.came for f in files if f.path in self._wanted_paths)
        rate, steady = self._pace.rate(came), self._steady.rate(came)
        early = time.monotonic() - self._begun < _EARLY
        return snapshot(state, self.root, files, rate, 0.0 if early else steady, message)


class _Teller:
    """``common.progress.Progress`` for the crawler: its calls are the thread's heartbeat."""

    def __init__(self, thread: FetchThread) -> None:
        self._thread = thread

    def report(self, fraction: float, message: str = "") -> None:
        if message:
            log.debug(message)
        self._thread.look()

    def warn(self, message: str) -> None:
        log.warning(message)

    def cancelled(self) -> bool:
        return self._thread._stop.is_set()


def _unknown(request: FileRequest) -> FileProgress:
    return FileProgress(request.path, request.url, request.product_id, request.role, total=request.size or None)
