"""Runs one installation: finds QGIS's Python, has pip fill a fresh folder, checks it, and swaps it in.

Everything that takes time is a child process or a background job; what was installed before stays until the very end.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path

from qgis.PyQt.QtCore import QLockFile, QObject, QProcess, QProcessEnvironment, QTimer, pyqtSignal

from ...common import packages
from ...common.errors import OutputError
from ...common.files import need_folder, need_space
from ...common.settings import Settings
from ..jobs import Jobs
from ..words import tr
from . import plan as planning
from .causes import Cause, cause_of, named, without_passwords
from .hearing import answer, folders, news, size_of

log = logging.getLogger(__name__)

#: Characters of a child's output that are kept, the latest.
_KEPT = 400_000
#: Milliseconds between looks at how much has arrived, and until a child that was asked to end is made to.
_LOOK, _PATIENCE = 700, 3000


def host_numpy() -> str:
    """The version of the host's numpy, without loading it; "" where it has none."""
    try:
        return installed_version("numpy")
    except PackageNotFoundError:
        return ""


class Installer(QObject):
    """One installation. Exactly one of ``succeeded``, ``failed``, ``stopped`` ends it."""

    #: What is being done, for one line of the panel.
    said = pyqtSignal(str)
    #: Bytes that have arrived so far.
    arrived = pyqtSignal(float)
    #: True where QGIS must be started again before the packages are used.
    succeeded = pyqtSignal(bool)
    failed = pyqtSignal(object)
    stopped = pyqtSignal()

    def __init__(
        self,
        plan: planning.Plan,
        folder: Path,
        settings: Settings,
        jobs: Jobs,
        parent: QObject | None = None,
        interpreters: Sequence[Path] | None = None,
    ) -> None:
        super().__init__(parent)
        self.plan, self.settings, self.jobs = plan, settings, jobs
        self.places = planning.Places(folder)
        self.output = ""
        self._candidates = list(planning.interpreters() if interpreters is None else interpreters)
        self._python: Path | None = None
        self._process: QProcess | None = None
        self._after: Callable[[str, int, bool], None] | None = None
        self._heard = ""
        self._cancelled = self._ended = False
        self._lock = QLockFile(str(self.places.lock))
        self._lock.setStaleLockTime(0)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK)
        self._look.timeout.connect(self._measure)

    @property
    def running(self) -> bool:
        return not self._ended

    def start(self) -> None:
        """Begin; all news come by signals, from the event loop."""
        QTimer.singleShot(0, self._begin)

    def cancel(self) -> None:
        """Stop; nothing is changed. ``stopped`` follows within a few seconds."""
        self._cancelled = True
        process = self._process
        if process is not None and process.state() != QProcess.ProcessState.NotRunning:
            process.terminate()
            # On Windows a program without a window hears no request.
            QTimer.singleShot(_PATIENCE, lambda: self._kill(process))

    def release(self) -> None:
        """The plugin is unloaded: end at once, without a word."""
        self.blockSignals(True)
        self._cancelled = True
        if self._process is not None:
            process, self._after = self._process, None
            process.kill()
            process.waitForFinished(1000)
        self._end()

    # -- the steps ----------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        if self._stop_asked():
            return
        try:
            need_folder(self.places.folder.parent)
        except OutputError as error:
            self._fail(Cause("permission", error.what, error.remedy))
            return
        if not self._lock.tryLock(100):
            self._fail(named("busy"))
            return
        self._tell(tr("Looking for QGIS's Python…"))
        self._probe()

    def _probe(self) -> None:
        if not self._candidates:
            self._fail(named("no-pip" if self._python else "no-python", self.output))
            return
        candidate = self._candidates.pop(0)

        def answered(heard: str, code: int, crashed: bool) -> None:
            said = answer(heard)
            if isinstance(said, list) and len(said) == 3 and planning.fits(said):
                self._python = candidate
                if said[2]:
                    self._prepare()
                    return
            self._probe()

        self._run(candidate, ["-c", planning.PROBE], answered)

    def _prepare(self) -> None:
        places, plan = self.places, self.plan

        def work(progress) -> Path:
            for path in packages.leftovers(places.folder):
                shutil.rmtree(path, ignore_errors=True)
            need_folder(places.fresh)
            need_folder(places.scratch)
            need_space(places.fresh, plan.disk_bytes)
            file = places.scratch / "constraints.txt"
            file.write_text(plan.constraints, encoding="utf-8")
            return file

        job = self.jobs.background(tr("Make room for packages"), work)
        job.succeeded.connect(self._install)
        job.failed.connect(lambda message: self._fail(Cause("room", message, "")))
        job.stopped.connect(self._stop)

    def _install(self, constraints: Path) -> None:
        if self._stop_asked():
            return
        assert self._python is not None
        self._tell(tr("Asking the package index…"))
        environment = planning.environment(self.settings, self.places.scratch, os.environ)
        self._look.start()
        self._run(
            self._python, planning.arguments(self.plan, self.places.fresh, constraints), self._installed, environment
        )

    def _installed(self, heard: str, code: int, crashed: bool) -> None:
        self._look.stop()
        if code != 0 or crashed:
            self._fail(cause_of(heard, code, crashed))
            return
        if intruders := [n for n in planning.FORBIDDEN if (self.places.fresh / n).exists()]:
            self._fail(named("intruder", ", ".join(intruders)))
            return
        self._tell(tr("Checking that they load…"))
        assert self._python is not None
        self._run(self._python, ["-c", planning.CHECK, str(self.places.fresh), *self.plan.modules], self._checked)

    def _checked(self, heard: str, code: int, crashed: bool) -> None:
        wrong = answer(heard)
        if crashed or not isinstance(wrong, dict):
            self._fail(named("load", tr("the check ended with code {code}").format(code=code)))
            return
        # QGIS may know where its numpy is when its Python, started alone, does not: that says nothing of ours.
        wrong = {name: text for name, text in wrong.items() if "No module named 'numpy'" not in str(text)}
        if wrong:
            self._fail(named("load", "; ".join(f"{name}: {text}" for name, text in wrong.items())))
            return
        self._finish()

    def _finish(self) -> None:
        manifest = {
            "version": 1,
            "packages": self.plan.distributions,
            "instead": self.plan.instead,
            "constraints": self.plan.constraints.splitlines(),
        }
        folder = self.places.folder
        try:
            (self.places.fresh / packages.MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
            replaced = packages.swap_in(self.places.fresh, folder)
        except OSError as error:
            if folder.with_name(f"{folder.name}.next").is_dir():
                # Windows holds files that are in use: the next start takes the new folder.
                log.info("new packages wait for the next start: %s", error)
                self._end()
                self.succeeded.emit(True)
            else:
                self._fail(named("permission", str(error)))
            return
        again = replaced is not None and _in_use(folder)
        packages.use(folder)
        self._end()
        self.succeeded.emit(again)

    # -- the child ----------------------------------------------------------------------------------------------

    def _run(
        self,
        program: Path,
        arguments: list[str],
        after: Callable[[str, int, bool], None],
        environment: dict[str, str] | None = None,
    ) -> None:
        if self._stop_asked():
            return
        process = QProcess(self)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        if environment is not None:
            made = QProcessEnvironment()
            for name, value in environment.items():
                made.insert(name, value)
            process.setProcessEnvironment(made)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._child_ended)
        process.errorOccurred.connect(self._child_error)
        self._process, self._after, self._heard = process, after, ""
        self.output += f"> {program} {' '.join(a if len(a) < 200 else '…' for a in arguments)}\n"
        process.start(str(program), arguments)
        process.closeWriteChannel()

    def _read(self) -> None:
        if self._process is None:
            return
        text = without_passwords(bytes(self._process.readAllStandardOutput()).decode("utf-8", "replace"))
        self._heard = (self._heard + text)[-_KEPT:]
        self.output = (self.output + text)[-_KEPT:]
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if lines and self._look.isActive() and (line := news(lines[-1])):
            self._tell(line)

    def _child_ended(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        self._go_on(code, status == QProcess.ExitStatus.CrashExit)

    def _child_error(self, error: QProcess.ProcessError) -> None:
        # The others are followed by ``finished``.
        if error == QProcess.ProcessError.FailedToStart:
            self._go_on(-1, False)

    def _go_on(self, code: int, crashed: bool) -> None:
        after, self._after = self._after, None
        if self._process is not None:
            self._process.deleteLater()
            self._process = None
        if after is None or self._stop_asked():
            return
        after(self._heard, code, crashed)

    def _kill(self, process: QProcess) -> None:
        if self._process is not None and self._process is process:
            self._process.kill()

    def _measure(self) -> None:
        """What has arrived: pip's own progress is not for machines."""
        size = 0.0
        for root in (self.places.scratch, *folders(self.places.scratch)):
            size += size_of(root)
        self.arrived.emit(size)

    # -- the end ------------------------------------------------------------------------------------------------

    def _tell(self, text: str) -> None:
        self.said.emit(text)

    def _stop_asked(self) -> bool:
        if self._cancelled and not self._ended:
            self._stop()
        return self._cancelled

    def _stop(self) -> None:
        if not self._ended:
            self._end()
            self.stopped.emit()

    def _fail(self, cause: Cause) -> None:
        if self._stop_asked() or self._ended:
            return
        log.warning("installing packages: %s (%s)\n%s", cause, cause.name, self.output[-4000:])
        self._end()
        self.failed.emit(cause)

    def _end(self) -> None:
        self._ended = True
        self._look.stop()
        self._lock.unlock()
        paths = packages.leftovers(self.places.folder)
        if paths:
            # Thousands of files: not on the main thread.
            self.jobs.background(tr("Clear up"), lambda progress: _clear(paths))


def _clear(paths: list[Path]) -> None:
    for path in paths:
        shutil.rmtree(path, ignore_errors=True)


def _in_use(folder: Path) -> bool:
    """Has this process loaded a package from the folder as it was before?"""
    for package in packages.NEEDED:
        module = sys.modules.get(package.module)
        if module is not None and str(getattr(module, "__file__", "") or "").startswith(str(folder) + os.sep):
            return True
    return False
