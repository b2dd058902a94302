"""The map tool that draws a polygon or a rectangle: snaps to layers, takes corners back, can be left at any time.

QGIS's own QgsMapToolCapture draws in the current layer's CRS and is stopped by one on Earth, so this is a tool of our
own: points are those of the map.
"""

from __future__ import annotations

from typing import Any

from qgis.core import Qgis, QgsGeometry, QgsPointXY
from qgis.gui import QgsMapMouseEvent, QgsMapTool, QgsRubberBand, QgsSnapIndicator
from qgis.PyQt.QtCore import QEvent, QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QKeyEvent, QKeySequence

from .rectangle import rectangle

POLYGON, RECTANGLE = "polygon", "rectangle"
_LINE, _FILL = QColor(255, 190, 60, 230), QColor(255, 190, 60, 50)


class DrawTool(QgsMapTool):
    """Clicks add corners; right click, Enter or a double click ends; Backspace, Delete and Ctrl+Z take a corner back;
    Esc leaves. A rectangle is two clicks, or one drag."""

    #: The corners, as (x, y) in the map's CRS: two opposite ones of a rectangle.
    drawn = pyqtSignal(list)
    #: The user left without a shape.
    left = pyqtSignal()
    #: How many corners there are.
    corners_changed = pyqtSignal(int)

    def __init__(self, canvas: Any, shape: str) -> None:
        super().__init__(canvas)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.shape = shape
        self.points: list[QgsPointXY] = []
        self._pressed: QgsPointXY | None = None
        self._pointer: QgsPointXY | None = None
        self._finished = False
        self._snap = QgsSnapIndicator(canvas)
        self._band = QgsRubberBand(canvas, Qgis.GeometryType.Polygon)
        self._band.setStrokeColor(_LINE)
        self._band.setFillColor(_FILL)
        self._band.setWidth(2)
        self._dots = QgsRubberBand(canvas, Qgis.GeometryType.Point)
        self._dots.setColor(_LINE)
        self._dots.setIconSize(8)
        self._dots.setIcon(QgsRubberBand.IconType.ICON_FULL_BOX)
        self._keys = _Shortcuts(self)

    def flags(self) -> Qgis.MapToolFlags | QgsMapTool.Flags:
        # Not an edit tool (it needs no layer in edit mode), but snaps as one.
        return QgsMapTool.Flag.AllowZoomRect

    def activate(self) -> None:
        super().activate()
        self.canvas().viewport().installEventFilter(self._keys)
        self.canvas().installEventFilter(self._keys)
        self.canvas().setFocus()

    def deactivate(self) -> None:
        self.clear()
        self.canvas().viewport().removeEventFilter(self._keys)
        self.canvas().removeEventFilter(self._keys)
        super().deactivate()
        if not self._finished:
            self._finished = True
            self.left.emit()

    def clear(self) -> None:
        """Nothing drawn."""
        self.points = []
        self._pressed = self._pointer = None
        self._snap.setVisible(False)
        self._band.reset(Qgis.GeometryType.Polygon)
        self._dots.reset(Qgis.GeometryType.Point)

    def dispose(self) -> None:
        """Take the bands off the canvas; the tool is not used again."""
        self._finished = True
        self.clear()
        scene = self.canvas().scene()
        for band in (self._band, self._dots):
            if scene is not None and band.scene() is scene:
                scene.removeItem(band)

    def take_back(self) -> None:
        """Remove the last corner."""
        if self.points:
            self.points.pop()
            self._redraw()

    def finish(self) -> None:
        """Hand over what was drawn. The page answers by ending the tool, or leaves it for another try."""
        corners = [(p.x(), p.y()) for p in self.points]
        if self.shape == RECTANGLE and len(corners) != 2:
            return
        self.drawn.emit(corners)

    def done(self) -> None:
        """The shape was taken: what follows is not a cancel."""
        self._finished = True

    def leave(self) -> None:
        """Give up; the page puts the former tool back."""
        if not self._finished:
            self._finished = True
            self.clear()
            self.left.emit()

    # What follows is called by the canvas.

    def canvasPressEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self._snapped(event)

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802
        self._pointer = self._snapped(event)
        self._redraw()

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802
        point = self._snapped(event)
        if event.button() == Qt.MouseButton.RightButton:
            if self.points:
                self.finish()
            else:
                self.leave()
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.shape == RECTANGLE and not self.points and self._pressed is not None and self._dragged(point):
            self.points.append(self._pressed)
        self.points.append(point)
        self._pressed = None
        self._redraw()
        if self.shape == RECTANGLE and len(self.points) == 2:
            self.finish()

    def canvasDoubleClickEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802
        # Its first click has already set the corner.
        if self.shape == POLYGON and len(self.points) >= 3:
            self.finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if self.handle(event):
            # To the canvas an ignored event is one that the tool has dealt with.
            event.ignore()

    def handle(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; whether it was one of ours."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) or event.matches(QKeySequence.StandardKey.Undo):
            self.take_back()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        else:
            return False
        return True

    def _snapped(self, event: QgsMapMouseEvent) -> QgsPointXY:
        """The pointer's place on the map, on a layer's vertex or edge where QGIS's snapping is switched on."""
        point = event.snapPoint()
        self._snap.setMatch(event.mapPointMatch())
        return QgsPointXY(point)

    def _dragged(self, to: QgsPointXY) -> bool:
        """A drag, not a click with an unsteady hand."""
        far = 5 * self.canvas().mapUnitsPerPixel()
        return self._pressed is not None and (
            abs(to.x() - self._pressed.x()) > far and abs(to.y() - self._pressed.y()) > far
        )

    def _redraw(self) -> None:
        points = list(self.points)
        start = self.points[0] if self.points else self._pressed
        if self.shape == RECTANGLE and start is not None and self._pointer is not None and len(points) < 2:
            corners = rectangle((start.x(), start.y()), (self._pointer.x(), self._pointer.y()))
            points = [QgsPointXY(x, y) for x, y in corners]
        elif self.shape == RECTANGLE and len(points) == 2:
            a, b = points
            points = [QgsPointXY(x, y) for x, y in rectangle((a.x(), a.y()), (b.x(), b.y()))]
        elif self._pointer is not None and points:
            points.append(self._pointer)
        if len(points) > 2:
            self._band.setToGeometry(QgsGeometry.fromPolygonXY([[*points, points[0]]]), None)
        elif len(points) == 2:
            self._band.setToGeometry(QgsGeometry.fromPolygonXY([[points[0], points[1], points[0]]]), None)
        else:
            self._band.reset(Qgis.GeometryType.Polygon)
        self._dots.reset(Qgis.GeometryType.Point)
        for point in self.points:
            self._dots.addPoint(point)
        self.corners_changed.emit(len(self.points))


class _Shortcuts(QObject):
    """Keys that QGIS's window would take as its own shortcuts (Ctrl+Z, Delete) go to the tool while it draws."""

    def __init__(self, tool: DrawTool) -> None:
        super().__init__(tool)
        self._tool = tool

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.ShortcutOverride:
            undo = event.matches(QKeySequence.StandardKey.Undo)
            if undo or event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Escape):
                event.accept()
                return True
        return False
