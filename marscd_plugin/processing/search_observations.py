"""``searchobservations``: an area and a season become a layer of footprints."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsWkbTypes,
)

from ..common.words import INSTRUMENTS, PRODUCT_TYPES, SOURCES, Query, Season
from .base import MarscdAlgorithm
from .inputs import area_of, area_parameters, vector_crs
from .words import tr


def season_parameters() -> list[Any]:
    """MARS_YEARS and SOLAR_LONGITUDE."""
    return [
        QgsProcessingParameterString("MARS_YEARS", tr("Mars Years (30-31, or 28,31; empty: all)"), optional=True),
        QgsProcessingParameterString(
            "SOLAR_LONGITUDE", tr("Solar longitude Ls in degrees (250-350; 330-30 wraps; empty: all)"), optional=True
        ),
    ]


def instrument_parameter() -> QgsProcessingParameterEnum:
    """INSTRUMENT; several may be chosen."""
    return QgsProcessingParameterEnum(
        "INSTRUMENT",
        tr("Instruments"),
        options=list(INSTRUMENTS),
        allowMultiple=True,
        defaultValue="HIRISE",
        usesStaticStrings=True,
    )


class SearchObservations(MarscdAlgorithm):
    ID = "searchobservations"
    LABEL = "Search observations"
    GROUP = "Time series"

    def initAlgorithm(self, configuration=None) -> None:
        for parameter in [*area_parameters(), instrument_parameter(), *season_parameters()]:
            self.addParameter(parameter)
        self.addParameter(QgsProcessingParameterDateTime("START", tr("Not before (UTC)"), optional=True))
        self.addParameter(QgsProcessingParameterDateTime("END", tr("Not after (UTC)"), optional=True))
        self.addParameter(
            QgsProcessingParameterNumber(
                "MAX_INCIDENCE",
                tr("Largest incidence angle (degrees; how far the sun is from overhead)"),
                QgsProcessingParameterNumber.Type.Double,
                optional=True,
                minValue=0,
                maxValue=180,
            )
        )
        self.addParameter(
            QgsProcessingParameterEnum(
                "SOURCE", tr("Where to search"), options=list(SOURCES), defaultValue="AUTO", usesStaticStrings=True
            )
        )
        self.addParameter(
            QgsProcessingParameterEnum(
                "CRISM_PRODUCTS",
                tr("Which CRISM products (MTRDR are maps; TER and TRDR are in the sensor's own geometry)"),
                options=list(PRODUCT_TYPES),
                allowMultiple=True,
                defaultValue="MTRDR",
                optional=True,
                usesStaticStrings=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterFeatureSink("OUTPUT", tr("Footprints"), QgsProcessing.SourceType.TypeVectorPolygon)
        )
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Number of products found")))
        self.addOutput(QgsProcessingOutputString("NOTES", tr("Which sources answered, and why others did not")))

    def work(self, parameters, context, progress) -> dict[str, Any]:
        from ..planet import crs
        from ..planet.time import parse_mars_years, parse_solar_longitude
        from ..workflows.search import find_observations
        from . import observations

        query = Query(
            area=area_of(self, parameters, context, progress),
            instruments=tuple(self.parameterAsEnumStrings(parameters, "INSTRUMENT", context)),
            season=Season(
                mars_years=parse_mars_years(self.parameterAsString(parameters, "MARS_YEARS", context)),
                solar_longitude=parse_solar_longitude(self.parameterAsString(parameters, "SOLAR_LONGITUDE", context)),
                start=self._time(parameters, "START", context),
                end=self._time(parameters, "END", context),
            ),
            max_incidence=(
                self.parameterAsDouble(parameters, "MAX_INCIDENCE", context)
                if parameters.get("MAX_INCIDENCE") is not None
                else None
            ),
            source=self.parameterAsEnumString(parameters, "SOURCE", context),
            product_types=tuple(self.parameterAsEnumStrings(parameters, "CRISM_PRODUCTS", context)),
        )
        found = find_observations(query, self.settings(), progress)
        reference = vector_crs(parameters, "OUTPUT", crs.geographic_wkt())
        sink, identifier = self.make_sink(
            parameters, "OUTPUT", context, observations.fields(), QgsWkbTypes.Type.MultiPolygon, reference
        )
        for observation in found.observations:
            self.add_row(sink, observations.to_feature(observation), parameters, "OUTPUT")
        del sink
        return {"OUTPUT": identifier, "COUNT": len(found.observations), "NOTES": "\n".join(found.notes)}

    def _time(self, parameters, name, context):
        """UTC; a time without a zone is UTC, so text is read by us (QGIS would take it as local time)."""
        from ..planet.time import parse_utc
        from . import observations

        value = parameters.get(name)
        if value in (None, ""):
            return None
        if isinstance(value, str):
            return parse_utc(value)
        # What QGIS's widget gives has no zone of its own: its clock reading is taken as UTC.
        return observations.from_qdatetime(self.parameterAsDateTime(parameters, name, context))
