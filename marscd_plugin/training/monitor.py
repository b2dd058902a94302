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
from .scenes import ScenePair, best_threshold, scene_pairs
from .scores import Histogram

#: Simulated pairs that are looked at during training.
CHECK_PAIRS = 40


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
    """Pairs that are looked at: simulated over held observations, whole scenes, real negatives trained on, and held."""

    simulated: Sequence[SimulatedPair]
    scenes: Sequence[ScenePair]
    trained: Sequence[RealPair]
    held: Sequence[RealPair]

    @classmethod
    def of(cls, shared: Path, count: int = CHECK_PAIRS) -> Monitor:
        """From the folder of real data."""
        return cls(
            validation_pairs(shared, count),
            tuple(scene_pairs()),
            real_pairs(shared, "ctx_train"),
            real_pairs(shared, "ctx_held"),
        )

    def histograms(self, network: torch.nn.Module) -> tuple[Histogram, Histogram, Histogram, Histogram]:
        """Of the simulated pairs, the scenes, the real negatives that were trained on, and the held ones."""
        predict = torch_predict(network)
        made = [simulated_histogram(predict, self.simulated), simulated_histogram(predict, self.scenes)]
        for pairs in (self.trained, self.held):
            histogram = Histogram()
            for pair, values in zip(pairs, real_maps(predict, pairs), strict=True):
                histogram.add(values, np.zeros(values.shape), pair.valid)
            made.append(histogram)
        return made[0], made[1], made[2], made[3]

    def check(self, export: Callable[[torch.nn.Module, dict[str, float]], None] | None = None):
        """A function for ``fit``: scores for the log, and after them ``export(network, scores)`` where given."""

        def look(network: torch.nn.Module, _step: int) -> dict[str, float]:
            scores = summary(*self.histograms(network))
            if export is not None:
                export(network, scores)
            return scores

        return look


def summary(simulated: Histogram, scenes: Histogram, trained: Histogram, held: Histogram) -> dict[str, float]:
    """The threshold and the scores at it, by name."""
    threshold = best_threshold(scenes)
    score, scene = simulated.score(threshold), scenes.score(threshold)
    fixed = simulated.score(simulated.threshold_for(0.996))
    return {
        "threshold": threshold,
        "scene_sensitivity": scene.sensitivity,
        "scene_specificity": scene.specificity,
        "scene_f1_at_1.7_percent": scene.f1,
        "simulated_sensitivity": score.sensitivity,
        "simulated_specificity": score.specificity,
        "simulated_balanced_accuracy": score.balanced_accuracy,
        "simulated_f1_at_1.7_percent": score.f1,
        "simulated_sensitivity_at_specificity_0.996": fixed.sensitivity,
        "ctx_train_flagged": trained.false_alarm_share(threshold),
        "ctx_held_flagged": held.false_alarm_share(threshold),
    }
