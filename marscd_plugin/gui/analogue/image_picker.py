"""Choosing an image: a raster layer of the project, or one that is added from a file or an address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..words import tr
from .images import Image, facts

#: What an address looks like: alike in every language.
_ADDRESS = "https://…/image.tif"


class ImagePicker(QWidget):
    """A box of layers, and below it what is known of the chosen one."""

    changed = pyqtSignal()
    #: The user named a file, or an address: a source for GDAL.
    add_wanted = pyqtSignal(str)

    def __init__(self, name: str, tip: str, empty: str, parent: QWidget | None = None) -> None:
        """``name`` for the screen reader; ``empty``: what to do where the project has no image."""
        super().__init__(parent)
        self._images: list[Image] = []
        self._empty = empty
        self.box = QComboBox(self)
        self.box.setAccessibleName(name)
        self.box.setToolTip(tip)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(12)
        self.box.currentIndexChanged.connect(lambda _: self._say())
        self.add = QToolButton(self)
        self.add.setText("+")
        self.add.setAccessibleName(tr("Add an image"))
        self.add.setToolTip(tr("Add an image that is not in the project yet: a file, or a web address"))
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.add)
        menu.addAction(tr("From a &file…")).triggered.connect(lambda *_: self._ask_file())
        menu.addAction(tr("From a &web address…")).triggered.connect(lambda *_: self.ask_address())
        self.add.setMenu(menu)
        self.facts = QLabel(self)
        self.facts.setWordWrap(True)
        self.facts.setAccessibleName(tr("About the image"))
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.address_row = self._address()
        row = QHBoxLayout()
        row.setSpacing(3)
        row.addWidget(self.box, 1)
        row.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(row)
        column.addWidget(self.address_row)
        column.addWidget(self.facts)
        self._say()

    @property
    def image(self) -> Image | None:
        index = self.box.currentIndex()
        return self._images[index] if 0 <= index < len(self._images) else None

    def set_images(self, images: Sequence[Image], prefer: str = "") -> None:
        """Offer these; what was chosen stays where it can, else ``prefer`` (a layer's id) is chosen."""
        former = self.image
        keep = former.layer_id if former is not None else prefer
        blocked = self.box.blockSignals(True)
        self.box.clear()
        self._images = list(images)
        for image in self._images:
            self.box.addItem(image.label.replace("\n", " "))
            self.box.setItemData(self.box.count() - 1, f"{image.label}\n{facts(image)}", Qt.ItemDataRole.ToolTipRole)
        index = next((n for n, image in enumerate(self._images) if image.layer_id == keep), 0 if self._images else -1)
        self.box.setCurrentIndex(index)
        self.box.blockSignals(blocked)
        self._say()

    def choose(self, source_or_id: str) -> bool:
        """Choose by a layer's id or by its source; whether it is offered."""
        index = next((n for n, i in enumerate(self._images) if source_or_id in (i.layer_id, i.source)), -1)
        if index >= 0:
            self.box.setCurrentIndex(index)
        return index >= 0

    def ask_address(self) -> None:
        """Open the line for an address."""
        self.address_row.show()
        self.address.setFocus()

    def set_busy(self, busy: bool) -> None:
        """While an image is being opened."""
        self.add.setEnabled(not busy)
        self.take.setEnabled(not busy)
        if busy:
            self.facts.setText(tr("Opening the image…"))
        else:
            self._say()

    def _address(self) -> QWidget:
        row_widget = QWidget(self)
        self.address = QLineEdit(row_widget)
        self.address.setPlaceholderText(_ADDRESS)
        self.address.setAccessibleName(tr("Web address of an image"))
        self.address.setToolTip(
            tr(
                "The address of a cloud-optimised GeoTIFF (COG): only the parts that are searched are fetched. Or "
                "anything that GDAL opens."
            )
        )
        self.address.returnPressed.connect(self._take_address)
        self.take = QPushButton(tr("Add"), row_widget)
        self.take.setToolTip(tr("Add the image at this address to the project"))
        self.take.clicked.connect(lambda *_: self._take_address())
        row = QHBoxLayout(row_widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.address, 1)
        row.addWidget(self.take)
        row_widget.hide()
        return row_widget

    def _take_address(self) -> None:
        text = self.address.text().strip()
        if text:
            self.address_row.hide()
            self.address.clear()
            self.add_wanted.emit(f"/vsicurl/{text}" if text.lower().startswith(("http://", "https://")) else text)

    def _ask_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("Choose an image"))
        if path:
            self.add_wanted.emit(path)

    def _say(self) -> Any:
        image = self.image
        self.facts.setText(facts(image) if image is not None else self._empty)
        self.box.setEnabled(bool(self._images))
        self.changed.emit()
