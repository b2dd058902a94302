"""Simulated change drawn into a real pair: only where the truth says, as strong as it says, nothing else touched."""

from __future__ import annotations

import numpy as np
import pytest

from marscd_plugin.common.errors import InputError
from marscd_plugin.simulation.inject import MOST_CONTRAST, inject
from marscd_plugin.simulation.kinds import Kind
from marscd_plugin.simulation.terrain import fractal


def scene(rows: int = 150, columns: int = 260, seed: int = 0, noise: float = 1.0):
    rng = np.random.default_rng(seed)
    ground = 120.0 + 25.0 * fractal(rng, (rows, columns), 2.8, 60.0)
    before, after = (ground + noise * rng.standard_normal(ground.shape) for _ in range(2))
    valid = np.ones(ground.shape, bool)
    valid[:, :12] = False
    return before.astype(np.float32), after.astype(np.float32), valid


def test_same_seed_same_change_and_inputs_stay():
    before, after, valid = scene()
    kept = before.copy(), after.copy(), valid.copy()
    first, again = (inject(np.random.default_rng(3), before, after, valid) for _ in range(2))
    assert np.array_equal(first.before, again.before) and np.array_equal(first.after, again.after)
    assert np.array_equal(first.labels, again.labels) and first.objects == again.objects
    assert all(np.array_equal(a, b) for a, b in zip((before, after, valid), kept, strict=True))


@pytest.mark.parametrize("kind", [k for k in Kind if k is not Kind.NONE])
def test_change_lies_where_the_truth_says(kind):
    before, after, valid = scene()
    marked = 0
    for seed in range(4):
        drawn = inject(np.random.default_rng(seed), before, after, valid, [kind], density=1.0)
        step = np.abs((drawn.after - after) - (drawn.before - before))
        truth = drawn.truth > 0
        marked += int(truth.sum())
        assert not (truth & ~valid).any() and set(np.unique(drawn.classes[truth])) <= {int(kind)}
        assert np.array_equal(drawn.before[~valid], before[~valid])
        if truth.sum() > 50:
            assert step[truth].mean() > 4 * step[~truth].mean()
            assert (step[truth] > 0.01).mean() > 0.9
    assert marked > 100


def test_one_date_alone_changes_where_asked_and_most_of_it_stays_bit_for_bit():
    before, after, valid = scene()
    drawn = inject(np.random.default_rng(1), before, after, valid, [Kind.STREAK], date="after")
    new = {o.date for o in drawn.objects}
    assert new <= {"after"}
    if not (drawn.before != before).any():
        assert (drawn.after == after).mean() > 0.5
    untouched = (drawn.before == before) & (drawn.after == after)
    assert untouched.mean() > 0.5 and not untouched[drawn.truth > 0].all()


def test_contrast_is_that_of_ground_before_it_was_stretched():
    """A line of contrast c on ground of contrast g is c / g deviations dark, whatever the image's own stretch."""
    before, after, valid = scene(noise=0.0)
    values = before[valid]
    spread = float(np.subtract(*np.quantile(values, (0.9, 0.1)))) / 2.563
    found = []
    for seed in range(16):
        drawn = inject(np.random.default_rng(seed), before, after, valid, [Kind.RSL], width=(8, 12), date="after",
                       ground_contrast=0.1)  # fmt: skip
        for thing in drawn.objects:
            mine = drawn.labels == thing.id
            if thing.id and thing.part == "" and thing.area_px > 150 and len(drawn.objects) < 4:
                depth = float(np.median((drawn.after - after)[mine])) / spread
                found.append(depth / (thing.contrast / 0.1))
    assert len(found) >= 3
    assert 0.6 < np.median(found) < 1.3


def test_stretched_images_are_taken_for_ground_of_little_contrast():
    before, after, valid = scene()
    drawn = inject(np.random.default_rng(0), before, after, valid, [Kind.RSL])
    assert drawn.recipe["ground_contrast"] == [MOST_CONTRAST, MOST_CONTRAST]
    even = 1000.0 + before
    drawn = inject(np.random.default_rng(0), even, 1000.0 + after, valid, [Kind.RSL])
    assert max(drawn.recipe["ground_contrast"]) < 0.05


def test_density_sets_how_much_is_drawn():
    before, after, valid = scene(400, 500)
    few = inject(np.random.default_rng(0), before, after, valid, density=0.2)
    many = inject(np.random.default_rng(0), before, after, valid, density=5.0)
    assert few.recipe["groups"] < many.recipe["groups"] and few.truth.sum() < many.truth.sum()


@pytest.mark.parametrize(
    "change",
    [
        {"after": np.zeros((5, 5), np.float32)},
        {"valid": np.zeros((150, 260), bool)},
        {"date": "later"},
    ],
)
def test_bad_requests_are_refused(change):
    before, after, valid = scene()
    given = {"before": before, "after": after, "valid": valid, **change}
    with pytest.raises(InputError):
        inject(np.random.default_rng(0), **given)
