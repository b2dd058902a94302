"""``trainchangemodel``: a person's verdicts teach a change model; before and after on ground that was held out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..common.errors import InputError
from ..inference.models import default_model
from .base import MarscdAlgorithm
from .fetch_observations import optional_number
from .inputs import raster_source
from .words import tr

#: Output -> where it stands in the results, before and after.
_NUMBERS = {
    "F1": "f1",
    "RECALL": "recall",
    "FALSE_FLAGS": "still_flagged",
    "PIXEL_F1": "pixel_f1",
    "ELSEWHERE": "elsewhere",
}


class TrainChangeModel(MarscdAlgorithm):
    ID = "trainchangemodel"
    LABEL = "Teach a change model"
    GROUP = "Change"
    HEAVY = True

    def initAlgorithm(self, configuration=None) -> None:
        number = QgsProcessingParameterNumber
        folder = QgsProcessingParameterFile.Behavior.Folder
        for parameter in (
            QgsProcessingParameterFile(
                "FOLDER", tr("Job folder, or folder of compared pairs, with verdicts"), behavior=folder, optional=True
            ),
            QgsProcessingParameterRasterLayer("BEFORE", tr("or one pair: before"), optional=True),
            QgsProcessingParameterRasterLayer("AFTER", tr("After, on the same grid"), optional=True),
            QgsProcessingParameterFeatureSource(
                "LABELS",
                tr("Outlines (field verdict: accepted or rejected; without it each is a change)"),
                [QgsProcessing.SourceType.TypeVectorPolygon],
                optional=True,
            ),
            QgsProcessingParameterString(
                "MODEL", tr("Model to start from (a bundled name, or an .onnx file)"), defaultValue=default_model()
            ),
            number("MINUTES", tr("Time to learn, in minutes"), number.Type.Double, defaultValue=10.0, minValue=0.1),
            number(
                "STEPS",
                tr("Steps, instead of a time (for a run that can be repeated)"),
                number.Type.Integer,
                optional=True,
                minValue=1,
            ),
            number(
                "HELD_OUT",
                tr("Share of the verdicts kept for judging"),
                number.Type.Double,
                defaultValue=0.3,
                minValue=0.1,
                maxValue=0.6,
            ),
            QgsProcessingParameterBoolean(
                "COMPLETE",
                tr("The pairs were looked through wholly: what has no outline is no change"),
                defaultValue=False,
            ),
            number("SEED", tr("Seed"), number.Type.Integer, defaultValue=1, minValue=0),
            QgsProcessingParameterFileDestination("OUTPUT", tr("New model"), tr("ONNX models (*.onnx)")),
            QgsProcessingParameterFileDestination(
                "REPORT", tr("Report"), tr("HTML files (*.html)"), optional=True, createByDefault=True
            ),
        ):
            self.addParameter(parameter)
        for name in _NUMBERS:
            for when in ("BEFORE", "AFTER"):
                self.addOutput(QgsProcessingOutputNumber(f"HELD_OUT_{name}_{when}", f"{name} {when}".lower()))
        for name in ("HELD_OUT_ACCEPTED", "HELD_OUT_REJECTED", "LEARNED_ACCEPTED", "LEARNED_REJECTED",
                     "SIMULATED_FOUND_BEFORE", "SIMULATED_FOUND_AFTER", "THRESHOLD", "STEPS_DONE"):  # fmt: skip
            self.addOutput(QgsProcessingOutputNumber(name, name.replace("_", " ").lower()))
        self.addOutput(QgsProcessingOutputString("MODEL_NAME", tr("The new model's name")))

    def work(self, parameters, context, progress) -> dict[str, Any]:
        from ..inference.models import find_model
        from ..workflows.training import Training, train_model

        report = self.parameterAsFileOutput(parameters, "REPORT", context) if parameters.get("REPORT") else ""
        asked = Training(
            pairs=tuple(self._pairs(parameters, context, progress)),
            model=find_model(self.parameterAsString(parameters, "MODEL", context)),
            output=onnx_path(self.parameterAsFileOutput(parameters, "OUTPUT", context)),
            report=Path(report) if report else None,
            minutes=self.parameterAsDouble(parameters, "MINUTES", context),
            steps=optional_number(parameters, "STEPS", int),
            held_out=self.parameterAsDouble(parameters, "HELD_OUT", context),
            complete=self.parameterAsBool(parameters, "COMPLETE", context),
            seed=self.parameterAsInt(parameters, "SEED", context),
        )
        done = train_model(asked, self.settings(), progress)
        numbers = {
            f"HELD_OUT_{name}_{when.upper()}": done[when][key]
            for name, key in _NUMBERS.items()
            for when in ("before", "after")
        }
        return {
            "OUTPUT": str(asked.output),
            "REPORT": report or None,
            **numbers,
            "HELD_OUT_ACCEPTED": done["after"]["accepted"],
            "HELD_OUT_REJECTED": done["after"]["rejected"],
            "LEARNED_ACCEPTED": done["learned"][0],
            "LEARNED_REJECTED": done["learned"][1],
            "SIMULATED_FOUND_BEFORE": done["forgotten"]["found_before"],
            "SIMULATED_FOUND_AFTER": done["forgotten"]["found_after"],
            "THRESHOLD": done["threshold"],
            "STEPS_DONE": done["steps"],
            "MODEL_NAME": done["name"],
        }

    def _pairs(self, parameters, context, progress) -> list[Any]:
        """What to learn from: a folder's pairs, or one pair with its outlines. Raises InputError."""
        from ..workflows.reviewed import labelled_pair, reviewed_pairs

        single = [name for name in ("BEFORE", "AFTER", "LABELS") if parameters.get(name) not in (None, "")]
        folder = self.parameterAsFile(parameters, "FOLDER", context)
        if bool(folder) == bool(single) or (single and len(single) < 3):
            raise InputError(
                tr("It is not clear what to learn from."),
                tr("Give FOLDER alone, or BEFORE, AFTER and LABELS together."),
            )
        if folder:
            return reviewed_pairs(Path(folder), progress)
        source = self.parameterAsSource(parameters, "LABELS", context)
        if source is None:
            raise InputError(
                tr("LABELS {layer} cannot be opened as a polygon layer.").format(layer=parameters["LABELS"]),
                tr("Check the path."),
            )
        field = source.fields().lookupField("verdict")
        labels = [
            (str(feature.attribute(field)) if field >= 0 else None, bytes(feature.geometry().asWkb()))
            for feature in source.getFeatures()
            if feature.hasGeometry()
        ]
        crs = source.sourceCrs()
        return [
            labelled_pair(
                raster_source(self, parameters, "BEFORE", context),
                raster_source(self, parameters, "AFTER", context),
                labels,
                crs.toWkt(type(crs).WktVariant.WKT2_2019) if crs.isValid() else "",
            )
        ]


def onnx_path(path: str) -> Path:
    """The output with its ending: QGIS names temporary ones "file"."""
    return Path(path) if path.lower().endswith(".onnx") else Path(f"{path}.onnx")
