"""The third tab: matches on Mars as places to land."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import Qgis
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..running import Running
from ..scroll import UprightArea
from ..words import tr
from .images import Image


class LandingPanel(UprightArea):
    """Says what the user wants; ``set_sites`` shows what came."""

    rank_wanted = pyqtSignal()
    report_wanted = pyqtSignal()
    #: The row of a site.
    go_wanted = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        body = QWidget(self)
        self.words = QLabel(
            tr(
                "Puts slope, height and minerals beside each match on Mars, and ranks them. Matches that you called "
                "not like the target are left out."
            ),
            body,
        )
        self.words.setWordWrap(True)
        self.dtm = QgsMapLayerComboBox(body)
        self.dtm.setFilters(Qgis.LayerFilter.RasterLayer)
        self.dtm.setAllowEmptyLayer(True, tr("none"))
        self.dtm.setCurrentIndex(0)
        self.dtm.setToolTip(tr("A terrain model (DTM) in metres, for slope and height of each place; may be left out"))
        self.dtm.setSizeAdjustPolicy(QgsMapLayerComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.dtm.setMinimumContentsLength(12)
        dtm_label = QLabel(tr("&Terrain model"), body)
        dtm_label.setBuddy(self.dtm)
        self.crism = QListWidget(body)
        self.crism.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.crism.setMaximumHeight(96)
        self.crism.setToolTip(
            tr(
                "Tick CRISM cubes or summary parameters that cover the matches: gypsum and hydrated sulfates show in "
                "them. Halite (rock salt) has a flat spectrum and cannot be seen."
            )
        )
        crism_label = QLabel(tr("&CRISM images"), body)
        crism_label.setBuddy(self.crism)
        self.rank = QPushButton(tr("&Rank as landing sites"), body)
        self.rank.setToolTip(tr("One table of candidate landing areas, with what is known of each"))
        self.rank.clicked.connect(lambda *_: self.rank_wanted.emit())
        self.missing = QLabel(body)
        self.missing.setWordWrap(True)
        self.running = Running(body, tr("Stop within a second or two; nothing half-finished is kept"))
        self.table = QTableWidget(0, 0, body)
        self.table.setAccessibleName(tr("Landing sites"))
        self.table.setToolTip(tr("Click a site to go there"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setAlternatingRowColors(True)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setMinimumHeight(160)
        self.table.cellClicked.connect(lambda row, _: self.go_wanted.emit(row))
        self.table.cellActivated.connect(lambda row, _: self.go_wanted.emit(row))
        self.report = QPushButton(tr("R&eport"), body)
        self.report.setToolTip(tr("Open the report of the landing sites in the web browser"))
        self.report.clicked.connect(lambda *_: self.report_wanted.emit())
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.report)
        column = QVBoxLayout(body)
        column.setContentsMargins(2, 6, 6, 6)
        for widget in (
            self.words, dtm_label, self.dtm, crism_label, self.crism, self.missing, self.rank, self.running, self.table,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addLayout(foot)
        column.addStretch(1)
        self.setWidget(body)
        self.set_sites([], [])
        self.set_missing(tr("Search for analogues on Mars first."))

    def set_images(self, images: Sequence[Image]) -> None:
        """What can be ticked as CRISM: the project's images on Mars; ticks stay."""
        ticked = set(self.ticked())
        self.crism.clear()
        for image in images:
            if image.body != "Mars":
                continue
            item = QListWidgetItem(image.label)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setData(Qt.ItemDataRole.UserRole, image.source)
            item.setCheckState(Qt.CheckState.Checked if image.source in ticked else Qt.CheckState.Unchecked)
            self.crism.addItem(item)

    def ticked(self) -> list[str]:
        """Sources of the ticked images."""
        items = (self.crism.item(n) for n in range(self.crism.count()))
        return [i.data(Qt.ItemDataRole.UserRole) for i in items if i.checkState() == Qt.CheckState.Checked]

    def set_missing(self, text: str) -> None:
        """Why nothing can be ranked; "" where it can."""
        self.missing.setText(text)
        self.missing.setVisible(bool(text))
        self.rank.setEnabled(not text and not self.running.active)

    def set_sites(self, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show a table of sites."""
        self.table.clear()
        self.table.setColumnCount(len(titles))
        self.table.setRowCount(len(rows))
        self.table.setHorizontalHeaderLabels(list(titles))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(number, column, item)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.setVisible(bool(rows))
        self.report.setVisible(bool(rows))
