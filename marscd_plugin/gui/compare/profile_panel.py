"""Asking for the profile of a point: by a click, by its coordinates, or the middle of the map; and its plot."""

from __future__ import annotations

import re
from typing import Any

from qgis.core import QgsCoordinateReferenceSystem
from qgis.PyQt.QtCore import QSignalBlocker, Qt, pyqtSignal
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...common.errors import InputError
from ..page import DockContext
from ..words import tr
from .picker import PointPicker
from .plot import ProfilePlot
from .profile import Profile, as_csv, place_of, profile

_NUMBER = r"([-+]?\d{1,3}(?:\.\d+)?)\s*°?"
_PLACE = re.compile(rf"\s*{_NUMBER}\s*E?\s*[,; ]\s*{_NUMBER}\s*N?\s*", re.IGNORECASE)


class ProfilePanel(QWidget):
    """The profile of one point through the dock's series."""

    #: The product id of a point of the plot that the user chose.
    picked = pyqtSignal(str)

    def __init__(self, context: DockContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._asked = 0
        self._window: _Window | None = None
        self.picker = PointPicker(context.canvas, self)
        self.plot = ProfilePlot(self)
        self._build()
        self.picker.picked.connect(self._clicked)
        self.picker.active_changed.connect(self._show_active)
        self.plot.picked.connect(self.picked)

    def clear(self) -> None:
        """The series is another one, or gone."""
        self._asked += 1
        self.picker.release()
        self._set(None)

    def put_away(self) -> None:
        """Give the map's clicks back, and hide the mark."""
        self.picker.stop()
        self.picker.show_mark(False)

    def take_out(self) -> None:
        """Show the mark again."""
        self.picker.show_mark(True)

    def release(self) -> None:
        """Leave nothing on the canvas, no window open."""
        self._asked += 1
        self.picker.release()
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
            self._window = None

    def ask(self, x: float, y: float, crs_wkt: str) -> None:
        """Read the profile at a point of any CRS of the series' body; "" is the series' own CRS."""
        series = self._context.state.series
        if series is None:
            self._context.messages.hint(tr("Build or open a series first: a profile is read from its images."))
            return
        try:
            place = place_of(series, x, y, crs_wkt) if crs_wkt else (x, y)
            self._mark(place)
        except InputError as error:
            self._context.messages.error(error)
            return
        maps = [(p.before, p.after, p.probability) for p in self._context.state.pairs]
        self._asked += 1
        number = self._asked
        job = self._context.jobs.background(
            tr("Profile of a point"), lambda progress: profile(series, place[0], place[1], maps, progress)
        )
        job.succeeded.connect(lambda found: self._set(found) if number == self._asked else None)
        job.failed.connect(lambda message: self._context.messages.failure(message) if number == self._asked else None)

    def _clicked(self, x: float, y: float) -> None:
        self.ask(x, y, _wkt(self._context.canvas.mapSettings().destinationCrs()))

    def _middle(self) -> None:
        centre = self._context.canvas.center()
        self._clicked(centre.x(), centre.y())

    def _typed(self) -> None:
        text = self._place.text()
        if not text.strip():
            return
        match = _PLACE.fullmatch(text)
        longitude, latitude = (float(match[1]), float(match[2])) if match else (0.0, 91.0)
        if abs(latitude) > 90 or not -180 <= longitude <= 360:
            self._context.messages.failure(
                tr("“{text}” is not a longitude and a latitude.").format(text=text[:60]),
                tr("Write degrees east and north with a comma between, such as 202.30, -41.60."),
            )
            return
        series = self._context.state.series
        if series is not None and not series.grid.crs:
            self._context.messages.hint(tr("This series has no coordinates: click the point on the map instead."))
            return
        from ...planet.crs import body_of, geographic_wkt

        body = (body_of(series.grid.crs) if series is not None else None) or "Mars"
        self.ask((longitude + 180) % 360 - 180, latitude, geographic_wkt(body))

    def _mark(self, place: tuple[float, float]) -> None:
        """The mark stands where the profile was read, in the canvas's CRS."""
        series = self._context.state.series
        canvas = self._context.canvas.mapSettings().destinationCrs()
        if series is None:
            return
        x, y = place
        if canvas.isValid() and series.grid.crs:
            from ...planet.crs import transformer

            found = transformer(series.grid.crs, _wkt(canvas)).points([x], [y])
            x, y = float(found[0][0]), float(found[1][0])
        if x == x and y == y:
            self.picker.mark(x, y)

    def _set(self, found: Profile | None) -> None:
        self.plot.set_profile(found)
        if self._window is not None:
            self._window.plot.set_profile(found)
        if found is not None and found.longitude is not None:
            self._place.setText(f"{found.longitude % 360:.5f}, {found.latitude:.5f}")
        for button in (self._copy, self._larger):
            button.setEnabled(found is not None)

    def _copy_csv(self) -> None:
        if self.plot.profile is not None:
            QGuiApplication.clipboard().setText(as_csv(self.plot.profile))
            self._context.messages.news(tr("The profile was copied: paste it into a spreadsheet or a text file."))

    def _open_larger(self) -> None:
        if self._window is None:
            self._window = _Window(self)
            self._window.plot.picked.connect(self.picked)
        self._window.plot.set_profile(self.plot.profile)
        self._window.plot.set_by_season(self._axis.currentIndex() == 1)
        self._window.show()
        self._window.raise_()

    def _set_axis(self, index: int) -> None:
        self.plot.set_by_season(index == 1)
        if self._window is not None:
            self._window.plot.set_by_season(index == 1)

    def _show_active(self, active: bool) -> None:
        with QSignalBlocker(self._click):
            self._click.setChecked(active)

    def _wait_for_click(self, wanted: bool) -> None:
        if not wanted:
            self.picker.stop()
        elif self._context.state.series is None:
            self._show_active(False)
            self._context.messages.hint(tr("Build or open a series first: a profile is read from its images."))
        else:
            self.picker.start()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        self._click = QPushButton(tr("Click a &point"), self)
        self._click.setCheckable(True)
        self._click.setToolTip(
            tr("Then click on the map: the brightness there, in every image, is drawn below. Esc ends it.")
        )
        self._click.toggled.connect(self._wait_for_click)
        middle = QPushButton(tr("&Middle of the map"), self)
        middle.setToolTip(tr("The point in the middle of the map: needs no mouse"))
        middle.clicked.connect(self._middle)
        row.addWidget(self._click)
        row.addWidget(middle)
        column.addLayout(row)
        row = QHBoxLayout()
        self._place = QLineEdit(self)
        self._place.setPlaceholderText("202.30, -41.60")
        self._place.setToolTip(tr("Longitude (degrees east) and latitude (degrees north) of a point; Enter reads it"))
        self._place.returnPressed.connect(self._typed)
        label = QLabel(tr("L&on, lat"), self)
        label.setBuddy(self._place)
        row.addWidget(label)
        row.addWidget(self._place, 1)
        column.addLayout(row)
        column.addWidget(self.plot, 1)
        row = QHBoxLayout()
        self._axis = QComboBox(self)
        self._axis.addItems([tr("Along time"), tr("Along the season")])
        self._axis.setToolTip(
            tr(
                "Along the season, the Mars Years lie over each other: what comes back each year is told from what "
                "happened once. The season is the solar longitude Ls: 0° is the start of northern spring."
            )
        )
        self._axis.setAccessibleName(tr("Horizontal axis"))
        self._axis.currentIndexChanged.connect(self._set_axis)
        self._copy = QToolButton(self)
        self._copy.setText(tr("&Copy"))
        self._copy.setToolTip(tr("Copy the numbers as text (CSV)"))
        self._copy.clicked.connect(self._copy_csv)
        self._larger = QToolButton(self)
        self._larger.setText(tr("Lar&ger"))
        self._larger.setToolTip(tr("Show the plot in a window of its own"))
        self._larger.clicked.connect(self._open_larger)
        row.addWidget(self._axis, 1)
        row.addWidget(self._copy)
        row.addWidget(self._larger)
        column.addLayout(row)
        self._set(None)


class _Window(QWidget):
    """The same plot, larger."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(tr("Profile of a point"))
        self.resize(820, 460)
        self.plot = ProfilePlot(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.plot)


def _wkt(crs: Any) -> str:
    return crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT2_2019) if crs.isValid() else ""
