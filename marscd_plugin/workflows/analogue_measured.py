"""Distances of a searched area to targets, what they are worth, and which places are listed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..analogue.index import Index
from ..analogue.null import Null, null_of
from ..analogue.ranking import overlapping, reach_on, thinned
from ..common.progress import Progress, check
from ..common.words import Match
from ..planet.bodies import body as body_named
from .analogue_kept import Kept

#: Random chips that a distance is held against.
NULL_COUNT = 2000
OWN = "it shares ground with the target itself"


@dataclass(frozen=True)
class Measured:
    """Distances of all chips: ``best`` (N,) to the nearest target, which (``target`` (N,)) and which of its chips
    (``row`` (N,)); ``least`` (targets,) the least of each; ``own`` bool (N,): on a target's own ground."""

    best: np.ndarray
    target: np.ndarray
    row: np.ndarray
    least: np.ndarray
    own: np.ndarray
    nulls: tuple[Null, ...]


def measure(index: Index, kept: Kept, progress: Progress) -> Measured:
    """The distance of every chip to the nearest chip of each target. Raises InputError, CancelledError."""
    own = _own_ground(index, kept)
    names = kept.names()
    best = np.full(index.count, np.inf, np.float32)
    row_of = np.zeros(index.count, np.int32)
    least = np.full((len(kept.targets), 2), np.inf)
    for row, vector in enumerate(kept.vectors):
        check(progress)
        distances = index.distances(vector)
        nearer = distances < best
        best[nearer], row_of[nearer] = distances[nearer], row
        for k, mask in enumerate((index.usable & ~own, index.usable)):
            if mask.any():
                least[names[row], k] = min(least[names[row], k], float(distances[mask].min()))
        progress.report((row + 1) / len(kept.vectors))
    best[~index.usable] = np.nan
    base = null_of(index, kept.vectors, NULL_COUNT, kept.seed, exclude=np.flatnonzero(own))
    nulls = tuple(base.nearest(t.rows) for t in kept.targets)
    elsewhere = np.where(np.isfinite(least[:, 0]), least[:, 0], least[:, 1])
    return Measured(best, names[row_of], row_of, elsewhere, own, nulls)


def _own_ground(index: Index, kept: Kept) -> np.ndarray:
    """Which chips lie on ground that a target was cut from: a search in the target's own image finds it first."""
    own = np.zeros(index.count, bool)
    radius = body_named(kept.body).radius if kept.body in ("Mars", "Moon", "Earth") else None
    for target in kept.targets:
        if radius is None or target.body != kept.body:
            continue
        for place in filter(None, target.places):
            own |= overlapping(index.places["longitude"], index.places["latitude"], kept.chip_size, place, radius)
    return own


def ranked(
    index: Index, kept: Kept, measured: Measured, scores: np.ndarray | None, count: int
) -> np.ndarray:  # fmt: skip
    """Ids of the matches. After verdicts: first what was accepted, then by score; no place that was rejected."""
    reach = reach_on(kept.grid, kept.chip_size, kept.step)
    if scores is None:
        return thinned(measured.best, kept.cells, reach, count)
    order = np.where(index.usable, -scores.astype(np.float64), np.nan)
    order[list(kept.accepted)] -= 10.0
    skip = np.zeros(index.count, bool)
    for i in kept.rejected:
        column, row = kept.cells[i].tolist()
        wide, high = reach(column, row)
        apart = np.abs(kept.cells - kept.cells[i])
        skip |= (apart[:, 0] < wide) & (apart[:, 1] < high)
    skip[list(kept.accepted)] = False
    return thinned(order, kept.cells, reach, count, np.flatnonzero(skip))


def matches_of(index: Index, kept: Kept, measured: Measured, ids: np.ndarray) -> list[Match]:
    """The matches of ranked ids, each judged beside random chips."""
    found = []
    for rank, (i, chip) in enumerate(zip(ids.tolist(), index.chips(ids.tolist()), strict=True), start=1):
        number = int(measured.target[i])
        distance = float(measured.best[i])
        judged = measured.nulls[number].judge(0, distance)
        reason = "; ".join(filter(None, (judged.reason, OWN if measured.own[i] else "")))
        found.append(
            Match(chip, int(i), rank, distance, kept.targets[number].name, judged.percentile, judged.weak, reason)
        )
    return found


def percentiles(measured: Measured) -> np.ndarray:
    """For every chip how many of 100 random ones are at least as near to its target."""
    found = np.full(len(measured.best), np.nan, np.float32)
    for number, null in enumerate(measured.nulls):
        mine = (measured.target == number) & np.isfinite(measured.best)
        found[mine] = null.percentiles(0, measured.best[mine])
    return found
