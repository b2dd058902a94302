"""What is looked at while a model is fitted, and how its threshold is chosen. Evaluation-only sets are not touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from ..simulation.pairs import SimulatedPair
from .data import validation_pairs
from .evaluate import Predict, real_maps, simulated_histogram
from .real import RealPair, real_pairs
from .scores import BINS, Histogram

#: Simulated pairs that are looked at during training.
CHECK_PAIRS = 40

#: The threshold is the lowest that flags at most this share of the pixels of real pairs without change (the CTX
#: training half): the paper's own false-positive rate, 1 - 0.996. The simulated validation pairs do not set it: they
#: are made harder than real ones on purpose, and a threshold that suits them leaves most real change unseen.
MOST_FALSE_ALARMS = 0.004
#: A threshold is never lower: below it the share is not resolved.
LEAST_THRESHOLD = 0.01


def torch_predict(network: torch.nn.Module) -> Predict:
    """``network`` (logits) as a prediction of one pair, in evaluation mode and float32."""

    def predict(before: np.ndarray, after: np.ndarray) -> np.ndarray:
        device = next(network.parameters()).device
        training = network.training
        network.eval()
        with torch.no_grad():
            tensors = (torch.from_numpy(np.ascontiguousarray(a))[None, None].to(device) for a in (before, after))
            values = torch.sigmoid(network(*tensors))[0, 0].cpu().numpy()
        network.train(training)
        return np.asarray(values)

    return predict


@dataclass(frozen=True)
class Monitor:
    """Pairs that are looked at: simulated over held observations, real negatives trained on, real ones held."""

    simulated: Sequence[SimulatedPair]
    trained: Sequence[RealPair]
    held: Sequence[RealPair]

    @classmethod
    def of(cls, shared: Path, count: int = CHECK_PAIRS) -> Monitor:
        """From the folder of real data."""
        return cls(validation_pairs(shared, count), real_pairs(shared, "ctx_train"), real_pairs(shared, "ctx_held"))

    def histograms(self, network: torch.nn.Module) -> tuple[Histogram, Histogram, Histogram]:
        """Of the simulated pairs, the real negatives that were trained on, and the held ones."""
        predict = torch_predict(network)
        simulated = simulated_histogram(predict, self.simulated)
        made = []
        for pairs in (self.trained, self.held):
            histogram = Histogram()
            for pair, values in zip(pairs, real_maps(predict, pairs), strict=True):
                histogram.add(values, np.zeros(values.shape), pair.valid)
            made.append(histogram)
        return simulated, made[0], made[1]

    def check(self, export: Callable[[torch.nn.Module, dict[str, float]], None] | None = None):
        """A function for ``fit``: scores for the log, and after them ``export(network, scores)`` where given."""

        def look(network: torch.nn.Module, _step: int) -> dict[str, float]:
            scores = summary(*self.histograms(network))
            if export is not None:
                export(network, scores)
            return scores

        return look


def choose_threshold(trained: Histogram) -> float:
    """The lowest threshold that keeps the promise above; at most 0.95, so that a poor model is not silenced."""
    for index in range(BINS):
        threshold = index / BINS
        if trained.false_alarm_share(threshold) <= MOST_FALSE_ALARMS:
            return float(min(max(threshold, LEAST_THRESHOLD), 0.95))
    return 0.95


def summary(simulated: Histogram, trained: Histogram, held: Histogram) -> dict[str, float]:
    """The threshold and the scores at it, by name."""
    threshold = choose_threshold(trained)
    score = simulated.score(threshold)
    fixed = simulated.score(simulated.threshold_for(0.996))
    return {
        "threshold": threshold,
        "simulated_sensitivity": score.sensitivity,
        "simulated_specificity": score.specificity,
        "simulated_balanced_accuracy": score.balanced_accuracy,
        "simulated_f1_at_1.7_percent": score.f1,
        "simulated_sensitivity_at_specificity_0.996": fixed.sensitivity,
        "ctx_train_flagged": trained.false_alarm_share(threshold),
        "ctx_held_flagged": held.false_alarm_share(threshold),
    }
