"""How many bytes have come, of how many, and how fast."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Mapping

#: Seconds over which the rate is measured.
SPAN = 5.0
#: Steps that a rate is measured over, at most.
_STEPS = 50


class Pace:
    """A rate from a count that grows, over the last ``span`` seconds."""

    def __init__(self, span: float = SPAN, clock: Callable[[], float] = time.monotonic, count: int = 0) -> None:
        self._span, self._clock = span, clock
        self._past: deque[tuple[float, int]] = deque([(clock(), count)])

    def rate(self, count: int) -> float:
        """Note that ``count`` has been reached; what came a second over the span."""
        now = self._clock()
        if len(self._past) < 2 or now - self._past[-1][0] >= self._span / _STEPS:
            self._past.append((now, count))
        while len(self._past) > 2 and now - self._past[0][0] > self._span:
            self._past.popleft()
        then, had = self._past[0]
        span = now - then
        return (count - had) / span if span > 0 else 0.0


class Meter:
    """Counts bytes per file from several threads. Sizes are hints until the archive itself has said one."""

    def __init__(self, sizes: Mapping[Hashable, int | None], clock: Callable[[], float] = time.monotonic) -> None:
        self._lock = threading.Lock()
        self._clock = clock
        self._hints = dict(sizes)
        self._total = dict(sizes)
        self._have: dict[Hashable, int] = dict.fromkeys(sizes, 0)
        self._came: dict[Hashable, int] = dict.fromkeys(sizes, 0)
        self._paces: dict[Hashable, Pace] = {}
        self._ended: set[Hashable] = set()
        self._pace = Pace(clock=clock)

    def arrived(self, key: Hashable, size: int, total: int | None = None) -> None:
        """``size`` bytes of that file are there now."""
        with self._lock:
            # What an earlier run had brought is progress, but no speed: only a step of a buffer or so came just now.
            step = size - self._have.get(key, 0)
            if 0 < step <= 4 << 20:
                self._came[key] = self._came.get(key, 0) + step
            self._have[key] = size
            if total is not None:
                self._total[key] = total

    def here(self, key: Hashable, size: int) -> None:
        """``size`` bytes of that file were there before: progress, but nothing that came."""
        with self._lock:
            self._have[key] = size

    def ended(self, key: Hashable) -> None:
        """Nothing more comes for that file, whole or not."""
        with self._lock:
            self._ended.add(key)
            self._total[key] = self._have.get(key, 0)
            self._paces.pop(key, None)

    def again(self, key: Hashable) -> None:
        """That file is asked for once more."""
        with self._lock:
            self._ended.discard(key)
            self._total[key] = self._hints.get(key)

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
            return self._pace.rate(sum(self._came.values()))

    def of(self, key: Hashable) -> tuple[int, float]:
        """Of one file: the bytes that came in this run, and how many a second over the last seconds."""
        with self._lock:
            came = self._came.get(key, 0)
            if key in self._ended:
                return came, 0.0
            if key not in self._paces:
                self._paces[key] = Pace(clock=self._clock, count=came)
            return came, self._paces[key].rate(came)

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
