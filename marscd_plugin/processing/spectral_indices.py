"""``spectralindices``: band depths and other summary parameters of a CRISM cube, as raster layers."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
)

from ..common.errors import InputError
from ..common.files import write_text
from .base import MarscdAlgorithm, tr
from .inputs import raster_source

DEFAULT = ("BD1900_2", "BD2100_2", "BD2210_2", "D2300", "SINDEX2", "BD1750_2")


class SpectralIndices(MarscdAlgorithm):
    ID = "spectralindices"
    LABEL = "Spectral indices of minerals"
    GROUP = "Products"
    HEAVY = True

    def initAlgorithm(self, configuration=None) -> None:
        from ..products.spectra import INDICES

        self.addParameter(
            QgsProcessingParameterRasterLayer("INPUT", tr("Cube with wavelengths: raster, or a CRISM label (.lbl)"))
        )
        indices = QgsProcessingParameterEnum(
            "INDICES",
            tr("Indices"),
            options=list(INDICES),
            allowMultiple=True,
            defaultValue=list(DEFAULT),
            usesStaticStrings=True,
        )
        self.addParameter(indices)
        self.addParameter(QgsProcessingParameterRasterDestination("OUTPUT", tr("Indices, one band each")))
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "REPORT", tr("Statistics"), tr("JSON files (*.json)"), optional=True, createByDefault=False
            )
        )
        self.addOutput(QgsProcessingOutputNumber("INDEX_COUNT", tr("Number of indices")))

    def work(self, parameters, context, progress) -> dict[str, Any]:
        from ..products.index_raster import write_indices

        cube = raster_source(self, parameters, "INPUT", context)
        if not cube:
            raise InputError(tr("No INPUT is given."), tr("Choose a cube."))
        names = self.parameterAsEnumStrings(parameters, "INDICES", context)
        output = self.parameterAsOutputLayer(parameters, "OUTPUT", context)
        found = write_indices(cube, names, Path(output), progress)
        for one in found:
            shown = tr("no valid pixel")
            if one.p50 is not None:
                shown = tr("median {median:.4f}, 99 % below {high:.4f}").format(median=one.p50, high=one.p99)
            progress.report(1.0, f"{one.name} ({one.title}): {shown}")
        results: dict[str, Any] = {"OUTPUT": output, "INDEX_COUNT": len(found)}
        if parameters.get("REPORT"):
            report = Path(self.parameterAsFileOutput(parameters, "REPORT", context))
            text = json.dumps({"input": cube, "indices": [asdict(one) for one in found]}, indent=2, allow_nan=False)
            write_text(report, text + "\n")
            results["REPORT"] = str(report)
        return results
