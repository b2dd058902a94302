"""What a fetch is asked for, and what it answers, a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class FileRequest:
    """One file to bring from ``url`` to ``path``. ``role`` is a RemoteFile's; ``size`` bytes is a hint.

    ``part`` (a ``crawler.jp2.PartWish``) asks for an area's bytes only. A ``stream`` is made by the archive while we
    wait. Of the files of one host, those of higher ``priority`` come first.
    """

    url: str
    path: Path
    product_id: str = ""
    role: str = "other"
    size: int | None = None
    part: Any = None
    stream: bool = False
    priority: int = 0


@dataclass(frozen=True)
class FileResult:
    """How it ended. ``state`` is ``fetched`` (now), ``present`` (already whole), ``failed`` or ``waiting`` (cancelled
    before it was whole, or another run is fetching it). ``bytes`` is the file's size, 0 where it is not there whole.

    ``note`` says more: ``refused``, ``quarantined`` (failed) or ``copied`` (present). ``whole_bytes`` is the size of
    the archive's file where only a part of it was saved.
    """

    product_id: str
    name: str
    url: str
    state: str
    bytes: int
    attempts: int
    sha256: str
    path: Path
    reason: str = ""
    note: str = ""
    whole_bytes: int | None = None
