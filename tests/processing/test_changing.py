"""buildseries, registerimages, detectchanges, evaluatechanges and monitorarea in QGIS, and what each refuses."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProcessingException, QgsRasterLayer, QgsVectorLayer

from marscd_plugin.common.rasters import RasterWriter, Window
from marscd_plugin.common.words import Grid
from marscd_plugin.planet import crs

EXTENT = "202.2970,202.3030,-41.6020,-41.5980 [IAU_2015:49900]"
SIZE = 640
MARS = crs.equirectangular_wkt(-40, 180)


def texture(seed=0, size=SIZE):
    """(size, size) float32 I/F with detail at all scales."""
    rng = np.random.default_rng(seed)
    spectrum = np.fft.rfft2(rng.standard_normal((size, size)))
    frequency = np.hypot(np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)[None])
    ground = np.fft.irfft2(spectrum / np.maximum(frequency, 1 / size) ** 1.2, (size, size))
    return (0.12 + 0.015 * ground / ground.std()).astype(np.float32)


def write(path, values, wkt=MARS, left=1000.0, top=-2000.0, pixel=0.5):
    grid = Grid(wkt, left, top, pixel, values.shape[1], values.shape[0])
    with RasterWriter(path, grid, values.dtype, nodata=None if values.dtype == np.uint8 else -9999) as out:
        out.write(Window(0, 0, grid.width, grid.height), values)
    return str(path)


@pytest.fixture
def images(tmp_path):
    """A reference, and the same ground 3 pixels east and 5 south with a dark streak."""
    ground = texture()
    after = np.roll(ground, (5, 3), (0, 1)).copy()
    after[250:400, 300:308] *= 0.7
    after += np.random.default_rng(1).normal(0, 0.0005, after.shape).astype(np.float32)
    return write(tmp_path / "a_2011-04-27.tif", ground), write(tmp_path / "b_2011-05-30.tif", after)


def test_registration_finds_the_shift_and_its_tie_points_reopen(run, images, tmp_path):
    ties = tmp_path / "ties.fgb"
    results, _ = run(
        "registerimages", REFERENCE=images[0], MOVING=images[1], OUTPUT=str(tmp_path / "r.tif"), TIE_POINTS=str(ties)
    )
    assert results["SHIFT_X_PX"] == pytest.approx(-3, abs=0.2) or results["SHIFT_X_PX"] == pytest.approx(3, abs=0.2)
    assert abs(results["SHIFT_Y_PX"]) == pytest.approx(5, abs=0.2)
    assert results["RESIDUAL_PX"] < 0.5 and results["TIE_POINT_COUNT"] > 20
    assert QgsVectorLayer(str(ties), "t", "ogr").featureCount() > 20
    out = QgsRasterLayer(str(tmp_path / "r.tif"), "r")
    assert out.crs().celestialBodyName() == "Mars" and (out.width(), out.height()) == (SIZE, SIZE)


def test_images_of_different_ground_are_refused_and_leave_no_output(run, tmp_path):
    a, b = write(tmp_path / "a.tif", texture(1)), write(tmp_path / "b.tif", texture(2))
    with pytest.raises(QgsProcessingException, match="register"):
        run("registerimages", REFERENCE=a, MOVING=b, OUTPUT=str(tmp_path / "out.tif"))
    assert not (tmp_path / "out.tif").exists()


def detect(run, folder, before, after, **other):
    paths = {"PROBABILITY": "p.tif", "MASK": "m.tif", "POLYGONS": "c.fgb"}
    outputs = {name: str(folder / file) for name, file in paths.items()}
    return run("detectchanges", BEFORE=before, AFTER=after, **outputs, **other)


def test_detection_lies_on_the_first_images_grid_and_reopens_on_mars(run, images, tmp_path):
    results, _ = detect(run, tmp_path, *images, REGISTER=True, DEVICE="CPU")
    assert results["DEVICE_USED"] == "CPU"
    probability, mask = (gdal.Open(results[n]) for n in ("PROBABILITY", "MASK"))
    reference = gdal.Open(images[0])
    for dataset in (probability, mask):
        assert dataset.GetGeoTransform() == pytest.approx(reference.GetGeoTransform())
    p, m = probability.ReadAsArray(), mask.ReadAsArray()
    valid = p != -1
    assert valid.mean() > 0.9 and (p[valid] >= 0).all() and (p[valid] <= 1).all()
    assert set(np.unique(m)) <= {0, 1, 255} and ((m == 255) == ~valid).all()
    layer = QgsVectorLayer(results["POLYGONS"], "c", "ogr")
    assert layer.isValid() and layer.featureCount() == results["POLYGON_COUNT"]
    assert layer.crs().celestialBodyName() == "Mars"
    assert {"area_m2", "direction", "before_id", "after_id", "before_time", "length_m", "width_m"} <= set(
        layer.fields().names()
    )
    assert json.loads(probability.GetMetadataItem("MARSCD_PROVENANCE"))["model_sha256"]
    assert (tmp_path / "m.qml").is_file()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"MODEL": "nonsense"}, "paper-rsl"),
        ({"DEVICE": "DIRECTML"}, "DIRECTML|DirectML"),
        ({"EXTENT": "0,1,0,1 [EPSG:4326]"}, "Earth|body|bodies"),
        ({"EXTENT": "500000,500100,500000,500100"}, "overlap|outside|extent|EXTENT"),
    ],
)
def test_what_cannot_be_detected_is_explained(run, images, tmp_path, change, message):
    with pytest.raises(QgsProcessingException, match=message):
        detect(run, tmp_path, *images, **{"REGISTER": False, **change})
    assert not [p for p in tmp_path.iterdir() if p.name[:2] in ("p.", "m.", "c.")]


def test_a_crs_against_none_an_earth_image_and_no_overlap_are_refused(run, images, tmp_path):
    bare = write(tmp_path / "bare.tif", texture(), wkt="")
    earth = write(tmp_path / "earth.tif", texture(), wkt=crs.spatial_reference("EPSG:32633").ExportToWkt())
    away = write(tmp_path / "away.tif", texture(), left=90000.0)
    for other, message in ((bare, "CRS"), (earth, "Earth"), (away, "overlap|common")):
        with pytest.raises(QgsProcessingException, match=message):
            detect(run, tmp_path, images[0], other, REGISTER=False)
    with pytest.raises(QgsProcessingException, match="Earth"):
        detect(run, tmp_path, earth, earth, REGISTER=False)
    assert not (tmp_path / "p.tif").exists()


def test_two_images_without_a_crs_are_compared_by_pixels(run, tmp_path):
    a, b = (write(tmp_path / f"{n}.tif", texture(), wkt="") for n in "ab")
    results, log = detect(run, tmp_path, a, b, REGISTER=False)
    assert results["CHANGED_AREA"] is None and "no CRS" in log


def test_evaluation_counts_what_is_known_and_leaves_undefined_empty(run, tmp_path):
    truth = np.zeros((40, 40), np.uint8)
    truth[:10] = 1
    found = np.zeros((40, 40), np.uint8)
    found[:5] = 1
    found[20, :] = 1
    found[30:] = 255
    report = tmp_path / "report.html"
    results, _ = run(
        "evaluatechanges",
        PREDICTED=write(tmp_path / "f.tif", found),
        TRUTH=write(tmp_path / "t.tif", truth),
        REPORT=str(report),
    )
    assert results["SENSITIVITY"] == pytest.approx(0.5)
    assert results["FALSE_POSITIVE_RATE"] == pytest.approx(40 / (20 * 40))
    assert results["F1"] == pytest.approx(2 * 200 / (2 * 200 + 40 + 200))
    assert "Sensitivity" in report.read_text()
    none = write(tmp_path / "none.tif", np.zeros((40, 40), np.uint8))
    results, _ = run("evaluatechanges", PREDICTED=none, TRUTH=none)
    assert results["SENSITIVITY"] is None and results["SPECIFICITY"] == 1


def test_own_images_become_a_series(run, images, tmp_path):
    results, _ = run("buildseries", IMAGES=list(images), SERIES=str(tmp_path / "series"))
    assert results["EPOCHS"] == 2
    for name in ("BEFORE", "AFTER"):
        assert QgsRasterLayer(results[name], name).crs().celestialBodyName() == "Mars"
    report = (tmp_path / "series" / "report.html").read_text()
    assert ("a_2011-04-27" in report and "<svg" in report) or "<img" in report
    with pytest.raises(QgsProcessingException, match="Neither FOLDER nor IMAGES"):
        run("buildseries", SERIES=str(tmp_path / "none"))


def test_an_undated_image_asks_for_times(run, tmp_path):
    a, b = write(tmp_path / "a.tif", texture()), write(tmp_path / "b.tif", np.roll(texture(), 2, 1))
    with pytest.raises(QgsProcessingException, match="TIMES"):
        run("buildseries", IMAGES=[a, b], SERIES=str(tmp_path / "series"))
    results, _ = run("buildseries", IMAGES=[a, b], TIMES="2011-01-01;2012-01-01", SERIES=str(tmp_path / "series"))
    assert results["EPOCHS"] == 2


def test_an_area_is_monitored_and_a_second_run_does_nothing_again(run, sandbox, tmp_path):
    job = {"EXTENT": EXTENT, "MARS_YEARS": "30", "MAX_PRODUCTS": 2, "FOLDER": str(tmp_path / "job")}
    results, _ = run("monitorarea", **job)
    for name in ("PROBABILITY", "MASK", "POLYGONS", "REPORT"):
        assert (tmp_path / "job") in Path(results[name]).parents
    pairs = list((tmp_path / "job" / "changes").iterdir())
    assert len(pairs) == 1
    made = (pairs[0] / "probability.tif").stat().st_mtime_ns
    copy = str(tmp_path / "copy.tif")
    results, log = run("monitorarea", **job, MASK=copy)
    assert "done before" in log and "already in the series" in log
    assert (pairs[0] / "probability.tif").stat().st_mtime_ns == made
    assert results["MASK"] == copy and QgsRasterLayer(copy, "m").isValid()


def test_too_few_products_are_explained(run, sandbox, tmp_path):
    with pytest.raises(QgsProcessingException, match="comparison needs two"):
        run("monitorarea", EXTENT=EXTENT, MARS_YEARS="30", SOLAR_LONGITUDE="240-260", FOLDER=str(tmp_path))
