"""``fetchobservations``: the footprints chosen become files on disk, with an account of each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QMetaType

from .base import MarscdAlgorithm
from .inputs import area_parameters, optional_area_of
from .words import tr

if TYPE_CHECKING:
    from ..workflows.fetch import FetchOutcome

_TEXT, _LONG, _INT = QMetaType.Type.QString, QMetaType.Type.LongLong, QMetaType.Type.Int
REPORT_COLUMNS = {
    "product_id": _TEXT, "name": _TEXT, "state": _TEXT, "bytes": _LONG, "attempts": _INT,
    "checksum": _TEXT, "path": _TEXT, "url": _TEXT, "reason": _TEXT, "whole_bytes": _LONG,
}  # fmt: skip


def limit_parameters() -> list[Any]:
    """MAX_PRODUCTS and MAX_DOWNLOAD_MB."""
    number = QgsProcessingParameterNumber
    return [
        number("MAX_PRODUCTS", tr("At most so many products"), number.Type.Integer, optional=True, minValue=1),
        number("MAX_DOWNLOAD_MB", tr("At most so many megabytes"), number.Type.Double, optional=True, minValue=0),
    ]


class FetchObservations(MarscdAlgorithm):
    ID = "fetchobservations"
    LABEL = "Fetch observations"
    GROUP = "Time series"

    def initAlgorithm(self, configuration=None) -> None:
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "OBSERVATIONS", tr("Observations (footprints)"), [QgsProcessing.SourceType.TypeVectorPolygon]
            )
        )
        for parameter in [*area_parameters(optional=True), *limit_parameters()]:
            self.addParameter(parameter)
        self.addParameter(
            QgsProcessingParameterEnum(
                "CTX",
                tr("CTX images as maps (made by ASU when asked: slow), raw, or both"),
                options=["BOTH", "MAP", "RAW"],
                defaultValue="BOTH",
                optional=True,
                usesStaticStrings=True,
            )
        )
        self.addParameter(QgsProcessingParameterFolderDestination("FOLDER", tr("Folder for the files")))
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                "REPORT",
                tr("Report: one row a file"),
                QgsProcessing.SourceType.TypeVector,
                optional=True,
                createByDefault=True,
            )
        )
        self.addOutput(QgsProcessingOutputNumber("FETCHED", tr("Files that are whole in the folder")))
        self.addOutput(QgsProcessingOutputNumber("FAILED", tr("Files that failed")))

    def work(self, parameters, context, progress) -> dict[str, Any]:
        from ..workflows.fetch import FetchJob, need_some, run_fetch

        folder = Path(self.parameterAsString(parameters, "FOLDER", context))
        job = FetchJob(
            observations=observations_of(self, parameters, context),
            folder=folder,
            area=optional_area_of(self, parameters, context, progress),
            max_products=optional_number(parameters, "MAX_PRODUCTS", int),
            max_download_mb=optional_number(parameters, "MAX_DOWNLOAD_MB", float),
            ctx=self.parameterAsEnumString(parameters, "CTX", context) or "BOTH",
        )
        if job.area is not None:
            progress.report(
                0.0,
                tr(
                    "Of HiRISE images only the part that the area needs is fetched, of others the whole; "
                    "what does not touch the area is left out."
                ),
            )
        outcome = run_fetch(job, self.settings(), progress)
        results = {"FOLDER": str(folder), "FETCHED": outcome.fetched, "FAILED": outcome.failed}
        results |= self._report(parameters, context, outcome)
        need_some(outcome)
        return results

    def _report(self, parameters, context, outcome: FetchOutcome) -> dict[str, Any]:
        if not parameters.get("REPORT"):
            return {}
        fields = QgsFields()
        for name, kind in REPORT_COLUMNS.items():
            fields.append(QgsField(name, kind))
        sink, identifier = self.make_sink(
            parameters, "REPORT", context, fields, QgsWkbTypes.Type.NoGeometry, QgsCoordinateReferenceSystem()
        )
        rows: list[tuple[Any, ...]] = [
            (r.product_id, r.name, r.state, r.bytes, r.attempts, r.sha256, str(r.path), r.url, r.reason,
             r.whole_bytes)
            for r in outcome.results
        ]  # fmt: skip
        rows += [
            (o.product_id, None, "left out", None, 0, None, None, None, reason, None) for o, reason in outcome.skipped
        ]
        for row in rows:
            feature = QgsFeature(fields)
            feature.setAttributes([NULL if value is None else value for value in row])
            self.add_row(sink, feature, parameters, "REPORT")
        return {"REPORT": identifier}


def observations_of(algorithm, parameters, context) -> tuple:
    """The rows (only the selected ones, when asked) of OBSERVATIONS. () where it is not given."""
    from . import observations

    source = algorithm.parameterAsSource(parameters, "OBSERVATIONS", context)
    if source is None:
        return ()
    return tuple(observations.from_feature(feature) for feature in source.getFeatures())


def optional_number(parameters: dict[str, Any], name: str, kind):
    """A number parameter, or None where it is empty."""
    value = parameters.get(name)
    return None if value in (None, "") else kind(float(value))
