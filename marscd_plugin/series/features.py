"""Feature matches (SIFT on band-passed images) and the affine they agree on (MAGSAC): the first of two estimators."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..common.packages import need
from .texture import as_bytes
from .transform import fit_affine, plausible

#: Features a megapixel that are kept (the strongest), and the bounds on their number.
_PER_MEGAPIXEL, _FEWEST, _MOST = 4000, 1500, 8000
_RATIO = 0.8
#: Matches that must agree on one affine before it is believed at all.
MIN_INLIERS = 10
_REACH_PX = 3.0


@dataclass(frozen=True)
class Matches:
    """Feature positions that belong together: (n, 2) arrays of (x, y) pixels."""

    reference: np.ndarray
    moving: np.ndarray


def match(
    reference: np.ndarray,
    moving: np.ndarray,
    reference_valid: np.ndarray,
    moving_valid: np.ndarray,
    near: float | None = None,
) -> Matches:
    """Match SIFT features of two band-passed images; with ``near``, only those at most that many pixels apart."""
    cv2 = need("cv2")
    none = Matches(np.empty((0, 2)), np.empty((0, 2)))
    wanted = int(np.clip(_PER_MEGAPIXEL * reference.size / 1e6, _FEWEST, _MOST))
    detector = cv2.SIFT_create(nfeatures=wanted, contrastThreshold=0.02, edgeThreshold=12)
    found = []
    for image, valid in ((reference, reference_valid), (moving, moving_valid)):
        # Away from the edge of the data, where the frame itself would be a feature.
        inner = cv2.erode(
            valid.astype(np.uint8), np.ones((13, 13), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=0
        )
        points, descriptors = detector.detectAndCompute(as_bytes(image), inner * 255)
        if descriptors is None or len(points) < 4:
            return none
        # RootSIFT (Arandjelovic and Zisserman 2012): compares histograms better than the Euclidean distance.
        descriptors = np.sqrt(descriptors / np.maximum(descriptors.sum(axis=1, keepdims=True), 1e-6))
        found.append((np.array([p.pt for p in points]), descriptors.astype(np.float32)))
    (at, a), (bt, b) = found
    first, second = _pairs(a, b), {(j, i) for i, j in _pairs(b, a)}
    both = np.array(sorted(first & second), dtype=np.intp).reshape(-1, 2)
    if len(both) == 0:
        return none
    p, q = at[both[:, 0]], bt[both[:, 1]]
    if near is not None:
        keep = np.hypot(*(q - p).T) <= near
        p, q = p[keep], q[keep]
    _, unique = np.unique(np.round(np.column_stack([p, q]), 2), axis=0, return_index=True)
    return Matches(p[unique], q[unique])


def _pairs(a: np.ndarray, b: np.ndarray) -> set[tuple[int, int]]:
    cv2 = need("cv2")
    # A kd-tree is an approximation with a random part; small sets are searched through, the same every time.
    matcher = (
        cv2.BFMatcher(cv2.NORM_L2)
        if len(a) * len(b) < 4_000_000
        else cv2.FlannBasedMatcher({"algorithm": 1, "trees": 4}, {"checks": 64})
    )
    cv2.setRNGSeed(1)
    return {
        (m[0].queryIdx, m[0].trainIdx)
        for m in matcher.knnMatch(a, b, k=2)
        if len(m) == 2 and m[0].distance < _RATIO * m[1].distance
    }


def agreed_affine(matches: Matches) -> tuple[np.ndarray, np.ndarray] | None:
    """The affine reference -> moving that most matches agree on, and which do; None where too few, or it is absurd."""
    if len(matches.reference) < MIN_INLIERS:
        return None
    cv2 = need("cv2")
    cv2.setRNGSeed(1)
    affine, mask = cv2.estimateAffine2D(
        matches.reference,
        matches.moving,
        method=cv2.USAC_MAGSAC,
        ransacReprojThreshold=_REACH_PX,
        maxIters=5000,
        confidence=0.999,
    )
    if affine is None or mask is None:
        return None
    agree = mask.ravel().astype(bool)
    if np.count_nonzero(agree) < MIN_INLIERS or not plausible(affine):
        return None
    affine, _ = fit_affine(matches.reference[agree], matches.moving[agree])
    return (affine, agree) if plausible(affine) else None
