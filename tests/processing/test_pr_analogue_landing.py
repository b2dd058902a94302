"""``ranklandingsites`` in QGIS: matches and polygons, what is left out, what reopens, what is refused."""

from __future__ import annotations

import csv
import importlib.util
import math
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsFeature, QgsGeometry, QgsProcessingException, QgsRasterLayer, QgsVectorLayer

from marscd_plugin.planet import crs

_spec = importlib.util.spec_from_file_location("crism_files", Path(__file__).parents[1] / "products/crism_files.py")
crism_files = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(crism_files)

DEGREE = math.pi / 180 * 3396190.0


def layer(kind, fields, rows, wkt="IAU_2015:49900"):
    made = QgsVectorLayer(f"{kind}?crs={wkt}" + "".join(f"&field={f}" for f in fields), "sites", "memory")
    features = []
    for shape, *values in rows:
        feature = QgsFeature(made.fields())
        feature.setGeometry(QgsGeometry.fromWkt(shape))
        feature.setAttributes(values)
        features.append(feature)
    made.dataProvider().addFeatures(features)
    return made


@pytest.fixture
def matches():
    fields = ("rank:integer", "distance:double", "percentile:double", "weak:integer", "target:string",
              "size_m:double", "verdict:string")  # fmt: skip
    return layer("Point", fields, [
        ("POINT(0.05 0.05)", 1, 0.1, 0.2, 0, "dunes", 1500.0, None),
        ("POINT(0.12 0.05)", 2, 0.2, 0.4, 1, "dunes", 1500.0, "accepted"),
        ("POINT(0.05 0.12)", 3, 0.3, 0.6, 0, "dunes", 1500.0, "rejected"),
    ])  # fmt: skip


@pytest.fixture
def dtm(tmp_path):
    made = gdal.GetDriverByName("GTiff").Create(str(tmp_path / "dtm.tif"), 200, 200, 1, gdal.GDT_Float32)
    made.SetProjection(crs.equirectangular_wkt(0, 0))
    made.SetGeoTransform((0, 50, 0, 10000, 0, -50))
    heights = np.where(np.arange(200) < 100, 0.0, (np.arange(200) - 100) * 50 * math.tan(math.radians(20))) - 2500.0
    made.GetRasterBand(1).WriteArray(np.tile(heights, (200, 1)).astype(np.float32))
    made = None
    return str(tmp_path / "dtm.tif")


def table(path):
    with Path(path).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def outputs(tmp_path, ending=".fgb"):
    return {
        "OUTPUT": str(tmp_path / f"o{ending}"),
        "TABLE": str(tmp_path / "o.csv"),
        "REPORT": str(tmp_path / "o.html"),
    }


@pytest.mark.parametrize("ending", [".fgb", ".gpkg"])
def test_matches_become_a_ranked_layer_on_mars(run, matches, dtm, tmp_path, ending):
    results, log = run("ranklandingsites", MATCHES=matches, DTM=dtm, **outputs(tmp_path, ending))
    assert results["SITE_COUNT"] == 2 and "1 rejected matches are left out" in log
    assert results["WITH_TERRAIN"] == 2 and results["WITH_MINERALS"] == 0
    # The site lies where the match does.
    first = table(results["TABLE"])[0]
    assert (float(first["longitude"]), float(first["latitude"])) == (0.05, 0.05)
    assert results["BASELINE_USED"] == pytest.approx(100.0, rel=1e-3) and results["BEST_SITE"] == "match 1"
    opened = QgsVectorLayer(results["OUTPUT"], "ranked")
    assert opened.isValid() and opened.crs().isValid() and opened.crs().celestialBodyName() == "Mars"
    rows = {f["name"]: f for f in opened.getFeatures()}
    flat, steep = rows["match 1"], rows["match 2"]
    assert flat["rank"] == 1 and flat["steep_share"] == 0 and steep["steep_share"] > 0.95
    assert (
        steep["slope_p95"] == pytest.approx(20, abs=0.3)
        and steep["weak"] == 1
        and flat["area_km2"] == pytest.approx(2.25, rel=0.01)
    )
    # What was not measured is null, not 0.
    assert str(flat["gypsum_share"]) == "NULL" and str(flat["crism_coverage"]) == "NULL"
    style = Path(results["OUTPUT"]).with_suffix(".qml")
    assert style.is_file() and opened.labelsEnabled()
    assert opened.renderer().type() == "graduatedSymbol" and len(opened.renderer().ranges()) == 3
    assert len(table(results["TABLE"])) == 2
    assert "Halite" in Path(results["REPORT"]).read_text()


def test_polygons_of_the_users_own_in_another_mars_crs(run, tmp_path):
    wkt = "IAU_2015:49910"
    squares = [
        (f"POLYGON(({x} 0,{x + 1000} 0,{x + 1000} 1000,{x} 1000,{x} 0))", name)
        for x, name in ((0, "Alpha"), (5000, "Beta"))
    ]
    results, _ = run("ranklandingsites", MATCHES=layer("Polygon", ("name:string",), squares, wkt), **outputs(tmp_path))
    # Nothing but the ground is known: both are listed, and no order is pretended.
    assert results["SITE_COUNT"] == 2 and results["BEST_SITE"] in (None, "")
    rows = table(results["TABLE"])
    assert [r["name"] for r in rows] == ["Alpha", "Beta"] and {r["score"] for r in rows} == {""}
    assert float(rows[1]["longitude"]) == pytest.approx(5500 / DEGREE, rel=1e-6)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"NAME_FIELD": "nobody"}, "no field nobody"),
        ({"WEIGHT_LIKENESS": 0, "WEIGHT_SLOPE": 0, "WEIGHT_ELEVATION": 0, "WEIGHT_MINERALS": 0}, "weights"),
        ({"CRISM": "DTM"}, "neither bands of known wavelengths"),
        ({"SLOPE": 3}, "Unknown parameter SLOPE"),
    ],
)
def test_what_it_refuses(run, matches, dtm, tmp_path, other, said):
    other = {k: [dtm] if v == "DTM" else v for k, v in other.items()}
    with pytest.raises(QgsProcessingException, match=said):
        run("ranklandingsites", MATCHES=matches, **outputs(tmp_path), **other)
    assert not (tmp_path / "o.fgb").exists()


def test_matches_on_earth_are_refused(run, tmp_path):
    earth = layer("Point", ("rank:integer",), [("POINT(91 38)", 1)], "EPSG:4326")
    with pytest.raises(QgsProcessingException, match="lies on Earth"):
        run("ranklandingsites", MATCHES=earth, **outputs(tmp_path))


def test_a_crism_label_is_taken_and_its_formula_cited(run, tmp_path):
    label = crism_files.write_cube(tmp_path, crism_files.scene())
    grid = QgsRasterLayer(
        str(run("spectralindices", INPUT=str(label), OUTPUT=str(tmp_path / "i.tif"))[0]["OUTPUT"]), "i"
    )
    box = grid.extent()
    middle = (box.yMinimum() + box.yMaximum()) / 2
    halves = [
        (f"POLYGON(({w} {middle},{e} {middle},{e} {box.yMaximum()},{w} {box.yMaximum()},{w} {middle}))", name)
        for w, e, name in ((box.xMinimum(), box.center().x(), "dry"), (box.center().x(), box.xMaximum(), "clay"))
    ]
    sites = layer("Polygon", ("name:string",), halves, grid.crs().toWkt())
    results, _ = run(
        "ranklandingsites", MATCHES=sites, CRISM=[str(label), str(tmp_path / "i.tif")], **outputs(tmp_path)
    )
    assert results["WITH_MINERALS"] == 2
    rows = {r["name"]: r for r in table(results["TABLE"])}
    assert float(rows["clay"]["bd2210_2_p95"]) > 0.1 > abs(float(rows["dry"]["bd2210_2_p95"]))
    assert float(rows["dry"]["crism_coverage"]) < 1 and float(rows["clay"]["crism_coverage"]) > 0.99
    assert rows["clay"]["crism_source"] and "10.1002/2014JE004627" in Path(results["REPORT"]).read_text()
