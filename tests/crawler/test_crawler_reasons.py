"""What a user reads of a file that did not come: what happened, what to do, no addresses, nothing said twice."""

from __future__ import annotations

import errno
import re

import pytest

from marscd_plugin.common.progress import Quiet
from marscd_plugin.crawler import transfer as transfer_module
from marscd_plugin.crawler.fetch import FileRequest, fetch
from marscd_plugin.crawler.manners import Manners

LABEL = b"PDS_VERSION_ID = PDS3\r\nEND\r\n"

#: Fault -> (how the reason begins, a word of what to do).
CASES = {
    "404": ("The archive does not have this file (404)", "search again later"),
    "410": ("The archive does not have this file (410)", "search again later"),
    "403": ("The archive refuses to give this file (403)", "not be public yet"),
    "418": ("The archive gave an answer that MarsCD does not know (418)", "in a browser"),
    "429": ("127.0.0.1 is in trouble: it answered 429 to 3 tries (it was asked too often)", "Try again in an hour"),
    "503": ("127.0.0.1 is in trouble: it answered 503 to 3 tries (it is overloaded or under repair)", "Try again"),
    "rest": ("127.0.0.1 asks to be left alone for 60 minutes", "Try again after that"),
    "cut": ("127.0.0.1 broke off its answer after 0 of 307,224 bytes", "Check the network connection"),
    "html": ("A web page came instead of the file (3 times)", "log-in page"),
    "damaged": ("A_RED.JP2 is cut short (3 times)", "Try again later"),
    "stuck": ("127.0.0.1 did not answer after 3 tries: it took too long", "Check the network connection"),
}


@pytest.fixture
def reason_of(site, settings, verify, tmp_path):
    hurry = Manners(tries=3, backoff=0.01, backoff_cap=0.02, connect_timeout=1, read_timeout=0.3, spacing=0.0)

    def go(url: str) -> str:
        request = FileRequest(url, tmp_path / "A_RED.JP2", "A_RED", "image")
        result = fetch([request], tmp_path / "q" / "f.sqlite", settings, Quiet(), verify=verify, manners=hurry)[0]
        assert result.state == "failed"
        return result.reason

    return go


def read_aloud(reason: str) -> None:
    assert reason[0].isupper() or reason[0].isdigit(), reason
    assert reason.endswith("."), reason
    assert len(re.findall(r"[.:] [A-Z]", reason)) >= 1, f"what to do is missing: {reason}"
    for never in ("http://", "[Errno", "Traceback", "object at", "..", " .", "None", ".part"):
        assert never not in reason, f"{never!r} in {reason}"
    assert len(reason.lower().split("try again")) <= 2, f"said twice: {reason}"


@pytest.mark.parametrize("case", CASES)
def test_each_fault_in_words(reason_of, site, faults, image, case) -> None:
    fault = {
        "rest": faults.status(503, Retry_After="3600"),
        "cut": faults.cut(0),
        "html": faults.html,
        "damaged": faults.damaged,
        "stuck": faults.stuck,
    }.get(case) or faults.status(int(case))
    reason = reason_of(site.put("/PDS/A_RED.JP2", image, fault, forever=True))
    begin, remedy = CASES[case]
    assert reason.startswith(begin) and remedy in reason
    read_aloud(reason)


def test_an_archive_that_cannot_be_reached(reason_of) -> None:
    reason = reason_of("http://no-such-archive.invalid/A_RED.JP2")
    assert reason.startswith("no-such-archive.invalid did not answer") and "name could not be looked up" in reason
    read_aloud("It" + reason.removeprefix("no-such-archive.invalid"))


def test_a_full_disk(reason_of, site, image, monkeypatch) -> None:
    class Full:
        def __init__(self, *_):
            pass

        def __enter__(self):
            def write(piece):
                raise OSError(errno.ENOSPC, "No space left on device")

            return write

        def __exit__(self, *_):
            pass

    monkeypatch.setattr(transfer_module, "Writer", Full)
    reason = reason_of(site.put("/PDS/A_RED.JP2", image))
    assert reason.startswith("The disk is full") and "Free some space" in reason
    read_aloud(reason)
