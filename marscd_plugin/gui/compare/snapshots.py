"""Two layers drawn once, in the background, as pictures of what the canvas shows: what blink and swipe put on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qgis.core import QgsMapLayer, QgsMapRendererParallelJob, QgsMapSettings, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QImage

#: Milliseconds that the map must stand still before it is drawn again.
_CALM = 150

#: Drawings that were given up but still run: they may not be deleted before they end (that would wait for them).
_ending: set[Any] = set()


@dataclass(frozen=True)
class Snapshot:
    """A picture and the rectangle it covers, in map units (before the canvas's rotation)."""

    image: QImage
    extent: QgsRectangle


class Snapshots(QObject):
    """Pictures of layer A and of layer B, kept in step with the canvas."""

    #: Both pictures are there, of one extent.
    changed = pyqtSignal()
    #: One of the layers was removed.
    gone = pyqtSignal()

    def __init__(self, canvas: Any, layers: Sequence[QgsMapLayer], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.layers = tuple(layers)
        self.pictures: tuple[Snapshot, ...] = ()
        self._jobs: dict[Any, int] = {}
        self._drawn: dict[int, Snapshot] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_CALM)
        self._timer.timeout.connect(self._draw)
        self._links: list[tuple[Any, Any]] = []

    def start(self) -> None:
        """Draw now, and again whenever the map moves or a layer changes."""
        signals = [
            self._canvas.extentsChanged,
            self._canvas.rotationChanged,
            self._canvas.destinationCrsChanged,
            *(layer.repaintRequested for layer in self.layers),
        ]
        for signal in signals:
            self._link(signal, self._later)
        for layer in self.layers:
            self._link(layer.willBeDeleted, self._lost)
        self._draw()

    def stop(self) -> None:
        """Hear nothing more, draw nothing more."""
        self._timer.stop()
        for signal, slot in self._links:
            try:
                signal.disconnect(slot)
            except (TypeError, RuntimeError):
                # The layer, and with it the connection, is gone already.
                continue
        self._links.clear()
        self._give_up()

    def _link(self, signal: Any, slot: Any) -> None:
        signal.connect(slot)
        self._links.append((signal, slot))

    def _later(self, *_: Any) -> None:
        self._timer.start()

    def _lost(self) -> None:
        self.stop()
        self.gone.emit()

    def _draw(self) -> None:
        self._give_up()
        if self._canvas.width() < 2 or self._canvas.height() < 2 or self._canvas.extent().isEmpty():
            return
        # Outlines and points stay above both pictures: they are what the eye compares against.
        above = [layer for layer in self._canvas.layers() if isinstance(layer, QgsVectorLayer)]
        for number, layer in enumerate(self.layers):
            job = QgsMapRendererParallelJob(self._settings([*above, layer]))
            self._jobs[job] = number
            job.finished.connect(lambda job=job: self._done(job))
        for job in list(self._jobs):
            job.start()

    def _settings(self, layers: list[QgsMapLayer]) -> QgsMapSettings:
        settings = QgsMapSettings(self._canvas.mapSettings())
        settings.setLayers(layers)
        # The time slider must not empty a picture: which epochs are compared was chosen here.
        settings.setIsTemporal(False)
        return settings

    def _done(self, job: Any) -> None:
        _ending.discard(job)
        number = self._jobs.pop(job, None)
        if number is None:
            return
        settings = job.mapSettings()
        self._drawn[number] = Snapshot(job.renderedImage(), _covered(settings))
        if len(self._drawn) == len(self.layers):
            self.pictures = tuple(self._drawn[i] for i in range(len(self.layers)))
            self._drawn = {}
            self.changed.emit()

    def _give_up(self) -> None:
        for job in self._jobs:
            if job.isActive():
                _ending.add(job)
                job.cancelWithoutBlocking()
        self._jobs.clear()
        self._drawn = {}


def _covered(settings: QgsMapSettings) -> QgsRectangle:
    """The rectangle that, put on the canvas by its upper-left corner and turned with it, is the picture's place."""
    corner = settings.mapToPixel().toMapCoordinates(0, 0)
    unit = settings.mapUnitsPerPixel()
    size = settings.outputSize()
    return QgsRectangle(corner.x(), corner.y() - size.height() * unit, corner.x() + size.width() * unit, corner.y())
