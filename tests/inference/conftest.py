"""Tiny ONNX models with cards, made on the spot: no weights, known answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from marscd_plugin.common.words import ModelCard
from marscd_plugin.inference.card import CARD_KEY, card_to_json

CARD = ModelCard(
    name="tiny",
    task="change",
    inputs=("before", "after"),
    output="probability",
    normalisation="pair-robust",
    pixel_size=(0.2, 0.6),
    threshold=0.5,
    halo=8,
    multiple=4,
    description="|after - before| against a fixed level",
)


def make_model(path: Path, kind: str = "crisp", card: ModelCard | None = CARD, **shape: object) -> Path:
    """``crisp``: sigmoid(4 (|b - a| - 2)) pixel by pixel; ``deep``: smoothed, pooled by 4, raised again, smoothed.

    ``shape`` overrides: ``size`` (fixed height and width), ``bands``, ``dtype``, ``names`` of the inputs.
    """
    onnx = pytest.importorskip("onnx")
    helper, numpy_helper, types = onnx.helper, onnx.numpy_helper, onnx.TensorProto
    names = shape.get("names", ("before", "after"))
    bands, size = shape.get("bands", 1), shape.get("size")
    dtype = shape.get("dtype", types.FLOAT)
    dims = ["n", bands, *((size, size) if size else ("h", "w"))]
    constants = [numpy_helper.from_array(np.float32(v), n) for n, v in (("gain", 4.0), ("level", 2.0))]
    nodes = [helper.make_node("Sub", list(names)[:2], ["d"]), helper.make_node("Abs", ["d"], ["m"])]
    if kind == "deep":
        kernel = np.full((1, 1, 3, 3), 1 / 9, np.float32)
        constants += [numpy_helper.from_array(kernel, "kernel"),
                      numpy_helper.from_array(np.array([1, 1, 4, 4], np.float32), "scales")]  # fmt: skip
        nodes += [
            helper.make_node("Conv", ["m", "kernel"], ["c"], pads=[1, 1, 1, 1]),
            helper.make_node("MaxPool", ["c"], ["p"], kernel_shape=[4, 4], strides=[4, 4]),
            helper.make_node("Resize", ["p", "", "scales"], ["u"], mode="nearest"),
            helper.make_node("Conv", ["u", "kernel"], ["m2"], pads=[1, 1, 1, 1]),
        ]
    last = "m2" if kind == "deep" else "m"
    nodes += [
        helper.make_node("Sub", [last, "level"], ["s"]),
        helper.make_node("Mul", ["s", "gain"], ["g"]),
        helper.make_node("Sigmoid", ["g"], ["probability"]),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(n, dtype, dims) for n in names],
        [helper.make_tensor_value_info("probability", dtype, dims)],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    if card is not None:
        helper.set_model_props(model, {CARD_KEY: card_to_json(card)})
    onnx.save(model, str(path))
    return path


@pytest.fixture(scope="session")
def build_model() -> Callable[..., Path]:
    """``make_model`` as a fixture, with ``card_with`` to vary the card."""
    make_model.card_with = lambda **changes: replace(CARD, **changes)  # type: ignore[attr-defined]
    return make_model


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The crisp model."""
    return make_model(tmp_path_factory.mktemp("model") / "tiny.onnx")


@pytest.fixture(scope="session")
def deep_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model whose answer depends on neighbours and on where its 4 px cells start."""
    return make_model(tmp_path_factory.mktemp("model") / "deep.onnx", kind="deep")
