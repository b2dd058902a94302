"""What is known of changes beyond their pixels' sums: light, ground, and the kind that the model votes for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .components import Changes
from .ground import Ground
from .pair import Normalisation

#: A kind needs this share of a change's votes, else it is UNKNOWN.
LEAST_SHARE = 0.6
UNKNOWN = "unknown"
#: What a raster of kinds holds where there is no data; 0 is no kind, 1 and more are places in the list of kinds.
NO_KIND = 255


@dataclass(frozen=True)
class Around:
    """Of the unchanged surroundings of each change: mean difference AFTER - BEFORE and mean BEFORE (pair's units)."""

    difference: np.ndarray
    before: np.ndarray


@dataclass(frozen=True)
class Facts:
    """``scaling`` turns the pair's units back into I/F; ``votes`` (kinds, count) are the weights of each kind."""

    scaling: Normalisation | None = None
    ground: Ground | None = None
    kinds: tuple[str, ...] = ()
    votes: np.ndarray | None = None


def votes_of(kind: np.ndarray | None, probability: np.ndarray, changed: np.ndarray, count: int) -> np.ndarray:
    """(count, n) of the n changed pixels, row by row: the probability in the row of the pixel's kind, 0 elsewhere.

    ``kind`` is (rows, columns) uint8: 1 and more are places in the list of kinds, anything else is none of them; None
    votes for nothing.
    """
    rows, columns = np.nonzero(changed)
    out = np.zeros((count, len(rows)))
    if kind is not None and count:
        chosen = kind[rows, columns].astype(np.intp) - 1
        known = np.flatnonzero((chosen >= 0) & (chosen < count))
        out[chosen[known], known] = probability[rows, columns][known]
    return out


def kinds_of(kinds: Sequence[str], votes: np.ndarray | None, count: int) -> list[tuple[str, float | None]]:
    """(kind, its share of the votes 0..1) of each of ``count`` changes; UNKNOWN without a clear majority."""
    if votes is None or not kinds or votes.shape[0] == 0:
        return [(UNKNOWN, None)] * count
    total = votes.sum(axis=0)
    best = votes.argmax(axis=0)
    share = votes.max(axis=0) / np.maximum(total, 1e-12)
    told: list[tuple[str, float | None]] = []
    for index, part, all_votes in zip(best.tolist(), share.tolist(), total.tolist(), strict=True):
        if all_votes <= 0.0:
            told.append((UNKNOWN, None))
        else:
            told.append((kinds[index] if part >= LEAST_SHARE else UNKNOWN, part))
    return told


def brightness_ratio(changes: Changes, around: Around, scaling: Normalisation | None) -> np.ndarray:
    """How bright the place became for what its unchanged surroundings became: 0.8 is a fifth darker than it was.

    (AFTER / BEFORE inside) / (AFTER / BEFORE around), so that the sun and the slope's shading drop out. NaN where the
    images' values have no zero (a median that is not positive), or are unknown.
    """
    nothing = np.full(changes.count, np.nan)
    if scaling is None or min(scaling.before.median, scaling.after.median) <= 0.0:
        return nothing
    inside_b = scaling.before.median + scaling.scale * changes.before
    inside_a = scaling.after.median + scaling.scale * (changes.before + changes.difference)
    around_b = scaling.before.median + scaling.scale * around.before
    around_a = scaling.after.median + scaling.scale * (around.before + around.difference)
    sound = np.minimum(np.minimum(inside_b, inside_a), np.minimum(around_b, around_a)) > 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (inside_a / inside_b) / (around_a / around_b)
    return np.where(sound, ratio, np.nan)


def downslope_angle(azimuth: np.ndarray, descent: np.ndarray) -> np.ndarray:
    """Degrees 0..90 between a long axis and the steepest descent; NaN where either is."""
    apart = np.abs(azimuth - descent) % 180.0
    return np.minimum(apart, 180.0 - apart)
