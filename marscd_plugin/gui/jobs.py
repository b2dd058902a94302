"""Long work off the main thread: Processing algorithms and small functions as QGIS tasks, each one ``Job``.

A job's signals arrive in the main thread, in this order: any of ``progressed``, ``said``, ``warned``; then exactly one
of ``succeeded``, ``failed``, ``stopped``; then ``ended``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsTask,
)
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, pyqtSignal, pyqtSlot

from ..common.errors import CancelledError, MarscdError
from .words import tr

log = logging.getLogger(__name__)


class Job(QObject):
    """One piece of work under way. ``cancel`` asks it to stop; it stops within a second or two."""

    progressed = pyqtSignal(float)
    said = pyqtSignal(str)
    warned = pyqtSignal(str)
    succeeded = pyqtSignal(object)
    #: The message: what happened and what to do next.
    failed = pyqtSignal(str)
    stopped = pyqtSignal()
    ended = pyqtSignal()
    #: From any thread: the name of a signal above, and its value.
    _told = pyqtSignal(str, object)

    def __init__(self, title: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.cancel_asked = False
        #: What runs it: a QgsTask, or a Child. Both can be cancelled.
        self._task: Any = None
        # A worker may speak before whoever started it listens: what it says is posted to the main thread first.
        self._told.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    def tell(self, signal: str, value: Any) -> None:
        """Emit ``progressed``, ``said`` or ``warned`` in the main thread; call it from any thread."""
        self._told.emit(signal, value)

    @pyqtSlot(str, object)
    def _pass_on(self, signal: str, value: Any) -> None:
        getattr(self, signal).emit(value)

    def cancel(self) -> None:
        self.cancel_asked = True
        if self._task is not None:
            self._task.cancel()

    def _finish(self, outcome: str, value: Any = None) -> None:
        # What was said before the end is heard before the end.
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)
        self._task = None
        if outcome == "succeeded":
            self.succeeded.emit(value)
        elif outcome == "stopped":
            self.stopped.emit()
        else:
            self.failed.emit(in_words(str(value)))
        self.ended.emit()


def in_words(message: str) -> str:
    """A failure's message without the lines that only its makers can read; those go to the log."""
    if not message.strip():
        return tr("The step failed without saying why; see QGIS's log.")
    before, mark, trace = message.partition("Traceback (most recent call last):")
    if not mark:
        return message
    log.error("%s", message)
    last = trace.strip().splitlines()[-1] if trace.strip() else ""
    words = tr("A mistake in MarsCD itself ({what}). QGIS's log has the details: please report them.").format(what=last)
    return f"{before.strip()} {words}".strip()


class _Feedback(QgsProcessingFeedback):
    """Passes on what an algorithm says from its worker thread (signals cross threads by themselves)."""

    def __init__(self, job: Job) -> None:
        super().__init__(False)
        self._job = job
        self.errors: list[str] = []
        self.progressChanged.connect(lambda percent: job.tell("progressed", percent / 100.0))

    def pushInfo(self, info: str) -> None:  # noqa: N802 - QGIS's name
        self._job.tell("said", info)

    def setProgressText(self, text: str) -> None:  # noqa: N802 - QGIS's name
        self._job.tell("said", text)

    def pushWarning(self, warning: str) -> None:  # noqa: N802 - QGIS's name
        self._job.tell("warned", warning)

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N802, N803 - QGIS's names
        self.errors.append(error)


class TaskProgress:
    """``common.progress.Progress`` over a job: for functions run by ``Jobs.background``."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def report(self, fraction: float, message: str = "") -> None:
        self._job.tell("progressed", fraction)
        if message:
            self._job.tell("said", message)

    def warn(self, message: str) -> None:
        self._job.tell("warned", message)

    def cancelled(self) -> bool:
        return self._job.cancel_asked


class _FunctionTask(QgsTask):
    """Runs ``function(progress)``; hands its value, or its error, back in the main thread."""

    def __init__(self, job: Job, function: Callable[[TaskProgress], Any], hidden: bool) -> None:
        flags = QgsTask.Flag.CanCancel
        if hidden:
            flags |= QgsTask.Flag.Hidden | QgsTask.Flag.Silent
        super().__init__(job.title, flags)
        self._job, self._function = job, function
        self._value: Any = None
        self._error: Exception | None = None

    def run(self) -> bool:
        try:
            self._value = self._function(TaskProgress(self._job))
        # Whatever it is must reach the user: an exception that leaves run() would end QGIS.
        except Exception as error:
            self._error = error
            return False
        return True

    def cancel(self) -> None:
        self._job.cancel_asked = True
        super().cancel()

    def finished(self, result: bool) -> None:
        if result:
            self._job._finish("succeeded", self._value)
        elif isinstance(self._error, CancelledError) or (self._job.cancel_asked and self._error is None):
            self._job._finish("stopped")
        else:
            if not isinstance(self._error, MarscdError):
                log.error("%s failed", self._job.title, exc_info=self._error)
            self._job._finish("failed", self._error)
        self._value = self._error = None


class Jobs(QObject):
    """Starts jobs and keeps them (and all that QGIS forgets to keep) alive until they end."""

    changed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: dict[Job, tuple[Any, ...]] = {}

    @property
    def running(self) -> tuple[Job, ...]:
        return tuple(self._kept)

    def algorithm(self, identifier: str, parameters: dict[str, Any], title: str = "") -> Job:
        """Run ``marscd:...``; ``succeeded`` carries its results. Parameters that are refused fail the job.

        A heavy algorithm (``HEAVY``) runs in a process of its own, any other as a task in a thread.
        """
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(identifier)
        if algorithm is None:
            raise LookupError(f"{identifier} is not registered")
        job = Job(title or algorithm.displayName(), self)
        refused = _refusal(algorithm, parameters, QgsProcessingContext())
        if refused:
            self._keep(job)
            QTimer.singleShot(0, lambda: job._finish("failed", refused))
            return job
        if getattr(algorithm, "HEAVY", False):
            self._in_child(job, identifier, parameters, lambda: self._as_task(job, algorithm, parameters))
        else:
            self._as_task(job, algorithm, parameters)
        return job

    def _in_child(self, job: Job, identifier: str, parameters: dict[str, Any], otherwise: Callable[[], None]) -> None:
        from .child import Child

        child = Child(identifier, parameters, self)
        job._task = child
        self._keep(job, child)
        child.fraction.connect(job.progressed)
        child.info.connect(job.said)
        child.warning.connect(job.warned)
        child.ended.connect(lambda outcome, value: job._finish("stopped" if job.cancel_asked else outcome, value))
        # A process that was stopped before it was ready is no reason to do the work here after all.
        child.unusable.connect(lambda _: job._finish("stopped") if job.cancel_asked else otherwise())
        child.start()

    def _as_task(self, job: Job, algorithm: Any, parameters: dict[str, Any]) -> None:
        context = QgsProcessingContext()
        feedback = _Feedback(job)
        context.setFeedback(feedback)
        # Silent: the dock itself says how it went.
        flags = QgsTask.Flag.CanCancel | QgsTask.Flag.Silent
        task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, feedback, flags)
        job._task = task
        self._keep(job, task, algorithm, context, feedback)

        def executed(ok: bool, results: dict[str, Any]) -> None:
            if ok:
                job._finish("succeeded", dict(results))
            elif job.cancel_asked or feedback.isCanceled():
                job._finish("stopped")
            else:
                job._finish("failed", "\n".join(feedback.errors))

        task.executed.connect(executed)
        QgsApplication.taskManager().addTask(task)

    def background(self, title: str, function: Callable[[TaskProgress], Any], hidden: bool = True) -> Job:
        """Run ``function(progress)`` in a worker; it must not touch widgets or layers of the project."""
        job = Job(title, self)
        task = _FunctionTask(job, function, hidden)
        job._task = task
        self._keep(job, task)
        QgsApplication.taskManager().addTask(task)
        return job

    def release(self) -> None:
        """Ask everything to stop. Their results are no longer wanted."""
        for job, things in list(self._kept.items()):
            job.blockSignals(True)
            job.setParent(None)
            # A worker may still be inside them: they live until their task has ended.
            _outlive(job, things)
            job.cancel()
        self._kept.clear()

    def _keep(self, job: Job, *things: Any) -> None:
        self._kept[job] = things
        job.ended.connect(lambda: self._forget(job))
        self.changed.emit()

    def _forget(self, job: Job) -> None:
        if self._kept.pop(job, None) is not None:
            self.changed.emit()


def _refusal(algorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
    """Why the algorithm will not take these parameters; "" where it will."""
    ok, message = algorithm.checkParameterValues(parameters, context)
    return "" if ok else message or tr("The parameters do not fit.")


_orphans: dict[Job, tuple[Any, ...]] = {}


def _outlive(job: Job, things: tuple[Any, ...]) -> None:
    """Keep a job and its things until its task has ended, whoever forgets them."""
    task = job._task
    if not isinstance(task, QgsTask):
        if task is not None:
            task.release()
        return
    _orphans[job] = things
    for ended in (task.taskCompleted, task.taskTerminated):
        ended.connect(lambda: _orphans.pop(job, None))
