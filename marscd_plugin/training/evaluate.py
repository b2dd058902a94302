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


def sensitivity_by_kind(predict: Predict, pairs: Iterable, threshold: float, multiple: int = 8) -> dict[str, float]:
    """Share of changed pixels found, by kind of change (names of ``simulation.kinds.Kind``)."""
    from ..simulation.kinds import Kind

    found, there = dict.fromkeys(Kind, 0), dict.fromkeys(Kind, 0)
    for pair in pairs:
        mask = probability(predict, pair.before, pair.after, pair.valid, multiple) >= threshold
        for kind in Kind:
            of_kind = (pair.classes == kind) & pair.valid & (pair.truth > 0)
            there[kind] += int(of_kind.sum())
            found[kind] += int((mask & of_kind).sum())
    return {kind.name.lower(): found[kind] / there[kind] for kind in Kind if there[kind]}


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
