"""The order of candidate sites: standings among those of which the same is known; what is missing counts nothing."""

from __future__ import annotations

import pytest

from marscd_plugin.common.errors import InputError
from marscd_plugin.workflows.landing_order import Weights, order, standings


def test_a_standing_is_the_share_of_the_others_that_is_bettered():
    assert standings([3.0, 1.0, 2.0, 0.0], 0.0) == pytest.approx([1.0, 1 / 3, 2 / 3, 0.0])
    assert standings([1.0, 1.0, 0.0], 0.0) == pytest.approx([0.75, 0.75, 0.0])
    assert standings([0.995, 1.0, 0.0], 0.01) == pytest.approx([0.75, 0.75, 0.0])


def test_who_is_alone_in_being_known_has_no_standing():
    assert standings([None, 4.0, None], 0.0) == [None, None, None]
    assert standings([], 0.0) == []


def test_what_is_missing_counts_neither_for_nor_against():
    rows = [{"likeness": 2.0, "slope": 0.9}, {"likeness": 1.0, "slope": None}, {"likeness": 0.0, "slope": 0.1}]
    places = order(rows, Weights())
    assert [p.rank for p in places] == [1, 2, 3]
    # The middle one is the middle of the one thing that is known of it; nothing is put in place of its slope.
    assert places[1].score == pytest.approx(0.5) and places[1].standings["slope"] is None
    assert places[1].evidence == pytest.approx(0.25) and places[0].evidence == pytest.approx(0.5)


def test_weights_turn_the_order_and_nought_leaves_a_component_out():
    rows = [{"likeness": 1.0, "slope": 0.0}, {"likeness": 0.0, "slope": 1.0}]
    assert [p.rank for p in order(rows, Weights(likeness=3))] == [1, 2]
    assert [p.rank for p in order(rows, Weights(slope=3))] == [2, 1]
    places = order(rows, Weights(likeness=0))
    assert places[1].score == 1.0 and places[0].standings["likeness"] == 1.0


def test_sites_of_which_nothing_can_be_compared_come_last():
    places = order([{}, {"slope": 0.2}, {"slope": 0.1}], Weights())
    assert [p.rank for p in places] == [3, 1, 2] and places[0].score is None and places[0].evidence == 0


@pytest.mark.parametrize("weights", [Weights(0, 0, 0, 0), Weights(likeness=-1), Weights(slope=float("nan"))])
def test_weights_that_are_none_are_refused(weights):
    with pytest.raises(InputError, match="weights"):
        order([{"slope": 1.0}], weights)
