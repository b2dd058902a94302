# ruff: noqa: N802 - Qt's names
"""The year of Mars as a wheel: solar longitude Ls runs anticlockwise from the right, as the orbit is drawn from above
its north. Two handles bound the chosen range, which may run through Ls 0.
"""

from __future__ import annotations

import math

from qgis.PyQt.QtCore import QEvent, QPointF, QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QFont, QPainter, QPainterPath, QPalette, QPen
from qgis.PyQt.QtWidgets import QSizePolicy, QToolTip, QWidget

from ..words import tr
from . import names
from .colours import ink, quarter_colour

_STEPS = {
    Qt.Key.Key_Right: 1.0,
    Qt.Key.Key_Up: 1.0,
    Qt.Key.Key_Left: -1.0,
    Qt.Key.Key_Down: -1.0,
    Qt.Key.Key_PageUp: 30.0,
    Qt.Key.Key_PageDown: -30.0,
}
_LARGE = 10.0


class SeasonWheel(QWidget):
    """``range_changed(start, end)`` while a handle moves; ``settled()`` when the move is over."""

    range_changed = pyqtSignal(float, float)
    settled = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ends = [0.0, 90.0]
        self._whole = True
        self._handle = 0
        self._dragged = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setAccessibleName(tr("Season wheel"))
        self.setToolTip(
            tr(
                "Solar longitude Ls: where Mars stands on its way round the sun. Ls 0 is the start of northern "
                "spring, 90 of northern summer, 180 of northern autumn, 270 of northern winter. Drag the two handles, "
                "or use Tab and the arrow keys (with Shift: ten degrees)."
            )
        )
        self._describe()

    def sizeHint(self) -> QSize:
        side = max(190, round(self.fontMetrics().height() * 14.5))
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return QSize(150, self.sizeHint().height())

    @property
    def ends(self) -> tuple[float, float]:
        """Start and end of the range, degrees."""
        return self._ends[0], self._ends[1]

    @property
    def whole(self) -> bool:
        """Whether the whole year is meant, whatever the handles say."""
        return self._whole

    def set_range(self, solar_longitude: tuple[float, float] | None) -> None:
        """Show a range, or the whole year; no signal."""
        self._whole = solar_longitude is None
        if solar_longitude is not None:
            self._ends = [float(e) for e in solar_longitude]
        self._describe()
        self.update()

    # -- geometry -------------------------------------------------------------------------------------------------

    def _circle(self) -> tuple[QPointF, float]:
        """Centre, and the radius of the ring's middle."""
        room = self.fontMetrics().height() + 4.0
        radius = min(self.width() / 2.0 - self.fontMetrics().horizontalAdvance("270\u00b0"), self.height() / 2.0 - room)
        return QPointF(self.width() / 2.0, self.height() / 2.0), max(radius, 20.0) - self._ring() / 2.0

    def _ring(self) -> float:
        return max(10.0, self.fontMetrics().height() * 0.8)

    def _at(self, longitude: float, radius: float) -> QPointF:
        centre, _ = self._circle()
        angle = math.radians(longitude)
        return QPointF(centre.x() + radius * math.cos(angle), centre.y() - radius * math.sin(angle))

    def _longitude(self, point: QPointF) -> float:
        centre, _ = self._circle()
        return math.degrees(math.atan2(centre.y() - point.y(), point.x() - centre.x())) % 360.0

    # -- drawing --------------------------------------------------------------------------------------------------

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ring(painter)
        self._draw_names(painter)
        self._draw_handles(painter)
        painter.end()

    def _draw_ring(self, painter: QPainter) -> None:
        centre, radius = self._circle()
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        start, length = self._ends[0], (self._ends[1] - self._ends[0]) % 360.0 or 360.0
        if self._whole:
            start, length = 0.0, 360.0
        chosen = QPen(ink(self.palette(), QPalette.ColorRole.Window), self._ring() + 3.0)
        chosen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if not self._whole:
            painter.setPen(chosen)
            painter.drawArc(box, round(start * 16), round(length * 16))
        for index, edge in enumerate(names.QUARTERS):
            colour = quarter_colour(index)
            faint = QColor(colour)
            faint.setAlpha(70)
            pen = QPen(faint, self._ring())
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            if not self._whole:
                # Under the faint colour nothing of the chosen arc's frame may shine through.
                base = QPen(self.palette().color(QPalette.ColorRole.Window), self._ring() - 1.0)
                base.setCapStyle(Qt.PenCapStyle.FlatCap)
                painter.setPen(base)
                painter.drawArc(box, edge * 16, 90 * 16)
            painter.setPen(pen)
            painter.drawArc(box, edge * 16, 90 * 16)
            pen.setColor(colour)
            painter.setPen(pen)
            for low, high in _common(start, length, float(edge)):
                painter.drawArc(box, round(low * 16), round((high - low) * 16))

    def _draw_names(self, painter: QPainter) -> None:
        centre, radius = self._circle()
        faint = QColor(ink(self.palette(), QPalette.ColorRole.Window))
        faint.setAlpha(60)
        painter.setPen(QPen(faint, 1.0))
        for edge in (0.0, 90.0):
            reach = radius - self._ring()
            painter.drawLine(self._at(edge, reach), self._at(edge + 180.0, reach))
        painter.setPen(ink(self.palette(), QPalette.ColorRole.Window))
        metrics = self.fontMetrics()
        for index, edge in enumerate(names.QUARTERS):
            text = f"{edge}\u00b0"
            point = self._at(edge, radius + self._ring() / 2.0 + 3.0)
            width, height = metrics.horizontalAdvance(text), metrics.height()
            left = {0: point.x() + 1, 90: point.x() - width / 2, 180: point.x() - width - 1, 270: point.x() - width / 2}
            top = {0: point.y() - height / 2, 90: point.y() - height, 180: point.y() - height / 2, 270: point.y()}
            painter.drawText(QPointF(left[edge], top[edge] + metrics.ascent()), text)
            font = QFont(self.font())
            font.setPointSizeF(max(font.pointSizeF() * 0.82, 6.0))
            painter.save()
            painter.setFont(font)
            corner = self._at(edge + 45.0, 1.0) - centre
            inner = radius - self._ring() / 2.0
            for line, name in enumerate(names.short_names(index)):
                # Beside the upright axis, where the circle leaves most room.
                small = painter.fontMetrics()
                advance = small.horizontalAdvance(name)
                x = centre.x() + (5.0 if corner.x() > 0 else -5.0 - advance)
                y = centre.y() + (0.42 if corner.y() > 0 else -0.42) * inner
                painter.drawText(QPointF(x, y + (line - 1) * small.height() + small.ascent()), name)
            painter.restore()

    def _draw_handles(self, painter: QPainter) -> None:
        _, radius = self._circle()
        text = ink(self.palette(), QPalette.ColorRole.Window)
        base = self.palette().color(QPalette.ColorRole.Base)
        size = self._ring() * 0.72
        for index, end in enumerate(self._ends):
            point = self._at(end, radius)
            focused = self.hasFocus() and index == self._handle
            colour = self.palette().color(QPalette.ColorRole.Highlight) if focused else text
            if self._whole:
                colour = QColor(colour)
                colour.setAlpha(110)
            painter.setPen(QPen(colour, 3.0 if focused else 2.0))
            painter.setBrush(base)
            if index == 0:
                painter.drawEllipse(point, size, size)
            else:
                # The end is a square: the two are told apart without colour.
                path = QPainterPath()
                path.addRect(QRectF(point.x() - size * 0.85, point.y() - size * 0.85, size * 1.7, size * 1.7))
                painter.drawPath(path)

    # -- hands ----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = QPointF(event.pos())
        _, radius = self._circle()
        near = [math.dist((point.x(), point.y()), (p.x(), p.y())) for p in (self._at(e, radius) for e in self._ends)]
        self._handle = 0 if near[0] <= near[1] else 1
        self._dragged = True
        self._move(round(self._longitude(point)))

    def mouseMoveEvent(self, event) -> None:
        point = QPointF(event.pos())
        if self._dragged:
            self._move(round(self._longitude(point)))
        else:
            index = names.quarter(self._longitude(point))
            QToolTip.showText(
                self.mapToGlobal(event.pos()),
                f"Ls {self._longitude(point):.0f}\u00b0: {names.northern(index)} / {names.southern(index)}",
                self,
            )

    def mouseReleaseEvent(self, event) -> None:
        if self._dragged:
            self._move(round(self._longitude(QPointF(event.pos()))))
            self._dragged = False
            self.settled.emit()

    def keyPressEvent(self, event) -> None:
        step = _STEPS.get(event.key())
        if step is None:
            super().keyPressEvent(event)
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            step = math.copysign(_LARGE, step)
        self._move(self._ends[self._handle] + step)
        self.settled.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from the start's handle to the end's, then on."""
        if self.hasFocus() and self._handle == (0 if forward else 1):
            self._handle = 1 if forward else 0
            self._describe()
            self.update()
            return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event) -> None:
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._handle = 0 if event.reason() == Qt.FocusReason.TabFocusReason else 1
        self._describe()
        self.update()
        super().focusInEvent(event)

    def changeEvent(self, event) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.updateGeometry()
            self.update()
        super().changeEvent(event)

    def _move(self, longitude: float) -> None:
        """Put the handle in hand there; the two never stand on one spot (an instant is no season)."""
        longitude %= 360.0
        other = self._ends[1 - self._handle] % 360.0
        if longitude == other:
            return
        self._whole = False
        self._ends[self._handle] = longitude
        self._describe()
        self.update()
        self.range_changed.emit(*self._ends)

    def _describe(self) -> None:
        which = tr("start") if self._handle == 0 else tr("end")
        if self._whole:
            text = tr("Whole year. Arrow keys choose a part of it.")
        else:
            text = tr("Ls {start} to {end} degrees: {names}. The arrow keys move the {which}.").format(
                start=f"{self._ends[0]:g}", end=f"{self._ends[1]:g}", names=names.range_names(self.ends), which=which
            )
        self.setAccessibleDescription(text)


def _common(start: float, length: float, edge: float) -> list[tuple[float, float]]:
    """The parts of the quarter from ``edge`` that lie in the range."""
    found = []
    for turn in (-360.0, 0.0, 360.0):
        low, high = max(start + turn, edge), min(start + turn + length, edge + 90.0)
        if high > low:
            found.append((low, high))
    return found
