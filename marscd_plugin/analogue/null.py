"""What a distance is worth: how near random chips of the same search area come to the same target.

The random chips are drawn evenly from all usable chips of the index. Chips that lie on the target's own ground (a
search in the image that the target is from) are to be left out by the caller. The match itself and its neighbours may
be among the random ones: that makes a percentile larger, never smaller, so a match is claimed less, not more.

The best of many chips is always nearer than nearly all of them, so a percentile alone flatters it. It is held against
what chance would give as well: if distances scattered about their median as they do in its middle half (the narrower
side of it) and in a bell curve, then in 1 of 20 searches the best of all N chips would be nearer than

    median + s * z(1 - 0.95 ** (1 / N)),   s = min(median - q1, q3 - median) / 0.6745

where z is the standard normal quantile. A landform that is truly there is nearer than that. This is a rule of thumb,
not a test: chips that overlap are not independent, and no tail is exactly normal.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from ..common.errors import InputError
from ..common.words import EmbeddingCard
from .index import Index
from .nearest import distances_to
from .statistics import Box, box_of

#: A match is called weak where more than this share of random chips, in percent, is as near.
LIMIT = 1.0
#: How often the best of a search may come as near by chance before its match is called weak.
RARE = 0.05
#: Fewer random chips than this cannot show LIMIT.
LEAST = round(100 / LIMIT)


@dataclass(frozen=True)
class Judgement:
    """A distance's percentile (0..100: random chips at least as near), whether it is weak, and why in words."""

    percentile: float
    weak: bool
    reason: str


class Null:
    """Distances (T, n) of the same n random chips to each of T targets; ``searched`` chips were drawn from."""

    def __init__(self, distances: np.ndarray, searched: int, card: EmbeddingCard) -> None:
        self.distances: np.ndarray = np.asarray(distances, np.float32)
        self.searched = searched
        self.card = card
        self._sorted: np.ndarray = np.sort(self.distances, axis=1)

    @property
    def count(self) -> int:
        """Random chips."""
        return self.distances.shape[1]

    @property
    def resolution(self) -> float:
        """The least percentile that so many random chips can show."""
        return 100.0 / self.count

    def nearest(self, targets: Iterable[int] | None = None) -> Null:
        """The null of the distance to the nearest of several targets (None: all): as target 0 of what comes back."""
        rows = self.distances if targets is None else self.distances[list(targets)]
        return Null(rows.min(axis=0)[None], self.searched, self.card)

    def percentile(self, target: int, distance: float) -> float:
        """How many of 100 random chips are at least as near to the target: 0..100, never below ``resolution``."""
        nearer = int(np.searchsorted(self._sorted[target], np.float32(distance), side="right"))
        return max(nearer, 1) * 100.0 / self.count if math.isfinite(distance) else math.nan

    def percentiles(self, target: int, distances: np.ndarray) -> np.ndarray:
        """``percentile`` of many distances (any shape), float32; NaN for NaN."""
        distances = np.asarray(distances, np.float32)
        nearer = np.searchsorted(self._sorted[target], distances, side="right")
        made = (np.maximum(nearer, 1) * (100.0 / self.count)).astype(np.float32)
        made[~np.isfinite(distances)] = np.nan
        return made

    def quartiles(self, target: int) -> Box:
        """How the random chips' distances to the target lie."""
        return box_of(self._sorted[target])

    def chance(self, target: int) -> float:
        """The distance that chance alone would put the best of all searched chips below in 1 of 20 searches; >= 0."""
        box = self.quartiles(target)
        spread = min(box.median - box.first, box.third - box.median) / 0.6745
        share = -math.expm1(math.log(1 - RARE) / max(self.searched, 1))
        return max(0.0, box.median + spread * NormalDist().inv_cdf(min(share, 0.5)))

    def judge(self, target: int, distance: float) -> Judgement:
        """The percentile of a distance to a target, whether the match is weak, and why."""
        percentile = self.percentile(target, distance)
        is_weak, reason = weak(
            distance, percentile, self.card, count=self.count, chance=self.chance(target), searched=self.searched
        )
        return Judgement(percentile, is_weak, reason)


def null_of(index: Index, targets: np.ndarray, count: int = 2000, seed: int = 1, exclude: Iterable[int] = ()) -> Null:
    """The null of an index for targets (T, D): ``count`` random usable chips, or all where there are fewer.

    ``exclude`` are ids of chips on the targets' own ground. The same seed gives the same chips. Raises InputError where
    no chip is usable, or for targets of another length.
    """
    targets = np.atleast_2d(np.asarray(targets, np.float32))
    if targets.shape[1] != index.dimensions or not np.isfinite(targets).all():
        raise InputError(
            f"The targets have {targets.shape[1]} numbers each, and the index in {index.folder} {index.dimensions}."
            if targets.shape[1] != index.dimensions
            else "A target has no vector.",
            "Embed the targets with the embedding that made the index.",
        )
    ids = np.setdiff1d(index.usable_ids, np.fromiter(exclude, np.int64), assume_unique=False)
    searched = len(ids)
    if not searched:
        raise InputError(
            f"No chip of the search area can be compared ({index.folder}).",
            "Choose an area with texture and without missing pixels, outside the target itself.",
        )
    if searched > count:
        ids = np.sort(np.random.default_rng(seed).choice(ids, count, replace=False))
    vectors = index.vectors[ids]
    return Null(np.stack([distances_to(vectors, target) for target in targets]), searched, index.card)


def weak(
    distance: float,
    percentile: float,
    card: EmbeddingCard,
    *,
    count: int | None = None,
    chance: float | None = None,
    searched: int | None = None,
) -> tuple[bool, str]:
    """Whether a match says little, and why in words ("" where it does not).

    ``count`` random chips were compared, ``searched`` in all, and ``chance`` is ``Null.chance`` of them; each rule
    whose number is not given is left out. Weak is: too few chips to tell; more than LIMIT percent of random chips as
    near; farther than the embedding's ``alike``; no nearer than chance.
    """
    reasons = []
    if not math.isfinite(distance):
        return True, "no chip could be compared"
    if count is not None and count < LEAST:
        reasons.append(f"only {count} chips could be compared, too few to tell a likeness from chance")
    elif percentile > LIMIT:
        reasons.append(f"{_one_in(percentile)} as near to the target")
    if card.alike is not None and distance > card.alike:
        reasons.append(
            f"it is {distance:.2f} away, and beyond {card.alike:.2f} two chips more often show different landforms "
            "than the same"
        )
    if chance is not None and distance >= chance:
        among = f"{searched:,}" if searched is not None else "so many"
        reasons.append(f"among {among} chips one as near may come by chance; only nearer than {chance:.2f} is rare")
    return bool(reasons), "; ".join(reasons)


def _one_in(percentile: float) -> str:
    if percentile <= 40:
        return f"1 in {100 / percentile:.0f} random chips of the search area is"
    return f"{percentile:.0f} of 100 random chips of the search area are"
