"""Counting by hand: strict and within a pixel, objects, curves, intervals, breakdowns."""

from __future__ import annotations

import numpy as np
import pytest

from marscd_plugin.simulation.kinds import Kind
from marscd_plugin.simulation.pair import DrawnObject
from marscd_plugin.training.protocol import EvalPair
from marscd_plugin.training.scores import count_bound, f1_at
from marscd_plugin.training.scoring import Record, by_objects, by_pairs, chosen, summary
from marscd_plugin.training.tally import Curve, count_objects


def thing(number, kind=Kind.RSL, width=3.0, visible=True):
    return DrawnObject(number, kind, "after", width, 20.0, -0.2, 3.0, 9.0, visible, 60)


def pair(part="rsl", site="A", truth_rows=(10,), scored=None, turn=4.0):
    """40 x 40 with a line of 20 px (object k) in each of ``truth_rows``."""
    labels = np.zeros((40, 40), np.uint16)
    for number, row in enumerate(truth_rows, 1):
        labels[row, 5:25] = number
    valid = np.ones((40, 40), bool)
    image = np.zeros((40, 40), np.float32)
    return EvalPair(
        part, f"{part} {site}", site, image, image, valid, valid if scored is None else scored, labels > 0, labels,
        tuple(thing(n) for n in range(1, len(truth_rows) + 1)), turn, 0.4,
    )  # fmt: skip


def said(*windows):
    score = np.full((40, 40), 0.1, np.float32)
    for window in windows:
        score[window] = 0.9
    return score


def test_a_line_one_row_off_is_missed_strictly_and_found_within_a_pixel():
    record = Record()
    record.add(pair(), said(np.s_[11, 5:25], np.s_[30:33, 30:33]), 0.5)
    s = summary(record)
    assert s.sensitivity.value == 0 and s.near_sensitivity.value == 1
    assert s.specificity.value == pytest.approx(1 - 29 / 1580)
    assert s.near_specificity.value == pytest.approx(1 - 9 / (1600 - 66))
    assert (s.objects, s.recall.value, s.false_objects, s.specks) == (1, 1.0, 1, 0)
    assert s.false_bound == pytest.approx(count_bound(1))
    assert s.f1[0.017].value == 0 and s.near_f1.value == pytest.approx(f1_at(1.0, s.near_specificity.value)[1])


def test_what_is_not_scored_counts_nowhere():
    scored = np.ones((40, 40), bool)
    scored[28:] = False
    record = Record()
    record.add(pair(scored=scored), said(np.s_[10, 5:25], np.s_[30:33, 30:33]), 0.5)
    s = summary(record)
    assert s.sensitivity.value == 1 and s.specificity.value == 1 and s.false_objects == 0
    assert s.megapixels == pytest.approx((28 * 40 - 20) / 1e6)


def test_specks_and_objects_that_touch_change_are_not_false_objects():
    truth = np.zeros((30, 30), bool)
    truth[10, 5:20] = True
    mask = np.zeros((30, 30), bool)
    mask[11:14, 5:8] = True  # beside the change
    mask[20, 20] = True  # a speck
    mask[25:27, 10:12] = True  # false
    everywhere = np.ones_like(mask)
    assert count_objects(mask, truth, everywhere, everywhere) == (1, 1)
    # An object on ground that is not scored is not judged.
    scored = everywhere.copy()
    scored[25:27] = False
    assert count_objects(mask, truth, scored, everywhere) == (0, 1)


def test_an_object_needs_a_quarter_of_itself():
    for columns, found in ((4, 1.0), (2, 0.0)):
        record = Record()
        record.add(pair(), said(np.s_[10, 5 : 5 + columns]), 0.5)
        # Within a pixel, ``columns`` flagged find one more at the right end.
        assert summary(record).recall.value == found


def test_intervals_are_over_sites_not_pixels():
    record = Record()
    for site, good in (("A", True), ("A", True), ("B", False), ("C", True)):
        record.add(pair(site=site), said(*([np.s_[10, 5:25]] if good else [])), 0.5)
    s = summary(record)
    assert s.sites == 3 and s.pairs == 4
    assert s.sensitivity.value == 0.75 and s.sensitivity.low == 0.0 and s.sensitivity.high == 1.0
    assert summary(chosen(record, lambda t: t.site == "A")).sensitivity.low == 1.0


def test_curves_give_rates_at_any_threshold():
    curve = Curve()
    values = np.array([0.001, 0.2, 0.6, 0.9, 0.9999, 0.3], np.float32)
    changed = np.array([False, False, True, True, True, False])
    curve.add(values, changed, ~changed)
    threshold, sensitivity, false = curve.at_false_alarm_rate(0.0)
    assert 0.3 < threshold <= 0.6 and sensitivity == 1.0 and false == 0.0
    assert curve.average_precision() == pytest.approx(1.0)
    assert curve.best_f1() == pytest.approx(1.0)
    _, sensitivity, false = curve.at_false_alarm_rate(1 / 3)
    assert sensitivity == 1.0 and false == pytest.approx(1 / 3)
    # An unsure one pays: a false alarm above every change.
    curve.add(np.array([0.99999], np.float32), np.array([False]), np.array([True]))
    assert curve.average_precision() < 0.2


def test_probabilities_that_mean_what_they_say_have_no_calibration_error():
    rng = np.random.default_rng(0)
    p = rng.random(200_000)
    happened = rng.random(200_000) < p
    honest, boastful = Curve(), Curve()
    honest.add(p, happened, ~happened)
    boastful.add(np.sqrt(p), happened, ~happened)
    assert honest.calibration_error() < 0.01
    assert boastful.calibration_error() > 0.1
    rows = honest.reliability(np.linspace(0, 1, 5))
    assert sum(n for _, _, n in rows) == 200_000
    assert all(abs(a - b) < 0.02 for a, b, _ in rows)


def test_breakdowns_sort_objects_and_pairs():
    record = Record()
    record.add(pair(truth_rows=(10, 20)), said(np.s_[10, 5:25]), 0.5)
    record.add(pair(turn=40.0), said(), 0.5)
    (row,) = by_objects(record.tallies, lambda o: o.kind, ["rsl", "dune"])
    assert (row.name, row.objects, row.pixels) == ("rsl", 3, 60)
    assert row.recall == row.sensitivity == row.near_sensitivity == pytest.approx(1 / 3)
    spans = by_pairs(record.tallies, lambda t: t.turn, (0.0, 15.0, np.inf))
    assert [(s.name, s.pairs, s.sensitivity) for s in spans] == [("0 to 15", 1, 0.5), ("over 15", 1, 0.0)]
    (unknown,) = by_pairs(record.tallies, lambda t: None, (0.0, 1.0))
    assert unknown.name == "unknown" and unknown.pairs == 2
