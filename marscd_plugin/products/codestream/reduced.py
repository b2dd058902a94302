"""A small JP2 of an image's lower resolutions alone: a codestream of its own, as if it had been made that size.

Resolutions nest: without its ``halvings`` highest ones, what is left of a codestream is that of the
image halved so often (ISO/IEC 15444-1, B.5). Sizes, levels, precincts and step sizes are cut to fit; packets stay as
they are, in the order that the smaller image asks for.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from . import words as w
from .index import Index
from .needed import up_to
from .packets import packets_of, shrink
from .rebuild import offsets_of
from .words import Header, NotByPartsError, Segment, Size, Style

_DROPPED = (w.TLM, w.PLM, w.PLT)
_KEPT_BOXES = (b"jP  ", b"ftyp")

Read = Callable[[int, int], bytes]


def halvings_for(index: Index, longest_side: int) -> int:
    """How often to halve so that no side is longer, as far as the codestream's levels go."""
    deepest = min(c.levels for style in index.styles.values() for c in style.codings)
    halvings = 0
    while (
        halvings < deepest and shrink(max(index.header.size.width, index.header.size.height), halvings) > longest_side
    ):
        halvings += 1
    return halvings


def write_reduced(index: Index, halvings: int, read: Read) -> Iterator[bytes]:
    """The JP2 of the image ``halvings`` times halved, piece by piece. It carries no georeference.

    ``index`` must be of all tiles; ``read(offset, size)`` gives the archive's bytes. Raises NotByPartsError where the
    codestream cannot be cut so.
    """
    header = index.header
    size, style = _reduced_size(header.size, halvings), _reduced_style(header.style, halvings)
    if any(s.code not in (*_DROPPED, w.COM) for part in index.parts for s in part.segments):
        raise NotByPartsError("its tiles are coded differently")
    main = struct.pack(">H", w.SOC) + b"".join(_reduced(s, size, halvings).packed() for s in _kept(header))
    tiles = [_tile(index, tile, size, style, halvings, read) for tile in range(size.tiles)]
    content = len(main) + sum(14 + len(t) for t in tiles) + 2
    yield _boxes(header.boxes, size) + struct.pack(">I4s", content + 8, b"jp2c") + main
    for number, data in enumerate(tiles):
        yield struct.pack(">HHHIBBH", w.SOT, 10, number, 14 + len(data), 0, 1, w.SOD) + data
    yield struct.pack(">H", w.EOC)


def _tile(index: Index, tile: int, size: Size, style: Style, halvings: int, read: Read) -> bytes:
    """A tile's packets in the order of the smaller image, without SOP markers, whose numbers would be wrong."""
    packets, old = index.packets[tile], index.styles[tile]
    kept = np.flatnonzero(up_to(packets, old, halvings))
    wanted = packets_of(size, style, tile)
    if len(wanted) != len(kept):
        raise NotByPartsError("its lower resolutions have another number of packets than they should")
    # Both lists hold the same packets, layers of a precinct in order: sorted by what they are, they pair up.
    key = ("column", "row", "resolution", "component")
    there = kept[np.lexsort([getattr(packets, name)[kept] for name in key])]
    place = np.lexsort([getattr(wanted, name) for name in key])
    order = np.empty_like(there)
    order[place] = there
    parts = [p for p in index.parts if p.tile == tile and p.lengths is not None]
    starts = np.concatenate([offsets_of(p)[:-1] for p in parts])
    lengths = np.concatenate([p.lengths for p in parts if p.lengths is not None])
    data = (read(int(starts[i]), int(lengths[i])) for i in order)
    return b"".join(d[6:] if old.sop and d[:2] == b"\xff\x91" else d for d in data)


def _kept(header: Header) -> list[Segment]:
    return [s for s in header.segments if s.code not in _DROPPED]


def _reduced_size(size: Size, halvings: int) -> Size:
    x0, y0, x1, y1 = (shrink(v, halvings) for v in (size.x0, size.y0, size.x1, size.y1))
    if size.tiles == 1:
        return replace(
            size, x0=x0, y0=y0, x1=x1, y1=y1, tile_x0=x0, tile_y0=y0, tile_width=x1 - x0, tile_height=y1 - y0
        )
    tiling = (size.tile_x0, size.tile_y0, size.tile_width, size.tile_height)
    if any(v % (1 << halvings) for v in tiling):
        raise NotByPartsError("its tiles cannot be halved so often")
    tile_x0, tile_y0, width, height = (v >> halvings for v in tiling)
    return replace(
        size, x0=x0, y0=y0, x1=x1, y1=y1, tile_x0=tile_x0, tile_y0=tile_y0, tile_width=width, tile_height=height
    )


def _reduced_style(style: Style, halvings: int) -> Style:
    codings = tuple(
        replace(c, levels=c.levels - halvings, precincts=c.precincts[: c.levels - halvings + 1]) for c in style.codings
    )
    if any(c.levels < 0 for c in codings):
        raise NotByPartsError("it has too few resolutions")
    return replace(style, codings=codings, sop=False)


def _reduced(segment: Segment, size: Size, halvings: int) -> Segment:
    body = segment.body
    wide = 1 if size.bands < 257 else 2
    if segment.code == w.SIZ:
        numbers = (size.x1, size.y1, size.x0, size.y0, size.tile_width, size.tile_height, size.tile_x0, size.tile_y0)
        return Segment(w.SIZ, body[:2] + struct.pack(">8I", *numbers) + body[34:])
    if segment.code == w.COD:
        return Segment(w.COD, bytes([body[0] & ~2]) + body[1:5] + _reduced_coding(body[5:], halvings))
    if segment.code == w.COC:
        return Segment(w.COC, body[: wide + 1] + _reduced_coding(body[wide + 1 :], halvings))
    if segment.code == w.QCD:
        return Segment(w.QCD, _reduced_steps(body, halvings))
    if segment.code == w.QCC:
        return Segment(w.QCC, body[:wide] + _reduced_steps(body[wide:], halvings))
    return segment


def _reduced_coding(body: bytes, halvings: int) -> bytes:
    levels = body[0] - halvings
    # Precincts, where they are listed, begin with the lowest resolution's.
    return bytes([levels]) + body[1:5] + body[5 : 5 + levels + 1]


def _reduced_steps(body: bytes, halvings: int) -> bytes:
    """Step sizes of QCD and QCC: one for the lowest subband, three for each level from the lowest."""
    entry = {0: 1, 2: 2}.get(body[0] & 31)
    if entry is None:
        return body  # derived: one step size stands for all
    count = (len(body) - 1) // entry - 3 * halvings
    if count < 1:
        raise NotByPartsError("its step sizes are not sound")
    return body[: 1 + count * entry]


def _boxes(boxes: bytes, size: Size) -> bytes:
    """The boxes that any JP2 needs, with the new size; georeferences and metadata are of the large image, and go."""
    made, at = b"", 0
    while at + 8 <= len(boxes):
        length, kind = struct.unpack(">I4s", boxes[at : at + 8])
        if length < 8 or at + length > len(boxes):
            break
        box = boxes[at : at + length]
        if kind in _KEPT_BOXES:
            made += box
        elif kind == b"jp2h" and box[12:16] == b"ihdr" and len(box) >= 24:
            made += box[:16] + struct.pack(">II", size.height, size.width) + box[24:]
        at += length
    return made
