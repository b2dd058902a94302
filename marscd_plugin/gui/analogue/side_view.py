"""A map of its own beside QGIS's: for an image on another body than the project's map.

The project's CRS is one body's. To switch it for each match would take the other image off the map, and QGIS would draw
one planet's coordinates on the other's (it leaves them as they are). So the other body gets a canvas of its own, in its
image's CRS, which shows nothing but that image and what was found in it.
"""

from __future__ import annotations

from typing import Any

from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsMapLayer, QgsProject, QgsRectangle
from qgis.gui import QgsDockWidget, QgsMapCanvas, QgsMapCanvasSnappingUtils, QgsMapToolPan
from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ..words import tr

OBJECT_NAME = "MarscdSideView"


class SideView(QObject):
    """Made when it is first needed; ``release`` takes it off QGIS's window."""

    #: The user closed it, or it came up.
    visible_changed = pyqtSignal(bool)
    #: It shows something else.
    moved = pyqtSignal()

    def __init__(self, iface: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._iface = iface
        self._dock: QgsDockWidget | None = None
        self._image = ""
        self._layers: list[str] = []
        self.canvas: QgsMapCanvas | None = None

    @property
    def visible(self) -> bool:
        return self._dock is not None and not self._dock.isHidden()

    def show_image(self, layer: QgsMapLayer, title: str, words: str, results: list[QgsMapLayer]) -> None:
        """Bring the view to the front with ``results`` (the first on top) over ``layer``; another image is shown
        whole, the same one as it stands. ``words``: what is known of the image."""
        canvas = self._need()
        assert self._dock is not None
        self._title.setText(words)
        self._dock.setWindowTitle(title)
        if self._image != layer.id():
            self._image = layer.id()
            canvas.setDestinationCrs(layer.crs() if layer.crs().isValid() else QgsCoordinateReferenceSystem())
            self._set([*results, layer])
            canvas.setExtent(_wider(layer.extent()))
        else:
            self._set([*results, layer])
        if self._dock.isHidden():
            self._dock.setUserVisible(True)
        canvas.refresh()

    def shows(self, layer_id: str) -> bool:
        """Whether it is this image's view now."""
        return self.visible and self._image == layer_id

    def zoom_to_image(self) -> None:
        """All of the image."""
        layer = QgsProject.instance().mapLayer(self._image)
        if layer is not None and self.canvas is not None:
            self.canvas.setExtent(_wider(layer.extent()))
            self.canvas.refresh()

    def forget_gone(self) -> None:
        """Layers left the project: off the canvas too; without its image the view goes away."""
        if self.canvas is None:
            return
        there = QgsProject.instance().mapLayers()
        if self._image and self._image not in there:
            self._image = ""
            self._set([])
            if self._dock is not None:
                self._dock.close()
        elif any(i not in there for i in self._layers):
            self._set([there[i] for i in self._layers if i in there])

    def release(self) -> None:
        if self._dock is None or self.canvas is None:
            return
        self._dock.visibilityChanged.disconnect(self._visibility)
        self.canvas.stopRendering()
        self.canvas.setLayers([])
        self.canvas.unsetMapTool(self._pan)
        self._iface.removeDockWidget(self._dock)
        # The canvas's tools and helpers go with it.
        self._dock.deleteLater()
        self._dock = self.canvas = None

    def _set(self, layers: list[QgsMapLayer]) -> None:
        assert self.canvas is not None
        self._layers = [layer.id() for layer in layers]
        self.canvas.setLayers(layers)
        self.canvas.refresh()

    def _need(self) -> QgsMapCanvas:
        if self.canvas is not None:
            return self.canvas
        self._dock = QgsDockWidget(tr("MarsCD: other body"), self._iface.mainWindow())
        self._dock.setObjectName(OBJECT_NAME)
        body = QWidget(self._dock)
        canvas = QgsMapCanvas(body)
        canvas.setProject(QgsProject.instance())
        canvas.setCanvasColor(QColor("white"))
        canvas.enableAntiAliasing(True)
        canvas.setParallelRenderingEnabled(True)
        canvas.setSnappingUtils(QgsMapCanvasSnappingUtils(canvas, canvas))
        canvas.setAccessibleName(tr("Map of the other body"))
        canvas.setMinimumSize(160, 120)
        self._pan = QgsMapToolPan(canvas)
        canvas.setMapTool(self._pan)
        self._title = QLabel(body)
        self._title.setToolTip(
            tr(
                "A map of its own: QGIS's map lies on another body, where these coordinates mean another place. Drag "
                "to move, turn the wheel to zoom."
            )
        )
        row = QHBoxLayout()
        row.addWidget(self._title, 1)
        for icon, text, called in (
            ("/mActionZoomIn.svg", tr("Zoom in"), canvas.zoomIn),
            ("/mActionZoomOut.svg", tr("Zoom out"), canvas.zoomOut),
            ("/mActionZoomToLayer.svg", tr("Show the whole image"), self.zoom_to_image),
        ):
            button = QToolButton(body)
            button.setIcon(QgsApplication.getThemeIcon(icon))
            button.setAutoRaise(True)
            button.setToolTip(text)
            button.setAccessibleName(text)
            button.clicked.connect(lambda _=False, called=called: called())
            row.addWidget(button)
        column = QVBoxLayout(body)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(canvas, 1)
        self._dock.setWidget(body)
        self._dock.visibilityChanged.connect(self._visibility)
        canvas.extentsChanged.connect(self.moved)
        self.canvas = canvas
        self._iface.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self._dock)
        # Half of the height: a target above, what looks like it below.
        main = self._iface.mainWindow()
        main.resizeDocks([self._dock], [max(main.height() // 2 - 40, 200)], Qt.Orientation.Vertical)
        return canvas

    def _visibility(self, visible: bool) -> None:
        self.visible_changed.emit(visible)


def _wider(box: QgsRectangle) -> QgsRectangle:
    made = QgsRectangle(box)
    made.scale(1.05)
    return made
