"""Interrupted fetches: remembered in QGIS's settings, looked for at the next start, and offered in one line."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsSettings
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ...common.errors import MarscdError
from ..words import tr
from .phrases import files_words, of_words

if TYPE_CHECKING:
    from ...crawler.fetch import FileRequest
    from .record import Standing

log = logging.getLogger(__name__)

_KEY = "marscd/fetch/unfinished"
_MOST = 10


def remembered() -> list[Path]:
    """Folders of jobs whose fetch was begun and not ended, the latest first."""
    value = QgsSettings().value(_KEY, [])
    texts = [value] if isinstance(value, str) else list(value or [])
    return [Path(str(text)) for text in texts if str(text)][:_MOST]


def keep(roots: Iterable[Path]) -> None:
    """Remember exactly these."""
    store = QgsSettings()
    store.setValue(_KEY, [str(root) for root in list(roots)[:_MOST]])
    # Now, not when QGIS ends: it may end by being killed.
    store.sync()


def remember(root: Path) -> None:
    """Put a folder first."""
    keep([root, *(r for r in remembered() if r != root)])


def forget(root: Path) -> None:
    """Its fetch has ended."""
    keep(r for r in remembered() if r != root)


def look(roots: list[Path]) -> Callable[[Any], list[Standing]]:
    """For ``Jobs.background``: the fetches in these folders that were interrupted, with what is on the disk."""

    def function(_: Any) -> list[Standing]:
        from . import record

        found = []
        for root in roots:
            try:
                stored = record.read(root)
            except MarscdError as error:
                log.warning("%s", error)
                continue
            if stored is not None and stored.unfinished:
                found.append(record.standing(stored))
        return found

    return function


def close(root: Path, requests: tuple[FileRequest, ...]) -> None:
    """Write down that a paused fetch was cancelled. Raises OutputError."""
    from . import record

    record.write(record.Record(root, requests, "cancelled"))


class Offer(QObject):
    """ "A fetch of 12 files was interrupted (340 of 910 MB are here). Resume / Not now"."""

    def __init__(self, controller: Any, standing: Standing, more: int) -> None:
        super().__init__(controller)
        self._controller = controller
        self.root = standing.record.root
        text = tr("A fetch of {files} was interrupted ({amount} are here).").format(
            files=files_words(len(standing.record.requests)), amount=of_words(standing.here, standing.total)
        )
        if more:
            text = tr("{text} More in other folders: {count}.").format(text=text, count=more)
        self.text = text
        self.item: QWidget | None = self._line(text)
        controller.context.messages.pushWidget(self.item, Qgis.MessageLevel.Info, 0)

    def _line(self, text: str) -> QWidget:
        """The text above its buttons: side by side they do not fit a narrow dock."""
        line = QWidget()
        label = QLabel(text, line)
        label.setWordWrap(True)
        label.setToolTip(str(self.root))
        buttons = QHBoxLayout()
        for words, tip, action in (
            (tr("&Resume"), tr("Open its folder and fetch what is missing"), self.resume),
            (tr("&Not now"), tr("Leave it; it is offered again when QGIS is started the next time"), self.release),
        ):
            button = QPushButton(words, line)
            button.setToolTip(tip)
            button.clicked.connect(action)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 2, 0, 2)
        column.addWidget(label)
        column.addLayout(buttons)
        return line

    def resume(self, *_: Any) -> None:
        """Take the offer."""
        self.release()
        try:
            self._controller.go_on(self.root)
        except MarscdError as error:
            self._controller.context.messages.error(error)

    def release(self, *_: Any) -> None:
        """Take the line away; the fetch stays remembered."""
        line, self.item = self.item, None
        # The user may have closed the line by its own button.
        if line is None or sip.isdeleted(line):
            return
        messages = self._controller.context.messages
        item = next((i for i in messages.items() if i.isAncestorOf(line)), None)
        if item is not None:
            messages.popWidget(item)
