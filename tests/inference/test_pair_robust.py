"""The normalisation scheme: its formula, its limits, and what it must not depend on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marscd_plugin.common.errors import InputError
from marscd_plugin.inference.normalise import CLIP, Statistics, apply, pair_scale, statistics


def test_statistics_of_a_gaussian_are_its_mean_and_deviation():
    sample = np.random.default_rng(0).normal(5.0, 2.0, 200_000)
    stats = statistics(sample)
    assert stats.median == pytest.approx(5.0, abs=0.02)
    assert stats.spread == pytest.approx(2.0, rel=0.01)


def test_outliers_and_nan_do_not_move_the_statistics():
    sample = np.random.default_rng(0).normal(0.0, 1.0, 10_000)
    spoilt = np.concatenate((sample, np.full(100, 1e9), np.full(500, np.nan)))
    assert statistics(spoilt).spread == pytest.approx(statistics(sample).spread, rel=0.05)


def test_nothing_valid_is_an_input_error():
    with pytest.raises(InputError):
        statistics(np.array([np.nan, np.inf]))
    with pytest.raises(InputError):
        statistics(np.array([], np.uint8))


def test_the_scale_is_the_mean_width_or_two_percent_of_the_brightness():
    assert pair_scale(Statistics(10, 1.0), Statistics(10, 3.0)) == pytest.approx(2.0)
    assert pair_scale(Statistics(100, 0.1), Statistics(300, 0.1)) == pytest.approx(4.0)
    assert pair_scale(Statistics(0, 0.0), Statistics(0, 0.0)) == 1.0


def test_apply_clips_and_empties_nodata():
    array = np.array([[10.0, 12.0], [1e6, np.nan]], np.float32)
    valid = np.array([[True, False], [True, True]])
    out = apply(array, Statistics(10.0, 1.0), 2.0, valid)
    assert out.dtype == np.float32
    np.testing.assert_array_equal(out, [[0.0, 0.0], [CLIP, 0.0]])


def test_integers_are_accepted_and_the_input_is_left_alone():
    array = np.array([[1000, 1010]], np.uint16)
    out = apply(array, Statistics(1000.0, 5.0), 5.0)
    np.testing.assert_allclose(out, [[0.0, 2.0]])
    assert array.dtype == np.uint16


@given(st.floats(0.01, 100.0), st.floats(0.0, 50.0))
def test_a_change_of_unit_changes_nothing(gain, median):
    """I/F or DN: a positive factor on both images leaves what the network sees as it was."""
    rng = np.random.default_rng(1)
    before, after = rng.normal(median, 1.0, (2, 500))
    seen = []
    for factor in (1.0, gain):
        a, b = factor * before, factor * after
        stats = statistics(a), statistics(b)
        scale = pair_scale(*stats)
        seen.append(np.stack([apply(a, stats[0], scale), apply(b, stats[1], scale)]))
    np.testing.assert_allclose(seen[0], seen[1], atol=2e-3)


def test_both_dates_share_one_scale():
    """A line darker by one step in either date is as dark whichever date is first."""
    rng = np.random.default_rng(2)
    a, b = rng.normal(100, 5, 1000), rng.normal(100, 9, 1000)
    stats = statistics(a), statistics(b)
    scale = pair_scale(*stats)
    assert scale == pair_scale(*stats[::-1])
    step_a = apply(np.array([100.0, 90.0]), stats[0], scale)
    step_b = apply(np.array([100.0, 90.0]), stats[1], scale)
    assert step_a[0] - step_a[1] == pytest.approx(step_b[0] - step_b[1], rel=1e-5)
