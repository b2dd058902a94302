"""What the area is, in words, and what can be done with it."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ...common.words import Area
from ...planet.bodies import MARS
from ..words import tr
from . import describe
from .parts import words


class ResultBox(QWidget):
    """Empty until ``show_area``."""

    zoom_wanted = pyqtSignal()
    clear_wanted = pyqtSignal()
    outline_wanted = pyqtSignal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nothing = words(tr("No area yet: draw one, or take it from one of the sources above."), small=True)
        self.box = QFrame(self)
        self.box.setFrameShape(QFrame.Shape.StyledPanel)
        self.size_line, self.where_line, self.bounds_line = words(), words(), words(small=True)
        font = self.size_line.font()
        font.setBold(True)
        self.size_line.setFont(font)
        self.size_line.setToolTip(
            tr("Measured on the sphere of Mars, radius {radius} km").format(radius=f"{MARS.radius / 1e3:.2f}")
        )
        self.where_line.setToolTip(tr("The middle of the area: latitude, and longitude counted eastwards"))
        inner = QVBoxLayout(self.box)
        inner.setContentsMargins(8, 6, 8, 6)
        for label in (self.size_line, self.where_line, self.bounds_line):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            inner.addWidget(label)
        zoom = QPushButton(tr("&Zoom to it"), self)
        zoom.setToolTip(tr("Show all of the area on the map"))
        zoom.clicked.connect(lambda *_: self.zoom_wanted.emit())
        clear = QPushButton(tr("&Clear"), self)
        clear.setToolTip(tr("Forget this area"))
        clear.clicked.connect(lambda *_: self.clear_wanted.emit())
        outline = QCheckBox(tr("&Outline"), self)
        outline.setChecked(True)
        outline.setToolTip(tr("Show its outline on the map"))
        outline.toggled.connect(self.outline_wanted)
        row = QHBoxLayout()
        for widget in (zoom, clear, outline):
            row.addWidget(widget)
        row.addStretch(1)
        inner.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._nothing)
        column.addWidget(self.box)
        self.show_area(None)

    def show_area(self, area: Area | None) -> None:
        """Describe it; None for no area."""
        self._nothing.setVisible(area is None)
        self.box.setVisible(area is not None)
        if area is not None:
            self.size_line.setText(describe.size(area))
            self.where_line.setText(describe.where(area))
            self.bounds_line.setText(describe.bounds(area))
