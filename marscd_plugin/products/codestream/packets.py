"""The packets of a tile in the order in which they stand in the codestream (ISO/IEC 15444-1, B.6 and B.12)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .lengths import MAX_PACKETS
from .words import PROGRESSIONS, Coding, NotByPartsError, Size, Style

#: Which columns order the packets, the most important first.
_KEYS = {
    "LRCP": ("layer", "resolution", "component", "place"),
    "RLCP": ("resolution", "layer", "component", "place"),
    "RPCL": ("resolution", "y", "x", "component", "layer"),
    "PCRL": ("y", "x", "component", "resolution", "layer"),
    "CPRL": ("component", "y", "x", "resolution", "layer"),
}


@dataclass(frozen=True)
class Packets:
    """The packets of one tile in order, one entry each: whose they are, and the precinct's column and row."""

    component: np.ndarray
    resolution: np.ndarray
    column: np.ndarray
    row: np.ndarray

    def __len__(self) -> int:
        return len(self.component)


def shrink(value: int, levels: int) -> int:
    """A reference coordinate at a resolution ``levels`` halvings down: ceil(value / 2^levels)."""
    return -(-value >> levels)


def precinct_grid(bounds: tuple[int, int, int, int], coding: Coding, resolution: int) -> tuple[int, int, int, int]:
    """(first column, first row, columns, rows) of a tile's precincts at a resolution, counted from coordinate 0."""
    down = coding.levels - resolution
    wide, high = coding.precincts[resolution]
    x0, y0, x1, y1 = (shrink(v, down) for v in bounds)
    columns = (shrink(x1, wide) - (x0 >> wide)) if x1 > x0 else 0
    rows = (shrink(y1, high) - (y0 >> high)) if y1 > y0 else 0
    return x0 >> wide, y0 >> high, columns, rows


def count_packets(size: Size, style: Style, tile: int) -> int:
    """How many packets a tile has."""
    bounds, total = size.tile(tile), 0
    for coding in style.codings:
        for resolution in range(coding.levels + 1):
            _, _, columns, rows = precinct_grid(bounds, coding, resolution)
            total += columns * rows
    return total * style.layers


def packets_of(size: Size, style: Style, tile: int) -> Packets:
    """A tile's packets in order. Raises NotByPartsError where there are too many to be true."""
    if count_packets(size, style, tile) > MAX_PACKETS:
        raise NotByPartsError("it has too many packets")
    bounds = size.tile(tile)
    tables = [
        _precincts(bounds, component, coding, resolution)
        for component, coding in enumerate(style.codings)
        for resolution in range(coding.levels + 1)
    ]
    one = {name: np.concatenate([t[name] for t in tables]) for name in tables[0]}
    layers = np.arange(style.layers, dtype=np.int64)
    all_layers = {name: np.repeat(values, style.layers) for name, values in one.items()}
    all_layers["layer"] = np.tile(layers, len(one["place"]))
    keys = _KEYS[PROGRESSIONS[style.progression]]
    order = np.lexsort([all_layers[name] for name in reversed(keys)])
    return Packets(*(all_layers[name][order] for name in ("component", "resolution", "column", "row")))


def _precincts(
    bounds: tuple[int, int, int, int], component: int, coding: Coding, resolution: int
) -> dict[str, np.ndarray]:
    """One row a precinct, in raster order. ``x``, ``y`` are where on the reference grid its turn comes (B.12.1.3-5)."""
    first_column, first_row, columns, rows = precinct_grid(bounds, coding, resolution)
    wide, high = (p + coding.levels - resolution for p in coding.precincts[resolution])
    row, column = (a.ravel() for a in np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij"))
    return {
        "component": np.full(row.size, component),
        "resolution": np.full(row.size, resolution),
        "column": column,
        "row": row,
        "place": row * columns + column,
        # A precinct that begins before the tile has its turn where the tile begins.
        "x": np.maximum((first_column + column).astype(np.int64) << wide, bounds[0]),
        "y": np.maximum((first_row + row).astype(np.int64) << high, bounds[1]),
    }
