"""Tiny embeddings: chips multiplied with a fixed matrix, with a card inside, beside, or none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from marscd_plugin.common.words import EmbeddingCard
from marscd_plugin.inference.card import CARD_KEY
from marscd_plugin.inference.embedding_card import embedding_card_to_json, sidecar

CARD = EmbeddingCard("tiny", "chips", "vectors", 16, 1, 8, "cosine", "chip", pixel_size=(0.25, 6.0), alike=0.7)


def card_with(**changes: object) -> EmbeddingCard:
    """The tiny card with changes."""
    return replace(CARD, **changes)  # type: ignore[arg-type]


def weights(card: EmbeddingCard) -> np.ndarray:
    """What chips are multiplied with, (values, dimensions)."""
    return np.random.default_rng(7).normal(size=(card.channels * card.chip_px**2, card.dimensions)).astype(np.float32)


def make_embedding(
    path: Path,
    card: EmbeddingCard | None = CARD,
    *,
    told: EmbeddingCard | None = None,
    beside: bool = False,
    batch: int | None = None,
    tokens: int = 0,
    inputs: tuple[str, ...] = (),
    scale: float = 1.0,
) -> Path:
    """An .onnx file of what ``card`` says, whose card says ``told`` (None: the truth; card None: no card at all).

    ``tokens``: the answer is (N, tokens, D), token t being t + 1 times the vector. ``scale`` NaN breaks the answers.
    """
    onnx = pytest.importorskip("onnx")
    helper, numpy_helper = onnx.helper, onnx.numpy_helper
    made = card or CARD
    count: int | str = batch or "n"
    constants = [numpy_helper.from_array(weights(made) * np.float32(scale), "w")]
    nodes = [helper.make_node("Flatten", [made.input], ["flat"])]
    if tokens:
        times = np.arange(1, tokens + 1, dtype=np.float32)[None, :, None]
        shaped = np.array([-1, 1, made.dimensions], np.int64)
        constants += [numpy_helper.from_array(shaped, "shape"), numpy_helper.from_array(times, "t")]
        nodes += [helper.make_node("MatMul", ["flat", "w"], ["v"]), helper.make_node("Reshape", ["v", "shape"], ["r"]),
                  helper.make_node("Mul", ["r", "t"], [made.output])]  # fmt: skip
    else:
        nodes.append(helper.make_node("MatMul", ["flat", "w"], [made.output]))
    shape = [count, made.channels, made.chip_px, made.chip_px]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(n, 1, shape if n == made.input else ["n"]) for n in (made.input, *inputs)],
        [helper.make_tensor_value_info(made.output, 1, [count, *([tokens] if tokens else []), made.dimensions])],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    if card is not None:
        text = embedding_card_to_json(told or card)
        if beside:
            sidecar(path).write_text(text, encoding="utf-8")
        else:
            helper.set_model_props(model, {CARD_KEY: text})
    onnx.save(model, str(path))
    return path
