"""Image pairs with known change, made from one backdrop: what change models learn from and are tested on.

``draw_pairs`` takes a real crop (relit from guessed relief) or a ``TerrainPatch`` (truly shaded), and makes pairs of
dates of it, each with its own suns, changes, misregistration and sensors. What appeared, grew, left or moved is
labelled, with its kind and an object's id; sun, position and sensor are not. The truth lies on BEFORE's grid. Nothing
here is a real pair: scores on these pairs say how a model does on simulated change, no more.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..common.errors import InputError
from .easel import Easel
from .fields import Array
from .kinds import Kind
from .marks import Site, soften
from .pair import SimulatedPair, TerrainPatch
from .patch_nuisance import nodata_edge
from .relight import Ready, draw_suns, make_ready, turned, two_dates
from .viewing import displaced, draw_residual, draw_sensors, seen_by_sensor
from .visibility import Ground

#: Pixels around the patch that are simulated and cut off: more than any displacement.
MARGIN = 16
#: Share of pairs in which nothing changed.
NO_CHANGE_SHARE = 0.4
#: Share of pairs that are like a well registered pair of one season.
NEAR_SHARE = 0.5
#: Share of groups of change that are paled until they can only just be seen.
FAINT_SHARE = 0.35
#: Chance of each date to end inside the patch.
EDGE_SHARE = 0.05
#: Largest patch, px a side: about 200 bytes a pixel are held.
LARGEST = 2048


def draw_pair(
    rng: np.random.Generator,
    backdrop: Array | TerrainPatch,
    size: int = 256,
    *,
    change: bool | None = None,
    difficulty: float | None = None,
    kinds: Sequence[Kind] | None = None,
    width: tuple[float, float] | None = None,
    contrast: float | None = None,
    faint: float = FAINT_SHARE,
) -> SimulatedPair:
    """One pair; see ``draw_pairs``."""
    return draw_pairs(
        rng, backdrop, size, 1, change=change, difficulty=difficulty, kinds=kinds, width=width, contrast=contrast,
        faint=faint,
    )[0]  # fmt: skip


def draw_pairs(
    rng: np.random.Generator,
    backdrop: Array | TerrainPatch,
    size: int = 256,
    count: int = 4,
    *,
    change: bool | None = None,
    difficulty: float | None = None,
    kinds: Sequence[Kind] | None = None,
    width: tuple[float, float] | None = None,
    contrast: float | None = None,
    faint: float = FAINT_SHARE,
) -> list[SimulatedPair]:
    """``count`` pairs of dates of one cut of the backdrop, of (size, size) px.

    ``backdrop``: brightness (H, W), any unit, NaN where nothing was seen, at least 64 px a side (smaller than the
    patch: enlarged or mirrored); or a ``TerrainPatch`` of at least ``size + 32``. ``change``: force (True) or forbid
    (False) change; None draws (40 % without). ``difficulty`` 0..1: how strong the differences that are not change may
    be; 0 is a well registered pair of one season (residual under 0.3 px, sun within a few degrees), which half the
    pairs are where None is given. ``kinds``: to choose from (None: all). ``width``: bounds in px of lineae.
    ``faint``: share of groups of change paled until they can only just be seen (0: contrasts as published).
    ``contrast``: deviation of the backdrop's brightness over its mean (None: drawn, 0.6-18 %). Raises InputError.
    """
    if not 32 <= size <= LARGEST:
        raise InputError(f"A patch of {size} pixels cannot be drawn.", f"Ask for 32 to {LARGEST}.")
    if kinds is not None and (not kinds or Kind.NONE in kinds):
        raise InputError("No kind of change was asked for.", "Name kinds, or leave them out for all.")
    ready = make_ready(rng, backdrop, size + 2 * MARGIN, MARGIN, contrast)
    slope = rng.uniform(0, 2 * math.pi)
    gy, gx = np.gradient(ready.height)
    norm = np.float32(4.0 * math.sqrt(float(np.mean(gx * gx + gy * gy))) + 1e-9)
    gradient = (gx / norm, gy / norm)
    return [_pair(rng, ready, size, slope, gradient, change, difficulty, kinds, width, faint) for _ in range(count)]


def _pair(
    rng: np.random.Generator,
    ready: Ready,
    size: int,
    slope: float,
    gradient: tuple[Array, Array],
    change: bool | None,
    difficulty: float | None,
    kinds: Sequence[Kind] | None,
    width: tuple[float, float] | None,
    faint: float,
) -> SimulatedPair:
    n = ready.n
    near = bool(rng.random() < NEAR_SHARE) if difficulty is None else difficulty <= 0
    hard = 0.0 if near else float(rng.beta(1.2, 1.4)) if difficulty is None else min(float(difficulty), 1.0)
    changed = bool(rng.random() >= NO_CHANGE_SHARE) if change is None else change
    level = float(rng.uniform(0.05, 0.25))
    recipe: dict[str, Any] = {"simulated": True, "size": size, "difficulty": hard, "near": near, "change": changed,
                              "level": level, "contrast": ready.contrast, **ready.recipe}  # fmt: skip
    suns = draw_suns(rng, hard)
    first, second = two_dates(rng, ready, suns, hard, recipe)
    sensors = draw_sensors(rng, ready.contrast, hard, recipe)
    ground = Ground(first, second, sensors.noise[0] ** 2 + sensors.noise[1] ** 2)
    easel = Easel(ground, (n, n), optics=0.5)
    if changed:
        to_sun = [(float(s[0]), float(s[1])) for s in (ready.sun, turned(ready.sun, suns.turn))]
        tangents = (math.tan(math.radians(suns.before)), math.tan(math.radians(suns.after)))
        interest = np.abs(first - soften(first, 2.0))
        site = Site((n, n), (math.cos(slope), math.sin(slope)), gradient, interest, (to_sun[0], to_sun[1]), tangents)
        for _ in range(1 if rng.random() < 0.75 else 2):
            easel.draw(rng, site, kinds, width, faint=faint)
    before = np.maximum(first * easel.before, 0.02) * np.float32(level)
    after = np.maximum(second * easel.after, 0.02) * np.float32(level)

    residual = draw_residual(rng, ready.height, hard, near, MARGIN, recipe)
    after, seen_after = displaced(rng, after, ready.seen, residual)
    seen = ready.seen
    before, recipe["before"] = seen_by_sensor(rng, before, sensors.psf[0], sensors.noise[0], level, hard, MARGIN)
    after, recipe["after"] = seen_by_sensor(rng, after, sensors.psf[1], sensors.noise[1], level, hard, MARGIN)
    if rng.random() < 2 * EDGE_SHARE:
        if rng.random() < 0.5:
            seen = seen & nodata_edge(rng, n)
        else:
            seen_after = seen_after & nodata_edge(rng, n)
    inner = np.s_[MARGIN : MARGIN + size, MARGIN : MARGIN + size]
    inside = np.zeros((n, n), bool)
    inside[inner] = True
    inside &= seen & seen_after
    valid = inside[inner]
    labels = np.where(valid, easel.labels[inner], 0).astype(np.uint16)
    truth = labels > 0
    recipe.update(left_out=easel.left_out, drawn=easel.seen + easel.left_out, prevalence=float(truth.mean()))
    return SimulatedPair(
        before=np.where(seen[inner], before[inner], 0).astype(np.float32),
        after=np.where(seen_after[inner], after[inner], 0).astype(np.float32),
        truth=truth.astype(np.uint8),
        valid=valid,
        recipe=recipe,
        classes=np.where(truth, easel.classes[inner], 0).astype(np.uint8),
        labels=labels,
        ignore=easel.ignore[inner] & valid & ~truth,
        objects=easel.settled(inside),
        incidence_before=suns.before,
        incidence_after=suns.after,
        azimuth_change=suns.turn,
        residual_px=residual.rms,
    )
