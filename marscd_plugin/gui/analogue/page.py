"""The page Analogues: mark a target, say where to search, look through the matches, rank places to land."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ...common.errors import MarscdError
from ...common.progress import Progress
from ...processing.stored import current_settings
from ..folder import JobFolder
from ..page import DockContext, Page
from ..words import tr
from .landing import Landing
from .landing_panel import LandingPanel
from .looking import Looking
from .matches_panel import MatchesPanel
from .search_panel import SearchPanel
from .searching import Searching, targets_of
from .stored import Search, load
from .targets import Marked
from .views import Outlines, Views


class AnaloguePage(Page):
    """Three tabs: Search, Matches, Landing sites."""

    def __init__(self, context: DockContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._looked = False
        self._loading = 0
        self._searches: tuple[Search, ...] = ()
        self.views = Views(context, self)
        self.outlines = Outlines(self)
        self.search = SearchPanel(paper_targets, _preferred_device(), self)
        self.searching = Searching(context, self.search, self.views, self.outlines, self)
        self.matches = MatchesPanel(self)
        self.looking = Looking(context, self.matches, self.views, self.outlines, self)
        self.sites = LandingPanel(self)
        self.landing = Landing(context, self.sites, self)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.search, tr("Search"))
        self.tabs.addTab(self.matches, tr("Matches"))
        self.tabs.addTab(self.sites, tr("Landing sites"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(50)
        self._refresh.timeout.connect(self._layers_settled)
        self._heard: list[tuple[Any, Any]] = []
        self._listen()
        self.landing.refresh_images()
        if self.state.folder is not None:
            self._folder_changed()

    # The frame's calls

    def shown(self) -> None:
        if not self._looked or self.search.how.failure:
            self._looked = True
            self.searching.look(self.search.how.name)
        self._tab_changed()

    def hidden(self) -> None:
        self.searching.stop_drawing()
        self.outlines.clear()

    def release(self) -> None:
        self._refresh.stop()
        self._loading += 1
        for signal, slot in self._heard:
            signal.disconnect(slot)
        self._heard = []
        self.landing.release()
        self.looking.release()
        self.searching.release()
        self.outlines.clear()
        self.views.release()

    # Listening

    def _listen(self) -> None:
        project = QgsProject.instance()
        self._heard = [
            (project.layersAdded, self._layers_changed),
            (project.layersRemoved, self._layers_changed),
            (project.crsChanged, self._layers_changed),
            (self.state.folder_changed, self._folder_changed),
        ]
        for signal, slot in self._heard:
            signal.connect(slot)
        self.views.moved.connect(self.outlines.refresh)
        self.searching.found.connect(self._found)
        self.looking.refined.connect(self._found)
        self.looking.shown.connect(lambda search: self.landing.set_search(search, self.looking.rows))
        self.tabs.currentChanged.connect(lambda _: self._tab_changed())

    def _layers_changed(self, *_: Any) -> None:
        self._refresh.start()

    def _layers_settled(self) -> None:
        self.views.side.forget_gone()
        self.searching.refresh_images()
        self.looking.forget_gone()
        self.landing.refresh_images()

    def _folder_changed(self) -> None:
        """What was searched for there before."""
        self._loading += 1
        number, folder = self._loading, self.state.folder
        if folder is None:
            return
        job = self.context.jobs.background(tr("Look for earlier searches"), lambda progress: load_job(folder, progress))

        def loaded(found: tuple[list[Search], tuple[Marked, ...]]) -> None:
            if number != self._loading:
                return
            searches, targets = found
            self._searches = tuple(searches)
            self.looking.set_searches(self._searches)
            if searches:
                self.searching.restore(searches[-1], targets)

        job.succeeded.connect(loaded)
        job.failed.connect(lambda message: self.context.messages.warn(message))

    def _found(self, search: Search) -> None:
        """A search, or a round of one, came to its end."""
        folder = self.state.folder
        if folder is None or not search.folder.is_relative_to(folder.root):
            self.context.messages.hint(
                tr("The search has ended. It lies in the job that was open when it began: {folder}").format(
                    folder=search.folder
                )
            )
            return
        others = tuple(s for s in self._searches if s.folder != search.folder)
        self._searches = tuple(sorted((*others, search), key=lambda s: (s.number, s.round)))
        self.tabs.setCurrentWidget(self.matches)
        self.looking.set_searches(self._searches, search)

    def _tab_changed(self) -> None:
        tab = self.tabs.currentWidget()
        self.searching.stop_drawing()
        if tab is self.search:
            self.outlines.clear("match")
            self.searching.outline()
        elif tab is self.matches and self.looking.rows:
            self.looking.show_layers()


def load_job(folder: JobFolder, progress: Progress) -> tuple[list[Search], tuple[Marked, ...]]:
    """The job's searches, and the targets of the last one. For a worker."""
    searches = load(folder)
    return searches, targets_of(searches[-1]) if searches else ()


def paper_targets() -> list[tuple[str, str]]:
    """(name, landform) of the paper's four."""
    from ...analogue.paper_targets import PAPER_TARGETS

    return [(target.name, target.landform) for target in PAPER_TARGETS]


def _preferred_device() -> str:
    """The user's setting, which AUTO defers to; a bad one is told by the algorithm."""
    try:
        return current_settings().device
    except MarscdError:
        return "AUTO"
