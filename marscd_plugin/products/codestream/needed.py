"""Which packets a window of pixels needs, at all resolutions, so that it decodes as in the whole file.

To rebuild samples a..b-1 of a resolution, the inverse wavelet (ISO/IEC 15444-1, Annex F, lifting) reads low-pass and
high-pass samples of the level below it. Following the lifting steps back:

| wavelet | low-pass | high-pass |
|---|---|---|
| 5/3 | floor(a/2) .. floor(b/2) | floor(a/2) - 1 .. floor(b/2) |
| 9/7 | floor(a/2) - 1 .. floor(b/2) + 1 | floor(a/2) - 2 .. floor(b/2) + 1 |

Reflection at a tile's edge leads back into the same ranges. The low-pass range is what the next resolution down must
give in turn; the high-pass range, which contains it, says which precincts are needed here.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ...common.rasters import Window
from .packets import Packets, precinct_grid
from .words import Coding, Size, Style

#: (low before, low after, high before, high after), by Coding.reversible.
_REACH = {True: (0, 0, 1, 0), False: (1, 1, 2, 1)}


def tiles_of(size: Size, windows: Iterable[Window]) -> list[int]:
    """The tiles that pixel windows touch, in order."""
    found: set[int] = set()
    for window in windows:
        x0, y0, x1, y1 = _reference(size, window)
        if x1 <= x0 or y1 <= y0:
            continue
        first_column, last_column = (x0 - size.tile_x0) // size.tile_width, (x1 - 1 - size.tile_x0) // size.tile_width
        first_row, last_row = (y0 - size.tile_y0) // size.tile_height, (y1 - 1 - size.tile_y0) // size.tile_height
        for row in range(first_row, last_row + 1):
            found.update(range(row * size.tiles_across + first_column, row * size.tiles_across + last_column + 1))
    return sorted(found)


def needed(size: Size, style: Style, tile: int, packets: Packets, window: Window) -> np.ndarray:
    """True for each packet of the tile that the pixels of ``window`` depend on."""
    bounds = size.tile(tile)
    wanted = _reference(size, window)
    part = (
        max(wanted[0], bounds[0]), max(wanted[1], bounds[1]), min(wanted[2], bounds[2]), min(wanted[3], bounds[3]),
    )  # fmt: skip
    if part[2] <= part[0] or part[3] <= part[1]:
        return np.zeros(len(packets), bool)
    deepest = 1 + max(c.levels for c in style.codings)
    # Precinct ranges by component and resolution: first and last column, first and last row.
    limits = np.zeros((4, len(style.codings), deepest), np.int64)
    for component, coding in enumerate(style.codings):
        for resolution, reach in enumerate(_precinct_ranges(bounds, coding, part)):
            limits[:, component, resolution] = reach
    left, right, top, bottom = limits[:, packets.component, packets.resolution]
    return (packets.column >= left) & (packets.column <= right) & (packets.row >= top) & (packets.row <= bottom)


def up_to(packets: Packets, style: Style, halvings: int) -> np.ndarray:
    """True for each packet that the image needs which is ``halvings`` times halved."""
    top = np.array([c.levels - halvings for c in style.codings])
    return packets.resolution <= top[packets.component]


def _reference(size: Size, window: Window) -> tuple[int, int, int, int]:
    """A pixel window on the reference grid, clipped to the image."""
    x0, y0 = size.x0 + window.column, size.y0 + window.row
    return (
        max(x0, size.x0), max(y0, size.y0), min(x0 + window.width, size.x1), min(y0 + window.height, size.y1),
    )  # fmt: skip


def _precinct_ranges(
    bounds: tuple[int, int, int, int], coding: Coding, part: tuple[int, int, int, int]
) -> list[tuple[int, int, int, int]]:
    """(first column, last column, first row, last row) of the needed precincts, for each resolution from the lowest."""
    across = _needed_samples(coding, part[0], part[2])
    down = _needed_samples(coding, part[1], part[3])
    found = []
    for resolution in range(coding.levels + 1):
        first_column, first_row, columns, rows = precinct_grid(bounds, coding, resolution)
        wide, high = coding.precincts[resolution]
        # Above the lowest resolution, samples are counted within their subband, where precincts are half as large.
        half = 1 if resolution else 0
        found.append(
            (
                *_clipped(across[resolution], wide - half, first_column, columns),
                *_clipped(down[resolution], high - half, first_row, rows),
            )
        )
    return found


def _needed_samples(coding: Coding, start: int, stop: int) -> list[tuple[int, int]]:
    """Along one axis, (first, last) of the samples to have at each resolution: high-pass, at the lowest low-pass."""
    low_before, low_after, high_before, high_after = _REACH[coding.reversible]
    ranges: list[tuple[int, int]] = []
    a, b = start, stop
    for _ in range(coding.levels):
        ranges.append((a // 2 - high_before, b // 2 + high_after))
        a, b = a // 2 - low_before, b // 2 + low_after + 1
    ranges.append((a, b - 1))
    return ranges[::-1]


def _clipped(samples: tuple[int, int], exponent: int, first: int, count: int) -> tuple[int, int]:
    """Precincts (counted from the tile's first) of samples, within those that there are."""
    low, high = (samples[0] >> exponent) - first, (samples[1] >> exponent) - first
    return min(max(low, 0), max(count - 1, 0)), max(min(high, count - 1), 0)
