"""An image from a file or an address becomes a layer of the project; a worker opens it, for a network may be slow."""

from __future__ import annotations

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal

from ...common.errors import InputError
from ...common.progress import Progress
from .. import layers
from ..page import DockContext
from ..words import tr
from .images import IMAGE_ROLE, body_of_crs, name_of_source


class ImageAdder(QObject):
    """One image at a time."""

    #: The id of the layer that was added.
    added = pyqtSignal(str)
    #: It ended, one way or the other.
    ended = pyqtSignal()

    def __init__(self, context: DockContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context

    def add(self, source: str) -> None:
        """Open ``source`` in the background and put it into the project."""
        there = next((i for i, m in QgsProject.instance().mapLayers().items() if m.source() == source), None)
        if there is not None:
            self.added.emit(there)
            self.ended.emit()
            return
        job = self._context.jobs.background(tr("Open an image"), lambda progress: open_layer(source, progress))
        job.succeeded.connect(self._opened)
        job.failed.connect(lambda message: self._context.messages.failure(message))
        job.ended.connect(self.ended.emit)

    def _opened(self, layer: QgsRasterLayer) -> None:
        crs = layer.crs()
        # Met again here: QGIS ties a CRS to the thread that met it first (see gui.first_crs).
        if crs.isValid():
            layer.setCrs(QgsCoordinateReferenceSystem.fromWkt(crs.toWkt(crs.WktVariant.WKT2_2019)))
        group = layers.group("MarsCD", tr("Images"), at_top=False)
        layers.add(layer, group, IMAGE_ROLE, layer.source(), index=len(group.children()))
        node = group.findLayer(layer.id())
        if node is not None:
            node.setExpanded(False)
            # QGIS would draw another body's coordinates where the same numbers lie on this one.
            here = body_of_crs(self._context.canvas.mapSettings().destinationCrs())
            node.setItemVisibilityChecked(body_of_crs(layer.crs()) == here)
        self.added.emit(layer.id())


def open_layer(source: str, progress: Progress) -> QgsRasterLayer:
    """The layer of a file or address, handed to the main thread. For a worker. Raises InputError."""
    options = QgsRasterLayer.LayerOptions(True)
    options.skipCrsValidation = True
    layer = QgsRasterLayer(source, name_of_source(source), "gdal", options)
    if not layer.isValid():
        raise InputError(
            tr("{source} cannot be opened as an image.").format(source=source),
            tr("Check the name. A web address must be that of the file itself, such as one that ends in .tif."),
        )
    layer.moveToThread(QCoreApplication.instance().thread())
    return layer
