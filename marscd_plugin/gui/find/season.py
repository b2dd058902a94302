"""When to look: Mars Years, season, UTC, sun and instruments, each with what it means in words."""

from __future__ import annotations

from datetime import datetime, timezone

from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ...common.words import INSTRUMENTS, Season
from ...processing.observations import from_qdatetime, to_qdatetime
from ..words import tr
from . import names
from .wheel import SeasonWheel
from .years import YearsChooser

_OWN = 5
#: How long the hands must rest before the choice is taken over (and written into the job's folder).
_REST_MS = 350


class SeasonPanel(QWidget):
    """``chosen`` once the user's hands rest; read ``season``, ``instruments``, ``max_incidence`` then."""

    chosen = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.chosen)
        self._wrong = ""
        self.years = YearsChooser(self)
        self.wheel = SeasonWheel(self)
        self._preset = self._make_preset()
        self.start, self.end = self._degrees(tr("Start of the season, Ls")), self._degrees(tr("End of the season, Ls"))
        self._instruments = {name: self._make_instrument(name) for name in INSTRUMENTS}
        self._incidence_on, self.incidence = self._make_incidence()
        self._not_before, self.not_before = self._date(tr("&Not before"), (2006, 9, 1))
        self._not_after, self.not_after = self._date(tr("Not &after"), (2030, 1, 1))
        self._summary = QLabel(self)
        self._summary.setWordWrap(True)
        self._summary.setAccessibleName(tr("The choice in words"))
        self._summary.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)
        self._lay_out()
        self._connect()
        self.show_choice(Season(), ("HIRISE",), None)

    # -- what is chosen -------------------------------------------------------------------------------------------

    @property
    def season(self) -> Season:
        """The Season that the widgets show."""
        whole = self.wheel.whole
        return Season(
            mars_years=self.years.years,
            solar_longitude=None if whole else self.wheel.ends,
            start=_utc(self.not_before) if self._not_before.isChecked() else None,
            end=_utc(self.not_after) if self._not_after.isChecked() else None,
        )

    @property
    def instruments(self) -> tuple[str, ...]:
        return tuple(name for name, box in self._instruments.items() if box.isChecked())

    @property
    def max_incidence(self) -> float | None:
        return self.incidence.value() if self._incidence_on.isChecked() else None

    @property
    def fault(self) -> str:
        """Why the choice cannot be used; "" where it can."""
        if self._wrong:
            return self._wrong
        if not self.instruments:
            return tr("No instrument is ticked. Tick at least one.")
        season = self.season
        if season.start is not None and season.end is not None and season.start > season.end:
            return tr("The dates run backwards. Let the first date be before the last.")
        return ""

    def take_over(self) -> None:
        """Read a text that is still being written, and say ``chosen`` now if something was waiting."""
        self.years.take_text()
        if self._rest.isActive():
            self._rest.stop()
            self.chosen.emit()

    def show_choice(self, season: Season, instruments: tuple[str, ...], max_incidence: float | None) -> None:
        """Show what was asked (of a reopened job); no signal."""
        if self._rest.isActive():
            return
        self.years.set_years(season.mars_years)
        self.wheel.set_range(season.solar_longitude)
        self._show_degrees()
        for check, edit, value in (
            (self._not_before, self.not_before, season.start),
            (self._not_after, self.not_after, season.end),
        ):
            _quietly(check, lambda c=check, v=value: c.setChecked(v is not None))
            edit.setEnabled(value is not None)
            if value is not None:
                _quietly(edit, lambda e=edit, v=value: e.setDateTime(to_qdatetime(v)))
        for name, box in self._instruments.items():
            _quietly(box, lambda b=box, on=name in instruments: b.setChecked(on))
        _quietly(self._incidence_on, lambda: self._incidence_on.setChecked(max_incidence is not None))
        self.incidence.setEnabled(max_incidence is not None)
        if max_incidence is not None:
            _quietly(self.incidence, lambda: self.incidence.setValue(max_incidence))
        self._say()

    # -- widgets --------------------------------------------------------------------------------------------------

    def _make_preset(self) -> QComboBox:
        preset = QComboBox(self)
        preset.addItem(tr("Whole year"))
        for index in range(4):
            preset.addItem(f"{names.northern(index)} / {names.southern(index)}")
        preset.addItem(tr("Own range of Ls"))
        preset.setAccessibleName(tr("Season"))
        preset.setToolTip(tr("The same ground looks alike in the same season: frost, shadows and dust come and go."))
        preset.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        preset.setMinimumContentsLength(12)
        return preset

    def _degrees(self, name: str) -> QDoubleSpinBox:
        spin = QDoubleSpinBox(self)
        spin.setRange(0.0, 360.0)
        spin.setDecimals(1)
        spin.setSuffix("\u00b0")
        spin.setWrapping(True)
        spin.setKeyboardTracking(False)
        spin.setAccessibleName(name)
        spin.setToolTip(
            tr("Solar longitude Ls, the season in degrees. A start larger than the end runs through the new year.")
        )
        return spin

    def _make_instrument(self, name: str) -> QCheckBox:
        box = QCheckBox(names.INSTRUMENT_NAMES[name], self)
        box.setChecked(name == "HIRISE")
        box.setToolTip(
            {
                "HIRISE": tr("HiRISE: the sharpest camera, 25 to 50 cm a pixel, narrow strips. Since 2006."),
                "CTX": tr("CTX: the context camera, about 6 m a pixel, wide. Since 2006."),
                "CRISM": tr("CRISM: the mineral spectrometer, about 18 m a pixel."),
            }[name]
        )
        return box

    def _make_incidence(self) -> tuple[QCheckBox, QDoubleSpinBox]:
        tip = tr(
            "Incidence: how far the sun is from overhead, in degrees. 0 is noon on the equator, 90 is sunset; "
            "long shadows hide changes."
        )
        check = QCheckBox(tr("Largest in&cidence"), self)
        check.setToolTip(tip)
        spin = QDoubleSpinBox(self)
        spin.setRange(0.0, 180.0)
        spin.setDecimals(0)
        spin.setValue(70.0)
        spin.setSuffix("\u00b0")
        spin.setEnabled(False)
        spin.setAccessibleName(tr("Largest incidence angle in degrees"))
        spin.setToolTip(tip)
        return check, spin

    def _date(self, label: str, first: tuple[int, int, int]) -> tuple[QCheckBox, QDateTimeEdit]:
        check = QCheckBox(label, self)
        tip = tr("A date and time in UTC. It narrows the Mars Years and the season further.")
        check.setToolTip(tip)
        edit = QDateTimeEdit(self)
        _make_utc(edit)
        edit.setDateTime(QDateTime(QDate(*first), QTime(0, 0), Qt.TimeSpec.UTC))
        edit.setDisplayFormat("yyyy-MM-dd HH:mm")
        edit.setCalendarPopup(True)
        edit.setEnabled(False)
        edit.setAccessibleName(label.replace("&", "") + " (UTC)")
        edit.setToolTip(tip)
        edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return check, edit

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(4)
        column.addWidget(self.years)
        season_label = QLabel(tr("S&eason"), self)
        season_label.setBuddy(self._preset)
        row = QHBoxLayout()
        row.addWidget(season_label)
        row.addWidget(self._preset, 1)
        column.addLayout(row)
        ls_row = QHBoxLayout()
        ls_label = QLabel(tr("L&s from"), self)
        ls_label.setBuddy(self.start)
        ls_row.addWidget(ls_label)
        ls_row.addWidget(self.start, 1)
        ls_row.addWidget(QLabel(tr("to"), self))
        ls_row.addWidget(self.end, 1)
        column.addLayout(ls_row)
        column.addWidget(self.wheel)
        grid = QGridLayout()
        grid.addWidget(self._not_before, 0, 0)
        grid.addWidget(self.not_before, 0, 1)
        grid.addWidget(QLabel("UTC", self), 0, 2)
        grid.addWidget(self._not_after, 1, 0)
        grid.addWidget(self.not_after, 1, 1)
        grid.addWidget(QLabel("UTC", self), 1, 2)
        grid.addWidget(self._incidence_on, 2, 0)
        grid.addWidget(self.incidence, 2, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        instruments = QHBoxLayout()
        for box in self._instruments.values():
            instruments.addWidget(box)
        instruments.addStretch(1)
        column.addLayout(instruments)
        column.addWidget(self._summary)

    def fields(self) -> list[QWidget]:
        """All fields in the order in which the keyboard should reach them."""
        order = [*self.years.fields(), self._preset, self.start, self.end, self.wheel]
        order += [self._not_before, self.not_before, self._not_after, self.not_after]
        return [*order, self._incidence_on, self.incidence, *self._instruments.values()]

    def _connect(self) -> None:
        self.years.changed.connect(self._edited)
        self.years.wrong.connect(self._years_wrong)
        self.wheel.range_changed.connect(self._wheel_moved)
        self.wheel.settled.connect(self._edited)
        self._preset.activated.connect(self._preset_chosen)
        for spin in (self.start, self.end):
            spin.valueChanged.connect(self._degrees_changed)
        for check, edit in (
            (self._not_before, self.not_before),
            (self._not_after, self.not_after),
            (self._incidence_on, self.incidence),
        ):
            check.toggled.connect(edit.setEnabled)
            check.toggled.connect(self._edited)
        self.not_before.dateTimeChanged.connect(self._edited)
        self.not_after.dateTimeChanged.connect(self._edited)
        self.incidence.valueChanged.connect(self._edited)
        for box in self._instruments.values():
            box.toggled.connect(self._edited)

    # -- in step --------------------------------------------------------------------------------------------------

    def _edited(self, *_: object) -> None:
        self._say()
        self._rest.start()

    def _years_wrong(self, message: str) -> None:
        self._wrong = message
        self._say()

    def _wheel_moved(self, *_: float) -> None:
        self._show_degrees()
        self._say()

    def _preset_chosen(self, index: int) -> None:
        if index == 0:
            self.wheel.set_range(None)
        elif index == _OWN:
            self.wheel.set_range(self.wheel.ends)
        else:
            self.wheel.set_range(((index - 1) * 90.0, index * 90.0))
        self._show_degrees()
        self._edited()
        if index == _OWN:
            self.start.setFocus()

    def _degrees_changed(self) -> None:
        start, end = self.start.value(), self.end.value()
        if start % 360.0 == end % 360.0 and (start, end) != (0.0, 360.0):
            # An instant is no season; the other end keeps its place a degree further on.
            end = (start + 1.0) % 360.0
        self.wheel.set_range((start, end))
        self._show_degrees()
        self._edited()

    def _show_degrees(self) -> None:
        start, end = self.wheel.ends
        _quietly(self.start, lambda: self.start.setValue(start))
        _quietly(self.end, lambda: self.end.setValue(end))
        index = _OWN
        if self.wheel.whole:
            index = 0
        elif start % 90.0 == 0 and (end - start) % 360.0 == 90.0:
            index = 1 + names.quarter(start)
        self._preset.setCurrentIndex(index)
        for spin in (self.start, self.end):
            spin.setEnabled(not self.wheel.whole)

    def _say(self) -> None:
        if self.fault:
            text = self.fault
        else:
            season = self.season
            text = names.sentence(season, self.instruments, self.max_incidence)
            if dates := names.windows_text(season):
                text += "\n" + dates
        self._summary.setText(text)
        self._summary.setAccessibleDescription(text)


def _quietly(widget: QWidget, change) -> None:
    widget.blockSignals(True)
    try:
        change()
    finally:
        widget.blockSignals(False)


def _utc(edit: QDateTimeEdit) -> datetime:
    """The clock reading of the field, which is UTC."""
    return from_qdatetime(edit.dateTime()).astimezone(timezone.utc)


def _make_utc(edit: QDateTimeEdit) -> None:
    """Qt 6.7 on has time zones here; before, a time specification."""
    if hasattr(edit, "setTimeZone"):
        from qgis.PyQt.QtCore import QTimeZone

        edit.setTimeZone(QTimeZone.utc())
    else:
        edit.setTimeSpec(Qt.TimeSpec.UTC)
