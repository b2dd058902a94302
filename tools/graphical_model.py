"""Write the graphical model of the whole job: search, fetch, series, changes.

Run in the environment of ``make shell-env`` (``make model`` does). The model is a file users open, change and save in
QGIS's designer; this program is its source, so that ids and names never drift from the algorithms'.
"""

from __future__ import annotations

import os
import sys

from environment import ROOT, VENV, environment

TARGET = ROOT / "resources" / "graphical_models" / "changes_of_an_area.model3"


def build() -> None:
    from qgis.core import (
        QgsApplication,
        QgsProcessingModelAlgorithm,
        QgsProcessingModelChildAlgorithm,
        QgsProcessingModelChildParameterSource,
        QgsProcessingModelOutput,
        QgsProcessingModelParameter,
        QgsProcessingParameterExtent,
        QgsProcessingParameterNumber,
        QgsProcessingParameterString,
    )
    from qgis.PyQt.QtCore import QPointF, QSizeF

    application = QgsApplication([], False)
    application.initQgis()
    sys.path.insert(0, str(ROOT))
    from marscd_plugin.plugin import MarscdPlugin

    plugin = MarscdPlugin(None)
    plugin.initProcessing()

    model = QgsProcessingModelAlgorithm("changesofanarea", "Change", "change")
    source = QgsProcessingModelChildParameterSource

    def parameter(definition, row: int) -> None:
        box = QgsProcessingModelParameter(definition.name())
        box.setDescription(definition.description())
        box.setPosition(QPointF(140, 60 + 70 * row))
        box.setSize(QSizeF(220, 40))
        model.addModelParameter(definition, box)

    number = QgsProcessingParameterNumber
    parameter(QgsProcessingParameterExtent("EXTENT", "Area"), 0)
    parameter(QgsProcessingParameterString("MARS_YEARS", "Mars Years", optional=True), 1)
    parameter(QgsProcessingParameterString("SOLAR_LONGITUDE", "Solar longitude Ls", optional=True), 2)
    parameter(number("MAX_PRODUCTS", "At most so many products", number.Type.Integer, 4, minValue=2), 3)
    parameter(number("MIN_AREA", "Smallest change (square metres)", number.Type.Double, 20.0, minValue=0), 4)

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

    given, made, fixed = source.fromModelParameter, source.fromChildOutput, source.fromStaticValue
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
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    if not model.toFile(str(TARGET)):
        sys.exit(f"graphical_model: {TARGET} could not be written")
    plugin.unload()
    application.exitQgis()


if __name__ == "__main__":
    if os.environ.get("QGIS_PLUGINPATH") is None:
        os.execve(VENV / "bin" / "python", ["python", __file__], environment())
    build()
