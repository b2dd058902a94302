"""The results in a window of their own, and back in the dock when it closes."""

from __future__ import annotations

from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ..words import tr
from .results import Results


class WideWindow(QWidget):
    """Holds the results while they stand outside the dock."""

    closed = pyqtSignal()

    def __init__(self, results: Results, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(tr("MarsCD: observations found"))
        self.resize(1100, 720)
        column = QVBoxLayout(self)
        column.addWidget(results)
        results.show()

    def closeEvent(self, event) -> None:  # noqa: N802 - Qt's name
        self.closed.emit()
        super().closeEvent(event)


class WideHome(QObject):
    """Moves the results between ``home`` (where ``away`` stands in for them) and the window."""

    def __init__(self, results: Results, home: QVBoxLayout, away: QPushButton, parent: QWidget) -> None:
        super().__init__(parent)
        self._results, self._home, self._away, self._page = results, home, away, parent
        self.window: WideWindow | None = None
        results.wide_wanted.connect(self.open)
        away.clicked.connect(self.close)

    def open(self) -> None:
        """Show the window."""
        if self.window is None:
            self.window = WideWindow(self._results, self._page.window() or self._page)
            self.window.closed.connect(self._take_back)
            self._results.set_wide(True)
            self._away.show()
        self.window.show()
        self.window.raise_()

    def close(self) -> None:
        """Bring the results back."""
        if self.window is not None:
            self.window.close()

    def _take_back(self) -> None:
        """The results return to the dock before their window goes."""
        window, self.window = self.window, None
        if window is None:
            return
        self._results.set_wide(False)
        self._home.insertWidget(self._home.indexOf(self._away), self._results, 1)
        self._results.show()
        self._away.hide()
        window.deleteLater()
