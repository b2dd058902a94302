"""The first page: start a Mars project, go to a place, mark an area."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ...common.errors import InputError, MarscdError
from ...common.packages import need
from ...common.words import Area
from ...planet import geometry
from ...planet.crs import geographic_wkt, transformer
from ...planet.gazetteer import find
from ..draw.drawing import POLYGON, RECTANGLE, Drawing
from ..mars import locator, view
from ..mars.project import MapKind, RightMeasures, crs_of, is_mars, kind_of
from ..mars.transform_bar import TransformBar
from ..page import DockContext, Page
from ..scroll import UprightArea
from ..shapes import area_of_shape
from ..words import tr
from .band import AreaBand
from .inputs import OtherWays
from .map_box import MapBox
from .parts import heading, words
from .result_box import ResultBox


class AreaPage(Page):
    """Three steps from top to bottom, and the way to the next page."""

    def __init__(self, context: DockContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        iface = context.iface
        self.measures = RightMeasures(self)
        self.bar = TransformBar(iface.messageBar(), self)
        self.measures.corrected.connect(self.bar.ellipsoid_corrected)
        self._filter = locator.register(iface)
        self.band = AreaBand(context.canvas, self)
        self.drawing = Drawing(context.canvas, self)
        self.map_box = MapBox(context, self._middle, self)
        self.ways = OtherWays(context.canvas, self)
        self.result = ResultBox(self)
        self._refusal = ""
        self._build()
        self.map_box.changing.connect(self.drawing.stop)
        self.map_box.ready.connect(self._draw_row.setEnabled)
        self.drawing.drawn.connect(self._drawn)
        self.drawing.said.connect(self._say)
        self.drawing.shape_changed.connect(self._press)
        self.ways.wanted.connect(self.set_from)
        self.result.zoom_wanted.connect(self.zoom_to_area)
        self.result.clear_wanted.connect(self.clear_area)
        self.result.outline_wanted.connect(self.band.set_visible)
        self.state.area_changed.connect(self._area_changed)
        self.map_box.refresh()
        self._area_changed()
        maps = [view.wkt_of(crs_of(kind)) for kind in (MapKind.GLOBE, MapKind.NORTH, MapKind.SOUTH)]
        context.jobs.background(tr("Area"), lambda progress: warm_up(maps))

    def shown(self) -> None:
        self.map_box.refresh()

    def hidden(self) -> None:
        self.drawing.stop()

    def release(self) -> None:
        self.drawing.stop()
        self.state.area_changed.disconnect(self._area_changed)
        self.map_box.release()
        self.band.release()
        self.bar.release()
        self.measures.release()
        locator.unregister(self.context.iface, self._filter)

    def draw(self, shape: str, wanted: bool = True) -> None:
        """Take up the drawing tool, or put it away."""
        if not wanted:
            self.drawing.stop()
        elif self._shows_mars():
            self.drawing.start(shape)
        else:
            self._press("")

    def set_from(self, make: Callable[[], tuple[Area, str]]) -> bool:
        """Make (area, what else to say) and take it; a failure is said. Whether there was an area."""
        try:
            area, said = make()
            self.state.set_area(area)
        except InputError as error:
            # Nothing broke: the shape, or what was chosen, only needs mending.
            self._forget_refusal()
            self._refusal = str(error)
            self.context.messages.warn(error.what, error.remedy)
            return False
        except MarscdError as error:
            self.context.messages.error(error)
            return False
        self._forget_refusal()
        if said:
            self.context.messages.warn(said)
        return True

    def _forget_refusal(self) -> None:
        """What was wrong with the last try is no longer of interest."""
        for item in self.context.messages.items():
            if self._refusal and item.text() == self._refusal:
                self.context.messages.popWidget(item)
        self._refusal = ""

    def clear_area(self) -> None:
        """No area."""
        try:
            self.state.set_area(None)
        except MarscdError as error:
            self.context.messages.error(error)

    def zoom_to_area(self) -> None:
        """Bring all of the area into view."""
        area = self.state.area
        if area is None or not self._shows_mars():
            return
        canvas = self.context.canvas
        west, south, east, north = geometry.bounds(area)
        shape = self.band.shape()
        if canvas.mapSettings().destinationCrs().isGeographic() and west > east:
            # In two pieces at the map's two edges: show the place round 180.
            lon, lat = geometry.centre(area)
            view.show_place(canvas, lon, lat, max((east - west) % 360.0, north - south) * 0.6)
        elif not shape.isEmpty():
            box = shape.boundingBox()
            box.scale(1.2)
            canvas.setExtent(box)
            canvas.refresh()

    def _shows_mars(self) -> bool:
        if is_mars(self.context.canvas.mapSettings().destinationCrs()):
            return True
        self.context.messages.hint(tr("The map does not show Mars. Start a Mars project first."))
        return False

    def _middle(self) -> tuple[float, float] | None:
        try:
            return geometry.centre(self.state.area) if self.state.area is not None else None
        except MarscdError:
            # All round the planet: no place is its middle.
            return None

    def _drawn(self, ring: list[tuple[float, float]]) -> None:
        wkt = view.wkt_of(self.context.canvas.mapSettings().destinationCrs())
        if self.set_from(lambda: (area_of_shape(ring, wkt), "")):
            self.drawing.stop()
        else:
            self.drawing.again()

    def _say(self, text: str) -> None:
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    def _press(self, shape: str) -> None:
        for name, button in self.draws.items():
            button.blockSignals(True)
            button.setChecked(name == shape)
            button.blockSignals(False)

    def _area_changed(self) -> None:
        area = self.state.area
        self.next.setEnabled(area is not None)
        self.next.setToolTip(
            tr("Mark an area first") if area is None else tr("See which images of this area there are, and from when")
        )
        try:
            self.result.show_area(area)
            self.band.show_area(area)
        except MarscdError as error:
            self.context.messages.error(error)

    def _build(self) -> None:
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(6, 4, 6, 4)
        column.setSpacing(6)
        column.addWidget(self.map_box)
        column.addWidget(heading(tr("3  Mark the area")))
        column.addWidget(self._build_draw())
        column.addWidget(self.result)
        column.addStretch(1)
        scroll = UprightArea(self)
        scroll.setWidget(body)
        self.next = QPushButton(tr("&Find observations"), self)
        self.next.clicked.connect(lambda *_: self.state.page_wanted.emit("find"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll, 1)
        outer.addWidget(self.next)

    def _build_draw(self) -> QWidget:
        self._draw_row = QWidget(self)
        inner = QVBoxLayout(self._draw_row)
        inner.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        self.draws: dict[str, QPushButton] = {}
        for shape, title, tip in (
            (POLYGON, tr("Draw a &polygon"), tr("Click its corners on the map; right click or Enter ends")),
            (RECTANGLE, tr("&Draw a rectangle"), tr("Drag over the map, or click two opposite corners")),
        ):
            button = QPushButton(title, self)
            button.setCheckable(True)
            button.setToolTip(tip)
            button.toggled.connect(lambda on, shape=shape: self.draw(shape, on))
            row.addWidget(button)
            self.draws[shape] = button
        inner.addLayout(row)
        self._hint = words()
        self._hint.setVisible(False)
        inner.addWidget(self._hint)
        inner.addWidget(words(tr("Or take it from:"), small=True))
        inner.addWidget(self.ways)
        self._draw_row.setEnabled(kind_of(QgsProject.instance().crs()) is not None)
        return self._draw_row


def warm_up(maps: list[str]) -> None:
    """In a worker, what the first click would otherwise wait for. Where shapely is missing, the first area says so."""
    find("Gale")
    for wkt in maps:
        transformer(geographic_wkt(), wkt)
    need("shapely")
