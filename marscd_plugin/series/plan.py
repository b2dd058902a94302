"""Which observations make a good series, and which pairs are comparable, best first. ``comparing`` has the score."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from ..common.words import Area, Observation, Pair
from ..planet.geometry import coverage
from .comparing import (
    AZIMUTH_WIDTH,
    EMISSION_WIDTH,
    INCIDENCE_WIDTH,
    LS_WIDTH,
    Item,
    compare_pair,
    time_of,
)

__all__ = [
    "AZIMUTH_WIDTH",
    "EMISSION_WIDTH",
    "INCIDENCE_WIDTH",
    "LS_WIDTH",
    "best_reference",
    "choose_observations",
    "compare",
    "one_each",
    "plan_pairs",
]

#: Observations that cover less of the area than this share of what the best of them covers are no use.
_MIN_COVERAGE = 0.05
MIN_GAP_DAYS = 0.5
#: Observations considered at most: their pairs grow with the square.
_MOST = 400


def plan_pairs(items: Sequence[Item]) -> tuple[Pair, ...]:
    """All pairs of different times, earlier first, best comparable first. Deterministic."""
    ordered = sorted(items, key=lambda i: (time_of(i), i.product_id))
    found = []
    for first, second in combinations(ordered, 2):
        if (time_of(second) - time_of(first)).total_seconds() < MIN_GAP_DAYS * 86400:
            continue
        compared = compare_pair(first, second)
        found.append(Pair(first.product_id, second.product_id, round(compared.score, 4), compared.reasons))
    return tuple(sorted(found, key=lambda p: (-p.score, p.before, p.after)))


def compare(first: Item, second: Item) -> tuple[float, tuple[str, ...]]:
    """Score 0..1 of a pair and the reasons, in words (see ``comparing``)."""
    compared = compare_pair(first, second)
    return compared.score, compared.reasons


def choose_observations(observations: Sequence[Observation], area: Area, limit: int) -> list[Observation]:
    """At most ``limit`` observations that compare best with one another, best first; HiRISE RED only, one each.

    Every candidate is tried as the middle of a subset: the one whose best ``limit - 1`` partners score highest wins,
    weighted by how much of the area they cover.
    """
    found = [(o.coverage if o.coverage is not None else coverage(area, o.footprint), o) for o in one_each(observations)]
    # Measured by the best of them: an area drawn much larger than any footprint is no reason to have nothing.
    least = _MIN_COVERAGE * max((share for share, _ in found), default=0.0)
    covered = [(share, o) for share, o in found if share > 0 and share >= least]
    covered.sort(key=lambda c: (-c[0], c[1].product_id))
    covered = covered[:_MOST]
    if limit <= 0 or not covered:
        return []
    if len(covered) <= limit:
        return [o for _, o in covered]
    best: tuple[float, list[Observation]] = (-1.0, [])
    for share, middle in covered:
        partners = sorted(
            ((compare_pair(middle, o).score * s, o) for s, o in covered if o is not middle),
            key=lambda p: (-p[0], p[1].product_id),
        )[: limit - 1]
        score = share * sum(p[0] for p in partners) if partners else share
        if score > best[0]:
            best = (score, [middle, *(o for _, o in partners)])
    return best[1]


def best_reference(items: Sequence[Item], share: Callable[[Item], float]) -> str:
    """The product id that the others compare with best, weighted by how much of the place it covers."""
    scores = {
        one.product_id: share(one) * (1.0 + sum(compare_pair(one, o).score for o in items if o is not one))
        for one in items
    }
    return max(sorted(scores), key=lambda name: scores[name])


def one_each(observations: Sequence[Observation]) -> list[Observation]:
    """One product an observation: RED of HiRISE, whatever there is of other instruments."""
    kept: dict[str, Observation] = {}
    for one in sorted(observations, key=lambda o: (o.observation_id, o.product_id)):
        if one.instrument == "HIRISE" and not one.product_id.endswith("_RED"):
            continue
        kept.setdefault(f"{one.instrument}:{one.observation_id}", one)
    return list(kept.values())
