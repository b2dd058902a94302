"""How well distances find chips of the same landform: Recall@k, mean average precision, pair accuracy, confusion.

Pure numpy. A chip of the query's own group (observation, place) never counts as its match and never stands in its
way: it is taken out of the ranking, since two crops of one observation look alike whatever the landform. Figures are
balanced over classes unless asked otherwise, and intervals come from drawing groups, not chips.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .scoring import Interval

#: Label of chips that are of no named landform: they stand in the ranking and are never asked for.
DISTRACTOR = -1

#: Draws of a bootstrap, and the share of them inside an interval.
DRAWS = 2000
LEVEL = 0.95


@dataclass(frozen=True)
class Ranking:
    """Per query that can be answered: what its ranking holds. All arrays have Q entries.

    ``queries``: numbers of the chips that asked (some may have no match in another group and are left out:
    ``unanswerable`` of them); ``labels``, ``groups``: theirs. ``first``: rank (1 is the nearest) of the first match.
    ``precision``: the average precision 0..1. ``nearest``: label of the nearest chip of another group.
    """

    queries: NDArray[np.int64]
    labels: NDArray[np.int64]
    groups: NDArray[np.str_]
    first: NDArray[np.int64]
    precision: NDArray[np.float64]
    nearest: NDArray[np.int64]
    unanswerable: int

    def recall(self, k: int, balanced: bool = True) -> float:
        """Share of the queries with a match among their ``k`` nearest, 0..1."""
        return _mean((self.first <= k).astype(float), self.labels, balanced)

    def average_precision(self, balanced: bool = True) -> float:
        """Mean average precision, 0..1."""
        return _mean(self.precision, self.labels, balanced)

    def recall_interval(self, k: int, balanced: bool = True, draws: int = DRAWS, seed: int = 1) -> Interval:
        """Recall@k with its 95 % interval over groups."""
        return group_interval((self.first <= k).astype(float), self.labels, self.groups, balanced, draws, seed)

    def precision_interval(self, balanced: bool = True, draws: int = DRAWS, seed: int = 1) -> Interval:
        """Mean average precision with its 95 % interval over groups."""
        return group_interval(self.precision, self.labels, self.groups, balanced, draws, seed)


def rank(
    distances: ArrayLike,
    labels: ArrayLike,
    groups: ArrayLike,
    gallery_labels: ArrayLike | None = None,
    gallery_groups: ArrayLike | None = None,
) -> Ranking:
    """Rank a gallery for every query.

    ``distances`` (Q, G), smaller is more alike; NaN comes last. ``labels`` int (Q,), ``DISTRACTOR`` asks nothing.
    ``groups`` (Q,) of any type. Without ``gallery_*`` the queries are the gallery (Q = G). What shares the query's
    group, itself included, is not in its ranking. Ties: the gallery's order. Raises ValueError on shapes.
    """
    d = np.asarray(distances, float)
    asked, from_group = np.asarray(labels, np.int64), np.asarray(groups).astype(str)
    held = asked if gallery_labels is None else np.asarray(gallery_labels, np.int64)
    held_group = from_group if gallery_groups is None else np.asarray(gallery_groups).astype(str)
    if d.shape != (len(asked), len(held)) or len(asked) != len(from_group) or len(held) != len(held_group):
        raise ValueError(f"distances {d.shape} do not fit {len(asked)} queries and {len(held)} chips")
    d = np.where(np.isnan(d), np.inf, d)
    kept: list[int] = []
    first: list[int] = []
    precision: list[float] = []
    nearest: list[int] = []
    unanswerable = 0
    for q in np.flatnonzero(asked != DISTRACTOR):
        others = np.flatnonzero(held_group != from_group[q])
        order = others[np.argsort(d[q, others], kind="stable")]
        places = 1 + np.flatnonzero(held[order] == asked[q])
        if not len(places):
            unanswerable += 1
            continue
        kept.append(int(q))
        first.append(int(places[0]))
        precision.append(float(np.mean(np.arange(1, len(places) + 1) / places)))
        nearest.append(int(held[order[0]]))
    index = np.array(kept, np.int64)
    return Ranking(
        index,
        asked[index],
        from_group[index],
        np.array(first, np.int64),
        np.array(precision),
        np.array(nearest, np.int64),
        unanswerable,
    )


def recall_at(distances: ArrayLike, labels: ArrayLike, groups: ArrayLike, k: int, balanced: bool = True) -> float:
    """Recall@k, 0..1, of a set against itself (``rank``)."""
    return rank(distances, labels, groups).recall(k, balanced)


def mean_average_precision(distances: ArrayLike, labels: ArrayLike, groups: ArrayLike, balanced: bool = True) -> float:
    """Mean average precision, 0..1, of a set against itself (``rank``)."""
    return rank(distances, labels, groups).average_precision(balanced)


def chance_at(
    labels: ArrayLike,
    groups: ArrayLike,
    k: int,
    balanced: bool = True,
    gallery_labels: ArrayLike | None = None,
    gallery_groups: ArrayLike | None = None,
) -> float:
    """Recall@k that random rankings would have, 0..1: hypergeometric, with the same exclusions as ``rank``."""
    asked, of = np.asarray(labels, np.int64), np.asarray(groups).astype(str)
    held = asked if gallery_labels is None else np.asarray(gallery_labels, np.int64)
    held_of = of if gallery_groups is None else np.asarray(gallery_groups).astype(str)
    values, kinds = [], []
    for q in np.flatnonzero(asked != DISTRACTOR):
        others = held_of != of[q]
        matches, size = int(np.sum(held[others] == asked[q])), int(np.sum(others))
        if matches:
            steps = np.arange(min(k, size))
            missed = np.clip((size - matches - steps) / (size - steps), 0.0, 1.0)
            values.append(1.0 - float(np.prod(missed)))
            kinds.append(int(asked[q]))
    return _mean(np.array(values), np.array(kinds, np.int64), balanced)


def group_interval(
    values: ArrayLike, labels: ArrayLike, groups: ArrayLike, balanced: bool = True, draws: int = DRAWS, seed: int = 1
) -> Interval:
    """Mean of ``values`` (one a query) and its 95 % interval, drawing groups with replacement.

    Balanced: groups are drawn within each class and the class means are averaged, so no draw loses a class. A class
    with a single group then adds no spread of its own: the interval is too narrow for it, and its count must be told.
    """
    v, kinds, of = np.asarray(values, float), np.asarray(labels), np.asarray(groups).astype(str)
    value = _mean(v, kinds, balanced)
    if not len(v):
        return Interval(value, value, value)
    rng = np.random.default_rng((seed, 31))
    strata = [kinds == c for c in np.unique(kinds)] if balanced else [np.ones(len(v), bool)]
    drawn = np.zeros(draws)
    for stratum in strata:
        _, where = np.unique(of[stratum], return_inverse=True)
        sums, counts = np.bincount(where, v[stratum]), np.bincount(where).astype(float)
        take = rng.integers(len(sums), size=(draws, len(sums)))
        drawn += sums[take].sum(axis=1) / counts[take].sum(axis=1) / len(strata)
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(value, float(low), float(high))


def pair_accuracy(distances: ArrayLike, similar: ArrayLike, threshold: float, balanced: bool = False) -> float:
    """Share of the pairs told rightly, 0..1: similar where the distance (N,) is below ``threshold``.

    ``balanced``: the mean of the shares among similar and among dissimilar pairs. NaN without pairs.
    """
    d, same = np.asarray(distances, float), np.asarray(similar, bool)
    return _mean(((d < threshold) == same).astype(float), same.astype(np.int64), balanced)


def equal_error(distances: ArrayLike, similar: ArrayLike) -> tuple[float, float]:
    """(threshold, error 0..1) at which as large a share of similar pairs lies above as of dissimilar ones below.

    The threshold is what a card's ``alike`` holds. Raises ValueError without pairs of both kinds.
    """
    d, same = np.asarray(distances, float), np.asarray(similar, bool)
    if not same.any() or same.all():
        raise ValueError("pairs of both kinds are needed")
    order = np.argsort(d, kind="stable")
    missed = 1 - np.cumsum(same[order]) / same.sum()
    wrong = np.cumsum(~same[order]) / (~same).sum()
    at = int(np.argmin(np.abs(missed - wrong)))
    following = d[order[min(at + 1, len(d) - 1)]]
    return float((d[order[at]] + following) / 2), float((missed[at] + wrong[at]) / 2)


def confusion(ranking: Ranking, classes: int) -> NDArray[np.float64]:
    """(classes, classes + 1): share of a class's queries whose nearest chip is of each class; last: a distractor.

    Rows without queries are NaN.
    """
    table = np.zeros((classes, classes + 1))
    for label, near in zip(ranking.labels, ranking.nearest, strict=True):
        table[label, near if near != DISTRACTOR else classes] += 1
    counts = table.sum(axis=1, keepdims=True)
    return np.divide(table, counts, out=np.full(table.shape, np.nan), where=counts > 0)


def pairwise(a: ArrayLike, b: ArrayLike | None = None, metric: str = "euclidean") -> NDArray[np.float32]:
    """Distances (A, B) between vectors (A, D) and (B, D), as the index computes them (``cosine``: of unit vectors)."""
    one = np.asarray(a, np.float64)
    two = one if b is None else np.asarray(b, np.float64)
    if metric == "cosine":
        one, two = (v / np.maximum(np.linalg.norm(v, axis=1, keepdims=True), 1e-12) for v in (one, two))
    squares = (one**2).sum(axis=1)[:, None] + (two**2).sum(axis=1)[None, :] - 2 * one @ two.T
    return np.asarray(np.sqrt(np.maximum(squares, 0.0)), np.float32)


def _mean(values: NDArray, kinds: NDArray, balanced: bool) -> float:
    """Mean, or mean of the classes' means; NaN of nothing."""
    if not len(values):
        return float("nan")
    if not balanced:
        return float(values.mean())
    return float(np.mean([values[kinds == c].mean() for c in np.unique(kinds)]))


def names(items: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """(distinct names in order, number of each item among them); an empty name is ``DISTRACTOR``."""
    known = tuple(sorted({i for i in items if i}))
    number = {name: k for k, name in enumerate(known)}
    return known, np.array([number.get(i, DISTRACTOR) for i in items], np.int64)
