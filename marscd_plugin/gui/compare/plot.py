"""The profile of a point as a plot: value against time, or against the season with the Mars Years over each other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from qgis.PyQt.QtCore import QEvent, QPointF, QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPalette, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QSizePolicy, QToolTip, QWidget

from ..words import tr
from .axes import date_ticks, decimals, mars_ticks, round_ticks, seasons
from .profile import Compared, Point, Profile

#: One a Mars Year (Okabe and Ito), readable on light and on dark.
YEAR_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6bb1", "#a6761d")
_REACH = 9.0
_STRIP = 44.0


class ProfilePlot(QWidget):
    """Draws a ``Profile``. Arrow keys walk along its points, hovering tells of them."""

    #: The product id of the point that was clicked, or chosen by Enter.
    picked = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profile: Profile | None = None
        self._by_season = False
        self._marked = -1
        self._dots: list[tuple[QPointF, Point]] = []
        self._bars: list[tuple[QRectF, Compared]] = []
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(220, 190)
        self.setAccessibleName(tr("Profile of the point"))
        self._say()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(340, 230)

    @property
    def profile(self) -> Profile | None:
        return self._profile

    def set_profile(self, profile: Profile | None) -> None:
        """Draw this one; None clears the plot."""
        self._profile, self._marked = profile, -1
        self._say()
        self.update()

    def set_by_season(self, by_season: bool) -> None:
        """The horizontal axis: solar longitude 0..360, or UTC."""
        self._by_season = by_season
        self.update()

    def colour_of(self, mars_year: int) -> QColor:
        """The colour of a Mars Year in this profile."""
        years = self._years()
        return QColor(YEAR_COLOURS[years.index(mars_year) % len(YEAR_COLOURS)])

    def paintEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        self._dots, self._bars = [], []
        if self._profile is None or not self._profile.points:
            painter.setPen(self._ink(0.6))
            hint = tr("No point yet: press “Click a point”, then click on the images.")
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(QRectF(self.rect()).adjusted(16, 16, -16, -16), int(flags), hint)
        else:
            _Drawing(self, painter, self._profile, self._by_season).draw()
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def words_of(self, thing: Point | Compared) -> str:
        """What a tool tip says."""
        if isinstance(thing, Compared):
            return tr("{before} to {after}: probability of change {value}").format(
                before=f"{thing.before:%Y-%m-%d}",
                after=f"{thing.after:%Y-%m-%d}",
                value=tr("unknown (no data)") if thing.probability is None else f"{thing.probability:.2f}",
            )
        return "\n".join(
            (
                f"{thing.time:%Y-%m-%d %H:%M} UTC",
                tr("Mars Year {year}, solar longitude {longitude}°").format(
                    year=thing.mars_year, longitude=f"{thing.solar_longitude:.1f}"
                ),
                tr("No data here") if thing.value is None else tr("Value {value}").format(value=f"{thing.value:.5g}"),
            )
        )

    def at(self, place: QPointF) -> Point | Compared | None:
        """What is drawn there."""
        near = [(d, p) for spot, p in self._dots if (d := (spot - place).manhattanLength()) <= 2 * _REACH]
        if near:
            return min(near, key=lambda item: item[0])[1]
        return next((c for box, c in self._bars if box.adjusted(-2, -3, 2, 3).contains(place)), None)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.at(QPointF(event.pos()))
            if found is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self.words_of(found), self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        found = self.at(QPointF(event.pos()))
        self.setCursor(Qt.CursorShape.PointingHandCursor if isinstance(found, Point) else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        found = self.at(QPointF(event.pos()))
        if isinstance(found, Point):
            self._mark([p for _, p in self._dots].index(found))
            self.picked.emit(found.product_id)

    def keyPressEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(event.key())
        if step is not None and self._dots:
            self._mark(min(max(self._marked + step, 0), len(self._dots) - 1))
            spot, point = self._dots[self._marked]
            QToolTip.showText(self.mapToGlobal(spot.toPoint()), self.words_of(point), self)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._marked < len(self._dots):
            self.picked.emit(self._dots[self._marked][1].product_id)
        else:
            super().keyPressEvent(event)

    def _mark(self, number: int) -> None:
        self._marked = number
        self.setAccessibleDescription(self.words_of(self._dots[number][1]))
        self.update()

    def _years(self) -> list[int]:
        return sorted({p.mars_year for p in self._profile.points}) if self._profile else []

    def _ink(self, strength: float) -> QColor:
        colour = QColor(self.palette().color(QPalette.ColorRole.Text))
        colour.setAlphaF(strength)
        return colour

    def _say(self) -> None:
        found = self._profile
        if found is None:
            self.setAccessibleDescription(tr("No point was chosen yet."))
            return
        valid = [p.value for p in found.points if p.value is not None]
        self.setAccessibleDescription(
            tr("{count} of {all} images have a value at {place}, from {low} to {high}.").format(
                count=len(valid), all=len(found.points), place=found.place,
                low=f"{min(valid):.4g}" if valid else "-", high=f"{max(valid):.4g}" if valid else "-",
            )
        )  # fmt: skip


class _Drawing:
    """One painting of a profile: frames, axes, then the data."""

    def __init__(self, plot: ProfilePlot, painter: QPainter, found: Profile, by_season: bool) -> None:
        self.plot, self.painter, self.found, self.by_season = plot, painter, found, by_season
        self.metrics = QFontMetricsF(plot.font())
        line = self.metrics.height()
        valid = [p.value for p in found.points if p.value is not None]
        low, high = (min(valid), max(valid)) if valid else (0.0, 1.0)
        margin = (high - low) * 0.12 or abs(high) * 0.05 or 0.01
        self.low, self.high = low - margin, high + margin
        self.strip = _STRIP if found.compared and not by_season else 0.0
        top = line * (1.5 if by_season else 2.4)
        left = max(self.metrics.horizontalAdvance(t) for t in self._value_words()) + 10
        bottom = line * (2.3 if by_season else 1.3) + 6
        self.frame = QRectF(left, top, plot.width() - left - 12, plot.height() - top - bottom - self.strip)
        times = [p.time for p in found.points]
        pad = max((times[-1] - times[0]) * 0.05, timedelta(days=1))
        self.start, self.end = times[0] - pad, times[-1] + pad

    def draw(self) -> None:
        self._values_axis()
        if self.by_season:
            self._season_axis()
        else:
            self._time_axes()
        self._legend()
        self._data()
        if self.strip:
            self._changes()

    def x_of(self, point: Point) -> float:
        return self._season_x(point.solar_longitude) if self.by_season else self._time_x(point.time)

    def y_of(self, value: float) -> float:
        return self.frame.bottom() - (value - self.low) / (self.high - self.low) * self.frame.height()

    def _time_x(self, time) -> float:
        return self.frame.left() + (time - self.start) / (self.end - self.start) * self.frame.width()

    def _season_x(self, longitude: float) -> float:
        return self.frame.left() + longitude / 360.0 * self.frame.width()

    def _value_words(self) -> list[str]:
        ticks = round_ticks(self.low, self.high, 4)
        return [f"{t:.{decimals(ticks)}f}" for t in ticks] or ["0"]

    def _values_axis(self) -> None:
        self.painter.setPen(self.plot._ink(0.75))
        self.painter.drawText(QPointF(6, self.metrics.ascent() + 3), tr("Brightness (I/F)"))
        for tick, words in zip(round_ticks(self.low, self.high, 4), self._value_words(), strict=False):
            y = self.y_of(tick)
            self._rule(QPointF(self.frame.left(), y), QPointF(self.frame.right(), y))
            box = QRectF(0, y - 10, self.frame.left() - 5, 20)
            self.painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), words)
        self.painter.setPen(QPen(self.plot._ink(0.5), 1))
        self.painter.drawRect(self.frame)

    def _time_axes(self) -> None:
        room = max(2, int(self.frame.width() / (self.metrics.horizontalAdvance("2011-11") * 1.6)))
        base = self.frame.bottom() + self.strip
        for time, words in date_ticks(self.start, self.end, room):
            x = self._time_x(time)
            self._rule(QPointF(x, self.frame.top()), QPointF(x, base + 3))
            self._centred(words, x, base + 4 + self.metrics.ascent())
        last = -1e9
        for time, words in mars_ticks(self.start, self.end, max(2, int(self.frame.width() / 40))):
            x = self._time_x(time)
            self.painter.setPen(self.plot._ink(0.75))
            self.painter.drawLine(QPointF(x, self.frame.top() - 4), QPointF(x, self.frame.top()))
            half = self.metrics.horizontalAdvance(words) / 2
            if x - half > last + 4:
                self._centred(words, x, self.frame.top() - 5)
                last = x + half

    def _season_axis(self) -> None:
        for longitude in range(0, 361, 90):
            x = self._season_x(longitude)
            self._rule(QPointF(x, self.frame.top()), QPointF(x, self.frame.bottom() + 3))
            words = tr("Ls {longitude}°").format(longitude=longitude) if longitude == 0 else f"{longitude}°"
            self._centred(words, x, self.frame.bottom() + 4 + self.metrics.ascent())
        width = self.frame.width() / 4
        for middle, words in seasons():
            shown = self.metrics.elidedText(words, Qt.TextElideMode.ElideRight, width - 4)
            self._centred(shown, self._season_x(middle), self.frame.bottom() + 4 + 2 * self.metrics.height())

    def _legend(self) -> None:
        """The Mars Years, from the right in the first line: the last ones, where there are too many."""
        x, y = self.frame.right(), self.metrics.ascent() + 3
        room = 6 + self.metrics.horizontalAdvance(tr("Brightness (I/F)")) + 12
        for year in reversed(self.plot._years()):
            words = tr("MY {year}").format(year=year)
            x -= self.metrics.horizontalAdvance(words)
            if x - 13 < room:
                break
            self.painter.setPen(self.plot._ink(0.9))
            self.painter.drawText(QPointF(x, y), words)
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.setBrush(self.plot.colour_of(year))
            self.painter.drawEllipse(QPointF(x - 8, y - self.metrics.ascent() / 2 + 1), 4, 4)
            x -= 24

    def _data(self) -> None:
        points = self.found.points
        for year in self.plot._years():
            colour = self.plot.colour_of(year)
            # In time the line goes on across the new year; over the season each year is its own.
            mine = [p for p in points if p.mars_year == year] if self.by_season else list(points)
            mine.sort(key=lambda p: p.solar_longitude if self.by_season else p.time.timestamp())
            self._line(mine, colour if self.by_season else self.plot._ink(0.45))
            if not self.by_season:
                break
        for point in points:
            spot = QPointF(self.x_of(point), self.y_of(point.value) if point.value is not None else self.frame.bottom())
            colour = self.plot.colour_of(point.mars_year)
            marked = 0 <= self.plot._marked == len(self.plot._dots)
            self.plot._dots.append((spot, point))
            if point.value is None:
                self.painter.setPen(QPen(self.plot._ink(0.6), 1.5))
                for sign in (-1, 1):
                    self.painter.drawLine(spot + QPointF(-4, -4 - 4 * sign), spot + QPointF(4, -4 + 4 * sign))
                continue
            self.painter.setPen(QPen(self.plot.palette().color(QPalette.ColorRole.Base), 1.5))
            self.painter.setBrush(colour)
            self.painter.drawEllipse(spot, 7 if marked else 5, 7 if marked else 5)

    def _line(self, points: list[Point], colour: QColor) -> None:
        """Broken where there is no data."""
        self.painter.setPen(QPen(colour, 1.5))
        run: list[QPointF] = []
        for point in [*points, None]:
            if point is not None and point.value is not None:
                run.append(QPointF(self.x_of(point), self.y_of(point.value)))
                continue
            if len(run) > 1:
                self.painter.drawPolyline(QPolygonF(run))
            run = []

    def _changes(self) -> None:
        """Below: each comparison as a bar from its first date to its second, as high as its probability."""
        top, bottom = self.frame.bottom() + 6, self.frame.bottom() + self.strip - 2
        height = bottom - top
        self.painter.setPen(QPen(self.plot._ink(0.3), 1))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRect(QRectF(self.frame.left(), top, self.frame.width(), height))
        self.painter.setPen(self.plot._ink(0.75))
        for words, y in (("1", top + 5), ("0", bottom - 5)):
            box = QRectF(0, y - 10, self.frame.left() - 5, 20)
            self.painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), words)
        for pair in self.found.compared:
            if pair.probability is None:
                continue
            y = bottom - pair.probability * height
            box = QRectF(QPointF(self._time_x(pair.before), y), QPointF(self._time_x(pair.after), y))
            colour = self.plot.palette().color(QPalette.ColorRole.Highlight)
            self.painter.setPen(QPen(colour, 2.5))
            self.painter.drawLine(box.topLeft(), box.topRight())
            self.plot._bars.append((box, pair))
        self.painter.setPen(self.plot._ink(0.6))
        self.painter.drawText(QPointF(self.frame.left() + 4, top + self.metrics.ascent()), tr("Probability of change"))

    def _rule(self, start: QPointF, end: QPointF) -> None:
        self.painter.setPen(QPen(self.plot._ink(0.13), 1))
        self.painter.drawLine(start, end)
        self.painter.setPen(self.plot._ink(0.75))

    def _centred(self, words: str, x: float, base: float) -> None:
        width = self.metrics.horizontalAdvance(words)
        x = min(max(x - width / 2, 0.0), self.plot.width() - width - 1)
        self.painter.setPen(self.plot._ink(0.75))
        self.painter.drawText(QPointF(x, base), words)
