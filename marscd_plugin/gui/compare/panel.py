"""Choosing two raster layers and comparing them on the map: blink and swipe."""

from __future__ import annotations

from typing import Any

from qgis.core import Qgis, QgsApplication, QgsMapLayer
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import QSignalBlocker, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence, QShortcut
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..words import tr
from .comparison import Blink, Comparison, Swipe

#: The slider's unit: beats of half a hertz, 0.5 to 5 pictures a second.
_UNIT = 0.5


class ComparePanel(QWidget):
    """A and B, Blink, Swipe. Knows nothing of series: any two raster layers of the project will do."""

    #: Something to tell the user.
    hinted = pyqtSignal(str)
    #: A comparison began (True) or ended.
    running_changed = pyqtSignal(bool)

    def __init__(self, canvas: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.comparison: Comparison | None = None
        self.before, self.after = self._combo("A"), self._combo("B")
        self._build()
        for combo in (self.before, self.after):
            combo.layerChanged.connect(self._again)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.activated.connect(self.stop)

    def choose(self, before: QgsMapLayer | None, after: QgsMapLayer | None) -> None:
        """Put two layers into A and B."""
        with QSignalBlocker(self.before), QSignalBlocker(self.after):
            if before is not None:
                self.before.setLayer(before)
            if after is not None:
                self.after.setLayer(after)
        self._again()

    def start_blink(self) -> None:
        """Blink A and B."""
        self._start("blink")

    def start_swipe(self) -> None:
        """Swipe between A and B."""
        self._start("swipe")

    def stop(self) -> None:
        """End whatever runs."""
        if self.comparison is not None:
            self.comparison.stop()

    def _start(self, kind: str) -> None:
        self.stop()
        before, after = self.before.currentLayer(), self.after.currentLayer()
        if before is None or after is None or before is after:
            self._show_running("")
            self.hinted.emit(tr("Choose two different images as A and B first."))
            return
        made = (Blink if kind == "blink" else Swipe)(self._canvas, before, after, self)
        if isinstance(made, Blink):
            made.set_rate(self._speed.value() * _UNIT)
            made.paused.connect(self._paused)
        elif isinstance(made, Swipe):
            made.set_upright(not self._level.isChecked())
        made.ended.connect(lambda: self._ended(made))
        self.comparison = made
        self._show_running(kind)
        made.start()
        self.running_changed.emit(True)

    def _ended(self, which: Comparison) -> None:
        which.deleteLater()
        if self.comparison is which:
            self.comparison = None
            self._show_running("")
            self.running_changed.emit(False)

    def _again(self, *_: Any) -> None:
        """Other layers were chosen: go on with those."""
        running = self.comparison
        if running is None:
            return
        chosen = (self.before.currentLayer(), self.after.currentLayer())
        if None in chosen:
            self.stop()
        elif chosen != running.snapshots.layers:
            self._start("blink" if isinstance(running, Blink) else "swipe")

    def _swap(self) -> None:
        self.choose(self.after.currentLayer(), self.before.currentLayer())

    def _toggle(self, kind: str, wanted: bool) -> None:
        if wanted:
            self._start(kind)
        else:
            self.stop()

    def _paused(self, held: bool) -> None:
        with QSignalBlocker(self._pause):
            self._pause.setChecked(held)
        self._pause.setText(tr("Go on") if held else tr("Pa&use"))

    def _hold(self, held: bool) -> None:
        if isinstance(self.comparison, Blink):
            self.comparison.pause(held)

    def _set_speed(self, value: int) -> None:
        self._rate.setText(tr("{rate} a second").format(rate=f"{value * _UNIT:g}"))
        if isinstance(self.comparison, Blink):
            self.comparison.set_rate(value * _UNIT)

    def _set_level(self, level: bool) -> None:
        if isinstance(self.comparison, Swipe):
            self.comparison.set_upright(not level)

    def _show_running(self, kind: str) -> None:
        for button, name in ((self._blink, "blink"), (self._swipe, "swipe")):
            with QSignalBlocker(button):
                button.setChecked(kind == name)
        self._blinking.setVisible(kind == "blink")
        self._swiping.setVisible(kind == "swipe")
        self._paused(False)

    def _combo(self, letter: str) -> QgsMapLayerComboBox:
        combo = QgsMapLayerComboBox(self)
        combo.setFilters(Qgis.LayerFilter.RasterLayer)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(12)
        combo.setAccessibleName(tr("Image {letter}").format(letter=letter))
        combo.setToolTip(tr("Any raster layer of the project: an image of the series, or another one"))
        return combo

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        grid = QGridLayout()
        for row, (combo, words) in enumerate(((self.before, "&A"), (self.after, "&B"))):
            label = QLabel(words, self)
            label.setBuddy(combo)
            grid.addWidget(label, row, 0)
            grid.addWidget(combo, row, 1)
        grid.setColumnStretch(1, 1)
        swap = QToolButton(self)
        swap.setText("⇅")
        swap.setToolTip(tr("Exchange A and B"))
        swap.setAccessibleName(tr("Exchange A and B"))
        swap.clicked.connect(self._swap)
        grid.addWidget(swap, 0, 2, 2, 1)
        column.addLayout(grid)

        buttons = QHBoxLayout()
        self._blink = self._button(
            tr("Blin&k"), tr("Show A and B in turn on the map: what changed seems to move. Esc ends it."), "blink"
        )
        self._swipe = self._button(
            tr("S&wipe"), tr("A on one side of a line on the map, B on the other; drag the line. Esc ends it."), "swipe"
        )
        buttons.addWidget(self._blink)
        buttons.addWidget(self._swipe)
        column.addLayout(buttons)
        column.addWidget(self._make_blinking())
        column.addWidget(self._make_swiping())
        self._show_running("")

    def _button(self, words: str, tip: str, kind: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setCheckable(True)
        button.setToolTip(tip)
        button.toggled.connect(lambda wanted: self._toggle(kind, wanted))
        return button

    def _make_blinking(self) -> QWidget:
        self._blinking = QWidget(self)
        column = QVBoxLayout(self._blinking)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        self._speed = QSlider(Qt.Orientation.Horizontal, self._blinking)
        self._speed.setRange(1, 10)
        self._speed.setValue(4)
        self._speed.setPageStep(2)
        self._speed.setToolTip(tr("How many pictures a second"))
        label = QLabel(tr("Sp&eed"), self._blinking)
        label.setBuddy(self._speed)
        self._rate = QLabel(self._blinking)
        self._rate.setMinimumWidth(self._rate.fontMetrics().horizontalAdvance(tr("{rate} a second").format(rate="0.5")))
        self._pause = QPushButton(tr("Pa&use"), self._blinking)
        self._pause.setCheckable(True)
        self._pause.setIcon(QgsApplication.getThemeIcon("/temporal_navigation/pause.svg"))
        self._pause.setToolTip(tr("Hold the picture that is shown (Space on the map; then ← shows A, → shows B)"))
        self._pause.toggled.connect(self._hold)
        self._speed.valueChanged.connect(self._set_speed)
        self._set_speed(self._speed.value())
        for widget in (label, self._speed, self._rate, self._pause):
            row.addWidget(widget, 1 if widget is self._speed else 0)
        column.addLayout(row)
        column.addWidget(_note(tr("On the map: Space holds, ← and → choose, Esc ends."), self._blinking))
        return self._blinking

    def _make_swiping(self) -> QWidget:
        self._swiping = QWidget(self)
        column = QVBoxLayout(self._swiping)
        column.setContentsMargins(0, 0, 0, 0)
        self._level = QCheckBox(tr("Line from left to rig&ht"), self._swiping)
        self._level.setToolTip(tr("A above and B below the line, instead of left and right of it"))
        self._level.toggled.connect(self._set_level)
        column.addWidget(self._level)
        column.addWidget(
            _note(tr("Drag the line on the map, or move it with the arrow keys. Esc ends."), self._swiping)
        )
        return self._swiping


def _note(words: str, parent: QWidget) -> QLabel:
    label = QLabel(words, parent)
    label.setWordWrap(True)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * 0.92)
    label.setFont(font)
    return label
