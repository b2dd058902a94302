"""A small sandbox archive, served, and the provider in this process's QGIS."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

pytest.importorskip("qgis.core", reason="needs QGIS's Python")

SCENE_SIZE = 640


@pytest.fixture(scope="session")
def archive(tmp_path_factory):
    """Root of a filled archive (simulated, 8 epochs of 640 x 640 pixels)."""
    from marscd_plugin.common.progress import Quiet
    from marscd_plugin.sandbox.fill import fill

    root = tmp_path_factory.mktemp("archive")
    fill(root, seed=3, preset="palikir", backdrops=None, progress=Quiet(), size=SCENE_SIZE)
    return root


@pytest.fixture(scope="session")
def served(archive):
    """The archive's variables while it is served."""
    from marscd_plugin.sandbox.server import SandboxServer

    with SandboxServer(archive) as server:
        yield {**server.variables, "MARSCD_ALLOW_LOOPBACK": "1"}


@pytest.fixture
def sandbox(served, monkeypatch, tmp_path):
    """This process asks the served archive."""
    for name, value in served.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("MARSCD_CACHE_DIR", str(tmp_path / "cache"))
    return served


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
def run(provider):
    """Run one of our algorithms in this process; returns (results, messages). Raises QgsProcessingException."""
    import processing
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    def runner(name, **parameters):
        feedback = QgsProcessingFeedback(False)
        context = QgsProcessingContext()
        results = processing.run(f"marscd:{name}", parameters, feedback=feedback, context=context)
        return results, feedback.textLog()

    return runner


@pytest.fixture(scope="session")
def qgis_process(served, tmp_path_factory):
    """Run the real ``qgis_process`` on the staged plugin; returns the finished process."""
    from environment import environment

    cache = tmp_path_factory.mktemp("cache")

    def runner(algorithm, *arguments, env=None, timeout=300):
        return subprocess.run(
            ["qgis_process", "run", algorithm, *arguments],
            env={**environment(), **served, "MARSCD_CACHE_DIR": str(cache), "PYTHONWARNINGS": "", **(env or {})},
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
            stdin=subprocess.DEVNULL,
            cwd=os.fspath(cache),
        )

    return runner
