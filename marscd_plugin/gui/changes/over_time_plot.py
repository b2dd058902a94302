"""The seasonal curve as a small plot: changed area against solar longitude, one line a Mars Year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.PyQt.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPalette, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QSizePolicy, QToolTip, QWidget

from ...change.curve import CurvePoint, by_year
from ...change.plot import WHOLE, nice_top
from ..words import tr

#: One a Mars Year (Okabe and Ito), readable on light and on dark.
YEAR_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6bb1", "#a6761d")
_RADIUS, _REACH = 4.0, 9.0


class CurvePlot(QWidget):
    """Hovering tells of a point; arrow keys walk along them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: tuple[CurvePoint, ...] = ()
        self._dots: list[tuple[QPointF, CurvePoint]] = []
        self._marked = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumSize(220, 190)
        self.setAccessibleName(tr("Seasonal curve"))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(340, 220)

    def set_points(self, points: Sequence[CurvePoint]) -> None:
        """Draw these; none clears the plot."""
        self._points, self._marked = tuple(p for p in points if p.seen is not None), -1
        areas = [p.seen or 0.0 for p in self._points]
        self.setAccessibleDescription(
            tr("{count} dates; the largest changed area is {area} m².").format(
                count=len(areas), area=f"{max(areas, default=0.0):,.0f}"
            )
        )
        self.update()

    def words_of(self, point: CurvePoint) -> str:
        """What a tool tip says."""
        said = [
            tr("{date}, Mars Year {year}, solar longitude {longitude}°").format(
                date=f"{point.time:%Y-%m-%d}", year=point.mars_year, longitude=f"{point.solar_longitude:.1f}"
            ),
            tr("{area} m² changed ground is there").format(area=f"{point.seen or 0.0:,.1f}"),
        ]
        if self._partly(point):
            said.append(tr("This date sees only a part of the ground that ever changed."))
        if point.suspect:
            said.append(tr("This image as a whole looks unlike the others: glare, haze, frost or misregistration."))
        return "\n".join(said)

    def at(self, place: QPointF) -> CurvePoint | None:
        """The point drawn there."""
        near = [(d, p) for spot, p in self._dots if (d := (spot - place).manhattanLength()) <= 2 * _REACH]
        return min(near, key=lambda item: item[0])[1] if near else None

    def paintEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        self._dots = []
        if self._points:
            self._draw(painter)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.at(QPointF(event.pos()))
            if found is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self.words_of(found), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(event.key())
        if step is None or not self._dots:
            super().keyPressEvent(event)
            return
        self._marked = min(max(self._marked + step, 0), len(self._dots) - 1)
        spot, point = self._dots[self._marked]
        self.setAccessibleDescription(self.words_of(point))
        QToolTip.showText(self.mapToGlobal(spot.toPoint()), self.words_of(point), self)
        self.update()

    def _draw(self, painter: QPainter) -> None:
        letters = QFontMetricsF(self.font())
        top = nice_top(max(p.seen or 0.0 for p in self._points))
        labels = [f"{top * step / 4:,.4g}" for step in range(5)]
        left = 12 + max(letters.horizontalAdvance(t) for t in labels)
        high = letters.height()
        box = QRectF(left, 2.4 * high, self.width() - left - 14, self.height() - 5.4 * high)
        ink, faint = self._ink(0.85), self._ink(0.18)

        def place(ls: float, area: float) -> QPointF:
            return QPointF(box.left() + box.width() * ls / 360.0, box.bottom() - box.height() * area / top)

        painter.setPen(ink)
        painter.drawText(QPointF(8, 1.1 * high), tr("Changed ground (m²)"))
        for step, text in enumerate(labels):
            y = place(0, top * step / 4).y()
            painter.setPen(faint)
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(ink)
            painter.drawText(QPointF(left - 6 - letters.horizontalAdvance(text), y + 0.3 * high), text)
        every = 60 if box.width() < 420 else 30
        for ls in range(0, 361, every):
            x = place(ls, 0).x()
            painter.setPen(faint)
            painter.drawLine(QPointF(x, box.bottom()), QPointF(x, box.bottom() + 4))
            painter.setPen(ink)
            painter.drawText(QPointF(x - letters.horizontalAdvance(str(ls)) / 2, box.bottom() + 1.2 * high), str(ls))
        words = tr("Solar longitude Ls, the season (°)")
        painter.drawText(QPointF(box.center().x() - letters.horizontalAdvance(words) / 2, self.height() - 6), words)
        self._draw_years(painter, place, letters, box)

    def _draw_years(self, painter: QPainter, place: Any, letters: QFontMetricsF, box: QRectF) -> None:
        key = box.right()
        years = by_year(self._points)
        for number, (year, points) in reversed(list(enumerate(years.items()))):
            colour = QColor(YEAR_COLOURS[number % len(YEAR_COLOURS)])
            spots = [place(p.solar_longitude, p.seen or 0.0) for p in points]
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(spots))
            for spot, point in zip(spots, points, strict=True):
                hollow = self._partly(point)
                painter.setBrush(self.palette().color(QPalette.ColorRole.Base) if hollow else colour)
                painter.drawEllipse(spot, _RADIUS, _RADIUS)
                if point.suspect:
                    painter.setPen(QPen(self._ink(0.85), 1.5))
                    painter.drawLine(spot + QPointF(-6, -6), spot + QPointF(6, 6))
                    painter.drawLine(spot + QPointF(-6, 6), spot + QPointF(6, -6))
                    painter.setPen(QPen(colour, 1.5))
            words = tr("MY {year}").format(year=year)
            key -= letters.horizontalAdvance(words)
            painter.setPen(self._ink(0.85))
            painter.drawText(QPointF(key, 1.1 * letters.height()), words)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(key - 8, 0.78 * letters.height()), _RADIUS, _RADIUS)
            key -= 24
            self._dots = list(zip(spots, points, strict=True)) + self._dots

    def _partly(self, point: CurvePoint) -> bool:
        greatest = max((p.known or 0.0 for p in self._points), default=0.0)
        return greatest > 0 and (point.known or 0.0) < WHOLE * greatest

    def _ink(self, strength: float) -> QColor:
        colour = QColor(self.palette().color(QPalette.ColorRole.Text))
        colour.setAlphaF(strength)
        return colour
