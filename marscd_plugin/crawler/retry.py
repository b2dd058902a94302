"""How long to wait before asking again: exponential with full jitter, or as the server says."""

from __future__ import annotations

import email.utils
import random
import re
import time

from .manners import Manners

#: Faults that pass: too many requests, and a server or gateway in trouble.
PASSING = (429, 500, 502, 503, 504)


def backoff(manners: Manners, faults: int) -> float:
    """Seconds to pause after ``faults`` faults in a row: anything from nothing to an exponential, capped length."""
    if faults < 1:
        return 0.0
    return random.uniform(0.0, min(manners.backoff_cap, manners.backoff * 2.0 ** min(faults - 1, 30)))


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
