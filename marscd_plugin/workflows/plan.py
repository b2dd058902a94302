"""Planning before anything is fetched: which of the observations found make series, and which pairs compare best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..common.errors import InputError
from ..common.progress import Progress, check, parts
from ..common.words import Observation
from ..series.comparing import Comparison, compare_pair, time_of
from ..series.grouping import Group, Overlap, group, overlaps
from ..series.plan import MIN_GAP_DAYS, one_each

#: More observations than this are an atlas: their pairs would fill any layer.
MOST_OBSERVATIONS = 5000
_CHECK_EVERY = 1000


@dataclass(frozen=True)
class PlanJob:
    """What to plan. Pairs that share less than ``min_overlap`` of the smaller footprint, or score less than
    ``min_score``, are left out; of the rest the ``max_pairs`` best are kept (None: all). Images belong to one series
    where they share at least ``series_overlap`` of the smaller footprint."""

    observations: tuple[Observation, ...]
    min_overlap: float = 0.1
    min_score: float = 0.0
    max_pairs: int | None = None
    series_overlap: float = 0.3


@dataclass(frozen=True)
class PlannedPair:
    """A pair by rank (1 is best): how it compares, what both show, and its series ("" where it is in none)."""

    rank: int
    compared: Comparison
    before: Observation
    after: Observation
    shared: Overlap
    series: str


@dataclass(frozen=True)
class PairPlan:
    """Pairs best first, and the series. ``considered`` observations were compared, ``left_out`` were not: doubles of
    an observation (COLOR beside RED). ``unmatched`` have no pair at all."""

    pairs: tuple[PlannedPair, ...]
    groups: tuple[Group, ...]
    considered: int
    left_out: int
    unmatched: tuple[str, ...]


def run_plan(job: PlanJob, progress: Progress) -> PairPlan:
    """Plan from footprints alone: nothing is fetched. Raises InputError, CancelledError."""
    for what, value in (
        ("MIN_OVERLAP", job.min_overlap), ("MIN_SCORE", job.min_score), ("SERIES_OVERLAP", job.series_overlap)
    ):  # fmt: skip
        if not 0.0 <= value <= 1.0:
            raise InputError(f"{what} is {value:g}.", "Give a share from 0 to 1.")
    chosen = sorted(one_each(job.observations), key=lambda o: (o.start_time, o.product_id))
    if not chosen and job.observations:
        raise InputError(
            "The observations are COLOR products only, which show a narrow strip.",
            "Plan with RED products: search again, and keep them.",
        )
    if len(chosen) < 2:
        raise InputError(f"{len(chosen)} observations were given; a pair needs two.", "Search a wider area or season.")
    if len(chosen) > MOST_OBSERVATIONS:
        raise InputError(
            f"{len(chosen):,} observations were given; at most {MOST_OBSERVATIONS:,} are planned.",
            "Choose a smaller area or season.",
        )
    overlapping, comparing = parts(progress, 70, 30)
    shared = overlaps(chosen, overlapping, min(job.min_overlap, job.series_overlap))
    compared = _compare(chosen, shared, comparing)
    scores = {key: c.score for key, c in compared.items()}
    groups = group(chosen, {k: shared[k] for k in compared}, scores, job.series_overlap)
    kept = [
        (key, c) for key, c in compared.items()
        if shared[key].share >= job.min_overlap and c.score >= job.min_score
    ]  # fmt: skip
    kept.sort(key=lambda k: (-k[1].score, k[1].before, k[1].after))
    series = {member: g.name for g in groups for member in g.members}
    pairs = []
    for rank, ((a, b), c) in enumerate(kept[: job.max_pairs], 1):
        first, second = chosen[a], chosen[b]
        same = series.get(c.before, "") if series.get(c.before) == series.get(c.after) else ""
        pairs.append(PlannedPair(rank, c, first, second, shared[a, b], same))
    paired = {name for p in pairs for name in (p.compared.before, p.compared.after)}
    unmatched = tuple(o.product_id for o in chosen if o.product_id not in paired)
    progress.report(1.0, _summary(len(pairs), len(kept), groups, len(chosen), unmatched))
    return PairPlan(tuple(pairs), tuple(groups), len(chosen), len(job.observations) - len(chosen), unmatched)


def _compare(
    chosen: Sequence[Observation], shared: dict[tuple[int, int], Overlap], progress: Progress
) -> dict[tuple[int, int], Comparison]:
    """How the overlapping pairs compare; two of one pass (or of hours) are no pair."""
    compared: dict[tuple[int, int], Comparison] = {}
    for number, ((a, b), overlap) in enumerate(shared.items()):
        if number % _CHECK_EVERY == 0:
            check(progress)
            progress.report(number / len(shared))
        if (time_of(chosen[b]) - time_of(chosen[a])).total_seconds() >= MIN_GAP_DAYS * 86400:
            compared[a, b] = compare_pair(chosen[a], chosen[b], overlap.share)
    return compared


def _summary(pairs: int, fitting: int, groups: Sequence[Group], count: int, unmatched: Sequence[str]) -> str:
    kept = f"{pairs:,} pairs" if pairs == fitting else f"the {pairs:,} best of {fitting:,} pairs"
    sizes = ", ".join(f"{g.name} with {len(g.members)} images" for g in groups[:5])
    said = f"{count:,} observations: {kept}, {len(groups)} series" + (f" ({sizes})" if sizes else "") + "."
    if unmatched:
        said += f" {len(unmatched)} observations have no partner to compare with."
    return said
