"""Feature matches (SIFT on band-passed images) and the affine they agree on (MAGSAC): the first of two estimators."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
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
    none = Matches(np.empty((0, 2)), np.empty((0, 2)))
    wanted = int(np.clip(_PER_MEGAPIXEL * reference.size / 1e6, _FEWEST, _MOST))
    # One reference serves many moving images: its features are kept for the next.
    first_found = _features(reference, reference_valid, wanted, _kept)
    second_found = _features(moving, moving_valid, wanted, None) if first_found is not None else None
    if first_found is None or second_found is None:
        return none
    (at, a), (bt, b) = first_found, second_found
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


def _features(
    image: np.ndarray, valid: np.ndarray, wanted: int, kept: _Kept | None
) -> tuple[np.ndarray, np.ndarray] | None:
    """Positions (n, 2) and RootSIFT descriptors (n, 128) of one band-passed image; None where it has too few."""
    cv2 = need("cv2")
    # Away from the edge of the data, where the frame itself would be a feature.
    inner = cv2.erode(
        valid.astype(np.uint8), np.ones((13, 13), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=0
    )
    shown = as_bytes(image)
    key = _key(shown, inner, wanted) if kept is not None else b""
    known = kept.get(key) if kept is not None else None
    if known is not None:
        return known
    detector = cv2.SIFT_create(nfeatures=wanted, contrastThreshold=0.02, edgeThreshold=12)
    points, descriptors = detector.detectAndCompute(shown, inner * 255)
    if descriptors is None or len(points) < 4:
        return None
    # RootSIFT (Arandjelovic and Zisserman 2012): compares histograms better than the Euclidean distance.
    descriptors = np.sqrt(descriptors / np.maximum(descriptors.sum(axis=1, keepdims=True), 1e-6))
    found = np.array([p.pt for p in points]), descriptors.astype(np.float32)
    if kept is not None:
        kept.put(key, found)
    return found


def _key(shown: np.ndarray, inner: np.ndarray, wanted: int) -> bytes:
    """What decides an image's features."""
    digest = hashlib.blake2b(repr((shown.shape, wanted)).encode(), digest_size=20)
    digest.update(np.ascontiguousarray(shown).data)
    digest.update(np.ascontiguousarray(inner).data)
    return digest.digest()


class _Kept:
    """The features of the images seen last, at most ``limit`` bytes of them. Safe between threads."""

    def __init__(self, limit: int) -> None:
        self._limit, self._size = limit, 0
        self._lock = threading.Lock()
        self._found: OrderedDict[bytes, tuple[np.ndarray, np.ndarray]] = OrderedDict()

    def get(self, key: bytes) -> tuple[np.ndarray, np.ndarray] | None:
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
            return self._found.get(key)

    def put(self, key: bytes, found: tuple[np.ndarray, np.ndarray]) -> None:
        for array in found:
            array.flags.writeable = False
        with self._lock:
            if key in self._found:
                return
            self._found[key] = found
            self._size += sum(array.nbytes for array in found)
            while self._size > self._limit:
                _, gone = self._found.popitem(last=False)
                self._size -= sum(array.nbytes for array in gone)


#: A coarse search and nine regions take some 15 MB.
_kept = _Kept(24_000_000)


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
