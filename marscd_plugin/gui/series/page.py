"""The series page: 1. build, 2. look, 3. compare; then on to the changes."""

from __future__ import annotations

from pathlib import Path

from qgis.gui import QgsCollapsibleGroupBoxBasic
from qgis.PyQt.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ...common.progress import Progress
from ...common.words import Series
from ..compare.panel import ComparePanel
from ..compare.profile_panel import ProfilePanel
from ..page import DockContext, Page
from ..scroll import UprightArea
from ..words import tr
from . import stretch
from .build_box import BuildBox
from .layers import SeriesLayers
from .look_box import LookBox


class SeriesPage(Page):
    """Keeps the dock's series and its layers in step with the job's folder."""

    def __init__(self, context: DockContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._asked = 0
        self._pair_wanted: tuple[str, str] | None = None
        #: The series was just built here: bring it into view.
        self._fresh = False
        #: The layers of the dock's series are being prepared.
        self._on_the_way = False
        self.layers = SeriesLayers(self)
        self.build_box = BuildBox(context, self)
        self.look_box = LookBox(context, self.layers, self)
        self.compare = ComparePanel(context.canvas, self)
        self.profile = ProfilePanel(context, self)
        self._build()
        self.build_box.built.connect(self._built)
        self.build_box.not_built.connect(self._not_built)
        self.build_box.about_to_write.connect(self._close_files)
        self.look_box.open_wanted.connect(lambda folder: self.open_series(folder))
        self.layers.ready.connect(self._layers_ready)
        self.compare.hinted.connect(context.messages.hint)
        self.profile.picked.connect(self.look_box.show_epoch)
        self._links = [
            (self.state.folder_changed, self._folder_changed),
            (self.state.series_changed, self._series_changed),
            (self.state.compare_wanted, self._compare_wanted),
        ]
        for signal, slot in self._links:
            signal.connect(slot)
        if self.state.series is not None:
            self._series_changed()
        else:
            self._folder_changed()

    def shown(self) -> None:
        self.profile.take_out()

    def hidden(self) -> None:
        self.compare.stop()
        self.profile.put_away()

    def release(self) -> None:
        for signal, slot in self._links:
            signal.disconnect(slot)
        self._links = []
        self._asked += 1
        self.layers.stop()
        self.compare.stop()
        self.profile.release()
        self.look_box.stop_time()
        self.build_box.release()

    def open_series(self, folder: Path, quiet: bool = False) -> None:
        """Read a series' folder and make it the dock's. ``quiet``: a folder without one is no failure."""
        self._asked += 1
        number = self._asked
        if quiet and not (folder / "catalog.json").is_file():
            self._take(None, number)
            return
        job = self.context.jobs.background(tr("Opening a series"), lambda progress: _read(folder))
        job.succeeded.connect(lambda series: self._take(series, number))
        job.failed.connect(lambda message: self.context.messages.failure(message) if number == self._asked else None)

    def _take(self, series: Series | None, number: int) -> None:
        if number == self._asked and (series is not None or self.state.series is not None):
            self.state.set_series(series)

    def _folder_changed(self) -> None:
        if self.state.folder is not None:
            self.open_series(self.state.folder.series, quiet=True)

    def _series_changed(self) -> None:
        """The dock's series is another one (built, opened, or set by another page)."""
        self.compare.stop()
        self.profile.clear()
        self.layers.stop()
        series = self.state.series
        self.look_box.set_series(series)
        self._next.setEnabled(series is not None)
        self._sections[0].setCollapsed(series is not None)
        self._asked += 1
        number = self._asked
        self._on_the_way = series is not None
        if series is None:
            return
        job = self.context.jobs.background(
            tr("Finding the brightness stretch"), lambda progress: _measured(series, progress)
        )
        job.succeeded.connect(lambda found: self.layers.show(series, found) if number == self._asked else None)
        job.failed.connect(lambda message: self.context.messages.failure(message) if number == self._asked else None)

    def _layers_ready(self) -> None:
        series = self.state.series
        self._on_the_way = False
        if series is None:
            return
        wanted, self._pair_wanted = self._pair_wanted, None
        before, after = wanted or _first_pair(series)
        self.compare.choose(self.layers.layer(before), self.layers.layer(after))
        if self._fresh or not self.look_box.in_view:
            self._fresh = False
            self.look_box.zoom()
        if wanted is not None:
            self._compare_wanted(*wanted)

    def _compare_wanted(self, before: str, after: str) -> None:
        first, second = self.layers.layer(before), self.layers.layer(after)
        self._sections[2].setCollapsed(False)
        if first is None or second is None:
            if self._on_the_way or self.state.series is None:
                self._pair_wanted = (before, after)
                return
            self.context.messages.hint(
                tr("{before} and {after} are not in this series: open or build the one they are in.").format(
                    before=before, after=after
                )
            )
            return
        self.compare.choose(first, second)
        self.compare.start_blink()

    def _built(self, results: dict) -> None:
        self._fresh = True
        self.open_series(Path(results["SERIES"]))
        self.context.messages.news(
            tr("The series is built: {count} images lie on each other.").format(count=results["EPOCHS"])
        )

    def _close_files(self, folder: Path) -> None:
        self.compare.stop()
        self.layers.drop(folder)

    def _not_built(self) -> None:
        """Layers that went for the building's sake come back."""
        if self.state.series is not None and not self.layers.all:
            self._series_changed()

    def _build(self) -> None:
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(2, 2, 2, 2)
        self._sections = []
        for title, content in (
            (tr("1  Build"), self.build_box),
            (tr("2  Look"), self.look_box),
            (tr("3  Compare two images"), self.compare),
            (tr("4  Follow a point through time"), self.profile),
        ):
            box = QgsCollapsibleGroupBoxBasic(title, inner)
            inside = QVBoxLayout(box)
            inside.setContentsMargins(6, 6, 6, 6)
            inside.addWidget(content)
            self._sections.append(box)
            column.addWidget(box)
        column.addStretch(1)
        scroll = UprightArea(self)
        scroll.setWidget(inner)
        self._next = QPushButton(tr("&Next: detect changes"), self)
        self._next.setToolTip(tr("Let a model compare two of these images and outline what changed"))
        self._next.setEnabled(False)
        self._next.clicked.connect(lambda: self.state.page_wanted.emit("changes"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll, 1)
        whole.addWidget(self._next)


def _read(folder: Path) -> Series:
    from ...series.build import open_series

    return open_series(folder)


def _measured(series: Series, progress: Progress) -> stretch.Stretches:
    return stretch.measure(series, progress)


def _first_pair(series: Series) -> tuple[str, str]:
    """The pair that compares best; the first and the last where none was planned."""
    if series.pairs:
        return series.pairs[0].before, series.pairs[0].after
    return series.epochs[0].product_id, series.epochs[-1].product_id
