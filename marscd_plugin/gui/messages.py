"""What the dock says to its user: one bar above the pages; what happened, and what to do next."""

from __future__ import annotations

import logging
import math

from qgis.core import Qgis
from qgis.gui import QgsMessageBar, QgsMessageBarItem
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QSizePolicy, QTextBrowser, QWidget

from ..common.errors import CancelledError, MarscdError

log = logging.getLogger(__name__)

#: Seconds that news stay; failures and warnings stay until they are read.
_NEWS_SECONDS = 6
#: Pixels that a message may be high before it scrolls.
_HIGHEST = 200


class Messages(QgsMessageBar):
    """QGIS's own message bar, inside the dock: several messages queue, each can be closed.

    QGIS shows two lines of a message and lets the rest scroll; here, in a narrow dock, it is as high as its text.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._fit)

    def news(self, text: str) -> None:
        """Something went well; it goes away by itself."""
        log.info(text)
        self._post(text, Qgis.MessageLevel.Success, _NEWS_SECONDS)

    def hint(self, text: str) -> None:
        """What to do next, or why nothing happened."""
        log.info(text)
        self._post(text, Qgis.MessageLevel.Info, _NEWS_SECONDS * 2)

    def warn(self, what: str, remedy: str = "") -> None:
        """Something to know that did not stop the work."""
        log.warning("%s %s", what, remedy)
        self._post(f"{what} {remedy}", Qgis.MessageLevel.Warning, 0)

    def failure(self, what: str, remedy: str = "") -> None:
        """The step did not work: what happened, and what to do next."""
        log.error("%s %s", what, remedy)
        self._post(f"{what} {remedy}", Qgis.MessageLevel.Critical, 0)

    def error(self, error: BaseException) -> None:
        """An exception in words; a cancel is no failure."""
        if isinstance(error, CancelledError):
            self.hint(str(error))
        elif isinstance(error, MarscdError):
            self.failure(error.what, error.remedy)
        else:
            log.exception("an error that nobody foresaw", exc_info=error)
            self.failure(f"{type(error).__name__}: {error}")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._soon.start()

    def _post(self, text: str, level: Qgis.MessageLevel, seconds: int) -> None:
        text = text.strip()
        # The same failure again (each of many files, each click) is no news.
        if not any(item.text() == text and item.level() == level for item in self.items()):
            self.pushItem(QgsMessageBarItem("", text, level, seconds))
            self._soon.start()

    def _fit(self) -> None:
        for item in self.items():
            browser = item.findChild(QTextBrowser)
            if browser is not None and browser.isVisibleTo(item):
                document = browser.document()
                document.setTextWidth(browser.viewport().width())
                height = math.ceil(document.size().height()) + 2 * browser.frameWidth()
                browser.setFixedHeight(min(height, _HIGHEST))
