"""One setting on the options page: its widget, a button back to the default, and a line for what is wrong with it."""

from __future__ import annotations

from dataclasses import fields

from qgis.core import QgsApplication
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QWidget,
)

from ...common.errors import InputError
from ...common.settings import MAX_CONCURRENCY, Settings, parse, text_of, variables
from ...common.words import DEVICES
from ..words import tr


def default_text(name: str) -> str:
    """The default of a field, as text."""
    value = getattr(Settings(), name)
    return text_of(value) if isinstance(value, (tuple, float)) else str(value)


class SettingRow(QObject):
    """``label``, ``editor`` (with the reset button) and ``note`` are laid out by the page."""

    changed = pyqtSignal()

    def __init__(self, name: str, text: str, tip: str, stored: str, given: str, parent: QWidget) -> None:
        """``stored`` is what the profile holds, ``given`` what the environment variable says ("" for neither)."""
        super().__init__(parent)
        self.name, self.given = name, given
        self.default = default_text(name)
        self.variable = variables()[name]
        self.box = QWidget(parent)
        self.input = self._make_input(self.box)
        self.input.setToolTip(tip)
        self.input.setAccessibleName(text.replace("&", ""))
        self.reset_button = QToolButton(self.box)
        self.reset_button.setIcon(QgsApplication.getThemeIcon("/mActionUndo.svg"))
        self.reset_button.setAutoRaise(True)
        self.reset_button.setToolTip(tr("Back to the default: {value}").format(value=self._shown(self.default)))
        self.reset_button.setAccessibleName(tr("Back to the default"))
        self.reset_button.clicked.connect(lambda: self.set_value(""))
        row = QHBoxLayout(self.box)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.input, 1)
        row.addWidget(self.reset_button)
        self.label = QLabel(text, parent)
        self.label.setToolTip(tip)
        self.label.setBuddy(self.input)
        self.note = QLabel(parent)
        self.note.setWordWrap(True)
        self.note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_value(given or stored)
        self._listen()
        if given:
            self.input.setEnabled(False)
            self.reset_button.setEnabled(False)
        self.look()

    def value(self) -> str:
        """What would be stored; "" for the default."""
        text = self._text().strip()
        return "" if text == self.default else text

    def set_value(self, text: str) -> None:
        """Show a stored value; "" shows the default."""
        raise NotImplementedError

    def problem(self) -> str:
        """What is wrong with the value, and what would do; "" where nothing is."""
        text = self._text().strip()
        if not text or self.given:
            return ""
        try:
            parse(self.name, text, tr("This"))
        except InputError as error:
            return str(error)
        return ""

    def look(self) -> None:
        """Say what is to be said of the value as it stands."""
        problem = self.problem()
        # Readable on light and on dark grounds.
        self.note.setStyleSheet("color: #d04437" if problem else "")
        text = problem
        if self.given:
            text = tr("Set by the environment variable {variable}.").format(variable=self.variable)
        self.note.setText(text or self.remark())
        self.note.setVisible(bool(self.note.text()))
        if not self.given:
            self.reset_button.setEnabled(bool(self.value()))
        self.changed.emit()

    def remark(self) -> str:
        """Something to know of a sound value."""
        return ""

    def _make_input(self, parent: QWidget) -> QWidget:
        raise NotImplementedError

    def _listen(self) -> None:
        raise NotImplementedError

    def _text(self) -> str:
        raise NotImplementedError

    def _shown(self, value: str) -> str:
        return value


class AddressRow(SettingRow):
    """One line of text: an archive's root, hosts, a number with decimals."""

    input: QLineEdit

    def _make_input(self, parent: QWidget) -> QWidget:
        made = QLineEdit(parent)
        made.setPlaceholderText(self.default)
        return made

    def _listen(self) -> None:
        self.input.textChanged.connect(lambda: self.look())

    def _text(self) -> str:
        return self.input.text()

    def set_value(self, text: str) -> None:
        self.input.setText(text)


class FolderRow(SettingRow):
    """A folder on this computer."""

    input: QgsFileWidget

    def _make_input(self, parent: QWidget) -> QWidget:
        made = QgsFileWidget(parent)
        made.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        made.lineEdit().setPlaceholderText(self.default)
        return made

    def _listen(self) -> None:
        self.input.fileChanged.connect(lambda _: self.look())

    def _text(self) -> str:
        return self.input.filePath()

    def set_value(self, text: str) -> None:
        self.input.setFilePath(text)


class NumberRow(SettingRow):
    """How many files at the same time."""

    input: QSpinBox

    def _make_input(self, parent: QWidget) -> QWidget:
        made = QSpinBox(parent)
        made.setRange(1, MAX_CONCURRENCY)
        return made

    def _listen(self) -> None:
        self.input.valueChanged.connect(lambda _: self.look())

    def _text(self) -> str:
        return str(self.input.value())

    def set_value(self, text: str) -> None:
        # A value stored by hand may be no number, or out of range: then the default is shown.
        try:
            number = parse(self.name, text or self.default)
        except InputError:
            number = int(self.default)
        self.input.setValue(number)


class FlagRow(SettingRow):
    """Yes or no. The text stands at the box itself."""

    input: QCheckBox

    def _make_input(self, parent: QWidget) -> QWidget:
        return QCheckBox(parent)

    def _listen(self) -> None:
        self.input.toggled.connect(lambda _: self.look())

    def _text(self) -> str:
        return str(self.input.isChecked())

    def set_value(self, text: str) -> None:
        self.input.setChecked(bool(parse(self.name, text or self.default)))

    def _shown(self, value: str) -> str:
        return tr("on") if value == "True" else tr("off")


class DeviceRow(SettingRow):
    """What models run on; devices that are not here can be chosen, with a note."""

    input: QComboBox

    def __init__(self, *arguments, notes: dict[str, str]) -> None:
        self.notes = notes
        super().__init__(*arguments)

    def _make_input(self, parent: QWidget) -> QWidget:
        made = QComboBox(parent)
        for name in DEVICES:
            made.addItem(self._shown(name), name)
        return made

    def _listen(self) -> None:
        self.input.currentIndexChanged.connect(lambda _: self.look())

    def _text(self) -> str:
        return str(self.input.currentData())

    def set_value(self, text: str) -> None:
        self.input.setCurrentIndex(max(0, self.input.findData(text.upper() or self.default)))

    def _shown(self, value: str) -> str:
        name = {
            "AUTO": tr("The best there is"),
            "CPU": tr("Processor (CPU)"),
            "CUDA": tr("NVIDIA card (CUDA)"),
            "DIRECTML": tr("Graphics card on Windows (DirectML)"),
            "COREML": tr("Apple (CoreML)"),
        }[value]
        return name if not self.notes.get(value) else tr("{device}, not available here").format(device=name)

    def remark(self) -> str:
        note = self.notes.get(self._text(), "")
        return tr("Not available here: {reason}.").format(reason=note) if note else ""


def names_of(ending: str) -> list[str]:
    """The fields whose name ends so, in the order of the dataclass."""
    return [f.name for f in fields(Settings) if f.name.endswith(ending)]
