# ruff: noqa: N802 - Qt's names
"""Observations as a table: sorted in one go (not comparison by comparison through Qt), filtered by one text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QSortFilterProxyModel, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QBrush, QIcon

from ...common.words import Observation
from ..words import tr
from .names import INSTRUMENT_NAMES, season_index, season_word, season_words

TICK, PRODUCT, INSTRUMENT, DATE, YEAR, LS, SEASON, INCIDENCE, EMISSION, SCALE, COVERAGE, SIZE = range(12)
#: The role that carries the product id.
ID_ROLE = Qt.ItemDataRole.UserRole

#: Rows whose words are read in one go.
_AT_ONCE = 300
_ALIGNED = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
#: Models answer with a plain number; PyQt 6 has it as the flag's value.
_RIGHT = int(getattr(_ALIGNED, "value", _ALIGNED))

_KEYS: dict[int, Callable[[Observation], Any]] = {
    PRODUCT: lambda o: o.product_id,
    INSTRUMENT: lambda o: o.instrument,
    DATE: lambda o: o.start_time,
    YEAR: lambda o: (o.mars_year, o.solar_longitude),
    LS: lambda o: o.solar_longitude,
    INCIDENCE: lambda o: o.incidence,
    EMISSION: lambda o: o.emission,
    SCALE: lambda o: o.map_scale,
    COVERAGE: lambda o: o.coverage,
    SIZE: lambda o: _size(o),
}


def _size(observation: Observation) -> int | None:
    """``Observation.size``, quickly: it is asked for every row."""
    total, known = 0, False
    for file in observation.files:
        if file.size is not None and file.role in ("image", "label"):
            total, known = total + file.size, True
    return total if known else None


def headings() -> tuple[tuple[str, str], ...]:
    """(heading, what it means) of each column."""
    return (
        (tr("\u2713"), tr("Chosen: to be fetched and laid into a series.")),
        (tr("Product"), tr("The archive's name of the image. RED is the widest, COLOR a narrow strip in colour.")),
        (tr("Instrument"), tr("The camera.")),
        (tr("Date (UTC)"), tr("When the image was taken.")),
        (tr("MY"), tr("Mars Year: 687 days; Mars Year 1 began in April 1955.")),
        (tr("Ls"), tr("Solar longitude, the season in degrees: 0 is the start of northern spring.")),
        (tr("Season"), tr("The season there, in its own hemisphere.")),
        (tr("Incidence"), tr("How far the sun was from overhead, degrees. Alike is better to compare.")),
        (tr("Emission"), tr("How far the camera looked from straight down, degrees. Alike is better to compare.")),
        (tr("m/px"), tr("Metres on the ground for one pixel.")),
        (tr("Covers"), tr("The share of your area that the image covers.")),
        (tr("MB"), tr("Size to fetch, in millions of bytes.")),
    )


def text_of(observation: Observation, column: int) -> str:
    """What a cell shows; an unknown number is a dash."""
    o = observation
    if column == PRODUCT:
        return o.product_id
    if column == INSTRUMENT:
        return INSTRUMENT_NAMES.get(o.instrument, o.instrument)
    if column == DATE:
        return o.start_time.strftime("%Y-%m-%d %H:%M")
    if column == YEAR:
        return str(o.mars_year)
    if column == SEASON:
        return season_word(o)
    numbers: dict[int, tuple[float | None, str]] = {
        LS: (o.solar_longitude, "{:.1f}\u00b0"),
        INCIDENCE: (o.incidence, "{:.0f}\u00b0"),
        EMISSION: (o.emission, "{:.0f}\u00b0"),
        SCALE: (o.map_scale, "{:.2f}"),
        COVERAGE: (None if o.coverage is None else o.coverage * 100, "{:.0f} %"),
        SIZE: (None if o.size is None else o.size / 1e6, "{:.1f}"),
    }
    value, form = numbers.get(column, (None, ""))
    return "\u2013" if value is None else form.format(value)


class ObservationModel(QAbstractTableModel):
    """``ticked(product_id, on)`` when the user ticks; the model changes only once ``set_chosen`` says so."""

    ticked = pyqtSignal(str, bool)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.rows: list[Observation] = []
        self.chosen: frozenset[str] = frozenset()
        #: Selected rows that are coloured here, because they are too scattered for Qt's own selection.
        self.marked: frozenset[str] = frozenset()
        #: Product id -> icon, filled as thumbnails come.
        self.icons: dict[str, QIcon] = {}
        self._order = (DATE, Qt.SortOrder.AscendingOrder)
        self._row_of: dict[str, int] = {}
        self._headings = headings()
        self._marks = (QBrush(), QBrush())
        self.season_words = season_words()

    def set_observations(self, observations: Sequence[Observation], chosen: Collection[str]) -> None:
        """Replace all rows; their order stays that of the last sorting."""
        self.beginResetModel()
        self.chosen = frozenset(chosen)
        self.icons.clear()
        self._arrange(list(observations))
        self.endResetModel()

    def set_chosen(self, chosen: Collection[str]) -> None:
        """Tick exactly these product ids."""
        self.chosen = frozenset(chosen)
        if self.rows:
            last = self.index(len(self.rows) - 1, TICK)
            self.dataChanged.emit(self.index(0, TICK), last, [Qt.ItemDataRole.CheckStateRole])

    def set_icon(self, product_id: str, icon: QIcon) -> None:
        """Show a thumbnail."""
        self.icons[product_id] = icon
        row = self._row_of.get(product_id)
        if row is not None:
            index = self.index(row, PRODUCT)
            self.dataChanged.emit(index, index, [Qt.ItemDataRole.DecorationRole])

    def set_marked(self, marked: frozenset[str], colours: tuple[QBrush, QBrush]) -> None:
        """Colour these rows as selected; ``colours`` are the background's and the text's."""
        if marked or self.marked:
            self.marked, self._marks = marked, colours
            if self.rows:
                last = self.index(len(self.rows) - 1, len(self._headings) - 1)
                self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.BackgroundRole])

    def row_of(self, product_id: str) -> int | None:
        """Where a product stands, or None."""
        return self._row_of.get(product_id)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column < 0:
            return
        self._order = (column, order)
        self.beginResetModel()
        self._arrange(self.rows)
        self.endResetModel()

    def _arrange(self, observations: list[Observation]) -> None:
        column, order = self._order
        down = order == Qt.SortOrder.DescendingOrder
        if column == TICK:
            ids = self.chosen
            observations = sorted(observations, key=lambda o: o.product_id in ids, reverse=not down)
        else:
            words = self.season_words
            seasons = {SEASON: lambda o: (words[season_index(o)], o.solar_longitude)}
            key = seasons.get(column) or _KEYS[column]
            keyed = [(key(o), o) for o in observations]
            # Unknown numbers come last, whichever way it is sorted.
            known = sorted((k for k in keyed if k[0] is not None), key=lambda k: k[0], reverse=down)
            observations = [o for _, o in known] + [o for k, o in keyed if k is None]
        self.rows = observations
        self._row_of = {o.product_id: row for row, o in enumerate(observations)}

    # -- Qt's questions -------------------------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self._headings):
            if role == Qt.ItemDataRole.DisplayRole:
                return self._headings[section][0]
            if role == Qt.ItemDataRole.ToolTipRole:
                return self._headings[section][1]
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if not 0 <= row < len(self.rows):
            return None
        observation = self.rows[row]
        if role == Qt.ItemDataRole.DisplayRole:
            return None if column == TICK else text_of(observation, column)
        if role == Qt.ItemDataRole.CheckStateRole and column == TICK:
            on = observation.product_id in self.chosen
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole and column not in (TICK, PRODUCT, INSTRUMENT, DATE, SEASON):
            return _RIGHT
        if role == Qt.ItemDataRole.DecorationRole and column == PRODUCT:
            return self.icons.get(observation.product_id)
        if role in (Qt.ItemDataRole.BackgroundRole, Qt.ItemDataRole.ForegroundRole):
            if observation.product_id not in self.marked:
                return None
            return self._marks[0 if role == Qt.ItemDataRole.BackgroundRole else 1]
        if role == ID_ROLE:
            return observation.product_id
        if role == Qt.ItemDataRole.AccessibleTextRole and column == TICK:
            return tr("chosen") if observation.product_id in self.chosen else tr("not chosen")
        return None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if index.column() == TICK:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != TICK:
            return False
        on = Qt.CheckState(value) == Qt.CheckState.Checked
        self.ticked.emit(self.rows[index.row()].product_id, on)
        return True


class ObservationFilter(QSortFilterProxyModel):
    """Rows whose words hold all words of a text. Sorting is handed to the model."""

    def __init__(self, model: ObservationModel, parent: Any = None) -> None:
        super().__init__(parent)
        self._model = model
        self._words: list[str] = []
        self._unread: Iterator[Observation] = iter(())
        self._texts: dict[str, str] = {}
        self._ahead = QTimer(self)
        self._ahead.setInterval(0)
        self._ahead.timeout.connect(self._read_ahead)
        self.setDynamicSortFilter(False)
        self.setSourceModel(model)

    def set_text(self, text: str) -> None:
        """Show what holds all words of ``text`` (product, date, season, ``MY30``, ``chosen``); a minus leaves out."""
        words = text.lower().split()
        if words != self._words or self.by_choice:
            self._words = words
            self.invalidateFilter()

    def forget(self) -> None:
        """The model holds other observations now."""
        self._texts.clear()
        self._unread = iter(())
        self._ahead.start()

    def _read_ahead(self) -> None:
        """The words of some rows while nothing else happens, so that the first letter of a filter is quick too."""
        if not self._texts:
            self._unread = iter(tuple(self._model.rows))
        some = list(islice(self._unread, _AT_ONCE))
        for observation in some:
            self._texts[observation.product_id] = _words_of(observation, self._model.season_words)
        if not some:
            self._ahead.stop()

    @property
    def active(self) -> bool:
        return bool(self._words)

    @property
    def by_choice(self) -> bool:
        """Whether what is ticked decides what is listed."""
        return tr("chosen") in self._words

    def rows(self) -> list[Observation]:
        """The observations that are listed, in the table's order."""
        if not self._words:
            return list(self._model.rows)
        return [o for o in self._model.rows if self._accepts(o)]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._model.sort(column, order)

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:
        return not self._words or self._accepts(self._model.rows[row])

    def _accepts(self, observation: Observation) -> bool:
        text = self._texts.get(observation.product_id)
        if text is None:
            text = self._texts[observation.product_id] = _words_of(observation, self._model.season_words)
        for word in self._words:
            if word == tr("chosen"):
                if observation.product_id not in self._model.chosen:
                    return False
            elif len(word) > 1 and word.startswith("-"):
                if word[1:] in text:
                    return False
            elif word not in text:
                return False
        return True


def _words_of(observation: Observation, seasons: tuple[str, ...]) -> str:
    o = observation
    when = f"{str(o.start_time)[:10]} my{o.mars_year} ls{o.solar_longitude:.0f} {seasons[season_index(o)]}"
    return f"{o.product_id} {o.instrument} {when}".lower()
