"""A series' epochs as layers of the project: one group, time order, one stretch, dated."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsLayerTreeGroup, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...common.words import Epoch, Series
from .. import layers as tree
from ..words import tr
from . import stretch, temporal
from .naming import epoch_words

ROLE = "epoch"


class SeriesLayers(QObject):
    """Keeps the layers of one series. Layers that a reopened project holds already are taken over, not doubled."""

    #: All epochs stand in the project.
    ready = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._series: Series | None = None
        self._stretches: stretch.Stretches | None = None
        self._waiting: list[tuple[Epoch, tuple]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)

    def show(self, series: Series, stretches: stretch.Stretches) -> None:
        """Bring the series into the project, an epoch each turn of the event loop, so that the window stays awake."""
        self._series, self._stretches = series, stretches
        spans = temporal.spans([e.time for e in series.epochs])
        self._drop_others({e.product_id for e in series.epochs})
        self._waiting = list(zip(series.epochs, spans, strict=True))
        self._timer.start()

    def stop(self) -> None:
        """Add no more."""
        self._timer.stop()
        self._waiting = []

    @staticmethod
    def drop(folder: Path) -> None:
        """Take away the layers of the series in this folder: their files are then closed."""
        inside = (folder / "epochs").resolve()
        tree.remove([layer for layer in tree.ours(ROLE) if _file(layer).parent == inside])

    def layer(self, product_id: str) -> QgsRasterLayer | None:
        """The layer of an epoch of this series, or None."""
        if self._series is None:
            return None
        try:
            return _there(self._series.epoch(product_id))
        except KeyError:
            return None

    @property
    def all(self) -> list[QgsRasterLayer]:
        """The layers that stand in the project, in time order."""
        found = [self.layer(e.product_id) for e in (self._series.epochs if self._series else ())]
        return [layer for layer in found if layer is not None]

    def set_same_stretch(self, same: bool) -> None:
        """One stretch for all epochs, or each its own."""
        for layer in self.all:
            stretch.show(layer, same)

    @property
    def same_stretch(self) -> bool:
        layers = self.all
        return not layers or layers[0].customProperty(stretch.SHOWN, "common") == "common"

    def show_only(self, product_id: str) -> None:
        """Tick this epoch and untick its siblings."""
        self._tick({product_id})

    def show_all(self) -> None:
        """Tick all epochs: the time slider chooses among them."""
        self._tick(None)

    def _tick(self, wanted: set[str] | None) -> None:
        root = QgsProject.instance().layerTreeRoot()
        for layer in self.all:
            node = root.findLayer(layer.id())
            if node is not None:
                shown = wanted is None or layer.customProperty(tree.KEY) in wanted
                node.setItemVisibilityChecked(shown)
                if shown and node.parent() is not None:
                    node.parent().setItemVisibilityCheckedParentRecursive(True)

    def _next(self) -> None:
        series, stretches = self._series, self._stretches
        if not self._waiting or series is None or stretches is None:
            self._timer.stop()
            return
        same = self.same_stretch
        epoch, span = self._waiting.pop(0)
        layer = _there(epoch)
        if layer is None:
            layer = _open(epoch)
            if layer.isValid():
                tree.add(layer, _group(series), ROLE, epoch.product_id, _place(series, epoch))
                _collapse(layer)
        else:
            # The file may have been made anew below an open layer.
            layer.dataProvider().reloadData()
        if layer.isValid():
            stretch.keep(layer, stretches.common, stretches.own[epoch.product_id])
            stretch.show(layer, same)
            temporal.date_layer(layer, span)
        if not self._waiting:
            self._timer.stop()
            temporal.date_project([e.time for e in series.epochs])
            self.ready.emit()

    def _drop_others(self, wanted: set[str]) -> None:
        """Take away layers of this folder whose epoch is no longer in the series."""
        assert self._series is not None
        folder = (self._series.folder / "epochs").resolve()
        tree.remove(
            layer
            for layer in tree.ours(ROLE)
            if _file(layer).parent == folder and layer.customProperty(tree.KEY) not in wanted
        )


def group_name(series: Series) -> str:
    """After the job's folder: the series' own is always called ``series``."""
    folder = series.folder.resolve()
    name = folder.parent.name if folder.name == "series" and folder.parent.name else folder.name
    return tr("Series {name}").format(name=name)


def _group(series: Series) -> QgsLayerTreeGroup:
    """Where this series' layers stand: also where the user has moved or renamed the group."""
    root = QgsProject.instance().layerTreeRoot()
    for epoch in series.epochs:
        layer = _there(epoch)
        node = root.findLayer(layer.id()) if layer is not None else None
        if node is not None and isinstance(node.parent(), QgsLayerTreeGroup):
            return node.parent()
    return tree.group("MarsCD", group_name(series))


def _place(series: Series, epoch: Epoch) -> int:
    """Index in the group: after the earlier epochs that stand there."""
    group = _group(series)
    earlier = {e.product_id for e in series.epochs[: series.epochs.index(epoch)]}
    children = group.children()
    places = [
        i for i, c in enumerate(children)
        if hasattr(c, "layer") and c.layer() is not None and c.layer().customProperty(tree.KEY) in earlier
    ]  # fmt: skip
    return max(places) + 1 if places else 0


def _there(epoch: Epoch) -> QgsRasterLayer | None:
    path = epoch.raster.resolve()
    return next((layer for layer in tree.ours(ROLE, epoch.product_id) if _file(layer) == path), None)


def _file(layer) -> Path:
    return Path(layer.source().split("|")[0]).resolve()


def _open(epoch: Epoch) -> QgsRasterLayer:
    """A layer without QGIS's own look at the data: opening takes milliseconds, and the stretch is ours."""
    options = QgsRasterLayer.LayerOptions(False)
    options.skipCrsValidation = True
    return QgsRasterLayer(str(epoch.raster), epoch_words(epoch), "gdal", options)


def _collapse(layer: QgsRasterLayer) -> None:
    node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
    if node is not None:
        node.setExpanded(False)
