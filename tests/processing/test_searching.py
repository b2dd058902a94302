"""searchobservations and fetchobservations against the sandbox archive, in QGIS."""

from __future__ import annotations

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsProcessingException, QgsVectorLayer

#: The middle of the simulated scene: west,east,south,north.
EXTENT = "202.2970,202.3030,-41.6020,-41.5980 [IAU_2015:49900]"


def rows(path):
    layer = QgsVectorLayer(str(path), "rows", "ogr")
    assert layer.isValid()
    return layer, list(layer.getFeatures())


@pytest.mark.parametrize("ending", ["fgb", "gpkg"])
def test_footprints_reopen_on_mars(run, sandbox, tmp_path, ending):
    path = tmp_path / f"found.{ending}"
    results, _ = run("searchobservations", EXTENT=EXTENT, OUTPUT=str(path))
    layer, found = rows(path)
    assert results["COUNT"] == len(found) == 16
    assert layer.crs().isValid() and layer.crs().celestialBodyName() == "Mars"
    box = layer.extent()
    assert -157.71 < box.xMinimum() < box.xMaximum() < -157.69 and -41.61 < box.yMinimum() < -41.59


def test_filters_are_anded_per_observation(run, sandbox, tmp_path):
    def ids(**filters):
        run("searchobservations", EXTENT=EXTENT, OUTPUT=str(tmp_path / "found.fgb"), **filters)
        return {f["product_id"] for f in rows(tmp_path / "found.fgb")[1] if f["product_id"].endswith("_RED")}

    assert len(ids(MARS_YEARS="30")) == 4 and len(ids(MARS_YEARS="28,31")) == 4
    assert ids(MARS_YEARS="30", SOLAR_LONGITUDE="300-330") == {"ESP_022689_1380_RED", "ESP_023045_1380_RED"}
    assert ids(SOLAR_LONGITUDE="330-30") == {"ESP_032376_1380_RED"}
    assert ids(START="2013-01-01", END="2013-02-01T00:00:00") == {"ESP_030464_1380_RED"}
    assert ids(MAX_INCIDENCE=1) == set()


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({}, "Neither AREA nor EXTENT"),
        ({"EXTENT": "10,20,0,5 [EPSG:4326]"}, "lies on Earth"),
        ({"EXTENT": "170,-170,0,5 [IAU_2015:49900]"}, "170,190"),
        ({"EXTENT": "-100,100,0,5 [IAU_2015:49900]"}, "180"),
        ({"EXTENT": "1,2,3"}, "value for EXTENT"),
        ({"EXTENT": "1,2,3,4 [IAU_2015:1]"}, "unknown CRS"),
        ({"EXTENT": EXTENT, "MARS_YEARS": "thirty"}, "thirty"),
        ({"EXTENT": EXTENT, "SOLAR_LONGITUDE": "0-400"}, "400"),
        ({"EXTENT": EXTENT, "SOURCE": "STAC", "INSTRUMENT": ["CRISM"]}, "knows nothing of CRISM"),
        ({"EXTENT": EXTENT, "START": "yesterday"}, "value for START"),
    ],
)
def test_what_cannot_be_asked_is_explained(run, sandbox, tmp_path, parameters, message):
    with pytest.raises(QgsProcessingException, match=message):
        run("searchobservations", OUTPUT=str(tmp_path / "found.fgb"), **parameters)
    assert not (tmp_path / "found.fgb").exists()


def layer_of(crs, wkt):
    layer = QgsVectorLayer(f"Polygon?crs={crs}", "area", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromWkt(wkt))
    layer.dataProvider().addFeatures([feature])
    return layer


def test_an_area_layer_may_be_projected(run, sandbox, tmp_path):
    # Palikir in IAU_2015:49910 (archives' own check value) with a box of 400 m around it.
    x, y = -9347625.0, -2465830.0
    area = layer_of("IAU_2015:49910", f"Polygon(({x} {y}, {x + 400} {y}, {x + 400} {y + 200}, {x} {y + 200}, {x} {y}))")
    results, _ = run("searchobservations", AREA=area, OUTPUT=str(tmp_path / "found.fgb"))
    assert results["COUNT"] == 16


def test_an_area_on_earth_is_refused_and_a_geojson_is_read_as_mars_with_a_warning(run, sandbox, tmp_path):
    square = "Polygon((-157.701 -41.601, -157.699 -41.601, -157.699 -41.599, -157.701 -41.599, -157.701 -41.601))"
    with pytest.raises(QgsProcessingException, match="lies on Earth"):
        run("searchobservations", AREA=layer_of("EPSG:4326", square), OUTPUT=str(tmp_path / "found.fgb"))
    path = tmp_path / "area.geojson"
    path.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":'
        "[[[202.299,-41.601],[202.301,-41.601],[202.301,-41.599],[202.299,-41.599],[202.299,-41.601]]]}}]}"
    )
    results, log = run("searchobservations", AREA=str(path), OUTPUT=str(tmp_path / "found.fgb"))
    assert results["COUNT"] == 16 and "does not say which body" in log


def test_fetching_keeps_account_and_does_not_fetch_twice(run, sandbox, tmp_path):
    found = tmp_path / "found.fgb"
    run("searchobservations", EXTENT=EXTENT, MARS_YEARS="30", OUTPUT=str(found))
    arguments = {"OBSERVATIONS": str(found), "FOLDER": str(tmp_path / "files"), "REPORT": str(tmp_path / "report.gpkg")}
    results, log = run("fetchobservations", MAX_PRODUCTS=2, **arguments)
    assert (results["FETCHED"], results["FAILED"]) == (4, 0)
    assert "2 products in 4 files" in log
    table = [(f["product_id"], f["state"]) for f in rows(tmp_path / "report.gpkg")[1]]
    assert sorted(s for _, s in table) == ["fetched"] * 4 + ["left out"] * 6
    assert len(list((tmp_path / "files").iterdir())) == 4
    results, _ = run("fetchobservations", MAX_PRODUCTS=2, **arguments)
    states = {f["state"] for f in rows(tmp_path / "report.gpkg")[1]}
    assert results["FETCHED"] == 4 and states == {"present", "left out"}


def test_only_selected_observations_are_fetched(run, sandbox, tmp_path):
    from qgis.core import QgsProcessingFeatureSourceDefinition, QgsProject

    found = tmp_path / "found.fgb"
    run("searchobservations", EXTENT=EXTENT, MARS_YEARS="30", OUTPUT=str(found))
    layer = QgsVectorLayer(str(found), "found", "ogr")
    layer.selectByExpression("\"product_id\" = 'ESP_022689_1380_RED'")
    QgsProject.instance().addMapLayer(layer)
    try:
        chosen = QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True)
        import processing

        results = processing.run(
            "marscd:fetchobservations",
            {"OBSERVATIONS": chosen, "FOLDER": str(tmp_path / "files"), "REPORT": "TEMPORARY_OUTPUT"},
        )
    finally:
        QgsProject.instance().removeMapLayer(layer.id())
    assert results["FETCHED"] == 2
    assert {p.name for p in (tmp_path / "files").iterdir()} == {"ESP_022689_1380_RED.JP2", "ESP_022689_1380_RED.LBL"}


def test_a_layer_that_is_no_footprint_layer_is_explained(run, sandbox, tmp_path):
    square = layer_of("IAU_2015:49900", "Polygon((1 1, 2 1, 2 2, 1 1))")
    with pytest.raises(QgsProcessingException, match="product_id"):
        run("fetchobservations", OBSERVATIONS=square, FOLDER=str(tmp_path / "files"))
