"""A change model in two halves: what one image shows is worked out once, however many dates it is compared with.

``NAME-encoder.onnx`` and ``NAME-head.onnx`` stand beside ``NAME.onnx`` and hold the same weights: ``encode`` of both
dates and then ``compare`` gives what the whole gives (tests/training prove it to 1e-5). A series of n dates costs n
encodings instead of two for every pair.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..common.errors import DeviceError, ModelError
from ..common.packages import need
from ..common.words import ModelCard
from .card import read_card
from .devices import KNOWN
from .models import find_model
from .onnxfile import read_model_file
from .session import CONTEXT_INPUT, KIND_OUTPUT, Answer, Context, context_row, load_model
from .starting import first_line, open_session

log = logging.getLogger(__name__)

#: Endings of the two halves' names.
ENCODER, HEAD = "-encoder", "-head"

#: The tasks that their cards name.
ENCODER_TASK, HEAD_TASK = "change-encoder", "change-head"

_REMEDY = "Install the plugin's models again, or use a model that comes with its two halves."


@dataclass(frozen=True)
class Features:
    """What the encoder saw in one image: the image itself and arrays (N,C,h,w), float32, finest first.

    They may be cut to a window whose corner and size divide by the card's ``multiple`` (``window``).
    """

    arrays: tuple[np.ndarray, ...]

    def window(self, row: int, column: int, height: int, width: int) -> Features:
        """A part, given in pixels of the image; all four must divide by the coarsest array's cell."""
        made, full = [], self.arrays[0].shape[2]
        for array in self.arrays:
            cell = full // array.shape[2]
            rows, columns = (slice(at // cell, (at + size) // cell) for at, size in ((row, height), (column, width)))
            made.append(array[:, :, rows, columns])
        return Features(tuple(made))

    @property
    def nbytes(self) -> int:
        """Memory held."""
        return sum(array.nbytes for array in self.arrays)


class SplitModel:
    """Both halves ready to run; ``card`` is that of the whole model, which holds for the answers alike."""

    def __init__(self, card: ModelCard, encoder: Any, head: Any, device: str, notes: tuple[str, ...], sha256: str):
        self.card, self.device, self.notes, self.sha256 = card, device, notes, sha256
        self._encoder, self._head = encoder, head
        self._outputs = [o.name for o in encoder.get_outputs()]
        self._inputs = [i.name for i in head.get_inputs() if i.name != CONTEXT_INPUT]

    def encode(self, image: np.ndarray) -> Features:
        """Features of one normalised image, float32 (N,1,H,W), H and W multiples of ``card.multiple``."""
        found = _run(self._encoder, self._outputs, {"image": image}, self.card, self.device)
        return Features((image, *found))

    def compare(self, before: Features, after: Features, context: Context = None) -> Answer:
        """The answer to two dates of one size, as ``Model.answer`` gives it for their images."""
        arrays = [*before.arrays, *after.arrays]
        feeds = dict(zip(self._inputs, (np.ascontiguousarray(a) for a in arrays), strict=True))
        if self.card.context:
            feeds[CONTEXT_INPUT] = np.tile(context_row(self.card, context), (len(before.arrays[0]), 1))
        names = [self.card.output, *((KIND_OUTPUT,) if self.card.kinds else ())]
        found = _run(self._head, names, feeds, self.card, self.device)
        return Answer(found[0], found[1] if len(found) > 1 else None)


def halves(path: Path | str) -> tuple[Path, Path]:
    """Where the halves of the model file ``path`` stand."""
    path = Path(path)
    return path.with_name(path.stem + ENCODER + path.suffix), path.with_name(path.stem + HEAD + path.suffix)


def has_halves(name_or_path: Path | str) -> bool:
    """Whether that model comes in halves as well."""
    return all(half.is_file() for half in halves(find_model(name_or_path)))


def load_split(name_or_path: Path | str, device: str = "AUTO", threads: int | None = None) -> SplitModel:
    """The halves of a model on ``device``, as ``load_model`` chooses it. Raises ModelError where they do not belong."""
    path = find_model(name_or_path)
    whole = load_model(path, device, threads)
    runtime, sessions = need("onnxruntime"), []
    chosen = next(d for d in KNOWN.values() if d.provider in whole.providers[:1])
    for half, task in zip(halves(path), (ENCODER_TASK, HEAD_TASK), strict=True):
        if not half.is_file():
            raise ModelError(f"The model {path} has no half {half.name}.", _REMEDY)
        card = read_card(half)
        if card.task != task or card.version != whole.card.version or _weights(card) != _weights(whole.card):
            raise ModelError(f"{half} is not a half of {path}.", _REMEDY)
        session, reason = open_session(runtime, read_model_file(half), chosen, threads)
        if session is None:
            raise DeviceError(f"{half} did not start on {whole.device}: {reason}.", chosen.remedy)
        sessions.append(session)
    return SplitModel(whole.card, sessions[0], sessions[1], whole.device, whole.notes, whole.sha256)


def _weights(card: ModelCard) -> str:
    """What tells one training result from another: halves carry the whole's scores."""
    return json.dumps(card.scores, sort_keys=True)


def _run(session: Any, names: list[str], feeds: dict[str, np.ndarray], card: ModelCard, device: str) -> Any:
    try:
        return session.run(names, feeds)
    # onnxruntime's exceptions share no base below Exception, and all of them mean that this run failed.
    except Exception as error:
        kind = ModelError if device.startswith("CPU") else DeviceError
        raise kind(f"A half of the model {card.name} failed: {first_line(error)}.", _REMEDY) from error
