"""``registerimages``: one image is laid on another to sub-pixel, or refused with the reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorDestination,
)

from .base import MarscdAlgorithm
from .inputs import raster_source
from .words import tr


class RegisterImages(MarscdAlgorithm):
    ID = "registerimages"
    LABEL = "Register images"
    GROUP = "Time series"
    HEAVY = True

    def initAlgorithm(self, configuration=None) -> None:
        self.addParameter(QgsProcessingParameterRasterLayer("REFERENCE", tr("Reference image")))
        self.addParameter(QgsProcessingParameterRasterLayer("MOVING", tr("Image to lay on it")))
        self.addParameter(
            QgsProcessingParameterRasterDestination("OUTPUT", tr("Registered image, on the reference's grid"))
        )
        self.addParameter(
            QgsProcessingParameterVectorDestination(
                "TIE_POINTS",
                tr("Tie points with residuals"),
                QgsProcessing.SourceType.TypeVectorPoint,
                optional=True,
                createByDefault=False,
            )
        )
        self.addOutput(
            QgsProcessingOutputNumber("RESIDUAL_PX", tr("Residual of tie points left out of the fit (pixels)"))
        )
        self.addOutput(QgsProcessingOutputNumber("SHIFT_X_PX", tr("Shift in x (pixels)")))
        self.addOutput(QgsProcessingOutputNumber("SHIFT_Y_PX", tr("Shift in y (pixels)")))
        self.addOutput(QgsProcessingOutputNumber("TIE_POINT_COUNT", tr("Number of tie points")))

    def work(self, parameters, context, progress) -> dict[str, Any]:
        from ..series.images import register_images

        output = self.parameterAsOutputLayer(parameters, "OUTPUT", context)
        tie_points = (
            self.parameterAsOutputLayer(parameters, "TIE_POINTS", context) if parameters.get("TIE_POINTS") else ""
        )
        registration = register_images(
            raster_source(self, parameters, "REFERENCE", context),
            raster_source(self, parameters, "MOVING", context),
            Path(output),
            tie_points=Path(tie_points) if tie_points else None,
            progress=progress,
        )
        progress.report(1.0, registration.reason)
        results: dict[str, Any] = {
            "OUTPUT": output,
            "RESIDUAL_PX": registration.residual_px,
            "SHIFT_X_PX": registration.shift_x_px,
            "SHIFT_Y_PX": registration.shift_y_px,
            "TIE_POINT_COUNT": registration.tie_point_count,
        }
        if tie_points:
            results["TIE_POINTS"] = tie_points
        return results
