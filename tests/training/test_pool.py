"""Drawings on disk: what goes in comes out, drawing goes on where it stopped, and batches are what they should be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs torch (the train extra)")

from marscd_plugin.common.errors import InputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.training.augment import Patch, as_in_a_scene, crop, drawing, forget, symmetry
from marscd_plugin.training.feed import PoolFeed
from marscd_plugin.training.pool import Pool, PoolSpec, fill

SPEC = PoolSpec(8, 32, 3)


def draw(group: int) -> list[Patch]:
    """Two drawings with a bright square of kind 4, a corner without data and a row that is not judged."""
    made = []
    for k in range(2):
        rng = np.random.default_rng((group, k))
        before = rng.normal(100, 5, (32, 32)).astype(np.float32)
        after, truth = before.copy(), np.zeros((32, 32), np.uint8)
        after[8:14, 8:14] += 40
        truth[8:14, 8:14] = 1
        valid, ignore = np.ones((32, 32), bool), np.zeros((32, 32), bool)
        valid[:4, :4], ignore[20] = False, True
        context = np.array([40, 50, 10, 0.3], np.float32)
        made.append(drawing(before, after, truth, valid, truth * 4, context, ignore))
    return made


def test_what_goes_in_comes_out(tmp_path):
    pool = Pool(tmp_path / "pool", SPEC)
    assert fill(pool, draw, 2, Quiet()) == 8
    again = Pool(tmp_path / "pool")
    assert list(again.ready()) == list(range(8))
    kept, made = again.get(5), draw(2)[1]
    for name in ("before", "after"):
        np.testing.assert_allclose(getattr(kept, name), getattr(made, name), atol=0.01)
    for name in ("truth", "valid", "classes", "context", "seen"):
        np.testing.assert_array_equal(getattr(kept, name), getattr(made, name))
    assert kept.seen[20, 5] == 1
    assert kept.valid[20, 5] == 0
    assert set(np.unique(kept.classes)) == {0, 4}


def test_drawing_goes_on_where_it_stopped_and_workers_share(tmp_path):
    pool = Pool(tmp_path, SPEC)
    assert fill(pool, draw, 2, Quiet(), worker=1, workers=2) == 4
    assert list(pool.ready()) == [2, 3, 6, 7]
    assert fill(pool, draw, 2, Quiet()) == 4
    assert fill(pool, draw, 2, Quiet()) == 0
    assert fill(pool, draw, 2, Quiet(), again=True) == 8


def test_another_pool_is_refused(tmp_path):
    Pool(tmp_path, SPEC)
    with pytest.raises(InputError, match="other drawings"):
        Pool(tmp_path, replace(SPEC, seed=4))
    with pytest.raises(InputError, match="no pool"):
        Pool(tmp_path / "nothing")
    (tmp_path / "pool.json").write_text("{}")
    with pytest.raises(InputError, match="cannot be read"):
        Pool(tmp_path)


def test_batches_of_a_pool(tmp_path):
    pool = Pool(tmp_path, SPEC)
    with pytest.raises(InputError, match="hardly any"):
        PoolFeed(pool, batch=4, size=16)
    fill(pool, draw, 2, Quiet())
    feeds = [PoolFeed(pool, batch=4, size=16, seed=(1,)) for _ in range(2)]
    try:
        one, two = (feed.batch() for feed in feeds)
    finally:
        for feed in feeds:
            feed.close()
    assert one.before.shape == (4, 1, 16, 16)
    assert one.context.shape == (4, 4)
    assert bool((one.before == two.before).all())
    assert float(one.before.abs().max()) <= 6.0
    assert not bool(((one.truth > 0) & (one.valid == 0)).any())


def test_a_scene_moves_values_and_leaves_what_has_no_data():
    patch = draw(0)[0]
    moved = as_in_a_scene(patch, np.random.default_rng(1))
    assert (moved.before[patch.seen == 0] == 0).all()
    assert np.abs(moved.before - patch.before)[patch.seen > 0].mean() > 0.05
    assert moved.before[20].any()


def test_turning_keeps_things_together_and_swaps_what_is_known():
    patch = draw(0)[0]
    swapped = set()
    for seed in range(20):
        turned = symmetry(patch, np.random.default_rng(seed))
        assert turned.truth.sum() == patch.truth.sum()
        assert np.array_equal(turned.truth > 0, turned.classes > 0)
        difference = (turned.after - turned.before)[turned.truth > 0].mean()
        assert (difference < 0) == (turned.context[0] == 50)
        swapped.add(float(turned.context[0]))
    assert swapped == {40.0, 50.0}
    far = replace(patch, context=np.array([40, 50, 10, 2.0], np.float32))
    assert {float(symmetry(far, np.random.default_rng(s)).context[0]) for s in range(20)} == {40.0}


def test_what_is_known_is_mostly_forgotten():
    patch = draw(0)[0]
    known = [np.isfinite(forget(patch, np.random.default_rng(s)).context).sum() for s in range(200)]
    assert 0.5 < np.mean(np.array(known) == 0) < 0.9
    assert max(known) == 4


def test_a_cut_can_be_laid_around_change():
    patch = draw(0)[0]
    rng = np.random.default_rng(2)
    assert all(crop(patch, 8, rng, 1.0).truth.any() for _ in range(30))
    assert not all(crop(patch, 8, rng).truth.any() for _ in range(30))
