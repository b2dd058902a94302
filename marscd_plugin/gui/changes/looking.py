"""Between the results panel and the map: layers, rows, selection, threshold, export, report of the shown pair."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from qgis.PyQt.QtCore import QObject, QTimer, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices

from ...common.errors import MarscdError
from ..page import DockContext
from ..state import ComparedPair
from ..words import tr
from . import map_layers
from .exporter import Exporter
from .navigate import Navigator
from .queue import change_map, compared
from .results import ResultsPanel
from .rows import Change, read_rows, stretch_of
from .stored import replaced

log = logging.getLogger(__name__)


class Looking(QObject):
    """One pair is shown at a time: its folder is ``_place``."""

    #: A pair's layers are on the map and its rows in the table.
    shown = pyqtSignal(object)
    #: The shown pair's files are about to go, or another folder was opened.
    left = pyqtSignal()

    def __init__(self, context: DockContext, panel: ResultsPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._panel = context, panel
        self._pairs: tuple[ComparedPair, ...] = ()
        self._place: Path | None = None
        self._loaded: ComparedPair | None = None
        self._let_go: Path | None = None
        self._busy = False
        self._asked = 0
        self._steps: list[Callable[[], None]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next_step)
        self._navigator = Navigator(context.canvas, panel.select, self)
        panel.pair_wanted.connect(self._pair_chosen)
        panel.change_wanted.connect(self._go)
        panel.selected.connect(self._select)
        panel.threshold.preview_wanted.connect(self._preview)
        panel.threshold.apply_wanted.connect(self._apply)
        panel.report_wanted.connect(self._report)
        self.exporter = Exporter(context, panel, self)
        panel.export_wanted.connect(lambda kind: self.exporter.start(kind, self.pair))
        panel.image_wanted.connect(self._show_image)

    @property
    def pair(self) -> ComparedPair | None:
        """The pair that is shown."""
        return next((p for p in self._pairs if p.folder == self._place), None)

    def set_pairs(self, pairs: tuple[ComparedPair, ...], labels: list[tuple[str, str]]) -> None:
        """The finished pairs; the newest is shown where the former is gone."""
        self._pairs = pairs
        if self.pair is None:
            self._place = pairs[-1].folder if pairs else None
        index = next((i for i, p in enumerate(pairs) if p.folder == self._place), -1)
        self._panel.set_pairs(labels, index)
        if self._panel.isVisible() and not self._busy:
            self.show_current()

    def choose(self, place: Path) -> None:
        """Show that pair next."""
        self._place = place
        index = next((i for i, p in enumerate(self._pairs) if p.folder == place), -1)
        if index >= 0:
            blocked = self._panel.pairs.blockSignals(True)
            self._panel.pairs.setCurrentIndex(index)
            self._panel.pairs.blockSignals(blocked)

    def forget(self) -> None:
        """Another folder: nothing of the former is shown."""
        self._stop_steps()
        self._place = self._loaded = None
        self._asked += 1
        self._navigator.watch(None)
        self.left.emit()

    def show_current(self) -> None:
        """Layers on the map, rows in the table."""
        pair = self.pair
        if pair is None:
            return
        self._show_layers(pair)

    def _show_layers(self, pair: ComparedPair) -> None:
        dates = map_layers.dates_of(pair, self._times())
        self._steps = [partial(map_layers.show, pair, role, dates) for role in map_layers.ROLES]
        self._steps.append(partial(self._shown, pair))
        self._timer.start()

    def _next_step(self) -> None:
        """One layer each turn of the event loop, so that the window stays awake."""
        if not self._steps:
            self._timer.stop()
            return
        try:
            self._steps.pop(0)()
        except MarscdError as error:
            self._stop_steps()
            self._context.messages.error(error)

    def _stop_steps(self) -> None:
        self._timer.stop()
        self._steps = []

    def _shown(self, pair: ComparedPair) -> None:
        """The pair's layers are there: images below them, the table, the view."""
        map_layers.raise_group(pair)
        map_layers.only(pair)
        series = self._context.state.series
        epochs = {e.product_id: e for e in series.epochs} if series else {}
        images = map_layers.missing({i: str(epochs[i].raster) for i in (pair.after, pair.before) if i in epochs})
        if images:
            self._show_images(pair, images)
        else:
            self._show_image(self._panel.before_shown)
        self._navigator.watch(map_layers.find(pair, "polygons"))
        probability = map_layers.find(pair, "probability")
        if pair is not self._loaded and probability is not None:
            self._zoom(probability)
            self._read(pair)

    def let_go(self, place: Path) -> None:
        """That pair's files will be replaced: take its layers away until ``take_back``."""
        self._stop_steps()
        if place == self._place:
            self.left.emit()
        pair = next((p for p in self._pairs if p.folder == place), None)
        if pair is not None:
            if place == self._place:
                self._navigator.watch(None)
                self._loaded = None
            if map_layers.take_away(pair):
                self._let_go = place

    def take_back(self) -> None:
        """Show again what ``let_go`` took away (the new files, or the old ones where the run failed)."""
        pair = next((p for p in self._pairs if p.folder == self._let_go), None)
        self._let_go = None
        if pair is not None and pair.folder == self._place:
            self.show_current()

    def release(self) -> None:
        """Listen to no layer any more."""
        self._stop_steps()
        self._asked += 1
        self._navigator.watch(None)

    # Reading

    def _read(self, pair: ComparedPair) -> None:
        self._asked += 1
        asked = self._asked
        self._panel.threshold.set_share(None)
        change = change_map(pair)

        def rows_read(rows: list[Change]) -> None:
            if asked == self._asked:
                self._loaded = pair
                self._panel.set_change(change, rows)
                self.shown.emit(pair)
                if self._navigator.layer is not None:
                    self._panel.select(list(self._navigator.layer.selectedFeatureIds()))

        def counted(histogram) -> None:
            if asked == self._asked:
                self._panel.threshold.set_share(histogram.share_from)

        def count(progress):
            from ...workflows.compared import histogram

            return histogram(pair.probability, progress)

        job = self._context.jobs.background(tr("Read the changes"), lambda p: read_rows(pair.polygons, p))
        job.succeeded.connect(rows_read)
        job.failed.connect(lambda message: self._context.messages.failure(message))
        self._context.jobs.background(tr("Count probabilities"), count).succeeded.connect(counted)

    def _show_images(self, pair: ComparedPair, images: dict[str, str]) -> None:
        """Where nobody shows the two images, we do; their stretch is read first."""

        def shown(span: tuple[float, float]) -> None:
            if pair is self.pair:
                map_layers.show_images(pair, map_layers.missing(images), *span)
                self._show_image(self._panel.before_shown)

        job = self._context.jobs.background(tr("Read the images"), lambda _: stretch_of(images[min(images)]))
        job.succeeded.connect(shown)

    def _times(self) -> dict:
        series = self._context.state.series
        return {e.product_id: e.time for e in series.epochs} if series else {}

    def _zoom(self, layer) -> None:
        """To the pair, where the map does not show it."""
        from qgis.core import QgsCoordinateTransform, QgsCsException, QgsProject

        canvas = self._context.canvas
        target = canvas.mapSettings().destinationCrs()
        transform = QgsCoordinateTransform(layer.crs(), target, QgsProject.instance())
        try:
            box = transform.transformBoundingBox(layer.extent()) if transform.isValid() else layer.extent()
        except QgsCsException:
            return
        shown = canvas.extent()
        seen = shown.intersect(box)
        area = seen.width() * seen.height()
        if area < 0.05 * box.width() * box.height() or area < 0.01 * shown.width() * shown.height():
            box.scale(1.05)
            canvas.setExtent(box)
            canvas.refresh()

    # The panel's wishes

    def _pair_chosen(self, index: int) -> None:
        if 0 <= index < len(self._pairs):
            self._panel.threshold.put_back()
            self._place = self._pairs[index].folder
            self.show_current()

    def _go(self, change: Change) -> None:
        if self._navigator.layer is None:
            self.show_current()
        self._navigator.select([change.fid])
        self._navigator.go(change)

    def _show_image(self, before: bool) -> None:
        """Before or After under the outlines."""
        pair = self.pair
        if pair is not None and not map_layers.show_image(pair.before if before else pair.after):
            log.debug("neither image of %s stands in the project", pair.folder.name)

    def _select(self, fids: list[int]) -> None:
        self._navigator.select(fids)

    def _preview(self, threshold: float | None) -> None:
        if self.pair is not None:
            map_layers.preview(self.pair, threshold)

    def _apply(self, threshold: float) -> None:
        """Mask and outlines at another threshold, in the background; the network does not run."""
        pair = self.pair
        if pair is None or self._busy:
            return
        series = self._context.state.series
        epochs = {e.product_id: str(e.raster) for e in series.epochs} if series else {}
        images = (epochs.get(pair.before, ""), epochs.get(pair.after, ""))
        self._busy = True
        self._panel.set_busy(True)
        self.let_go(pair.folder)

        def work(progress) -> ComparedPair:
            from ...workflows.compared import recut_pair, report_pair

            change = recut_pair(pair.folder, threshold, None, images, progress)
            report_pair(pair.folder, change, series)
            return compared(pair.folder, change)

        job = self._context.jobs.background(tr("Apply the threshold"), work, hidden=False)
        running = self._panel.running
        running.begin(tr("Making mask and outlines at {threshold}").format(threshold=f"{threshold:g}"))
        running.cancel_wanted.connect(job.cancel)
        job.progressed.connect(lambda fraction: running.tell(fraction, ""))
        job.said.connect(lambda text: running.text.setText(text))
        job.succeeded.connect(lambda made: self._context.state.set_pairs(replaced(self._pairs, made)))
        job.failed.connect(lambda message: self._context.messages.failure(message))
        job.stopped.connect(lambda: self._context.messages.hint(tr("Stopped; the former mask and outlines stand.")))
        job.ended.connect(lambda: self._applied(job))

    def _applied(self, job) -> None:
        self._panel.running.cancel_wanted.disconnect(job.cancel)
        self._panel.running.end()
        self._busy = False
        self._panel.set_busy(False)
        self._let_go = None
        self.show_current()

    def _report(self) -> None:
        pair = self.pair
        if pair is None:
            return
        path = pair.folder / "report.html"
        if path.is_file():
            self._open(path)
            return
        series = self._context.state.series
        change = change_map(pair)

        def work(progress) -> Path:
            from ...workflows.compared import report_pair

            return report_pair(pair.folder, change, series)

        job = self._context.jobs.background(tr("Write the report"), work)
        job.succeeded.connect(self._open)
        job.failed.connect(lambda message: self._context.messages.failure(message))

    def _open(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._context.messages.hint(tr("No web browser was found. The report is {path}").format(path=path))
