"""Files under ``/PDS``: from a request's path to a file, and the arithmetic of one byte range."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_TYPES = {
    ".jp2": "image/jp2",
    ".lbl": "text/plain",
    ".tab": "text/plain",
    ".cat": "text/plain",
    ".jpg": "image/jpeg",
    ".tif": "image/tiff; application=geotiff; profile=cloud-optimized",
    ".txt": "text/plain",
}


@dataclass(frozen=True)
class ServedFile:
    """A file as it stood when it was asked for."""

    path: Path
    size: int
    etag: str
    modified: str

    @property
    def content_type(self) -> str:
        """By the file's ending."""
        return _TYPES.get(self.path.suffix.lower(), "application/octet-stream")


def find_file(root: Path, raw_path: str) -> ServedFile | None:
    """The file below ``root`` that an undecoded URL path (relative to it) names; None for anything else.

    Nothing outside ``root`` is ever answered: no ``..``, no drive or backslash, no link that leads out, no hidden file.
    """
    decoded = unquote(raw_path)
    pieces = decoded.split("/")
    if any(p in ("", ".", "..") or p.startswith(".") or re.search(r"[\\:\x00-\x1f]", p) for p in pieces):
        return None
    try:
        path = root.joinpath(*pieces).resolve(strict=True)
        if not path.is_relative_to(root.resolve()) or not path.is_file():
            return None
        status = path.stat()
    except (OSError, ValueError):
        return None
    etag = f'"{status.st_ino:x}-{status.st_size:x}-{status.st_mtime_ns:x}"'
    return ServedFile(path, status.st_size, etag, formatdate(status.st_mtime, usegmt=True))


class UnsatisfiableError(Exception):
    """A byte range that lies beyond the file."""


def byte_range(header: str | None, size: int) -> tuple[int, int] | None:
    """(first, last) inclusive of a single ``bytes=`` range, or None where the whole file is the answer.

    Several ranges, other units and malformed headers are ignored, as RFC 9110 allows. Raises UnsatisfiableError.
    """
    match = _RANGE.fullmatch((header or "").strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        if int(last) == 0 or size == 0:
            raise UnsatisfiableError
        return max(size - int(last), 0), size - 1
    start = int(first)
    if last and int(last) < start:
        return None
    if start >= size:
        raise UnsatisfiableError
    return start, min(int(last) if last else size - 1, size - 1)


def range_still_holds(if_range: str | None, file: ServedFile) -> bool:
    """Whether ``If-Range`` allows a partial answer: no header, the same ETag, or the very same date."""
    if not if_range:
        return True
    text = if_range.strip()
    if text.startswith(('"', "W/")):
        return text == file.etag
    try:
        return parsedate_to_datetime(text) == parsedate_to_datetime(file.modified)
    except (TypeError, ValueError):
        return False
