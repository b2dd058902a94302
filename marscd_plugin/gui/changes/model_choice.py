"""Which model, and on which device: its card in words, what will run, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFileDialog, QFormLayout, QLabel, QWidget

from ...common.errors import MarscdError
from ...common.words import DEVICES, ModelCard
from ...inference.models import bundled_models, find_model
from ..words import tr
from .model_install import ModelInstall

_CHOOSE = "choose a file"
#: As the detector: a tenth beyond what it was trained on is within what zoom augmentation covers.
_SLACK = 0.1


@dataclass(frozen=True)
class Looked:
    """What a look at a model found: its card, the device that starts, and what to know; ``failure`` where it cannot."""

    card: ModelCard | None
    device: str = ""
    notes: tuple[str, ...] = ()
    failure: str = ""


def look(name: str, device: str, progress: Any) -> Looked:
    """Read the card, and try the device. For a worker."""
    from ...inference.card import read_card
    from ...inference.session import load_model

    card = None
    try:
        path = find_model(name)
        card = read_card(path)
        model = load_model(path, device)
    except MarscdError as error:
        return Looked(card, failure=str(error))
    return Looked(card, model.device, model.notes)


def card_words(card: ModelCard) -> str:
    """A card in two short sentences."""
    low, high = card.pixel_size
    trained = (
        tr("{size} m").format(size=f"{low:g}")
        if low == high
        else tr("{low} to {high} m").format(low=f"{low:g}", high=f"{high:g}")
    )
    first = card.description.split(". ")[0].rstrip(".")
    if len(first) > 160:
        first = first[:157].rsplit(" ", 1)[0] + " …"
    said = [tr("Made for pixels of {trained}.").format(trained=trained)]
    if "SIMULATED" in card.description.upper():
        said.insert(0, tr("Trained on simulated change only."))
    return " ".join(([first + "."] if first else []) + said)


def pixel_warning(card: ModelCard | None, pixel_size: float | None) -> str:
    """What is to be expected where the images' pixels are not the model's; "" where they are."""
    if card is None or not pixel_size:
        return ""
    low, high = card.pixel_size
    if (1 - _SLACK) * low <= pixel_size <= (1 + _SLACK) * high:
        return ""
    return tr(
        "A pixel of these images is {size} m, which this model never saw: expect misses and false alarms."
    ).format(size=f"{pixel_size:.3g}")


class ModelChoice(QWidget):
    """Two boxes and what there is to say of them. ``looked`` comes when the card was read."""

    looked = pyqtSignal()

    def __init__(self, jobs: Any, preferred_device: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._preferred = jobs, preferred_device
        self._found: Looked | None = None
        self._pixel_size: float | None = None
        self._asked = 0
        self.model = QComboBox(self)
        self.model.setToolTip(tr("The neural network that compares the two images"))
        self.model.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.model.setMinimumContentsLength(12)
        self._fill()
        self.install = ModelInstall(jobs, self)
        self.install.installed.connect(self._fill_anew)
        self.device = QComboBox(self)
        self.device.setToolTip(
            tr("What computes: AUTO takes the graphics card where one works, else the processor (CPU)")
        )
        for name in DEVICES:
            self.device.addItem(name, name)
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setAccessibleName(tr("About the model"))
        self.warning = QLabel(self)
        self.warning.setWordWrap(True)
        self.warning.hide()
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(self.install)
        form.addRow(tr("&Model"), self.model)
        form.addRow(tr("R&un on"), self.device)
        form.addRow(self.words)
        form.addRow(self.warning)
        self.model.activated.connect(self._chosen)
        self.device.activated.connect(lambda _: self.look())

    def _fill(self) -> None:
        self.model.clear()
        for name in bundled_models():
            self.model.addItem(name, name)
        self.model.addItem(tr("Choose a file…"), _CHOOSE)
        self._last = 0

    def _fill_anew(self) -> None:
        self._fill()
        self.look()

    def choose(self, name: str) -> None:
        """Choose a model that may have come just now, by its name."""
        self._fill()
        index = self.model.findData(name)
        if index >= 0:
            self.model.setCurrentIndex(index)
            self._last = index
        self.look()

    @property
    def name(self) -> str:
        """For MODEL; "" where none can be had."""
        value = self.model.currentData()
        return "" if value == _CHOOSE else value

    @property
    def card(self) -> ModelCard | None:
        return self._found.card if self._found else None

    @property
    def failure(self) -> str:
        """Why this model cannot run; "" where it can, or is not known yet."""
        return self._found.failure if self._found else ""

    def set_pixel_size(self, metres: float | None) -> None:
        self._pixel_size = metres
        self._say()

    def look(self) -> None:
        """Read the chosen model's card, and find out what will run, in the background."""
        self._asked += 1
        asked, name = self._asked, self.name
        if not name:
            self._heard(asked, Looked(None, failure=tr("Choose a model file (.onnx) first.")))
            return
        device = self.device.currentData()
        device = self._preferred if device == "AUTO" and self._preferred in DEVICES else device
        self.words.setText(tr("Looking at the model…"))
        job = self._jobs.background(tr("Look at the model"), lambda progress: look(name, device, progress))
        job.succeeded.connect(lambda found: self._heard(asked, found))
        job.failed.connect(lambda message: self._heard(asked, Looked(None, failure=message)))

    def _heard(self, asked: int, found: Looked) -> None:
        if asked == self._asked:
            self._found = found
            self._say()
            self.looked.emit()

    def _say(self) -> None:
        found = self._found
        if found is None:
            return
        lines = []
        if found.card is not None:
            lines.append(card_words(found.card))
        if found.device:
            lines.append(tr("Will run on: {device}.").format(device=found.device))
        self.words.setText(" ".join(lines))
        self.words.setToolTip(_long_words(found.card) if found.card else "")
        self.words.setVisible(bool(lines))
        warnings = [found.failure, *found.notes, pixel_warning(found.card, self._pixel_size)]
        text = "\n".join(w for w in warnings if w)
        self.warning.setText(("⚠ " + text) if text else "")
        self.warning.setVisible(bool(text))

    def _chosen(self, index: int) -> None:
        if self.model.itemData(index) == _CHOOSE:
            path = self._ask_file()
            if not path:
                self.model.setCurrentIndex(self._last)
                return
            index = self.model.findData(path)
            if index < 0:
                index = self.model.count() - 1
                self.model.insertItem(index, Path(path).name, path)
            self.model.setCurrentIndex(index)
        self._last = index
        self.look()

    def _ask_file(self) -> str:
        path, _ = QFileDialog.getOpenFileName(self, tr("Choose a model"), "", tr("ONNX models (*.onnx)"))
        return path


def _long_words(card: ModelCard) -> str:
    paragraphs = [card.description, card.training_data, card.licence]
    return "<qt>" + "".join(f"<p>{_plain(p)}</p>" for p in paragraphs if p) + "</qt>"


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
