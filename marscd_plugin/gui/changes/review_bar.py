"""The row below the table: is this change right? By a click or by a key."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence, QShortcut
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ...change.review import ACCEPTED, REJECTED, Review
from ..words import tr


class ReviewBar(QWidget):
    """Says what the user wants; what comes of it is told by ``tell``."""

    #: ``accepted``, ``rejected``, or "" to take a verdict back: on the change that is selected.
    judged = pyqtSignal(str)
    redraw_wanted = pyqtSignal()
    add_wanted = pyqtSignal()
    #: The last thing drawn where the model found nothing goes away again.
    unadd_wanted = pyqtSignal()

    def __init__(self, keys: QWidget, parent: QWidget | None = None) -> None:
        """``keys``: the widget in which the keys work."""
        super().__init__(parent)
        self.accept = self._button(tr("✓ &Accept"), tr("This is a change (A); then the next one"), "A", keys)
        self.reject = self._button(tr("✗ &Reject"), tr("This is no change (R); then the next one"), "R", keys)
        self.clear = self._button(tr("&Undo"), tr("Take the verdict on this change back (U)"), "U", keys)
        self.redraw = self._button(
            tr("Re&draw"), tr("Accept it with an outline that you draw on the map (D); Esc leaves"), "D", keys
        )
        self.add = self._button(tr("&Missed"), tr("Draw a change that was not found (M); Esc leaves"), "M", keys)
        self.unadd = QToolButton(self)
        self.unadd.setText("⌫")
        self.unadd.setAccessibleName(tr("Remove the last change drawn"))
        self.unadd.setToolTip(tr("Remove the last change that you drew as missed"))
        self.unadd.clicked.connect(self.unadd_wanted)
        self.accept.clicked.connect(lambda: self.judged.emit(ACCEPTED))
        self.reject.clicked.connect(lambda: self.judged.emit(REJECTED))
        self.clear.clicked.connect(lambda: self.judged.emit(""))
        self.redraw.clicked.connect(self.redraw_wanted)
        self.add.clicked.connect(self.add_wanted)
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setAccessibleName(tr("What was judged"))
        row = QHBoxLayout()
        row.setSpacing(3)
        for button in (self.accept, self.reject, self.clear, self.redraw, self.add, self.unadd):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.words)
        self.tell(None, {}, 0)

    def tell(self, review: Review | None, verdicts: Mapping[int, str], count: int) -> None:
        """Show how far the review of a pair with ``count`` changes is; ``verdicts``: feature id -> verdict."""
        drawn = sum(label.origin == "drawn" for label in review.labels) if review is not None else 0
        self.unadd.setVisible(bool(drawn))
        if not verdicts and not drawn:
            self.words.setText(tr("Judge changes to keep what is right, and to teach the model.") if count else "")
            return
        text = tr("{judged} of {count} judged: {accepted} accepted, {rejected} rejected").format(
            judged=f"{len(verdicts):,}",
            count=f"{count:,}",
            accepted=f"{sum(v == ACCEPTED for v in verdicts.values()):,}",
            rejected=f"{sum(v == REJECTED for v in verdicts.values()):,}",
        )
        if drawn:
            text += tr("; {count} drawn as missed").format(count=f"{drawn:,}")
        self.words.setText(text + ".")

    def say(self, text: str) -> None:
        """What to do next while something is being drawn."""
        self.words.setText(text)

    def set_selected(self, one: bool) -> None:
        """Whether exactly one change is selected."""
        for button in (self.accept, self.reject, self.clear, self.redraw):
            button.setEnabled(one)

    def _button(self, text: str, tip: str, key: str, keys: QWidget) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        shortcut = QShortcut(QKeySequence(key), keys)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(button.click)
        return button
