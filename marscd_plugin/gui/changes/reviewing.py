"""A person's verdicts on the shown pair: from keys and drawings to the review beside the pair, and back to the eye."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qgis.core import QgsCoordinateTransform, QgsCsException, QgsGeometry, QgsPointXY, QgsProject
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...change.review import ACCEPTED, Label, Outline, Review, match, outline_of, read_review, write_review
from ...common.errors import InputError, MarscdError
from ...common.progress import Progress, check
from ..draw.drawing import POLYGON, Drawing
from ..page import DockContext
from ..state import ComparedPair
from ..words import tr
from . import map_layers, review_layer
from .results import ResultsPanel

log = logging.getLogger(__name__)

#: Milliseconds from a verdict to the disk, so that quick keys make one file.
_SOON = 300


class Reviewing(QObject):
    """Follows the pair that is shown. A verdict is on disk a moment after it was given."""

    #: A review changed: how many verdicts the shown pair has.
    reviewed = pyqtSignal(int)

    def __init__(self, context: DockContext, panel: ResultsPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._panel, self._bar = context, panel, panel.review
        self._pair: ComparedPair | None = None
        self._review: Review | None = None
        self._labels: dict[int, Label] = {}
        self._asked = 0
        self._purpose = ""
        self._redrawn: int | None = None
        self.drawing = Drawing(context.canvas, self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SOON)
        self._later.timeout.connect(self.flush)
        self._unsaved: Path | None = None
        #: The newest review of each folder: writers take it from here, so that an older one never comes last.
        self._latest: dict[Path, Review] = {}
        self._writing = threading.Lock()
        self._bar.judged.connect(self.judge)
        self._bar.redraw_wanted.connect(lambda: self._draw("redrawn"))
        self._bar.add_wanted.connect(lambda: self._draw("drawn"))
        self._bar.unadd_wanted.connect(self.unadd)
        self.drawing.drawn.connect(self._drawn)
        self.drawing.said.connect(self._said)

    @property
    def review(self) -> Review | None:
        """The shown pair's review; None until it is read, or where it is damaged."""
        return self._review

    def show(self, pair: ComparedPair) -> None:
        """The pair's rows are in the table: read its review in the background."""
        self.flush()
        self.drawing.stop()
        self._asked += 1
        asked = self._asked
        self._pair, self._review, self._labels = pair, None, {}
        self._tell()
        known = self._latest.get(pair.folder)
        job = self._context.jobs.background(tr("Read the review"), lambda progress: load(pair, progress, known))

        def read(found: tuple[Review, dict[int, Label]]) -> None:
            if asked == self._asked:
                self._review, self._labels = found
                self._tell()

        job.succeeded.connect(read)
        job.failed.connect(lambda message: self._context.messages.failure(message))

    def leave(self) -> None:
        """No pair is shown, or its files go away: everything is on disk."""
        self.flush()
        self.drawing.stop()
        self._asked += 1
        self._pair = self._review = None
        self._labels = {}

    def judge(self, verdict: str) -> None:
        """Say it of the change that is selected, then go on to the next."""
        change = self._panel.selected_change()
        if change is None or self._review is None or self._pair is None:
            return
        former = self._labels.get(change.fid)
        if not verdict:
            if former is not None:
                del self._labels[change.fid]
                self._change(self._review.without(former))
            return
        outline = former.outline if former is not None else self._outline(change.fid)
        if outline is None:
            return
        label = Label(verdict, outline, former.origin if former is not None else "found")
        self._labels[change.fid] = label
        self._change(self._review.with_label(label, former))
        self._panel.step(1)

    def unadd(self) -> None:
        """Forget the last change that was drawn as missed."""
        review = self._review
        drawn = [label for label in review.labels if label.origin == "drawn"] if review is not None else []
        if review is not None and drawn:
            self._change(review.without(drawn[-1]))

    def flush(self) -> None:
        """Put what was said on disk now."""
        self._later.stop()
        if self._unsaved is None:
            return
        folder, self._unsaved = self._unsaved, None
        job = self._context.jobs.background(tr("Keep the review"), lambda _: self._write(folder))
        job.failed.connect(lambda message: self._context.messages.failure(message))

    def release(self) -> None:
        """Put the tool away; what is not on disk yet is written here, for no task would outlive the plugin."""
        self._later.stop()
        if self._unsaved is not None:
            folder, self._unsaved = self._unsaved, None
            try:
                self._write(folder)
            except MarscdError as error:
                # The dock is going: its messages too.
                log.error("the last verdicts were not kept: %s", error)
        self.drawing.stop()
        self._asked += 1

    def _write(self, folder: Path) -> None:
        with self._writing:
            write_review(folder, self._latest[folder])

    # Drawing

    def _draw(self, purpose: str) -> None:
        change = self._panel.selected_change()
        if self._review is None or (purpose == "redrawn" and change is None):
            return
        if self.drawing.tool is not None:
            self.drawing.stop()
            return
        self._purpose, self._redrawn = purpose, change.fid if change is not None else None
        self.drawing.start(POLYGON)

    def _drawn(self, corners: list[tuple[float, float]]) -> None:
        try:
            outline = self._on_layer(corners)
        except MarscdError as error:
            self._context.messages.error(error)
            self.drawing.again()
            return
        purpose, fid = self._purpose, self._redrawn
        self.drawing.stop()
        if self._review is None:
            return
        label = Label(ACCEPTED, outline, purpose)
        if purpose == "drawn":
            self._change(self._review.with_label(label))
        elif fid is not None:
            former = self._labels.get(fid)
            self._labels[fid] = label
            self._change(self._review.with_label(label, former))

    def _said(self, words: str) -> None:
        if words:
            self._bar.say(words)
        else:
            self._tell()

    def _on_layer(self, corners: Sequence[tuple[float, float]]) -> Outline:
        """A ring on the map as an outline in the pair's CRS. Raises InputError."""
        layer = map_layers.find(self._pair, "polygons") if self._pair is not None else None
        if layer is None:
            raise InputError(tr("The pair's outlines are not on the map."), tr("Choose the pair again."))
        distinct = list(dict.fromkeys(corners))
        if len(distinct) < 3:
            raise InputError(
                tr("An outline needs at least three corners; this has {count}.").format(count=len(distinct)),
                tr("Click at three places or more, then finish with a right click or Enter."),
            )
        target = self._context.canvas.mapSettings().destinationCrs()
        transform = QgsCoordinateTransform(target, layer.crs(), QgsProject.instance())
        shape = QgsGeometry.fromPolygonXY([[QgsPointXY(x, y) for x, y in (*distinct, distinct[0])]])
        try:
            if transform.isValid():
                shape.transform(transform)
        except QgsCsException as error:
            raise InputError(
                tr("The outline lies where the image has no place."), tr("Draw it on the image.")
            ) from error
        if not shape.isGeosValid() or shape.area() <= 0:
            raise InputError(
                tr("The outline crosses itself, or nothing is inside."), tr("Take corners back with Backspace.")
            )
        return _outline(shape)

    # Telling

    def _outline(self, fid: int) -> Outline | None:
        layer = map_layers.find(self._pair, "polygons") if self._pair is not None else None
        feature = layer.getFeature(fid) if layer is not None else None
        if feature is None or not feature.hasGeometry():
            self._context.messages.hint(tr("This change's outline is not on the map; choose the pair again."))
            return None
        return _outline(feature.geometry())

    def _change(self, review: Review) -> None:
        self._review = review
        if self._pair is not None:
            self._latest[self._pair.folder] = review
            self._unsaved = self._pair.folder
            self._later.start()
        self._tell()

    def _tell(self) -> None:
        verdicts = {fid: label.verdict for fid, label in self._labels.items()}
        self._panel.set_verdicts(verdicts)
        self._bar.tell(self._review, verdicts, len(self._panel.table_model.all_rows))
        self._bar.setEnabled(self._review is not None)
        if self._pair is not None and self._review is not None:
            review_layer.show(self._pair, self._review)
            self.reviewed.emit(len(self._review.labels))


def load(pair: ComparedPair, progress: Progress, known: Review | None = None) -> tuple[Review, dict[int, Label]]:
    """(the pair's review, feature id -> verdict). For a worker; ``known`` is a review that may not be on disk yet.
    Raises InputError, CancelledError."""
    review = known or read_review(pair.folder, pair.before, pair.after)
    if not any(label.origin != "drawn" for label in review.labels):
        return review, {}
    from osgeo import gdal

    from ...common.rasters import gdal_quiet

    outlines = {}
    with gdal_quiet():
        source = gdal.OpenEx(str(pair.polygons), gdal.OF_VECTOR, allowed_drivers=["FlatGeobuf"])
        layer = source.GetLayer(0) if source is not None else None
        for number, feature in enumerate(layer or ()):
            if number % 500 == 0:
                check(progress)
            shape = feature.GetGeometryRef()
            if shape is not None:
                outlines[feature.GetFID()] = outline_of(shape)
    return review, match(review, outlines)


def _outline(shape: Any) -> Outline:
    """A QgsGeometry as an outline."""
    whole = QgsGeometry(shape)
    whole.convertToMultiType()
    parts = whole.asMultiPolygon()
    return tuple(tuple(tuple((p.x(), p.y()) for p in ring) for ring in rings) for rings in parts)
