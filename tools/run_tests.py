"""Run all tests in one pytest run, in the environment of ``make shell-env``; pytest's own summary line comes last."""

from __future__ import annotations

import os
import sys

from environment import ROOT, VENV, environment

env = environment() | {"PYTHONPYCACHEPREFIX": str(ROOT / "build" / "pycache")}
os.chdir(ROOT)
os.execve(VENV / "bin" / "python", ["python", "-m", "pytest", *sys.argv[1:]], env)
