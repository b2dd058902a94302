"""Figures of the embedding beside others, on chips that none of them learned from. Pure functions, and a runner.

Ways to embed are compared on the same chips with the same exclusions: ``retrieval.rank`` takes every chip of the
query's own observation out of its ranking. ``analogue_lines`` writes what is measured here.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..common.errors import ModelError
from ..common.progress import Part, Progress, check, parts
from ..inference.embedding import load_embedder
from ..inference.models import find_embedding
from .analogue_baselines import Embed, encoder_of, standardised, train_autoencoder, untrained
from .analogue_ground import CROP_PX, training_ground
from .analogue_net import EmbeddingConfig
from .analogue_stability import Steadiness, stability
from .chip_sets import ON_BOTH, ChipSet, earth_chips, hirise_chips, resized
from .retrieval import DISTRACTOR, Ranking, chance_at, confusion, group_interval, pairwise, rank
from .scoring import Interval

log = logging.getLogger(__name__)

#: The embedding under test, and what it is shown beside.
OWN, PAPER = "marscd-analogue", "paper-analogue"

#: Splits that everything here learned from, and steps of the autoencoder.
LEARNED = ("train", "tune")
STEPS = 600

#: Landforms of Mars asked for on Earth: dunes exist on both. A crater is not a ring structure (Richat is an eroded
#: dome) nor a volcano (Jebel Marra), but a round thing with a rim is what a grey chip shows of either: a loose match.
LOOSE = {"crater": "round", "ring_structure": "round", "volcanic": "round"}


@dataclass(frozen=True)
class Way:
    """A way to embed: ``embed`` takes chips (N, px, px), compared by ``metric``."""

    name: str
    embed: Embed
    px: int
    metric: str = "euclidean"


@dataclass(frozen=True)
class Found:
    """What one way found: its ranking, chance at 1 and 5, and the confusion of nearest chips."""

    way: str
    ranking: Ranking
    chance: tuple[float, float]
    confused: NDArray[np.float64]
    classes: tuple[str, ...]

    def of_class(self, label: int) -> tuple[int, int, float, float, float]:
        """(queries, observations, Recall@1, Recall@5, mAP) of one landform."""
        mine = self.ranking.labels == label
        first = self.ranking.first[mine]
        groups = len(set(self.ranking.groups[mine].tolist()))
        if not mine.any():
            return 0, 0, float("nan"), float("nan"), float("nan")
        precision = float(self.ranking.precision[mine].mean())
        return int(mine.sum()), groups, float(np.mean(first <= 1)), float(np.mean(first <= 5)), precision


def ahead(own: Found, other: Found) -> tuple[Interval, Interval]:
    """By how much ``own`` is ahead in Recall@1 and in mAP, query by query, with 95 % intervals over observations.

    Both must have been asked the same. Raises ValueError otherwise.
    """
    one, two = own.ranking, other.ranking
    if not np.array_equal(one.queries, two.queries):
        raise ValueError(f"{own.way} and {other.way} were not asked the same")
    recall = (one.first <= 1).astype(float) - (two.first <= 1).astype(float)
    return tuple(  # type: ignore[return-value]
        group_interval(values, one.labels, one.groups) for values in (recall, one.precision - two.precision)
    )


def found_within(way: str, vectors: NDArray, chips: ChipSet, metric: str = "euclidean") -> Found:
    """A set searched for itself: every landform chip asks, all others (those of no landform too) may be found."""
    ranking = rank(pairwise(vectors, metric=metric), chips.labels, chips.groups)
    chance = tuple(chance_at(chips.labels, chips.groups, k) for k in (1, 5))
    return Found(way, ranking, chance, confusion(ranking, len(chips.classes)), chips.classes)  # type: ignore[arg-type]


def found_among(
    way: str,
    queries: tuple[NDArray, ChipSet],
    gallery: tuple[NDArray, ChipSet],
    metric: str = "euclidean",
) -> Found:
    """One set searched for another's landforms; both must count their classes alike. Chance is over this gallery."""
    (asking, one), (held, two) = queries, gallery
    ranking = rank(pairwise(asking, held, metric), one.labels, one.groups, two.labels, two.groups)
    shares = {int(k): _chance(ranking, two, int(k)) for k in (1, 5)}
    return Found(way, ranking, (shares[1], shares[5]), confusion(ranking, len(two.classes)), two.classes)


def _chance(ranking: Ranking, gallery: ChipSet, k: int) -> float:
    """Recall@k of random orders of the gallery, balanced over the landforms asked for."""
    means = []
    for label in np.unique(ranking.labels):
        values = []
        for group in ranking.groups[ranking.labels == label]:
            others = gallery.groups != group
            size, matches = int(others.sum()), int((gallery.labels[others] == label).sum())
            steps = np.arange(min(k, size))
            values.append(1.0 - float(np.prod(np.clip((size - matches - steps) / (size - steps), 0.0, 1.0))))
        means.append(float(np.mean(values)))
    return float(np.mean(means)) if means else float("nan")


@dataclass(frozen=True)
class Bodies:
    """Mars and Earth with their landforms under common names; all else of Earth keeps its own name."""

    mars: ChipSet
    earth: ChipSet


def on_both(mars: ChipSet, earth: ChipSet, names: Mapping[str, str]) -> Bodies:
    """Both sets with classes counted alike. Only ``names``'s landforms ask; all others of Mars are distractors."""
    wanted = sorted(set(names.values()))
    beside = sorted({c for c in earth.classes if c not in names} | {c for c in mars.classes if c not in names})
    classes = (*wanted, *beside)
    number = {c: k for k, c in enumerate(classes)}

    def counted(chips: ChipSet) -> ChipSet:
        own = [DISTRACTOR if label == DISTRACTOR else number[names.get(chips.classes[label], chips.classes[label])]
               for label in chips.labels]  # fmt: skip
        return ChipSet(chips.pixels, np.array(own, np.int64), chips.groups, classes, chips.sources, chips.bodies)

    return Bodies(counted(mars), counted(earth))


def asked(chips: ChipSet, name: str) -> NDArray[np.bool_]:
    """(N,) the chips of the landform called ``name``."""
    return chips.labels == chips.classes.index(name)


@dataclass(frozen=True)
class Across:
    """One landform searched for on the other body: how many asked, Recall@5 with its interval, chance, and the names
    of the nearest chips with their shares."""

    way: str
    landform: str
    asking: str
    queries: int
    groups: int
    recall: Interval
    chance: float
    nearest: tuple[tuple[str, float], ...]


def across(way: Way, bodies: Bodies, vectors: tuple[NDArray, NDArray], landform: str, from_mars: bool) -> Across:
    """Recall@5 of a landform of one body among all chips of the other (``vectors``: of Mars, of Earth)."""
    sets = (bodies.mars, bodies.earth) if from_mars else (bodies.earth, bodies.mars)
    both = vectors if from_mars else vectors[::-1]
    which = np.flatnonzero(asked(sets[0], landform))
    found = found_among(way.name, (both[0][which], sets[0].where(which)), (both[1], sets[1]), way.metric)
    names = ["no landform" if n == DISTRACTOR else sets[1].classes[n] for n in found.ranking.nearest]
    shares = sorted(((n, names.count(n) / len(names)) for n in set(names)), key=lambda p: -p[1])
    groups = len(set(found.ranking.groups.tolist()))
    asking = "Mars" if from_mars else "Earth"
    interval = found.ranking.recall_interval(5)
    return Across(way.name, landform, asking, len(names), groups, interval, found.chance[1], tuple(shares))


@dataclass(frozen=True)
class Figures:
    """Everything that is written. ``alone``: unseen landform crops among themselves; ``within``: with crops of no
    landform among them; ``library``: unseen chips among all
    labelled and unlabelled chips of other observations, learned from or not; ``steady``, ``bodies``: by way."""

    split: str
    table: dict[str, tuple[int, int]]
    count: int
    alone: tuple[Found, ...]
    within: tuple[Found, ...]
    library: tuple[Found, ...]
    steady: dict[str, tuple[Steadiness, ...]]
    bodies: tuple[Across, ...]
    earth: dict[str, tuple[int, int]]


def ways(shared: Path, cache: Path, progress: Progress, steps: int = STEPS) -> tuple[Way, ...]:
    """The embedding under test first, then what it is shown beside; what is missing is left out, saying so."""
    made = []
    for name in (OWN, PAPER):
        try:
            path = find_embedding(name)
        except ModelError:
            progress.warn(f"{name} is not there: its rows are left out.")
            continue
        embedder = load_embedder(path, "CPU", 1)
        made.append(Way(name, embedder.embed, embedder.card.chip_px, embedder.card.metric))
    config = EmbeddingConfig()
    learned = hirise_chips(shared, config.px, LEARNED)
    made.append(Way("grey and texture statistics", standardised(learned.pixels), config.px))
    coder = train_autoencoder(
        training_ground(shared, LEARNED), config, steps, 1, progress, cache / f"autoencoder-{config.px}-{steps}.pt"
    )
    made.append(Way("plain autoencoder", encoder_of(coder), config.px))
    made.append(Way("the same network untrained", untrained(config, 1, learned.pixels), config.px))
    return tuple(made)


def measure(shared: Path, those: tuple[Way, ...], progress: Progress, split: str = "test") -> Figures:
    """All figures of the ways on one split. Everything was chosen on ``tune``; ``test`` is for the end."""
    crops = hirise_chips(shared, CROP_PX, (split,))
    others = hirise_chips(shared, CROP_PX, tuple(s for s in ("train", "tune", "test") if s != split))
    earth = earth_chips(shared, CROP_PX)
    named = np.unique(np.concatenate([_names(crops), _names(others)]))
    classes = tuple(n for n in named.tolist() if n)
    crops, others = _recounted(crops, classes), _recounted(others, classes)
    alone, within, library, steady, bodies = [], [], [], {}, []
    named_only = np.flatnonzero(crops.labels != DISTRACTOR)
    table = crops.table()
    # One chip of one observation would weigh as much as all craters together.
    asking = np.flatnonzero([k != DISTRACTOR and table[classes[k]][1] > 1 for k in crops.labels])
    for way, part in zip(those, parts(progress, *[1] * len(those)), strict=True):
        check(progress)
        own, rest, foreign = (way.embed(_at(c, way.px)) for c in (crops, others, earth))
        alone.append(found_within(way.name, own[named_only], crops.where(named_only), way.metric))
        within.append(found_within(way.name, own, crops, way.metric))
        everything = ChipSet(
            np.concatenate((crops.pixels[:, :1, :1], others.pixels[:, :1, :1])),
            np.concatenate((crops.labels, others.labels)),
            np.concatenate((crops.groups, others.groups)),
            classes, crops.sources + others.sources, np.concatenate((crops.bodies, others.bodies)),
        )  # fmt: skip
        sets = (own[asking], crops.where(asking)), (np.concatenate((own, rest)), everything)
        library.append(found_among(way.name, *sets, way.metric))
        steady[way.name] = tuple(stability(way.embed, crops, way.px, Part(part, 0.3, 1.0), metric=way.metric))
        for names in (ON_BOTH, LOOSE):
            pair = on_both(crops, earth, names)
            for landform in sorted(set(names.values())):
                for from_mars in (True, False):
                    bodies.append(across(way, pair, (own, foreign), landform, from_mars))
    return Figures(
        split, table, len(crops), tuple(alone), tuple(within), tuple(library), steady, tuple(bodies), earth.table()
    )


def _at(chips: ChipSet, px: int) -> NDArray[np.float32]:
    return np.stack([resized(c, px) for c in chips.pixels])


def _names(chips: ChipSet) -> NDArray[np.str_]:
    return np.array(["" if k == DISTRACTOR else chips.classes[k] for k in chips.labels], dtype=str)


def _recounted(chips: ChipSet, classes: tuple[str, ...]) -> ChipSet:
    labels = np.array([classes.index(n) if n else DISTRACTOR for n in _names(chips)], np.int64)
    return ChipSet(chips.pixels, labels, chips.groups, classes, chips.sources, chips.bodies)


def analogue_scores(shared: Path, cache: Path, progress: Progress, split: str = "test") -> Iterator[str]:
    """Markdown lines of all figures; the autoencoder's weights are kept in ``cache``."""
    from .analogue_lines import lines

    first, second = parts(progress, 30, 70)
    yield from lines(measure(shared, ways(shared, cache, first), second, split))
