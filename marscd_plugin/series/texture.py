"""Band-pass normalisation: what two images of one place share whatever their gain, haze and slow shading.

Registration always works on this, never on raw values: on very smooth terrain raw feature matching and correlation
lock onto noise or onto the image frame and report a confident shift near zero (measured; the reason for this module).
"""

from __future__ import annotations

import numpy as np

from ..common.packages import need

#: Edges of the box filters, pixels: what is wider than this is taken for shading.
MEAN_BOX = 33
SPREAD_BOX = 65
#: Local contrast below this share of the scene's is not blown up to full contrast: it is mostly noise.
_FLOOR = 0.2
_CLIP = 4.0


def band_pass(values: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """(rows, columns) float32 in -4..4, zero mean and unit local spread; 0 where not ``valid``. Memory: 5 copies."""
    cv2 = need("cv2")
    weight = valid.astype(np.float32)
    if not valid.any():
        return np.zeros(values.shape, np.float32)
    centre = np.float32(np.median(values[valid][:: max(1, int(valid.sum()) // 100_000)]))
    data = np.where(valid, values.astype(np.float32) - centre, np.float32(0))
    fine = cv2.GaussianBlur(data, (0, 0), 0.8, borderType=cv2.BORDER_REFLECT)
    fine_weight = cv2.GaussianBlur(weight, (0, 0), 0.8, borderType=cv2.BORDER_REFLECT)
    np.divide(fine, np.maximum(fine_weight, 1e-3), out=fine)
    detail = np.where(valid, fine - _box(data, weight, MEAN_BOX), np.float32(0))
    spread = np.sqrt(np.maximum(_box(detail * detail, weight, SPREAD_BOX), 0))
    typical = float(np.median(spread[valid]))
    if typical <= 0:
        typical = float(spread[valid].mean())
    if typical <= 0:
        return np.zeros(values.shape, np.float32)
    detail /= np.maximum(spread, np.float32(_FLOOR * typical))
    np.clip(detail, -_CLIP, _CLIP, out=detail)
    detail[~valid] = 0
    return detail


def _box(data: np.ndarray, weight: np.ndarray, size: int) -> np.ndarray:
    """Mean over valid pixels of a box; 0 where it holds none."""
    cv2 = need("cv2")
    total = cv2.blur(data * weight, (size, size), borderType=cv2.BORDER_REFLECT)
    share = cv2.blur(weight, (size, size), borderType=cv2.BORDER_REFLECT)
    return total / np.maximum(share, np.float32(1e-3))


def as_bytes(detail: np.ndarray) -> np.ndarray:
    """A band-passed image as uint8 for feature detectors: 0 becomes 128."""
    return np.clip(detail * 31.75 + 128.0, 0, 255).astype(np.uint8)
