"""Choosing Mars Years: a range by two spin boxes, or any list as text; the two stand in step."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QLineEdit, QSpinBox, QWidget

from ...common.errors import InputError
from ...planet.time import parse_mars_years
from ..words import tr
from . import names

#: The first Mars Year that the spin boxes offer less one, which they show as "any". Viking came in MY 12.
_ANY = 11


class YearsChooser(QWidget):
    """``changed`` when what is chosen changed; ``wrong(message)`` where the text cannot be read, "" once it can."""

    changed = pyqtSignal()
    wrong = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._years: tuple[tuple[int, int], ...] = ()
        tip = tr(
            "A Mars Year is 687 days. Mars Year 1 began on 11 April 1955; HiRISE's first images are of Mars Year 28."
        )
        self._first = self._spin(tr("First Mars Year"), tip)
        self._last = self._spin(tr("Last Mars Year"), tip)
        self._text = QLineEdit(self)
        self._text.setPlaceholderText(tr("all years; or for example 28, 30-31"))
        self._text.setAccessibleName(tr("Mars Years as a list"))
        self._text.setToolTip(tip + " " + tr("Write years and ranges with commas between them."))
        self._text.setClearButtonEnabled(True)
        self._text.setMaxLength(1000)
        from_label = QLabel(tr("&Mars Years"), self)
        from_label.setBuddy(self._first)
        list_label = QLabel(tr("or a &list"), self)
        list_label.setBuddy(self._text)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(from_label, 0, 0)
        grid.addWidget(self._first, 0, 1)
        grid.addWidget(QLabel(tr("to"), self), 0, 2)
        grid.addWidget(self._last, 0, 3)
        grid.addWidget(list_label, 1, 0)
        grid.addWidget(self._text, 1, 1, 1, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self._first.valueChanged.connect(self._from_spins)
        self._last.valueChanged.connect(self._from_spins)
        self._text.editingFinished.connect(self._from_text)

    @property
    def years(self) -> tuple[tuple[int, int], ...]:
        """Inclusive ranges; () is all."""
        return self._years

    def fields(self) -> list[QWidget]:
        """Its fields in the keyboard's order."""
        return [self._first, self._last, self._text]

    def set_years(self, years: tuple[tuple[int, int], ...]) -> None:
        """Show these; no signal."""
        self._years = years
        self._show()

    def take_text(self) -> bool:
        """Read what stands in the text field now (it may not have been left yet). False where it cannot be read."""
        return self._from_text()

    def _spin(self, name: str, tip: str) -> QSpinBox:
        spin = QSpinBox(self)
        spin.setRange(_ANY, names.this_mars_year() + 2)
        spin.setSpecialValueText(tr("any"))
        spin.setAccessibleName(name)
        spin.setToolTip(tip)
        # The first step up from "any" would be Viking's year; what most people want starts with HiRISE's.
        spin.setValue(_ANY)
        spin.setKeyboardTracking(False)
        return spin

    def _from_spins(self) -> None:
        first, last = self._first.value(), self._last.value()
        if first == _ANY and last == _ANY:
            years: tuple[tuple[int, int], ...] = ()
        else:
            low = 1 if first == _ANY else first
            high = self._last.maximum() if last == _ANY else last
            if low > high:
                # The box that was turned wins; the other follows.
                low = high = first if self.sender() is self._first else last
            years = ((low, high),)
        self._set(years)

    def _from_text(self) -> bool:
        try:
            years = parse_mars_years(self._text.text())
        except InputError as error:
            self.wrong.emit(str(error))
            return False
        self.wrong.emit("")
        self._set(years)
        return True

    def _set(self, years: tuple[tuple[int, int], ...]) -> None:
        changed = years != self._years
        self._years = years
        self._show()
        if changed:
            self.changed.emit()

    def _show(self) -> None:
        low, high = (self._years[0][0], self._years[-1][1]) if len(self._years) == 1 else (_ANY, _ANY)
        for spin, value in ((self._first, low), (self._last, high)):
            spin.blockSignals(True)
            spin.setValue(max(value, _ANY))
            spin.blockSignals(False)
        self._text.setText(names.years_text(self._years))
