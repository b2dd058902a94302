"""urllib3's retry policy, made patient: jittered exponential pauses that a cancel interrupts, on urllib3 1.26 and 2."""

from __future__ import annotations

import email.utils
import random
import re
import time
from collections.abc import Callable
from itertools import takewhile
from typing import Any

from urllib3.util.retry import Retry

from .manners import Manners

#: Faults that pass: too many requests, and a server or gateway in trouble.
PASSING = (429, 500, 502, 503, 504)


class WaitTooLongError(Exception):
    """A server asked for a longer pause than we are willing to make."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"asked to wait {seconds:.0f} s")


class PatientRetry(Retry):
    """A Retry whose sleeping goes through ``pause(seconds)``, which may raise to stop the request.

    urllib3 copies the policy after every try with ``new``, which knows only its own arguments; ours ride along here.
    """

    manners: Manners = Manners()
    pause: Callable[[float], None] = staticmethod(time.sleep)

    @classmethod
    def of(cls, manners: Manners, pause: Callable[[float], None]) -> PatientRetry:
        """The policy for a session: GET and HEAD only; the last answer is returned rather than raised."""
        made = cls(
            total=manners.tries - 1,
            status_forcelist=PASSING,
            allowed_methods=frozenset({"GET", "HEAD"}),
            redirect=0,
            raise_on_redirect=False,
            raise_on_status=False,
            respect_retry_after_header=True,
        )
        made.manners, made.pause = manners, pause
        return made

    def new(self, **kw: Any) -> PatientRetry:
        made = super().new(**kw)
        made.manners, made.pause = self.manners, self.pause
        return made

    def get_backoff_time(self) -> float:
        """Seconds to pause after the faults so far."""
        faults = len(list(takewhile(lambda past: past.redirect_location is None, reversed(self.history))))
        return backoff(self.manners, faults)

    def sleep_for_retry(self, response: Any = None) -> bool:
        """Pause as the server asks; False where it does not ask."""
        wait = retry_after(response.headers.get("Retry-After")) if response is not None else None
        if not wait:
            return False
        if wait > self.manners.longest_wait:
            raise WaitTooLongError(wait)
        self.pause(wait)
        return True

    def _sleep_backoff(self) -> None:
        self.pause(self.get_backoff_time())


def backoff(manners: Manners, faults: int) -> float:
    """Seconds to pause after ``faults`` faults in a row: from the upper half of an exponential, capped range."""
    if faults < 1:
        return 0.0
    longest = min(manners.backoff_cap, manners.backoff * 2.0 ** min(faults - 1, 30))
    return longest * random.uniform(0.5, 1.0)


def retry_after(header: str | None) -> float | None:
    """Seconds that a Retry-After header asks for (it holds seconds or an HTTP date), or None."""
    text = (header or "").strip()
    if re.fullmatch(r"[0-9]{1,9}", text):
        return float(text)
    try:
        parsed = email.utils.parsedate_tz(text)
        return max(email.utils.mktime_tz(parsed) - time.time(), 0.0) if parsed else None
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
