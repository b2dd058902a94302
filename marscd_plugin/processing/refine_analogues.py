"""``refineanalogues``: more like this, not like this: another round over a kept index, in moments."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    NULL,
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
)

from ..common.errors import InputError
from .analogue_inputs import ImageAlgorithm, file_output, image_source, number_parameter, numbers_in
from .analogue_similarity import add_outputs, results_of
from .words import tr


class RefineAnalogues(ImageAlgorithm):
    ID = "refineanalogues"
    LABEL = "Refine analogues"
    GROUP = "Analogues"
    IMAGES = ("SEARCH",)

    def initAlgorithm(self, configuration=None) -> None:
        for parameter in (
            QgsProcessingParameterFile(
                "INDEX",
                tr("Index that the search kept"),
                behavior=QgsProcessingParameterFile.Behavior.Folder,
            ),
            QgsProcessingParameterFeatureSource(
                "VERDICTS",
                tr("Matches that were judged (field verdict: accepted or rejected)"),
                [QgsProcessing.SourceType.TypeVectorPoint],
                optional=True,
            ),
            QgsProcessingParameterString(
                "ACCEPTED", tr("More like these (numbers of the field index: 3,17)"), optional=True
            ),
            QgsProcessingParameterString("REJECTED", tr("Not like these (numbers: 5)"), optional=True),
            QgsProcessingParameterFile(
                "OF",
                tr("Matches of the search that is refined (empty: those judged, else the latest of the index)"),
                optional=True,
            ),
            QgsProcessingParameterBoolean(
                "EARLIER", tr("What earlier rounds accepted and rejected counts too"), defaultValue=True
            ),
            number_parameter("COUNT", tr("Number of matches"), 1, 50, whole=True, most=10_000),
            QgsProcessingParameterRasterLayer(
                "SEARCH", tr("The searched image, where it lies elsewhere now"), optional=True
            ),
            QgsProcessingParameterRasterDestination("DISTANCE", tr("Distance"), optional=True, createByDefault=True),
            QgsProcessingParameterVectorDestination(
                "MATCHES", tr("Matches"), QgsProcessing.SourceType.TypeVectorPoint
            ),
            QgsProcessingParameterFileDestination(
                "REPORT", tr("Report"), tr("HTML files (*.html)"), optional=True, createByDefault=True
            ),
        ):  # fmt: skip
            self.addParameter(parameter)
        add_outputs(self)
        self.addOutput(QgsProcessingOutputNumber("ACCEPTED_COUNT", tr("Number of accepted places")))
        self.addOutput(QgsProcessingOutputNumber("REJECTED_COUNT", tr("Number of rejected places")))

    def work(self, parameters, context, progress) -> dict[str, Any]:
        from ..workflows.analogue_jobs import RefineJob
        from ..workflows.analogues import refine_analogues

        accepted = numbers_in(self.parameterAsString(parameters, "ACCEPTED", context), "ACCEPTED")
        rejected = numbers_in(self.parameterAsString(parameters, "REJECTED", context), "REJECTED")
        if parameters.get("VERDICTS") not in (None, ""):
            yes, no = self._verdicts(parameters, context)
            accepted, rejected = (*accepted, *yes), (*rejected, *no)
        distance = None
        if parameters.get("DISTANCE"):
            distance = Path(self.parameterAsOutputLayer(parameters, "DISTANCE", context))
        job = RefineJob(
            index=Path(self.parameterAsFile(parameters, "INDEX", context)),
            matches=Path(self.parameterAsOutputLayer(parameters, "MATCHES", context)),
            accepted=tuple(dict.fromkeys(accepted)),
            rejected=tuple(dict.fromkeys(rejected)),
            distance=distance,
            report=file_output(self, parameters, "REPORT", context),
            count=self.parameterAsInt(parameters, "COUNT", context),
            earlier=self.parameterAsBool(parameters, "EARLIER", context),
            search=image_source(self, parameters, "SEARCH", context),
            of=self._refined(parameters, context),
        )
        found = refine_analogues(job, self.settings(), progress)
        return results_of(found) | {"ACCEPTED_COUNT": len(found.accepted), "REJECTED_COUNT": len(found.rejected)}

    def _refined(self, parameters, context) -> Path | None:
        """The MATCHES file that is refined: OF, or the file of VERDICTS where it is one that a search wrote."""
        if told := self.parameterAsFile(parameters, "OF", context):
            return Path(told)
        value = parameters.get("VERDICTS")
        if value in (None, ""):
            return None
        layer = self.parameterAsVectorLayer(parameters, "VERDICTS", context)
        place = Path((layer.source() if layer is not None else str(value)).split("|")[0])
        written = place.with_name(place.name + ".provenance.json") if place.name else place
        return place if place.is_file() and written.is_file() else None

    def _verdicts(self, parameters, context) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """What a layer of matches says. Raises InputError where it cannot say it."""
        from ..analogue.matches import verdicts_of

        source = self.parameterAsSource(parameters, "VERDICTS", context)
        if source is None:
            raise InputError(
                tr("VERDICTS {layer} cannot be opened as a point layer.").format(layer=parameters["VERDICTS"]),
                tr("Check the path."),
            )
        if not {"index", "verdict"} <= {f.name() for f in source.fields()}:
            raise InputError(
                tr("VERDICTS {layer} has no fields index and verdict.").format(layer=source.sourceName()),
                tr("Give the MATCHES layer that analoguesimilarity wrote."),
            )
        rows = [
            {name: None if feature[name] == NULL else feature[name] for name in ("index", "verdict")}
            for feature in source.getFeatures()
        ]
        return verdicts_of(rows)
