"""What one detector said of one pair, counted: per pixel, per pixel within one pixel, and per object.

Definitions, in force in every table of docs/accuracy.md:

- *strict*: every scored pixel by itself. *Within a pixel*: a changed pixel is found where any of the 3x3 pixels around
  it is flagged; a flagged pixel is a false alarm unless a changed one is among the 3x3 around it; unchanged pixels
  beside change are not counted at all, because the truth's edge is no better known than that.
- An *object* of the truth (one linea, crater, boulder ...) of at least ``MIN_PX`` scored pixels is *found* where at
  least ``OVERLAP`` of its pixels are found within a pixel.
- A *flagged object* is an 8-connected group of at least ``MIN_PX`` flagged pixels. It is *false* where it neither
  touches changed or unscored ground nor lies within a pixel of it.

Curves are kept as counts over the logit of the probability, in steps fine enough at both ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..common.packages import need
from .scores import PREVALENCE, f1_at

#: The smallest object that counts, in pixels, true or flagged: less is not told from noise by an eye either.
MIN_PX = 4

#: Share of a true object's pixels that must be found for the object to be found.
OVERLAP = 0.25

#: Logits -LIMIT..LIMIT in this many bins; what lies beyond goes into the outermost.
LIMIT, BINS = 12.0, 2400


def logit_bins(probability: np.ndarray) -> np.ndarray:
    """The bin of each probability 0..1 (any shape), int64."""
    p = np.clip(np.asarray(probability, np.float64), 1e-9, 1 - 1e-9)
    return np.clip(((np.log(p / (1 - p)) + LIMIT) * (BINS / (2 * LIMIT))).astype(np.int64), 0, BINS - 1)


def bin_probability() -> np.ndarray:
    """The probability at each bin's lower edge, (BINS,)."""
    return 1.0 / (1.0 + np.exp(-(-LIMIT + np.arange(BINS) * (2 * LIMIT / BINS))))


@dataclass
class Curve:
    """Counts of pixels by probability, changed and unchanged."""

    changed: np.ndarray = field(default_factory=lambda: np.zeros(BINS, np.int64))
    unchanged: np.ndarray = field(default_factory=lambda: np.zeros(BINS, np.int64))

    def add(self, probability: np.ndarray, changed: np.ndarray, unchanged: np.ndarray) -> None:
        """``changed`` and ``unchanged`` are bool masks over ``probability``; what is in neither does not count."""
        self.changed += np.bincount(logit_bins(probability[changed]), minlength=BINS)
        self.unchanged += np.bincount(logit_bins(probability[unchanged]), minlength=BINS)

    def join(self, other: Curve) -> None:
        self.changed = self.changed + other.changed
        self.unchanged = self.unchanged + other.unchanged

    def rates(self) -> tuple[np.ndarray, np.ndarray]:
        """(sensitivity, false-alarm rate) at each bin's lower edge as threshold, (BINS,)."""
        above = [np.cumsum(c[::-1])[::-1] / max(int(c.sum()), 1) for c in (self.changed, self.unchanged)]
        return above[0], above[1]

    def at_false_alarm_rate(self, rate: float) -> tuple[float, float, float]:
        """(threshold, sensitivity, false-alarm rate) at the lowest threshold whose rate is at most ``rate``."""
        sensitivity, false = self.rates()
        allowed = np.flatnonzero(false <= rate + 1e-12)
        if not allowed.size:
            return 1.0, 0.0, 0.0
        index = int(allowed[0])
        return float(bin_probability()[index]), float(sensitivity[index]), float(false[index])

    def average_precision(self, prevalence: float = PREVALENCE) -> float:
        """Area under precision over recall (a step function) were change that common."""
        sensitivity, false = self.rates()
        hit, wrong = prevalence * sensitivity, (1 - prevalence) * false
        precision = np.divide(hit, hit + wrong, out=np.zeros(BINS), where=hit > 0)
        gain = sensitivity - np.concatenate((sensitivity[1:], [0.0]))
        return float(np.sum(precision * gain))

    def best_f1(self, prevalence: float = PREVALENCE) -> float:
        """The highest F1 any threshold reaches on these very data: a ceiling, never a score."""
        return max(f1_at(float(s), 1.0 - float(f), prevalence)[1] for s, f in zip(*self.rates(), strict=True))

    def reliability(self, edges: np.ndarray) -> list[tuple[float, float, int]]:
        """(mean probability, share truly changed, pixels) per class of probability, empty ones left out."""
        middle = 1.0 / (1.0 + np.exp(-(-LIMIT + (np.arange(BINS) + 0.5) * (2 * LIMIT / BINS))))
        total = self.changed + self.unchanged
        which = np.clip(np.digitize(middle, edges) - 1, 0, len(edges) - 2)
        rows = []
        for k in range(len(edges) - 1):
            chosen = which == k
            count = int(total[chosen].sum())
            if count:
                mean = float((middle[chosen] * total[chosen]).sum() / count)
                rows.append((mean, float(self.changed[chosen].sum() / count), count))
        return rows

    def calibration_error(self) -> float:
        """Expected calibration error over 15 equal classes of probability, at the data's own prevalence."""
        rows = self.reliability(np.linspace(0.0, 1.0, 16))
        total = sum(n for _, _, n in rows)
        return float(sum(abs(p - share) * n for p, share, n in rows) / total) if total else 0.0


@dataclass(frozen=True)
class ObjectTally:
    """One true object: what it was, its scored pixels, and how many of them were found strictly and within a pixel."""

    kind: str
    width_px: float
    strength: float
    area_px: int
    found_px: int
    near_px: int

    @property
    def found(self) -> bool:
        return self.near_px >= OVERLAP * self.area_px


@dataclass(frozen=True)
class PairTally:
    """Counts of one pair at the rule's threshold. ``near_*`` are within a pixel; ``specks`` are false objects too small
    to count, ``false_objects`` those of ``MIN_PX`` or more. ``site`` is what bootstrap draws."""

    part: str
    name: str
    site: str
    threshold: float
    hits: int
    changed: int
    false: int
    unchanged: int
    near_hits: int
    near_false: int
    near_unchanged: int
    false_objects: int
    specks: int
    objects: tuple[ObjectTally, ...] = ()
    turn: float | None = None
    residual_px: float | None = None

    @property
    def megapixels(self) -> float:
        return (self.changed + self.unchanged) / 1e6


def changed_and_not(truth: np.ndarray, scored: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(changed, unchanged, unchanged but not beside change) as bool masks; ``scored`` is where pixels count."""
    ndimage = need("scipy.ndimage")
    changed = np.asarray(truth, bool) & scored
    unchanged = scored & ~changed
    beside = ndimage.binary_dilation(np.asarray(truth, bool), np.ones((3, 3)))
    return changed, unchanged, unchanged & ~beside


def count_objects(
    mask: np.ndarray, truth: np.ndarray, scored: np.ndarray, valid: np.ndarray, least: int = MIN_PX
) -> tuple[int, int]:
    """(false objects of ``least`` pixels or more, smaller ones) among the 8-connected groups of ``mask``.

    ``valid`` is where both dates were seen, ``scored`` where pixels count; a group that touches valid ground which does
    not count (excluded, or too faint to be called change or not) is not counted either.
    """
    ndimage = need("scipy.ndimage")
    labels, count = ndimage.label(mask & valid, np.ones((3, 3)))
    if count == 0:
        return 0, 0
    excused = ndimage.binary_dilation(np.asarray(truth, bool), np.ones((3, 3))) | (valid & ~scored)
    sizes = np.bincount(labels.ravel(), minlength=count + 1)[1:]
    touched = np.bincount(labels[excused], minlength=count + 1)[1:] > 0
    false = sizes[~touched]
    return int((false >= least).sum()), int((false < least).sum())


def coverage(
    mask: np.ndarray, labels: np.ndarray, scored: np.ndarray, size: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Per object id 0..size-1: scored pixels, those flagged, those flagged within a pixel."""
    ndimage = need("scipy.ndimage")
    inside = scored & (labels > 0)
    near = ndimage.binary_dilation(mask, np.ones((3, 3)))
    counts = [np.bincount(labels[where], minlength=size) for where in (inside, inside & mask, inside & near)]
    return counts[0], counts[1], counts[2]
