"""From change to change on the map: zoom to one, flash it, keep table and map selection in step."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from qgis.core import QgsCoordinateTransform, QgsCsException, QgsProject, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import QObject

from .rows import Change

#: A change is shown with so much ground around it: times its own size, and at least so many pixels of the map's units.
_AROUND = 4.0
_LEAST_WIDTH = 40.0


class Navigator(QObject):
    """Watches one layer of changes. ``on_selected(fids)`` is called when the map's selection changes."""

    def __init__(self, canvas: Any, on_selected: Callable[[list[int]], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas, self._on_selected = canvas, on_selected
        self._layer: QgsVectorLayer | None = None
        self._telling = False

    @property
    def layer(self) -> QgsVectorLayer | None:
        return self._layer

    def watch(self, layer: QgsVectorLayer | None) -> None:
        """Follow that layer's selection, and no other's."""
        if self._layer is layer:
            return
        if self._layer is not None:
            self._layer.selectionChanged.disconnect(self._selected)
            self._layer.willBeDeleted.disconnect(self._gone)
        self._layer = layer
        if layer is not None:
            layer.selectionChanged.connect(self._selected)
            layer.willBeDeleted.connect(self._gone)

    def select(self, fids: Iterable[int]) -> None:
        """Select on the map, without hearing of it."""
        if self._layer is None:
            return
        self._telling = True
        try:
            self._layer.selectByIds(list(fids))
        finally:
            self._telling = False

    def go(self, change: Change) -> None:
        """Zoom to a change and flash it."""
        if self._layer is None:
            return
        self._canvas.setExtent(self._view(change, self._layer))
        self._canvas.refresh()
        self._canvas.flashFeatureIds(self._layer, [change.fid])

    def _view(self, change: Change, layer: QgsVectorLayer) -> QgsRectangle:
        left, bottom, right, top = change.box
        box = QgsRectangle(left, bottom, right, top)
        least = _LEAST_WIDTH if not layer.crs().isGeographic() else _LEAST_WIDTH / 59275.0
        wide = max(box.width() * _AROUND, box.height() * _AROUND, least)
        centre = box.center()
        box = QgsRectangle(centre.x() - wide / 2, centre.y() - wide / 2, centre.x() + wide / 2, centre.y() + wide / 2)
        target = self._canvas.mapSettings().destinationCrs()
        transform = QgsCoordinateTransform(layer.crs(), target, QgsProject.instance())
        if not transform.isValid():
            return box
        try:
            return transform.transformBoundingBox(box)
        except QgsCsException:
            return box

    def _selected(self, *_: Any) -> None:
        if not self._telling and self._layer is not None:
            self._on_selected(list(self._layer.selectedFeatureIds()))

    def _gone(self) -> None:
        self._layer = None
