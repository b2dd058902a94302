"""The basemap: offline layers, and online tiles through GDAL's real WMS driver from a server on this computer."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
from osgeo import gdal
from qgis.core import QgsMapRendererSequentialJob, QgsMapSettings, QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

from marscd_plugin.common.errors import ArchiveError
from marscd_plugin.common.settings import Settings
from marscd_plugin.gui import layers
from marscd_plugin.gui.mars import tiles
from marscd_plugin.gui.mars.basemap import GRATICULE, PLACES, ROLE, WORLD, Basemap
from marscd_plugin.gui.mars.files import STEPS, degrees_east, degrees_north, need_files
from marscd_plugin.gui.mars.project import MapKind, crs_of, start_mars_project

sys.path.insert(0, str(Path(__file__).parent / "window"))
from tile_server import TileServer


@pytest.fixture
def server():
    made = TileServer()
    yield made
    made.close()


@pytest.fixture
def trek(server, monkeypatch, own_settings):
    monkeypatch.setenv("MARSCD_BASEMAP_URL", server.url)
    monkeypatch.setenv("MARSCD_ALLOW_LOOPBACK", "1")
    return server


class _Bridge:
    """The part of QGIS's layer tree bridge that is used, as pytest-qgis has none."""

    def __init__(self) -> None:
        self.automatic, self.calls = True, []

    def autoSetupOnFirstLayer(self):
        return self.automatic

    def setAutoSetupOnFirstLayer(self, on):
        self.automatic = on

    def setCanvasLayers(self):
        self.calls.append(self.automatic)


@pytest.fixture
def basemap(context):
    bridge = _Bridge()
    context.iface._mock_methods["layerTreeCanvasBridge"] = lambda: bridge
    made = Basemap(context.iface, context.jobs)
    made.lines = []
    made.said.connect(made.lines.append)
    made.bridge = bridge
    yield made
    made.release()
    layers.remove(layers.ours(ROLE))


def _render(layer, kind, box, size=80):
    wanted = QgsMapSettings()
    wanted.setLayers([layer])
    wanted.setDestinationCrs(crs_of(kind))
    wanted.setExtent(QgsRectangle(*box))
    wanted.setOutputSize(QSize(size, size))
    wanted.setBackgroundColor(QColor("white"))
    job = QgsMapRendererSequentialJob(wanted)
    job.start()
    job.waitForFinished()
    return job.renderedImage()


def _settings(server, tmp_path, **more):
    return Settings(basemap_url=server.url, cache_dir=str(tmp_path), **{"allow_loopback": True, **more})


def test_tiles_lie_where_mars_is(server, tmp_path):
    path = tiles.write_map(tiles.by_key("viking"), _settings(server, tmp_path))
    data = gdal.Open(str(path))
    assert server.asked == [], "opening asks for nothing"
    left, step, _, top, _, _ = data.GetGeoTransform()
    assert (left, top + step * -1) == pytest.approx((-180, 90), abs=0.02)
    assert data.GetSpatialRef().GetAuthorityCode(None) == "49900"
    # One pixel at 90 W and one at 90 E, on the equator.
    for column, red in ((data.RasterXSize // 4, True), (data.RasterXSize * 3 // 4, False)):
        pixel = data.ReadRaster(column, data.RasterYSize // 2, 1, 1)
        assert (pixel[0] > 150) is red and (pixel[2] > 150) is not red
    assert all("/7/" in path for path in server.asked), "the finest level, at full resolution"


def test_tiles_are_kept_on_disk(server, tmp_path):
    path = tiles.write_map(tiles.by_key("viking"), _settings(server, tmp_path))
    gdal.Open(str(path)).ReadRaster(0, 0, 8, 8)
    asked = len(server.asked)
    assert asked
    gdal.Open(str(path)).ReadRaster(0, 0, 8, 8)
    assert len(server.asked) == asked
    server.close()
    assert gdal.Open(str(path)).ReadRaster(0, 0, 8, 8)[0] > 150, "also without the network"


def test_probe(server, tmp_path):
    chosen = tiles.by_key("mola")
    tiles.probe(chosen, _settings(server, tmp_path))
    assert len(server.asked) == 1
    for status in (404, 503, 403):
        server.status = status
        with pytest.raises(ArchiveError):
            tiles.probe(chosen, _settings(server, tmp_path))
    server.close()
    with pytest.raises(ArchiveError):
        tiles.probe(chosen, _settings(server, tmp_path))


def test_this_computer_is_asked_only_on_request(server, tmp_path):
    with pytest.raises(ArchiveError, match="this computer"):
        tiles.probe(tiles.by_key("viking"), _settings(server, tmp_path, allow_loopback=False))
    assert server.asked == []


@pytest.mark.parametrize("key", [t.key for t in tiles.ALL])
def test_all_descriptions_open(tmp_path, key):
    """Also the USGS WMS, which is never asked here; an address with & is still XML."""
    data = gdal.OpenEx(
        tiles.description(tiles.by_key(key), Settings(basemap_url="https://example.org/a?b=1&c=2"), tmp_path),
        allowed_drivers=["WMS"],
    )
    assert data is not None and data.RasterCount == 3
    assert data.GetSpatialRef().GetAuthorityCode(None) == "49900"
    left, step, _, top, _, down = data.GetGeoTransform()
    assert (left, top) == (-180, 90)
    assert (left + step * data.RasterXSize, top + down * data.RasterYSize) == pytest.approx((180, -90))


def test_an_online_map_comes(trek, basemap, context, wait):
    assert start_mars_project(context.iface)
    basemap.add()
    wait(lambda: len(layers.ours(ROLE)) == 4 and not context.jobs.running)
    viking = layers.ours(ROLE, "viking")[0]
    assert viking.isValid() and viking.crs().authid() == "IAU_2015:49900"
    names = [n.layer().customProperty(layers.KEY) for n in QgsProject.instance().layerTreeRoot().findLayers()]
    assert names == [PLACES, GRATICULE, "viking", WORLD] or names == [GRATICULE, PLACES, "viking", WORLD]
    assert "Viking" in basemap.lines[-1]
    # On its own map, and on a polar one (where a raster that reaches the other pole is not drawn).
    image = _render(viking, MapKind.GLOBE, (-100, -10, -80, 10))
    assert image.pixelColor(40, 40).red() > 150
    image = _render(viking, MapKind.NORTH, (-1e6, -1e6, 1e6, 1e6))
    west, east = image.pixelColor(10, 40), image.pixelColor(70, 40)
    assert west.red() > 150 and east.blue() > 150
    assert Path(viking.source()).name == "viking.vrt"
    # A view of the pole has all longitudes: it must not ask for a thousand tiles.
    QgsProject.instance().setCrs(crs_of(MapKind.NORTH), False)
    asked = len(trek.asked)
    image = _render(viking, MapKind.NORTH, (-2e5, -2e5, 2e5, 2e5), 700)
    assert image.pixelColor(90, 350).red() > 150 and image.pixelColor(610, 350).blue() > 150
    assert 0 < len(trek.asked) - asked < 100
    QgsProject.instance().setCrs(crs_of(MapKind.GLOBE), False)
    assert Path(viking.source()).name == "viking.vrt" and viking.isValid()
    # Again adds nothing twice.
    basemap.add()
    wait(lambda: not context.jobs.running)
    assert len(layers.ours(ROLE)) == 4
    assert basemap.bridge.automatic and set(basemap.bridge.calls) == {False}


def test_without_a_network_one_line(trek, basemap, context, wait):
    trek.close()
    basemap.add()
    wait(lambda: len(layers.ours(ROLE)) == 3 and not context.jobs.running)
    assert [line for line in basemap.lines if "offline basemap used" in line] == basemap.lines[1:]
    assert not context.messages.items()
    for layer in layers.ours(ROLE):
        assert layer.isValid() and layer.crs().authid() == "IAU_2015:49900"


def test_a_slow_service_does_not_stop_the_window(trek, basemap, context, wait, qgis_app):
    trek.wait = 1.5
    basemap.add_online("viking")
    worst, last = 0.0, time.monotonic()
    until = last + 1.2
    while time.monotonic() < until:
        qgis_app.processEvents()
        now = time.monotonic()
        worst, last = max(worst, now - last), now
    assert context.jobs.running, "the answer is still to come"
    assert worst < 1.0, "the event loop went on"
    wait(lambda: not context.jobs.running)
    assert layers.ours(ROLE, "viking")


@pytest.mark.parametrize("kind", [MapKind.GLOBE, MapKind.NORTH, MapKind.SOUTH])
def test_the_offline_picture_is_drawn_on_every_map(basemap, qgis_new_project, kind):
    basemap._add_world()
    box = (-50, -50, 50, 50) if kind is MapKind.GLOBE else (-1.5e6, -1.5e6, 1.5e6, 1.5e6)
    image = _render(layers.ours(ROLE, WORLD)[0], kind, box)
    white = sum(image.pixelColor(x, y) == QColor("white") for x in range(0, 80, 4) for y in range(0, 80, 4))
    assert white < 40, "at most the seam at 180 shows"


def test_the_offline_picture_has_its_left_edge_at_180(basemap, qgis_new_project):
    """Olympus Mons and Syrtis Major: the dark plain is at 70 E, not at 110 W."""
    basemap._add_world()
    layer = layers.ours(ROLE, WORLD)[0]
    dark, light = _render(layer, MapKind.GLOBE, (66, 6, 74, 14)), _render(layer, MapKind.GLOBE, (-114, 6, -106, 14))
    assert dark.pixelColor(40, 40).lightness() + 20 < light.pixelColor(40, 40).lightness()


def test_files_are_made_once_and_hold_every_step(tmp_path, qgis_app):
    graticule, named = need_files(str(tmp_path))
    stamp = graticule.stat().st_mtime_ns
    assert need_files(str(tmp_path)) == (graticule, named) and graticule.stat().st_mtime_ns == stamp
    from qgis.core import QgsVectorLayer

    lines = QgsVectorLayer(str(graticule), "lines", "ogr")
    assert lines.uniqueValues(lines.fields().lookupField("step")) == set(STEPS)
    # 30-degree meridians: 12; parallels: -60 to 60.
    assert sum(1 for f in lines.getFeatures() if f["step"] == 30.0) == 12 + 5
    assert QgsVectorLayer(str(named), "places", "ogr").featureCount() > 1900


def test_degrees_in_words():
    assert degrees_east(-157.7) == "202.3° E" and degrees_east(360) == "0° E" and degrees_east(-1e-9) == "0° E"
    assert degrees_north(-41.6) == "41.6° S" and degrees_north(0) == "0°"


def test_the_picture_is_cheap_at_the_scale_of_a_hirise_image(qgis_app):
    """QGIS's own bilinear resampler would draw tens of thousands of pixels round the view: gigabytes."""
    from qgis.core import Qgis, QgsRasterLayer

    from marscd_plugin.__about__ import resource
    from marscd_plugin.gui.mars.styles import style_picture

    layer = QgsRasterLayer(str(next(resource("basemaps").glob("*.tif"))), "picture")
    style_picture(layer)
    assert layer.resamplingStage() == Qgis.RasterResamplingStage.Provider
    assert layer.dataProvider().isProviderResamplingEnabled()
