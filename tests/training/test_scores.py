"""Scores against counts made by hand, and the paper's own arithmetic."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marscd_plugin.training.scores import Histogram, count_bound, f1_at


def test_the_papers_figures_follow_from_its_rates():
    precision, f1 = f1_at(0.64, 0.996, 0.017)
    assert precision == pytest.approx(0.73, abs=0.01)
    assert f1 == pytest.approx(0.68, abs=0.01)


def test_counts_by_hand():
    histogram = Histogram()
    values = np.array([[0.95, 0.2], [0.6, 0.7]])
    truth = np.array([[1, 1], [0, 0]])
    histogram.add(values, truth, np.array([[True, True], [True, False]]))
    score = histogram.score(0.5)
    assert (score.sensitivity, score.specificity) == (0.5, 0.0)
    assert histogram.score(0.65).specificity == 1.0
    assert histogram.prevalence == pytest.approx(2 / 3)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=200), st.floats(0.5, 0.999))
def test_the_threshold_keeps_the_specificity_and_is_the_lowest(values, wanted):
    histogram = Histogram()
    array = np.array(values)
    histogram.add(array, np.zeros(len(values)), np.ones(len(values), bool))
    threshold = histogram.threshold_for(wanted)
    assert 1 - histogram.false_alarm_share(threshold) >= wanted - 1e-9
    if threshold > 0:
        assert 1 - histogram.false_alarm_share(threshold - 0.001) < wanted


def test_nothing_gathered_gives_zeros():
    assert Histogram().score(0.5).f1 == 0.0
    assert Histogram().prevalence == 0.0


def test_bound_of_a_count():
    assert count_bound(0) == pytest.approx(3.0, abs=0.01)
    assert count_bound(10) == pytest.approx(16.96, abs=0.01)
