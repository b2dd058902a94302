"""The second tab: what was found, one by one; verdicts; a second round; where the rest can be looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from qgis.PyQt.QtCore import QItemSelectionModel, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QImage, QKeySequence, QShortcut
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..running import Running
from ..words import tr
from .match_list import MatchList, list_view
from .rows import ACCEPTED, REJECTED, Row, headline, judged


class MatchesPanel(QWidget):
    """One search at a time. What it wants of the map and of the disk it says by signals."""

    search_wanted = pyqtSignal(int)
    #: Go to this match (a Row).
    go_wanted = pyqtSignal(object)
    #: (number of the match, verdict or "").
    judged = pyqtSignal(int, str)
    refine_wanted = pyqtSignal()
    report_wanted = pyqtSignal()
    surface_wanted = pyqtSignal()
    terrain_wanted = pyqtSignal()
    #: The distance under the matches, or the image alone.
    distance_wanted = pyqtSignal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._telling = False
        self.empty = QLabel(tr("Nothing was searched for in this job yet. Begin in the tab Search."), self)
        self.empty.setWordWrap(True)
        self.body = QWidget(self)
        self.model = MatchList(self)
        self.view = list_view(self.model, self.body)
        self.view.selectionModel().currentChanged.connect(lambda *_: self._moved())
        self.view.clicked.connect(lambda _: self._go())
        self.view.activated.connect(lambda _: self._go())
        inner = QVBoxLayout(self.body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        inner.addLayout(self._head())
        inner.addWidget(self.words)
        inner.addWidget(self.view, 1)
        inner.addLayout(self._verdicts())
        inner.addWidget(self.counts)
        inner.addWidget(self.refine)
        inner.addLayout(self._foot())
        self.running = Running(self.body, tr("Stop within a second or two; the matches that are shown stay"))
        inner.addWidget(self.running)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 6, 6, 6)
        column.addWidget(self.empty)
        column.addWidget(self.body, 1)
        column.addStretch(0)
        self.set_searches([], -1)

    def set_searches(self, titles: Sequence[tuple[str, str]], current: int) -> None:
        """(title, tip) of each search and round, and which is shown."""
        blocked = self.searches.blockSignals(True)
        self.searches.clear()
        for title, tip in titles:
            self.searches.addItem(title)
            self.searches.setItemData(self.searches.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.searches.setCurrentIndex(current)
        self.searches.blockSignals(blocked)
        self.empty.setVisible(not titles)
        self.body.setVisible(bool(titles))

    def set_rows(self, rows: Sequence[Row], matches: Mapping[int, QImage], targets: Mapping[int, QImage]) -> None:
        """Show a search's matches."""
        self.model.set_rows(rows, matches, targets)
        text, bad = headline(rows)
        self.words.setText(("⚠ " if bad else "") + text)
        font = self.words.font()
        font.setBold(bad)
        self.words.setFont(font)
        self._tell()

    def change_rows(self, rows: Sequence[Row]) -> None:
        """The same matches, judged anew."""
        self.model.change_rows(rows)
        self._tell()

    def current(self) -> Row | None:
        """The chosen match."""
        index = self.view.currentIndex()
        return self.model.rows[index.row()] if index.isValid() and index.row() < len(self.model.rows) else None

    def select(self, number: int) -> None:
        """Choose a match that the map chose, without going there."""
        row = self.model.row_of(number)
        if row is None:
            return
        self._telling = True
        try:
            self._set_current(row)
        finally:
            self._telling = False

    def step(self, by: int) -> None:
        """Go to the next (1) or the previous (-1) match, round and round."""
        count = len(self.model.rows)
        if not count:
            return
        index = self.view.currentIndex()
        row = (0 if by > 0 else count - 1) if not index.isValid() else (index.row() + by) % count
        self._set_current(row)
        self._go()

    def set_busy(self, busy: bool) -> None:
        """While a round is computed."""
        for widget in (self.searches, self.refine, self.accept, self.reject, self.clear):
            widget.setEnabled(not busy)
        if not busy:
            self._tell()

    # Building

    def _head(self) -> QHBoxLayout:
        self.searches = QComboBox(self.body)
        self.searches.setToolTip(tr("Which search; all of this job, and the rounds of each"))
        self.searches.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.searches.setMinimumContentsLength(14)
        self.searches.currentIndexChanged.connect(self.search_wanted)
        label = QLabel(tr("&Search"), self.body)
        label.setBuddy(self.searches)
        self.words = QLabel(self.body)
        self.words.setWordWrap(True)
        self.words.setMinimumSize(QSize(10, 0))
        self.words.setAccessibleName(tr("Result"))
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setToolTip(
            tr(
                "A small distance alone says nothing: some kinds of ground are common. So each match is compared with "
                "places taken at random from the searched ground; one that is no nearer than many of them is weak."
            )
        )
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.searches, 1)
        return row

    def _verdicts(self) -> QHBoxLayout:
        self.accept = self._button(
            tr("✓ &More like this"), tr("This is what I look for (A); then the next one"), "A", lambda: ACCEPTED
        )
        self.reject = self._button(
            tr("✗ N&ot like this"), tr("This is something else (R); then the next one"), "R", lambda: REJECTED
        )
        self.clear = self._button("↶", tr("Take the verdict on this match back (U)"), "U", lambda: "")
        self.clear.setAccessibleName(tr("Take the verdict back"))
        self.previous = self._step("◀", tr("Previous match (P, or Alt+Up)"), ("P", "Alt+Up", "Alt+Left"), -1)
        self.next = self._step("▶", tr("Next match (N, or Alt+Down)"), ("N", "Alt+Down", "Alt+Right"), 1)
        self.counts = QLabel(self.body)
        self.counts.setWordWrap(True)
        self.counts.setMinimumSize(QSize(10, 0))
        self.counts.setAccessibleName(tr("What was judged"))
        self.refine = QPushButton(tr("Search &again with my verdicts"), self.body)
        self.refine.setToolTip(
            tr(
                "Ranks all places anew by what you called like the target and what you did not. The images are not "
                "read again, so it is quick. One match that you accept is enough to begin with."
            )
        )
        self.refine.clicked.connect(lambda *_: self.refine_wanted.emit())
        row = QHBoxLayout()
        row.setSpacing(3)
        for widget in (self.previous, self.next, self.accept, self.reject, self.clear):
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def _foot(self) -> QHBoxLayout:
        self.distance = QCheckBox(tr("&Distance on the map"), self.body)
        self.distance.setToolTip(
            tr("Colours the searched ground by its distance to the target: bright is most alike. Off: the image alone")
        )
        self.distance.setChecked(True)
        self.distance.toggled.connect(self.distance_wanted)
        self.surface = QToolButton(self.body)
        self.surface.setText(tr("&3-D"))
        self.surface.setToolTip(tr("The distance as a surface: what looks like the target lies deep"))
        self.surface.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.surface)
        menu.setToolTipsVisible(True)
        menu.addAction(tr("Picture of the surface")).triggered.connect(lambda *_: self.surface_wanted.emit())
        terrain = menu.addAction(tr("Distance as ground of QGIS's 3D view"))
        terrain.setToolTip(tr("Sets the project's terrain to the distance; then open View > 3D Map Views"))
        terrain.triggered.connect(lambda *_: self.terrain_wanted.emit())
        self.surface.setMenu(menu)
        self.report = QPushButton(tr("Re&port"), self.body)
        self.report.setToolTip(tr("Open the report of this search in the web browser"))
        self.report.clicked.connect(lambda *_: self.report_wanted.emit())
        row = QHBoxLayout()
        row.addWidget(self.distance)
        row.addStretch(1)
        row.addWidget(self.surface)
        row.addWidget(self.report)
        return row

    def _button(self, text: str, tip: str, key: str, verdict: Callable[[], str]) -> QToolButton:
        button = QToolButton(self.body)
        button.setText(text)
        button.setToolTip(tip)
        button.clicked.connect(lambda *_: self._judge(verdict()))
        self._key(key, button.click)
        return button

    def _step(self, text: str, tip: str, keys: Sequence[str], by: int) -> QToolButton:
        button = QToolButton(self.body)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(lambda *_: self.step(by))
        for key in keys:
            self._key(key, lambda: self.step(by))
        return button

    def _key(self, key: str, called: Any) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(called)

    # Keeping up

    def _judge(self, verdict: str) -> None:
        row = self.current()
        if row is None:
            return
        self.judged.emit(row.index, verdict)
        if verdict:
            self.step(1)

    def _go(self) -> None:
        row = self.current()
        if row is not None:
            self.go_wanted.emit(row)

    def _moved(self) -> None:
        # By the keyboard's arrows too: what is chosen is on the map.
        if not self._telling and self.view.hasFocus():
            self._go()
        self._tell()

    def _set_current(self, row: int) -> None:
        index = self.model.index(row, 0)
        self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.view.scrollTo(index)

    def _tell(self) -> None:
        rows = self.model.rows
        accepted, rejected = judged(rows)
        there = self.current() is not None
        for button in (self.accept, self.reject, self.clear):
            button.setEnabled(there and not self.running.active)
        for button in (self.previous, self.next):
            button.setEnabled(bool(rows))
        self.refine.setEnabled(bool(accepted or rejected) and not self.running.active)
        if accepted or rejected:
            text = tr("{judged} of {count} judged: {accepted} like the target, {rejected} not.").format(
                judged=len(accepted) + len(rejected),
                count=f"{len(rows):,}",
                accepted=len(accepted),
                rejected=len(rejected),
            )
        else:
            text = tr("Choose a match and say whether it is what you look for; then search again.") if rows else ""
        self.counts.setText(text)
