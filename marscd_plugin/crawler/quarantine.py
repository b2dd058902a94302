"""Where a damaged file goes: aside, with its reason beside it, under a name that no reader takes for an image."""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from datetime import datetime, timezone
from pathlib import Path

from ..common.errors import MarscdError
from ..common.files import write_json

log = logging.getLogger(__name__)

FOLDER = "quarantine"
#: All that may lie in one quarantine, bytes; the oldest make room.
MAX_BYTES = 2 * 1024**3


def quarantine(part: Path, path: Path, url: str, reason: str, sha256: str = "") -> Path | None:
    """Move ``part``, which should have become ``path``, into ``quarantine/`` beside it; where it lies then.

    ``NAME.bad`` is the file, ``NAME.json`` says why. A second bad file of the same name replaces the first. None where
    the disk does not let it be kept: then it is deleted, for it must not be taken for the file.
    """
    folder = path.parent / FOLDER
    kept = folder / f"{path.name}.bad"
    try:
        folder.mkdir(exist_ok=True)
        if folder.is_symlink():
            raise OSError("the quarantine is a link")
        size = part.stat().st_size
        os.replace(part, kept)
        write_json(
            folder / f"{path.name}.json",
            {
                "file": path.name,
                "reason": reason,
                "url": url,
                "bytes": size,
                "sha256": sha256,
                "when": datetime.now(timezone.utc).isoformat(timespec="seconds"),
            },
        )
        _make_room(folder, kept)
    except (OSError, MarscdError) as error:
        log.warning("%s could not be put into quarantine and is deleted: %s", path.name, error)
        for left in (part, kept):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        return None
    return kept


def _make_room(folder: Path, last: Path) -> None:
    bad = sorted((p for p in folder.glob("*.bad") if p != last), key=lambda p: p.stat().st_mtime)
    total = sum(p.stat().st_size for p in (*bad, last))
    while bad and total > MAX_BYTES:
        oldest = bad.pop(0)
        total -= oldest.stat().st_size
        oldest.unlink()
