"""What the default model is tuned on, and the one rule of its threshold: simulated pairs of split ``tune``, and CTX.

Simulated pairs stand on observations of the split ``tune``; the real ones are ``ctx_tune``, with and without simulated
lineae drawn in. None of it is learned from, and none of it is what figures are quoted from (split ``test``,
``no_visible_change``, ``frosted_dunes``, ``stereo_anaglyph``, ``ctx_held``), which nothing here touches.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from ..inference import normalise
from ..simulation.drawing import draw_pair
from ..simulation.inject import inject
from ..simulation.kinds import Kind
from .data import Backdrops
from .drawings import split_backdrops
from .real import RealPair, real_pairs
from .scores import Histogram

#: The threshold is the lowest at which simulated pairs reach this specificity and real ones this share of alarms.
SPECIFICITY = 0.997
REAL_ALARMS = 0.0005

#: Lines up to so many pixels wide are narrow.
NARROW = 2.0


@dataclass(frozen=True)
class Case:
    """A normalised pair with its truth: float32 images (H,W), 0 without data; truth and judged bool; classes uint8.

    ``narrow`` marks lineae of at most ``NARROW`` pixels; ``context`` is what could be told of the pair.
    """

    name: str
    before: np.ndarray
    after: np.ndarray
    truth: np.ndarray
    judged: np.ndarray
    classes: np.ndarray
    narrow: np.ndarray
    labels: np.ndarray
    context: tuple[float, ...]


#: Two normalised images and a context (or None) in, probability (H,W) out.
Predict = Callable[[np.ndarray, np.ndarray, Sequence[float] | None], np.ndarray]


def _case(name: str, drawn: object, valid: np.ndarray, context: tuple[float, ...]) -> Case:
    before, after = drawn.before, drawn.after  # type: ignore[attr-defined]
    stats = [normalise.statistics(image[valid]) for image in (before, after)]
    scale = normalise.pair_scale(*stats)
    first, second = (normalise.apply(i, s, scale, valid) for i, s in zip((before, after), stats, strict=True))
    labels = drawn.labels  # type: ignore[attr-defined]
    thin = [o.id for o in drawn.objects if o.id and o.kind == Kind.RSL and o.width_px <= NARROW]  # type: ignore[attr-defined]
    truth = drawn.truth > 0  # type: ignore[attr-defined]
    judged = valid & ~drawn.ignore  # type: ignore[attr-defined]
    narrow = np.isin(labels, thin) & truth
    return Case(name, first, second, truth & judged, judged, drawn.classes, narrow, labels, context)  # type: ignore[attr-defined]


def simulated_cases(backdrops: Backdrops, count: int, lines: bool, seed: int = 0, size: int = 256) -> list[Case]:
    """``count`` simulated pairs of contrasts as published; with ``lines`` all that changes are lineae."""
    made = []
    for index in range(count):
        rng = np.random.default_rng((seed, 21 + lines, index))
        pair = draw_pair(rng, backdrops.draw(rng), size, kinds=(Kind.RSL,) if lines else None, faint=0.0)
        if not pair.valid.any():
            continue
        told = (pair.incidence_before, pair.incidence_after, pair.azimuth_change, pair.residual_px)
        made.append(_case("lines" if lines else "all", pair, pair.valid, told))
    return made


def real_cases(pairs: Sequence[RealPair], injected: bool, seed: int = 0) -> list[Case]:
    """Real pairs without change, or the same with simulated lineae drawn in."""
    made = []
    for index, pair in enumerate(pairs):
        rng = np.random.default_rng((seed, 23, index))
        drawn = inject(rng, pair.before, pair.after, pair.valid, (Kind.RSL,))
        if not injected:
            nothing, none = np.zeros(pair.before.shape, np.uint8), np.zeros(pair.before.shape, np.uint16)
            drawn = type(drawn)(pair.before, pair.after, nothing, nothing, none, nothing > 0, (), {})
        made.append(_case("injected" if injected else "real", drawn, pair.valid, (float("nan"),) * 4))
    return made


@dataclass(frozen=True)
class TuneSet:
    """All that is looked at while a model is made."""

    simulated: list[Case]
    lines: list[Case]
    real: list[Case]
    injected: list[Case]

    @classmethod
    def of(cls, shared: Path, count: int = 96) -> TuneSet:
        """From the folder of real data."""
        backdrops = split_backdrops(shared, "tune")
        pairs = real_pairs(shared, "ctx_tune")
        return cls(
            simulated_cases(backdrops, count, False),
            simulated_cases(backdrops, count, True),
            real_cases(pairs, False),
            real_cases(pairs, True),
        )


def padded(case: Case, multiple: int) -> tuple[np.ndarray, np.ndarray]:
    """Both images, continued without data to a multiple."""
    fill = tuple((0, -n % multiple) for n in case.before.shape)
    return np.pad(case.before, fill), np.pad(case.after, fill)


def torch_predict(network: torch.nn.Module) -> Predict:
    """A network (logits) as a prediction, in float32 on its device."""

    def predict(before: np.ndarray, after: np.ndarray, context: Sequence[float] | None) -> np.ndarray:
        device = next(network.parameters()).device
        images = [torch.from_numpy(np.ascontiguousarray(a))[None, None].to(device) for a in (before, after)]
        training = network.training
        network.eval()
        with torch.no_grad():
            if getattr(network, "takes_context", False):
                told = torch.full((1, 4), float("nan")) if context is None else torch.tensor([list(context)])
                logits = network(*images, told.float().to(device))[0]
            else:
                logits = network(*images)
        network.train(training)
        return np.asarray(torch.sigmoid(logits)[0, 0].cpu().numpy())

    return predict


def maps(predict: Predict, cases: Sequence[Case], multiple: int = 16, told: bool = False) -> list[np.ndarray]:
    """The probability map of each case, with its context where ``told``."""
    made = []
    for case in cases:
        rows, columns = case.before.shape
        values = predict(*padded(case, multiple), case.context if told else None)[:rows, :columns]
        made.append(np.where(case.judged, values, 0.0).astype(np.float32))
    return made


def histogram(cases: Sequence[Case], values: Sequence[np.ndarray]) -> Histogram:
    """Of all judged pixels."""
    made = Histogram()
    for case, one in zip(cases, values, strict=True):
        made.add(one, case.truth, case.judged)
    return made


def chosen_threshold(simulated: Histogram, real: Histogram) -> float:
    """The rule: the lowest threshold at which both bounds hold."""
    return max(simulated.threshold_for(SPECIFICITY), real.threshold_for(1.0 - REAL_ALARMS))


def share_found(cases: Sequence[Case], values: Sequence[np.ndarray], threshold: float, which: str) -> float:
    """Share found of the pixels of ``which`` (a bool array of the case, such as ``narrow``)."""
    found = there = 0
    for case, one in zip(cases, values, strict=True):
        marked = getattr(case, which) & case.judged
        found, there = found + int((marked & (one >= threshold)).sum()), there + int(marked.sum())
    return found / there if there else 0.0


def objects_found(
    cases: Sequence[Case], values: Sequence[np.ndarray], threshold: float, share: float = 0.2
) -> dict[str, float]:
    """By kind, the share of objects of which at least ``share`` is found."""
    counts: dict[str, list[int]] = {}
    for case, one in zip(cases, values, strict=True):
        there = np.bincount(case.labels.ravel())
        found = np.bincount(case.labels.ravel(), (one >= threshold).ravel())
        classes = np.zeros(len(there), int)
        classes[case.labels.ravel()] = case.classes.ravel()
        for label in np.flatnonzero(there):
            if label:
                entry = counts.setdefault(Kind(int(classes[label])).name.lower(), [0, 0])
                entry[0] += int(found[label] >= share * there[label])
                entry[1] += 1
    return {name: found / there for name, (found, there) in sorted(counts.items())}


def summary(predict: Predict, tune: TuneSet, multiple: int = 16, told: bool = False) -> dict[str, float]:
    """The threshold and the scores at it, by name; all on what only chooses."""
    simulated, lines, real, injected = (
        maps(predict, cases, multiple, told) for cases in (tune.simulated, tune.lines, tune.real, tune.injected)
    )
    both = histogram([*tune.simulated, *tune.lines], [*simulated, *lines])
    alone = histogram(tune.lines, lines)
    quiet = histogram(tune.real, real)
    threshold = chosen_threshold(both, quiet)
    fixed = alone.threshold_for(0.996)
    scores = {
        "threshold": threshold,
        "sensitivity": both.score(threshold).sensitivity,
        "specificity": both.score(threshold).specificity,
        "lines_sensitivity": alone.score(threshold).sensitivity,
        "lines_specificity": alone.score(threshold).specificity,
        "lines_f1_at_1.7_percent": alone.score(threshold).f1,
        "lines_sensitivity_at_specificity_0.996": alone.score(fixed).sensitivity,
        "narrow_sensitivity": share_found(tune.lines, lines, threshold, "narrow"),
        "narrow_sensitivity_at_specificity_0.996": share_found(tune.lines, lines, fixed, "narrow"),
        "real_flagged": quiet.false_alarm_share(threshold),
        "injected_sensitivity": histogram(tune.injected, injected).score(threshold).sensitivity,
    }
    found = objects_found(tune.simulated, simulated, threshold)
    return scores | {f"objects_{kind}": share for kind, share in found.items()}
