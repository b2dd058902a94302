"""The accuracy table of a model file: what ``python -m marscd_plugin.training evaluate`` and the benchmark print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .evaluate import (
    alarm_line,
    false_alarms,
    onnx_predict,
    real_maps,
    score_line,
    sensitivity_by_kind,
    simulated_histogram,
)
from .real import EVALUATION_ONLY, real_pairs
from .scores import Score

#: Pairs in the simulated test set, and the seed of its draw (validation during training uses another seed).
TEST_PAIRS = 160
TEST_SEED = 11

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
    kinds = sensitivity_by_kind(predict, simulated, threshold, card.multiple)
    yield Row("sensitivity by kind: " + ", ".join(f"{k} {100 * v:.0f} %" for k, v in kinds.items()), kinds)
    yield Row("", {})
    yield Row("REAL pairs without labelled change: what is flagged is a false alarm, or a change nobody labelled", {})
    yield Row(
        f"{'set':<20} {'pairs':>5} {'MP':>6} {'flagged %':>9} {'95 % over pairs':>17} {'objects':>8} {'< (95 %)':>9} "
        f"{'< per 10MP':>10}",
        {},
    )
    for name in EVALUATION_ONLY:
        real = real_pairs(shared, name)
        alarms = false_alarms(name, real, real_maps(predict, real, card.multiple), threshold)
        yield Row(alarm_line(alarms), {name: alarms.share, f"{name} objects": float(alarms.objects)})
