"""Closing the loop over a series: A -> B -> C -> A, and which epoch is at fault where that does not lead back.

B and C are epochs as they are stored, each registered to the reference A on its own. Registering C to B directly is a
third measurement that neither fit has seen: what displacement it finds between the two stored images is what going
round leaves. A part of the grid is enough, so that a large series pays no more for it than a small one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..common.progress import Progress, check, parts
from ..common.rasters import Window
from ..common.words import Epoch, Grid, Registration
from .closure import TOLERANCE_PX, Closure
from .plan import compare
from .scene import ArrayScene, Patch
from .stored import values_of
from .ties import window_ties
from .transform import Warp, fit_affine

#: Edge of the part of the grid that is looked at, pixels.
PART = 1024
_LOOK = 64
_FEWEST_SHARED = 128 * 128
#: Windows that must correlate, at least, and of those tried this share; how far they may lie apart, pixels.
FEWEST, _LEAST_SHARE, _REACH = 16, 0.2, 16.0
#: Of the windows, how many count.
_KEPT = 0.9


@dataclass(frozen=True)
class Loop:
    """The reference -> ``first`` -> ``second`` -> the reference. ``rms`` None: ``reason`` says why not measured."""

    first: str
    second: str
    rms: float | None
    worst: float | None
    places: int
    closes: bool
    reason: str
    key: str = ""

    def as_json(self) -> dict[str, Any]:
        """For the catalogue."""
        return asdict(self)


def loop_of(value: Mapping[str, Any]) -> Loop:
    """What ``as_json`` made. Raises KeyError, TypeError, ValueError."""
    rms, worst = value["rms"], value["worst"]
    return Loop(
        str(value["first"]), str(value["second"]), None if rms is None else float(rms),
        None if worst is None else float(worst), int(value["places"]), bool(value["closes"]), str(value["reason"]),
        str(value["key"]),
    )  # fmt: skip


def plan_loops(epochs: Sequence[Epoch], reference: str) -> list[tuple[str, str]]:
    """Each epoch with the one it compares with best, the reference aside; every pair once, earlier first."""
    others = sorted((e for e in epochs if e.product_id != reference), key=lambda e: (e.time, e.product_id))
    found: dict[tuple[str, str], None] = {}
    for index, one in enumerate(others):
        rest = [(k, e) for k, e in enumerate(others) if k != index]
        if not rest:
            continue
        at, best = max(rest, key=lambda r: (_score(one, r[1]), -r[0]))
        first, second = (one, best) if index < at else (best, one)
        found[first.product_id, second.product_id] = None
    return list(found)


def _score(a: Epoch, b: Epoch) -> float:
    first, second = (a, b) if a.time <= b.time else (b, a)
    return compare(first, second)[0]


def close_loops(
    epochs: Sequence[Epoch],
    reference: str,
    grid: Grid,
    keys: Mapping[str, str],
    known: Sequence[Loop],
    progress: Progress,
) -> tuple[list[Loop], dict[str, str]]:
    """Measure the loops of a series and find who is at fault: (loops of those that stay, product id -> reason).

    ``known``: of an earlier run; what was made from the same two epochs is not measured again.
    """
    earlier = {(loop.first, loop.second): loop for loop in known}
    left = list(epochs)
    refused: dict[str, str] = {}
    while True:
        pairs = plan_loops(left, reference)
        loops = []
        steps = parts(progress, *[1.0] * len(pairs)) if pairs else []
        for (first, second), step in zip(pairs, steps, strict=True):
            check(progress)
            key = f"{keys[first]}-{keys[second]}"
            loop = earlier.get((first, second))
            if loop is None or loop.key != key:
                step.report(0.0, f"closing the loop {reference} - {first} - {second}")
                a, b = (next(e for e in left if e.product_id == name) for name in (first, second))
                loop = measure(a, b, grid, key, step)
                earlier[first, second] = loop
            loops.append(loop)
        fault = at_fault(loops, left)
        if fault is None:
            return loops, refused
        name, loop = fault
        refused[name] = (
            f"the series does not close: going from {reference} over {loop.first} and {loop.second} back leaves "
            f"{loop.rms:.2f} px (limit {TOLERANCE_PX:g})"
        )
        left = [e for e in left if e.product_id != name]


def at_fault(loops: Sequence[Loop], epochs: Sequence[Epoch]) -> tuple[str, Loop] | None:
    """The epoch to refuse and a loop of its that does not close, or None where all close.

    Whoever fails more often than it succeeds; between equals the one whose own registration leaves more.
    """
    failing = [loop for loop in loops if loop.rms is not None and not loop.closes]
    if not failing:
        return None
    own = {e.product_id: _own_error(e.registration) for e in epochs}
    balance: dict[str, int] = {}
    for loop in loops:
        for name in (loop.first, loop.second):
            balance[name] = balance.get(name, 0) + (0 if loop.rms is None else -1 if loop.closes else 1)
    suspects = {name for loop in failing for name in (loop.first, loop.second)}
    worst = max(sorted(suspects), key=lambda name: (balance[name], own.get(name, 0.0)))
    return worst, max((f for f in failing if worst in (f.first, f.second)), key=lambda f: f.rms or 0.0)


def _own_error(registration: Registration | None) -> float:
    return 0.0 if registration is None else (registration.residual_px or 0.0) + (registration.disagreement_px or 0.0)


def measure(first: Epoch, second: Epoch, grid: Grid, key: str, progress: Progress) -> Loop:
    """How far ``second`` lies from ``first``, window by window, on the part of the grid where both show most.

    RMS over the windows that correlate, of which one in ten (ground that changed, mismatches) may be left out: those
    furthest from an affine through all.
    """
    part = shared_part(first.raster, second.raster, grid)
    a, b = _patch(first.raster, part), _patch(second.raster, part)

    def unknown(reason: str, places: int = 0) -> Loop:
        return Loop(first.product_id, second.product_id, None, None, places, False, reason, key)

    if (a.valid & b.valid).sum() < min(_FEWEST_SHARED, part.width * part.height // 4):
        return unknown("could not be checked: too little ground in common")
    # Both are stored where they belong: what the windows find is all left over. No field is fitted to it.
    ties = window_ties(ArrayScene(a.values, b.values, a.valid, b.valid), Warp(), progress, _REACH)
    places = len(ties.points)
    if places < FEWEST or places < _LEAST_SHARE * ties.tried:
        return unknown(f"could not be checked: {places} of {ties.tried} windows look alike in the two", places)
    _, aside = fit_affine(ties.points, ties.targets)
    kept = np.argsort(aside, kind="stable")[: math.ceil(_KEPT * places)]
    left = ties.distance[kept]
    rms = float(np.sqrt(np.mean(left**2)))
    found = Closure(rms, float(np.median(left)), float(left.max()), places, TOLERANCE_PX, rms <= TOLERANCE_PX)
    return Loop(
        first.product_id, second.product_id, round(rms, 4), round(float(left.max()), 4), places, found.closes,
        found.reason, key,
    )  # fmt: skip


def shared_part(first: Path, second: Path, grid: Grid) -> Window:
    """A window of at most ``PART`` pixels a side where both rasters have most valid pixels."""
    width, height = min(PART, grid.width), min(PART, grid.height)
    if (width, height) == (grid.width, grid.height):
        return Window(0, 0, width, height)
    factor = max(1, -(-max(grid.width, grid.height) // (8 * _LOOK)))
    shape = (-(-grid.height // factor), -(-grid.width // factor))
    both = np.ones(shape, bool)
    for raster in (first, second):
        both &= values_of(raster, out_shape=shape)[1]
    total = np.pad(both.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    rows, columns = max(1, height // factor), max(1, width // factor)
    held = total[rows:, columns:] - total[:-rows, columns:] - total[rows:, :-columns] + total[:-rows, :-columns]
    # Of equals the one nearest the middle.
    y, x = np.indices(held.shape)
    aside = np.hypot(y - (held.shape[0] - 1) / 2, x - (held.shape[1] - 1) / 2)
    row, column = np.unravel_index(np.lexsort((aside.ravel(), -held.ravel()))[0], held.shape)
    return Window(
        min(int(column) * factor, grid.width - width), min(int(row) * factor, grid.height - height), width, height
    )


def _patch(raster: Path, window: Window) -> Patch:
    values, valid = values_of(raster, window)
    return Patch(np.where(valid, values, np.float32(0)), valid)
