"""An image's overview on the map, before the image is fetched: a few megabytes of some hundred."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import QObject

from ...common.errors import MarscdError
from ...processing.stored import current_settings
from .. import layers
from ..jobs import Job
from ..page import DockContext
from ..words import tr

ROLE = "overview"


class Overviews(QObject):
    """One at a time for each image; what is on the map already comes to the front."""

    def __init__(self, context: DockContext, results: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._results = context, results
        self._jobs: dict[str, Job] = {}

    def show(self, product_id: str) -> None:
        """Bring the overview and add it as a layer."""
        one = self._results.observation(product_id)
        if one is None or product_id in self._jobs or layers.ours(ROLE, product_id):
            return
        try:
            folder = self._context.state.need_folder().root / "overviews"
        except MarscdError as error:
            self._context.messages.error(error)
            return

        def work(progress: Any) -> Path:
            from ...workflows.preview import bring_preview

            return bring_preview(one, folder, current_settings(), progress)

        title = tr("Overview of {product}").format(product=product_id)
        self._jobs[product_id] = job = self._context.jobs.background(title, work, hidden=False)
        self._context.messages.hint(tr("The overview of {product} is on its way.").format(product=product_id))
        job.succeeded.connect(lambda path: self._add(product_id, path))
        job.failed.connect(lambda why: self._context.messages.failure(why))
        job.ended.connect(lambda: self._jobs.pop(product_id, None))

    def release(self) -> None:
        """Stop what is on its way."""
        for job in list(self._jobs.values()):
            job.cancel()

    def _add(self, product_id: str, path: Path) -> None:
        layer = QgsRasterLayer(str(path), tr("Overview of {product}").format(product=product_id), "gdal")
        if not layer.isValid():
            self._context.messages.failure(tr("{path} cannot be opened as a layer.").format(path=path))
            return
        group = layers.group("MarsCD")
        layers.add(layer, group, ROLE, product_id, index=len(group.children()))
