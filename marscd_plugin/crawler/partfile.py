"""The partial file beside a file's place: writing it, hashing it, making its move last."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def part_of(path: Path) -> Path:
    """Where a file lies until it is whole."""
    return path.with_name(path.name + ".part")


class Writer:
    """``with`` gives ``write``; the file is never one that a link points to."""

    def __init__(self, path: Path, append: bool) -> None:
        flags = os.O_WRONLY | os.O_CREAT | (os.O_APPEND if append else os.O_TRUNC)
        flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        # A small buffer: what has come is on its way to the disk, should the process be killed.
        self._file = os.fdopen(os.open(path, flags, 0o666), "wb", buffering=1 << 14)

    def __enter__(self) -> Callable[[bytes], int]:
        return self._file.write

    def __exit__(self, *_: object) -> None:
        self._file.close()


def hash_of(path: Path, check: Callable[[], None]) -> tuple[int, str]:
    """Size and hex SHA-256; ``check`` is called between blocks and may raise."""
    size, sha256, _ = hashes(path, check)
    return size, sha256


def hashes(path: Path, check: Callable[[], None], also: str = "") -> tuple[int, str, str]:
    """Size, hex SHA-256 and the digest ``also`` ("" for none), in one reading."""
    digest, size = hashlib.sha256(), 0
    other = hashlib.new(also, usedforsecurity=False) if also else None
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
            if other is not None:
                other.update(block)
            size += len(block)
            check()
    return size, digest.hexdigest(), other.hexdigest() if other is not None else ""


def sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        # Some file systems cannot sync a folder; the file itself is safe by then.
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
