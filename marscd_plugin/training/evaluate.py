"""Accuracy of an exported model as a table: simulated pairs over unseen backdrops, and real pairs without change.

onnxruntime runs the file that users get; torch is not needed. Every pair is normalised by its own statistics and run
whole, padded to the model's multiple with zeros, which is what nodata is to the network.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..common.errors import InputError, ModelError
from ..common.packages import need
from ..common.words import ModelCard
from ..inference import normalise
from ..inference.card import read_card
from .real import RealPair
from .scores import Histogram, Score, bootstrap_bounds, count_bound

log = logging.getLogger(__name__)

#: Two normalised images (H,W) in, probability (H,W) out.
Predict = Callable[[np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class FalseAlarms:
    """On real pairs in which nothing is labelled as changed, at one threshold.

    ``share`` of the valid pixels are flagged, with 95 % ``low`` and ``high`` over whole pairs; they form ``objects``
    (8-connected), fewer than ``objects_bound`` with 95 % confidence in so many pixels (Poisson).
    """

    name: str
    pairs: int
    megapixels: float
    share: float
    low: float
    high: float
    objects: int
    objects_bound: float


def onnx_predict(path: Path, threads: int = 2) -> tuple[ModelCard, Predict]:
    """The card and the network of a model file. Raises ModelError."""
    card = read_card(path)
    runtime = need("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = threads
    try:
        session = runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises classes of its own, from several bases
        raise ModelError(f"{path} could not be loaded: {error}.", "Export the model again.") from error

    def predict(before: np.ndarray, after: np.ndarray) -> np.ndarray:
        feeds = dict(zip(card.inputs, (before[None, None], after[None, None]), strict=True))
        return np.asarray(session.run([card.output], feeds)[0])[0, 0]

    return card, predict


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


def false_alarms(name: str, pairs: Sequence[RealPair], maps: Sequence[np.ndarray], threshold: float) -> FalseAlarms:
    """What is flagged at ``threshold`` in pairs where nothing is labelled as changed."""
    if not pairs:
        raise InputError(f"The set {name} holds no pair.", "Check the folder given with --shared.")
    flagged, counted, objects = [], [], 0
    label = need("scipy.ndimage").label
    for pair, values in zip(pairs, maps, strict=True):
        mask = (values >= threshold) & pair.valid
        flagged.append(float(mask.sum()))
        counted.append(float(pair.valid.sum()))
        objects += int(label(mask, np.ones((3, 3)))[1])
    low, high = bootstrap_bounds(flagged, counted)
    total = sum(counted)
    share = sum(flagged) / total if total else 0.0
    return FalseAlarms(name, len(pairs), total / 1e6, share, low, high, objects, count_bound(objects))


def simulated_histogram(predict: Predict, pairs: Iterable, multiple: int = 8) -> Histogram:
    """Probabilities over changed and unchanged pixels of ``simulation.pairs.SimulatedPair``s."""
    histogram = Histogram()
    for pair in pairs:
        values = probability(predict, pair.before, pair.after, pair.valid, multiple)
        histogram.add(values, pair.truth, pair.valid)
    return histogram


#: Classes of strength of simulated objects against their surroundings, for the table.
STRENGTHS = ((0.0, 2.0), (2.0, 4.0), (4.0, 8.0), (8.0, np.inf))


def sensitivity_by(
    predict: Predict, pairs: Iterable, threshold: float, multiple: int = 8
) -> tuple[dict[str, float], dict[str, float]]:
    """Share of changed pixels found: by kind of change (``simulation.kinds.Kind``), and by ``strength``."""
    from ..simulation.kinds import Kind

    kinds: dict[str, list[int]] = {}
    strengths: dict[str, list[int]] = {}

    def add(counts: dict[str, list[int]], name: str, chosen: np.ndarray, mask: np.ndarray) -> None:
        found, there = counts.setdefault(name, [0, 0])
        counts[name] = [found + int((mask & chosen).sum()), there + int(chosen.sum())]

    for pair in pairs:
        mask = probability(predict, pair.before, pair.after, pair.valid, multiple) >= threshold
        marked = (pair.truth > 0) & pair.valid
        for kind in Kind:
            add(kinds, kind.name.lower(), marked & (pair.classes == kind), mask)
        seen = strength(pair.before, pair.after, pair.truth, pair.valid)
        for low, high in STRENGTHS:
            name = f"{low:g}-{high:g}x" if np.isfinite(high) else f"over {low:g}x"
            add(strengths, name, marked & (seen >= low) & (seen < high), mask)
    kind_shares, strength_shares = ({n: f / t for n, (f, t) in c.items() if t} for c in (kinds, strengths))
    return kind_shares, strength_shares


def strength(before: np.ndarray, after: np.ndarray, truth: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """How much stronger than its surroundings each changed object is: per pixel of ``truth``, 0 elsewhere; (H,W).

    The difference of the normalised dates is freed of what varies over more than 12 pixels; an object's mean absolute
    difference is divided by that of the unchanged rest. At 1 an object cannot be told from the differences that are
    not change (sun, displacement, noise); the measure knows nothing of any model.
    """
    ndimage = need("scipy.ndimage")
    marked = (np.asarray(truth) > 0) & valid
    rest = valid & ~ndimage.binary_dilation(marked, iterations=3)
    if not marked.any() or not rest.any():
        return np.zeros(before.shape, np.float32)
    stats = [normalise.statistics(image[valid]) for image in (before, after)]
    scale = normalise.pair_scale(*stats)
    images = [normalise.apply(i, s, scale, valid) for i, s in zip((before, after), stats, strict=True)]
    difference = images[1] - images[0]
    fast = np.abs(ndimage.gaussian_filter(difference - ndimage.gaussian_filter(difference, 12.0), 0.7))
    labels, count = ndimage.label(marked, np.ones((3, 3)))
    means = np.asarray(ndimage.mean(fast, labels, np.arange(count + 1))) / max(float(fast[rest].mean()), 1e-6)
    means[0] = 0.0
    return np.asarray(means[labels], np.float32)


def score_line(name: str, score: Score) -> str:
    """One row of the table of simulated change."""
    return (
        f"{name:<28} {score.threshold:9.3f} {100 * score.sensitivity:8.1f} {100 * score.specificity:9.2f} "
        f"{100 * score.balanced_accuracy:8.1f} {100 * score.precision:9.1f} {score.f1:6.3f}"
    )


def alarm_line(alarms: FalseAlarms) -> str:
    """One row of the table of real pairs."""
    return (
        f"{alarms.name:<20} {alarms.pairs:5d} {alarms.megapixels:6.2f} {100 * alarms.share:9.3f} "
        f"{100 * alarms.low:7.3f} .. {100 * alarms.high:6.3f} {alarms.objects:8d} {alarms.objects_bound:9.1f} "
        f"{10 * alarms.objects_bound / alarms.megapixels:10.0f}"
    )
