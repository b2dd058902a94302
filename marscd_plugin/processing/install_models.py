"""``installmodels``: the models that the plugin repository does not carry, checked and put in their place."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingOutputFolder, QgsProcessingOutputNumber, QgsProcessingParameterFile

from .base import MarscdAlgorithm
from .words import tr


class InstallModels(MarscdAlgorithm):
    ID = "installmodels"
    LABEL = "Install models"
    GROUP = "Change"

    def initAlgorithm(self, configuration=None) -> None:
        self.addParameter(
            QgsProcessingParameterFile(
                "ARCHIVE",
                tr("marscd_models-<version>.zip (empty: fetched from the plugin's release)"),
                extension="zip",
                optional=True,
            )
        )
        self.addOutput(QgsProcessingOutputFolder("FOLDER", tr("Folder of the models")))
        self.addOutput(QgsProcessingOutputNumber("INSTALLED", tr("Number of models installed")))

    def work(self, parameters, context, progress) -> dict[str, Any]:
        from ..inference.install import install_models
        from ..inference.models import models_folder
        from ..workflows.models import fetch_and_install

        archive = self.parameterAsFile(parameters, "ARCHIVE", context)
        made = install_models(archive) if archive else fetch_and_install(self.settings(), progress)
        progress.report(
            1.0,
            tr("Installed into {folder}: {names}").format(
                folder=models_folder(), names=", ".join(path.stem for path in made)
            ),
        )
        return {"FOLDER": str(models_folder()), "INSTALLED": len(made)}
