"""The page Fetch: a plan, the fetch under way, and the way on to the series."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ...common.errors import MarscdError
from ...processing.stored import current_settings
from ..page import DockContext, Page
from ..words import tr
from .controller import controller_of
from .job_box import JobBox
from .pairs_box import PairsBox
from .plan_box import PlanBox
from .snapshot import Snapshot

if TYPE_CHECKING:
    from ...workflows.fetch import FetchPlan, Ready


class FetchPage(Page):
    """Shows the controller's fetch; closing or hiding the page does not touch it."""

    def __init__(self, context: DockContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._preparing: Any = None
        self.controller = controller_of(context)
        self.plan_box = PlanBox(context, self)
        self.pairs_box = PairsBox(context, self)
        self.job_box = JobBox(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.plan_box)
        column.addWidget(self.pairs_box)
        column.addWidget(self.job_box, 1)
        self._space = QWidget(self)
        column.addWidget(self._space, 1)
        self.plan_box.planned.connect(self._arrange)
        self.plan_box.start_wanted.connect(self._start)
        self.plan_box.stop_wanted.connect(self._stop_preparing)
        self.plan_box.find_wanted.connect(lambda: self.state.page_wanted.emit("find"))
        for box in (self.plan_box, self.job_box):
            box.series_wanted.connect(lambda: self.state.page_wanted.emit("series"))
        self.job_box.pause_wanted.connect(self.controller.pause)
        self.job_box.resume_wanted.connect(self.controller.resume)
        self.job_box.cancel_wanted.connect(self.controller.cancel)
        self.job_box.retry_wanted.connect(self.controller.retry)
        self.controller.changed.connect(self._show)
        self._show(self.controller.now)

    def shown(self) -> None:
        self.plan_box.refresh()

    def showEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self.controller.set_seen(True)

    def hideEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self.controller.set_seen(False)

    def release(self) -> None:
        self._stop_preparing()
        self.controller.changed.disconnect(self._show)
        self.plan_box.release()
        self.pairs_box.release()
        self.controller.release()

    def _start(self, plan: FetchPlan) -> None:
        try:
            folder = self.state.need_folder()
        except MarscdError as error:
            self.context.messages.error(error)
            return
        if plan.by_parts:
            self._prepare(folder.root)
            return
        # The plan may have been made before the folder was: only the files' names count.
        self.controller.start(
            folder.root, [replace(request, path=folder.products / request.path.name) for request in plan.requests]
        )

    def _prepare(self, root: Path) -> None:
        """First the small files that say which bytes of the images the area needs; then the fetch."""
        job = self.plan_box.job(root)

        def work(progress: Any) -> Ready:
            from ...workflows.fetch import make_ready

            return make_ready(job, current_settings(), progress)

        self._preparing = preparing = self.context.jobs.background(
            tr("Find the part of each image that is needed"), work, hidden=False
        )
        self.plan_box.set_preparing(tr("Finding out which part of each image your area needs…"))
        preparing.said.connect(lambda text: self.plan_box.set_preparing(text))
        preparing.warned.connect(self.context.messages.warn)
        preparing.ended.connect(self._prepared)
        preparing.succeeded.connect(lambda ready: self._begin(root, ready))
        preparing.failed.connect(lambda why: self.context.messages.failure(why))
        preparing.stopped.connect(lambda: self.context.messages.hint(tr("Stopped; nothing is being fetched.")))

    def _prepared(self) -> None:
        self._preparing = None
        self.plan_box.set_preparing(None)

    def _begin(self, root: Path, ready: Ready) -> None:
        if ready.skipped:
            product, why = ready.skipped[0][0].product_id, ready.skipped[0][1]
            self.context.messages.hint(
                tr("{count} images are left out. {product}: {why}.").format(
                    count=len(ready.skipped), product=product, why=why
                )
            )
        try:
            self.controller.start(root, ready.requests)
        except MarscdError as error:
            self.context.messages.error(error)
        if ready.windows:
            self.state.fetched_changed.emit()

    def _stop_preparing(self) -> None:
        if self._preparing is not None:
            self._preparing.cancel()

    def _show(self, now: Snapshot | None) -> None:
        if now is not None:
            folder = self.state.folder
            self.job_box.show_snapshot(now, here=folder is None or folder.root == now.root)
        self._arrange()

    def _arrange(self) -> None:
        """What is being fetched is what counts; a plan for more comes to the front once that has ended."""
        now = self.controller.now
        planning = now is None or (now.state == "ended" and self._wants_more(now))
        self.plan_box.setVisible(planning)
        self.job_box.setVisible(not planning)
        self._space.setVisible(planning)

    def _wants_more(self, now: Snapshot) -> bool:
        plan = self.plan_box.plan
        there = {file.path.name for file in now.files}
        return plan is not None and any(request.path.name not in there for request in plan.requests)
