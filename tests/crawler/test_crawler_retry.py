from __future__ import annotations

import email.utils
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from urllib3.response import HTTPResponse

from marscd_plugin.crawler.manners import Manners
from marscd_plugin.crawler.retry import PatientRetry, WaitTooLongError, backoff, retry_after


def test_pauses_grow_with_jitter_up_to_the_cap() -> None:
    manners = Manners(backoff=1.0, backoff_cap=60.0)
    for faults, longest in [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (40, 60), (10_000, 60)]:
        drawn = [backoff(manners, faults) for _ in range(50)]
        assert all(longest / 2 <= d <= longest for d in drawn)
        assert len(set(drawn)) > 10
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


def test_the_policy_keeps_its_manners_when_urllib3_copies_it() -> None:
    paused: list[float] = []
    policy = PatientRetry.of(Manners(tries=4, backoff=8.0, longest_wait=100), paused.append)
    answer = HTTPResponse(b"", status=503, headers={"Retry-After": "17"})
    second = policy.increment("GET", "/x", response=answer)
    second.sleep(answer)
    second.sleep()
    assert paused[0] == 17
    assert 4 <= paused[1] <= 8
    assert second.total == 2
    with pytest.raises(WaitTooLongError):
        second.sleep(HTTPResponse(b"", status=503, headers={"Retry-After": "101"}))


def test_only_get_and_head_are_retried() -> None:
    policy = PatientRetry.of(Manners(), time.sleep)
    assert policy.is_retry("GET", 503) and policy.is_retry("HEAD", 429)
    assert not policy.is_retry("POST", 503)
    assert not policy.is_retry("GET", 404)
