"""The basemap: a picture of the whole planet, a graticule and named places that need no network, and online maps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsLayerTreeGroup, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...__about__ import resource
from ...processing.stored import current_settings
from .. import layers
from ..words import tr
from . import tiles
from .files import need_files
from .online_watch import OnlineWatch
from .project import MapKind, kind_of
from .styles import style_graticule, style_picture, style_places

ROLE = "basemap"
#: Keys of the layers that need no network; those of ``tiles`` are the others.
WORLD, GRATICULE, PLACES = "world", "graticule", "places"


class Basemap(QObject):
    """Adds the basemap's layers; what may take time is done by ``jobs``."""

    #: One line on how it stands, for the page.
    said = pyqtSignal(str)

    def __init__(self, iface: Any, jobs: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._iface, self._jobs = iface, jobs
        self._asking: set[str] = set()
        self._watch = OnlineWatch(iface.mapCanvas(), iface.messageBar(), ROLE, self)
        self._watch.lost.connect(self._lost)
        QgsProject.instance().crsChanged.connect(self._fit_map)

    def release(self) -> None:
        """Stop listening; the layers stay."""
        QgsProject.instance().crsChanged.disconnect(self._fit_map)
        self._watch.release()

    def add(self, online: str = "viking") -> None:
        """Everything that is not there yet: the offline layers, and the online map of that key if it answers."""
        self.add_offline()
        self.add_online(online)

    def add_offline(self) -> None:
        """The layers that need no network, where they are not there yet."""
        self._add_world()
        made = self._jobs.background(tr("Basemap"), lambda progress: need_files(current_settings().cache_dir))
        made.succeeded.connect(self._add_vectors)
        made.failed.connect(self.said)

    def add_online(self, key: str) -> None:
        """Add an online map once its service has answered; otherwise say in one line that the offline one is used."""
        if key in self._asking or layers.ours(ROLE, key):
            return
        chosen = tiles.by_key(key)

        def ask(progress: Any) -> Path:
            settings = current_settings()
            tiles.probe(chosen, settings)
            tiles.write_map(tiles.coarse(chosen), settings)
            return tiles.write_map(chosen, settings)

        self._asking.add(key)
        self.said.emit(tr("Asking for the online map ..."))
        job = self._jobs.background(tr("Online map"), ask)
        job.succeeded.connect(lambda path: self._add_tiles(chosen, path))
        job.failed.connect(lambda reason: self.said.emit(tr("The online map did not answer: offline basemap used.")))
        job.ended.connect(lambda: self._asking.discard(key))

    def _add_world(self) -> None:
        if layers.ours(ROLE, WORLD):
            return
        picture = QgsRasterLayer(str(resource("basemaps", "mars_viking_mdim21_2160.tif")), tr("Mars (offline)"), "gdal")
        if picture.isValid():
            _name_mars(picture)
            style_picture(picture)
            self._put(picture, WORLD, -1)

    def _add_vectors(self, files: tuple[Path, Path]) -> None:
        titles = {GRATICULE: tr("Longitude and latitude"), PLACES: tr("Named places")}
        styles = {GRATICULE: style_graticule, PLACES: style_places}
        for key, path in zip((GRATICULE, PLACES), files, strict=True):
            if layers.ours(ROLE, key):
                continue
            layer = QgsVectorLayer(str(path), titles[key], "ogr")
            if layer.isValid():
                _name_mars(layer)
                styles[key](layer)
                layer.setReadOnly(True)
                self._put(layer, key, 0)

    def _add_tiles(self, chosen: tiles.Tiles, path: Path) -> None:
        if layers.ours(ROLE, chosen.key):
            return
        layer = QgsRasterLayer(str(path), tr(chosen.title), "gdal")
        if not layer.isValid():
            self.said.emit(tr("The online map could not be opened: offline basemap used."))
            return
        _name_mars(layer)
        style_picture(layer)
        below = [i for i, child in enumerate(_group().children()) if _is_picture(child)]
        self._put(layer, chosen.key, below[0] if below else -1)
        self._fit_map()
        self.said.emit(tr("Online map: {name}.").format(name=tr(chosen.title)))

    def _fit_map(self) -> None:
        """Polar maps get the coarse form of the online maps, the others the whole one."""
        polar = kind_of(QgsProject.instance().crs()) in (MapKind.NORTH, MapKind.SOUTH)
        for one in tiles.ALL:
            for layer in layers.ours(ROLE, one.key):
                now = Path(layer.source())
                wanted = now.with_name(f"{(tiles.coarse(one) if polar else one).key}.vrt")
                if now != wanted and wanted.is_file():
                    layer.setDataSource(str(wanted), layer.name(), "gdal")
                    _name_mars(layer)

    def _lost(self, title: str) -> None:
        self.said.emit(
            tr("{name} stopped answering and was switched off: offline basemap used.").format(name=title)
            + " "
            + tr("Tick it again in QGIS's layer list when the network is back.")
        )

    def _put(self, layer: Any, key: str, index: int) -> None:
        """Into the project, without what QGIS does on a project's first layer: it would choose CRS, ellipsoid, view."""
        bridge = self._iface.layerTreeCanvasBridge()
        automatic = bridge.autoSetupOnFirstLayer()
        bridge.setAutoSetupOnFirstLayer(False)
        try:
            layers.add(layer, _group(), ROLE, key, index)
            _fold(layer)
            bridge.setCanvasLayers()
        finally:
            bridge.setAutoSetupOnFirstLayer(automatic)


def _group() -> QgsLayerTreeGroup:
    """The group that holds the basemap, at the bottom of the tree, wherever it was moved since."""
    root = QgsProject.instance().layerTreeRoot()
    for layer in layers.ours(ROLE):
        node = root.findLayer(layer.id())
        if node is not None and node.parent() is not root and isinstance(node.parent(), QgsLayerTreeGroup):
            return node.parent()
    return layers.group(tr("Mars map"), at_top=False)


def _is_picture(node: Any) -> bool:
    layer = node.layer() if hasattr(node, "layer") else None
    return isinstance(layer, QgsRasterLayer) and layer.customProperty(layers.ROLE) == ROLE


def _name_mars(layer: Any) -> None:
    """By its code, so that it is the project's own CRS to QGIS and nothing is reprojected."""
    layer.setCrs(QgsCoordinateReferenceSystem("IAU_2015:49900"))


def _fold(layer: Any) -> None:
    node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
    if node is not None:
        node.setExpanded(False)
