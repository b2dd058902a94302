"""A limit on bytes a second over all transfers of a session: a token bucket."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

#: Seconds of traffic that may come at once after a quiet time.
_BURST = 0.5


class Bucket:
    """``take(n)`` says how long to wait so that no more than ``rate`` bytes a second come; 0 is no limit.

    The debt model: bytes that have come are counted at once and the reader sleeps afterwards, so that any size of a
    piece works and several readers share the rate in the order they ask.
    """

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate = max(0.0, rate)
        self._clock = clock
        self._lock = threading.Lock()
        self._tokens, self._then = self.rate * _BURST, clock()

    def take(self, size: int) -> float:
        """Count ``size`` bytes; seconds to wait before reading on."""
        if not self.rate:
            return 0.0
        with self._lock:
            now = self._clock()
            self._tokens = min(self._tokens + (now - self._then) * self.rate, self.rate * _BURST) - size
            self._then = now
            return max(0.0, -self._tokens / self.rate)
