"""What lies on the canvas while two layers are compared: their pictures, and labels that say which is which."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsRectangle
from qgis.gui import QgsMapCanvasItem
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QLabel

from .snapshots import Snapshot

#: Of A and of B, also told apart by their letters. Okabe and Ito's orange and sky blue: apart for every eye.
COLOURS = ("#e69f00", "#56b4e9")
#: Pixels between a label and the canvas's edge.
_GAP = 10


class Overlay(QgsMapCanvasItem):
    """Shows one of two pictures, or both with a divider between them."""

    def __init__(self, canvas: Any) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._pictures: tuple[Snapshot, ...] = ()
        #: Which picture is shown; with a divider: nothing to do with it.
        self.side = 0
        #: None, or the divider's place as a share (0..1) of the canvas.
        self.divider: float | None = None
        self.upright = True
        # Above the map, below rubber bands and markers.
        self.setZValue(-5)

    def set_pictures(self, pictures: tuple[Snapshot, ...]) -> None:
        """New pictures, all of one extent."""
        self._pictures = pictures
        self.setRect(pictures[0].extent if pictures else QgsRectangle())
        self.update()

    def divider_at(self) -> float:
        """The divider's pixel on the canvas."""
        view = self._canvas.viewport().rect()
        return (self.divider or 0.0) * (view.width() if self.upright else view.height())

    def paint(self, painter: QPainter, option=None, widget=None) -> None:
        if not self._pictures:
            return
        # QgsMapCanvasItem's box is one pixel larger on each side than its rectangle.
        box = self.boundingRect()
        target = QRectF(0, 0, box.width() - 2, box.height() - 2)
        if self.divider is None:
            self._draw(painter, target, self._pictures[self.side])
            return
        for number, picture in enumerate(self._pictures[:2]):
            painter.save()
            painter.setClipPath(self._half(number), Qt.ClipOperation.IntersectClip)
            self._draw(painter, target, picture)
            painter.restore()
        self._line(painter)

    @staticmethod
    def _draw(painter: QPainter, target: QRectF, picture: Snapshot) -> None:
        painter.drawImage(target, picture.image)

    def _half(self, number: int) -> QPainterPath:
        """A's side (left, upper) or B's, in this item's coordinates, which may be turned with the map."""
        view = QRectF(self._canvas.viewport().rect())
        at = self.divider_at()
        if self.upright:
            part = QRectF(0, 0, at, view.height()) if number == 0 else QRectF(at, 0, view.width() - at, view.height())
        else:
            part = QRectF(0, 0, view.width(), at) if number == 0 else QRectF(0, at, view.width(), view.height() - at)
        path = QPainterPath()
        path.addPolygon(self.mapFromScene(part))
        path.closeSubpath()
        return path

    def _line(self, painter: QPainter) -> None:
        view = self._canvas.viewport().rect()
        at = self.divider_at()
        ends = (
            (QPointF(at, 0), QPointF(at, view.height()))
            if self.upright
            else (QPointF(0, at), QPointF(view.width(), at))
        )
        middle = (ends[0] + ends[1]) / 2
        line = QPolygonF([self.mapFromScene(p) for p in ends])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in (("#000000", 4.0), ("#ffffff", 2.0)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawPolyline(line)
        painter.setBrush(QColor("#ffffff"))
        painter.setPen(QPen(QColor("#000000"), 1.0))
        painter.drawEllipse(self.mapFromScene(middle), 8.0, 8.0)
        across = QPointF(4, 0) if self.upright else QPointF(0, 4)
        painter.setPen(QPen(QColor("#000000"), 2.0))
        for sign in (-1, 1):
            tip = middle + across * sign
            back = QPointF(across.y(), across.x()) * 0.6
            start = middle + across * (0.4 * sign)
            painter.drawPolyline(QPolygonF([self.mapFromScene(p) for p in (start + back, tip, start - back)]))


class Tag(QLabel):
    """``A  2011-04-27 ...`` at an edge of the canvas; never in the mouse's way."""

    def __init__(self, canvas: Any, number: int) -> None:
        super().__init__(canvas)
        self._number = number
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setStyleSheet(
            "background: rgba(20, 20, 20, 200); color: white; padding: 3px 8px; border-radius: 4px;"
            f" border-left: 6px solid {COLOURS[number]};"
        )
        self.setText("")

    def show_text(self, text: str, right: bool = False, base: float | None = None) -> None:
        """In the lower left or right corner: QGIS's own messages lie over the canvas's top. ``base``: lower edge."""
        self.setText(f"{'AB'[self._number]}   {text}")
        self.adjustSize()
        room = self.parentWidget().size()
        left = room.width() - self.width() - _GAP if right else _GAP
        bottom = room.height() - _GAP if base is None else min(max(base, self.height()), room.height())
        self.move(left, round(bottom) - self.height())
        self.show()
        self.raise_()
