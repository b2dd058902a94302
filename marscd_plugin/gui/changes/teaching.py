"""Behind the tab Teach: counts the verdicts, runs ``marscd:trainchangemodel``, puts the new model among the others."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from qgis.PyQt.QtCore import QObject, QTimer, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices

from ...inference.models import PARTS, bundled_models, default_model, models_folder
from ..jobs import Job
from ..page import DockContext
from ..words import tr
from .teach import TeachPanel, outcome_words

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,47}")
#: Milliseconds from a verdict to the count: the review is on disk by then.
_SOON = 700


class Teaching(QObject):
    """One run at a time."""

    #: The user wants to compare with this model (its name).
    use_wanted = pyqtSignal(str)

    def __init__(
        self, context: DockContext, panel: TeachPanel, label_of: Callable[[Path], str], parent: QObject | None = None
    ) -> None:
        """``label_of``: what the dock calls the pair in a folder."""
        super().__init__(parent)
        self._context, self._panel, self._label_of = context, panel, label_of
        self._job: Job | None = None
        self._asked, self._text = 0, ""
        self._named = ""
        self._made, self._report = "", Path()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self.count)
        panel.train_wanted.connect(self.train)
        panel.use_wanted.connect(lambda: self.use_wanted.emit(self._made))
        panel.report_wanted.connect(self._show_report)
        panel.base_box.currentIndexChanged.connect(lambda _: self._suggest())
        panel.running.cancel_wanted.connect(self._cancel)

    def shown(self) -> None:
        """The tab is looked at: what there is now."""
        self._panel.set_models(list(bundled_models()), default_model())
        self._suggest()
        self.count_soon()
        self.count()

    def count_soon(self) -> None:
        """A verdict was given: count when it is on disk."""
        self._soon.start()

    def count(self) -> None:
        """Count the verdicts in the job's folder, in the background."""
        folder = self._context.state.folder
        self._asked += 1
        asked = self._asked
        if folder is None:
            self._panel.set_reviewed([])
            return
        root = folder.root

        def look(progress) -> list[tuple[Path, int, int]]:
            from ...workflows.reviewed import counted

            found = counted(root, progress) if (root / "changes").is_dir() else []
            return [(place, review.count("accepted"), review.count("rejected")) for place, review in found]

        job = self._context.jobs.background(tr("Count the verdicts"), look)

        def told(rows: list[tuple[Path, int, int]]) -> None:
            if asked == self._asked:
                self._panel.set_reviewed([(self._label_of(place), a, r) for place, a, r in rows])

        job.succeeded.connect(told)
        job.failed.connect(lambda message: self._context.messages.warn(message))

    def train(self) -> None:
        """Start a run with what the panel says."""
        folder, name = self._context.state.folder, self._panel.name
        if self._job is not None or folder is None or not self._fits(name):
            return
        panel = self._panel
        self._report = folder.root / f"{name}.html"
        parameters = {
            "FOLDER": str(folder.root),
            "MODEL": panel.base,
            "MINUTES": panel.minutes.value(),
            "COMPLETE": panel.complete.isChecked(),
            "OUTPUT": str(models_folder() / f"{name}.onnx"),
            "REPORT": str(self._report),
        }
        panel.set_outcome("")
        panel.running.begin(tr("Teaching {name}").format(name=name))
        panel.set_running(True)
        self._text = ""
        job = self._context.jobs.algorithm("marscd:trainchangemodel", parameters, tr("Teach a change model"))
        self._job = job
        job.said.connect(self._said)
        job.progressed.connect(lambda fraction: panel.running.tell(fraction, self._text))
        job.warned.connect(lambda message: self._context.messages.warn(message))
        job.succeeded.connect(self._done)
        job.failed.connect(lambda message: self._context.messages.failure(tr("The model was not taught."), message))
        job.stopped.connect(
            lambda: self._context.messages.hint(tr("Stopped. Train again with the same settings to go on."))
        )
        job.ended.connect(self._ended)

    def release(self) -> None:
        """Nobody listens any more (``Jobs`` ends the run itself)."""
        self._soon.stop()
        self._asked += 1

    def _fits(self, name: str) -> bool:
        """Whether a new model can have that name; says why not."""
        if not _NAME.fullmatch(name) or name.endswith(PARTS):
            self._context.messages.warn(
                tr("{name} is no name for a model.").format(name=name or "—"),
                tr("Use letters, digits, dots and dashes, beginning with a letter or digit."),
            )
            return False
        if name in bundled_models():
            self._context.messages.warn(
                tr("There is a model {name} already.").format(name=name), tr("Give the new one another name.")
            )
            return False
        return True

    def _suggest(self) -> None:
        """A free name, unless the user wrote one."""
        if self._panel.name not in ("", self._named):
            return
        stem = f"{(self._panel.base or 'model')[:36]}-taught"
        taken = bundled_models()
        names = (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
        self._named = next((name for name in names if name not in taken), stem)
        self._panel.name_box.setText(self._named)

    def _said(self, text: str) -> None:
        self._text = text

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _done(self, results: dict) -> None:
        self._made = Path(str(results["OUTPUT"])).stem
        text, better = outcome_words(results)
        self._panel.set_outcome(text, better)
        self._context.messages.news(tr("The model {name} is among the models now.").format(name=self._made))

    def _ended(self) -> None:
        self._job = None
        self._panel.running.end()
        self._panel.set_running(False)
        self._suggest()

    def _show_report(self) -> None:
        if self._report.is_file():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._report)))
