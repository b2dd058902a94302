"""The first tab: which two dates, with which model, and go."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsReferencedRectangle
from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...common.words import Series
from ..running import Running
from ..scroll import UprightArea
from ..words import tr
from .choices import Choice, best_pair, epoch_choices, layer_choices, verdict
from .model_choice import ModelChoice
from .threshold import Threshold


class ComparePanel(UprightArea):
    """Pair, model, options, run."""

    #: Compare the chosen pair; compare every date of the series.
    detect_wanted = pyqtSignal()
    detect_all_wanted = pyqtSignal()
    #: Show what is there of the chosen pair.
    show_wanted = pyqtSignal()
    #: Blink these two epochs (ids, earlier first).
    blink_wanted = pyqtSignal(str, str)
    series_wanted = pyqtSignal()
    pair_changed = pyqtSignal()

    def __init__(self, jobs: Any, preferred_device: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._series: Series | None = None
        self._choices: list[Choice] = []
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(2, 6, 6, 6)
        column.addWidget(self._hint(body))
        column.addLayout(self._pair(body))
        column.addWidget(self._earlier(body))
        self.model = ModelChoice(jobs, preferred_device, body)
        column.addWidget(self.model)
        column.addWidget(self._options(body))
        column.addWidget(self._go(body))
        self.running = Running(body)
        column.addWidget(self.running)
        column.addStretch(1)
        self.setWidget(body)
        self.model.looked.connect(self._model_known)
        self.set_series(None)

    # The pair

    @property
    def before(self) -> Choice | None:
        return self._chosen(self.before_box)

    @property
    def after(self) -> Choice | None:
        return self._chosen(self.after_box)

    @property
    def offered(self) -> list[Choice]:
        """All that can be chosen."""
        return list(self._choices)

    def set_series(self, series: Series | None) -> None:
        """Offer that series' epochs; the best pair is chosen."""
        self._series = series
        self._refill(best_pair(series))

    def refresh_layers(self) -> None:
        """The project's layers came or went; what is chosen stays."""
        self._refill(None)

    def choose(self, before: str, after: str) -> None:
        """Choose a pair by its keys, where both are offered."""
        for box, key in ((self.before_box, before), (self.after_box, after)):
            index = self._index(box, key)
            if index >= 0:
                box.setCurrentIndex(index)

    def set_earlier(self, text: str) -> None:
        """What is there of the chosen pair; "" for nothing."""
        self.earlier_words.setText(text)
        self.earlier.setVisible(bool(text))
        self._name_button()

    def set_running(self, running: bool) -> None:
        self.go_button.setEnabled(not running and self._ready())

    # The options

    def parameters(self, canvas: Any) -> dict[str, Any]:
        """For ``marscd:detectchanges``, without its outputs. The pair must be chosen."""
        before, after = self.before, self.after
        if before is None or after is None:
            return {}
        made = self.pair_parameters(before, after)
        if self.only_canvas.isChecked():
            made["EXTENT"] = QgsReferencedRectangle(canvas.extent(), canvas.mapSettings().destinationCrs())
        return made

    def pair_parameters(self, before: Choice, after: Choice) -> dict[str, Any]:
        """The same for another pair of the series, always whole."""
        made = {
            "BEFORE": before.source,
            "AFTER": after.source,
            "REGISTER": before.epoch is None or after.epoch is None,
            "MODEL": self.model.name,
            "DEVICE": self.model.device.currentData(),
            "MIN_AREA": self.least_area.value(),
        }
        if not self.threshold.is_default and self.model.card is not None:
            made["THRESHOLD"] = self.threshold.value
        return made

    @property
    def standard(self) -> bool:
        """True where nothing departs from what ``monitorarea`` would do."""
        return (
            not self.only_canvas.isChecked()
            and self.least_area.value() == 0.0
            and (self.threshold.is_default or self.model.card is None)
        )

    # Building

    def _hint(self, parent: QWidget) -> QWidget:
        self.hint = QFrame(parent)
        row = QVBoxLayout(self.hint)
        row.setContentsMargins(0, 0, 0, 0)
        self.hint_words = QLabel(self.hint)
        self.hint_words.setWordWrap(True)
        button = QPushButton(tr("Go to &Series"), self.hint)
        button.setToolTip(tr("The step that lays images of several dates on each other"))
        button.clicked.connect(self.series_wanted)
        row.addWidget(self.hint_words)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return self.hint

    def _pair(self, parent: QWidget) -> QGridLayout:
        grid = QGridLayout()
        self.before_box = self._box(parent, tr("The earlier image: what the ground was"))
        self.after_box = self._box(parent, tr("The later image: what the ground became"))
        for row, (text, box) in enumerate(((tr("&Before"), self.before_box), (tr("&After"), self.after_box))):
            label = QLabel(text, parent)
            label.setBuddy(box)
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1)
        self.swap = QToolButton(parent)
        self.swap.setText("⇅")
        self.swap.setAccessibleName(tr("Swap Before and After"))
        self.swap.setToolTip(tr("Swap Before and After"))
        self.swap.clicked.connect(self._swap)
        grid.addWidget(self.swap, 0, 2, 2, 1)
        self.verdict = QLabel(parent)
        self.verdict.setWordWrap(True)
        self.verdict.setAccessibleName(tr("How well the two compare"))
        self.verdict.setToolTip(
            tr(
                "Alike light makes alike pictures: then what differs is the ground. Ls (solar longitude) is the "
                "season, 0 to 360°; incidence is how far the sun stands from overhead; azimuth is where it shines from."
            )
        )
        grid.addWidget(self.verdict, 2, 0, 1, 3)
        buttons = QHBoxLayout()
        self.best = QPushButton(tr("Best &pair"), parent)
        self.best.setToolTip(tr("Choose the two dates whose light is most alike"))
        self.best.clicked.connect(self._choose_best)
        self.blink = QPushButton(tr("B&link first"), parent)
        self.blink.setToolTip(tr("Look at both in turn on the map before anything is computed"))
        self.blink.clicked.connect(self._blink)
        buttons.addWidget(self.best)
        buttons.addWidget(self.blink)
        buttons.addStretch(1)
        grid.addLayout(buttons, 3, 0, 1, 3)
        grid.setColumnStretch(1, 1)
        return grid

    def _box(self, parent: QWidget, tip: str) -> QComboBox:
        box = QComboBox(parent)
        box.setToolTip(tip)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(14)
        box.currentIndexChanged.connect(lambda _: self._changed())
        return box

    def _earlier(self, parent: QWidget) -> QWidget:
        self.earlier = QFrame(parent)
        self.earlier.setFrameShape(QFrame.Shape.StyledPanel)
        row = QHBoxLayout(self.earlier)
        row.setContentsMargins(6, 4, 6, 4)
        self.earlier_words = QLabel(self.earlier)
        self.earlier_words.setWordWrap(True)
        self.show_button = QPushButton(tr("S&how"), self.earlier)
        self.show_button.setToolTip(tr("Show what was found then; nothing is computed"))
        self.show_button.clicked.connect(self.show_wanted)
        row.addWidget(self.earlier_words, 1)
        row.addWidget(self.show_button)
        self.earlier.hide()
        return self.earlier

    def _options(self, parent: QWidget) -> QWidget:
        self.options = QgsCollapsibleGroupBox(tr("Options"), parent)
        self.options.setCollapsed(True)
        self.threshold = Threshold(self.options)
        self.least_area = QDoubleSpinBox(self.options)
        self.least_area.setRange(0.0, 1e7)
        self.least_area.setDecimals(1)
        self.least_area.setSuffix(tr(" m²"))
        self.least_area.setSpecialValueText(tr("any size"))
        self.least_area.setToolTip(tr("Changes smaller than this, in square metres, are left out"))
        self.only_canvas = QCheckBox(tr("Only what the map shows no&w"), self.options)
        self.only_canvas.setToolTip(tr("Compare just the part of the images that the map window shows: quick to try"))
        form = QFormLayout(self.options)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(tr("&Threshold"), self.threshold)
        form.addRow(tr("Smallest chan&ge"), self.least_area)
        form.addRow(self.only_canvas)
        return self.options

    def _go(self, parent: QWidget) -> QWidget:
        self.go_button = QToolButton(parent)
        self.go_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.go_button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.go_button.setSizePolicy(self.before_box.sizePolicy())
        self.go_button.setMinimumHeight(30)
        font = self.go_button.font()
        font.setBold(True)
        self.go_button.setFont(font)
        self.go_button.setToolTip(tr("Compare the two images and map what changed"))
        menu = QMenu(self.go_button)
        self.all_action = menu.addAction(tr("Compare all dates"))
        self.all_action.setToolTip(tr("The fewest pairs that compare every date, one after the other"))
        menu.setToolTipsVisible(True)
        self.all_action.triggered.connect(lambda: self.detect_all_wanted.emit())
        self.go_button.setMenu(menu)
        self.go_button.clicked.connect(lambda: self.detect_wanted.emit())
        self._name_button()
        return self.go_button

    # Keeping up

    def _refill(self, wanted: tuple[str, str] | None) -> None:
        chosen = wanted or tuple(c.key if c else "" for c in (self.before, self.after))
        epochs = epoch_choices(self._series)
        ours = {c.source for c in epochs}
        own = [c for c in layer_choices() if c.source not in ours]
        self._choices = epochs + own
        for box, key in zip((self.before_box, self.after_box), chosen, strict=True):
            blocked = box.blockSignals(True)
            box.clear()
            for number, choice in enumerate(self._choices):
                if number == len(epochs) and epochs:
                    box.insertSeparator(box.count())
                box.addItem(choice.label, number)
                box.setItemData(box.count() - 1, choice.tip, Qt.ItemDataRole.ToolTipRole)
            found = self._index(box, key)
            box.setCurrentIndex(found if found >= 0 else min(int(box is self.after_box), box.count() - 1))
            box.blockSignals(blocked)
        self._changed()

    def _at(self, box: QComboBox, index: int) -> Choice | None:
        number = box.itemData(index)
        return self._choices[number] if isinstance(number, int) and number < len(self._choices) else None

    def _index(self, box: QComboBox, key: str) -> int:
        for index in range(box.count()):
            choice = self._at(box, index)
            if choice is not None and choice.key == key:
                return index
        return -1

    def _chosen(self, box: QComboBox) -> Choice | None:
        return self._at(box, box.currentIndex())

    def _ready(self) -> bool:
        before, after = self.before, self.after
        return before is not None and after is not None and before.source != after.source

    def _changed(self) -> None:
        before, after = self.before, self.after
        said = verdict(before, after)
        self.verdict.setText(("⚠ " if said.bad else "") + said.text)
        self.verdict.setVisible(bool(said.text))
        epochs = [c.epoch for c in (before, after) if c is not None and c.epoch is not None]
        series = self._series
        self.best.setEnabled(best_pair(series) is not None)
        self.blink.setEnabled(len(epochs) == 2 and self._ready())
        self.all_action.setEnabled(series is not None and len(series.epochs) > 1)
        if series is not None and len(series.epochs) > 1:
            self.all_action.setText(tr("Compare all dates ({count} pairs)").format(count=len(series.epochs) - 1))
        self.go_button.setEnabled(self._ready() and not self.running.active)
        self.model.set_pixel_size(before.pixel_size if before else None)
        self.hint_words.setText(self._what_to_do())
        self.hint.setVisible(bool(self.hint_words.text()))
        self.pair_changed.emit()

    def _what_to_do(self) -> str:
        """What is missing for a comparison; "" where nothing is."""
        if self._series is None:
            start = tr("There is no series of images yet.")
        elif len(self._series.epochs) < 2:
            start = tr("The series has one date only, and a comparison needs two.")
        else:
            return ""
        if len(self._choices) >= 2:
            return start + " " + tr("Build one in the step Series, or compare two raster layers of the project below.")
        return (
            start + " " + tr("Build one in the step Series, or add two raster layers of the same place to the project.")
        )

    def _name_button(self) -> None:
        # isHidden, not isVisible: the panel itself may not be shown yet.
        again = not self.earlier.isHidden()
        self.go_button.setText(tr("Compare again") if again else tr("Detect changes"))

    def _model_known(self) -> None:
        self.threshold.set_default(self.model.card.threshold if self.model.card else None)

    def _swap(self) -> None:
        first, second = self.before_box.currentIndex(), self.after_box.currentIndex()
        self.before_box.setCurrentIndex(second)
        self.after_box.setCurrentIndex(first)

    def _choose_best(self) -> None:
        pair = best_pair(self._series)
        if pair:
            self.choose(*pair)

    def _blink(self) -> None:
        epochs = [c.epoch for c in (self.before, self.after) if c is not None and c.epoch is not None]
        if len(epochs) == 2:
            first, second = sorted(epochs, key=lambda e: e.time)
            self.blink_wanted.emit(first.product_id, second.product_id)
