"""What is learned from: reproducible by seed and index, split by observation, evaluation sets kept out."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from marscd_plugin.common.errors import InputError
from marscd_plugin.inference.normalise import CLIP
from marscd_plugin.simulation.backdrops import split_of
from marscd_plugin.training import data
from marscd_plugin.training.augment import Patch, crop, missing, normalised, radiometry, symmetry, vary
from marscd_plugin.training.data import Backdrops, TrainingPairs, inject, load_backdrops
from marscd_plugin.training.real import RealPair, real_pairs


@pytest.fixture
def stream(flat_backdrop):
    backdrops = Backdrops(("A", "B"), ((flat_backdrop,), (flat_backdrop[::-1], flat_backdrop[:, ::-1])))
    ground = np.ones((80, 70), bool)
    real = RealPair("ctx", flat_backdrop[:80, :70], flat_backdrop[:80, :70] + 1, ground, evaluation_only=False)
    return TrainingPairs(backdrops, [real], seed=3, drawn=64)


def _same(a: Patch, b: Patch) -> bool:
    return all(np.array_equal(getattr(a, f.name), getattr(b, f.name), equal_nan=True) for f in fields(Patch))


def test_a_pair_follows_from_seed_and_index_alone(stream, flat_backdrop):
    forwards = [stream(i) for i in range(6)]
    backwards = [stream(i) for i in reversed(range(6))][::-1]
    assert all(_same(a, b) for a, b in zip(forwards, backwards, strict=True))
    other = TrainingPairs(stream._backdrops, stream._negatives, seed=4, drawn=64)
    assert not _same(other(0), forwards[0])


def test_patches_are_normalised_and_labelled(stream):
    changed = 0
    for index in range(30):
        patch = stream(index)
        for image in (patch.before, patch.after):
            assert image.dtype == np.float32
            assert np.abs(image).max() <= CLIP
            assert (image[patch.valid == 0] == 0).all()
        assert set(np.unique(patch.truth)) <= {0.0, 1.0}
        assert (patch.truth <= patch.valid).all()
        changed += patch.truth.any()
    assert 8 <= changed <= 29


def test_evaluation_pairs_are_refused_as_negatives(flat_backdrop):
    pair = RealPair("x", flat_backdrop, flat_backdrop, np.ones((96, 96), bool))
    with pytest.raises(InputError, match="evaluation only"):
        TrainingPairs(Backdrops(("A",), ((flat_backdrop,),)), [pair], seed=1)


def test_observations_are_split_and_simulation_validation_is_held(monkeypatch, flat_backdrop):
    names = [f"ESP_{i:06d}_1800" for i in range(300)]

    def named(_shared, part):
        for name in names:
            if split_of(name) == part:
                yield name, "hirise_crops", flat_backdrop
        if part == "train":
            yield "PSP_001446_1790", "native", flat_backdrop

    monkeypatch.setattr(data, "named_backdrops", named)
    training, validation = (set(load_backdrops(None, side).observations) for side in (True, False))
    # The one raw channel at native scale is for training whatever its name's hash.
    assert "PSP_001446_1790" in training
    assert not training & validation
    assert training | validation == {*names, "PSP_001446_1790"}
    assert 0.22 < len(validation) / 300 < 0.38
    assert {name for name in names if split_of(name) != "train"} == validation


def test_no_backdrop_at_all_is_an_input_error(monkeypatch):
    monkeypatch.setattr(data, "named_backdrops", lambda _shared, _part: iter(()))
    with pytest.raises(InputError, match="--shared"):
        load_backdrops(None, True)


def test_only_the_training_half_of_ctx_may_be_learned_from(shared):
    assert not any(p.evaluation_only for p in real_pairs(shared, "ctx_train"))
    assert all(p.evaluation_only for p in real_pairs(shared, "ctx_held"))


def test_injected_change_is_where_the_truth_says(flat_backdrop):
    rng = np.random.default_rng(0)
    pair = RealPair("x", flat_backdrop[:90], flat_backdrop[:90].copy(), np.ones((90, 96), bool))
    for _ in range(5):
        before, after, truth = inject(rng, pair)
        assert before.shape == after.shape == truth.shape == (90, 96)
        difference = np.abs(before - after)
        if truth.any():
            assert difference[truth > 0].mean() > 10 * difference[truth == 0].mean()


def _patch(side: int = 40) -> Patch:
    rng = np.random.default_rng(7)
    valid = np.ones((side, side), np.float32)
    valid[:, :5] = 0
    images = rng.normal(0, 1, (2, side, side)).astype(np.float32) * valid
    truth = np.zeros((side, side), np.float32)
    truth[10:14, 12:30] = 1
    images[1][truth > 0] -= 3
    return Patch(images[0], images[1], truth, valid)


@pytest.mark.parametrize("turn", [symmetry, radiometry, missing, vary])
def test_variations_keep_images_truth_and_validity_together(turn):
    for seed in range(12):
        patch = turn(_patch(), np.random.default_rng(seed))
        darker = np.abs(patch.before - patch.after)
        marked = patch.truth > 0
        if marked.any():
            assert darker[marked].mean() > darker[(patch.truth == 0) & (patch.valid > 0)].mean() + 0.5
        assert (patch.truth <= patch.valid).all()
        assert (patch.before[patch.valid == 0] == 0).mean() > 0.3


def test_a_crop_has_the_size_and_pads_with_nodata():
    rng = np.random.default_rng(0)
    assert crop(_patch(40), 24, rng).before.shape == (24, 24)
    padded = crop(_patch(40), 64, rng)
    assert padded.truth.shape == (64, 64)
    assert padded.valid[40:].sum() == 0
    assert padded.truth.sum() == _patch(40).truth.sum()


def test_normalising_without_a_generator_is_what_inference_does():
    from marscd_plugin.inference import normalise

    rng = np.random.default_rng(1)
    a, b = rng.normal(100, 5, (2, 30, 30)).astype(np.float32)
    valid = np.ones((30, 30), bool)
    patch = normalised(a, b, np.zeros((30, 30)), valid)
    stats = normalise.statistics(a), normalise.statistics(b)
    scale = normalise.pair_scale(*stats)
    np.testing.assert_array_equal(patch.before, normalise.apply(a, stats[0], scale))
    np.testing.assert_array_equal(patch.after, normalise.apply(b, stats[1], scale))
    empty = normalised(a, b, np.ones((30, 30)), np.zeros((30, 30), bool))
    assert not empty.truth.any()
