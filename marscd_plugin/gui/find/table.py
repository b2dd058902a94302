# ruff: noqa: N802 - Qt's names
"""The table of observations with its filter and its buttons; its selection stands in step with map and plot."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.PyQt.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QPoint,
    QSize,
    Qt,
    QTimer,
    pyqtSignal,
)
from qgis.PyQt.QtGui import QAction, QBrush
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...common.words import Observation
from ..words import tr
from . import table_model as columns
from .selection import Selection
from .table_model import ID_ROLE, ObservationFilter, ObservationModel

#: The view rests this long before thumbnails of what it shows are asked for.
_REST_MS = 250
_MOST_RUNS = 600
_SERIES_SIZES = (4, 8, 12)


class ObservationView(QTableView):
    """A table whose space bar ticks all selected rows."""

    space_pressed = pyqtSignal()

    def keyPressEvent(self, event) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.space_pressed.emit()
            return
        super().keyPressEvent(event)


class ObservationTable(QWidget):
    """Emits what the user wants done; the page does it."""

    #: Tick (True) or untick these product ids.
    tick_wanted = pyqtSignal(list, bool)
    #: Tick exactly the listed rows, or none.
    all_wanted = pyqtSignal(bool)
    best_wanted = pyqtSignal(int)
    zoom_wanted = pyqtSignal(str)
    menu_wanted = pyqtSignal(QPoint)
    #: Which rows can be seen, once the view rests.
    visible_changed = pyqtSignal()
    #: The row in hand (product id, or "").
    current_changed = pyqtSignal(str)

    def __init__(self, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection = selection
        self._following = False
        self.model = ObservationModel(self)
        self.listed = ObservationFilter(self.model, self)
        self.view = self._make_view()
        self.filter = self._make_filter()
        self.count = QLabel(self)
        self.count.setAccessibleName(tr("How many are listed and chosen"))
        self.tick_button = self._make_ticks()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.visible_changed)
        row = QHBoxLayout()
        row.addWidget(self.filter, 1)
        row.addWidget(self.tick_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(row)
        column.addWidget(self.view, 1)
        column.addWidget(self.count)
        self._connect()
        self.set_wide(False)

    # -- contents -------------------------------------------------------------------------------------------------

    def set_observations(self, observations: Iterable[Observation], chosen: Iterable[str]) -> None:
        """Replace the rows."""
        self.listed.forget()
        with _Quiet(self):
            self.model.set_observations(list(observations), frozenset(chosen))
        self.view.scrollToTop()
        self._say()
        self._rest.start()

    def set_chosen(self, chosen: Iterable[str]) -> None:
        """Tick exactly these."""
        self.model.set_chosen(frozenset(chosen))
        if self.listed.by_choice:
            self._filtered(self.filter.text())
        self._say()

    def set_wide(self, wide: bool) -> None:
        """Larger rows and pictures where there is room."""
        height = self.fontMetrics().height()
        side = height * 4 if wide else round(height * 1.7)
        self.view.setIconSize(QSize(side, side))
        self.view.verticalHeader().setDefaultSectionSize(side + 4)
        measure = self.fontMetrics().horizontalAdvance
        widths = {
            columns.TICK: measure("\u2713") + 22,
            columns.PRODUCT: measure("ESP_000000_0000_COLOR") + side + 12,
            columns.INSTRUMENT: measure("Instrument") + 12,
            columns.DATE: measure("2011-06-27 13:45") + 14,
            columns.YEAR: measure("MY 0") + 14,
            columns.LS: measure("350.0\u00b0") + 14,
            columns.SEASON: measure("northern autumn") + 14,
        }
        for column in range(self.model.columnCount()):
            self.view.setColumnWidth(column, widths.get(column, measure("Incidence") + 18))

    def listed_observations(self) -> list[Observation]:
        """What the filter lets through, in the table's order."""
        return self.listed.rows()

    def visible_observations(self) -> list[Observation]:
        """The rows that can be seen now."""
        top = self.view.rowAt(0)
        if top < 0 or not self.isVisible():
            return []
        bottom = self.view.rowAt(self.view.viewport().height() - 1)
        bottom = self.listed.rowCount() - 1 if bottom < 0 else bottom
        rows = (self.listed.mapToSource(self.listed.index(r, 0)).row() for r in range(top, bottom + 1))
        return [self.model.rows[r] for r in rows]

    def selected_ids(self) -> list[str]:
        """Selected products, in the table's order."""
        ids = self._selection.ids
        return [o.product_id for o in self.model.rows if o.product_id in ids]

    def go_to(self, product_id: str) -> None:
        """Scroll to a product, where it is listed."""
        row = self.model.row_of(product_id)
        if row is not None:
            index = self.listed.mapFromSource(self.model.index(row, columns.PRODUCT))
            if index.isValid():
                self.view.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    # -- widgets --------------------------------------------------------------------------------------------------

    def _make_view(self) -> ObservationView:
        view = ObservationView(self)
        view.setModel(self.listed)
        view.setAccessibleName(tr("Observations found"))
        view.setToolTip(
            tr(
                "Each row is one image. Tick those to fetch (space bar: all selected rows). Double click shows its "
                "place on the map. Click a heading to sort."
            )
        )
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setAlternatingRowColors(True)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().setVisible(False)
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = view.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        # A header asks all rows whether its columns are selected, at each drawing: give it nothing to ask about.
        header.setSelectionModel(QItemSelectionModel(self.listed, header))
        # In the narrow dock the date should be seen before the camera, which is mostly the same.
        header.moveSection(columns.INSTRUMENT, self.model.columnCount() - 1)
        header.setSortIndicator(columns.DATE, Qt.SortOrder.AscendingOrder)
        view.setSortingEnabled(True)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setMinimumHeight(self.fontMetrics().height() * 7)
        return view

    def _make_filter(self) -> QLineEdit:
        line = QLineEdit(self)
        line.setPlaceholderText(tr("Filter: red my30 spring -color"))
        line.setClearButtonEnabled(True)
        line.setMaxLength(200)
        line.setAccessibleName(tr("Filter the table"))
        line.setToolTip(
            tr(
                "Shows rows that hold all these words: of the product, instrument, date, Mars Year (my30), season. "
                "A minus before a word leaves rows out; the word chosen shows what is ticked."
            )
        )
        return line

    def _make_ticks(self) -> QToolButton:
        button = QToolButton(self)
        button.setText(tr("&Tick"))
        button.setToolTip(tr("Choose images to fetch: selected rows, all listed, none, or the best for a series"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        self.best_menu = QMenu(tr("&Best for a series"), menu)
        for size in _SERIES_SIZES:
            action = self.best_menu.addAction(tr("{count} images").format(count=size))
            action.triggered.connect(lambda _=False, size=size: self.best_wanted.emit(size))
        self.best_menu.menuAction().setToolTip(
            tr("RED images whose light and season are most alike, and that cover the area best")
        )
        menu.addMenu(self.best_menu)
        menu.addSeparator()
        for text, call in (
            (tr("Tick &selected rows"), lambda: self.tick_wanted.emit(self.selected_ids(), True)),
            (tr("&Untick selected rows"), lambda: self.tick_wanted.emit(self.selected_ids(), False)),
            (tr("Tick &all listed"), lambda: self.all_wanted.emit(True)),
            (tr("Tick &none"), lambda: self.all_wanted.emit(False)),
        ):
            action = QAction(text, menu)
            action.triggered.connect(lambda _=False, call=call: call())
            menu.addAction(action)
        button.setMenu(menu)
        return button

    def _connect(self) -> None:
        self.model.ticked.connect(lambda product, on: self.tick_wanted.emit([product], on))
        self.filter.textChanged.connect(self._filtered)
        self.view.doubleClicked.connect(lambda index: self.zoom_wanted.emit(index.data(ID_ROLE)))
        self.view.customContextMenuRequested.connect(self.menu_wanted)
        self.view.space_pressed.connect(self._space)
        self.view.verticalScrollBar().valueChanged.connect(lambda _: self._rest.start())
        self._watch_selection()
        self._selection.changed.connect(self._follow)
        # Sorting and filtering rebuild the rows: what was selected stays selected.
        self.model.modelReset.connect(self._sorted)

    def _watch_selection(self) -> None:
        chosen = self.view.selectionModel()
        chosen.selectionChanged.connect(lambda *_: self._taken())
        chosen.currentRowChanged.connect(lambda index, _: self.current_changed.emit(index.data(ID_ROLE) or ""))

    # -- in step --------------------------------------------------------------------------------------------------

    def _taken(self) -> None:
        """The user selected rows here. What is selected but filtered out of sight is let go."""
        if self._following:
            return
        listed, rows = self.listed, self.model.rows
        ids = []
        for part in self.view.selectionModel().selection():
            for row in range(part.top(), part.bottom() + 1):
                ids.append(rows[listed.mapToSource(listed.index(row, 0)).row()].product_id)
        self.model.set_marked(frozenset(), (QBrush(), QBrush()))
        self._selection.set(ids, self)

    def _follow(self, origin: object) -> None:
        """Something else selected: show it."""
        if origin is self:
            return
        self._show_selection()
        first = next(iter(self.selected_ids()), None)
        if first is not None:
            self.go_to(first)
            self.current_changed.emit(first)

    def _show_selection(self) -> None:
        listed = self.listed
        rows = []
        for product_id in self._selection.ids:
            row = self.model.row_of(product_id)
            if row is not None:
                shown = listed.mapFromSource(self.model.index(row, 0)).row()
                if shown >= 0:
                    rows.append(shown)
        chosen = QItemSelection()
        last = self.model.columnCount() - 1
        runs = _runs(sorted(rows))
        # Qt's selection takes time with the square of its pieces: a scattered one is coloured by the model instead.
        scattered = len(runs) > _MOST_RUNS
        palette = self.view.palette()
        marks = (palette.highlight(), palette.highlightedText())
        self.model.set_marked(self._selection.ids if scattered else frozenset(), marks)
        for top, bottom in [] if scattered else runs:
            chosen.append(QItemSelectionRange(listed.index(top, 0), listed.index(bottom, last)))
        with _Quiet(self):
            self.view.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _sorted(self) -> None:
        if not self._following:
            self._show_selection()
        self._rest.start()

    def _filtered(self, text: str) -> None:
        with _Quiet(self):
            self.listed.set_text(text)
        self._show_selection()
        self._say()
        self._rest.start()

    def _space(self) -> None:
        ids = self.selected_ids()
        if ids:
            self.tick_wanted.emit(ids, not set(ids) <= self.model.chosen)

    def _say(self) -> None:
        all_rows, chosen = len(self.model.rows), len(self.model.chosen)
        listed = self.listed.rowCount()
        if listed == all_rows:
            text = tr("{count} products, {chosen} chosen").format(count=f"{all_rows:,}", chosen=f"{chosen:,}")
        else:
            text = tr("{listed} of {count} products listed, {chosen} chosen").format(
                listed=f"{listed:,}", count=f"{all_rows:,}", chosen=f"{chosen:,}"
            )
        self.count.setText(text)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._rest.start()

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self._rest.start()


class _Quiet:
    """While it lasts, the view's own changes of selection are not the user's."""

    def __init__(self, table: ObservationTable) -> None:
        self._table = table

    def __enter__(self) -> None:
        self._before = self._table._following
        self._table._following = True

    def __exit__(self, *_: object) -> None:
        self._table._following = self._before


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Rising numbers as (first, last) of each unbroken run."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
