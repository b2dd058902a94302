"""A search's layers: distance and matches, grouped, styled; on the map where that lies on their body."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsColorRampShader,
    QgsFillSymbol,
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsProject,
    QgsRasterLayer,
    QgsRasterShader,
    QgsRendererCategory,
    QgsSingleBandPseudoColorRenderer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor

from ...common.errors import OutputError
from .. import layers
from ..words import tr
from .rows import ACCEPTED, REJECTED
from .stored import Search

MATCHES, DISTANCE, LANDING = "analogue matches", "analogue distance", "landing sites"
_LABELLED = 25


def find(search: Search, role: str) -> QgsMapLayer | None:
    """The search's layer of that role in the project, if it is there."""
    path = (search.matches if role == MATCHES else search.distance).resolve()
    return next(
        (
            layer
            for layer in layers.ours(role, search.key)
            if layer.isValid() and Path(layer.source().split("|")[0]).resolve() == path
        ),
        None,
    )


def show(search: Search, role: str, on_map: bool, span: tuple[float, float]) -> QgsMapLayer | None:
    """The search's layer of that role, made where it is missing. Raises OutputError.

    Ticked in the map's tree only if ``on_map``: QGIS would draw another body's coordinates where the same numbers lie
    on this one. ``span`` (least, largest distance) is for the colours.
    """
    layer = find(search, role)
    if layer is None:
        layer = _layer(search, role, span)
        if layer is None:
            return None
        group = layers.group("MarsCD", group_name(search))
        if not on_map:
            group.setItemVisibilityChecked(False)
        layers.add(layer, group, role, search.key, index=0 if role == MATCHES else len(group.children()))
        node = group.findLayer(layer.id())
        if node is not None:
            node.setExpanded(False)
    return layer


def only(search: Search, on_map: bool) -> None:
    """The search's group over all images, and the other searches' switched off."""
    group = _to_top(layers.group("MarsCD", group_name(search)))
    group.setItemVisibilityChecked(on_map)
    if on_map:
        # Over the user's own images too.
        _to_top(group.parent())
        group = layers.group("MarsCD", group_name(search))
        group.setItemVisibilityCheckedParentRecursive(True)
    for sibling in group.parent().children():
        other = isinstance(sibling, QgsLayerTreeGroup) and sibling.name() != group.name()
        if other and sibling.name().startswith(_prefix()):
            sibling.setItemVisibilityChecked(False)


def show_distance(search: Search, visible: bool) -> QgsMapLayer | None:
    """Switch the distance's layer on or off in the tree; the layer, or None."""
    layer = find(search, DISTANCE)
    node = QgsProject.instance().layerTreeRoot().findLayer(layer.id()) if layer is not None else None
    if node is not None:
        node.setItemVisibilityChecked(visible)
    return layer


def group_name(search: Search) -> str:
    """What the search's group is called."""
    name = f"{_prefix()} {search.number}"
    return name if search.round == 1 else name + " " + tr("(round {number})").format(number=search.round)


def take_away(search: Search) -> None:
    """Its layers out of the project; the files stay."""
    layers.remove([layer for role in (MATCHES, DISTANCE) if (layer := find(search, role)) is not None])


def reload(layer: QgsVectorLayer) -> None:
    """Its file was replaced: read it anew."""
    layer.dataProvider().reloadData()
    layer.triggerRepaint()


def show_sites(path: Path, search: Search) -> QgsVectorLayer:
    """The landing sites of a search, styled. Raises OutputError."""
    layers.remove(layers.ours(LANDING, search.key))
    layer = QgsVectorLayer(str(path), tr("Landing sites"), "ogr", QgsVectorLayer.LayerOptions(False))
    if not layer.isValid():
        raise OutputError(tr("{path} cannot be opened as a layer.").format(path=path), tr("Rank the matches again."))
    own = path.with_suffix(".qml")
    if own.is_file():
        layer.loadNamedStyle(str(own))
    else:
        symbol = QgsFillSymbol.createSimple(
            {"color": "60,160,220,40", "outline_color": "60,160,220,255", "outline_width": "0.7"}
        )
        layer.renderer().setSymbol(symbol)
        if layer.fields().lookupField("rank") >= 0:
            _label(layer, "rank", "")
    layers.add(layer, layers.group("MarsCD", group_name(search)), LANDING, search.key)
    return layer


def _prefix() -> str:
    """In the language that is set now."""
    return tr("Analogues")


def _to_top(group: QgsLayerTreeGroup) -> QgsLayerTreeGroup:
    """The group first among its siblings; the one that stands there now."""
    parent = group.parent()
    if parent is None or parent.children()[0] is group or parent.children()[0].name() == group.name():
        return group
    moved = group.clone()
    parent.insertChildNode(0, moved)
    parent.removeChildNode(group)
    return moved


def _layer(search: Search, role: str, span: tuple[float, float]) -> QgsMapLayer | None:
    if role == MATCHES:
        layer: QgsMapLayer = QgsVectorLayer(
            str(search.matches), tr("Matches"), "ogr", QgsVectorLayer.LayerOptions(False)
        )
        if not layer.isValid():
            raise OutputError(
                tr("{path} cannot be opened as a layer.").format(path=search.matches), tr("Search again.")
            )
        _style_matches(layer)
        return layer
    if not search.distance.is_file():
        return None
    options = QgsRasterLayer.LayerOptions(False)
    options.skipCrsValidation = True
    layer = QgsRasterLayer(str(search.distance), tr("Distance to the target"), "gdal", options)
    if not layer.isValid():
        return None
    _style_distance(layer, span)
    return layer


def _style_matches(layer: QgsVectorLayer) -> None:
    """Rings, so that the ground in them is seen: white, green what was accepted, red what was rejected, grey weak."""
    kind = f"if(\"verdict\" IN ('{ACCEPTED}', '{REJECTED}'), \"verdict\", if(\"weak\", 'weak', 'found'))"
    looks = (
        (ACCEPTED, tr("more like this"), "46,160,67", "4.2"),
        (REJECTED, tr("not like this"), "200,40,40", "3.4"),
        ("weak", tr("weak"), "150,150,150", "3.0"),
        ("found", tr("match"), "255,170,40", "4.2"),
    )
    categories = [
        QgsRendererCategory(
            value,
            QgsMarkerSymbol.createSimple(
                {
                    "name": "circle", "color": "0,0,0,0", "outline_color": f"{rgb},255", "outline_width": "0.8",
                    "size": size,
                }
            ),
            title,
        )
        for value, title, rgb, size in looks
    ]  # fmt: skip
    layer.setRenderer(QgsCategorizedSymbolRenderer(kind, categories))
    _label(layer, f'if("rank" <= {_LABELLED}, "rank", NULL)', "expression")


def _label(layer: QgsVectorLayer, field: str, kind: str) -> None:
    settings = QgsPalLayerSettings()
    settings.fieldName = field
    settings.isExpression = kind == "expression"
    text = QgsTextFormat()
    text.setSize(8)
    text.setColor(QColor(255, 255, 255))
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.7)
    halo.setColor(QColor(0, 0, 0, 180))
    text.setBuffer(halo)
    settings.setFormat(text)
    settings.placement = Qgis.LabelPlacement.AroundPoint
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def _style_distance(layer: QgsRasterLayer, span: tuple[float, float]) -> None:
    """Bright is near, dark far away."""
    provider = layer.dataProvider()
    low, high = span
    ramp = QgsColorRampShader(low, high)
    ramp.setColorRampType(Qgis.ShaderInterpolationMethod.Linear)
    item = QgsColorRampShader.ColorRampItem
    colours = (
        (0.0, "#fcffa4", 220),
        (0.15, "#f98e09", 210),
        (0.4, "#bc3754", 190),
        (0.7, "#57106e", 170),
        (1.0, "#000004", 150),
    )
    steps = []
    for share, name, alpha in colours:
        colour = QColor(name)
        colour.setAlpha(alpha)
        value = low + share * (high - low)
        steps.append(item(value, colour, f"{value:.2f}"))
    ramp.setColorRampItemList(steps)
    shader = QgsRasterShader(low, high)
    shader.setRasterShaderFunction(ramp)
    renderer = QgsSingleBandPseudoColorRenderer(provider, 1, shader)
    renderer.setClassificationMin(low)
    renderer.setClassificationMax(high)
    layer.setRenderer(renderer)
    layer.setOpacity(0.75)
