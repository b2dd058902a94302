"""``analoguesimilarity``: where does an image look like the targets? A distance raster, ranked places and a report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
)

from ..common.errors import InputError
from .analogue_inputs import (
    POLYGONS,
    ImageAlgorithm,
    area_over,
    body_of_image,
    embedding_parameters,
    file_output,
    image_source,
    image_sources,
    named_areas,
    number_parameter,
)
from .analogue_styles import style_distance
from .fetch_observations import optional_number
from .styles import style
from .words import mark, tr

#: The paper's four targets, static, in the order of analogue.paper_targets.
PAPER = ("YARDANGS", "LINEAR_DUNES", "BARCHANS", "POLYGONS")
NUMBERS = {
    "BEST_DISTANCE": mark("Distance of the best match"),
    "BEST_PERCENTILE": mark("Share of random places as near as the best match, percent"),
    "MATCH_COUNT": mark("Number of matches"),
    "WEAK_COUNT": mark("Number of weak matches"),
    "CHIP_COUNT": mark("Number of places looked at"),
    "TARGET_COUNT": mark("Number of targets"),
}


class AnalogueSimilarity(ImageAlgorithm):
    ID = "analoguesimilarity"
    LABEL = "Find analogues"
    GROUP = "Analogues"
    IMAGES = ("TARGETS", "TARGET_IMAGE", "SEARCH")
    HEAVY = True

    def initAlgorithm(self, configuration=None) -> None:
        raster = QgsProcessingParameterRasterLayer
        for parameter in (
            QgsProcessingParameterMultipleLayers(
                "TARGETS",
                tr("Targets: images of what is looked for"),
                QgsProcessing.SourceType.TypeRaster,
                optional=True,
            ),
            QgsProcessingParameterFeatureSource(
                "TARGET_AREAS", tr("or targets: polygons over an image"), POLYGONS, optional=True
            ),
            raster("TARGET_IMAGE", tr("The image under the polygons"), optional=True),
            QgsProcessingParameterString(
                "NAME_FIELD", tr("Field with the targets' names (empty: name, where there is one)"), optional=True
            ),
            QgsProcessingParameterEnum(
                "PAPER_TARGET",
                tr("or targets of Meng et al. on Mars, over that image"),
                options=list(PAPER),
                allowMultiple=True,
                optional=True,
                usesStaticStrings=True,
            ),
            number_parameter("TARGET_SIZE", tr("Edge of those targets, in metres"), 1.0, 10_000.0),
            raster("SEARCH", tr("Image to search (of any body: file, tile layer, or address)")),
            QgsProcessingParameterFeatureSource(
                "AREA", tr("Search only in these polygons (or in an extent)"), POLYGONS, optional=True
            ),
            QgsProcessingParameterExtent("EXTENT", tr("Search only in this extent"), optional=True),
            *embedding_parameters(),
            number_parameter("CHIP_SIZE", tr("Edge of a chip of ground, in metres (empty: by the targets)"), 0.0),
            number_parameter("STEP", tr("Step between chips, in metres (empty: half a chip)"), 0.0),
            number_parameter("COUNT", tr("Number of matches"), 1, 50, whole=True, most=10_000),
            number_parameter("PIXEL_SIZE", tr("Metres a pixel of an image to search that has no CRS"), 0.0),
            number_parameter("TARGET_PIXEL_SIZE", tr("Metres a pixel of a target image that has no CRS"), 0.0),
            number_parameter("SEED", tr("Seed of the random places that matches are judged by"), 0, 1, whole=True),
            QgsProcessingParameterRasterDestination("DISTANCE", tr("Distance")),
            QgsProcessingParameterVectorDestination(
                "MATCHES", tr("Matches"), QgsProcessing.SourceType.TypeVectorPoint
            ),
            QgsProcessingParameterFileDestination(
                "REPORT", tr("Report"), tr("HTML files (*.html)"), optional=True, createByDefault=True
            ),
            QgsProcessingParameterFolderDestination(
                "INDEX", tr("Index, kept for further searches (empty: beside the matches)"), optional=True,
                createByDefault=False,
            ),
        ):  # fmt: skip
            self.addParameter(parameter)
        add_outputs(self)

    def work(self, parameters, context, progress) -> dict[str, Any]:
        from ..workflows.analogue_jobs import SimilarityJob
        from ..workflows.analogues import find_analogues

        search = image_source(self, parameters, "SEARCH", context)
        if not search:
            raise InputError(tr("No SEARCH is given."), tr("Choose the image to search."))
        pixel_size = optional_number(parameters, "PIXEL_SIZE", float)
        target_pixel_size = optional_number(parameters, "TARGET_PIXEL_SIZE", float)
        job = SimilarityJob(
            targets=self._targets(parameters, context, progress, target_pixel_size),
            search=search,
            matches=Path(self.parameterAsOutputLayer(parameters, "MATCHES", context)),
            model=self.parameterAsString(parameters, "MODEL", context),
            device=self.device(parameters, context),
            chip_size=optional_number(parameters, "CHIP_SIZE", float),
            step=optional_number(parameters, "STEP", float),
            area=self._area(parameters, context, progress, search, pixel_size),
            distance=Path(self.parameterAsOutputLayer(parameters, "DISTANCE", context)),
            report=file_output(self, parameters, "REPORT", context),
            index=file_output(self, parameters, "INDEX", context),
            count=self.parameterAsInt(parameters, "COUNT", context),
            pixel_size=pixel_size,
            target_pixel_size=target_pixel_size,
            seed=self.parameterAsInt(parameters, "SEED", context),
        )
        return results_of(find_analogues(job, self.settings(), progress))

    def _area(self, parameters, context, progress, search: str, pixel_size: float | None):
        if all(parameters.get(name) in (None, "") for name in ("AREA", "EXTENT")):
            return None
        return area_over(self, parameters, context, progress, body_of_image(search, pixel_size))

    def _targets(self, parameters, context, progress, pixel_size: float | None) -> tuple[Any, ...]:
        """The targets, by exactly one of the three ways. Raises InputError."""
        from ..workflows.analogue_jobs import Target

        ways = [n for n in ("TARGETS", "TARGET_AREAS", "PAPER_TARGET") if parameters.get(n) not in (None, "", [])]
        if len(ways) != 1:
            raise InputError(
                tr("{names} are given together.").format(names=", ".join(ways)) if ways else tr("No target is given."),
                tr("Give exactly one: TARGETS (images), TARGET_AREAS (polygons over TARGET_IMAGE), or PAPER_TARGET."),
            )
        image = image_source(self, parameters, "TARGET_IMAGE", context)
        if ways == ["TARGETS"]:
            if image:
                raise InputError(
                    tr("TARGETS and TARGET_IMAGE are given together."),
                    tr("TARGET_IMAGE goes with TARGET_AREAS or PAPER_TARGET."),
                )
            sources = image_sources(self, parameters, "TARGETS", context)
            return tuple(Target(name, source) for name, source in zip(_unlike(sources), sources, strict=True))
        if not image:
            raise InputError(
                tr("{name} is given without TARGET_IMAGE.").format(name=ways[0]),
                tr("Choose the image that the targets lie on."),
            )
        body = body_of_image(image, pixel_size)
        if ways == ["PAPER_TARGET"]:
            return self._of_the_paper(parameters, context, image, body)
        if not body:
            raise InputError(
                tr("TARGET_IMAGE has no CRS: polygons have no place on it."),
                tr("Assign its CRS, or give the image as TARGETS."),
            )
        field = self.parameterAsString(parameters, "NAME_FIELD", context)
        areas = named_areas(self, parameters, "TARGET_AREAS", context, progress, body, field)
        return tuple(Target(name, image, area) for name, area in areas)

    def _of_the_paper(self, parameters, context, image: str, body: str) -> tuple[Any, ...]:
        from ..analogue.paper_targets import PAPER_TARGETS, target_area
        from ..workflows.analogue_jobs import Target

        if body != "Mars":
            raise InputError(
                tr("The paper's targets lie on Mars, TARGET_IMAGE on {body}.").format(body=body or tr("no body")),
                tr("Choose a mosaic of Mars."),
            )
        names = dict(zip(PAPER, (str(t.name) for t in PAPER_TARGETS), strict=True))
        chosen = self.parameterAsEnumStrings(parameters, "PAPER_TARGET", context)
        size = self.parameterAsDouble(parameters, "TARGET_SIZE", context)
        return tuple(Target(names[word], image, target_area(names[word], size)) for word in chosen)


def add_outputs(algorithm) -> None:
    """The numbers and texts that a search and a second round tell."""
    for name, label in NUMBERS.items():
        algorithm.addOutput(QgsProcessingOutputNumber(name, tr(label)))
    algorithm.addOutput(QgsProcessingOutputString("SUMMARY", tr("What the best match means")))
    algorithm.addOutput(QgsProcessingOutputString("DEVICE_USED", tr("Device that ran")))
    algorithm.addOutput(QgsProcessingOutputFile("SURFACE", tr("Picture of the distances as a surface")))
    algorithm.addOutput(QgsProcessingOutputFile("SHEET", tr("Picture of the best pairs side by side")))


def results_of(found) -> dict[str, Any]:
    """A SimilarityResult as outputs; its layers are given their looks."""
    if found.distance is not None:
        style_distance(found.distance)
    style(found.matches, "analogue_matches")
    return {
        "DISTANCE": found.distance,
        "MATCHES": found.matches,
        "REPORT": found.report,
        "INDEX": found.index,
        "SURFACE": found.surface,
        "SHEET": found.sheet,
        "BEST_DISTANCE": found.best_distance,
        "BEST_PERCENTILE": found.best_percentile,
        "MATCH_COUNT": found.match_count,
        "WEAK_COUNT": found.weak_count,
        "CHIP_COUNT": found.chips,
        "TARGET_COUNT": len(found.targets),
        "SUMMARY": found.summary,
        "DEVICE_USED": found.device,
    }


def _unlike(sources: list[str]) -> list[str]:
    """A name for each image: its file's, made unlike the others'."""
    names: list[str] = []
    for source in sources:
        plain = Path(source.split("?")[0].rstrip("/")).stem[:60] or "target"
        name, number = plain, 2
        while name in names:
            name, number = f"{plain} {number}", number + 1
        names.append(name)
    return names
