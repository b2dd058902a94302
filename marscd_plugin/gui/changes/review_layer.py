"""What was judged, on the map: green what is right, red what is not. A layer in memory; the review is its file."""

from __future__ import annotations

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFeature,
    QgsField,
    QgsFillSymbol,
    QgsGeometry,
    QgsRendererCategory,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QMetaType

from ...change.review import ACCEPTED, REJECTED, Review, geometry_of
from .. import layers
from ..state import ComparedPair
from ..words import tr
from . import map_layers

ROLE = "review"


def show(pair: ComparedPair, review: Review) -> None:
    """The review's outlines in the pair's group; nothing where nothing was judged."""
    key = map_layers.key_of(pair)
    there = [layer for layer in layers.ours(ROLE, key) if layer.isValid()]
    if not review.labels:
        layers.remove(there)
        return
    polygons = map_layers.find(pair, "polygons")
    if not there and polygons is None:
        return
    layer = there[0] if there else _new(pair, polygons)
    provider = layer.dataProvider()
    provider.truncate()
    features = []
    for label in review.labels:
        feature = QgsFeature(layer.fields())
        feature.setAttributes([label.verdict, label.origin])
        shape = QgsGeometry()
        shape.fromWkb(bytes(geometry_of(label.outline).ExportToWkb()))
        feature.setGeometry(shape)
        features.append(feature)
    provider.addFeatures(features)
    layer.updateExtents()
    layer.triggerRepaint()


def take_away(pair: ComparedPair) -> None:
    layers.remove(layers.ours(ROLE, map_layers.key_of(pair)))


def _new(pair: ComparedPair, polygons: QgsVectorLayer) -> QgsVectorLayer:
    layer = QgsVectorLayer("MultiPolygon", tr("Judged changes"), "memory", QgsVectorLayer.LayerOptions(False))
    layer.setCrs(polygons.crs())
    layer.dataProvider().addAttributes(
        [QgsField("verdict", QMetaType.Type.QString), QgsField("origin", QMetaType.Type.QString)]
    )
    layer.updateFields()
    looks = ((ACCEPTED, tr("accepted"), "46,160,67"), (REJECTED, tr("rejected"), "200,40,40"))
    categories = [
        QgsRendererCategory(
            value,
            QgsFillSymbol.createSimple(
                {"color": f"{rgb},60", "outline_color": f"{rgb},255", "outline_width": "0.6"},
            ),
            title,
        )
        for value, title, rgb in looks
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer("verdict", categories))
    # QGIS warns of a memory layer's loss at its end; the review is on disk.
    layer.setCustomProperty("skipMemoryLayersCheck", 1)
    group = map_layers.group_of(pair)
    layers.add(layer, group, ROLE, map_layers.key_of(pair), index=0)
    return layer
