"""More like this, not like this: a logistic regression on the embeddings, at once and the same every time.

Positive are the accepted chips and the targets, negative the rejected ones, and, with a small weight each, random chips
of the search: they stand for "anything else", so that one accepted chip is enough, and so that rejecting one does not
turn the ranking over. Each group counts as a whole, however many it has:

    accepted 1, targets 0.5 (1 where nothing is accepted), rejected 1, random 0.5 (1 where nothing is rejected)

Features are the vectors about the random chips' mean, in units of their mean length about it. The regularised loss
sum(w_i log(1 + exp(-y_i (x_i.b + c)))) + STIFFNESS / 2 |b|^2 has one minimum, found by Newton's method in the space
that the examples span.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ..common.errors import InputError
from .index import Index

#: Random chips that stand for anything else.
RANDOM = 400
#: Weight of the coefficients' squares: small enough for one rejection to count, large enough not to follow single ones.
STIFFNESS = 0.1
_STEPS = 30
_BLOCK = 1 << 16


def probe(
    vectors: np.ndarray, accepted: Iterable[int], rejected: Iterable[int], targets: np.ndarray, seed: int = 1
) -> np.ndarray:
    """How much each chip (N, D) is like what was accepted and unlike what was rejected: float32 (N,), 0..1.

    ``accepted`` and ``rejected`` are row numbers, ``targets`` (T, D), T may be 0. NaN for a row of NaN. Raises
    InputError where there is nothing positive, a number is out of range or both, or lengths differ.
    """
    likes, dislikes = _rows(vectors, accepted), _rows(vectors, rejected)
    both = np.intersect1d(likes, dislikes)
    if len(both):
        raise InputError(f"Chip {both[0]} is accepted and rejected at once.", "Decide for one of them.")
    given = np.asarray(targets, np.float32)
    given = given.reshape(0, vectors.shape[1]) if not given.size else np.atleast_2d(given)
    if given.shape[1] != vectors.shape[1]:
        raise InputError(
            f"The targets have {given.shape[1]} numbers each, and the chips {vectors.shape[1]}.",
            "Embed the targets with the embedding that made the index.",
        )
    if not len(likes) + len(given):
        raise InputError("Nothing was accepted, and there is no target.", "Accept at least one match.")
    spare = _random(vectors, np.concatenate([likes, dislikes]), seed)
    groups = [
        (np.asarray(vectors[likes]), 1.0, 1.0),
        (given, 1.0, 0.5 if len(likes) else 1.0),
        (np.asarray(vectors[dislikes]), -1.0, 1.0),
        (spare, -1.0, 0.5 if len(dislikes) else 1.0),
    ]
    groups = [(rows[np.isfinite(rows).all(axis=1)], sign, weight) for rows, sign, weight in groups]
    examples = np.concatenate([rows for rows, _, _ in groups]).astype(np.float64)
    signs = np.concatenate([np.full(len(rows), sign) for rows, sign, _ in groups])
    weights = np.concatenate([np.full(len(rows), weight / max(len(rows), 1)) for rows, _, weight in groups])
    if not (signs > 0).any():
        raise InputError("No accepted chip and no target has a vector.", "Accept a match that has one.")
    middle = spare.mean(axis=0, dtype=np.float64) if len(spare) else examples.mean(axis=0)
    examples -= middle
    about = spare.astype(np.float64) - middle if len(spare) else examples
    unit = float(np.sqrt((about**2).sum(axis=1).mean())) or 1.0
    slope, level = _fit(examples / unit, signs, weights)
    return _scores(vectors, slope / unit, level - float(middle @ slope) / unit)


def rerank(
    index: Index, accepted: Iterable[int], rejected: Iterable[int], targets: np.ndarray, k: int = 50, seed: int = 1
) -> tuple[np.ndarray, np.ndarray]:
    """The ``k`` best chips of an index after verdicts: ids int64 and scores float32, best first; rejected left out."""
    rejected = list(rejected)
    scores = probe(index.vectors, accepted, rejected, targets, seed)
    ranked = np.where(np.isfinite(scores), scores, -1.0)
    ranked[rejected] = -1.0
    ids = np.argsort(-ranked, kind="stable")[: max(1, int(k))]
    ids = ids[ranked[ids] >= 0]
    return ids, scores[ids]


def _rows(vectors: np.ndarray, numbers: Iterable[int]) -> np.ndarray:
    rows = np.unique(np.fromiter(numbers, np.int64))
    if len(rows) and (rows[0] < 0 or rows[-1] >= len(vectors)):
        raise InputError(
            f"There is no chip {rows[-1] if rows[0] >= 0 else rows[0]} among {len(vectors):,}.",
            "Use the numbers of this search's matches.",
        )
    return rows


def _random(vectors: np.ndarray, taken: np.ndarray, seed: int) -> np.ndarray:
    """Random usable rows that are not taken."""
    drawn = np.random.default_rng(seed).permutation(len(vectors))[: 2 * RANDOM + len(taken)]
    rows = np.asarray(vectors[np.sort(drawn[~np.isin(drawn, taken)])])
    return rows[np.isfinite(rows).all(axis=1)][:RANDOM]


def _fit(examples: np.ndarray, signs: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, float]:
    """Slope (D,) and level of the regularised logistic regression."""
    basis = None
    if examples.shape[1] > len(examples):
        # The slope lies in the span of the examples.
        _, _, basis = np.linalg.svd(examples, full_matrices=False)
        examples = examples @ basis.T
    size = examples.shape[1]
    design = np.hstack([examples, np.ones((len(examples), 1))])
    ridge = np.append(np.full(size, STIFFNESS), 1e-6)

    def loss(b: np.ndarray) -> float:
        return float(weights @ np.logaddexp(0.0, -signs * (design @ b)) + 0.5 * ridge @ b**2)

    found = np.zeros(size + 1)
    now = loss(found)
    for _ in range(_STEPS):
        share = 1.0 / (1.0 + np.exp(np.clip(signs * (design @ found), -500, 500)))
        slope = -design.T @ (weights * signs * share) + ridge * found
        curve = (design * (weights * share * (1 - share))[:, None]).T @ design + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        size_of = 1.0
        while (ahead := loss(found - size_of * step)) > now and size_of > 1e-6:
            size_of /= 2
        if now - ahead < 1e-12:
            break
        found, now = found - size_of * step, ahead
    return (found[:-1] if basis is None else basis.T @ found[:-1]), float(found[-1])


def _scores(vectors: np.ndarray, slope: np.ndarray, level: float) -> np.ndarray:
    made = np.empty(len(vectors), np.float32)
    slope = slope.astype(np.float32)
    for at in range(0, len(vectors), _BLOCK):
        made[at : at + _BLOCK] = np.asarray(vectors[at : at + _BLOCK]) @ slope
    return (1.0 / (1.0 + np.exp(np.clip(-(made.astype(np.float64) + level), -500, 500)))).astype(np.float32)
