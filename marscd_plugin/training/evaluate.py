"""Maps of a network while it is trained, pair by pair, and their histograms; the figures of record are ``accuracy``'s.

Every pair is normalised by its own statistics and run whole, padded to the model's multiple with zeros, which is what
nodata is to the network.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

import numpy as np

from ..inference import normalise
from .real import RealPair
from .scores import Histogram

log = logging.getLogger(__name__)

#: Two normalised images (H,W) in, probability (H,W) out.
Predict = Callable[[np.ndarray, np.ndarray], np.ndarray]


def probability(
    predict: Predict, before: np.ndarray, after: np.ndarray, valid: np.ndarray, multiple: int = 8
) -> np.ndarray:
    """Probability of change (H,W), 0 where not valid, of two images in their own unit."""
    if not valid.any():
        return np.zeros(before.shape, np.float32)
    stats = [normalise.statistics(image[valid]) for image in (before, after)]
    scale = normalise.pair_scale(*stats)
    rows, columns = before.shape
    fill = ((0, -rows % multiple), (0, -columns % multiple))
    images = [
        np.pad(normalise.apply(image, s, scale, valid), fill) for image, s in zip((before, after), stats, strict=True)
    ]
    return np.where(valid, predict(images[0], images[1])[:rows, :columns], 0.0).astype(np.float32)


def real_maps(predict: Predict, pairs: Iterable[RealPair], multiple: int = 8) -> list[np.ndarray]:
    """The probability map of each pair."""
    return [probability(predict, p.before, p.after, p.valid, multiple) for p in pairs]


def simulated_histogram(predict: Predict, pairs: Iterable, multiple: int = 8) -> Histogram:
    """Probabilities over changed and unchanged pixels of ``simulation.pairs.SimulatedPair``s."""
    histogram = Histogram()
    for pair in pairs:
        values = probability(predict, pair.before, pair.after, pair.valid, multiple)
        histogram.add(values, pair.truth, pair.valid)
    return histogram
