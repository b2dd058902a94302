"""Registration of a moving image to a reference: coarse by features, fine by windows, believed only when two agree.

1. Both images at reduced resolution, band-passed; SIFT + MAGSAC give an affine (any shift, beyond the grid's edge where
   the grid itself shows nothing in common); where features fail, phase correlation of the whole gives a shift.
2. A few large windows at full resolution, phase-correlated with the moving image warped by that, give a better affine.
3. Three passes of ever smaller and more windows (``refine``): an affine, a smooth surface for parallax, a term of the
   camera's rows for jitter, and steps at straight lines for CCD seams, each only as far as the tie points bear it.
4. Every fifth tie point is held out of every fit and of every choice: their residual is the one that is reported.
5. SIFT matches at full resolution, which phase correlation had no part in, must lie where the windows say: the gate
   uses their disagreement and the held-out residual, never inlier counts or correlation scores (measured: those stay
   high when a registration is silently wrong).
6. Where tie points do not say enough, the alignment is not trusted (``partial``), and nothing is written there.
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
from .gate import Gate, judge
from .partial import Trust, trust
from .refine import refine
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
    """A registration with the warp that achieves it and the tie points behind it (full-size grid pixels).

    ``trusted`` says where it holds (None: everywhere): for ``write_warped``, which leaves the rest out.
    """

    registration: Registration
    warp: Warp
    ties: TiePoints
    trusted: Trust | None = None


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
    check(progress)
    ties = window_ties(scene, warp, progress, None, level)
    progress.report(0.5)
    # A small or poor overlap has few of these large windows: the dense ones then start from the coarse map itself.
    if len(ties.points) >= gate.min_ties:
        warp, ties = _fit(ties)
    found = refine(scene, warp, progress, level)
    if found is None:
        raise _too_little(len(ties.points))
    if not plausible(found.warp.affine):
        raise _absurd()
    progress.report(0.85)
    disagreement, compared = feature_check(scene, found.warp, found.ties, progress)
    where = trust(scene, found)
    return Alignment(judge(gate, found.ties, disagreement, compared, where.masked), found.warp, found.ties, where)


def _too_little(count: int) -> RegistrationError:
    return RegistrationError(
        f"The images could not be registered: too little texture in common ({count} tie points).",
        "Choose images of the same place with more similar light, or a larger overlap.",
    )


def _absurd() -> RegistrationError:
    return RegistrationError(
        "The images could not be registered: tie points ask for more rotation or scale than two maps differ by.",
        "Check that both images have the right CRS and pixel size.",
    )


def _fit(ties: TiePoints) -> tuple[Warp, TiePoints]:
    """A robust affine through the tie points that are not held out."""
    used = ~ties.held_out
    affine, _ = fit_affine(ties.points[used], ties.targets[used])
    if not plausible(affine):
        raise _absurd()
    warp = Warp(affine)
    return warp, ties.measured_by(warp)


def _coarse(scene: Scene, level: int) -> Warp:
    """The affine found at reduced resolution, for the full-size grid."""
    window = Window(0, 0, scene.width, scene.height)
    factor = max(level, -(-max(scene.width, scene.height) // WORKING_SIZE))
    reference, moving = scene.reference(window, factor), scene.moving(window, factor)
    smallest = _MIN_OVERLAP_PX / factor**2
    if reference.valid.sum() >= smallest and moving.valid.sum() < smallest and level == 1:
        beyond = _beyond(scene, band_pass(reference.values, reference.valid), reference.valid, factor)
        if beyond is not None:
            return beyond
    if reference.valid.sum() < smallest or moving.valid.sum() < smallest:
        raise RegistrationError(
            "The images could not be registered: they do not overlap on the grid.",
            "Choose images of the same place, or check their CRS.",
        )
    a, b = band_pass(reference.values, reference.valid), band_pass(moving.values, moving.valid)
    found = agreed_affine(match(a, b, reference.valid, moving.valid))
    if found is not None:
        return Warp(found[0]).scaled(factor)
    if level == 1:
        beyond = _beyond(scene, a, reference.valid, factor)
        if beyond is not None:
            return beyond
    peak = phase_shift(a, b, reach=max(a.shape) // 2)
    shift = np.array([[1.0, 0, peak.dx], [0, 1.0, peak.dy]])
    return Warp(shift).scaled(factor)


def _beyond(scene: Scene, band_passed: np.ndarray, valid: np.ndarray, factor: int) -> Warp | None:
    """As ``_coarse``, with the moving image read half a grid further on every side: uncontrolled products can lie that
    far off, so that what both call one place hardly shows the same ground."""
    side = max(scene.width, scene.height) // 2 // factor * factor
    around = Window(-side, -side, scene.width + 2 * side, scene.height + 2 * side)
    moving = scene.moving(around, factor)
    # Nothing lies there: the first search has seen all of it.
    if moving.valid[side // factor :, side // factor :][: valid.shape[0], : valid.shape[1]].sum() == moving.valid.sum():
        return None
    found = agreed_affine(match(band_passed, band_pass(moving.values, moving.valid), valid, moving.valid))
    if found is None:
        return None
    affine = found[0].copy()
    affine[:, 2] -= side // factor
    return Warp(affine).scaled(factor)


def as_refusal(error: RegistrationError) -> Registration:
    """A refusal without numbers, as a Registration."""
    return Registration(
        accepted=False, reason=error.what.removeprefix("The images could not be registered: ").rstrip(".")
    )


def identity(reason: str = "the reference itself") -> Registration:
    """The registration of the reference epoch."""
    return replace(Registration(accepted=True, reason=reason), residual_px=0.0, disagreement_px=0.0)
