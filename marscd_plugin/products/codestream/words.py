"""The words of a codestream: frozen dataclasses, filled in by ``reading``.

Lengths and offsets are bytes of the archive's file, counted from its first one. Coordinates are the reference grid's
(where the image may begin at another place than 0, 0) unless they are said to be pixels of the image.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np

from ...common.errors import ProductError

#: Marker codes.
SOC, SIZ, COD, COC, TLM, PLM, PLT, QCD, QCC, RGN, POC, PPM, PPT, CRG, COM = (
    0xFF4F, 0xFF51, 0xFF52, 0xFF53, 0xFF55, 0xFF57, 0xFF58, 0xFF5C, 0xFF5D, 0xFF5E, 0xFF5F, 0xFF60, 0xFF61, 0xFF63,
    0xFF64,
)  # fmt: skip
SOT, SOP, EPH, SOD, EOC = 0xFF90, 0xFF91, 0xFF92, 0xFF93, 0xFFD9
PROGRESSIONS = ("LRCP", "RLCP", "RPCL", "PCRL", "CPRL")


class NotByPartsError(ProductError):
    """A file that can only be fetched whole: it does not say where its packets lie, or says it in a way not known."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The image cannot be fetched in parts: {why}.", "The whole file is fetched instead.")
        self.why = why


class Need(NamedTuple):
    """Bytes that a reading waits for. Fewer may be sent only where the file ends."""

    offset: int
    size: int


T = TypeVar("T")
#: A reading that asks for bytes as it goes and ends with its result: the caller chooses where they come from.
Reading = Generator[Need, bytes, T]


@dataclass(frozen=True)
class Size:
    """The SIZ marker: the image spans x0..x1, y0..y1; tiles of ``tile_width`` x ``tile_height`` begin at ``tile_x0``,
    ``tile_y0``. ``depths`` is SIZ's own byte for each component (bits - 1, plus 128 where signed)."""

    x0: int
    y0: int
    x1: int
    y1: int
    tile_x0: int
    tile_y0: int
    tile_width: int
    tile_height: int
    depths: tuple[int, ...]

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.y1 - self.y0

    @property
    def bands(self) -> int:
        return len(self.depths)

    @property
    def tiles_across(self) -> int:
        return -(-(self.x1 - self.tile_x0) // self.tile_width)

    @property
    def tiles_down(self) -> int:
        return -(-(self.y1 - self.tile_y0) // self.tile_height)

    @property
    def tiles(self) -> int:
        return self.tiles_across * self.tiles_down

    def tile(self, number: int) -> tuple[int, int, int, int]:
        """(x0, y0, x1, y1) of a tile, clipped to the image."""
        row, column = divmod(number, self.tiles_across)
        left, top = self.tile_x0 + column * self.tile_width, self.tile_y0 + row * self.tile_height
        return (
            max(left, self.x0),
            max(top, self.y0),
            min(left + self.tile_width, self.x1),
            min(top + self.tile_height, self.y1),
        )


@dataclass(frozen=True)
class Coding:
    """How a component is coded: wavelet ``levels``, precinct exponents (x, y) a resolution, 5/3 where reversible."""

    levels: int
    precincts: tuple[tuple[int, int], ...]
    reversible: bool


@dataclass(frozen=True)
class Style:
    """COD and COC: order and count of packets, the markers around them, and each component's coding."""

    progression: int
    layers: int
    sop: bool
    eph: bool
    codings: tuple[Coding, ...]


@dataclass(frozen=True)
class Segment:
    """A marker segment as it stands: ``body`` without marker and length."""

    code: int
    body: bytes

    def packed(self) -> bytes:
        """Marker, length and body."""
        return self.code.to_bytes(2, "big") + (len(self.body) + 2).to_bytes(2, "big") + self.body


@dataclass(frozen=True)
class Header:
    """A file up to its first tile-part.

    ``boxes`` is what stands before the box of the codestream, which spans ``start``..``end``; ``total`` is the file's
    size. ``first`` is where the first tile-part begins. ``parts`` lists (tile, length) of every tile-part where the
    file says so (TLM), ``lengths`` the packet lengths of every tile-part where they stand here (PLM).
    """

    total: int
    boxes: bytes
    start: int
    end: int
    size: Size
    style: Style
    segments: tuple[Segment, ...]
    first: int
    parts: tuple[tuple[int, int], ...]
    lengths: tuple[np.ndarray, ...]


@dataclass(frozen=True)
class TilePart:
    """One tile-part: ``start`` of its header, ``body`` of its packets, ``end``.

    ``lengths`` (int64) are the bytes of each packet, in the file's order; None for a tile that nobody needs.
    """

    number: int
    tile: int
    index: int
    count: int
    start: int
    body: int
    end: int
    segments: tuple[Segment, ...] = ()
    lengths: np.ndarray | None = None
