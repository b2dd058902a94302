"""A folder of copies with a bound on its size: the least recently used goes first, and none that is in use.

Use is told by the file's access time, set here at each use (many systems no longer set it by themselves), and by this
process's own list. Another process that has a copy open keeps reading it after removal where the system allows that
(Linux, macOS), and keeps it from being removed where it does not (Windows).
"""

from __future__ import annotations

import logging
import os
import threading
import time
from pathlib import Path

log = logging.getLogger(__name__)

#: What was used this recently (seconds) may be in use by another process.
IN_USE_SECONDS = 6 * 3600
_lock = threading.Lock()
_held: set[Path] = set()


def hold(path: Path) -> None:
    """Mark as used now, and as in use by this process until it ends. The time of making stays."""
    with _lock:
        _held.add(path.absolute())
    try:
        os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))
    except OSError as error:
        log.debug("%s keeps its old mark of use: %s", path, error)


def keep_within(folder: Path, limit: int, now: float | None = None) -> int:
    """Remove the least recently used copies until the folder holds at most ``limit`` bytes; returns the bytes left.

    What is in use stays, even over the limit.
    """
    now = time.time() if now is None else now
    with _lock:
        held = set(_held)
    entries = []
    for path in folder.glob("*.tif"):
        try:
            stat = path.stat()
        except OSError:
            continue  # removed by another process meanwhile
        if not path.is_symlink():
            entries.append((max(stat.st_atime, stat.st_mtime), stat.st_size, path))
    total = sum(size for _, size, _ in entries)
    for used, size, path in sorted(entries):
        if total <= limit:
            break
        if path.absolute() in held or now - used < IN_USE_SECONDS:
            continue
        try:
            path.unlink()
        except OSError as error:
            log.info("%s cannot be removed from the cache: %s", path, error)
            continue
        log.info("%s was removed from the cache of tiled copies", path)
        total -= size
    return total
