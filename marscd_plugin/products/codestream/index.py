"""What a file's headers say about the packets of the tiles that somebody needs: the way from pixels to bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...common.rasters import Window
from .needed import needed, tiles_of, up_to
from .packets import Packets, count_packets, packets_of
from .reading import read_header, read_parts, style_of
from .rebuild import offsets_of
from .spans import Span, merged, of_mask
from .words import Header, NotByPartsError, Reading, Style, TilePart


@dataclass(frozen=True)
class Index:
    """``styles`` and ``packets`` have an entry for each tile that is needed."""

    header: Header
    parts: tuple[TilePart, ...]
    styles: dict[int, Style]
    packets: dict[int, Packets]

    def spans(self, windows: Sequence[Window]) -> list[Span]:
        """The bytes of the packets that pixel windows need. The windows must lie in the index's tiles."""
        return self._spans({tile: self._needed(tile, windows) for tile in self.packets})

    def spans_up_to(self, halvings: int) -> list[Span]:
        """The bytes of the packets that the whole image needs, ``halvings`` times halved."""
        return self._spans({t: up_to(packets, self.styles[t], halvings) for t, packets in self.packets.items()})

    def all_spans(self) -> list[Span]:
        """The bytes of all packets of the index's tiles."""
        return self._spans({t: np.ones(len(packets), bool) for t, packets in self.packets.items()})

    def _needed(self, tile: int, windows: Sequence[Window]) -> np.ndarray:
        packets = self.packets[tile]
        mask = np.zeros(len(packets), bool)
        for window in windows:
            mask |= needed(self.header.size, self.styles[tile], tile, packets, window)
        return mask

    def _spans(self, masks: dict[int, np.ndarray]) -> list[Span]:
        spans: list[Span] = []
        done = dict.fromkeys(masks, 0)
        for part in self.parts:
            if part.tile in masks and part.lengths is not None:
                first = done[part.tile]
                done[part.tile] = first + len(part.lengths)
                spans += of_mask(offsets_of(part), masks[part.tile][first : first + len(part.lengths)])
        return merged(spans)


def read_index(total: int, windows: Sequence[Window] | None) -> Reading[Index]:
    """The index of a JP2 of ``total`` bytes, for pixel windows or for all tiles. Raises NotByPartsError."""
    header = yield from read_header(total)
    tiles = range(header.size.tiles) if windows is None else tiles_of(header.size, windows)
    if not tiles:
        raise NotByPartsError("the area lies outside of it")
    parts = yield from read_parts(header, frozenset(tiles))
    styles = {tile: style_of(header, parts, tile) for tile in tiles}
    packets = {}
    for tile in tiles:
        there = sum(len(p.lengths) for p in parts if p.tile == tile and p.lengths is not None)
        if there != count_packets(header.size, styles[tile], tile):
            raise NotByPartsError("it lists another number of packets than it has")
        if [p.index for p in parts if p.tile == tile] != list(range(sum(p.tile == tile for p in parts))):
            raise NotByPartsError("its tile-parts are out of order")
        packets[tile] = packets_of(header.size, styles[tile], tile)
    return Index(header, parts, styles, packets)
