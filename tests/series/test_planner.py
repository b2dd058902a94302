"""Planning pairs: one score with its factors, overlaps from footprints alone, and series of common ground."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from marscd_plugin.common.errors import CancelledError, InputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.words import Observation
from marscd_plugin.planet.geometry import area_from_extent, area_m2
from marscd_plugin.series.comparing import compare_pair, ls_distance
from marscd_plugin.series.grouping import overlaps
from marscd_plugin.series.plan import compare, plan_pairs
from marscd_plugin.workflows.plan import PlanJob, run_plan

START = datetime(2010, 1, 1, tzinfo=timezone.utc)


def seen(number=1, lon=10.0, lat=-5.0, width=0.1, height=0.3, days=None, colour="RED", **values):
    """An observation with a box for a footprint."""
    base = {
        "incidence": 50.0, "emission": 5.0, "phase": 50.0, "sub_solar_azimuth": 90.0, "map_scale": 0.25,
        "solar_longitude": 100.0, "mars_year": 30,
    } | values  # fmt: skip
    name = f"ESP_{number:06d}_1750"
    time = START + timedelta(days=number if days is None else days)
    ground = area_from_extent(lon, lat, lon + width, lat + height)
    return Observation(f"{name}_{colour}", name, "HIRISE", time, footprint=ground, files=(), **base)


def plan(*observations, **values):
    return run_plan(PlanJob(tuple(observations), **values), Quiet())


angles = st.one_of(st.none(), st.floats(0, 90))
observations = st.builds(
    lambda number, ls, inc, emi, azi, scale: seen(
        number, solar_longitude=ls, incidence=inc, emission=emi, sub_solar_azimuth=azi, map_scale=scale
    ),
    st.integers(1, 5000), st.floats(0, 360), angles, angles, st.one_of(st.none(), st.floats(0, 360)),
    st.one_of(st.none(), st.sampled_from([0.25, 0.5, 1.0])),
)  # fmt: skip


@given(observations, observations, st.one_of(st.none(), st.floats(0, 1)))
def test_the_score_is_symmetric_bounded_and_the_product_of_its_factors(a, b, overlap):
    assume(a.product_id != b.product_id)
    one, other = compare_pair(a, b, overlap), compare_pair(b, a, overlap)
    assert one == other
    assert 0 <= one.score <= 1 and all(0 <= f <= 1 for f in one.factors.values())
    assert one.score == pytest.approx(math.prod(one.factors.values()))
    assert one.factors[one.weakest] == min(one.factors.values())
    assert compare(a, b)[0] == compare_pair(a, b).score


@given(st.floats(0, 360), st.floats(0, 360), st.integers(-3, 3))
def test_seasons_wrap_round_the_year(a, b, turns):
    assert 0 <= ls_distance(a, b) <= 180
    assert ls_distance(a, b) == ls_distance(b, a)
    assert ls_distance(a + 360 * turns, b) == pytest.approx(ls_distance(a, b), abs=1e-9)
    assert ls_distance(359.0, 1.0) == 2.0


@pytest.mark.parametrize(
    ("factor", "worse"),
    [
        ("season", [{"solar_longitude": 100.0 + d} for d in (0, 5, 30, 90, 180)]),
        ("season", [{"solar_longitude": (100.0 - d) % 360} for d in (0, 5, 30, 90, 180)]),
        ("incidence", [{"incidence": 50.0 - d} for d in (0, 2, 10, 40)]),
        ("emission", [{"emission": 5.0 + d} for d in (0, 3, 20)]),
        ("azimuth", [{"sub_solar_azimuth": (90.0 + d) % 360} for d in (0, 10, 60, 180)]),
        ("azimuth", [{"sub_solar_azimuth": (90.0 - d) % 360} for d in (0, 10, 60, 180)]),
        ("scale", [{"map_scale": s} for s in (0.25, 0.5, 1.0)]),
        ("gap", [{"days": d} for d in (1000, 31, 11, 3)]),
    ],
)
def test_every_factor_falls_as_its_difference_grows_and_touches_no_other(factor, worse):
    first = seen(1)
    compared = [compare_pair(first, seen(2, **{"days": 1001, **values}), 1.0) for values in worse]
    falling = [c.factors[factor] for c in compared]
    assert falling == sorted(falling, reverse=True) and falling[0] > falling[-1]
    for name in set(compared[0].factors) - {factor}:
        assert len({round(c.factors[name], 9) for c in compared}) == 1, name


def test_less_common_ground_scores_less():
    scores = [compare_pair(seen(1), seen(40), share).score for share in (1.0, 0.5, 0.1, 0.0)]
    assert scores == sorted(scores, reverse=True) and scores[-1] == pytest.approx(0.3 * scores[0])


def test_a_mars_year_later_in_the_same_season_is_ideal_and_it_is_said():
    c = compare_pair(seen(1), seen(2, days=688, mars_year=31, solar_longitude=101.0), 0.9)
    assert c.score > 0.9 and c.same_season and c.mars_years == 1
    assert "season (Ls) 1.0 deg apart" in c.reasons and "both show 90%" in c.reasons
    assert not compare_pair(seen(1), seen(2, solar_longitude=200.0)).same_season


def test_the_planner_and_the_series_room_give_one_score():
    """The same images with the same overlap, as the footprint layer and as the series see them."""
    a, b = seen(1, coverage=0.8), seen(2, days=50, coverage=0.6, incidence=58.0)
    by_series = plan_pairs([a, b])[0]
    assert by_series.score == round(compare_pair(a, b, 0.6).score, 4)
    same = replace(b, footprint=a.footprint)
    (pair,) = plan(a, same).pairs
    assert pair.compared.score == compare_pair(a, same, 1.0).score


# -- overlaps and series ----------------------------------------------------------------------------------------------


def test_overlap_is_the_share_of_the_smaller_footprint():
    wide, narrow = seen(1, width=0.2), seen(2, lon=10.1, width=0.1)
    beside = seen(3, lon=10.2, width=0.1)  # Touches along an edge only.
    found = overlaps([wide, narrow, beside], Quiet())
    assert set(found) == {(0, 1)}
    assert found[0, 1].share == pytest.approx(1.0) and found[0, 1].m2 == pytest.approx(area_m2(narrow.footprint))
    half = overlaps([seen(1), seen(2, lon=10.05)], Quiet())
    assert half[0, 1].share == pytest.approx(0.5)


def test_overlaps_are_found_across_180_degrees_and_at_the_pole():
    assert overlaps([seen(1, lon=179.95), seen(2, lon=-180.05)], Quiet())[0, 1].share == pytest.approx(1.0)
    polar = [seen(n, lon=lon, lat=87.0, width=60.0, height=1.0) for n, lon in ((1, 0.0), (2, 30.0))]
    assert overlaps(polar, Quiet())[0, 1].share == pytest.approx(0.5, abs=0.01)


def test_a_chain_of_neighbours_is_no_series_and_common_ground_is():
    chain = [seen(n, lon=10 + 0.06 * n) for n in range(5)]  # Each shows 40 % of the next, and nothing of the one after.
    result = plan(*chain, series_overlap=0.3)
    assert [len(g.members) for g in result.groups] == [2, 2]
    heap = [seen(10 + n, lon=30 + 0.005 * n) for n in range(5)]
    result = plan(*chain, *heap)
    assert result.groups[0].members == tuple(o.product_id for o in heap)
    common = area_m2(result.groups[0].common)
    assert common == pytest.approx(0.8 * area_m2(heap[0].footprint), rel=0.01)
    of_heap = [p for p in result.pairs if p.compared.before in result.groups[0].members]
    assert len(of_heap) == 10 and {p.series for p in of_heap} == {result.groups[0].name}


def test_pairs_are_ranked_limited_and_explained():
    good, near = seen(1), seen(2, days=30, incidence=52.0)
    bad, far = seen(3, days=60, sub_solar_azimuth=250.0), seen(4, lon=50.0)
    colour = seen(2, days=30, colour="COLOR")
    result = plan(good, near, bad, far, colour)
    assert [p.rank for p in result.pairs] == [1, 2, 3]
    assert (result.pairs[0].compared.before, result.pairs[0].compared.after) == (good.product_id, near.product_id)
    assert [p.compared.score for p in result.pairs] == sorted((p.compared.score for p in result.pairs), reverse=True)
    assert result.pairs[-1].compared.weakest == "azimuth"
    assert result.unmatched == (far.product_id,) and (result.considered, result.left_out) == (4, 1)
    assert len(plan(good, near, bad, max_pairs=1).pairs) == 1
    assert {p.compared.after for p in plan(good, near, bad, min_score=0.5).pairs} == {near.product_id}
    assert plan(good, seen(9, lon=10.09), min_overlap=0.2).pairs == ()


def test_two_looks_on_one_pass_are_no_pair():
    assert plan(seen(1), seen(2, days=1.2)).pairs == ()


def test_what_cannot_be_planned_is_explained():
    with pytest.raises(InputError, match="a pair needs two"):
        plan(seen(1))
    with pytest.raises(InputError, match="COLOR"):
        plan(seen(1, colour="COLOR"), seen(2, colour="COLOR"))
    with pytest.raises(InputError, match="MIN_OVERLAP"):
        plan(seen(1), seen(2), min_overlap=1.5)
    stop = Quiet()
    stop.cancel()
    with pytest.raises(CancelledError):
        run_plan(PlanJob((seen(1), seen(2))), stop)


@settings(max_examples=20)
@given(st.permutations(range(6)))
def test_the_plan_does_not_depend_on_the_order_of_the_rows(order):
    rows = [seen(n + 1, lon=10 + 0.02 * n, days=40 * n, incidence=50 + 3 * n) for n in range(6)]
    first, again = plan(*rows), plan(*(rows[i] for i in order))
    assert [p.compared for p in again.pairs] == [p.compared for p in first.pairs]
    assert [g.members for g in again.groups] == [g.members for g in first.groups]
