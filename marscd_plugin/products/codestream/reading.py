"""Reading a JP2's bones from wherever its bytes are: generators that ask for bytes and never touch a file themselves.

Everything here may come from a hostile server: every size is checked before it is used, and each byte is looked at a
bounded number of times.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Collection

from ..jp2 import MAX_BANDS, MAX_PIXELS, MAX_SIDE, SIGNATURE
from . import words as w
from .lengths import in_order, packet_lengths, plm_lengths
from .words import Header, Need, NotByPartsError, Reading, Segment, Size, Style, T, TilePart

MAX_BOXES = 1000
#: What may stand before the codestream, and in the headers of codestream and tile-parts.
MAX_BOX_BYTES = 4 << 20
MAX_HEADER_BYTES = 16 << 20
MAX_LENGTH_BYTES = 64 << 20
MAX_TILES = 4096
MAX_PARTS = 65_535
#: Tile-parts whose place is only known by walking from one to the next: each costs a request.
MAX_WALK = 256
MAX_LEVELS = 32


def read_header(total: int) -> Reading[Header]:
    """The header of a JP2 file of ``total`` bytes. Raises NotByPartsError where it cannot be fetched in parts."""
    box, start, end = yield from _find_codestream(total)
    boxes = yield from _take(0, box)
    size, style, segments, first = yield from _main_header(start, end)
    by_code = {code: [s.body for s in segments if s.code == code] for code in (w.TLM, w.PLM)}
    return Header(
        total=total,
        boxes=boxes,
        start=start,
        end=end,
        size=size,
        style=style,
        segments=tuple(segments),
        first=first,
        parts=_tile_part_lengths(in_order(by_code[w.TLM], "TLM")),
        lengths=plm_lengths(in_order(by_code[w.PLM], "PLM")) if by_code[w.PLM] else (),
    )


def read_parts(header: Header, tiles: Collection[int]) -> Reading[tuple[TilePart, ...]]:
    """All tile-parts in the file's order, with the packet lengths of those that belong to ``tiles``.

    Where the file lists its tile-parts (TLM), headers of other tiles are not asked for. Raises NotByPartsError.
    """
    parts: list[TilePart] = []
    position = header.first
    listed = _fits(header)
    # The length of the end marker: the last tile-part may leave it out of its own length.
    while position < header.end - 2:
        number = len(parts)
        if number >= (len(header.parts) if listed else MAX_WALK):
            raise NotByPartsError("it is in too many tile-parts, or in more than it says")
        if listed and header.parts[number][0] not in tiles:
            tile, length = header.parts[number]
            part = TilePart(number, tile, -1, 0, position, position, position + length)
        else:
            part = yield from _tile_part(header, number, position, tiles)
            if listed and header.parts[number] != (part.tile, part.end - part.start):
                raise NotByPartsError("its list of tile-parts (TLM) is wrong")
        parts.append(part)
        position = part.end
    if not parts or position > header.end:
        raise NotByPartsError("its tile-parts do not fill the codestream")
    return tuple(parts)


def style_of(header: Header, parts: tuple[TilePart, ...], tile: int) -> Style:
    """The style of one tile: the main header's, unless the tile's own first header has another. Raises
    NotByPartsError."""
    segments = [s for p in parts if p.tile == tile for s in p.segments if s.code in (w.COD, w.COC)]
    return _style([*header.segments, *segments], header.size.bands) if segments else header.style


def drive(reading: Reading[T], read: Callable[[int, int], bytes]) -> T:
    """Run a reading on bytes that ``read(offset, size)`` gives at once."""
    try:
        need = next(reading)
        while True:
            need = reading.send(read(need.offset, need.size))
    except StopIteration as ended:
        return ended.value


def _take(offset: int, size: int) -> Reading[bytes]:
    data = yield Need(offset, size)
    if len(data) != size:
        raise NotByPartsError("it is cut short")
    return data


# -- boxes ----------------------------------------------------------------------------------------------------------


def _find_codestream(total: int) -> Reading[tuple[int, int, int]]:
    """(offset of the box, start and end of its content) of the codestream."""
    if (yield from _take(0, len(SIGNATURE))) != SIGNATURE:
        raise NotByPartsError("it is no JP2 file")
    position = len(SIGNATURE)
    for _ in range(MAX_BOXES):
        if position > MAX_BOX_BYTES:
            raise NotByPartsError("its image begins too far behind")
        length, kind = struct.unpack(">I4s", (yield from _take(position, 8)))
        head = 8
        if length == 1:
            length, head = struct.unpack(">Q", (yield from _take(position + 8, 8)))[0], 16
        end = position + length if length else total
        if end > total or end < position + head:
            raise NotByPartsError("its boxes are not sound")
        if kind == b"jp2c":
            return position, position + head, end
        position = end
    raise NotByPartsError("it has too many boxes")


# -- the main header ------------------------------------------------------------------------------------------------


def _main_header(start: int, end: int) -> Reading[tuple[Size, Style, list[Segment], int]]:
    if struct.unpack(">H", (yield from _take(start, 2)))[0] != w.SOC:
        raise NotByPartsError("its codestream does not begin as one")
    segments, position = yield from _segments(start + 2, min(end, start + MAX_HEADER_BYTES), w.SOT)
    if not segments or segments[0].code != w.SIZ:
        raise NotByPartsError("its codestream does not begin with its size")
    size = _size(segments[0].body)
    return size, _style(segments, size.bands), segments, position


def _segments(position: int, end: int, last: int) -> Reading[tuple[list[Segment], int]]:
    """The marker segments up to the marker ``last``, and where that stands."""
    segments: list[Segment] = []
    while True:
        code = struct.unpack(">H", (yield from _take(position, 2)))[0]
        if code == last:
            return segments, position
        length = struct.unpack(">H", (yield from _take(position + 2, 2)))[0]
        if code < 0xFF30 or 0xFF30 <= code <= 0xFF3F or length < 2 or position + 2 + length > end:
            raise NotByPartsError(f"its headers are not sound (marker {code:04X})")
        if code in (w.POC, w.PPM, w.PPT):
            what = {w.POC: "changes the order of packets midway (POC)", w.PPM: "keeps packet headers apart (PPM)"}
            raise NotByPartsError("it " + what.get(code, "keeps packet headers apart (PPT)"))
        segments.append(Segment(code, (yield from _take(position + 4, length - 2))))
        position += 2 + length


def _size(body: bytes) -> Size:
    if len(body) < 36:
        raise NotByPartsError("its size is not sound")
    x1, y1, x0, y0, tile_width, tile_height, tile_x0, tile_y0, bands = struct.unpack(">8IH", body[2:36])
    sampling = body[36:]
    sound = (
        0 < bands <= MAX_BANDS
        and len(sampling) == 3 * bands
        and x0 < x1
        and y0 < y1
        and max(x1, y1) <= 2 * MAX_SIDE
        and x1 - x0 <= MAX_SIDE
        and y1 - y0 <= MAX_SIDE
        and (x1 - x0) * (y1 - y0) <= MAX_PIXELS
        and tile_x0 <= x0 < tile_x0 + tile_width
        and tile_y0 <= y0 < tile_y0 + tile_height
    )
    if not sound:
        raise NotByPartsError("its size is not sound")
    if any(sampling[3 * c + 1 : 3 * c + 3] != b"\x01\x01" for c in range(bands)):
        raise NotByPartsError("its bands are of different sizes (subsampling)")
    made = Size(x0, y0, x1, y1, tile_x0, tile_y0, tile_width, tile_height, tuple(sampling[::3]))
    if made.tiles > MAX_TILES:
        raise NotByPartsError(f"it is in {made.tiles:,} tiles")
    return made


def _style(segments: list[Segment], bands: int) -> Style:
    """What COD and COC say; later ones (of a tile's header) before earlier, COC before COD of its own header."""
    # Two rounds: the main header's, then the tile's. A tile's COD outweighs the main header's COC.
    codings: list[w.Coding | None] = [None] * bands
    common = None
    for segment in segments:
        if segment.code == w.COD:
            body = segment.body
            if len(body) < 10:
                raise NotByPartsError("its coding style is not sound")
            order, layers = body[1], int.from_bytes(body[2:4], "big")
            if order >= len(w.PROGRESSIONS) or not layers:
                raise NotByPartsError(f"its packets are in an order that is not known ({order})")
            if body[0] & ~0x07:
                raise NotByPartsError("it is coded in a way of later parts of the standard")
            coding = _coding(body[0], body[5:])
            common = (order, layers, bool(body[0] & 2), bool(body[0] & 4))
            codings = [coding] * bands
    if common is None:
        raise NotByPartsError("it does not say how it is coded")
    # A COC counts unless a later header's COD has replaced it.
    last_cod = max(i for i, s in enumerate(segments) if s.code == w.COD)
    first_header = sum(s.code == w.COD for s in segments) == 1
    for index, segment in enumerate(segments):
        if segment.code == w.COC and (first_header or index > last_cod):
            wide = 1 if bands < 257 else 2
            if len(segment.body) < wide + 6:
                raise NotByPartsError("its coding style is not sound")
            band = int.from_bytes(segment.body[:wide], "big")
            if band >= bands:
                raise NotByPartsError("its coding style is not sound")
            codings[band] = _coding(segment.body[wide], segment.body[wide + 1 :])
    return Style(*common, tuple(c for c in codings if c is not None))


def _coding(flags: int, body: bytes) -> w.Coding:
    """``body`` begins with the number of levels (SPcod, SPcoc)."""
    levels, kernel = body[0], body[4]
    if levels > MAX_LEVELS or kernel > 1:
        raise NotByPartsError("its wavelet is not one that is known")
    if flags & 1:
        sizes = body[5:]
        if len(sizes) != levels + 1 or any(not (v & 15 and v >> 4) for v in sizes[1:]):
            raise NotByPartsError("its precincts are not sound")
        precincts = tuple((v & 15, v >> 4) for v in sizes)
    else:
        precincts = ((15, 15),) * (levels + 1)
    return w.Coding(levels, precincts, kernel == 1)


# -- tile-parts -----------------------------------------------------------------------------------------------------


def _tile_part_lengths(bodies: list[bytes]) -> tuple[tuple[int, int], ...]:
    """(tile, length) of every tile-part, from TLM segments."""
    found: list[tuple[int, int]] = []
    for body in bodies:
        if not body:
            raise NotByPartsError("its list of tile-parts (TLM) is not sound")
        wide_tile, wide_length = (body[0] >> 4) & 3, 4 if body[0] & 0x40 else 2
        entry = wide_tile + wide_length
        if wide_tile == 3 or (len(body) - 1) % entry:
            raise NotByPartsError("its list of tile-parts (TLM) is not sound")
        if len(found) + (len(body) - 1) // entry > MAX_PARTS:
            raise NotByPartsError("it is in too many tile-parts")
        for at in range(1, len(body), entry):
            tile = int.from_bytes(body[at : at + wide_tile], "big") if wide_tile else len(found)
            found.append((tile, int.from_bytes(body[at + wide_tile : at + entry], "big")))
    return tuple(found)


def _fits(header: Header) -> bool:
    """True where TLM lists tile-parts that fill the codestream up to its end marker, of tiles that there are."""
    return (
        bool(header.parts)
        and all(tile < header.size.tiles and length >= 14 for tile, length in header.parts)
        and header.first + sum(length for _, length in header.parts) == header.end - 2
    )


def _tile_part(header: Header, number: int, position: int, tiles: Collection[int]) -> Reading[TilePart]:
    code, length, tile, size, index, count = struct.unpack(">HHHIBB", (yield from _take(position, 12)))
    end = position + size if size else header.end - 2
    if code != w.SOT or length != 10 or tile >= header.size.tiles or end < position + 14 or end > header.end:
        raise NotByPartsError("its tile-parts are not sound")
    if tile not in tiles:
        return TilePart(number, tile, index, count, position, position, end)
    segments, body = yield from _segments(position + 12, min(end, position + 12 + MAX_LENGTH_BYTES), w.SOD)
    body += 2
    listed = [s.body for s in segments if s.code == w.PLT]
    if listed:
        lengths = packet_lengths(b"".join(in_order(listed, "PLT")))
    elif number < len(header.lengths):
        lengths = header.lengths[number]
    else:
        lengths = packet_lengths(b"")
    if int(lengths.sum()) != end - body:
        raise NotByPartsError(
            "its packet lengths are wrong" if len(lengths) else "it does not say how long its packets are (no PLT)"
        )
    return TilePart(number, tile, index, count, position, body, end, tuple(segments), lengths)
