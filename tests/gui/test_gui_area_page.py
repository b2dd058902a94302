"""The page as a whole, over a stand-in for QGIS's interface."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QPushButton

from marscd_plugin.common.errors import MissingPackageError
from marscd_plugin.gui import layers
from marscd_plugin.gui.area.page import AreaPage
from marscd_plugin.gui.mars import project as mars_project
from marscd_plugin.gui.mars import view
from marscd_plugin.gui.mars.basemap import Basemap
from marscd_plugin.gui.mars.project import MapKind, crs_of, set_map, start_mars_project
from marscd_plugin.planet import areas, geometry

GALE = geometry.area_from_circle(137.8, -5.4, 50_000)


class _Bridge:
    def autoSetupOnFirstLayer(self):
        return True

    def setAutoSetupOnFirstLayer(self, on):
        return None

    def setCanvasLayers(self):
        return None


@pytest.fixture
def page(context, monkeypatch, qgis_app):
    monkeypatch.setenv("MARSCD_BASEMAP_URL", "http://127.0.0.1:9/none")
    context.iface._mock_methods["layerTreeCanvasBridge"] = _Bridge
    context.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    QgsProject.instance().setDirty(False)
    made = AreaPage(context)
    made.resize(320, 640)
    made.show()
    made.shown()
    qgis_app.processEvents()
    yield made
    made.release()
    made.deleteLater()


def _on_mars(context):
    assert start_mars_project(context.iface)


def test_from_nothing_to_the_next_step(page, context, wait):
    assert page.map_box.start.isVisible() and not page._draw_row.isEnabled() and not page.next.isEnabled()
    page.map_box.start.click()
    project = QgsProject.instance()
    assert project.crs().authid() == "IAU_2015:49900" and project.ellipsoid() == mars_project.RIGHT
    assert not page.map_box.start.isVisible() and page._draw_row.isEnabled()
    wait(lambda: not context.jobs.running)
    assert {x.customProperty(layers.KEY) for x in layers.ours("basemap")} == {"world", "graticule", "places"}
    page.map_box.place.setText("Gale")
    page.map_box.go()
    middle = context.canvas.extent().center()
    assert (middle.x(), middle.y()) == pytest.approx((137.8, -5.4), abs=0.5)
    asked = []
    page.state.page_wanted.connect(asked.append)
    page.ways.place.setText("Gale")
    page.ways.way.setCurrentIndex(1)
    page.ways.use.click()
    assert page.state.area is not None and page.next.isEnabled()
    assert "km²" in page.result.size_line.text() and "Gale" in page.result.where_line.text()
    page.next.click()
    assert asked == ["find"]


def test_every_way(page, context, qgis_new_project):
    _on_mars(context)
    for index in range(page.ways.way.count()):
        page.ways.way.setCurrentIndex(index)
        assert page.ways.pages.currentIndex() == index
    page.ways.way.setCurrentIndex(2)
    for key, value in {"west": 170, "east": 190, "south": -5, "north": 5}.items():
        page.ways.sides[key].setValue(value)
    page.ways.use.click()
    assert geometry.bounds(page.state.area) == pytest.approx((170, -5, -170, 5))
    earth = QgsVectorLayer("Polygon?crs=EPSG:4326", "Earth's", "memory")
    QgsProject.instance().addMapLayer(earth)
    page.ways.way.setCurrentIndex(3)
    page.ways.layer.setLayer(earth)
    page.ways.use.click()
    assert [i.text() for i in context.messages.items() if "lies on Earth" in i.text()]
    assert geometry.bounds(page.state.area) == pytest.approx((170, -5, -170, 5)), "the area that was is still there"


def test_a_refusal_is_said_once_and_goes(page, context):
    _on_mars(context)
    for _ in range(3):
        page._drawn([(0, 0), (1, 1), (1, 0), (0, 1)])
    assert len([i for i in context.messages.items() if "sides cross" in i.text()]) == 1
    page._drawn([(0, 0), (1, 0), (1, 1)])
    assert not context.messages.items() and page.state.area is not None


def test_the_outline_follows_the_map(page, context):
    _on_mars(context)
    page.state.set_area(geometry.area_from_circle(0, 89, 200_000))
    flat = page.band.shape().boundingBox()
    assert flat.width() == pytest.approx(360, abs=1e-6)
    set_map(context.iface, MapKind.NORTH)
    round_pole = page.band.shape().boundingBox()
    assert round_pole.width() == pytest.approx(400_000, rel=0.01)
    bands = [i for i in context.canvas.scene().items() if isinstance(i, QgsRubberBand) and i.numberOfVertices()]
    assert len(bands) == 1
    page.band.set_visible(False)
    assert not [i for i in context.canvas.scene().items() if isinstance(i, QgsRubberBand) and i.numberOfVertices()]
    page.band.set_visible(True)
    context.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    assert page.band.shape().isEmpty(), "not on Earth"


@pytest.mark.parametrize("kind", [MapKind.GLOBE, MapKind.NORTH, MapKind.LOCAL])
@pytest.mark.parametrize("lon, lat", [(137.8, -5.4), (180.0, 3.0), (30.0, 80.0)])
def test_zoom_shows_all_of_it(page, context, kind, lon, lat):
    _on_mars(context)
    page.state.set_area(geometry.area_from_circle(lon, lat, 60_000))
    context.canvas.setExtent(page.band.shape().boundingBox())
    set_map(context.iface, kind, (lon, lat))
    page.zoom_to_area()
    shown = context.canvas.extent()
    outline = page.band.shape()
    if kind is MapKind.GLOBE and lon == 180.0:
        # Either of the map's two edges.
        assert abs(shown.center().x()) == pytest.approx(180, abs=0.1) and 2 < shown.width() < 20
    else:
        assert shown.contains(outline.boundingBox())
        assert shown.height() < 6 * max(outline.boundingBox().height(), outline.boundingBox().width())


def test_an_area_across_180_is_seen_whole(page, context):
    _on_mars(context)
    page.state.set_area(geometry.area_from_extent(170, -5, 190, 12))
    outline = page.band.shape()
    for middle in (-180.0, 180.0):
        seen = outline.intersection(QgsGeometry.fromRect(QgsRectangle(middle - 12, -6, middle + 12, 13)))
        assert seen.area() == pytest.approx(20 * 17)
    page.zoom_to_area()
    middle = context.canvas.extent().center().x()
    assert context.canvas.extent().contains(QgsRectangle(middle - 10, -5, middle + 10, 12))


def test_maps_keep_the_place(page, context, wait):
    _on_mars(context)
    page.map_box.place.setText("202.3 E 72 N")
    page.map_box.go()
    for kind in (MapKind.LOCAL, MapKind.NORTH, MapKind.GLOBE):
        page.map_box.set_kind(kind)
        wait(lambda kind=kind: page.map_box.kind.currentData() is kind)
        lon, lat, _ = view.seen(context.canvas)
        assert (lon % 360, lat) == pytest.approx((202.3, 72), abs=0.2), kind
        assert page.map_box.kind.currentData() is kind


def test_the_polar_map_is_offered_near_a_pole(page, context):
    _on_mars(context)
    page.map_box.place.setText("Korolev")
    page.map_box.go()
    assert page.map_box._polar_row.isVisible()
    page.map_box._go_polar()
    assert QgsProject.instance().crs().authid() == "IAU_2015:49930" and not page.map_box._polar_row.isVisible()
    page.map_box.set_kind(MapKind.GLOBE)
    page.map_box.place.setText("Gale")
    page.map_box.go()
    assert not page.map_box._polar_row.isVisible()


def test_an_unknown_place_gets_suggestions(page, context):
    _on_mars(context)
    page.map_box.place.setText("Olympos Mons")
    page.map_box.go()
    assert "Olympus Mons" in context.messages.items()[0].text()


def test_a_project_in_use_is_asked_about(context, tmp_path):
    iface, project = context.iface, QgsProject.instance()
    layer = QgsVectorLayer("Point?crs=EPSG:4326", "mine", "memory")
    project.addMapLayer(layer)
    context.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    assert not start_mars_project(iface, lambda parent: "")
    assert project.crs().authid() == "EPSG:4326"
    assert start_mars_project(iface, lambda parent: "convert")
    assert project.crs().authid() == "IAU_2015:49900" and project.mapLayersByName("mine")
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    assert start_mars_project(iface, lambda parent: "new")
    assert not project.mapLayersByName("mine")
    project.setDirty(True)
    assert start_mars_project(iface, lambda parent: pytest.fail("a project on Mars is not asked about"))


def test_a_custom_map_of_mars_is_kept(context):
    project = QgsProject.instance()
    project.setCrs(crs_of(MapKind.LOCAL, 202.3, -41.6))
    assert start_mars_project(context.iface)
    assert not project.crs().isGeographic() and project.ellipsoid() == mars_project.SILENT


def test_without_shapely_one_line(page, context, monkeypatch):
    _on_mars(context)
    page.ways.way.setCurrentIndex(2)

    def missing(module):
        raise MissingPackageError("The Python package shapely is missing.", "Install it.")

    for module in (areas, geometry):
        monkeypatch.setattr(module, "need", missing)
    page.ways.use.click()
    (item,) = context.messages.items()
    assert "shapely" in item.text() and page.state.area is None


def test_drawing_needs_mars_and_ends_with_the_page(page, context):
    page.draw("polygon")
    assert page.drawing.tool is None and "Start a Mars project" in context.messages.items()[0].text()
    _on_mars(context)
    page.draws["polygon"].setChecked(True)
    assert context.canvas.mapTool() is page.drawing.tool
    page.draws["rectangle"].setChecked(True)
    assert not page.draws["polygon"].isChecked() and page.drawing.tool.shape == "rectangle"
    page.hidden()
    assert page.drawing.tool is None and not page.draws["rectangle"].isChecked()


def test_release_leaves_nothing(context, monkeypatch, qgis_app):
    monkeypatch.setenv("MARSCD_BASEMAP_URL", "http://127.0.0.1:9/none")
    registered = []
    context.iface._mock_methods["registerLocatorFilter"] = registered.append
    context.iface._mock_methods["deregisterLocatorFilter"] = registered.remove
    _on_mars(context)
    before = len(context.canvas.scene().items())
    crs_before = QgsProject.instance().receivers(QgsProject.instance().crsChanged)
    for _ in range(5):
        page = AreaPage(context)
        assert len(registered) == 1
        page.state.set_area(GALE)
        page.draw("polygon")
        page.release()
        page.deleteLater()
        qgis_app.processEvents()
    assert not registered
    assert len(context.canvas.scene().items()) == before
    assert QgsProject.instance().receivers(QgsProject.instance().crsChanged) == crs_before
    context.canvas.setDestinationCrs(crs_of(MapKind.SOUTH))
    page.state.set_area(None)


def test_everything_can_be_reached_and_is_explained(page, context):
    """A tip on every control, a name for those without words; the page fits a narrow dock."""
    _on_mars(context)
    page.map_box.refresh()
    for control in page.findChildren((QAbstractButton, QComboBox, QLineEdit)):
        # Parts of Qt's own composite widgets (a spin box's line, a line's clear button) have no words of ours.
        if isinstance(control.parent(), (QLineEdit, QAbstractSpinBox)) or control.objectName().startswith("qt_"):
            continue
        assert control.toolTip(), control
        if isinstance(control, QPushButton):
            assert "&" in control.text(), control.text()
    assert page.map_box.minimumSizeHint().width() <= 320 and page.ways.minimumSizeHint().width() <= 320


def test_layers_of_the_basemap_are_not_temporary(context, wait):
    """Files in the cache folder and the plugin's own: nothing that QGIS would ask about on closing."""
    context.iface._mock_methods["layerTreeCanvasBridge"] = _Bridge
    basemap = Basemap(context.iface, context.jobs)
    basemap.add_offline()
    wait(lambda: not context.jobs.running)
    for layer in layers.ours("basemap"):
        assert layer.providerType() in ("ogr", "gdal")
        if isinstance(layer, QgsRasterLayer):
            assert layer.extent().yMinimum() == pytest.approx(-89.99, abs=0.01)
    basemap.release()
