"""Where to search: automatic, or one source; and the offline index, with which no network is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ...common.words import SOURCES
from ...processing.stored import current_settings
from ..jobs import Job, Jobs
from ..words import tr

if TYPE_CHECKING:
    from ...archives.offline import IndexState

#: The instruments that have an index.
_INDEXED = ("HIRISE", "CTX")


def titles() -> dict[str, tuple[str, str]]:
    """Source -> (title, what it is)."""
    return {
        "AUTO": (tr("Automatic"), tr("The first that answers of: ODE, USGS, offline index, HiRISE names")),
        "ODE": (
            tr("ODE (Washington University)"),
            tr("The Orbital Data Explorer: HiRISE, CTX and CRISM, whole and up to date"),
        ),
        "STAC": (
            tr("USGS analysis-ready images"),
            tr("Images that are map-projected already; read in windows, so only your area is fetched; until 2023"),
        ),
        "INDEX": (
            tr("Offline index"),
            tr("The archives' own lists on this computer: a search without any network; HiRISE and CTX"),
        ),
        "NAMES": (
            tr("HiRISE names"),
            tr("Names of images are worked out from the orbits over your area and tried one by one; slow"),
        ),
    }


class SourceBox(QgsCollapsibleGroupBox):
    """``chosen`` carries the source."""

    chosen = pyqtSignal(str)
    failed = pyqtSignal(str)
    #: The index is new: what it says in words.
    updated = pyqtSignal(str)

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job | None = None
        self._instruments: tuple[str, ...] = ("HIRISE",)
        self._looking = 0
        words = titles()
        self.source = QComboBox(self)
        for name in SOURCES:
            self.source.addItem(words[name][0], name)
        self.source.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.source.setMinimumContentsLength(12)
        self.source.setToolTip(tr("Which archive is asked; Automatic says afterwards which one answered"))
        self.source.activated.connect(lambda _: self._choose())
        label = QLabel(tr("Sear&ch in"), self)
        label.setBuddy(self.source)
        self.about = _small(self)
        self.index = _small(self)
        self.index.setAccessibleName(tr("State of the offline index"))
        self.update_button = QPushButton(tr("&Update the index"), self)
        self.update_button.setToolTip(
            tr("Bring the archives' lists of the ticked instruments to this computer, where they are newer there")
        )
        self.update_button.clicked.connect(self.update_index)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 100)
        self.bar.setAccessibleName(tr("Progress of the index"))
        self.stop = QPushButton(tr("Cancel"), self)
        self.stop.setToolTip(tr("Stop; the index that was here stays as it was"))
        self.stop.clicked.connect(self._cancel)
        first, last = QHBoxLayout(), QHBoxLayout()
        first.addWidget(label)
        first.addWidget(self.source, 1)
        last.addWidget(self.update_button)
        last.addWidget(self.bar, 1)
        last.addWidget(self.stop)
        # Unfolding shows every child of the box itself, also those that are to be hidden.
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(4, 4, 4, 4)
        column.addLayout(first)
        column.addWidget(self.about)
        column.addWidget(self.index)
        column.addLayout(last)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(inside)
        self.setCollapsed(True)
        self.show_choice("AUTO", self._instruments)
        self._show_running(False)

    def fields(self) -> list[QWidget]:
        """In the order of the Tab key."""
        return [self.source, self.update_button]

    def show_choice(self, source: str, instruments: tuple[str, ...]) -> None:
        """What the job asks for."""
        self._instruments = instruments
        self.source.setCurrentIndex(max(0, self.source.findData(source)))
        title, about = titles()[source]
        self.setTitle(tr("From: {source}").format(source=title))
        self.about.setText(about)

    def look(self) -> None:
        """Say what the index holds, read off the main thread."""
        self._looking += 1
        number = self._looking

        def read(_progress: Any) -> dict[str, IndexState | None]:
            from ...archives.offline import index_state

            settings = current_settings()
            return {name: index_state(settings, name) for name in _INDEXED}

        job = self._jobs.background(tr("Look at the offline index"), read)
        job.succeeded.connect(lambda states: self._looked(number, states, ""))
        job.failed.connect(lambda why: self._looked(number, {}, why))

    def _looked(self, number: int, states: dict[str, Any], why: str) -> None:
        if number != self._looking:
            return
        if why:
            self.index.setText(why)
        else:
            self._show_states(states)

    def update_index(self) -> None:
        """Bring the lists of the ticked instruments that have one."""
        wanted = [name for name in self._instruments if name in _INDEXED]
        if self._job is not None:
            return
        if not wanted:
            self.failed.emit(tr("CRISM's archive has no one list; tick HiRISE or CTX for the offline index."))
            return
        self._job = job = self._jobs.algorithm("marscd:updateindex", {"INSTRUMENT": wanted}, tr("Updating the index"))
        self._show_running(True)
        job.progressed.connect(lambda share: self.bar.setValue(round(100 * share)))
        job.said.connect(self.index.setText)
        job.succeeded.connect(self._updated)
        job.failed.connect(self.failed)
        job.ended.connect(lambda: self._ended(job))

    def release(self) -> None:
        """No more signals; what runs is stopped."""
        self.blockSignals(True)
        self._looking += 1
        if self._job is not None:
            self._job.cancel()

    def _choose(self) -> None:
        source = self.source.currentData()
        self.show_choice(source, self._instruments)
        self.chosen.emit(source)

    def _updated(self, results: dict) -> None:
        count = f"{results['COUNT']:,}"
        text = (
            tr("The index is new: {count} products.")
            if results["UPDATED"]
            else tr("The index was up to date: {count} products.")
        )
        self.updated.emit(text.format(count=count))

    def _ended(self, job: Job) -> None:
        if self._job is job:
            self._job = None
            self._show_running(False)
            self.look()

    def _cancel(self) -> None:
        self.stop.setEnabled(False)
        if self._job is not None:
            self._job.cancel()

    def _show_running(self, running: bool) -> None:
        self.update_button.setEnabled(not running)
        for widget in (self.bar, self.stop):
            widget.setVisible(running)
        self.bar.setValue(0)
        self.stop.setEnabled(running)

    def _show_states(self, states: dict[str, Any]) -> None:
        lines = []
        for name, state in states.items():
            title = {"HIRISE": "HiRISE", "CTX": "CTX"}[name]
            if state is None:
                lines.append(tr("{instrument}: no index here yet.").format(instrument=title))
            else:
                lines.append(
                    tr("{instrument}: {count} products, list of {day}.").format(
                        instrument=title, count=f"{state.rows:,}", day=state.built[:10]
                    )
                )
        self.index.setText("\n".join(lines))


def _small(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setWordWrap(True)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * 0.9)
    label.setFont(font)
    return label
