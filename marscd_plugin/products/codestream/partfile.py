"""A partial JP2 on disk: made from bytes that came, and read again as bytes of the archive's file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from ...common.errors import ProductError
from ...common.rasters import Window
from .index import Index, read_index
from .reading import drive
from .rebuild import Built, build_parts, places, write
from .record import Record, packed, read_whole_record
from .spans import Span
from .words import NotByPartsError

Read = Callable[[int, int], bytes]


def write_part(
    file: BinaryIO, index: Index, record: Record, read: Read, check: Callable[[], None] = lambda: None
) -> None:
    """Write the JP2 of the packets that lie in ``record.spans``, with its record behind it.

    ``read(offset, size)`` gives the archive's bytes; ``check`` is called between pieces and may raise.
    """
    for piece in write(index.header, build_parts(index.header, index.parts, index.styles, record.spans), read):
        file.write(piece)
        check()
    file.write(packed(record))


class Pieces:
    """Bytes of headers by offset: what a reading asked for once, it can be given again."""

    def __init__(self, pieces: Mapping[int, bytes]) -> None:
        self._pieces = pieces
        self._starts = sorted(pieces)

    def read(self, offset: int, size: int) -> bytes:
        """At most ``size`` bytes from ``offset`` on; b"" where the first of them is not here."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return b""
        start = self._starts[at]
        return self._pieces[start][offset - start : offset - start + size]


class PartFile:
    """An earlier part, opened as a store of the archive's bytes. Close it, or use it in a ``with``."""

    def __init__(self, path: Path, record: Record, index: Index) -> None:
        self.path, self.record, self.index = path, record, index
        built: list[Built] = build_parts(index.header, index.parts, index.styles, record.spans)
        self._places = sorted(places(index.header, built))
        self._starts = [start for start, _, _ in self._places]
        self._headers = Pieces(record.pieces)
        self._file = path.open("rb")

    @property
    def spans(self) -> list[Span]:
        """The archive's bytes that are here, packets only."""
        return [(start, end) for start, end, _ in self._places]

    def read_some(self, offset: int, size: int) -> bytes:
        """At most ``size`` bytes of the archive's file from ``offset`` on; b"" where the first of them is not here."""
        if data := self._headers.read(offset, size):
            return data
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return b""
        start, end, place = self._places[at]
        if offset >= end:
            return b""
        self._file.seek(place + offset - start)
        return self._file.read(min(size, end - offset))

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> PartFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_part(path: Path) -> PartFile | None:
    """The part at ``path``; None where the file is no part, or one that cannot be built on."""
    try:
        record = read_whole_record(path)
        if record is None:
            return None
        pieces = Pieces(record.pieces)

        def read(offset: int, size: int) -> bytes:
            data = pieces.read(offset, size)
            if len(data) < size:
                raise NotByPartsError("its record lacks headers")
            return data

        index = drive(read_index(record.total, record.windows), read)
    except ProductError:
        return None
    return PartFile(path, record, index)


def joined(pieces: Iterable[tuple[int, bytes]]) -> dict[int, bytes]:
    """Bytes by offset, those that follow on each other or overlap made one."""
    found: dict[int, bytearray] = {}
    start = -1
    for offset, data in sorted(pieces):
        if start >= 0 and offset <= start + len(found[start]):
            found[start] += data[start + len(found[start]) - offset :]
        else:
            start = offset
            found[start] = bytearray(data)
    return {offset: bytes(data) for offset, data in found.items()}


def covered(windows: Sequence[Window], window: Window) -> bool:
    """Does the union of ``windows`` hold all pixels of ``window``?"""
    return not list(_outside(window, windows))


def _outside(window: Window, windows: Sequence[Window]) -> Iterator[Window]:
    """The parts of a window that no other covers."""
    for number, other in enumerate(windows):
        left, top = max(window.column, other.column), max(window.row, other.row)
        right = min(window.column + window.width, other.column + other.width)
        bottom = min(window.row + window.height, other.row + other.height)
        if left >= right or top >= bottom:
            continue
        rest = windows[number + 1 :]
        far, low = window.column + window.width, window.row + window.height
        for part in (
            Window(window.column, window.row, window.width, top - window.row),
            Window(window.column, bottom, window.width, low - bottom),
            Window(window.column, top, left - window.column, bottom - top),
            Window(right, top, far - right, bottom - top),
        ):
            if part.width > 0 and part.height > 0:
                yield from _outside(part, rest)
        return
    yield window
