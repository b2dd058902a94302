"""What an embedding does on chips that were held out, among all others: pair accuracy beside Recall@k and mAP."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..common.progress import Progress, check
from ..inference.embedding import Embedder
from .chip_sets import ChipSet
from .retrieval import chance_at, confusion, equal_error, pair_accuracy, pairwise, rank
from .scoring import Interval

_BLOCK = 128


@dataclass(frozen=True)
class Judged:
    """Of held-out chips. ``pairs`` and ``balanced``: pair accuracy at ``threshold``, which was chosen on the chips
    that were learned from (equal errors); ``recall`` by k, ``chance`` by k, ``precision``: with intervals over groups.
    ``queries`` of them could be answered, ``unanswerable`` not."""

    name: str
    threshold: float
    pairs: float
    balanced: float
    pair_count: int
    recall: dict[int, Interval]
    precision: Interval
    chance: dict[int, float]
    queries: int
    unanswerable: int
    alike: float | None
    confusion: NDArray[np.float64]


def vectors_of(embedder: Embedder, chips: ChipSet, progress: Progress) -> NDArray[np.float32]:
    """Vectors (N, D), with a look at the cancel between blocks."""
    made = []
    for start in range(0, len(chips), _BLOCK):
        check(progress)
        made.append(embedder.embed(chips.pixels[start : start + _BLOCK]))
    return np.concatenate(made)


def judge(name: str, embedder: Embedder, chips: ChipSet, held: NDArray[np.bool_], progress: Progress) -> Judged:
    """Ask every held-out chip for its like among all chips of other groups."""
    vectors = vectors_of(embedder, chips, progress)
    metric = embedder.card.metric
    d = pairwise(vectors, metric=metric)
    same = chips.labels[:, None] == chips.labels[None]
    apart = np.triu(chips.groups[:, None] != chips.groups[None], 1)
    learned = apart & ~held[:, None] & ~held[None]
    asked = apart & (held[:, None] | held[None])
    threshold = _equal(d, same, learned)
    own = chips.labels[held], chips.groups[held]
    ranking = rank(d[held], *own, chips.labels, chips.groups)
    told = d[asked], same[asked]
    alike = _equal(d, same, asked)
    return Judged(
        name,
        threshold if threshold is not None else float("nan"),
        pair_accuracy(*told, threshold) if threshold is not None else float("nan"),
        pair_accuracy(*told, threshold, balanced=True) if threshold is not None else float("nan"),
        int(asked.sum()),
        {k: ranking.recall_interval(k) for k in (1, 5)},
        ranking.precision_interval(),
        {k: chance_at(*own, k, gallery_labels=chips.labels, gallery_groups=chips.groups) for k in (1, 5)},
        len(ranking.queries),
        ranking.unanswerable,
        alike,
        confusion(ranking, len(chips.classes)),
    )


def _equal(d: NDArray, same: NDArray, where: NDArray) -> float | None:
    """The threshold of equal errors over pairs, None without pairs of both kinds."""
    kinds = same[where]
    return equal_error(d[where], kinds)[0] if kinds.any() and not kinds.all() else None
