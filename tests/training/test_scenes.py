"""The threshold is chosen on whole simulated scenes."""

from __future__ import annotations

import numpy as np
import pytest

from marscd_plugin.training.scenes import EPOCHS, LOWEST, best_threshold, scene_pairs
from marscd_plugin.training.scores import Histogram


def test_scene_pairs_are_repeatable_whole_and_hold_change():
    first = list(scene_pairs((101,), 256))
    assert len(first) == len(EPOCHS)
    again = next(scene_pairs((101,), 256))
    assert np.array_equal(first[0].before, again.before) and np.array_equal(first[0].truth, again.truth)
    for pair in first:
        assert pair.before.shape == pair.after.shape == pair.truth.shape == (256, 256)
        assert np.isfinite(pair.before).all() and np.isfinite(pair.after).all()
        assert set(np.unique(pair.truth)) <= {0, 1} and pair.valid.mean() > 0.8
    assert any(pair.truth.any() for pair in first)


def test_the_best_threshold_parts_two_heaps():
    histogram = Histogram()
    shape = (100, 100)
    everywhere = np.ones(shape, bool)
    histogram.add(np.full(shape, 0.1), np.zeros(shape), everywhere)
    histogram.add(np.full(shape, 0.4), np.ones(shape), everywhere)
    assert best_threshold(histogram) == pytest.approx(0.101, abs=0.002)


def test_a_model_that_finds_nothing_gets_the_lowest_threshold():
    histogram = Histogram()
    histogram.add(np.zeros((10, 10)), np.eye(10), np.ones((10, 10), bool))
    assert best_threshold(histogram) == LOWEST
