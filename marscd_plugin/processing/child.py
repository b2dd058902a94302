"""One of our algorithms in a process of its own, for the dock: ``python -m marscd_plugin.processing.child``.

A heavy step inside QGIS would hold Python's lock for whole seconds and freeze the window, and what crashes it (a
driver, a broken library) would take QGIS along. Standard input gives one line of JSON: ``{"algorithm", "parameters",
"prefix"}``; standard output gives lines of JSON: ``{"ready"}``, then ``{"fraction"}``, ``{"info"}``, ``{"warning"}``,
and last ``{"results"}``, ``{"error"}`` or ``{"stopped"}``. Any further line on standard input, or its end, asks it to
stop.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable
from typing import Any, TextIO

#: Marks a parameter that is a layer with a filter of features (QgsProcessingFeatureSourceDefinition).
SOURCE, FILTER = "marscd:source", "marscd:filter"


def main() -> int:
    """Run the request on standard input. Returns the exit code: 0 with results, 1 otherwise."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1, encoding="utf-8")
    # Whatever a library prints must not come between our lines.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    if hasattr(os, "nice"):
        # The window beside us goes first.
        os.nice(5)
    request = json.loads(sys.stdin.readline())
    lock = threading.Lock()

    def say(**answer: Any) -> None:
        with lock:
            answers.write(json.dumps(answer) + "\n")

    return _run(request, say, sys.stdin)


def _run(request: dict[str, Any], say: Callable[..., None], orders: TextIO) -> int:
    from qgis.core import Qgis, QgsApplication, QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback

    from ..common import packages

    class Feedback(QgsProcessingFeedback):
        def __init__(self) -> None:
            super().__init__(False)
            self.errors: list[str] = []
            self.progressChanged.connect(lambda percent: say(fraction=percent / 100.0))

        def pushInfo(self, info: str) -> None:
            say(info=info)

        def setProgressText(self, text: str) -> None:
            say(info=text)

        def pushWarning(self, warning: str) -> None:
            say(warning=warning)

        def reportError(self, error: str, fatalError: bool = False) -> None:
            self.errors.append(error)

    QgsApplication.setPrefixPath(str(request["prefix"]), True)
    application = QgsApplication([], False)
    application.initQgis()
    packages.set_host_geos(Qgis.geosVersion())
    from .provider import MarscdProvider

    # Kept by a name: its algorithms live as long as its Python part does.
    provider = MarscdProvider()
    QgsApplication.processingRegistry().addProvider(provider)
    feedback = Feedback()

    def listen() -> None:
        orders.readline()
        feedback.cancel()

    threading.Thread(target=listen, daemon=True).start()
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(str(request["algorithm"]))
    context = QgsProcessingContext()
    context.setFeedback(feedback)
    parameters = {name: _parameter(value) for name, value in request["parameters"].items()}
    say(ready=True)
    message, results = "", None
    try:
        refused, message = (not (checked := algorithm.checkParameterValues(parameters, context))[0]), checked[1]
        if not refused:
            found, done = algorithm.run(parameters, context, feedback, {}, False)
            results = dict(found) if done else None
    except QgsProcessingException as error:
        message = str(error)
    if results is not None:
        say(results=results)
    elif feedback.isCanceled():
        say(stopped=True)
    else:
        say(error=message or "\n".join(feedback.errors))
    # QGIS's and GDAL's take-down in a Python process can end by a signal; everything is written and closed.
    sys.stderr.flush()
    os._exit(0 if results is not None else 1)


def _parameter(value: Any) -> Any:
    """A value as the algorithm takes it."""
    if isinstance(value, dict) and SOURCE in value:
        from qgis.core import QgsProcessingFeatureSourceDefinition

        return QgsProcessingFeatureSourceDefinition(str(value[SOURCE]), filterExpression=str(value[FILTER]))
    return value


if __name__ == "__main__":
    sys.exit(main())
