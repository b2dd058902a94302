"""``planpairs``: footprints become pairs worth comparing, best first, each with its score explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    NULL,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QMetaType

from .base import MarscdAlgorithm
from .fetch_observations import observations_of, optional_number
from .inputs import vector_crs
from .styles import style
from .words import tr

if TYPE_CHECKING:
    from ..workflows.plan import PlannedPair

_TEXT, _REAL, _INT, _TIME, _BOOL = (
    QMetaType.Type.QString, QMetaType.Type.Double, QMetaType.Type.Int, QMetaType.Type.QDateTime, QMetaType.Type.Bool,
)  # fmt: skip
#: Column -> type, in order. Saved layers and models depend on the names.
COLUMNS = {
    "rank": _INT, "before_id": _TEXT, "after_id": _TEXT, "score": _REAL, "series": _TEXT, "same_season": _BOOL,
    "before_time": _TIME, "after_time": _TIME, "gap_days": _REAL, "mars_years": _INT, "ls_distance": _REAL,
    "overlap": _REAL, "overlap_km2": _REAL, "d_incidence": _REAL, "d_azimuth": _REAL, "d_emission": _REAL,
    "scale_ratio": _REAL, "f_overlap": _REAL, "f_season": _REAL, "f_incidence": _REAL, "f_azimuth": _REAL,
    "f_emission": _REAL, "f_scale": _REAL, "f_gap": _REAL, "weakest": _TEXT, "reasons": _TEXT,
}  # fmt: skip


def fields() -> QgsFields:
    """The layer's fields."""
    made = QgsFields()
    for name, kind in COLUMNS.items():
        made.append(QgsField(name, kind))
    return made


def to_feature(pair: PlannedPair, columns: QgsFields) -> QgsFeature:
    """A row: the ground that both images show, in planetocentric degrees; unknown numbers null."""
    from .observations import to_qdatetime

    c = pair.compared
    values: dict[str, Any] = {
        "rank": pair.rank, "before_id": c.before, "after_id": c.after, "score": round(c.score, 4),
        "series": pair.series or None, "same_season": c.same_season,
        "before_time": to_qdatetime(pair.before.start_time), "after_time": to_qdatetime(pair.after.start_time),
        "gap_days": round(c.gap_days, 3), "mars_years": c.mars_years, "ls_distance": round(c.ls_distance, 3),
        "overlap": None if c.overlap is None else round(c.overlap, 4), "overlap_km2": round(pair.shared.m2 / 1e6, 4),
        "d_incidence": _rounded(c.incidence), "d_azimuth": _rounded(c.azimuth), "d_emission": _rounded(c.emission),
        "scale_ratio": _rounded(c.scale_ratio), "weakest": c.weakest, "reasons": "; ".join(c.reasons),
    } | {f"f_{name}": round(value, 4) for name, value in c.factors.items()}  # fmt: skip
    feature = QgsFeature(columns)
    feature.setGeometry(QgsGeometry.fromWkt(pair.shared.wkt))
    feature.setAttributes([NULL if values[name] is None else values[name] for name in COLUMNS])
    return feature


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


class PlanPairs(MarscdAlgorithm):
    ID = "planpairs"
    LABEL = "Plan pairs"
    GROUP = "Time series"

    def initAlgorithm(self, configuration=None) -> None:
        number = QgsProcessingParameterNumber
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "OBSERVATIONS", tr("Observations (footprints)"), [QgsProcessing.SourceType.TypeVectorPolygon]
            )
        )
        self.addParameter(
            number(
                "MIN_OVERLAP", tr("Least overlap (share of the smaller footprint)"), number.Type.Double, 0.1,
                minValue=0, maxValue=1,
            )
        )  # fmt: skip
        self.addParameter(
            number("MIN_SCORE", tr("Least score (0 to 1)"), number.Type.Double, 0.0, minValue=0, maxValue=1)
        )
        self.addParameter(
            number("MAX_PAIRS", tr("At most so many pairs, the best"), number.Type.Integer, optional=True, minValue=1)
        )
        series = number(
            "SERIES_OVERLAP", tr("Least overlap within a series (share)"), number.Type.Double, 0.3,
            minValue=0, maxValue=1,
        )  # fmt: skip
        series.setFlags(series.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        self.addParameter(series)
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                "PAIRS", tr("Pairs (the ground that both show)"), QgsProcessing.SourceType.TypeVectorPolygon
            )
        )
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Number of pairs")))
        self.addOutput(QgsProcessingOutputNumber("SERIES", tr("Number of series")))

    def work(self, parameters, context, progress) -> dict[str, Any]:
        from ..planet import crs
        from ..workflows.plan import PlanJob, run_plan

        job = PlanJob(
            observations=observations_of(self, parameters, context),
            min_overlap=self.parameterAsDouble(parameters, "MIN_OVERLAP", context),
            min_score=self.parameterAsDouble(parameters, "MIN_SCORE", context),
            max_pairs=optional_number(parameters, "MAX_PAIRS", int),
            series_overlap=self.parameterAsDouble(parameters, "SERIES_OVERLAP", context),
        )
        plan = run_plan(job, progress)
        columns = fields()
        sink, identifier = self.make_sink(
            parameters, "PAIRS", context, columns, QgsWkbTypes.Type.MultiPolygon,
            vector_crs(parameters, "PAIRS", crs.geographic_wkt()),
        )  # fmt: skip
        for pair in plan.pairs:
            self.add_row(sink, to_feature(pair, columns), parameters, "PAIRS")
        del sink
        style(identifier, "pairs")
        for pair in plan.pairs[:5]:
            progress.report(
                1.0,
                tr("{rank}. {before} with {after}: {score} ({reasons})").format(
                    rank=pair.rank, before=pair.compared.before, after=pair.compared.after,
                    score=f"{pair.compared.score:.2f}", reasons="; ".join(pair.compared.reasons),
                ),
            )  # fmt: skip
        return {"PAIRS": identifier, "COUNT": len(plan.pairs), "SERIES": len(plan.groups)}
