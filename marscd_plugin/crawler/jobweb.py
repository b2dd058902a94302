"""The session of a run: it says which file waits, and lets other files have the seat of one whose host rests."""

from __future__ import annotations

import logging

from ..common.progress import Progress
from ..common.settings import Settings
from .line import Seats
from .manners import Manners
from .session import RequestsWeb
from .watch import Watch

log = logging.getLogger(__name__)

#: Pauses from here on are told: shorter ones are the usual distance between requests.
_REST = 2.0


class JobWeb(RequestsWeb):
    """A session whose longer pauses, made after a fault, are told for the file they hold up.

    While a host rests, the file's seat is free for files of other hosts.
    """

    def __init__(self, settings: Settings, progress: Progress, manners: Manners, watch: Watch, seats: Seats) -> None:
        self._told, self._seats = watch, seats
        super().__init__(settings, progress, manners)

    def pause(self, seconds: float) -> None:
        if seconds < _REST:
            super().pause(seconds)
        else:
            self._pause_told(seconds, "")

    def rests(self, host: str, seconds: float) -> None:
        if seconds < _REST / 2:
            super().pause(seconds)
            return
        log.info("%s is given a rest of %.0f s", host, seconds)
        with self._seats.away(super().pause):
            self._pause_told(seconds, "host_rest")

    def came(self, size: int) -> None:
        if wait := self._bucket.take(size):
            self._told.slowed()
            super().pause(wait)

    def _pause_told(self, seconds: float, note: str) -> None:
        self._told.rests(seconds, note)
        try:
            super().pause(seconds)
        finally:
            self._told.rests(0.0)
