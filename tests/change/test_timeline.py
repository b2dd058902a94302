"""Histories from pairs: right ones are found, bad images cost only their own date, few dates confirm nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marscd_plugin.change import timeline
from marscd_plugin.change.accept import believed, suspects
from marscd_plugin.change.historyraster import Candidates
from marscd_plugin.change.timeline import LONE, NONE, OPEN, SURE, choose_pairs, histories, orient, trust
from marscd_plugin.common.words import Pair


def all_pairs(dates: int):
    names = [f"{k:02d}" for k in range(dates)]
    return names, [Pair(names[i], names[j], 1.0) for i in range(dates) for j in range(i + 1, dates)]


def chosen(dates: int):
    return choose_pairs(*all_pairs(dates))


def probabilities(states: np.ndarray, compared, rng, noise: float = 0.1) -> np.ndarray:
    apart = states[compared.first] ^ states[compared.second]
    return np.clip(np.where(apart, 0.85, 0.1) + rng.normal(0, noise, apart.shape), 0.001, 0.999)


def from_start(states: np.ndarray) -> np.ndarray:
    return states ^ states[:1]


def test_few_dates_are_all_compared_and_many_with_their_neighbours():
    assert chosen(5).count == 10 and chosen(7).count == 21
    many = chosen(20)
    pairs = set(zip(many.first.tolist(), many.second.tolist(), strict=True))
    assert {(k, k + 1) for k in range(19)} | {(k, k + 2) for k in range(18)} <= pairs and len(pairs) == 60
    names, pairs = all_pairs(9)
    good = [Pair(p.before, p.after, 0.9 if p.before == "00" else 0.1) for p in pairs]
    far = choose_pairs(names, good)
    assert {(0, k) for k in range(1, 9)} <= set(zip(far.first.tolist(), far.second.tolist(), strict=True))


@pytest.mark.parametrize("dates", [3, 6, 10, 14, 33])
def test_true_histories_are_found(dates):
    rng = np.random.default_rng(dates)
    states = np.arange(dates)[:, None] >= rng.integers(1, dates, 600)
    states[:, ::2] ^= rng.random((dates, 300)) < 0.3
    compared = chosen(dates)
    found = histories(probabilities(states, compared, rng), np.full(compared.count, 0.5), compared, states | True)
    right = (found.present == from_start(states)).all(axis=0)
    # With many dates not every pair is compared, and what flickers from date to date has the fewest.
    assert right.mean() > (0.97 if dates <= 10 else 0.9)
    changed = from_start(states).any(axis=0) & right
    assert (found.agreement[changed] > 0.9).mean() > 0.9 and (found.support[changed] > 0.6).mean() > 0.95
    assert (found.support[~from_start(states).any(axis=0) & right] == 0).all()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 8))
def test_turning_stretches_over_is_never_worse_than_no_change_and_mostly_best(seed, dates):
    rng = np.random.default_rng(seed)
    compared = chosen(dates)
    says = timeline.evidence(rng.random((compared.count, 40)), np.full(compared.count, 0.5), compared.weight)

    def worth(state):
        apart = state[compared.first] ^ state[compared.second]
        return (says * apart).sum(axis=0) - timeline.TURN * (state[1:] ^ state[:-1]).sum(axis=0)

    best, quick = (f(says, compared, dates, timeline.TURN) for f in (timeline._exact, timeline._by_stretches))
    assert (worth(quick) >= -1e-4).all() and (worth(best) >= worth(quick) - 1e-3).all()
    assert (worth(quick) >= worth(best) - 1e-3).mean() > 0.6


def test_one_bad_image_costs_only_its_own_date():
    rng = np.random.default_rng(0)
    dates, compared = 6, chosen(6)
    states = np.zeros((dates, 400), bool)
    states[3:, :200] = True
    likely = probabilities(states, compared, rng)
    bad = (compared.first == 2) | (compared.second == 2)
    likely[bad] = rng.uniform(0.5, 0.99, likely[bad].shape)
    found = histories(likely, np.full(compared.count, 0.5), compared, np.ones_like(states))
    others = [0, 1, 3, 4, 5]
    assert (found.present[others] == states[others]).all(axis=0).mean() > 0.98
    told, odd = trust(found.present, np.ones_like(states))
    assert (told[200:] == LONE).mean() > 0.9 and (odd[200:][told[200:] == LONE] == 2).all()
    assert (told[:200] == SURE).mean() > 0.95


def test_a_date_without_data_has_no_part():
    compared = chosen(5)
    states = np.array([[0], [0], [1], [1], [1]], bool)
    likely = probabilities(states, compared, np.random.default_rng(1), 0.0)
    valid = np.array([[1], [1], [0], [1], [1]], bool)
    likely[(compared.first == 2) | (compared.second == 2)] = 0.99
    found = histories(likely, np.full(compared.count, 0.5), compared, valid)
    assert (found.present[[0, 1, 3, 4], 0] == [0, 0, 1, 1]).all() and found.agreement[0] == pytest.approx(1)


@pytest.mark.parametrize(
    ("states", "valid", "wanted", "odd"),
    [
        ("000000", "111111", NONE, -1),
        ("000111", "111111", SURE, -1),
        ("001100", "111111", SURE, -1),
        ("000100", "111111", LONE, 3),
        ("111011", "111111", LONE, 3),
        ("000001", "111111", OPEN, 5),
        ("100000", "111111", OPEN, 0),
        ("011111", "111111", OPEN, 0),
        ("001100", "110111", LONE, 3),
        ("001100", "111011", LONE, 2),
        ("01", "11", OPEN, 1),
        ("011", "111", OPEN, 0),
        ("000110", "111001", NONE, -1),
    ],
)
def test_how_far_a_history_is_to_be_trusted(states, valid, wanted, odd):
    flags = [np.array([[int(c)] for c in text], bool) for text in (states, valid)]
    told, which = trust(*flags)
    assert (int(told[0]), int(which[0])) == (wanted, odd)


def test_the_feature_is_the_darker_the_brighter_or_the_new_state():
    present = np.array([[0, 1], [0, 1], [1, 0]], bool)
    bright = np.array([[1.0, 0.5], [1.1, 0.5], [0.4, 1.0]])
    valid = np.ones((3, 2), bool)
    np.testing.assert_array_equal(orient(present, valid, bright, "DARK"), present)
    np.testing.assert_array_equal(orient(present, valid, bright, "BRIGHT"), ~present)
    np.testing.assert_array_equal(orient(present, valid, bright, "NEW"), [[0, 0], [0, 0], [1, 1]])


def test_images_that_stand_apart_are_told_from_those_with_some_change():
    observed = np.full(6, 100_000)
    assert suspects(observed, np.array([300, 200, 9000, 100, 250, 0])).tolist() == [0, 0, 1, 0, 0, 0]
    assert not suspects(observed, np.array([1500, 1200, 1900, 1000, 1250, 1100])).any()
    assert not suspects(observed[:2], np.array([0, 90_000])).any()
    # What came right after the first date, or stands in the last alone so far, may well be the ground.
    assert not suspects(observed, np.array([3000, 100, 90, 0, 50, 4000])).any()
    assert suspects(observed, np.array([9000, 100, 90, 0, 50, 20])).tolist() == [1, 0, 0, 0, 0, 0]


def candidates(rows, columns, present):
    present = np.array(present, bool).T
    m = len(rows)
    return Candidates(
        np.array(rows), np.array(columns), present, np.ones_like(present), np.ones(m), np.ones(m),
        np.zeros(m, np.uint8), np.zeros(m), np.ones(m),
    )  # fmt: skip


def test_what_grows_out_of_something_believed_is_believed():
    sure, tip = [0, 0, 1, 1, 0], [0, 0, 0, 1, 0]
    # A line whose last pixels are there at one date only; the same pixels far from it; the tip of another date.
    columns = [5, 6, 7, 8, 30, 8]
    rows = [4, 4, 4, 4, 4, 6]
    found = candidates(rows, columns, [sure, sure, tip, tip, tip, [0, 1, 0, 0, 0]])
    yes, alone = believed(found, (10, 40), np.zeros(5, bool))
    assert yes.tolist() == [1, 1, 1, 1, 0, 0] and alone.tolist() == [0, 0, 0, 0, 1, 1]
    # Not from an image that is itself in doubt.
    yes, alone = believed(found, (10, 40), np.array([0, 0, 0, 1, 0], bool))
    assert yes.tolist() == [1, 1, 0, 0, 0, 0] and alone.tolist() == [0, 0, 1, 1, 1, 1]
