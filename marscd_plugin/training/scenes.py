"""Whole simulated slopes, to choose a threshold on: truly shaded ground under two suns, as nothing trained on is made.

Training patches are made harder than real pairs on purpose; a threshold that suits them leaves most real change unseen.
A scene is simulated from terrain to sensor instead (``simulation.scene``), with known truth and no drawn-in hardness.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..simulation.scene import Scene, palikir
from .scores import BINS, Histogram

#: Of the scenes; the demo's scene has another one.
SEEDS = (101, 102)
SIZE = 1024
#: Which epochs of the preset are compared: weeks, a season and a Mars year apart.
EPOCHS = ((0, 2), (1, 5), (0, 6), (4, 7))
#: A threshold is never lower, nor higher: a poor model is neither all alarm nor silenced.
LOWEST, HIGHEST = 0.01, 0.95


@dataclass(frozen=True)
class ScenePair:
    """Two images (rows, columns) of one scene, I/F, NaN-free; ``truth`` 0/1; ``valid`` where both saw the ground."""

    before: np.ndarray
    after: np.ndarray
    truth: np.ndarray
    valid: np.ndarray


def scene_pairs(seeds: Sequence[int] = SEEDS, size: int = SIZE) -> Iterator[ScenePair]:
    """Pairs as a good registration leaves them: no pointing error, the smooth residual warp of a tenth of a metre."""
    for seed in seeds:
        spec, epochs = palikir(size=size, seed=seed)
        scene = Scene(spec)
        pointed = [replace(e, shift_m=(0.0, 0.0), rotation=0.0) for e in epochs]
        for first, second in EPOCHS:
            images = [scene.image(pointed[i]) for i in (first, second)]
            valid = np.isfinite(images[0]) & np.isfinite(images[1])
            before, after = (np.where(valid, image, 0.0).astype(np.float32) for image in images)
            yield ScenePair(before, after, scene.truth(pointed[first], pointed[second]), valid)


def best_threshold(scenes: Histogram) -> float:
    """The threshold of the highest F1 at the paper's prevalence; the lowest of equals, for misses cost users more."""
    best, score = LOWEST, -1.0
    for index in range(round(LOWEST * BINS), round(HIGHEST * BINS) + 1):
        f1 = scenes.score(index / BINS).f1
        if f1 > score:
            best, score = index / BINS, f1
    return best
