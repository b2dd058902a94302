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

    ``tries`` is the most times one request is sent; the pause after the n-th is drawn from the upper half of
    0..``backoff`` * 2**(n-1), capped, so that pauses both grow and spread. A server that asks (Retry-After) for more
    than ``longest_wait`` is left alone.
    """

    tries: int = 6
    backoff: float = 1.0
    backoff_cap: float = 60.0
    longest_wait: float = 600.0
    connect_timeout: float = 15.0
    read_timeout: float = 60.0
    parallel: int = 3
    spacing: float = 0.5


class Turns:
    """At most ``parallel`` requests at a time to one host, and their starts ``spacing`` seconds apart."""

    def __init__(self, parallel: int, spacing: float) -> None:
        self._spacing = spacing
        self._lock = threading.Lock()
        self._slots: dict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(max(parallel, 1)))
        self._next_start: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str, pause: Callable[[float], None], spaced: bool = True) -> Iterator[None]:
        """Wait for this host's turn, then hold a slot. ``pause(seconds)`` sleeps, and raises on a cancel."""
        with self._lock:
            slot = self._slots[host]
        while not slot.acquire(timeout=0.1):
            pause(0.0)
        try:
            if spaced:
                pause(self._book(host))
            yield
        finally:
            slot.release()

    def _book(self, host: str) -> float:
        """Seconds to wait for the next free start, which is taken."""
        with self._lock:
            now = time.monotonic()
            start = max(now, self._next_start.get(host, 0.0))
            self._next_start[host] = start + self._spacing
            return start - now
