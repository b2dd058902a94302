"""Which bytes of a cloud-optimised GeoTIFF hold a window of it: its directories read, nothing else of it fetched.

The bytes that are read go into a file of the same size and at the same places, all else of it a hole: GDAL opens that
like the whole and reads the window's tiles, and only those. So an area of a large image is read with plain HTTP ranges
through our own session; GDAL's own network reader would go round its address guard, its limits and its cancel.

TIFF 6.0 and BigTIFF, tiled. Hostile input: counts and sizes are bounded, and every offset must lie in the file.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..common.errors import ProductError
from ..common.rasters import Window

#: (first byte, number of bytes) -> those bytes
Read = Callable[[int, int], bytes]
Span = tuple[int, int]  # first byte, byte after the last

_MAX_DIRECTORIES = 40
_MAX_TAGS = 200
_MAX_TILES = 4_000_000
_MAX_TAG_BYTES = 64 << 20
_MAX_TILE_BYTES = 64 << 20
_MAX_EDGE = 1 << 20
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_NUMBERS = {3: "H", 4: "I", 16: "Q"}
_WIDTH, _HEIGHT, _SAMPLES, _PLANAR, _SUBFILE = 256, 257, 277, 284, 254
_TILE_WIDTH, _TILE_HEIGHT, _OFFSETS, _COUNTS = 322, 323, 324, 325
_REMEDY = "Fetch the whole image instead."


@dataclass(frozen=True)
class Level:
    """One directory's image: the full one, an overview or a mask. ``planes`` is 1 where the bands lie together.

    GDAL writes four bytes before and after each tile; ``offsets`` and ``counts`` are the tile's own.
    """

    width: int
    height: int
    tile_width: int
    tile_height: int
    planes: int
    kind: int
    offsets: tuple[int, ...]
    counts: tuple[int, ...]

    def spans(self, window: Window) -> list[Span]:
        """Byte ranges of the tiles that a window of this level touches, by place in the file, overlaps merged."""
        across, down = -(-self.width // self.tile_width), -(-self.height // self.tile_height)
        columns = range(window.column // self.tile_width, (window.column + window.width - 1) // self.tile_width + 1)
        rows = range(window.row // self.tile_height, (window.row + window.height - 1) // self.tile_height + 1)
        if not (window.column >= 0 and window.row >= 0 and columns.stop <= across and rows.stop <= down):
            raise ValueError(f"{window} lies outside {self.width} x {self.height}")
        found = []
        for plane in range(self.planes):
            for row in rows:
                for column in columns:
                    tile = (plane * down + row) * across + column
                    # No offset and no bytes: a tile that holds nothing, and need not be fetched.
                    if self.counts[tile]:
                        found.append((self.offsets[tile], self.offsets[tile] + self.counts[tile]))
        return merged(found)


@dataclass(frozen=True)
class Directories:
    """All of a TIFF's directories. ``full`` is the image itself; masks of it are in ``masks``."""

    full: Level
    masks: tuple[Level, ...]
    overviews: tuple[Level, ...]

    def spans(self, window: Window) -> list[Span]:
        """Byte ranges that a window of the full image needs, its mask's too."""
        found = self.full.spans(window)
        for mask in self.masks:
            found += mask.spans(window)
        return merged(found)


def merged(spans: Iterable[Span], gap: int = 0) -> list[Span]:
    """Ranges in order; those that overlap, touch, or lie at most ``gap`` bytes apart are one."""
    out: list[Span] = []
    for first, end in sorted(spans):
        if out and first <= out[-1][1] + gap:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((first, end))
    return out


def read_directories(read: Read, size: int, name: str) -> Directories:
    """Read a TIFF's directories, every tag's value with them (so that what ``read`` brought is all that GDAL needs to
    open it). ``size`` is the whole file's. Raises ProductError naming the file."""
    try:
        return _read(_Source(read, size, name), name)
    except struct.error as error:
        raise ProductError(f"{name} is cut short: a directory is not whole.", _REMEDY) from error


class _Source:
    """Bytes of a TIFF in its own byte order, never beyond its end."""

    def __init__(self, read: Read, size: int, name: str) -> None:
        self._read, self.size, self.name = read, size, name
        head = self.take(0, 16)
        self.order = {b"II": "<", b"MM": ">"}.get(head[:2], "")
        version = struct.unpack(self.order + "H", head[2:4])[0] if self.order else 0
        if version not in (42, 43):
            raise ProductError(f"{name} is not a TIFF image.", _REMEDY)
        self.big = version == 43
        self.first = self.numbers("Q", head[8:16])[0] if self.big else self.numbers("I", head[4:8])[0]

    def take(self, first: int, count: int) -> bytes:
        if first < 0 or count < 0 or first + count > self.size:
            raise ProductError(f"{self.name} is damaged: it points beyond its own end.", _REMEDY)
        found = self._read(first, count)
        if len(found) != count:
            raise ProductError(f"{self.name} is cut short.", _REMEDY)
        return found

    def numbers(self, kind: str, data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"{self.order}{len(data) // struct.calcsize(kind)}{kind}", data)


def _read(source: _Source, name: str) -> Directories:
    levels: list[Level] = []
    seen: set[int] = set()
    place = source.first
    while place:
        if place in seen or len(seen) >= _MAX_DIRECTORIES:
            raise ProductError(f"{name} is damaged: its directories run in circles.", _REMEDY)
        seen.add(place)
        tags, place = _directory(source, place)
        levels.append(_level(source, tags, name))
    if not levels:
        raise ProductError(f"{name} holds no image.", _REMEDY)
    full = levels[0]
    masks = tuple(v for v in levels[1:] if v.kind & 4 and (v.width, v.height) == (full.width, full.height))
    return Directories(full, masks, tuple(v for v in levels[1:] if v not in masks))


def _directory(source: _Source, place: int) -> tuple[dict[int, tuple[int, bytes]], int]:
    """Tag -> (type, value's bytes), and where the next directory is."""
    wide = 8 if source.big else 2
    count = source.numbers("Q" if source.big else "H", source.take(place, wide))[0]
    if count > _MAX_TAGS:
        raise ProductError(f"{source.name} is damaged: a directory of {count:,} tags.", _REMEDY)
    entry, inline, word = (20, 8, "Q") if source.big else (12, 4, "I")
    data = source.take(place + wide, count * entry + inline)
    tags: dict[int, tuple[int, bytes]] = {}
    total = 0
    for index in range(count):
        raw = data[index * entry : (index + 1) * entry]
        tag, kind = source.numbers("H", raw[:4])
        number = source.numbers(word, raw[4 : 4 + inline])[0]
        length = number * _SIZES.get(kind, 1)
        total += length
        if total > _MAX_TAG_BYTES:
            raise ProductError(f"{source.name} is damaged: its tags are absurdly large.", _REMEDY)
        value = raw[4 + inline :]
        if length > inline:
            value = source.take(source.numbers(word, value)[0], length)
        tags.setdefault(tag, (kind, value[:length]))
    return tags, source.numbers(word, data[count * entry :])[0]


def _level(source: _Source, tags: dict[int, tuple[int, bytes]], name: str) -> Level:
    def numbers(tag: int, default: tuple[int, ...] = ()) -> tuple[int, ...]:
        kind, data = tags.get(tag, (0, b""))
        return source.numbers(_NUMBERS[kind], data) if kind in _NUMBERS and data else default

    def number(tag: int, default: int = 0) -> int:
        return numbers(tag, (default,))[0]

    width, height = number(_WIDTH), number(_HEIGHT)
    tile_width, tile_height = number(_TILE_WIDTH), number(_TILE_HEIGHT)
    if not (0 < width <= _MAX_EDGE and 0 < height <= _MAX_EDGE):
        raise ProductError(f"{name} is damaged: {width:,} x {height:,} pixels.", _REMEDY)
    if not (0 < tile_width <= 1 << 14 and 0 < tile_height <= 1 << 14):
        raise ProductError(f"{name} is not cloud-optimised: it has no tiles.", _REMEDY)
    planes = number(_SAMPLES, 1) if number(_PLANAR, 1) == 2 else 1
    tiles = -(-width // tile_width) * -(-height // tile_height) * planes
    offsets, counts = numbers(_OFFSETS), numbers(_COUNTS)
    if not (0 < planes <= 64 and tiles <= _MAX_TILES and len(offsets) == len(counts) == tiles):
        raise ProductError(f"{name} is damaged: its tiles are not listed.", _REMEDY)
    if any(c > _MAX_TILE_BYTES or (c and o + c > source.size) for o, c in zip(offsets, counts, strict=True)):
        raise ProductError(f"{name} is damaged: a tile lies beyond its end.", _REMEDY)
    return Level(width, height, tile_width, tile_height, planes, number(_SUBFILE), offsets, counts)
