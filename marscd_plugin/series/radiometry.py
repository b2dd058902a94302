"""Relative normalisation: a gain and an offset that bring an epoch to the reference, which changes cannot pull.

Median and interquartile range over the pixels both see, then twice more without the pixels that differ most: the robust
form of matching mean and standard deviation (pseudo-invariant features without choosing them by hand).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_ROUNDS = 3
_KEEP_SPREADS = 2.5
_MIN_PIXELS = 200
#: Gains beyond these are not light but a wrong pair of units or a featureless image.
_GAINS = (0.2, 5.0)


@dataclass(frozen=True)
class Normalisation:
    """value' = value * ``gain`` + ``offset``; ``pixels`` were compared."""

    gain: float = 1.0
    offset: float = 0.0
    pixels: int = 0


def normalise(reference: np.ndarray, moving: np.ndarray, valid: np.ndarray) -> Normalisation:
    """From two arrays of one shape on one grid. Identity where too little is shared."""
    a, b = reference[valid].astype(np.float64), moving[valid].astype(np.float64)
    if a.size < _MIN_PIXELS:
        return Normalisation()
    keep = np.ones(a.size, bool)
    gain, offset = 1.0, 0.0
    for _ in range(_ROUNDS):
        middle_a, middle_b = np.median(a[keep]), np.median(b[keep])
        spread_a, spread_b = _spread(a[keep]), _spread(b[keep])
        flat = spread_a <= 0 or spread_b <= 0
        gain = 1.0 if flat else float(np.clip(spread_a / spread_b, *_GAINS))
        offset = float(middle_a - gain * middle_b)
        off = np.abs(b * gain + offset - a)
        limit = _KEEP_SPREADS * 1.4826 * float(np.median(off[keep]))
        inside = off <= limit
        if limit <= 0 or inside.sum() < max(_MIN_PIXELS, 0.3 * a.size):
            break
        keep = inside
    return Normalisation(gain, offset, int(keep.sum()))


def _spread(values: np.ndarray) -> float:
    low, high = np.percentile(values, (25, 75))
    return float(high - low)
