"""The paper's data recipe (Meng et al., arXiv 2501.08584): sub-areas, x10 augmentation, pairs of two bodies, 9 : 1.

A chip of the one body with every chip of its region on the other body is a similar pair, with every chip of another
region a dissimilar one; augmented copies count as chips. One pair in ten is kept for testing. As the paper has it the
copies of one chip stand in pairs on both sides of that split, so its pair accuracy says how well pairs were learned,
not how well new ground is told apart (``analogue_protocol`` gives both).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..common.errors import InputError
from ..common.packages import need
from ..common.progress import Progress, check
from ..inference.chips import normalise_chips
from ..simulation.backdrops import hash_of
from .chip_sets import ChipSet, spread

#: Sub-areas a region on either body, copies of each, and the share of pairs kept for testing: the paper's numbers.
SUB_AREAS = 10
COPIES = 10
TEST_SHARE = 0.1

#: Chips of either body in a batch: 8 x 8 chips make the paper's 64 pairs and cost 16 passes instead of 128.
BLOCK = 8

#: How far a copy is scaled and blurred (Gaussian, pixels), and its grey levels moved (gamma). The paper names the four
#: kinds and no strengths.
SCALING = (0.8, 1.25)
BLUR = (0.0, 1.5)
GAMMA = (0.7, 1.4)


@dataclass(frozen=True)
class Bodies:
    """Two sides of one set of regions: chips ``one`` and ``other`` share ``classes``. No group is on both sides."""

    one: ChipSet
    other: ChipSet


@dataclass(frozen=True)
class Side:
    """Augmented copies of one body's chips: ``inputs`` float32 (M, 1, px, px), ``labels`` (M,), ``chips`` (M,): of
    which chip of the body each is a copy."""

    inputs: NDArray[np.float32]
    labels: NDArray[np.int64]
    chips: NDArray[np.int64]


def split_bodies(chips: ChipSet, per_region: int = SUB_AREAS) -> Bodies:
    """Two bodies from one set, ``per_region`` chips a region each, spread over as many groups as there are.

    Where the chips are of two real bodies these are the sides. Otherwise the groups of every region are dealt to two
    sides of about as many chips, and a group that holds several regions goes to one side whole. Raises InputError
    where a region has no chips on both sides.
    """
    real = sorted({b for b in chips.bodies.tolist() if b})
    if len(real) == 2 and _both(chips, chips.bodies == real[0]):
        first = chips.bodies == real[0]
    else:
        first = np.isin(chips.groups, sorted(_first_groups(chips)))
    one, other = (_few(chips, np.flatnonzero(side), per_region) for side in (first, ~first))
    for k, name in enumerate(chips.classes):
        if not (one.labels == k).any() or not (other.labels == k).any():
            held = sorted(set(chips.groups[chips.labels == k].tolist()))
            raise InputError(
                f"The region {name} has chips of one observation only ({'; '.join(held[:3]) or 'none'}).",
                "Every region needs chips of two bodies or two observations: the network learns that they are alike.",
            )
    return Bodies(one, other)


def augmented(chips: ChipSet, seed: int, progress: Progress, scheme: str | None = "unit", copies: int = COPIES) -> Side:
    """``copies`` of every chip, normalised (None: left as they are); the first is the chip as it is.

    The same for a seed.
    """
    count = len(chips)
    px = chips.pixels.shape[-1]
    made = np.empty((count * copies, px, px), np.float32)
    for k in range(count):
        check(progress)
        rng = np.random.default_rng((seed, 41, k))
        for copy in range(copies):
            made[k * copies + copy] = vary(chips.pixels[k], rng) if copy else chips.pixels[k]
    which = np.repeat(np.arange(count), copies)
    inputs = made[:, None] if scheme is None else normalise_chips(made, scheme, 1)
    return Side(inputs, chips.labels[which], which)


def vary(chip: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """A copy (H, W) turned by any angle, scaled, blurred, and with its grey levels moved; edges are mirrored."""
    cv2 = need("cv2")
    edge = chip.shape[0]
    # Holes are filled first: turned and blurred they would eat the chip.
    image = np.where(np.isfinite(chip), chip, np.float32(np.nanmedian(chip))) if np.isnan(chip).any() else chip
    angle, scale = rng.uniform(0.0, 360.0), math.exp(rng.uniform(*np.log(SCALING)))
    matrix = cv2.getRotationMatrix2D(((edge - 1) / 2, (edge - 1) / 2), angle, scale)
    image = cv2.warpAffine(image, matrix, (edge, edge), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    sigma, gamma = rng.uniform(*BLUR), math.exp(rng.uniform(*np.log(GAMMA)))
    if sigma > 0.2:
        image = cv2.GaussianBlur(image, (0, 0), sigma)
    low, high = float(image.min()), float(image.max())
    if high > low:
        image = low + (high - low) * ((image - low) / (high - low)) ** np.float32(gamma)
    return np.asarray(image, np.float32)


def kept_pairs(one: int, other: int, seed: int, share: float = TEST_SHARE) -> NDArray[np.bool_]:
    """(one, other) which pairs of so many copies are kept for testing: ``share`` of them, drawn pair by pair."""
    return np.random.default_rng((seed, 43)).random((one, other)) < share


def epoch(one: Side, other: Side, rng: np.random.Generator) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Blocks (numbers of copies of the one side, of the other) in which every copy of either side comes once.

    The shorter side is dealt again from the start. The pairs of a block are all of its combinations.
    """
    orders = [rng.permutation(len(side.labels)) for side in (one, other)]
    longest = max(len(order) for order in orders)
    steps = max(1, longest // BLOCK)
    rows = [np.resize(order, steps * BLOCK).reshape(steps, BLOCK) for order in orders]
    yield from zip(rows[0], rows[1], strict=True)


def _both(chips: ChipSet, first: NDArray[np.bool_]) -> bool:
    """Whether every region has chips on both sides."""
    return all(
        bool((first & (chips.labels == k)).any() and (~first & (chips.labels == k)).any())
        for k in range(len(chips.classes))
    )


def _first_groups(chips: ChipSet) -> set[str]:
    """Groups of the one side: of every region as many groups on either side as can be, then as many chips.

    Rarest regions are dealt first, and of a region the largest groups, so that the two largest do not meet.
    """
    groups = sorted(set(chips.groups.tolist()))
    named = chips.labels >= 0
    regions = len(chips.classes)
    counts = {g: np.bincount(chips.labels[(chips.groups == g) & named], minlength=regions) for g in groups}
    holders = np.array([sum(counts[g][k] > 0 for g in groups) for k in range(regions)])
    order: list[str] = []
    for k in np.argsort(holders, kind="stable"):
        fresh = [g for g in groups if counts[g][k] and g not in order]
        order += sorted(fresh, key=lambda g: (-counts[g][k], hash_of(g)))
    dealt, sums = np.zeros((2, regions)), np.zeros((2, regions))
    first: set[str] = set()
    for group in order:
        own = counts[group] > 0
        # The rarest of its regions decides, the others after it.
        regions_of = sorted(np.flatnonzero(own), key=lambda k: (holders[k], k))
        costs = [[(dealt[side][k], sums[side][k]) for k in regions_of] for side in (0, 1)]
        side = 0 if costs[0] <= costs[1] else 1
        dealt[side] += own
        sums[side] += counts[group]
        if side == 0:
            first.add(group)
    return first


def _few(chips: ChipSet, index: NDArray[np.int64], per_region: int) -> ChipSet:
    taken: list[int] = []
    for k in range(len(chips.classes)):
        own = index[chips.labels[index] == k]
        taken += spread(own.tolist(), chips.groups[own].tolist(), per_region)
    return chips.where(np.array(sorted(taken), np.int64))
