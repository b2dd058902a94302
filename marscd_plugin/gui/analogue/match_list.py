"""The list of matches: the target beside the match, and three lines of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFont, QImage, QPainter, QPalette, QPixmap
from qgis.PyQt.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ..words import tr
from .rows import ACCEPTED, REJECTED, Row, lines, name, tip

#: Pixels of one picture in a row.
PICTURE = 64
_GAP = 4
_MAX_PICTURE_BYTES = 4 << 20
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
PICTURES_ROLE = ROW_ROLE + 1
_COLOURS = {ACCEPTED: QColor(46, 160, 67), REJECTED: QColor(200, 40, 40)}


class MatchList(QAbstractListModel):
    """Rows in the order of their ranks."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()
        self._matches: Mapping[int, QImage] = {}
        self._targets: Mapping[int, QImage] = {}
        self._pixmaps: dict[int, tuple[QPixmap | None, QPixmap | None]] = {}

    def set_rows(self, rows: Sequence[Row], matches: Mapping[int, QImage], targets: Mapping[int, QImage]) -> None:
        """Show these; pictures of matches and of their targets by a match's ``index``."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self._matches, self._targets, self._pixmaps = matches, targets, {}
        self.endResetModel()

    def change_rows(self, rows: Sequence[Row]) -> None:
        """The same matches with other verdicts."""
        self.rows = tuple(rows)
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))

    def row_of(self, index: int) -> int | None:
        """The row of a match by its number; None where it is not listed."""
        return next((n for n, row in enumerate(self.rows) if row.index == index), None)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return "\n".join((name(row), *lines(row)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(row)
        if role == ROW_ROLE:
            return row
        if role == PICTURES_ROLE:
            return self._pictures(row)
        return None

    def _pictures(self, row: Row) -> tuple[QPixmap | None, QPixmap | None]:
        if row.index not in self._pixmaps:
            self._pixmaps[row.index] = (
                _pixmap(self._targets.get(row.index)),
                _pixmap(self._matches.get(row.index)),
            )
        return self._pixmaps[row.index]


class MatchDelegate(QStyledItemDelegate):
    """Two pictures, a name and some words; a verdict colours the match's frame."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # noqa: N802 - Qt's name
        row = index.data(ROW_ROLE)
        # The words on chance take two lines of a narrow dock.
        count = 5 if row is None or row.score is None else 6
        return QSize(3 * PICTURE, max(PICTURE + 8, count * option.fontMetrics.lineSpacing() + 6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if row is None:
            return
        painter.save()
        plain = QStyleOptionViewItem(option)
        plain.widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, plain, painter, plain.widget)
        target, match = index.data(PICTURES_ROLE)
        left, top = option.rect.left() + 4, option.rect.top() + (option.rect.height() - PICTURE) // 2
        for number, picture in enumerate((target, match)):
            frame = QRect(left + number * (PICTURE + _GAP), top, PICTURE, PICTURE)
            self._picture(painter, frame, picture, option.palette)
        colour = _COLOURS.get(row.verdict)
        if colour is not None:
            painter.setPen(colour)
            frame = QRect(left + PICTURE + _GAP, top, PICTURE, PICTURE)
            for width in range(3):
                painter.drawRect(frame.adjusted(width, width, -width - 1, -width - 1))
        self._text(painter, option, row, left + 2 * (PICTURE + _GAP) + 2)
        painter.restore()

    def _picture(self, painter: QPainter, frame: QRect, picture: QPixmap | None, palette: QPalette) -> None:
        if picture is not None:
            painter.drawPixmap(frame, picture)
            return
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawRect(frame.adjusted(0, 0, -1, -1))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, "?")

    def _text(self, painter: QPainter, option: QStyleOptionViewItem, row: Row, left: int) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        painter.setPen(option.palette.color(role))
        height = option.fontMetrics.lineSpacing()
        place = QRect(left, option.rect.top() + 2, option.rect.right() - left - 4, option.rect.height() - 4)
        font = QFont(option.font)
        font.setBold(True)
        painter.setFont(font)
        title = painter.fontMetrics().elidedText(name(row), Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, title)
        painter.setFont(option.font)
        wrapped = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(place.adjusted(0, height, 0, 0), wrapped, "\n".join(lines(row)))


def list_view(model: MatchList, parent: QWidget) -> QListView:
    """The list, ready to be put somewhere."""
    view = QListView(parent)
    view.setModel(model)
    view.setItemDelegate(MatchDelegate(view))
    view.setAccessibleName(tr("Matches"))
    view.setToolTip(tr("Left the target, right the match. Click: go there; N and P: next and previous"))
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setAlternatingRowColors(True)
    view.setUniformItemSizes(True)
    return view


def load_picture(path: Path | None, px: int = PICTURE) -> QImage | None:
    """A small picture from disk. For a worker; None where there is none."""
    if path is None:
        return None
    try:
        if path.stat().st_size > _MAX_PICTURE_BYTES:
            return None
    except OSError:
        return None
    image = QImage(str(path))
    if image.isNull():
        return None
    return image.scaled(
        px, px, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )


def grey_image(values: Any) -> QImage:
    """(h, w) uint8 as a picture of its own memory."""
    height, width = values.shape
    return QImage(values.tobytes(), width, height, width, QImage.Format.Format_Grayscale8).copy()


def _pixmap(image: QImage | None) -> QPixmap | None:
    return None if image is None else QPixmap.fromImage(image)


__all__ = ["PICTURE", "MatchList", "grey_image", "list_view", "load_picture"]
