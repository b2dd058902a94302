"""``evaluatechanges``: a predicted change map against a true one."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
)

from .base import MarscdAlgorithm
from .inputs import raster_source
from .words import mark, tr

NUMBERS = {
    "SENSITIVITY": mark("Sensitivity (share of true change that was found)"),
    "SPECIFICITY": mark("Specificity (share of unchanged ground left alone)"),
    "BALANCED_ACCURACY": mark("Balanced accuracy (mean of the two)"),
    "ACCURACY": mark("Accuracy"),
    "FALSE_POSITIVE_RATE": mark("False-positive rate"),
    "PRECISION": mark("Precision (share of what was found that is true)"),
    "F1": mark("F1"),
    "IOU": mark("Intersection over union"),
    "AVERAGE_PRECISION": mark("Average precision (of a probability)"),
    "SENSITIVITY_1PX": mark("Sensitivity within a pixel"),
    "PRECISION_1PX": mark("Precision within a pixel"),
    "F1_1PX": mark("F1 within a pixel"),
    "OBJECT_RECALL": mark("Object recall (share of true changes that were found)"),
    "OBJECT_PRECISION": mark("Object precision (share of found changes that are true)"),
    "OBJECT_F1": mark("Object F1"),
}

COUNTS = {
    "OBJECTS": mark("True changes (of 4 pixels or more)"),
    "FALSE_OBJECTS": mark("False changes (of 4 pixels or more)"),
}


class EvaluateChanges(MarscdAlgorithm):
    ID = "evaluatechanges"
    LABEL = "Evaluate changes"
    GROUP = "Change"

    def initAlgorithm(self, configuration=None) -> None:
        self.addParameter(QgsProcessingParameterRasterLayer("PREDICTED", tr("Predicted change: mask or probability")))
        self.addParameter(QgsProcessingParameterRasterLayer("TRUTH", tr("True change")))
        self.addParameter(QgsProcessingParameterRasterLayer("VALID", tr("Where to compare"), optional=True))
        self.addParameter(
            QgsProcessingParameterNumber(
                "THRESHOLD",
                tr("Probability from which a pixel counts as changed"),
                QgsProcessingParameterNumber.Type.Double,
                defaultValue=0.5,
                minValue=0,
                maxValue=1,
            )
        )
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "REPORT", tr("Report"), tr("HTML files (*.html)"), optional=True, createByDefault=False
            )
        )
        for name, label in (NUMBERS | COUNTS).items():
            self.addOutput(QgsProcessingOutputNumber(name, tr(label)))

    def work(self, parameters, context, progress) -> dict[str, Any]:
        from ..change.measures import evaluate
        from ..change.measures_report import write_measures_report

        predicted = raster_source(self, parameters, "PREDICTED", context)
        truth = raster_source(self, parameters, "TRUTH", context)
        threshold = self.parameterAsDouble(parameters, "THRESHOLD", context)
        measures = evaluate(
            predicted,
            truth,
            raster_source(self, parameters, "VALID", context) or None,
            threshold=threshold,
            progress=progress,
        )
        values = asdict(measures)
        results: dict[str, Any] = {name: values[name.lower()] for name in NUMBERS | COUNTS}
        for name in NUMBERS:
            shown = "undefined" if results[name] is None else f"{results[name]:.4f}"
            progress.report(1.0, f"{NUMBERS[name]}: {shown}")
        for name in COUNTS:
            progress.report(1.0, f"{COUNTS[name]}: {results[name]:,}")
        if parameters.get("REPORT"):
            report = Path(self.parameterAsFileOutput(parameters, "REPORT", context))
            write_measures_report(report, measures, predicted, truth, threshold)
            results["REPORT"] = str(report)
        return results
