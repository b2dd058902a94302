"""Contact sheets of ``drawing``: one for every kind of change, one of everything that is not change."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from . import patch_nuisance as nuisance
from .backdrops import simulated_backdrop
from .drawing import MARGIN, draw_pair
from .fields import Array, grid, smooth_field
from .kinds import Kind
from .pair import SimulatedPair, TerrainPatch
from .relight import Ready, Suns, longer_shadows, make_ready, two_dates
from .sheets import Bytes, sheet, stretched
from .viewing import Residual, coarser, coded, displaced

#: Truth is white, what no eye could see dark grey, what was not seen in both dates darker still.
_UNSEEN, _IGNORED = 60, 120


def column(pair: SimulatedPair) -> list[Bytes]:
    """Before, after and truth of a pair as grey bytes."""
    truth = np.where(pair.truth > 0, 255, np.where(pair.ignore, _IGNORED, np.where(pair.valid, 0, _UNSEEN)))
    return [stretched(pair.before), stretched(pair.after), truth.astype(np.uint8)]


def rows_of(columns: Sequence[Sequence[Bytes]]) -> Bytes:
    """The sheet of columns of equally many tiles."""
    return sheet([[tiles[k] for tiles in columns] for k in range(len(columns[0]))])


def kind_sheet(
    rng: np.random.Generator, pool: Sequence[Array | TerrainPatch], kind: Kind, number: int = 6, size: int = 224
) -> Bytes:
    """``number`` pairs with that kind of change, contrasts as published: before, after, truth."""
    columns = []
    for _ in range(number):
        backdrop = pool[int(rng.integers(len(pool)))]
        columns.append(column(draw_pair(rng, backdrop, size, change=True, kinds=[kind], faint=0.0)))
    return rows_of(columns)


def all_kinds_sheet(rng: np.random.Generator, pool: Sequence[Array | TerrainPatch], size: int = 160) -> Bytes:
    """A pair of every kind in which enough of it is seen, five a row: before, after, truth."""
    columns = []
    for kind in list(Kind)[1:]:
        best = None
        for _ in range(12):
            backdrop = pool[int(rng.integers(len(pool)))]
            pair = draw_pair(rng, backdrop, size, change=True, kinds=[kind], faint=0.0, difficulty=0.0, contrast=0.07)
            # Enough to be looked at, in a picture that is whole.
            score = min(float(pair.truth.mean()), 0.05) * float(pair.valid.all())
            if best is None or score > best[0]:
                best = (score, pair)
        if best is not None:
            columns.append(column(best[1]))
    return sheet([[c[k] for c in columns[start : start + 5]] for start in range(0, len(columns), 5) for k in range(3)])


def unchanged_sheet(
    rng: np.random.Generator, pool: Sequence[Array | TerrainPatch], difficulty: float | None, number: int = 6
) -> Bytes:
    """Pairs without change of a difficulty: before, after, and the difference of the two, each in its own stretch."""
    columns = []
    for _ in range(number):
        pair = draw_pair(rng, pool[int(rng.integers(len(pool)))], 224, change=False, difficulty=difficulty)
        difference = _difference(pair.before, pair.after, pair.valid)
        columns.append([stretched(pair.before), stretched(pair.after), difference])
    return rows_of(columns)


def _difference(before: Array, after: Array, valid: np.ndarray | None = None) -> Bytes:
    """Grey where both dates agree, each about its median in its own width; cut at two widths."""
    seen = np.ones(before.shape, bool) if valid is None else valid
    if not seen.any():
        return np.zeros(before.shape, np.uint8)
    normal = []
    for image in (before, after):
        low, middle, high = np.quantile(image[seen], (0.1, 0.5, 0.9))
        normal.append((image - middle) / max(float(high - low) / 2.563, 1e-9))
    level = np.clip((normal[1] - normal[0]) * 63.0 + 128.0, 1, 255)
    return np.where(seen, level, 0).astype(np.uint8)


def nuisances(rng: np.random.Generator, ready: Ready) -> list[tuple[str, Array, Array]]:
    """(name, before, after) of one backdrop, each with one difference that is not change, strongly drawn."""
    n = ready.n
    same = Suns(50.0, 50.0, 0.0)
    first, _ = two_dates(np.random.default_rng(0), ready, same, 0.0, {})
    rows, columns = grid(n, n)
    zero = np.zeros((n, n), np.float32)

    def moved(dy: Array, dx: Array, gain: Array | None = None) -> Array:
        return displaced(np.random.default_rng(1), first, ready.seen, Residual(dy, dx, 0.0, gain))[0]

    def lit(suns: Suns) -> Array:
        return two_dates(np.random.default_rng(0), ready, suns, 0.0, {})[1]

    side = (columns > n / 2).astype(np.float32)
    jump = np.float32(2.0) * side
    wave = np.sin(rows * np.float32(2 * math.pi / 40))
    white = rng.standard_normal((n, n), dtype=np.float32)
    low, high = (float(v) for v in np.quantile(first, (0.002, 0.998)))
    made: list[tuple[str, Callable[[], Array]]] = [
        ("sun's azimuth by 60 degrees", lambda: lit(Suns(50.0, 50.0, 60.0))),
        ("incidence from 50 to 70 degrees", lambda: lit(Suns(50.0, 70.0, 0.0))),
        ("longer shadows", lambda: longer_shadows(first, ready.sun, 5.0, 0.05)),
        ("smooth warp of 3 px RMS", lambda: moved(3 * smooth_field(rng, (n, n), 4), 3 * smooth_field(rng, (n, n), 4))),
        ("parallax along x to 9 px", lambda: moved(zero, np.clip(3.5 * ready.height, -9, 9).astype(np.float32))),
        ("CCD seam of 2 px", lambda: moved(jump, zero, (1.0 + 0.01 * side).astype(np.float32))),
        ("line jitter", lambda: moved(0.5 * wave, 1.2 * wave)),
        ("noise as large as the ground's contrast", lambda: first + np.float32(ready.contrast) * white),
        ("half the pixel scale", lambda: coarser(first, 0.5)),
        ("JPEG at quality 35", lambda: coded(first, 35, low, high)),
        ("haze, veil", lambda: nuisance.dust(first, 1.0, 0.35, smooth_field(rng, (n, n), 2))),
        ("column stripes", lambda: first + np.float32(0.4 * ready.contrast) * nuisance.columns_pattern(rng, n)),
    ]
    return [(name, first, make()) for name, make in made]


def nuisance_sheet(rng: np.random.Generator, pool: Sequence[Array | TerrainPatch]) -> tuple[Bytes, list[str]]:
    """One column a nuisance, six a row: before, after, difference; and their names in order."""
    names, columns = [], []
    whole = [i for i in pool if isinstance(i, TerrainPatch) or bool(np.isfinite(i).all())] or list(pool)
    ready = make_ready(rng, whole[int(rng.integers(len(whole)))], 192 + 2 * MARGIN, MARGIN, 0.08)
    for name, before, after in nuisances(rng, ready):
        inner = np.s_[MARGIN:-MARGIN, MARGIN:-MARGIN]
        b, a = before[inner], after[inner]
        names.append(name)
        columns.append([stretched(b), stretched(a), _difference(b, a)])
    tiles = [[c[k] for c in columns[start : start + 6]] for start in range(0, len(columns), 6) for k in range(3)]
    return sheet(tiles), names


def terrain_pool(rng: np.random.Generator, number: int = 6) -> list[Array | TerrainPatch]:
    """Simulated terrain to draw on where no real crops are at hand."""
    return [simulated_backdrop(rng, 320) for _ in range(number)]
