"""First step of the page: which image, and what in it is looked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from qgis.core import QgsApplication, QgsProject, QgsVectorLayer, QgsWkbTypes
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon, QImage, QKeySequence, QPixmap, QShortcut
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..draw.drawing import POLYGON, RECTANGLE
from ..words import tr
from .image_picker import ImagePicker
from .images import length
from .targets import Marked, edge_of

#: Pixels of a target's picture, and rows of the list that are seen at once.
PICTURE = 48
_ROWS = 3


class TargetBox(QWidget):
    """Says what the user wants; ``set_targets`` shows what is marked."""

    draw_wanted = pyqtSignal(str)
    layer_wanted = pyqtSignal(str)
    paper_wanted = pyqtSignal(str)
    remove_wanted = pyqtSignal(int)
    renamed = pyqtSignal(int, str)
    #: Go there on the map.
    go_wanted = pyqtSignal(int)
    whole_changed = pyqtSignal(bool)

    def __init__(self, paper: Callable[[], Sequence[tuple[str, str]]], parent: QWidget | None = None) -> None:
        """``paper`` gives (name, landform) of the paper's targets."""
        super().__init__(parent)
        self._paper = paper
        self._telling = False
        self.picker = ImagePicker(
            tr("Image of the target"),
            tr("The image that shows what you look for; it may lie on Mars or on Earth"),
            tr("The project has no image yet: add one with +, or fetch one in the step Fetch."),
            self,
        )
        label = QLabel(tr("&Image of the target"), self)
        label.setBuddy(self.picker.box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        column.addWidget(self.picker)
        column.addLayout(self._ways())
        self.hint = QLabel(self)
        self.hint.setWordWrap(True)
        column.addWidget(self.hint)
        column.addLayout(self._list())
        self.whole = QCheckBox(tr("The &whole image is the target"), self)
        self.whole.setToolTip(tr("Nothing needs to be marked: an image cut out to show just the landform, for example"))
        self.whole.toggled.connect(self.whole_changed)
        column.addWidget(self.whole)
        self.set_targets((), [])

    def set_targets(self, targets: Sequence[Marked], pictures: Sequence[QImage | None]) -> None:
        """Show what is marked, each with its picture."""
        self._telling = True
        current = self.list.currentRow()
        self.list.clear()
        for target, image in zip(targets, pictures, strict=True):
            item = QListWidgetItem(target.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setToolTip(
                tr("{size} across. Double click or F2: another name. Enter: show it. Delete: remove it.").format(
                    size=length(edge_of(target.area))
                )
            )
            item.setIcon(QIcon(QPixmap.fromImage(image)) if image is not None else QIcon())
            item.setSizeHint(QSize(0, PICTURE + 6))
            self.list.addItem(item)
        self.list.setCurrentRow(min(max(current, 0), self.list.count() - 1))
        self._telling = False
        several = bool(targets)
        self.list.setVisible(several)
        for button in (self.remove, self.show_button):
            button.setVisible(several)
        self.list.setFixedHeight((PICTURE + 8) * min(max(len(targets), 1), _ROWS) + 6)
        self.say("")

    def set_picture(self, row: int, image: QImage | None) -> None:
        """The picture of one came; None: the image does not show that place."""
        item = self.list.item(row)
        if item is None:
            return
        self._telling = True
        if image is not None:
            item.setIcon(QIcon(QPixmap.fromImage(image)))
        else:
            item.setIcon(QgsApplication.getThemeIcon("/mIconWarning.svg"))
            item.setToolTip(tr("The image of the target does not show this place: choose another image, or remove it."))
        self._telling = False

    def say(self, text: str) -> None:
        """How to go on while drawing; "": what to do where nothing is marked."""
        if not text and not self.list.count() and not self.whole.isChecked():
            text = tr(
                "Mark what you look for: draw a box around it on the map. Several boxes of one landform find more than "
                "one."
            )
        self.hint.setText(text)
        self.hint.setVisible(bool(text))

    def press(self, shape: str) -> None:
        """Which way of drawing is under way; "" for none."""
        for name, button in self.draws.items():
            blocked = button.blockSignals(True)
            button.setChecked(name == shape)
            button.blockSignals(blocked)

    def set_ready(self, ready: bool) -> None:
        """Whether there is an image to mark on."""
        for widget in (*self.draws.values(), self.others, self.whole):
            widget.setEnabled(ready)

    def _ways(self) -> QHBoxLayout:
        self.draws: dict[str, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(3)
        for shape, text, tip in (
            (RECTANGLE, tr("Draw a &box"), tr("Drag over the map, or click two opposite corners; Esc leaves")),
            (POLYGON, tr("&Polygon"), tr("Click its corners on the map; right click or Enter ends, Esc leaves")),
        ):
            button = QPushButton(text, self)
            button.setCheckable(True)
            button.setToolTip(tip)
            button.toggled.connect(lambda on, shape=shape: self.draw_wanted.emit(shape if on else ""))
            row.addWidget(button)
            self.draws[shape] = button
        self.others = QToolButton(self)
        self.others.setText(tr("M&ore"))
        self.others.setToolTip(tr("Polygons of a layer, or a place of the paper that this method comes from"))
        self.others.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.others)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self.fill_menu)
        self.others.setMenu(self.menu)
        row.addWidget(self.others)
        return row

    def fill_menu(self) -> None:
        """What else can be a target, as things stand."""
        self.menu.clear()
        self.menu.addSection(tr("Polygons of a layer"))
        layers = [
            layer
            for layer in QgsProject.instance().mapLayers().values()
            if isinstance(layer, QgsVectorLayer)
            and layer.isValid()
            and layer.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry
        ]
        for layer in sorted(layers, key=lambda layer: layer.name().lower()):
            count = layer.selectedFeatureCount()
            text = tr("{layer}: {count} selected") if count else tr("{layer}: all")
            action = self.menu.addAction(text.format(layer=layer.name().replace("&", "&&"), count=count))
            action.triggered.connect(partial(self._layer_chosen, layer.id()))
        if not layers:
            self.menu.addAction(tr("The project has no polygon layer")).setEnabled(False)
        self.menu.addSection(tr("Targets of the paper (Mars)"))
        for name, landform in self._paper():
            action = self.menu.addAction(tr("{name}: {landform}").format(name=name, landform=landform))
            action.setToolTip(tr("Shows the place on the map of Mars and marks it"))
            action.triggered.connect(lambda _=False, name=name: self.paper_wanted.emit(name))

    def _layer_chosen(self, key: str, *_: object) -> None:
        self.layer_wanted.emit(key)

    def _list(self) -> QHBoxLayout:
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Targets"))
        self.list.setIconSize(QSize(PICTURE, PICTURE))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemChanged.connect(self._item_changed)
        self.list.itemActivated.connect(lambda item: self.go_wanted.emit(self.list.row(item)))
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)
        self.remove = self._small("/mActionDeleteSelected.svg", tr("Remove the chosen target (Delete)"), self._remove)
        self.show_button = self._small("/mActionZoomToSelected.svg", tr("Show the chosen target on the map"), self._go)
        buttons = QVBoxLayout()
        buttons.addWidget(self.show_button)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.list, 1)
        row.addLayout(buttons)
        return row

    def _small(self, icon: str, tip: str, called: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(QgsApplication.getThemeIcon(icon))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(lambda *_: called())
        return button

    def _remove(self) -> None:
        if self.list.currentRow() >= 0:
            self.remove_wanted.emit(self.list.currentRow())

    def _go(self) -> None:
        if self.list.currentRow() >= 0:
            self.go_wanted.emit(self.list.currentRow())

    def _item_changed(self, item: QListWidgetItem) -> None:
        if not self._telling:
            self.renamed.emit(self.list.row(item), item.text())
