"""The bones of a TIFF: directories and where their pixels lie, read without decoding (TIFF 6.0, BigTIFF).

A stream without a length that breaks off leaves a file that begins well; only the places of its strips and tiles tell
that the end is missing.
"""

from __future__ import annotations

import struct
from array import array
from pathlib import Path
from typing import BinaryIO

from ..common.errors import ProductError

_REMEDY = "Fetch it again from the archive."
#: Bytes of each field type; types that cannot hold an offset or a count are not read.
_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_CODES = {3: "H", 4: "I", 16: "Q"}
_OFFSETS, _COUNTS = (273, 324), (279, 325)
#: A file has few directories (overviews, a mask) and each few fields; more is not an image of ours.
_MAX_DIRECTORIES, _MAX_FIELDS, _MAX_PIECES = 64, 4096, 1 << 24


def check_tiff(path: Path | str) -> int:
    """Walk all directories; the number of strips and tiles. Raises ProductError where it is no TIFF, or cut short."""
    path = Path(path)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            return _walk(file, path, size)
    except OSError as error:
        raise ProductError(f"{path} cannot be read: {error.strerror or error}.", "Check the file.") from error


def _walk(file: BinaryIO, path: Path, size: int) -> int:
    head = file.read(16)
    order = {b"II": "<", b"MM": ">"}.get(head[:2], "")
    magic = struct.unpack(order + "H", head[2:4])[0] if order and len(head) >= 8 else 0
    if magic not in (42, 43) or (magic == 43 and len(head) < 16):
        raise ProductError(f"{path} is not a TIFF file: its signature is missing.", _REMEDY)
    big = magic == 43
    at = struct.unpack(order + ("Q" if big else "I"), head[8:16] if big else head[4:8])[0]
    seen: set[int] = set()
    pieces = 0
    while at:
        if at in seen or len(seen) >= _MAX_DIRECTORIES:
            raise ProductError(f"{path} is not a sound TIFF file: its directories go round in circles.", _REMEDY)
        seen.add(at)
        found, at = _directory(file, path, size, order, big, at)
        pieces += found
    if not pieces:
        raise ProductError(f"{path} is a TIFF file without an image.", _REMEDY)
    return pieces


def _directory(file: BinaryIO, path: Path, size: int, order: str, big: bool, at: int) -> tuple[int, int]:
    """(strips and tiles of this directory, where the next one is)."""
    count_bytes, entry_bytes, link_bytes = (8, 20, 8) if big else (2, 12, 4)
    if at + count_bytes > size:
        raise _cut(path)
    file.seek(at)
    count = struct.unpack(order + ("Q" if big else "H"), file.read(count_bytes))[0]
    if count > _MAX_FIELDS:
        raise ProductError(f"{path} is not a sound TIFF file: a directory of {count:,} fields.", _REMEDY)
    body = file.read(count * entry_bytes + link_bytes)
    if len(body) < count * entry_bytes + link_bytes:
        raise _cut(path)
    offsets: array[int] = array("Q")
    counts: array[int] = array("Q")
    for number in range(count):
        entry = body[number * entry_bytes : (number + 1) * entry_bytes]
        tag, kind = struct.unpack(order + "HH", entry[:4])
        length = struct.unpack(order + ("Q" if big else "I"), entry[4 : 12 if big else 8])[0]
        value = entry[12:] if big else entry[8:]
        total = length * _BYTES.get(kind, 1)
        if total > len(value):
            place = struct.unpack(order + ("Q" if big else "I"), value)[0]
            if place + total > size:
                raise _cut(path)
        if tag in _OFFSETS + _COUNTS:
            if kind not in _CODES or length > _MAX_PIECES:
                raise ProductError(f"{path} is not a sound TIFF file: it does not say where its pixels are.", _REMEDY)
            if total > len(value):
                file.seek(place)
                value = file.read(total)
            numbers = struct.unpack(f"{order}{length}{_CODES[kind]}", value[:total])
            (offsets if tag in _OFFSETS else counts).extend(numbers)
    if len(offsets) != len(counts):
        raise ProductError(f"{path} is not a sound TIFF file: its strips or tiles have no sizes.", _REMEDY)
    # A piece of no bytes is an empty tile of a sparse file.
    if any(begin + length > size for begin, length in zip(offsets, counts, strict=True) if length):
        raise _cut(path)
    link = body[count * entry_bytes :]
    return len(offsets), struct.unpack(order + ("Q" if big else "I"), link)[0]


def _cut(path: Path) -> ProductError:
    return ProductError(f"{path} is cut short: the TIFF ends before its image does.", _REMEDY)
