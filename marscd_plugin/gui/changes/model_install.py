"""Where the plugin came without its models (QGIS's repository takes none): one line and the way to get them."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from ...inference.install import missing
from ..words import tr


class ModelInstall(QWidget):
    """Hidden where no model of this version is missing. ``installed`` comes when they are in their place."""

    installed = pyqtSignal()

    def __init__(self, jobs: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.button = QToolButton(self)
        self.button.setText(tr("Install models…"))
        self.button.setToolTip(tr("Each model is checked against its checksum before it is put in its place"))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.button)
        self.fetch = menu.addAction(tr("Download them from the plugin's release"))
        self.fetch.triggered.connect(lambda *_: self.start(""))
        self.from_file = menu.addAction(tr("From a file (marscd_models-….zip)…"))
        self.from_file.triggered.connect(lambda *_: self._choose())
        self.button.setMenu(menu)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.words)
        column.addLayout(row)
        self.refresh()

    def refresh(self) -> None:
        """Look again whether anything is missing."""
        names = missing()
        self.setVisible(bool(names))
        self.words.setText(
            tr("The plugin came without its models ({names}): install them once.").format(names=", ".join(names))
        )

    def start(self, archive: str) -> None:
        """Install from a zip, or from the release where ``archive`` is empty."""
        self.button.setEnabled(False)
        self.words.setText(tr("Installing the models…"))
        parameters = {"ARCHIVE": archive} if archive else {}
        job = self._jobs.algorithm("marscd:installmodels", parameters, tr("Install models"))
        job.succeeded.connect(self._done)
        job.failed.connect(self.words.setText)
        job.stopped.connect(self.refresh)
        job.ended.connect(lambda: self.button.setEnabled(True))

    def _done(self, _: Any) -> None:
        self.refresh()
        self.installed.emit()

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("Choose the models' zip"), "", tr("Zip files (*.zip)"))
        if path:
            self.start(path)
