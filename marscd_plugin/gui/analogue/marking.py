"""The targets: drawn on their image's map, taken from a layer or from the paper; their pictures and outlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from qgis.core import QgsGeometry, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtGui import QColor, QImage

from ...common.errors import InputError, MarscdError
from ...common.words import Area
from ...planet import geometry
from ..draw.drawing import Drawing
from ..mars.view import show_place, wkt_of
from ..page import DockContext
from ..shapes import area_of_polygons, area_of_shape
from ..words import tr
from .images import Image, body_of_crs, body_word
from .match_list import grey_image
from .target_box import PICTURE, TargetBox
from .targets import MOST_TARGETS, Marked, edge_of, own_name, picture
from .views import Outlines, Views

_COLOUR = QColor(255, 190, 60, 240)
_KEY = "targets"
_MOST_VERTICES = 50_000
#: Degrees around a place that are shown with it: times its size.
_AROUND = 2.0
PAPER_SIZE = 10_000.0


class Marking(QObject):
    """Keeps the list of targets and shows it."""

    changed = pyqtSignal()

    def __init__(
        self, context: DockContext, box: TargetBox, views: Views, outlines: Outlines, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._box, self._views, self._outlines = context, box, views, outlines
        self.targets: tuple[Marked, ...] = ()
        self._pictures: list[QImage | None] = []
        self._asked = 0
        self._drawing: Drawing | None = None
        self._image_id = ""
        box.draw_wanted.connect(self.draw)
        box.layer_wanted.connect(self.add_layer)
        box.paper_wanted.connect(self.add_paper)
        box.remove_wanted.connect(self.remove)
        box.renamed.connect(self.rename)
        box.go_wanted.connect(self.go)
        box.whole_changed.connect(lambda _: self._told())
        box.picker.changed.connect(self._image_changed)

    @property
    def image(self) -> Image | None:
        return self._box.picker.image

    @property
    def whole(self) -> bool:
        """The whole image is the target, and not what is marked."""
        return self._box.whole.isChecked()

    def set_targets(self, targets: Sequence[Marked]) -> None:
        """Show these instead."""
        self.targets = tuple(targets)
        self._pictures = [None] * len(self.targets)
        self._show()
        self._draw_pictures()

    def add(self, name: str, area: Area) -> None:
        """Mark one more. Raises InputError."""
        image = self.image
        if image is not None and image.body and image.body != area.body:
            raise InputError(
                tr("This lies on {there}, and the image of the target on {here}.").format(
                    there=body_word(area.body), here=body_word(image.body)
                ),
                tr("Choose the image that you draw on as the image of the target."),
            )
        if len(self.targets) >= MOST_TARGETS:
            raise InputError(
                tr("{count} targets are marked already.").format(count=MOST_TARGETS), tr("Remove some first.")
            )
        names = [t.name for t in self.targets]
        self.targets = (*self.targets, Marked(own_name(name, names), area))
        self._pictures.append(None)
        if self._box.whole.isChecked():
            self._box.whole.setChecked(False)
        self._show()
        self._draw_pictures()

    def remove(self, row: int) -> None:
        self.targets = (*self.targets[:row], *self.targets[row + 1 :])
        del self._pictures[row : row + 1]
        self._show()

    def rename(self, row: int, name: str) -> None:
        others = [t.name for n, t in enumerate(self.targets) if n != row]
        named = replace(self.targets[row], name=own_name(name, others))
        self.targets = (*self.targets[:row], named, *self.targets[row + 1 :])
        self._show()

    def draw(self, shape: str) -> None:
        """Take up the tool on the image's own map; "" puts it away."""
        self.stop()
        image = self.image
        if not shape or image is None:
            return
        if not image.body:
            self._context.messages.hint(
                tr("This image has no place on a planet, so nothing can be marked on it: use the whole image.")
            )
            self._box.press("")
            return
        canvas = self._views.canvas(image)
        if canvas is None:
            self._box.press("")
            return
        self._drawing = Drawing(canvas, self)
        self._drawing.drawn.connect(self._drawn)
        self._drawing.said.connect(self._box.say)
        self._drawing.shape_changed.connect(self._box.press)
        self._drawing.start(shape)

    def stop(self) -> None:
        """Put the tool away."""
        drawing, self._drawing = self._drawing, None
        if drawing is not None:
            drawing.stop()
            drawing.deleteLater()

    def add_layer(self, layer_id: str) -> None:
        """The selected polygons of a layer (all where none is selected), each a target."""
        layer = QgsProject.instance().mapLayer(layer_id)
        try:
            for name, area in areas_of_layer(layer):
                self.add(name, area)
        except MarscdError as error:
            self._context.messages.error(error)

    def add_paper(self, name: str) -> None:
        """One of the paper's targets; the map goes there where it shows Mars."""
        from ...analogue.paper_targets import target_area

        try:
            area = target_area(name, PAPER_SIZE)
            self.add(name, area)
        except MarscdError as error:
            self._context.messages.error(error)
            return
        canvas = self._context.canvas
        if body_of_crs(canvas.mapSettings().destinationCrs()) == area.body:
            lon, lat = geometry.centre(area)
            show_place(canvas, lon, lat, _degrees(edge_of(area)) * _AROUND)
        else:
            self._context.messages.hint(
                tr("{name} is marked. The map does not show Mars, so it did not move there.").format(name=name)
            )

    def go(self, row: int) -> None:
        """Show a target on its map."""
        image = self.image
        if image is None or not 0 <= row < len(self.targets):
            return
        area = self.targets[row].area
        canvas = self._views.canvas(image)
        if canvas is None or body_of_crs(canvas.mapSettings().destinationCrs()) != area.body:
            return
        if area.body == "Mars":
            lon, lat = geometry.centre(area)
            show_place(canvas, lon, lat, _degrees(edge_of(area)) * _AROUND)
        else:
            box = self._outlines.extent(_KEY, canvas)
            if box is not None:
                box.scale(4.0)
                canvas.setExtent(box)
                canvas.refresh()
        self.outline()

    def outline(self) -> None:
        """The marked areas on their map."""
        image = self.image
        canvas: Any = None
        if image is not None and self._views.on_map(image):
            canvas = self._context.canvas
        elif image is not None and self._views.side.shows(image.layer_id):
            canvas = self._views.side.canvas
        self._outlines.areas(_KEY, canvas, [t.area for t in self.targets], _COLOUR)

    def hide_outline(self) -> None:
        self._outlines.clear(_KEY)

    def release(self) -> None:
        self._asked += 1
        self.stop()

    def _drawn(self, ring: list[tuple[float, float]]) -> None:
        drawing = self._drawing
        if drawing is None or drawing.tool is None:
            return
        crs = drawing.tool.canvas().mapSettings().destinationCrs()
        try:
            self.add("", area_of_shape(ring, wkt_of(crs), body_of_crs(crs)))
        except MarscdError as error:
            self._context.messages.error(error)
            drawing.again()
            return
        self.stop()

    def _image_changed(self) -> None:
        image = self.image
        self._box.set_ready(image is not None)
        key = image.layer_id if image is not None else ""
        if key != self._image_id:
            self._image_id = key
            self.stop()
            self._pictures = [None] * len(self.targets)
            self._draw_pictures()
            self.outline()
        self.changed.emit()

    def _show(self) -> None:
        self._box.set_targets(self.targets, self._pictures)
        self.outline()
        self.changed.emit()

    def _told(self) -> None:
        self._box.say("")
        self.changed.emit()

    def _draw_pictures(self) -> None:
        """In the background, those that are not there yet."""
        self._asked += 1
        asked, image, targets = self._asked, self.image, self.targets
        missing = [n for n, p in enumerate(self._pictures) if p is None]
        if image is None or not missing:
            return
        source = image.source

        def work(progress: Any) -> list[tuple[int, Any]]:
            return [(n, picture(source, targets[n].area, PICTURE)) for n in missing if not progress.cancelled()]

        def drawn(made: list[tuple[int, Any]]) -> None:
            if asked != self._asked:
                return
            for row, values in made:
                self._pictures[row] = grey_image(values) if values is not None else None
                self._box.set_picture(row, self._pictures[row])

        self._context.jobs.background(tr("Pictures of the targets"), work).succeeded.connect(drawn)


def areas_of_layer(layer: Any) -> list[tuple[str, Area]]:
    """(name, area) of a layer's selected polygons, or of all of a small one. Raises InputError."""
    if not isinstance(layer, QgsVectorLayer) or not layer.isValid():
        raise InputError(tr("The layer is not there any more."), tr("Choose another."))
    on = body_of_crs(layer.crs())
    if not on:
        raise InputError(
            tr("{layer} has no coordinate system that names a body.").format(layer=layer.name()),
            tr("Set its CRS in the layer's properties."),
        )
    count = layer.selectedFeatureCount()
    if not count and layer.featureCount() > MOST_TARGETS:
        raise InputError(
            tr("Nothing is selected in {layer}, which has {count} polygons.").format(
                layer=layer.name(), count=layer.featureCount()
            ),
            tr("Select the polygons you mean with QGIS's selection tools, then try again."),
        )
    features = sorted(layer.selectedFeatures() if count else layer.getFeatures(), key=lambda f: f.id())
    field = next((f.name() for f in layer.fields() if f.name().lower() == "name"), "")
    wkt, made, vertices = wkt_of(layer.crs()), [], 0
    for feature in features[: MOST_TARGETS + 1]:
        polygons = _polygons(feature.geometry())
        vertices += sum(len(ring) for rings in polygons for ring in rings)
        if vertices > _MOST_VERTICES:
            raise InputError(
                tr("The polygons of {layer} have too many vertices.").format(layer=layer.name()),
                tr("Simplify them first, or select fewer."),
            )
        if polygons:
            text = feature[field] if field else ""
            made.append((str(text) if isinstance(text, str) else "", area_of_polygons(polygons, wkt, on)))
    if not made:
        raise InputError(
            tr("{layer} holds no polygon.").format(layer=layer.name()), tr("Choose another layer, or draw the target.")
        )
    return made


def _polygons(shape: QgsGeometry) -> list[list[list[tuple[float, float]]]]:
    if shape.isEmpty():
        return []
    whole = QgsGeometry(shape)
    whole.convertToMultiType()
    return [[[(p.x(), p.y()) for p in ring] for ring in rings] for rings in whole.asMultiPolygon()]


def _degrees(metres: float) -> float:
    return metres / 59_275.0
