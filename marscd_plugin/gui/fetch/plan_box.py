"""What would be fetched, said before the first byte: files, megabytes, disk; with limits, and a button to start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ...common.errors import MarscdError
from ...common.words import Observation
from ...processing.stored import current_settings
from ..words import tr
from .model import failure_colour
from .phrases import files_words, images_words, size_words

if TYPE_CHECKING:
    from ...workflows.fetch import FetchJob, FetchPlan

#: Milliseconds without a further change before the disk is looked at.
_QUIET = 150


def is_colour(observation: Observation) -> bool:
    """The narrow colour strip of a HiRISE observation."""
    return observation.instrument.upper() == "HIRISE" and observation.product_id.upper().endswith("_COLOR")


class _PathLabel(QLabel):
    """A text that may be long: cut in its middle, whole in the tool tip."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMinimumWidth(40)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""

    def set_text(self, text: str) -> None:
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._cut()

    def resizeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, self.width()))


class PlanBox(QWidget):
    """``start_wanted`` carries the FetchPlan that the user sees; ``planned`` says that there is another."""

    planned = pyqtSignal()
    start_wanted = pyqtSignal(object)
    series_wanted = pyqtSignal()
    find_wanted = pyqtSignal()
    #: Stop finding out which parts of the images are needed.
    stop_wanted = pyqtSignal()

    def __init__(self, context: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.plan: FetchPlan | None = None
        self._job: Any = None
        self._stale = False
        self._preparing = False
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_QUIET)
        self._timer.timeout.connect(self._look)
        state = context.state
        for signal in (state.chosen_changed, state.folder_changed, state.fetched_changed):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self, *_: Any) -> None:
        """Something changed: look again, soon."""
        self._timer.start()

    def release(self) -> None:
        """Listen no more."""
        self._timer.stop()
        state = self.context.state
        for signal in (state.chosen_changed, state.folder_changed, state.fetched_changed):
            signal.disconnect(self.refresh)

    # -- widgets ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.summary = QLabel(self)
        self.summary.setWordWrap(True)
        self.summary.setAccessibleName(tr("What will be fetched"))
        self.warning = QLabel(self)
        self.warning.setWordWrap(True)
        self.warning.setAccessibleName(tr("Warning"))
        self.warning.hide()
        self.red_only = QCheckBox(tr("&RED images only"), self)
        self.red_only.setChecked(True)
        self.red_only.setToolTip(
            tr(
                "HiRISE takes a wide black-and-white image (RED) and a narrow colour strip in its middle (COLOR).\n"
                "Series and comparisons are made of RED images; colour strips are only to look at."
            )
        )
        self.red_only.toggled.connect(self.refresh)
        self.part_only = QCheckBox(tr("Only the &part my area needs"), self)
        self.part_only.setChecked(True)
        self.part_only.setToolTip(
            tr(
                "Of a HiRISE image only the bytes that your area needs are fetched, often a few in a hundred. A wider\n"
                "area later fetches only what is missing. Otherwise, or where the archive cannot do it, whole images."
            )
        )
        self.part_only.toggled.connect(self.refresh)
        self.find = QPushButton(tr("Choose images on the page &Find"), self)
        self.find.setToolTip(tr("Search for images of your area and tick those to bring"))
        self.find.clicked.connect(lambda: self.find_wanted.emit())
        self.start = QPushButton(tr("&Start"), self)
        self.start.setToolTip(tr("Bring the files; it can be paused at any time and goes on where it was"))
        self.start.clicked.connect(self._start)
        self.series = QPushButton(tr("&Build series"), self)
        self.series.setToolTip(tr("All is here: go on to lay the images on each other"))
        self.series.clicked.connect(lambda: self.series_wanted.emit())
        self.series.hide()
        buttons = QHBoxLayout()
        buttons.addWidget(self.start)
        buttons.addWidget(self.series)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.summary, self.warning, self.find, self.red_only, self.part_only):
            column.addWidget(widget)
        self.limits = self._limits()
        column.addWidget(self.limits)
        self.folder = _PathLabel(self)
        column.addWidget(self.folder)
        column.addLayout(buttons)

    def _limits(self) -> QWidget:
        box = QgsCollapsibleGroupBox(tr("Limits"), self)
        box.setCollapsed(True)
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.most_images = QSpinBox(box)
        self.most_images.setRange(0, 100_000)
        self.most_images.setToolTip(tr("Fetch at most so many images, the earliest first; the others are left out"))
        self.most_megabytes = QDoubleSpinBox(box)
        self.most_megabytes.setRange(0, 10_000_000)
        self.most_megabytes.setDecimals(0)
        self.most_megabytes.setSingleStep(500)
        self.most_megabytes.setSuffix(tr(" MB"))
        self.most_megabytes.setToolTip(tr("Leave out images that would take the sum of their sizes above this"))
        form = QFormLayout(box)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for spin, words in ((self.most_images, tr("At most &images")), (self.most_megabytes, tr("At most i&n all"))):
            spin.setSpecialValueText(tr("no limit"))
            spin.valueChanged.connect(self.refresh)
            form.addRow(words, spin)
        return box

    # -- the plan -----------------------------------------------------------------------------------------------

    def _wanted(self) -> tuple[Observation, ...]:
        chosen = self.context.state.chosen
        return tuple(o for o in chosen if not is_colour(o)) if self.red_only.isChecked() else chosen

    def _can_part(self, chosen: tuple[Observation, ...]) -> bool:
        return self.context.state.area is not None and any(o.instrument in ("HIRISE", "CTX") for o in chosen)

    def job(self, root: Path) -> FetchJob:
        """What Start fetches into the job's folder ``root``."""
        from ...workflows.fetch import FetchJob

        limits = (self.most_images.value() or None, self.most_megabytes.value() or None)
        part = self.part_only.isChecked() and self._can_part(self.context.state.chosen)
        return FetchJob(
            self._wanted(), root / "products", self.context.state.area if part else None, *limits, whole=not part
        )

    def _root(self) -> Path:
        """The job's folder, or where a new one would be made."""
        folder = self.context.state.folder
        return folder.root if folder is not None else Path(current_settings().work_dir) / "new"

    def _look(self) -> None:
        if self._job is not None:
            self._stale = True
            return
        try:
            root = self._root()
        except MarscdError as error:
            self._show_trouble(str(error))
            return
        self._show_folder(root)
        wanted = self._wanted()
        if not wanted:
            self._show(None)
            return
        fetch = self.job(root)

        def plan(_: Any) -> FetchPlan:
            from ...workflows.fetch import plan_fetch

            return plan_fetch(fetch)

        self._job = job = self.context.jobs.background(tr("Look at what is to be fetched"), plan)
        job.succeeded.connect(self._show)
        job.failed.connect(self._show_trouble)
        job.ended.connect(self._looked)

    def _looked(self) -> None:
        self._job = None
        if self._stale:
            self._stale = False
            self._look()

    def _start(self) -> None:
        if self._preparing:
            self.start.setEnabled(False)
            self.stop_wanted.emit()
        elif self.plan is not None:
            self.start_wanted.emit(self.plan)

    def set_preparing(self, text: str | None) -> None:
        """While it is found out which parts of the images are needed: what is being done. None: no more."""
        was, self._preparing = self._preparing, text is not None
        for widget in (self.red_only, self.part_only, self.limits):
            widget.setEnabled(text is None)
        if text is not None:
            self.summary.setText(text)
        if was != self._preparing:
            self.start.setText(tr("&Start") if text is None else tr("&Cancel"))
            self.start.setEnabled(True)
            if text is None:
                self.refresh()

    # -- words --------------------------------------------------------------------------------------------------

    def _show_folder(self, root: Path) -> None:
        new = self.context.state.folder is None
        text = tr("Into a new folder in {folder}") if new else tr("Into {folder}")
        text = text.format(folder=root.parent if new else root / "products")
        self.folder.set_text(text)

    def _show_trouble(self, text: str) -> None:
        self._show(None)
        self._warn(text)

    def _show(self, plan: FetchPlan | None) -> None:
        if self._preparing:
            return
        self.plan = plan
        chosen = self.context.state.chosen
        colour = sum(is_colour(o) for o in chosen)
        self.find.setVisible(not chosen)
        self.red_only.setVisible(bool(colour))
        self.part_only.setVisible(self._can_part(chosen))
        self.red_only.setText(
            tr("&RED images only (colour strips left out: {count})").format(count=colour)
            if self.red_only.isChecked()
            else tr("&RED images only")
        )
        self.summary.setText(self._summary(plan, colour))
        complete = plan is not None and plan.whole == len(plan.requests) > 0
        self.series.setVisible(complete)
        self.start.setVisible(not complete)
        self.start.setEnabled(plan is not None and bool(plan.requests) and not plan.short_of)
        if plan is not None and plan.short_of:
            self._warn(
                tr(
                    "The disk has too little room: {short} more are needed than are free. "
                    "Free some space, set a limit, or open a folder on another disk (at the top of the dock)."
                ).format(short=size_words(plan.short_of))
            )
        else:
            self.warning.hide()
        self.planned.emit()

    def _summary(self, plan: FetchPlan | None, colour: int) -> str:
        chosen = self.context.state.chosen
        if not chosen:
            return tr("No image is chosen yet.")
        if plan is None:
            if colour == len(chosen):
                return tr("Only colour strips are chosen, and a series is made of RED images. Tick RED images on Find.")
            return tr("Looking at what is here already…")
        files, images = len(plan.requests), len(plan.observations)
        left_out = len(plan.skipped)
        if not images:
            return tr("The limits leave nothing to fetch: they leave out {images}.").format(
                images=images_words(left_out)
            )
        if plan.whole == files:
            text = tr("{images} in {files}: all are here already ({size}).").format(
                images=images_words(images), files=files_words(files), size=size_words(plan.here)
            )
        else:
            words = (
                tr("{images} in {files}: {size} if they were fetched whole; only the part your area needs will be.")
                if plan.by_parts
                else tr("{images} in {files}: {size} to bring.")
            )
            text = words.format(images=images_words(images), files=files_words(files), size=size_words(plan.missing))
            if plan.here:
                text += " " + tr("{size} are here already.").format(size=size_words(plan.here))
            if plan.unknown:
                text += " " + tr("Images whose size the archive does not say: {count}.").format(count=plan.unknown)
            text += " " + tr("{size} are free on the disk.").format(size=size_words(plan.free))
        if left_out:
            text += " " + tr("The limits leave out {images}.").format(images=images_words(left_out))
        return text

    def _warn(self, text: str) -> None:
        self.warning.setStyleSheet(f"color: {failure_colour(self.palette()).name()}")
        self.warning.setText(text)
        self.warning.show()
