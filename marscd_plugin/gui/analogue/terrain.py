"""The distance as the ground of QGIS's 3D view: what looks like the target lies deep."""

from __future__ import annotations

from qgis.core import Qgis, QgsProject, QgsRasterDemTerrainProvider, QgsRasterLayer

from ..words import tr

#: The surface's relief, as a share of its width.
_RELIEF = 0.2


def as_terrain(layer: QgsRasterLayer) -> str:
    """Set the project's terrain to a distance; returns what to do next, or why it cannot be."""
    project = QgsProject.instance()
    if layer.crs().isValid() and project.crs().celestialBodyName() != layer.crs().celestialBodyName():
        return tr("QGIS's 3D view shows the map's body only, and this distance lies on another: see the picture.")
    if project.crs().isGeographic():
        return tr(
            "QGIS's 3D view wants a map in metres: choose the map True to scale here in the step Area first. Or see "
            "the picture of the surface."
        )
    stats = layer.dataProvider().bandStatistics(1, Qgis.RasterBandStatistic.All, layer.extent(), 250_000)
    span = max(stats.maximumValue - stats.minimumValue, 1e-6)
    scale = _RELIEF * max(layer.extent().width(), layer.extent().height()) / span
    provider = QgsRasterDemTerrainProvider()
    provider.setLayer(layer)
    provider.setScale(scale)
    provider.setOffset(-stats.minimumValue * scale)
    project.elevationProperties().setTerrainProvider(provider)
    properties = layer.elevationProperties()
    properties.setEnabled(True)
    properties.setZScale(scale)
    return tr(
        "The project's terrain is the distance now. Open View > 3D Map Views > New 3D Map View. Project > Properties > "
        "Terrain sets it back."
    )
