"""The bones of a JP2 file: boxes, image size and the end of the codestream, read without decoding (ISO/IEC 15444-1)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ..common.errors import ProductError

SIGNATURE = bytes.fromhex("0000000C6A5020200D0A870A")
#: HiRISE images reach some 55,000 x 180,000; what claims far more is not one.
MAX_SIDE = 1 << 19
MAX_PIXELS = 1 << 36
MAX_BANDS = 16
_MAX_BOXES = 10_000
_MAX_PARTS = 1_000_000
_REMEDY = "Fetch it again from the archive."


@dataclass(frozen=True)
class Jp2Size:
    """What the codestream says of the image: pixels and bands, and the byte range of the codestream."""

    width: int
    height: int
    bands: int
    start: int
    end: int


def check_jp2(path: Path | str) -> Jp2Size:
    """Walk boxes and tile-parts to the end of the codestream. Raises ProductError where it is no JP2, or cut short."""
    path = Path(path)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            if file.read(len(SIGNATURE)) != SIGNATURE:
                raise ProductError(f"{path} is not a JP2 file: its signature is missing.", _REMEDY)
            start, end = _codestream(file, path, size)
            return _walk(file, path, start, end)
    except OSError as error:
        raise ProductError(f"{path} cannot be read: {error.strerror or error}.", "Check the file.") from error


def _codestream(file: BinaryIO, path: Path, size: int) -> tuple[int, int]:
    """Byte range of the jp2c box's content."""
    position, found = len(SIGNATURE), None
    for _ in range(_MAX_BOXES):
        if position == size:
            break
        file.seek(position)
        head = file.read(8)
        if len(head) < 8:
            raise _cut(path)
        length, kind = struct.unpack(">I4s", head)
        header = 8
        if length == 1:
            extended = file.read(8)
            if len(extended) < 8:
                raise _cut(path)
            length, header = struct.unpack(">Q", extended)[0], 16
        end = size if length == 0 else position + length
        if length and length < header:
            raise ProductError(f"{path} is not a sound JP2 file: a box of {length} bytes.", _REMEDY)
        if end > size:
            raise _cut(path)
        if kind == b"jp2c" and found is None:
            found = (position + header, end)
        position = end
    if found is None:
        raise ProductError(f"{path} is a JP2 file without an image (no codestream).", _REMEDY)
    return found


def _walk(file: BinaryIO, path: Path, start: int, end: int) -> Jp2Size:
    file.seek(start)
    head = file.read(min(end - start, 42))
    if len(head) < 42 or head[:4] != b"\xff\x4f\xff\x51":
        raise ProductError(f"{path} is not a sound JP2 file: its codestream does not begin as one.", _REMEDY)
    x1, y1, x0, y0 = struct.unpack(">4I", head[8:24])
    bands = struct.unpack(">H", head[40:42])[0]
    width, height = x1 - x0, y1 - y0
    if not (
        0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE and width * height <= MAX_PIXELS and 0 < bands <= MAX_BANDS
    ):
        raise ProductError(f"{path} claims an absurd image size: {width} x {height} pixels, {bands} bands.", _REMEDY)
    position = start + 2
    for _ in range(_MAX_PARTS):
        file.seek(position)
        marker = file.read(4)
        if marker[:2] == b"\xff\xd9" and position + 2 <= end:
            return Jp2Size(width, height, bands, start, end)
        if len(marker) < 4 or position + 4 > end:
            raise _cut(path)
        code, length = struct.unpack(">HH", marker)
        if code == 0xFF90:
            body = file.read(8)
            if len(body) < 8:
                raise _cut(path)
            part = struct.unpack(">I", body[2:6])[0]
            if part == 0:  # the last tile-part runs to the end marker
                return _ends(file, path, Jp2Size(width, height, bands, start, end))
            if part < 14:
                raise ProductError(f"{path} is not a sound JP2 file: a tile-part of {part} bytes.", _REMEDY)
            position += part
        elif code >= 0xFF30 and length >= 2:
            position += 2 + length
        else:
            raise ProductError(f"{path} is not a sound JP2 file: marker {code:04X} where a segment should be.", _REMEDY)
    raise ProductError(f"{path} is not a sound JP2 file: too many tile-parts.", _REMEDY)


def _ends(file: BinaryIO, path: Path, size: Jp2Size) -> Jp2Size:
    file.seek(max(size.end - 2, size.start))
    if file.read(2) != b"\xff\xd9":
        raise _cut(path)
    return size


def _cut(path: Path) -> ProductError:
    return ProductError(f"{path} is cut short: the JP2 ends before its image does.", _REMEDY)
