"""Progress and cancel: one small protocol, and the adapters that need no Qt.

Long work takes a ``Progress``; block iterators call ``check`` between blocks, so everything that loops can be stopped.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from .errors import CancelledError

log = logging.getLogger(__name__)


class Progress(Protocol):
    """What long work reports to and asks. Safe to call from any thread."""

    def report(self, fraction: float, message: str = "") -> None:
        """``fraction`` of the whole done, 0..1; a non-empty ``message`` is shown to the user."""

    def warn(self, message: str) -> None:
        """Something the user should know, that does not stop the work."""

    def cancelled(self) -> bool:
        """True once the user asked to stop."""


def check(progress: Progress) -> None:
    """Raise CancelledError if the user asked to stop."""
    if progress.cancelled():
        raise CancelledError()


class Quiet:
    """Reports nowhere; cancelled by ``cancel()``."""

    def __init__(self) -> None:
        self._stop = threading.Event()

    def report(self, fraction: float, message: str = "") -> None:
        if message:
            log.debug("%3.0f %% %s", 100 * fraction, message)

    def warn(self, message: str) -> None:
        log.warning(message)

    def cancelled(self) -> bool:
        return self._stop.is_set()

    def cancel(self) -> None:
        self._stop.set()


class Console(Quiet):
    """For command lines: messages through the standard library's logging."""

    def report(self, fraction: float, message: str = "") -> None:
        if message:
            log.info("%3.0f %% %s", 100 * fraction, message)


class Part:
    """A slice of a larger job: 0..1 here becomes ``start``..``end`` there."""

    def __init__(self, whole: Progress, start: float, end: float) -> None:
        self._whole, self._start, self._end = whole, start, end

    def report(self, fraction: float, message: str = "") -> None:
        fraction = min(max(fraction, 0.0), 1.0)
        self._whole.report(self._start + fraction * (self._end - self._start), message)

    def warn(self, message: str) -> None:
        self._whole.warn(message)

    def cancelled(self) -> bool:
        return self._whole.cancelled()


def parts(progress: Progress, *weights: float) -> list[Part]:
    """Slices of ``progress`` in order, as wide as their weights."""
    total, done, made = sum(weights), 0.0, []
    for weight in weights:
        made.append(Part(progress, done / total, (done + weight) / total))
        done += weight
    return made


@contextmanager
def stop_signals(cancel) -> Iterator[None]:
    """While inside, SIGINT and SIGTERM call ``cancel()`` instead of ending the process at once.

    Only the main thread may set handlers; elsewhere (a QGIS worker) nothing is changed. Earlier handlers come back.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = (signal.SIGINT, signal.SIGTERM)
    earlier = {}
    try:
        for number in numbers:
            earlier[number] = signal.signal(number, lambda *_: cancel())
        yield
    finally:
        for number, handler in earlier.items():
            # A handler that was not set from Python reads as None and cannot be given back.
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
