"""The page Changes: compare two dates, look through what changed, teach a model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ...common.errors import MarscdError
from ...processing.stored import current_settings
from ..page import DockContext, Page
from ..state import ComparedPair
from ..words import tr
from . import map_layers
from .choices import Choice
from .compare import ComparePanel
from .looking import Looking
from .over_time import OverTime
from .over_time_panel import OverTimePanel
from .queue import DetectQueue, Wanted
from .results import ResultsPanel
from .reviewing import Reviewing
from .stored import load_folder, place_for, replaced
from .teach import TeachPanel
from .teaching import Teaching


class ChangesPage(Page):
    """Four tabs: Compare, Look through, All dates, and Teach."""

    def __init__(self, context: DockContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._looked_at_model = False
        self._loading = 0
        self._heard: list[tuple[Any, Any]] = []
        self.compare = ComparePanel(context.jobs, _preferred_device(), self)
        self.results = ResultsPanel(self)
        self.queue = DetectQueue(context.jobs, self._before_pair, self)
        self.looking = Looking(context, self.results, self)
        self.reviewing = Reviewing(context, self.results, self)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.compare, tr("Compare"))
        self.tabs.addTab(self.results, tr("Look through"))
        self.dates = OverTimePanel(self)
        self.over_time = OverTime(context, self.dates, self.compare, self)
        self.tabs.addTab(self.dates, tr("All dates"))
        self.teach = TeachPanel(self)
        self.teaching = Teaching(context, self.teach, self._place_label, self)
        self.tabs.addTab(self.teach, tr("Teach"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(50)
        self._refresh.timeout.connect(self._layers_settled)
        self._listen()
        self.compare.set_series(self.state.series)
        self._pairs_changed()
        if self.state.folder is not None:
            self._folder_changed()

    # The frame's calls

    def shown(self) -> None:
        if not self._looked_at_model or self.compare.model.failure:
            self._looked_at_model = True
            self.compare.model.look()
        if self.tabs.currentWidget() is self.results:
            self.looking.show_current()

    def hidden(self) -> None:
        self.results.threshold.put_back()
        self.reviewing.drawing.stop()

    def release(self) -> None:
        self._refresh.stop()
        self.results.release()
        self.queue.cancel()
        self.over_time.release()
        self.reviewing.release()
        self.teaching.release()
        self.looking.release()
        project = QgsProject.instance()
        project.layersAdded.disconnect(self._layers_changed)
        project.layersRemoved.disconnect(self._layers_changed)
        for signal, slot in self._heard:
            signal.disconnect(slot)
        self._heard = []

    # Listening

    def _listen(self) -> None:
        project = QgsProject.instance()
        project.layersAdded.connect(self._layers_changed)
        project.layersRemoved.connect(self._layers_changed)
        self._heard = [
            (self.state.series_changed, self._series_changed),
            (self.state.folder_changed, self._folder_changed),
            (self.state.pairs_changed, self._pairs_changed),
        ]
        for signal, slot in self._heard:
            signal.connect(slot)
        self.looking.shown.connect(self.reviewing.show)
        self.looking.left.connect(self.reviewing.leave)
        self.reviewing.reviewed.connect(lambda _: self.teaching.count_soon())
        self.teaching.use_wanted.connect(self._use_model)
        self.compare.detect_wanted.connect(self.detect)
        self.compare.detect_all_wanted.connect(self.detect_all)
        self.compare.show_wanted.connect(self._show_earlier)
        self.compare.blink_wanted.connect(self._blink)
        self.compare.series_wanted.connect(lambda: self.state.page_wanted.emit("series"))
        self.compare.pair_changed.connect(self._say_earlier)
        self.compare.model.looked.connect(self._model_known)
        self.compare.running.cancel_wanted.connect(self.queue.cancel)
        self.queue.began.connect(self._began)
        self.queue.progressed.connect(self.compare.running.tell)
        self.queue.finished.connect(self._finished)
        self.queue.failed.connect(self._failed)
        self.queue.ended.connect(self._ended)
        self.tabs.currentChanged.connect(self._tab_changed)

    def _layers_changed(self, *_) -> None:
        self._refresh.start()

    def _layers_settled(self) -> None:
        map_layers.drop_doubles()
        self.compare.refresh_layers()

    def _series_changed(self) -> None:
        self.compare.set_series(self.state.series)
        self._pairs_changed()

    def _folder_changed(self) -> None:
        """What was compared there before; and its series, where no other page has read it."""
        self._loading += 1
        number, folder = self._loading, self.state.folder
        if folder is None:
            return
        self.looking.forget()
        self.teaching.count_soon()
        was = self.state.series
        need_series = was is None or was.folder != folder.series
        job = self.context.jobs.background(
            tr("Look for earlier comparisons"), lambda progress: load_folder(folder, need_series, progress)
        )

        def loaded(found) -> None:
            if number != self._loading:
                return
            pairs, series = found
            # The step Series, once it was opened, sees to this itself.
            if need_series and self.state.series is was:
                self.state.set_series(series)
            self.state.set_pairs(tuple(pairs))

        job.succeeded.connect(loaded)
        job.failed.connect(lambda message: self.context.messages.warn(message))

    def _pairs_changed(self) -> None:
        labels = [(self._label(p), f"{p.before}\n{p.after}") for p in self.state.pairs]
        self.looking.set_pairs(self.state.pairs, labels)
        self._say_earlier()

    def _model_known(self) -> None:
        card = self.compare.model.card
        self.results.threshold.set_default(card.threshold if card else None)

    def _tab_changed(self, _index: int) -> None:
        if self.tabs.currentWidget() is self.results:
            self.looking.show_current()
        else:
            self.results.threshold.put_back()
        if self.tabs.currentWidget() is self.teach:
            self.reviewing.flush()
            self.teaching.shown()

    def _use_model(self, name: str) -> None:
        """Compare with a model that was just taught."""
        self.compare.model.choose(name)
        self.tabs.setCurrentWidget(self.compare)

    # Comparing

    def detect(self) -> None:
        """Compare the chosen pair."""
        before, after = self.compare.before, self.compare.after
        if before is None or after is None:
            return
        wanted = self._wanted(before, after, self.compare.parameters(self.context.canvas), self.compare.standard)
        if wanted is not None:
            self.queue.start([wanted])

    def detect_all(self) -> None:
        """Compare the fewest pairs that reach every date; those that are there are kept."""
        series = self.state.series
        if series is None:
            return

        def plan(progress):
            from ...workflows.monitor import spanning_pairs

            return spanning_pairs(series)

        job = self.context.jobs.background(tr("Plan the pairs"), plan)
        job.succeeded.connect(self._start_all)
        job.failed.connect(lambda message: self.context.messages.failure(message))

    def _start_all(self, pairs) -> None:
        offered = {c.key: c for c in self.compare.offered if c.epoch is not None}
        there = {(p.before, p.after) for p in self.state.pairs}
        left = [p for p in pairs if (p.before, p.after) not in there and {p.before, p.after} <= set(offered)]
        standard = self.compare.standard or self.compare.only_canvas.isChecked()
        wanted = []
        for pair in left:
            before, after = offered[pair.before], offered[pair.after]
            one = self._wanted(before, after, self.compare.pair_parameters(before, after), standard)
            if one is None:
                return
            wanted.append(one)
        kept = len(pairs) - len(left)
        if kept:
            self.context.messages.hint(
                tr("{count} of these pairs were compared before and are kept.").format(count=kept)
            )
        if wanted:
            self.queue.start(wanted)

    def _wanted(self, before: Choice, after: Choice, parameters: dict, standard: bool) -> Wanted | None:
        try:
            folder = place_for(self.state.need_folder(), before, after)
        except MarscdError as error:
            self.context.messages.error(error)
            return None
        both = before.epoch is not None and after.epoch is not None
        return Wanted(
            before=before.key,
            after=after.key,
            label=f"{_date(before)} → {_date(after)}",
            folder=folder,
            parameters=parameters,
            standard=standard and both,
            series=self.state.series if both else None,
        )

    def _before_pair(self, wanted: Wanted) -> None:
        """The files are about to be replaced: let them go."""
        self.looking.let_go(wanted.folder)

    def _began(self, label: str, number: int, count: int) -> None:
        title = tr("Comparing {pair}").format(pair=label)
        if count > 1:
            title += " " + tr("({number} of {count})").format(number=number, count=count)
        self.compare.running.begin(title)
        self.compare.set_running(True)

    def _finished(self, pair: ComparedPair) -> None:
        self.looking.choose(pair.folder)
        self.state.set_pairs(replaced(self.state.pairs, pair))

    def _failed(self, wanted: Wanted, message: str) -> None:
        self.context.messages.failure(tr("{pair} was not compared.").format(pair=wanted.label), message)

    def _ended(self, done: int, stopped: bool) -> None:
        self.compare.running.end()
        self.compare.set_running(False)
        self.looking.take_back()
        if stopped:
            self.context.messages.hint(
                tr("Stopped. Nothing half-finished was kept.")
                if not done
                else tr("Stopped. {count} finished pairs are kept.").format(count=done)
            )
        if done:
            if self.tabs.currentWidget() is self.results:
                self.looking.show_current()
            else:
                self.tabs.setCurrentWidget(self.results)

    # Earlier results

    def _chosen_place(self) -> Path | None:
        before, after, folder = self.compare.before, self.compare.after, self.state.folder
        if before is None or after is None or folder is None or before.source == after.source:
            return None
        return place_for(folder, before, after)

    def _say_earlier(self) -> None:
        place = self._chosen_place()
        pair = next((p for p in self.state.pairs if p.folder == place), None) if place else None
        text = ""
        if pair is not None:
            count = int(pair.results.get("POLYGON_COUNT") or 0)
            threshold = f"{float(pair.results.get('THRESHOLD') or 0.0):g}"
            text = tr("Compared before: {count} changes at threshold {threshold}.").format(
                count=f"{count:,}", threshold=threshold
            )
        self.compare.set_earlier(text)

    def _show_earlier(self) -> None:
        place = self._chosen_place()
        if place is not None:
            self.looking.choose(place)
            self.tabs.setCurrentWidget(self.results)

    def _blink(self, before: str, after: str) -> None:
        self.state.page_wanted.emit("series")
        self.state.compare_wanted.emit(before, after)

    def _place_label(self, place: Path) -> str:
        """What the pair in a folder is called here."""
        pair = next((p for p in self.state.pairs if p.folder == place), None)
        return self._label(pair) if pair is not None else place.name

    def _label(self, pair: ComparedPair) -> str:
        epochs = {e.product_id: e for e in self.state.series.epochs} if self.state.series else {}
        if pair.before in epochs and pair.after in epochs:
            first, second = (epochs[i].time.date().isoformat() for i in (pair.before, pair.after))
            return f"{first} → {second}"
        return f"{pair.before} → {pair.after}"


def _date(choice: Choice) -> str:
    return choice.epoch.time.date().isoformat() if choice.epoch is not None else choice.label


def _preferred_device() -> str:
    """The user's setting, which AUTO defers to; a bad one is told by the algorithm."""
    try:
        return current_settings().device
    except MarscdError:
        return "AUTO"
