"""A threshold for each pair of a series, from what the pair itself says of ground that did not change.

A few tiles spread over the grid are compared first, and ``calibration`` tells from a pair's calm cells which threshold
it needs. Where the season changes much of the ground, few cells are calm; so a date takes the threshold of the calmest
pair it is in (one of its own season, mostly), and a pair the higher of its two dates'. An image that lies or looks
amiss has no calm pair at all: what it says has to be said louder to be believed.
"""

from __future__ import annotations

import numpy as np

from ..common.progress import Progress, check
from ..common.rasters import Window
from .calibration import HIGHEST, CellMaxima, wished_threshold
from .comparer import Comparing, Tile, context_of
from .seriessource import SeriesSource
from .timeline import Compared

#: Tiles looked at along each side, and their edge in pixels.
ALONG, EDGE = 3, 256


def sampled_thresholds(
    model: Comparing,
    source: SeriesSource,
    region: Window,
    compared: Compared,
    own: np.ndarray,
    per_megapixel: float,
    progress: Progress,
) -> tuple[np.ndarray, list[str]]:
    """(thresholds (pairs,), what to warn of) at which no more than so many false alarms a megapixel are expected.

    ``own`` are the thresholds where too little ground is seen to tell. Raises CancelledError.
    """
    multiple = model.card.multiple
    halo = -(-model.card.halo // multiple) * multiple
    tiles = _spread(region, multiple)
    maxima = [CellMaxima(EDGE * len(tiles), EDGE) for _ in range(compared.count)]
    for number, core in enumerate(tiles):
        width, height = (-(-size // multiple) * multiple for size in (core.width, core.height))
        wide = Window(core.column - halo, core.row - halo, width + 2 * halo, height + 2 * halo)
        images, valid = source.normalised(wide)
        inner = np.s_[halo : halo + core.height, halo : halo + core.width]
        tile = Tile(model, images)
        place = Window(number * EDGE, 0, core.width, core.height)
        for k, (i, j) in enumerate(zip(compared.first, compared.second, strict=True)):
            check(progress)
            known = (valid[i] & valid[j])[inner]
            if known.any():
                told = tile.told(int(i), int(j), context_of(source.epochs[i], source.epochs[j]))
                maxima[k].add(place, told.probability[inner], known)
        progress.report((number + 1) / len(tiles))
    found = [wished_threshold(m, per_megapixel, float(t))[0] for m, t in zip(maxima, own, strict=True)]
    dates = calmest(np.array(found), compared, source.count)
    notes = [
        f"{epoch.product_id} differs from every other image nearly everywhere: more false alarms than wished for."
        for epoch, threshold in zip(source.epochs, dates, strict=True)
        if threshold >= HIGHEST
    ]
    return np.maximum(dates[compared.first], dates[compared.second]).astype(np.float32), notes


def calmest(thresholds: np.ndarray, compared: Compared, dates: int) -> np.ndarray:
    """(dates,) the lowest of the thresholds (pairs,) of the pairs that each date is in; HIGHEST for one in none."""
    lowest = np.full(dates, HIGHEST)
    for ends in (compared.first, compared.second):
        np.minimum.at(lowest, ends, thresholds)
    return lowest


def _spread(region: Window, multiple: int) -> list[Window]:
    """Windows of ``EDGE`` pixels, evenly spread over ``region``; fewer where it is small. Corners are multiples."""
    starts = []
    for first, size in ((region.column, region.width), (region.row, region.height)):
        last = first + max(size - EDGE, 0)
        wanted = np.linspace(first, last, min(ALONG, max(1, size // EDGE))) if size > EDGE else np.array([first])
        starts.append(sorted({int(at) - int(at) % multiple for at in wanted}))
    made = []
    for row in starts[1]:
        for column in starts[0]:
            x, y = max(column, region.column), max(row, region.row)
            right = min(column + EDGE, region.column + region.width)
            bottom = min(row + EDGE, region.row + region.height)
            # The tile is read from a multiple of the model's cell; a part that lies before the region is not counted.
            if right > x and bottom > y:
                made.append(Window(column, row, right - column, bottom - row))
    return made
