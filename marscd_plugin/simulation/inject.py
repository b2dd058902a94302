"""Simulated change drawn into a real registered pair in which nothing (or nothing else) changed.

The images are taken as stretched: brightness = 1 + c (value - median) / deviation, with c the contrast that the ground
had before it was stretched. A line 10 % darker on ground of 10 % contrast is then a deviation darker, in whatever unit
the image is. The rest of the pair stays as it is, value for value.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..common.errors import InputError
from .easel import Easel
from .fields import Array
from .kinds import Kind
from .marks import Site, soften
from .pair import DrawnObject
from .visibility import Ground

#: What is taken for the contrast of stretched ground, at most: slopes of 10-15 degrees under a sun 50 degrees off the
#: vertical shade by about as much.
MOST_CONTRAST = 0.12
#: Groups of change are drawn in windows of at most so many pixels a side.
TILE = 288


@dataclass(frozen=True)
class Injected:
    """Both dates with change in them, in their own unit, and its truth, as in ``pair.SimulatedPair``; all (H, W)."""

    before: Array
    after: Array
    truth: NDArray[np.uint8]
    classes: NDArray[np.uint8]
    labels: NDArray[np.uint16]
    ignore: NDArray[np.bool_]
    objects: tuple[DrawnObject, ...]
    recipe: dict[str, Any]


def inject(
    rng: np.random.Generator,
    before: Array,
    after: Array,
    valid: NDArray[np.bool_],
    kinds: Sequence[Kind] | None = None,
    *,
    density: float = 1.0,
    width: tuple[float, float] | None = None,
    ground_contrast: float | None = None,
    date: str | None = None,
    optics: float = 0.6,
    faint: float = 0.0,
) -> Injected:
    """Draw change into the pair (H, W), any unit; ``valid``: bool, seen in both dates.

    ``kinds``: to choose from (None: all by their weights); ``density``: groups of change a square of 256 px, one at
    least; ``width``: bounds in px of lineae; ``ground_contrast``: deviation over mean of the ground's brightness before
    it was stretched (None: what the image shows, at most 0.12); ``date``: the date in which new things stand,
    ``before`` or ``after`` (None: drawn a group); ``optics``: blur of what is drawn, px; ``faint``:
    share of groups paled until they can only just be seen. Raises InputError.
    """
    if before.shape != after.shape or before.shape != valid.shape or before.ndim != 2 or min(before.shape) < 32:
        raise InputError("The two dates and their mask are not images of one shape.", "Give one pair of 32 px or more.")
    if not valid.any():
        raise InputError("The pair has no pixel that is seen in both dates.", "Choose another pair.")
    if date not in (None, "before", "after"):
        raise InputError(f"There is no date called {date!r}.", "Say before or after.")
    images = [np.asarray(image, np.float32) for image in (before, after)]
    scales = [_scale(image, valid, ground_contrast) for image in images]
    ground = [np.where(valid, np.float32(1.0) + (i - m) * np.float32(1 / s), 1.0).astype(np.float32)
              for i, (m, s, _) in zip(images, scales, strict=True)]  # fmt: skip
    easel = Easel(Ground(ground[0], ground[1], 0.0), (valid.shape[0], valid.shape[1]), optics=optics)
    groups = max(int(rng.poisson(density * valid.sum() / 65536.0)), 1)
    smooth = soften(ground[0], 3.0)
    gy, gx = np.gradient(smooth)
    norm = np.float32(4.0 * math.sqrt(float(np.mean(gx * gx + gy * gy))) + 1e-9)
    interest = np.abs(ground[0] - smooth)
    for _ in range(groups):
        top, left = _corner(rng, valid)
        window = np.s_[top : top + TILE, left : left + TILE]
        angle = rng.uniform(0, 2 * math.pi)
        # HiRISE looks in the afternoon, from the left.
        light = math.pi + rng.normal(0, 0.8)
        sun = (math.cos(light), math.sin(light))
        site = Site(interest[window].shape, (math.cos(angle), math.sin(angle)), (gx[window] / norm, gy[window] / norm),
                    interest[window], (sun, sun))  # fmt: skip
        easel.draw(rng, site, kinds, width, date=date, corner=(top, left), faint=faint)
    made = []
    for image, relative, (_, scale, _), factor in zip(images, ground, scales, (easel.before, easel.after), strict=True):
        step = relative * (soften(factor, optics) - 1.0) * np.float32(scale)
        low, high = float(image[valid].min()), float(image[valid].max())
        changed = np.abs(step) > 1e-6 * scale
        made.append(np.where(changed & valid, np.clip(image + step, low, high), image).astype(np.float32))
    labels = np.where(valid, easel.labels, 0).astype(np.uint16)
    truth = labels > 0
    return Injected(
        made[0], made[1], truth.astype(np.uint8), np.where(truth, easel.classes, 0).astype(np.uint8), labels,
        easel.ignore & valid & ~truth, easel.settled(valid),
        {"simulated": True, "groups": groups, "left_out": easel.left_out, "drawn": easel.seen + easel.left_out,
         "ground_contrast": [scales[0][2], scales[1][2]]},
    )  # fmt: skip


def _scale(image: Array, valid: NDArray[np.bool_], contrast: float | None) -> tuple[float, float, float]:
    """(median, units of the image for a whole brightness of the ground, contrast of the ground)."""
    values = image[valid]
    low, middle, high = (float(v) for v in np.quantile(values[:: max(values.size // 200_000, 1)], (0.1, 0.5, 0.9)))
    spread = max((high - low) / 2.563, 1e-6 * abs(middle), 1e-9)
    if contrast is None:
        contrast = min(spread / max(abs(middle), 1e-9), MOST_CONTRAST)
    return middle, spread / contrast, contrast


def _corner(rng: np.random.Generator, valid: NDArray[np.bool_]) -> tuple[int, int]:
    """Upper-left corner of a window around a valid pixel."""
    rows, columns = valid.shape
    for _ in range(64):
        y, x = int(rng.integers(rows)), int(rng.integers(columns))
        if valid[y, x]:
            break
    return (int(np.clip(y - TILE // 2, 0, max(rows - TILE, 0))), int(np.clip(x - TILE // 2, 0, max(columns - TILE, 0))))
