"""How many false alarms a map is to be expected to hold, from the map's own calm ground; and a threshold by wish.

The scene is cut into cells of ``CELL`` pixels, and each cell keeps the highest logit of probability in it. Most cells
of a real pair hold no change, so the middle of their distribution says how the network answers to *this* ground, sun,
sensor and registration. Above the median it falls off exponentially or, as maxima of even noise do (Gumbel), a little
faster: what of it lies beyond a threshold can be told from cells far below it, if anything too high::

    s    = (sum of min(z - u, c)) / (number with z - u < c)      over cells above the median u, c to the third quartile
    rate = (share of cells above u) * exp(-(t - u) / s)          cells with a false alarm, per cell

which is the exponential's likeliest scale where the upper quarter of the cells is only counted (type I censoring;
Deemer and Votaw 1955). Change in up to a quarter of the cells can therefore only be mistaken for a longer tail: where
there is much change the rate stated is too high, never too low for that reason. The bounds are those of ``s`` (its
relative deviation is one over the root of the cells below c); and no more alarms can be false than there are alarms.
What this cannot know: a kind of ground so rare that the calm half of the scene does not hold it (one deep shadow);
ground that changed everywhere.

Pure numpy: cells in, numbers out. Measured against real pairs without change in docs/accuracy.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ..common.rasters import Window

#: Edge of a cell, pixels: a false alarm is a place of this size, and false objects are rarely larger.
CELL = 32

#: Fewer cells with data say nothing (so many are a fifteenth of a megapixel).
LEAST_CELLS = 64

#: Where the tail starts and where it is only counted, as quantiles of the cells.
START, COUNTED = 0.5, 0.75

#: Probabilities below this are one: the network's "nothing here", finer than it is written.
FLOOR = 1 / 8192

#: No threshold by wish is lower or higher.
LOWEST, HIGHEST = 0.02, 0.98

#: Cells that make a megapixel.
PER_MEGAPIXEL = 1e6 / (CELL * CELL)


@dataclass(frozen=True)
class Expected:
    """Cells with a false alarm to be expected per megapixel at ``threshold``, with 95 % bounds; from how many cells."""

    threshold: float
    per_megapixel: float
    low: float
    high: float
    cells: int


class CellMaxima:
    """The highest probability of each cell of a scene, gathered strip by strip in any order."""

    def __init__(self, width: int, height: int) -> None:
        shape = (-(-height // CELL), -(-width // CELL))
        self._top = np.zeros(shape, np.float32)
        self._count = np.zeros(shape, np.int32)

    def add(self, window: Window, probability: np.ndarray, valid: np.ndarray) -> None:
        """``probability`` (rows, columns) 0..1 and where it is valid, of a window inside the scene."""
        rows = np.arange(window.row, window.row + window.height) // CELL
        columns = np.arange(window.column, window.column + window.width) // CELL
        at_rows, at_columns = (np.flatnonzero(np.diff(a, prepend=-1)) for a in (rows, columns))
        at = np.ix_(rows[at_rows], columns[at_columns])
        highest = np.where(valid, probability, np.float32(0.0))
        highest = np.maximum.reduceat(np.maximum.reduceat(highest, at_rows, axis=0), at_columns, axis=1)
        counts = np.add.reduceat(np.add.reduceat(valid, at_rows, axis=0, dtype=np.int32), at_columns, axis=1)
        self._top[at] = np.maximum(self._top[at], highest)
        self._count[at] += counts

    def logits(self) -> np.ndarray:
        """Of the cells of which at least half is valid, (n,)."""
        return logit(self._top[self._count >= CELL * CELL // 2])


def logit(probability: np.ndarray) -> np.ndarray:
    """log(p / (1 - p)), float64, of probabilities held in FLOOR..1 - FLOOR."""
    p = np.clip(np.asarray(probability, np.float64), FLOOR, 1 - FLOOR)
    return np.asarray(np.log(p / (1 - p)))


def expected(cells: np.ndarray, threshold: float) -> Expected | None:
    """What to expect at ``threshold`` 0..1, from cells' logits (n,); None where they are too few to say."""
    count = len(cells)
    if count < LEAST_CELLS:
        return None
    at = float(logit(np.array(threshold)))
    tail = _tail(cells, at)
    if tail is None:
        # The threshold lies inside the calm half: what is above it can be counted.
        share = float((cells >= at).mean())
        spread = math.sqrt(share * (1 - share) / count)
        low, high = max(share - 1.96 * spread, 0.0), min(share + 1.96 * spread, 1.0)
    else:
        start, scale, above, known = tail
        share = above * math.exp(-(at - start) / scale)
        # Where no cell says anything of the tail, only the count is left to bound it.
        spread = (at - start) / scale / math.sqrt(known) if known else math.inf
        low, high = (
            share * math.exp(-min(1.96 * spread, 50.0)),
            share * math.exp(min(1.96 * spread, 50.0)) if known else 1.0,
        )
        # No more alarms are false than there are alarms.
        most = min(_count_bound(int((cells >= at).sum())) / count, 1.0)
        share, high = min(share, most), min(high, most)
        low = min(low, share)
    return Expected(threshold, share * PER_MEGAPIXEL, low * PER_MEGAPIXEL, high * PER_MEGAPIXEL, count)


def threshold_for(cells: np.ndarray, per_megapixel: float) -> float | None:
    """The lowest threshold, LOWEST..HIGHEST, at which no more than so many false alarms per megapixel are expected.

    ``cells`` are logits (n,). None where they are too few to say. HIGHEST may still alarm more often than wished:
    ``expected`` tells.
    """
    if len(cells) < LEAST_CELLS:
        return None
    for threshold in np.concatenate((np.arange(LOWEST, 0.9, 0.01), np.arange(0.9, HIGHEST + 1e-9, 0.0025))):
        found = expected(cells, float(threshold))
        if found is not None and found.per_megapixel <= per_megapixel:
            return round(float(threshold), 4)
    return HIGHEST


def wished_threshold(maxima: CellMaxima, per_megapixel: float, own: float) -> tuple[float, str]:
    """The threshold at which no more than so many false alarms per megapixel are expected, and what to warn of ("").

    ``own``, the model's, where the scene is too small to tell.
    """
    cells = maxima.logits()
    chosen = threshold_for(cells, per_megapixel)
    if chosen is None:
        return own, (
            "The compared part is too small to tell how often it alarms falsely; the model's own threshold is used."
        )
    found = expected(cells, chosen)
    if found is None or found.per_megapixel <= per_megapixel:
        return chosen, ""
    return chosen, (
        f"Even at a threshold of {chosen:g} more false alarms are expected than wished for "
        f"({found.per_megapixel:.2g} and {per_megapixel:.2g} per megapixel): this pair differs nearly everywhere."
    )


def stated(maxima: CellMaxima, threshold: float, pixel_area_m2: float | None) -> dict[str, float | None]:
    """What a map says of itself, as the entries of ``common.words.ChangeMap``: all None where it is too small to say.

    ``pixel_area_m2`` in the map's middle, None where its scale is unknown: then nothing is said per square kilometre.
    """
    found = expected(maxima.logits(), threshold)
    if found is None:
        return {}
    return {
        "expected_false_per_mp": found.per_megapixel,
        "expected_false_low": found.low,
        "expected_false_high": found.high,
        "expected_false_per_km2": found.per_megapixel / pixel_area_m2 if pixel_area_m2 else None,
    }


def _count_bound(count: int) -> float:
    """Upper 95 % bound of a Poisson mean of which ``count`` came (as Wilson and Hilferty have it); 3.0 for none."""
    n = count + 1.0
    return float(n * (1.0 - 1.0 / (9.0 * n) + 1.645 / (3.0 * math.sqrt(n))) ** 3)


def _tail(cells: np.ndarray, at: float) -> tuple[float, float, float, int] | None:
    """(start u, scale s, share of cells above u, how many of them lie below c); None where ``at`` is not beyond u."""
    start = max(float(np.quantile(cells, START)), float(logit(np.array(FLOOR))))
    if at <= start:
        return None
    beyond = cells[cells > start] - start
    if beyond.size == 0:
        return start, 1e-3, 0.0, 0
    reach = min(float(np.quantile(cells, COUNTED)) - start, at - start)
    if reach <= 0:
        # Half the cells and more say the same least number: take the tail from what stands above it.
        reach = float(np.median(beyond))
    known = int((beyond < reach).sum())
    scale = float(np.minimum(beyond, reach).sum()) / max(known, 1)
    return start, max(scale, 1e-3), beyond.size / len(cells), max(known, 1)
