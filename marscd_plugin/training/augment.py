"""Cheap variation of a ready pair: symmetries, crops, scene statistics that are not the patch's, gain, noise.

All functions take and return ``Patch`` and draw only from the generator they are given.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..inference import normalise


@dataclass(frozen=True)
class Patch:
    """One training example, all float32 (H,W).

    ``before`` and ``after`` are normalised (-6..6, 0 without data); ``truth`` and ``valid`` are 0 or 1.
    """

    before: np.ndarray
    after: np.ndarray
    truth: np.ndarray
    valid: np.ndarray


def normalised(
    before: np.ndarray,
    after: np.ndarray,
    truth: np.ndarray,
    valid: np.ndarray,
    rng: np.random.Generator | None = None,
) -> Patch:
    """A patch from images in their own unit, normalised as at inference (scheme ``pair-robust``).

    At inference the statistics are the whole scene's, and a patch's own median and width are not those. With ``rng``
    the patch's statistics are therefore moved as a larger scene would move them: the width by a factor 0.5..2 (more
    often up, since a scene holds more variety than a patch), both medians together by up to 1.5 widths, and each by a
    little of its own, which is a difference of haze or exposure that the scene's medians did not take out.
    """
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
    """Swap the dates, flip, and turn by a multiple of 90 degrees, each at random: change is change seen so."""
    arrays = [patch.before, patch.after, patch.truth, patch.valid]
    if rng.random() < 0.5:
        arrays[0], arrays[1] = arrays[1], arrays[0]
    turns, mirror = int(rng.integers(4)), rng.random() < 0.5
    arrays = [np.rot90(a[:, ::-1] if mirror else a, turns) for a in arrays]
    return Patch(*(np.ascontiguousarray(a) for a in arrays))


def radiometry(patch: Patch, rng: np.random.Generator) -> Patch:
    """One date with another gain (haze flattens contrast) and offset, and now and then with more noise."""
    images = [patch.before, patch.after]
    which = int(rng.integers(2))
    if rng.random() < 0.5:
        images[which] = images[which] * np.float32(np.exp(rng.normal(0.0, 0.25)))
        images[which] = images[which] + np.float32(rng.normal(0.0, 0.1))
    if rng.random() < 0.25:
        noise = np.float32(np.exp(rng.uniform(np.log(0.03), np.log(0.3))))
        images[which] = images[which] + noise * rng.standard_normal(images[which].shape, dtype=np.float32)
    clipped = [np.clip(i, -normalise.CLIP, normalise.CLIP) * patch.valid for i in images]
    return Patch(clipped[0].astype(np.float32), clipped[1].astype(np.float32), patch.truth, patch.valid)


def missing(patch: Patch, rng: np.random.Generator) -> Patch:
    """Now and then one date ends at a straight oblique edge, as a footprint does: 0 there, and not judged."""
    if rng.random() >= 0.12:
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
    return Patch(images[0], images[1], patch.truth * keep, patch.valid * keep)


def crop(patch: Patch, size: int, rng: np.random.Generator) -> Patch:
    """A random window of ``size``; where the patch is smaller, the rest is without data."""
    arrays = (patch.before, patch.after, patch.truth, patch.valid)
    rows, columns = patch.before.shape
    top, left = (int(rng.integers(max(n - size, 0) + 1)) for n in (rows, columns))
    cut = [a[top : top + size, left : left + size] for a in arrays]
    pad = [(0, size - cut[0].shape[0]), (0, size - cut[0].shape[1])]
    return Patch(*(np.pad(a, pad) if pad != [(0, 0), (0, 0)] else a for a in cut))


def vary(patch: Patch, rng: np.random.Generator) -> Patch:
    """All variations in order (not the crop)."""
    return missing(radiometry(symmetry(patch, rng), rng), rng)
