"""Shared by all tests of the dock: a real DockContext over pytest-qgis's interface, and ways to wait for things.

Settings and folders are those of one test: nothing of the user's (or of another test's) is read or written.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import pytest

pytest.importorskip("qgis.gui", reason="needs QGIS's Python")


@pytest.fixture
def own_settings(qgis_app, monkeypatch, tmp_path):
    """QgsSettings without our group, our folders below ``tmp_path``; as it was afterwards."""
    from qgis.core import QgsSettings

    for name in list(os.environ):
        if name.startswith("MARSCD_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("MARSCD_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("MARSCD_WORK_DIR", str(tmp_path / "work"))
    QgsSettings().remove("marscd")
    yield QgsSettings()
    QgsSettings().remove("marscd")


@pytest.fixture
def context(qgis_iface, qgis_new_project, own_settings):
    """What a page is given: ``iface`` (a canvas, a main window), ``state``, ``jobs``, ``messages``, all real.

    ``context.messages.items()`` are the messages that stand.
    """
    from qgis.PyQt.QtWidgets import QWidget

    from marscd_plugin.gui.jobs import Jobs
    from marscd_plugin.gui.messages import Messages
    from marscd_plugin.gui.page import DockContext
    from marscd_plugin.gui.state import DockState

    holder = QWidget()
    made = DockContext(qgis_iface, DockState(holder), Jobs(holder), Messages(holder))
    yield made
    made.jobs.release()
    holder.deleteLater()


@pytest.fixture
def provider(qgis_app, qgis_processing):
    """The plugin's provider, registered as QGIS registers it."""
    from qgis.core import QgsApplication

    from marscd_plugin.plugin import MarscdPlugin

    plugin = MarscdPlugin(None)
    plugin.initProcessing()
    yield QgsApplication.processingRegistry().providerById("marscd")
    plugin.unload()


@pytest.fixture
def wait(qgis_app) -> Callable[..., None]:
    """``wait(lambda: condition)`` runs the event loop until it holds; fails the test after ``seconds`` (10)."""

    def waiter(condition: Callable[[], object], seconds: float = 10.0, why: str = "what was waited for") -> None:
        until = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > until:
                pytest.fail(f"{why} did not come within {seconds:g} s")
            qgis_app.processEvents()
            time.sleep(0.005)

    return waiter


@pytest.fixture
def run_job(wait) -> Callable[..., tuple[str, object]]:
    """``run_job(job)`` waits for a gui.jobs.Job: ("succeeded", value), ("failed", message) or ("stopped", None)."""

    def runner(job, seconds: float = 60.0) -> tuple[str, object]:
        outcome: list[tuple[str, object]] = []
        ended: list[bool] = []
        job.succeeded.connect(lambda value: outcome.append(("succeeded", value)))
        job.failed.connect(lambda message: outcome.append(("failed", message)))
        job.stopped.connect(lambda: outcome.append(("stopped", None)))
        job.ended.connect(lambda: ended.append(True))
        wait(lambda: ended, seconds, job.title)
        assert len(outcome) == 1 and len(ended) == 1, "a job ends exactly once"
        return outcome[0]

    return runner
