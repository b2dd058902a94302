"""A map tool for one point, and the mark that shows where it was."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsPointXY
from qgis.gui import QgsMapToolEmitPoint, QgsVertexMarker
from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor


class PointPicker(QObject):
    """Waits for clicks until it is stopped, another tool is taken, or Esc is pressed; then the earlier tool is back."""

    #: x, y in the canvas's CRS.
    picked = pyqtSignal(float, float)
    #: It waits for clicks, or no longer.
    active_changed = pyqtSignal(bool)

    def __init__(self, canvas: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._tool: _Tool | None = None
        self._before: Any = None
        self._mark: QgsVertexMarker | None = None

    @property
    def active(self) -> bool:
        return self._tool is not None

    def start(self) -> None:
        """Take the map's clicks."""
        if self._tool is not None:
            return
        self._before = self._canvas.mapTool()
        self._tool = _Tool(self._canvas)
        self._tool.canvasClicked.connect(self._clicked)
        self._tool.escaped.connect(self.stop)
        self._tool.deactivated.connect(self._replaced)
        self._canvas.setMapTool(self._tool)
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self.active_changed.emit(True)

    def stop(self) -> None:
        """Give the map back."""
        tool, self._tool = self._tool, None
        if tool is None:
            return
        tool.deactivated.disconnect(self._replaced)
        if self._canvas.mapTool() is tool:
            if self._before is not None:
                self._canvas.setMapTool(self._before)
            else:
                self._canvas.unsetMapTool(tool)
        self._before = None
        tool.deleteLater()
        self.active_changed.emit(False)

    def mark(self, x: float, y: float) -> None:
        """Show the place on the map (canvas CRS)."""
        if self._mark is None:
            self._mark = QgsVertexMarker(self._canvas)
            self._mark.setIconType(QgsVertexMarker.IconType.ICON_CROSS)
            self._mark.setIconSize(18)
            self._mark.setPenWidth(3)
            self._mark.setColor(QColor("#ffd400"))
        self._mark.setCenter(QgsPointXY(x, y))
        self._mark.show()

    def show_mark(self, visible: bool) -> None:
        """Hide the mark, or show it again where there is one."""
        if self._mark is not None:
            self._mark.setVisible(visible)

    def unmark(self) -> None:
        """Take the mark off the map."""
        if self._mark is not None:
            self._canvas.scene().removeItem(self._mark)
            self._mark = None

    def release(self) -> None:
        """Leave nothing on the canvas."""
        self.stop()
        self.unmark()

    def _clicked(self, point: QgsPointXY, button: Any) -> None:
        if button == Qt.MouseButton.LeftButton:
            self.picked.emit(point.x(), point.y())

    def _replaced(self) -> None:
        """The user took another tool: that one stays."""
        tool, self._tool = self._tool, None
        self._before = None
        if tool is not None:
            tool.deleteLater()
            self.active_changed.emit(False)


class _Tool(QgsMapToolEmitPoint):
    escaped = pyqtSignal()

    def keyPressEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.escaped.emit()
        else:
            event.ignore()
