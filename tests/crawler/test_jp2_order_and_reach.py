"""The order of packets against the standard's loops, and what a window reaches against the wavelet itself."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from marscd_plugin.common.rasters import Window
from marscd_plugin.products.codestream.needed import _needed_samples, needed, tiles_of
from marscd_plugin.products.codestream.packets import count_packets, packets_of, precinct_grid, shrink
from marscd_plugin.products.codestream.words import PROGRESSIONS, Coding, Size, Style

Packet = tuple[int, int, int, int]


def _style(random: np.random.Generator, order: str, bands: int) -> Style:
    codings = []
    for _ in range(bands):
        levels = int(random.integers(0, 4))
        codings.append(Coding(levels, tuple((int(a), int(b)) for a, b in random.integers(2, 6, (levels + 1, 2))), True))
    return Style(PROGRESSIONS.index(order), int(random.integers(1, 4)), False, False, tuple(codings))


def _size(random: np.random.Generator, bands: int) -> Size:
    """An image and tiles that begin anywhere on the reference grid."""
    x0, y0 = (int(v) for v in random.integers(0, 40, 2))
    width, height = (int(v) for v in random.integers(1, 90, 2))
    tile_x0, tile_y0 = int(random.integers(0, x0 + 1)), int(random.integers(0, y0 + 1))
    tile_width, tile_height = (int(v) for v in random.integers(41, 120, 2))
    return Size(x0, y0, x0 + width, y0 + height, tile_x0, tile_y0, tile_width, tile_height, (9,) * bands)


def _grid(size: Size, style: Style, tile: int, band: int, resolution: int) -> tuple[int, int]:
    return precinct_grid(size.tile(tile), style.codings[band], resolution)[2:]


def _by_position(size: Size, style: Style, tile: int, band: int, resolution: int, y: int, x: int) -> Iterator[Packet]:
    """The condition of B.12.1.3-5, as the standard writes it."""
    x0, y0, _, _ = size.tile(tile)
    coding = style.codings[band]
    wide, high = coding.precincts[resolution]
    down = coding.levels - resolution
    columns, rows = _grid(size, style, tile, band, resolution)
    if not columns or not rows:
        return
    trx0, try0 = shrink(x0, down), shrink(y0, down)
    if not (y % (1 << (high + down)) == 0 or (y == y0 and (try0 << down) % (1 << (high + down)))):
        return
    if not (x % (1 << (wide + down)) == 0 or (x == x0 and (trx0 << down) % (1 << (wide + down)))):
        return
    column = (shrink(x, down) >> wide) - (trx0 >> wide)
    row = (shrink(y, down) >> high) - (try0 >> high)
    if column < columns and row < rows:
        for _ in range(style.layers):
            yield band, resolution, column, row


def _literal(size: Size, style: Style, tile: int) -> list[Packet]:
    x0, y0, x1, y1 = size.tile(tile)
    bands = range(len(style.codings))
    deepest = max(c.levels for c in style.codings)
    order = PROGRESSIONS[style.progression]

    def precincts(band: int, resolution: int) -> Iterator[Packet]:
        if resolution <= style.codings[band].levels:
            columns, rows = _grid(size, style, tile, band, resolution)
            for k in range(columns * rows):
                yield band, resolution, k % columns, k // columns

    def at(band: int, resolution: int, y: int, x: int) -> Iterator[Packet]:
        if resolution <= style.codings[band].levels:
            yield from _by_position(size, style, tile, band, resolution, y, x)

    places = [(y, x) for y in range(y0, y1) for x in range(x0, x1)]
    levels = range(deepest + 1)
    if order == "LRCP":
        return [p for _ in range(style.layers) for r in levels for c in bands for p in precincts(c, r)]
    if order == "RLCP":
        return [p for r in levels for _ in range(style.layers) for c in bands for p in precincts(c, r)]
    if order == "RPCL":
        return [p for r in levels for y, x in places for c in bands for p in at(c, r, y, x)]
    if order == "PCRL":
        return [p for y, x in places for c in bands for r in levels for p in at(c, r, y, x)]
    return [p for c in bands for y, x in places for r in levels for p in at(c, r, y, x)]


@pytest.mark.parametrize("order", PROGRESSIONS)
def test_packets_come_in_the_order_of_the_standard(order):
    """Images and tiles at any offset, bands with different levels and precincts, several layers."""
    random = np.random.default_rng(PROGRESSIONS.index(order))
    for _ in range(12):
        bands = int(random.integers(1, 3))
        size, style = _size(random, bands), _style(random, order, bands)
        for tile in range(min(size.tiles, 3)):
            ours = packets_of(size, style, tile)
            listed = list(zip(ours.component, ours.resolution, ours.column, ours.row, strict=True))
            assert listed == _literal(size, style, tile)
            assert len(listed) == count_packets(size, style, tile)


def _inverse(low: dict[int, float], high: dict[int, float], start: int, stop: int, reversible: bool) -> np.ndarray:
    """Samples start..stop-1 of a line from its subbands, by lifting with whole-sample symmetry (F.3.8)."""
    if stop - start == 1:
        return np.array([low[start // 2] if start % 2 == 0 else high[start // 2] / 2])
    period = 2 * (stop - start - 1)

    def place(i: int) -> int:
        i = (i - start) % period
        return start + min(i, period - i)

    line = {i: (low if i % 2 == 0 else high)[i // 2] for i in range(start, stop)}
    steps = (
        [(0, -0.25), (1, 0.5)]
        if reversible
        else [(0, -0.443506852), (1, -0.882911076), (0, 0.052980118), (1, 1.586134342)]
    )
    for parity, weight in steps:
        line |= {
            i: line[i] + weight * (line[place(i - 1)] + line[place(i + 1)])
            for i in range(start, stop)
            if i % 2 == parity
        }
    return np.array([line[i] for i in range(start, stop)])


@pytest.mark.parametrize("reversible", [True, False], ids=["5/3", "9/7"])
def test_a_window_reaches_as_far_as_the_wavelet(reversible):
    """Every coefficient on which a sample depends lies in the ranges; and the ranges are no wider than they must be."""
    coding = Coding(1, ((5, 5), (5, 5)), reversible)
    random = np.random.default_rng(4)
    touched_ends = np.zeros(4, bool)
    for _ in range(150):
        start = int(random.integers(0, 9))
        stop = start + int(random.integers(1, 24))
        a = int(random.integers(start, stop))
        b = int(random.integers(a + 1, stop + 1))
        (low_first, low_last), (high_first, high_last) = _needed_samples(coding, a, b)
        lows, highs = range(-(-start // 2), -(-stop // 2)), range(start // 2, stop // 2)
        zero_low, zero_high = dict.fromkeys(lows, 0.0), dict.fromkeys(highs, 0.0)
        for kind, places, first, last in (("low", lows, low_first, low_last), ("high", highs, high_first, high_last)):
            for n in places:
                low = zero_low | ({n: 1.0} if kind == "low" else {})
                high = zero_high | ({n: 1.0} if kind == "high" else {})
                moved = _inverse(low, high, start, stop, reversible)[a - start : b - start]
                if np.abs(moved).max() > 1e-12:
                    assert first <= n <= last, (kind, n, first, last, start, stop, a, b)
                    offset = 0 if kind == "low" else 2
                    touched_ends[offset] |= n == first
                    touched_ends[offset + 1] |= n == last
    assert touched_ends.all()


def test_windows_and_tiles():
    size = Size(10, 5, 110, 65, 4, 5, 30, 20, (9,))
    assert (size.tiles_across, size.tiles_down) == (4, 3)
    assert size.tile(0) == (10, 5, 34, 25) and size.tile(11) == (94, 45, 110, 65)
    assert tiles_of(size, [Window(0, 0, 24, 20)]) == [0]
    assert tiles_of(size, [Window(0, 0, 25, 20)]) == [0, 1]
    assert tiles_of(size, [Window(23, 19, 2, 2), Window(99, 59, 50, 50)]) == [0, 1, 4, 5, 11]
    assert tiles_of(size, [Window(100, 0, 5, 5), Window(0, 60, 5, 5)]) == []


def test_the_whole_image_needs_every_packet_and_nothing_needs_none():
    random = np.random.default_rng(9)
    for order in PROGRESSIONS:
        size, style = _size(random, 1), _style(random, order, 1)
        for tile in range(size.tiles):
            packets = packets_of(size, style, tile)
            assert needed(size, style, tile, packets, Window(0, 0, size.width, size.height)).all()
            assert not needed(size, style, tile, packets, Window(size.width, 0, 3, 3)).any()
