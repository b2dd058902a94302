# ruff: noqa: N802 - Qt's names
"""Mars Year against solar longitude: a dot for each product, so that gaps and repeats are seen at once.

The dots are drawn once into a picture and copied from it; only marks and the frame of a drag are drawn anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QFont, QPainter, QPalette, QPen, QPixmap
from qgis.PyQt.QtWidgets import QRubberBand, QSizePolicy, QToolTip, QWidget

from ...common.words import Observation, Season
from ..words import tr
from . import glyphs, names
from .colours import ink, is_dark, kind_colour, kind_of, quarter_colour
from .selection import Selection

#: How near the mouse must be to a dot, pixels.
_REACH = 8.0
_MOST_IN_TIP = 5
#: From this many selected on, their rings are drawn thin.
_MANY = 25
#: More rows than this are not drawn one by one (a damaged table could hold any year).
_MOST_YEARS = 60


class SeasonPlot(QWidget):
    """Click or drag selects; ``zoom_wanted(product id)`` on a double click."""

    zoom_wanted = pyqtSignal(str)

    def __init__(self, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection = selection
        self._observations: Sequence[Observation] = ()
        self._chosen: frozenset[str] = frozenset()
        self._season = Season()
        self._years = (0, 0)
        self._kinds: list[str] = []
        self._points: list[tuple[float, float]] = []
        self._picture: QPixmap | None = None
        self._marked: QPixmap | None = None
        self._pressed: QPoint | None = None
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Plot of what exists: Mars Years against season"))
        self.setAccessibleDescription(tr("The table below holds the same products and works by keyboard."))
        selection.changed.connect(self._follow)

    def sizeHint(self) -> QSize:
        return QSize(320, self.fontMetrics().height() * 12)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().height() * 7)

    # -- contents -------------------------------------------------------------------------------------------------

    def set_observations(self, observations: Sequence[Observation], chosen: Iterable[str]) -> None:
        """Show these products; ``chosen`` are filled."""
        self._observations = observations
        self._kinds = [kind_of(o.product_id) for o in observations]
        self._chosen = frozenset(chosen)
        years = [o.mars_year for o in observations]
        first, last = (min(years), max(years)) if years else (0, 0)
        self._years = (max(first, last - _MOST_YEARS + 1), last)
        self._points = []
        self._redraw()

    def set_chosen(self, chosen: Iterable[str]) -> None:
        """Fill exactly these."""
        self._chosen = frozenset(chosen)
        self._redraw()

    def set_season(self, season: Season) -> None:
        """Shade what the next search would look for."""
        self._season = season
        self._redraw()

    # -- geometry -------------------------------------------------------------------------------------------------

    def _frame(self) -> QRectF:
        """Where the dots are."""
        metrics = self.fontMetrics()
        left = metrics.horizontalAdvance("MY 00") + 6
        return QRectF(
            left,
            2 * metrics.height() + 3,
            max(self.width() - left - 8, 20),
            max(self.height() - 3.4 * metrics.height() - 3, 20),
        )

    def _row_height(self) -> float:
        return self._frame().height() / (self._years[1] - self._years[0] + 1)

    def _x(self, longitude: float) -> float:
        frame = self._frame()
        return frame.left() + frame.width() * longitude / 360.0

    def _y(self, mars_year: int) -> float:
        """The middle of a year's row; the latest year is on top."""
        return self._frame().top() + (self._years[1] - mars_year + 0.5) * self._row_height()

    def _size(self) -> int:
        return int(max(5, min(9, self._row_height() * 0.42, self.fontMetrics().height() * 0.55)))

    # -- drawing --------------------------------------------------------------------------------------------------

    def _redraw(self) -> None:
        self._picture = self._marked = None
        self.update()

    def paintEvent(self, event) -> None:
        if self._picture is None:
            self._picture = self._draw()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        if self._selection.ids and self._observations:
            if self._marked is None:
                self._marked = self._marks()
            painter.drawPixmap(0, 0, self._marked)
        painter.end()

    def _blank(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(QSize(max(round(self.width() * ratio), 1), max(round(self.height() * ratio), 1)))
        picture.setDevicePixelRatio(ratio)
        return picture

    def _draw(self) -> QPixmap:
        picture = self._blank()
        picture.fill(self.palette().color(QPalette.ColorRole.Base))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        self._draw_seasons(painter)
        if self._observations:
            self._draw_years(painter)
            self._shade(painter)
            self._draw_dots(painter)
        else:
            painter.setPen(ink(self.palette()))
            painter.drawText(self._frame(), Qt.AlignmentFlag.AlignCenter, tr("Nothing found yet"))
        painter.end()
        return picture

    def _draw_seasons(self, painter: QPainter) -> None:
        frame, metrics = self._frame(), self.fontMetrics()
        text = ink(self.palette())
        small = QFont(self.font())
        small.setPointSizeF(max(small.pointSizeF() * 0.85, 6.0))
        for index, edge in enumerate(names.QUARTERS):
            band = QRectF(self._x(edge), frame.top(), frame.width() / 4.0, frame.height())
            tint = quarter_colour(index)
            tint.setAlpha(38)
            painter.fillRect(band, tint)
            tint.setAlpha(255)
            painter.fillRect(QRectF(band.left(), band.top() - 3, band.width(), 3), tint)
            painter.setPen(text)
            painter.setFont(small)
            for line, name in enumerate(names.short_names(index)):
                room = QRectF(
                    band.left() + 1, line * painter.fontMetrics().height(), band.width() - 2, metrics.height()
                )
                painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, name)
            painter.setFont(self.font())
        for edge in (0, 90, 180, 270, 360):
            label = f"{edge}\u00b0"
            width = metrics.horizontalAdvance(label)
            x = min(max(self._x(edge) - width / 2.0, 0.0), self.width() - width - 1.0)
            painter.drawText(QPointF(x, frame.bottom() + metrics.ascent() + 2), label)
        painter.drawText(QPointF(2, frame.bottom() + metrics.ascent() + 2), "Ls")

    def _draw_years(self, painter: QPainter) -> None:
        frame, metrics = self._frame(), self.fontMetrics()
        text = ink(self.palette())
        faint = QColor(text)
        faint.setAlpha(50)
        every = max(1, -(-metrics.height() // max(int(self._row_height()), 1)))
        for year in range(self._years[0], self._years[1] + 1):
            painter.setPen(faint)
            painter.drawLine(QPointF(frame.left(), self._y(year)), QPointF(frame.right(), self._y(year)))
            if (self._years[1] - year) % every == 0:
                painter.setPen(text)
                label = tr("MY {year}").format(year=year)
                room = QRectF(0, self._y(year) - metrics.height() / 2, frame.left() - 4, metrics.height())
                painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, label)

    def _shade(self, painter: QPainter) -> None:
        """Frame the season filter: what lies outside is not looked for."""
        season = self._season
        if not season.mars_years and season.solar_longitude is None:
            return
        colour = self.palette().color(QPalette.ColorRole.Highlight)
        fill = QColor(colour)
        fill.setAlpha(45)
        half = self._row_height() / 2.0
        spans = [(0.0, 360.0)]
        if season.solar_longitude is not None:
            start, end = season.solar_longitude
            spans = [(start, end)] if start <= end else [(start, 360.0), (0.0, end)]
        for first, last in season.mars_years or (self._years,):
            first, last = max(first, self._years[0]), min(last, self._years[1])
            if first > last:
                continue
            top = self._y(last) - half
            for low, high in spans:
                box = QRectF(self._x(low), top, self._x(high) - self._x(low), self._y(first) + half - top)
                painter.fillRect(box, fill)
                painter.setPen(QPen(colour, 1.0, Qt.PenStyle.DashLine))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(box)

    def _place(self) -> None:
        """Where each dot is; RED a little above COLOR of the same observation."""
        frame, row = self._frame(), self._row_height()
        scale, left = frame.width() / 360.0, frame.left()
        shift = {"RED": -0.16 * row, "COLOR": 0.16 * row, "": 0.0}
        first, last = self._years
        middles = {year: self._y(year) for year in range(first, last + 1)}
        self._points = [
            (left + o.solar_longitude * scale, middles[max(o.mars_year, first)] + shift[k])
            for o, k in zip(self._observations, self._kinds, strict=True)
        ]

    def _draw_dots(self, painter: QPainter) -> None:
        self._place()
        heaps: dict[tuple[bool, str], list[tuple[float, float]]] = {}
        for observation, kind, point in zip(self._observations, self._kinds, self._points, strict=True):
            heaps.setdefault((observation.product_id in self._chosen, kind), []).append(point)
        dark, ratio = is_dark(self.palette()), self.devicePixelRatioF()
        # The chosen come last: on top.
        for chosen, kind in sorted(heaps):
            picture = glyphs.dot(self._size(), kind, chosen, kind_colour(kind, dark), ratio)
            glyphs.stamp(painter, picture, heaps[chosen, kind])

    def _marks(self) -> QPixmap:
        """Rings round what is selected."""
        picture = self._blank()
        picture.fill(Qt.GlobalColor.transparent)
        ids = self._selection.ids
        colour = ink(self.palette())
        ring = glyphs.ring(self._size(), colour, len(ids) > _MANY, self.devicePixelRatioF())
        painter = QPainter(picture)
        found = (p for o, p in zip(self._observations, self._points, strict=True) if o.product_id in ids)
        glyphs.stamp(painter, ring, found)
        painter.end()
        return picture

    # -- hands ----------------------------------------------------------------------------------------------------

    def _near(self, point: QPointF) -> list[Observation]:
        """The products under the mouse, nearest first."""
        x, y = point.x(), point.y()
        found = [
            ((px - x) ** 2 + (py - y) ** 2, index)
            for index, (px, py) in enumerate(self._points)
            if abs(px - x) <= _REACH and abs(py - y) <= _REACH
        ]
        return [self._observations[i] for distance, i in sorted(found) if distance <= _REACH**2]

    def mousePressEvent(self, event) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.pos()

    def mouseMoveEvent(self, event) -> None:
        if self._pressed is not None:
            frame = QRect(self._pressed, event.pos()).normalized()
            if frame.width() + frame.height() > 6:
                self._band.setGeometry(frame)
                self._band.show()
            return
        near = self._near(QPointF(event.pos()))
        if not near:
            QToolTip.hideText()
            self.setCursor(Qt.CursorShape.ArrowCursor)
            return
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        QToolTip.showText(self.mapToGlobal(event.pos()), _tip(near), self)

    def mouseReleaseEvent(self, event) -> None:
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        add = bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier))
        if self._band.isVisible():
            frame = QRectF(self._band.geometry())
            ids = {
                o.product_id
                for o, p in zip(self._observations, self._points, strict=False)
                if frame.contains(QPointF(*p))
            }
            self._band.hide()
        else:
            ids = {o.product_id for o in self._near(QPointF(event.pos()))[:1]}
        self._pressed = None
        wanted = frozenset(ids)
        if add:
            # A second click with Ctrl on what is selected lets it go.
            wanted = self._selection.ids ^ wanted if len(wanted) == 1 else self._selection.ids | wanted
        self._selection.set(wanted, self)

    def mouseDoubleClickEvent(self, event) -> None:
        near = self._near(QPointF(event.pos()))
        if near:
            self.zoom_wanted.emit(near[0].product_id)

    def leaveEvent(self, event) -> None:
        QToolTip.hideText()
        super().leaveEvent(event)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._redraw()

    def changeEvent(self, event) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._redraw()
        super().changeEvent(event)

    def _follow(self, origin: object) -> None:
        self._marked = None
        self.update()


def _tip(near: Sequence[Observation]) -> str:
    lines = [
        tr("{product}: {date} UTC, MY {year}, Ls {ls}\u00b0, {season}").format(
            product=o.product_id,
            date=o.start_time.strftime("%Y-%m-%d %H:%M"),
            year=o.mars_year,
            ls=f"{o.solar_longitude:.1f}",
            season=names.season_word(o),
        )
        for o in near[:_MOST_IN_TIP]
    ]
    if len(near) > _MOST_IN_TIP:
        lines.append(tr("and {count} more here").format(count=len(near) - _MOST_IN_TIP))
    return "\n".join(lines)
