"""What the default change model learns from: drawings over training backdrops, and real pairs without change.

Everything is of the split ``train`` (``simulation.backdrops.split_of``) and of the training half of ``pairs/ctx``
without the groups that are kept for tuning. Drawings come in groups, because several pairs of one ground are cheaper
than several grounds.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ..common.errors import InputError
from ..simulation.backdrops import named_backdrops, simulated_backdrop
from ..simulation.drawing import draw_pairs
from ..simulation.inject import inject
from ..simulation.kinds import Kind
from ..simulation.pair import SimulatedPair
from .augment import Patch, crop, drawing
from .data import Backdrops
from .real import RealPair, real_pairs

#: Drawings a group.
GROUP = 4

#: Pixels a side: what the crops can give without being enlarged. Every other group is drawn wider, which enlarges its
#: ground by a quarter, and cut.
SIZE = 192
WIDER = 4 / 3

#: Chances of a group: simulated terrain, real pairs; the rest are real backdrops.
TERRAIN_SHARE = 0.08
REAL_SHARE = 0.10

#: Chance that a group over a backdrop holds lineae alone, and of these that they are narrow (1-3 pixels).
LINES_SHARE, NARROW_SHARE = 0.35, 0.4

#: Chance that change is drawn into a real pair.
INJECTED_SHARE = 0.5

#: Share of change that is paled till an eye can only just see it.
FAINT_SHARE = 0.12


def split_backdrops(shared: Path, split: str) -> Backdrops:
    """Real backdrops of a split, by observation. Raises InputError where the data are missing."""
    groups: dict[str, list[np.ndarray]] = {}
    for observation, folder, image in named_backdrops(shared, split):
        groups.setdefault(f"{observation} {folder}", []).append(image)
    if not groups:
        raise InputError(f"No backdrops were found in {shared}.", "Give the folder of real data with --shared.")
    names = sorted(groups)
    return Backdrops(tuple(sorted({n.split()[0] for n in names})), tuple(tuple(groups[n]) for n in names))


def as_patch(pair: SimulatedPair) -> Patch:
    """A simulated pair as a drawing, with what is known of it."""
    context = np.array([pair.incidence_before, pair.incidence_after, pair.azimuth_change, pair.residual_px], np.float32)
    return drawing(pair.before, pair.after, pair.truth, pair.valid, pair.classes, context, pair.ignore)


class Drawings:
    """``drawings(g)``: the g-th group of drawings, the same for a seed wherever and whenever it is drawn."""

    def __init__(self, backdrops: Backdrops, negatives: list[RealPair], seed: int, size: int = SIZE) -> None:
        for pair in negatives:
            # A guard, not a courtesy: evaluation sets must not slip in by a change elsewhere.
            if pair.evaluation_only:
                raise InputError(f"{pair.name} is for evaluation only.", "Take it out of the negatives.")
        self._backdrops, self._negatives, self._seed, self._size = backdrops, negatives, seed, size
        areas = np.array([p.before.size for p in negatives], float)
        self._chances = areas / areas.sum() if negatives else areas

    def __call__(self, group: int) -> list[Patch]:
        rng = np.random.default_rng((self._seed, 11, group))
        kind = rng.random()
        if self._negatives and kind < REAL_SHARE:
            return [self._real(rng) for _ in range(GROUP)]
        terrain = kind < REAL_SHARE + TERRAIN_SHARE
        backdrop = simulated_backdrop(rng, round(self._size * WIDER) + 64) if terrain else self._backdrops.draw(rng)
        lines = rng.random() < LINES_SHARE
        narrow = lines and rng.random() < NARROW_SHARE
        wide = rng.random() < 0.5
        pairs = draw_pairs(
            rng,
            backdrop,
            round(self._size * WIDER) if wide else self._size,
            GROUP,
            kinds=(Kind.RSL,) if lines else None,
            width=(1.0, 3.0) if narrow else None,
            faint=FAINT_SHARE,
        )
        return [crop(as_patch(pair), self._size, rng, 0.6) for pair in pairs]

    def _real(self, rng: np.random.Generator) -> Patch:
        pair = self._negatives[int(rng.choice(len(self._negatives), p=self._chances))]
        size = self._size
        top, left = (int(rng.integers(max(n - size, 0) + 1)) for n in pair.before.shape)
        window = np.s_[top : top + size, left : left + size]
        before, after, valid = pair.before[window], pair.after[window], pair.valid[window]
        truth = classes = np.zeros(before.shape, np.uint8)
        ignore = np.zeros(before.shape, bool)
        if min(before.shape) >= 32 and valid.any() and rng.random() < INJECTED_SHARE:
            drawn = inject(rng, before, after, valid, (Kind.RSL,) if rng.random() < 0.6 else None, faint=FAINT_SHARE)
            before, after, truth, classes, ignore = drawn.before, drawn.after, drawn.truth, drawn.classes, drawn.ignore
        pad = [(0, size - n) for n in before.shape]
        before, after, truth, classes, ignore, valid = (
            np.pad(a, pad) for a in (before, after, truth, classes, ignore, valid)
        )
        return drawing(before, after, truth, valid, classes, None, ignore)


def training_drawings(shared: Path, seed: int, size: int = SIZE) -> Drawings:
    """The groups of the shipped models: the training split, and the CTX pairs that may be trained on."""
    return Drawings(split_backdrops(shared, "train"), real_pairs(shared, "ctx_learn"), seed, size)
