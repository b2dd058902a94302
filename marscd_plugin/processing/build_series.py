"""``buildseries``: fetched products, or one's own rasters, become a registered series."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputFile,
    QgsProcessingOutputHtml,
    QgsProcessingOutputNumber,
    QgsProcessingOutputRasterLayer,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..common.errors import InputError
from .base import MarscdAlgorithm
from .fetch_observations import observations_of, optional_number
from .inputs import area_parameters, optional_area_of, raster_source, raster_sources
from .words import tr


class BuildSeries(MarscdAlgorithm):
    ID = "buildseries"
    LABEL = "Build series"
    GROUP = "Time series"
    HEAVY = True

    def initAlgorithm(self, configuration=None) -> None:
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "OBSERVATIONS",
                tr("Observations (which of the fetched; empty: all in the folder)"),
                [QgsProcessing.SourceType.TypeVectorPolygon],
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterFile(
                "FOLDER",
                tr("Folder of the fetched files"),
                behavior=QgsProcessingParameterFile.Behavior.Folder,
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterMultipleLayers(
                "IMAGES",
                tr("Rasters of your own: instead of the fetched files, or with them"),
                QgsProcessing.SourceType.TypeRaster,
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterString(
                "TIMES", tr("Their dates: UTC, in the same order, separated by ;"), optional=True
            )
        )
        for parameter in area_parameters(optional=True):
            self.addParameter(parameter)
        self.addParameter(
            QgsProcessingParameterString(
                "REFERENCE", tr("Reference (a product id, or one of the rasters; empty: chosen)"), optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterNumber(
                "PIXEL_SIZE",
                tr("Pixel size in metres (empty: the coarsest product's)"),
                QgsProcessingParameterNumber.Type.Double,
                optional=True,
                minValue=1e-3,
            )
        )
        self.addParameter(
            QgsProcessingParameterRasterLayer(
                "BASE", tr("Base map: where the series is to lie (empty: where the reference says)"), optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterRasterLayer(
                "DTM", tr("Terrain model in metres (for cast shadows, slopes and parallax)"), optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterBoolean(
                "DROP_SHADOWS", tr("Make shadows nodata (else they are only marked in the masks)"), defaultValue=False
            )
        )
        self.addParameter(QgsProcessingParameterFolderDestination("SERIES", tr("Series")))
        self.addOutput(QgsProcessingOutputRasterLayer("BEFORE", tr("Before: of the best pair to compare")))
        self.addOutput(QgsProcessingOutputRasterLayer("AFTER", tr("After: of the best pair to compare")))
        self.addOutput(QgsProcessingOutputHtml("REPORT", tr("Registration report")))
        self.addOutput(QgsProcessingOutputFile("CATALOGUE", tr("STAC catalogue")))
        self.addOutput(QgsProcessingOutputNumber("EPOCHS", tr("Number of epochs")))

    def work(self, parameters, context, progress) -> dict[str, Any]:
        from ..planet.time import parse_utc
        from ..workflows.series import SeriesJob, observation_ids, pair_to_show, run_series

        folder = Path(self.parameterAsString(parameters, "SERIES", context))
        fetched = self.parameterAsString(parameters, "FOLDER", context)
        images = tuple(raster_sources(self, parameters, "IMAGES", context))
        if not fetched and not images:
            raise InputError(
                tr("Neither FOLDER nor IMAGES is given."),
                tr("Give the folder of fetched files, your own rasters, or both."),
            )
        times = self.parameterAsString(parameters, "TIMES", context)
        chosen = observations_of(self, parameters, context)
        job = SeriesJob(
            folder=folder,
            products_folder=Path(fetched) if fetched else None,
            product_ids=observation_ids(chosen),
            footprints={o.product_id: o.footprint for o in chosen},
            images=images,
            times=tuple(parse_utc(t.strip()) if t.strip() else None for t in times.split(";")) if times else (),
            area=optional_area_of(self, parameters, context, progress),
            reference=self.parameterAsString(parameters, "REFERENCE", context),
            pixel_size=optional_number(parameters, "PIXEL_SIZE", float),
            base=raster_source(self, parameters, "BASE", context),
            dtm=raster_source(self, parameters, "DTM", context),
            drop_shadows=self.parameterAsBool(parameters, "DROP_SHADOWS", context),
        )
        series = run_series(job, progress)
        before, after = pair_to_show(series)
        return {
            "SERIES": str(folder),
            "BEFORE": str(series.epoch(before).raster),
            "AFTER": str(series.epoch(after).raster),
            "REPORT": str(folder / "report.html"),
            "CATALOGUE": str(folder / "catalog.json"),
            "EPOCHS": len(series.epochs),
        }
