"""``monitorarea``: an area and a season become a map of changes, in one step."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputFolder,
    QgsProcessingOutputHtml,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorDestination,
)

from ..common.errors import InputError
from ..common.files import whole_file
from ..common.words import Season
from .base import MarscdAlgorithm
from .detect_changes import model_parameters
from .fetch_observations import limit_parameters, optional_number
from .inputs import area_of, area_parameters, raster_source
from .search_observations import instrument_parameter, season_parameters
from .styles import style
from .words import tr

#: HiRISE products are hundreds of megabytes each: an area with forty of them should not start by itself.
DEFAULT_PRODUCTS, DEFAULT_MB = 6, 6000.0


class MonitorArea(MarscdAlgorithm):
    ID = "monitorarea"
    LABEL = "Monitor an area"
    GROUP = "Change"
    HEAVY = True

    def initAlgorithm(self, configuration=None) -> None:
        limits = limit_parameters()
        for limit, default in zip(limits, (DEFAULT_PRODUCTS, DEFAULT_MB), strict=True):
            limit.setDefaultValue(default)
        for parameter in [
            *area_parameters(),
            instrument_parameter(),
            *season_parameters(),
            *model_parameters(),
            *limits,
        ]:
            self.addParameter(parameter)
        layer = QgsProcessingParameterRasterLayer
        self.addParameter(
            layer("BASE", tr("Base map: where the series is to lie (empty: where the reference says)"), optional=True)
        )
        self.addParameter(
            layer(
                "DTM",
                tr("Terrain model in metres (for cast shadows and parallax, and slopes of the changes)"),
                optional=True,
            )
        )
        self.addParameter(QgsProcessingParameterFolderDestination("FOLDER", tr("Folder that keeps everything")))
        # The results always lie in FOLDER; given a place of their own they are copied there (and loaded, in QGIS).
        raster, vector = QgsProcessingParameterRasterDestination, QgsProcessingParameterVectorDestination
        self.addParameter(raster("PROBABILITY", tr("Change probability"), optional=True, createByDefault=True))
        self.addParameter(raster("MASK", tr("Change mask"), optional=True, createByDefault=True))
        self.addParameter(
            vector(
                "POLYGONS",
                tr("Changes"),
                QgsProcessing.SourceType.TypeVectorPolygon,
                optional=True,
                createByDefault=True,
            )
        )
        self.addOutput(QgsProcessingOutputFolder("SERIES", tr("Series")))
        self.addOutput(QgsProcessingOutputHtml("REPORT", tr("Report")))

    def work(self, parameters, context, progress) -> dict[str, Any]:
        from ..planet.time import parse_mars_years, parse_solar_longitude
        from ..workflows.monitor import MonitorJob, run_monitor

        folder = Path(self.parameterAsString(parameters, "FOLDER", context))
        job = MonitorJob(
            area=area_of(self, parameters, context, progress),
            instruments=tuple(self.parameterAsEnumStrings(parameters, "INSTRUMENT", context)),
            season=Season(
                mars_years=parse_mars_years(self.parameterAsString(parameters, "MARS_YEARS", context)),
                solar_longitude=parse_solar_longitude(self.parameterAsString(parameters, "SOLAR_LONGITUDE", context)),
            ),
            model=self.parameterAsString(parameters, "MODEL", context),
            device=self.device(parameters, context),
            max_products=optional_number(parameters, "MAX_PRODUCTS", int) or DEFAULT_PRODUCTS,
            max_download_mb=optional_number(parameters, "MAX_DOWNLOAD_MB", float) or DEFAULT_MB,
            folder=folder,
            base=raster_source(self, parameters, "BASE", context),
            dtm=raster_source(self, parameters, "DTM", context),
        )
        places = {
            n: Path(self.parameterAsOutputLayer(parameters, n, context))
            for n in ("PROBABILITY", "MASK", "POLYGONS")
            if parameters.get(n)
        }
        for name, place in places.items():
            wanted = ".fgb" if name == "POLYGONS" else ".tif"
            if place.suffix.lower() != wanted:
                raise InputError(
                    tr("{name} cannot be written to {place}.").format(name=name, place=place),
                    tr("Give a name that ends in {wanted}.").format(wanted=wanted),
                )
        outcome = run_monitor(job, self.settings(), progress)
        results: dict[str, Any] = {
            "FOLDER": str(folder),
            "SERIES": str(outcome.series.folder),
            "REPORT": str(outcome.report),
        }
        made = {"PROBABILITY": outcome.probability, "MASK": outcome.mask, "POLYGONS": outcome.polygons}
        for name, path in made.items():
            style(path, name.lower())
            results[name] = str(path)
            if name in places and places[name] != path:
                with whole_file(places[name]) as part:
                    shutil.copyfile(path, part)
                style(places[name], name.lower())
                results[name] = str(places[name])
        return results
