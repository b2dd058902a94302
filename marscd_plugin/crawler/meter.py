"""How many bytes have come, of how many, and how fast."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Mapping

#: Seconds over which the rate is measured.
SPAN = 5.0


class Meter:
    """Counts bytes per file from several threads. Sizes are hints until the archive itself has said one."""

    def __init__(self, sizes: Mapping[Hashable, int | None], clock: Callable[[], float] = time.monotonic) -> None:
        self._lock = threading.Lock()
        self._clock = clock
        self._total = dict(sizes)
        self._have: dict[Hashable, int] = dict.fromkeys(sizes, 0)
        self._ended: set[Hashable] = set()
        self._came = 0
        self._past: deque[tuple[float, int]] = deque([(clock(), 0)])

    def arrived(self, key: Hashable, size: int, total: int | None = None) -> None:
        """``size`` bytes of that file are there now."""
        with self._lock:
            # What an earlier run had brought is progress, but no speed: only a step of a buffer or so came just now.
            step = size - self._have.get(key, 0)
            if 0 < step <= 4 << 20:
                self._came += step
            self._have[key] = size
            if total is not None:
                self._total[key] = total

    def ended(self, key: Hashable) -> None:
        """Nothing more comes for that file, whole or not."""
        with self._lock:
            self._ended.add(key)
            self._total[key] = self._have.get(key, 0)

    def fraction(self) -> float:
        """0..1 of the work: by bytes where all sizes are known, else by files."""
        with self._lock:
            totals = list(self._total.values())
            whole = sum(t or 0 for t in totals)
            if whole > 0 and None not in totals:
                return min(sum(self._have.values()) / whole, 1.0)
            return len(self._ended) / len(totals) if totals else 1.0

    def rate(self) -> float:
        """Bytes a second over the last seconds."""
        with self._lock:
            now = self._clock()
            self._past.append((now, self._came))
            while len(self._past) > 2 and now - self._past[0][0] > SPAN:
                self._past.popleft()
            then, had = self._past[0]
            span = now - then
            return (self._came - had) / span if span > 0 else 0.0

    def text(self) -> str:
        """For people: "12 of 340 MB, 5.2 MB/s"."""
        rate = self.rate()
        with self._lock:
            have, totals = sum(self._have.values()), list(self._total.values())
        of = f" of {megabytes(sum(t or 0 for t in totals))}" if all(t is not None for t in totals) else ""
        return f"{megabytes(have)}{of} MB, {rate / 1e6:.1f} MB/s"


def megabytes(size: int) -> str:
    """A size in megabytes, with a decimal while it is small."""
    return f"{size / 1e6:.1f}" if size < 10_000_000 else f"{size / 1e6:,.0f}"
