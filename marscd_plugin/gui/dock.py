"""The dock's frame: the job's bar, what is missing, messages; below them the steps, and the step's page beside them.

Light until it is shown: pages, and what they need, are imported when they first come to the front.
"""

from __future__ import annotations

import importlib
import logging
from dataclasses import dataclass
from typing import Any

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QSize, Qt, QTimer
from qgis.PyQt.QtGui import QIcon, QKeySequence, QShortcut
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ..__about__ import resource
from .words import tr

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PageEntry:
    """A page: its name (also of its help file and icon), the module and class that make it."""

    name: str
    module: str
    cls: str


#: In the order of the work.
PAGES = (
    PageEntry("area", ".area.page", "AreaPage"),
    PageEntry("find", ".find.page", "FindPage"),
    PageEntry("fetch", ".fetch.page", "FetchPage"),
    PageEntry("series", ".series.page", "SeriesPage"),
    PageEntry("changes", ".changes.page", "ChangesPage"),
    PageEntry("analogue", ".analogue.page", "AnaloguePage"),
)


def titles() -> dict[str, tuple[str, str]]:
    """Page name -> (short title, what it is for)."""
    return {
        "area": (tr("Area"), tr("Where on Mars: start a Mars project, find a place, draw an area")),
        "find": (tr("Find"), tr("What was seen there, and when: seasons, search, footprints")),
        "fetch": (tr("Fetch"), tr("Bring the chosen images to this computer")),
        "series": (tr("Series"), tr("Lay the images on each other; blink, swipe, follow a point through time")),
        "changes": (tr("Changes"), tr("Compare two dates and look through what changed")),
        "analogue": (tr("Analogues"), tr("Where else, on Mars or on Earth, does the ground look like this?")),
    }


#: Pixels below which the pages' rows no longer fit.
_WIDTH = 410


class MarscdDock(QgsDockWidget):
    """Made at start-up, filled when it is first shown."""

    OBJECT_NAME = "MarscdDock"

    def __init__(self, iface: Any, parent: QWidget | None = None) -> None:
        super().__init__(tr("MarsCD"), parent)
        self.setObjectName(self.OBJECT_NAME)
        self.iface = iface
        self.context: Any = None
        self._pages: dict[str, Any] = {}
        self._current: Any = None
        self._bar: Any = None
        self._setup: Any = None
        self._fetching: Any = None
        self._help: Any = None
        # Not while QGIS's window is being put up: filling waits until that is done.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._fill)
        self.opened.connect(self._soon.start)
        self.closed.connect(self._put_away)

    def page(self, name: str) -> Any:
        """The page, made if it is not there yet."""
        self._fill()
        if name not in self._pages:
            entry = next(p for p in PAGES if p.name == name)
            module = importlib.import_module(entry.module, __package__)
            page = getattr(module, entry.cls)(self.context, self._stack)
            self._pages[name] = page
            self._stack.addWidget(page)
        return self._pages[name]

    def show_page(self, name: str) -> None:
        """Bring a page to the front."""
        self._fill()
        self._steps.setCurrentRow([p.name for p in PAGES].index(name))

    def release(self) -> None:
        """Take back everything outside this widget: called once, by ``unload``."""
        self._soon.stop()
        for part in (*self._pages.values(), self._fetching, self._bar, self._setup):
            if part is not None:
                part.release()
        self._pages.clear()
        self._current = self._fetching = self._bar = self._setup = self._help = None
        if self.context is not None:
            self.context.jobs.release()
            self.context = None

    def _fill(self) -> None:
        if self.context is not None:
            return
        from .fetch.controller import controller_of
        from .first_crs import meet
        from .job_bar import JobBar
        from .jobs import Jobs
        from .messages import Messages
        from .page import DockContext
        from .setup.panel import SetupPanel
        from .state import DockState

        meet()
        body = QWidget(self)
        messages = Messages(body)
        self.context = DockContext(self.iface, DockState(self), Jobs(self), messages)
        self._fetching = controller_of(self.context)
        self._bar = JobBar(self.context, self.show_help, self.show_settings, body)
        self._setup = SetupPanel(self.context, body)
        self._steps = _steps(body)
        self._stack = QStackedWidget(body)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._steps)
        row.addWidget(self._stack, 1)
        column = QVBoxLayout(body)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(4)
        # Narrower, QGIS would cut the pages' right edge rather than fold them; wider where a page wants it, as a set
        # minimum would not allow.
        column.addStrut(_WIDTH - 8)
        column.addWidget(self._bar)
        column.addWidget(self._setup)
        column.addWidget(messages)
        column.addLayout(row, 1)
        self.setWidget(body)
        self._steps.currentRowChanged.connect(self._step)
        self.context.state.page_wanted.connect(self.show_page)
        self.context.state.folder_changed.connect(self._folder_opened)
        for step, key in ((1, "Ctrl+PgDown"), (-1, "Ctrl+PgUp")):
            shortcut = QShortcut(QKeySequence(key), body)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(
                lambda step=step: self._steps.setCurrentRow(
                    max(0, min(self._steps.currentRow() + step, len(PAGES) - 1))
                )
            )
        self._steps.setCurrentRow(0)
        self._bar.restore()
        self._fetching.offer()

    def show_help(self) -> None:
        """The help of the page in front."""
        from .help import HelpWindow

        if self._help is None:
            self._help = HelpWindow(self)
        self._help.show_page(PAGES[self._steps.currentRow()].name)

    def show_settings(self) -> None:
        """QGIS's options, at our page."""
        from .setup import PAGE

        self.iface.showOptionsDialog(self.iface.mainWindow(), PAGE)

    def _folder_opened(self) -> None:
        """What an earlier search found in a job comes back by its page, whichever is in front."""
        folder = self.context.state.folder
        if folder is not None and folder.observations.is_file():
            self.page("find")

    def _step(self, row: int) -> None:
        if self._current is not None:
            self._current.hidden()
            self._current = None
        try:
            self._current = self.page(PAGES[row].name)
        # Whatever a page stumbles over while it is made: the others work, and the dock says what it was.
        except Exception as error:
            self.context.messages.error(error)
            return
        self._stack.setCurrentWidget(self._current)
        self._current.shown()

    def _put_away(self) -> None:
        if self._current is not None:
            self._current.hidden()


def _steps(parent: QWidget) -> QListWidget:
    """The list of steps at the left: icon above title, as in QGIS's own option dialogs."""
    steps = QListWidget(parent)
    steps.setAccessibleName(tr("Steps"))
    steps.setViewMode(QListView.ViewMode.IconMode)
    steps.setFlow(QListView.Flow.TopToBottom)
    steps.setMovement(QListView.Movement.Static)
    steps.setWrapping(False)
    steps.setIconSize(QSize(24, 24))
    steps.setUniformItemSizes(True)
    steps.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    words = titles()
    wide = max(68, *(steps.fontMetrics().horizontalAdvance(words[p.name][0]) + 10 for p in PAGES))
    steps.setFixedWidth(wide + 4)
    for entry in PAGES:
        title, purpose = words[entry.name]
        item = QListWidgetItem(QIcon(str(resource("icons", f"{entry.name}.svg"))), title, steps)
        item.setSizeHint(QSize(wide, 52))
        item.setToolTip(purpose)
        item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, purpose)
    return steps
