"""The table of files, and the delegate that draws their bars. Updated by whole snapshots, never by single chunks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, QRect, Qt
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionProgressBar

from ...crawler.watch import FileProgress
from ..words import tr
from .phrases import bar_words, file_words, percent
from .snapshot import Snapshot

#: A role that hands over the FileProgress itself.
FILE = Qt.ItemDataRole.UserRole
NAME_COLUMN, PROGRESS_COLUMN = 0, 1
_NO_PARENT = QModelIndex()


class FileModel(QAbstractTableModel):
    """One row a file, in the order asked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: tuple[FileProgress, ...] = ()
        self._rows: dict[Path, int] = {}

    def show(self, now: Snapshot | None) -> None:
        """Show a snapshot: one signal for all rows that changed."""
        files = now.files if now is not None else ()
        if [f.path for f in files] != [f.path for f in self._files]:
            self.beginResetModel()
            self._files = files
            self._rows = {f.path: row for row, f in enumerate(files)}
            self.endResetModel()
            return
        before, self._files = self._files, files
        # A rest counts its seconds down without anything happening to the file.
        changed = [
            row for row, (a, b) in enumerate(zip(before, files, strict=True)) if a is not b or b.again_at is not None
        ]
        if changed:
            self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], PROGRESS_COLUMN))

    def file(self, row: int) -> FileProgress | None:
        return self._files[row] if 0 <= row < len(self._files) else None

    def row(self, path: Path) -> int:
        """The row of a file, -1 where it is not shown."""
        return self._rows.get(path, -1)

    def rowCount(self, parent: QModelIndex = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._files)

    def columnCount(self, parent: QModelIndex = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802 - Qt's name
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (tr("File"), tr("Progress"))[section]
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        file = self.file(index.row()) if index.isValid() else None
        if file is None:
            return None
        if role == FILE:
            return file
        if role == Qt.ItemDataRole.DisplayRole:
            return file.name if index.column() == NAME_COLUMN else bar_words(file)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr("{name}\n{words}").format(name=file.name, words=file_words(file))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr("{name}: {state}").format(name=file.name, state=bar_words(file))
        return None


class BarDelegate(QStyledItemDelegate):
    """Draws the progress column: a bar while bytes come, words when they do not."""

    def paint(self, painter, option, index: QModelIndex) -> None:
        file = index.data(FILE)
        if file is None:
            super().paint(painter, option, index)
            return
        style = option.widget.style() if option.widget is not None else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        inside = option.rect.adjusted(2, 2, -2, -2)
        if file.state in ("active", "paused") and file.bytes and file.total and file.again_at is None:
            self._bar(painter, style, option, inside, file)
        else:
            self._words(painter, option, inside, file)

    def _bar(self, painter, style, option, inside: QRect, file: FileProgress) -> None:
        bar = QStyleOptionProgressBar()
        bar.initFrom(option.widget)
        bar.rect = inside
        bar.minimum, bar.maximum, bar.progress = 0, 100, percent(file)
        bar.text = bar_words(file)
        bar.textVisible = True
        bar.textAlignment = Qt.AlignmentFlag.AlignCenter
        bar.state |= QStyle.StateFlag.State_Horizontal
        style.drawControl(QStyle.ControlElement.CE_ProgressBar, bar, painter, option.widget)

    def _words(self, painter, option, inside: QRect, file: FileProgress) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        colour = option.palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text)
        if file.state == "failed" and not selected:
            colour = failure_colour(option.palette)
        painter.save()
        painter.setPen(colour)
        text = option.fontMetrics.elidedText(bar_words(file), Qt.TextElideMode.ElideRight, inside.width() - 4)
        painter.drawText(inside.adjusted(2, 0, -2, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()


def failure_colour(palette: QPalette) -> QColor:
    """A red that can be read on the palette's background."""
    dark = palette.color(QPalette.ColorRole.Base).lightness() < 128
    return QColor("#ff8a80") if dark else QColor("#b3261e")
