"""The list of images a series is built of: the fetched ones, and the user's own with their dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSignalBlocker, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QPainter, QPalette
from qgis.PyQt.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from ...common.errors import InputError
from ...planet.time import mars_date, parse_utc
from ..words import tr
from .naming import mars_words
from .sources import Choice, Fetched, Found

_ID = Qt.ItemDataRole.UserRole
_PATH = Qt.ItemDataRole.UserRole + 1
_WHEN, _WHAT = 0, 1


class ImageList(QTreeWidget):
    """Ticked rows are used. The date of an own image is typed in its first column."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderLabels([tr("Date (UTC)"), tr("Image")])
        self.setRootIsDecorated(False)
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QTreeWidget.EditTrigger.DoubleClicked
            | QTreeWidget.EditTrigger.EditKeyPressed
            | QTreeWidget.EditTrigger.SelectedClicked
        )
        self.header().setSectionResizeMode(_WHEN, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setAccessibleName(tr("Images to build the series of"))
        self.setToolTip(tr("Ticked images become the series. Type the date of your own images (F2), in UTC."))
        self.setMinimumHeight(104)
        self.itemChanged.connect(self._edited)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(300, 130)

    def paintEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        if self.topLevelItemCount() == 0:
            painter = QPainter(self.viewport())
            colour = self.palette().color(QPalette.ColorRole.Text)
            colour.setAlphaF(0.6)
            painter.setPen(colour)
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            words = tr("No images yet: fetch some in the step before, or add your own below.")
            painter.drawText(self.viewport().rect().adjusted(12, 0, -12, 0), flags, words)
            painter.end()

    def set_fetched(self, found: Sequence[Fetched], ticked: set[str] | None) -> None:
        """Replace the fetched rows; ``ticked`` None ticks all. Own rows stay."""
        with QSignalBlocker(self):
            for item in self._rows(own=False):
                self.takeTopLevelItem(self.indexOfTopLevelItem(item))
            for index, product in enumerate(found):
                item = QTreeWidgetItem()
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                )
                item.setData(_WHAT, _ID, product.product_id)
                item.setText(_WHAT, product.product_id)
                item.setToolTip(_WHAT, str(product.label))
                use = ticked is None or product.product_id in ticked
                item.setCheckState(_WHEN, Qt.CheckState.Checked if use else Qt.CheckState.Unchecked)
                self._date(item, product.time)
                self.insertTopLevelItem(index, item)
        self.changed.emit()

    def set_dates(self, times: dict[str, datetime]) -> None:
        """Dates of fetched rows, found later."""
        with QSignalBlocker(self):
            for item in self._rows(own=False):
                if item.data(_WHAT, _ID) in times:
                    self._date(item, times[item.data(_WHAT, _ID)])

    def add_own(self, found: Sequence[Found]) -> None:
        """Rows of the user's rasters; one that is in the list already is not added twice."""
        there = {item.data(_WHAT, _PATH) for item in self._rows(own=True)}
        first = None
        with QSignalBlocker(self):
            for image in found:
                if image.path in there or image.problem:
                    continue
                item = QTreeWidgetItem(self)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEditable)
                item.setCheckState(_WHEN, Qt.CheckState.Checked)
                item.setData(_WHAT, _PATH, image.path)
                item.setText(_WHAT, Path(image.path).name)
                item.setToolTip(_WHAT, image.path)
                item.setIcon(_WHAT, QgsApplication.getThemeIcon("/mIconRaster.svg"))
                self._date(item, image.time)
                if image.time is None and first is None:
                    first = item
        self.changed.emit()
        if first is not None:
            self.setCurrentItem(first, _WHEN)
            self.editItem(first, _WHEN)

    def remove_selected(self) -> None:
        """Take the selected own rows out of the list; fetched ones are only unticked."""
        with QSignalBlocker(self):
            for item in self.selectedItems():
                if item.data(_WHAT, _PATH):
                    self.takeTopLevelItem(self.indexOfTopLevelItem(item))
                else:
                    item.setCheckState(_WHEN, Qt.CheckState.Unchecked)
        self.changed.emit()

    def choice(self) -> Choice:
        """What is ticked. Raises InputError where an own image's date is missing or no date."""
        fetched = self._rows(own=False)
        ticked = [i.data(_WHAT, _ID) for i in fetched if i.checkState(_WHEN) == Qt.CheckState.Checked]
        images, times = [], []
        for item in self._rows(own=True):
            if item.checkState(_WHEN) != Qt.CheckState.Checked:
                continue
            text = item.text(_WHEN).strip()
            if not _typed(text):
                raise InputError(
                    tr("{name} has no date yet.").format(name=item.text(_WHAT)),
                    tr("Type it into the list's first column, such as 2011-06-27 or 2011-06-27T13:45 (UTC)."),
                )
            times.append(parse_utc(text))
            images.append(item.data(_WHAT, _PATH))
        return Choice(tuple(ticked), len(ticked) == len(fetched), tuple(images), tuple(times))

    def ticked_names(self) -> list[tuple[str, str]]:
        """(product id or path, words) of the ticked rows, for choosing a reference."""
        return [
            (i.data(_WHAT, _PATH) or i.data(_WHAT, _ID), f"{i.text(_WHEN)[:10]}  {i.text(_WHAT)}")
            for i in (*self._rows(own=False), *self._rows(own=True))
            if i.checkState(_WHEN) == Qt.CheckState.Checked
        ]

    def _rows(self, own: bool) -> list[QTreeWidgetItem]:
        rows = [self.topLevelItem(i) for i in range(self.topLevelItemCount())]
        return [r for r in rows if r is not None and bool(r.data(_WHAT, _PATH)) == own]

    def _date(self, item: QTreeWidgetItem, time: datetime | None) -> None:
        own = bool(item.data(_WHAT, _PATH))
        if time is None:
            item.setText(_WHEN, tr("type a date") if own else "?")
            item.setToolTip(_WHEN, tr("No date was found in the file or its name."))
            if own:
                item.setForeground(_WHEN, Qt.GlobalColor.red)
            return
        when = mars_date(time)
        item.setText(_WHEN, f"{time:%Y-%m-%d %H:%M}" if time.hour or time.minute else f"{time:%Y-%m-%d}")
        item.setToolTip(_WHEN, mars_words(when.mars_year, when.solar_longitude))
        item.setData(_WHEN, Qt.ItemDataRole.ForegroundRole, None)

    def _edited(self, item: QTreeWidgetItem, column: int) -> None:
        if column == _WHEN and item.data(_WHAT, _PATH):
            time = _typed(item.text(_WHEN))
            with QSignalBlocker(self):
                if time is not None:
                    self._date(item, time)
                else:
                    item.setForeground(_WHEN, Qt.GlobalColor.red)
                    item.setToolTip(_WHEN, tr("This is no date: write it as 2011-06-27 or 2011-06-27T13:45 (UTC)."))
        self.changed.emit()


def _typed(text: str) -> datetime | None:
    try:
        return parse_utc(text)
    except InputError:
        return None
