"""The second tab at work: layers, pictures, the map, verdicts and the next round of the shown search."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsFeatureRequest, QgsProject, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QTimer, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QColor, QDesktopServices

from ...common.errors import MarscdError
from ...common.progress import Progress
from ..page import DockContext
from ..words import tr
from . import map_layers
from .images import Image, image_of, usable
from .matches_panel import MatchesPanel
from .reading import Loaded, load
from .rows import Found, Row, judged, keep_verdicts, with_verdict
from .running_search import SearchRunner
from .stored import Search, title
from .terrain import as_terrain
from .views import Outlines, Views, go

log = logging.getLogger(__name__)

#: Milliseconds from a verdict to the disk, so that quick keys make one file.
_SOON = 400
_KEY = "match"
_COLOUR = QColor(255, 255, 255, 240)


class Looking(QObject):
    """One search is shown at a time."""

    #: Another search is shown, or none (None).
    shown = pyqtSignal(object)
    #: A new round is there.
    refined = pyqtSignal(object)

    def __init__(
        self,
        context: DockContext,
        panel: MatchesPanel,
        views: Views,
        outlines: Outlines,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._panel, self._views, self._outlines = context, panel, views, outlines
        self._searches: tuple[Search, ...] = ()
        self._search: Search | None = None
        self._found: Found | None = None
        self._loaded: Loaded | None = None
        self._layer: QgsVectorLayer | None = None
        self._steps: list[str] = []
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._step)
        self._asked = 0
        self._telling = False
        self._unsaved: dict[Path, dict[int, str]] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SOON)
        self._later.timeout.connect(self.flush)
        self.runner = SearchRunner(context, self)
        panel.search_wanted.connect(self._chosen)
        panel.go_wanted.connect(self.go)
        panel.judged.connect(self.judge)
        panel.refine_wanted.connect(self.refine)
        panel.report_wanted.connect(lambda: self._open(lambda s: s.report, tr("The report is not there.")))
        panel.surface_wanted.connect(lambda: self._open(surface_of, tr("The picture of the surface is not there.")))
        panel.terrain_wanted.connect(self._terrain)
        panel.distance_wanted.connect(self._show_distance)
        panel.running.cancel_wanted.connect(self.runner.cancel)
        self.runner.progressed.connect(panel.running.tell)
        self.runner.finished.connect(self.refined)
        self.runner.failed.connect(lambda text: context.messages.failure(tr("The matches were not ranked anew."), text))
        self.runner.warned.connect(lambda text: context.messages.warn(text))
        self.runner.ended.connect(self._ended)

    @property
    def search(self) -> Search | None:
        """The search that is shown."""
        return self._search

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._found.rows if self._found is not None else ()

    def set_searches(self, searches: tuple[Search, ...], wanted: Search | None = None) -> None:
        """All of the job; ``wanted``, or the newest, is shown."""
        self._searches = searches
        current = wanted or self._search
        index = next((n for n, s in enumerate(searches) if current is not None and s.folder == current.folder), -1)
        index = index if index >= 0 else len(searches) - 1
        self._panel.set_searches([(title(s), _tip(s)) for s in searches], index)
        if index >= 0:
            self._show(searches[index])
        else:
            self.forget()

    def forget(self) -> None:
        """No search is shown."""
        self.flush()
        self._asked += 1
        self._turn.stop()
        self._search = self._found = self._loaded = None
        self._watch(None)
        self._outlines.clear(_KEY)
        self._panel.set_rows((), {}, {})
        self.shown.emit(None)

    def show_layers(self) -> None:
        """The search's layers on its map (again, where they were taken away), one each turn of the event loop."""
        search = self._search
        if search is not None and self._loaded is not None:
            self._steps = [map_layers.MATCHES, map_layers.DISTANCE, ""]
            self._turn.start()

    def _step(self) -> None:
        search, loaded = self._search, self._loaded
        if search is None or loaded is None or not self._steps:
            self._turn.stop()
            return
        role = self._steps.pop(0)
        try:
            if role:
                map_layers.show(search, role, self._on_map(), loaded.span)
            else:
                self._turn.stop()
                self._laid()
        except MarscdError as error:
            self._turn.stop()
            self._context.messages.error(error)

    def _on_map(self) -> bool:
        image = self.image()
        return image is None or self._views.on_map(image)

    def _laid(self) -> None:
        """Both layers are there: over the images, or in the view of the other body."""
        search, image = self._search, self.image()
        if search is None:
            return
        map_layers.only(search, self._on_map())
        map_layers.show_distance(search, self._panel.distance.isChecked())
        self._watch(map_layers.find(search, map_layers.MATCHES))
        if image is not None and not self._on_map():
            self._views.canvas(image, self._over())

    def _over(self) -> list[Any]:
        """What lies over the image in its own view, the first on top."""
        if self._search is None:
            return []
        wanted = (map_layers.MATCHES, map_layers.DISTANCE)[: 2 if self._panel.distance.isChecked() else 1]
        return [layer for role in wanted if (layer := map_layers.find(self._search, role)) is not None]

    def image(self) -> Image | None:
        """The image that was searched, if it is in the project; else the distance's raster stands for its place."""
        search = self._search
        if search is None:
            return None
        source = str(search.asked.get("search_source") or "")
        for layer in QgsProject.instance().mapLayers().values():
            if usable(layer) and layer.source() == source:
                return image_of(layer)
        distance = map_layers.find(search, map_layers.DISTANCE)
        return image_of(distance) if distance is not None else None

    def go(self, row: Row) -> None:
        """Show a match on its map: with ground around it, its chip outlined, its point selected."""
        if self._search is None or self._found is None:
            return
        if self._layer is None and not self._steps:
            self.show_layers()
        image = self.image()
        if image is None:
            return
        canvas = self._views.canvas(image, self._over())
        if canvas is None:
            return
        crs = QgsCoordinateReferenceSystem.fromWkt(self._found.crs) if self._found.crs else image_crs(image)
        box = QgsRectangle(row.x - row.half, row.y - row.half, row.x + row.half, row.y + row.half)
        if not go(canvas, box, crs):
            self._context.messages.hint(tr("This match has no place on the map that is open."))
            return
        self._outlines.box(_KEY, canvas, box, crs, _COLOUR)
        self._select(row)

    def judge(self, number: int, verdict: str) -> None:
        """More like this, not like this, or "" to take it back."""
        if self._found is None or self._search is None or self.runner.busy:
            return
        rows = with_verdict(self._found.rows, number, verdict)
        self._found = Found(self._found.path, self._found.crs, rows)
        self._panel.change_rows(rows)
        self._unsaved.setdefault(self._search.matches, {})[number] = verdict
        self._later.start()

    def refine(self) -> None:
        """The next round."""
        if self._search is None or self.runner.busy:
            return
        accepted, rejected = judged(self.rows)
        if not accepted and not rejected:
            return
        self.flush()
        self._panel.running.begin(tr("Ranking all places by your verdicts"))
        self._panel.set_busy(True)
        self.runner.refine(self._search, accepted, rejected)

    def flush(self) -> None:
        """Put the verdicts on disk now, in the background; the layer is read anew."""
        self._later.stop()
        unsaved, self._unsaved = self._unsaved, {}
        for path, verdicts in unsaved.items():
            work = partial(_keep, path, verdicts)
            job = self._context.jobs.background(tr("Keep the verdicts"), work)
            job.succeeded.connect(partial(self._kept, path))
            job.failed.connect(lambda message: self._context.messages.failure(message))

    def forget_gone(self) -> None:
        """Layers left the project."""
        if self._layer is not None and self._search is not None:
            self._watch(map_layers.find(self._search, map_layers.MATCHES))

    def release(self) -> None:
        self._asked += 1
        self._turn.stop()
        self._later.stop()
        unsaved, self._unsaved = self._unsaved, {}
        for path, verdicts in unsaved.items():
            try:
                # Here: no task would outlive the plugin.
                keep_verdicts(path, verdicts)
            except MarscdError as error:
                log.error("the last verdicts were not kept: %s", error)
        self.runner.cancel()
        self._watch(None)

    # Showing

    def _chosen(self, index: int) -> None:
        if 0 <= index < len(self._searches):
            self._show(self._searches[index])

    def _show(self, search: Search) -> None:
        self.flush()
        self._asked += 1
        asked = self._asked
        self._turn.stop()
        self._search, self._found, self._loaded = search, None, None
        self._outlines.clear(_KEY)
        job = self._context.jobs.background(tr("Read the matches"), lambda progress: load(search, progress))

        def loaded(made: Loaded) -> None:
            if asked == self._asked:
                self._found, self._loaded = made.found, made
                self._panel.set_rows(made.found.rows, made.matches, made.targets)
                if self._panel.isVisible():
                    self.show_layers()
                self.shown.emit(search)

        job.succeeded.connect(loaded)
        job.failed.connect(lambda message: self._context.messages.failure(message))

    def _show_distance(self, visible: bool) -> None:
        if self._search is None:
            return
        map_layers.show_distance(self._search, visible)
        image = self.image()
        if image is not None and self._views.side.shows(image.layer_id):
            self._views.canvas(image, self._over())

    def _watch(self, layer: QgsVectorLayer | None) -> None:
        if self._layer is layer:
            return
        if self._layer is not None:
            self._layer.selectionChanged.disconnect(self._map_selected)
            self._layer.willBeDeleted.disconnect(self._gone)
        self._layer = layer
        if layer is not None:
            layer.selectionChanged.connect(self._map_selected)
            layer.willBeDeleted.connect(self._gone)

    def _gone(self) -> None:
        self._layer = None

    def _select(self, row: Row) -> None:
        if self._layer is None:
            return
        self._telling = True
        try:
            self._layer.selectByExpression(f'"index" = {row.index}')
        finally:
            self._telling = False

    def _map_selected(self, *_: Any) -> None:
        if self._telling or self._layer is None:
            return
        fids = list(self._layer.selectedFeatureIds())[:1]
        for feature in self._layer.getFeatures(QgsFeatureRequest(fids)) if fids else ():
            self._panel.select(int(feature["index"]))

    def _kept(self, path: Path, _: Any) -> None:
        if self._search is not None and self._search.matches == path and self._layer is not None:
            map_layers.reload(self._layer)
            # Read anew, it has forgotten what was selected.
            row = self._panel.current()
            if row is not None:
                self._select(row)
            if self._views.side.visible and self._views.side.canvas is not None:
                self._views.side.canvas.refresh()

    def _ended(self, stopped: bool) -> None:
        self._panel.running.end()
        self._panel.set_busy(False)
        if stopped:
            self._context.messages.hint(tr("Stopped; the former matches stand."))

    # The rest of the results

    def _open(self, which: Callable[[Search], Path], missing: str) -> None:
        if self._search is None:
            return
        path = which(self._search)
        if not path.is_file():
            self._context.messages.hint(missing)
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._context.messages.hint(tr("No program was found that opens it. The file is {path}").format(path=path))

    def _terrain(self) -> None:
        layer = map_layers.find(self._search, map_layers.DISTANCE) if self._search is not None else None
        if layer is None:
            self._context.messages.hint(tr("The distance is not on the map."))
            return
        self._context.messages.hint(as_terrain(layer))


def _keep(path: Path, verdicts: dict[int, str], progress: Progress) -> None:
    keep_verdicts(path, verdicts)


def surface_of(search: Search) -> Path:
    """The picture of the distance's surface."""
    told = Path(str(search.results.get("SURFACE") or ""))
    return told if told.suffix.lower() == ".png" and told.is_file() else search.surface


def image_crs(image: Image) -> QgsCoordinateReferenceSystem:
    return QgsCoordinateReferenceSystem.fromWkt(image.crs) if image.crs else QgsCoordinateReferenceSystem()


def _tip(search: Search) -> str:
    asked = search.asked
    return "\n".join(
        (
            title(search),
            tr("Model {model}, chips of {size} m, step {step} m").format(
                model=asked.get("model") or "?", size=asked.get("chip_size") or "?", step=asked.get("step") or "?"
            ),
            str(search.folder),
        )
    )
