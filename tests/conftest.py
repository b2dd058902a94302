"""Fixtures for all tests. Tests that read ``shared/`` beside the project skip, saying so, where it is absent."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# No test is a matter of time: a busy machine, or a first import, would fail it.
# The same examples every time, so that a change is judged by what it changed; --hypothesis-profile=random looks for
# new ones, and what it finds becomes an @example.
settings.register_profile("untimed", deadline=None, derandomize=True)
settings.register_profile("random", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real archive replies and images, beside the project."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs ../shared (real archive replies and images), which is not here")
    return folder


_status: list[int] = []


def pytest_sessionfinish(session, exitstatus) -> None:
    _status.append(int(exitstatus))


@pytest.hookimpl(tryfirst=True)
def pytest_unconfigure(config) -> None:
    """Leave with pytest's own verdict once it is printed: QGIS's take-down after it can end by signal 11."""
    if _status and "qgis.core" in sys.modules:
        config.get_terminal_writer().flush()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(_status[-1])
