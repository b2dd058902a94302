"""Chips: squares of ground laid out over an image, and read from it in bounded memory.

A search lays its chips out on a regular grid of the image's map, one cell of the DISTANCE raster each. Each chip is cut
from a local map of true metres: its centre lies within half of its own pixels (chip_size / chip_px / 2) of its cell's
middle, its sides are true within 1 %. Neighbouring chips are cut from one frame, which is read once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ..common.errors import InputError
from ..common.progress import Progress, Quiet, check
from ..common.rasters import bounded_cache
from ..common.words import Chip, Grid
from .frames import FRAME, Frame, sample
from .ground import Local
from .images import Image
from .reader import Reader
from .texture import judge
from .thumbnails import picture

#: Chips of one search; their index takes 0.5 GB at 64 numbers a chip.
MAX_CHIPS = 4_000_000
_HELD_BYTES = 48 * 1024 * 1024  # of chips cut from one frame


@dataclass(frozen=True)
class ChipBlock:
    """Some chips' pixels: ``ids`` int64 (N,), ``pixels`` float32 (N, chip_px, chip_px) with NaN where nothing is.

    ``usable`` bool (N,): which can be compared; ``why`` (N) says "" or why not: "nodata", "texture" (or, from folders,
    "small", "unreadable"). ``regions`` (N) names their regions.
    """

    ids: np.ndarray
    pixels: np.ndarray
    usable: np.ndarray
    why: tuple[str, ...]
    regions: tuple[str, ...] = ()


class ChipGrid(ABC):
    """Chips numbered 0 .. count - 1. Made by ``search_chips``, ``region_chips``, ``folder_chips``.

    ``chip_size`` is metres (pixels without a scale; None where a folder's chips differ), ``step`` metres between chips
    of a search (None otherwise), ``chip_px`` pixels, ``image`` None for folders, ``regions`` their names in order,
    ``groups`` what each chip was taken of (an observation, a place; folders only, else ``()``), ``raster`` one pixel a
    chip of a search (None otherwise).
    """

    count: int
    chip_size: float | None
    step: float | None
    chip_px: int
    image: Image | None
    regions: tuple[str, ...]
    groups: tuple[str, ...]
    raster: Grid | None

    @abstractmethod
    def chips(self, ids: Sequence[int] | np.ndarray) -> tuple[Chip, ...]:
        """Places of chips, in the order asked."""

    @abstractmethod
    def cell(self, i: int) -> tuple[int, int]:
        """(column, row) of a chip in ``raster``. Raises InputError where there is none."""

    @abstractmethod
    def cells(self, ids: Sequence[int] | np.ndarray | None = None) -> np.ndarray:
        """int64 (N, 2): columns and rows of chips (None: all) in ``raster``."""

    @abstractmethod
    def region_of(self, i: int) -> str:
        """The region a chip belongs to ("" in a search)."""

    @abstractmethod
    def blocks(
        self, progress: Progress, ids: Sequence[int] | np.ndarray | None = None, size: int = 64
    ) -> Iterator[ChipBlock]:
        """Chips' pixels, at most ``size`` at a time, in ascending order of ids (None: all). Reports and can be stopped.

        Raises InputError where the image cannot be read, CancelledError.
        """

    @abstractmethod
    def patch(self, i: int, px: int) -> np.ndarray:
        """One chip as float32 (px, px), NaN where nothing is."""

    def chip(self, i: int) -> Chip:
        """The place of a chip."""
        return self.chips([i])[0]

    def thumbnail(self, i: int, px: int = 160) -> np.ndarray:
        """One chip as uint8 (px, px) to look at: stretched to its own 1st to 99th percentile, 0 where nothing is."""
        return picture(self.patch(i, px))

    def _ids(self, ids: Sequence[int] | np.ndarray | None) -> np.ndarray:
        if ids is None:
            return np.arange(self.count, dtype=np.int64)
        found = np.asarray(ids, np.int64).ravel()
        if len(found) and (found.min() < 0 or found.max() >= self.count):
            bad = int(found.min()) if found.min() < 0 else int(found.max())
            raise InputError(f"There is no chip {bad}: they are numbered 0 to {self.count - 1}.")
        return found


class PlacedGrid(ChipGrid):
    """Chips of one image: ``x``, ``y`` float64 (N,) their centres in its CRS, ``runs`` where each frame's ids start."""

    groups: tuple[str, ...] = ()

    def __init__(
        self, image: Image, x: np.ndarray, y: np.ndarray, chip_size: float, chip_px: int, *, runs: np.ndarray,
        step: float | None = None, raster: Grid | None = None, at: np.ndarray | None = None,
        regions: tuple[str, ...] = (), region_of: np.ndarray | None = None,
    ) -> None:  # fmt: skip
        self.image: Image = image
        self.count, self.chip_size, self.step, self.chip_px = len(x), float(chip_size), step, chip_px
        self.raster, self.regions = raster, regions
        self._x, self._y, self._at, self._region, self._runs = x, y, at, region_of, runs

    def chips(self, ids: Sequence[int] | np.ndarray) -> tuple[Chip, ...]:
        found = self._ids(ids)
        x, y = self._x[found], self._y[found]
        image, size = self.image, float(self.chip_size or 0.0)
        names = [self.region_of(int(i)) for i in found]
        if not image.crs:
            return tuple(Chip(image.path, float(c), float(-r), size, region=n)
                         for c, r, n in zip(x, y, names, strict=True))  # fmt: skip
        lon, lat = image.lonlat(x, y)
        return tuple(
            Chip(image.path, float(a), float(b), size, float(o), float(t), image.body, n)
            for a, b, o, t, n in zip(x, y, lon, lat, names, strict=True)
        )

    def cell(self, i: int) -> tuple[int, int]:
        column, row = self.cells([i])[0]
        return int(column), int(row)

    def cells(self, ids: Sequence[int] | np.ndarray | None = None) -> np.ndarray:
        if self._at is None:
            raise InputError("These chips lie on no grid.", "Only a search area has one.")
        return self._at[self._ids(ids)].astype(np.int64)

    def region_of(self, i: int) -> str:
        return self.regions[int(self._region[i])] if self._region is not None else ""

    def blocks(
        self, progress: Progress, ids: Sequence[int] | np.ndarray | None = None, size: int = 64
    ) -> Iterator[ChipBlock]:
        wanted = np.unique(self._ids(ids))
        size = max(int(size), 1)
        done = 0
        with bounded_cache():
            reader = Reader(self.image)
            run = np.searchsorted(self._runs, wanted, side="right")
            held: list[tuple[np.ndarray, np.ndarray]] = []
            waiting = 0
            starts = np.flatnonzero(np.diff(run, prepend=-1))
            for here in np.split(wanted, starts[1:]) if len(wanted) else []:
                check(progress)
                held.append((here, self._cut(here, self.chip_px, reader, progress)))
                waiting += len(here)
                while waiting >= size:
                    block, held = _take(held, size)
                    waiting -= size
                    done += size
                    yield self._block(*block)
                    progress.report(done / len(wanted))
                    check(progress)
            if waiting:
                block, _ = _take(held, waiting)
                yield self._block(*block)
                progress.report(1.0)

    def patch(self, i: int, px: int) -> np.ndarray:
        return self._cut(self._ids([i]), px, Reader(self.image), Quiet())[0]

    def _block(self, ids: np.ndarray, pixels: np.ndarray) -> ChipBlock:
        usable, why = judge(pixels, self.image.step)
        return ChipBlock(ids, pixels, usable, why, tuple(self.region_of(int(i)) for i in ids))

    def _cut(self, ids: np.ndarray, px: int, reader: Reader, progress: Progress) -> np.ndarray:
        """Pixels (N, px, px) of chips that lie near each other."""
        pixels = np.empty((len(ids), px, px), np.float32)
        todo = [np.arange(len(ids))]
        metres = float(self.chip_size or 0.0) / px
        while todo:
            check(progress)
            part = todo.pop()
            x, y = self._x[ids[part]], self._y[ids[part]]
            middle = len(part) // 2
            local = Local(self.image.crs, float(x[middle]), float(y[middle]), self.image.metres)
            u, v = local.from_map(x, y) if len(part) > 1 else (np.zeros(1), np.zeros(1))
            wide, high = np.ptp(u) / metres + px, np.ptp(v) / metres + px
            most = max(2 * FRAME, 2 * px)
            far = float(np.hypot(u, v).max()) > local.max_reach
            if len(part) > 1 and not (wide <= most and high <= most and not far):  # also where one is NaN
                order = np.argsort(u if wide >= high else v, kind="stable")
                todo += [part[order[: len(part) // 2]], part[order[len(part) // 2 :]]]
                continue
            self._from_frame(local, (float(x[middle]), float(y[middle])), u, v, pixels, part, reader, progress)
        return pixels

    def _from_frame(
        self, local: Local, at: tuple[float, float], u: np.ndarray, v: np.ndarray, pixels: np.ndarray,
        part: np.ndarray, reader: Reader, progress: Progress,
    ) -> None:  # fmt: skip
        """Read the frame round places u, v (metres of ``local``, about ``at``) and cut its chips into ``pixels``."""
        px = pixels.shape[1]
        metres = float(self.chip_size or 0.0) / px
        left, top = float(u.min()) - px * metres / 2, float(v.max()) + px * metres / 2
        column = np.rint((u - left) / metres - px / 2).astype(int)
        row = np.rint((top - v) / metres - px / 2).astype(int)
        frame = Frame(self.image, *at, left, top, metres, int(column.max()) + px, int(row.max()) + px)
        grey = sample(reader, local, frame, progress)
        for k, c, r in zip(part, column, row, strict=True):
            pixels[k] = grey[r : r + px, c : c + px]


def frame_cells(chip_px: int, step_px: float) -> int:
    """Cells along the edge of a frame: as many as its pixels hold, while the cut chips fit in memory."""
    if step_px > 1.5 * chip_px:
        return 1  # far apart: what lies between them is not read
    fit = int(max(FRAME - chip_px, 0) / max(step_px, 1e-6)) + 1
    return max(1, min(fit, int((_HELD_BYTES / (4.0 * chip_px * chip_px)) ** 0.5)))


def _take(held: list[tuple[np.ndarray, np.ndarray]], count: int) -> tuple[tuple[np.ndarray, np.ndarray], list]:
    """The first ``count`` chips of those held, and what is left."""
    ids: list[np.ndarray] = []
    pixels: list[np.ndarray] = []
    left = count
    rest = list(held)
    while left:
        here, data = rest.pop(0)
        if len(here) > left:
            rest.insert(0, (here[left:], data[left:]))
            here, data = here[:left], data[:left]
        ids.append(here)
        pixels.append(data)
        left -= len(here)
    return (np.concatenate(ids), np.concatenate(pixels)), rest
