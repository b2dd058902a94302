"""The other ways to lay one image on another that ``bench_registration`` compares with: OpenCV's own two.

Each gets the same band-passed images as our own method, and what help it needs to have a chance: ECC has no way to find
a shift of hundreds of pixels, so it starts from phase correlation, or from the SIFT affine our own method starts from.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from marscd_plugin.common.errors import RegistrationError
from marscd_plugin.series.registration import _coarse
from marscd_plugin.series.scene import Scene
from marscd_plugin.series.texture import band_pass
from marscd_plugin.series.transform import Warp

_LEVELS = (4, 2, 1)
_ROUNDS, _EPSILON = 60, 1e-6


@dataclass(frozen=True)
class Answer:
    """A rival's warp (None where it gave up) and its seconds."""

    warp: Warp | None
    seconds: float


def rivals() -> dict[str, Callable[[Scene, np.ndarray, np.ndarray, np.ndarray, np.ndarray], Warp | None]]:
    """Name -> function of (scene, reference, its mask, moving, its mask)."""
    return {
        "OpenCV phase correlation": phase,
        "OpenCV ECC affine, from phase correlation": lambda s, a, va, b, vb: ecc(a, va, b, vb, phase(s, a, va, b, vb)),
        "OpenCV ECC affine, from our SIFT affine": lambda s, a, va, b, vb: ecc(a, va, b, vb, _start(s)),
    }


def run_all(scene: Scene, a: np.ndarray, va: np.ndarray, b: np.ndarray, vb: np.ndarray) -> dict[str, Answer]:
    """Every rival on one pair."""
    out = {}
    one, two = band_pass(a, va), band_pass(b, vb)
    for name, method in rivals().items():
        start = time.perf_counter()
        warp = method(scene, one, va, two, vb)
        out[name] = Answer(warp, time.perf_counter() - start)
    return out


def phase(_: Scene, a: np.ndarray, va: np.ndarray, b: np.ndarray, vb: np.ndarray) -> Warp:
    """A shift alone: cv2.phaseCorrelate with a Hann window."""
    import cv2

    hann = cv2.createHanningWindow(a.shape[::-1], cv2.CV_32F)
    (dx, dy), _response = cv2.phaseCorrelate(a * va, b * vb, hann)
    return Warp(np.array([[1.0, 0, dx], [0, 1.0, dy]]))


def ecc(a: np.ndarray, va: np.ndarray, b: np.ndarray, vb: np.ndarray, start: Warp | None) -> Warp | None:
    """An affine: cv2.findTransformECC on a pyramid."""
    import cv2

    if start is None:
        return None
    affine = start.affine.astype(np.float32)
    for level in _LEVELS:
        size = (a.shape[1] // level, a.shape[0] // level)
        small_a, small_b = (cv2.resize(image, size, interpolation=cv2.INTER_AREA) for image in (a, b))
        mask = (cv2.resize(vb.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0).astype(np.uint8)
        now = affine.copy()
        now[:, 2] /= level
        criteria = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, _ROUNDS, _EPSILON)
        try:
            _cc, now = cv2.findTransformECC(small_a, small_b, now, cv2.MOTION_AFFINE, criteria, mask, 5)
        except cv2.error:
            # It did not converge, or the images no longer overlap.
            return None
        now[:, 2] *= level
        affine = now
    return Warp(affine.astype(float))


def _start(scene: Scene) -> Warp | None:
    try:
        return _coarse(scene, 1)
    except RegistrationError:
        return None
