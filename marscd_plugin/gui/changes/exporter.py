"""Saving what the results panel lists: asks for a name, never replaces silently, works in the background."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QFileDialog

from ..page import DockContext
from ..state import ComparedPair
from ..words import tr
from . import export
from .results import ResultsPanel


class Exporter(QObject):
    """Exports of the shown pair; what the table's filter hides is left out."""

    def __init__(self, context: DockContext, panel: ResultsPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._panel = context, panel

    def start(self, kind: str, pair: ComparedPair | None) -> None:
        """Ask for a name, and save: ``gpkg``, ``geojson``, ``fgb``, ``csv`` or ``mask``."""
        if pair is None:
            return
        name = pair.folder.name + ("_mask" if kind == "mask" else "_changes") + export.ENDINGS[kind]
        asked = self.ask_path(str(pair.folder.parent.parent / name), export.filters(kind))
        if not asked:
            return
        target = Path(asked)
        if target.suffix.lower() != export.ENDINGS[kind]:
            target = target.with_name(target.name + export.ENDINGS[kind])
            # The dialog asked about the name without its ending.
            if target.exists():
                self._context.messages.failure(
                    tr("{path} is there already.").format(path=target), tr("Choose another name.")
                )
                return
        if target.resolve() in (p.resolve() for p in (pair.polygons, pair.mask, pair.probability)):
            self._context.messages.failure(
                tr("{path} is the result itself.").format(path=target), tr("Choose another name.")
            )
            return
        fids = self._panel.shown_fids()
        chosen = None if fids is None else frozenset(fids)

        def work(progress) -> int:
            if kind == "mask":
                return export.copy_raster(pair.mask, target, progress)
            write = export.export_table if kind == "csv" else export.export_polygons
            return write(pair.polygons, target, chosen, progress)

        def saved(count: int) -> None:
            if kind == "mask":
                text = tr("Saved {path}.").format(path=target)
            else:
                text = tr("Saved {count} changes in {path}.").format(count=f"{count:,}", path=target)
            self._context.messages.news(text)
            if export.warning(kind):
                self._context.messages.warn(export.warning(kind))

        job = self._context.jobs.background(tr("Save {path}").format(path=target.name), work, hidden=False)
        job.succeeded.connect(saved)
        job.failed.connect(lambda message: self._context.messages.failure(message))

    def ask_path(self, start: str, kinds: str) -> str:
        """A file name; the dialog itself asks before one that exists is replaced."""
        path, _ = QFileDialog.getSaveFileName(self._panel, tr("Save as"), start, kinds)
        return path
