"""An embedding ready to run: chips of ground in, vectors out, on a device that truly started.

While the network works on one batch, the next is normalised in a helper thread. A network with a fixed batch size gets
batches of that size, the last one filled up.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from ..common.errors import DeviceError, InputError, ModelError
from ..common.packages import need
from ..common.words import EmbeddingCard
from .ahead import ahead
from .chips import normalise_chips
from .devices import Device, wanted
from .embedding_card import read_embedding_card
from .onnxfile import ModelFile, read_model_file
from .starting import Started, failed, start

__all__ = ["Embedder", "load_embedder", "normalise_chips"]

T = TypeVar("T")

#: A batch has at most so many values, so that the memory of a large network stays bounded, and so many chips.
_BATCH_VALUES = 1 << 22
_BATCH_CHIPS = 64
_REMEDY = (
    "Correct the card (dimensions, chip_px, channels, pooling), or use an embedding that this plugin ships; "
    "docs/embeddings.md shows what a card says."
)


class Embedder(Started[EmbeddingCard]):
    """A loaded embedding."""

    def __init__(
        self, session: Any, card: EmbeddingCard, file: ModelFile, device: Device, notes: tuple[str, ...] = ()
    ) -> None:
        super().__init__(session, card, file, device, notes)
        fixed = session.get_inputs()[0].shape[0]
        self._fixed: int | None = fixed if isinstance(fixed, int) and fixed > 0 else None
        most = max(1, _BATCH_VALUES // (card.channels * card.chip_px**2))
        #: Chips that go through the network at once.
        self.batch: int = self._fixed or min(_BATCH_CHIPS, most)

    def embed(self, chips: np.ndarray) -> np.ndarray:
        """The vectors float32 (N, dimensions) of chips (N, chip_px, chip_px), NaN where nodata.

        Of length 1 where the card's metric is cosine. A chip without any finite value, and one whose vector has no
        direction (cosine, length 0), gives a row of NaN. Raises InputError for chips of another size, ModelError where
        the vectors have another length than the card says or are not finite, DeviceError where the device failed.
        """
        side = self.card.chip_px
        if np.ndim(chips) != 3 or np.shape(chips)[1:] != (side, side):
            raise InputError(
                f"The embedding {self.card.name} takes chips of {side} x {side} pixels, not {np.shape(chips)}.",
                "Cut the chips to the size that the embedding's card says.",
            )
        vectors = np.empty((len(chips), self.card.dimensions), np.float32)
        starts = range(0, len(chips), self.batch)
        for start_at, found in self.stream((at, chips[at : at + self.batch]) for at in starts):
            vectors[start_at : start_at + len(found)] = found
        return vectors

    def stream(self, groups: Iterable[tuple[T, np.ndarray]]) -> Generator[tuple[T, np.ndarray], None, None]:
        """For each (tag, chips) of ``groups``, in order: the tag and the vectors, as ``embed`` makes them.

        Groups are taken and normalised in a helper thread, one ahead of the network; best of ``batch`` chips each.
        """
        prepared = ahead(self._prepared(groups))
        with closing(prepared):  # type: ignore[type-var]
            for tag, empty, batches in prepared:
                made = [self._run(batch)[:count] for count, batch in batches]
                vectors = np.concatenate(made) if made else np.empty((0, self.card.dimensions), np.float32)
                vectors[empty] = np.nan
                yield tag, vectors

    def _prepared(
        self, groups: Iterable[tuple[T, np.ndarray]]
    ) -> Iterator[tuple[T, np.ndarray, list[tuple[int, np.ndarray]]]]:
        """Tag, which chips hold nothing, and batches with how many of each count."""
        for tag, chips in groups:
            empty = ~np.isfinite(chips).reshape(len(chips), -1).any(axis=1)
            batches = []
            for at in range(0, len(chips), self.batch):
                made = normalise_chips(chips[at : at + self.batch], self.card.normalisation, self.card.channels)
                count = len(made)
                if self._fixed and count < self._fixed:
                    made = np.concatenate([made, np.zeros((self._fixed - count, *made.shape[1:]), np.float32)])
                batches.append((count, made))
            yield tag, empty, batches

    def _run(self, prepared: np.ndarray) -> np.ndarray:
        """One batch through the network: float32 (N, dimensions), checked."""
        try:
            (found,) = self._session.run([self.card.output], {self.card.input: prepared})
        # onnxruntime's exceptions share no base below Exception, and all of them mean that this run failed.
        except Exception as error:
            raise failed(error, self.device, self.card.name, self.path) from error
        vectors = self._pooled(np.asarray(found))
        if vectors.shape != (len(prepared), self.card.dimensions):
            raise ModelError(
                f"The embedding {self.path} answers vectors of another length than its card says: an array "
                f"{np.shape(found)} for {len(prepared)} chips; the card says {self.card.dimensions} numbers a chip.",
                _REMEDY,
            )
        if not np.isfinite(vectors).all():
            raise ModelError(f"The embedding {self.path} answers numbers that are not finite.", _REMEDY)
        return unit(vectors) if self.card.metric == "cosine" else vectors

    def _pooled(self, found: np.ndarray) -> np.ndarray:
        pooling = self.card.pooling
        if pooling == "none":
            return found
        if found.ndim != 3 or found.shape[1] < 2:
            raise ModelError(
                f"The embedding {self.path} answers an array {found.shape}, which the card's pooling {pooling!r} does "
                "not fit: (chips, tokens, numbers) is needed.",
                _REMEDY,
            )
        if pooling == "cls":
            return found[:, 0]
        return found[:, 1 if pooling == "patches" else 0 :].mean(axis=1, dtype=np.float32)


def unit(vectors: np.ndarray) -> np.ndarray:
    """Vectors (N, D) at length 1, float32; NaN where the length is 0."""
    vectors = np.asarray(vectors, np.float32)
    length = np.sqrt(np.einsum("nd,nd->n", vectors, vectors, dtype=np.float64))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(length[:, None] > 0, vectors / length[:, None], np.nan).astype(np.float32)


def load_embedder(path: Path | str, device: str = "AUTO", threads: int | None = None) -> Embedder:
    """Load an embedding on ``device`` (``AUTO``, ``CPU``, ``CUDA``, ``DIRECTML``, ``COREML``).

    ``threads`` is the number of cores for one run; None means all that this process may use. Raises ModelError (file,
    card, graph, vectors of another length), DeviceError (a device asked for that is not there), InputError (an unknown
    device) or MissingPackageError.
    """
    wanted(device)
    card = read_embedding_card(path)
    file = read_model_file(path)

    def make(session: Any, started: Device, notes: tuple[str, ...]) -> Embedder:
        _check(session, card, file)
        return Embedder(session, card, file, started, notes)

    return start(need("onnxruntime"), file, device, threads, make, _probe)


def _probe(embedder: Embedder) -> ModelError | DeviceError | None:
    """Embed one patterned chip: proves the length of the vectors, and that the device works."""
    side = embedder.card.chip_px
    rows, columns = np.mgrid[0:side, 0:side]
    try:
        embedder.embed(np.sin(0.37 * columns + 0.11 * rows).astype(np.float32)[None])
    except (ModelError, DeviceError) as error:
        return error
    return None


def _check(session: Any, card: EmbeddingCard, file: ModelFile) -> None:
    """The graph's input and output against the card. Raises ModelError."""
    inputs, outputs = session.get_inputs(), {o.name: o for o in session.get_outputs()}
    if [i.name for i in inputs] != [card.input]:
        raise ModelError(
            f"The embedding {file.path} has the inputs {', '.join(i.name for i in inputs)}, and its card names "
            f"{card.input} alone.",
            "Export it with one input, the chips, and name that in the card.",
        )
    if card.output not in outputs:
        raise ModelError(
            f"The embedding {file.path} has the outputs {', '.join(outputs)}, and its card names {card.output}.",
            _REMEDY,
        )
    tensor, answer = inputs[0], outputs[card.output]
    for each in (tensor, answer):
        if each.type != "tensor(float)":
            raise ModelError(
                f"{each.name} of the embedding {file.path} is {each.type}, not float32.", "Export it in float32."
            )
    told = (None, card.channels, card.chip_px, card.chip_px)
    if len(tensor.shape) != 4 or _differs(tensor.shape, told):
        raise ModelError(
            f"{tensor.name} of the embedding {file.path} has shape {tensor.shape}, and its card says "
            f"(N, {card.channels}, {card.chip_px}, {card.chip_px}).",
            _REMEDY,
        )
    wanted_shape = (None, card.dimensions) if card.pooling == "none" else (None, None, card.dimensions)
    # An exporter may leave the shape of an output open: the probe then tells.
    if answer.shape and (len(answer.shape) != len(wanted_shape) or _differs(answer.shape, wanted_shape)):
        shape = ", ".join(["N", *(["tokens"] if len(wanted_shape) == 3 else []), str(card.dimensions)])
        raise ModelError(
            f"The vectors of the embedding {file.path} have another length than its card says: {answer.name} has shape "
            f"{answer.shape}, and the card says ({shape}).",
            _REMEDY,
        )


def _differs(shape: list[Any], told: tuple[int | None, ...]) -> bool:
    return any(isinstance(a, int) and b is not None and a != b for a, b in zip(shape, told, strict=True))
