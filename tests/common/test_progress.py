"""Progress adds up, and a signal becomes a cancel."""

from __future__ import annotations

import os
import signal

import pytest

from marscd_plugin.common.errors import CancelledError
from marscd_plugin.common.progress import Quiet, check, parts, stop_signals
from marscd_plugin.common.rasters import windows


class Recorder(Quiet):
    def __init__(self):
        super().__init__()
        self.fractions = []

    def report(self, fraction, message=""):
        self.fractions.append(fraction)


def test_parts_fill_the_whole_in_order():
    whole = Recorder()
    first, second = parts(whole, 1, 3)
    first.report(1.0)
    second.report(0.0)
    second.report(1.0)
    assert whole.fractions == [0.25, 0.25, 1.0]


def test_blocks_stop_between_two_when_cancelled():
    whole = Quiet()
    seen = []
    with pytest.raises(CancelledError):
        for window in windows(100, 10, whole, 10):
            seen.append(window)
            if len(seen) == 3:
                whole.cancel()
    assert len(seen) == 3


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_cancels_and_the_earlier_handler_comes_back(number):
    earlier = signal.getsignal(number)
    whole = Quiet()
    with stop_signals(whole.cancel):
        os.kill(os.getpid(), number)
        with pytest.raises(CancelledError):
            check(whole)
    assert signal.getsignal(number) is earlier
