"""Areas without drawing: layers, the map, numbers, places; and the file that algorithms take."""

from __future__ import annotations

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsFeature, QgsGeometry, QgsRectangle, QgsVectorLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QSize

from marscd_plugin.common.errors import InputError, OutputError
from marscd_plugin.gui.area import describe, sources
from marscd_plugin.gui.area_file import write_area
from marscd_plugin.gui.mars.project import MapKind, crs_of
from marscd_plugin.gui.mars.search import look_up
from marscd_plugin.planet import geometry

SQUARES = ["POLYGON((10 0,11 0,11 1,10 1,10 0))", "POLYGON((20 5,22 5,22 6,20 6,20 5))"]


def _layer(crs="", shapes=SQUARES, kind="Polygon"):
    layer = QgsVectorLayer(kind + (f"?crs={crs}" if crs else ""), "my places", "memory")
    if not crs:
        layer.setCrs(QgsCoordinateReferenceSystem())
    for text in shapes:
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt(text))
        layer.dataProvider().addFeature(feature)
    return layer


@pytest.fixture
def canvas(qgis_app):
    made = QgsMapCanvas()
    made.resize(QSize(400, 400))
    made.show()
    qgis_app.processEvents()
    yield made
    made.deleteLater()


def _show(canvas, kind, *box, place=(0.0, 0.0)):
    canvas.setDestinationCrs(crs_of(kind, *place))
    canvas.setExtent(QgsRectangle(*box))


def test_selected_polygons(qgis_new_project):
    layer = _layer("IAU_2015:49900")
    layer.selectByIds([2])
    area, said = sources.area_of_layer(layer)
    assert geometry.bounds(area) == pytest.approx((20, 5, 22, 6)) and not said
    layer.removeSelection()
    area, said = sources.area_of_layer(layer)
    assert geometry.bounds(area) == pytest.approx((10, 0, 22, 6)) and "all 2" in said


def test_bodies_of_layers(qgis_new_project):
    with pytest.raises(InputError, match="Earth") as failure:
        sources.area_of_layer(_layer("EPSG:4326"))
    assert "IAU_2015:49900" in failure.value.remedy
    with pytest.raises(InputError, match="Moon"):
        sources.area_of_layer(_layer("IAU_2015:30100"))
    area, said = sources.area_of_layer(_layer())
    assert "degrees of Mars" in said and geometry.bounds(area)[0] == pytest.approx(10)


def test_geojson_cannot_name_mars(qgis_new_project, tmp_path):
    path = tmp_path / "drawn.geojson"
    path.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":'
        '{"type":"Polygon","coordinates":[[[200,-40],[201,-40],[201,-41],[200,-41],[200,-40]]]}}]}'
    )
    area, said = sources.area_of_layer(QgsVectorLayer(str(path), "drawn", "ogr"))
    assert geometry.bounds(area) == pytest.approx((-160, -41, -159, -40)) and "east-positive" in said


def test_projected_and_multipart_layers(qgis_new_project):
    shape = "MULTIPOLYGON(((0 0,59274.7 0,59274.7 59274.7,0 59274.7,0 0)),((5e5 0,6e5 0,6e5 1e5,5e5 0)))"
    area, _ = sources.area_of_layer(_layer("IAU_2015:49910", [shape], "MultiPolygon"))
    assert len(area.polygons) == 2
    assert geometry.bounds(area)[0] == pytest.approx(0, abs=1e-6)


def test_layers_that_give_nothing(qgis_new_project, monkeypatch):
    for layer in (None, _layer("IAU_2015:49900", [])):
        with pytest.raises(InputError) as failure:
            sources.area_of_layer(layer)
        assert failure.value.remedy
    monkeypatch.setattr(sources, "MOST_FEATURES", 1)
    with pytest.raises(InputError, match="Nothing is selected"):
        sources.area_of_layer(_layer("IAU_2015:49900"))
    monkeypatch.setattr(sources, "MOST_FEATURES", 500)
    monkeypatch.setattr(sources, "MOST_VERTICES", 6)
    with pytest.raises(InputError, match="too many vertices"):
        sources.area_of_layer(_layer("IAU_2015:49900"))


def test_what_the_map_shows(canvas):
    _show(canvas, MapKind.GLOBE, 170, -5, 190, 15)
    west, south, east, north = geometry.bounds(sources.area_of_canvas(canvas))
    assert (west, south, east, north) == pytest.approx((170, -5, -170, 15), abs=1e-6)
    # A view that reaches beyond a pole: only the planet counts.
    _show(canvas, MapKind.GLOBE, 0, 60, 40, 100)
    assert geometry.bounds(sources.area_of_canvas(canvas)) == pytest.approx((0, 60, 40, 90), abs=1e-6)


def test_the_map_over_a_pole(canvas):
    _show(canvas, MapKind.SOUTH, -2e5, -2e5, 2e5, 2e5)
    area = sources.area_of_canvas(canvas)
    assert geometry.bounds(area)[1] == pytest.approx(-90)
    assert geometry.area_m2(area) == pytest.approx(1.6e11, rel=0.02)


def test_a_local_map_at_180(canvas):
    x = 0.0
    _show(canvas, MapKind.LOCAL, x - 5e4, -5e4, x + 5e4, 5e4, place=(180.0, 0.0))
    area = sources.area_of_canvas(canvas)
    west, _, east, _ = geometry.bounds(area)
    assert 179 < west < 179.5 and -179.5 < east < -179


def test_a_map_of_too_much_or_of_earth(canvas):
    _show(canvas, MapKind.GLOBE, -180, -90, 180, 90)
    with pytest.raises(InputError, match="half of the planet"):
        sources.area_of_canvas(canvas)
    _show(canvas, MapKind.GLOBE, 0, 95, 5, 100)
    with pytest.raises(InputError, match="nothing of Mars"):
        sources.area_of_canvas(canvas)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    with pytest.raises(InputError, match="does not show Mars"):
        sources.area_of_canvas(canvas)


def test_numbers_and_places(qgis_app):
    assert geometry.bounds(sources.area_of_numbers(170, -5, 190, 5)) == pytest.approx((170, -5, -170, 5))
    with pytest.raises(InputError):
        sources.area_of_numbers(170, -5, -170, -5)
    area = sources.area_of_place("gale", 50)
    assert geometry.area_m2(area) == pytest.approx(3.14159 * 50_000**2, rel=1e-3)
    pole = sources.area_of_place("0 E 90 N", 100)
    assert geometry.bounds(pole)[3] == pytest.approx(90)
    with pytest.raises(InputError, match="No place is named"):
        sources.area_of_place("  ", 5)
    with pytest.raises(InputError) as failure:
        sources.area_of_place("Olympos Mons", 5)
    assert "Olympus Mons" in failure.value.remedy


@pytest.mark.parametrize(
    "text, lon, lat",
    [
        ("202.3, -41.6", -157.7, -41.6),
        ("202.3 E 41.6 S", -157.7, -41.6),
        ("41.6 S, 157.7 W", -157.7, -41.6),
        ("-157.7 -41.6", -157.7, -41.6),
        ("360 0", 0, 0),
    ],
)
def test_coordinates_are_places(text, lon, lat):
    place = look_up(text)
    assert (place.longitude, place.latitude) == pytest.approx((lon, lat))


@pytest.mark.parametrize("text", ["10 N 20 S", "10 E 20 W", "10, 95", "500, 1"])
def test_no_coordinates(text):
    with pytest.raises(InputError) as failure:
        look_up(text)
    assert failure.value.remedy


def test_words(qgis_app):
    area = sources.area_of_place("Gale", 10)
    assert describe.size(area) == "314 km²"
    assert "in Gale" in describe.where(area)
    across = sources.area_of_numbers(179, -1, 181, 1)
    assert describe.bounds(across).startswith("179° E to 181° E")
    assert describe.where(across).startswith("0°") and "180° E" in describe.where(across)
    assert "all longitudes" in describe.bounds(sources.area_of_place("0 E 90 N", 100))


def test_the_file(qgis_new_project, tmp_path):
    area = sources.area_of_numbers(170, -5, 190, 5)
    path = write_area(area, tmp_path / "deep" / "area.fgb")
    layer = QgsVectorLayer(str(path), "area", "ogr")
    assert layer.isValid() and layer.featureCount() == 1
    assert layer.crs().authid() == "IAU_2015:49900"
    again, said = sources.area_of_layer(layer)
    assert not said and geometry.area_m2(again) == pytest.approx(geometry.area_m2(area), rel=1e-9)
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError):
        write_area(area, tmp_path / "file" / "area.fgb")
