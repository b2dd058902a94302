"""Which map shows which image: QGIS's own, where it lies on the image's body, else the view beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsMapLayer,
    QgsProject,
    QgsRectangle,
)
from qgis.gui import QgsRubberBand
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor

from ...common.words import Area
from ...planet.crs import geographic_wkt
from ..page import DockContext
from ..words import tr
from .images import Image, body_of_crs, facts
from .side_view import SideView

#: Ground shown around a match or a target: times its own size.
_AROUND = 4.0


class Views(QObject):
    """The canvases, and going to places on them."""

    #: One of the maps shows something else now, or lies in another CRS.
    moved = pyqtSignal()

    def __init__(self, context: DockContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.side = SideView(context.iface, self)
        self.side.moved.connect(self.moved)
        self._heard: tuple[Any, ...] = (context.canvas.extentsChanged, context.canvas.destinationCrsChanged)
        for signal in self._heard:
            signal.connect(self._told)

    def on_map(self, image: Image) -> bool:
        """Whether QGIS's map can show it: both on one body."""
        here = body_of_crs(self._context.canvas.mapSettings().destinationCrs())
        return bool(image.body) and here == image.body

    def beside(self, image: Image) -> bool:
        """Whether it is shown in the view beside the map."""
        return not self.on_map(image)

    def canvas(self, image: Image, results: list[QgsMapLayer] | None = None) -> Any:
        """The canvas to draw and look on; the view beside the map is opened where that is it. None where the image has
        left the project."""
        if self.on_map(image):
            return self._context.canvas
        layer = image.layer
        if layer is None:
            return None
        self.side.show_image(layer, title_of(image), facts(image), results or [])
        return self.side.canvas

    def box(self, image: Image) -> tuple[QgsRectangle, QgsCoordinateReferenceSystem] | None:
        """What the image's map shows now, with its CRS; None where that map is not open."""
        if self.on_map(image):
            canvas = self._context.canvas
        elif self.side.shows(image.layer_id):
            canvas = self.side.canvas
        else:
            return None
        return canvas.extent(), canvas.mapSettings().destinationCrs()

    def release(self) -> None:
        for signal in self._heard:
            signal.disconnect(self._told)
        self._heard = ()
        self.side.release()

    def _told(self) -> None:
        self.moved.emit()


def go(canvas: Any, box: QgsRectangle, crs: QgsCoordinateReferenceSystem, around: float = _AROUND) -> bool:
    """Show a box given in ``crs``, with ground around it. Whether that could be."""
    there = transformed(box, crs, canvas.mapSettings().destinationCrs())
    if there is None or there.isEmpty():
        return False
    edge = max(there.width(), there.height()) * around
    middle = there.center()
    half = edge / 2
    canvas.setExtent(QgsRectangle(middle.x() - half, middle.y() - half, middle.x() + half, middle.y() + half))
    canvas.refresh()
    return True


def transformed(
    box: QgsRectangle, crs: QgsCoordinateReferenceSystem, target: QgsCoordinateReferenceSystem
) -> QgsRectangle | None:
    """The box in another CRS of the same body; None where there is no way."""
    if crs == target or not crs.isValid() or not target.isValid():
        return QgsRectangle(box)
    transform = QgsCoordinateTransform(crs, target, QgsProject.instance())
    if not transform.isValid():
        return None
    try:
        return transform.transformBoundingBox(box)
    except QgsCsException:
        return None


def title_of(image: Image) -> str:
    """What its own view is called."""
    return tr("{image} (MarsCD)").format(image=image.label)


@dataclass
class _Drawn:
    """A band, what it shows (in ``crs``), and the CRS that its canvas had then."""

    canvas: Any
    band: QgsRubberBand
    shape: QgsGeometry
    crs: QgsCoordinateReferenceSystem
    seen: QgsCoordinateReferenceSystem


class Outlines(QObject):
    """Areas and a chip drawn on canvases, each only where the canvas lies on their body."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drawn: dict[str, _Drawn] = {}

    def areas(self, key: str, canvas: Any, areas: list[Area], colour: QColor, dashed: bool = False) -> None:
        """Outline ``areas`` (of one body) as ``key``; what was drawn as ``key`` before goes."""
        self.clear(key)
        if canvas is None or not areas:
            return
        crs = QgsCoordinateReferenceSystem.fromWkt(geographic_wkt(areas[0].body))
        shapes = [QgsGeometry.fromWkt(_wkt(area)) for area in areas]
        self._draw(key, canvas, QgsGeometry.collectGeometry(shapes), crs, colour, dashed)

    def box(self, key: str, canvas: Any, box: QgsRectangle, crs: QgsCoordinateReferenceSystem, colour: QColor) -> None:
        """Outline a box given in ``crs``."""
        self.clear(key)
        self._draw(key, canvas, QgsGeometry.fromRect(box), crs, colour, False)

    def shown(self, key: str) -> bool:
        """Whether something is drawn as ``key``."""
        return key in self._drawn

    def extent(self, key: str, canvas: Any) -> QgsRectangle | None:
        """What is drawn as ``key`` on that canvas, in its CRS; None where nothing is."""
        one = self._drawn.get(key)
        if one is None or one.canvas is not canvas or _gone(one.band) or one.band.asGeometry().isEmpty():
            return None
        return one.band.asGeometry().boundingBox()

    def refresh(self) -> None:
        """A map may lie in another CRS now: what is drawn on it follows, or hides where it is another body's."""
        for one in self._drawn.values():
            if not _gone(one.canvas) and one.canvas.mapSettings().destinationCrs() != one.seen:
                _place(one)

    def clear(self, key: str = "") -> None:
        """Take one (or all) away."""
        for name in [key] if key else list(self._drawn):
            one = self._drawn.pop(name, None)
            # A canvas that is gone took its items along.
            if one is not None and not _gone(one.canvas) and not _gone(one.band):
                scene = one.canvas.scene()
                if scene is not None and one.band.scene() is scene:
                    scene.removeItem(one.band)

    def _draw(self, key: str, canvas: Any, shape: QgsGeometry, crs: Any, colour: QColor, dashed: bool) -> None:
        band = QgsRubberBand(canvas, Qgis.GeometryType.Polygon)
        band.setStrokeColor(colour)
        band.setSecondaryStrokeColor(QColor(0, 0, 0, 140))
        band.setFillColor(QColor(0, 0, 0, 0))
        band.setWidth(2)
        if dashed:
            band.setLineStyle(Qt.PenStyle.DashLine)
        one = _Drawn(canvas, band, shape, crs, crs)
        _place(one)
        self._drawn[key] = one


def _place(one: _Drawn) -> None:
    one.seen = one.canvas.mapSettings().destinationCrs()
    shape = QgsGeometry(one.shape)
    if one.crs.isValid() and one.seen.isValid() and one.crs != one.seen:
        there = body_of_crs(one.seen) == body_of_crs(one.crs)
        transform = QgsCoordinateTransform(one.crs, one.seen, QgsProject.instance())
        try:
            if there and transform.isValid():
                shape.transform(transform)
            else:
                shape = QgsGeometry()
        except QgsCsException:
            shape = QgsGeometry()
    if shape.isEmpty():
        one.band.reset(Qgis.GeometryType.Polygon)
    else:
        one.band.setToGeometry(shape, None)


def _gone(thing: Any) -> bool:
    return thing is None or sip.isdeleted(thing)


def _wkt(area: Area) -> str:
    polygons = ", ".join(
        "(" + ", ".join("(" + ", ".join(f"{x!r} {y!r}" for x, y in ring) + ")" for ring in rings) + ")"
        for rings in area.polygons
    )
    return f"MULTIPOLYGON ({polygons})"
