"""How right a change map is: measures per pixel, within a pixel, and per object against a truth raster, in strips.

The background dominates, so overall accuracy says little (Liu et al. 2025 score 99 % with an F1 near 0.7): all
measures stand side by side, and an undefined one is None, never 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from osgeo import gdal

from ..common.errors import InputError
from ..common.progress import Progress, Quiet, check
from ..common.rasters import Window, bounded_cache
from ..common.words import MASK_NODATA
from .image import Image, open_image
from .measures_objects import ObjectCounts, Objects, within_a_pixel
from .pair import same_grid

#: Probabilities are sorted into so many equal bins for the average precision.
BINS = 1000

#: Most pixels that are looked at together.
_STRIP_PIXELS = 4_000_000


@dataclass(frozen=True)
class Measures:
    """Per-pixel measures of change against truth, 0..1 or None where undefined, and the counts they come from.

    ``false_positive_rate`` is 1 - specificity (the paper's "false discovery rate"). ``average_precision`` is the area
    under the precision-recall curve as a step function over ``BINS`` thresholds, None for a byte mask.
    ``prevalence`` is the share of true change: measures of two sets compare at like prevalence only.

    ``*_1px``: a true pixel is found where any of the 3x3 around it was said; what was said is false only where no true
    pixel is among the 3x3 around it, and unchanged pixels beside change count nowhere. ``objects`` and the like:
    ``measures_objects``. They are None where a confusion matrix alone is known.
    """

    true_positives: int
    false_positives: int
    true_negatives: int
    false_negatives: int
    sensitivity: float | None
    specificity: float | None
    balanced_accuracy: float | None
    accuracy: float | None
    false_positive_rate: float | None
    precision: float | None
    f1: float | None
    iou: float | None
    average_precision: float | None
    prevalence: float | None
    threshold: float | None
    sensitivity_1px: float | None = None
    specificity_1px: float | None = None
    precision_1px: float | None = None
    f1_1px: float | None = None
    objects: int | None = None
    object_recall: float | None = None
    predicted_objects: int | None = None
    false_objects: int | None = None
    object_precision: float | None = None
    object_f1: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """JSON-able; None where undefined."""
        return asdict(self)


def measures_of(
    true_positives: int,
    false_positives: int,
    true_negatives: int,
    false_negatives: int,
    average_precision: float | None = None,
    threshold: float | None = None,
) -> Measures:
    """Measures of a confusion matrix of pixel counts."""
    tp, fp, tn, fn = (int(n) for n in (true_positives, false_positives, true_negatives, false_negatives))
    total = tp + fp + tn + fn
    sensitivity, specificity = _ratio(tp, tp + fn), _ratio(tn, tn + fp)
    both = sensitivity is not None and specificity is not None
    return Measures(
        true_positives=tp,
        false_positives=fp,
        true_negatives=tn,
        false_negatives=fn,
        sensitivity=sensitivity,
        specificity=specificity,
        balanced_accuracy=(sensitivity + specificity) / 2 if both else None,  # type: ignore[operator]
        accuracy=_ratio(tp + tn, total),
        false_positive_rate=_ratio(fp, tn + fp),
        precision=_ratio(tp, tp + fp),
        f1=_ratio(2 * tp, 2 * tp + fp + fn),
        iou=_ratio(tp, tp + fp + fn),
        average_precision=average_precision,
        prevalence=_ratio(tp + fn, total),
        threshold=threshold,
    )


def average_precision(changed: np.ndarray, unchanged: np.ndarray) -> float | None:
    """Sum over thresholds of precision times the gain in recall, from two histograms over rising probability.

    ``changed`` and ``unchanged`` count truly changed and unchanged pixels per bin. None where nothing truly changed.
    """
    total = int(changed.sum())
    if total == 0:
        return None
    hits, alarms = np.cumsum(changed[::-1]), np.cumsum((changed + unchanged)[::-1])
    precision = np.divide(hits, alarms, out=np.zeros(hits.shape), where=alarms > 0)
    return float(np.sum(precision * changed[::-1]) / total)


def evaluate(
    predicted: Path | str,
    truth: Path | str,
    valid: Path | str | None = None,
    threshold: float | None = None,
    progress: Progress | None = None,
) -> Measures:
    """Compare a prediction with the truth, band 1 of each, on equal grids.

    ``predicted`` of bytes is a mask (non-zero = change, ``threshold`` unused); of floats a probability 0..1, cut at
    ``threshold`` (None: 0.5). ``truth`` non-zero = change. Left out are nodata of either, 255 in byte rasters, and
    pixels where ``valid`` is zero or nodata. Raises InputError where grids differ or the prediction is neither.
    """
    progress = progress or Quiet()
    images = [_open_prediction(predicted), open_image(truth)]
    if valid is not None:
        images.append(open_image(valid))
    for image in images[1:]:
        if not same_grid(images[0].grid, image.grid):
            raise InputError(
                f"{image.name} and {images[0].name} do not lie on one grid.",
                "Both must have the same size, position, pixel size and CRS: warp one to the other first.",
            )
    byte = _is_byte(images[0])
    cut = None if byte else (0.5 if threshold is None else threshold)
    if cut is not None and not 0.0 <= cut <= 1.0:
        raise InputError(f"The threshold {cut:g} is not between 0 and 1.", "Give a probability.")
    changed, unchanged = np.zeros(BINS, np.int64), np.zeros(BINS, np.int64)
    counts = np.zeros((2, 2), np.int64)
    near, objects = np.zeros(3, np.int64), Objects()
    grid = images[0].grid
    with bounded_cache():
        for window, inner in _strips(grid.width, grid.height, progress):
            values, changed_here, keep = _block(images, window)
            said_here = keep & (values != 0 if cut is None else values >= cut)
            near_said, near_true = within_a_pixel(said_here), within_a_pixel(changed_here)
            values, changed_here, keep, said_here, near_said, near_true = (
                a[inner] for a in (values, changed_here, keep, said_here, near_said, near_true)
            )
            objects.add(changed_here, said_here, near_said & keep, near_true & keep)
            calm = keep & ~near_true
            near += ((near_said & changed_here).sum(), (said_here & calm).sum(), calm.sum())
            guess, true, said = values[keep], changed_here[keep], said_here[keep]
            if not byte:
                if guess.size and not (guess.min() >= -1e-4 and guess.max() <= 1 + 1e-4):
                    raise InputError(
                        f"{images[0].name} holds {guess.min():g}..{guess.max():g}, and probabilities are 0..1.",
                        "Give a probability raster, or a byte mask.",
                    )
                bins = np.clip((guess * BINS).astype(np.int64), 0, BINS - 1)
                changed += np.bincount(bins[true], minlength=BINS)
                unchanged += np.bincount(bins[~true], minlength=BINS)
            # Index 2 * true + said: unchanged and quiet, false alarm, miss, hit.
            counts += np.bincount(2 * true.astype(np.int64) + said, minlength=4).reshape(2, 2)
    (tn, fp), (fn, tp) = counts.tolist()
    if tn + fp + fn + tp == 0:
        raise InputError(f"{predicted} and {truth} have no pixel to compare.", "Check their nodata values.")
    plain = measures_of(tp, fp, tn, fn, None if byte else average_precision(changed, unchanged), cut)
    return _completed(plain, near, objects.finish())


def _completed(plain: Measures, near: np.ndarray, counts: ObjectCounts) -> Measures:
    """With what is found within a pixel (hits, false alarms, calm pixels) and objects."""
    hits, false, calm = (int(n) for n in near)
    changed = plain.true_positives + plain.false_negatives
    sensitivity, precision = _ratio(hits, changed), _ratio(hits, hits + false)
    recall, right = _ratio(counts.found, counts.objects), _ratio(counts.predicted - counts.false, counts.predicted)
    return replace(
        plain,
        sensitivity_1px=sensitivity,
        specificity_1px=_ratio(calm - false, calm),
        precision_1px=precision,
        f1_1px=_harmonic(precision, sensitivity),
        objects=counts.objects,
        object_recall=recall,
        predicted_objects=counts.predicted,
        false_objects=counts.false,
        object_precision=right,
        object_f1=_harmonic(right, recall),
    )


def _open_prediction(path: Path | str) -> Image:
    image = open_image(path)
    if not (_is_byte(image) or image.dataset.GetRasterBand(1).DataType in (gdal.GDT_Float32, gdal.GDT_Float64)):
        raise InputError(f"{path} is neither a byte mask nor a probability of floats.", "Convert it first.")
    return image


def _is_byte(image: Image) -> bool:
    return image.dataset.GetRasterBand(1).DataType == gdal.GDT_Byte


def _strips(width: int, height: int, progress: Progress) -> Iterator[tuple[Window, tuple[slice, slice]]]:
    """Strips of full width from the top, each a row taller at either end, and the strip itself inside that window."""
    rows = max(16, min(512, _STRIP_PIXELS // max(width, 1)))
    for top in range(0, height, rows):
        check(progress)
        bottom = min(top + rows, height)
        first, last = max(top - 1, 0), min(bottom + 1, height)
        yield Window(0, first, width, last - first), (slice(top - first, bottom - first), slice(0, width))
        progress.report(bottom / height)


def _block(images: list[Image], window: Window) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Predicted values, truth (bool, where compared) and which pixels are compared, of a window."""
    guess, keep = images[0].read(window)
    true, also = images[1].read(window)
    keep &= also
    for image, values in zip(images[:2], (guess, true), strict=True):
        if _is_byte(image):
            keep &= values != MASK_NODATA
    if len(images) == 3:
        where, inside = images[2].read(window)
        keep &= inside & (where != 0)
    return guess, keep & (true != 0), keep


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _harmonic(one: float | None, two: float | None) -> float | None:
    if one is None or two is None:
        return None
    return 2 * one * two / (one + two) if one + two else 0.0
