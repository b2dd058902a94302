"""Drawing on the canvas: takes up the tool, says how to go on, puts the former tool back."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..words import tr
from .rectangle import rectangle
from .tool import POLYGON, RECTANGLE, DrawTool

__all__ = ["POLYGON", "RECTANGLE", "Drawing"]


class Drawing(QObject):
    """At most one tool at a time."""

    #: A ring of (x, y) in the map's CRS. Call ``stop`` if it was good, ``again`` if not.
    drawn = pyqtSignal(list)
    #: What to do next; "" when nothing is being drawn.
    said = pyqtSignal(str)
    #: The shape being drawn; "" for none.
    shape_changed = pyqtSignal(str)

    def __init__(self, canvas: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.tool: DrawTool | None = None
        self._former: Any = None

    def start(self, shape: str) -> None:
        """Take up the tool for a polygon or a rectangle."""
        self.stop()
        self._former = self._canvas.mapTool()
        self.tool = DrawTool(self._canvas, shape)
        self.tool.drawn.connect(self._drawn)
        self.tool.left.connect(self._left)
        self.tool.corners_changed.connect(self._say)
        self._canvas.setMapTool(self.tool)
        self.shape_changed.emit(shape)
        self._say(0)

    def stop(self) -> None:
        """Put the tool away, and the one before it back."""
        tool, self.tool = self.tool, None
        if tool is None:
            return
        tool.done()
        if self._canvas.mapTool() is tool:
            if self._former is not None:
                self._canvas.setMapTool(self._former)
            else:
                self._canvas.unsetMapTool(tool)
        tool.dispose()
        tool.deleteLater()
        self._former = None
        self.shape_changed.emit("")
        self.said.emit("")

    def again(self) -> None:
        """The shape was refused: a rectangle is begun anew, a polygon keeps its corners, to be taken back."""
        if self.tool is not None and self.tool.shape == RECTANGLE:
            self.tool.clear()
            self._say(0)

    def _left(self) -> None:
        # From inside the tool (Esc), or from QGIS as it takes up another one: that one stays.
        if self.tool is not None and self._canvas.mapTool() is not self.tool:
            self._former = None
        self.stop()

    def _drawn(self, corners: list[tuple[float, float]]) -> None:
        if self.tool is not None:
            self.drawn.emit(rectangle(*corners) if self.tool.shape == RECTANGLE else corners)

    def _say(self, count: int) -> None:
        if self.tool is None:
            return
        if self.tool.shape == RECTANGLE:
            words = tr("Drag over the map, or click two opposite corners. Esc: leave.")
        elif count == 0:
            words = tr("Click corner after corner on the map. Esc: leave.")
        elif count < 3:
            words = tr("{count} of at least 3 corners. Backspace: one back. Esc: leave.").format(count=count)
        else:
            words = tr("{count} corners. Right click or Enter: done. Backspace: one back. Esc: leave.").format(
                count=count
            )
        self.said.emit(words)
