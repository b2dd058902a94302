"""The pass over a series that runs the network: tile by tile, all epochs encoded, pairs compared, histories kept.

Tile-major, so that an image goes through the encoder once a tile however many pairs it is part of, and memory is that
of one tile (and the next one's images, read ahead) whatever the size of the series' grid.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..common.progress import Progress, check
from ..common.rasters import Window
from ..inference.ahead import ahead
from .comparer import Comparing, Tile, context_of
from .historyraster import Candidates, HistoryRaster
from .seriessource import AROUND, SeriesSource
from .timeline import Compared, histories, orient, ratio_of, step_of, trust

#: Largest and smallest edge of a tile's core, and what the arrays of one tile may take together.
TILE, LEAST_TILE = 768, 128
TILE_BYTES = 512 * 1024 * 1024
#: Bytes a pixel and epoch of a tile: images read ahead and in use, features (8 floats and more), a pair's answer.
_EPOCH_BYTES, _PAIR_BYTES = 50, 6


@dataclass(frozen=True)
class Plan:
    """What is compared: pairs with their thresholds, and which state is the feature."""

    compared: Compared
    thresholds: np.ndarray
    feature: str
    tile: int | None = None


@dataclass
class Counts:
    """Pixels of each date: with data, and where that image alone stands against all the others."""

    observed: np.ndarray
    alone: np.ndarray
    encoded: int = 0


def tile_edge(dates: int, pairs: int, halo: int, asked: int | None) -> int:
    """Edge of a tile's core, in pixels, that keeps a tile's arrays within ``TILE_BYTES``."""
    if asked:
        return asked
    whole = np.sqrt(TILE_BYTES / (dates * _EPOCH_BYTES + pairs * _PAIR_BYTES))
    return int(np.clip(whole - 2 * halo, LEAST_TILE, TILE))


def trace_histories(
    model: Comparing,
    source: SeriesSource,
    region: Window,
    plan: Plan,
    out: HistoryRaster,
    progress: Progress,
) -> Counts:
    """Compare all in ``region`` (of the series' grid) and keep the histories in ``out``. Raises CancelledError."""
    multiple = model.card.multiple
    halo = _up(max(model.card.halo, AROUND // 2), multiple)
    counts = Counts(np.zeros(source.count, np.int64), np.zeros(source.count, np.int64))
    tiles = list(_tiles(region, _up(tile_edge(source.count, plan.compared.count, halo, plan.tile), multiple), multiple))
    contexts = [
        context_of(source.epochs[i], source.epochs[j])
        for i, j in zip(plan.compared.first, plan.compared.second, strict=True)
    ]

    def read() -> Iterator[tuple[Window, np.ndarray, np.ndarray]]:
        for core, wide in tiles:
            padded = Window(wide.column - halo, wide.row - halo, wide.width + 2 * halo, wide.height + 2 * halo)
            yield core, *source.normalised(padded)

    arrays = ahead(read())
    try:
        for number, ((_, wide), (core, images, valid)) in enumerate(zip(tiles, arrays, strict=True)):
            check(progress)
            inner = np.s_[
                halo + core.row - wide.row : halo + core.row - wide.row + core.height,
                halo + core.column - wide.column : halo + core.column - wide.column + core.width,
            ]
            tile = Tile(model, images)
            found = _tile(tile, source, images, valid, inner, plan, contexts, progress)
            place = Window(core.column - region.column, core.row - region.row, core.width, core.height)
            known = valid[:, inner[0], inner[1]]
            out.write(place, known, found)
            counts.encoded += tile.encoded
            counts.observed += known.sum(axis=(1, 2))
            _, odd = trust(found.present, found.valid)
            counts.alone += np.bincount(odd[odd >= 0], minlength=source.count)
            progress.report((number + 1) / len(tiles))
    finally:
        arrays.close()  # type: ignore[attr-defined]
    out.flush()
    return counts


def _tile(
    tile: Tile,
    source: SeriesSource,
    images: np.ndarray,
    valid: np.ndarray,
    inner: tuple[slice, slice],
    plan: Plan,
    contexts: list[dict[str, float | None]],
    progress: Progress,
) -> Candidates:
    """Compare the pairs of one tile and tell the histories of what may have changed in its core."""
    known = valid[:, inner[0], inner[1]]
    shape = (plan.compared.count, *known.shape[1:])
    likely, kinds = np.zeros(shape, np.float32), np.zeros(shape, np.uint8)
    may = np.zeros(known.shape[1:], bool)
    for k, (i, j) in enumerate(zip(plan.compared.first, plan.compared.second, strict=True)):
        check(progress)
        both = known[i] & known[j]
        if not both.any():
            continue
        told = tile.told(int(i), int(j), contexts[k])
        likely[k] = np.where(both, told.probability[inner], np.float32(0))
        if told.kind is not None:
            kinds[k] = told.kind[inner]
        may |= likely[k] >= plan.thresholds[k]
    rows, columns = np.nonzero(may)
    at = rows, columns
    likely, kinds = likely[:, rows, columns], kinds[:, rows, columns]
    seen = known[:, rows, columns]
    history = histories(likely, plan.thresholds, plan.compared, seen)

    bright = np.empty((source.count, rows.size), np.float32)
    ratio = np.empty_like(bright)
    if rows.size:
        for k in range(source.count):
            around = source.around(images[k], valid[k])[inner]
            image = images[k][inner]
            bright[k] = (image - around)[at]
            ratio[k] = source.relative(k, image, around)[at]
    present = orient(history.present, seen, bright, plan.feature)
    changed = history.support > 0
    present = present & changed
    kind = _kinds(history.present, seen, likely, kinds, plan.compared)
    kept = np.flatnonzero(changed)
    return Candidates(
        rows[kept],
        columns[kept],
        present[:, kept],
        seen[:, kept],
        history.support[kept],
        history.agreement[kept],
        kind[kept],
        step_of(present, seen, bright)[kept],
        ratio_of(present, seen, ratio)[kept],
    )


def _kinds(
    present: np.ndarray, seen: np.ndarray, likely: np.ndarray, kinds: np.ndarray, compared: Compared
) -> np.ndarray:
    """(m,) uint8: the kind that most of the pairs vote for which the history sets apart, by probability; 0 none."""
    if not kinds.any():
        return np.zeros(kinds.shape[1], np.uint8)
    apart = (present[compared.first] ^ present[compared.second]) & seen[compared.first] & seen[compared.second]
    weight = np.where(apart, likely, np.float32(0)) * compared.weight[:, None]
    votes = np.stack([np.where(kinds == k, weight, 0).sum(axis=0) for k in range(1, int(kinds.max()) + 1)])
    return np.where(votes.max(axis=0) > 0, votes.argmax(axis=0) + 1, 0).astype(np.uint8)


def _tiles(region: Window, edge: int, multiple: int) -> Iterator[tuple[Window, Window]]:
    """(core, aligned window that holds it): tiles start at multiples of the model's cell in the whole grid."""
    left, top = region.column - region.column % multiple, region.row - region.row % multiple
    right, bottom = region.column + region.width, region.row + region.height
    for row in range(top, bottom, edge):
        for column in range(left, right, edge):
            x, y = max(column, region.column), max(row, region.row)
            core = Window(x, y, min(column + edge, right) - x, min(row + edge, bottom) - y)
            width, height = x + core.width - column, y + core.height - row
            yield core, Window(column, row, _up(width, multiple), _up(height, multiple))


def _up(value: int, multiple: int) -> int:
    return -(-value // multiple) * multiple
