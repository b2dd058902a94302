"""Registration of a moving image to a reference: coarse by features, fine by windows, believed only when two agree.

1. Both images at reduced resolution, band-passed; SIFT + MAGSAC give an affine (any shift); where features fail, phase
   correlation of the whole gives a shift.
2. At full resolution, windows all over the overlap are phase-correlated with the moving image warped by what is known
   so far, twice; the tie points that result give a robust affine and, if it clearly helps, a smooth field.
3. Every fifth tie point is held out of every fit: their residual is the one that is reported.
4. SIFT matches at full resolution, which phase correlation had no part in, must lie where the windows say: the gate
   uses their disagreement and the held-out residual, never inlier counts or correlation scores (measured: those stay
   high when a registration is silently wrong).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..common.errors import RegistrationError
from ..common.progress import Progress, Quiet, check
from ..common.rasters import Window, bounded_cache
from ..common.words import Registration
from .correlation import phase_shift
from .features import agreed_affine, match
from .field import smooth_field
from .gate import Gate, judge
from .scene import ArrayScene, Scene
from .texture import band_pass
from .ties import TiePoints, feature_check, window_ties
from .transform import Warp, fit_affine, plausible

#: Larger side of the reduced images that the coarse search works on, pixels; SIFT takes some 200 bytes for each pixel.
WORKING_SIZE = 1400
#: How many times smaller the tie points' windows are read, one after the other until the gate accepts: on very smooth
#: terrain only broad forms stand out of the noise.
LEVELS = (1, 2, 4)
_MIN_SIDE = 96
_MIN_OVERLAP_PX = 64 * 64


@dataclass(frozen=True)
class Alignment:
    """A registration with the warp that achieves it and the tie points behind it (full-size grid pixels)."""

    registration: Registration
    warp: Warp
    ties: TiePoints


def register(
    reference: np.ndarray,
    moving: np.ndarray,
    reference_valid: np.ndarray | None = None,
    moving_valid: np.ndarray | None = None,
    gate: Gate | None = None,
    progress: Progress | None = None,
) -> Alignment:
    """Register two arrays (rows, columns). See ``register_scene``."""
    return register_scene(ArrayScene(reference, moving, reference_valid, moving_valid), gate, progress)


def register_scene(scene: Scene, gate: Gate | None = None, progress: Progress | None = None) -> Alignment:
    """Register and judge. Raises RegistrationError with the reason where the pair is refused; CancelledError."""
    alignment = attempt(scene, gate or Gate(), progress or Quiet())
    if not alignment.registration.accepted:
        raise RegistrationError(
            f"The images could not be registered: {alignment.registration.reason}.",
            "Choose images of the same place with more similar light, or another reference.",
        )
    return alignment


def attempt(scene: Scene, gate: Gate, progress: Progress) -> Alignment:
    """As ``register_scene``, but an alignment that was measured and refused comes back with its numbers."""
    # GDAL's own limit is a share of the machine's memory, which one reading of large images would fill.
    with bounded_cache():
        return _attempt(scene, gate, progress)


def _attempt(scene: Scene, gate: Gate, progress: Progress) -> Alignment:
    check(progress)
    refused: list[Alignment | RegistrationError] = []
    for level in LEVELS:
        if level > 1 and min(scene.width, scene.height) < _MIN_SIDE * level:
            break
        try:
            alignment = _at_level(scene, gate, progress, level)
        except RegistrationError as error:
            refused.append(error)
            continue
        if alignment.registration.accepted:
            progress.report(1.0)
            return alignment
        refused.append(alignment)
    measured = [r for r in refused if isinstance(r, Alignment)]
    if measured:
        return measured[0]
    raise next(r for r in refused if isinstance(r, RegistrationError))


def _at_level(scene: Scene, gate: Gate, progress: Progress, level: int) -> Alignment:
    """Coarse, fine, field and judgement, with tie points read ``level`` times smaller than the grid."""
    warp = _coarse(scene, level)
    progress.report(0.4)
    for step, reach in enumerate((None, 3.0)):
        check(progress)
        ties = window_ties(scene, warp, progress, reach, level)
        progress.report(0.55 + 0.15 * step)
        if len(ties.points) < gate.min_ties:
            raise RegistrationError(
                f"The images could not be registered: too little texture in common ({len(ties.points)} tie points).",
                "Choose images of the same place with more similar light, or a larger overlap.",
            )
        warp, ties = _fit(ties)
    field = smooth_field(ties, scene.width, scene.height)
    if field is not None:
        # Windows measured through the field see less of each other's parallax: measure once more, then judge.
        again = window_ties(scene, Warp(warp.affine, *field), progress, 3.0, level)
        check(progress)
        if len(again.points) >= gate.min_ties:
            warp, ties = _fit(again)
            field = smooth_field(ties, scene.width, scene.height)
        if field is not None:
            warp = Warp(warp.affine, *field)
            ties = ties.measured_by(warp)
    progress.report(0.85)
    disagreement, compared = feature_check(scene, warp, ties, progress)
    return Alignment(judge(gate, ties, disagreement, compared), warp, ties)


def _fit(ties: TiePoints) -> tuple[Warp, TiePoints]:
    """A robust affine through the tie points that are not held out."""
    used = ~ties.held_out
    affine, _ = fit_affine(ties.points[used], ties.targets[used])
    if not plausible(affine):
        raise RegistrationError(
            "The images could not be registered: tie points ask for more rotation or scale than two maps differ by.",
            "Check that both images have the right CRS and pixel size.",
        )
    warp = Warp(affine)
    return warp, ties.measured_by(warp)


def _coarse(scene: Scene, level: int) -> Warp:
    """The affine found at reduced resolution, for the full-size grid."""
    window = Window(0, 0, scene.width, scene.height)
    factor = max(level, -(-max(scene.width, scene.height) // WORKING_SIZE))
    reference, moving = scene.reference(window, factor), scene.moving(window, factor)
    smallest = _MIN_OVERLAP_PX / factor**2
    if reference.valid.sum() < smallest or moving.valid.sum() < smallest:
        raise RegistrationError(
            "The images could not be registered: they do not overlap on the grid.",
            "Choose images of the same place, or check their CRS.",
        )
    a, b = band_pass(reference.values, reference.valid), band_pass(moving.values, moving.valid)
    found = agreed_affine(match(a, b, reference.valid, moving.valid))
    if found is not None:
        return Warp(found[0]).scaled(factor)
    peak = phase_shift(a, b, reach=max(a.shape) // 2)
    shift = np.array([[1.0, 0, peak.dx], [0, 1.0, peak.dy]])
    return Warp(shift).scaled(factor)


def as_refusal(error: RegistrationError) -> Registration:
    """A refusal without numbers, as a Registration."""
    return Registration(
        accepted=False, reason=error.what.removeprefix("The images could not be registered: ").rstrip(".")
    )


def identity(reason: str = "the reference itself") -> Registration:
    """The registration of the reference epoch."""
    return replace(Registration(accepted=True, reason=reason), residual_px=0.0, disagreement_px=0.0)
