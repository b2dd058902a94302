"""Second step of the page: which image is searched, and where in it."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ..words import tr
from .image_picker import ImagePicker

WHOLE, VIEW, BOX = "whole", "view", "box"


class WhereBox(QWidget):
    """Says what the user wants."""

    changed = pyqtSignal()
    draw_wanted = pyqtSignal(bool)
    show_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picker = ImagePicker(
            tr("Image to search"),
            tr("Where to look for the same kind of ground: an image of Mars or of Earth, as large as you like"),
            tr("Add the image to search with +: a file, or the web address of a cloud-optimised GeoTIFF."),
            self,
        )
        label = QLabel(tr("Image to &search"), self)
        label.setBuddy(self.picker.box)
        self.part = QComboBox(self)
        for key, text in (
            (WHOLE, tr("The whole image")),
            (VIEW, tr("What its map shows now")),
            (BOX, tr("A box that I draw")),
        ):
            self.part.addItem(text, key)
        self.part.setToolTip(tr("Search only a part: quicker, and chance is measured on that part"))
        self.part.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.part.setMinimumContentsLength(10)
        part_label = QLabel(tr("S&earch in"), self)
        part_label.setBuddy(self.part)
        self.draw = QPushButton(tr("&Draw"), self)
        self.draw.setCheckable(True)
        self.draw.setToolTip(tr("Draw the box on the image's map: drag, or click two opposite corners; Esc leaves"))
        self.draw.toggled.connect(self.draw_wanted)
        self.show_button = QPushButton(tr("S&how"), self)
        self.show_button.setToolTip(
            tr("Show this image: on the map, or in a view of its own where the map lies on another body")
        )
        self.show_button.clicked.connect(lambda *_: self.show_wanted.emit())
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(3)
        row.addWidget(part_label)
        row.addWidget(self.part, 1)
        row.addWidget(self.show_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        column.addWidget(self.picker)
        column.addLayout(row)
        # A row of its own: beside the other two it would make the dock wider.
        column.addWidget(self.draw)
        column.addWidget(self.words)
        self.picker.changed.connect(self._image_changed)
        self.part.currentIndexChanged.connect(lambda _: self._part_changed())
        self._image_changed()
        self._part_changed()

    @property
    def kind(self) -> str:
        """WHOLE, VIEW or BOX."""
        return self.part.currentData()

    def say(self, text: str) -> None:
        """A line below: how to draw, or where the image is shown."""
        self.words.setText(text)
        self.words.setVisible(bool(text))

    def press(self, drawing: bool) -> None:
        blocked = self.draw.blockSignals(True)
        self.draw.setChecked(drawing)
        self.draw.blockSignals(blocked)

    def _image_changed(self) -> None:
        there = self.picker.image is not None
        for widget in (self.part, self.draw, self.show_button):
            widget.setEnabled(there)
        self.changed.emit()

    def _part_changed(self) -> None:
        self.draw.setVisible(self.kind == BOX)
        self.changed.emit()
