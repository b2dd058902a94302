"""Ticking observations, by hand or the best for a series, and what the choice covers and weighs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...common.errors import MarscdError
from ...common.words import Observation
from ..jobs import Job
from ..page import DockContext
from ..words import tr
from .facts import ChoiceFacts, facts_of, in_words

#: The choice rests this long before its coverage is worked out.
_REST_MS = 250


class Choosing(QObject):
    """``said`` carries the one line about the choice; ``best`` a BestChoice once it is ticked."""

    said = pyqtSignal(str)
    best = pyqtSignal(object)
    #: Whether a best choice is being looked for.
    looking = pyqtSignal(bool)

    def __init__(
        self, context: DockContext, listed: Callable[[], Sequence[Observation]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._state, self._listed = context, context.state, listed
        self._job: Job | None = None
        self._stale = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._work_out)

    def refresh(self) -> None:
        """Area, choice or files changed: say anew, once the hands rest."""
        self._rest.start()

    def release(self) -> None:
        """No more work."""
        self._rest.stop()
        if self._job is not None:
            self._job.cancel()

    def set(self, ids: Iterable[str]) -> None:
        """Tick exactly these."""
        try:
            self._state.set_chosen(ids)
        except MarscdError as error:
            self._context.messages.error(error)

    def tick(self, ids: Iterable[str], on: bool) -> None:
        """Tick these, or untick them; the others stay."""
        before = {o.product_id for o in self._state.chosen}
        self.set(before | set(ids) if on else before - set(ids))

    def tick_all(self, on: bool) -> None:
        """Tick all that are listed, or untick everything."""
        if on:
            self.tick([o.product_id for o in self._listed()], True)
        else:
            self.set(())

    def tick_best(self, limit: int) -> None:
        """Tick the listed products that make the best series, and say why."""
        from .best import best_choice

        listed, area = self._listed(), self._state.area
        self.looking.emit(True)
        job = self._context.jobs.background(
            tr("Choosing the best for a series"), lambda _progress: best_choice(listed, area, limit)
        )

        def chosen(found) -> None:
            self.set(found.product_ids)
            self.best.emit(found)

        job.succeeded.connect(chosen)
        job.failed.connect(self._context.messages.failure)
        job.ended.connect(lambda: self.looking.emit(False))

    def _work_out(self) -> None:
        if self._job is not None:
            # What is worked out now is no longer asked; its end starts the next.
            self._stale = True
            self._job.cancel()
            return
        state = self._state
        chosen, area = state.chosen, state.area
        folder = state.folder.products if state.folder is not None else None
        if not chosen:
            self.said.emit(in_words(ChoiceFacts(0, None, 0, 0, 0)))
            return
        job = self._context.jobs.background(
            tr("Coverage of the choice"), lambda progress: facts_of(chosen, area, folder, progress)
        )
        self._job = job
        job.succeeded.connect(lambda facts: self.said.emit(in_words(facts)))
        job.failed.connect(self.said)
        job.ended.connect(self._ended)

    def _ended(self) -> None:
        self._job = None
        if self._stale:
            self._stale = False
            self._rest.start()
