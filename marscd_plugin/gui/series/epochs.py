"""The list of a series' epochs, with how well each lies and under which sun it was seen; and what was left out."""

from __future__ import annotations

from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from ...common.words import Epoch, Series
from ..words import tr
from .naming import epoch_tip, mars_words

_ID = Qt.ItemDataRole.UserRole


class EpochList(QTreeWidget):
    """A row an epoch, in time order; below them the images that were left out, each with its reason."""

    #: The product id of a row that was double-clicked, or chosen by Enter.
    chosen = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(4)
        self.setHeaderLabels([tr("Date"), tr("Season"), tr("Fit"), tr("Sun")])
        tips = (
            tr("When the image was taken (UTC)"),
            tr(
                "Mars Year and solar longitude Ls: 0° is the start of northern spring, "
                "90° of summer, 180° of autumn, 270° of winter"
            ),
            tr("How far, in pixels, check points lie from where they should: below 0.3 is good"),
            tr("Incidence: the angle of the sun from overhead; 0° high noon, 90° on the horizon"),
        )
        for column, tip in enumerate(tips):
            self.headerItem().setToolTip(column, tip)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.header().setMinimumSectionSize(24)
        self.setRootIsDecorated(False)
        self.setAlternatingRowColors(True)
        self.setUniformRowHeights(False)
        self.setWordWrap(True)
        self.setAccessibleName(tr("Images of the series"))
        self.itemActivated.connect(self._activated)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        rows = min(max(self.topLevelItemCount(), 3), 8)
        return QSize(300, self.header().sizeHint().height() + rows * (self.fontMetrics().height() + 6) + 6)

    def set_series(self, series: Series | None) -> None:
        """Show this series; None empties the list."""
        self.clear()
        for epoch in series.epochs if series is not None else ():
            assert series is not None
            item = QTreeWidgetItem(self)
            cells = (
                f"{epoch.time:%Y-%m-%d}",
                mars_words(epoch.mars_year, epoch.solar_longitude),
                fit_words(epoch, series.reference),
                "" if epoch.incidence is None else f"{epoch.incidence:.0f}°",
            )
            for column, cell in enumerate(cells):
                item.setText(column, cell)
                item.setToolTip(column, epoch_tip(epoch, series.reference))
            item.setTextAlignment(3, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter))
            item.setData(0, _ID, epoch.product_id)
            if epoch.product_id == series.reference:
                font = item.font(2)
                font.setItalic(True)
                item.setFont(2, font)
        for name, reason in series.refused if series is not None else ():
            item = QTreeWidgetItem(self)
            item.setText(0, tr("Left out: {name}: {reason}").format(name=name, reason=reason))
            item.setToolTip(0, tr("{name} was left out of the series: {reason}.").format(name=name, reason=reason))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            font = item.font(0)
            font.setItalic(True)
            item.setFont(0, font)
            item.setFirstColumnSpanned(True)
        self.updateGeometry()

    @property
    def current(self) -> str:
        """The product id of the current row; "" where it is none of an epoch."""
        item = self.currentItem()
        return str(item.data(0, _ID) or "") if item is not None else ""

    def set_current(self, product_id: str) -> None:
        """Select the row of an epoch."""
        for index in range(self.topLevelItemCount()):
            item = self.topLevelItem(index)
            if item is not None and item.data(0, _ID) == product_id:
                self.setCurrentItem(item)
                self.scrollToItem(item)

    def step(self, by: int) -> str:
        """Select the next (1) or the previous (-1) epoch; its product id, "" where there is none."""
        ids = [self.topLevelItem(i).data(0, _ID) for i in range(self.topLevelItemCount())]
        ids = [i for i in ids if i]
        if not ids:
            return ""
        here = ids.index(self.current) if self.current in ids else (-1 if by > 0 else len(ids))
        self.set_current(ids[min(max(here + by, 0), len(ids) - 1)])
        return self.current

    def _activated(self, item: QTreeWidgetItem) -> None:
        if item.data(0, _ID):
            self.chosen.emit(item.data(0, _ID))


def fit_words(epoch: Epoch, reference: str) -> str:
    """The residual, or that this is the reference."""
    if epoch.product_id == reference:
        return tr("reference")
    if epoch.registration is None or epoch.registration.residual_px is None:
        return "?"
    return tr("{residual} px").format(residual=f"{epoch.registration.residual_px:.2f}")
