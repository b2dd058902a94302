"""What registration looks at: patches of the reference and of the moving image, on one grid, at any reduction.

``ArrayScene`` serves two arrays; ``grids.RasterScene`` serves two rasters block by block, so that memory does not grow
with the image.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ..common.packages import need
from ..common.rasters import Window
from .transform import Warp


@dataclass(frozen=True)
class Patch:
    """``values`` float32 and ``valid`` bool, (rows, columns); values where not valid are without meaning but finite."""

    values: np.ndarray
    valid: np.ndarray


class Scene(Protocol):
    """Two images on one grid of ``width`` x ``height`` pixels."""

    width: int
    height: int

    def reference(self, window: Window, factor: int = 1) -> Patch:
        """The reference in a window, averaged ``factor`` times smaller (rows and columns rounded up)."""

    def moving(self, window: Window, factor: int = 1, warp: Warp | None = None) -> Patch:
        """The moving image through ``warp`` (default: its own georeferencing) in the same window."""


def shape_at(window: Window, factor: int) -> tuple[int, int]:
    """(rows, columns) of a window's patch."""
    return -(-window.height // factor), -(-window.width // factor)


def pixel_centres(window: Window, factor: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """(columns, rows): grid coordinates of a patch's pixel centres along x and y, float64."""
    rows, columns = shape_at(window, factor)
    half = (factor - 1) / 2
    return window.column + half + factor * np.arange(columns), window.row + half + factor * np.arange(rows)


def shrink(values: np.ndarray, valid: np.ndarray, factor: int) -> Patch:
    """Average ``factor`` x ``factor`` blocks of valid pixels; a block counts where at least 70 % of it is valid."""
    if factor == 1:
        return Patch(values, valid)
    rows, columns = -(-values.shape[0] // factor), -(-values.shape[1] // factor)
    pad = ((0, rows * factor - values.shape[0]), (0, columns * factor - values.shape[1]))
    weight = np.pad(valid.astype(np.float32), pad)
    data = np.pad(np.where(valid, values, 0).astype(np.float32), pad) * weight
    blocks = (rows, factor, columns, factor)
    count = weight.reshape(blocks).sum(axis=(1, 3))
    mean = data.reshape(blocks).sum(axis=(1, 3)) / np.maximum(count, 1)
    return Patch(mean.astype(np.float32), count >= 0.7 * factor * factor)


def sample(values: np.ndarray, valid: np.ndarray, x: np.ndarray, y: np.ndarray) -> Patch:
    """Cubic samples of an array at pixel coordinates (x, y), 2-D, no nodata bleeding in.

    A sample is valid where the four pixels around it are; what is invalid is filled with the mean of its surroundings
    first, so that the outer cubic taps at an edge see something plausible.
    """
    cv2 = need("cv2")
    if not valid.any():
        return Patch(np.zeros(x.shape, np.float32), np.zeros(x.shape, bool))
    filled = fill(values, valid)
    map_x, map_y = x.astype(np.float32), y.astype(np.float32)
    out = cv2.remap(filled, map_x, map_y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    # Bilinear weight of valid pixels: a full set of neighbours gives 1, to rounding.
    share = cv2.remap(
        valid.astype(np.float32), map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0
    )
    return Patch(out, share > 0.998)


def fill(values: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """Invalid pixels replaced by the mean of valid ones within 3 pixels, else by the mean of all; float32."""
    values = values.astype(np.float32, copy=False)
    if valid.all():
        return values
    cv2 = need("cv2")
    centre = np.float32(values[valid].mean(dtype=np.float64))
    data = np.where(valid, values - centre, np.float32(0))
    total = cv2.blur(data, (7, 7), borderType=cv2.BORDER_CONSTANT)
    share = cv2.blur(valid.astype(np.float32), (7, 7), borderType=cv2.BORDER_CONSTANT)
    around = np.where(share > 1e-4, total / np.maximum(share, np.float32(1e-4)), np.float32(0))
    return np.where(valid, values, centre + around)


class ArrayScene:
    """Two arrays on one pixel grid. Of different shapes: upper-left corners coincide, the reference's shape counts."""

    def __init__(
        self,
        reference: np.ndarray,
        moving: np.ndarray,
        reference_valid: np.ndarray | None = None,
        moving_valid: np.ndarray | None = None,
    ) -> None:
        self._reference = self._patch(reference, reference_valid)
        self._moving = self._patch(moving, moving_valid)
        self.height, self.width = reference.shape

    @staticmethod
    def _patch(values: np.ndarray, valid: np.ndarray | None) -> Patch:
        finite = np.isfinite(values)
        ok = finite if valid is None else finite & valid
        return Patch(np.where(ok, values, 0).astype(np.float32), ok)

    def reference(self, window: Window, factor: int = 1) -> Patch:
        rows, columns = window.slices
        return shrink(self._reference.values[rows, columns], self._reference.valid[rows, columns], factor)

    def moving(self, window: Window, factor: int = 1, warp: Warp | None = None) -> Patch:
        columns, rows = pixel_centres(window)
        x, y = np.meshgrid(columns, rows)
        if warp is not None:
            x, y = warp.apply(x, y)
        patch = sample(self._moving.values, self._moving.valid, x, y)
        return shrink(patch.values, patch.valid, factor)
