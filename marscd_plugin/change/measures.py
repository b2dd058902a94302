"""How right a change map is: measures per pixel against a truth raster, block by block.

The background dominates, so overall accuracy says little (Liu et al. 2025 score 99 % with an F1 near 0.7): all
measures stand side by side, and an undefined one is None, never 0.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from osgeo import gdal

from ..common.errors import InputError
from ..common.progress import Progress, Quiet
from ..common.rasters import Window, bounded_cache, windows
from ..common.words import MASK_NODATA
from .image import Image, open_image
from .pair import same_grid

#: Probabilities are sorted into so many equal bins for the average precision.
BINS = 1000


@dataclass(frozen=True)
class Measures:
    """Per-pixel measures of change against truth, 0..1 or None where undefined, and the counts they come from.

    ``false_positive_rate`` is 1 - specificity (the paper's "false discovery rate"). ``average_precision`` is the area
    under the precision-recall curve as a step function over ``BINS`` thresholds, None for a byte mask.
    ``prevalence`` is the share of true change: measures of two sets compare at like prevalence only.
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
    grid = images[0].grid
    with bounded_cache():
        for window in windows(grid.width, grid.height, progress):
            guess, true = _block(images, window)
            if not byte:
                if guess.size and not (guess.min() >= -1e-4 and guess.max() <= 1 + 1e-4):
                    raise InputError(
                        f"{images[0].name} holds {guess.min():g}..{guess.max():g}, and probabilities are 0..1.",
                        "Give a probability raster, or a byte mask.",
                    )
                bins = np.clip((guess * BINS).astype(np.int64), 0, BINS - 1)
                changed += np.bincount(bins[true], minlength=BINS)
                unchanged += np.bincount(bins[~true], minlength=BINS)
            said = guess != 0 if cut is None else guess >= cut
            # Index 2 * true + said: unchanged and quiet, false alarm, miss, hit.
            counts += np.bincount(2 * true.astype(np.int64) + said, minlength=4).reshape(2, 2)
    (tn, fp), (fn, tp) = counts.tolist()
    if tn + fp + fn + tp == 0:
        raise InputError(f"{predicted} and {truth} have no pixel to compare.", "Check their nodata values.")
    return measures_of(tp, fp, tn, fn, None if byte else average_precision(changed, unchanged), cut)


def _open_prediction(path: Path | str) -> Image:
    image = open_image(path)
    if not (_is_byte(image) or image.dataset.GetRasterBand(1).DataType in (gdal.GDT_Float32, gdal.GDT_Float64)):
        raise InputError(f"{path} is neither a byte mask nor a probability of floats.", "Convert it first.")
    return image


def _is_byte(image: Image) -> bool:
    return image.dataset.GetRasterBand(1).DataType == gdal.GDT_Byte


def _block(images: list[Image], window: Window) -> tuple[np.ndarray, np.ndarray]:
    """Predicted values and truth (bool) of the pixels of a window that count, flat."""
    guess, keep = images[0].read(window)
    true, also = images[1].read(window)
    keep &= also
    for image, values in zip(images[:2], (guess, true), strict=True):
        if _is_byte(image):
            keep &= values != MASK_NODATA
    if len(images) == 3:
        where, inside = images[2].read(window)
        keep &= inside & (where != 0)
    return guess[keep], true[keep] != 0


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
