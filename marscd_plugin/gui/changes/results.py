"""The second tab: the changes of a pair, one by one; another threshold; taking them elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qgis.PyQt.QtCore import QItemSelection, QItemSelectionModel, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence, QShortcut
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...common.words import ChangeMap
from ..running import Running
from ..words import tr
from .preview import ThresholdBox
from .review_bar import ReviewBar
from .rows import Change, summary
from .table import ChangeTable, table_view

#: Rows selected in the table at most when the map's selection is huge.
_MOST_SELECTED = 2000


class ResultsPanel(QWidget):
    """One pair at a time. What it wants of the map and of the disk it says by signals."""

    pair_wanted = pyqtSignal(int)
    #: Go to a change; these feature ids are selected in the table.
    change_wanted = pyqtSignal(object)
    selected = pyqtSignal(list)
    report_wanted = pyqtSignal()
    #: ``gpkg``, ``geojson``, ``fgb``, ``csv``, ``mask``
    export_wanted = pyqtSignal(str)
    #: Before (True) or After under the outlines.
    image_wanted = pyqtSignal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._change: ChangeMap | None = None
        self._telling = False
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 6, 6, 6)
        self.empty = QLabel(tr("Nothing was compared in this folder yet. Choose two dates in the tab Compare."), self)
        self.empty.setWordWrap(True)
        column.addWidget(self.empty)
        self.body = QWidget(self)
        inner = QVBoxLayout(self.body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addLayout(self._head())
        self.threshold = ThresholdBox(self.body)
        inner.addWidget(self.threshold)
        inner.addLayout(self._filter())
        inner.addWidget(self._table(), 1)
        inner.addLayout(self._foot())
        self.review = ReviewBar(self, self.body)
        inner.addWidget(self.review)
        self.running = Running(self.body)
        inner.addWidget(self.running)
        column.addWidget(self.body, 1)
        column.addStretch(0)
        self._keys()
        self.set_pairs([], -1)

    # What is shown

    def set_pairs(self, labels: Sequence[tuple[str, str]], current: int) -> None:
        """(label, tip) of each finished pair, and which is shown."""
        blocked = self.pairs.blockSignals(True)
        self.pairs.clear()
        for label, tip in labels:
            self.pairs.addItem(label)
            self.pairs.setItemData(self.pairs.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.pairs.setCurrentIndex(current)
        self.pairs.blockSignals(blocked)
        self.empty.setVisible(not labels)
        self.body.setVisible(bool(labels))

    def set_change(self, change: ChangeMap, rows: Sequence[Change]) -> None:
        """Show one pair's changes."""
        self._change = change
        self.words.setText(summary(change, rows))
        self.words.setToolTip(
            tr("{before} with {after}; threshold {threshold}, computed on {device}.").format(
                before=change.before, after=change.after, threshold=f"{change.threshold:g}", device=change.device
            )
        )
        self.notes.setText("\n".join(f"⚠ {w}" for w in change.warnings))
        self.notes.setVisible(bool(change.warnings))
        self.table_model.set_rows(rows)
        self.threshold.set_own(change.threshold)
        self._position()

    def select(self, fids: Sequence[int]) -> None:
        """Select in the table what the map selected, without telling the map."""
        rows = sorted(r for r in (self.table_model.row_of(f) for f in fids[:_MOST_SELECTED]) if r is not None)
        chosen = QItemSelection()
        last = self.table_model.columnCount() - 1
        for row in rows:
            chosen.select(self.table_model.index(row, 0), self.table_model.index(row, last))
        self._telling = True
        try:
            model = self.table.selectionModel()
            model.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            if rows:
                model.setCurrentIndex(self.table_model.index(rows[0], 0), QItemSelectionModel.SelectionFlag.NoUpdate)
                self.table.scrollTo(self.table_model.index(rows[0], 0))
        finally:
            self._telling = False
        self._position()

    def shown_fids(self) -> list[int] | None:
        """Feature ids that the filter lets through; None where it hides none."""
        if len(self.table_model.shown_rows) == len(self.table_model.all_rows):
            return None
        return [c.fid for c in self.table_model.shown_rows]

    def selected_change(self) -> Change | None:
        """The one change that is selected; None where none is, or several are."""
        spans = self._spans()
        if len(spans) == 1 and spans[0][0] == spans[0][1]:
            return self.table_model.change(spans[0][0])
        return None

    def set_verdicts(self, verdicts: Mapping[int, str]) -> None:
        """What was said of which feature."""
        self.table_model.set_verdicts(verdicts)

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) change of the table, round and round."""
        count = self.table_model.rowCount()
        if not count:
            return
        now = self._current()
        row = (0 if by > 0 else count - 1) if now is None else (now + by) % count
        self.table.selectRow(row)
        self.change_wanted.emit(self.table_model.change(row))

    @property
    def before_shown(self) -> bool:
        """True where Before is to lie under the outlines."""
        return self.before.isChecked()

    def set_busy(self, busy: bool) -> None:
        for widget in (self.pairs, self.threshold, self.review, self.export, self.report):
            widget.setEnabled(not busy)

    # Building

    def _head(self) -> QVBoxLayout:
        self.pairs = QComboBox(self.body)
        self.pairs.setToolTip(tr("Which two dates; all that were compared in this folder"))
        self.pairs.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.pairs.setMinimumContentsLength(14)
        self.pairs.currentIndexChanged.connect(self.pair_wanted)
        label = QLabel(tr("Pa&ir"), self.body)
        label.setBuddy(self.pairs)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.pairs, 1)
        self.words = QLabel(self.body)
        self.words.setWordWrap(True)
        self.words.setAccessibleName(tr("Result"))
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.notes = QLabel(self.body)
        self.notes.setWordWrap(True)
        column = QVBoxLayout()
        column.addLayout(row)
        column.addWidget(self.words)
        column.addWidget(self.notes)
        return column

    def _filter(self) -> QHBoxLayout:
        self.least_area = QDoubleSpinBox(self.body)
        self.least_area.setRange(0.0, 1e7)
        self.least_area.setDecimals(1)
        self.least_area.setSuffix(tr(" m²"))
        self.least_area.setToolTip(tr("List only changes of at least this area, in square metres"))
        self.least_area.setAccessibleName(tr("Least area"))
        self.least_probability = QDoubleSpinBox(self.body)
        self.least_probability.setRange(0.0, 1.0)
        self.least_probability.setDecimals(2)
        self.least_probability.setSingleStep(0.05)
        self.least_probability.setToolTip(tr("List only changes of at least this mean probability"))
        self.least_probability.setAccessibleName(tr("Least probability"))
        for box in (self.least_area, self.least_probability):
            box.valueChanged.connect(lambda _: self._filtered())
        row = QHBoxLayout()
        for text, box in ((tr("&List from"), self.least_area), (tr("pr&obability"), self.least_probability)):
            label = QLabel(text, self.body)
            label.setBuddy(box)
            row.addWidget(label)
            row.addWidget(box)
        row.addStretch(1)
        return row

    def _table(self) -> QTableView:
        self.table_model = ChangeTable(self)
        self.table = table_view(self.table_model, self.body)
        self.table_model.modelReset.connect(self._reset)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._table_selected())
        self.table.clicked.connect(self._clicked)
        self.table.activated.connect(lambda index: self.change_wanted.emit(self.table_model.change(index.row())))
        return self.table

    def _foot(self) -> QHBoxLayout:
        self.previous = QToolButton(self.body)
        self.previous.setText("◀")
        self.previous.setAccessibleName(tr("Previous change"))
        self.previous.setToolTip(tr("Previous change (P, or Alt+Up)"))
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next = QToolButton(self.body)
        self.next.setText("▶")
        self.next.setAccessibleName(tr("Next change"))
        self.next.setToolTip(tr("Next change (N, or Alt+Down)"))
        self.next.clicked.connect(lambda: self.step(1))
        self.position = QLabel(self.body)
        self.before = QToolButton(self.body)
        self.before.setText(tr("Be&fore"))
        self.before.setCheckable(True)
        self.before.setToolTip(
            tr("Pressed: the earlier image lies under the outlines; else the later one. The key B goes to and fro.")
        )
        self.before.toggled.connect(self.image_wanted)
        self.export = QToolButton(self.body)
        self.export.setText(tr("&Export"))
        self.export.setToolTip(tr("Save the listed changes, the table or the mask for other programs"))
        self.export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.export)
        for kind, text in (
            ("gpkg", tr("Changes as GeoPackage…")),
            ("geojson", tr("Changes as GeoJSON…")),
            ("fgb", tr("Changes as FlatGeobuf…")),
            ("csv", tr("Table as CSV…")),
            ("mask", tr("Mask as GeoTIFF…")),
        ):
            menu.addAction(text).triggered.connect(lambda _=False, kind=kind: self.export_wanted.emit(kind))
        self.export.setMenu(menu)
        self.report = QPushButton(tr("Re&port"), self.body)
        self.report.setToolTip(tr("Open the report of this pair in the web browser"))
        self.report.clicked.connect(self.report_wanted)
        row = QHBoxLayout()
        for widget in (self.previous, self.position, self.next):
            row.addWidget(widget)
        row.addWidget(self.before)
        row.addStretch(1)
        row.addWidget(self.export)
        row.addWidget(self.report)
        return row

    def _keys(self) -> None:
        toggle = QShortcut(QKeySequence("B"), self)
        toggle.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        toggle.activated.connect(self.before.toggle)
        for keys, by in ((("N", "Alt+Down", "Alt+Right"), 1), (("P", "Alt+Up", "Alt+Left"), -1)):
            for key in keys:
                shortcut = QShortcut(QKeySequence(key), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(lambda by=by: self.step(by))

    # Keeping up

    def _current(self) -> int | None:
        return min((top for top, _ in self._spans()), default=None)

    def _spans(self) -> list[tuple[int, int]]:
        """(first, last) of each run of selected rows: a row each would be slow where thousands are selected."""
        return sorted({(r.top(), r.bottom()) for r in self.table.selectionModel().selection()})

    def _clicked(self, index: Any) -> None:
        if self._spans() == [(index.row(), index.row())]:
            self.change_wanted.emit(self.table_model.change(index.row()))

    def _table_selected(self) -> None:
        self._position()
        if not self._telling:
            shown = self.table_model.shown_rows
            self.selected.emit([c.fid for top, bottom in self._spans() for c in shown[top : bottom + 1]])

    def _reset(self) -> None:
        # A reset clears the table's selection without a word.
        self._position()

    def _filtered(self) -> None:
        self.table_model.set_filter(self.least_area.value(), self.least_probability.value())

    def _position(self) -> None:
        shown, every = len(self.table_model.shown_rows), len(self.table_model.all_rows)
        now = self._current()
        if now is None:
            text = tr("{shown} listed").format(shown=f"{shown:,}")
        else:
            text = tr("{now} of {shown}").format(now=now + 1, shown=f"{shown:,}")
        if shown != every:
            text += " " + tr("({count} hidden)").format(count=f"{every - shown:,}")
        self.position.setText(text)
        for button in (self.previous, self.next):
            button.setEnabled(bool(shown))
        self.review.set_selected(self.selected_change() is not None)

    def release(self) -> None:
        """Stop what is waiting."""
        self.threshold.stop()
