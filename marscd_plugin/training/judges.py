"""What is judged: each detector as a function from a pair to a score map and the threshold of its own rule.

Models go the detector's way: ``inference.session`` loads them and ``inference.tiles`` runs them, with the pair's
normalisation. Of what may be told beside the images only the residual that the registration measured is told, and only
for real pairs, which are registered: so that what is scored is what users get.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from ..common.progress import Quiet
from ..common.rasters import Window
from ..inference import normalise
from ..inference.session import Model, load_model
from ..inference.tiles import run_tiles
from .baselines import BASELINES
from .protocol import EvalPair

#: A pair in; score 0..1 (H,W), 0 where not valid, and the threshold of the detector's own rule.
Judge = Callable[[EvalPair], tuple[np.ndarray, float]]

#: The detector writes probabilities in steps of 1/4096, and cuts what it wrote.
STEPS = np.float32(4096.0)


def model_judge(model: Model, screen: Model | None = None) -> Judge:
    """A model by its card's threshold; with ``screen``, only where that sees anything."""

    def judge(pair: EvalPair) -> tuple[np.ndarray, float]:
        return probability(model, pair, screen), model.card.threshold

    return judge


def load_judge(path: Path, threads: int = 2) -> tuple[Model, Judge]:
    """A model file. Raises ModelError."""
    model = load_model(path, "CPU", threads)
    return model, model_judge(model)


def baseline_judges() -> dict[str, Judge]:
    """The detectors without training, by name."""

    def wrapped(method) -> Judge:
        def judge(pair: EvalPair) -> tuple[np.ndarray, float]:
            score, cut = method(*normalised(pair), pair.valid)
            return np.where(pair.valid, score, 0).astype(np.float32), cut

        return judge

    return {name: wrapped(method) for name, method in BASELINES.items()}


def normalised(pair: EvalPair) -> tuple[np.ndarray, np.ndarray]:
    """Both images as network inputs: by each one's median and the pair's scale, 0 where not valid."""
    stats = [normalise.statistics(image[pair.valid]) for image in (pair.before, pair.after)]
    scale = normalise.pair_scale(*stats)
    first, second = (
        normalise.apply(image, s, scale, pair.valid) for image, s in zip((pair.before, pair.after), stats, strict=True)
    )
    return first, second


def probability(model: Model, pair: EvalPair, screen: Model | None = None) -> np.ndarray:
    """Probability of change (H,W) float32, in the detector's steps; 0 where not valid."""
    if not pair.valid.any():
        return np.zeros(pair.valid.shape, np.float32)
    rows, columns = pair.valid.shape
    result = np.zeros((rows, columns), np.float32)
    context = None if pair.measured_px is None else {"residual_px": pair.measured_px}
    for strip in run_tiles(
        model, array_reader(normalised(pair), pair.valid), columns, rows, Quiet(), context=context, screen=screen
    ):
        result[strip.window.slices] = np.rint(strip.output * STEPS) / STEPS
    return np.where(pair.valid, result, 0).astype(np.float32)


def array_reader(images: tuple[np.ndarray, np.ndarray], valid: np.ndarray):
    """Windows of arrays, 0 and not valid beyond their edges."""

    def read(window: Window) -> tuple[tuple[np.ndarray, ...], np.ndarray]:
        top, left = max(window.row, 0), max(window.column, 0)
        bottom = min(window.row + window.height, valid.shape[0])
        right = min(window.column + window.width, valid.shape[1])
        made: list[np.ndarray] = []
        for array in (*images, valid):
            part = np.zeros((window.height, window.width), array.dtype)
            if bottom > top and right > left:
                at = np.s_[top - window.row : bottom - window.row, left - window.column : right - window.column]
                part[at] = array[top:bottom, left:right]
            made.append(part)
        return (made[0], made[1]), made[2]

    return read


def judged(pairs: Iterator[EvalPair], judges: dict[str, Judge]) -> Iterator[tuple[EvalPair, str, np.ndarray, float]]:
    """Every pair by every judge: (pair, judge's name, score, threshold)."""
    for pair in pairs:
        for name, judge in judges.items():
            score, cut = judge(pair)
            yield pair, name, score, cut
