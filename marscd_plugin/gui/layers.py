"""Layers in the project: our own group in the layer tree, where each step's layers stand together."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsLayerTreeGroup, QgsMapLayer, QgsProject

#: Marks layers as ours, with what they are: ``footprints``, ``epoch``, ``probability`` ...
ROLE = "marscd/role"
#: The product id (or ``before__after``) that a layer belongs to.
KEY = "marscd/key"


def group(*names: str, at_top: bool = True) -> QgsLayerTreeGroup:
    """The (nested) group of those names, made where it is missing; the outermost goes to the top of the tree."""
    node: QgsLayerTreeGroup = QgsProject.instance().layerTreeRoot()
    for depth, name in enumerate(names):
        found = next((c for c in node.children() if isinstance(c, QgsLayerTreeGroup) and c.name() == name), None)
        if found is None:
            found = node.insertGroup(0 if at_top or depth else len(node.children()), name)
        node = found
    return node


def add(layer: QgsMapLayer, into: QgsLayerTreeGroup, role: str, key: str = "", index: int = 0) -> QgsMapLayer:
    """Put a layer into the project and the group, marked as ours."""
    layer.setCustomProperty(ROLE, role)
    layer.setCustomProperty(KEY, key)
    QgsProject.instance().addMapLayer(layer, False)
    into.insertLayer(index, layer)
    return layer


def ours(role: str, key: str | None = None) -> list[QgsMapLayer]:
    """Our layers of that role in the project (also those of a reopened project)."""
    return [
        layer
        for layer in QgsProject.instance().mapLayers().values()
        if layer.customProperty(ROLE) == role and (key is None or layer.customProperty(KEY) == key)
    ]


def remove(layers: Iterable[QgsMapLayer]) -> None:
    """Take layers out of the project; their files stay."""
    QgsProject.instance().removeMapLayers([layer.id() for layer in layers])
