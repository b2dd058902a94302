"""Areas that need no drawing: polygons of a layer, what the map shows, four numbers, a place and a radius."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsVectorLayer, QgsWkbTypes

from ...common.errors import InputError
from ...common.words import Area
from ...planet import geometry
from ...planet.crs import body_of, geographic_wkt, spatial_reference
from ...processing.inputs import BODILESS
from ..mars.search import look_up
from ..mars.view import wkt_of
from ..shapes import area_of_polygons, checked, degrees
from ..words import tr

#: What is read in the main thread stays small.
MOST_FEATURES = 500
MOST_VERTICES = 50_000


def area_of_layer(layer: QgsVectorLayer | None) -> tuple[Area, str]:
    """(area, what else to say) of a layer's selected polygons, or of all of a small one. Raises InputError."""
    if layer is None or not layer.isValid():
        raise InputError(tr("There is no polygon layer."), tr("Add one to the project, or draw the area."))
    wkt, said = _wkt_of_layer(layer)
    count = layer.selectedFeatureCount()
    if not count and layer.featureCount() > MOST_FEATURES:
        raise InputError(
            tr("Nothing is selected in {layer}, which has {count} polygons.").format(
                layer=layer.name(), count=layer.featureCount()
            ),
            tr("Select the polygons you mean with QGIS's selection tools, then try again."),
        )
    if count > MOST_FEATURES:
        raise InputError(
            tr("{count} polygons are selected in {layer}.").format(count=count, layer=layer.name()),
            tr("Select {most} at most, or dissolve them into one first.").format(most=MOST_FEATURES),
        )
    features = layer.selectedFeatures() if count else list(layer.getFeatures())
    polygons: list[Any] = []
    vertices = 0
    for feature in features:
        for rings in _polygons(feature.geometry()):
            vertices += sum(len(ring) for ring in rings)
            if vertices > MOST_VERTICES:
                raise InputError(
                    tr("The polygons of {layer} have too many vertices.").format(layer=layer.name()),
                    tr("Simplify them first, or select fewer."),
                )
            polygons.append(rings)
    if not polygons:
        raise InputError(
            tr("{layer} holds no polygon.").format(layer=layer.name()), tr("Choose another layer, or draw the area.")
        )
    if not count and len(features) > 1:
        said = (
            tr("Nothing was selected: all {count} polygons are used.").format(count=len(features)) + " " + said
        ).strip()
    return area_of_polygons(polygons, wkt), said


def area_of_canvas(canvas: Any) -> Area:
    """What the map shows of Mars. Raises InputError."""
    crs = canvas.mapSettings().destinationCrs()
    if body_of(wkt_of(crs)) != "Mars":
        raise InputError(tr("The map does not show Mars."), tr("Start a Mars project first."))
    wkt = wkt_of(crs)
    box = canvas.extent()
    west, east, south, north = box.xMinimum(), box.xMaximum(), box.yMinimum(), box.yMaximum()
    found = spatial_reference(wkt)
    if found.IsGeographic():
        return _of_box(west, max(south, -90.0), east, min(north, 90.0))
    if found.GetAttrValue("PROJECTION") == "Equirectangular":
        # What lies beyond the poles is empty canvas.
        scale = found.GetSemiMajor() * 0.017453292519943295
        south, north = max(south, -90 * scale), min(north, 90 * scale)
    if south >= north:
        raise InputError(tr("The map shows nothing of Mars."), tr("Zoom to the planet first."))
    ring = degrees([(west, south), (east, south), (east, north), (west, north)], wkt)
    return geometry.area_from_polygons([[checked(ring)]])


def area_of_numbers(west: float, south: float, east: float, north: float) -> Area:
    """A box typed in, degrees; west > east goes across 180 (or 0). Raises InputError."""
    return geometry.area_from_extent(west, south, east, north)


def area_of_place(text: str, radius_km: float) -> Area:
    """All within ``radius_km`` of a place by its name or coordinates. Raises InputError."""
    if not text.strip():
        raise InputError(
            tr("No place is named."), tr("Type a name such as Gale, or coordinates such as 202.3 E 41.6 S.")
        )
    place = look_up(text)
    return geometry.area_from_circle(place.longitude, place.latitude, radius_km * 1000.0)


def _of_box(west: float, south: float, east: float, north: float) -> Area:
    if south >= north:
        raise InputError(tr("The map shows nothing of Mars."), tr("Zoom to the planet first."))
    if east - west > 180:
        raise _too_much()
    return geometry.area_from_extent(west, south, east, north)


def _too_much() -> InputError:
    return InputError(
        tr("The map shows more than half of the planet."), tr("Zoom in to the part you mean, or draw the area.")
    )


def _wkt_of_layer(layer: QgsVectorLayer) -> tuple[str, str]:
    """(CRS on Mars, what to say of it): as the algorithms read an AREA."""
    crs: QgsCoordinateReferenceSystem = layer.crs()
    body = body_of(wkt_of(crs)) if crs.isValid() else None
    if body == "Mars":
        return wkt_of(crs), ""
    storage = layer.storageType().upper().split(" ")[0]
    if body is None or (body == "Earth" and storage in BODILESS):
        return geographic_wkt(), tr(
            "{layer} does not say which body it lies on: read as degrees of Mars, east-positive."
        ).format(layer=layer.name())
    raise InputError(
        tr("{layer} lies on {body} ({crs}).").format(
            layer=layer.name(), body=body, crs=crs.authid() or crs.description()
        ),
        tr("Choose a layer on Mars. If its coordinates are Mars's after all, set its CRS to IAU_2015:49900 first."),
    )


def _polygons(shape: QgsGeometry) -> list[list[list[tuple[float, float]]]]:
    if shape.isNull() or QgsWkbTypes.geometryType(shape.wkbType()) != QgsWkbTypes.geometryType(
        QgsWkbTypes.Type.Polygon
    ):
        return []
    if QgsWkbTypes.isCurvedType(shape.wkbType()):
        shape = QgsGeometry(shape.constGet().segmentize())
    parts = shape.asMultiPolygon() if shape.isMultipart() else [shape.asPolygon()]
    return [[[(p.x(), p.y()) for p in ring] for ring in part] for part in parts if part]
