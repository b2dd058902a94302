"""Thumbnails for the rows that are looked at: one worker, only what is still wanted; a failure stays quiet."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtGui import QImage, QPixmap

from ...common.errors import ArchiveError, CancelledError, MarscdError
from ...common.words import Observation
from ...processing.stored import current_settings
from ..jobs import Job, Jobs, TaskProgress
from ..words import tr
from .pictures import PictureError, fetch_picture, kept_picture, trim

log = logging.getLogger(__name__)

#: Pictures held in memory (256 x 256 pixels each at most).
_HELD = 400
#: An archive that fails this often in a row is left alone until the next search.
_PATIENCE = 3


class Thumbnails(QObject):
    """``want`` says whose pictures are looked at; ``arrived(product id)`` when one is there, or cannot be had."""

    arrived = pyqtSignal(str)
    _came = pyqtSignal(str, str, object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None, make_web: Callable[..., Any] | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._make_web = make_web or _web
        self._pixmaps: OrderedDict[str, QPixmap] = OrderedDict()
        self._why: dict[str, str] = {}
        self._lock = threading.Lock()
        self._wanted: OrderedDict[str, str] = OrderedDict()
        self._job: Job | None = None
        self._released = False
        self._came.connect(self._take)

    def picture(self, product_id: str) -> QPixmap | None:
        """The thumbnail, if it is here."""
        return self._pixmaps.get(product_id)

    def why_not(self, product_id: str) -> str:
        """Why there is no picture; "" where none was tried or it is on its way."""
        return self._why.get(product_id, "")

    def want(self, observations: Iterable[Observation]) -> None:
        """These are looked at now, the first most; what was wanted before and has not begun is forgotten."""
        wanted: OrderedDict[str, str] = OrderedDict()
        for one in observations:
            if one.product_id in self._pixmaps or one.product_id in self._why:
                continue
            browse = one.file("browse")
            if browse is None:
                self._why[one.product_id] = tr("The archive names no picture of it.")
                self.arrived.emit(one.product_id)
            else:
                wanted[one.product_id] = browse.url
        with self._lock:
            self._wanted = wanted
        if wanted and self._job is None and not self._released:
            self._start()

    def forget_failures(self) -> None:
        """Try again what failed: a new search."""
        self._why.clear()

    def release(self) -> None:
        """Stop."""
        self._released = True
        with self._lock:
            self._wanted = OrderedDict()
        if self._job is not None:
            self._job.cancel()

    # -- in the main thread ---------------------------------------------------------------------------------------

    def _start(self) -> None:
        try:
            settings = current_settings()
        except MarscdError as error:
            log.info("no thumbnails: %s", error)
            return
        folder = Path(settings.cache_dir) / "thumbnails"
        job = self._jobs.background(
            tr("Thumbnails"), lambda progress: self._bring(lambda: self._make_web(settings, progress), folder, progress)
        )
        self._job = job
        job.failed.connect(self._gave_up)
        job.stopped.connect(self._gave_up)
        job.ended.connect(self._ended)

    def _gave_up(self, why: str = "") -> None:
        """Not one picture but the whole way to them failed (a package is missing, say): say it of all that waited."""
        with self._lock:
            waited, self._wanted = list(self._wanted), OrderedDict()
        for product_id in waited:
            self._take(product_id, why or tr("Stopped."), None)

    def _ended(self) -> None:
        self._job = None
        with self._lock:
            more = bool(self._wanted)
        # Something was wanted while the worker was leaving.
        if more and not self._released:
            self._start()

    def _take(self, product_id: str, why: str, image: Any) -> None:
        if isinstance(image, QImage):
            self._pixmaps[product_id] = QPixmap.fromImage(image)
            while len(self._pixmaps) > _HELD:
                self._pixmaps.popitem(last=False)
        else:
            self._why[product_id] = why
        self.arrived.emit(product_id)

    # -- in the worker --------------------------------------------------------------------------------------------

    def _bring(self, open_web: Callable[[], Any], folder: Path, progress: TaskProgress) -> None:
        """One after the other until nothing is wanted any more."""
        web, faults = None, 0
        trim(folder)
        try:
            while not progress.cancelled():
                with self._lock:
                    if not self._wanted:
                        return
                    product_id, url = self._wanted.popitem(last=False)
                image, why = kept_picture(folder, url), ""
                if image is None and faults >= _PATIENCE:
                    why = tr("No picture: the archive did not answer several times. The next search tries again.")
                elif image is None:
                    try:
                        web = web or open_web()
                        image = fetch_picture(web, folder, url)
                        faults = 0
                    except CancelledError:
                        return
                    except PictureError as error:
                        why = str(error)
                    except ArchiveError as error:
                        why = str(error)
                        faults += 1
                self._came.emit(product_id, why, image)
        finally:
            if web is not None:
                web.close()


def _web(settings: Any, progress: TaskProgress) -> Any:
    """A session that is quick to give up: a thumbnail is worth no long wait."""
    from ...crawler.manners import Manners
    from ...crawler.session import RequestsWeb

    return RequestsWeb(
        settings, progress, Manners(tries=2, backoff=0.5, longest_wait=5.0, read_timeout=20.0, parallel=2)
    )
