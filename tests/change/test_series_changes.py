"""A simulated series with known truth: when it changed, its curve, its classes; and bad images that change nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, ogr
from simulated_series import write

from marscd_plugin.change import seriespass
from marscd_plugin.change.calibration import HIGHEST
from marscd_plugin.change.comparer import Tile, context_of, load_comparing
from marscd_plugin.change.curve import curve_of_histories, read_curve
from marscd_plugin.change.seriesdetector import detect_series_changes
from marscd_plugin.change.seriesjob import SeriesDetectJob
from marscd_plugin.change.seriesthresholds import calmest
from marscd_plugin.change.timeline import choose_pairs
from marscd_plugin.common.errors import CancelledError, InputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.rasters import RasterWriter, Window
from marscd_plugin.common.words import Pair
from marscd_plugin.planet.crs import body_of

PIXEL_M2 = 0.25


def job_of(series, model, folder: Path, **other) -> SeriesDetectJob:
    names = {"first_seen": "first.tif", "last_seen": "last.tif", "count": "count.tif", "polygons": "changes.fgb",
             "curve": "curve.csv", "report": "report.html"}  # fmt: skip
    paths = {k: str(folder / v) for k, v in names.items()}
    return SeriesDetectJob(series.epochs, series.grid, series.pairs, str(model), **{**paths, **other})


def pixels(path) -> np.ndarray:
    return gdal.Open(str(path)).ReadAsArray()


def objects(path) -> list[dict]:
    dataset = ogr.Open(str(path))
    return [json.loads(f.ExportToJson())["properties"] for f in dataset.GetLayer(0)]


def of(job, found, series) -> dict[str, float]:
    """How the rasters compare with the truth."""
    first, last, count = (pixels(p) for p in (job.first_seen, job.last_seen, job.count))
    dark = series.dark
    ever = dark.any(axis=0) & ~dark.all(axis=0)
    hit = ever & (first > 0)
    right = {
        "first": first == 1 + np.argmax(dark, axis=0),
        "last": last == len(dark) - np.argmax(dark[::-1], axis=0),
        "count": count == dark.sum(axis=0),
    }
    return {"found": hit.sum() / ever.sum(), **{k: v[hit].mean() for k, v in right.items()}}


@pytest.fixture
def job(sound, line_models, tmp_path):
    return sound, job_of(sound, line_models["split"], tmp_path / "out", min_area_m2=1.0)


def test_it_is_told_when_each_place_changed_and_the_curve_follows_the_truth(job):
    series, job = job
    found = detect_series_changes(job, Quiet())
    quality = of(job, found, series)
    assert quality["found"] > 0.8 and min(quality[k] for k in ("first", "last", "count")) > 0.9

    points = read_curve(job.curve)
    truth = series.dark.sum(axis=(1, 2)) * PIXEL_M2
    seen = np.array([p.seen for p in points])
    # Two streaks and a crater came for good besides: they are seen, and are no lineae.
    assert np.corrcoef(seen, truth)[0, 1] > 0.98
    assert abs(seen - truth).max() < 0.2 * truth.max()
    assert seen[[0, 4, 7]].max() < 0.2 * seen.max()
    assert [p.mars_year for p in points] == [e.mars_year for e in series.epochs]
    assert all(p.known == pytest.approx(points[0].known) for p in points)
    change = np.diff(seen)
    np.testing.assert_allclose([p.appeared - p.faded for p in points[1:]], change, atol=1e-3)

    told = objects(job.polygons)
    assert len(told) == found.polygon_count == sum(found.counts.values())
    large = [row for row in told if row["class"] == "recurs"]
    # Lineae that come again are most of what changed.
    assert sum(r["area_m2"] for r in large) > 0.6 * found.changed_area
    best = max(large, key=lambda r: r["area_m2"])
    assert best["direction"] == "faded" and best["kind"] == "rsl" and best["kind_share"] > 0.6
    assert best["first_seen"].startswith("2011/04/27") and best["not_before"].startswith("2011/02/01")
    assert best["last_seen"].startswith("2013/06/23") and best["gone_by"].startswith("2014/05/01")
    assert (best["n_epochs"], best["n_observed"]) == (5, 8)
    assert best["if_ratio"] < 0.95 and best["contrast"] < 0 and 0.5 < best["confidence"] <= 1
    assert 0.8 < best["agreement"] <= 1 and best["longitude"] == pytest.approx(-157.7, abs=0.01)
    again = curve_of_histories(r["history"] for r in told if r["class"] != "single")
    np.testing.assert_allclose([p.seen for p in again], seen, rtol=0.01, atol=1.0)
    assert found.encoded == len(series.epochs) and found.suspects == ()


def test_outputs_are_on_mars_named_and_complete(job):
    series, job = job
    detect_series_changes(job, Quiet())
    for path in (job.first_seen, job.last_seen, job.count):
        dataset = gdal.Open(path)
        assert dataset.GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE") == "COG"
        assert dataset.GetRasterBand(1).GetNoDataValue() == 255 and body_of(dataset.GetProjection()) == "Mars"
        told = json.loads(dataset.GetMetadataItem("MARSCD_PROVENANCE"))
        assert told["process"] == "marscd:detectserieschanges" and len(told["parameters"]["pairs"]) == 24
        assert json.loads(dataset.GetMetadataItem("MARSCD_EPOCHS")) == [e.product_id for e in series.epochs]
    dataset = gdal.Open(job.first_seen)
    table = dataset.GetRasterBand(1).GetDefaultRAT()
    assert table.GetRowCount() == 8 and table.GetValueAsString(1, 1) == "2011-04-27"
    assert json.loads(Path(job.polygons + ".provenance.json").read_text())["inputs"][0] == series.epochs[0].product_id
    report = Path(job.report).read_text()
    assert report.count("<svg") == 1 and "MY 30" in report and "data:image/jpeg" in report
    left = {p.name for p in Path(job.curve).parent.iterdir()}
    assert left == {"first.tif", "first.tif.aux.xml", "last.tif", "last.tif.aux.xml", "count.tif", "changes.fgb",
                    "changes.fgb.provenance.json", "curve.csv", "report.html"}  # fmt: skip


def test_halves_whole_and_tiles_give_the_same(job, line_models, monkeypatch):
    _, job = job
    detect_series_changes(job, Quiet())
    wanted = [pixels(p) for p in job.rasters]
    whole = replace(job, model=str(line_models["whole"]))
    for changed in (replace(job, tile=100), whole, replace(whole, tile=64)):
        detect_series_changes(changed, Quiet())
        for path, one in zip(changed.rasters, wanted, strict=True):
            # The ground around a pixel is looked at as far as a tile's margin reaches: its sign may turn at the edge.
            assert (pixels(path) != one).mean() < 2e-4
    # Features that do not fit are made again, not kept.
    monkeypatch.setattr(seriespass, "Tile", lambda model, images: Tile(model, images, budget=1))
    found = detect_series_changes(job, Quiet())
    assert found.encoded > 8
    for path, one in zip(job.rasters, wanted, strict=True):
        np.testing.assert_array_equal(pixels(path), one)


def glare(values):
    y, x = np.mgrid[: values.shape[0], : values.shape[1]]
    return values + (0.06 * np.exp(-((x - 128) ** 2 + (y - 128) ** 2) / 3600)).astype(np.float32)


def shifted(values):
    return np.roll(values, 2, axis=1)


def noisy(values):
    return values + np.random.default_rng(3).normal(0, 0.02, values.shape).astype(np.float32)


@pytest.fixture(scope="session")
def good(sound, line_models, tmp_path_factory):
    """What the sound series shows."""
    made = job_of(sound, line_models["split"], tmp_path_factory.mktemp("good"), min_area_m2=1.0)
    detect_series_changes(made, Quiet())
    return made


@pytest.mark.parametrize(("how", "date"), [(glare, 3), (glare, 5), (shifted, 3), (noisy, 5)])
def test_one_bad_image_makes_no_lasting_change(good, spoil, line_models, tmp_path, how, date):
    bad = spoil({date: how})
    job = job_of(bad, line_models["split"], tmp_path / "bad", min_area_m2=1.0)
    found = detect_series_changes(job, Quiet())
    truth = bad.dark.any(axis=0)
    first, was = pixels(job.first_seen), pixels(good.first_seen)
    # What it adds to what the sound series shows, as a share of the ground that never changed.
    added = (first > 0) & (was == 0) & ~truth
    assert added.sum() < 0.002 * (~truth).sum()
    lasting = [r for r in objects(job.polygons) if r["class"] in ("persists", "grows", "recurs")]
    extra = sum(r["area_m2"] for r in lasting) - sum(
        r["area_m2"] for r in objects(good.polygons) if r["class"] in ("persists", "grows", "recurs")
    )
    assert extra < 0.1 * truth.sum() * PIXEL_M2
    # And what truly changed is still found.
    assert (first > 0)[truth].mean() > 0.9 * (was > 0)[truth].mean()
    if how is not shifted:
        assert found.suspects == (bad.epochs[date].product_id,) and "glare" in " ".join(found.warnings)


#: Rows and columns of a mark that is drawn into images: far from any lineae.
MARK, INSIDE = np.s_[4:16, 4:34], np.s_[7:13, 7:31]


def mark(values):
    values = values.copy()
    values[MARK] *= 0.6
    return values


def test_what_one_image_alone_shows_is_single_and_not_in_the_dates(spoil, line_models, tmp_path):
    series = spoil({2: mark})
    assert not series.dark[:, :64, :84].any()
    job = job_of(series, line_models["split"], tmp_path / "out", min_area_m2=2.0)
    found = detect_series_changes(job, Quiet())
    assert (pixels(job.first_seen)[INSIDE] == 0).all() and (pixels(job.count)[INSIDE] == 1).mean() > 0.95
    singles = [r for r in objects(job.polygons) if r["class"] == "single"]
    assert max(r["area_m2"] for r in singles) == pytest.approx(360 * PIXEL_M2, rel=0.1)
    assert read_curve(job.curve)[2].alone == pytest.approx(found.single_area, rel=0.2)
    detect_series_changes(replace(job, singles=False), Quiet())
    assert all(r["class"] != "single" for r in objects(job.polygons))


def test_the_last_image_alone_is_unconfirmed_and_three_dates_confirm_nothing(spoil, line_models, tmp_path):
    series = spoil({7: mark})
    job = job_of(series, line_models["split"], tmp_path / "out", min_area_m2=2.0)
    detect_series_changes(job, Quiet())
    assert (pixels(job.first_seen)[INSIDE] == 8).mean() > 0.95
    largest = max((r for r in objects(job.polygons) if r["class"] == "unconfirmed"), key=lambda r: r["area_m2"])
    assert largest["first_seen"].startswith("2014/05/01") and largest["gone_by"] is None
    kept = {e.product_id for e in series.epochs[:3]}
    pairs = tuple(p for p in series.pairs if {p.before, p.after} <= kept)
    few = replace(series, epochs=series.epochs[:3], pairs=pairs)
    job = job_of(few, line_models["split"], tmp_path / "few", min_area_m2=2.0)
    found = detect_series_changes(job, Quiet())
    assert any("Four dates" in w for w in found.warnings)
    assert found.counts["persists"] == found.counts["grows"] == found.counts["recurs"] == 0


def test_a_wish_for_few_false_alarms_sets_each_pairs_threshold(sound, line_models, tmp_path):
    """Calm ground of 100 cells, a mark from the third date on, and one noisy image."""
    rng = np.random.default_rng(8)
    grid = replace(sound.grid, width=320, height=320)
    ground = 0.15 + 0.01 * np.sin(np.arange(320) / 40.0)[:, None] * np.cos(np.arange(320) / 31.0)[None]
    epochs = []
    for index, epoch in enumerate(sound.epochs[:6]):
        values = ground + rng.normal(0, 0.01 if index == 4 else 0.0004, ground.shape)
        if index >= 2:
            values[150:170, 100:200] -= 0.03
        raster = tmp_path / epoch.raster.name
        write(raster, values, grid)
        epochs.append(replace(epoch, raster=raster))
    series = replace(sound, epochs=tuple(epochs), grid=grid)
    job = job_of(series, line_models["split"], tmp_path / "out", min_area_m2=1.0, false_alarms=200.0)
    found = detect_series_changes(job, Quiet())
    told = json.loads(Path(job.polygons + ".provenance.json").read_text())["parameters"]["pairs"]
    bad = series.epochs[4].product_id
    with_it = [row[3] for row in told if bad in row[:2]]
    without = [row[3] for row in told if bad not in row[:2]]
    assert min(with_it) > 0.9 > 0.5 > max(without) and any(bad in w for w in found.warnings)
    assert (pixels(job.first_seen)[152:168, 102:198] == 3).mean() > 0.95


def test_a_date_takes_the_threshold_of_its_calmest_pair():
    compared = choose_pairs(["a", "b", "c"], [Pair("a", "b", 1.0), Pair("a", "c", 1.0), Pair("b", "c", 1.0)])
    assert calmest(np.array([0.3, 0.9, 0.8]), compared, 4).tolist() == [0.3, 0.3, 0.8, HIGHEST]


def test_masks_and_nodata_hide_a_date(sound, line_models, tmp_path):
    series = sound
    height, width = series.grid.height, series.grid.width
    masks = []
    for index, epoch in enumerate(series.epochs):
        bits = np.zeros((height, width), np.uint8)
        if index == 1:
            bits[:, :128] = 4
        bits[:10] = 1
        path = tmp_path / f"mask{epoch.product_id}.tif"
        with RasterWriter(path, series.grid, np.uint8) as out:
            out.write(Window(0, 0, width, height), bits)
        masks.append(str(path))
    job = job_of(series, line_models["split"], tmp_path / "out", masks=tuple(masks), hide=5)
    detect_series_changes(job, Quiet())
    first = pixels(job.first_seen)
    assert (first[:10] == 255).all() and (first[10:, :128] != 2).all() and (first[10:, 128:] == 2).any()
    points = read_curve(job.curve)
    assert points[1].known < 0.8 * points[2].known and points[1].observed == pytest.approx(
        (height - 10) * 128 * PIXEL_M2, rel=1e-3
    )


def test_an_extent_is_cut_out_of_the_whole(job):
    _, job = job
    job = replace(job, min_area_m2=0.0)
    detect_series_changes(job, Quiet())
    whole = pixels(job.first_seen)
    left, top, size = job.grid.left, job.grid.top, job.grid.pixel_size
    extent = (left + 41 * size, top - 203 * size, left + 170 * size, top - 50 * size)
    detect_series_changes(replace(job, extent=extent), Quiet())
    part = pixels(job.first_seen)
    assert part.shape == (153, 129) and (part != whole[50:203, 41:170]).mean() < 0.002


def test_bright_features_are_read_the_other_way(spoil, line_models, tmp_path):
    def frost(values):
        values = values.copy()
        values[40:60, 40:60] *= 1.5
        return values

    series = spoil({1: frost, 2: frost})
    dates = {}
    for feature in ("DARK", "BRIGHT", "NEW"):
        job = job_of(series, line_models["split"], tmp_path / feature, feature=feature)
        detect_series_changes(job, Quiet())
        inside = np.s_[43:57, 43:57]
        dates[feature] = [int(np.median(pixels(p)[inside])) for p in job.rasters]
    assert dates["BRIGHT"] == dates["NEW"] == [2, 3, 2] and dates["DARK"] == [1, 8, 6]


def test_a_cancel_leaves_nothing(job):
    _, job = job

    class Stopper(Quiet):
        def report(self, fraction, message=""):
            if fraction > 0.2:
                self.cancel()

    with pytest.raises(CancelledError):
        detect_series_changes(replace(job, tile=64), Stopper())
    assert not list(Path(job.curve).parent.glob("*"))


@pytest.mark.parametrize(
    "values",
    [
        {"threshold": 0.0},
        {"min_area_m2": -1.0},
        {"feature": "GREY"},
        {"count": "first.jp2"},
        {"polygons": "x.shp"},
        {"masks": ("a",)},
        {"false_alarms": 0.0},
        {"false_alarms": 3.0, "threshold": 0.5},
    ],
)
def test_jobs_that_cannot_be(job, values):
    with pytest.raises(InputError):
        replace(job[1], **values)
    with pytest.raises(InputError):
        replace(job[1], epochs=job[1].epochs[:1])


def test_what_is_known_of_a_pair_goes_to_the_model(job):
    series, _ = job
    told = context_of(series.epochs[0], replace(series.epochs[1], sub_solar_azimuth=10.0))
    assert told["incidence_before"] == 45.0 and told["azimuth_change"] == pytest.approx(85.0)
    assert told["residual_px"] == pytest.approx(0.1 * 2**0.5)
    assert context_of(series.epochs[0], replace(series.epochs[1], incidence=None))["incidence_after"] is None


def test_halves_are_taken_where_they_are(line_models):
    assert not hasattr(load_comparing(str(line_models["whole"]), "CPU", 1), "encode")
    assert hasattr(load_comparing(str(line_models["split"]), "CPU", 1), "encode")
