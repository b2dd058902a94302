"""``analoguematrix``: how near is each candidate region to each target region? A table, quartiles and a report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..common.errors import InputError
from .analogue_inputs import (
    POLYGONS,
    ImageAlgorithm,
    body_of_image,
    embedding_parameters,
    file_output,
    image_source,
    named_areas,
    number_parameter,
)
from .fetch_observations import optional_number
from .words import tr


class AnalogueMatrix(ImageAlgorithm):
    ID = "analoguematrix"
    LABEL = "Matrix of analogues"
    GROUP = "Analogues"
    IMAGES = ("TARGET_IMAGE", "CANDIDATE_IMAGE")
    HEAVY = True

    def initAlgorithm(self, configuration=None) -> None:
        raster, folder = QgsProcessingParameterRasterLayer, QgsProcessingParameterFile.Behavior.Folder
        file, csv = QgsProcessingParameterFileDestination, tr("CSV files (*.csv)")
        for parameter in (
            QgsProcessingParameterFile(
                "TARGETS", tr("Targets: a folder with one sub-folder of chips a region"), behavior=folder, optional=True
            ),
            QgsProcessingParameterFeatureSource(
                "TARGET_AREAS", tr("or targets: polygons over an image"), POLYGONS, optional=True
            ),
            raster("TARGET_IMAGE", tr("The image under the targets' polygons"), optional=True),
            QgsProcessingParameterFile(
                "CANDIDATES", tr("Candidates: a folder of the same kind"), behavior=folder, optional=True
            ),
            QgsProcessingParameterFeatureSource(
                "CANDIDATE_AREAS", tr("or candidates: polygons over an image"), POLYGONS, optional=True
            ),
            raster("CANDIDATE_IMAGE", tr("The image under the candidates' polygons"), optional=True),
            QgsProcessingParameterString(
                "REGION_FIELD", tr("Field of the polygons with the regions' names"), optional=True
            ),
            *embedding_parameters(),
            number_parameter("CHIP_SIZE", tr("Edge of a chip of ground, in metres (empty: chosen)"), 0.0),
            number_parameter("PER_REGION", tr("Sub-areas of each region"), 1, 10, whole=True, most=1000),
            number_parameter("TARGET_PIXEL_SIZE", tr("Metres a pixel of a target image that has no CRS"), 0.0),
            number_parameter("CANDIDATE_PIXEL_SIZE", tr("Metres a pixel of a candidate image that has no CRS"), 0.0),
            number_parameter("SEED", tr("Seed of the sub-areas' places"), 0, 1, whole=True),
            file("MATRIX", tr("Matrix"), csv),
            file("QUARTILES", tr("Quartiles of each region"), csv, optional=True, createByDefault=False),
            file("REPORT", tr("Report"), tr("HTML files (*.html)"), optional=True, createByDefault=True),
        ):
            self.addParameter(parameter)
        for name, label in (
            ("ROW_COUNT", tr("Number of candidate regions")),
            ("COLUMN_COUNT", tr("Number of targets")),
            ("DIAGONAL_WINS", tr("Pairs that are the nearest of their row and of their column")),
            ("DIAGONAL_COUNT", tr("Pairs that belong together")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, label))
        self.addOutput(QgsProcessingOutputString("SUMMARY", tr("What the matrix says")))
        self.addOutput(QgsProcessingOutputString("DEVICE_USED", tr("Device that ran")))

    def work(self, parameters, context, progress) -> dict[str, Any]:
        from ..workflows.analogue_jobs import MatrixJob
        from ..workflows.analogue_matrix import matrix_of

        job = MatrixJob(
            targets=self._regions(parameters, context, progress, "TARGET"),
            candidates=self._regions(parameters, context, progress, "CANDIDATE"),
            matrix=_csv(self.parameterAsFileOutput(parameters, "MATRIX", context)),
            model=self.parameterAsString(parameters, "MODEL", context),
            device=self.device(parameters, context),
            chip_size=optional_number(parameters, "CHIP_SIZE", float),
            per_region=self.parameterAsInt(parameters, "PER_REGION", context),
            seed=self.parameterAsInt(parameters, "SEED", context),
            quartiles=file_output(self, parameters, "QUARTILES", context),
            report=file_output(self, parameters, "REPORT", context),
        )
        made = matrix_of(job, self.settings(), progress)
        return {
            "MATRIX": made.matrix,
            "QUARTILES": made.quartiles,
            "REPORT": made.report,
            "ROW_COUNT": len(made.rows),
            "COLUMN_COUNT": len(made.columns),
            "DIAGONAL_WINS": made.diagonal_wins,
            "DIAGONAL_COUNT": made.diagonal_count,
            "SUMMARY": made.summary,
            "DEVICE_USED": made.device,
        }

    def _regions(self, parameters, context, progress, side: str) -> Any:
        """TARGET's or CANDIDATE's regions: a folder, or polygons over an image. Raises InputError."""
        from ..workflows.analogue_jobs import FolderRegions, ImageRegions

        folder, areas, image = f"{side}S", f"{side}_AREAS", f"{side}_IMAGE"
        given = [name for name in (folder, areas, image) if parameters.get(name) not in (None, "")]
        if given == [folder]:
            return FolderRegions(Path(self.parameterAsFile(parameters, folder, context)))
        if given != [areas, image]:
            raise InputError(
                tr("It is not clear where the regions of {side} are.").format(side=folder),
                tr("Give {folder} alone, or {areas} together with {image}.").format(
                    folder=folder, areas=areas, image=image
                ),
            )
        source = image_source(self, parameters, image, context)
        pixel_size = optional_number(parameters, f"{side}_PIXEL_SIZE", float)
        body = body_of_image(source, pixel_size)
        if not body:
            raise InputError(
                tr("{name} has no CRS: polygons have no place on it.").format(name=image),
                tr("Assign its CRS, or cut its chips into a folder."),
            )
        field = self.parameterAsString(parameters, "REGION_FIELD", context)
        regions = named_areas(self, parameters, areas, context, progress, body, field)
        return ImageRegions(source, tuple(regions), pixel_size)


def _csv(path: str) -> Path:
    """The output with its ending: QGIS names temporary ones "file"."""
    return Path(path) if path.lower().endswith(".csv") else Path(f"{path}.csv")
