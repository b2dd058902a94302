"""Write the graphical models: the whole job (search, fetch, series, changes), and landing sites like a target.

Run in the environment of ``make shell-env`` (``make model`` does); names of models as arguments write only those. The
models are files users open, change and save in QGIS's designer; this program is their source, so that ids and names
never drift from the algorithms'.
"""

from __future__ import annotations

import os
import sys

from environment import ROOT, VENV, environment

FOLDER = ROOT / "resources" / "graphical_models"
MODELS = ("changes_of_an_area", "sites_like_this")


def build(wanted: tuple[str, ...]) -> None:
    from qgis.core import (
        QgsApplication,
        QgsProcessing,
        QgsProcessingModelAlgorithm,
        QgsProcessingModelChildAlgorithm,
        QgsProcessingModelChildParameterSource,
        QgsProcessingModelOutput,
        QgsProcessingModelParameter,
        QgsProcessingParameterExtent,
        QgsProcessingParameterFeatureSource,
        QgsProcessingParameterNumber,
        QgsProcessingParameterRasterLayer,
        QgsProcessingParameterString,
    )
    from qgis.PyQt.QtCore import QPointF, QSizeF

    application = QgsApplication([], False)
    application.initQgis()
    sys.path.insert(0, str(ROOT))
    from marscd_plugin.plugin import MarscdPlugin

    plugin = MarscdPlugin(None)
    plugin.initProcessing()

    model = QgsProcessingModelAlgorithm()
    source = QgsProcessingModelChildParameterSource

    def parameter(definition, row: int) -> None:
        box = QgsProcessingModelParameter(definition.name())
        box.setDescription(definition.description())
        box.setPosition(QPointF(140, 60 + 70 * row))
        box.setSize(QSizeF(220, 40))
        model.addModelParameter(definition, box)

    def child(
        name: str, row: int, sources: dict, outputs: dict[str, str], title: str, provider: str = "marscd"
    ) -> None:
        step = QgsProcessingModelChildAlgorithm(f"{provider}:{name}")
        step.setChildId(name)
        step.setDescription(title)
        step.setPosition(QPointF(480, 60 + 130 * row))
        step.setSize(QSizeF(240, 50))
        for key, value in sources.items():
            step.addParameterSources(key, [value])
        finals = {}
        for output, label in outputs.items():
            final = QgsProcessingModelOutput(output)
            final.setChildId(name)
            final.setChildOutputName(output)
            final.setDescription(label)
            final.setPosition(QPointF(800, 60 + 130 * row + 40 * len(finals)))
            finals[label] = final
        step.setModelOutputs(finals)
        model.addChildAlgorithm(step)

    number = QgsProcessingParameterNumber
    given, made, fixed = source.fromModelParameter, source.fromChildOutput, source.fromStaticValue

    def changes_of_an_area() -> None:
        parameter(QgsProcessingParameterExtent("EXTENT", "Area"), 0)
        parameter(QgsProcessingParameterString("MARS_YEARS", "Mars Years", optional=True), 1)
        parameter(QgsProcessingParameterString("SOLAR_LONGITUDE", "Solar longitude Ls", optional=True), 2)
        parameter(number("MAX_PRODUCTS", "At most so many products", number.Type.Integer, 4, minValue=2), 3)
        parameter(number("MIN_AREA", "Smallest change (square metres)", number.Type.Double, 20.0, minValue=0), 4)
        child(
            "searchobservations", 0,
            {"EXTENT": given("EXTENT"), "MARS_YEARS": given("MARS_YEARS"), "SOLAR_LONGITUDE": given("SOLAR_LONGITUDE"),
             "INSTRUMENT": fixed(["HIRISE"]), "SOURCE": fixed("AUTO")},
            {"OUTPUT": "Footprints"}, "Search observations",
        )  # fmt: skip
        # An observation comes as a RED and a COLOR product; a series is made of RED ones.
        child(
            "extractbyexpression", 1,
            {"INPUT": made("searchobservations", "OUTPUT"), "EXPRESSION": fixed("\"product_id\" LIKE '%_RED'")},
            {}, "Keep RED products", provider="native",
        )  # fmt: skip
        child(
            "fetchobservations", 2,
            {"OBSERVATIONS": made("extractbyexpression", "OUTPUT"), "MAX_PRODUCTS": given("MAX_PRODUCTS")},
            {"FOLDER": "Files"}, "Fetch observations",
        )  # fmt: skip
        child(
            "buildseries", 3,
            {"FOLDER": made("fetchobservations", "FOLDER"), "EXTENT": given("EXTENT")},
            {"SERIES": "Series"}, "Build series",
        )  # fmt: skip
        child(
            "detectchanges", 4,
            {"BEFORE": made("buildseries", "BEFORE"), "AFTER": made("buildseries", "AFTER"), "REGISTER": fixed(False),
             "MIN_AREA": given("MIN_AREA")},
            {"PROBABILITY": "Probability", "MASK": "Mask", "POLYGONS": "Changes"}, "Detect changes",
        )  # fmt: skip

    def sites_like_this() -> None:
        raster, polygon = QgsProcessingParameterRasterLayer, QgsProcessing.SourceType.TypeVectorPolygon
        parameter(QgsProcessingParameterFeatureSource("TARGETS", "Targets: polygons", [polygon]), 0)
        parameter(raster("TARGET_IMAGE", "The image under the targets"), 1)
        parameter(raster("SEARCH", "Mosaic of Mars to search"), 2)
        parameter(number("CHIP_SIZE", "Edge of a chip (metres)", number.Type.Double, optional=True, minValue=0), 3)
        parameter(number("COUNT", "Number of matches", number.Type.Integer, 50, minValue=1), 4)
        parameter(raster("DTM", "Terrain model in metres", optional=True), 5)
        child(
            "analoguesimilarity", 0,
            {"TARGET_AREAS": given("TARGETS"), "TARGET_IMAGE": given("TARGET_IMAGE"), "SEARCH": given("SEARCH"),
             "CHIP_SIZE": given("CHIP_SIZE"), "COUNT": given("COUNT")},
            {"DISTANCE": "Distance", "MATCHES": "Matches", "REPORT": "Report of the search"}, "Find analogues",
        )  # fmt: skip
        child(
            "ranklandingsites", 1,
            {"MATCHES": made("analoguesimilarity", "MATCHES"), "DTM": given("DTM")},
            {"OUTPUT": "Ranked sites", "TABLE": "Table", "REPORT": "Report of the sites"}, "Rank landing sites",
        )  # fmt: skip

    heads = {
        "changes_of_an_area": ("changesofanarea", "Change", "change", changes_of_an_area),
        "sites_like_this": ("siteslikethis", "Analogues", "analogues", sites_like_this),
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in wanted or MODELS:
        head, title, group, draw = heads[name]
        model = QgsProcessingModelAlgorithm(head, title, group)
        draw()
        if not model.toFile(str(FOLDER / f"{name}.model3")):
            sys.exit(f"graphical_model: {name} could not be written")
    plugin.unload()
    application.exitQgis()


if __name__ == "__main__":
    if os.environ.get("QGIS_PLUGINPATH") is None:
        os.execve(VENV / "bin" / "python", ["python", __file__, *sys.argv[1:]], environment())
    build(tuple(sys.argv[1:]))
