"""How a fetch stands at one moment: made in the crawler's thread, read by widgets, changed by nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ...crawler.watch import FileProgress

#: Files that stand whole in the folder.
WHOLE = frozenset({"done", "present"})


@dataclass(frozen=True)
class Snapshot:
    """``state``: ``running``, ``pausing``, ``paused``, ``cancelled``, ``ended`` (nothing more to do; some may have
    failed) or ``stopped`` (the run as a whole could not go on: ``message`` says why and what to do).

    ``bytes`` are on disk, of ``total`` (None while one size is not known); ``rate`` is bytes a second, ``seconds_left``
    an estimate, None where there is none.
    """

    state: str
    root: Path
    files: tuple[FileProgress, ...]
    bytes: int = 0
    total: int | None = None
    whole: int = 0
    failed: int = 0
    rate: float = 0.0
    seconds_left: float | None = None
    message: str = ""

    @property
    def busy(self) -> bool:
        """A thread is at work."""
        return self.state in ("running", "pausing")

    @property
    def fraction(self) -> float:
        """0..1: by bytes where all sizes are known, else by files."""
        if self.total:
            return min(self.bytes / self.total, 1.0)
        return self.whole / len(self.files) if self.files else 1.0


def snapshot(
    state: str,
    root: Path,
    files: Iterable[FileProgress],
    rate: float = 0.0,
    steady_rate: float = 0.0,
    message: str = "",
) -> Snapshot:
    """Sum the files up. ``steady_rate``, measured over a longer time than ``rate``, gives the time left."""
    files = tuple(files)
    sizes = [f.bytes if f.state in WHOLE else f.total for f in files]
    have = sum(f.bytes for f in files)
    total = None if None in sizes else sum(s or 0 for s in sizes)
    # What failed will not come in this run.
    lost = sum((f.total or 0) - f.bytes for f in files if f.state == "failed")
    left = None if total is None or state != "running" or steady_rate < 1 else (total - have - lost) / steady_rate
    return Snapshot(
        state,
        root,
        files,
        have,
        total,
        sum(f.state in WHOLE for f in files),
        sum(f.state == "failed" for f in files),
        rate if state == "running" else 0.0,
        left,
        message,
    )
