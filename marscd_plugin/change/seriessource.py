"""The images of a series as a model's inputs: every epoch by its own median, all by one robust width."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..common.errors import InputError
from ..common.packages import need
from ..common.progress import Progress, check
from ..common.rasters import Window, open_raster, read
from ..common.words import Epoch, Grid
from ..inference.normalise import FLOOR, Statistics, apply, statistics
from .image import Image, open_image
from .pair import same_grid, spread_windows

#: Edge of the box, in pixels, whose mean is the ground around a pixel.
AROUND = 65
_ENOUGH = 5000


class SeriesSource:
    """Epochs on one grid, with what their masks hide. Belongs to one thread at a time."""

    def __init__(self, epochs: Sequence[Epoch], grid: Grid, masks: Sequence[str], hide: int) -> None:
        self.epochs, self.grid, self._hide = tuple(epochs), grid, hide
        self._images = [open_image(e.raster) for e in epochs]
        for image in self._images:
            if not same_grid(grid, image.grid):
                raise InputError(f"{image.name} is not on its series' grid.", "Build the series again.")
        self._masks = [
            open_raster(m, ["GTiff"]) if m and Path(m).is_file() else None for m in (masks or [""] * len(epochs))
        ]
        for mask in self._masks:
            if mask is not None and (mask.RasterXSize, mask.RasterYSize) != (grid.width, grid.height):
                raise InputError(f"{mask.GetDescription()} is not on its series' grid.", "Build the series again.")
        self.statistics: tuple[Statistics, ...] = ()
        self.scale = 1.0

    @property
    def count(self) -> int:
        """Number of epochs."""
        return len(self._images)

    def read(self, index: int, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """float32 values and validity of one epoch in a window inside the grid."""
        image: Image = self._images[index]
        values, valid = image.read(window)
        mask = self._masks[index]
        if mask is not None and self._hide:
            valid &= (read(mask.GetRasterBand(1), window) & self._hide) == 0
        return values, valid

    def measure(self, progress: Progress) -> None:
        """Statistics over what all epochs see, or each over what it sees where they share too little.

        The scale is the median of the epochs' widths, so that one bad image cannot stretch all others, with
        ``inference.normalise``'s floor. Raises InputError where an epoch has no pixel with data.
        """
        windows = spread_windows(Window(0, 0, self.grid.width, self.grid.height))
        shared: list[list[np.ndarray]] = [[] for _ in self._images]
        own: list[list[np.ndarray]] = [[] for _ in self._images]
        for window in windows:
            check(progress)
            read_all = [self.read(k, window) for k in range(self.count)]
            joint = np.logical_and.reduce([valid for _, valid in read_all])
            for k, (values, valid) in enumerate(read_all):
                shared[k].append(values[joint])
                own[k].append(values[valid][:: max(1, window.width * window.height // 20_000)])
        enough = sum(s.size for s in shared[0]) >= _ENOUGH
        samples = [np.concatenate(s) for s in (shared if enough else own)]
        for epoch, sample in zip(self.epochs, samples, strict=True):
            if sample.size == 0:
                raise InputError(f"{epoch.product_id} has no pixel with data.", "Build the series again without it.")
        self.statistics = tuple(statistics(s) for s in samples)
        width = float(np.median([s.spread for s in self.statistics]))
        floor = FLOOR * float(np.median([abs(s.median) for s in self.statistics]))
        self.scale = max(width, floor) or 1.0

    def normalised(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """(n, H, W) float32 inputs, 0 without data, and bool validity, of a window that may reach beyond the grid."""
        shape = (self.count, window.height, window.width)
        images, valid = np.zeros(shape, np.float32), np.zeros(shape, bool)
        left, top = max(window.column, 0), max(window.row, 0)
        right = min(window.column + window.width, self.grid.width)
        bottom = min(window.row + window.height, self.grid.height)
        if right <= left or bottom <= top:
            return images, valid
        inside = Window(left, top, right - left, bottom - top)
        at = Window(left - window.column, top - window.row, inside.width, inside.height).slices
        for k in range(self.count):
            values, known = self.read(k, inside)
            images[k][at] = apply(values, self.statistics[k], self.scale, known)
            valid[k][at] = known
        return images, valid

    def around(self, image: np.ndarray, valid: np.ndarray) -> np.ndarray:
        """Mean of the valid pixels of a normalised image in a box around each pixel; 0 where there are none."""
        cv2 = need("cv2")
        box = (AROUND, AROUND)
        weight = cv2.blur(valid.astype(np.float32), box, borderType=cv2.BORDER_CONSTANT)
        total = cv2.blur(np.where(valid, image, np.float32(0)), box, borderType=cv2.BORDER_CONSTANT)
        return np.where(weight > 1e-4, total / np.maximum(weight, np.float32(1e-4)), np.float32(0))

    def relative(self, index: int, image: np.ndarray, around: np.ndarray) -> np.ndarray:
        """I/F over the I/F around, from normalised values; NaN where the epoch's values have no zero."""
        middle = self.statistics[index].median
        if middle <= 0.0:
            return np.full(image.shape, np.nan, np.float32)
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = (middle + self.scale * image) / (middle + self.scale * around)
        return np.where((ratio > 0) & np.isfinite(ratio), ratio, np.nan).astype(np.float32)
