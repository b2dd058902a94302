"""The page Find: a season is chosen, the archives are searched, and what they hold is looked through and ticked."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ...common.errors import MarscdError
from ...common.words import Query
from ..folder import JobFolder
from ..jobs import Job
from ..page import DockContext, Page
from ..scroll import UprightArea
from ..words import tr
from . import names
from .choosing import Choosing
from .footprints import Footprints, show_footprint
from .loading import Found, load_found
from .overviews import Overviews
from .results import Results
from .search import Searcher, drop, put_in_place
from .season import SeasonPanel
from .selection import Selection
from .source_box import SourceBox
from .thumbnails import Thumbnails
from .wide import WideHome


class FindPage(Page):
    """Step 2: seasons, search, results."""

    def __init__(self, context: DockContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.selection = Selection(self)
        self.thumbnails = Thumbnails(context.jobs, self)
        self.footprints = Footprints(self.selection, self)
        self.searcher = Searcher(context.jobs, self)
        self.season = SeasonPanel(self)
        self.source = SourceBox(context.jobs, self)
        self.results = Results(self.selection, self.thumbnails, self)
        self.overviews = Overviews(context, self.results, self)
        self._loading: Job | None = None
        self._searched: tuple[JobFolder, Query] | None = None
        #: The job whose footprints are shown, or being read.
        self._shown: JobFolder | None = None
        self.choosing = Choosing(context, self.results.table.listed_observations, self)
        self._build()
        self.wide = WideHome(self.results, self._column, self._away, self)
        self._connect()
        self._season_changed()
        self._area_changed()
        if self.state.observations:
            self._observations_changed()
            self._chosen_changed()
        self._folder_changed()

    # -- widgets --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._when = QgsCollapsibleGroupBox(tr("When"), self)
        inside = QVBoxLayout(self._when)
        inside.setContentsMargins(4, 4, 4, 4)
        inside.addWidget(self.season)
        self.search_button = QPushButton(tr("Sea&rch"), self)
        self.search_button.setDefault(True)
        self.search_button.setToolTip(tr("Ask the archives what they hold of your area in that season"))
        self.cancel_button = QPushButton(tr("Cancel"), self)
        self.cancel_button.setToolTip(tr("Stop the search; what was found before stays"))
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 100)
        self.bar.setAccessibleName(tr("Progress of the search"))
        self.status = QLabel(self)
        self.status.setWordWrap(True)
        self.status.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.status.setAccessibleName(tr("State of the search"))
        self.notes = QLabel(self)
        self.notes.setWordWrap(True)
        self.notes.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.notes.setTextFormat(Qt.TextFormat.PlainText)
        self.notes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.notes.setAccessibleName(tr("Which archive answered"))
        self.notes.hide()
        search_row = QHBoxLayout()
        search_row.addWidget(self.search_button)
        search_row.addWidget(self.bar, 1)
        search_row.addWidget(self.cancel_button)
        self._search_row = search_row
        body = QWidget(self)
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 2, 0)
        self._column.addWidget(self._when)
        self._column.addWidget(self.source)
        self._column.addLayout(search_row)
        self._column.addWidget(self.status)
        self._column.addWidget(self.notes)
        self._column.addWidget(self.results, 1)
        self._away = QPushButton(tr("The results are in their own window. Bring them &back"), self)
        self._away.setToolTip(tr("Show plot and table here again"))
        self._away.hide()
        self._column.addWidget(self._away)
        self._column.addStretch(0)
        self.results.setMinimumHeight(self.fontMetrics().height() * 24)
        self._scroll = UprightArea(self)
        self._scroll.setWidget(body)
        self.facts = QLabel(self)
        self.facts.setWordWrap(True)
        self.facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.facts.setAccessibleName(tr("What the choice covers and weighs"))
        self.fetch_button = QPushButton(tr("&Fetch chosen"), self)
        self.fetch_button.setEnabled(False)
        self.fetch_button.setToolTip(tr("Go on to bring the ticked images to this computer"))
        bottom = QHBoxLayout()
        bottom.addWidget(self.facts, 1)
        bottom.addWidget(self.fetch_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll, 1)
        column.addLayout(bottom)
        order = [
            self._when,
            *self.season.fields(),
            self.source,
            *self.source.fields(),
            self.search_button,
            self.cancel_button,
        ]
        order += [*self.results.fields(), self._away, self.fetch_button]
        for first, second in pairwise(order):
            self.setTabOrder(first, second)
        self._show_running(False)

    def _connect(self) -> None:
        state, searcher, results = self.state, self.searcher, self.results
        self._wires: tuple[tuple[Any, Any], ...] = (
            (state.area_changed, self._area_changed),
            (state.season_changed, self._season_changed),
            (state.folder_changed, self._folder_changed),
            (state.observations_changed, self._observations_changed),
            (state.chosen_changed, self._chosen_changed),
            (state.fetched_changed, self.choosing.refresh),
        )
        for signal, slot in self._wires:
            signal.connect(slot)
        self.season.chosen.connect(self._season_chosen)
        self.source.chosen.connect(self._source_chosen)
        self.source.failed.connect(self.context.messages.failure)
        self.source.updated.connect(self.context.messages.news)
        self.search_button.clicked.connect(self.search)
        self.cancel_button.clicked.connect(self._cancel)
        searcher.progressed.connect(lambda share: self.bar.setValue(round(100 * share)))
        searcher.said.connect(self.status.setText)
        searcher.warned.connect(self.context.messages.warn)
        searcher.noted.connect(self._note)
        searcher.found.connect(self._found)
        searcher.failed.connect(self._search_failed)
        searcher.stopped.connect(self._search_stopped)
        searcher.ended.connect(self._search_ended)
        results.tick_wanted.connect(self.choosing.tick)
        results.all_wanted.connect(self.choosing.tick_all)
        results.best_wanted.connect(self.choosing.tick_best)
        results.zoom_wanted.connect(self._zoom)
        results.overview_wanted.connect(self.overviews.show)
        results.by_year_changed.connect(self.footprints.set_by_year)
        self.choosing.said.connect(self.facts.setText)
        self.choosing.best.connect(self._best_ticked)
        self.choosing.looking.connect(lambda on: results.table.tick_button.setEnabled(not on))
        self.fetch_button.clicked.connect(lambda: self.state.page_wanted.emit("fetch"))

    def shown(self) -> None:
        self.source.look()

    def release(self) -> None:
        for signal, slot in self._wires:
            signal.disconnect(slot)
        self._wires = ()
        self.choosing.release()
        self.season.blockSignals(True)
        self.source.release()
        self.overviews.release()
        self.searcher.release()
        self.thumbnails.release()
        self.footprints.release()
        self.wide.close()

    # -- what was asked -------------------------------------------------------------------------------------------

    def _season_chosen(self) -> None:
        if self.season.fault:
            return
        try:
            self.state.set_season(self.season.season, self.season.instruments, self.season.max_incidence)
        except MarscdError as error:
            self.context.messages.error(error)

    def _source_chosen(self, source: str) -> None:
        try:
            self.state.set_source(source)
        except MarscdError as error:
            self.context.messages.error(error)

    def _note(self, text: str) -> None:
        """Which archives answered, and why others did not."""
        self.notes.setText(text)
        self.notes.setVisible(bool(text))

    def _season_changed(self) -> None:
        state = self.state
        self.season.show_choice(state.season, state.instruments, state.max_incidence)
        self.source.show_choice(state.source, state.instruments)
        self._when.setTitle(tr("When: {season}").format(season=names.short_summary(state.season)))
        self.results.set_season(state.season)
        self._say_stale()

    def _area_changed(self) -> None:
        self._say_stale()
        self.choosing.refresh()

    def _query(self) -> Query | None:
        state = self.state
        if state.area is None:
            return None
        return Query(state.area, state.instruments, state.season, state.max_incidence, state.source)

    def _say_stale(self) -> None:
        """Before a search: what is missing; after one: whether it still answers the question."""
        if self.searcher.running:
            return
        query = self._query()
        if query is None:
            self.status.setText(tr("First choose an area (step Area)."))
        elif self._searched is not None and self._searched[1] != query:
            self.status.setText(tr("The area or the season changed since the search: search again to see what fits."))
        else:
            self.status.setText("")
        self.status.setVisible(bool(self.status.text()))

    # -- the search -----------------------------------------------------------------------------------------------

    def search(self) -> None:
        """Ask the archives."""
        if self.searcher.running:
            return
        self.season.take_over()
        if self.season.fault:
            self.context.messages.hint(self.season.fault)
            return
        self._season_chosen()
        query = self._query()
        if query is None:
            self.context.messages.hint(tr("There is no area yet. Draw or choose one in the step Area."))
            self.state.page_wanted.emit("area")
            return
        try:
            folder = self.state.need_folder()
        except MarscdError as error:
            self.context.messages.error(error)
            return
        self._searched = (folder, query)
        self._note("")
        self._show_running(True)
        self.status.setText(tr("Searching the archives \u2026"))
        self.searcher.start(query, folder)

    def _cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self.status.setText(tr("Stopping \u2026"))
        self.searcher.cancel()

    def _found(self, found: Found) -> None:
        assert self._searched is not None
        folder, query = self._searched
        current = self.state.folder == folder
        try:
            if current:
                self.footprints.take_away()
            found = put_in_place(found, folder.observations)
        except OSError as error:
            drop(found.path)
            self.context.messages.failure(
                tr("The footprints could not be kept: {reason}.").format(reason=error.strerror or error),
                tr("Close programs that use {path}, and search again.").format(path=folder.observations),
            )
            return
        if not current:
            self._searched = None
            return
        self.thumbnails.forget_failures()
        self._take(found)
        count = len(found.observations)
        self.results.say(names.sentence(query.season, query.instruments, query.max_incidence))
        if count:
            self._when.setCollapsed(True)
            self.context.messages.news(tr("{count} products found.").format(count=f"{count:,}"))
        else:
            self.context.messages.hint(
                tr("The archives hold nothing that fits. Widen the season or the years, or move the area.")
            )

    def _search_failed(self, why: str) -> None:
        self._searched = None
        self.context.messages.failure(why)

    def _search_stopped(self) -> None:
        self._searched = None
        self.context.messages.hint(tr("The search was stopped. What was found before is still shown."))

    def _search_ended(self) -> None:
        self._show_running(False)
        if self._searched is None or self._searched[0] != self.state.folder:
            # Another job was opened meanwhile: what it holds was not read then.
            self._folder_changed(only_new=True)

    def _show_running(self, running: bool) -> None:
        self.bar.setVisible(running)
        self.bar.setValue(0)
        self.cancel_button.setVisible(running)
        self.cancel_button.setEnabled(running)
        self.search_button.setEnabled(not running)
        self.status.setVisible(running)
        if not running:
            self._say_stale()

    # -- results --------------------------------------------------------------------------------------------------

    def _folder_changed(self, only_new: bool = False) -> None:
        """Another job was opened: what was found there comes back."""
        folder = self.state.folder
        if folder is None or self.searcher.running or (only_new and folder == self._shown):
            return
        self._shown = folder
        if self._searched is not None and self._searched[0] != folder:
            self._searched = None
        path = folder.observations
        if not path.is_file():
            if self.state.observations:
                self.footprints.take_away()
                self.state.set_observations(())
            return
        job = self.context.jobs.background(tr("Reading the footprints"), lambda progress: load_found(path, progress))
        self._loading = job
        job.succeeded.connect(lambda found: self._reopened(job, found))
        job.failed.connect(self.context.messages.warn)

    def _reopened(self, job: Job, found: Found) -> None:
        folder = self.state.folder
        if job is not self._loading or folder is None or folder.observations != found.path or self.searcher.running:
            return
        self._take(found)
        if found.observations:
            self._when.setCollapsed(True)

    def _take(self, found: Found) -> None:
        try:
            self.state.set_observations(found.observations)
        except MarscdError as error:
            self.context.messages.error(error)
        self.footprints.show(found.path, found.feature_ids, found.observations)
        if self.footprints.layer is not None:
            # QGIS's own tools for selecting on the map work on the layer in hand.
            self.context.iface.setActiveLayer(self.footprints.layer)

    def _observations_changed(self) -> None:
        chosen = [o.product_id for o in self.state.chosen]
        self.selection.set((), self)
        self.results.say("")
        self.results.set_observations(self.state.observations, chosen)
        self.footprints.set_chosen(chosen)
        self.choosing.refresh()

    def _chosen_changed(self) -> None:
        chosen = [o.product_id for o in self.state.chosen]
        self.fetch_button.setEnabled(bool(chosen))
        self.results.set_chosen(chosen)
        self.footprints.set_chosen(chosen)
        self.choosing.refresh()

    def _best_ticked(self, best: Any) -> None:
        self.selection.set(best.product_ids, self)
        self.results.say(best.why)
        self.context.messages.news(tr("{count} images chosen.").format(count=len(best.product_ids)))

    def _zoom(self, product_id: str) -> None:
        """Bring a footprint into view."""
        one = self.results.observation(product_id)
        if one is None or not one.footprint.polygons:
            return
        if not show_footprint(self.context.canvas, one.footprint):
            self.context.messages.hint(tr("The map is not of Mars. Start a Mars project first (step Area)."))
            return
        self.selection.set([product_id], self)
