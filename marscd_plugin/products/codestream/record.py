"""The record that a partial JP2 carries in a box of its own (ISO/IEC 15444-1, I.7.2: UUID boxes are for such things).

It says which pixel windows are whole, which bytes of the archive's file are here, and keeps the archive's own headers,
so that a wider area later needs the difference only. File and record cannot part, whatever is moved or killed. Other
readers skip the box.
"""

from __future__ import annotations

import json
import struct
import uuid
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from ...common.errors import ProductError
from ...common.rasters import Window
from ..jp2 import MAX_SIDE, SIGNATURE
from .spans import Span, merged

#: What a part is called: the archive's name with this before its ending.
_AREA = ".area"
#: Marks the box as ours: UUID 5 of what it is, in the URL name space.
BOX = uuid.uuid5(uuid.NAMESPACE_URL, "https://github.com/marscd/marscd#partial-jp2-record").bytes
FORM = 1
MAX_BOXES = 1000
MAX_RECORD_BYTES = 32 << 20
MAX_PLAIN_BYTES = 128 << 20
MAX_ENTRIES = 1_000_000
#: Areas that one file gathers; more of them are one area.
MAX_WINDOWS = 500


@dataclass(frozen=True)
class Record:
    """``windows`` (pixels) decode as in the archive's file of ``total`` bytes, whose version ``validator`` names.

    ``spans`` of its bytes are here; ``pieces`` are bytes of its headers by offset.
    """

    total: int
    validator: str
    windows: tuple[Window, ...]
    spans: tuple[Span, ...]
    pieces: Mapping[int, bytes] = field(default_factory=dict)
    url: str = ""


def part_name(name: str) -> str:
    """The name of a part of an archive's file: ``X_RED.JP2`` -> ``X_RED.area.JP2``."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}{_AREA}{dot}{ending}"


def whole_name(name: str) -> str:
    """The archive's name of a file that may be a part: ``X_RED.area.JP2`` -> ``X_RED.JP2``."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: -len(_AREA)]}{dot}{ending}" if stem.lower().endswith(_AREA) else name


def packed(record: Record) -> bytes:
    """The box. Raises ValueError where the record is too large to be read again."""
    table = sorted(record.pieces.items())
    about = {
        "form": FORM,
        "about": "Part of an archive's image: pixels outside of the windows are not measurements (MarsCD)",
        "url": record.url,
        "validator": record.validator,
        "total": record.total,
        "windows": [[w.column, w.row, w.width, w.height] for w in record.windows],
        "spans": [list(s) for s in record.spans],
        "pieces": [[offset, len(data)] for offset, data in table],
    }
    text = zlib.compress(json.dumps(about).encode("utf-8"))
    blob = zlib.compress(b"".join(data for _, data in table))
    body = BOX + struct.pack(">I", len(text)) + text + blob
    if len(body) > MAX_RECORD_BYTES:
        raise ValueError("the record of a partial image is too large")
    return struct.pack(">I4s", len(body) + 8, b"uuid") + body


def read_record(path: Path | str) -> Record | None:
    """The record of a partial JP2 with its windows and spans, without ``pieces``; None where the file has none.

    Raises ProductError where it cannot be understood: its pixels can then not be trusted.
    """
    found = _read(Path(path), with_pieces=False)
    return found[0] if found else None


def read_whole_record(path: Path | str) -> Record | None:
    """The same with ``pieces``."""
    found = _read(Path(path), with_pieces=True)
    return found[0] if found else None


def _read(path: Path, with_pieces: bool) -> tuple[Record] | None:
    try:
        with path.open("rb") as file:
            body = _find(file, path.stat().st_size)
    except OSError as error:
        raise ProductError(f"{path} cannot be read: {error.strerror or error}.", "Check the file.") from error
    if body is None:
        return None
    try:
        length = struct.unpack(">I", body[:4])[0]
        about = json.loads(_inflated(body[4 : 4 + length]))
        pieces = _pieces(about, _inflated(body[4 + length :])) if with_pieces else {}
        return (_record(about, pieces),)
    except (ValueError, TypeError, KeyError, struct.error, zlib.error, RecursionError) as error:
        raise ProductError(
            f"{path} is a part of an image whose own record cannot be read ({error}).", "Delete it and fetch it again."
        ) from error


def _find(file: BinaryIO, size: int) -> bytes | None:
    """The content of our box, behind its name."""
    if file.read(len(SIGNATURE)) != SIGNATURE:
        return None
    position = len(SIGNATURE)
    for _ in range(MAX_BOXES):
        file.seek(position)
        head = file.read(16)
        if len(head) < 8:
            return None
        length, kind = struct.unpack(">I4s", head[:8])
        start = 8
        if length == 1 and len(head) == 16:
            length, start = struct.unpack(">Q", head[8:])[0], 16
        end = position + length if length else size
        if end > size or end < position + start:
            return None
        if kind == b"uuid" and end - position - start >= len(BOX) + 4:
            file.seek(position + start)
            if file.read(len(BOX)) == BOX:
                wanted = end - position - start - len(BOX)
                return file.read(min(wanted, MAX_RECORD_BYTES))
        position = end
    return None


def _inflated(data: bytes) -> bytes:
    inflate = zlib.decompressobj()
    plain = inflate.decompress(data, MAX_PLAIN_BYTES)
    if not inflate.eof:
        raise ValueError("it is cut short or too large")
    return plain


def _record(about: Any, pieces: Mapping[int, bytes]) -> Record:
    if about["form"] != FORM:
        raise ValueError(f"its form is {about['form']!r}, ours {FORM}")
    windows = tuple(Window(*_numbers(entry, 4)) for entry in about["windows"][:MAX_WINDOWS])
    if any(
        min(w.column, w.row) < 0 or min(w.width, w.height) < 1 or max(w.column + w.width, w.row + w.height) > MAX_SIDE
        for w in windows
    ):
        raise ValueError("its windows are absurd")
    spans = [_numbers(entry, 2) for entry in about["spans"][:MAX_ENTRIES]]
    total = _numbers([about["total"]], 1)[0]
    if any(not 0 <= s < e <= total for s, e in spans):
        raise ValueError("its spans are absurd")
    return Record(
        total, str(about["validator"]), windows, tuple(merged((s, e) for s, e in spans)), pieces, str(about["url"])
    )


def _numbers(entry: Any, count: int) -> tuple[int, ...]:
    if not isinstance(entry, list) or len(entry) != count or not all(type(n) is int for n in entry):
        raise ValueError("it holds something else than numbers")
    return tuple(entry)


def _pieces(about: Any, blob: bytes) -> dict[int, bytes]:
    pieces, at = {}, 0
    for entry in about["pieces"][:MAX_ENTRIES]:
        offset, size = _numbers(entry, 2)
        if offset < 0 or size < 0 or at + size > len(blob):
            raise ValueError("its headers are cut short")
        pieces[offset] = blob[at : at + size]
        at += size
    return pieces
