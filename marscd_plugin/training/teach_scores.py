"""How a network does on a part of the user's verdicts: by outline, by pixel, and elsewhere on the same ground.

An outline counts as flagged where the network marks at least ``FOUND`` of its pixels (and one at least).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from ..common.progress import Progress, check
from ..common.rasters import Window
from .scores import BINS
from .teach_pairs import JudgedPair
from .teach_split import Block, Blocks

FOUND = 0.1

#: How far a threshold may move, in log odds: 0.5 to 0.92, say.
FARTHEST = 2.5

#: Two normalised images and a context (NaN for unknown) in, probability (H,W) out.
Predict = Callable[[np.ndarray, np.ndarray, Sequence[float]], np.ndarray]


@dataclass(frozen=True)
class Scores:
    """``recall``: share of the accepted outlines that are flagged; ``still_flagged``: of the rejected ones. ``None``
    where there are none. ``pixel_*``: the same of pixels. ``elsewhere``: flagged share of the pixels around them."""

    threshold: float
    accepted: int
    rejected: int
    recall: float | None
    still_flagged: float | None
    f1: float
    pixel_recall: float | None
    pixel_still_flagged: float | None
    pixel_f1: float
    elsewhere: float | None

    def as_dict(self) -> dict[str, float | int | None]:
        """For JSON."""
        return asdict(self)


class Answers:
    """What a network answered: the probabilities inside each outline, and how they are spread elsewhere."""

    def __init__(self) -> None:
        self.inside: dict[int, list[np.ndarray]] = {}
        self.accepted: dict[int, bool] = {}
        self.elsewhere = np.zeros(BINS + 1, np.int64)

    def flagged(self, threshold: float, accepted: bool) -> tuple[np.ndarray, np.ndarray]:
        """(pixels, flagged pixels) of each outline of that verdict."""
        rows = [np.concatenate(v) for k, v in self.inside.items() if self.accepted[k] is accepted]
        rows = [r for r in rows if r.size]
        return np.array([r.size for r in rows], float), np.array([(r >= threshold).sum() for r in rows], float)

    def elsewhere_share(self, threshold: float) -> float | None:
        """The flagged share of the ground around the outlines."""
        total = int(self.elsewhere.sum())
        return float(self.elsewhere[math.ceil(threshold * BINS - 1e-9) :].sum() / total) if total else None

    def scores(self, threshold: float) -> Scores:
        """All figures at a threshold."""
        (size_a, hit_a), (size_r, hit_r) = (self.flagged(threshold, a) for a in (True, False))
        found, alarms = (int(((h >= FOUND * s) & (h > 0)).sum()) for s, h in ((size_a, hit_a), (size_r, hit_r)))
        return Scores(
            threshold,
            len(size_a),
            len(size_r),
            found / len(size_a) if len(size_a) else None,
            alarms / len(size_r) if len(size_r) else None,
            _f1(found, len(size_a) - found, alarms),
            float(hit_a.sum() / size_a.sum()) if len(size_a) else None,
            float(hit_r.sum() / size_r.sum()) if len(size_r) else None,
            _f1(hit_a.sum(), (size_a - hit_a).sum(), hit_r.sum()),
            self.elsewhere_share(threshold),
        )

    def soft_f1(self, threshold: float) -> float:
        """F1 in which each outline counts by the share of it that is flagged: what a threshold is chosen by."""
        (size_a, hit_a), (size_r, hit_r) = (self.flagged(threshold, a) for a in (True, False))
        right = float((hit_a / size_a).sum()) if len(size_a) else 0.0
        wrong = float((hit_r / size_r).sum()) if len(size_r) else 0.0
        return float(_f1(right, len(size_a) - right, wrong))


def _f1(hits: float, misses: float, alarms: float) -> float:
    whole = 2.0 * hits + misses + alarms
    return float(2.0 * hits / whole) if whole > 0 else 0.0


def answers(
    predict: Predict,
    pairs: Sequence[JudgedPair],
    blocks: Blocks,
    chosen: Sequence[Block],
    halo: int,
    multiple: int,
    progress: Progress,
) -> Answers:
    """Run a network over squares of ground with the halo it needs; each pixel of a square counts once."""
    made = Answers()
    halo = -(-halo // multiple) * multiple
    todo = [(p, b) for p in pairs for b in sorted(chosen) if b[0] == p.frame and _has(p, blocks, b, multiple)]
    for done, (pair, block) in enumerate(todo):
        check(progress)
        core = blocks.window(pair, block, multiple)
        wide = Window(core.column - halo, core.row - halo, core.width + 2 * halo, core.height + 2 * halo)
        told = pair.window(wide)
        inner = np.s_[halo : halo + core.height, halo : halo + core.width]
        probability = predict(told.before, told.after, pair.context.tolist())[inner]
        counted = told.seen[inner] & blocks.inside(pair, core, {block})
        for verdict in pair.touching(core):
            values = probability[pair.inside(verdict, core) & counted]
            made.inside.setdefault(verdict.number, []).append(values)
            made.accepted[verdict.number] = verdict.accepted
        rest = probability[counted & ~pair.near_labels(core)]
        made.elsewhere += np.bincount(np.clip((rest * BINS).astype(int), 0, BINS), minlength=BINS + 1)
        progress.report((done + 1) / len(todo))
    return made


def _has(pair: JudgedPair, blocks: Blocks, block: Block, multiple: int) -> bool:
    """Whether a square holds a verdict of this pair: others say nothing of it."""
    return bool(pair.touching(blocks.window(pair, block, multiple)))


def choose_threshold(base: Answers, base_threshold: float, taught: Answers) -> float:
    """The taught network's threshold, from what was learned on alone.

    Of the thresholds within two points of the best soft F1, the nearest to the base's in log odds: a network knows
    what it learned by heart, so that many fit, and the boldest of them would flag the rest of the scene. For the same
    reason none is taken at which more is flagged around the outlines than the base flagged there, by a quarter, nor one
    farther than ``FARTHEST`` from the base's: a run too short to learn anything would silence the model instead.
    """
    base_threshold = min(max(base_threshold, 0.001), 0.999)
    most = 1.25 * (base.elsewhere_share(base_threshold) or 0.0) + 1e-4
    odds = math.log(base_threshold / (1.0 - base_threshold))
    steps = [k / 100.0 for k in range(2, 99) if abs(math.log(k / (100.0 - k)) - odds) <= FARTHEST] + [base_threshold]
    allowed = [t for t in steps if (taught.elsewhere_share(t) or 0.0) <= most] or [max(steps)]
    values = {t: taught.soft_f1(t) for t in allowed}
    best = max(values.values())
    fair = [t for t in allowed if values[t] >= best - 0.02]
    return min(fair, key=lambda t: abs(math.log(t / (1.0 - t)) - odds))
