"""What ``marscd-analogue`` learns from, and how a batch of it is drawn.

Three kinds of ground: crops of a named landform (alike where the landform is, from another observation where there is
one), HiRISENet's crops of no landmark (each alike to itself only), and large images without a class (windows of them
are alike to themselves only, and nothing is said about their landform). The i-th batch follows from the seed and i.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..common.errors import InputError
from ..inference.chips import normalise_chips
from .analogue_views import ViewConfig, view
from .chip_sets import ChipSet, hirise_chips, read_grey, unlabelled_images
from .retrieval import DISTRACTOR

#: Pixels a side at which published crops are kept: their own size, so that views of any scale are cut from them.
CROP_PX = 227

#: Kind of a view of which no landform is known and which is not said to be of none.
UNKNOWN = -1

#: What "no landmark" crops count from: each is a kind of its own.
_ALONE = 100_000


@dataclass(frozen=True)
class Ground:
    """``crops`` uint8 (N, S, S) with ``labels`` (DISTRACTOR: of no landform) and ``groups``; ``images`` uint8 (H, W)
    with ``seen`` bool masks or None. ``classes`` are the landforms' names."""

    crops: NDArray[np.uint8]
    labels: NDArray[np.int64]
    groups: NDArray[np.str_]
    classes: tuple[str, ...]
    images: tuple[NDArray[np.uint8], ...] = ()
    seen: tuple[NDArray[np.bool_] | None, ...] = ()


@dataclass(frozen=True)
class BatchConfig:
    """Chips a batch: of each landform, of no landmark, and windows of unlabelled images; each is shown twice."""

    px: int = 96
    per_class: int = 4
    classes: int = 8
    alone: int = 20
    unlabelled: int = 20

    def __post_init__(self) -> None:
        if min(self.px, self.classes) < 1 or self.per_class < 2 or min(self.alone, self.unlabelled) < 0:
            raise InputError("A batch needs at least two chips a landform.", "Correct the settings.")


@dataclass(frozen=True)
class Views:
    """M views: ``chips`` float32 (M, 1, px, px) normalised; ``kinds`` int64 (M,): equal where the landform is said to
    be the same, UNKNOWN where nothing is said; ``grounds`` int64 (M,): equal where it is the same piece of ground."""

    chips: NDArray[np.float32]
    kinds: NDArray[np.int64]
    grounds: NDArray[np.int64]


def ground_of(chips: ChipSet, images: Iterable[NDArray[np.float32]] = ()) -> Ground:
    """Ground from a set of chips and large images (float32, 0..255 or any unit, NaN where nothing was seen)."""
    kept, masks = [], []
    for image in images:
        mask = np.isfinite(image)
        kept.append(as_bytes(image))
        masks.append(None if mask.all() else mask)
    crops = np.stack([as_bytes(c) for c in chips.pixels]) if len(chips) else np.zeros((0, 8, 8), np.uint8)
    return Ground(crops, chips.labels, chips.groups, chips.classes, tuple(kept), tuple(masks))


def training_ground(shared: Path, splits: Sequence[str] = ("train",), unlabelled: bool = True) -> Ground:
    """The shipped model's: HiRISENet crops of the splits; MC11E, strips of the splits and the Viking mosaic."""
    chips = hirise_chips(shared, CROP_PX, splits)
    return ground_of(chips, unlabelled_ground(shared, splits) if unlabelled else ())


def unlabelled_ground(shared: Path, splits: Sequence[str] = ("train",)) -> list[NDArray[np.float32]]:
    """Large images of Mars without a class: MC11E and strips of the splits, and the Viking mosaic between 60 S and N.

    Towards the poles the mosaic's columns crowd together, so that ground there is drawn out of shape.
    """
    images = [image for _, image in unlabelled_images(shared, splits)]
    path = Path(shared) / "data" / "basemap" / "Mars_Viking_MDIM21_ClrMosaic_2880.jpg"
    if path.is_file():
        mosaic = read_grey(path)
        rows = mosaic.shape[0]
        images.append(mosaic[rows // 6 : rows - rows // 6])
    return images


def as_bytes(image: NDArray[np.float32]) -> NDArray[np.uint8]:
    """An image's values as uint8: as they are where they lie in 0..255, else stretched; NaN as the median."""
    finite = image[np.isfinite(image)]
    if not len(finite):
        return np.zeros(image.shape, np.uint8)
    low, high = float(finite.min()), float(finite.max())
    if low < 0 or high > 255 or high - low < 8:
        low, high = (float(v) for v in np.percentile(finite, (0.5, 99.5)))
        width = max(high - low, 1e-12)
        image = (image - low) / width * 255
    middle = float(np.median(image[np.isfinite(image)]))
    return np.clip(np.where(np.isfinite(image), image, middle), 0, 255).round().astype(np.uint8)


def draw_batch(ground: Ground, config: BatchConfig, look: ViewConfig, seed: Sequence[int]) -> Views:
    """Two views of each of the chips of a batch; the same for the same seed.

    Landforms take part in turn where there are more than ``config.classes``; the chips of one come from different
    observations as far as there are that many, drawn evenly over observations rather than over chips.
    """
    rng = np.random.default_rng(tuple(seed))
    chosen: list[tuple[NDArray, int, int]] = []
    present = np.unique(ground.labels[ground.labels != DISTRACTOR])
    if len(present) > config.classes:
        present = rng.choice(present, config.classes, replace=False)
    for kind in present:
        for index in _of_class(ground, int(kind), config.per_class, rng):
            chosen.append((ground.crops[index], int(kind), index))
    alone = np.flatnonzero(ground.labels == DISTRACTOR)
    if len(alone) and config.alone:
        for index in rng.choice(alone, min(config.alone, len(alone)), replace=False):
            chosen.append((ground.crops[index], _ALONE + int(index), int(index)))
    if ground.images:
        for number in range(config.unlabelled):
            piece = _piece(ground, rng)
            if piece is not None:
                chosen.append((piece, UNKNOWN, 10 * _ALONE + number))
    made = [view(image, config.px, rng, look) for image, _, _ in chosen for _ in range(2)]
    kinds, grounds = (np.repeat([c[k] for c in chosen], 2).astype(np.int64) for k in (1, 2))
    return Views(normalise_chips(np.stack(made), "chip"), kinds, grounds)


def _of_class(ground: Ground, kind: int, count: int, rng: np.random.Generator) -> list[int]:
    """``count`` different chips of a landform (fewer where there are fewer), observation after observation."""
    members = np.flatnonzero(ground.labels == kind)
    queues = []
    for group in rng.permutation(np.unique(ground.groups[members])):
        queues.append(list(rng.permutation(members[ground.groups[members] == group])))
    taken: list[int] = []
    while len(taken) < min(count, len(members)):
        for queue in queues:
            if queue and len(taken) < count:
                taken.append(int(queue.pop()))
    return taken


def _piece(ground: Ground, rng: np.random.Generator, tries: int = 8) -> NDArray[np.uint8] | None:
    """A square window of one of the large images, 100 to 500 pixels wide, all of it seen and not all of one grey."""
    for _ in range(tries):
        which = int(rng.integers(len(ground.images)))
        image, seen = ground.images[which], ground.seen[which]
        edge = min(round(math.exp(rng.uniform(math.log(100), math.log(500)))), *image.shape)
        top, left = (int(rng.integers(n - edge + 1)) for n in image.shape)
        cut = np.s_[top : top + edge, left : left + edge]
        if (seen is None or seen[cut].all()) and image[cut][::4, ::4].std() > 2.0:
            return image[cut]
    return None
