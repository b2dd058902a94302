"""Step two of the series page: the epochs, how they are shown on the map, and stepping through time."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QDateTime, QSignalBlocker, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QDockWidget,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...common.words import Series
from ..page import DockContext
from ..words import tr
from . import temporal
from .epochs import EpochList
from .layers import SeriesLayers
from .temporal import TimeSlider


class LookBox(QWidget):
    """The series that is open."""

    #: A folder that the user chose to open as a series.
    open_wanted = pyqtSignal(Path)

    def __init__(self, context: DockContext, layers: SeriesLayers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._layers = layers
        self._series: Series | None = None
        #: QGIS's temporal panel, where it was us who opened it.
        self._panel: QDockWidget | None = None
        self.slider = TimeSlider(context.canvas, self)
        self._build()
        layers.ready.connect(self._layers_ready)
        self.slider.stepped.connect(self._stepped)
        self.set_series(None)

    def set_series(self, series: Series | None) -> None:
        """Show this one."""
        if series is None or self._series is None or series.folder != self._series.folder:
            self.stop_time()
        self._series = series
        self.epochs.set_series(series)
        self._about.setText(about(series))
        for widget in (self._same, self._time, self._zoom, self._report, self._earlier, self._later, self._all):
            widget.setEnabled(series is not None)

    def show_epoch(self, product_id: str) -> None:
        """Bring one epoch to the eye: by the time slider where that runs, else by its tick in the layer tree."""
        if self._series is None or not product_id:
            return
        self.epochs.set_current(product_id)
        if self.slider.running:
            self.slider.go_to(self._series.epoch(product_id).time)
        else:
            self._layers.show_only(product_id)

    def stop_time(self) -> None:
        """Give the time slider back."""
        self.slider.stop()
        panel, self._panel = self._panel, None
        if panel is not None:
            panel.hide()
        with QSignalBlocker(self._time):
            self._time.setChecked(False)

    def zoom(self) -> None:
        """The whole series on the map."""
        if self._series is None or not self._layers.all:
            return
        layer = self._layers.all[0]
        canvas = self._context.canvas
        extent = canvas.mapSettings().layerExtentToOutputExtent(layer, layer.extent())
        if not extent.isEmpty() and extent.isFinite():
            extent.scale(1.05)
            canvas.setExtent(extent)
            canvas.refresh()

    @property
    def in_view(self) -> bool:
        """Whether the map shows any of the series."""
        if not self._layers.all:
            return False
        layer = self._layers.all[0]
        extent = self._context.canvas.mapSettings().layerExtentToOutputExtent(layer, layer.extent())
        return extent.intersects(self._context.canvas.extent())

    def _layers_ready(self) -> None:
        with QSignalBlocker(self._same):
            self._same.setChecked(self._layers.same_stretch)

    def _step(self, by: int) -> None:
        self.show_epoch(self.epochs.step(by))

    def _show_all(self) -> None:
        self._layers.show_all()

    def _through_time(self, wanted: bool) -> None:
        if not wanted:
            self.stop_time()
            return
        if self._series is None:
            return
        self._layers.show_all()
        if not self.slider.start([e.time for e in self._series.epochs]):
            self.stop_time()
            self._context.messages.hint(tr("This map has no time slider; use the arrows to step through the images."))
            return
        self.epochs.set_current(self._series.epochs[0].product_id)
        panel = self._context.iface.mainWindow().findChild(QDockWidget, "Temporal Controller")
        if panel is not None and not panel.isVisible():
            # QGIS's own: its play button and slider now step through these images.
            panel.show()
            self._panel = panel
        self._context.messages.hint(
            tr("One image at a time: step with ◀ ▶, or play them in QGIS's Temporal Controller.")
        )

    def _stepped(self, begin: QDateTime) -> None:
        """The list follows the slider."""
        for epoch in self._series.epochs if self._series is not None else ():
            if temporal.as_qt(epoch.time) == begin:
                self.epochs.set_current(epoch.product_id)

    def _open_report(self) -> None:
        if self._series is None:
            return
        report = self._series.folder / "report.html"
        if not report.is_file() or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(report.resolve()))):
            self._context.messages.failure(
                tr("The report {path} could not be opened.").format(path=report),
                tr("Open it with a web browser, or build the series again if it is missing."),
            )

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Folder of a series (with catalog.json in it)"))
        if folder:
            self.open_wanted.emit(Path(folder))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        self._about = QLabel(self)
        self._about.setWordWrap(True)
        other = QToolButton(self)
        other.setIcon(QgsApplication.getThemeIcon("/mActionFileOpen.svg"))
        other.setAccessibleName(tr("Open another series"))
        other.setToolTip(tr("Open a series that was built before, from its folder"))
        other.clicked.connect(self._choose_folder)
        row.addWidget(self._about, 1)
        row.addWidget(other)
        column.addLayout(row)
        self.epochs = EpochList(self)
        self.epochs.setToolTip(tr("Double-click, or Enter: show only this image on the map"))
        self.epochs.chosen.connect(self.show_epoch)
        column.addWidget(self.epochs)
        row = QHBoxLayout()
        self._earlier = self._tool("◀", tr("Earlier image"), tr("Show the image before this one on the map"))
        self._earlier.clicked.connect(lambda: self._step(-1))
        self._later = self._tool("▶", tr("Later image"), tr("Show the image after this one on the map"))
        self._later.clicked.connect(lambda: self._step(1))
        self._all = self._tool(tr("A&ll"), tr("All images"), tr("Tick all images again in the Layers panel"))
        self._all.clicked.connect(self._show_all)
        self._zoom = self._tool("", tr("Zoom to the series"), tr("Zoom the map to the series"))
        self._zoom.setIcon(QgsApplication.getThemeIcon("/mActionZoomToLayer.svg"))
        self._zoom.clicked.connect(self.zoom)
        self._time = QPushButton(tr("&Time slider"), self)
        self._time.setIcon(QgsApplication.getThemeIcon("/propertyicons/temporal.svg"))
        self._time.setCheckable(True)
        self._time.setToolTip(
            tr("Let QGIS's time slider choose the image: one step an image. Press again to see all of time at once.")
        )
        self._time.toggled.connect(self._through_time)
        for widget in (self._earlier, self._later, self._all, self._zoom):
            row.addWidget(widget)
        row.addWidget(self._time, 1)
        column.addLayout(row)
        row = QHBoxLayout()
        self._same = QCheckBox(tr("One &stretch for all"), self)
        self._same.setChecked(True)
        self._same.setToolTip(
            tr(
                "On: black and white mean the same in every image, so that what looks darker is darker. "
                "Off: each image by its own darkest and brightest, which shows more in a pale one."
            )
        )
        self._same.toggled.connect(self._layers.set_same_stretch)
        self._report = QPushButton(tr("&Report"), self)
        self._report.setToolTip(
            tr("How each image was laid on the reference, with figures and pictures (in your browser)")
        )
        self._report.clicked.connect(self._open_report)
        row.addWidget(self._same, 1)
        row.addWidget(self._report)
        column.addLayout(row)

    def _tool(self, words: str, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(words)
        button.setAccessibleName(name)
        button.setToolTip(tip)
        return button


def about(series: Series | None) -> str:
    """One line on the whole."""
    if series is None:
        return tr("No series yet: build one above, or open one that was built before.")
    words = tr("{count} images on one grid").format(count=len(series.epochs))
    if series.grid.crs:
        words += ", " + tr("{size} m a pixel").format(size=f"{series.grid.pixel_size:g}")
    if series.refused:
        words += ", " + tr("{count} left out").format(count=len(series.refused))
    return words + "."
