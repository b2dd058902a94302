"""The fetch in QGIS's own status bar, while the page cannot be seen: how far, how long; a click opens the page."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QObject, Qt
from qgis.PyQt.QtWidgets import QToolButton

from ..words import tr
from .phrases import counts_words, headline
from .snapshot import Snapshot


class StatusLine(QObject):
    """Shows itself with the first snapshot that nobody can see, and goes when the page is back or all is over."""

    def __init__(self, iface: Any, on_click: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Other interfaces than QGIS's own (tests, QGIS Server) may have no status bar.
        self._bar: Any = getattr(iface, "statusBarIface", lambda: None)()
        self._on_click = on_click
        self._button: QToolButton | None = None

    @property
    def words(self) -> str:
        """What stands there; "" where nothing does."""
        return self._button.text() if self._button is not None else ""

    def show(self, now: Snapshot | None, seen: bool) -> None:
        """``seen``: the page itself is before the user's eyes."""
        if now is None or seen or now.state in ("ended", "cancelled") or self._bar is None:
            self.release()
            return
        if self._button is None:
            self._button = QToolButton()
            self._button.setAutoRaise(True)
            self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            self._button.setToolTip(tr("MarsCD is fetching images. Click to see the files."))
            self._button.clicked.connect(self._on_click)
            self._bar.addPermanentWidget(self._button)
        percent = int(100 * now.fraction)
        words = tr("MarsCD {percent} %: {state}").format(percent=percent, state=headline(now))
        if words != self._button.text():
            self._button.setText(words)
            self._button.setAccessibleName(words)
            self._button.setAccessibleDescription(counts_words(now))

    def release(self) -> None:
        """Take it out of the status bar."""
        if self._button is not None:
            button, self._button = self._button, None
            self._bar.removeWidget(button)
            button.deleteLater()
