"""A change model ready to run: an onnxruntime session on a device that truly started, checked against its card."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..common.errors import DeviceError, ModelError
from ..common.packages import need
from ..common.words import ModelCard
from .card import read_card
from .devices import Device, wanted
from .onnxfile import ModelFile, read_model_file
from .onnxmeta import REMEDY
from .starting import Started, failed, start

#: The graph's names of what is told beside the images, and of the answer about kinds.
CONTEXT_INPUT, KIND_OUTPUT = "context", "kind"

#: What may be told beside the images: numbers in the card's order, or by name. None, NaN and left out mean unknown.
Context = Sequence[float | None] | Mapping[str, float | None] | None


@dataclass(frozen=True)
class Answer:
    """``probability`` of change, float32 (N,1,H,W); ``kind`` (N,K,H,W): the shares of the card's kinds, or None."""

    probability: np.ndarray
    kind: np.ndarray | None


class Model(Started[ModelCard]):
    """A loaded change model."""

    def run(self, *arrays: np.ndarray, context: Context = None) -> np.ndarray:
        """The model's answer, float32 (N,1,H,W), to float32 arrays (N,1,H,W) in the card's order of inputs.

        H and W must divide by ``card.multiple``. ``context`` is what is known beside the images (the card's
        ``context``); a model that takes none ignores it. Raises ModelError, or DeviceError where the device failed.
        """
        return self._run([self.card.output], arrays, context)[0]

    def answer(self, *arrays: np.ndarray, context: Context = None) -> Answer:
        """As ``run``, with the kinds of change where the model tells them."""
        names = [self.card.output, *((KIND_OUTPUT,) if self.card.kinds else ())]
        found = self._run(names, arrays, context)
        return Answer(found[0], found[1] if len(found) > 1 else None)

    def _run(self, names: list[str], arrays: Sequence[np.ndarray], context: Context) -> list[np.ndarray]:
        feeds = dict(zip(self.card.inputs, arrays, strict=True))
        if self.card.context:
            feeds[CONTEXT_INPUT] = np.tile(context_row(self.card, context), (len(arrays[0]), 1))
        try:
            found = self._session.run(names, feeds)
        # onnxruntime's exceptions share no base below Exception, and all of them mean that this run failed.
        except Exception as error:
            raise failed(error, self.device, self.card.name, self.path) from error
        count, _, height, width = arrays[0].shape
        wanted = [(count, 1, height, width), (count, len(self.card.kinds), height, width)]
        for answer, shape in zip(found, wanted, strict=False):
            if answer.shape != shape:
                raise ModelError(
                    f"The model {self.path} answered an array of shape {answer.shape} to inputs of {arrays[0].shape}.",
                    REMEDY,
                )
        return list(found)


def context_row(card: ModelCard, context: Context) -> np.ndarray:
    """What is known beside the images as float32 (1, number of names), NaN for unknown. Raises ModelError."""
    if context is None:
        values: list[float | None] = [None] * len(card.context)
    elif isinstance(context, Mapping):
        values = [context.get(name) for name in card.context]
    else:
        values = list(context)
        if len(values) != len(card.context):
            raise ModelError(
                f"The model {card.name} takes {len(card.context)} numbers beside the images, and {len(values)} came.",
                f"Give {', '.join(card.context)} in this order.",
            )
    return np.array([[math.nan if v is None else float(v) for v in values]], np.float32)


def load_model(path: Path | str, device: str = "AUTO", threads: int | None = None) -> Model:
    """Load a model on ``device`` (``AUTO``, ``CPU``, ``CUDA``, ``DIRECTML``, ``COREML``).

    AUTO takes the best device that starts and says in ``Model.notes`` which did not. ``threads`` is the number of
    cores for one run; None means all that this process may use. Raises ModelError (file, card, inputs, outputs),
    DeviceError (a device asked for that is not there), InputError (an unknown device) or MissingPackageError.
    """
    wanted(device)
    file = read_model_file(path)
    card = read_card(file.path)

    def make(session: Any, started: Device, notes: tuple[str, ...]) -> Model:
        _check(session, card, file)
        return Model(session, card, file, started, notes)

    return start(need("onnxruntime"), file, device, threads, make, _probe)


def _probe(model: Model) -> ModelError | DeviceError | None:
    """Run one small pair of zeros: a device can start and still fail at the first run."""
    side = model.card.multiple * max(1, 64 // model.card.multiple)
    zeros = np.zeros((1, 1, side, side), np.float32)
    try:
        answer = model.run(*[zeros for _ in model.card.inputs])
    except (ModelError, DeviceError) as error:
        return error
    if not np.isfinite(answer).all() or answer.min() < -1e-4 or answer.max() > 1 + 1e-4:
        return ModelError(
            f"The model {model.path} answers {answer.min():g}..{answer.max():g}, and probabilities are 0..1.", REMEDY
        )
    return None


def _check(session: Any, card: ModelCard, file: ModelFile) -> None:
    """The graph's inputs and outputs against the card: float32 (N,1,H,W), N, H and W free. Raises ModelError."""
    inputs, outputs = session.get_inputs(), session.get_outputs()
    names = [*card.inputs, *((CONTEXT_INPUT,) if card.context else ())]
    answers = [card.output, *((KIND_OUTPUT,) if card.kinds else ())]
    found, told = sorted(i.name for i in inputs), sorted(names)
    if found != told:
        raise ModelError(
            f"The model {file.path} has the inputs {', '.join(found)}, and its card names {', '.join(told)}.", REMEDY
        )
    if sorted(o.name for o in outputs) != sorted(answers):
        raise ModelError(
            f"The model {file.path} has the outputs {', '.join(o.name for o in outputs)}, and its card names "
            f"{', '.join(answers) if card.kinds else card.output + ' alone'}.",
            REMEDY,
        )
    for tensor in [t for t in inputs if t.name == CONTEXT_INPUT and card.context]:
        if len(tensor.shape) != 2 or tensor.shape[1] != len(card.context) or tensor.type != "tensor(float)":
            raise ModelError(
                f"{tensor.name} of the model {file.path} has shape {tensor.shape}, not (N, {len(card.context)}).",
                REMEDY,
            )
    inputs = [t for t in inputs if t.name in card.inputs]
    for tensor in (*inputs, *outputs):
        if tensor.type != "tensor(float)":
            raise ModelError(f"{tensor.name} of the model {file.path} is {tensor.type}, not float32.", REMEDY)
        if len(tensor.shape) != 4:
            raise ModelError(
                f"{tensor.name} of the model {file.path} has shape {tensor.shape}, not (N, 1, height, width).", REMEDY
            )
    for tensor in inputs:
        _, bands, height, width = tensor.shape
        if isinstance(bands, int) and bands != 1:
            raise ModelError(f"{tensor.name} of the model {file.path} wants {bands} bands, not 1.", REMEDY)
        if isinstance(height, int) or isinstance(width, int):
            raise ModelError(
                f"{tensor.name} of the model {file.path} has the fixed size {height} x {width}.",
                "Export it with dynamic height and width.",
            )
