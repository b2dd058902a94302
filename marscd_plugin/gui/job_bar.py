"""The bar at the top of the dock: which folder the job is in, other jobs, the settings and the help.

The folder is remembered with the QGIS project, and the last few in the profile.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsApplication, QgsProject, QgsSettings
from qgis.PyQt.QtCore import QSize, Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QToolButton, QWidget

from ..common.errors import MarscdError
from ..processing.stored import GROUP, current_settings
from .page import DockContext
from .state import free_folder
from .words import tr

log = logging.getLogger(__name__)

#: How many earlier jobs the menu offers.
_RECENT = 8
#: Pixels of the folder's name; the tool tip has all of it.
_WIDEST = 240


class JobBar(QWidget):
    """``show_help`` is called by the help button, ``show_settings`` by the settings button."""

    def __init__(
        self,
        context: DockContext,
        show_help: Callable[[], None],
        show_settings: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.button = QToolButton(self)
        self.button.setIcon(QgsApplication.getThemeIcon("/mIconFolder.svg"))
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setAutoRaise(True)
        self.button.setAccessibleName(tr("Job"))
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.button.setMenu(self.menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.button)
        row.addStretch(1)
        row.addWidget(self._small("/mActionOptions.svg", tr("MarsCD's settings"), show_settings))
        row.addWidget(self._small("/mActionHelpContents.svg", tr("Help for this page"), show_help))
        context.state.folder_changed.connect(self._changed)
        self._project = QgsProject.instance()
        self._project.readProject.connect(self._read)
        self._show()

    def restore(self) -> None:
        """Open the folder that the current project remembers. Call it once the pages can listen."""
        self._read()

    def release(self) -> None:
        """Listen to the project no longer."""
        self._project.readProject.disconnect(self._read)

    def open(self, root: Path) -> bool:
        """Go to a job's folder; says why where it cannot be. Returns whether it could."""
        try:
            if not root.is_dir():
                self._forget(root)
                self.context.messages.hint(
                    tr("The job's folder {folder} is not there any more. Was its disk taken out, or the folder moved?")
                    .format(folder=root)
                )  # fmt: skip
                return False
            self.context.state.open_folder(root)
        except (MarscdError, OSError) as error:
            self.context.messages.error(error)
            return False
        return True

    def new(self) -> None:
        """Begin a new job in a new folder of the work folder."""
        try:
            self.context.state.new_job(free_folder())
        except MarscdError as error:
            self.context.messages.error(error)
            return
        self.context.state.page_wanted.emit("area")

    # -- the menu -----------------------------------------------------------------------------------------------

    def _fill_menu(self) -> None:
        self.menu.clear()
        folder = self.context.state.folder
        new = self.menu.addAction(QgsApplication.getThemeIcon("/mActionFileNew.svg"), tr("&New job"), self.new)
        new.setToolTip(tr("Start over: nothing asked, nothing found. The job that is open now stays in its folder."))
        self.menu.addAction(
            QgsApplication.getThemeIcon("/mActionFileOpen.svg"), tr("&Open a job's folder…"), self._choose
        ).setToolTip(tr("A folder of an earlier job, or of marscd:monitorarea: what was found there comes back."))
        recent = self.menu.addMenu(tr("&Recent jobs"))
        recent.setToolTipsVisible(True)
        for path in self.recent():
            if folder is None or path != folder.root:
                recent.addAction(_plain(path), lambda path=path: self.open(path)).setToolTip(str(path))
        recent.setEnabled(not recent.isEmpty())
        self.menu.addSeparator()
        show = self.menu.addAction(tr("&Show in the file manager"), self._show_in_files)
        show.setEnabled(folder is not None)

    def _choose(self) -> None:
        folder = self.context.state.folder
        try:
            start = str(folder.root if folder else current_settings().work_dir)
        except MarscdError:
            start = str(Path.home())
        chosen = QFileDialog.getExistingDirectory(self, tr("Open a job's folder"), start)
        if chosen:
            self.open(Path(chosen))

    def _show_in_files(self) -> None:
        folder = self.context.state.folder
        if folder is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder.root))):
            self.context.messages.hint(
                tr("No file manager could be started. The folder is {folder}.").format(folder=folder.root)
            )

    # -- what is remembered -------------------------------------------------------------------------------------

    def recent(self) -> list[Path]:
        """The last few jobs' folders, latest first."""
        stored = QgsSettings().value(f"{GROUP}/recent") or []
        return [Path(str(p)) for p in ([stored] if isinstance(stored, str) else stored) if p]

    def _remember(self, root: Path) -> None:
        kept = [root, *(p for p in self.recent() if p != root)][:_RECENT]
        QgsSettings().setValue(f"{GROUP}/recent", [str(p) for p in kept])

    def _forget(self, root: Path) -> None:
        QgsSettings().setValue(f"{GROUP}/recent", [str(p) for p in self.recent() if p != root])

    def _changed(self) -> None:
        folder = self.context.state.folder
        if folder is not None:
            self._remember(folder.root)
            if self._in_project() != str(folder.root):
                self._project.writeEntry("marscd", "folder", str(folder.root))
        self._show()

    def _in_project(self) -> str:
        return self._project.readEntry("marscd", "folder", "")[0]

    def _read(self, *_: object) -> None:
        """The project was read: its job comes back, if its folder is there."""
        text = self._in_project()
        folder = self.context.state.folder
        if not text or (folder is not None and str(folder.root) == text):
            return
        root = Path(text)
        beside = Path(self._project.homePath()) / root.name
        # A project that was moved or copied together with its job.
        self.open(beside if not root.is_dir() and self._project.homePath() and beside.is_dir() else root)

    def _show(self) -> None:
        folder = self.context.state.folder
        if folder is None:
            self.button.setText(tr("No job yet"))
            self.button.setToolTip(
                tr("The job's folder is made when something is to be kept. Here you can open an earlier job.")
            )
        else:
            name = self.button.fontMetrics().elidedText(_plain(folder.root), Qt.TextElideMode.ElideMiddle, _WIDEST)
            self.button.setText(name)
            self.button.setToolTip(tr("This job's files are in {folder}").format(folder=folder.root))

    def _small(self, icon: str, text: str, called: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(QgsApplication.getThemeIcon(icon))
        button.setIconSize(QSize(16, 16))
        button.setAutoRaise(True)
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.clicked.connect(lambda: called())
        return button


def _plain(path: Path) -> str:
    """A folder's name on a button: an ampersand is no mnemonic."""
    return (path.name or str(path)).replace("&", "&&")
