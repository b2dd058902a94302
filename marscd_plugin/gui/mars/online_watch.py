"""What happens when an online map stops answering: no pile of red bars, one line, and the offline picture shows.

GDAL's WMS driver can be told to draw nothing for an HTTP status, but not for a network that is gone: each missing tile
is an error then, which QGIS shows in its message bar.
"""

from __future__ import annotations

import time
from typing import Any

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from .. import layers
from . import tiles

#: So many failed drawings, each within so many seconds of the one before, and the map is switched off.
_FAILURES, _SECONDS = 3, 60.0
#: Enough of a message to know it again.
_BEGINNING = 60


class OnlineWatch(QObject):
    """Listens to the canvas's drawing errors until ``release``; touches only those of our own online maps."""

    #: The title of a map that was switched off.
    lost = pyqtSignal(str)

    def __init__(self, canvas: Any, bar: Any, role: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas, self._bar, self._role = canvas, bar, role
        self._failed: dict[str, tuple[int, float]] = {}
        self._told: list[str] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._take)
        canvas.renderErrorOccurred.connect(self._error)

    def release(self) -> None:
        self._soon.stop()
        self._canvas.renderErrorOccurred.disconnect(self._error)

    def _error(self, text: str, layer: Any) -> None:
        key = layer.customProperty(layers.KEY) if layer is not None else None
        if key not in {t.key for t in tiles.ALL} or layer.customProperty(layers.ROLE) != self._role:
            return
        self._told.append(text)
        self._take()
        # QGIS's own listener may come after this one.
        self._soon.start()
        count, last = self._failed.get(key, (0, 0.0))
        now = time.monotonic()
        count = count + 1 if now - last < _SECONDS else 1
        self._failed[key] = (count, now)
        if count >= _FAILURES:
            del self._failed[key]
            node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
            if node is not None:
                node.setItemVisibilityChecked(False)
            self.lost.emit(layer.name())

    def _take(self) -> None:
        """Close the bars about these errors."""
        starts = {text.strip()[:_BEGINNING] for text in self._told}
        for item in self._bar.items():
            if item.text().strip()[:_BEGINNING] in starts:
                self._bar.popWidget(item)
        del self._told[:-20]
