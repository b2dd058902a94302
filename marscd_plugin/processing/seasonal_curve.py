"""``seasonalcurve``: changed area against solar longitude, one line a Mars Year: a table, a drawing and a page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timezone
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ..common.errors import InputError
from ..common.progress import check
from .base import MarscdAlgorithm
from .words import tr

_COLUMNS = ("history", "class", "after_time", "direction", "area_m2")


class SeasonalCurve(MarscdAlgorithm):
    ID = "seasonalcurve"
    LABEL = "Seasonal curve"
    GROUP = "Time series"

    def initAlgorithm(self, configuration=None) -> None:
        file = QgsProcessingParameterFileDestination
        for parameter in (
            QgsProcessingParameterFeatureSource(
                "POLYGONS",
                tr("Changes of a series or of pairs (all, selected or filtered); or a curve"),
                [QgsProcessing.SourceType.TypeVectorPolygon],
                optional=True,
            ),
            QgsProcessingParameterFile(
                "CURVE",
                tr("Curve that detectserieschanges wrote"),
                optional=True,
                fileFilter=tr("CSV files (*.csv)"),
            ),
            QgsProcessingParameterBoolean("SINGLES", tr("Also count what one image alone shows"), defaultValue=False),
            QgsProcessingParameterString("TITLE", tr("Title"), defaultValue=tr("Seasonal curve"), optional=True),
            file("TABLE", tr("Table"), tr("CSV files (*.csv)")),
            file("PLOT", tr("Drawing"), tr("SVG files (*.svg)"), optional=True, createByDefault=True),
            file("REPORT", tr("Report"), tr("HTML files (*.html)"), optional=True, createByDefault=True),
        ):
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputNumber("DATES", tr("Number of dates")))
        self.addOutput(QgsProcessingOutputNumber("MARS_YEARS", tr("Number of Mars Years")))
        self.addOutput(QgsProcessingOutputNumber("LARGEST_AREA", tr("Largest changed area at one date")))

    def work(self, parameters, context, progress) -> dict[str, Any]:
        from ..workflows.serieschanges import curve_of_rows, run_seasonal_curve

        given = [name for name in ("POLYGONS", "CURVE") if parameters.get(name) not in (None, "")]
        if len(given) != 1:
            raise InputError(
                tr("Both POLYGONS and CURVE are given.") if given else tr("Neither POLYGONS nor CURVE is given."),
                tr("Give exactly one of them."),
            )
        points: Any
        if given == ["CURVE"]:
            points = Path(self.parameterAsFile(parameters, "CURVE", context))
        else:
            source = self.parameterAsSource(parameters, "POLYGONS", context)
            if source is None:
                raise InputError(
                    tr("POLYGONS {layer} cannot be opened as a polygon layer.").format(layer=parameters["POLYGONS"]),
                    tr("Check the path."),
                )
            with_singles = self.parameterAsBool(parameters, "SINGLES", context)
            points = curve_of_rows(_rows(source, progress), with_singles)
        places = {
            name: Path(self.parameterAsFileOutput(parameters, name, context)) if parameters.get(name) else None
            for name in ("TABLE", "PLOT", "REPORT")
        }
        if places["TABLE"] is None:
            raise InputError(tr("TABLE is not given."), tr("Give a file name that ends in .csv."))
        title = self.parameterAsString(parameters, "TITLE", context) or tr("Seasonal curve")
        made = run_seasonal_curve(points, places["TABLE"], places["PLOT"], places["REPORT"], title)
        areas = [a for p in made.points for a in (p.seen, p.appeared) if a is not None]
        return {
            **{name: str(path) for name, path in places.items() if path is not None},
            "DATES": len(made.points),
            "MARS_YEARS": len({p.mars_year for p in made.points}),
            "LARGEST_AREA": max(areas, default=None),
        }


def _rows(source, progress) -> Iterator[dict[str, Any]]:
    """The columns that a curve needs, of each feature; times as aware UTC."""
    names = [n for n in _COLUMNS if source.fields().lookupField(n) >= 0]
    total = max(source.featureCount(), 1)
    for number, feature in enumerate(source.getFeatures()):
        check(progress)
        yield {name: _plain(feature[name]) for name in names}
        progress.report((number + 1) / total)


def _plain(value: Any) -> Any:
    if hasattr(value, "isNull") and value.isNull():
        return None
    if hasattr(value, "toPyDateTime"):
        time = value.toUTC().toPyDateTime()
        return time.replace(tzinfo=timezone.utc)
    return value
