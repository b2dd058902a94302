"""Owns the fetch: one at a time, alive while the dock is closed, paused cleanly when the plugin or QGIS goes."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsApplication
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal

from ...common.errors import MarscdError
from ...crawler.watch import FileProgress
from ...processing.stored import current_settings
from ..words import tr
from . import unfinished
from .phrases import ending_words
from .snapshot import Snapshot, snapshot
from .status import StatusLine
from .thread import FetchThread

if TYPE_CHECKING:
    from ...crawler.fetch import FileRequest
    from .record import Standing

log = logging.getLogger(__name__)

#: Milliseconds that an unload waits for the transfers to stop. They need a fraction of a second, unless the system is
#: looking a name up or a slow disk is busy; then the thread is left to end by itself.
_PATIENCE = 5000
#: Milliseconds that it waits for jobs in QGIS's pool that are just ending.
_WORKERS_PATIENCE = 500

#: Threads that were still ending when they were let go: an object freed before its thread has ended takes QGIS along.
_ending: list[FetchThread] = []


class FetchController(QObject):
    """What the page, the status bar and the offers share. All methods are for the main thread."""

    #: A Snapshot, or None when there is nothing to show any more.
    changed = pyqtSignal(object)
    #: The last Snapshot of a run.
    ended = pyqtSignal(object)

    def __init__(self, context: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.now: Snapshot | None = None
        self._asked: tuple[FileRequest, ...] = ()
        self._thread: FetchThread | None = None
        self._resume_root: Path | None = None
        self._adopted = False
        self._released = False
        self._offers: list[unfinished.Offer] = []
        self._seen = False
        self._status = StatusLine(context.iface, self.open_page, self)
        context.state.folder_changed.connect(self._folder_changed)
        QCoreApplication.instance().aboutToQuit.connect(self.release)

    # -- what the user does -------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """A thread is at work (or is stopping)."""
        return self._thread is not None

    def start(self, root: Path, requests: Iterable[FileRequest]) -> None:
        """Fetch into the job's folder ``root``. Raises InputError for bad settings; nothing while one runs."""
        if not self.busy:
            self._asked = tuple(requests)
            self._run(root, ())

    def pause(self) -> None:
        """Stop transfers within a second; what came is kept."""
        if self._thread is not None:
            self._thread.pause()
            self._tell_stopping()

    def resume(self) -> None:
        """Go on where it was paused or stopped; failed files get another chance."""
        if not self.busy and self.now is not None and self._asked:
            # What an earlier QGIS left is looked at by the crawler, whole or not.
            every = {f.path for f in self.now.files} if self._adopted else None
            self._run(self.now.root, self.now.files, every)

    def cancel(self) -> None:
        """End the fetch: it is not offered again. Whole files stay, and parts of files too, for another fetch."""
        if self._thread is not None:
            self._thread.cancel()
            self._tell_stopping()
        elif self.now is not None:
            root = self.now.root
            asked = self._asked
            unfinished.forget(root)
            self.context.jobs.background(tr("End a fetch"), lambda _: unfinished.close(root, asked))
            self._show(None)

    def retry(self, paths: Iterable[Path] | None = None) -> None:
        """Try failed files again: these, or all that failed."""
        if self.now is None:
            return
        wanted = {f.path for f in self.now.files if f.state == "failed"}
        if paths is not None:
            wanted &= set(paths)
        if not wanted:
            return
        if self._thread is not None:
            self._thread.again(wanted)
        else:
            self._run(self.now.root, self.now.files, wanted)

    def set_seen(self, seen: bool) -> None:
        """The page came before the user's eyes, or went."""
        self._seen = seen
        if not self._released:
            self._status.show(self.now, seen)

    def open_page(self, *_: Any) -> None:
        """Bring the dock back, with the page in front."""
        dock = self.context.state.parent()
        if isinstance(dock, QgsDockWidget):
            dock.setUserVisible(True)
        self.context.state.page_wanted.emit("fetch")

    # -- going on after an interruption -------------------------------------------------------------------------

    def offer(self) -> None:
        """Look for fetches that were interrupted, and offer the newest in the dock's messages."""
        job = self.context.jobs.background(tr("Look for interrupted fetches"), unfinished.look(unfinished.remembered()))
        job.succeeded.connect(self._offer)

    def go_on(self, root: Path) -> None:
        """Open the folder of an interrupted fetch and resume it. Raises MarscdError."""
        if self.busy:
            self.context.messages.hint(tr("Another fetch is running. Wait until it has ended, then resume this one."))
            return
        self._resume_root = root
        folder = self.context.state.folder
        if folder is not None and folder.root == root:
            self._folder_changed()
        else:
            try:
                self.context.state.open_folder(root)
            except MarscdError:
                self._resume_root = None
                raise
        self.context.state.page_wanted.emit("fetch")

    def _offer(self, found: list[Standing]) -> None:
        if self._released:
            return
        if found and not self.busy:
            self._offers.append(unfinished.Offer(self, found[0], len(found) - 1))

    def _folder_changed(self) -> None:
        """Another job's folder: show the fetch that was interrupted there, if one was."""
        folder = self.context.state.folder
        if folder is None or self.busy:
            return
        if self.now is not None and self.now.root != folder.root:
            self._show(None)
        job = self.context.jobs.background(tr("Look for interrupted fetches"), unfinished.look([folder.root]))
        job.succeeded.connect(self._adopt)
        job.failed.connect(self.context.messages.failure)

    def _adopt(self, found: list[Standing]) -> None:
        folder = self.context.state.folder
        wanted, self._resume_root = self._resume_root, None
        if self._released or self.busy or folder is None:
            return
        for standing in found:
            if standing.record.root == folder.root:
                self._asked = standing.record.requests
                self._adopted = True
                unfinished.remember(folder.root)
                self._show(snapshot("paused", folder.root, standing.files))
                if wanted == folder.root:
                    self.resume()
                return
        if wanted is not None:
            self.context.messages.hint(tr("There is nothing left to resume in {folder}.").format(folder=wanted))
            unfinished.forget(wanted)

    # -- the thread ---------------------------------------------------------------------------------------------

    def _run(self, root: Path, before: Iterable[FileProgress], only: set[Path] | None = None) -> None:
        try:
            settings = current_settings()
        except MarscdError as error:
            self.context.messages.error(error)
            return
        self._thread = thread = FetchThread(root, self._asked, settings, before, only)
        thread.told.connect(self._told)
        thread.finished.connect(self._finished)
        self._adopted = False
        unfinished.remember(root)
        self._show(thread.first())
        thread.start()

    def _told(self, now: Snapshot) -> None:
        # What was still on its way from a thread that is done for.
        if self.sender() is self._thread and not self._released:
            self._show(now)

    def _finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is None or self.now is None:
            return
        # ``finished`` comes a moment before the thread has ended, and its object must not go before that.
        thread.wait()
        left = thread.left_over()
        now = self.now
        if now.state in ("ended", "cancelled"):
            unfinished.forget(now.root)
        self._show(None if now.state == "cancelled" else now)
        if left and now.state == "ended":
            self.retry(left)
            return
        folder = self.context.state.folder
        if now.whole and folder is not None and folder.root == now.root:
            self.context.state.fetched_changed.emit()
        self._announce(now)
        self.ended.emit(now)
        if now.state == "ended" and folder is not None and folder.root != now.root:
            # Another job was opened meanwhile: what was interrupted there, if anything, may be shown now.
            self._show(None)
            self._folder_changed()

    def _announce(self, now: Snapshot) -> None:
        """Say how it ended: in the dock, or in QGIS's own bar where the dock is closed."""
        text, level = ending_words(now)
        if not text or (now.state == "stopped" and self._seen):
            return  # The page itself says why, above its bar.
        if now.failed and not self._seen:
            text = tr("{text} The page Fetch says why.").format(text=text)
        messages = self.context.messages
        place = messages.parentWidget()
        if place is not None and not place.isVisible() and hasattr(self.context.iface, "messageBar"):
            self.context.iface.messageBar().pushMessage("MarsCD", text, level, 10)
        elif level == Qgis.MessageLevel.Success:
            messages.news(text)
        elif level == Qgis.MessageLevel.Info:
            messages.hint(text)
        else:
            messages.warn(text)

    def _tell_stopping(self) -> None:
        if self.now is not None and self.now.state == "running":
            self._show(snapshot("pausing", self.now.root, self.now.files))

    def _show(self, now: Snapshot | None) -> None:
        self.now = now
        self._status.show(now, self._seen)
        if now is not None and now.busy:
            for offer in self._offers:
                if offer.root == now.root:
                    offer.release()
        self.changed.emit(now)

    # -- the end ------------------------------------------------------------------------------------------------

    def release(self) -> None:
        """Pause what runs, wait for it (a bounded time), and let everything go. Twice is once."""
        if self._released:
            return
        self._released = True
        QCoreApplication.instance().aboutToQuit.disconnect(self.release)
        self.context.state.folder_changed.disconnect(self._folder_changed)
        for offer in self._offers:
            offer.release()
        self._offers.clear()
        self._status.release()
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.told.disconnect(self._told)
            thread.finished.disconnect(self._finished)
            thread.pause()
            if not thread.wait(_PATIENCE):
                log.warning("the fetch into %s takes long to stop; it ends by itself", thread.root)
                _ending.append(thread)
        end_idle_workers()


def end_idle_workers() -> None:
    """End the workers of QGIS's pool that have nothing to do; QGIS makes new ones when it needs them.

    QGIS 3.40 ends by signal 11 where a worker that once used the network (for a font, or the news) lives longer than
    the authentication manager, and background jobs like ours keep workers alive.
    """
    QgsApplication.taskManager().threadPool().waitForDone(_WORKERS_PATIENCE)


def controller_of(context: Any) -> FetchController:
    """The dock's one controller: it lives as long as the dock's state."""
    found = context.state.findChild(FetchController)
    return found if found is not None else FetchController(context, context.state)
