"""The threshold: a slider and a number in step, with the model's own as default."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QDoubleSpinBox, QHBoxLayout, QSlider, QToolButton, QWidget

from ..words import tr

_STEPS = 100


class Threshold(QWidget):
    """A probability 0.01..0.99. ``changed`` carries it while it moves."""

    changed = pyqtSignal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._default: float | None = None
        tip = tr(
            "The probability from which ground counts as changed. Lower finds more, and more that is no change; "
            "higher finds less."
        )
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(1, _STEPS - 1)
        self.slider.setPageStep(5)
        self.slider.setAccessibleName(tr("Threshold"))
        self.slider.setToolTip(tip)
        self.number = QDoubleSpinBox(self)
        self.number.setRange(0.01, 0.99)
        self.number.setDecimals(2)
        self.number.setSingleStep(0.01)
        self.number.setAccessibleName(tr("Threshold as a number"))
        self.number.setToolTip(tip)
        self.reset = QToolButton(self)
        self.reset.setText(tr("Model's"))
        self.reset.setToolTip(tr("Back to the threshold that the model was tuned at"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.slider, 1)
        row.addWidget(self.number)
        row.addWidget(self.reset)
        self.setFocusProxy(self.slider)
        self.set_value(0.5)
        self.slider.valueChanged.connect(self._slid)
        self.number.valueChanged.connect(self._typed)
        self.reset.clicked.connect(self._back)
        self.reset.setEnabled(False)

    @property
    def value(self) -> float:
        return round(self.number.value(), 2)

    @property
    def is_default(self) -> bool:
        """True where it stands at the model's own."""
        return self._default is not None and abs(self.value - self._default) < 0.005

    def set_default(self, value: float | None) -> None:
        """The model's own threshold; a threshold that stood at the former one (or was never moved) follows."""
        follow = self._default is None or self.is_default
        self._default = value
        if value is not None and follow:
            self.set_value(value)
        self._mark()

    def set_value(self, value: float) -> None:
        """Without a signal."""
        for widget, number in ((self.slider, round(value * _STEPS)), (self.number, value)):
            blocked = widget.blockSignals(True)
            widget.setValue(number)
            widget.blockSignals(blocked)
        self._mark()

    def _slid(self, step: int) -> None:
        self.set_value(step / _STEPS)
        self.changed.emit(self.value)

    def _typed(self, value: float) -> None:
        self.set_value(value)
        self.changed.emit(self.value)

    def _back(self) -> None:
        if self._default is not None:
            self.set_value(self._default)
            self.changed.emit(self.value)

    def _mark(self) -> None:
        self.reset.setEnabled(self._default is not None and not self.is_default)
