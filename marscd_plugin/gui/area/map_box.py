"""The page's first two steps: a project on Mars and its map, and going to a place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import QgsProject
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from ...common.errors import MarscdError
from ..mars import tiles, view
from ..mars.basemap import Basemap
from ..mars.project import MapKind, kind_of, place_of_local, polar_kind, set_map, start_mars_project
from ..mars.search import look_up, place_edit, radius_of
from ..page import DockContext
from ..words import tr
from .parts import heading, words


class MapBox(QWidget):
    """Starts the project, changes the map, shows places. ``release`` ends its listening."""

    #: Whether the project lies on Mars.
    ready = pyqtSignal(bool)
    #: The map is about to be another one.
    changing = pyqtSignal()

    def __init__(
        self, context: DockContext, middle: Callable[[], tuple[float, float] | None], parent: QWidget | None = None
    ) -> None:
        """``middle`` gives (longitude, latitude) of the area, or None: where a map is to be true to scale."""
        super().__init__(parent)
        self._context, self._middle = context, middle
        self._iface, self._canvas = context.iface, context.canvas
        self.basemap = Basemap(self._iface, context.jobs, self)
        self._polar_to: Any = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(heading(tr("1  Map of Mars")))
        self._build_map(column)
        column.addWidget(heading(tr("2  Go to a place")))
        self._build_go(column)
        self.basemap.said.connect(self._say)
        QgsProject.instance().crsChanged.connect(self.refresh)

    def release(self) -> None:
        self.basemap.release()
        QgsProject.instance().crsChanged.disconnect(self.refresh)

    def start_project(self) -> None:
        """The first button: Mars, with a basemap."""
        if start_mars_project(self._iface):
            self.basemap.add()
            self.refresh()
            self.place.setFocus()

    def refresh(self) -> None:
        """Show what the project is now."""
        kind = kind_of(QgsProject.instance().crs())
        self._about_start.setVisible(kind is None)
        self.start.setVisible(kind is None)
        self._map_row.setVisible(kind is not None)
        self._go_row.setEnabled(kind is not None)
        if kind is not None:
            self.kind.setCurrentIndex(self.kind.findData(kind))
        self._offer_polar(None)
        self.ready.emit(kind is not None)

    def set_kind(self, kind: MapKind) -> None:
        """Another map of the same place."""
        self._show_kind(kind, place_of_local(self._iface, self._middle()) if kind is MapKind.LOCAL else None)

    def _show_kind(self, kind: MapKind, place: tuple[float, float] | None) -> None:
        self.changing.emit()
        set_map(self._iface, kind, place)
        self.refresh()

    def go(self) -> None:
        """To the place that is typed."""
        try:
            place = look_up(self.place.text())
        except MarscdError as error:
            self._context.messages.error(error)
            return
        view.show_place(self._canvas, place.longitude, place.latitude, radius_of(place))
        self._offer_polar(place)

    def _say(self, text: str) -> None:
        self._line.setText(text)
        self._line.setVisible(bool(text))

    def _offer_polar(self, place: Any) -> None:
        """Near a pole the whole-planet map is stretched: offer the other one."""
        kind = polar_kind(place.latitude) if place is not None else None
        wanted = kind is not None and kind_of(QgsProject.instance().crs()) is MapKind.GLOBE
        self._polar_row.setVisible(wanted)
        self._polar_to = (kind, place) if wanted else None

    def _go_polar(self) -> None:
        if self._polar_to is not None:
            kind, place = self._polar_to
            self.set_kind(kind)
            view.show_place(self._canvas, place.longitude, place.latitude, radius_of(place))

    def _build_map(self, column: QVBoxLayout) -> None:
        self._about_start = words(tr("The open project is not on Mars yet."))
        self.start = QPushButton(tr("&Start a Mars project"), self)
        self.start.setToolTip(
            tr("Gives the project a coordinate system of Mars, so that lengths are right, and adds a map of the planet")
        )
        self.start.clicked.connect(self.start_project)
        self._map_row = QWidget(self)
        self.kind = QComboBox(self)
        for kind, title in (
            (MapKind.GLOBE, tr("Whole planet")),
            (MapKind.NORTH, tr("North pole")),
            (MapKind.SOUTH, tr("South pole")),
            (MapKind.LOCAL, tr("True to scale here")),
        ):
            self.kind.addItem(title, kind)
        self.kind.setToolTip(
            tr(
                "How the planet is laid flat. Whole planet: in degrees; QGIS's measuring tool is right, shapes are "
                "stretched away from the equator. The others are in metres and keep shapes around a pole, or around "
                "your area; QGIS cannot measure on them and shows no number."
            )
        )
        self.kind.activated.connect(lambda *_: self.set_kind(self.kind.currentData()))
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind.setMinimumContentsLength(10)
        label = QLabel(tr("&Map"), self)
        label.setBuddy(self.kind)
        maps = QPushButton(tr("&Basemap"), self)
        maps.setToolTip(tr("Add the offline basemap again, or another online map"))
        menu = QMenu(maps)
        offline = menu.addAction(tr("Offline picture, graticule and names"))
        offline.triggered.connect(lambda *_: self.basemap.add_offline())
        for one in tiles.ALL:
            menu.addAction(tr(one.title)).triggered.connect(lambda *_, key=one.key: self.basemap.add_online(key))
        maps.setMenu(menu)
        self._line = words(small=True)
        self._line.setVisible(False)
        grid = QGridLayout(self._map_row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.kind, 0, 1)
        grid.addWidget(maps, 0, 2)
        grid.addWidget(self._line, 1, 0, 1, 3)
        grid.setColumnStretch(1, 1)
        for widget in (self._about_start, self.start, self._map_row):
            column.addWidget(widget)

    def _build_go(self, column: QVBoxLayout) -> None:
        self._go_row = QWidget(self)
        self.place = place_edit(self)
        self.place.setAccessibleName(tr("Place to go to"))
        self.place.setToolTip(tr("A crater, mountain, valley or landing site, or longitude (east) and latitude"))
        self.place.returnPressed.connect(self.go)
        go = QPushButton(tr("&Go"), self)
        go.setToolTip(tr("Show this place on the map"))
        go.clicked.connect(self.go)
        row = QHBoxLayout(self._go_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.place, 1)
        row.addWidget(go)
        self._polar_row = QWidget(self)
        polar = QPushButton(tr("Use the pola&r map"), self)
        polar.setToolTip(tr("Shows the surroundings of the pole undistorted, in metres"))
        polar.clicked.connect(self._go_polar)
        beside = QHBoxLayout(self._polar_row)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(words(tr("So near a pole this map is stretched."), small=True), 1)
        beside.addWidget(polar)
        column.addWidget(self._go_row)
        column.addWidget(self._polar_row)
