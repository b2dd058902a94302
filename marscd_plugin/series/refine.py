"""From a first affine to the whole warp: dense windows, surface and seams, in passes that each see less error left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ..common.progress import Progress, check
from .dense import DenseTies, dense_ties
from .scene import Scene
from .seams import EVIDENCE, MOST, SMALLEST_PX, best_line, place, side
from .surface import Layout, Surface, fit_surface
from .ties import TiePoints
from .transform import Seam, Warp, fit_affine

#: Of each pass: window relative to the finest, what is looked for (reduced pixels), share of ``MAX_WINDOWS``.
_PASSES = ((2.0, 14.0, 0.2), (1.33, 5.0, 0.5), (1.0, 3.0, 1.0))
#: About how many windows a pass correlates at most, whatever the image's size.
MAX_WINDOWS = 2000
_MIN_TIES = 12
#: Slants of the camera's rows that are tried (a map-projected track leans by some 10 degrees), and F's stiffness then.
_SLANTS = (0.0, 0.05, -0.05, 0.1, -0.1, 0.15, -0.15, 0.2, -0.2)
_SLANT_STIFF = (1.0,)
#: A seam must lower the surface's score to this share of what it was.
_SEAM_GAIN = 0.95
#: The nodes of the warp are at most this far apart, pixels, and no more than this many along a side.
_FINE_STEP, _MOST_NODES = 8.0, 400


@dataclass(frozen=True)
class Refined:
    """``warp`` with its ``ties`` of the last pass (residuals by that warp), and the ``surface`` behind the warp.

    ``against`` (m, 2): where there is texture that does not match.
    """

    warp: Warp
    ties: TiePoints
    surface: Surface
    against: np.ndarray


def refine(scene: Scene, warp: Warp, progress: Progress, level: int = 1) -> Refined | None:
    """Three passes of dense windows; None where none of them finds enough tie points."""
    finest = finest_window(scene, level)
    found: Refined | None = None
    slant = 0.0
    for number, (relative, reach, share) in enumerate(_PASSES):
        check(progress)
        size = 2 * round(finest * relative / 2)
        spacing = max(size * level / 2, (scene.width * scene.height / (share * MAX_WINDOWS)) ** 0.5)
        if found is None:
            # A small overlap holds too few large windows: smaller ones then have to look as far.
            reach = min(_PASSES[0][1], size / 4)
        dense = dense_ties(scene, warp, progress, size, spacing, reach, level)
        if np.count_nonzero(~dense.ties.held_out) < _MIN_TIES:
            continue
        if number == 1:
            slant = track_slant(scene, dense, warp, spacing, progress)
        found = fit_pass(scene, warp, dense, spacing, progress, slant)
        warp = found.warp
        progress.report(0.55 + 0.1 * number)
    return found


def finest_window(scene: Scene, level: int = 1) -> int:
    """Edge of the smallest windows, reduced pixels."""
    length = min(scene.width, scene.height) // level
    return 128 if length >= 4096 else 96 if length >= 1200 else 48 if length >= 200 else 32


def track_slant(scene: Scene, dense: DenseTies, warp: Warp, spacing: float, progress: Progress) -> float:
    """How the camera's rows lie on the grid: the slant with which a term of the row alone explains most."""
    used = ~dense.ties.held_out
    points, weight = dense.ties.points[used], dense.weight[used]
    known = _sides(list(warp.seams), warp, points)
    affine, _ = fit_affine(points, dense.ties.targets[used] - known @ _steps(list(warp.seams)))
    values = dense.ties.targets[used] - np.column_stack(Warp(affine).apply(points[:, 0], points[:, 1]))
    best = (np.inf, 0.0)
    robust, smooth = None, None
    for slant in _SLANTS:
        check(progress)
        layout = Layout.of(scene.width, scene.height, spacing, slant)
        fitted = fit_surface(points, values, weight, layout, known, robust, _SLANT_STIFF, (0.1,), smooth=smooth)
        # Only the rows' term sees the slant.
        robust, smooth = fitted.weight, fitted.smooth
        if fitted.score < best[0] * (1.0 if best[1] else 0.95):
            best = (fitted.score, slant)
    return best[1]


def fit_pass(
    scene: Scene, warp: Warp, dense: DenseTies, spacing: float, progress: Progress, slant: float = 0.0
) -> Refined:
    """Surface and seams through one pass's tie points. ``slant``: of the camera's rows."""
    ties = dense.ties
    used = ~ties.held_out
    points, weight = ties.points[used], dense.weight[used]
    seams = list(warp.seams)
    # The affine takes what it can; the field is what it leaves, without the steps.
    known = _sides(seams, warp, points)
    flat = ties.targets[used] - known @ _steps(seams)
    affine, _ = fit_affine(points, flat)
    base = Warp(affine)
    values = ties.targets[used] - np.column_stack(base.apply(points[:, 0], points[:, 1]))
    layout = Layout.of(scene.width, scene.height, spacing, slant)

    def beat() -> None:
        check(progress)

    surface = fit_surface(points, values, weight, layout, known, beat=beat)
    seams, surface = _search(scene, base, surface, seams, known, points, values, weight, ties, progress)
    for _ in range(4):
        whole = replace(_warp(base, surface, scene), seams=tuple(_stepped(seams, surface.steps)))
        seams, dropped = _kept(scene, whole, surface, ties.window, progress, ties.level)
        if not dropped:
            break
        # What a dropped step had taken must go back into the surface.
        surface = fit_surface(points, values, weight, layout, _sides(seams, whole, points), None, beat=beat)
    whole = replace(whole, seams=tuple(_stepped(seams, surface.steps)))
    return Refined(whole, ties.measured_by(whole), surface, dense.against)


def _search(
    scene: Scene, base: Warp, surface: Surface, seams: list[Seam], known: np.ndarray, points: np.ndarray,
    values: np.ndarray, weight: np.ndarray, ties: TiePoints, progress: Progress,
) -> tuple[list[Seam], Surface]:  # fmt: skip
    """Further seams, the plainest first, each placed by the pixels beside it before the next is looked for."""
    window, refused = ties.window, 0
    barred: list[Seam] = []

    def beat() -> None:
        check(progress)

    while len(seams) < MOST and refused < 2:
        trials = []
        for candidate in _candidates(scene, base, surface, seams, barred, known, points, values, weight, window, beat):
            smooth, seam = candidate
            column = side(seam, smooth, points, window)[:, None]
            fitted = fit_surface(
                points, values, weight, surface.layout, np.hstack([known, column]), None, *_around(surface), beat
            )
            trials.append((fitted.score, seam, column, fitted))
        if not trials:
            break
        score, seam, column, fitted = min(trials, key=lambda t: t[0])
        if score > _SEAM_GAIN * surface.score or np.hypot(*fitted.steps[-1]) < SMALLEST_PX:
            barred += [t[1] for t in trials]
            refused += 1
            continue
        # With the step known, the pixels say where it is.
        smooth = _warp(base, fitted, scene)
        others = replace(smooth, seams=tuple(_stepped(seams, fitted.steps)))
        step = fitted.steps[-1]
        exact, merit = place(
            scene, others, replace(seam, dx=float(step[0]), dy=float(step[1])), window / 2, progress, ties.level
        )
        if merit > 0:
            moved = side(exact, smooth, points, window)[:, None]
            again = fit_surface(
                points, values, weight, surface.layout, np.hstack([known, moved]), None, *_around(fitted), beat
            )
            if again.score < fitted.score * 1.02:
                seam, column, fitted = exact, moved, again
        known, surface = np.hstack([known, column]), fitted
        seams = _stepped([*seams, seam], fitted.steps)
    return seams, surface


def _stepped(seams: list[Seam], steps: np.ndarray) -> list[Seam]:
    return [replace(s, dx=float(step[0]), dy=float(step[1])) for s, step in zip(seams, steps, strict=False)]


def _around(surface: Surface) -> tuple[tuple[float, ...], tuple[float | None, ...]]:
    """Stiffness to try next: the present one and stiffer, for a step that is taken out leaves a calmer field."""
    lam, rows = surface.stiffness
    return (lam * 100, lam * 10, lam, lam / 10), (rows,)


def _candidates(
    scene: Scene, base: Warp, surface: Surface, seams: list[Seam], barred: list[Seam], known: np.ndarray,
    points: np.ndarray, values: np.ndarray, weight: np.ndarray, window: int, beat: Callable[[], None],
) -> list[tuple[Warp, Seam]]:  # fmt: skip
    """The plainest line by the surface as it is, and by a stiffer one, which swallows less of a step."""
    out: list[tuple[Warp, Seam]] = []
    lam, rows = surface.stiffness
    for factor in (1.0, 30.0):
        beat()
        trial = surface
        if factor > 1:
            trial = fit_surface(
                points, values, weight, surface.layout, known, surface.weight, (lam * factor,), (rows,), beat,
                surface.smooth,
            )  # fmt: skip
        smooth = _warp(base, trial, scene)
        found = best_line(points, values, weight, trial, known, smooth, window, (*seams, *barred))
        if found is not None and found.evidence >= EVIDENCE:
            out.append((smooth, found.seam))
    return out


def _kept(
    scene: Scene, warp: Warp, surface: Surface, window: int, progress: Progress, level: int
) -> tuple[list[Seam], bool]:
    """The warp's seams put where the pixels want them, without those that are not wanted; and whether any fell out."""
    evidence = surface.step_evidence()
    plain = [
        seam for seam, chi in zip(warp.seams, evidence, strict=True)
        if chi >= EVIDENCE / 2 and np.hypot(seam.dx, seam.dy) >= SMALLEST_PX
    ]  # fmt: skip
    if len(plain) < len(warp.seams):
        return plain, True
    kept = plain
    for seam in plain:
        others = tuple(s for s in kept if s is not seam)
        moved, merit = place(scene, replace(warp, seams=others), seam, max(window / 2, 16), progress, level)
        kept = [moved if s is seam else s for s in kept] if merit > 0 else list(others)
    return kept, len(kept) < len(plain)


def _sides(seams: list[Seam], warp: Warp, points: np.ndarray) -> np.ndarray:
    if not seams:
        return np.empty((len(points), 0))
    return np.column_stack([side(seam, warp, points) for seam in seams])


def _steps(seams: list[Seam]) -> np.ndarray:
    return np.array([[s.dx, s.dy] for s in seams]).reshape(-1, 2)


def _warp(base: Warp, surface: Surface, scene: Scene) -> Warp:
    """The affine and the surface sampled at nodes."""
    step = max(min(_FINE_STEP, surface.layout.knot / 4), max(scene.width, scene.height) / _MOST_NODES)
    columns, rows = int(np.ceil((scene.width - 1) / step)) + 1, int(np.ceil((scene.height - 1) / step)) + 1
    return Warp(base.affine, surface.on_grid(np.arange(columns) * step, np.arange(rows) * step), step)
