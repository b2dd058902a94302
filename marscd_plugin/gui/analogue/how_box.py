"""Third step of the page: the model, the size of a chip, the step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QWidget,
)

from ...common.errors import MarscdError
from ...common.words import DEVICES, EmbeddingCard
from ..words import tr
from .proposal import Proposal

_CHOOSE = "choose a file"


@dataclass(frozen=True)
class Known:
    """What a look at the models found: names, which of them is meant, its card; ``failure`` where it cannot be used."""

    names: tuple[str, ...]
    name: str
    card: EmbeddingCard | None = None
    failure: str = ""


def look(name: str, progress: Any) -> Known:
    """The embeddings at hand and the card of one ("": the best). For a worker: it reads the models' files."""
    from ...inference.embedding_card import read_embedding_card
    from ...inference.models import default_embedding, embedding_models, find_embedding

    names = tuple(embedding_models())
    best = default_embedding()
    chosen = name or (best if best in names or not names else names[0])
    try:
        return Known(names, chosen, read_embedding_card(find_embedding(chosen)))
    except MarscdError as error:
        return Known(names, chosen, failure=str(error))


class HowBox(QWidget):
    """``changed`` comes when a number or the model changed."""

    changed = pyqtSignal()
    #: Another model: read its card (by ``look``, then ``set_known``).
    model_wanted = pyqtSignal(str)

    def __init__(self, device: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: Known | None = None
        self._proposal: Proposal | None = None
        #: Whether the user set a number of their own.
        self._own = False
        self._last = ""
        self._models(device)
        self._sizes()
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(tr("&Model"), self.model)
        form.addRow(self.words)
        form.addRow(tr("&Chip size"), self._beside(self.size, self.reset))
        form.addRow(tr("S&tep"), self.step)
        form.addRow(self.why)
        form.addRow(tr("R&un on"), self.device)

    @property
    def name(self) -> str:
        """For MODEL; "" where there is none."""
        value = self.model.currentData()
        return "" if value in (None, _CHOOSE) else str(value)

    @property
    def card(self) -> EmbeddingCard | None:
        return self._known.card if self._known else None

    @property
    def failure(self) -> str:
        """Why no model can be used; "" where one can, or is not known yet."""
        return self._known.failure if self._known else ""

    def set_known(self, known: Known) -> None:
        """The models were looked at."""
        self._known, self._last = known, known.name
        blocked = self.model.blockSignals(True)
        own = [n for n in (self.model.itemData(i) for i in range(self.model.count())) if n and n.endswith(".onnx")]
        self.model.clear()
        for name in dict.fromkeys([*known.names, *own, *([known.name] if known.name else [])]):
            self.model.addItem(Path(name).name if name.endswith(".onnx") else name, name)
        self.model.addItem(tr("Choose a file…"), _CHOOSE)
        self.model.setCurrentIndex(max(self.model.findData(known.name), 0))
        self.model.blockSignals(blocked)
        card = known.card
        self.words.setText(("⚠ " + known.failure) if card is None else card_words(card))
        self.words.setToolTip("" if card is None else "\n\n".join(filter(None, (card.description, card.training_data))))
        self.words.setVisible(bool(self.words.text()))
        self.changed.emit()

    def set_proposal(self, proposal: Proposal | None, scaled: bool) -> None:
        """What is sensible for the two images; numbers of the user's own stay. ``scaled``: metres, else pixels."""
        self._proposal = proposal
        for box in (self.size, self.step):
            box.setSuffix(tr(" m") if scaled else tr(" px"))
            box.setEnabled(proposal is not None)
        if proposal is not None and not self._own:
            self._put(proposal.size, proposal.step)
        self._tell_reset()

    def propose(self) -> None:
        """Back to the proposal."""
        self._own = False
        if self._proposal is not None:
            self._put(self._proposal.size, self._proposal.step)
        self._tell_reset()
        self.changed.emit()

    def set_numbers(self, size: float, step: float) -> None:
        """Those of an earlier search."""
        self._own = True
        self._put(size, step)
        self._tell_reset()

    def say(self, lines: list[str]) -> None:
        """What the numbers come to."""
        self.why.setText("\n".join(line for line in lines if line))
        self.why.setVisible(bool(self.why.text()))

    def _put(self, size: float, step: float) -> None:
        for box, value in ((self.size, size), (self.step, step)):
            blocked = box.blockSignals(True)
            box.setValue(value)
            box.blockSignals(blocked)

    def _edited(self) -> None:
        self._own = True
        self._tell_reset()
        self.changed.emit()

    def _tell_reset(self) -> None:
        self.reset.setEnabled(self._own and self._proposal is not None)

    def _models(self, device: str) -> None:
        self.model = QComboBox(self)
        self.model.setToolTip(
            tr(
                "The embedding: a network that describes a chip of ground by a row of numbers. Chips of one kind of "
                "ground get alike numbers, so their distance is small."
            )
        )
        self.model.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.model.setMinimumContentsLength(12)
        self.model.activated.connect(self._chosen)
        self.words = QLabel(tr("Looking for models…"), self)
        self.words.setWordWrap(True)
        self.words.setMinimumSize(QSize(10, 0))
        self.words.setAccessibleName(tr("About the model"))
        self.device = QComboBox(self)
        for name in DEVICES:
            self.device.addItem(name, name)
        self.device.setCurrentIndex(max(self.device.findData(device), 0))
        self.device.setToolTip(
            tr("What computes: AUTO takes the graphics card where one works, else the processor (CPU)")
        )

    def _sizes(self) -> None:
        self.size = _metres(
            tr(
                "A chip is the square of ground that is compared as one; this is its edge. Choose it so that one chip "
                "shows the landform and little else."
            )
        )
        self.step = _metres(
            tr(
                "How far apart the compared places lie. Half a chip finds everything; a smaller step places it better "
                "and takes longer."
            )
        )
        self.size.valueChanged.connect(lambda _: self._edited())
        self.step.valueChanged.connect(lambda _: self._edited())
        self.reset = QToolButton(self)
        self.reset.setText("↺")
        self.reset.setAccessibleName(tr("Take the proposed sizes"))
        self.reset.setToolTip(tr("Take the sizes that suit these images and this model"))
        self.reset.clicked.connect(lambda *_: self.propose())
        self.why = QLabel(self)
        self.why.setWordWrap(True)
        self.why.setMinimumSize(QSize(10, 0))
        self.why.setAccessibleName(tr("About the sizes"))
        self.why.hide()

    def _beside(self, *widgets: QWidget) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3)
        for number, widget in enumerate(widgets):
            row.addWidget(widget, 1 if number == 0 else 0)
        holder.setFocusProxy(widgets[0])
        return holder

    def _chosen(self, index: int) -> None:
        if self.model.itemData(index) == _CHOOSE:
            path, _ = QFileDialog.getOpenFileName(self, tr("Choose a model"), "", tr("ONNX models (*.onnx)"))
            if not path:
                self.model.setCurrentIndex(max(self.model.findData(self._last), 0))
                return
            if self.model.findData(path) < 0:
                self.model.insertItem(self.model.count() - 1, Path(path).name, path)
            self.model.setCurrentIndex(self.model.findData(path))
        self.model_wanted.emit(self.name)


def card_words(card: EmbeddingCard) -> str:
    """A card in two short sentences."""
    first = card.description.split(". ")[0].rstrip(".")
    if len(first) > 140:
        first = first[:137].rsplit(" ", 1)[0] + " …"
    takes = tr("Takes chips of {px} by {px} pixels and gives {count} numbers.").format(
        px=card.chip_px, count=card.dimensions
    )
    return f"{first}. {takes}" if first else takes


def _metres(tip: str) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(0.01, 1e7)
    box.setDecimals(2)
    box.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
    box.setToolTip(tip)
    box.setMinimumWidth(80)
    box.setEnabled(False)
    box.setAlignment(Qt.AlignmentFlag.AlignLeft)
    # Each key on the way to a number is none that anybody meant.
    box.setKeyboardTracking(False)
    return box
