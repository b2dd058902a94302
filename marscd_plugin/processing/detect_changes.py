"""``detectchanges``: two images become a probability, a mask and polygons of what changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
)

from ..common.words import DEVICES
from ..inference.models import default_model
from .base import MarscdAlgorithm
from .fetch_observations import optional_number
from .inputs import extent_of, raster_source
from .styles import style
from .words import tr


def model_parameters() -> list[Any]:
    """MODEL and DEVICE."""
    return [
        QgsProcessingParameterString(
            "MODEL", tr("Model (a bundled name, or an .onnx file)"), defaultValue=default_model()
        ),
        QgsProcessingParameterEnum(
            "DEVICE", tr("Run on"), options=list(DEVICES), defaultValue="AUTO", usesStaticStrings=True
        ),
    ]


class DetectChanges(MarscdAlgorithm):
    ID = "detectchanges"
    LABEL = "Detect changes"
    GROUP = "Change"
    HEAVY = True

    def initAlgorithm(self, configuration=None) -> None:
        number = QgsProcessingParameterNumber
        self.addParameter(QgsProcessingParameterRasterLayer("BEFORE", tr("Before")))
        self.addParameter(QgsProcessingParameterRasterLayer("AFTER", tr("After")))
        for parameter in model_parameters():
            self.addParameter(parameter)
        self.addParameter(
            QgsProcessingParameterBoolean("REGISTER", tr("Register AFTER on BEFORE first"), defaultValue=True)
        )
        self.addParameter(
            number(
                "THRESHOLD",
                tr("Threshold (empty: the model's)"),
                number.Type.Double,
                optional=True,
                minValue=0,
                maxValue=1,
            )
        )
        self.addParameter(
            number(
                "MIN_AREA", tr("Smallest change, in square metres"), number.Type.Double, defaultValue=0.0, minValue=0
            )
        )
        self.addParameter(QgsProcessingParameterExtent("EXTENT", tr("Only in this extent"), optional=True))
        self.addParameter(
            QgsProcessingParameterRasterLayer(
                "DTM", tr("Terrain model in metres (for slopes of the changes)"), optional=True
            )
        )
        self.addParameter(
            number(
                "FALSE_ALARMS",
                tr("Wished false alarms per square kilometre, instead of a threshold (empty: the threshold decides)"),
                number.Type.Double,
                optional=True,
                minValue=0,
            )
        )
        self.addParameter(QgsProcessingParameterRasterDestination("PROBABILITY", tr("Change probability")))
        self.addParameter(QgsProcessingParameterRasterDestination("MASK", tr("Change mask")))
        self.addParameter(
            QgsProcessingParameterVectorDestination(
                "POLYGONS", tr("Changes"), QgsProcessing.SourceType.TypeVectorPolygon
            )
        )
        self.addParameter(
            QgsProcessingParameterRasterDestination(
                "KIND", tr("Kind of change (of a model that tells kinds)"), optional=True, createByDefault=False
            )
        )
        self.addOutput(QgsProcessingOutputNumber("CHANGED_AREA", tr("Changed area in square metres")))
        self.addOutput(QgsProcessingOutputNumber("POLYGON_COUNT", tr("Number of changes")))
        self.addOutput(QgsProcessingOutputString("DEVICE_USED", tr("Device that ran")))
        self.addOutput(QgsProcessingOutputNumber("THRESHOLD_USED", tr("Threshold that was used")))
        self.addOutput(
            QgsProcessingOutputNumber("EXPECTED_FALSE_ALARMS", tr("False alarms to be expected per square kilometre"))
        )
        self.addOutput(QgsProcessingOutputNumber("EXPECTED_FALSE_PER_MP", tr("The same per megapixel")))

    def work(self, parameters, context, progress) -> dict[str, Any]:
        from ..change.job import DetectJob
        from ..inference.models import find_model
        from ..workflows.changes import run_detection

        outputs = {
            name: self.parameterAsOutputLayer(parameters, name, context) for name in ("PROBABILITY", "MASK", "POLYGONS")
        }
        kind = self.parameterAsOutputLayer(parameters, "KIND", context) if parameters.get("KIND") else ""
        extent = extent_of(self, parameters, "EXTENT", context)
        job = DetectJob(
            before=raster_source(self, parameters, "BEFORE", context),
            after=raster_source(self, parameters, "AFTER", context),
            model=str(find_model(self.parameterAsString(parameters, "MODEL", context))),
            device=self.device(parameters, context),
            register=self.parameterAsBool(parameters, "REGISTER", context),
            threshold=optional_number(parameters, "THRESHOLD", float),
            false_alarms=optional_number(parameters, "FALSE_ALARMS", float),
            min_area_m2=self.parameterAsDouble(parameters, "MIN_AREA", context),
            extent=extent[0] if extent else None,
            extent_crs=extent[1] if extent else "",
            dtm=raster_source(self, parameters, "DTM", context),
            probability=outputs["PROBABILITY"],
            mask=outputs["MASK"],
            polygons=outputs["POLYGONS"],
            kind=kind,
        )
        change = run_detection(job, progress)
        for name, path in outputs.items():
            style(path, name.lower())
        if kind and Path(kind).is_file():
            outputs["KIND"] = kind
        return {
            **outputs,
            "CHANGED_AREA": change.changed_area,
            "POLYGON_COUNT": change.polygon_count,
            "DEVICE_USED": change.device,
            "THRESHOLD_USED": change.threshold,
            "EXPECTED_FALSE_ALARMS": change.expected_false_per_km2,
            "EXPECTED_FALSE_PER_MP": change.expected_false_per_mp,
        }
