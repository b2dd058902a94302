"""``updateindex``: the offline index of HiRISE and CTX, built or brought up to date."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingOutputFolder,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)

from .base import MarscdAlgorithm
from .words import tr

#: CRISM's archive has no one table of all its products.
INDEXED = ["HIRISE", "CTX"]


class UpdateIndex(MarscdAlgorithm):
    ID = "updateindex"
    LABEL = "Update the offline index"
    GROUP = "Time series"

    def initAlgorithm(self, configuration=None) -> None:
        self.addParameter(
            QgsProcessingParameterEnum(
                "INSTRUMENT",
                tr("Instruments"),
                options=INDEXED,
                allowMultiple=True,
                defaultValue="HIRISE",
                usesStaticStrings=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterString(
                "URL", tr("Address of the table (empty: the archive's own; for one instrument)"), optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterFile(
                "TABLE",
                tr("A table brought by hand (RDRCUMINDEX.TAB or cumindex.tab; no network is used)"),
                optional=True,
            )
        )
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Products in the index")))
        self.addOutput(QgsProcessingOutputNumber("SKIPPED", tr("Rows left out")))
        self.addOutput(QgsProcessingOutputNumber("UPDATED", tr("Indexes that are new")))
        self.addOutput(QgsProcessingOutputFolder("FOLDER", tr("Folder of the index")))

    def work(self, parameters, context, progress) -> dict[str, Any]:
        from ..common.errors import InputError
        from ..common.progress import parts
        from ..workflows.index import update_index

        instruments = self.parameterAsEnumStrings(parameters, "INSTRUMENT", context)
        url = self.parameterAsString(parameters, "URL", context).strip()
        table = self.parameterAsFile(parameters, "TABLE", context)
        if not instruments:
            raise InputError(tr("No instrument is chosen."), tr("Choose HIRISE, CTX or both."))
        if (url or table) and len(instruments) > 1:
            raise InputError(
                tr("URL and TABLE are of one instrument, and {count} are chosen.").format(count=len(instruments)),
                tr("Update one after the other."),
            )
        if url and table:
            raise InputError(tr("Both URL and TABLE are given."), tr("Give one of them."))
        settings = self.settings()
        done = [
            update_index(instrument, settings, part, url, table)
            for instrument, part in zip(instruments, parts(progress, *[1.0] * len(instruments)), strict=True)
        ]
        return {
            "COUNT": sum(one.state.rows for one in done),
            "SKIPPED": sum(one.state.skipped for one in done),
            "UPDATED": sum(one.changed for one in done),
            "FOLDER": str(done[0].state.path.parent),
        }
