"""Real registered pairs of ../shared/data/pairs, and which of them may be trained on.

``no_visible_change``, ``frosted_dunes`` and ``stereo_anaglyph`` are for evaluation only. ``ctx`` is split into two
named halves: ``ctx_train`` (hard negatives: real sun, real sensors, no change) and ``ctx_held`` (evaluation). One CTX
product recurs in several pairs, so pairs that share a product, directly or through others, stay together. For the
default model the training half is parted once more by the same groups: ``ctx_learn`` is learned from, ``ctx_tune`` only
chooses (thresholds, calibration).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ..common.errors import InputError
from ..common.packages import need

#: Sets that no training, tuning or threshold may touch.
EVALUATION_ONLY = ("no_visible_change", "frosted_dunes", "stereo_anaglyph", "ctx_held")

#: All named sets.
SETS = (*EVALUATION_ONLY, "ctx_train", "ctx_learn", "ctx_tune")

#: Numbers in front of the stems of ``ctx_tune``: three whole groups of shared products, a third of the half's pixels.
_TUNE = ("063_", "041_", "069_", "057_", "070_")

#: Boxes and labels ("dust_devil: 81%") that are burned into AFTER of two pairs: number in front of the stem, and
#: windows (top, bottom, left, right), five pixels wider than what is drawn.
_MARKED = {
    "068_": ((344, 371, 0, 573),),
    "063_": (
        (0, 312, 0, 8),
        (146, 378, 29, 41),
        (0, 312, 313, 325),
        (146, 158, 29, 381),
        (300, 312, 0, 325),
        (134, 158, 29, 113),
    ),
}

_MAX_SIDE = 20_000

#: File endings of the two dates; an anaglyph's red channel is one observation, green and blue the other.
_ENDINGS = {"": ("_A.png", "_B.png"), "stereo_anaglyph": ("_R.png", "_GB.png")}


@dataclass(frozen=True)
class RealPair:
    """Two registered grey images, float32 0..255 of one shape (H,W), and where both are valid (bool)."""

    name: str
    before: np.ndarray
    after: np.ndarray
    valid: np.ndarray
    evaluation_only: bool = True


def real_pairs(shared: Path, name: str) -> list[RealPair]:
    """The pairs of the named set, in the order of their file names. Raises InputError where they are missing."""
    if name not in SETS:
        raise InputError(f"There is no set of real pairs called {name!r}.", f"Known: {', '.join(SETS)}.")
    folder = shared / "data" / "pairs" / ("ctx" if name.startswith("ctx") else name)
    endings = _ENDINGS["stereo_anaglyph" if name == "stereo_anaglyph" else ""]
    stems = sorted(path.name[: -len(endings[0])] for path in folder.glob(f"*{endings[0]}"))
    if not stems:
        raise InputError(f"No pairs were found in {folder}.", "Give the folder that holds data/pairs with --shared.")
    if name.startswith("ctx"):
        train, held = ctx_halves(shared)
        stems = [stem for stem in stems if stem in (held if name == "ctx_held" else train)]
        if name in ("ctx_learn", "ctx_tune"):
            stems = [stem for stem in stems if stem.startswith(_TUNE) == (name == "ctx_tune")]
    pairs = [_read_pair(folder, stem, endings, name in EVALUATION_ONLY) for stem in stems]
    return [_unmarked(pair) if name in ("ctx_learn", "ctx_tune") else pair for pair in pairs]


def _unmarked(pair: RealPair) -> RealPair:
    """Without the boxes and labels that are burned into some images: they are differences, and no false alarms."""
    valid = pair.valid.copy()
    for top, bottom, left, right in _MARKED.get(pair.name[:4], ()):
        valid[top:bottom, left:right] = False
    return replace(pair, valid=valid)


def _read_pair(folder: Path, stem: str, endings: tuple[str, str], evaluation_only: bool) -> RealPair:
    before, after = (read_grey(folder / f"{stem}{ending}") for ending in endings)
    if before.shape != after.shape:
        raise InputError(f"The two images of {stem} differ in size.", "Fetch the shared data again.")
    mask = folder / f"{stem}_valid.png"
    valid = read_grey(mask) > 0 if mask.exists() else np.ones(before.shape, bool)
    if folder.name != "ctx":
        # Black wedges of the strips' edges, which the masks do not know; CTX has none, and its black is shadow.
        valid &= ~(fill(before) | fill(after))
    return RealPair(stem, before, after, valid, evaluation_only)


def fill(image: np.ndarray) -> np.ndarray:
    """Where an 8-bit image holds black fill: 0 in patches of 64 pixels or more, and JPEG's ringing 3 pixels around."""
    ndimage = need("scipy.ndimage")
    labels, count = ndimage.label(image <= 0)
    if count == 0:
        return np.zeros(image.shape, bool)
    large = np.bincount(labels.ravel()) >= 64
    large[0] = False
    return np.asarray(ndimage.binary_dilation(large[labels], iterations=3))


def read_grey(path: Path) -> np.ndarray:
    """The first band of a PNG as float32 (H,W). Raises InputError naming the file."""
    from osgeo import gdal

    gdal.UseExceptions()
    try:
        source = gdal.OpenEx(str(path), gdal.OF_RASTER, allowed_drivers=["PNG"])
        if max(source.RasterXSize, source.RasterYSize) > _MAX_SIDE:
            raise InputError(f"{path} is larger than {_MAX_SIDE} pixels.", "Cut it first.")
        return np.asarray(source.GetRasterBand(1).ReadAsArray(), np.float32)
    except RuntimeError as error:
        raise InputError(f"{path} could not be read: {error}.", "Fetch the shared data again.") from error


def ctx_halves(shared: Path) -> tuple[frozenset[str], frozenset[str]]:
    """(training stems, held stems) of the CTX pairs: connected groups of shared products, balanced by area.

    Groups are taken from the largest down, each to the half that has fewer pixels so far (the held half first), so
    the split follows from index.csv alone. Pairs whose index marks a visible change are never trained on.
    """
    index = shared / "data" / "pairs" / "ctx" / "index.csv"
    try:
        with index.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        areas = {row["stem"]: int(row["w"]) * int(row["h"]) for row in rows}
        changed = {row["stem"] for row in rows if "True" in (row["classA"], row["classB"])}
    except (OSError, KeyError, ValueError) as error:
        raise InputError(f"{index} could not be read: {error}.", "Fetch the shared data again.") from error
    halves: tuple[set[str], set[str]] = (set(), set())
    for group in sorted(product_groups(list(areas)), key=lambda g: (-sum(areas[s] for s in g), g)):
        sizes = [sum(areas[stem] for stem in half) for half in halves]
        halves[0 if sizes[0] < sizes[1] else 1].update(group)
    return frozenset(halves[0] - changed), frozenset(halves[1])


def products_of(stem: str) -> frozenset[str]:
    """The two product names in ``NNN_PRODUCT__PRODUCT``."""
    first, _, second = stem.partition("__")
    return frozenset((first.partition("_")[2], second))


def product_groups(stems: list[str]) -> list[tuple[str, ...]]:
    """``stems`` in groups such that no product occurs in two of them."""
    groups: list[tuple[set[str], set[str]]] = []
    for stem in stems:
        members, products = {stem}, set(products_of(stem))
        apart = []
        for other in groups:
            if other[1] & products:
                members |= other[0]
                products |= other[1]
            else:
                apart.append(other)
        groups = [*apart, (members, products)]
    return sorted(tuple(sorted(members)) for members, _ in groups)
