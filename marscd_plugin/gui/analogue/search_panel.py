"""The first tab: what is looked for, where, how, and go."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ..running import Running
from ..scroll import UprightArea
from ..words import tr
from .how_box import HowBox
from .target_box import TargetBox
from .where_box import WhereBox


class SearchPanel(QWidget):
    """Three steps in a scroll area; the button and the progress stay in sight below it."""

    find_wanted = pyqtSignal()

    def __init__(
        self, paper: Callable[[], Sequence[tuple[str, str]]], device: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        body = QWidget(self)
        self.target = TargetBox(paper, body)
        self.where = WhereBox(body)
        self.how = HowBox(device, body)
        column = QVBoxLayout(body)
        column.setContentsMargins(2, 4, 6, 6)
        column.setSpacing(6)
        for title, box in (
            (tr("1  What to look for"), self.target),
            (tr("2  Where to search"), self.where),
            (tr("3  How"), self.how),
        ):
            column.addWidget(_heading(title, body))
            column.addWidget(box)
        column.addStretch(1)
        self.scroll = UprightArea(self)
        self.scroll.setWidget(body)
        self.missing = QLabel(self)
        self.missing.setWordWrap(True)
        self.missing.setAccessibleName(tr("What is missing"))
        self.find = QPushButton(tr("&Find analogues"), self)
        self.find.setMinimumHeight(30)
        font = self.find.font()
        font.setBold(True)
        self.find.setFont(font)
        self.find.setToolTip(tr("Compare every place of the searched ground with the target"))
        self.find.clicked.connect(lambda *_: self.find_wanted.emit())
        self.running = Running(self, tr("Stop within a second or two; what was computed is kept for the next try"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addWidget(self.scroll, 1)
        outer.addWidget(self.missing)
        outer.addWidget(self.find)
        outer.addWidget(self.running)

    def set_missing(self, text: str) -> None:
        """What is to be done before anything can be found; "" where nothing is."""
        self.missing.setText(text)
        self.missing.setVisible(bool(text) and not self.running.active)
        self.find.setEnabled(not text and not self.running.active)


def _heading(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    label.setContentsMargins(0, 4, 0, 0)
    return label
