"""``buildchipdataset``: regions of images cut into chips, one sub-folder a region, with a manifest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
)

from ..common.errors import InputError
from .analogue_inputs import POLYGONS, ImageAlgorithm, body_of_image, feature_areas, image_sources, number_parameter
from .fetch_observations import optional_number
from .words import tr

#: Static, as workflows.chips.
GROUPS, FORMATS = ("AUTO", "IMAGE", "PLACE"), ("BYTE", "FLOAT")


class BuildChipDataset(ImageAlgorithm):
    ID = "buildchipdataset"
    LABEL = "Build a data set of chips"
    GROUP = "Analogues"
    IMAGES = ("IMAGES",)
    HEAVY = True

    def initAlgorithm(self, configuration=None) -> None:
        text = QgsProcessingParameterString
        for parameter in (
            QgsProcessingParameterMultipleLayers("IMAGES", tr("Images"), QgsProcessing.SourceType.TypeRaster),
            QgsProcessingParameterFeatureSource(
                "AREAS", tr("Regions: polygons over the images (empty: each image is one)"), POLYGONS, optional=True
            ),
            text("REGION_FIELD", tr("Field with the regions' names"), optional=True),
            text("GROUP_FIELD", tr("Field that says which polygons belong together (observation or place)"),
                 optional=True),
            QgsProcessingParameterEnum(
                "GROUP_BY",
                tr("Without that field, chips belong together by"),
                options=list(GROUPS),
                defaultValue="AUTO",
                usesStaticStrings=True,
            ),
            number_parameter("CHIP_SIZE", tr("Edge of a chip of ground, in metres"), 0.0, 1000.0),
            number_parameter("CHIP_PX", tr("Pixels along the edge of a chip"), 16, 100, whole=True, most=1024),
            number_parameter("PER_REGION", tr("Chips of each polygon in each image"), 1, 10, whole=True, most=1000),
            number_parameter(
                "COPIES", tr("Chips made of one (1: only itself; 10: the paper's augmentation)"), 1, 1, whole=True,
                most=50,
            ),
            number_parameter("SEED", tr("Seed of places and copies"), 0, 1, whole=True),
            QgsProcessingParameterEnum(
                "FORMAT", tr("Pixels"), options=list(FORMATS), defaultValue="BYTE", usesStaticStrings=True
            ),
            number_parameter("PIXEL_SIZE", tr("Metres a pixel of images that have no CRS"), 0.0),
            QgsProcessingParameterFolderDestination("FOLDER", tr("Folder of the data set")),
        ):  # fmt: skip
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputFile("MANIFEST", tr("Manifest")))
        for name, label in (
            ("CHIP_COUNT", tr("Number of chips")),
            ("COPY_COUNT", tr("Of them made of others")),
            ("REGION_COUNT", tr("Number of regions")),
            ("GROUP_COUNT", tr("Fewest groups of a region")),
            ("LEFT_OUT", tr("Chips without data or texture")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, label))

    def work(self, parameters, context, progress) -> dict[str, Any]:
        from ..workflows.chips import ChipsJob, build_chips

        images = image_sources(self, parameters, "IMAGES", context)
        if not images:
            raise InputError(tr("No image is given."), tr("Choose the images to cut chips from."))
        pixel_size = optional_number(parameters, "PIXEL_SIZE", float)
        job = ChipsJob(
            images=tuple(images),
            folder=Path(self.parameterAsString(parameters, "FOLDER", context)),
            chip_size=self.parameterAsDouble(parameters, "CHIP_SIZE", context),
            regions=self._regions(parameters, context, progress, images, pixel_size),
            chip_px=self.parameterAsInt(parameters, "CHIP_PX", context),
            per_region=self.parameterAsInt(parameters, "PER_REGION", context),
            copies=self.parameterAsInt(parameters, "COPIES", context),
            seed=self.parameterAsInt(parameters, "SEED", context),
            group_by=self.parameterAsEnumString(parameters, "GROUP_BY", context),
            form=self.parameterAsEnumString(parameters, "FORMAT", context),
            pixel_size=pixel_size,
        )
        made = build_chips(job, self.settings(), progress)
        for name, count in made.counts.items():
            progress.report(
                1.0,
                tr("{name}: {chips} chips in {groups} groups").format(name=name, chips=count, groups=made.groups[name]),
            )
        return {
            "FOLDER": made.folder,
            "MANIFEST": made.manifest,
            "CHIP_COUNT": made.chips,
            "COPY_COUNT": made.augmented,
            "REGION_COUNT": len(made.counts),
            "GROUP_COUNT": min(made.groups.values()),
            "LEFT_OUT": made.left_out,
        }

    def _regions(self, parameters, context, progress, images: list[str], pixel_size: float | None) -> tuple[Any, ...]:
        """The polygons, on the body that they and one of the images lie on. Raises InputError."""
        from ..planet import crs
        from ..workflows.chips import Region

        if parameters.get("AREAS") in (None, ""):
            for name in ("REGION_FIELD", "GROUP_FIELD"):
                if self.parameterAsString(parameters, name, context):
                    raise InputError(
                        tr("{name} is given without AREAS.").format(name=name), tr("Give the polygons that it names.")
                    )
            return ()
        bodies = [body_of_image(image, pixel_size) for image in images]
        known = [body for body in bodies if body]
        if not known:
            raise InputError(
                tr("No image has a CRS: polygons have no place on them."),
                tr("Assign their CRS, or leave AREAS out: each image is a region then."),
            )
        source = self.parameterAsSource(parameters, "AREAS", context)
        found = crs.body_of(source.sourceCrs().toWkt()) if source is not None and source.sourceCrs().isValid() else None
        body = found if found in known else known[0]
        fields = [self.parameterAsString(parameters, name, context) for name in ("REGION_FIELD", "GROUP_FIELD")]
        return tuple(
            Region(name, area, group)
            for name, group, area in feature_areas(self, parameters, "AREAS", context, progress, body, *fields)
        )
