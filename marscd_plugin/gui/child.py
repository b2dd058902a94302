"""A heavy algorithm in a process beside QGIS: the window stays free, whatever the step does."""

from __future__ import annotations

import json
import logging
import os
import sys
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsProcessingFeatureSourceDefinition, QgsReferencedRectangle
from qgis.PyQt.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, pyqtSignal

from ..__about__ import PACKAGE
from ..common import settings
from ..processing.child import FILTER, SOURCE
from ..processing.stored import current_settings
from .setup.plan import interpreters
from .words import tr

log = logging.getLogger(__name__)

#: Milliseconds that a step is given to stop by itself.
_PATIENCE = 10_000
_KEPT = 20_000


class Child(QObject):
    """One run. ``ended`` comes once, with ``succeeded`` and results, ``stopped`` or ``failed`` and the message.

    ``unusable`` comes instead where no process could be started at all: the caller runs the step another way.
    """

    fraction = pyqtSignal(float)
    info = pyqtSignal(str)
    warning = pyqtSignal(str)
    ended = pyqtSignal(str, object)
    unusable = pyqtSignal(str)

    def __init__(self, algorithm: str, parameters: dict[str, Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._request = {
            "algorithm": algorithm,
            "parameters": {name: plain(value) for name, value in parameters.items()},
            "prefix": QgsApplication.prefixPath(),
        }
        self._answer: tuple[str, object] | None = None
        self._ready, self._over = False, False
        self._errors = ""
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._keep_errors)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._broken)

    def start(self) -> None:
        """Start it; signals follow."""
        found = interpreters()
        if not found:
            QTimer.singleShot(0, lambda: self._give_up(tr("QGIS's own Python was not found.")))
            return
        environment = QProcessEnvironment()
        for name, value in surroundings().items():
            environment.insert(name, value)
        self._process.setProcessEnvironment(environment)
        self._process.start(str(found[0]), ["-m", "marscd_plugin.processing.child"])
        self._process.write((json.dumps(self._request) + "\n").encode())

    def cancel(self) -> None:
        """Ask it to stop; it is ended if it does not."""
        self._process.write(b"stop\n")
        QTimer.singleShot(_PATIENCE, self._kill)

    def release(self) -> None:
        """Nobody listens any more: stop at once. What is half done is written beside its place and thrown away."""
        self.blockSignals(True)
        self._over = True
        self._process.kill()
        self._process.waitForFinished(2000)

    def _kill(self) -> None:
        if not self._over:
            self._process.kill()

    def _read(self) -> None:
        while self._process.canReadLine():
            line = bytes(self._process.readLine()).decode("utf-8", "replace")
            try:
                answer = json.loads(line)
            except ValueError:
                log.warning("the step said something that is no answer: %s", line[:200])
                continue
            self._take(answer)

    def _take(self, answer: dict[str, Any]) -> None:
        if "fraction" in answer:
            self.fraction.emit(float(answer["fraction"]))
        elif "info" in answer:
            self.info.emit(str(answer["info"]))
        elif "warning" in answer:
            self.warning.emit(str(answer["warning"]))
        elif "ready" in answer:
            self._ready = True
        elif "results" in answer:
            self._answer = ("succeeded", dict(answer["results"]))
        elif "stopped" in answer:
            self._answer = ("stopped", None)
        elif "error" in answer:
            self._answer = ("failed", str(answer["error"]))

    def _keep_errors(self) -> None:
        text = bytes(self._process.readAllStandardError()).decode("utf-8", "replace")
        self._errors = (self._errors + text)[-_KEPT:]

    def _broken(self, error: QProcess.ProcessError) -> None:
        # The others are followed by ``finished``.
        if error == QProcess.ProcessError.FailedToStart:
            self._give_up(self._process.errorString())

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        if self._over:
            return
        self._read()
        self._keep_errors()
        if self._answer is None and not self._ready:
            self._give_up(self._errors)
            return
        self._over = True
        if self._answer is None:
            log.error("the step ended without an answer (%s):\n%s", code, self._errors)
            self._answer = (
                "failed",
                tr("The step's process ended unexpectedly (code {code}). Run it again; QGIS's log has its last words.")
                .format(code=code),
            )  # fmt: skip
        self.ended.emit(*self._answer)

    def _give_up(self, why: str) -> None:
        if not self._over:
            self._over = True
            log.warning("no process could be started for a heavy step, it runs inside QGIS: %s", why)
            self.unusable.emit(why)


def plain(value: Any) -> Any:
    """A parameter as JSON: layers by their source, an extent as text, a filtered layer by both."""
    if isinstance(value, QgsProcessingFeatureSourceDefinition):
        return {SOURCE: value.source.staticValue(), FILTER: value.filterExpression}
    if isinstance(value, QgsReferencedRectangle):
        box = (value.xMinimum(), value.xMaximum(), value.yMinimum(), value.yMaximum())
        numbers = ",".join(repr(v) for v in box)
        return f"{numbers} [{value.crs().authid() or value.crs().toWkt()}]"
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if hasattr(value, "source"):
        return value.source()
    return str(value) if isinstance(value, Path) else value


def surroundings() -> dict[str, str]:
    """The process's environment: this QGIS's Python path, our settings as they stand, no screen."""
    made = dict(os.environ)
    paths = [str(PACKAGE.parent), *(p for p in sys.path if p)]
    made["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(paths))
    made["QT_QPA_PLATFORM"] = "offscreen"
    made["PYTHONIOENCODING"] = "utf-8"
    now = current_settings()
    for name, variable in settings.variables().items():
        made[variable] = settings.text_of(getattr(now, name))
    return made
