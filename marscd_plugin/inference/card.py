"""What a change model's file says of itself: JSON under the key ``marscd_card`` of the ONNX file's ``metadata_props``.

The card is read without loading the network (``onnxmeta``), and every value is checked (``cardentries``) before it
becomes a ``ModelCard``. Embeddings have cards of their own (``embedding_card``).
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from ..common.errors import ModelError
from ..common.words import ModelCard
from .cardentries import EMBEDDING, NAME, TENSOR, Entries, bad, only, parsed
from .normalise import SCHEMES
from .onnxmeta import CARD_KEY, REMEDY, card_text

_REQUIRED = (
    "name",
    "task",
    "inputs",
    "output",
    "normalisation",
    "pixel_size",
    "threshold",
    "halo",
    "multiple",
)
_OPTIONAL = (
    "description",
    "training_data",
    "scores",
    "seed",
    "licence",
    "version",
    "context",
    "kinds",
    "prevalence",
    "screen",
)


def card_to_json(card: ModelCard) -> str:
    """The card as JSON text (keys as in ``ModelCard``, plus ``"card": 1`` for the layout). Raises ModelError.

    What is written is first read back, so that nothing is exported that ``card_from_json`` would refuse.
    """
    try:
        text = json.dumps({"card": 1, **asdict(card)}, ensure_ascii=False, allow_nan=False, sort_keys=True)
    except (TypeError, ValueError) as error:
        raise ModelError(f"The card of model {card.name} cannot be written as JSON: {error}.", REMEDY) from error
    card_from_json(text, f"model {card.name}")
    return text


def card_from_json(text: str, source: str = "the model") -> ModelCard:
    """The card in ``text``. ``source`` names the file in errors. Raises ModelError on anything that is not a card."""
    value = parsed(text, source)
    if value.get("task") == EMBEDDING:
        raise ModelError(
            f"{source} is an embedding (it says what a piece of ground looks like), and a change model is needed here.",
            "Choose a change model, or use this one to find analogues.",
        )
    only(value, _REQUIRED, _OPTIONAL, source)
    return _card(Entries(value, source))


def read_card(path: Path | str) -> ModelCard:
    """The card of an ONNX file, without loading its network. Raises ModelError naming the file."""
    text = card_text(path)
    if text is None:
        raise ModelError(f"The model file {path} carries no MarsCD card ({CARD_KEY}).", REMEDY)
    return card_from_json(text, str(path))


def _card(entries: Entries) -> ModelCard:
    source, value = entries.source, entries.value
    inputs = _inputs(entries)
    low, high = entries.pixel_size()
    output = entries.pattern("output", TENSOR)
    if output in inputs:
        raise bad(source, f"names {output!r} both as input and as output")
    normalisation = entries.text("normalisation", 64)
    if normalisation not in SCHEMES:
        raise bad(source, f"asks for normalisation {normalisation!r}; this version knows {', '.join(SCHEMES)}")
    halo, multiple = entries.whole("halo", 0, 1024), entries.whole("multiple", 1, 256)
    task = entries.text("task")
    if not task:
        raise bad(source, "has an empty task")
    return ModelCard(
        name=entries.pattern("name", NAME),
        task=task,
        inputs=inputs,
        output=output,
        normalisation=normalisation,
        pixel_size=(low, high),
        threshold=entries.number("threshold", value["threshold"], 0.0, 1.0),
        halo=halo,
        multiple=multiple,
        description=entries.text("description"),
        training_data=entries.text("training_data"),
        scores=entries.scores(),
        seed=entries.seed(),
        licence=entries.text("licence"),
        version=entries.text("version"),
        context=entries.names("context", 16),
        kinds=entries.names("kinds", 64),
        prevalence=entries.number_or_none("prevalence", 0.0, 1.0),
        screen=entries.pattern("screen", NAME) if value.get("screen") else "",
    )


def _inputs(entries: Entries) -> tuple[str, ...]:
    value, source = entries.value["inputs"], entries.source
    if not isinstance(value, list) or not 1 <= len(value) <= 8 or not all(isinstance(name, str) for name in value):
        raise bad(source, "has inputs that are not a list of one to eight names")
    if len(set(value)) != len(value) or not all(TENSOR.fullmatch(name) for name in value):
        raise bad(source, "has inputs that are not different plain names")
    return tuple(value)
