from __future__ import annotations

import email.utils
import time

from hypothesis import given
from hypothesis import strategies as st

from marscd_plugin.crawler.manners import Manners
from marscd_plugin.crawler.retry import backoff, retry_after


def test_pauses_grow_with_jitter_up_to_the_cap() -> None:
    manners = Manners(backoff=1.0, backoff_cap=60.0)
    for faults, longest in [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (40, 60), (10_000, 60)]:
        drawn = [backoff(manners, faults) for _ in range(50)]
        assert all(0 <= d <= longest for d in drawn)
        assert len(set(drawn)) > 10
        many = [backoff(manners, faults) for _ in range(2000)]
        assert min(many) < 0.05 * longest and max(many) > 0.95 * longest, "the whole range, not its upper half"
    assert backoff(manners, 0) == 0.0


def test_retry_after_in_seconds_and_as_a_date() -> None:
    assert retry_after("120") == 120.0
    assert retry_after(" 7 ") == 7.0
    assert 50 < (retry_after(email.utils.formatdate(time.time() + 60, usegmt=True)) or 0) <= 60
    assert retry_after(email.utils.formatdate(time.time() - 60, usegmt=True)) == 0.0
    assert retry_after(None) is None
    assert retry_after("soon") is None
    assert retry_after("-5") is None


@given(st.text(max_size=80))
def test_any_retry_after_is_seconds_or_nothing(text: str) -> None:
    wait = retry_after(text)
    assert wait is None or wait >= 0
