"""One line above the pages names what QGIS's Python lacks and what does not work without it; a button installs it.

Looked at without importing anything. Nothing here is modal, and everything that works without the packages goes on.
"""

from __future__ import annotations

import logging
from pathlib import Path

from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...common import packages
from ...common.errors import MarscdError
from ...common.packages import Found
from ...common.settings import Settings
from ...processing.stored import current_settings
from ..page import DockContext
from ..words import tr
from . import plan as planning
from .causes import Cause
from .installer import Installer, host_numpy

log = logging.getLogger(__name__)

#: Names that people know.
_CALLED = {"cv2": "OpenCV"}


def said_of(found: list[Found]) -> str:
    """What is wrong, and what does not work until it is put right, in one or two short sentences."""
    texts = []
    for state, text in (
        ("missing", tr("QGIS's Python lacks {names}.")),
        ("old", tr("{names} of QGIS's Python is too old.")),
        ("unfit", tr("{names} of QGIS's Python is built for another QGIS and would end this one.")),
    ):
        names = [_CALLED.get(f.package.module, f.package.module) for f in found if f.state == state]
        if names:
            texts.append(text.format(names=_listed(names)))
    modules = {f.package.module for f in found}
    tasks = [
        task
        for task, needs in (
            (tr("searching"), {"shapely"}),
            (tr("building series"), {"shapely", "cv2"}),
            (tr("finding changes"), {"onnxruntime", "scipy", "cv2", "shapely"}),
            (tr("finding analogues"), {"onnxruntime"}),
            (tr("finding analogues quickly among very many places"), {"faiss", "packaging"}),
            (tr("archives that answer in XML"), {"defusedxml"}),
            (tr("the USGS's ready images"), {"pystac_client", "pystac", "dateutil"}),
        )
        if needs & modules
    ]
    texts.append(tr("Until that is put right these do not work: {tasks}.").format(tasks=_listed(tasks)))
    return " ".join(texts)


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return tr("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])


class SetupPanel(QFrame):
    """Hidden where nothing is missing."""

    def __init__(self, context: DockContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.folder = packages.folder_in(QgsApplication.qgisSettingsDirPath())
        self.found: list[Found] = []
        self.installer: Installer | None = None
        self.gpu = planning.nvidia()
        #: Which Pythons to try; None looks for QGIS's.
        self.interpreters: list[Path] | None = None
        self._cause: Cause | None = None
        self._dialog: QDialog | None = None
        self._build()
        self.check()

    def check(self) -> None:
        """Look again what is missing, and show it or hide."""
        self.found = packages.lacking()
        self.setVisible(bool(self.found))
        if self.found:
            self._cause = None
            self._show("line", said_of(self.found))

    def plan(self) -> planning.Plan:
        """What a click on Install would install."""
        host = packages.lacking(without=self.folder)
        socks = any(url.startswith("socks") for _, url in self._settings().proxies)
        return planning.make_plan(host, host_numpy(), Qgis.geosVersion(), self.use_gpu.isChecked(), socks)

    def install(self) -> None:
        """Begin; news come into the panel."""
        if self.installer is not None and self.installer.running:
            return
        plan = self.plan()
        if plan.obstacle:
            self._failed(Cause("obstacle", plan.obstacle, ""))
            return
        self.installer = Installer(
            plan, self.folder, self._settings(), self.context.jobs, self, interpreters=self.interpreters
        )
        self.installer.said.connect(self._said)
        self.installer.arrived.connect(self._arrived)
        self.installer.succeeded.connect(self._succeeded)
        self.installer.failed.connect(self._failed)
        self.installer.stopped.connect(self._stopped)
        self._status, self._bytes = tr("Starting…"), 0.0
        self._show("running", self._status)
        self.installer.start()

    def cancel(self) -> None:
        """Stop what is under way; nothing is changed."""
        if self.installer is not None and self.installer.running:
            self._show("running", tr("Stopping…"))
            self.stop_button.setEnabled(False)
            self.installer.cancel()

    def show_details(self) -> None:
        """All that the installer said, in a window of its own, to read and to copy."""
        if self._dialog is None:
            self._dialog = _details(self)
        text = self.installer.output if self.installer is not None else ""
        self._dialog.findChild(QPlainTextEdit).setPlainText(text)
        self._dialog.show()
        self._dialog.raise_()

    def release(self) -> None:
        """Stop an installation that is under way."""
        if self.installer is not None and self.installer.running:
            self.installer.release()

    # -- news ---------------------------------------------------------------------------------------------------

    def _said(self, text: str) -> None:
        self._status = text
        self._line()

    def _arrived(self, size: float) -> None:
        self._bytes = max(size, self._bytes)
        self._line()

    def _line(self) -> None:
        text = self._status
        if self._bytes > 1e6:
            text = tr("{status} {size} MB so far").format(status=text, size=f"{self._bytes / 1e6:,.0f}")
        self.label.setText(text)

    def _succeeded(self, again: bool) -> None:
        self.check()
        if again or self.found:
            self.context.messages.hint(tr("The packages are installed. Start QGIS again to use them."))
            self.hide()
        else:
            self.context.messages.news(tr("The packages are installed and ready; QGIS need not be started again."))

    def _failed(self, cause: Cause) -> None:
        self._cause = cause
        self._show("failed", str(cause))

    def _stopped(self) -> None:
        self.check()
        self.context.messages.hint(tr("Stopped. Nothing was installed."))

    # -- widgets ------------------------------------------------------------------------------------------------

    def _settings(self) -> Settings:
        try:
            return current_settings()
        except MarscdError as error:
            self.context.messages.error(error)
            return Settings()

    def _build(self) -> None:
        self.setObjectName("MarscdSetup")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        icon = QLabel(self)
        size = self.fontMetrics().height()
        icon.setPixmap(QgsApplication.getThemeIcon("/mIconWarning.svg").pixmap(size, size))
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hide_button = QToolButton(self)
        self.hide_button.setAutoRaise(True)
        self.hide_button.setIcon(QgsApplication.getThemeIcon("/mIconClose.svg"))
        self.hide_button.setToolTip(tr("Hide this until QGIS is started again"))
        self.hide_button.setAccessibleName(tr("Hide"))
        self.hide_button.clicked.connect(lambda: self.hide())
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(6)
        self.bar.setAccessibleName(tr("Installing"))
        self.use_gpu = QCheckBox(self)
        if self.gpu is not None:
            self.use_gpu.setText(tr("For the &NVIDIA card (about 1.6 GB more)"))
            self.use_gpu.setChecked(self.gpu.usable)
            self.use_gpu.setEnabled(self.gpu.usable)
            tip = tr("Finding changes is many times faster on the card. Without this it runs on the processor.")
            if not self.gpu.usable:
                tip = tr("The card's driver is {driver}; {least} or newer is needed.").format(
                    driver=self.gpu.driver, least=planning.DRIVER
                )
            self.use_gpu.setToolTip(tip)
            self.use_gpu.toggled.connect(lambda: self._ask())
        self.ask_button = self._button(tr("&Install…"), tr("Says what would be installed, and where"), self._ask)
        self.go_button = self._button(tr("&Install"), tr("Download and install now"), self.install)
        self.again_button = self._button(tr("&Try again"), tr("Install once more"), self.install)
        self.details_button = self._button(
            tr("&Details"),
            tr("All that the installer said, to read or to send along with a question"),
            self.show_details,
        )
        self.stop_button = self._button(tr("&Cancel"), tr("Stop; nothing is changed"), self.cancel)
        self.later_button = self._button(tr("Not &now"), tr("Back to the one line"), self.check)

        top = QHBoxLayout()
        top.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.label, 1)
        top.addWidget(self.ask_button, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.stop_button, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.hide_button, 0, Qt.AlignmentFlag.AlignTop)
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        for button in (self.go_button, self.again_button, self.details_button, self.later_button):
            bottom.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 4, 4, 4)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.bar)
        column.addWidget(self.use_gpu)
        column.addLayout(bottom)

    def _button(self, text: str, tip: str, called) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: called())
        return button

    def _ask(self) -> None:
        plan = self.plan()
        if plan.obstacle:
            self._failed(Cause("obstacle", plan.obstacle, ""))
            return
        text = tr(
            "{names}: about {size} MB from the Python Package Index, into a folder of your QGIS profile. QGIS's own "
            "packages stay as they are."
        ).format(names=", ".join(n for n in plan.distributions if n not in planning.CUDA), size=f"{plan.megabytes:,}")
        self._show("asking", text)
        self.label.setToolTip(str(self.folder))

    def _show(self, state: str, text: str) -> None:
        """One of four faces: line, asking, running, failed."""
        self.show()
        self.label.setText(text)
        self.label.setToolTip("\n".join(f.reason for f in self.found))
        self.label.setAccessibleName(text)
        shown = {
            "line": (self.ask_button, self.hide_button),
            "asking": (self.go_button, self.later_button, *((self.use_gpu,) if self.gpu else ())),
            "running": (self.bar, self.stop_button),
            "failed": (self.again_button, self.details_button, self.later_button),
        }[state]
        for widget in (
            self.ask_button, self.hide_button, self.go_button, self.later_button, self.use_gpu, self.bar,
            self.stop_button, self.again_button, self.details_button,
        ):  # fmt: skip
            widget.setVisible(widget in shown)
        self.stop_button.setEnabled(True)
        self.details_button.setEnabled(self.installer is not None)


def _details(parent: QWidget) -> QDialog:
    dialog = QDialog(parent)
    dialog.setWindowTitle(tr("What the installer said"))
    dialog.resize(720, 420)
    text = QPlainTextEdit(dialog)
    text.setReadOnly(True)
    text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    text.setAccessibleName(tr("The installer's output"))
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=dialog)
    copy = buttons.addButton(tr("C&opy"), QDialogButtonBox.ButtonRole.ActionRole)
    copy.clicked.connect(lambda: QgsApplication.clipboard().setText(text.toPlainText()))
    buttons.rejected.connect(dialog.close)
    column = QVBoxLayout(dialog)
    column.addWidget(text)
    column.addWidget(buttons)
    return dialog
