"""What was found: plot, table and the image in hand, as one widget that can also stand in a window of its own."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import QByteArray, Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices, QGuiApplication, QIcon
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ...common.words import Observation, Season
from ..words import tr
from .plot import SeasonPlot
from .preview import Preview
from .selection import Selection
from .table import ObservationTable
from .table_model import ID_ROLE
from .thumbnails import Thumbnails


class Results(QWidget):
    """Keeps its three views on the same observations; what touches the job is asked of the page by signals."""

    tick_wanted = pyqtSignal(list, bool)
    all_wanted = pyqtSignal(bool)
    best_wanted = pyqtSignal(int)
    zoom_wanted = pyqtSignal(str)
    #: A small picture of the image, in its place on the map.
    overview_wanted = pyqtSignal(str)
    by_year_changed = pyqtSignal(bool)
    wide_wanted = pyqtSignal()

    def __init__(self, selection: Selection, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._current = ""
        self._by_id: dict[str, Observation] = {}
        self.table = ObservationTable(selection, self)
        self.plot = SeasonPlot(selection, self)
        self.preview = Preview(self)
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        self.note.setAccessibleName(tr("About the search"))
        self.colour = QComboBox(self)
        self.colour.addItems([tr("by season"), tr("by Mars Year")])
        self.colour.setAccessibleName(tr("Colour the footprints on the map"))
        self.colour.setToolTip(tr("What the colours of the footprints on the map mean"))
        colour_label = QLabel(tr("Col&ours"), self)
        colour_label.setBuddy(self.colour)
        self.wide = QPushButton(tr("Open &wide"), self)
        self.wide.setToolTip(tr("Show plot and table in a window of their own"))
        row = QHBoxLayout()
        row.addWidget(colour_label)
        row.addWidget(self.colour)
        row.addStretch(1)
        row.addWidget(self.wide)
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._split.setChildrenCollapsible(True)
        self._split.addWidget(self.plot)
        self._split.addWidget(self.table)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 5)
        self._split.setCollapsible(1, False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.note)
        column.addLayout(row)
        column.addWidget(self._split, 1)
        column.addWidget(self.preview)
        self._split.setSizes([170, 260])
        self._narrow_sizes: QByteArray | None = None
        self.say("")
        self._connect()

    def say(self, text: str) -> None:
        """A line above the views: what was searched, or why these were chosen."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def set_observations(self, observations: Sequence[Observation], chosen: Sequence[str]) -> None:
        """Show these in all views."""
        self._by_id = {o.product_id: o for o in observations}
        if self._current not in self._by_id:
            self._current = ""
        self.table.set_observations(observations, chosen)
        self.plot.set_observations(observations, chosen)
        self._show_current()

    def set_chosen(self, chosen: Sequence[str]) -> None:
        """Tick exactly these."""
        self.table.set_chosen(chosen)
        self.plot.set_chosen(chosen)

    def set_season(self, season: Season) -> None:
        """What the next search looks for, shaded in the plot."""
        self.plot.set_season(season)

    def observation(self, product_id: str) -> Observation | None:
        """The product, if it is among those shown."""
        return self._by_id.get(product_id)

    def set_wide(self, wide: bool) -> None:
        """Lay out for the dock or for a window of its own."""
        self.wide.setVisible(not wide)
        self.table.set_wide(wide)
        if wide:
            self._narrow_sizes = self._split.saveState()
        elif self._narrow_sizes is not None:
            self._split.restoreState(self._narrow_sizes)

    def fields(self) -> list[QWidget]:
        """All fields in the order in which the keyboard should reach them."""
        return [self.colour, self.wide, self.table.filter, self.table.tick_button, self.table.view]

    # -- wires ----------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        table = self.table
        table.tick_wanted.connect(self.tick_wanted)
        table.all_wanted.connect(self.all_wanted)
        table.best_wanted.connect(self.best_wanted)
        table.zoom_wanted.connect(self.zoom_wanted)
        table.menu_wanted.connect(self._menu)
        table.visible_changed.connect(self._want_thumbnails)
        table.current_changed.connect(self._in_hand)
        self.plot.zoom_wanted.connect(self.zoom_wanted)
        self.colour.currentIndexChanged.connect(lambda index: self.by_year_changed.emit(index == 1))
        self.wide.clicked.connect(self.wide_wanted)
        self._thumbnails.arrived.connect(self._picture_came)

    def _in_hand(self, product_id: str) -> None:
        self._current = product_id
        self._show_current()
        self._want_thumbnails()

    def _show_current(self) -> None:
        thumbnails = self._thumbnails
        one = self._by_id.get(self._current)
        self.preview.show_observation(one, thumbnails.picture(self._current), thumbnails.why_not(self._current))

    def _want_thumbnails(self) -> None:
        """Of the row in hand first, then of the rows that can be seen."""
        shown = self.table.visible_observations()
        current = self._by_id.get(self._current)
        if current is not None and self.table.isVisible():
            shown = [current, *(o for o in shown if o is not current)]
        model = self.table.model
        for one in shown:
            picture = self._thumbnails.picture(one.product_id)
            if picture is not None and one.product_id not in model.icons:
                model.set_icon(one.product_id, QIcon(picture))
        self._thumbnails.want(shown)

    def _picture_came(self, product_id: str) -> None:
        picture = self._thumbnails.picture(product_id)
        if picture is not None:
            self.table.model.set_icon(product_id, QIcon(picture))
        if product_id == self._current:
            self._show_current()

    def _menu(self, point) -> None:
        view = self.table.view
        index = view.indexAt(point)
        one = self._by_id.get(index.data(ID_ROLE)) if index.isValid() else None
        if one is None:
            return
        ids = self.table.selected_ids()
        ids = ids if one.product_id in ids else [one.product_id]
        menu = self._make_menu(one, ids)
        menu.exec(view.viewport().mapToGlobal(point))
        menu.deleteLater()

    def _make_menu(self, one: Observation, ids: list[str]) -> QMenu:
        menu = QMenu(self.table.view)
        menu.addAction(tr("&Zoom to the footprint"), lambda: self.zoom_wanted.emit(one.product_id))
        overview = menu.addAction(tr("Show an &overview on the map"), lambda: self.overview_wanted.emit(one.product_id))
        image = one.file("image")
        overview.setEnabled(one.instrument == "HIRISE" and image is not None and image.name.lower().endswith(".jp2"))
        menu.addAction(tr("&Tick"), lambda: self.tick_wanted.emit(ids, True))
        menu.addAction(tr("&Untick"), lambda: self.tick_wanted.emit(ids, False))
        menu.addSeparator()
        text = tr("&Copy the product's name") if len(ids) == 1 else tr("&Copy the products' names")
        menu.addAction(text, lambda: QGuiApplication.clipboard().setText("\n".join(ids)))
        for role, label in (
            ("browse", tr("Open the &picture in a browser")),
            ("label", tr("Open the &label in a browser")),
        ):
            file = one.file(role)
            action = menu.addAction(label, lambda file=file: open_address(file.url))
            action.setEnabled(file is not None and is_web_address(file.url))
        return menu


def is_web_address(text: str) -> bool:
    """Whether a browser may be sent there: what an archive says is not trusted to be an address."""
    url = QUrl(text, QUrl.ParsingMode.StrictMode)
    return url.isValid() and url.scheme() in ("http", "https") and bool(url.host())


def open_address(text: str) -> None:
    """Open a web page in the user's browser."""
    if is_web_address(text):
        QDesktopServices.openUrl(QUrl(text, QUrl.ParsingMode.StrictMode))
