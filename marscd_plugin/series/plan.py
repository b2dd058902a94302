"""Which observations make a good series, and which pairs are comparable: scores in plain terms, best first.

A pair is worth comparing when the light is alike, so that what differs is the ground: each difference turns into a
factor 0..1 by a Gaussian of a width at which false alarms become likely, and the score is their product. An unknown
angle costs a little. First widths, by judgement; measuring them on labelled pairs is later work.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import combinations

from ..common.words import Area, Epoch, Observation, Pair
from ..planet.geometry import coverage

Item = Epoch | Observation
#: Difference at which a factor falls to exp(-1/2).
INCIDENCE_WIDTH, AZIMUTH_WIDTH, EMISSION_WIDTH, LS_WIDTH = 10.0, 30.0, 12.0, 45.0
_UNKNOWN = 0.8
_MIN_COVERAGE = 0.05
_MIN_GAP_DAYS = 0.5
#: Observations considered at most: their pairs grow with the square.
_MOST = 400


def plan_pairs(items: Sequence[Item]) -> tuple[Pair, ...]:
    """All pairs of different times, earlier first, best comparable first. Deterministic."""
    ordered = sorted(items, key=lambda i: (_time(i), i.product_id))
    found = []
    for first, second in combinations(ordered, 2):
        if (_time(second) - _time(first)).total_seconds() < _MIN_GAP_DAYS * 86400:
            continue
        score, reasons = compare(first, second)
        found.append(Pair(first.product_id, second.product_id, round(score, 4), reasons))
    return tuple(sorted(found, key=lambda p: (-p.score, p.before, p.after)))


def compare(first: Item, second: Item) -> tuple[float, tuple[str, ...]]:
    """Score 0..1 of a pair and the reasons, in words."""
    reasons: list[str] = []
    score = 1.0

    def factor(name: str, difference: float | None, width: float) -> None:
        nonlocal score
        if difference is None:
            score *= _UNKNOWN
            reasons.append(f"{name} unknown")
            return
        score *= math.exp(-0.5 * (difference / width) ** 2)
        reasons.append(f"{name} {difference:.1f} deg apart")

    factor("incidence", _apart(first, second, "incidence"), INCIDENCE_WIDTH)
    azimuth = _apart(first, second, "sub_solar_azimuth")
    factor("sun azimuth", None if azimuth is None else min(azimuth, 360 - azimuth), AZIMUTH_WIDTH)
    factor("emission", _apart(first, second, "emission"), EMISSION_WIDTH)
    season = abs(first.solar_longitude - second.solar_longitude) % 360
    factor("season (Ls)", min(season, 360 - season), LS_WIDTH)
    years = second.mars_year - first.mars_year
    days = (_time(second) - _time(first)).total_seconds() / 86400
    reasons.append(f"{days:.0f} days apart" + (f", {years} Mars years" if years else ", the same Mars year"))
    scales = [i.map_scale for i in (first, second) if isinstance(i, Observation) and i.map_scale]
    if len(scales) == 2:
        ratio = max(scales) / min(scales)
        score *= 1.0 if ratio <= 1.01 else 1 / ratio
        reasons.append(f"pixel sizes {scales[0]:g} and {scales[1]:g} m")
    covers = [i.coverage if isinstance(i, Observation) else i.valid_fraction for i in (first, second)]
    known = [c for c in covers if c is not None]
    if len(known) == 2:
        share = min(known)
        score *= 0.3 + 0.7 * share
        reasons.append(f"cover at most {share:.0%} of the area together")
    return score, tuple(reasons)


def choose_observations(observations: Sequence[Observation], area: Area, limit: int) -> list[Observation]:
    """At most ``limit`` observations that compare best with one another, best first; HiRISE RED only, one each.

    Every candidate is tried as the middle of a subset: the one whose best ``limit - 1`` partners score highest wins,
    weighted by how much of the area they cover.
    """
    found = [
        (o.coverage if o.coverage is not None else coverage(area, o.footprint), o) for o in _one_each(observations)
    ]
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
            ((compare(*_in_time(middle, o))[0] * s, o) for s, o in covered if o is not middle),
            key=lambda p: (-p[0], p[1].product_id),
        )[: limit - 1]
        score = share * sum(p[0] for p in partners) if partners else share
        if score > best[0]:
            best = (score, [middle, *(o for _, o in partners)])
    return best[1]


def best_reference(items: Sequence[Item], share: Callable[[Item], float]) -> str:
    """The product id that the others compare with best, weighted by how much of the place it covers."""
    scores = {
        one.product_id: share(one) * (1.0 + sum(compare(*_in_time(one, o))[0] for o in items if o is not one))
        for one in items
    }
    return max(sorted(scores), key=lambda name: scores[name])


def _one_each(observations: Sequence[Observation]) -> list[Observation]:
    """One product an observation: RED of HiRISE, whatever there is of other instruments."""
    kept: dict[str, Observation] = {}
    for one in sorted(observations, key=lambda o: (o.observation_id, o.product_id)):
        if one.instrument == "HIRISE" and not one.product_id.endswith("_RED"):
            continue
        kept.setdefault(f"{one.instrument}:{one.observation_id}", one)
    return list(kept.values())


def _in_time(a: Item, b: Item) -> tuple[Item, Item]:
    return (a, b) if _time(a) <= _time(b) else (b, a)


def _apart(first: Item, second: Item, name: str) -> float | None:
    a, b = getattr(first, name), getattr(second, name)
    return None if a is None or b is None else abs(a - b)


def _time(item: Item) -> datetime:
    return item.time if isinstance(item, Epoch) else item.start_time
