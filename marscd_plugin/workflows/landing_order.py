"""The order of candidate sites: every component by itself, and a weighted mean of standings. Pure.

A component's *standing* (0..1) is the share of the other candidates, of which the same is known, that a site betters;
who is as good counts half. So no unit needs a scale of worth, and a model's distances need no meaning beyond their
order. A component that is not known of a site is left out of its mean: it counts neither for nor against it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..common.errors import InputError

#: Component -> how near two values are the same (in the component's unit).
COMPONENTS: Mapping[str, float] = {"likeness": 0.0, "slope": 0.01, "elevation": 0.01, "minerals": 0.005}


@dataclass(frozen=True)
class Weights:
    """What each component counts in the mean; 0 leaves it out."""

    likeness: float = 1.0
    slope: float = 1.0
    elevation: float = 1.0
    minerals: float = 1.0

    def of(self, component: str) -> float:
        """The weight of a component of COMPONENTS."""
        return float(getattr(self, component))


@dataclass(frozen=True)
class Place:
    """A site's place in the order: ``rank`` from 1, ``score`` and ``standings`` 0..1 (None: not known).

    ``evidence`` is the share (0..1) of all weight that is known of the site.
    """

    rank: int
    score: float | None
    evidence: float
    standings: Mapping[str, float | None]


def check_weights(weights: Weights) -> None:
    """Raise InputError for a weight that is no weight, or where all are 0."""
    values = [weights.of(name) for name in COMPONENTS]
    if any(not math.isfinite(v) or v < 0 for v in values) or not sum(values) > 0:
        raise InputError("The weights must be 0 or more, and one of them above 0.", "Give, for example, 1 for each.")


def standings(values: Sequence[float | None], tolerance: float) -> list[float | None]:
    """The standing of each value (larger is better) among the known ones; None where it, or any other, is unknown."""
    known = [v for v in values if v is not None]
    if len(known) < 2:
        return [None] * len(values)
    made: list[float | None] = []
    for value in values:
        if value is None:
            made.append(None)
            continue
        points = sum(0.5 if abs(value - o) <= tolerance else float(value > o) for o in known)
        made.append((points - 0.5) / (len(known) - 1))  # itself is among them, as a tie
    return made


def order(merits: Sequence[Mapping[str, float | None]], weights: Weights) -> list[Place]:
    """The place of each site, in the order given. ``merits``: component -> value, larger is better, None unknown.

    Sites of equal score are ordered by how much is known of them, then as they came. Sites of which nothing can be
    compared come last. Raises InputError for weights.
    """
    check_weights(weights)
    used = [name for name in COMPONENTS if weights.of(name) > 0]
    columns = {name: standings([m.get(name) for m in merits], COMPONENTS[name]) for name in COMPONENTS}
    total = sum(weights.of(name) for name in used)
    scored: list[tuple[float | None, float]] = []
    for index in range(len(merits)):
        known = [(weights.of(name), value) for name in used if (value := columns[name][index]) is not None]
        weight = sum(w for w, _ in known)
        scored.append((sum(w * v for w, v in known) / weight if weight else None, weight / total))
    best = sorted(
        range(len(merits)),
        key=lambda i: (scored[i][0] is None, -round(scored[i][0] or 0.0, 9), -round(scored[i][1], 9), i),
    )
    ranks = {index: rank for rank, index in enumerate(best, 1)}
    return [Place(ranks[i], *scored[i], {name: columns[name][i] for name in COMPONENTS}) for i in range(len(merits))]
