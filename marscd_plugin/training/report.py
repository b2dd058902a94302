"""The accuracy table of a model file: what ``python -m marscd_plugin.training evaluate`` and the benchmark print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from .evaluate import (
    Predict,
    alarm_line,
    false_alarms,
    onnx_predict,
    probability,
    real_maps,
    score_line,
    sensitivity_by,
    simulated_histogram,
    strength,
)
from .real import EVALUATION_ONLY, RealPair, real_pairs
from .scores import Score

#: Pairs in the simulated test set, and the seed of its draw (validation during training uses another seed).
TEST_PAIRS = 160
TEST_SEED = 11

#: Lines of at least this strength (``evaluate.strength``) stand plainly out.
STRONG = 4.0

#: The paper's own figures on its labelled crater, and what they imply (shared/reference/papers.md 1.7).
PAPER = Score(0.5, 0.64, 0.996, 0.818, 0.73, 0.68)


@dataclass(frozen=True)
class Row:
    """One printed line, and the numbers in it by name."""

    text: str
    numbers: dict[str, float]


def accuracy_rows(model: Path, shared: Path, pairs: int = TEST_PAIRS) -> Iterator[Row]:
    """The table, row by row as it is measured. Raises ModelError and InputError."""
    from .data import validation_pairs

    card, predict = onnx_predict(model)
    threshold = card.threshold
    yield Row(f"Model {card.name} {card.version}, threshold {threshold:.3f}, from {model}", {"threshold": threshold})
    simulated = validation_pairs(shared, pairs, seed=TEST_SEED)
    histogram = simulated_histogram(predict, simulated, card.multiple)
    yield Row("", {})
    yield Row(f"SIMULATED change over real backdrops of observations that were not trained on ({pairs} pairs)", {})
    yield Row(f"{'':<28} {'threshold':>9} {'sens %':>8} {'spec %':>9} {'BA %':>8} {'prec %':>9} {'F1':>6}", {})
    for name, score in (
        ("at the card's threshold", histogram.score(threshold)),
        ("at specificity 99.6 %", histogram.score(histogram.threshold_for(0.996))),
    ):
        numbers = {"sensitivity": score.sensitivity, "specificity": score.specificity, "f1": score.f1}
        yield Row(score_line(name, score), numbers)
    yield Row(score_line("the paper, real RSL, derived", PAPER), {})
    yield Row(
        f"(precision and F1 at a prevalence of 1.7 %; the set's own is {100 * histogram.prevalence:.2f} %; "
        "the paper's row is another data set, not a comparison like with like)",
        {},
    )
    kinds, strengths = sensitivity_by(predict, simulated, threshold, card.multiple)
    yield Row("sensitivity by kind: " + ", ".join(f"{k} {100 * v:.0f} %" for k, v in kinds.items()), kinds)
    yield Row(
        "sensitivity by strength (object's difference over that of its surroundings): "
        + ", ".join(f"{k} {100 * v:.0f} %" for k, v in strengths.items()),
        strengths,
    )
    yield Row("", {})
    yield Row("REAL pairs without labelled change: what is flagged is a false alarm, or a change nobody labelled", {})
    yield Row(
        "(lines %: share found of simulated lineae drawn into the same pairs, at the same threshold; > 4x %: of those "
        "whose difference is over four times that of their surroundings)",
        {},
    )
    yield Row(
        f"{'set':<20} {'pairs':>5} {'MP':>6} {'flagged %':>9} {'95 % over pairs':>17} {'objects':>8} {'< (95 %)':>9} "
        f"{'< per 10MP':>10} {'lines %':>8} {'> 4x %':>8}",
        {},
    )
    for name in EVALUATION_ONLY:
        real = real_pairs(shared, name)
        alarms = false_alarms(name, real, real_maps(predict, real, card.multiple), threshold)
        every, plain = injected_sensitivity(predict, real, threshold, card.multiple)
        numbers = {name: alarms.share, f"{name} objects": float(alarms.objects)}
        numbers |= {f"{name} injected": every, f"{name} injected strong": plain}
        yield Row(f"{alarm_line(alarms)} {100 * every:8.1f} {100 * plain:8.1f}", numbers)


def with_lineae(pair: RealPair, seed: tuple[int, ...], side: int = 448) -> tuple[RealPair, np.ndarray]:
    """The pair with SIMULATED lineae drawn into every block of at most ``side`` pixels, and their truth (bool)."""
    from ..simulation.patch_changes import lineae
    from .data import inject

    before, after = pair.before.copy(), pair.after.copy()
    truth = np.zeros(pair.before.shape, bool)
    rows, columns = truth.shape
    for top in range(0, rows, side):
        for left in range(0, columns, side):
            window = np.s_[top : top + side, left : left + side]
            block = replace(pair, before=pair.before[window], after=pair.after[window], valid=pair.valid[window])
            rng = np.random.default_rng((*seed, top, left))
            before[window], after[window], drawn = inject(rng, block, lineae)
            truth[window] = drawn > 0
    return replace(pair, before=before, after=after), truth & pair.valid


def injected_sensitivity(
    predict: Predict, pairs: list[RealPair], threshold: float, multiple: int
) -> tuple[float, float]:
    """Shares found of the pixels of SIMULATED lineae drawn into real pairs: of all, and of those of strength over 4.

    A silent model cannot pass the table. Many of the lines are fainter than what moved around them (the crops were
    stretched, so that a line's few per cent are little of the grey scale): the second share leaves those out.
    """
    counts = np.zeros((2, 2))
    for index, pair in enumerate(pairs):
        changed, truth = with_lineae(pair, (TEST_SEED, index))
        mask = probability(predict, changed.before, changed.after, pair.valid, multiple) >= threshold
        strong = truth & (strength(changed.before, changed.after, truth, pair.valid) >= STRONG)
        for row, marked in enumerate((truth, strong)):
            counts[row] += (mask & marked).sum(), marked.sum()
    found, there = counts.T
    every, plain = found / np.maximum(there, 1)
    return float(every), float(plain)
