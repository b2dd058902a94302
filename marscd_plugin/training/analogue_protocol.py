"""The paper's protocol on data that are at hand, and what its network is worth on ground it never saw.

There is no image of the Qaidam Basin here, and no landform of the paper's in labelled chips. In their place stand four
landforms of Mars (HiRISENet), and two disjoint sets of HiRISE observations for the two bodies; ten chips a landform and
body are the sub-areas. Everything comes from observations of splits ``train`` and ``tune`` (nothing is tuned: the
paper's numbers are used as they are); ``test`` is unseen ground. The landforms were chosen before any run: those with
at least four such observations of which two bodies can be made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..common.progress import Progress, Quiet
from .analogue_pairs import Bodies, augmented, kept_pairs, split_bodies
from .chip_sets import ChipSet, earth_chips, hirise_chips
from .retrieval import DISTRACTOR, Ranking, chance_at, confusion, equal_error, pair_accuracy, pairwise, rank

LANDFORMS = ("crater", "dark dune", "slope streak", "swiss cheese")

#: Landforms of fewer unseen observations are not asked for (swiss cheese: one chip of one observation).
LEAST_OBSERVATIONS = 2

#: Earth's chips that show what a chip of Mars in the protocol shows.
EARTH_DUNES = ("complex_star_dunes", "crescentic_dunes", "transverse_to_linear_small_dunes")

#: Vectors (N, D) of chips (N, px, px), NaN where nodata.
Embed = Callable[[NDArray[np.float32]], NDArray[np.float32]]


@dataclass(frozen=True)
class PairFigures:
    """``pairs`` pairs, ``similar`` of them of one landform; shares told rightly, and with both kinds weighing alike."""

    name: str
    pairs: int
    similar: int
    accuracy: float
    balanced: float


@dataclass(frozen=True)
class Matrix:
    """Least distances (rows, columns) between chips of two sets by landform."""

    name: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    least: NDArray[np.float64]

    @property
    def wins(self) -> int:
        """How many diagonal entries are the smallest of both their row and their column."""
        return sum(
            bool(self.least[k, k] == self.least[k].min() and self.least[k, k] == self.least[:, k].min())
            for k in range(min(self.least.shape))
        )


@dataclass(frozen=True)
class Retrieved:
    """A ranking, with what random rankings would have at 1 and at 5."""

    name: str
    ranking: Ranking
    chance: dict[int, float]
    confusion: NDArray[np.float64]


@dataclass(frozen=True)
class EarthFigures:
    """Chips of Earth against the network's own chips of Mars: share whose nearest is a dune, of dunes and of the rest.

    ``gallery_share``: share of Mars's chips that are dunes. ``places``: of Earth's dunes.
    """

    dunes: int
    dunes_right: float
    rest: int
    rest_called_dune: float
    gallery_share: float
    places: tuple[str, ...]


@dataclass(frozen=True)
class PaperScores:
    """Everything the document says of one network."""

    pairs: tuple[PairFigures, ...]
    matrices: tuple[Matrix, ...]
    retrieved: tuple[Retrieved, ...]
    earth: EarthFigures
    alike: float
    alike_error: float


def protocol_bodies(shared: Path, px: int) -> Bodies:
    """The two bodies: ten chips a landform, observations disjoint, none of the test split."""
    return split_bodies(_landforms(shared, px, ("train", "tune")))


def paper_scores(embed: Embed, px: int, margin: float, seed: int, shared: Path, progress: Progress) -> PaperScores:
    """Measure a network that was trained by the protocol with that seed. Distances are Euclidean.

    ``embed`` takes chips as they are (not normalised).
    """
    known = _landforms(shared, px, ("train", "tune"))
    bodies = split_bodies(known)
    unseen = _landforms(shared, px, ("test",))
    everything = hirise_chips(shared, px, ("test",))
    half = margin / 2
    one, other = embed(bodies.one.pixels), embed(bodies.other.pixels)
    new, whole = embed(unseen.pixels), embed(everything.pixels)
    progress.report(0.4, "Measured chips of Mars")
    copied = _copies(embed, bodies, seed, half)
    progress.report(0.7, "Measured augmented copies")
    rest = known.where(~np.isin(known.sources, (*bodies.one.sources, *bodies.other.sources)))
    spare = embed(rest.pixels)
    sides = np.isin(rest.groups, bodies.one.groups), np.isin(rest.groups, bodies.other.groups)
    spare_d = pairwise(spare[sides[0]], spare[sides[1]])
    spare_same = rest.labels[sides[0]][:, None] == rest.labels[sides[1]][None]
    new_d = pairwise(new)
    apart = np.triu(unseen.groups[:, None] != unseen.groups[None], 1)
    same = unseen.labels[:, None] == unseen.labels[None]
    alike, error = equal_error(new_d[apart], same[apart])
    pairs = (
        *copied,
        _pairs("other chips of the same observations, across bodies", spare_d.ravel(), spare_same.ravel(), half),
        _pairs("chips of unseen observations, across observations", new_d[apart], same[apart], half),
    )
    trained = _both(bodies)
    gallery = np.concatenate((one, other))
    to_known = pairwise(new, gallery)
    matrices = (
        _matrix("the protocol's chips, body one to body two", pairwise(one, other), bodies.one, bodies.other),
        _matrix("chips of unseen observations to body two", pairwise(new, other), unseen, bodies.other),
    )  # fmt: skip
    kinds = len(LANDFORMS)
    retrieved = (
        _retrieved("unseen chips among the trained ones", to_known, unseen, trained, kinds),
        _retrieved("unseen chips among unseen ones", new_d, unseen, unseen, kinds),
        _retrieved(
            "unseen chips of all landforms among unseen ones and chips of no landform",
            pairwise(whole),
            everything,
            everything,
            len(everything.classes),
        ),
    )  # fmt: skip
    earth = _earth(embed, earth_chips(shared, px), gallery, trained)
    progress.report(1.0, "Measured chips of Earth")
    return PaperScores(pairs, matrices, retrieved, earth, alike, error)


def _landforms(shared: Path, px: int, splits: tuple[str, ...]) -> ChipSet:
    return hirise_chips(shared, px, splits, other=False).only(LANDFORMS)


def _copies(embed: Embed, bodies: Bodies, seed: int, half: float) -> tuple[PairFigures, ...]:
    """The paper's own figure: the pairs of copies that were kept, and beside them those that were learned from."""
    one, other = (raw_copies(side, seed + k) for k, side in enumerate((bodies.one, bodies.other)))
    d = pairwise(embed(one[0]), embed(other[0]))
    same = one[1][:, None] == other[1][None]
    kept = kept_pairs(len(one[1]), len(other[1]), seed)
    return (
        _pairs("the paper's test split: one pair of copies in ten", d[kept], same[kept], half),
        _pairs("the pairs that were learned from", d[~kept], same[~kept], half),
    )


def raw_copies(chips: ChipSet, seed: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """(copies not normalised, labels) as ``augmented`` makes them."""
    made = augmented(chips, seed, Quiet(), scheme=None)
    return made.inputs[:, 0], made.labels


def _pairs(name: str, d: NDArray, same: NDArray, threshold: float) -> PairFigures:
    return PairFigures(
        name,
        len(d),
        int(same.sum()),
        pair_accuracy(d, same, threshold),
        pair_accuracy(d, same, threshold, balanced=True),
    )


def _matrix(name: str, d: NDArray, rows: ChipSet, columns: ChipSet) -> Matrix:
    least = np.array(
        [[d[np.ix_(rows.labels == i, columns.labels == j)].min(initial=np.inf) for j in range(len(columns.classes))]
         for i in range(len(rows.classes))]
    )  # fmt: skip
    return Matrix(name, rows.classes, columns.classes, least)


def _retrieved(name: str, d: NDArray, queries: ChipSet, gallery: ChipSet, kinds: int) -> Retrieved:
    asked = asked_labels(queries)
    ranking = rank(d, asked, queries.groups, gallery.labels, gallery.groups)
    chance = {
        k: chance_at(asked, queries.groups, k, gallery_labels=gallery.labels, gallery_groups=gallery.groups)
        for k in (1, 5)
    }
    return Retrieved(name, ranking, chance, confusion(ranking, kinds))


def asked_labels(queries: ChipSet) -> NDArray[np.int64]:
    """Labels (N,) of chips as queries: landforms of a single observation are not asked for.

    In a mean over landforms one chip would weigh as much as fifty, and a landform of one observation has no interval.
    """
    asked = queries.labels.copy()
    for k, name in enumerate(queries.classes):
        if queries.table()[name][1] < LEAST_OBSERVATIONS:
            asked[asked == k] = DISTRACTOR
    return asked


def _both(bodies: Bodies) -> ChipSet:
    one, other = bodies.one, bodies.other
    return ChipSet(
        np.concatenate((one.pixels, other.pixels)),
        np.concatenate((one.labels, other.labels)),
        np.concatenate((one.groups, other.groups)),
        one.classes,
        one.sources + other.sources,
        np.concatenate((one.bodies, other.bodies)),
    )


def _earth(embed: Embed, earth: ChipSet, gallery: NDArray[np.float32], trained: ChipSet) -> EarthFigures:
    nearest = trained.labels[pairwise(embed(earth.pixels), gallery).argmin(axis=1)]
    dune = LANDFORMS.index("dark dune")
    names = np.array([earth.classes[k] if k != DISTRACTOR else "" for k in earth.labels])
    dunes = np.isin(names, EARTH_DUNES)
    return EarthFigures(
        int(dunes.sum()), float((nearest[dunes] == dune).mean()), int((~dunes).sum()),
        float((nearest[~dunes] == dune).mean()), float((trained.labels == dune).mean()),
        tuple(sorted(set(earth.groups[dunes].tolist()))),
    )  # fmt: skip
