"""Accuracy measures as an HTML page with their definitions."""

from __future__ import annotations

from html import escape
from pathlib import Path

from ..common.files import write_text
from .measures import Measures
from .measures_objects import LEAST, OVERLAP
from .page import page, table

_MEANING = (
    ("sensitivity", "Sensitivity (recall)", "share of true change that was found: TP / (TP + FN)"),
    ("specificity", "Specificity", "share of unchanged ground left alone: TN / (TN + FP)"),
    ("balanced_accuracy", "Balanced accuracy", "mean of sensitivity and specificity"),
    ("accuracy", "Accuracy", "share of all pixels that are right; high wherever change is rare"),
    ("false_positive_rate", "False-positive rate", "1 - specificity: FP / (TN + FP)"),
    ("precision", "Precision", "share of what was found that is true: TP / (TP + FP)"),
    ("f1", "F1", "2 TP / (2 TP + FP + FN)"),
    ("iou", "Intersection over union", "TP / (TP + FP + FN)"),
    ("average_precision", "Average precision", "area under precision over recall, of a probability; threshold-free"),
    ("sensitivity_1px", "Sensitivity within a pixel", "true pixels with a flagged one among the 3x3 around them"),
    ("specificity_1px", "Specificity within a pixel", "of unchanged pixels that do not touch change"),
    ("precision_1px", "Precision within a pixel", "hits within a pixel over them and false alarms away from change"),
    ("f1_1px", "F1 within a pixel", "harmonic mean of the two"),
    (
        "object_recall",
        "Object recall",
        f"share of true objects (from {LEAST} pixels) found by {OVERLAP:.0%}",
    ),
    ("object_precision", "Object precision", "share of flagged objects that touch change or lie within a pixel of it"),
    ("object_f1", "Object F1", "harmonic mean of the two"),
    ("prevalence", "Prevalence", "share of true change; compare sets at like prevalence only"),
)


def write_measures_report(
    path: Path | str, measures: Measures, predicted: Path | str, truth: Path | str, threshold: float | None = None
) -> None:
    """Write one HTML page. ``threshold`` is shown where the measures hold none. Raises OutputError."""
    values = measures.as_dict()
    rows = [
        ((name,), "undefined" if values[key] is None else f"{values[key]:.4f}", (meaning,))
        for key, name, meaning in _MEANING
    ]
    cut = measures.threshold
    if cut is not None:
        how = f"Probability cut at {cut:g}."
    else:
        how = "A byte mask: non-zero is change" + (
            f"; the threshold {threshold:g} was not needed." if threshold else "."
        )
    counts = [
        (("True change",), f"{measures.true_positives:,}", f"{measures.false_negatives:,}"),
        (("Unchanged",), f"{measures.false_positives:,}", f"{measures.true_negatives:,}"),
    ]
    things = [
        (("True objects",), _count(measures.objects)),
        (("Flagged objects",), _count(measures.predicted_objects)),
        (("False objects",), _count(measures.false_objects)),
    ]
    inputs = f"<p>Predicted: {escape(str(predicted))}<br>Truth: {escape(str(truth))}<br>{escape(how)}</p>"
    measured = table(("Measure", "Value", "Meaning"), rows)
    pixels = table(("", "Said: change", "Said: no change"), counts)
    objects = "<h2>Objects</h2>" + table((), things)
    write_text(path, page("Accuracy of a change map", inputs, measured, "<h2>Pixels</h2>", pixels, objects))


def _count(value: int | None) -> str:
    return "unknown" if value is None else f"{value:,}"
