"""How image values become network inputs: one scheme, used alike when a model is trained and when it is run.

Scheme ``pair-robust``. Of each image, from a sample of the whole scene's valid pixels, the median ``m`` and a robust
width ``s`` = (75th - 25th percentile) / 1.349, which is the standard deviation where values are Gaussian. The two
images of a pair share one scale, so that a pixel that darkened by a given amount does so whichever date is first::

    scale = max((s_before + s_after) / 2, 0.02 * (|m_before| + |m_after|) / 2)
    x'    = clip((x - m) / scale, -6, 6),  and 0 where there is no data

The floor of 2 % of the brightness keeps the sensor's noise small where a scene has hardly any contrast. Statistics
belong to the scene, never to a tile: a network that sees tile-wise statistics draws seams. Only numpy is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..common.errors import InputError

#: The only scheme so far; a card's ``normalisation`` must be one of these.
SCHEMES = ("pair-robust",)

#: Normalised values are cut to -CLIP..CLIP.
CLIP = 6.0

#: Least scale as a share of the mean absolute median.
FLOOR = 0.02

#: Interquartile range of a Gaussian with standard deviation 1.
_IQR_OF_GAUSSIAN = 1.349


@dataclass(frozen=True)
class Statistics:
    """Of one scene's valid pixels, in the image's own unit: the ``median``, and ``spread`` = IQR / 1.349 (>= 0)."""

    median: float
    spread: float


def statistics(sample: np.ndarray) -> Statistics:
    """The statistics of a sample of valid pixels (any shape, any real type; what is not finite is left out).

    A hundred thousand pixels spread over the scene are plenty. Raises InputError where no finite value is left.
    """
    values = np.asarray(sample).ravel()
    if values.dtype.kind == "f":
        values = values[np.isfinite(values)]
    if values.size == 0:
        raise InputError(
            "An image has no valid pixel in the compared part.", "Check its nodata value, or choose another extent."
        )
    low, middle, high = np.percentile(values.astype(np.float64), (25.0, 50.0, 75.0))
    return Statistics(float(middle), float((high - low) / _IQR_OF_GAUSSIAN))


def pair_scale(before: Statistics, after: Statistics) -> float:
    """The scale that both images of a pair are divided by (> 0, the images' unit)."""
    width = 0.5 * (before.spread + after.spread)
    floor = FLOOR * 0.5 * (abs(before.median) + abs(after.median))
    scale = max(width, floor)
    # Two constant images of value 0 have no width and no floor; any scale turns them into zeros.
    return scale if scale > 0.0 else 1.0


def apply(array: np.ndarray, stats: Statistics, scale: float, valid: np.ndarray | None = None) -> np.ndarray:
    """``array`` (any shape, image unit) as float32 in -6..6, 0 where ``valid`` (same shape, bool) is False.

    Values that are not finite become 0 as well. ``valid=None`` means all pixels are valid.
    """
    values: np.ndarray[Any, np.dtype[np.float32]] = np.asarray(array).astype(np.float32)
    values -= np.float32(stats.median)
    values *= np.float32(1.0 / scale)
    bad = ~np.isfinite(values)
    if valid is not None:
        bad |= ~np.asarray(valid, dtype=bool)
    np.clip(values, -CLIP, CLIP, out=values)
    values[bad] = 0.0
    return values
