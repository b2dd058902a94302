"""Which bytes of a file are here that comes in several pieces at once: a journal beside the partial file.

``NAME.part.map`` is one line of JSON (which file, which version) and then records of 16 bytes: where a run of bytes
that has been written begins and ends. A record is appended after its bytes were written, in one write of its own:
whenever the process is killed, what the map says is there. After a power cut (another boot) only what stood before the
last mark of synchronisation counts, for a disk may have kept the map and lost the bytes.
"""

from __future__ import annotations

import json
import os
import struct
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

_RECORD = struct.Struct(">QQ")
_SYNCED = ((1 << 64) - 1, 0)
_LONGEST_HEAD = 4096
#: No map of a file of 8 GB, written in pieces of 64 kB, comes near.
_LARGEST = 16 * 1024 * 1024

Run = tuple[int, int]


class PartMap:
    """Safe to use from several threads. ``runs`` are the bytes that are here: (begin, end), sorted, apart."""

    def __init__(self, path: Path, validator: str, total: int, runs: list[Run], file: Any) -> None:
        self.path, self.validator, self.total = path, validator, total
        self.runs = runs
        self._file = file
        self._lock = threading.Lock()

    @classmethod
    def create(cls, path: Path, url: str, validator: str, total: int, have: int = 0) -> PartMap:
        """A new map; the first ``have`` bytes are here. Raises OSError."""
        head = {"url": url, "validator": validator, "total": total, "boot": boot()}
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        file = os.fdopen(os.open(path, flags | os.O_APPEND, 0o666), "ab", buffering=0)
        file.write(json.dumps(head).encode("ascii") + b"\n")
        made = cls(path, validator, total, [], file)
        if have:
            made.mark(0, have)
        return made

    @classmethod
    def load(cls, path: Path, url: str, size: int) -> PartMap | None:
        """The map that a run left for ``url``; None where there is none that fits a partial file of ``size`` bytes."""
        try:
            if path.is_symlink() or path.stat().st_size > _LARGEST:
                return None
            data = path.read_bytes()
            line, _, body = data.partition(b"\n")
            head = json.loads(line[:_LONGEST_HEAD])
            validator, total = str(head["validator"]), head["total"]
            if head["url"] != url or not validator or not isinstance(total, int) or total <= 0:
                return None
            runs = _read(body, total, trusted=head["boot"] == boot() != "")
            if runs and runs[-1][1] > size:
                return None
            # A record that was cut by the kill would shift those that follow.
            whole = len(line) + 1 + len(body) // _RECORD.size * _RECORD.size
            os.truncate(path, whole)
            return cls(path, validator, total, runs, path.open("ab", buffering=0))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    @property
    def have(self) -> int:
        """Bytes that are here."""
        with self._lock:
            return sum(end - begin for begin, end in self.runs)

    def missing(self) -> list[Run]:
        """The gaps."""
        with self._lock:
            gaps, at = [], 0
            for begin, end in self.runs:
                if begin > at:
                    gaps.append((at, begin))
                at = end
            return [*gaps, (at, self.total)] if at < self.total else gaps

    def mark(self, begin: int, end: int) -> None:
        """These bytes have been written."""
        with self._lock:
            self._file.write(_RECORD.pack(begin, end))
            _join(self.runs, begin, end)

    def sync(self, descriptor: int) -> None:
        """Bring the partial file open as ``descriptor`` to the disk itself; what is marked by then survives all."""
        with self._lock:
            os.fsync(descriptor)
            self._file.write(_RECORD.pack(*_SYNCED))

    def close(self) -> None:
        """Stop writing; the map stays."""
        self._file.close()

    def drop(self) -> None:
        """Delete it."""
        self.close()
        with suppress(OSError):
            self.path.unlink(missing_ok=True)


def map_of(part: Path) -> Path:
    """Where the map of a partial file lies."""
    return part.with_name(part.name + ".map")


def bytes_of(part: Path) -> int:
    """How many bytes of a partial file are really here. A file that comes in pieces has gaps."""
    try:
        size = part.stat().st_size
    except OSError:
        return 0
    try:
        data = map_of(part).read_bytes()
    except OSError:
        return size
    try:
        line, _, body = data.partition(b"\n")
        return sum(end - begin for begin, end in _read(body, int(json.loads(line)["total"]), trusted=True))
    except (ValueError, KeyError, TypeError, RecursionError):
        return 0


def boot() -> str:
    """This computer's current boot, "" where it cannot be told."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def _read(body: bytes, total: int, trusted: bool) -> list[Run]:
    runs: list[Run] = []
    safe: list[Run] = []
    for begin, end in _RECORD.iter_unpack(body[: len(body) // _RECORD.size * _RECORD.size]):
        if (begin, end) == _SYNCED:
            safe = list(runs)
        elif begin < end <= total:
            _join(runs, begin, end)
        else:
            raise ValueError("not a map")
    return runs if trusted else safe


def _join(runs: list[Run], begin: int, end: int) -> None:
    """Add a run to sorted runs, and make one of those that touch."""
    at = len(runs)
    while at > 0 and runs[at - 1][0] > begin:
        at -= 1
    if at > 0 and runs[at - 1][1] >= begin:
        at -= 1
        begin, end = runs[at][0], max(end, runs[at][1])
        runs[at] = (begin, end)
    else:
        runs.insert(at, (begin, end))
    while at + 1 < len(runs) and runs[at + 1][0] <= end:
        end = max(end, runs.pop(at + 1)[1])
        runs[at] = (begin, end)
