"""Detection end to end on small Mars rasters with known changes."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, ogr

from marscd_plugin.change.detector import detect_changes
from marscd_plugin.change.job import DetectJob
from marscd_plugin.change.polygons import COLUMNS
from marscd_plugin.common.errors import CancelledError, InputError, ModelError, OutputError, RegistrationError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.words import Registration
from marscd_plugin.planet.crs import body_of, equirectangular_wkt, geographic_wkt, local_wkt

PIXEL_M2 = 0.0625


@pytest.fixture
def changed(terrain):
    """The terrain with a dark streak of 10 x 100 px, a bright one of 60 x 4 px, and two specks."""
    after = terrain.copy()
    after[100:110, 50:150] -= 0.06
    after[200:260, 300:304] += 0.06
    after[20, 20] -= 0.06
    after[30:32, 200:202] -= 0.06
    return after


@pytest.fixture
def job(rasters, terrain, changed, tiny_model, tmp_path) -> DetectJob:
    """A job on the pair; its outputs are in ``out``."""
    out = tmp_path / "out"
    return DetectJob(
        before=rasters.write("before.tif", terrain),
        after=rasters.write("after.tif", changed),
        model=str(tiny_model),
        probability=str(out / "probability.tif"),
        mask=str(out / "mask.tif"),
        polygons=str(out / "polygons.fgb"),
    )


def pixels(path: str | Path) -> np.ndarray:
    return gdal.Open(str(path)).ReadAsArray()


def features(path: str | Path) -> list[dict]:
    dataset = ogr.Open(str(path))
    rows = [json.loads(f.ExportToJson())["properties"] for f in dataset.GetLayer(0)]
    return sorted(rows, key=lambda row: row["change_id"])


def left_behind(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.glob("**/*")) if folder.exists() else []


def test_finds_what_changed(job, terrain):
    result = detect_changes(replace(job, before_time="2011-06-01", after_time="2012-06-01T12:00:00.5Z"), Quiet())
    mask, probability = pixels(job.mask), pixels(job.probability)
    expected = np.zeros(terrain.shape, bool)
    expected[100:110, 50:150] = expected[200:260, 300:304] = True
    expected[20, 20] = expected[30:32, 200:202] = True
    np.testing.assert_array_equal(mask == 1, expected)
    np.testing.assert_array_equal(probability >= 0.5, expected)
    assert result.changed_pixels == 1245 and result.compared_pixels == terrain.size and result.polygon_count == 4
    assert result.changed_area == pytest.approx(1245 * PIXEL_M2, rel=1e-4)
    assert (result.device, result.threshold, result.warnings) == ("CPU", 0.5, ())

    dark, bright, speck, point = features(job.polygons)
    assert dark["area_m2"] == pytest.approx(1000 * PIXEL_M2, rel=1e-4) and dark["pixels"] == 1000
    assert (dark["direction"], bright["direction"], point["direction"]) == ("appeared", "faded", "appeared")
    assert dark["contrast"] < -4 < 4 < bright["contrast"]
    assert (dark["length_m"], dark["width_m"]) == pytest.approx((25.0, 2.5), rel=1e-3)
    assert (bright["length_m"], bright["width_m"]) == pytest.approx((15.0, 1.0), rel=1e-3)
    assert dark["azimuth"] == pytest.approx(90, abs=0.1)
    assert min(bright["azimuth"], 180 - bright["azimuth"]) == pytest.approx(0, abs=0.1)
    assert point["azimuth"] is None and speck["azimuth"] is None
    assert dark["longitude"] == pytest.approx(-157.83, abs=0.01) and dark["latitude"] == pytest.approx(-41.58, abs=0.01)
    assert 0.9 < dark["probability_mean"] <= dark["probability_max"] <= 1
    assert (dark["before_id"], dark["after_id"]) == ("before", "after")
    assert dark["before_mars_year"] == 30 and dark["after_mars_year"] == 31 and 0 <= dark["after_ls"] < 360
    dataset = ogr.Open(job.polygons)
    time = dataset.GetLayer(0).GetNextFeature().GetFieldAsDateTime("after_time")
    assert time[:5] == [2012, 6, 1, 12, 0] and time[5] == pytest.approx(0.5, abs=0.01) and time[6] == 100


def test_outputs_are_cogs_with_nodata_tags_and_a_crs_on_mars(job):
    detect_changes(job, Quiet())
    for path, kind, nodata in ((job.probability, gdal.GDT_Float32, -1), (job.mask, gdal.GDT_Byte, 255)):
        dataset = gdal.Open(path)
        band = dataset.GetRasterBand(1)
        assert (band.DataType, band.GetNoDataValue()) == (kind, nodata)
        assert dataset.GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE") == "COG"
        assert body_of(dataset.GetProjection()) == "Mars"
        assert dataset.GetGeoTransform() == gdal.Open(job.before).GetGeoTransform()
        record = json.loads(dataset.GetMetadataItem("MARSCD_PROVENANCE"))
        assert record["model"] == "tiny" and len(record["model_sha256"]) == 64 and record["device"] == "CPU"
        assert record["inputs"] == ["before", "after"] and record["software"].startswith("MarsCD")
    assert json.loads(Path(job.polygons + ".provenance.json").read_text())["parameters"]["threshold"] == 0.5
    assert left_behind(Path(job.mask).parent) == [
        "mask.tif", "polygons.fgb", "polygons.fgb.provenance.json", "probability.tif",
    ]  # fmt: skip


def test_polygons_are_valid_and_cover_the_mask(job):
    detect_changes(job, Quiet())
    dataset = ogr.Open(job.polygons)
    layer = dataset.GetLayer(0)
    assert [c.name for c in COLUMNS] == [f.name for f in layer.schema]
    geometries = [f.GetGeometryRef().Clone() for f in layer]
    assert all(g.IsValid() for g in geometries)
    assert sum(g.GetArea() for g in geometries) == pytest.approx(1245 * PIXEL_M2)


def test_min_area_holds_for_mask_and_polygons(job):
    result = detect_changes(replace(job, min_area_m2=1.0), Quiet())
    assert result.polygon_count == 2 and result.changed_pixels == 1240
    assert (pixels(job.mask) == 1).sum() == 1240
    assert (pixels(job.probability) >= 0.5).sum() == 1245


def test_threshold_beats_the_cards(job):
    assert detect_changes(replace(job, threshold=0.0002), Quiet()).changed_pixels > 1245


def test_tile_size_changes_nothing(job, deep_model):
    results = []
    for tile in (64, 132, 1000):
        changed = replace(job, model=str(deep_model), tile=tile, threshold=0.02)
        detect_changes(changed, Quiet())
        rows = [{k: v for k, v in row.items() if k != "contrast"} for row in features(job.polygons)]
        results.append((pixels(job.probability), pixels(job.mask), rows))
    for other in results[1:]:
        np.testing.assert_allclose(other[0], results[0][0], atol=1 / 4096 + 1e-6)
        np.testing.assert_array_equal(other[1], results[0][1])
        assert len(other[2]) == len(results[0][2])
        assert other[2][0]["area_m2"] == pytest.approx(results[0][2][0]["area_m2"])
        assert other[2][0]["length_m"] == pytest.approx(results[0][2][0]["length_m"])


def test_nodata_of_either_image(job, rasters, terrain, changed):
    before, after = terrain.copy(), changed.copy()
    before[:50] = -9999
    after[:, 300:] = np.nan
    job = replace(
        job, before=rasters.write("b.tif", before, nodata=-9999), after=rasters.write("a.tif", after, nodata=-9999)
    )
    result = detect_changes(job, Quiet())
    gone = np.zeros(terrain.shape, bool)
    gone[:50] = gone[:, 300:] = True
    np.testing.assert_array_equal(pixels(job.mask) == 255, gone)
    np.testing.assert_array_equal(pixels(job.probability) == -1, gone)
    assert result.compared_pixels == (~gone).sum() and result.changed_pixels == 1000


def test_integers_with_scale_offset_and_special_values(job, rasters, terrain, changed):
    def coded(values):
        return np.clip(np.rint((values - 0.05) / 1e-4), 3, 1020).astype(np.uint16)

    before, after = coded(terrain + 0.0), coded(changed)
    after[0:10, 0:10] = 0
    after[50:60, 300:320] = 1023
    job = replace(
        job,
        before=rasters.write("b.tif", before, nodata=0, scale=1e-4, offset=0.05),
        after=rasters.write("a.tif", after, nodata=0, scale=1e-4, offset=0.05),
        after_special=(1023.0,),
    )
    result = detect_changes(job, Quiet())
    mask = pixels(job.mask)
    assert (mask[0:10, 0:10] == 255).all() and (mask[50:60, 300:320] == 255).all()
    assert result.compared_pixels == terrain.size - 100 - 200
    assert (mask[100:110, 50:150] == 1).all()


def test_after_on_another_grid_is_laid_on_befores(job, rasters, terrain, changed):
    # AFTER covers the right two thirds only, shifted by a third of a pixel, in another Mars CRS.
    lat, lon = -41.58, -157.83
    other = equirectangular_wkt(lat, lon + 1.0, 3394839.8)
    left = -50.0 + 100 * 0.25
    x = (left / 3396190.0 - np.radians(1.0) * np.cos(np.radians(lat))) * 3394839.8
    y = (lat * np.pi / 180 + 40.0 / 3396190.0) * 3394839.8
    path = rasters.write(
        "other.tif", changed[:, 100:].copy(), crs=other, corner=(x, y), pixel=0.25 * 3394839.8 / 3396190.0
    )
    result = detect_changes(replace(job, after=path), Quiet())
    mask = pixels(job.mask)
    assert (mask[:, :95] == 255).all() and (mask[:, 105:] != 255).mean() > 0.98
    assert (mask[102:108, 105:148] == 1).all() and (mask[202:258, 301:303] == 1).all()
    assert (mask == 1).sum() < 900
    assert any("resampled" in w for w in result.warnings)


def test_extent_gives_the_same_pixels_as_the_whole(job, deep_model):
    job = replace(job, model=str(deep_model), threshold=0.02)
    detect_changes(job, Quiet())
    probability = pixels(job.probability)
    left, top = gdal.Open(job.before).GetGeoTransform()[0], gdal.Open(job.before).GetGeoTransform()[3]
    # 41 and 83 are no multiples of the model's 4 px cells: they start where the whole image's do.
    extent = (left + 41 * 0.25, top - 181 * 0.25, left + 201 * 0.25, top - 83 * 0.25)
    detect_changes(replace(job, extent=extent), Quiet())
    part = gdal.Open(job.probability)
    assert part.GetGeoTransform()[0::3] == pytest.approx((left + 10.25, top - 20.75))
    np.testing.assert_allclose(part.ReadAsArray(), probability[83:181, 41:201], atol=1 / 4096 + 1e-6)


def test_extent_in_degrees_and_outside(job):
    detect_changes(job, Quiet())
    longitudes = [row["longitude"] for row in features(job.polygons)]
    west, east = min(longitudes), max(longitudes)
    extent = (west - 1e-5, -41.6, east + 1e-5, -41.56)
    detect_changes(replace(job, extent=extent, extent_crs=geographic_wkt()), Quiet())
    assert 100 < gdal.Open(job.mask).RasterXSize < 400
    with pytest.raises(InputError, match="outside"):
        detect_changes(replace(job, extent=(10.0, 10.0, 11.0, 11.0), extent_crs=geographic_wkt()), Quiet())


def test_no_crs_on_both(job, rasters, terrain, changed):
    job = replace(
        job,
        before=rasters.write("b.tif", terrain, crs=""),
        after=rasters.write("a.tif", changed, crs=""),
        min_area_m2=5.0,
    )
    result = detect_changes(job, Quiet())
    assert result.changed_area is None and result.changed_pixels == 1245
    assert any("no CRS" in w for w in result.warnings) and any("MIN_AREA" in w for w in result.warnings)
    row = features(job.polygons)[0]
    assert row["area_m2"] is row["length_m"] is row["width_m"] is row["azimuth"] is row["longitude"] is None
    assert row["pixels"] == 1000
    dataset = ogr.Open(job.polygons)
    assert dataset.GetLayer(0).GetSpatialRef() is None
    assert dataset.GetLayer(0).GetExtent() == (20.0, 304.0, -260.0, -20.0)


def test_several_bands_and_a_pixel_size_the_model_does_not_know(job, rasters, terrain, changed):
    job = replace(
        job,
        before=rasters.write("b.tif", np.stack([terrain, terrain * 0]), pixel=6.0),
        after=rasters.write("a.tif", changed, pixel=6.0),
    )
    warnings = detect_changes(job, Quiet()).warnings
    assert any("2 bands; band 1" in w for w in warnings)
    assert any("A pixel is 6 m" in w and "0.2 to 0.6 m" in w for w in warnings)


@pytest.mark.parametrize("case", ["earth", "moon", "one without", "no overlap", "sizes", "nodata", "missing", "model"])
def test_refusals_leave_nothing(job, rasters, terrain, changed, build_model, tmp_path, case):
    error: type[Exception] = InputError
    if case == "earth":
        job, said = replace(job, after=rasters.write("e.tif", changed, crs="EPSG:32633")), "lies on Earth"
    elif case == "moon":
        moon = equirectangular_wkt(-41.58, 0.0, 1737400.0, "Moon")
        job, said = replace(job, after=rasters.write("m.tif", changed, crs=moon)), "on Moon"
    elif case == "one without":
        job, said = replace(job, after=rasters.write("n.tif", changed, crs="")), "has none"
    elif case == "no overlap":
        far = rasters.write("far.tif", changed, crs=local_wkt(20.0, -41.58))
        job, said = replace(job, after=far), "do not overlap"
    elif case == "sizes":
        before, after = rasters.write("b.tif", terrain, crs=""), rasters.write("a.tif", changed[:-1], crs="")
        job, said = replace(job, before=before, after=after), "differ in size"
    elif case == "nodata":
        before, after = terrain.copy(), changed.copy()
        before[:, 200:], after[:, :200] = np.nan, np.nan
        job = replace(job, before=rasters.write("b.tif", before), after=rasters.write("a.tif", after))
        said = "no pixel with data in common"
    elif case == "missing":
        job, said = replace(job, after=str(tmp_path / "gone.tif")), "gone.tif"
    else:
        card = build_model.card_with(inputs=("before", "after", "dtm"))
        path = build_model(tmp_path / "three.onnx", card=card, names=("before", "after", "dtm"))
        job, said, error = replace(job, model=str(path)), "3 images", ModelError
    with pytest.raises(error, match=said):
        detect_changes(job, Quiet())
    assert [n for n in left_behind(Path(job.mask).parent) if n.endswith((".tif", ".fgb"))] == []


def test_a_damaged_image_leaves_nothing(job, tmp_path):
    data = Path(job.after).read_bytes()
    cut = tmp_path / "cut.tif"
    cut.write_bytes(data[: len(data) // 2])
    with pytest.raises(InputError, match="cut"):
        detect_changes(replace(job, after=str(cut)), Quiet())
    assert left_behind(Path(job.mask).parent) == []


def test_cancel_leaves_nothing_and_keeps_what_was(job):
    detect_changes(job, Quiet())
    old = Path(job.mask).read_bytes()

    class Stopper(Quiet):
        def report(self, fraction, message=""):
            if fraction > 0.1:
                self.cancel()

    with pytest.raises(CancelledError):
        detect_changes(replace(job, tile=64), Stopper())
    assert Path(job.mask).read_bytes() == old
    assert len(left_behind(Path(job.mask).parent)) == 4


def test_unwritable_folder(job, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="file"):
        detect_changes(replace(job, probability=str(tmp_path / "file" / "p.tif")), Quiet())


@pytest.mark.parametrize(
    "values",
    [
        {"threshold": 1.5},
        {"min_area_m2": -1.0},
        {"mask": "x.jp2"},
        {"polygons": "x.shp"},
        {"mask": "same.tif", "probability": "same.tif"},
        {"mask": "before.tif", "before": "before.tif"},
    ],
)
def test_jobs_that_cannot_be(job, values):
    with pytest.raises(InputError):
        replace(job, **values)


def test_job_as_json(job):
    job = replace(job, extent=(1.0, 2.0, 3.0, 4.0), after_special=(0.0, 1023.0), registration={"residual_px": 0.3})
    assert DetectJob.from_dict(json.loads(json.dumps(job.as_dict()))) == job
    with pytest.raises(InputError, match="colour"):
        DetectJob.from_dict({**job.as_dict(), "colour": 1})


def test_register_first(job, rasters, changed):
    shifted = rasters.write("shifted.tif", np.roll(changed, 5, axis=1))
    asked = []

    def register(reference, moving, output, tie_points=None, progress=None):
        asked.append((reference, moving))
        gdal.Translate(str(output), job.after)
        return Registration(True, "fits", 5.0, 0.0, 1.4, 0.1, 300)

    result = detect_changes(replace(job, after=shifted, register=True), Quiet(), register)
    assert asked == [(job.before, shifted)] and result.changed_pixels == 1245
    assert result.after == "shifted" and any("1.4 pixels" in w for w in result.warnings)
    record = json.loads(gdal.Open(job.mask).GetMetadataItem("MARSCD_PROVENANCE"))
    assert record["registration"]["tie_point_count"] == 300

    def refuse(*_, **__):
        return Registration(False, "the two estimators disagree by 4 pixels")

    with pytest.raises(RegistrationError, match="disagree by 4 pixels"):
        detect_changes(replace(job, after=shifted, register=True), Quiet(), refuse)
    with pytest.raises(InputError, match="Registration"):
        detect_changes(replace(job, register=True), Quiet())


def test_bad_times(job):
    with pytest.raises(InputError, match="yesterday"):
        detect_changes(replace(job, before_time="yesterday"), Quiet())


_FULL_DISK = """
import json, resource, signal, sys
sys.path.insert(0, sys.argv[1])
from marscd_plugin.change.detector import detect_changes
from marscd_plugin.change.job import DetectJob
from marscd_plugin.common.errors import OutputError
from marscd_plugin.common.progress import Quiet
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))
try:
    detect_changes(DetectJob.from_dict(json.loads(sys.argv[2])), Quiet())
except OutputError as error:
    sys.stdout.write("REFUSED " + str(error))
"""


def test_writes_that_fail_midway_leave_nothing(job, deep_model):
    # A limit on the size of files stands for a full disk: both show only when GDAL flushes its blocks.
    job = replace(job, model=str(deep_model))
    root = Path(__file__).resolve().parent.parent.parent
    done = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, str(root), json.dumps(job.as_dict())],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.startswith("REFUSED") and "probability.tif" in done.stdout, done.stdout + done.stderr
    assert left_behind(Path(job.mask).parent) == []
