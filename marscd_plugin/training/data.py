"""What the network learns from: simulated change over real and simulated backdrops, and real pairs without change.

Splits are by observation, never by crop (``held``). ``simulation.backdrops`` gives out no observation that an
evaluation-only pair shows, and ``TrainingPairs`` refuses such pairs as negatives.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ..common.errors import InputError
from ..simulation.backdrops import SPLITS, named_backdrops, simulated_backdrop, split_of
from ..simulation.fields import blur
from ..simulation.pairs import SimulatedPair, make_pair
from ..simulation.patch_changes import Canvas, draw_changes, soften
from .augment import Patch, normalised
from .real import RealPair, real_pairs

#: Pixels a side of a drawn patch; a crop of it is shown, so that one drawing gives several views.
DRAWN = 288

#: Chances of the kinds of example: real no-change pairs, simulated terrain; the rest are real backdrops.
REAL_SHARE = 0.15
TERRAIN_SHARE = 0.08

#: Over the first so many draws, what is not change (sun, displacement, haze) grows from nothing to its full strength:
#: a network that meets everything at once says "no change" everywhere for its first hundreds of steps.
RAMP = 1500

#: Chance that something changes in a simulated pair, and that change is drawn into a real one. Unchanged ground is
#: plentiful in either case.
CHANGED_SHARE = 0.75
INJECTED_SHARE = 0.45


@dataclass(frozen=True)
class Backdrops:
    """Real backdrops, float32 (H,W) with NaN where nothing was seen, grouped by observation and kind."""

    observations: tuple[str, ...]
    groups: tuple[tuple[np.ndarray, ...], ...]

    def draw(self, rng: np.random.Generator) -> np.ndarray:
        """One at random: an observation by the square root of its number of images, then any of it."""
        weights = np.sqrt([len(g) for g in self.groups])
        group = self.groups[int(rng.choice(len(self.groups), p=weights / weights.sum()))]
        return group[int(rng.integers(len(group)))]


def held(observation: str) -> bool:
    """Whether an observation is kept for validation: a fixed hash of its name, so the same on every machine.

    What ``simulation.backdrops.split_of`` calls test or tune, that is the lowest 30 % of the hash, is held.
    """
    return split_of(observation) != "train"


def load_backdrops(shared: Path, training: bool) -> Backdrops:
    """Real backdrops of one side of the split. Raises InputError where the data are missing."""
    groups: dict[str, list[np.ndarray]] = {}
    for part in SPLITS:
        for observation, folder, image in named_backdrops(shared, part):
            # One raw channel is all there is at the sensor's own scale: it is for training, as simulation has it.
            if (folder == "native" or not held(observation)) == training:
                groups.setdefault(f"{observation} {folder}", []).append(image)
    if not groups:
        raise InputError(f"No backdrops were found in {shared}.", "Give the folder of real data with --shared.")
    names = sorted(groups)
    return Backdrops(tuple(sorted({n.split()[0] for n in names})), tuple(tuple(groups[n]) for n in names))


def inject(
    rng: np.random.Generator, pair: RealPair, draw: Callable[[np.random.Generator, Canvas], None] = draw_changes
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Simulated change drawn into a real pair without change: (before, after, truth 0/1), float32.

    The drawing works on squares: the pair is thought continued by reflection, and what falls outside it is lost.
    """
    rows, columns = pair.before.shape
    n = max(rows, columns)
    image = np.pad(pair.before, ((0, n - rows), (0, n - columns)), mode="symmetric")
    smooth = blur(image, 3.0)
    gy, gx = np.gradient(smooth)
    norm = 4.0 * float(np.sqrt(np.mean(gx * gx + gy * gy))) + 1e-6
    angle, sun = rng.uniform(0, 2 * math.pi, 2)
    canvas = Canvas(
        n,
        (math.cos(angle), math.sin(angle)),
        ((gx / norm).astype(np.float32), (gy / norm).astype(np.float32)),
        np.abs(image - smooth),
        (math.cos(sun), math.sin(sun)),
    )
    draw(rng, canvas)
    soften(canvas, float(rng.uniform(0.2, 0.6)))
    before = pair.before * canvas.before[:rows, :columns]
    after = pair.after * canvas.after[:rows, :columns]
    return before, after, canvas.truth[:rows, :columns].astype(np.float32)


class TrainingPairs:
    """The stream of training patches: ``pairs(i)`` is the i-th, the same for a seed wherever it is drawn."""

    def __init__(self, backdrops: Backdrops, negatives: list[RealPair], seed: int, drawn: int = DRAWN) -> None:
        for pair in negatives:
            # A guard, not a courtesy: evaluation sets must not slip in by a change elsewhere.
            if pair.evaluation_only:
                raise InputError(f"{pair.name} is for evaluation only.", "Take it out of the negatives.")
        self._backdrops, self._negatives, self._seed, self._drawn = backdrops, negatives, seed, drawn
        areas = np.array([p.before.size for p in negatives], float)
        self._chances = areas / areas.sum() if negatives else areas

    def __call__(self, index: int) -> Patch:
        rng = np.random.default_rng((self._seed, 1, index))
        kind = rng.random()
        if self._negatives and kind < REAL_SHARE:
            return self._real(rng)
        ground = kind < REAL_SHARE + TERRAIN_SHARE
        backdrop = simulated_backdrop(rng, self._drawn + 64) if ground else self._backdrops.draw(rng)
        changed = bool(rng.random() < CHANGED_SHARE)
        difficulty, contrast = _hardness(rng, index, changed)
        pair = make_pair(rng, backdrop, self._drawn, change=changed, difficulty=difficulty, contrast=contrast)
        return normalised(pair.before, pair.after, pair.truth, pair.valid, rng)

    def _real(self, rng: np.random.Generator) -> Patch:
        pair = self._negatives[int(rng.choice(len(self._negatives), p=self._chances))]
        if min(pair.before.shape) > self._drawn:
            top, left = (int(rng.integers(n - self._drawn + 1)) for n in pair.before.shape)
            window = np.s_[top : top + self._drawn, left : left + self._drawn]
            pair = replace(pair, before=pair.before[window], after=pair.after[window], valid=pair.valid[window])
        if rng.random() < INJECTED_SHARE:
            before, after, truth = inject(rng, pair)
        else:
            before, after, truth = pair.before, pair.after, np.zeros(pair.before.shape, np.float32)
        return normalised(before, after, truth, pair.valid, rng)


def _hardness(rng: np.random.Generator, index: int, changed: bool) -> tuple[float, float | None]:
    """(difficulty 0..1, contrast of the backdrop or None for the simulation's own draw) of the ``index``-th pair.

    Up to ``RAMP`` the difficulty grows. Unchanged pairs are as hard as the simulation makes them, while change is
    drawn on ground of at most 10 % contrast and under milder differences: in about one pair in eight the change was
    invisible otherwise (a smoothed difference finds under a tenth of it), and what cannot be seen cannot be learned.
    Test pairs keep the full range.
    """
    ramp = min(1.0, index / RAMP)
    if not changed:
        return ramp * float(rng.beta(1.3, 1.3)), None
    return ramp * float(rng.beta(1.1, 1.7)), float(np.exp(rng.uniform(math.log(0.006), math.log(0.1))))


def training_pairs(shared: Path, seed: int) -> TrainingPairs:
    """The stream of the shipped model: training observations and the CTX pairs of the training half."""
    return TrainingPairs(load_backdrops(shared, True), real_pairs(shared, "ctx_train"), seed)


def validation_pairs(shared: Path, count: int, size: int = 256, seed: int = 0) -> list[SimulatedPair]:
    """``count`` simulated pairs over backdrops of held observations; the same for a seed.

    Every other pair holds no change.
    """
    backdrops = load_backdrops(shared, False)
    made = []
    for index in range(count):
        rng = np.random.default_rng((seed, 3, index))
        made.append(make_pair(rng, backdrops.draw(rng), size, change=index % 2 == 0))
    return made
