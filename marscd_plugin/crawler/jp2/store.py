"""Ranges of a remote file as they come, in one file beside the place: nothing that came is lost by a kill.

Records are only ever appended: a head with offset, length and checksum, then the bytes. A record that was being written
when the process ended is cut off at the next opening.
"""

from __future__ import annotations

import json
import os
import struct
import zlib
from bisect import bisect_right, insort
from pathlib import Path

from ...common.errors import DownloadError
from ...common.files import output_error
from ...products.codestream.spans import Span, merged
from ..transfer import Version

_MAGIC = b"MarsCD ranges 1\n"
_HEAD = struct.Struct(">4sQII")
_DATA, _ABOUT = b"DATA", b"ABOU"
#: The longest record that is believed.
_LONGEST = 16 << 20


class RangeStore:
    """The bytes of one version of one remote file that are here. Not for several threads at once.

    Raises OutputError where the disk does not do its part.
    """

    def __init__(self, path: Path, url: str) -> None:
        """Open what an earlier run left, if it is of the same address; else begin anew."""
        self.path, self._url = path, url
        self.version = Version()
        self._entries: list[tuple[int, int, int]] = []
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        try:
            self._file = os.fdopen(os.open(path, flags, 0o666), "r+b", buffering=0)
            if not _locked(self._file.fileno()):
                self._file.close()
                raise DownloadError(
                    f"{path.name} is in use by another run (perhaps another QGIS).", "Try again when that has ended."
                )
            if not self._load():
                self.forget()
        except OSError as error:
            raise output_error(error, path) from error

    def _load(self) -> bool:
        """Read what is there; False where it is not ours, or of another address."""
        size = os.fstat(self._file.fileno()).st_size
        if self._file.read(len(_MAGIC)) != _MAGIC:
            return False
        at, known = len(_MAGIC), False
        while at + _HEAD.size <= size:
            self._file.seek(at)
            kind, offset, length, checksum = _HEAD.unpack(self._file.read(_HEAD.size))
            end = at + _HEAD.size + length
            if kind not in (_DATA, _ABOUT) or length > _LONGEST or end > size:
                break
            data = self._file.read(length)
            if zlib.crc32(data) != checksum:
                break
            if kind == _DATA and known:
                insort(self._entries, (offset, offset + length, at + _HEAD.size))
            elif kind == _ABOUT:
                about = json.loads(data)
                if about.get("url") != self._url:
                    return False
                self.version, known = Version(about["validator"], about["total"]), True
            at = end
        self._file.truncate(at)
        return True

    @property
    def spans(self) -> list[Span]:
        """The bytes that are here."""
        return merged((start, end) for start, end, _ in self._entries)

    def begin(self, version: Version) -> None:
        """Say which version of the file the ranges belong to; before the first of them."""
        self.version = version
        about = {"url": self._url, "validator": version.validator, "total": version.total}
        self._append(_ABOUT, 0, json.dumps(about).encode("utf-8"))

    def put(self, offset: int, data: bytes) -> None:
        """Keep bytes of the remote file."""
        place = self._append(_DATA, offset, data)
        insort(self._entries, (offset, offset + len(data), place))

    def _append(self, kind: bytes, offset: int, data: bytes) -> int:
        try:
            at = self._file.seek(0, os.SEEK_END)
            record = memoryview(_HEAD.pack(kind, offset, len(data), zlib.crc32(data)) + data)
            while record:
                record = record[self._file.write(record) or 0 :]
        except OSError as error:
            raise output_error(error, self.path) from error
        return at + _HEAD.size

    def read(self, offset: int, size: int) -> bytes:
        """At most ``size`` bytes from ``offset`` on; b"" where the first of them is not here."""
        at = bisect_right(self._entries, (offset, 1 << 62, 0)) - 1
        # Records may overlap, and an earlier one reach further: ranges are asked for apart, a few steps back will do.
        for start, end, place in reversed(self._entries[max(at - 3, 0) : at + 1]):
            if start <= offset < end:
                self._file.seek(place + offset - start)
                return self._file.read(min(size, end - offset)) or b""
        return b""

    def forget(self) -> None:
        """Drop everything: the remote file is another one now."""
        self._entries.clear()
        self.version = Version()
        try:
            self._file.seek(0)
            self._file.truncate(0)
            self._file.write(_MAGIC)
        except OSError as error:
            raise output_error(error, self.path) from error

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> RangeStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _locked(handle: int) -> bool:
    """Take the file for this process, until it is closed or the process ends; False where another has it."""
    try:
        if os.name == "nt":
            import msvcrt

            os.lseek(handle, 1 << 40, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def store_of(path: Path) -> Path:
    """Where the ranges of a file lie until it is made."""
    return path.with_name(path.name + ".ranges")
