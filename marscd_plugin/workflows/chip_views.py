"""Other views of a chip, as Meng et al. (arXiv 2501.08584) multiply theirs by ten: rotation, scaling, blur, greyscale.

The paper names the four and gives no amounts; those here are ours. Our chips are grey from the start, so that instead
of "greyscale" the tone is changed (gamma), which is what another camera's greyscale would do. What a turned or wider
view shows beyond the chip's edge is the real ground there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..common.packages import need

SCALES = (0.8, 1.25)
BLURS = (0.4, 1.5)  # pixels, standard deviation
GAMMAS = (0.7, 1.4)
#: Edge of the ground that views are cut from, in chips: the diagonal at the widest view.
CONTEXT = 1.25 * math.sqrt(2.0) + 0.04
#: More missing than this in a view: it is only mirrored and turned by right angles.
_MOST_MISSING = 0.02


@dataclass(frozen=True)
class View:
    """``words`` says what was done ("" for the chip itself); ``pixels`` float32 (px, px), NaN where nothing is."""

    words: str
    pixels: np.ndarray


def chip_and_views(chip: np.ndarray, context: np.ndarray, count: int, seed: Sequence[int]) -> list[View]:
    """The chip, then ``count`` other views of it. ``context`` (larger, same middle and scale) holds its surroundings.

    The same seed gives the same views.
    """
    rng = np.random.default_rng(list(seed))
    return [View("", chip), *(_view(chip, context, rng) for _ in range(count))]


def _view(chip: np.ndarray, context: np.ndarray, rng: np.random.Generator) -> View:
    px = chip.shape[0]
    turn = float(rng.uniform(0.0, 360.0))
    scale = float(np.exp(rng.uniform(np.log(SCALES[0]), np.log(SCALES[1]))))
    blur = float(rng.uniform(*BLURS)) if rng.random() < 0.5 else 0.0
    gamma = float(np.exp(rng.uniform(np.log(GAMMAS[0]), np.log(GAMMAS[1])))) if rng.random() < 0.5 else 1.0
    quarter = int(rng.integers(4))
    seen = _warped(context, px, turn, scale)
    missing = float(np.mean(~np.isfinite(seen)))
    if missing > max(_MOST_MISSING, float(np.mean(~np.isfinite(chip)))):
        seen, turn, scale = np.rot90(chip, quarter).copy(), 90.0 * quarter, 1.0
    words = [f"turned {turn:.0f} degrees", f"scaled {scale:.2f}"]
    if blur:
        seen = _blurred(seen, blur)
        words.append(f"blurred {blur:.1f} px")
    if gamma != 1.0:
        seen = _toned(seen, gamma)
        words.append(f"tone {gamma:.2f}")
    return View(", ".join(words), seen.astype(np.float32))


def _warped(context: np.ndarray, px: int, turn: float, scale: float) -> np.ndarray:
    """The middle of the context, turned (degrees) and enlarged by ``scale``; shrunk views are averaged first."""
    cv2 = need("cv2")
    middle, here = (context.shape[0] - 1) / 2, (px - 1) / 2
    c, s = math.cos(math.radians(turn)) / scale, math.sin(math.radians(turn)) / scale
    move = np.array([[c, -s, middle - here * (c - s)], [s, c, middle - here * (s + c)]])
    good = np.isfinite(context)
    filled = np.where(good, context, np.float32(np.median(context[good]) if good.any() else 0.0)).astype(np.float32)
    if scale < 1.0:
        filled = cv2.GaussianBlur(filled, (0, 0), 0.5 * math.sqrt(1 / scale**2 - 1) + 0.05)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    seen = cv2.warpAffine(filled, move, (px, px), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    known = cv2.warpAffine(good.astype(np.float32), move, (px, px), flags=flags, borderMode=cv2.BORDER_CONSTANT)
    seen[known < 0.5] = np.nan
    return np.asarray(seen)


def _blurred(seen: np.ndarray, sigma: float) -> np.ndarray:
    cv2 = need("cv2")
    good = np.isfinite(seen)
    weight = cv2.GaussianBlur(good.astype(np.float32), (0, 0), sigma)
    total = cv2.GaussianBlur(np.where(good, seen, 0.0).astype(np.float32), (0, 0), sigma)
    return np.where(good, total / np.maximum(weight, 1e-6), np.nan)


def _toned(seen: np.ndarray, gamma: float) -> np.ndarray:
    """Gamma between the chip's own least and greatest value."""
    good = np.isfinite(seen)
    low, high = float(seen[good].min()), float(seen[good].max())
    if not high > low:
        return seen
    return np.where(good, low + (high - low) * np.clip((seen - low) / (high - low), 0, 1) ** gamma, np.nan)
