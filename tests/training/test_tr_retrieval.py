"""Recall, precision and pair accuracy against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("osgeo", reason="needs GDAL")

from marscd_plugin.training.retrieval import (
    DISTRACTOR,
    chance_at,
    confusion,
    equal_error,
    group_interval,
    mean_average_precision,
    pair_accuracy,
    pairwise,
    rank,
    recall_at,
)

# Six chips on a line: two classes, three observations; 4 is of no landform.
PLACES = np.array([[0.0], [0.1], [1.0], [1.3], [1.05], [5.0]])
LABELS = [0, 0, 1, 0, DISTRACTOR, 1]
GROUPS = ["a", "a", "a", "b", "b", "c"]


def test_chips_of_the_query_s_own_observation_are_not_its_matches():
    ranking = rank(pairwise(PLACES), LABELS, GROUPS)
    # Chip 0 has chip 1 beside it, which is of its observation. Its ranking is 4 (none), 3 (match), 5.
    assert ranking.queries.tolist() == [0, 1, 2, 3, 5]
    # 2: 4, 3, 5(match). 3: 2, 1(match), 0(match), 5. 5: 3, 4, 2(match), 1, 0.
    assert ranking.first.tolist() == [2, 2, 3, 2, 3]
    np.testing.assert_allclose(ranking.precision, [1 / 2, 1 / 2, 1 / 3, (1 / 2 + 2 / 3) / 2, 1 / 3])
    assert ranking.nearest.tolist() == [DISTRACTOR, DISTRACTOR, DISTRACTOR, 1, 0]
    assert recall_at(pairwise(PLACES), LABELS, GROUPS, 1) == 0
    # Class 0: all three by rank 2; class 1: none of two.
    assert ranking.recall(2) == pytest.approx(0.5) and ranking.recall(2, balanced=False) == pytest.approx(0.6)
    expected = (np.mean([0.5, 0.5, 7 / 12]) + 1 / 3) / 2
    assert mean_average_precision(pairwise(PLACES), LABELS, GROUPS) == pytest.approx(expected)


def test_without_observations_the_neighbour_counts():
    own = [str(k) for k in range(6)]
    assert recall_at(pairwise(PLACES), LABELS, own, 1) > recall_at(pairwise(PLACES), LABELS, GROUPS, 1)


def test_a_query_without_any_match_elsewhere_is_left_out():
    ranking = rank(np.zeros((3, 3)), [0, 0, 1], ["a", "b", "a"])
    assert ranking.queries.tolist() == [0, 1] and ranking.unanswerable == 1


def test_another_gallery_and_broken_distances():
    d = np.array([[np.nan, 0.4, 0.2], [0.1, 0.2, 0.3]])
    ranking = rank(d, [0, 1], ["x", "y"], [0, 0, 1], ["a", "b", "c"])
    assert ranking.first.tolist() == [2, 3] and ranking.nearest.tolist() == [1, 0]
    with pytest.raises(ValueError, match="do not fit"):
        rank(d, [0, 1, 1], ["x", "y", "z"], [0, 0, 1], ["a", "b", "c"])


def test_chance_is_what_random_rankings_reach():
    rng = np.random.default_rng(3)
    labels = rng.integers(0, 3, 60)
    groups = rng.integers(0, 12, 60)
    for k in (1, 5):
        found = np.mean([rank(rng.random((60, 60)), labels, groups).recall(k) for _ in range(60)])
        assert chance_at(labels, groups, k) == pytest.approx(found, abs=0.03)
    assert chance_at([0, 0, 1], ["a", "b", "c"], 1, gallery_labels=[0, 1], gallery_groups=["x", "y"]) == 0.5


def test_intervals_follow_observations_not_chips():
    labels = np.zeros(400, int)
    values = np.repeat([0.0, 1.0, 1.0, 0.0], 100)
    few = group_interval(values, labels, np.repeat(list("abcd"), 100))
    many = group_interval(values, labels, np.arange(400))
    assert few.value == many.value == 0.5
    assert few.high - few.low > 0.6 > 0.15 > many.high - many.low
    # One observation: no spread can be seen.
    assert group_interval(values, labels, np.zeros(400)) == type(few)(0.5, 0.5, 0.5)


def test_pair_accuracy_and_the_distance_of_equal_errors():
    d, same = [0.1, 0.2, 0.6, 0.4, 0.7, 0.9, 0.8, 1.0], [1, 1, 1, 0, 0, 0, 0, 0]
    assert pair_accuracy(d, same, 0.5) == pytest.approx(6 / 8)
    assert pair_accuracy(d, same, 0.5, balanced=True) == pytest.approx((2 / 3 + 4 / 5) / 2)
    threshold, error = equal_error([0.1, 0.2, 0.3, 0.7, 0.8, 0.9], [1, 1, 1, 0, 0, 0])
    assert 0.3 <= threshold <= 0.7 and error == 0
    threshold, error = equal_error([0.1, 0.6, 0.5, 0.9], [1, 1, 0, 0])
    assert 0.5 <= threshold <= 0.6 and error == pytest.approx(0.5)
    with pytest.raises(ValueError, match="both kinds"):
        equal_error([0.1], [1])


def test_confusion_says_what_the_nearest_is():
    table = confusion(rank(pairwise(PLACES), LABELS, GROUPS), 3)
    np.testing.assert_allclose(table[0], [0, 1 / 3, 0, 2 / 3])
    assert np.isnan(table[2]).all()


def test_cosine_distances_do_not_see_lengths():
    d = pairwise([[1, 0], [3, 0], [0, 2]], metric="cosine")
    np.testing.assert_allclose(d, [[0, 0, 2**0.5], [0, 0, 2**0.5], [2**0.5, 2**0.5, 0]], atol=1e-6)
