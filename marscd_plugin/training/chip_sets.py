"""Real chips with landform and observation (or place), their splits, and chips without a class to learn from unasked.

Splits are by observation, never by crop, by the same hash as everywhere (``simulation.backdrops.split_of``).
Observations that must never be trained on (ids ending in 2570, those that evaluation pairs show) are ``test`` here
whatever their hash: no training has seen them, and they are the only second and third observation of bright dunes.
Earth chips are split by place. Whatever is no named landform (HiRISENet's "other") is a ``retrieval.DISTRACTOR``.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..common.errors import InputError
from ..common.packages import need
from ..simulation.backdrops import SPLITS, hash_of, split_of, usable
from .retrieval import DISTRACTOR, names

#: The class of HiRISENet's crops that show no landmark.
OTHER = "other"

#: Earth landforms beside HiRISENet's classes that a person would call the same thing. Few: Mars's swiss cheese, spiders
#: and slope streaks have no counterpart on Earth, and no crater chip of Earth is at hand. Dunes of Earth and dark or
#: bright dunes of Mars are told apart on Mars by albedo, which grey normalised chips do not carry: both are "dune".
ON_BOTH = {
    "crescentic_dunes": "dune",
    "complex_star_dunes": "dune",
    "transverse_to_linear_small_dunes": "dune",
    "dark dune": "dune",
    "bright dune": "dune",
}

#: No image of a pool is larger, pixels.
MAX_PIXELS = 60_000_000

_FORMATS = ["JPEG", "PNG", "GTiff"]


@dataclass(frozen=True)
class ChipSet:
    """N chips. ``pixels`` float32 (N, px, px), NaN where nothing was seen; ``labels`` int64 (N,) into ``classes``.

    ``groups`` (N,): observation or place, what must not be on both sides of a split. ``sources`` (N,): the files.
    ``bodies`` (N,): "Mars", "Earth" ... or "" where unknown.
    """

    pixels: NDArray[np.float32]
    labels: NDArray[np.int64]
    groups: NDArray[np.str_]
    classes: tuple[str, ...]
    sources: tuple[str, ...]
    bodies: NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.labels)

    def where(self, chosen: ArrayLike) -> ChipSet:
        """The chips at a bool mask (N,) or at indices; the classes keep their numbers."""
        index = np.asarray(chosen)
        index = np.flatnonzero(index) if index.dtype == bool else index.astype(np.int64)
        return replace(
            self,
            pixels=self.pixels[index],
            labels=self.labels[index],
            groups=self.groups[index],
            sources=tuple(self.sources[i] for i in index),
            bodies=self.bodies[index],
        )

    def of_split(self, *splits: str) -> ChipSet:
        """The chips whose group is in one of the splits (``chip_split``)."""
        return self.where([chip_split(g) in splits for g in self.groups])

    def only(self, classes: Sequence[str]) -> ChipSet:
        """The chips of these classes, which are numbered anew in the given order."""
        missing = [c for c in classes if c not in self.classes]
        if missing:
            raise InputError(f"There are no chips of {', '.join(missing)}.", f"Known: {', '.join(self.classes)}.")
        number = {self.classes.index(c): k for k, c in enumerate(classes)}
        kept = self.where([label in number for label in self.labels])
        labels = np.array([number[label] for label in kept.labels], np.int64)
        return replace(kept, labels=labels, classes=tuple(classes))

    def renamed(self, names_of: dict[str, str]) -> ChipSet:
        """Classes by other names, several by one where they mean the same; those not named keep theirs."""
        known, labels = names([names_of.get(c, c) for c in self._class_names()])
        return replace(self, labels=labels, classes=known)

    def table(self) -> dict[str, tuple[int, int]]:
        """class -> (chips, groups)."""
        return {
            name: (int(np.sum(self.labels == k)), len(set(self.groups[self.labels == k].tolist())))
            for k, name in enumerate(self.classes)
        }

    def _class_names(self) -> list[str]:
        return ["" if label == DISTRACTOR else self.classes[label] for label in self.labels]


def chip_split(group: str) -> str:
    """``test``, ``tune`` or ``train`` of an observation; what must never be trained on is ``test``."""
    return split_of(group) if usable(group) else "test"


def hirise_chips(shared: Path, px: int, splits: Sequence[str] = tuple(SPLITS), other: bool = True) -> ChipSet:
    """HiRISENet's crops of the splits, grey, ``px`` pixels a side, in the order of their file names.

    Each crop was resized when it was published, so metres a pixel are unknown. ``other``: with crops of no landmark
    (labelled ``DISTRACTOR``). Raises InputError where the folder is missing.
    """
    folder = Path(shared) / "data" / "hirise_crops"
    rows = [
        (r["file"], "" if r["class"] == OTHER else r["class"], r["observation_id"])
        for r in _rows(folder / "labels.csv")
        if chip_split(r["observation_id"]) in splits and (other or r["class"] != OTHER)
    ]
    return _read(folder, sorted(rows), px, "Mars")


def earth_chips(shared: Path, px: int) -> ChipSet:
    """The chips of landforms on Earth, grey, ``px`` a side; the group is the place. Chips of one image overlap.

    Evaluation only. Raises InputError where the folder is missing.
    """
    folder = Path(shared) / "data" / "earth_chips"
    rows = [(r["path"], r["landform"], r["place"]) for r in _rows(folder / "manifest.csv")]
    return _read(folder, sorted(rows), px, "Earth")


def unlabelled_images(shared: Path, splits: Sequence[str] = ("train",)) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """(group, image float32 (H, W) with NaN where black fill) of ground without a class: HRSC quadrangle and strips.

    The twelve images of MC11E are for training only (another instrument, another scale); the HiRISE strips follow
    ``chip_split``. Cut chips from them at any place and scale.
    """
    data = Path(shared) / "data"
    if "train" in splits:
        for path in sorted((data / "mc11e").glob("*.jpg")):
            yield path.stem, _holed(read_grey(path))
    for path in sorted((data / "hirise_strips").glob("*.jpg")):
        observation = "_".join(path.name.split("_")[:3])
        # The thumbnail is the same ground a second time.
        if "thumb" not in path.name and chip_split(observation) in splits:
            yield observation, _holed(read_grey(path))


def folds(labels: ArrayLike, groups: ArrayLike, count: int, seed: int = 1) -> NDArray[np.int64]:
    """(N,) number 0..count-1 of the fold of every chip: whole groups, every class spread over folds as groups allow.

    Groups are dealt in a fixed order (rarest class first, then by hash of group and seed), each to the fold that has
    fewest groups of its rarest class and then fewest chips. Raises ValueError for fewer groups than folds.
    """
    kinds, of = np.asarray(labels), np.asarray(groups).astype(str)
    members = {g: np.flatnonzero(of == g) for g in sorted(set(of.tolist()))}
    if not 1 < count <= len(members):
        raise ValueError(f"{len(members)} groups cannot be put into {count} folds")
    holders = {int(c): sum(bool((kinds[m] == c).any()) for m in members.values()) for c in np.unique(kinds)}

    def rarest(group: str) -> int:
        return min((int(c) for c in np.unique(kinds[members[group]])), key=lambda c: (holders[c], c))

    order = sorted(members, key=lambda g: (holders[rarest(g)], rarest(g), hash_of(f"{seed} {g}")))
    of_class: dict[tuple[int, int], int] = {}
    chips = [0] * count
    fold = np.zeros(len(of), np.int64)
    for group in order:
        own = rarest(group)
        best = min(range(count), key=lambda f: (of_class.get((f, own), 0), chips[f], f))
        for c in np.unique(kinds[members[group]]):
            of_class[best, int(c)] = of_class.get((best, int(c)), 0) + 1
        chips[best] += len(members[group])
        fold[members[group]] = best
    return fold


def spread(
    items: Sequence[int], groups: Sequence[str], count: int, draw: Callable[[str], float] = hash_of
) -> list[int]:
    """``count`` of the items, taken in turn from one group after the other; the same on every machine.

    ``groups``: of each item. Fewer where there are fewer.
    """
    queues: dict[str, list[int]] = {}
    for item, group in sorted(zip(items, groups, strict=True), key=lambda p: (draw(f"{p[1]} {p[0]}"), p[0])):
        queues.setdefault(group, []).append(item)
    order = sorted(queues, key=lambda g: (draw(g), g))
    taken: list[int] = []
    while len(taken) < count and any(queues.values()):
        for group in order:
            if queues[group] and len(taken) < count:
                taken.append(queues[group].pop(0))
    return taken


def resized(image: NDArray[np.float32], px: int) -> NDArray[np.float32]:
    """The middle square of an image (H, W) at ``px`` pixels a side; NaN stays NaN. Area average downwards."""
    cv2 = need("cv2")
    edge = min(image.shape)
    top, left = (image.shape[0] - edge) // 2, (image.shape[1] - edge) // 2
    square = np.ascontiguousarray(image[top : top + edge, left : left + edge])
    if edge == px:
        return square
    return np.asarray(cv2.resize(square, (px, px), interpolation=cv2.INTER_AREA if edge > px else cv2.INTER_CUBIC))


def read_grey(path: Path) -> NDArray[np.float32]:
    """An image file's bands as one grey image, float32 (H, W); nodata and all-transparent pixels NaN.

    Grey is the mean of the first three bands. Raises InputError naming the file.
    """
    from osgeo import gdal

    gdal.UseExceptions()
    try:
        source = gdal.OpenEx(str(path), gdal.OF_RASTER, allowed_drivers=_FORMATS)
        if source.RasterXSize * source.RasterYSize > MAX_PIXELS:
            raise InputError(f"{path} is larger than {MAX_PIXELS // 10**6} megapixels.", "Cut it first.")
        colours = 3 if source.RasterCount >= 3 else 1
        grey = np.zeros((source.RasterYSize, source.RasterXSize), np.float32)
        seen = np.ones(grey.shape, bool)
        for number in range(1, colours + 1):
            band = source.GetRasterBand(number)
            values = band.ReadAsArray()
            grey += values.astype(np.float32) / colours
            # JPEG's band masks are made of whole pixels; a declared nodata value and an alpha band count as well.
            seen &= band.GetMaskBand().ReadAsArray() > 0
        return np.where(seen & np.isfinite(grey), grey, np.float32(np.nan))
    except (RuntimeError, AttributeError) as error:
        raise InputError(
            f"{path} could not be read as an image: {error}.", "Leave it out, or make it again."
        ) from error


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))
    except OSError as error:
        raise InputError(
            f"{path} could not be read: {error}.", "Give the folder that holds data/ with --shared."
        ) from error


def _read(folder: Path, rows: Sequence[tuple[str, str, str]], px: int, body: str) -> ChipSet:
    """Chips from rows of (file, class or "", group)."""
    pixels = np.empty((len(rows), px, px), np.float32)
    for k, (name, _, _) in enumerate(rows):
        image = read_grey(folder / name)
        pixels[k] = resized(_holed(image) if body == "Mars" else image, px)
    known, labels = names([kind for _, kind, _ in rows])
    groups = np.array([group for _, _, group in rows], dtype=str)
    return ChipSet(pixels, labels, groups, known, tuple(str(folder / r[0]) for r in rows), np.full(len(rows), body))


def _holed(image: NDArray[np.float32]) -> NDArray[np.float32]:
    """Black areas larger than a speck as NaN: they are fill, while small ones are shadows."""
    ndimage = need("scipy.ndimage")
    fill = ndimage.binary_opening(image <= 2, iterations=3)
    if not fill.any():
        return image
    return np.where(ndimage.binary_dilation(fill, iterations=6), np.float32(np.nan), image)
