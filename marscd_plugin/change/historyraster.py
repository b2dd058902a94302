"""Histories of all pixels on disk between the passes over a series: bits of dates, and a few small numbers."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..common.rasters import Window
from ..common.words import Grid
from .scratch import ScratchRaster

#: Dates in one int32 (its sign is left alone).
_BITS = 31
_MILLI, _RATIO = 1000.0, 10_000.0


@dataclass(frozen=True)
class Candidates:
    """The pixels of a window that may have changed: ``rows`` and ``columns`` in it, row by row.

    ``present`` and ``valid`` (n, m) bool; ``support``, ``agreement`` 0..1; ``kind`` as in ``comparer.Told`` (0 none);
    ``step`` brightness with less without the feature, in the series' unit; ``ratio`` the same as a ratio of I/F
    relative to the ground around (NaN unknown).
    """

    rows: np.ndarray
    columns: np.ndarray
    present: np.ndarray
    valid: np.ndarray
    support: np.ndarray
    agreement: np.ndarray
    kind: np.ndarray
    step: np.ndarray
    ratio: np.ndarray


class HistoryRaster:
    """Scratch rasters in ``folder`` (closed by ``stack``) for ``dates`` dates."""

    def __init__(self, stack: ExitStack, folder: Path, grid: Grid, dates: int) -> None:
        self.dates = dates
        words = range(-(-dates // _BITS))

        def raster(name: str) -> ScratchRaster:
            made = ScratchRaster(folder / f"{name}.tif", grid)
            stack.callback(made.close)
            return made

        self._present = [raster(f"present{k}") for k in words]
        self._valid = [raster(f"valid{k}") for k in words]
        self._quality, self._step, self._ratio = raster("quality"), raster("step"), raster("ratio")

    def write(self, window: Window, valid: np.ndarray, found: Candidates) -> None:
        """``valid`` (n, rows, columns) of the whole window, and its candidates."""
        for raster, word in zip(self._valid, _packed(valid), strict=True):
            raster.write(window, word)
        if found.rows.size == 0:
            return
        shape = (window.height, window.width)

        def spread(values: np.ndarray) -> np.ndarray:
            block = np.zeros(shape, np.int32)
            block[found.rows, found.columns] = values
            return block

        for raster, word in zip(self._present, _packed(found.present), strict=True):
            raster.write(window, spread(word))
        quality = (
            1 + np.rint(254 * found.support).astype(np.int32)
            + (np.rint(255 * found.agreement).astype(np.int32) << 8)
            + (found.kind.astype(np.int32) << 16)
        )  # fmt: skip
        self._quality.write(window, spread(quality))
        self._step.write(window, spread(np.rint(np.nan_to_num(found.step) * _MILLI)))
        self._ratio.write(window, spread(np.rint(np.nan_to_num(np.clip(found.ratio, 0, 1e4)) * _RATIO)))

    def flush(self) -> None:
        """Everything to disk. Raises OutputError."""
        for raster in (*self._present, *self._valid, self._quality, self._step, self._ratio):
            raster.flush()

    def valid(self, window: Window) -> np.ndarray:
        """(n, rows, columns) bool: which dates see which pixel."""
        return _unpacked([r.read(window) for r in self._valid], self.dates)

    def candidates(self, window: Window) -> Candidates:
        """What may have changed in a window."""
        quality = self._quality.read(window)
        rows, columns = np.nonzero(quality)
        at = rows, columns

        def take(raster: ScratchRaster) -> np.ndarray:
            return raster.read(window)[at] if rows.size else np.zeros(0, np.int32)

        packed = quality[at]
        ratio = take(self._ratio) / _RATIO
        return Candidates(
            rows,
            columns,
            _unpacked([take(r) for r in self._present], self.dates),
            _unpacked([take(r) for r in self._valid], self.dates),
            ((packed & 255) - 1) / 254.0,
            (packed >> 8 & 255) / 255.0,
            (packed >> 16 & 255).astype(np.uint8),
            take(self._step) / _MILLI,
            np.where(ratio > 0, ratio, np.nan),
        )


def _packed(flags: np.ndarray) -> list[np.ndarray]:
    """(n, ...) bool as int32 words of ``_BITS`` dates."""
    words = []
    for start in range(0, flags.shape[0], _BITS):
        word = np.zeros(flags.shape[1:], np.int32)
        for bit, flag in enumerate(flags[start : start + _BITS]):
            word |= flag.astype(np.int32) << bit
        words.append(word)
    return words


def _unpacked(words: list[np.ndarray], dates: int) -> np.ndarray:
    return np.stack([(words[k // _BITS] >> (k % _BITS) & 1).astype(bool) for k in range(dates)])
