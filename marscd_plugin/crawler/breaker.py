"""A breaker a host: one that fails again and again is given a rest, and then asked once before it is trusted again.

    closed  --faults in a row-->  open (nobody asks)  --time is up-->  half open (one probe)
    half open --good--> closed         half open --bad--> open, for twice as long

While one host rests, others go on. A pause that the server itself asks for (Retry-After) is a rest, too.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from .manners import Manners

#: Seconds between looks while somebody else's probe is under way.
_LOOK = 0.1


@dataclass
class _Host:
    faults: int = 0
    rounds: int = 0
    until: float = 0.0
    opened: bool = False
    probe: int | None = None  # The thread that makes it.
    asked: float = 0.0  # What the server asked for, where that is more than we wait.
    lock: threading.Lock = field(default_factory=threading.Lock)


class Breakers:
    """One breaker a host. Safe to call from several threads."""

    def __init__(self, manners: Manners, clock: Callable[[], float] = time.monotonic) -> None:
        self._manners, self._clock = manners, clock
        self._lock = threading.Lock()
        self._hosts: dict[str, _Host] = {}

    def rest(self, key: str) -> float:
        """Seconds to wait before asking; 0.0 is the permission to ask now (in half open: to one caller only).

        Whoever is permitted tells ``good``, ``bad`` or ``undecided`` afterwards.
        """
        host = self._host(key)
        with host.lock:
            left = host.until - self._clock()
            if left > 0:
                return left
            if host.opened:
                if host.probe not in (None, threading.get_ident()):
                    return _LOOK
                host.probe = threading.get_ident()
            return 0.0

    def left(self, key: str) -> float:
        """Seconds that the host still rests; asks for no permission."""
        host = self._host(key)
        with host.lock:
            return max(0.0, host.until - self._clock())

    def good(self, key: str) -> None:
        """It answered."""
        host = self._host(key)
        with host.lock:
            host.faults = host.rounds = 0
            host.opened, host.probe = False, None

    def bad(self, key: str, asked: float | None = None) -> None:
        """It failed; ``asked`` is the pause in seconds that it wants."""
        host = self._host(key)
        with host.lock:
            host.faults += 1
            now = self._clock()
            probed = host.probe == threading.get_ident()
            if probed:
                host.probe = None
            if asked:
                host.until = max(host.until, now + min(asked, self._manners.longest_wait))
                host.asked = now + asked if asked > self._manners.longest_wait else 0.0
            if probed or (not host.opened and host.faults >= self._manners.breaker_faults):
                rest = min(self._manners.breaker_rest * 2.0 ** min(host.rounds, 30), self._manners.breaker_cap)
                host.opened, host.until = True, max(host.until, now + rest)
                host.rounds += 1

    def undecided(self, key: str) -> None:
        """It was not found out (the run was cancelled)."""
        host = self._host(key)
        with host.lock:
            if host.probe == threading.get_ident():
                host.probe = None

    def given_up(self, key: str) -> bool:
        """Have too many probes in a row failed?"""
        return self._host(key).rounds > self._manners.breaker_rounds

    def shut(self, key: str) -> float:
        """Seconds that the server wants to be left alone for, where that is more than we wait; else 0."""
        return max(0.0, self._host(key).asked - self._clock())

    def _host(self, key: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(key, _Host())
