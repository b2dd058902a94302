"""The passes over histories without the network: what is believed becomes objects, rasters of dates, sums of area."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ..common.progress import Progress, check
from ..common.provenance import Provenance
from ..common.rasters import RasterWriter, Window
from ..common.words import Grid
from .accept import REACH, believed
from .components import Changes, Components
from .historyraster import Candidates, HistoryRaster
from .scratch import ScratchRaster
from .seriesjob import SeriesDetectJob
from .seriesobjects import extra_rows, extras_of
from .timeline import SURE, trust

#: Values of the rasters of dates besides 1..n: nothing changed, nothing compared.
UNCHANGED, NODATA = 0, 255

#: Pixels times dates of one strip.
_STRIP_SIZE = 24_000_000


@dataclass
class Areas:
    """Sums over the ground, m2, by date."""

    dates: int
    observed: np.ndarray = field(init=False)
    seen: np.ndarray = field(init=False)
    known: np.ndarray = field(init=False)
    appeared: np.ndarray = field(init=False)
    faded: np.ndarray = field(init=False)
    alone: np.ndarray = field(init=False)
    compared: float = 0.0

    def __post_init__(self) -> None:
        for name in ("observed", "seen", "known", "appeared", "faded", "alone"):
            setattr(self, name, np.zeros(self.dates))


class Work:
    """The passes over the histories."""

    def __init__(
        self,
        job: SeriesDetectJob,
        grid: Grid,
        history: HistoryRaster,
        doubtful: np.ndarray,
        area: Callable[..., np.ndarray],
        kinds: tuple[str, ...],
        folder: Path,
        stack: ExitStack,
    ) -> None:
        self.job, self.grid, self.kinds = job, grid, kinds
        self._history, self._doubtful, self._area = history, doubtful, area
        self._labels = [self._scratch(folder / f"{n}.tif", stack) for n in ("believed", "alone")]
        self.numbers = self._scratch(folder / "numbers.tif", stack)

    def join(self, progress: Progress) -> tuple[Changes, Changes]:
        """Label what is believed, and what one image alone shows; both lots of objects."""
        extras = extra_rows(self._history.dates, len(self.kinds))
        sets = [Components(self.grid.width, self.grid.height, self.job.min_area_m2, extras) for _ in range(2)]
        for window in self._strips(progress):
            found, yes, alone = self._judged(window)
            size = self._pixel_areas(window)
            sure = (trust(found.present, found.valid)[0] == SURE).astype(np.float64)
            likely = found.support * found.agreement
            for components, labels, which in zip(sets, self._labels, (yes, alone), strict=True):
                some = _some(found, which)
                shape = (window.height, window.width)
                changed, probability, step = np.zeros(shape, bool), np.zeros(shape), np.zeros(shape)
                at = some.rows, some.columns
                changed[at], probability[at], step[at] = True, likely[which], some.step
                extra = extras_of(some, np.broadcast_to(size, shape)[at], sure[which], likely[which], len(self.kinds))
                labels.write(
                    window,
                    components.add(window, changed, np.ones(shape, bool), probability, step, size, None, extra),
                )
        for labels in self._labels:
            labels.flush()
        return sets[0].finish(), sets[1].finish()

    def write(self, places: list[Path], kept: Changes, lone: Changes, tags: Provenance, progress: Progress) -> Areas:
        """First seen, last seen and count to ``places``; polygon numbers to the scratch raster; areas by date."""
        areas = Areas(self._history.dates)
        told = {**tags.raster_tags(), "MARSCD_EPOCHS": json.dumps([e.product_id for e in self.job.epochs])}
        with ExitStack() as stack:
            writers = [
                stack.enter_context(
                    RasterWriter(
                        place, self.grid, np.uint8, nodata=NODATA, descriptions=[name], tags=told, categorical=True,
                        progress=progress,
                    )
                )
                for place, name in zip(places, ("first seen", "last seen", "number of dates"), strict=True)
            ]  # fmt: skip
            for window in self._strips(progress):
                blocks, numbers = self._blocks(window, kept, lone, areas)
                for writer, block in zip(writers, blocks, strict=True):
                    writer.write(window, block)
                if numbers.any():
                    self.numbers.write(window, numbers)
        self.numbers.flush()
        return areas

    def _blocks(
        self, window: Window, kept: Changes, lone: Changes, areas: Areas
    ) -> tuple[list[np.ndarray], np.ndarray]:
        valid = self._history.valid(window)
        size = np.broadcast_to(self._pixel_areas(window), valid.shape[1:])
        areas.observed += (valid * size).sum(axis=(1, 2))
        compared = valid.sum(axis=0) >= 2
        areas.compared += float(size[compared].sum())
        blocks = [np.where(compared, UNCHANGED, NODATA).astype(np.uint8) for _ in range(3)]
        found = self._history.candidates(window)
        numbers = np.zeros(valid.shape[1:], np.int32)
        at = found.rows, found.columns
        labels = [np.maximum(raster.read(window)[at], 0) for raster in self._labels]
        stays, alone = kept.keep[labels[0]], lone.keep[labels[1]]
        numbers[at] = kept.polygon_of[labels[0]]
        if self.job.singles:
            single = lone.polygon_of[labels[1]]
            numbers[at] = np.where(single > 0, single + kept.count, numbers[at])
        seen = found.present & found.valid
        blocks[2][at] = np.where(stays | alone, seen.sum(axis=0), UNCHANGED)
        blocks[0][at] = np.where(stays, 1 + np.argmax(seen, axis=0), UNCHANGED)
        blocks[1][at] = np.where(stays, seen.shape[0] - np.argmax(seen[::-1], axis=0), UNCHANGED)
        _add_areas(areas, _some(found, stays), size[at][stays])
        _, odd = trust(found.present, found.valid)
        np.add.at(areas.alone, odd[alone], size[at][alone])
        return blocks, numbers

    def _judged(self, window: Window) -> tuple[Candidates, np.ndarray, np.ndarray]:
        """The candidates of a window, which are believed, and which one image alone shows.

        Looked at with the rows around, so that where strips are cut changes nothing.
        """
        wide = window.grown(REACH, self.grid.width, self.grid.height)
        found = self._history.candidates(wide)
        yes, alone = believed(found, (wide.height, wide.width), self._doubtful)
        _, odd = trust(found.present, found.valid)
        # An image that stands apart as a whole would draw an object of its every blemish.
        alone = alone & ~self._doubtful[np.maximum(odd, 0)]
        offset = window.row - wide.row
        inside = (found.rows >= offset) & (found.rows < offset + window.height)
        cut = _some(found, inside)
        return _moved(cut, offset), yes[inside], alone[inside]

    def _strips(self, progress: Progress) -> Iterator[Window]:
        rows = int(np.clip(_STRIP_SIZE // (self.grid.width * self._history.dates), 16, 512))
        for row in range(0, self.grid.height, rows):
            check(progress)
            yield Window(0, row, self.grid.width, min(rows, self.grid.height - row))
            progress.report(min(1.0, (row + rows) / self.grid.height))

    def _pixel_areas(self, window: Window) -> np.ndarray:
        rows = np.arange(window.row, window.row + window.height)
        return self._area(rows, np.arange(window.column, window.column + window.width))

    def _scratch(self, path: Path, stack: ExitStack) -> ScratchRaster:
        raster = ScratchRaster(path, self.grid)
        stack.callback(raster.close)
        return raster


def _add_areas(areas: Areas, found: Candidates, size: np.ndarray) -> None:
    seen = found.present & found.valid
    areas.seen += seen @ size
    areas.known += found.valid @ size
    state, known = np.zeros(size.size, bool), np.zeros(size.size, bool)
    for date in range(seen.shape[0]):
        now = found.valid[date]
        areas.appeared[date] += size[now & known & seen[date] & ~state].sum()
        areas.faded[date] += size[now & known & ~seen[date] & state].sum()
        state, known = np.where(now, seen[date], state), known | now


def _some(found: Candidates, which: np.ndarray) -> Candidates:
    return Candidates(
        found.rows[which], found.columns[which], found.present[:, which], found.valid[:, which], found.support[which],
        found.agreement[which], found.kind[which], found.step[which], found.ratio[which],
    )  # fmt: skip


def _moved(found: Candidates, rows: int) -> Candidates:
    return Candidates(
        found.rows - rows, found.columns, found.present, found.valid, found.support, found.agreement, found.kind,
        found.step, found.ratio,
    )  # fmt: skip
