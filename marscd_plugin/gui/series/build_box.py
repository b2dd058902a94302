"""Step one of the series page: which images, which reference, and the building with its progress."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from qgis.core import QgsProcessingFeatureSourceDefinition
from qgis.gui import QgsDoubleSpinBox
from qgis.PyQt.QtCore import QSignalBlocker, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...common.errors import MarscdError
from ..folder import JobFolder
from ..jobs import Job
from ..page import DockContext
from ..words import tr
from .images import ImageList
from .sources import Choice, Found, dates_of_labels, fetched_in, look_at

log = logging.getLogger(__name__)


class BuildBox(QWidget):
    """Runs ``marscd:buildseries``."""

    #: A series was built in the job's folder: the algorithm's results.
    built = pyqtSignal(dict)
    #: Layers over the series' files must go before they are written anew (Windows keeps open files).
    about_to_write = pyqtSignal(Path)
    #: The building failed or was stopped.
    not_built = pyqtSignal()

    def __init__(self, context: DockContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None
        self._warnings: list[str] = []
        self._build()
        state = context.state
        self._links = [
            (state.folder_changed, self.refresh),
            (state.fetched_changed, self.refresh),
            (state.observations_changed, self.refresh),
            (state.chosen_changed, self.refresh),
        ]
        for signal, slot in self._links:
            signal.connect(slot)
        self.refresh()

    @property
    def running(self) -> bool:
        return self._job is not None

    def release(self) -> None:
        """Hear the state no more."""
        for signal, slot in self._links:
            signal.disconnect(slot)
        self._links = []

    def refresh(self) -> None:
        """Look into the folder of fetched files again."""
        state = self._context.state
        found = fetched_in(state.folder.products, state.observations) if state.folder is not None else []
        chosen = {o.product_id for o in state.chosen}
        here = {f.product_id for f in found}
        self.images.set_fetched(found, chosen if chosen & here else None)
        if any(f.time is None for f in found):
            job = self._context.jobs.background(
                tr("Reading the dates of fetched images"), lambda progress: dates_of_labels(found, progress)
            )
            job.succeeded.connect(self.images.set_dates)

    def start(self) -> None:
        """Build the series of what is ticked."""
        if self._job is not None:
            return
        try:
            choice = self.images.choice()
            if choice.count < 2:
                self._context.messages.hint(
                    tr("A series needs at least two images of one place: fetch some, or add your own.")
                )
                return
            folder = self._context.state.need_folder()
            parameters = self._parameters(choice, folder)
        except MarscdError as error:
            self._context.messages.error(error)
            return
        if os.name == "nt":
            self.about_to_write.emit(folder.series)
        self._warnings = []
        job = self._context.jobs.algorithm("marscd:buildseries", parameters, tr("Building a series"))
        self._job = job
        job.progressed.connect(lambda share: self._bar.setValue(round(1000 * share)))
        job.said.connect(self._status.setText)
        job.warned.connect(self._warnings.append)
        job.succeeded.connect(self._succeeded)
        job.failed.connect(self._context.messages.failure)
        job.stopped.connect(
            lambda: self._context.messages.hint(
                tr("Building was stopped. What is finished is kept: build again to go on from there.")
            )
        )
        job.failed.connect(lambda _: self.not_built.emit())
        job.stopped.connect(self.not_built)
        job.ended.connect(self._ended)
        self._show_running(True)

    def cancel(self) -> None:
        """Ask the building to stop."""
        if self._job is not None:
            self._job.cancel()
            self._status.setText(tr("Stopping …"))
            self._cancel.setEnabled(False)

    def add_own(self, paths: list[str]) -> None:
        """Rasters of the user's: their dates are looked for off the main thread."""
        if not paths:
            return
        job = self._context.jobs.background(tr("Looking at images"), lambda progress: look_at(paths, progress))
        job.succeeded.connect(self._looked)
        job.failed.connect(self._context.messages.failure)

    def _looked(self, found: list[Found]) -> None:
        self.images.add_own(found)
        for image in found:
            if image.problem:
                self._context.messages.failure(image.problem)
        undated = [f for f in found if not f.problem and f.time is None]
        if undated:
            self._context.messages.hint(
                tr("No date was found in {count} of the images: type it into the list (UTC).").format(
                    count=len(undated)
                )
            )

    def _parameters(self, choice: Choice, folder: JobFolder) -> dict:
        parameters: dict = {"SERIES": str(folder.series)}
        if choice.fetched:
            parameters["FOLDER"] = str(folder.products)
        if choice.fetched and not choice.all_fetched:
            names = ", ".join("'" + name.replace("'", "''") + "'" for name in choice.fetched)
            parameters["OBSERVATIONS"] = QgsProcessingFeatureSourceDefinition(
                str(folder.observations), filterExpression=f'"product_id" IN ({names})'
            )
        if choice.images:
            parameters["IMAGES"] = list(choice.images)
            parameters["TIMES"] = ";".join(time.isoformat() for time in choice.times)
        if self._context.state.area is not None:
            from ..area_file import write_area

            parameters["AREA"] = str(write_area(self._context.state.area, folder.area))
        if self._reference.currentData():
            parameters["REFERENCE"] = self._reference.currentData()
        if self._pixel.value() > 0:
            parameters["PIXEL_SIZE"] = self._pixel.value()
        return parameters

    def _succeeded(self, results: dict) -> None:
        for warning in self._warnings:
            log.info(warning)
        self.built.emit(results)

    def _ended(self) -> None:
        self._job = None
        self._show_running(False)

    def _show_running(self, running: bool) -> None:
        self._start.setVisible(not running)
        self._progress.setVisible(running)
        self._cancel.setEnabled(True)
        self._bar.setValue(0)
        self._status.setText("")
        for widget in (self.images, self._add, self._remove, self._reference, self._pixel):
            widget.setEnabled(not running)

    def _list_changed(self) -> None:
        kept = self._reference.currentData()
        with QSignalBlocker(self._reference):
            self._reference.clear()
            self._reference.addItem(tr("Chosen for me"), "")
            for value, words in self.images.ticked_names():
                self._reference.addItem(words, value)
            self._reference.setCurrentIndex(max(0, self._reference.findData(kept)))
        count = self._reference.count() - 1
        self._start.setText(
            tr("Bu&ild the series of {count} images").format(count=count) if count > 1 else tr("Bu&ild")
        )

    def _choose_own(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(
            self, tr("Your own images of the place"), "",
            tr("Images with coordinates (*.tif *.tiff *.jp2 *.cub *.vrt *.img);;All files (*)"),
        )  # fmt: skip
        self.add_own(paths)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        note = QLabel(
            tr(
                "Lays the images on each other to a fraction of a pixel. "
                "One that cannot be laid is left out, with the reason."
            ),
            self,
        )
        note.setWordWrap(True)
        column.addWidget(note)
        self.images = ImageList(self)
        column.addWidget(self.images)
        row = QHBoxLayout()
        self._add = QPushButton(tr("A&dd my own image…"), self)
        self._add.setToolTip(
            tr("Any georeferenced image of the same place (GeoTIFF, JPEG 2000, ISIS cube …), with its date")
        )
        self._add.clicked.connect(self._choose_own)
        self._remove = QPushButton(tr("Remo&ve"), self)
        self._remove.setToolTip(tr("Take the selected images out of the list; no file is deleted"))
        self._remove.clicked.connect(self.images.remove_selected)
        row.addWidget(self._add, 1)
        row.addWidget(self._remove)
        column.addLayout(row)
        form = QFormLayout()
        self._reference = QComboBox(self)
        self._reference.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._reference.setMinimumContentsLength(10)
        self._reference.setToolTip(tr("The image that stays where it is: all others are laid on it"))
        form.addRow(tr("Re&ference"), self._reference)
        self._pixel = QgsDoubleSpinBox(self)
        self._pixel.setRange(0.0, 10_000.0)
        self._pixel.setDecimals(3)
        self._pixel.setSuffix(tr(" m"))
        self._pixel.setSpecialValueText(tr("as the coarsest image"))
        self._pixel.setClearValue(0.0)
        self._pixel.setToolTip(tr("The size on the ground of a pixel of the series, in metres"))
        form.addRow(tr("Pi&xel size"), self._pixel)
        column.addLayout(form)
        self._start = QPushButton(tr("Bu&ild"), self)
        self._start.setToolTip(tr("Build the series in the job's folder; run again, it does only what is missing"))
        self._start.clicked.connect(self.start)
        column.addWidget(self._start)
        self._progress = QWidget(self)
        bars = QVBoxLayout(self._progress)
        bars.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        self._bar = QProgressBar(self._progress)
        self._bar.setRange(0, 1000)
        self._bar.setAccessibleName(tr("Progress of the building"))
        self._bar.setToolTip(tr("How much of the series is built"))
        self._cancel = QPushButton(tr("&Cancel"), self._progress)
        self._cancel.setToolTip(tr("Stop within a second or two; finished images are kept"))
        self._cancel.clicked.connect(self.cancel)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        self._status = QLabel(self._progress)
        self._status.setWordWrap(True)
        bars.addLayout(row)
        bars.addWidget(self._status)
        column.addWidget(self._progress)
        self.images.changed.connect(self._list_changed)
        self._show_running(False)
