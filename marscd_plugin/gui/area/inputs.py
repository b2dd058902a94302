"""The ways to an area without drawing: a small form for each, of which one is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import Qgis
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ...common.words import Area
from ..mars.search import place_edit
from ..words import tr
from .sources import area_of_canvas, area_of_layer, area_of_numbers, area_of_place


class OtherWays(QWidget):
    """Chooses a way, takes what it needs, and asks the page to set the area."""

    #: A function that makes (area, what to say); it may raise MarscdError.
    wanted = pyqtSignal(object)

    def __init__(self, canvas: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.way = QComboBox(self)
        self.way.setAccessibleName(tr("Other ways to say where"))
        self.way.setToolTip(tr("Take the area from something that is there already"))
        self.pages = QStackedWidget(self)
        self._takes: list[Callable[[], tuple[Area, str]]] = []
        for title, form, take in (
            (tr("What the map shows"), self._map(), lambda: (area_of_canvas(self._canvas), "")),
            (tr("A place and a radius"), self._place(), self._take_place),
            (tr("West, south, east, north"), self._numbers(), self._take_numbers),
            (tr("Polygons of a layer"), self._layer(), lambda: area_of_layer(self.layer.currentLayer())),
        ):
            self.way.addItem(title)
            self.pages.addWidget(form)
            self._takes.append(take)
        self.use = QPushButton(tr("&Use as area"), self)
        self.use.setToolTip(tr("Set the area from what is given above"))
        self.use.clicked.connect(self._use)
        self.way.currentIndexChanged.connect(self._shown)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.way, self.pages, self.use):
            column.addWidget(widget)
        self._shown(0)

    def _shown(self, index: int) -> None:
        # The stack is as high as the form that is shown, not as the highest.
        for number in range(self.pages.count()):
            form = self.pages.widget(number)
            vertical = form.sizePolicy().Policy.Preferred if number == index else form.sizePolicy().Policy.Ignored
            form.setSizePolicy(form.sizePolicy().Policy.Preferred, vertical)
        self.pages.setCurrentIndex(index)
        self.pages.adjustSize()
        self.pages.updateGeometry()

    def _use(self) -> None:
        self.wanted.emit(self._takes[self.way.currentIndex()])

    def _map(self) -> QWidget:
        words = QLabel(tr("Move and zoom the map until it shows what you want to watch."), self)
        words.setWordWrap(True)
        return words

    def _place(self) -> QWidget:
        self.place = place_edit(self)
        self.place.setAccessibleName(tr("Place"))
        self.place.setToolTip(tr("A named place, or coordinates: longitude (east) and latitude"))
        self.place.returnPressed.connect(self._use)
        self.radius = _number(0.1, 5000.0, 1, tr(" km"), 20.0, tr("Radius"))
        self.radius.setToolTip(tr("How far from the middle of the place, along the ground"))
        return _form(self, (tr("&Place"), self.place), (tr("&Radius"), self.radius))

    def _numbers(self) -> QWidget:
        box = QWidget(self)
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        self.sides: dict[str, QDoubleSpinBox] = {}
        for index, (key, title, low, high, value) in enumerate(
            (
                ("west", tr("&West"), -360.0, 360.0, 202.0),
                ("east", tr("&East"), -360.0, 360.0, 202.6),
                ("south", tr("Sou&th"), -90.0, 90.0, -41.9),
                ("north", tr("&North"), -90.0, 90.0, -41.3),
            )
        ):
            spin = _number(low, high, 4, "°", value, title.replace("&", ""))
            spin.setToolTip(
                tr(
                    "Degrees: longitudes count eastwards (0 to 360, or -180 to 180), latitudes are planetocentric "
                    "(angles at the planet's centre), south negative. West 170 and east 190 go across 180."
                )
            )
            label = QLabel(title, box)
            label.setBuddy(spin)
            grid.addWidget(label, index // 2, index % 2 * 2)
            grid.addWidget(spin, index // 2, index % 2 * 2 + 1)
            self.sides[key] = spin
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return box

    def _layer(self) -> QWidget:
        self.layer = QgsMapLayerComboBox(self)
        self.layer.setFilters(Qgis.LayerFilter.PolygonLayer)
        self.layer.setAccessibleName(tr("Polygon layer"))
        self.layer.setToolTip(tr("Its selected polygons are used; all of them where none is selected"))
        return _form(self, (tr("&Layer"), self.layer))

    def _take_place(self) -> tuple[Area, str]:
        return area_of_place(self.place.text(), self.radius.value()), ""

    def _take_numbers(self) -> tuple[Area, str]:
        west, south, east, north = (self.sides[k].value() for k in ("west", "south", "east", "north"))
        return area_of_numbers(west, south, east, north), ""


def _number(low: float, high: float, decimals: int, unit: str, value: float, name: str) -> QDoubleSpinBox:
    spin = QDoubleSpinBox()
    spin.setRange(low, high)
    spin.setDecimals(decimals)
    spin.setSuffix(unit)
    spin.setValue(value)
    spin.setAccessibleName(name)
    spin.setMinimumWidth(60)
    return spin


def _form(parent: QWidget, *rows: tuple[str, QWidget]) -> QWidget:
    box = QWidget(parent)
    form = QFormLayout(box)
    form.setContentsMargins(0, 0, 0, 0)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for title, widget in rows:
        label = QLabel(title, box)
        label.setBuddy(widget)
        form.addRow(label, widget)
    return box
