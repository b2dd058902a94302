"""What each file of a run is at, told to whoever wants to show it: at each change of state, a few times a second."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .meter import Meter

#: Seconds between two tellings of bytes that came for one file; a change of state is told at once.
BETWEEN = 0.2
#: States after which nothing more happens to a file in this run, unless it is asked for again.
ENDED = frozenset({"done", "present", "failed", "paused"})


@dataclass(frozen=True)
class FileProgress:
    """One file of a run at one moment.

    ``state``: ``queued`` (waits for its turn), ``active``, ``done`` (fetched now), ``present`` (was whole already),
    ``failed`` (``reason`` says why and what to do) or ``paused`` (stopped before it was whole; what came is kept).
    ``bytes`` are on disk, of ``total`` (None: not known yet); ``came`` is what this run brought; ``rate`` is bytes a
    second over the last seconds; ``attempts`` requests so far. ``again_at`` (``time.monotonic``) is when the next try
    begins while the archive is given a rest after a fault, else None.

    ``note`` says more, or is "": ``host_rest`` (active; the host failed again and again and rests until ``again_at``,
    others go on), ``other_run`` (active; another run or job fetches the same address, its copy is waited for),
    ``limited`` (active; the bandwidth limit slows it), ``finishing`` (active; all is here and is being checked),
    ``copied`` (present; taken from another job's folder), ``refused`` (failed; an answer, not a fault),
    ``quarantined`` (failed; what came was damaged and lies in the folder quarantine).
    """

    path: Path
    url: str
    product_id: str = ""
    role: str = "other"
    state: str = "queued"
    bytes: int = 0
    total: int | None = None
    came: int = 0
    rate: float = 0.0
    attempts: int = 0
    again_at: float | None = None
    reason: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        return self.path.name


#: Called from the crawler's threads, one call at a time; it must be quick and must not raise.
Observer = Callable[[FileProgress], None]


class Watch:
    """The files of one run. Safe to call from several threads."""

    def __init__(
        self,
        files: Iterable[FileProgress],
        meter: Meter,
        observer: Observer | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lock = threading.RLock()
        self._meter, self._observer, self._clock = meter, observer, clock
        self._files = {file.path: file for file in files}
        self._told = dict.fromkeys(self._files, clock())
        self._here = threading.local()
        self._slowed: dict[Path, bool] = {}
        for file in self._files.values():
            meter.here(file.path, file.bytes)
            self._tell(file)

    def changed(self, path: Path, **values: Any) -> None:
        """The file is at something else: told at once. A ``total`` of None leaves the known one."""
        with self._lock:
            file = self._files[path]
            if values.get("total", 0) is None:
                values["total"] = file.total
            came, rate = self._meter.of(path)
            state = values.get("state", file.state)
            values = {"again_at": None, "note": "", "came": came, "rate": rate if state == "active" else 0.0, **values}
            self._files[path] = file = replace(file, **values)
            self._tell(file)

    def arrived(self, path: Path, size: int, total: int | None, attempts: int) -> None:
        """``size`` bytes are there: told when the last telling is a moment ago."""
        self._meter.arrived(path, size, total)
        # Without the lock: a look that comes a moment late costs nothing, and this is called for every chunk.
        if self._clock() - self._told[path] >= BETWEEN:
            slowed = self._slowed.pop(path, False)
            self.changed(path, bytes=size, total=total, attempts=attempts, note="limited" if slowed else "")

    def refresh(self) -> None:
        """Tell again the files that were coming and are not: their rate has fallen."""
        now = self._clock()
        with self._lock:
            slow = [f.path for f in self._files.values() if f.rate > 0 and now - self._told[f.path] > 1.0]
            for path in slow:
                self.changed(path, again_at=self._files[path].again_at, note=self._files[path].note)

    # -- pauses between tries -----------------------------------------------------------------------------------

    def works_on(self, path: Path | None) -> None:
        """The calling thread now fetches that file."""
        self._here.path = path

    def rests(self, seconds: float, note: str = "") -> None:
        """The calling thread waits before it asks again."""
        path = getattr(self._here, "path", None)
        if path is not None:
            again_at = self._clock() + seconds if seconds > 0 else None
            self.changed(path, again_at=again_at, note=note if seconds > 0 else "")

    def slowed(self) -> None:
        """The calling thread was made to wait for the bandwidth's sake; told with the next bytes."""
        path = getattr(self._here, "path", None)
        if path is not None:
            self._slowed[path] = True

    def _tell(self, file: FileProgress) -> None:
        self._told[file.path] = self._clock()
        if self._observer is not None:
            self._observer(file)
