"""The part of an image that is searched: all of it, what its map shows, or a box drawn on its map."""

from __future__ import annotations

from typing import Any

import numpy as np
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtGui import QColor

from ...common.errors import InputError, MarscdError
from ...common.words import Area
from ...planet import geometry
from ...planet.bodies import body
from ..draw.drawing import RECTANGLE, Drawing
from ..mars.view import wkt_of
from ..page import DockContext
from ..shapes import area_of_shape
from ..words import tr
from .images import Image, body_of_crs
from .views import Outlines, Views
from .where_box import BOX, VIEW, WhereBox

_KEY = "where"
_COLOUR = QColor(90, 200, 255, 240)


class Part(QObject):
    """Draws the box, and makes the Area that the algorithm is given."""

    changed = pyqtSignal()

    def __init__(
        self, context: DockContext, where: WhereBox, views: Views, outlines: Outlines, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._where, self._views, self._outlines = context, where, views, outlines
        self.box: Area | None = None
        self._drawing: Drawing | None = None
        where.draw_wanted.connect(self.draw)
        where.changed.connect(self._where_changed)

    @property
    def drawing(self) -> bool:
        """Whether the box is being drawn."""
        return self._drawing is not None

    def draw(self, wanted: bool) -> None:
        """Take up the tool on the image's map, or put it away."""
        self.stop()
        image = self._where.picker.image
        if not wanted or image is None:
            return
        canvas = self._views.canvas(image) if image.body else None
        if canvas is None:
            self._context.messages.hint(
                tr("This image has no place on a planet, so no box can be drawn on it: search the whole image.")
            )
            self._where.press(False)
            return
        self._where.press(True)
        self._drawing = Drawing(canvas, self)
        self._drawing.drawn.connect(self._drawn)
        self._drawing.said.connect(self._where.say)
        self._drawing.shape_changed.connect(self._shape)
        self._drawing.start(RECTANGLE)

    def stop(self) -> None:
        """Put the tool away."""
        drawing, self._drawing = self._drawing, None
        if drawing is not None:
            drawing.stop()
            drawing.deleteLater()
        self._where.press(False)

    def outline(self) -> None:
        """The box on its map, while a box is what is searched."""
        image = self._where.picker.image
        canvas: Any = None
        if image is not None and self._views.on_map(image):
            canvas = self._context.canvas
        elif image is not None and self._views.side.shows(image.layer_id):
            canvas = self._views.side.canvas
        shown = [self.box] if self._where.kind == BOX and self.box is not None else []
        self._outlines.areas(_KEY, canvas, shown, _COLOUR, dashed=True)

    def area(self, image: Image) -> Area | None:
        """The part of ``image``; None for the whole of it. Raises InputError."""
        kind = self._where.kind
        if kind == BOX:
            if self.box is None or self.box.body != image.body:
                raise InputError(tr("No box is drawn on the image to search."), tr("Press Draw, and draw it."))
            return self.box
        if kind != VIEW:
            return None
        seen = self._views.box(image)
        if seen is None:
            raise InputError(tr("The image to search is not shown."), tr("Press Show first."))
        box, crs = seen
        if crs.isGeographic():
            # What lies beyond the poles is empty canvas.
            box.setYMinimum(max(box.yMinimum(), -90.0))
            box.setYMaximum(min(box.yMaximum(), 90.0))
        corners = [
            (box.xMinimum(), box.yMinimum()), (box.xMaximum(), box.yMinimum()),
            (box.xMaximum(), box.yMaximum()), (box.xMinimum(), box.yMaximum()),
        ]  # fmt: skip
        return area_of_shape(corners, wkt_of(crs), image.body)

    def _where_changed(self) -> None:
        if self._where.kind != BOX:
            self.stop()

    def _shape(self, shape: str) -> None:
        self._where.press(bool(shape))

    def _drawn(self, ring: list[tuple[float, float]]) -> None:
        drawing = self._drawing
        if drawing is None or drawing.tool is None:
            return
        crs = drawing.tool.canvas().mapSettings().destinationCrs()
        try:
            self.box = area_of_shape(ring, wkt_of(crs), body_of_crs(crs))
        except MarscdError as error:
            self._context.messages.error(error)
            drawing.again()
            return
        self.stop()
        self.outline()
        self.changed.emit()


def extent_of(area: Area) -> tuple[float, float]:
    """Width and height, in metres, of the box around an area."""
    west, south, east, north = geometry.bounds(area)
    radius = body(area.body).radius
    middle = float(np.radians((south + north) / 2))
    wide = float(np.radians((east - west) % 360.0)) * radius * max(float(np.cos(middle)), 1e-6)
    return wide, float(np.radians(north - south)) * radius
