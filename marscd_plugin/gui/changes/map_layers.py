"""A pair's layers on the map: grouped, styled, dated for the time slider; and the threshold's preview on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsColorRampShader,
    QgsContrastEnhancement,
    QgsDateTimeRange,
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsProject,
    QgsRasterLayer,
    QgsRasterShader,
    QgsSingleBandGrayRenderer,
    QgsSingleBandPseudoColorRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDateTime
from qgis.PyQt.QtGui import QColor

from ...__about__ import resource
from ...common.errors import OutputError
from ...processing.observations import to_qdatetime
from .. import layers
from ..state import ComparedPair
from ..words import tr

#: Role of an image that we show because nobody else does.
IMAGE = "compared image"
ROLES = ("polygons", "mask", "probability")
#: Shown at first: outlines, and the ground that changed. The probability comes with the threshold's preview.
_VISIBLE = {"polygons": True, "mask": True, "probability": False}


@dataclass(frozen=True)
class Dates:
    """From when to when a change map is the news: from After's time until the next epoch's (None: open)."""

    start: datetime | None = None
    end: datetime | None = None


def key_of(pair: ComparedPair) -> str:
    """What marks the pair's layers."""
    return f"{pair.before}__{pair.after}"


def group_of(pair: ComparedPair) -> QgsLayerTreeGroup:
    """The pair's group in the layer tree, made on top of ours where it is missing."""
    name = tr("Changes {before} - {after}").format(before=pair.before, after=pair.after)
    return layers.group("MarsCD", name)


def find(pair: ComparedPair, role: str) -> QgsMapLayer | None:
    """The pair's layer of that role in the project, if it is there."""
    return next((layer for layer in _of(pair, role) if layer.isValid()), None)


def _of(pair: ComparedPair, role: str) -> list[QgsMapLayer]:
    """The pair's layers of that role: of its own folder, for another job may have compared the same two dates."""
    path = getattr(pair, role).resolve()
    return [layer for layer in layers.ours(role, key_of(pair)) if Path(layer.source().split("|")[0]).resolve() == path]


def show(pair: ComparedPair, role: str, dates: Dates) -> None:
    """The pair's layer of that role, made where it is missing. Raises OutputError where its file is unusable."""
    if find(pair, role) is not None:
        return
    layer = _layer(pair, role)
    _date(layer, dates)
    group = group_of(pair)
    above = [r for r in ROLES[: ROLES.index(role)] if find(pair, r) is not None]
    layers.add(layer, group, role, key_of(pair), index=min(len(above), len(group.children())))
    node = group.findLayer(layer.id())
    if node is not None:
        node.setItemVisibilityChecked(_VISIBLE[role])
        node.setExpanded(False)


def raise_group(pair: ComparedPair) -> None:
    """The pair's group first among its siblings, and switched on."""
    _to_top(group_of(pair))
    group_of(pair).setItemVisibilityCheckedParentRecursive(True)


def missing(images: Mapping[str, str]) -> dict[str, str]:
    """Those images (name -> path) that no layer of the project shows."""
    there = {Path(layer.source()) for layer in QgsProject.instance().mapLayers().values()}
    return {name: path for name, path in images.items() if Path(path) not in there and Path(path).is_file()}


def show_images(pair: ComparedPair, images: Mapping[str, str], low: float, high: float) -> None:
    """These images below the pair's layers, in one stretch from ``low`` to ``high``, so that they compare by eye."""
    group = group_of(pair)
    for name, path in images.items():
        layer = QgsRasterLayer(path, name, "gdal", _raster_options())
        if not layer.isValid():
            continue
        renderer = QgsSingleBandGrayRenderer(layer.dataProvider(), 1)
        stretch = QgsContrastEnhancement(layer.dataProvider().dataType(1))
        stretch.setMinimumValue(low, False)
        stretch.setMaximumValue(high)
        stretch.setContrastEnhancementAlgorithm(
            QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
        )
        renderer.setContrastEnhancement(stretch)
        layer.setRenderer(renderer)
        layers.add(layer, group, IMAGE, name, index=len(group.children()))
        node = group.findLayer(layer.id())
        if node is not None:
            node.setExpanded(False)


def show_image(product_id: str) -> bool:
    """Of the series' images show this one alone, so that it is the ground under the outlines; False where it is not."""
    images = [*layers.ours("epoch"), *layers.ours(IMAGE)]
    if not any(layer.customProperty(layers.KEY) == product_id for layer in images):
        return False
    for layer in images:
        _check(layer, layer.customProperty(layers.KEY) == product_id)
    return True


def drop_doubles() -> None:
    """Take our copy of an image away once the series' own layer of it is there."""
    epochs = {layer.source() for layer in layers.ours("epoch")}
    layers.remove([layer for layer in layers.ours(IMAGE) if layer.source() in epochs])


def only(pair: ComparedPair) -> None:
    """Show this pair's group and switch the other pairs' off, so that one is looked at."""
    mine = group_of(pair)
    parent = mine.parent()
    prefix = tr("Changes {before} - {after}").split("{", 1)[0]
    for node in parent.children():
        if isinstance(node, QgsLayerTreeGroup) and node.name().startswith(prefix):
            node.setItemVisibilityChecked(node is mine or node.name() == mine.name())


def take_away(pair: ComparedPair) -> bool:
    """Let the pair's files go before they are replaced; True where they were shown."""
    found = [layer for role in ROLES for layer in _of(pair, role)]
    layers.remove(found)
    return bool(found)


def preview(pair: ComparedPair, threshold: float | None) -> None:
    """Show what lies at or above ``threshold`` by the probability's styling alone; None: back to mask and ramp."""
    probability, mask = find(pair, "probability"), find(pair, "mask")
    if probability is None:
        return
    if threshold is None:
        _style(probability, "probability")
    else:
        probability.setRenderer(_cut_at(probability, threshold))
    probability.triggerRepaint()
    _check(probability, threshold is not None)
    if mask is not None:
        _check(mask, threshold is None)


def dates_of(pair: ComparedPair, times: dict[str, datetime]) -> Dates:
    """From the pair's After to the next epoch. ``times``: product id -> time of each epoch."""
    start = times.get(pair.after)
    if start is None:
        return Dates()
    start = start.replace(microsecond=0)
    later = sorted(time for time in times.values() if time.replace(microsecond=0) > start)
    # A second before: QGIS loses half-open ranges when a project is saved.
    return Dates(start, later[0].replace(microsecond=0) - timedelta(seconds=1) if later else None)


def _layer(pair: ComparedPair, role: str) -> QgsMapLayer:
    path = getattr(pair, role)
    names = {
        "polygons": tr("Changes (outlines)"),
        "mask": tr("Changed ground (mask)"),
        "probability": tr("Probability of change"),
    }
    if role == "polygons":
        layer: QgsMapLayer = QgsVectorLayer(str(path), names[role], "ogr", QgsVectorLayer.LayerOptions(False))
    else:
        layer = QgsRasterLayer(str(path), names[role], "gdal", _raster_options())
    if not layer.isValid():
        raise OutputError(tr("{path} cannot be opened as a layer.").format(path=path), tr("Compare the pair again."))
    _style(layer, role)
    return layer


def _raster_options() -> QgsRasterLayer.LayerOptions:
    """Without QGIS's own look at the data: opening takes milliseconds, and the style is ours."""
    options = QgsRasterLayer.LayerOptions(False)
    options.skipCrsValidation = True
    return options


def _style(layer: QgsMapLayer, role: str) -> None:
    """The user's own style beside the file, else ours."""
    own = Path(layer.source().split("|")[0]).with_suffix(".qml")
    path = own if own.is_file() else resource("styles", f"{role}.qml")
    # Nothing but the look: a whole style without dates would take the layer's dates away.
    looks = QgsMapLayer.StyleCategory.Symbology | QgsMapLayer.StyleCategory.Rendering
    layer.loadNamedStyle(str(path), categories=looks)


def _cut_at(layer: QgsRasterLayer, threshold: float) -> QgsSingleBandPseudoColorRenderer:
    """Nothing below the threshold; from yellow to red above."""
    ramp = QgsColorRampShader(0.0, 1.0)
    ramp.setColorRampType(Qgis.ShaderInterpolationMethod.Linear)
    clear, yellow, red = QColor(255, 237, 160, 0), QColor(255, 221, 60, 190), QColor(189, 0, 38, 230)
    item = QgsColorRampShader.ColorRampItem
    ramp.setColorRampItemList(
        [
            item(0.0, clear, "0"),
            item(threshold - 1e-6, clear, ""),
            item(threshold, yellow, f"{threshold:.2f}"),
            item(1.0, red, "1"),
        ]
    )
    shader = QgsRasterShader(0.0, 1.0)
    shader.setRasterShaderFunction(ramp)
    renderer = QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1, shader)
    renderer.setClassificationMin(0.0)
    renderer.setClassificationMax(1.0)
    return renderer


def _to_top(group: QgsLayerTreeGroup) -> None:
    """The group first among its siblings: results lie over images, also over a series that came later."""
    parent = group.parent()
    if parent is None or parent.children()[0] is group or parent.children()[0].name() == group.name():
        return
    parent.insertChildNode(0, group.clone())
    parent.removeChildNode(group)


def _check(layer: QgsMapLayer, visible: bool) -> None:
    node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
    if node is not None:
        node.setItemVisibilityChecked(visible)


def _date(layer: QgsMapLayer, dates: Dates) -> None:
    if dates.start is None:
        return
    properties = layer.temporalProperties()
    if isinstance(layer, QgsRasterLayer):
        properties.setMode(Qgis.RasterTemporalMode.FixedTemporalRange)
    else:
        properties.setMode(Qgis.VectorTemporalMode.FixedTemporalRange)
    end = to_qdatetime(dates.end) if dates.end is not None else QDateTime()
    properties.setFixedTemporalRange(QgsDateTimeRange(to_qdatetime(dates.start), end))
    properties.setIsActive(True)
