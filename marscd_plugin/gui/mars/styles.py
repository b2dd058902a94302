"""How the basemap looks: lines and names that grow denser as one zooms in, quiet enough to lie above a picture.

What appears depends on how many degrees of latitude the map spans, not on QGIS's scale: that takes degrees as Earth's,
at the latitude of the view's middle.
"""

from __future__ import annotations

import math

from qgis.core import (
    Qgis,
    QgsLabelLineSettings,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsProperty,
    QgsRasterLayer,
    QgsRuleBasedLabeling,
    QgsRuleBasedRenderer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsUnitTypes,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor

from ...planet.bodies import MARS
from .files import STEPS

#: Degrees between lines -> shown while the map spans fewer degrees of latitude than this.
_APPEAR = dict(zip(STEPS, (1e6, 120.0, 50.0, 12.0, 1.2), strict=True))
#: Degrees of latitude from the lower to the upper edge of the map.
_SPAN = (
    "(@map_extent_height / if(@map_crs in ('IAU_2015:49900', 'ESRI:104971', 'ESRI:104905'), 1, "
    f"{math.radians(MARS.radius):.1f}))"
)
#: On polar maps meridians run together: as if more were seen.
_SPAN_LON = f"({_SPAN} * if(@map_crs in ('IAU_2015:49930', 'IAU_2015:49935'), 5, 1))"
#: A place is named once it is larger than this share of the map's height.
_LARGE_ENOUGH = 0.055
#: Degrees that the map spans when places without a size (landing sites, albedo features) are named.
_POINTS_AT = 8.0


def _text(size: float, colour: str, italic: bool = False) -> QgsTextFormat:
    text = QgsTextFormat()
    font = text.font()
    font.setItalic(italic)
    text.setFont(font)
    text.setSize(size)
    text.setColor(QColor(colour))
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.7)
    halo.setColor(QColor(0, 0, 0, 170))
    text.setBuffer(halo)
    return text


def style_graticule(layer: QgsVectorLayer) -> None:
    """Levels of lines by scale, labelled where they come into the view."""
    lines, labels = QgsRuleBasedRenderer.Rule(None), QgsRuleBasedLabeling.Rule(None)
    for step in STEPS:
        shown = f'abs("step" - {step:g}) < 0.01 AND if("meridian", {_SPAN_LON}, {_SPAN}) < {_APPEAR[step]:g}'
        symbol = QgsLineSymbol.createSimple({"line_color": "255,255,255,110", "line_width": "0.2"})
        line = QgsRuleBasedRenderer.Rule(symbol, 0, 0, shown)
        lines.appendChild(line)
        named = QgsPalLayerSettings()
        named.fieldName = "label"
        named.placement = Qgis.LabelPlacement.Line
        where = named.lineSettings()
        where.setPlacementFlags(Qgis.LabelLinePlacementFlag.OnLine)
        where.setAnchorClipping(QgsLabelLineSettings.AnchorClipping.UseVisiblePartsOfLine)
        where.setAnchorType(QgsLabelLineSettings.AnchorType.Strict)
        where.setLineAnchorPercent(0.03)
        named.setLineSettings(where)
        named.priority = 1
        named.setFormat(_text(7, "#e8e8e8"))
        label = QgsRuleBasedLabeling.Rule(named, 0, 0, shown)
        labels.appendChild(label)
    layer.setRenderer(QgsRuleBasedRenderer(lines))
    layer.setLabeling(QgsRuleBasedLabeling(labels))
    layer.setLabelsEnabled(True)


def style_places(layer: QgsVectorLayer) -> None:
    """A dot and a name for what is large enough on the screen; the largest first where names would overlap."""
    shown = (
        f'"diameter_km" > {_SPAN} * {math.radians(MARS.radius) / 1000 * _LARGE_ENOUGH:.4g} '
        f'OR ("diameter_km" IS NULL AND {_SPAN} < {_POINTS_AT:g})'
    )
    symbol = QgsMarkerSymbol.createSimple(
        {"name": "circle", "color": "255,226,160,230", "size": "1.3", "outline_color": "60,30,10,200"}
    )
    root = QgsRuleBasedRenderer.Rule(None)
    root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, shown))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    named = QgsPalLayerSettings()
    named.fieldName = "name"
    named.placement = Qgis.LabelPlacement.AroundPoint
    named.dist = 0.8
    named.distUnits = QgsUnitTypes.RenderUnit.RenderMillimeters
    named.setFormat(_text(8, "#ffe9bd"))
    properties = named.dataDefinedProperties()
    properties.setProperty(QgsPalLayerSettings.Property.Show, QgsProperty.fromExpression(shown))
    size = 'coalesce("diameter_km", 0)'
    properties.setProperty(
        QgsPalLayerSettings.Property.Priority, QgsProperty.fromExpression(f"scale_linear({size}, 0, 2000, 2, 10)")
    )
    properties.setProperty(
        QgsPalLayerSettings.Property.Size, QgsProperty.fromExpression(f"scale_linear({size}, 0, 2000, 7.5, 11)")
    )
    named.setDataDefinedProperties(properties)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(named))
    layer.setLabelsEnabled(True)


def style_picture(layer: QgsRasterLayer) -> None:
    """Soft rather than blocky where it is enlarged.

    GDAL does it: QGIS's own resampler draws two source pixels more on each side, which are tens of thousands of screen
    pixels at the scale of a HiRISE image, and took 10 GB of memory (seen).
    """
    layer.setResamplingStage(Qgis.RasterResamplingStage.Provider)
    provider = layer.dataProvider()
    provider.enableProviderResampling(True)
    provider.setZoomedInResamplingMethod(provider.ResamplingMethod.Bilinear)
