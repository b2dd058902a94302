"""Tallies over a set become figures: rates with intervals over sites, objects with Poisson bounds, breakdowns."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..simulation.kinds import Kind
from .protocol import EvalPair
from .scores import PREVALENCE, count_bound, f1_at
from .tally import MIN_PX, Curve, ObjectTally, PairTally, changed_and_not, count_objects, coverage

#: Prevalences that figures are given at: the paper's, and a rarer and a commoner one.
PREVALENCES = (0.005, PREVALENCE, 0.05)

DRAWS = 2000


@dataclass
class Record:
    """All that one judge said of one set: tallies pair by pair, and curves strict and within a pixel."""

    tallies: list[PairTally] = field(default_factory=list)
    strict: Curve = field(default_factory=Curve)
    near: Curve = field(default_factory=Curve)

    def add(self, pair: EvalPair, score: np.ndarray, threshold: float) -> None:
        """Count one pair. ``score`` 0..1 (H,W), 0 where not valid."""
        ndimage_max = _maximum(score)
        changed, unchanged, clear = changed_and_not(pair.truth, pair.scored)
        mask = (score >= threshold) & pair.valid
        found = ndimage_max >= threshold
        self.strict.add(score, changed, unchanged)
        self.near.changed += np.bincount(_bins(ndimage_max[changed]), minlength=self.near.changed.size)
        self.near.unchanged += np.bincount(_bins(score[clear]), minlength=self.near.unchanged.size)
        false_objects, specks = count_objects(mask, pair.truth, pair.scored, pair.valid)
        self.tallies.append(
            PairTally(
                part=pair.part,
                name=pair.name,
                site=pair.site,
                threshold=threshold,
                hits=int((mask & changed).sum()),
                changed=int(changed.sum()),
                false=int((mask & unchanged).sum()),
                unchanged=int(unchanged.sum()),
                near_hits=int((found & changed).sum()),
                near_false=int((mask & clear).sum()),
                near_unchanged=int(clear.sum()),
                false_objects=false_objects,
                specks=specks,
                objects=_objects(pair, mask),
                turn=pair.turn,
                residual_px=pair.residual_px,
            )
        )


@dataclass(frozen=True)
class Interval:
    """A rate and its 95 % bounds, drawing sites with replacement; bounds equal it where there is one site only."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Summary:
    """A judge on a set at its own rule. ``f1`` and ``precision`` by prevalence; ``near_*`` within a pixel.

    Objects: ``recall`` of true ones; ``false_objects`` in ``megapixels`` of unchanged scored ground, fewer than
    ``false_bound`` with 95 % confidence (Poisson, were they independent).
    """

    pairs: int
    sites: int
    megapixels: float
    prevalence: float
    sensitivity: Interval
    specificity: Interval
    balanced_accuracy: Interval
    f1: dict[float, Interval]
    precision: float
    iou: float
    near_sensitivity: Interval
    near_specificity: Interval
    near_f1: Interval
    average_precision: float
    objects: int
    recall: Interval
    false_objects: int
    false_bound: float
    specks: int

    @property
    def false_per_10mp(self) -> float:
        return 10 * self.false_objects / self.megapixels if self.megapixels else 0.0

    @property
    def bound_per_10mp(self) -> float:
        return 10 * self.false_bound / self.megapixels if self.megapixels else 0.0


def summary(record: Record) -> Summary:
    """The figures of a record; rates whose denominator is 0 are 0 with bounds 0."""
    tallies = record.tallies
    sites = sorted({t.site for t in tallies})
    counts = _by_site(tallies, sites)
    picks = np.random.default_rng(0).integers(0, len(sites), (DRAWS, len(sites)))
    total, drawn = counts.sum(0), counts[picks].sum(1)

    def interval(rate: Callable[[np.ndarray], np.ndarray]) -> Interval:
        low, high = np.nanpercentile(rate(drawn), (2.5, 97.5))
        return Interval(float(rate(total[None])[0]), float(low), float(high))

    def f1_of(sens: Callable, spec: Callable, prevalence: float) -> Callable[[np.ndarray], np.ndarray]:
        return lambda c: np.array(
            [f1_at(float(a), float(b), prevalence)[1] for a, b in zip(sens(c), spec(c), strict=True)]
        )

    sens, spec = _rate(0, 1), lambda c: 1 - _rate(2, 3)(c)
    near_sens, near_spec = _rate(4, 1), lambda c: 1 - _rate(5, 6)(c)
    changed, unchanged = float(total[1]), float(total[3])
    main = interval(sens).value, interval(spec).value
    false_objects = int(total[9])
    return Summary(
        pairs=len(tallies),
        sites=len(sites),
        megapixels=unchanged / 1e6,
        prevalence=changed / max(changed + unchanged, 1),
        sensitivity=interval(sens),
        specificity=interval(spec),
        balanced_accuracy=interval(lambda c: (sens(c) + spec(c)) / 2),
        f1={q: interval(f1_of(sens, spec, q)) for q in PREVALENCES},
        precision=f1_at(*main)[0],
        iou=_iou(*main),
        near_sensitivity=interval(near_sens),
        near_specificity=interval(near_spec),
        near_f1=interval(f1_of(near_sens, near_spec, PREVALENCE)),
        average_precision=record.strict.average_precision(),
        objects=int(total[8]),
        recall=interval(_rate(7, 8)),
        false_objects=false_objects,
        false_bound=count_bound(false_objects),
        specks=int(total[10]),
    )


def chosen(record: Record, keep: Callable[[PairTally], bool]) -> Record:
    """The pairs of a record that ``keep`` says; its curves are empty, because they are not kept by pair."""
    return Record([t for t in record.tallies if keep(t)])


@dataclass(frozen=True)
class Class:
    """A row of a breakdown: pixels and objects of one class."""

    name: str
    objects: int
    recall: float
    pixels: int
    sensitivity: float
    near_sensitivity: float


def by_objects(
    tallies: Iterable[PairTally], key: Callable[[ObjectTally], str | None], order: Sequence[str]
) -> list[Class]:
    """Objects in classes named by ``key`` (None: left out), in ``order``; empty classes are left out."""
    groups: dict[str, list[ObjectTally]] = {name: [] for name in order}
    for tally in tallies:
        for item in tally.objects:
            name = key(item)
            if name is not None:
                groups[name].append(item)
    rows = []
    for name, items in groups.items():
        pixels = sum(i.area_px for i in items)
        if items:
            rows.append(
                Class(
                    name, len(items), sum(i.found for i in items) / len(items), pixels,
                    sum(i.found_px for i in items) / pixels, sum(i.near_px for i in items) / pixels,
                )
            )  # fmt: skip
    return rows


@dataclass(frozen=True)
class Span:
    """A row of a breakdown by circumstance: pairs, rates of their pixels, object recall, false objects."""

    name: str
    pairs: int
    megapixels: float
    sensitivity: float | None
    false_rate: float
    recall: float | None
    false_objects: int


def by_pairs(
    tallies: Iterable[PairTally], value: Callable[[PairTally], float | None], edges: Sequence[float]
) -> list[Span]:
    """Pairs in classes of a number between ``edges``; those of unknown value as a class of their own, at the end."""
    names = [f"{a:g} to {b:g}" if np.isfinite(b) else f"over {a:g}" for a, b in itertools.pairwise(edges)]
    groups: dict[str, list[PairTally]] = {name: [] for name in [*names, "unknown"]}
    for tally in tallies:
        number = value(tally)
        index = None if number is None else int(np.searchsorted(edges, number, side="right")) - 1
        groups["unknown" if index is None else names[min(max(index, 0), len(names) - 1)]].append(tally)
    rows = []
    for name, items in groups.items():
        if not items:
            continue
        changed, unchanged = sum(t.changed for t in items), sum(t.unchanged for t in items)
        things = [o for t in items for o in t.objects]
        rows.append(
            Span(
                name, len(items), unchanged / 1e6,
                sum(t.hits for t in items) / changed if changed else None,
                sum(t.false for t in items) / max(unchanged, 1),
                sum(o.found for o in things) / len(things) if things else None,
                sum(t.false_objects for t in items),
            )
        )  # fmt: skip
    return rows


def _rate(part: int, whole: int) -> Callable[[np.ndarray], np.ndarray]:
    """Column ``part`` over column ``whole`` of (n, columns); 0 where there is nothing."""

    def rate(counts: np.ndarray) -> np.ndarray:
        bottom = counts[:, whole]
        return np.divide(counts[:, part], bottom, out=np.zeros(len(counts)), where=bottom > 0)

    return rate


def _by_site(tallies: Sequence[PairTally], sites: Sequence[str]) -> np.ndarray:
    """(sites, 11): hits, changed, false, unchanged, near hits, near false, near unchanged, objects found, objects,
    false objects, specks."""
    counts = np.zeros((len(sites), 11))
    index = {name: i for i, name in enumerate(sites)}
    for t in tallies:
        counts[index[t.site]] += (
            t.hits, t.changed, t.false, t.unchanged, t.near_hits, t.near_false, t.near_unchanged,
            sum(o.found for o in t.objects), len(t.objects), t.false_objects, t.specks,
        )  # fmt: skip
    return counts


def _iou(sensitivity: float, specificity: float) -> float:
    """Intersection over union at ``PREVALENCE``."""
    hit, false = PREVALENCE * sensitivity, (1 - PREVALENCE) * (1 - specificity)
    return hit / (PREVALENCE + false)


def _objects(pair: EvalPair, mask: np.ndarray) -> tuple[ObjectTally, ...]:
    if not pair.objects:
        return ()
    size = int(max(int(pair.labels.max()), max(o.id for o in pair.objects))) + 1
    area, found, near = coverage(mask, pair.labels, pair.scored, size)
    return tuple(
        ObjectTally(
            Kind(o.kind).name.lower(), float(o.width_px), float(o.strength), int(area[o.id]), int(found[o.id]),
            int(near[o.id]),
        )
        for o in pair.objects
        if o.visible and o.id > 0 and area[o.id] >= MIN_PX
    )  # fmt: skip


def _maximum(score: np.ndarray) -> np.ndarray:
    """The greatest of the 3x3 pixels around each."""
    from ..common.packages import need

    return np.asarray(need("scipy.ndimage").maximum_filter(score, 3))


def _bins(values: np.ndarray) -> np.ndarray:
    from .tally import logit_bins

    return logit_bins(values)
