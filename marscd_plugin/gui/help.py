"""The page's help beside the dock: one window that stays open while the user works, in QGIS's language."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from .words import help_text, tr


class HelpWindow(QWidget):
    """Shows resources/help/pages/<page>.md."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self.setWindowTitle(tr("MarsCD help"))
        self.resize(420, 560)
        self._text = QTextBrowser(self)
        self._text.setOpenExternalLinks(True)
        self._text.setAccessibleName(tr("Help"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._text)

    def show_page(self, name: str) -> None:
        """Bring the help of a page to the front."""
        self._text.setMarkdown(help_text("pages", name) or tr("There is no help for this page yet."))
        self.show()
        self.raise_()
