"""The fetch under way: one bar for all, one row a file, what went wrong and what to do, and the buttons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QAction, QKeySequence
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ...crawler.watch import FileProgress
from ..words import tr
from .model import FILE, NAME_COLUMN, PROGRESS_COLUMN, BarDelegate, FileModel
from .phrases import counts_words, file_words, headline
from .snapshot import Snapshot


class JobBox(QWidget):
    """Draws snapshots; what the user wants leaves as signals."""

    pause_wanted = pyqtSignal()
    resume_wanted = pyqtSignal()
    cancel_wanted = pyqtSignal()
    #: A list of paths, or None for all that failed.
    retry_wanted = pyqtSignal(object)
    series_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.now: Snapshot | None = None
        self._failed_shown = False
        self._build()

    # -- widgets ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.headline = QLabel(self)
        self.headline.setWordWrap(True)
        font = self.headline.font()
        font.setBold(True)
        self.headline.setFont(font)
        self.headline.setAccessibleName(tr("State of the fetch"))
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(tr("How much of all has come"))
        self.counts = QLabel(self)
        self.counts.setWordWrap(True)
        self.elsewhere = QLabel(self)
        self.elsewhere.setWordWrap(True)
        self.elsewhere.hide()
        self.details = QLabel(self)
        self.details.setWordWrap(True)
        self.details.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.details.setAccessibleName(tr("About the file"))
        self.details.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.details.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.elsewhere, self.headline, self.bar, self.counts):
            column.addWidget(widget)
        column.addLayout(self._buttons())
        column.addWidget(self._table(), 1)
        column.addWidget(self.details)
        column.addLayout(self._file_buttons())

    def _table(self) -> QTableView:
        self.model = FileModel(self)
        self.table = table = QTableView(self)
        table.setModel(self.model)
        table.setItemDelegateForColumn(PROGRESS_COLUMN, BarDelegate(table))
        table.setAccessibleName(tr("Files"))
        table.setToolTip(tr("Double click on a file that failed to read why, and what to do"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setTabKeyNavigation(False)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 10)
        header = table.horizontalHeader()
        header.setSectionResizeMode(NAME_COLUMN, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(PROGRESS_COLUMN, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(PROGRESS_COLUMN, table.fontMetrics().horizontalAdvance("100 %, 100.0 MB/s ") + 16)
        header.setHighlightSections(False)
        table.activated.connect(self._activated)
        table.selectionModel().selectionChanged.connect(lambda *_: self._show_details())
        self.copy = QAction(tr("Copy the address"), table)
        self.copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        self.copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.copy.triggered.connect(self._copy)
        self.again = QAction(tr("Try again"), table)
        self.again.triggered.connect(self._again)
        table.addActions([self.again, self.copy])
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        return table

    def _buttons(self) -> QHBoxLayout:
        self.pause = QPushButton(tr("&Pause"), self)
        self.pause.clicked.connect(self._pause_or_resume)
        self.cancel = QPushButton(tr("&Cancel"), self)
        self.cancel.setToolTip(tr("End this fetch. What has come stays on the disk, and Start goes on from there."))
        self.cancel.clicked.connect(lambda: self.cancel_wanted.emit())
        self.retry = QPushButton(self)
        self.retry.setToolTip(tr("Ask the archive once more for all files that failed"))
        self.retry.clicked.connect(lambda: self.retry_wanted.emit(None))
        self.series = QPushButton(tr("&Build series"), self)
        self.series.setToolTip(tr("Go on: lay the images on each other"))
        self.series.clicked.connect(lambda: self.series_wanted.emit())
        row = QHBoxLayout()
        for button in (self.pause, self.cancel, self.retry, self.series):
            button.setMinimumWidth(60)
            row.addWidget(button)
        return row

    def _file_buttons(self) -> QHBoxLayout:
        self.again_button = QPushButton(tr("&Try this file again"), self)
        self.again_button.setToolTip(tr("Ask the archive once more for this file"))
        self.again_button.clicked.connect(self._again)
        self.copy_button = QPushButton(tr("Copy its &address"), self)
        self.copy_button.setToolTip(tr("Copy the file's address, to open it in a browser"))
        self.copy_button.clicked.connect(self._copy)
        row = QHBoxLayout()
        for button in (self.again_button, self.copy_button):
            button.hide()
            row.addWidget(button)
        row.addStretch(1)
        return row

    # -- showing ------------------------------------------------------------------------------------------------

    def show_snapshot(self, now: Snapshot, here: bool = True) -> None:
        """Draw it; what did not change is left alone. ``here``: it belongs to the job that is open."""
        self.elsewhere.setVisible(not here)
        if not here:
            text = tr("This fetch belongs to another job, {folder}. Another can start when it has ended.")
            _set(self.elsewhere, text.format(folder=now.root.name))
        earlier, self.now = self.now, now
        if earlier is None or earlier.root != now.root:
            self._failed_shown = False
        _set(self.headline, now.message if now.state == "stopped" and now.message else headline(now))
        _set(self.counts, counts_words(now))
        self.bar.setValue(int(1000 * now.fraction))
        self.bar.setFormat(f"{int(100 * now.fraction)} %")
        self.model.show(now)
        self._show_buttons(now)
        if now.failed and not self._failed_shown and not now.busy:
            self._failed_shown = True
            self._select_first_failed(now)
        self._show_details()

    def _show_buttons(self, now: Snapshot) -> None:
        running = now.state == "running"
        stands = now.state in ("paused", "stopped")
        _set(self.pause, tr("&Resume") if stands else tr("&Pause"))
        self.pause.setToolTip(
            tr("Go on where it was paused")
            if stands
            else tr("Stop for now; what has come is kept, also when QGIS is closed")
        )
        self.pause.setVisible(now.busy or stands)
        self.pause.setEnabled(running or stands)
        self.cancel.setVisible(now.busy or stands)
        self.cancel.setEnabled(running or stands)
        self.retry.setVisible(bool(now.failed) and not stands)
        self.retry.setEnabled(now.state != "pausing")
        _set(self.retry, tr("&Try {count} failed again").format(count=now.failed))
        self.series.setVisible(now.state == "ended" and now.whole > 0)

    def _select_first_failed(self, now: Snapshot) -> None:
        for row, file in enumerate(now.files):
            if file.state == "failed":
                self.table.selectRow(row)
                self.table.scrollTo(self.model.index(row, NAME_COLUMN))
                return

    def selected(self) -> list[FileProgress]:
        """The files of the rows that are selected."""
        rows = self.table.selectionModel().selectedRows(NAME_COLUMN)
        return [file for file in (row.data(FILE) for row in rows) if file is not None]

    def _show_details(self) -> None:
        files = self.selected()
        file = files[0] if files else None
        failed = [f for f in files if f.state == "failed"]
        may = bool(failed) and self.now is not None and self.now.state != "pausing"
        _set(self.details, "" if file is None else tr("{name}: {words}").format(name=file.name, words=file_words(file)))
        self.details.setVisible(file is not None)
        self.again.setEnabled(may)
        self.again_button.setVisible(bool(failed))
        self.again_button.setEnabled(may)
        self.copy.setEnabled(file is not None)
        self.copy_button.setVisible(bool(failed))

    # -- what the user does -------------------------------------------------------------------------------------

    def _pause_or_resume(self) -> None:
        if self.now is not None and self.now.state == "running":
            self.pause_wanted.emit()
        else:
            self.resume_wanted.emit()

    def _activated(self, index: Any) -> None:
        """Double click or Enter: read about it; the next Enter tries a failed one again."""
        self._show_details()
        if self.again_button.isVisible():
            self.again_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _again(self) -> None:
        paths: list[Path] = [f.path for f in self.selected() if f.state == "failed"]
        if paths:
            self.retry_wanted.emit(paths)

    def _copy(self) -> None:
        QApplication.clipboard().setText("\n".join(f.url for f in self.selected()))


def _set(widget: Any, text: str) -> None:
    if widget.text() != text:
        widget.setText(text)
