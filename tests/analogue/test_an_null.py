"""What a distance is worth, in numbers and words."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marscd_plugin.analogue.index import build_index
from marscd_plugin.analogue.null import Null, null_of, weak
from marscd_plugin.analogue.statistics import box_of, minimum_matrix, region_boxes, sub_area_distances
from marscd_plugin.common.errors import InputError
from marscd_plugin.common.progress import Quiet

sys.path.insert(0, str(Path(__file__).parent))

from index_grids import Embedder, Grid

CARD = Embedder().card


def bell(count: int = 2000, searched: int = 2000, seed: int = 1) -> Null:
    rng = np.random.default_rng(seed)
    return Null(rng.normal(1.2, 0.1, (2, count)), searched, CARD)


def test_a_percentile_is_the_share_of_random_chips_as_near_and_claims_no_more_than_they_can_show():
    null = Null(np.arange(1, 201, dtype=np.float32)[None], 5000, CARD)
    assert null.resolution == 0.5
    assert null.percentile(0, 1.0) == 0.5 and null.percentile(0, 0.1) == 0.5
    assert null.percentile(0, 20.5) == 10 and null.percentile(0, 1e6) == 100
    made = null.percentiles(0, np.array([[2.0, np.nan], [0.0, 199.0]]))
    np.testing.assert_allclose(made, [[1.0, np.nan], [0.5, 99.5]])


@given(st.lists(st.floats(0, 2, width=32), min_size=1, max_size=50), st.floats(0, 2, width=32))
def test_a_percentile_is_never_below_what_was_counted(distances, distance):
    null = Null(np.array([distances]), 10, CARD)
    share = 100 * np.mean(np.array(distances, np.float32) <= np.float32(distance))
    assert null.percentile(0, distance) == pytest.approx(max(share, 100 / len(distances)), rel=1e-4)


def test_the_nearest_of_several_targets_has_a_null_of_its_own():
    null = Null(np.array([[1.0, 5.0, 3.0], [4.0, 2.0, 6.0]]), 3, CARD)
    assert null.nearest().distances.tolist() == [[1, 2, 3]] and null.nearest([1]).distances.tolist() == [[4, 2, 6]]


def test_chance_puts_the_best_of_many_where_it_falls():
    null = bell()
    best = np.array([np.random.default_rng(s).normal(1.2, 0.1, 2000).min() for s in range(2, 202)])
    assert np.mean(best < null.chance(0)) == pytest.approx(0.05, abs=0.04)
    assert bell(searched=10**6).chance(0) < null.chance(0) - 0.05
    # A tenth of the area that truly looks like the target does not move what chance would give.
    mixed = np.concatenate([np.random.default_rng(1).normal(1.2, 0.1, 1800), np.full(200, 0.2)])
    assert Null(mixed[None], 2000, CARD).chance(0) == pytest.approx(null.chance(0), abs=0.1)


def test_the_best_of_chance_is_weak_and_a_true_match_is_not():
    null = bell()
    chance = null.judge(0, float(null.distances[0].min()))
    assert chance.weak and chance.percentile == 0.05
    assert "two chips more often show different landforms" in chance.reason and "by chance" in chance.reason
    true = null.judge(0, 0.3)
    assert (true.weak, true.reason, true.percentile) == (False, "", 0.05)
    common = null.judge(0, 1.15)
    assert common.weak and "1 in 3 random chips of the search area is as near" in common.reason


@pytest.mark.parametrize(
    ("distance", "percentile", "told", "said"),
    [
        (0.5, 0.1, {}, ""),
        (0.7, 0.1, {}, "0.70 away, and beyond 0.60"),
        (0.5, 0.1, {"chance": 0.4, "searched": 1234}, "among 1,234 chips one as near may come by chance; only"),
        (0.5, 0.1, {"chance": 0.6, "searched": 1234}, ""),
        (0.5, 5.0, {}, "1 in 20 random chips"),
        (0.5, 70.0, {}, "70 of 100 random chips"),
        (0.5, 2.0, {"count": 50}, "only 50 chips could be compared, too few"),
        (float("nan"), 0.1, {}, "no chip could be compared"),
    ],
)  # fmt: skip
def test_weak_says_why(distance, percentile, told, said):
    is_weak, reason = weak(distance, percentile, CARD, **told)
    assert is_weak is bool(said) and said in reason and ("; " in reason) <= is_weak


def test_an_embedding_whose_likeness_was_never_measured_is_not_held_against_it():
    never = CARD.__class__(**{**CARD.__dict__, "alike": None})
    assert weak(1.9, 0.1, never) == (False, "")


def test_a_null_is_drawn_from_what_can_be_compared(tmp_path):
    index = build_index(tmp_path / "i", Grid(1000), Embedder(), Quiet())
    target = np.asarray(index.vectors[[42, 0]])
    null = null_of(index, target, count=500)
    assert null.count == 500 and null.searched == 800 and np.isfinite(null.distances).all()
    np.testing.assert_array_equal(null.distances, null_of(index, target, count=500).distances)
    assert not np.array_equal(null.distances, null_of(index, target, count=500, seed=2).distances)
    whole = null_of(index, target, exclude=range(30, 60))
    assert whole.count == whole.searched == 800 - 24 and whole.distances[0].min() > 0.01
    assert null_of(index, target).distances[0].min() == pytest.approx(0, abs=1e-6)
    for wrong in (np.zeros((1, 4)), np.full((1, 5), np.nan)):
        with pytest.raises(InputError):
            null_of(index, wrong)
    with pytest.raises(InputError, match="No chip of the search area"):
        null_of(index, target, exclude=range(1000))


# -- the paper's tables ---------------------------------------------------------------------------------------------


def test_quartiles_count_as_the_paper_does():
    box = box_of(np.array([np.nan, *range(10)]))
    assert (box.count, box.minimum, box.first, box.median, box.third, box.maximum, box.within) == (
        10, 0, 2, 4.5, 7, 9, 6,
    )  # fmt: skip
    assert box_of(np.array([3.0])).within == 1
    with pytest.raises(InputError):
        box_of(np.array([np.nan]))


def test_the_matrix_holds_the_least_distance_of_any_two_chips():
    candidates = {"A": np.array([[0.0, 0.0], [5.0, 0.0]]), "B": np.array([[0.0, 9.0], [np.nan, np.nan]]),
                  "none": np.full((2, 2), np.nan)}  # fmt: skip
    targets = {"a": np.array([[0.0, 1.0], [9.0, 9.0]]), "b": np.array([[np.nan, np.nan], [0.0, 8.0]])}
    np.testing.assert_allclose(minimum_matrix(candidates, targets), [[1, 8], [8, 1], [np.nan, np.nan]])
    np.testing.assert_allclose(sub_area_distances(candidates["A"], targets["a"]), [1, np.sqrt(26)])
    boxes = region_boxes(candidates, targets)
    assert set(boxes) == {(c, t) for c in "AB" for t in "ab"} and boxes["B", "a"].count == 1
    with pytest.raises(InputError, match="2 and of 3 numbers"):
        minimum_matrix(candidates, {"c": np.zeros((1, 3))})
    with pytest.raises(InputError, match="no usable chip"):
        minimum_matrix(candidates, {"c": np.full((1, 2), np.nan)})
