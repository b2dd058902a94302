"""Cheap variation of a ready pair: symmetries, crops, scene statistics that are not the patch's, gain, noise.

All functions take and return ``Patch`` and draw only from the generator they are given. They are a dozen lines of
numpy each and act on both dates, the truth and what was told of the pair alike (turning a patch swaps its incidences),
which is why no library of augmentations is used.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from ..inference import normalise

#: What is unknown of a pair: incidence before and after, azimuth change (degrees), residual (pixels).
UNKNOWN = np.full(4, np.nan, np.float32)

#: Normalised values in a drawing are cut here, further out than a network's inputs, because they are moved later.
WIDE_CLIP = 20.0


@dataclass(frozen=True)
class Patch:
    """One training example, all float32 (H,W).

    ``before`` and ``after`` are normalised (-6..6, 0 without data); ``truth`` and ``valid`` are 0 or 1. ``classes``
    (uint8) is the kind of change where there is any (``simulation.kinds.Kind``; 0 there: not told). ``context`` (4,)
    is what the network may be told beside the images, NaN where unknown. ``seen`` is 1 where there are data: all of
    ``valid``, and what is left out of the judgement though both dates show it.
    """

    before: np.ndarray
    after: np.ndarray
    truth: np.ndarray
    valid: np.ndarray
    classes: np.ndarray = field(default=None)  # type: ignore[arg-type]
    context: np.ndarray = field(default_factory=UNKNOWN.copy)
    seen: np.ndarray = field(default=None)  # type: ignore[arg-type]

    def __post_init__(self) -> None:
        if self.classes is None:
            object.__setattr__(self, "classes", np.zeros(self.truth.shape, np.uint8))
        if self.seen is None:
            object.__setattr__(self, "seen", self.valid)


def drawing(
    before: np.ndarray,
    after: np.ndarray,
    truth: np.ndarray,
    valid: np.ndarray,
    classes: np.ndarray | None = None,
    context: np.ndarray | None = None,
    ignore: np.ndarray | None = None,
) -> Patch:
    """A patch from images in their own unit, normalised by its own statistics (scheme ``pair-robust``), cut wide.

    ``valid``: both dates were seen; ``ignore``: of that, what is not judged.
    """
    valid = np.asarray(valid, bool)
    told = UNKNOWN.copy() if context is None else np.asarray(context, np.float32)
    if not valid.any():
        zero = np.zeros(before.shape, np.float32)
        return Patch(zero, zero.copy(), zero.copy(), zero.copy(), context=told)
    stats = [normalise.statistics(image[valid]) for image in (before, after)]
    scale = normalise.pair_scale(*stats)
    images = [
        np.where(valid, np.clip((image - s.median) / scale, -WIDE_CLIP, WIDE_CLIP), 0.0).astype(np.float32)
        for image, s in zip((before, after), stats, strict=True)
    ]
    marked = np.where(valid, truth, 0).astype(np.float32)
    kinds = None if classes is None else np.where(marked > 0, classes, 0).astype(np.uint8)
    seen = valid.astype(np.float32)
    judged = seen if ignore is None else seen * ~np.asarray(ignore, bool)
    return Patch(images[0], images[1], marked * judged, judged, kinds, told, seen)  # type: ignore[arg-type]


def as_in_a_scene(patch: Patch, rng: np.random.Generator) -> Patch:
    """A drawing's statistics moved as a larger scene would move them.

    At inference the statistics are the whole scene's, and a patch's own median and width are not those. So the width
    is moved by a factor 0.7..4 (more often up, since a scene holds more variety than a patch), both medians together
    by up to 1.5 widths, and each by a little of its own, which is a difference of haze or exposure that the scene's
    medians did not take out.
    """
    gain = float(np.exp(-rng.uniform(np.log(0.7), np.log(4.0))))
    common = rng.normal(0.0, 0.5)
    moves = [np.clip(common + rng.normal(0.0, 0.15), -1.5, 1.5) for _ in range(2)]
    images = [
        np.clip(image * np.float32(gain) - np.float32(m), -normalise.CLIP, normalise.CLIP) * patch.seen
        for image, m in zip((patch.before, patch.after), moves, strict=True)
    ]
    return replace(patch, before=images[0], after=images[1])


def normalised(
    before: np.ndarray,
    after: np.ndarray,
    truth: np.ndarray,
    valid: np.ndarray,
    rng: np.random.Generator | None = None,
) -> Patch:
    """A patch from images in their own unit, normalised as at inference; with ``rng`` as in a larger scene."""
    valid = np.asarray(valid, bool)
    if not valid.any():
        zero = np.zeros(before.shape, np.float32)
        return Patch(zero, zero.copy(), zero.copy(), zero.copy())
    stats = [normalise.statistics(image[valid]) for image in (before, after)]
    scale = normalise.pair_scale(*stats)
    if rng is not None:
        scale *= float(np.exp(rng.uniform(np.log(0.7), np.log(2.0))))
        common = rng.normal(0.0, 0.5)
        stats = [
            normalise.Statistics(s.median + scale * float(np.clip(common + rng.normal(0.0, 0.15), -1.5, 1.5)), s.spread)
            for s in stats
        ]
    first, second = (normalise.apply(i, s, scale, valid) for i, s in zip((before, after), stats, strict=True))
    return Patch(first, second, np.where(valid, truth, 0).astype(np.float32), valid.astype(np.float32))


def symmetry(patch: Patch, rng: np.random.Generator) -> Patch:
    """Swap the dates, flip, and turn by a multiple of 90 degrees, each at random: change is change seen so.

    Truth lies on BEFORE's grid, so where a residual is known and large the swap would put it beside the change by as
    much: pairs are then not swapped.
    """
    arrays = [patch.before, patch.after, patch.truth, patch.valid, patch.classes, patch.seen]
    context = patch.context
    if rng.random() < 0.5 and not context[3] > 1.0:
        arrays[0], arrays[1] = arrays[1], arrays[0]
        context = np.array([context[1], context[0], -context[2], context[3]], np.float32)
    turns, mirror = int(rng.integers(4)), rng.random() < 0.5
    if mirror:
        context = context * np.array([1, 1, -1, 1], np.float32)
    arrays = [np.ascontiguousarray(np.rot90(a[:, ::-1] if mirror else a, turns)) for a in arrays]
    before, after, truth, valid, classes, seen = arrays
    return Patch(before, after, truth, valid, classes, context, seen)


def radiometry(
    patch: Patch,
    rng: np.random.Generator,
    gain: float = 0.25,
    noisy: float = 0.25,
    noise_range: tuple[float, float] = (0.03, 0.3),
) -> Patch:
    """One date with another gain (haze flattens contrast) and offset, and now and then with more noise.

    ``gain`` is the deviation of its logarithm, ``noisy`` the chance of noise, ``noise_range`` its deviation.
    """
    images = [patch.before, patch.after]
    which = int(rng.integers(2))
    if rng.random() < 0.5:
        images[which] = images[which] * np.float32(np.exp(rng.normal(0.0, gain)))
        images[which] = images[which] + np.float32(rng.normal(0.0, 0.1))
    if rng.random() < noisy:
        noise = np.float32(np.exp(rng.uniform(*np.log(noise_range))))
        images[which] = images[which] + noise * rng.standard_normal(images[which].shape, dtype=np.float32)
    clipped = [(np.clip(i, -normalise.CLIP, normalise.CLIP) * patch.seen).astype(np.float32) for i in images]
    return replace(patch, before=clipped[0], after=clipped[1])


def missing(patch: Patch, rng: np.random.Generator, chance: float = 0.12) -> Patch:
    """Now and then one date ends at a straight oblique edge, as a footprint does: 0 there, and not judged."""
    if rng.random() >= chance:
        return patch
    rows, columns = patch.before.shape
    angle = rng.uniform(0, 2 * np.pi)
    y, x = np.mgrid[:rows, :columns]
    distance = (x - columns / 2) * np.cos(angle) + (y - rows / 2) * np.sin(angle)
    keep = (distance < rng.uniform(0.15, 0.5) * min(rows, columns)).astype(np.float32)
    images = [patch.before, patch.after]
    which = int(rng.integers(3))
    for i in range(2):
        if which in (i, 2):
            images[i] = images[i] * keep
    classes = patch.classes * keep.astype(np.uint8)
    return Patch(
        images[0], images[1], patch.truth * keep, patch.valid * keep, classes, patch.context, patch.seen * keep
    )


def forget(patch: Patch, rng: np.random.Generator) -> Patch:
    """What is told of the pair is mostly taken away, whole or in part, because at use it is mostly unknown."""
    if rng.random() < 0.6:
        return replace(patch, context=UNKNOWN.copy())
    kept = patch.context.copy()
    if rng.random() < 0.5:
        kept[:3] = np.nan
    if rng.random() < 0.5:
        kept[3] = np.nan
    return replace(patch, context=kept)


def crop(patch: Patch, size: int, rng: np.random.Generator, on_change: float = 0.0) -> Patch:
    """A random window of ``size``; where the patch is smaller, the rest is without data.

    With the chance ``on_change`` the window is laid around a changed pixel, where there is one.
    """
    arrays = (patch.before, patch.after, patch.truth, patch.valid, patch.classes, patch.seen)
    rows, columns = patch.before.shape
    top, left = (int(rng.integers(max(n - size, 0) + 1)) for n in (rows, columns))
    if on_change > 0 and rng.random() < on_change:
        marked = np.flatnonzero(patch.truth)
        if len(marked):
            y, x = np.unravel_index(int(marked[int(rng.integers(len(marked)))]), (rows, columns))
            top, left = (
                int(np.clip(at - rng.integers(size), 0, max(n - size, 0))) for at, n in ((y, rows), (x, columns))
            )
    cut = [a[top : top + size, left : left + size] for a in arrays]
    pad = [(0, size - cut[0].shape[0]), (0, size - cut[0].shape[1])]
    made = [np.pad(a, pad) if pad != [(0, 0), (0, 0)] else a for a in cut]
    before, after, truth, valid, classes, seen = made
    return Patch(before, after, truth, valid, classes, patch.context, seen)


def vary(patch: Patch, rng: np.random.Generator) -> Patch:
    """All variations of the pixels in order (not the crop)."""
    return missing(radiometry(symmetry(patch, rng), rng), rng)


def vary_told(patch: Patch, rng: np.random.Generator) -> Patch:
    """The same, milder, of a drawing of a pool: statistics first, and most of what is told of the pair forgotten."""
    patch = radiometry(symmetry(as_in_a_scene(patch, rng), rng), rng, 0.2, 0.15, (0.02, 0.2))
    return forget(missing(patch, rng, 0.1), rng)
