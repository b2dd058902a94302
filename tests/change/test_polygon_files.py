"""Outlines and their files: valid geometry, whole files, and a CRS that is still on Mars when they are reopened."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import datetime, timezone

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from osgeo import gdal, ogr

from marscd_plugin.change.detector import detect_changes
from marscd_plugin.change.job import DetectJob
from marscd_plugin.change.polygons import trace
from marscd_plugin.change.vectors import Column, Feature, write_polygons
from marscd_plugin.common.errors import OutputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.planet.crs import body_of, geographic_wkt, local_wkt, spatial_reference

COLUMNS = (Column("n", "integer"), Column("x", "real"), Column("s", "text"), Column("t", "time"))
NOON = datetime(2011, 6, 1, 12, 30, 15, 250000, tzinfo=timezone.utc)


def square(x: float, y: float, size: float = 10.0) -> ogr.Geometry:
    return ogr.CreateGeometryFromWkt(
        f"MULTIPOLYGON ((({x} {y},{x + size} {y},{x + size} {y + size},{x} {y + size},{x} {y})))"
    )


def codes() -> dict[str, str]:
    """Mars CRSs as users have them."""
    return {
        "IAU 49900": spatial_reference("IAU_2015:49900").ExportToWkt(["FORMAT=WKT2_2019"]),
        "IAU 49910": spatial_reference("IAU_2015:49910").ExportToWkt(["FORMAT=WKT2_2019"]),
        "IAU 49935": spatial_reference("IAU_2015:49935").ExportToWkt(["FORMAT=WKT2_2019"]),
        "local": local_wkt(-157.83, -41.58),
        "polar": local_wkt(30.0, 80.0),
    }


@pytest.mark.parametrize("name", ["IAU 49900", "IAU 49910", "IAU 49935", "local", "polar"])
@pytest.mark.parametrize("ending", [".fgb", ".gpkg"])
def test_crs_survives_in_gdal(tmp_path, name, ending):
    path = tmp_path / f"p{ending}"
    wkt = codes()[name]
    write_polygons(
        path, wkt, COLUMNS, [Feature(square(10, 20), (1, 0.5, "a", NOON)), Feature(square(1, 2), (2, None, None, None))]
    )
    dataset = ogr.Open(str(path))
    layer = dataset.GetLayer(0)
    assert body_of(layer.GetSpatialRef().ExportToWkt()) == "Mars"
    assert layer.GetFeatureCount() == 2
    rows = sorted((json.loads(f.ExportToJson()) for f in layer), key=lambda f: f["properties"]["n"])
    assert rows[0]["properties"]["x"] == 0.5 and rows[0]["properties"]["t"].startswith("2011/06/01 12:30:15.25")
    assert rows[1]["properties"] == {"n": 2, "x": None, "s": None, "t": None}
    ring = rows[0]["geometry"]["coordinates"][0][0]
    assert min(p[0] for p in ring) == 10 and max(p[1] for p in ring) == 30


_QGIS = """
import json, sys
from qgis.core import QgsApplication, QgsVectorLayer, QgsRasterLayer, QgsCoordinateTransform, QgsProject, QgsPointXY
from qgis.core import QgsCoordinateReferenceSystem
app = QgsApplication([], False); app.initQgis()
out = {}
mars = QgsCoordinateReferenceSystem("IAU_2015:49900")
for path in sys.argv[1:]:
    layer = QgsRasterLayer(path, "r") if path.endswith(".tif") else QgsVectorLayer(path, "v", "ogr")
    there = QgsCoordinateTransform(layer.crs(), mars, QgsProject.instance())
    point = there.transform(layer.extent().center())
    sound = [layer.isValid(), layer.crs().isValid(), layer.crs().celestialBodyName(), there.isValid()]
    out[path] = [*sound, point.x(), point.y()]
    del layer
sys.stdout.write("RESULT" + json.dumps(out))
app.exitQgis()
"""


def test_results_reopen_on_mars_in_qgis(rasters, terrain, tiny_model, tmp_path):
    """Rasters and polygons of a detection, and files of each CRS, as QGIS itself reads them."""
    python = "/usr/bin/python3"
    asked = ["-c", "import qgis.core"]
    if shutil.which(python) is None or subprocess.run([python, *asked], capture_output=True).returncode:
        pytest.skip("needs QGIS's Python")
    after = terrain.copy()
    after[100:110, 50:150] -= 0.06
    job = DetectJob(
        before=rasters.write("before.tif", terrain), after=rasters.write("after.tif", after), model=str(tiny_model),
        probability=str(tmp_path / "probability.tif"), mask=str(tmp_path / "mask.tif"),
        polygons=str(tmp_path / "polygons.fgb"),
    )  # fmt: skip
    detect_changes(job, Quiet())
    detect_changes(replace(job, polygons=str(tmp_path / "polygons.gpkg")), Quiet())
    paths = [job.probability, job.mask, job.polygons, str(tmp_path / "polygons.gpkg")]
    for name, wkt in codes().items():
        for ending in (".fgb", ".gpkg"):
            path = tmp_path / f"{name.replace(' ', '')}{ending}"
            write_polygons(path, wkt, COLUMNS, [Feature(square(1, 2), (1, 0.5, "a", NOON))])
            paths.append(str(path))
    environment = {
        "QT_QPA_PLATFORM": "offscreen",
        "PATH": "/usr/bin:/bin",
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
    }
    done = subprocess.run(
        [python, "-c", _QGIS, *paths], capture_output=True, text=True, env=environment, timeout=120, check=False
    )
    assert "RESULT" in done.stdout, done.stderr
    answers = json.loads(done.stdout.split("RESULT")[1])
    for path, (valid, crs_valid, body, transforms, _, _) in answers.items():
        assert (valid, crs_valid, body, transforms) == (True, True, "Mars", True), path
    for path in paths[:4]:
        assert answers[path][4:] == pytest.approx([-157.83, -41.58], abs=0.02), path


def test_geojson_is_degrees_with_a_warning(rasters, terrain, tiny_model, tmp_path):
    after = terrain.copy()
    after[100:110, 50:150] -= 0.06
    job = DetectJob(
        before=rasters.write("before.tif", terrain), after=rasters.write("after.tif", after), model=str(tiny_model),
        probability=str(tmp_path / "probability.tif"), mask=str(tmp_path / "mask.tif"),
        polygons=str(tmp_path / "polygons.geojson"),
    )  # fmt: skip
    result = detect_changes(job, Quiet())
    assert any("GeoJSON" in w for w in result.warnings)
    content = json.loads((tmp_path / "polygons.geojson").read_text())
    assert "crs" not in content
    lon, lat = np.array(content["features"][0]["geometry"]["coordinates"][0][0]).T
    assert lon == pytest.approx(-157.83, abs=0.01) and lat == pytest.approx(-41.58, abs=0.01)


def test_other_formats_are_refused(tmp_path):
    with pytest.raises(OutputError, match="shp"):
        write_polygons(tmp_path / "p.shp", geographic_wkt(), COLUMNS, [])


def test_no_changes_is_an_empty_layer(tmp_path):
    for ending in (".fgb", ".gpkg", ".geojson"):
        path = tmp_path / f"none{ending}"
        write_polygons(path, geographic_wkt(), COLUMNS, [])
        dataset = ogr.Open(str(path))
        assert dataset.GetLayer(0).GetFeatureCount() == 0


def band_of(numbers: np.ndarray) -> gdal.Dataset:
    dataset = gdal.GetDriverByName("MEM").Create("", numbers.shape[1], numbers.shape[0], 1, gdal.GDT_Int32)
    dataset.SetGeoTransform((0, 1, 0, 0, 0, -1))
    dataset.GetRasterBand(1).WriteArray(numbers)
    return dataset


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 24), st.sampled_from([0.3, 0.6, 0.9]))
def test_outlines_are_valid_whatever_the_shape(seed, size, share):
    rng = np.random.default_rng(seed)
    numbers = np.where(rng.random((size, size)) < share, rng.integers(1, 3, (size, size)), 0).astype(np.int32)
    dataset = band_of(numbers)
    outlines = trace(dataset.GetRasterBand(1), Quiet())
    assert set(outlines) == set(np.unique(numbers)) - {0}
    for number, outline in outlines.items():
        assert outline.IsValid() and outline.GetGeometryType() == ogr.wkbMultiPolygon
        assert outline.GetArea() == (numbers == number).sum()
