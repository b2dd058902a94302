"""A change model ready to run: an onnxruntime session on a device that truly started, checked against its card."""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from ..common.errors import DeviceError, ModelError
from ..common.packages import need
from ..common.words import ModelCard
from .card import read_card
from .devices import AUTO_ORDER, KNOWN, Device, cores, label, preload, provider_options, wanted
from .onnxfile import ModelFile, read_model_file

log = logging.getLogger(__name__)

_REMEDY = "Use a model that this plugin ships, or one exported by `python -m marscd_plugin.training`."


#: The graph's names of what is told beside the images, and of the answer about kinds.
CONTEXT_INPUT, KIND_OUTPUT = "context", "kind"

#: What may be told beside the images: numbers in the card's order, or by name. None, NaN and left out mean unknown.
Context = Sequence[float | None] | Mapping[str, float | None] | None


@dataclass(frozen=True)
class Answer:
    """``probability`` of change, float32 (N,1,H,W); ``kind`` (N,K,H,W): the shares of the card's kinds, or None."""

    probability: np.ndarray
    kind: np.ndarray | None


class Model:
    """A loaded model. ``device`` is what runs it, ``notes`` what the user should know about how it was chosen."""

    def __init__(
        self, session: Any, card: ModelCard, file: ModelFile, device: Device, notes: tuple[str, ...] = ()
    ) -> None:
        self._session = session
        self.card = card
        self.path: Path = file.path
        self.sha256 = file.sha256
        self.device = label(device)
        self.notes = notes
        #: What onnxruntime says runs, best first; what was compiled in says nothing.
        self.providers: tuple[str, ...] = tuple(session.get_providers())

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
            if not self.device.startswith("CPU"):
                raise DeviceError(
                    f"The device {self.device} failed while running the model {self.card.name}: {_first_line(error)}.",
                    "Choose the device CPU, or free the device's memory and run it again.",
                ) from error
            raise ModelError(f"The model {self.path} failed: {_first_line(error)}.", _REMEDY) from error
        count, _, height, width = arrays[0].shape
        wanted = [(count, 1, height, width), (count, len(self.card.kinds), height, width)]
        for answer, shape in zip(found, wanted, strict=False):
            if answer.shape != shape:
                raise ModelError(
                    f"The model {self.path} answered an array of shape {answer.shape} to inputs of {arrays[0].shape}.",
                    _REMEDY,
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
    name = wanted(device)
    file = read_model_file(path)
    card = read_card(file.path)
    runtime = need("onnxruntime")
    compiled = set(runtime.get_available_providers())
    notes: list[str] = []
    candidates = AUTO_ORDER if name == "AUTO" else (name,)
    for candidate in (KNOWN[c] for c in candidates):
        if candidate.provider not in compiled:
            if name != "AUTO":
                raise DeviceError(
                    f"The device {name} is not there: the onnxruntime {runtime.__version__} in use cannot drive it.",
                    candidate.remedy,
                )
            continue
        session, reason = _start(runtime, file, candidate, threads)
        if session is None:
            if name != "AUTO":
                raise DeviceError(f"The device {name} did not start: {reason}.", candidate.remedy)
            notes.append(f"The device {candidate.name} was tried and did not start ({reason}). {candidate.remedy}")
            continue
        _check(session, card, file)
        model = Model(session, card, file, candidate, tuple(notes))
        failure = _probe(model)
        if failure is None:
            log.info("model %s on %s", card.name, model.device)
            return model
        if name != "AUTO" or candidate.name == "CPU":
            raise failure
        notes.append(f"The device {candidate.name} started but failed ({failure.what}). {candidate.remedy}")
    raise DeviceError("No device could be started.", KNOWN["CPU"].remedy)


def _start(runtime: ModuleType, file: ModelFile, device: Device, threads: int | None) -> tuple[Any, str]:
    """A session on that device, or None and why not. Raises ModelError where the model itself cannot be loaded."""
    preload(runtime, device)
    options = runtime.SessionOptions()
    options.intra_op_num_threads = threads or cores()
    options.inter_op_num_threads = 1
    # Idle threads sleep: spinning ones would starve QGIS and the thread that reads the next strip.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    if device.name == "DIRECTML":
        options.enable_mem_pattern = False
    try:
        # The keyword is sess_options; "options" would be ignored without a word.
        session = runtime.InferenceSession(file.data, sess_options=options, providers=provider_options(device))
    except Exception as error:
        if device.name == "CPU":
            raise ModelError(f"The model {file.path} cannot be loaded: {_first_line(error)}.", _REMEDY) from error
        return None, _first_line(error)
    if device.provider not in session.get_providers():
        return None, "onnxruntime fell back to " + ", ".join(session.get_providers())
    return session, ""


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
            f"The model {model.path} answers {answer.min():g}..{answer.max():g}, and probabilities are 0..1.", _REMEDY
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
            f"The model {file.path} has the inputs {', '.join(found)}, and its card names {', '.join(told)}.", _REMEDY
        )
    if sorted(o.name for o in outputs) != sorted(answers):
        raise ModelError(
            f"The model {file.path} has the outputs {', '.join(o.name for o in outputs)}, and its card names "
            f"{', '.join(answers) if card.kinds else card.output + ' alone'}.",
            _REMEDY,
        )
    for tensor in [t for t in inputs if t.name == CONTEXT_INPUT and card.context]:
        if len(tensor.shape) != 2 or tensor.shape[1] != len(card.context) or tensor.type != "tensor(float)":
            raise ModelError(
                f"{tensor.name} of the model {file.path} has shape {tensor.shape}, not (N, {len(card.context)}).",
                _REMEDY,
            )
    inputs = [t for t in inputs if t.name in card.inputs]
    for tensor in (*inputs, *outputs):
        if tensor.type != "tensor(float)":
            raise ModelError(f"{tensor.name} of the model {file.path} is {tensor.type}, not float32.", _REMEDY)
        if len(tensor.shape) != 4:
            raise ModelError(
                f"{tensor.name} of the model {file.path} has shape {tensor.shape}, not (N, 1, height, width).", _REMEDY
            )
    for tensor in inputs:
        _, bands, height, width = tensor.shape
        if isinstance(bands, int) and bands != 1:
            raise ModelError(f"{tensor.name} of the model {file.path} wants {bands} bands, not 1.", _REMEDY)
        if isinstance(height, int) or isinstance(width, int):
            raise ModelError(
                f"{tensor.name} of the model {file.path} has the fixed size {height} x {width}.",
                "Export it with dynamic height and width.",
            )


def _first_line(error: Exception) -> str:
    text = str(error).strip().splitlines()
    return text[0][:300].rstrip(".") if text else type(error).__name__
