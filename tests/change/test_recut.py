"""Another threshold from the stored probability gives what the network's own run at that threshold gives."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, ogr

from marscd_plugin.change.detector import detect_changes
from marscd_plugin.change.job import DetectJob
from marscd_plugin.change.recut import RecutJob, recut_changes
from marscd_plugin.common.errors import CancelledError, InputError
from marscd_plugin.common.progress import Quiet


@pytest.fixture
def job(rasters, terrain, tiny_model, tmp_path) -> DetectJob:
    """A pair with a strong streak, a weak one and specks; ``out`` holds its results."""
    after = terrain.copy()
    after[100:110, 50:150] -= np.linspace(0.0, 0.06, 100, dtype=np.float32)
    after[200:260, 300:304] += 0.02
    after[20, 20] -= 0.06
    out = tmp_path / "out"
    return DetectJob(
        before=rasters.write("before.tif", terrain),
        after=rasters.write("after.tif", after),
        model=str(tiny_model),
        probability=str(out / "probability.tif"),
        mask=str(out / "mask.tif"),
        polygons=str(out / "polygons.fgb"),
        before_time="2011-04-27T01:02:03+00:00",
        after_time="2012-04-27T01:02:03+00:00",
    )


def recut_of(job: DetectJob, **values) -> RecutJob:
    return RecutJob(**{"probability": job.probability, "mask": job.mask, "polygons": job.polygons, **values})


def pixels(path: str | Path) -> np.ndarray:
    return gdal.Open(str(path)).ReadAsArray()


def features(path: str | Path) -> list[dict]:
    dataset = ogr.Open(str(path))
    rows = [json.loads(f.ExportToJson()) for f in dataset.GetLayer(0)]
    return sorted(({**r["properties"], "geometry": r["geometry"]} for r in rows), key=lambda row: row["change_id"])


@pytest.mark.parametrize("threshold", [None, 0.2, 0.9])
@pytest.mark.parametrize("extent", [None, (-40.0, -41.58 * np.pi / 180 * 3396190.0 + 5.0, 20.0, 1e7)])
def test_it_is_what_a_run_at_that_threshold_gives(job, tmp_path, threshold, extent):
    job = replace(job, extent=extent)
    first = detect_changes(job, Quiet())
    wanted = tmp_path / "wanted"
    direct = detect_changes(
        replace(
            job,
            threshold=threshold,
            probability=str(wanted / "p.tif"),
            mask=str(wanted / "m.tif"),
            polygons=str(wanted / "c.fgb"),
        ),
        Quiet(),
    )
    found = recut_changes(recut_of(job, threshold=direct.threshold), Quiet())
    assert np.array_equal(pixels(job.mask), pixels(wanted / "m.tif")) and pixels(job.mask).any()
    for name in ("threshold", "changed_pixels", "compared_pixels", "polygon_count", "before", "after", "device"):
        assert getattr(found, name) == getattr(direct, name), name
    assert found.changed_area == pytest.approx(direct.changed_area)
    assert (threshold == 0.9) <= (found.changed_pixels < first.changed_pixels)
    for one, two in zip(features(job.polygons), features(wanted / "c.fgb"), strict=True):
        assert one["geometry"] == two["geometry"]
        for name, value in two.items():
            if name != "geometry":
                assert one[name] == (pytest.approx(value, rel=1e-3, abs=1e-4) if isinstance(value, float) else value)


def test_the_smallest_area_is_kept_or_changed(job):
    first = detect_changes(replace(job, min_area_m2=1.0), Quiet())
    assert recut_changes(recut_of(job, threshold=first.threshold), Quiet()).polygon_count == first.polygon_count
    more = recut_changes(recut_of(job, threshold=first.threshold, min_area_m2=0.0), Quiet())
    assert more.polygon_count > first.polygon_count
    told = json.loads(Path(job.polygons + ".provenance.json").read_text())
    assert told["parameters"]["min_area_m2"] == 0.0 and told["model_sha256"]


def test_the_images_may_have_moved(job):
    detect_changes(job, Quiet())
    moved = Path(job.before).with_name("elsewhere.tif")
    Path(job.before).rename(moved)
    with pytest.raises(InputError, match=r"before\.tif"):
        recut_changes(recut_of(job, threshold=0.5), Quiet())
    assert recut_changes(recut_of(job, threshold=0.5, before=str(moved)), Quiet()).polygon_count


def test_another_image_is_refused(job, rasters, terrain):
    detect_changes(job, Quiet())
    other = rasters.write("other.tif", terrain[:200, :200])
    with pytest.raises(InputError, match="does not lie on the grid"):
        recut_changes(recut_of(job, threshold=0.5, before=other), Quiet())


@pytest.mark.parametrize("told", ["no json", "[]", "{}", '{"parameters": 1}'])
def test_a_raster_that_does_not_say_what_it_was_made_of_is_refused(job, told):
    detect_changes(job, Quiet())
    mask = Path(job.mask).read_bytes()
    dataset = gdal.Open(job.probability, gdal.GA_Update)
    dataset.SetMetadataItem("MARSCD_PROVENANCE", told)
    dataset = None
    with pytest.raises(InputError, match="again"):
        recut_changes(recut_of(job, threshold=0.5), Quiet())
    assert Path(job.mask).read_bytes() == mask


@pytest.mark.parametrize("values", [{"threshold": 0.0}, {"threshold": 1.0}, {"threshold": 0.5, "min_area_m2": -1.0}])
def test_values_that_no_run_could_use(job, values):
    with pytest.raises(InputError):
        recut_of(job, **values)


def test_a_cancel_leaves_the_former_files(job):
    detect_changes(job, Quiet())
    former = [Path(p).read_bytes() for p in (job.mask, job.polygons)]

    class Stop(Quiet):
        def report(self, fraction, message=""):
            if "mask" in message:
                self.cancel()

    with pytest.raises(CancelledError):
        recut_changes(recut_of(job, threshold=0.9), Stop())
    assert [Path(p).read_bytes() for p in (job.mask, job.polygons)] == former
    assert sorted(p.name for p in Path(job.mask).parent.iterdir()) == [
        "mask.tif",
        "polygons.fgb",
        "polygons.fgb.provenance.json",
        "probability.tif",
    ]
