"""PDS3 labels: parsed with object scoping, bounded, and turned into plain values.

A pattern match would take LINE_PROJECTION_OFFSET for OFFSET and the first of two FILE_NAMEs for the other; ``odl``
reads the language. Here its errors become ProductErrors that name the file, and "not applicable" becomes ``None``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ..common.errors import ProductError
from . import odl

#: A HiRISE label has 8 kB; what is larger than this is not a detached label.
MAX_LABEL_BYTES = 1 << 20
MAX_STATEMENTS = 20_000
_MAX_ATTACHED = 1 << 16
#: What PDS labels write for "not applicable" where NOT_APPLICABLE_CONSTANT does not say otherwise.
NOT_APPLICABLE = -9998

_END = re.compile(rb"(?:^|[\r\n])[ \t]*END[ \t]*(?:[\r\n]|$)")
#: In an image file END may be followed by padding and then by pixels, without an end of line.
_END_ATTACHED = re.compile(rb"(?:^|[\r\n])[ \t]*END(?=[ \t]*[\r\n]|[ \x00]{8}|\x00|$)")
_START = re.compile(rb"\A\s*(?:CCSD\S*\s+)?PDS_VERSION_ID\s*=")


@dataclass(frozen=True)
class Label:
    """One label (or one object of it): keywords in order, each with every value it was given in this scope."""

    name: str
    values: Mapping[str, tuple[Any, ...]]
    objects: Mapping[str, tuple[Label, ...]]

    def get(self, *path: str) -> Any:
        """The value at OBJECT, OBJECT ..., KEYWORD (exactly that scope), or None where it is absent or N/A."""
        scope = self.scope(*path[:-1])
        found = scope.values.get(path[-1], ()) if scope else ()
        return found[0] if found else None

    def scope(self, *path: str) -> Label | None:
        """The first object or group of that path, or None."""
        here: Label | None = self
        for name in path:
            inner = here.objects.get(name, ()) if here else ()
            here = inner[0] if inner else None
        return here

    def need_number(self, *path: str) -> float:
        """A finite number. Raises ProductError."""
        value = self.number(*path)
        if value is None:
            raise ProductError(f"{self.name} gives no usable number for {'.'.join(path)}.", _FETCH_AGAIN)
        return value

    def number(self, *path: str) -> float | None:
        """A finite number, or None. Several keywords of one name in a scope that differ count as none."""
        scope = self.scope(*path[:-1])
        found = scope.values.get(path[-1], ()) if scope else ()
        numbers = {float(v) for v in found if isinstance(v, (int, float)) and not isinstance(v, bool)}
        if len(numbers) != 1 or len(found) != len([v for v in found if isinstance(v, (int, float))]):
            return None
        value = numbers.pop()
        return value if abs(value) < 1e300 else None

    def text(self, *path: str) -> str | None:
        """A text value with its white space folded, or None."""
        value = self.get(*path)
        return " ".join(value.split()) if isinstance(value, str) else None

    def time(self, *path: str) -> datetime | None:
        """A UTC time, or None."""
        value = self.get(*path)
        return value if isinstance(value, datetime) else None


_FETCH_AGAIN = "Fetch the label again from the archive."


def read_label(path: Path | str) -> Label:
    """Read a detached PDS3 label (up to 1 MB, CRLF or LF). Raises ProductError naming the file."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_LABEL_BYTES + 1)
    except OSError as error:
        raise ProductError(f"{path} cannot be read: {error.strerror or error}.", "Check the file.") from error
    return parse_label(data, path.name)


def read_attached_label(path: Path | str) -> Label:
    """Read the PDS3 label that an image file begins with (up to its END; at most 64 kB). Raises ProductError."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_ATTACHED)
    except OSError as error:
        raise ProductError(f"{path} cannot be read: {error.strerror or error}.", "Check the file.") from error
    end = _END_ATTACHED.search(data)
    return parse_label(data if end is None else data[: end.end()] + b"\n", path.name)


def parse_label(data: bytes, name: str = "The label") -> Label:
    """Parse a label's bytes. ``name`` is used in messages. Raises ProductError, and nothing else, on any input."""
    check_label_bytes(data, name)
    try:
        root = odl.parse(data.decode("utf-8", errors="replace"))
    except odl.OdlError as error:
        raise ProductError(f"{name} is not a readable PDS3 label ({error}).", _FETCH_AGAIN) from error
    stated = root.values.get("NOT_APPLICABLE_CONSTANT", [NOT_APPLICABLE])[0]
    label = _convert(name, root, (stated, NOT_APPLICABLE, "N/A", "NULL", "UNK"))
    if not label.objects:
        raise ProductError(f"{name} holds no object or group: it is not a product's label.", _FETCH_AGAIN)
    return label


def check_label_bytes(data: bytes, name: str) -> None:
    """Raise ProductError unless the bytes begin and end as a PDS3 label of sane size does."""
    if len(data) > MAX_LABEL_BYTES:
        raise ProductError(f"{name} is larger than 1 MB: it is not a detached label.", _FETCH_AGAIN)
    if not _START.match(data):
        raise ProductError(f"{name} does not begin with PDS_VERSION_ID: it is not a PDS3 label.", _FETCH_AGAIN)
    if not _END.search(data):
        raise ProductError(f"{name} has no END statement: it is cut short.", _FETCH_AGAIN)
    if data.count(b"=") > MAX_STATEMENTS:
        raise ProductError(f"{name} holds more than {MAX_STATEMENTS} statements.", _FETCH_AGAIN)


def _convert(name: str, block: odl.Block, absent: Sequence[Any]) -> Label:
    values = {key: tuple(_plain(v, absent) for v in found) for key, found in block.values.items()}
    objects = {key: tuple(_convert(name, b, absent) for b in inner) for key, inner in block.blocks.items()}
    return Label(name, values, objects)


def _plain(value: Any, absent: Sequence[Any]) -> Any:
    """N/A as None, inside sequences too."""
    if isinstance(value, tuple):
        return tuple(_plain(v, absent) for v in value)
    return None if isinstance(value, (int, float, str)) and value in absent else value
