"""The rate of false alarms that a map states, against what real pairs without change show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..change.calibration import LEAST_CELLS, PER_MEGAPIXEL, CellMaxima, expected, logit
from ..common.packages import need
from ..common.rasters import Window
from ..inference.session import Model
from .excluded import excluded_mask
from .judges import probability
from .protocol import ASIDE, INJECTED, EvalPair, simulated_pairs
from .registered import registered_pairs


@dataclass(frozen=True)
class Claim:
    """Cells expected to hold a false alarm in a set, as stated, and how many do. ``holds``: see ``holds``."""

    name: str
    pairs: int
    cells: int
    expected: float
    low: float
    high: float
    came: int

    @property
    def holds(self) -> bool:
        """Whether what came is within the bounds, or within what chance brings around the bounds (Poisson, 95 %)."""
        poisson = need("scipy.stats").poisson
        return bool(poisson.ppf(0.025, max(self.low, 0.0)) <= self.came <= poisson.ppf(0.975, self.high))


def claim(name: str, maps: Iterable[tuple[np.ndarray, np.ndarray]], threshold: float) -> Claim:
    """What maps (probability, valid) state at ``threshold`` and what they hold: one half of the cells of each speaks,
    the other is counted, and the other way round, so that nothing is judged by itself.

    Maps too small to state anything are put together with the other small ones of the set.
    """
    scenes: list[np.ndarray] = []
    small: list[np.ndarray] = []
    pairs = 0
    for values, valid in maps:
        pairs += 1
        cells = cells_of(values, valid)
        (scenes if len(cells) >= 2 * LEAST_CELLS else small).append(cells)
    if small:
        scenes.append(np.concatenate(small))
    at = float(logit(np.array(threshold)))
    totals = np.zeros(3)
    count, came = 0, 0
    for cells in scenes:
        for speaks, counted in ((cells[::2], cells[1::2]), (cells[1::2], cells[::2])):
            found = expected(speaks, threshold)
            if found is None:
                continue
            totals += np.array((found.per_megapixel, found.low, found.high)) * len(counted) / PER_MEGAPIXEL
            count += len(counted)
            came += int((counted >= at).sum())
    return Claim(name, pairs, count, float(totals[0]), float(totals[1]), float(totals[2]), came)


def real_claims(model: Model, shared: Path, cache: Path, share: float = 1.0) -> list[Claim]:
    """Of the real sets, nothing drawn in, and of simulated pairs without change over unseen backdrops."""
    found = []
    for name in (*INJECTED, ASIDE):
        maps = []
        for pair, residual in registered_pairs(shared, name, cache):
            scored = pair.valid & ~excluded_mask(pair.name, pair.valid.shape)
            made = EvalPair(
                "claim", pair.name, name, pair.before, pair.after, pair.valid, scored,
                np.zeros(scored.shape, bool), np.zeros(scored.shape, np.uint16),
                measured_px=residual,
            )  # fmt: skip
            maps.append((probability(model, made), scored))
        found.append(claim(name, maps, model.card.threshold))
    quiet = (p for p in simulated_pairs(shared, "other", share) if not p.objects and not p.truth.any())
    found.append(
        claim("simulated, no change", ((probability(model, p), p.scored) for p in quiet), model.card.threshold)
    )
    return found


def cells_of(values: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """Logits of the cells of one map."""
    rows, columns = values.shape
    maxima = CellMaxima(columns, rows)
    maxima.add(Window(0, 0, columns, rows), values, valid)
    return maxima.logits()
