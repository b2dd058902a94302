"""Who is next: requests wait by host and priority, and those of a host that rests are passed over."""

from __future__ import annotations

import heapq
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")


class Line(Generic[T]):
    """The waiting, higher priorities first, else in the order they came. For one thread."""

    def __init__(self) -> None:
        self._hosts: dict[str, list[tuple[int, int, str, T]]] = {}
        self._count = self._size = 0

    def __len__(self) -> int:
        return self._size

    def add(self, item: T, url: str, priority: int = 0) -> None:
        """Put it in line."""
        self._count += 1
        self._size += 1
        heapq.heappush(self._hosts.setdefault(_host(url), []), (-priority, self._count, url, item))

    def next(self, rest: Callable[[str], float]) -> T | None:
        """Take the first whose host does not rest (``rest(url)`` is 0); None where there is none."""
        best: list[tuple[int, int, str, T]] | None = None
        for heap in self._hosts.values():
            if heap and (best is None or heap[0][:2] < best[0][:2]) and not rest(heap[0][2]):
                best = heap
        if best is None:
            return None
        self._size -= 1
        return heapq.heappop(best)[3]

    def clear(self) -> list[T]:
        """Take all that wait, in their order."""
        left = sorted((entry for heap in self._hosts.values() for entry in heap), key=lambda entry: entry[:2])
        self._hosts.clear()
        self._size = 0
        return [entry[3] for entry in left]


class Seats:
    """So many files are fetched at a time. A file that only waits, or is only checked, gives its seat away."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._free = count
        self._lock = threading.Lock()
        self._here = threading.local()
        #: Called when a seat has become free.
        self.freed: Callable[[], None] = lambda: None

    def free(self) -> bool:
        return self._free > 0

    def reserve(self) -> None:
        """For a thread that will ``sit`` down."""
        with self._lock:
            self._free -= 1

    def sit(self) -> None:
        """The calling thread has the seat that was reserved."""
        self._here.held = True

    def leave(self) -> None:
        """Give the calling thread's seat away, if it has one."""
        if getattr(self._here, "held", False):
            self._here.held = False
            with self._lock:
                self._free += 1
            self.freed()

    def take(self, pause: Callable[[float], None]) -> None:
        """Wait for a seat, if the calling thread has none. ``pause`` raises on a cancel."""
        while not getattr(self._here, "held", False):
            with self._lock:
                if self._free > 0:
                    self._free -= 1
                    self._here.held = True
                    return
            pause(0.05)

    @contextmanager
    def away(self, pause: Callable[[float], None]) -> Iterator[None]:
        """Without a seat inside, where the calling thread had one."""
        had = getattr(self._here, "held", False)
        self.leave()
        yield
        if had:
            self.take(pause)


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""
