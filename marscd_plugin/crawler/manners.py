"""How the crawler behaves towards an archive, in one place, so that tests can hurry and a campaign can be gentler."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Manners:
    """Seconds, unless said otherwise. The defaults follow what archive operators and other clients ask for.

    ``tries`` is the most times one request is sent; the pause after the n-th fault is drawn from 0 to ``backoff`` *
    2**(n-1), capped (full jitter: clients that failed together do not come back together). Retry-After is kept to up to
    ``longest_wait``; a server that asks for more is left alone. After ``breaker_faults`` faults in a row a host rests
    ``breaker_rest``, twice that after the next failed probe and so on up to ``breaker_cap``; ``breaker_rounds`` failed
    probes in a row, and it is given up for this run. ``slow_read_timeout`` is for files that are made when asked for.
    ``parallel`` connections go to one host at a time, begun ``spacing`` apart; where some of them are idle a large file
    uses up to ``segments`` of them. ``others`` is how long a file waits for another run that is fetching it.
    """

    tries: int = 6
    backoff: float = 1.0
    backoff_cap: float = 60.0
    longest_wait: float = 600.0
    connect_timeout: float = 15.0
    read_timeout: float = 60.0
    slow_read_timeout: float = 900.0
    parallel: int = 3
    spacing: float = 0.5
    segments: int = 4
    breaker_faults: int = 5
    breaker_rest: float = 15.0
    breaker_cap: float = 300.0
    breaker_rounds: int = 5
    others: float = 600.0


class Turns:
    """At most ``parallel`` requests at a time to one host, and their starts ``spacing`` seconds apart."""

    def __init__(self, parallel: int, spacing: float) -> None:
        self._spacing, self._parallel = spacing, max(parallel, 1)
        self._lock = threading.Lock()
        self._slots: dict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(self._parallel))
        self._used: dict[str, int] = defaultdict(int)
        self._waiting: dict[str, int] = defaultdict(int)
        self._next_start: dict[str, float] = {}

    @contextmanager
    def turn(
        self, host: str, pause: Callable[[float], None], spaced: bool = True, ready: Callable[[], None] | None = None
    ) -> Iterator[None]:
        """Wait for this host's turn, then hold a slot. ``pause(seconds)`` sleeps, and raises on a cancel.

        ``ready`` may wait further, within the slot, before the start is booked.
        """
        slot = self._slot(host)
        if not slot.acquire(blocking=False):
            self._count(self._waiting, host, 1)
            try:
                while not slot.acquire(timeout=0.1):
                    pause(0.0)
            finally:
                self._count(self._waiting, host, -1)
        self._count(self._used, host, 1)
        try:
            if ready is not None:
                ready()
            if spaced:
                pause(self._book(host))
            yield
        finally:
            self._count(self._used, host, -1)
            slot.release()

    def idle(self, host: str) -> int:
        """How many slots nobody uses or wants at the moment."""
        if self.wanted(host):
            return 0
        with self._lock:
            return max(0, self._parallel - self._used[host])

    def wanted(self, host: str) -> bool:
        """Does somebody wait for a slot of this host?"""
        return self._waiting.get(host, 0) > 0

    def _slot(self, host: str) -> threading.Semaphore:
        with self._lock:
            return self._slots[host]

    def _count(self, what: dict[str, int], host: str, step: int) -> None:
        with self._lock:
            what[host] += step

    def _book(self, host: str) -> float:
        """Seconds to wait for the next free start, which is taken."""
        with self._lock:
            now = time.monotonic()
            start = max(now, self._next_start.get(host, 0.0))
            self._next_start[host] = start + self._spacing
            return start - now
