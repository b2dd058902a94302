"""What a page of the dock is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qgis.PyQt.QtWidgets import QWidget

from .jobs import Jobs
from .messages import Messages
from .state import DockState


@dataclass(frozen=True)
class DockContext:
    """What every page is given: QGIS's interface and canvas, and what the dock shares."""

    iface: Any
    state: DockState
    jobs: Jobs
    messages: Messages

    @property
    def canvas(self) -> Any:
        return self.iface.mapCanvas()


class Page(QWidget):
    """One step. Made when it is first shown; subclasses build their widgets in ``__init__``."""

    def __init__(self, context: DockContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.state = context.state

    def shown(self) -> None:
        """The page came to the front."""

    def hidden(self) -> None:
        """Another page came to the front, or the dock was closed: put map tools away."""

    def release(self) -> None:
        """The plugin is unloaded: take back everything outside this widget."""
