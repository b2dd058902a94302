"""Write resources/styles/*.qml, the looks of our outputs, with QGIS itself.

Run in the environment of ``make shell-env``: ``python tools/styles.py [name ...]`` (no name: all of them).
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from environment import ROOT, VENV, environment

STYLES = ROOT / "resources" / "styles"


def build() -> None:
    import numpy as np
    from osgeo import gdal
    from qgis.core import (
        Qgis,
        QgsApplication,
        QgsCategorizedSymbolRenderer,
        QgsColorRampShader,
        QgsFillSymbol,
        QgsGraduatedSymbolRenderer,
        QgsMapLayer,
        QgsMarkerSymbol,
        QgsPalettedRasterRenderer,
        QgsPalLayerSettings,
        QgsProperty,
        QgsRasterLayer,
        QgsRasterShader,
        QgsRendererCategory,
        QgsRendererRange,
        QgsRuleBasedRenderer,
        QgsSingleBandPseudoColorRenderer,
        QgsSingleSymbolRenderer,
        QgsTextBufferSettings,
        QgsTextFormat,
        QgsVectorLayer,
        QgsVectorLayerSimpleLabeling,
    )
    from qgis.PyQt.QtGui import QColor

    application = QgsApplication([], False)
    application.initQgis()

    def save(layer, name: str) -> None:
        if sys.argv[1:] and name not in sys.argv[1:]:
            return
        # Only the look: a style must not carry CRS, extent or the path of the layer it was made with.
        categories = QgsMapLayer.StyleCategory.Symbology | QgsMapLayer.StyleCategory.Rendering
        if isinstance(layer, QgsVectorLayer) and layer.labelsEnabled():
            categories |= QgsMapLayer.StyleCategory.Labeling
        message, ok = layer.saveNamedStyle(str(STYLES / f"{name}.qml"), categories)
        if not ok:
            sys.exit(f"styles: {message}")

    def polygon(fields: str = "") -> QgsVectorLayer:
        return QgsVectorLayer(f"Polygon?crs=IAU_2015:49900{fields}", "style", "memory")

    outline = {"style": "no", "outline_width": "0.5"}
    footprints = polygon()
    footprints.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple({**outline, "outline_color": "#e8761b"})))
    save(footprints, "footprints")

    changes = polygon("&field=direction:string")
    looks = (("appeared", "#e31a1c", "appeared: darker after"), ("faded", "#1f9ed1", "faded: brighter after"))
    changes.setRenderer(
        QgsCategorizedSymbolRenderer(
            "direction",
            [
                QgsRendererCategory(value, QgsFillSymbol.createSimple({**outline, "outline_color": colour}), label)
                for value, colour, label in looks
            ],
        )
    )
    save(changes, "polygons")

    pairs = polygon("&field=score:double")
    looks = (
        (0.0, 0.3, "#d7301f", "below 0.3: compares badly"),
        (0.3, 0.6, "#fdae61", "0.3 to 0.6: with care"),
        (0.6, 1.0, "#1a9641", "0.6 and more: compares well"),
    )
    pairs.setRenderer(
        QgsGraduatedSymbolRenderer(
            "score",
            [
                QgsRendererRange(low, high, QgsFillSymbol.createSimple({**outline, "outline_color": colour}), label)
                for low, high, colour, label in looks
            ],
        )
    )
    save(pairs, "pairs")

    stories = polygon("&field=class:string")
    looks = (
        ("persists", "#e31a1c", "solid", "persists: came and stays"),
        ("grows", "#b10060", "solid", "grows: came, stays, larger"),
        ("fades", "#1f9ed1", "solid", "fades: gone at the last date"),
        ("recurs", "#7b3294", "solid", "recurs: in two Mars Years or more"),
        ("varies", "#33a02c", "solid", "varies: comes and goes"),
        ("unconfirmed", "#e8a01b", "dash", "unconfirmed: first or last image alone"),
        ("single", "#8c8c8c", "dot", "single: one image alone, suspicious"),
    )
    stories.setRenderer(
        QgsCategorizedSymbolRenderer(
            "class",
            [
                QgsRendererCategory(
                    value,
                    QgsFillSymbol.createSimple({**outline, "outline_color": colour, "outline_style": line}),
                    label,
                )
                for value, colour, line, label in looks
            ],
        )
    )
    save(stories, "serieschanges")

    def labelled(layer, expression: str, points: bool) -> None:
        text = QgsTextFormat()
        text.setSize(9)
        text.setColor(QColor("#202020"))
        halo = QgsTextBufferSettings()
        halo.setEnabled(True)
        halo.setSize(0.9)
        halo.setColor(QColor("#ffffff"))
        text.setBuffer(halo)
        settings = QgsPalLayerSettings()
        settings.fieldName, settings.isExpression = expression, True
        settings.setFormat(text)
        settings.dist = 1.0
        if points:
            settings.placement = Qgis.LabelPlacement.OrderedPositionsAroundPoint
        else:
            settings.placement = Qgis.LabelPlacement.OverPoint
        # The first of the list stay where there is no room for all.
        values = settings.dataDefinedProperties()
        values.setProperty(
            QgsPalLayerSettings.Property.Priority, QgsProperty.fromExpression('scale_linear("rank", 1, 50, 10, 0)')
        )
        settings.setDataDefinedProperties(values)
        layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
        layer.setLabelsEnabled(True)

    matches = QgsVectorLayer(
        "Point?crs=IAU_2015:49900&field=rank:integer&field=weak:integer&field=verdict:string", "style", "memory"
    )
    root = QgsRuleBasedRenderer.Rule(None)
    # What a person said comes first, then what the numbers say.
    looks = (
        ("\"verdict\" = 'accepted'", "#1a9641", "circle", "accepted", "3.6"),
        ("\"verdict\" = 'rejected'", "#8c8c8c", "cross2", "rejected", "2.6"),
        (
            "coalesce(\"verdict\", '') not in ('accepted', 'rejected') and \"weak\"",
            "#ffffff",
            "circle",
            "weak match: says little",
            "2.6",
        ),
        (
            "coalesce(\"verdict\", '') not in ('accepted', 'rejected') and not \"weak\"",
            "#b5179e",
            "circle",
            "match",
            "3.2",
        ),
    )
    for rule, colour, shape, label, size in looks:
        symbol = QgsMarkerSymbol.createSimple(
            {"name": shape, "color": colour, "size": size, "outline_color": "#202020", "outline_width": "0.3"}
        )
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, filterExp=rule, label=label))
    matches.setRenderer(QgsRuleBasedRenderer(root))
    labelled(matches, '"rank"', True)
    save(matches, "analogue_matches")

    sites = polygon("&field=rank:integer&field=name:string&field=score:double")
    looks = (
        (0.0, 1 / 3, "#d7301f", "score below 0.33"),
        (1 / 3, 2 / 3, "#fdae61", "score 0.33 to 0.67"),
        (2 / 3, 1.0, "#1a9641", "score above 0.67"),
    )
    sites.setRenderer(
        QgsGraduatedSymbolRenderer(
            'coalesce("score", 0)',
            [
                QgsRendererRange(low, high, QgsFillSymbol.createSimple({**outline, "outline_color": colour}), label)
                for low, high, colour, label in looks
            ],
        )
    )
    labelled(sites, '"rank" || \'. \' || "name"', False)
    save(sites, "landing_sites")

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "raster.tif"
        dataset = gdal.GetDriverByName("GTiff").Create(str(path), 4, 4, 1, gdal.GDT_Float32)
        dataset.GetRasterBand(1).WriteArray(np.linspace(0, 1, 16).reshape(4, 4))
        dataset = None
        raster = QgsRasterLayer(str(path), "style")

        ramp = QgsColorRampShader(0, 1)
        ramp.setColorRampType(QgsColorRampShader.Type.Interpolated)
        stops = ((0.0, QColor(255, 255, 178, 0)), (0.3, QColor(254, 204, 92, 120)), (0.6, QColor(253, 141, 60, 200)),
                 (1.0, QColor(189, 0, 38, 255)))  # fmt: skip
        ramp.setColorRampItemList([QgsColorRampShader.ColorRampItem(v, c, f"{v:g}") for v, c in stops])
        shader = QgsRasterShader()
        shader.setRasterShaderFunction(ramp)
        renderer = QgsSingleBandPseudoColorRenderer(raster.dataProvider(), 1, shader)
        renderer.setClassificationMin(0)
        renderer.setClassificationMax(1)
        raster.setRenderer(renderer)
        save(raster, "probability")

        classes = [
            QgsPalettedRasterRenderer.Class(0, QColor(255, 255, 255, 0), "no change"),
            QgsPalettedRasterRenderer.Class(1, QColor(227, 26, 28), "change"),
        ]
        raster.setRenderer(QgsPalettedRasterRenderer(raster.dataProvider(), 1, classes))
        save(raster, "mask")
    application.exitQgis()


if __name__ == "__main__":
    if os.environ.get("QGIS_PLUGINPATH") is None:
        os.execve(VENV / "bin" / "python", ["python", __file__, *sys.argv[1:]], environment())
    STYLES.mkdir(parents=True, exist_ok=True)
    build()
