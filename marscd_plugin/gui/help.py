"""The page's help beside the dock: one window that stays open while the user works, in QGIS's language."""

from __future__ import annotations

from qgis.PyQt.QtCore import QPoint, Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QKeySequence, QShortcut
from qgis.PyQt.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from .words import help_text, tr


def contents() -> dict[str, str]:
    """Help page -> its title, in the order of the work."""
    return {
        "area": tr("Area"),
        "find": tr("Find"),
        "fetch": tr("Fetch"),
        "series": tr("Series"),
        "changes": tr("Changes"),
        "analogue": tr("Analogues"),
        "settings": tr("Settings"),
        "setup": tr("Missing packages"),
    }


class HelpWindow(QWidget):
    """Shows resources/help/pages/<page>.md, and below it the way to the other pages."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self.setWindowTitle(tr("MarsCD help"))
        self.resize(440, 620)
        self._text = QTextBrowser(self)
        # Our own pages are opened here, everything else by the web browser: QTextBrowser would look for files.
        self._text.setOpenLinks(False)
        self._text.anchorClicked.connect(self._follow)
        self._text.setAccessibleName(tr("Help"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._text)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.activated.connect(self.hide)

    def show_page(self, name: str) -> None:
        """Bring the help of a page to the front."""
        titles = contents()
        others = " · ".join(f"[{title}]({page})" for page, title in titles.items() if page != name)
        text = help_text("pages", name) or tr("There is no help for this page yet.")
        self._text.setMarkdown(f"{text}\n\n---\n\n{others}\n")
        self.setWindowTitle(tr("MarsCD help: {page}").format(page=titles.get(name, name)))
        if not self.isVisible():
            self._beside()
        self.show()
        self.raise_()

    def _beside(self) -> None:
        """To the left of the dock, where there is room: it shall not cover what it explains."""
        dock = self.parentWidget()
        place = dock.mapToGlobal(QPoint(0, 0))
        left = place.x() - self.width() - 16
        self.move(left if left > 0 else place.x() + dock.width() + 16, max(place.y(), 0))

    def _follow(self, link: QUrl) -> None:
        if link.scheme() in ("http", "https"):
            QDesktopServices.openUrl(link)
        elif link.path() in contents():
            self.show_page(link.path())
