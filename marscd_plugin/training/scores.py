"""Scores of probability maps against truth, gathered pair by pair in constant memory; numpy only.

Definitions (per pixel, change is positive): sensitivity = TP / P, specificity = TN / N, balanced accuracy their mean.
Precision and F1 depend on how common change is, so they are given at a stated prevalence ``q``::

    precision = q * sens / (q * sens + (1 - q) * (1 - spec)),   F1 = 2 * precision * sens / (precision + sens)

The paper's figures imply a prevalence near 1.7 % (shared/reference/papers.md 1.7).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

#: The prevalence at which figures stand beside the paper's.
PREVALENCE = 0.017

#: Probabilities are gathered in this many equal bins; thresholds are exact to one bin.
BINS = 1000


@dataclass(frozen=True)
class Score:
    """At one threshold; shares 0..1. ``f1`` and ``precision`` are at ``PREVALENCE``."""

    threshold: float
    sensitivity: float
    specificity: float
    balanced_accuracy: float
    precision: float
    f1: float


def f1_at(sensitivity: float, specificity: float, prevalence: float = PREVALENCE) -> tuple[float, float]:
    """(precision, F1) at a prevalence; both 0 where nothing is found."""
    hit = prevalence * sensitivity
    false = (1.0 - prevalence) * (1.0 - specificity)
    if hit <= 0.0:
        return 0.0, 0.0
    precision = hit / (hit + false)
    return precision, 2.0 * precision * sensitivity / (precision + sensitivity)


class Histogram:
    """Counts of probabilities over changed and over unchanged pixels."""

    def __init__(self) -> None:
        self.changed = np.zeros(BINS, np.int64)
        self.unchanged = np.zeros(BINS, np.int64)

    def add(self, probability: np.ndarray, truth: np.ndarray, valid: np.ndarray) -> None:
        """Add pixels where ``valid``; ``probability`` 0..1, ``truth`` non-zero = change, all one shape."""
        valid = np.asarray(valid, bool)
        index = np.clip((np.asarray(probability)[valid] * BINS).astype(np.int64), 0, BINS - 1)
        changed = np.asarray(truth)[valid] > 0.5
        self.changed += np.bincount(index[changed], minlength=BINS)
        self.unchanged += np.bincount(index[~changed], minlength=BINS)

    @property
    def prevalence(self) -> float:
        """Share of changed pixels in what was added."""
        total = int(self.changed.sum() + self.unchanged.sum())
        return float(self.changed.sum() / total) if total else 0.0

    def false_alarm_share(self, threshold: float) -> float:
        """Share of unchanged pixels at or above ``threshold``."""
        return _share_from(self.unchanged, threshold)

    def score(self, threshold: float) -> Score:
        """The scores at ``threshold`` (rounded to a bin's lower edge)."""
        sensitivity = _share_from(self.changed, threshold)
        specificity = 1.0 - _share_from(self.unchanged, threshold)
        precision, f1 = f1_at(sensitivity, specificity)
        return Score(threshold, sensitivity, specificity, 0.5 * (sensitivity + specificity), precision, f1)

    def threshold_for(self, specificity: float) -> float:
        """The lowest threshold at which at least ``specificity`` of the unchanged pixels stay below it."""
        total = int(self.unchanged.sum())
        if total == 0:
            return 0.0
        above = np.concatenate((np.cumsum(self.unchanged[::-1])[::-1], [0])) / total
        return float(np.argmax(above <= 1.0 - specificity + 1e-12) / BINS)


def _share_from(counts: np.ndarray, threshold: float) -> float:
    total = int(counts.sum())
    start = round(float(np.clip(threshold, 0.0, 1.0)) * BINS)
    return float(counts[start:].sum() / total) if total else 0.0


def count_bound(count: int) -> float:
    """Upper 95 % bound (one-sided) of a Poisson mean of which ``count`` events were seen; 3.0 for none.

    Exact (Garwood 1936): half the 95 % quantile of chi-square with 2 (count + 1) degrees of freedom.
    """
    from ..common.packages import need

    return float(0.5 * need("scipy.stats").chi2.ppf(0.95, 2 * (count + 1)))
