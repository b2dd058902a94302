"""The false alarms that a map states: on tails that are known, cells cut in strips, and in a whole detection."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marscd_plugin.change.calibration import (
    CELL,
    HIGHEST,
    LEAST_CELLS,
    LOWEST,
    PER_MEGAPIXEL,
    CellMaxima,
    expected,
    logit,
    stated,
    threshold_for,
    wished_threshold,
)
from marscd_plugin.common.errors import InputError
from marscd_plugin.common.rasters import Window


def gumbel(rng, count, place=-4.0, scale=0.8):
    return rng.gumbel(place, scale, count)


@pytest.mark.parametrize("threshold", [0.1, 0.3, 0.5])
def test_the_rate_of_a_known_tail_is_never_stated_too_low_and_rarely_far_too_high(threshold):
    """Cells whose maxima are Gumbel's, as those of independent noise are: the truth is known in closed form."""
    t = float(logit(np.array(threshold)))
    truth = -np.expm1(-np.exp(-(t + 4.0) / 0.8)) * PER_MEGAPIXEL
    enough, near = 0, 0
    for seed in range(60):
        found = expected(gumbel(np.random.default_rng(seed), 400), threshold)
        enough += found.high >= truth
        near += found.low <= 2 * truth
    assert enough >= 58 and near >= 50


def test_change_in_a_tenth_of_the_cells_only_raises_what_is_stated():
    rng = np.random.default_rng(1)
    calm = gumbel(rng, 2000)
    changed = calm.copy()
    changed[:200] = 5.0
    without, with_change = expected(calm, 0.5), expected(changed, 0.5)
    assert without.per_megapixel <= with_change.per_megapixel < 20 * without.per_megapixel
    # What is flagged itself is far more: change is not taken for false alarms one by one.
    assert with_change.per_megapixel < 0.5 * 0.1 * PER_MEGAPIXEL


def test_the_wished_rate_is_met_by_new_ground_of_the_same_kind():
    rng = np.random.default_rng(2)
    wished = 2.0
    threshold = threshold_for(gumbel(rng, 4000), wished)
    assert LOWEST <= threshold <= HIGHEST
    came = (gumbel(rng, 400_000) >= float(logit(np.array(threshold)))).mean() * PER_MEGAPIXEL
    assert 0.02 * wished < came < 2 * wished
    # A stricter wish asks for a higher threshold.
    assert threshold_for(gumbel(rng, 4000), 0.2) > threshold


def test_what_is_too_small_says_nothing_and_hopeless_ground_gets_the_highest_threshold():
    few = gumbel(np.random.default_rng(3), LEAST_CELLS - 1)
    assert expected(few, 0.5) is None and threshold_for(few, 1.0) is None
    assert stated(CellMaxima(10, 10), 0.5, 1.0) == {}
    restless = np.full(200, 8.0)
    assert threshold_for(restless, 0.01) == HIGHEST
    assert expected(restless, 0.5).per_megapixel == pytest.approx(PER_MEGAPIXEL)


def test_a_wish_that_cannot_be_met_is_said_to_be():
    threshold, note = wished_threshold(CellMaxima(10, 10), 1.0, 0.37)
    assert threshold == 0.37 and "too small" in note
    side = CELL * 12
    restless = CellMaxima(side, side)
    restless.add(Window(0, 0, side, side), np.full((side, side), 0.9999, np.float32), np.ones((side, side), bool))
    threshold, note = wished_threshold(restless, 0.1, 0.37)
    assert threshold == HIGHEST and "nearly everywhere" in note
    rng = np.random.default_rng(6)
    calm = CellMaxima(side, side)
    calm.add(Window(0, 0, side, side), rng.random((side, side), np.float32) * 0.01, np.ones((side, side), bool))
    threshold, note = wished_threshold(calm, 5.0, 0.37)
    assert LOWEST <= threshold < 0.37 and note == ""


def test_a_silent_map_states_next_to_nothing():
    silent = CellMaxima(CELL * 20, CELL * 20)
    silent.add(
        Window(0, 0, CELL * 20, CELL * 20), np.zeros((CELL * 20,) * 2, np.float32), np.ones((CELL * 20,) * 2, bool)
    )
    said = stated(silent, 0.5, 0.25)
    assert said["expected_false_per_mp"] < 1e-6
    # 400 cells without an alarm: fewer than three in so many, with 95 % confidence.
    assert said["expected_false_high"] == pytest.approx(3 / 400 * PER_MEGAPIXEL, rel=0.02)
    assert said["expected_false_per_km2"] == pytest.approx(4 * said["expected_false_per_mp"])


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 150), st.integers(1, 150), st.integers(1, 150), st.integers(0, 10_000))
def test_cells_do_not_depend_on_how_the_scene_is_cut(width, height, strip, seed):
    rng = np.random.default_rng(seed)
    values, valid = rng.random((height, width), np.float32), rng.random((height, width)) > 0.3
    whole, cut = CellMaxima(width, height), CellMaxima(width, height)
    whole.add(Window(0, 0, width, height), values, valid)
    for left in range(0, width, 60):
        for top in range(0, height, strip):
            part = Window(left, top, min(60, width - left), min(strip, height - top))
            cut.add(part, values[part.slices], valid[part.slices])
    np.testing.assert_array_equal(whole.logits(), cut.logits())


def test_a_detection_states_its_false_alarms_and_takes_a_wish(rasters, tiny_model, tmp_path):
    """The tiny model's probability follows the difference: noise makes its false alarms, the streak is the change."""
    from osgeo import gdal

    from marscd_plugin.change.detector import detect_changes
    from marscd_plugin.change.job import DetectJob
    from marscd_plugin.change.recut import RecutJob, recut_changes
    from marscd_plugin.common.progress import Quiet

    rng = np.random.default_rng(5)
    before = rng.normal(0.2, 0.02, (400, 400)).astype(np.float32)
    after = before + rng.normal(0, 0.012, before.shape).astype(np.float32)
    after[100:110, 50:150] -= 0.1
    job = DetectJob(
        before=rasters.write("b.tif", before),
        after=rasters.write("a.tif", after),
        model=str(tiny_model),
        probability=str(tmp_path / "p.tif"),
        mask=str(tmp_path / "m.tif"),
        polygons=str(tmp_path / "c.fgb"),
    )
    plain = detect_changes(job, Quiet())
    assert plain.expected_false_per_mp is not None
    assert plain.expected_false_low <= plain.expected_false_per_mp <= plain.expected_false_high
    assert plain.expected_false_per_km2 == pytest.approx(plain.expected_false_per_mp / 0.0625, rel=0.01)
    record = json.loads((tmp_path / "c.fgb.provenance.json").read_text())
    assert record["parameters"]["expected_false_per_mp"] == pytest.approx(plain.expected_false_per_mp)

    wished = detect_changes(replace(job, false_alarms=1e6), Quiet())
    assert wished.threshold <= plain.threshold
    mask = gdal.Open(job.mask).ReadAsArray()
    probability = gdal.Open(job.probability).ReadAsArray()
    np.testing.assert_array_equal(mask == 1, probability >= wished.threshold)
    # Cutting the stored probability at that threshold again says the same of itself.
    again = recut_changes(
        RecutJob(job.probability, str(tmp_path / "m2.tif"), str(tmp_path / "c2.fgb"), wished.threshold), Quiet()
    )
    assert again.expected_false_per_mp == pytest.approx(wished.expected_false_per_mp)
    assert (again.polygon_count, again.changed_pixels) == (wished.polygon_count, wished.changed_pixels)


def test_a_wish_and_a_threshold_are_not_given_together(tmp_path):
    from marscd_plugin.change.job import DetectJob

    paths = {
        "before": "b.tif",
        "after": "a.tif",
        "model": "m",
        "probability": "p.tif",
        "mask": "k.tif",
        "polygons": "c.fgb",
    }
    with pytest.raises(InputError, match="both"):
        DetectJob(**paths, threshold=0.5, false_alarms=1.0)
    with pytest.raises(InputError):
        DetectJob(**paths, false_alarms=0.0)
