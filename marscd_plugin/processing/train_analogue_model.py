"""``trainanaloguemodel``: a data set of chips teaches a network what looks alike; judged on held-out groups."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from .analogue_inputs import file_output, number_parameter
from .base import MarscdAlgorithm
from .fetch_observations import optional_number
from .train_change_model import onnx_path
from .words import mark, tr

#: Static, as workflows.analogue_training.
NETWORKS = ("PAPER", "EMBEDDING")
#: Output -> key of the results, and its label. Numbers are 0..1, null where nothing was held out.
NUMBERS = {
    "PAIR_ACCURACY": ("pair_accuracy", mark("Pair accuracy on the paper's own split of 9 to 1 (PAPER only)")),
    "HELD_OUT_PAIR_ACCURACY": ("held_pair_accuracy", mark("Pair accuracy on held-out groups")),
    "RECALL_1": ("recall_1", mark("Recall@1 on held-out groups")),
    "RECALL_5": ("recall_5", mark("Recall@5 on held-out groups")),
    "MAP": ("map", mark("Mean average precision on held-out groups")),
    "RECALL_1_BEFORE": ("recall_1_before", mark("Recall@1 of the bundled model on the same chips")),
    "RECALL_5_BEFORE": ("recall_5_before", mark("Recall@5 of the bundled model on the same chips")),
    "MAP_BEFORE": ("map_before", mark("Mean average precision of the bundled model on the same chips")),
    "CHANCE_1": ("chance_1", mark("Recall@1 of guessing")),
    "CHIPS": ("chips", mark("Chips in the data set")),
    "HELD_OUT_CHIPS": ("held_chips", mark("Chips that were held out")),
    "HELD_OUT_GROUPS": ("held_groups", mark("Groups that were held out")),
    "EPOCHS_DONE": ("epochs", mark("Epochs")),
}


class TrainAnalogueModel(MarscdAlgorithm):
    ID = "trainanaloguemodel"
    LABEL = "Teach an analogue model"
    GROUP = "Analogues"
    HEAVY = True

    def initAlgorithm(self, configuration=None) -> None:
        for parameter in (
            QgsProcessingParameterFile(
                "CHIPS",
                tr("Data set: a folder with one sub-folder of chips a region"),
                behavior=QgsProcessingParameterFile.Behavior.Folder,
            ),
            QgsProcessingParameterEnum(
                "NETWORK",
                tr("Network: that of Meng et al., or an embedding by metric learning"),
                options=list(NETWORKS),
                defaultValue="PAPER",
                usesStaticStrings=True,
            ),
            number_parameter("EPOCHS", tr("Epochs (empty: as many as the network's recipe has)"), 1, whole=True),
            number_parameter(
                "HELD_OUT", tr("Share of the groups kept for judging (0: none)"), 0.0, 0.2, most=0.6
            ),
            number_parameter(
                "SUB_AREAS", tr("Chips of a region and body that the paper's network learns from"), 1, 10, whole=True,
                most=1000,
            ),
            number_parameter("SEED", tr("Seed"), 0, 1, whole=True),
            QgsProcessingParameterFileDestination("OUTPUT", tr("New model"), tr("ONNX models (*.onnx)")),
            QgsProcessingParameterFileDestination(
                "REPORT", tr("Report"), tr("HTML files (*.html)"), optional=True, createByDefault=True
            ),
        ):  # fmt: skip
            self.addParameter(parameter)
        for name, (_, label) in NUMBERS.items():
            self.addOutput(QgsProcessingOutputNumber(name, tr(label)))
        self.addOutput(QgsProcessingOutputString("UNTESTED", tr("Regions of which nothing could be held out")))
        self.addOutput(QgsProcessingOutputString("MODEL_NAME", tr("The new model's name")))

    def work(self, parameters, context, progress) -> dict[str, Any]:
        from ..workflows.analogue_training import AnalogueTraining, train_analogue_model

        job = AnalogueTraining(
            chips=Path(self.parameterAsFile(parameters, "CHIPS", context)),
            output=onnx_path(self.parameterAsFileOutput(parameters, "OUTPUT", context)),
            report=file_output(self, parameters, "REPORT", context),
            network=self.parameterAsEnumString(parameters, "NETWORK", context),
            epochs=optional_number(parameters, "EPOCHS", int),
            seed=self.parameterAsInt(parameters, "SEED", context),
            held_out=self.parameterAsDouble(parameters, "HELD_OUT", context),
            sub_areas=self.parameterAsInt(parameters, "SUB_AREAS", context),
        )
        done = train_analogue_model(job, self.settings(), progress)
        return {
            "OUTPUT": str(job.output),
            "REPORT": str(job.report) if job.report else None,
            **{name: done.get(key) for name, (key, _) in NUMBERS.items()},
            "UNTESTED": ", ".join(done.get("untested") or []),
            "MODEL_NAME": done.get("name"),
        }
