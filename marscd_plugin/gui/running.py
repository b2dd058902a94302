"""What is under way: a bar, a line of text, a button to stop it."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from .words import tr


class Running(QWidget):
    """Hidden while nothing runs."""

    cancel_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None, tip: str = "") -> None:
        """``tip``: what stopping leaves, for the button."""
        super().__init__(parent)
        self.active = False
        self.title = QLabel(self)
        self.title.setWordWrap(True)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(tr("Progress"))
        self.stop = QPushButton(tr("&Cancel"), self)
        self.stop.setToolTip(tip or tr("Stop within a second or two; pairs that are finished stay"))
        self.stop.clicked.connect(self._stop)
        self.text = QLabel(self)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout()
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(self.title)
        column.addLayout(row)
        column.addWidget(self.text)
        self.hide()

    def begin(self, title: str) -> None:
        self.active = True
        self.title.setText(title)
        self.text.setText("")
        self.stop.setEnabled(True)
        self.show()

    def tell(self, fraction: float, text: str) -> None:
        self.bar.setValue(round(1000 * min(max(fraction, 0.0), 1.0)))
        if text:
            shown = self.text.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(self.text.width(), 120))
            self.text.setText(shown)
            self.text.setToolTip(text)

    def end(self) -> None:
        self.active = False
        self.bar.setValue(0)
        self.hide()

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.text.setText(tr("Stopping…"))
        self.cancel_wanted.emit()
