"""Training in a process of its own (``finetune --job``, ``teach-analogue --job``).

JSON lines on standard output, nothing else there; any line on standard input, or its end, stops.
Lines: ``{"fraction", "info"}``, ``{"warning"}``, and last one of ``{"results"}``, ``{"stopped"}``, ``{"error"}``.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..common.errors import CancelledError, MarscdError
from ..common.progress import Quiet, stop_signals


class LineProgress(Quiet):
    """``common.progress.Progress`` as lines of JSON."""

    def __init__(self, target: Any) -> None:
        super().__init__()
        self._target, self._lock = target, threading.Lock()

    def say(self, **answer: Any) -> None:
        """One line."""
        with self._lock:
            self._target.write(json.dumps(answer) + "\n")
            self._target.flush()

    def report(self, fraction: float, message: str = "") -> None:
        self.say(fraction=fraction, info=message)

    def warn(self, message: str) -> None:
        self.say(warning=message)


def run(job: Path, listen: bool, work: Callable[[Path, LineProgress], dict[str, Any]] | None = None) -> int:
    """Run the job in the file; 0 with results, 1 otherwise. ``listen``: standard input can stop it.

    ``work`` (job, progress) -> results; None: fine-tuning of a change model.
    """
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    # Whatever a library prints must not come between our lines.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    progress = LineProgress(answers)
    if listen:
        threading.Thread(target=_hear, args=(progress,), daemon=True).start()
    try:
        with stop_signals(progress.cancel):
            progress.say(results=(work or _finetune)(job, progress))
            return 0
    except CancelledError:
        progress.say(stopped=True)
    except MarscdError as error:
        progress.say(error=str(error))
    return 1


def _finetune(job: Path, progress: LineProgress) -> dict[str, Any]:
    from .finetune import finetune
    from .teach_job import read_job

    return finetune(read_job(job), progress)


def _hear(progress: LineProgress) -> None:
    sys.stdin.readline()
    progress.cancel()
