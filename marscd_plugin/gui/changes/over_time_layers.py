"""The layers of a series' changes on the map: outlines by class, and rasters whose legend is the dates."""

from __future__ import annotations

from pathlib import Path

from qgis.core import Qgis, QgsLayerTreeGroup, QgsMapLayer, QgsRasterLayer, QgsVectorLayer

from ...__about__ import resource
from ...common.errors import OutputError
from .. import layers
from ..words import tr

#: Role -> (file, whether it is shown at first); the first lies on top.
FILES = {
    "series changes": ("changes.fgb", True),
    "first seen": ("first_seen.tif", True),
    "last seen": ("last_seen.tif", False),
    "dates seen": ("count.tif", False),
}


def names() -> dict[str, str]:
    """Role -> the layer's name."""
    return {
        "series changes": tr("Changes over time (outlines)"),
        "first seen": tr("First seen"),
        "last seen": tr("Last seen"),
        "dates seen": tr("Number of dates"),
    }


def take_away(folder: Path) -> None:
    """Let the files go before they are replaced."""
    for role in FILES:
        layers.remove(layers.ours(role, str(folder)))


def show(folder: Path) -> None:
    """The layers, made where they are missing, in a group of ours. Raises OutputError where a file is unusable."""
    group = layers.group("MarsCD", tr("Changes over time"))
    for number, (role, (file, visible)) in enumerate(FILES.items()):
        if any(layer.isValid() for layer in layers.ours(role, str(folder))):
            continue
        layer = _layer(folder / file, names()[role])
        layers.add(layer, group, role, str(folder), index=min(number, len(group.children())))
        node = group.findLayer(layer.id())
        if node is not None:
            node.setItemVisibilityChecked(visible)
            node.setExpanded(visible)
    _up(group)
    group.setItemVisibilityCheckedParentRecursive(True)


def _layer(path: Path, name: str) -> QgsMapLayer:
    looks = QgsMapLayer.StyleCategory.Symbology | QgsMapLayer.StyleCategory.Rendering
    if path.suffix == ".fgb":
        shapes = QgsVectorLayer(str(path), name, "ogr", QgsVectorLayer.LayerOptions(False))
        if shapes.isValid():
            shapes.loadNamedStyle(str(resource("styles", "serieschanges.qml")), categories=looks)
            _date(shapes)
            return shapes
    else:
        options = QgsRasterLayer.LayerOptions(False)
        options.skipCrsValidation = True
        raster = QgsRasterLayer(str(path), name, "gdal", options)
        if raster.isValid():
            raster.loadNamedStyle(str(path.with_suffix(".qml")), categories=looks)
            return raster
    raise OutputError(
        tr("{path} cannot be opened as a layer.").format(path=path), tr("Look for changes over all dates again.")
    )


def _date(shapes: QgsVectorLayer) -> None:
    """On QGIS's time slider an object is there from the date it was first seen until it was gone."""
    properties = shapes.temporalProperties()
    properties.setMode(Qgis.VectorTemporalMode.FeatureDateTimeStartAndEndFromFields)
    properties.setStartField("first_seen")
    properties.setEndField("gone_by")
    properties.setIsActive(True)


def _up(group: QgsLayerTreeGroup) -> None:
    """First among its siblings: results lie over the images."""
    parent = group.parent()
    if parent is None or parent.children()[0].name() == group.name():
        return
    parent.insertChildNode(0, group.clone())
    parent.removeChildNode(group)
