"""More like this, not like this: rankings get better by what is accepted and rejected."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from marscd_plugin.analogue.index import build_index
from marscd_plugin.analogue.probe import probe, rerank
from marscd_plugin.common.errors import InputError
from marscd_plugin.common.progress import Quiet

sys.path.insert(0, str(Path(__file__).parent))

from index_grids import Embedder, Grid, clusters


def precision(scores: np.ndarray, wanted: np.ndarray, k: int = 100) -> float:
    return float(wanted[np.argsort(-scores)[:k]].mean())


def scene(dimensions: int, seed: int = 1):
    """Vectors in which the target lies between its own kind and another, as a target from another body does."""
    vectors, labels = clusters(3000, dimensions, kinds=12, spread=0.9, seed=seed)
    mean = [vectors[labels == k].mean(axis=0) for k in range(12)]
    target = (0.45 * mean[0] + 0.55 * mean[1])[None] + 0.02
    by_distance = -np.linalg.norm(vectors - target, axis=1)
    return vectors, labels == 0, target, by_distance


@pytest.mark.parametrize("dimensions", [5, 64, 128, 768])
def test_one_accepted_example_moves_the_ranking_to_its_kind(dimensions):
    vectors, wanted, target, by_distance = scene(dimensions)
    before = precision(by_distance, wanted)
    first = np.argsort(-by_distance)
    accepted = first[wanted[first]][:1]
    after = precision(probe(vectors, accepted, [], target), wanted)
    assert after > before + 0.1, (before, after)


@pytest.mark.parametrize("dimensions", [64, 128])
def test_rounds_of_verdicts_get_better_still(dimensions):
    vectors, wanted, target, by_distance = scene(dimensions, seed=3)
    scores, accepted, rejected, seen = by_distance, [], [], []
    for _ in range(3):
        shown = [i for i in np.argsort(-scores) if i not in accepted + rejected][:5]
        accepted += [i for i in shown if wanted[i]]
        rejected += [i for i in shown if not wanted[i]]
        scores = probe(vectors, accepted, rejected, target)
        seen.append(precision(scores, wanted))
    assert seen[-1] >= max(0.9, precision(by_distance, wanted) + 0.2), seen
    assert scores[accepted].min() > scores[rejected].max()


def test_rejecting_alone_keeps_to_the_target_and_away_from_what_was_rejected():
    vectors, labels = clusters(3000, 64, kinds=12, spread=0.9)
    target = vectors[labels == 0][:1]
    near = [int(i) for i in np.argsort(np.linalg.norm(vectors - target, axis=1)) if labels[i] == 1][:3]
    plain, scores = probe(vectors, [], [], target), probe(vectors, [], near, target)
    assert precision(scores, labels == 0) > 0.9
    place = np.argsort(np.argsort(-plain)), np.argsort(np.argsort(-scores))
    others = (labels == 1) & ~np.isin(np.arange(3000), near)
    assert np.median(place[1][others]) > np.median(place[0][others])


def test_the_same_verdicts_give_the_same_scores_and_holes_stay():
    vectors, _, target, _ = scene(64)
    vectors[7] = np.nan
    one, two = (probe(vectors, [1, 2], [3], target) for _ in range(2))
    np.testing.assert_array_equal(one, two)
    assert one.dtype == np.float32 and np.isnan(one[7])
    there = one[np.isfinite(one)]
    assert len(there) == 2999 and there.min() >= 0 and there.max() <= 1
    np.testing.assert_allclose(probe(vectors, [2, 1, 2], [3], target), one, atol=1e-6)
    # Units do not matter: a euclidean embedding's vectors are as long as they like.
    np.testing.assert_allclose(probe(vectors * 40, [1, 2], [3], target * 40), one, atol=1e-4)


def test_the_smallest_searches_work():
    vectors, _ = clusters(3, 8)
    scores = probe(vectors, [0], [1], np.zeros((0, 8)))
    assert scores[0] > scores[1]
    assert probe(vectors[:1], [0], [], np.zeros((0, 8))).shape == (1,)


def test_what_makes_no_sense_is_refused():
    vectors, _, target, _ = scene(64)
    for accepted, rejected, targets, said in (
        ([], [3], np.zeros((0, 64)), "Accept at least one"),
        ([3], [3], target, "accepted and rejected at once"),
        ([3000], [], target, "no chip 3000"),
        ([], [-1], target, "no chip -1"),
        ([1], [], target[:, :5], "5 numbers each"),
        ([], [], np.full((1, 64), np.nan), "has a vector"),
    ):
        with pytest.raises(InputError, match=said):
            probe(vectors, accepted, rejected, targets)


def test_reranking_leaves_the_rejected_and_the_unusable_out(tmp_path):
    index = build_index(tmp_path / "i", Grid(100), Embedder(), Quiet())
    target = np.asarray(index.vectors[[42]])
    ids, scores = rerank(index, [42], [0, 10], target, k=500)
    assert len(ids) == 78 and 42 in ids[:20] and not {0, 10, 3, 7} & set(ids.tolist())
    assert (np.diff(scores) <= 0).all()
    assert rerank(index, [42], [], target, k=5)[0].shape == (5,)
