"""detectserieschanges and seasonalcurve in QGIS: outputs reopen on Mars with their legends; what is refused is told."""

from __future__ import annotations

import csv
import importlib.util
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProcessingException, QgsProcessingFeatureSourceDefinition, QgsRasterLayer, QgsVectorLayer

from marscd_plugin.common.words import Series
from marscd_plugin.series.store import Stored, epoch_paths, write_catalogue, write_item

pytest.importorskip("onnx")
_SPEC = importlib.util.spec_from_file_location(
    "simulated_series", Path(__file__).parents[1] / "change" / "simulated_series.py"
)
assert _SPEC is not None and _SPEC.loader is not None
simulated = importlib.util.module_from_spec(_SPEC)
sys.modules["simulated_series"] = simulated
_SPEC.loader.exec_module(simulated)

TIMES = simulated.TIMES[:6]


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A simulated series of six dates as buildseries stores it, and the model that sees its changes."""
    root = tmp_path_factory.mktemp("stored")
    (root / "epochs").mkdir()
    made = simulated.make_series(root / "epochs", size=128, times=TIMES)
    for epoch in made.epochs:
        assert epoch_paths(root, epoch.product_id)[1] == epoch.raster
        write_item(root, epoch, made.grid, "key", {})
    write_catalogue(Stored(Series(root, made.grid, made.epochs[0].product_id, made.epochs), {}))
    return root, str(simulated.make_line_model(root / "line.onnx", split=True, kinds=("rsl", "frost")))


@pytest.fixture
def detected(run, stored, tmp_path):
    folder, model = stored
    outputs = {"FIRST_SEEN": "first.tif", "LAST_SEEN": "last.tif", "COUNT": "count.tif", "POLYGONS": "changes.fgb",
               "CURVE": "curve.csv", "REPORT": "report.html"}  # fmt: skip
    places = {name: str(tmp_path / file) for name, file in outputs.items()}
    results, log = run("detectserieschanges", SERIES=str(folder), MODEL=model, DEVICE="CPU", MIN_AREA=1.0, **places)
    return results, log


def test_everything_reopens_on_mars_with_its_dates_in_the_legend(detected):
    results, log = detected
    assert (results["EPOCHS"], results["PAIRS"], results["SUSPECTS"]) == (6, 15, "")
    assert "each image encoded once a tile" in log and results["CHANGED_AREA"] > 0
    for name in ("FIRST_SEEN", "LAST_SEEN", "COUNT"):
        layer = QgsRasterLayer(results[name], name)
        assert layer.isValid() and layer.crs().celestialBodyName() == "Mars"
        assert layer.renderer().type() == "paletted"
        labels = [c.label for c in layer.renderer().classes()]
        assert labels[:3] == (["no change", "1 date", "2 dates"] if name == "COUNT" else ["no change", *TIMES[:2]])
        assert layer.renderer().classes()[0].color.alpha() == 0
    shapes = QgsVectorLayer(results["POLYGONS"], "changes", "ogr")
    assert shapes.isValid() and shapes.featureCount() == results["POLYGON_COUNT"] > 2
    assert shapes.crs().celestialBodyName() == "Mars" and shapes.renderer().classAttribute() == "class"
    known = {c.value() for c in shapes.renderer().categories()}
    assert {f["class"] for f in shapes.getFeatures()} <= known
    rows = list(csv.DictReader(Path(results["CURVE"]).read_text(encoding="utf-8").splitlines()))
    assert [r["time"][:10] for r in rows] == list(TIMES) and "<svg" in Path(results["REPORT"]).read_text()


def test_the_seasonal_curve_of_all_of_some_and_of_the_table(run, detected, tmp_path):
    polygons, curve = detected[0]["POLYGONS"], detected[0]["CURVE"]

    def curve_of(name, **given):
        places = {"TABLE": f"{name}.csv", "PLOT": f"{name}.svg", "REPORT": f"{name}.html"}
        results, _ = run("seasonalcurve", **given, **{k: str(tmp_path / v) for k, v in places.items()})
        return results, [float(r["seen_m2"]) for r in csv.DictReader(Path(results["TABLE"]).read_text().splitlines())]

    results, every = curve_of("all", POLYGONS=polygons, SINGLES=True)
    assert (results["DATES"], results["MARS_YEARS"]) == (6, 2)
    assert results["LARGEST_AREA"] == pytest.approx(max(every))
    ET.parse(results["PLOT"])
    assert Path(results["REPORT"]).read_text().count("<svg") == 1
    _, table = curve_of("table", CURVE=curve)
    np.testing.assert_allclose(every, table, rtol=0.05, atol=2.0)
    some = QgsProcessingFeatureSourceDefinition(polygons, filterExpression="\"class\" = 'recurs'")
    _, recurring = curve_of("some", POLYGONS=some)
    assert 0 < max(recurring) < max(every)


def test_the_seasonal_curve_of_pairs(run, stored, tmp_path):
    folder, model = stored
    epochs = sorted((folder / "epochs").glob("*.tif"))
    names = {"PROBABILITY": "p.tif", "MASK": "m.tif", "POLYGONS": "c.fgb", "KIND": "k.tif"}
    places = {k: str(tmp_path / v) for k, v in names.items()}
    results, _ = run(
        "detectchanges",
        BEFORE=str(epochs[0]),
        AFTER=str(epochs[2]),
        MODEL=model,
        DEVICE="CPU",
        REGISTER=False,
        **places,
    )
    kinds = gdal.Open(results["KIND"])
    assert set(np.unique(kinds.ReadAsArray())) <= {0, 1, 2, 255} and "rsl" in kinds.GetMetadataItem("MARSCD_KINDS")
    told, _ = run("seasonalcurve", POLYGONS=results["POLYGONS"], TABLE=str(tmp_path / "t.csv"))
    rows = list(csv.DictReader((tmp_path / "t.csv").read_text().splitlines()))
    assert told["DATES"] == 1 and float(rows[0]["appeared_m2"]) > 100 and rows[0]["seen_m2"] == ""
    assert rows[0]["time"].startswith(TIMES[2])


def test_what_cannot_be_done_is_told_and_leaves_nothing(run, stored, tmp_path):
    folder, model = stored
    outputs = {"FIRST_SEEN": "f.tif", "LAST_SEEN": "l.tif", "COUNT": "c.tif", "POLYGONS": "p.fgb"}
    places = {name: str(tmp_path / file) for name, file in outputs.items()}
    for given, message in (
        ({"SERIES": str(tmp_path)}, "no series"),
        ({"MODEL": "nonsense"}, "nonsense"),
        ({"EXTENT": "0,1,0,1 [IAU_2015:49900]"}, "outside"),
        ({"THRESHOLD": 0.0}, "threshold"),
        ({"LAST_SEEN": places["FIRST_SEEN"]}, "same file name"),
    ):
        with pytest.raises(QgsProcessingException, match=message):
            run("detectserieschanges", **{"SERIES": str(folder), "MODEL": model, "DEVICE": "CPU", **places, **given})
    assert not list(tmp_path.glob("*.tif")) and not list(tmp_path.glob("*.fgb"))
    table = str(tmp_path / "t.csv")
    with pytest.raises(QgsProcessingException, match="Neither POLYGONS nor CURVE"):
        run("seasonalcurve", TABLE=table)
    (tmp_path / "none.csv").write_text("a,b\n1,2\n")
    with pytest.raises(QgsProcessingException, match="cannot be read as a curve"):
        run("seasonalcurve", CURVE=str(tmp_path / "none.csv"), TABLE=table)


def test_it_runs_with_one_epoch_bad_and_a_terrain_model(run, stored, tmp_path):
    folder, model = stored
    grid = gdal.Open(str(next((folder / "epochs").glob("*.tif"))))
    left, _, _, top, _, _ = grid.GetGeoTransform()
    dtm = gdal.GetDriverByName("GTiff").Create(str(tmp_path / "dtm.tif"), 80, 80, 1, gdal.GDT_Float32)
    dtm.SetProjection(grid.GetProjection())
    dtm.SetGeoTransform((left - 8, 1.0, 0, top + 8, 0, -1.0))
    dtm.GetRasterBand(1).WriteArray(np.repeat(np.arange(80.0)[::-1, None] * 0.5, 80, axis=1).astype(np.float32))
    dtm.FlushCache()
    del dtm
    names = {"FIRST_SEEN": "f.tif", "LAST_SEEN": "l.tif", "COUNT": "c.tif", "POLYGONS": "p.fgb"}
    results, _ = run(
        "detectserieschanges", SERIES=str(folder), MODEL=model, DEVICE="CPU", DTM=str(tmp_path / "dtm.tif"),
        MIN_AREA=1.0, FEATURE="NEW", SINGLES=False, **{k: str(tmp_path / v) for k, v in names.items()},
    )  # fmt: skip
    rows = list(QgsVectorLayer(results["POLYGONS"], "c", "ogr").getFeatures())
    slopes = [f["slope"] for f in rows if isinstance(f["slope"], float)]
    assert np.median(slopes) == pytest.approx(np.degrees(np.arctan(0.5)), abs=0.5)
    assert all(f["class"] != "single" for f in rows) and "CURVE" not in results
