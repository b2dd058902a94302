"""What chooses: the rule of the threshold, the calibration's data, the screen's threshold; and the splits behind it."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs torch (the train extra)")

from marscd_plugin.common.errors import InputError
from marscd_plugin.simulation.backdrops import split_of
from marscd_plugin.training.drawings import Drawings, split_backdrops, training_drawings
from marscd_plugin.training.real import EVALUATION_ONLY, real_pairs
from marscd_plugin.training.scores import Histogram
from marscd_plugin.training.screen_recipe import screen_threshold
from marscd_plugin.training.tuning import TuneSet, chosen_threshold, summary


def of(changed: list[float], unchanged: list[float]) -> Histogram:
    made = Histogram()
    values = np.array([*changed, *unchanged])
    made.add(values, np.arange(len(values)) < len(changed), np.ones(len(values), bool))
    return made


def test_the_threshold_holds_both_bounds():
    quiet = list(np.linspace(0, 0.5, 10_000))
    loose = chosen_threshold(of([0.9], quiet), of([], [0.0] * 1000))
    assert loose == pytest.approx(0.4985, abs=0.002)
    tight = chosen_threshold(of([0.9], quiet), of([], [0.0] * 1000 + [0.75]))
    assert tight > 0.75


def test_the_screen_loses_no_more_than_it_may():
    answers, seen = np.zeros((100, 64, 64), np.float32), np.full((100, 64, 64), 0.01, np.float32)
    answers[:, 10:14, 10:14] = 0.9
    for k in range(100):
        seen[k, 8:16, 8:16] = 0.2 + k / 1000
    threshold, lost = screen_threshold(list(answers), list(seen), 0.5, lost=0.02)
    assert lost <= 0.02
    assert 0.19 < threshold < 0.21
    with pytest.raises(InputError, match="finds nothing"):
        screen_threshold(list(answers), list(seen), 0.95)


def test_evaluation_pairs_cannot_be_drawn_from(shared):
    held = real_pairs(shared, "ctx_held")
    with pytest.raises(InputError, match="evaluation only"):
        Drawings(split_backdrops(shared, "tune"), held, 1)


def test_learning_and_choosing_share_no_ground(shared):
    drawings = training_drawings(shared, 1)
    assert all(split_of(o) == "train" for o in drawings._backdrops.observations if not o.startswith("PSP_001446"))
    learned = {p.name for p in real_pairs(shared, "ctx_learn")}
    tuned = {p.name for p in real_pairs(shared, "ctx_tune")}
    held = {p.name for p in real_pairs(shared, "ctx_held")}
    assert learned and tuned and not learned & tuned and not (learned | tuned) & held
    products = [{part for name in names for part in (name.split("__")[0][4:], name.split("__")[1])}
                for names in (learned, tuned, held)]  # fmt: skip
    assert not products[0] & products[1] and not (products[0] | products[1]) & products[2]
    assert "ctx_tune" not in EVALUATION_ONLY


def test_a_group_follows_from_its_number(shared):
    drawings = training_drawings(shared, 1)
    one, two = drawings(7), drawings(7)
    assert len(one) == 4
    for a, b in zip(one, two, strict=True):
        np.testing.assert_array_equal(a.before, b.before)
        assert a.before.shape == (192, 192)
        assert not ((a.truth > 0) & (a.classes == 0)).any()


def test_scores_of_what_chooses(shared):
    tune = TuneSet.of(shared, 3)

    def difference(before, after, _context):
        return np.clip(np.abs(after - before) / 8.0, 0, 0.999)

    scores = summary(difference, tune)
    assert 0.0 < scores["threshold"] <= 1.0
    assert scores["specificity"] >= 0.997 - 1e-9
    assert scores["real_flagged"] <= 0.0005
    assert any(name.startswith("objects_") for name in scores)
