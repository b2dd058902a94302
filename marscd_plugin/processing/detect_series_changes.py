"""``detectserieschanges``: all dates of a series become when and how often each place changed, and its story."""

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
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorDestination,
)

from .base import MarscdAlgorithm
from .date_styles import style_count, style_dates
from .detect_changes import model_parameters
from .fetch_observations import optional_number
from .inputs import extent_of, raster_source
from .styles import style
from .words import tr

#: Which state of a place is the change; static, as change.seriesjob.FEATURES.
FEATURES = ("DARK", "BRIGHT", "NEW")
RASTERS = ("FIRST_SEEN", "LAST_SEEN", "COUNT")


class DetectSeriesChanges(MarscdAlgorithm):
    ID = "detectserieschanges"
    LABEL = "Detect changes over a series"
    GROUP = "Time series"
    HEAVY = True

    def initAlgorithm(self, configuration=None) -> None:
        number, folder = QgsProcessingParameterNumber, QgsProcessingParameterFile.Behavior.Folder
        raster, file = QgsProcessingParameterRasterDestination, QgsProcessingParameterFileDestination
        for parameter in (
            QgsProcessingParameterFile("SERIES", tr("Series (the folder that buildseries made)"), behavior=folder),
            *model_parameters(),
            number(
                "THRESHOLD",
                tr("Threshold (empty: the model's)"),
                number.Type.Double,
                optional=True,
                minValue=0,
                maxValue=1,
            ),
            number(
                "FALSE_ALARMS",
                tr("Wished false alarms per square kilometre, instead of a threshold (empty: the threshold decides)"),
                number.Type.Double,
                optional=True,
                minValue=0,
            ),
            number(
                "MIN_AREA", tr("Smallest change, in square metres"), number.Type.Double, defaultValue=0.0, minValue=0
            ),
            QgsProcessingParameterExtent("EXTENT", tr("Only in this extent"), optional=True),
            QgsProcessingParameterEnum(
                "FEATURE",
                tr("What counts as there: the darker state, the brighter, or what the first date was not"),
                options=list(FEATURES),
                defaultValue="DARK",
                usesStaticStrings=True,
            ),
            QgsProcessingParameterRasterLayer(
                "DTM", tr("Terrain model in metres (for slopes of the changes)"), optional=True
            ),
            QgsProcessingParameterBoolean("SINGLES", tr("Also draw what one image alone shows"), defaultValue=True),
            raster("FIRST_SEEN", tr("First seen")),
            raster("LAST_SEEN", tr("Last seen")),
            raster("COUNT", tr("Number of dates")),
            QgsProcessingParameterVectorDestination(
                "POLYGONS", tr("Changes"), QgsProcessing.SourceType.TypeVectorPolygon
            ),
            file("CURVE", tr("Curve"), tr("CSV files (*.csv)"), optional=True, createByDefault=True),
            file("REPORT", tr("Report"), tr("HTML files (*.html)"), optional=True, createByDefault=True),
        ):
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputNumber("CHANGED_AREA", tr("Changed area in square metres")))
        self.addOutput(QgsProcessingOutputNumber("POLYGON_COUNT", tr("Number of changes")))
        self.addOutput(QgsProcessingOutputNumber("EPOCHS", tr("Number of epochs")))
        self.addOutput(QgsProcessingOutputNumber("PAIRS", tr("Number of pairs that were compared")))
        self.addOutput(QgsProcessingOutputString("SUSPECTS", tr("Images that as a whole look unlike the others")))
        self.addOutput(
            QgsProcessingOutputNumber("THRESHOLD_USED", tr("Threshold that was used (of pairs: the middle one)"))
        )
        self.addOutput(QgsProcessingOutputString("DEVICE_USED", tr("Device that ran")))

    def work(self, parameters, context, progress) -> dict[str, Any]:
        from ..inference.models import find_model
        from ..workflows.serieschanges import SeriesChangesJob, run_series_changes

        layers = {name: self.parameterAsOutputLayer(parameters, name, context) for name in (*RASTERS, "POLYGONS")}
        files = {
            name: self.parameterAsFileOutput(parameters, name, context) if parameters.get(name) else ""
            for name in ("CURVE", "REPORT")
        }
        extent = extent_of(self, parameters, "EXTENT", context)
        job = SeriesChangesJob(
            folder=Path(self.parameterAsString(parameters, "SERIES", context)),
            model=str(find_model(self.parameterAsString(parameters, "MODEL", context))),
            device=self.device(parameters, context),
            threshold=optional_number(parameters, "THRESHOLD", float),
            false_alarms=optional_number(parameters, "FALSE_ALARMS", float),
            min_area_m2=self.parameterAsDouble(parameters, "MIN_AREA", context),
            extent=extent[0] if extent else None,
            extent_crs=extent[1] if extent else "",
            feature=self.parameterAsEnumString(parameters, "FEATURE", context),
            dtm=raster_source(self, parameters, "DTM", context),
            singles=self.parameterAsBool(parameters, "SINGLES", context),
            first_seen=layers["FIRST_SEEN"],
            last_seen=layers["LAST_SEEN"],
            count=layers["COUNT"],
            polygons=layers["POLYGONS"],
            curve=files["CURVE"],
            report=files["REPORT"],
        )
        found, series = run_series_changes(job, progress)
        for name in ("FIRST_SEEN", "LAST_SEEN"):
            style_dates(layers[name], [e.time.date().isoformat() for e in series.epochs])
        style_count(layers["COUNT"], len(series.epochs))
        style(layers["POLYGONS"], "serieschanges")
        return {
            **layers,
            **{name: path for name, path in files.items() if path},
            "CHANGED_AREA": found.changed_area,
            "POLYGON_COUNT": found.polygon_count,
            "EPOCHS": found.epochs,
            "PAIRS": found.pairs,
            "SUSPECTS": ", ".join(found.suspects),
            "THRESHOLD_USED": found.threshold,
            "DEVICE_USED": found.device,
        }
