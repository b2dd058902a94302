"""A model over an image of any size: tiles with a halo, each pixel read once, no seams, memory bounded.

The image is cut into panels (columns) and each panel into strips (rows). One strip of one panel is read at a time, the
next already in a second thread; the rows that two strips share are kept, not read again. A strip is cut into tiles;
every tile is run with a full halo around its core, and only cores are kept. Tiles start at multiples of
``card.multiple`` and the halo covers what the model can see, so an answer does not depend on how the image was cut.
Beyond the image's edge the inputs are 0, as where there is no data.

With a *screen*, a faster model that was trained to miss nothing, tiles are looked at by it first and are run by the
model itself only around the cells where the screen sees anything at all: see ``cascade``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from ..common.progress import Progress, check
from ..common.rasters import Window
from .ahead import ahead
from .cascade import boxes_to_refine, check_screen
from .session import Answer, Context, Model

#: Largest edge of a tile's core and width of a panel, in pixels; measured by benchmarks/bench_detection.py.
TILE = 768
PANEL = 2304

#: Reads a window, which may reach beyond the image: the model's inputs as float32 (rows, columns), normalised, 0 where
#: there is no data or no image, and where all inputs are valid (bool).
Reader = Callable[[Window], tuple[tuple[np.ndarray, ...], np.ndarray]]


@dataclass(frozen=True)
class Strip:
    """One finished strip: ``window`` in the image, and arrays (rows, columns) of exactly that window.

    ``output`` is the model's answer (0..1, float32), 0 where not ``valid``; ``inputs`` are what it saw. ``kind``
    (uint8) is 1 + the place in the card's ``kinds`` of the likeliest kind of change, ``kind_share`` (float32) that
    kind's share; None of a model that tells no kinds, 0 where not valid or not run.
    """

    window: Window
    inputs: tuple[np.ndarray, ...]
    valid: np.ndarray
    output: np.ndarray
    kind: np.ndarray | None = None
    kind_share: np.ndarray | None = None


@dataclass(frozen=True)
class _Raw:
    """What was read for one strip: arrays around its core, the core's place in them, and its window in the image."""

    core: Window
    inner: tuple[slice, slice]
    inputs: tuple[np.ndarray, ...]
    valid: np.ndarray


def run_tiles(
    model: Model,
    read: Reader,
    width: int,
    height: int,
    progress: Progress,
    *,
    tile: int = TILE,
    panel: int = PANEL,
    phase: tuple[int, int] = (0, 0),
    context: Context = None,
    screen: Model | None = None,
) -> Iterator[Strip]:
    """Strips of the model's answer over an image of ``width`` x ``height`` pixels, panel by panel, from the top.

    Together they cover each pixel once. ``phase`` (column, row) says how far the image's corner lies past a multiple
    of ``card.multiple`` in the raster it is a part of, so that a part gives what the whole would. ``read`` is called
    in another thread, one call at a time. Tiles without a valid pixel in their core are not run. ``context`` is what
    is known of the pair (``Model.run``), ``screen`` the card's faster model. Reports progress, and raises
    CancelledError between tiles.
    """
    multiple = model.card.multiple
    halo = _up(model.card.halo, multiple)
    if screen is not None:
        check_screen(model, screen)
    done, total = 0, width * height
    raws = ahead(_raw_strips(read, width, height, halo, multiple, tile, panel, phase))
    try:
        for raw in raws:
            strip = _run_strip(_Runner(model, context, screen), raw, halo, tile, progress, done / total, total)
            done += raw.core.width * raw.core.height
            yield strip
            progress.report(done / total)
    finally:
        raws.close()  # type: ignore[attr-defined]


@dataclass(frozen=True)
class _Runner:
    """What is run on each tile, and what it is told."""

    model: Model
    context: Context
    screen: Model | None

    def cores(
        self, arrays: list[np.ndarray], counted: np.ndarray, halo: int
    ) -> Iterator[tuple[tuple[slice, slice], Answer]]:
        """Parts of a tile's core, and the answers there: the whole of it, or what the screen leaves.

        ``arrays`` are (rows, columns) with a halo on every side, ``counted`` the core's valid pixels.
        """
        height, width = counted.shape
        if self.screen is None:
            boxes = [(slice(0, height), slice(0, width))]
        else:
            boxes = boxes_to_refine(self.screen, arrays, counted, halo, self.context)
        for rows, columns in boxes:
            seen = np.s_[rows.start : rows.stop + 2 * halo, columns.start : columns.stop + 2 * halo]
            images = [np.ascontiguousarray(array[seen])[None, None] for array in arrays]
            told = {"context": self.context} if self.model.card.context else {}
            if self.model.card.kinds:
                answer = self.model.answer(*images, **told)
            else:
                answer = Answer(self.model.run(*images, **told), None)
            inner = np.s_[0, :, halo : halo + rows.stop - rows.start, halo : halo + columns.stop - columns.start]
            kind = None if answer.kind is None else answer.kind[inner]
            yield (rows, columns), Answer(answer.probability[inner][0], kind)


def _run_strip(
    runner: _Runner, raw: _Raw, halo: int, tile: int, progress: Progress, before: float, total: int
) -> Strip:
    height, width = raw.valid.shape
    output = np.zeros((height, width), np.float32)
    kind, share = np.zeros((height, width), np.uint8), np.zeros((height, width), np.float32)
    tells_kinds = bool(runner.model.card.kinds)
    counted = np.zeros((height, width), bool)
    counted[raw.inner] = raw.valid[raw.inner]
    area = raw.core.width * raw.core.height
    for start, size in _cut(width - 2 * halo, tile, runner.model.card.multiple):
        check(progress)
        size = min(size, width - 2 * halo - start)
        core, seen = slice(start + halo, start + halo + size), slice(start, start + size + 2 * halo)
        if counted[:, core].any():
            arrays = [array[:, seen] for array in raw.inputs]
            for (rows, columns), answer in runner.cores(arrays, counted[halo : height - halo, core], halo):
                at = np.s_[halo + rows.start : halo + rows.stop, core.start + columns.start : core.start + columns.stop]
                output[at] = answer.probability
                if answer.kind is not None:
                    kind[at] = answer.kind.argmax(0) + 1
                    share[at] = answer.kind.max(0)
        progress.report(before + min(1.0, (start + size) / raw.core.width) * area / total)
    output, kind, share, valid = output[raw.inner], kind[raw.inner], share[raw.inner], raw.valid[raw.inner]
    # Rounding may leave a sigmoid a hair outside 0..1.
    np.clip(output, 0.0, 1.0, out=output)
    output[~valid], kind[~valid], share[~valid] = 0.0, 0, 0.0
    told = (kind, share) if tells_kinds else (None, None)
    return Strip(raw.core, tuple(array[raw.inner] for array in raw.inputs), valid, output, *told)


def _raw_strips(
    read: Reader,
    width: int,
    height: int,
    halo: int,
    multiple: int,
    tile: int,
    panel: int,
    phase: tuple[int, int],
) -> Iterator[_Raw]:
    """Read the strips in order, each row of a panel once: the last rows of a strip are the first of the next."""
    ahead_x, ahead_y = phase[0] % multiple, phase[1] % multiple
    for left, panel_width in _cut(width + ahead_x, max(panel, tile), multiple):
        shared: tuple[tuple[np.ndarray, ...], np.ndarray] | None = None
        for top, strip_height in _cut(height + ahead_y, tile, multiple):
            column, row = left - ahead_x, top - ahead_y
            first = row - halo if shared is None else row + halo
            new = Window(column - halo, first, panel_width + 2 * halo, row + strip_height + halo - first)
            inputs, valid = read(new)
            if shared is not None:
                inputs = tuple(np.concatenate(pair) for pair in zip(shared[0], inputs, strict=True))
                valid = np.concatenate((shared[1], valid))
            if halo:  # copies: a view would keep the whole strip in memory
                shared = (tuple(a[strip_height:].copy() for a in inputs), valid[strip_height:].copy())
            x, y = max(column, 0), max(row, 0)
            core = Window(x, y, min(column + panel_width, width) - x, min(row + strip_height, height) - y)
            at = Window(x - column + halo, y - row + halo, core.width, core.height)
            yield _Raw(core, at.slices, inputs, valid)


def _cut(length: int, most: int, multiple: int) -> list[tuple[int, int]]:
    """(start, size) of even pieces of at most ``most``, each a multiple of ``multiple``; the last may reach beyond."""
    pieces = max(1, math.ceil(length / max(_up(most, multiple), multiple)))
    size = _up(math.ceil(length / pieces), multiple)
    return [(start, size) for start in range(0, length, size)]


def _up(value: int, multiple: int) -> int:
    return -(-value // multiple) * multiple
