"""The table of changes: sortable, filtered by area and probability, of any length (it sorts plain lists itself)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, Qt
from qgis.PyQt.QtWidgets import QAbstractItemView, QTableView, QWidget

from ...change.review import ACCEPTED
from ..words import tr
from .rows import Change


@dataclass(frozen=True)
class _Column:
    """A column: what it holds, how it is shown."""

    title: str
    tip: str
    value: Callable[[Change], Any]
    show: Callable[[Any], str]


def _whole(value: Any) -> str:
    return f"{value:,.0f}"


def _tenths(value: Any) -> str:
    return f"{value:,.1f}"


def _hundredths(value: Any) -> str:
    return f"{value:.2f}"


def _word(value: Any) -> str:
    return {"appeared": tr("appeared"), "faded": tr("faded")}.get(value, str(value))


def columns() -> tuple[_Column, ...]:
    """In the language that is set now."""
    return (
        _Column(tr("No."), tr("Number of the change; 1 is the largest"), lambda c: c.number, str),
        _Column(
            tr("Direction"),
            tr("appeared: darker in After than in Before, against the ground around; faded: brighter"),
            lambda c: c.direction,
            _word,
        ),
        _Column(tr("Area, m²"), tr("Area on Mars's sphere, in square metres"), lambda c: c.area, _tenths),
        _Column(tr("Probability"), tr("Mean probability over the change, 0 to 1"), lambda c: c.mean, _hundredths),
        _Column(tr("Highest"), tr("Highest probability in the change, 0 to 1"), lambda c: c.maximum, _hundredths),
        _Column(tr("Length, m"), tr("Length along the change, in metres"), lambda c: c.length, _tenths),
        _Column(tr("Width, m"), tr("Mean width: area divided by length, in metres"), lambda c: c.width, _tenths),
        _Column(
            tr("Azimuth, °"),
            tr("Which way it runs: degrees clockwise from north, 0 to 180; empty where it is round"),
            lambda c: c.azimuth,
            _whole,
        ),
        _Column(tr("Before"), tr("Date of the earlier image (UTC)"), lambda c: c.before, str),
        _Column(tr("After"), tr("Date of the later image (UTC)"), lambda c: c.after, str),
    )


class ChangeTable(QAbstractTableModel):
    """Rows in the order and choice that the user asked for. Row numbers are those that are shown."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self._columns = columns()
        self._all: list[Change] = []
        self._shown: list[Change] = []
        self._row_of: dict[int, int] = {}
        self._sort: tuple[int, bool] = (0, False)
        self._least: tuple[float, float] = (0.0, 0.0)
        self._verdicts: Mapping[int, str] = {}

    @property
    def all_rows(self) -> Sequence[Change]:
        return self._all

    @property
    def shown_rows(self) -> Sequence[Change]:
        return self._shown

    def change(self, row: int) -> Change:
        """The change in a shown row."""
        return self._shown[row]

    def row_of(self, fid: int) -> int | None:
        """The shown row of a feature; None where the filter hides it."""
        return self._row_of.get(fid)

    def set_verdicts(self, verdicts: Mapping[int, str]) -> None:
        """What a person said of which feature: a mark before its number."""
        self._verdicts = dict(verdicts)
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 0))

    def set_rows(self, rows: Sequence[Change]) -> None:
        self._all = list(rows)
        self._arrange()

    def set_filter(self, least_area: float, least_probability: float) -> None:
        """Show only changes of that area (m2) and mean probability or more; unknown areas stay."""
        self._least = (least_area, least_probability)
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sort = (max(column, 0), order == Qt.SortOrder.DescendingOrder)
        self._arrange()

    def _arrange(self) -> None:
        area, probability = self._least
        value, falling = self._columns[self._sort[0]].value, self._sort[1]
        self.beginResetModel()
        shown = self._all
        if area > 0 or probability > 0:
            shown = [
                c for c in shown if (c.area is None or c.area >= area) and (c.mean is None or c.mean >= probability)
            ]
        known = sorted((c for c in shown if value(c) is not None), key=value, reverse=falling)
        self._shown = known + [c for c in shown if value(c) is None]
        self._row_of = {c.fid: row for row, c in enumerate(self._shown)}
        self.endResetModel()

    # Qt's interface

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if index.column() in (1, 8, 9) else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        change = self._shown[index.row()]
        value = column.value(change)
        text = "" if value is None else column.show(value)
        verdict = self._verdicts.get(change.fid) if index.column() == 0 else None
        if verdict is None:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr("accepted") if verdict == ACCEPTED else tr("rejected")
        return f"{'✓' if verdict == ACCEPTED else '✗'} {text}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._columns[section].tip
        return None


def table_view(model: ChangeTable, parent: QWidget) -> QTableView:
    """A narrow, plain view of it, sorted by number."""
    table = QTableView(parent)
    table.setModel(model)
    table.setAccessibleName(tr("Changes"))
    table.setToolTip(tr("Click a change to go there; click a heading to sort; N and P: next and previous; B: Before"))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.setAlternatingRowColors(True)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 6)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    for column, text in enumerate(("✓ 9999", "appeared", "9,999.9", "Probability", "Highest")):
        table.setColumnWidth(column, header.fontMetrics().horizontalAdvance(text) + 14)
    for column in range(5, model.columnCount()):
        title = model.headerData(column, Qt.Orientation.Horizontal)
        table.setColumnWidth(column, max(78, header.fontMetrics().horizontalAdvance(title) + 22))
    header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
    table.setSortingEnabled(True)
    return table
