"""``ranklandingsites``: candidate areas on Mars with likeness, slope, elevation and minerals in one ordered table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    NULL,
    Qgis,
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
)

from ..common.errors import InputError
from .analogue_inputs import NAME_FIELDS, VECTORS, ImageAlgorithm, crs_over, file_output, number_parameter
from .fetch_observations import optional_number
from .inputs import is_bodiless, polygons_of, raster_source, raster_sources
from .styles import style
from .words import tr

#: Metres: the edge of a site that is a point, where neither the layer nor the user says.
POINT_SIZE = 1000.0
MINERALS = ("HYDRATED", "POLYHYDRATED", "MONOHYDRATED", "GYPSUM")


class RankLandingSites(ImageAlgorithm):
    ID = "ranklandingsites"
    LABEL = "Rank landing sites"
    GROUP = "Analogues"
    IMAGES = ("CRISM",)
    HEAVY = True

    def initAlgorithm(self, configuration=None) -> None:
        for parameter in (
            QgsProcessingParameterFeatureSource(
                "MATCHES", tr("Candidate sites on Mars: matches, or any points or polygons"), VECTORS
            ),
            QgsProcessingParameterString(
                "NAME_FIELD", tr("Field with the sites' names (empty: name, where there is one)"), optional=True
            ),
            number_parameter(
                "SITE_SIZE", tr("Edge of a site that is a point, in metres (empty: the match's own)"), 0.0
            ),
            QgsProcessingParameterMultipleLayers(
                "CRISM",
                tr("CRISM cubes (.lbl of MTRDR) or rasters of spectral indices"),
                QgsProcessing.SourceType.TypeRaster,
                optional=True,
            ),
            QgsProcessingParameterRasterLayer("DTM", tr("Terrain model in metres"), optional=True),
            number_parameter("BASELINE", tr("Length that slopes are taken over, in metres (empty: 2 pixels)"), 0.0),
            number_parameter("MAX_SLOPE", tr("Ground steeper than this counts as steep, degrees"), 0.0, 15.0, most=90),
            number_parameter("MAX_ELEVATION", tr("Ground below this counts as low, metres"), -30_000.0, -1000.0),
            QgsProcessingParameterEnum(
                "MINERALS",
                tr("Minerals whose share of the ground counts in the order"),
                options=list(MINERALS),
                defaultValue="POLYHYDRATED",
                usesStaticStrings=True,
            ),
            number_parameter("DEPTH", tr("A spectral index above this counts as there"), 0.0, 0.02, most=1),
            number_parameter("WEIGHT_LIKENESS", tr("Weight of the likeness to the target"), 0.0, 1.0),
            number_parameter("WEIGHT_SLOPE", tr("Weight of the slope"), 0.0, 1.0),
            number_parameter("WEIGHT_ELEVATION", tr("Weight of the elevation"), 0.0, 1.0),
            number_parameter("WEIGHT_MINERALS", tr("Weight of the minerals"), 0.0, 1.0),
            number_parameter(
                "MIN_COVERAGE", tr("A source counts where it covers this share of a site, 0 to 1"), 0.0, 0.5, most=1
            ),
            QgsProcessingParameterVectorDestination(
                "OUTPUT", tr("Ranked sites"), QgsProcessing.SourceType.TypeVectorPolygon
            ),
            QgsProcessingParameterFileDestination(
                "TABLE", tr("Table"), tr("CSV files (*.csv)"), optional=True, createByDefault=True
            ),
            QgsProcessingParameterFileDestination(
                "REPORT", tr("Report"), tr("HTML files (*.html)"), optional=True, createByDefault=True
            ),
        ):
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputNumber("SITE_COUNT", tr("Number of sites")))
        self.addOutput(QgsProcessingOutputNumber("WITH_TERRAIN", tr("Sites that the terrain model covers")))
        self.addOutput(QgsProcessingOutputNumber("WITH_MINERALS", tr("Sites that CRISM covers")))
        self.addOutput(QgsProcessingOutputNumber("BASELINE_USED", tr("Length that slopes were taken over, metres")))
        self.addOutput(QgsProcessingOutputString("BEST_SITE", tr("First site of the order")))

    def work(self, parameters, context, progress) -> dict[str, Any]:
        from ..workflows.landing import LandingJob, rank_sites
        from ..workflows.landing_order import Weights

        def number(name: str) -> float:
            return self.parameterAsDouble(parameters, name, context)

        job = LandingJob(
            sites=tuple(self._sites(parameters, context, progress)),
            output=Path(self.parameterAsOutputLayer(parameters, "OUTPUT", context)),
            table=file_output(self, parameters, "TABLE", context),
            report=file_output(self, parameters, "REPORT", context),
            minerals=tuple(raster_sources(self, parameters, "CRISM", context)),
            dtm=raster_source(self, parameters, "DTM", context),
            baseline=optional_number(parameters, "BASELINE", float) or None,
            steep=number("MAX_SLOPE"),
            low=number("MAX_ELEVATION"),
            depth=number("DEPTH"),
            mineral=self.parameterAsEnumString(parameters, "MINERALS", context),
            weights=Weights(
                number("WEIGHT_LIKENESS"), number("WEIGHT_SLOPE"), number("WEIGHT_ELEVATION"), number("WEIGHT_MINERALS")
            ),
            least_coverage=number("MIN_COVERAGE"),
        )
        ranked = rank_sites(job, progress)
        style(ranked.output, "landing_sites")
        best = ranked.rows[0]
        return {
            "OUTPUT": ranked.output,
            "TABLE": ranked.table,
            "REPORT": ranked.report,
            "SITE_COUNT": len(ranked.rows),
            "WITH_TERRAIN": ranked.with_terrain,
            "WITH_MINERALS": ranked.with_minerals,
            "BASELINE_USED": ranked.baseline,
            "BEST_SITE": best.site.name if best.place.score is not None else None,
        }

    def _sites(self, parameters, context, progress) -> list[Any]:
        """A site for each feature; what was rejected is left out. Raises InputError."""
        from ..workflows.landing import Site

        source = self.parameterAsSource(parameters, "MATCHES", context)
        if source is None:
            raise InputError(
                tr("MATCHES {layer} cannot be opened as a layer.").format(layer=parameters["MATCHES"]),
                tr("Check the path."),
            )
        bodiless = is_bodiless(source, parameters["MATCHES"], context)
        wkt = crs_over(source.sourceCrs(), "MATCHES", progress, "Mars", bodiless)
        named = self._name_field(source, self.parameterAsString(parameters, "NAME_FIELD", context))
        size = optional_number(parameters, "SITE_SIZE", float) or None
        sites, rejected = [], 0
        for count, feature in enumerate(source.getFeatures(), 1):
            row = _Row(feature)
            if row.text("verdict").lower() == "rejected":
                rejected += 1
                continue
            area, place = _ground(feature.geometry(), wkt, size or row.number("size_m") or POINT_SIZE)
            rank = row.number("rank")
            name = row.text(named) if named else ""
            if not name:
                name = (
                    tr("match {rank}").format(rank=int(rank))
                    if rank is not None
                    else tr("site {number}").format(number=count)
                )
            weak = row.number("weak")
            sites.append(
                Site(
                    name, area, row.number("distance"), row.number("percentile"), None if weak is None else bool(weak),
                    row.text("target"), None if rank is None else int(rank), row.text("reason"), place,
                )
            )  # fmt: skip
        if rejected:
            progress.report(0.0, tr("{count} rejected matches are left out.").format(count=rejected))
        return sites

    def _name_field(self, source, asked: str) -> str:
        names = [f.name() for f in source.fields()]
        if asked and asked not in names:
            raise InputError(
                tr("{name} has no field {field}.").format(name="MATCHES", field=asked),
                tr("Choose one of: {fields}.").format(fields=", ".join(names) or "-"),
            )
        # A match's target names what it looks like, not the place.
        wanted = [n for n in NAME_FIELDS if n not in ("target", "id")]
        return asked or next((n for w in wanted for n in names if n.lower() == w), "")


class _Row:
    """A feature's values by name, whichever it has; null and unreadable ones are None."""

    def __init__(self, feature) -> None:
        self._feature = feature
        self._names = set(feature.fields().names())

    def text(self, name: str) -> str:
        value = self._feature[name] if name in self._names else NULL
        return "" if value in (None, NULL) else str(value).strip()

    def number(self, name: str) -> float | None:
        text = self.text(name)
        try:
            value = float({"true": "1", "false": "0"}.get(text.lower(), text)) if text else None
        except ValueError:
            return None
        return value if value is None or value == value else None


def _ground(shape, wkt: str, size: float):
    """(area, place) on Mars: a polygon and None, or a square of ``size`` metres, north up, about a point."""
    from ..analogue.regions import square
    from ..planet import crs, geometry
    from ..planet.bodies import MARS

    if shape.isEmpty():
        raise InputError(tr("A site has no geometry."), tr("Remove it, or draw it."))
    rings = list(polygons_of(shape, wkt, "Mars")) if shape.type() == Qgis.GeometryType.Polygon else []
    if rings:
        return geometry.area_from_polygons(rings, "Mars"), None
    middle = shape.centroid().asPoint()
    lon, lat = crs.transformer(wkt, crs.geographic_wkt("Mars")).points([middle.x()], [middle.y()])
    place = (float(lon[0]) + 180.0) % 360.0 - 180.0, float(lat[0])
    return square(*place, size, "Mars", MARS.radius), place
