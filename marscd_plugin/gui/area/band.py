"""The area on the canvas: its outline, redrawn in whatever CRS the map has."""

from __future__ import annotations

import logging
from typing import Any

from qgis.core import Qgis, QgsGeometry
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QColor

from ...common.errors import MarscdError
from ...common.words import Area
from ...planet import geometry
from ...planet.crs import body_of, spatial_reference
from ..mars.view import wkt_of

log = logging.getLogger(__name__)


class AreaBand(QObject):
    """A rubber band that follows an area and the map's CRS; ``release`` takes it off the canvas."""

    def __init__(self, canvas: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._area: Area | None = None
        self._visible = True
        self._band = QgsRubberBand(canvas, Qgis.GeometryType.Polygon)
        self._band.setStrokeColor(QColor(255, 120, 40, 240))
        self._band.setSecondaryStrokeColor(QColor(0, 0, 0, 140))
        # An outline only: a tint would colour the images that are looked at under it.
        self._band.setFillColor(QColor(0, 0, 0, 0))
        self._band.setWidth(2)
        canvas.destinationCrsChanged.connect(self.redraw)

    def show_area(self, area: Area | None) -> None:
        """Follow this area from now on."""
        self._area = area
        self.redraw()

    def set_visible(self, visible: bool) -> None:
        self._visible = visible
        self.redraw()

    def shape(self) -> QgsGeometry:
        """The area on the map as it is now; empty where the map cannot show it."""
        wkt = wkt_of(self._canvas.mapSettings().destinationCrs())
        if self._area is None or body_of(wkt) != self._area.body:
            return QgsGeometry()
        try:
            made = QgsGeometry()
            made.fromWkb(geometry.project(self._area, wkt).wkb)
            west, _, east, _ = geometry.bounds(self._area)
            return _whole_on_both_sides(made) if west > east and spatial_reference(wkt).IsGeographic() else made
        except MarscdError as error:
            log.info("the area is not drawn: %s", error)
            return QgsGeometry()

    def redraw(self) -> None:
        shape = self.shape() if self._visible else QgsGeometry()
        if shape.isEmpty():
            self._band.reset(Qgis.GeometryType.Polygon)
        else:
            self._band.setToGeometry(shape, None)

    def release(self) -> None:
        self._canvas.destinationCrsChanged.disconnect(self.redraw)
        self._area = None
        self._band.reset(Qgis.GeometryType.Polygon)
        scene = self._canvas.scene()
        if scene is not None and self._band.scene() is scene:
            scene.removeItem(self._band)


def _whole_on_both_sides(shape: QgsGeometry) -> QgsGeometry:
    """An area across 180 in degrees: its pieces, and again a turn to the east and west, so that it is seen whole."""
    pieces = []
    for turn in (-360.0, 0.0, 360.0):
        moved = QgsGeometry(shape)
        moved.translate(turn, 0.0)
        pieces.append(moved)
    return QgsGeometry.collectGeometry(pieces)
