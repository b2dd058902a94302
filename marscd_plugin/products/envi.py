"""ENVI header files: ``key = value`` and ``key = { list }``, read as text, bounded, nothing in it followed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from ..common.errors import ProductError

#: A CRISM header with 545 wavelengths and band names has about 30 kB.
MAX_HEADER_BYTES = 4 << 20
_REMEDY = "Fetch the header again from the archive."
_ENTRY = re.compile(r"([^={}\n][^={}\n]*?)[ \t]*=[ \t]*(\{[^{}]*\}|[^\n]*)")


def read_envi(path: Path | str) -> dict[str, str]:
    """Keys in lower case with their text, braces dropped. Raises ProductError."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_HEADER_BYTES + 1)
    except OSError as error:
        raise ProductError(f"{path} cannot be read: {error.strerror or error}.", "Check the file.") from error
    check_envi_bytes(data, str(path))
    text = data.decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    return {m[1].strip().lower(): m[2].strip().strip("{}").strip() for m in _ENTRY.finditer(text)}


def check_envi_bytes(data: bytes, name: str) -> None:
    """Raise ProductError unless the bytes begin as an ENVI header of sane size and all its braces are closed."""
    if len(data) > MAX_HEADER_BYTES:
        raise ProductError(f"{name} is larger than 4 MB: it is no ENVI header.", _REMEDY)
    if not re.match(rb"\s*ENVI\b", data):
        raise ProductError(f"{name} does not begin with ENVI: it is no ENVI header.", _REMEDY)
    if data.count(b"{") != data.count(b"}"):
        raise ProductError(f"{name} is cut short: a list is not closed.", _REMEDY)


def numbers(header: Mapping[str, str], key: str) -> list[float] | None:
    """A list of numbers, or None where the key is absent or holds something else."""
    text = header.get(key)
    if text is None:
        return None
    try:
        return [float(part) for part in text.replace("\n", " ").split(",") if part.strip()]
    except ValueError:
        return None


def names(header: Mapping[str, str], key: str) -> list[str] | None:
    """A list of words, or None where the key is absent."""
    text = header.get(key)
    return None if text is None else [" ".join(part.split()) for part in text.split(",")]
