"""What an embedding's file says of itself: a card in the ONNX file, or beside it as ``<file>.card.json``.

Files of our own carry the card under ``marscd_card`` with ``"task": "embedding"``. A foreign network (DINOv2, MOMO,
Clay ...) gets one laid beside it; ``dinov2.onnx.card.json`` is for ``dinov2.onnx``. What is inside the file counts
first. Both are bounded and checked in the same way.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from ..common.errors import ModelError
from ..common.words import EmbeddingCard
from .cardentries import EMBEDDING, NAME, TENSOR, Entries, bad, only, parsed
from .chips import SCHEMES
from .onnxmeta import CARD_KEY, beside, card_text, sidecar

#: How two vectors are compared.
METRICS = ("cosine", "euclidean")

#: How a network that answers one vector a patch (N, tokens, D) is brought to one a chip: by its first token, by the
#: mean of all, by the mean of all but the first. ``none``: it answers (N, D) itself.
POOLINGS = ("none", "cls", "mean", "patches")

_REQUIRED = ("name", "task", "input", "output", "chip_px", "channels", "dimensions", "metric", "normalisation")
_OPTIONAL = (
    "pixel_size",
    "alike",
    "pooling",
    "description",
    "training_data",
    "scores",
    "seed",
    "licence",
    "version",
)
_REMEDY = (
    "Use an embedding that this plugin ships, or one exported by `python -m marscd_plugin.training`; for another "
    "network lay a card beside it (docs/embeddings.md shows how)."
)


def embedding_card_to_json(card: EmbeddingCard) -> str:
    """The card as JSON text, for an ONNX file's metadata (key ``marscd_card``) or a file beside it.

    What is written is first read back, so that nothing is exported that would be refused. Raises ModelError.
    """
    try:
        text = json.dumps(
            {"card": 1, "task": EMBEDDING, **asdict(card)}, ensure_ascii=False, allow_nan=False, sort_keys=True
        )
    except (TypeError, ValueError) as error:
        raise ModelError(f"The card of embedding {card.name} cannot be written as JSON: {error}.", _REMEDY) from error
    embedding_card_from_json(text, f"embedding {card.name}")
    return text


def embedding_card_from_json(text: str, source: str = "the embedding") -> EmbeddingCard:
    """The card in ``text``; ``source`` names the file in errors. Raises ModelError on anything that is no such card."""
    value = parsed(text, source)
    task = value.get("task")
    if task != EMBEDDING:
        kind = f"a model for {task!r}" if isinstance(task, str) and 0 < len(task) <= 64 else "a card without a task"
        raise ModelError(
            f"{source} is {kind}, and an embedding is needed here.",
            "Choose an embedding (marscd-analogue, paper-analogue, or a network with a card of the task embedding).",
        )
    only(value, _REQUIRED, _OPTIONAL, source)
    entries = Entries(value, source)
    tensors = entries.pattern("input", TENSOR), entries.pattern("output", TENSOR)
    if tensors[0] == tensors[1]:
        raise bad(source, f"names {tensors[0]!r} both as input and as output")
    channels, normalisation = entries.whole("channels", 1, 3), entries.choice("normalisation", SCHEMES)
    if channels == 2 or (normalisation == "imagenet" and channels != 3):
        raise bad(source, f"has {channels} channels, which the normalisation {normalisation} does not make")
    return EmbeddingCard(
        name=entries.pattern("name", NAME),
        input=tensors[0],
        output=tensors[1],
        chip_px=entries.whole("chip_px", 8, 1024),
        channels=channels,
        dimensions=entries.whole("dimensions", 2, 8192),
        metric=entries.choice("metric", METRICS),
        normalisation=normalisation,
        pixel_size=None if value.get("pixel_size") is None else entries.pixel_size(),
        alike=entries.number_or_none("alike", 0.0, 1e6),
        description=entries.text("description"),
        training_data=entries.text("training_data"),
        scores=entries.scores(),
        seed=entries.seed(),
        licence=entries.text("licence"),
        version=entries.text("version"),
        pooling=entries.choice("pooling", POOLINGS, "none"),
    )


def read_embedding_card(path: Path | str) -> EmbeddingCard:
    """The card of an embedding, without loading its network. Raises ModelError naming the file."""
    text, source = card_text(path), str(path)
    if text is None:
        text, source = beside(path), str(sidecar(path))
    if text is None:
        raise ModelError(
            f"The model file {path} carries no MarsCD card ({CARD_KEY}), and there is none beside it "
            f"({sidecar(path).name}).",
            _REMEDY,
        )
    return embedding_card_from_json(text, source)
