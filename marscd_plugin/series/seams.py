"""CCD seams: straight lines at which the displacement jumps, found in the tie points, placed by the pixels beside them.

HiRISE's image is put together from ten CCDs whose pointing is known to a pixel or two; where two meet, everything along
track may jump. A smooth field would smear the jump over a window's width. Each candidate line is asked how much a step
there would lower the misfit of a surface that is free to bend anyway (the score test of a linear model); the best is
taken if the evidence is plain, and then its place is found to a pixel: left of the true line the image fits without the
step, right of it with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..common.packages import need
from ..common.progress import Progress, check
from ..common.rasters import Window
from .scene import Scene, pixel_centres
from .surface import Surface
from .texture import SPREAD_BOX, band_pass
from .transform import Seam, Warp

#: Chi-squared (two degrees of freedom) by which a step must lower the misfit.
EVIDENCE = 45.0
SMALLEST_PX = 0.2
MOST = 12
#: Lines lean by up to this much from the columns: a map-projected track leans by some 10 degrees.
_LEAN = 0.24
#: Pixels beside a seam that are compared to place it.
_PIXELS = 3_000_000
_BANDS = 48


@dataclass(frozen=True)
class Found:
    """A seam, and the evidence for it (chi-squared)."""

    seam: Seam
    evidence: float


def side(seam: Seam, warp: Warp, points: np.ndarray, soft: float = 0.0) -> np.ndarray:
    """How much of each window lies beyond the seam, 0..1: all or nothing, or over ``soft`` pixels (a window's edge)."""
    x, y = points[:, 0], points[:, 1]
    across = seam.across(x, y, *warp.smooth(x, y))
    if soft <= 0:
        return (across >= 0).astype(float)
    t = np.clip(across / soft, -0.5, 0.5)
    # What a Hann window has seen of its content up to there.
    return t + 0.5 + np.sin(2 * np.pi * t) / (2 * np.pi)


def best_line(
    points: np.ndarray, values: np.ndarray, weight: np.ndarray, surface: Surface, known: np.ndarray, warp: Warp,
    window: int, taken: tuple[Seam, ...] = (),
) -> Found | None:  # fmt: skip
    """The line at which a step explains most of what ``surface`` leaves of ``values``; None without any candidate."""
    parts = [surface.layout.surface(points[:, 0], points[:, 1]), known]
    if surface.row_coefficients is not None:
        parts.insert(1, surface.layout.rows(points[:, 0], points[:, 1]))
    design = need("scipy.sparse").hstack(parts, format="csr").T
    used = np.clip(weight / max(float(np.median(weight)), 1e-12), 0.1, 4.0) * surface.weight
    left = values - surface.field(points[:, 0], points[:, 1])
    if known.shape[1]:
        left = left - known @ surface.steps
    variance = surface.spread**2 / 2
    x, y = points[:, 0], points[:, 1]
    to_x, to_y = warp.smooth(x, y)
    tall = max(float(np.ptp(y)), 1.0)
    leans = np.arange(0, _LEAN + 1e-9, max(window / tall, 0.015))
    leans = np.unique(np.concatenate([-leans, leans]))
    best: Found | None = None
    for of_reference in (False, True):
        u0, v0 = (x, y) if of_reference else (to_x, to_y)
        for lean in leans:
            u = u0 + lean * v0
            low, high = np.percentile(u, (2, 98))
            at = np.arange(low + window / 3, high - window / 3, window / 4)
            if len(at) == 0:
                continue
            z = _seen(u, at, window)
            weighted = z * used[:, None]
            asked = design @ weighted
            own = (weighted * z).sum(axis=0) - (asked * (surface.covariance @ asked)).sum(axis=0)
            pull = weighted.T @ left
            # A line with few points on one side could be anything.
            enough = np.minimum(weighted.sum(axis=0), (used[:, None] - weighted).sum(axis=0)) > 8
            gain = np.where(enough & (own > 0.3), (pull**2).sum(axis=1) / np.maximum(own, 1e-9) / variance, 0)
            if of_reference:
                # Where both describe nearly the same line, it is the moving image's.
                gain = gain * 0.75
            for seam in taken:
                if seam.of_reference == of_reference:
                    middle = np.median(v0)
                    gain = np.where(np.abs((at - lean * middle) - (seam.at - seam.slant * middle)) < window, 0, gain)
            k = int(gain.argmax())
            if best is None or gain[k] > best.evidence:
                step = pull[k] / max(own[k], 1e-9)
                best = Found(
                    Seam(float(at[k]), float(lean), float(step[0]), float(step[1]), of_reference), float(gain[k])
                )
    return best


def _seen(u: np.ndarray, at: np.ndarray, window: int) -> np.ndarray:
    """As ``side``, softly, for many lines: (points, lines)."""
    t = (u[:, None] - at[None]) / window
    out = (t > 0).astype(float)
    # Most points lie clear of most lines.
    cut = np.abs(t) < 0.5
    near = t[cut]
    out[cut] = near + 0.5 + np.sin(2 * np.pi * near) / (2 * np.pi)
    return out


def place(scene: Scene, warp: Warp, seam: Seam, reach: float, progress: Progress, level: int = 1) -> tuple[Seam, float]:
    """The seam moved and turned to where the pixels want it, at most ``reach`` pixels; and how plain that is.

    ``warp`` holds everything but this seam. The second number is the share of the misfit beside the line that the step
    takes away, and negative where it makes things worse.
    """
    u_all, cost_all, v_all = [], [], []
    with_step = replace(warp, seams=(*warp.seams, replace(seam, at=-np.inf)))
    for window in _beside(scene, warp, seam, reach, level):
        check(progress)
        grown = window.grown(SPREAD_BOX // 2 * level, scene.width, scene.height)
        reference = scene.reference(grown, level)
        without, within = scene.moving(grown, level, warp), scene.moving(grown, level, with_step)
        both = reference.valid & without.valid & within.valid
        if both.sum() < 64:
            continue
        a = band_pass(reference.values, both)
        b, c = band_pass(without.values, both), band_pass(within.values, both)
        columns, rows = pixel_centres(grown, level)
        x, y = np.meshgrid(columns, rows)
        across = seam.across(x, y, *warp.smooth(x, y))
        near = both & (np.abs(across) <= 2 * reach)
        d0, d1 = (a - b) ** 2, (a - c) ** 2
        cost_all.append(np.minimum(d0, 4.0)[near] - np.minimum(d1, 4.0)[near])
        u_all.append(across[near])
        v_all.append((y if seam.of_reference else warp.smooth(x, y)[1])[near])
    if not u_all:
        return seam, 0.0
    u, cost, v = np.concatenate(u_all), np.concatenate(cost_all), np.concatenate(v_all)
    middle = float(np.median(v))
    tall = max(float(np.ptp(v)), 1.0)
    # What the step saves, by pixels across the line and bands along it: turning the line shifts the bands.
    count = int(4 * reach) + 1
    band = np.minimum(((v - v.min()) / tall * _BANDS).astype(np.intp), _BANDS - 1)
    column = np.clip((u + 2 * reach).astype(np.intp), 0, count - 1)
    table = np.bincount(band * count + column, weights=cost, minlength=_BANDS * count).reshape(_BANDS, count)
    centres = v.min() + (np.arange(_BANDS) + 0.5) / _BANDS * tall - middle
    edges = np.arange(count) - 2 * reach
    best = (-np.inf, 0.0, 0.0)
    for turn in np.linspace(-1, 1, 41) * (1.5 * reach / tall):
        # Beyond the line all that the step saves is saved, before it none.
        from_column = (np.arange(count) - np.round(turn * centres).astype(np.intp)[:, None]) % count
        total = np.take_along_axis(table, from_column, axis=1).sum(axis=0)
        merit = total[::-1].cumsum()[::-1] - (total.cumsum() - total)
        merit = np.where(np.abs(edges) <= reach, merit, -np.inf)
        k = int(merit.argmax())
        if merit[k] > best[0]:
            best = (float(merit[k]), float(turn), float(edges[k]))
    merit, turn, shift = best
    moved = replace(seam, at=seam.at + shift + turn * middle, slant=seam.slant + turn)
    return moved, merit / max(float(np.abs(cost).sum()), 1e-9)


def _beside(scene: Scene, warp: Warp, seam: Seam, reach: float, level: int) -> list[Window]:
    """Windows along the line, wide enough to turn in; of a long line, evenly spread ones."""
    a = warp.affine
    # The line in the reference's own pixels, by the affine.
    if seam.of_reference:
        nx, ny, n0 = 1.0, seam.slant, seam.at
    else:
        nx, ny = a[0, 0] + seam.slant * a[1, 0], a[0, 1] + seam.slant * a[1, 1]
        n0 = seam.at - a[0, 2] - seam.slant * a[1, 2]
    tall = 384 * level
    rows = list(range(0, scene.height, tall))
    half = int(2 * reach) + 12
    most = max(4, int(_PIXELS * level * level / (2 * half * tall)))
    if len(rows) > most:
        rows = [rows[i] for i in np.unique(np.linspace(0, len(rows) - 1, most).astype(int))]
    out = []
    for row in rows:
        bottom = min(row + tall, scene.height)
        x = sorted((n0 - ny * r) / nx for r in (row, bottom))
        left, right = max(int(x[0]) - half, 0), min(int(x[1]) + half, scene.width)
        if right - left > 8 and bottom - row > 8:
            out.append(Window(left, row, right - left, bottom - row))
    return out
