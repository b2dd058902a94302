"""Batches for fine-tuning: windows around the user's verdicts, and simulated drawings against forgetting.

Half of every batch is simulated change over simulated terrain (``simulation``): a network that saw a dozen verdicts
alone would soon know nothing else. Held-out ground is blanked, as where there are no data.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..common.progress import Progress, check
from ..common.rasters import Window
from ..simulation.backdrops import simulated_backdrop
from ..simulation.drawing import draw_pairs
from .augment import Patch, as_in_a_scene, crop, vary
from .drawings import GROUP, as_patch
from .feed import Batch, stack
from .teach_pairs import JudgedPair, Verdict
from .teach_split import Split

#: Chances of a window of the user's: around an accepted verdict, a rejected one; the rest anywhere in a complete pair.
ACCEPTED_SHARE, REJECTED_SHARE = 0.45, 0.4

#: Distinct numbers of the drawings that are learned from, and of those that only judge what was forgotten.
LEARNED_DRAWINGS, JUDGING_DRAWINGS = 31, 32


def rehearsal(seed: int, number: int, size: int, purpose: int = LEARNED_DRAWINGS) -> list[Patch]:
    """The ``number``-th group of simulated drawings over simulated terrain, the same for a seed."""
    rng = np.random.default_rng((seed, purpose, number))
    backdrop = simulated_backdrop(rng, max(size, 64) + 64)
    return [as_patch(pair) for pair in draw_pairs(rng, backdrop, size, GROUP)]


class TeachFeed:
    """A ``feed.Source``. ``progress`` hears of every batch; ``drawn`` counts batches over all resumed parts."""

    def __init__(
        self,
        pairs: Sequence[JudgedPair],
        split: Split,
        *,
        batch: int,
        size: int,
        groups: int,
        seed: int,
        steps: int,
        progress: Progress,
        done: int = 0,
    ) -> None:
        self._pairs, self._split, self._batch, self._size = pairs, split, batch, size
        self._groups, self._seed, self._steps, self._progress = groups, seed, steps, progress
        self._done, self.drawn = done, 0
        self._rng = np.random.default_rng((seed, 22, done))
        self._kept: list[Patch] = []
        learned = [(p, v) for p in pairs for v in p.verdicts if v.number not in split.held_numbers]
        self._accepted = [one for one in learned if one[1].accepted]
        self._rejected = [one for one in learned if not one[1].accepted]
        self._complete = [p for p in pairs if p.complete]

    def batch(self) -> Batch:
        """The next batch: half the user's, half simulated."""
        rng = self._rng
        own = self._batch // 2
        patches = [vary(self._own(rng), rng) for _ in range(own)]
        for _ in range(self._batch - own):
            patches.append(vary(as_in_a_scene(crop(self._drawing(rng), self._size, rng, 0.6), rng), rng))
        self.drawn += 1
        step = self._done + self.drawn
        if step % 5 == 1 or step == self._steps:
            self._progress.report(min(step / self._steps, 1.0), f"Step {step} of {self._steps}")
        return stack(patches)

    def _drawing(self, rng: np.random.Generator) -> Patch:
        """One of the simulated drawings; a new group is drawn while they are few."""
        number = len(self._kept) // GROUP
        if number < self._groups:
            check(self._progress)
            self._kept += rehearsal(self._seed, number, self._size)
        return self._kept[int(rng.integers(len(self._kept)))]

    def _own(self, rng: np.random.Generator) -> Patch:
        chance = rng.random()
        chosen = self._accepted
        if self._rejected and chance >= ACCEPTED_SHARE and not (self._complete and chance >= 0.85):
            chosen = self._rejected
        elif self._complete and chance >= ACCEPTED_SHARE:
            pair = self._complete[int(rng.integers(len(self._complete)))]
            area = pair.overlap
            column = area.column + int(rng.integers(max(area.width, 1)))
            row = area.row + int(rng.integers(max(area.height, 1)))
            return self._patch(pair, column, row, rng)
        pair, verdict = chosen[int(rng.integers(len(chosen)))]
        return self._patch(pair, *_point(verdict, rng), rng)

    def _patch(self, pair: JudgedPair, column: int, row: int, rng: np.random.Generator) -> Patch:
        """A window that holds a point, not too near its edge, held-out ground blanked."""
        size, edge = self._size, self._size // 6
        window = Window(
            column - int(rng.integers(edge, size - edge)), row - int(rng.integers(edge, size - edge)), size, size
        )
        told = pair.window(window)
        hidden = self._split.blocks.near(pair, window, set(self._split.held))
        seen = told.seen & ~self._split.blocks.inside(pair, window, hidden) if hidden else told.seen
        keep = seen.astype(np.float32)
        return Patch(
            told.before * keep,
            told.after * keep,
            (told.truth & seen).astype(np.float32),
            (told.judged & seen).astype(np.float32),
            None,  # type: ignore[arg-type]
            pair.context.copy(),
            keep,
        )


def _point(verdict: Verdict, rng: np.random.Generator) -> tuple[int, int]:
    """A random pixel in a verdict's bounds."""
    left, top, right, bottom = verdict.box
    return int(rng.uniform(left, right)), int(rng.uniform(top, bottom))
