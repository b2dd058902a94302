"""Jobs: signals in order and once; a cancel stops; what is released is not heard of again."""

from __future__ import annotations

import threading
import time

import pytest

from marscd_plugin.common.errors import CancelledError, InputError


def test_a_function_hands_its_value_back_in_the_main_thread(context, run_job):
    threads = []
    job = context.jobs.background("add", lambda progress: (threads.append(threading.current_thread()), 7)[1])
    job.succeeded.connect(lambda _: threads.append(threading.current_thread()))
    assert context.jobs.running == (job,)
    assert run_job(job) == ("succeeded", 7)
    assert threads[0] is not threads[1] and threads[1] is threading.main_thread()
    assert context.jobs.running == ()


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (InputError("It is wrong.", "Mend it."), ("failed", "It is wrong. Mend it.")),
        (CancelledError(), ("stopped", None)),
    ],
)
def test_errors_become_words(context, run_job, error, outcome):
    def work(progress):
        raise error

    assert run_job(context.jobs.background("fail", work)) == outcome


def test_a_cancel_reaches_the_function(context, run_job):
    started = threading.Event()

    def work(progress):
        started.set()
        while not progress.cancelled():
            time.sleep(0.01)
        raise CancelledError()

    job = context.jobs.background("wait", work)
    assert started.wait(5)
    job.cancel()
    assert run_job(job) == ("stopped", None)


def test_what_a_function_says_comes_before_its_end(context, run_job):
    heard = []

    def work(progress):
        progress.report(0.5, "half")
        progress.warn("careful")
        return "x"

    job = context.jobs.background("talk", work)
    job.progressed.connect(heard.append)
    job.said.connect(heard.append)
    job.warned.connect(heard.append)
    job.succeeded.connect(heard.append)
    run_job(job)
    assert heard == [0.5, "half", "careful", "x"]


def test_released_jobs_are_stopped_and_silent(context, wait):
    started, left, heard = threading.Event(), threading.Event(), []

    def work(progress):
        started.set()
        while not progress.cancelled():
            time.sleep(0.01)
        left.set()
        raise CancelledError()

    job = context.jobs.background("wait", work)
    job.ended.connect(lambda: heard.append("ended"))
    assert started.wait(5)
    context.jobs.release()
    wait(left.is_set, 5, "the stop")
    wait(lambda: not __import__("marscd_plugin.gui.jobs", fromlist=["_orphans"])._orphans, 5, "the last reference")
    assert heard == [] and context.jobs.running == ()


def test_an_algorithm_that_refuses_its_parameters_fails_the_job(context, provider, run_job):
    outcome, message = run_job(context.jobs.algorithm("marscd:detectchanges", {"NONSENSE": 1}))
    assert outcome == "failed" and "NONSENSE" in message


def test_an_algorithm_says_why_it_failed(context, provider, run_job, tmp_path):
    wrong = tmp_path / "none.tif"
    wrong.write_bytes(b"no raster")
    outcome, message = run_job(
        context.jobs.algorithm("marscd:registerimages", {"REFERENCE": str(wrong), "MOVING": str(wrong), "OUTPUT": "x"})
    )
    assert outcome == "failed" and len(message) > 20


def test_what_is_said_before_anybody_listens_is_not_lost(context, run_job):
    spoken, heard = threading.Event(), []

    def work(progress):
        progress.report(0.25, "early")
        spoken.set()

    job = context.jobs.background("talk", work)
    assert spoken.wait(5)
    job.said.connect(heard.append)
    job.progressed.connect(heard.append)
    job.succeeded.connect(lambda _: heard.append("end"))
    run_job(job)
    assert heard == [0.25, "early", "end"]


def test_what_was_said_comes_before_an_end_that_comes_at_once(context):
    """As a child process's last words do: in the main thread, with no event loop in between."""
    from marscd_plugin.gui.jobs import Job

    job, heard = Job("x"), []
    job.said.connect(heard.append)
    job.succeeded.connect(heard.append)
    job.tell("said", "last words")
    job._finish("succeeded", "end")
    assert heard == ["last words", "end"]
