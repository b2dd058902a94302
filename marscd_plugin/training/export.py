"""A trained network as an ONNX file that carries its card, proved against torch before it takes its place."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from ..common.errors import ModelError
from ..common.files import whole_file
from ..common.packages import need
from ..common.words import ModelCard
from ..inference.card import CARD_KEY, card_to_json

log = logging.getLogger(__name__)

#: ONNX operator set of exported files: new enough for everything used, old enough for any onnxruntime of this decade.
OPSET = 17

#: Largest difference between torch's and onnxruntime's probabilities that is let through.
PARITY = 1e-4

#: No shipped model is larger, in bytes.
MAX_BYTES = 10_000_000


class WithSigmoid(nn.Module):
    """A network of logits as one of probabilities (0..1)."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, before: Tensor, after: Tensor) -> Tensor:
        return torch.sigmoid(self.network(before, after))


def export_onnx(network: nn.Module, card: ModelCard, path: Path | str) -> float:
    """Write ``network`` (two images in, logits out) with its card to ``path``, whole or not at all.

    N, height and width stay free; batch normalisation is folded into the convolutions by the exporter. The file is
    run by onnxruntime on random images of two sizes first. Returns the largest difference of probabilities to torch;
    raises ModelError where it exceeds ``PARITY`` or the file ``MAX_BYTES``, and leaves what was at ``path`` as it was.
    """
    return write_onnx(WithSigmoid(network), card, path, dict.fromkeys(card.inputs, (1, 1)), [card.output])


def write_onnx(
    model: nn.Module, card: ModelCard, path: Path | str, inputs: dict[str, tuple[int, int]], outputs: list[str]
) -> float:
    """Write any of our networks, proved against torch, whole or not at all. Returns the largest difference to torch.

    ``inputs``: name -> (channels, pixels a cell): (N, channels, H / cell, W / cell), or (N, channels) for a cell of 0.
    Raises ModelError as ``export_onnx`` does.
    """
    onnx = need("onnx")
    need("onnxruntime")
    model = model.eval().float().to("cpu")
    side = card.multiple * 8
    example = tuple(torch.zeros(*_shape(1, side, side, *of)) for of in inputs.values())
    free = {
        name: {0: "batch", 2: _named("height", cell), 3: _named("width", cell)} if cell else {0: "batch"}
        for name, (_, cell) in inputs.items()
    }
    free |= {name: {0: "batch", 2: f"{name}_height", 3: f"{name}_width"} for name in outputs}
    with whole_file(path) as part:
        # The TorchScript exporter: small graphs, true dynamic sizes, and no need of onnxscript.
        torch.onnx.export(
            model,
            example,
            str(part),
            input_names=list(inputs),
            output_names=outputs,
            dynamic_axes=free,
            opset_version=OPSET,
            do_constant_folding=True,
            dynamo=False,
        )
        proto = onnx.load(str(part))
        onnx.helper.set_model_props(proto, {CARD_KEY: card_to_json(card)})
        proto.doc_string = card.description
        onnx.checker.check_model(proto)
        onnx.save(proto, str(part))
        if part.stat().st_size > MAX_BYTES:
            raise ModelError(
                f"The exported model has {part.stat().st_size} bytes.", f"At most {MAX_BYTES} are shipped."
            )
        sizes = ((side, side), (side, side + card.multiple))
        worst = max(parity(model, part, inputs, outputs, size) for size in sizes)
        if worst > PARITY:
            raise ModelError(
                f"The exported model's answers differ from torch's by {worst:.1e}.",
                "Export in float32, on a processor without reduced precision.",
            )
    log.info("exported %s, largest difference to torch %.1e", path, worst)
    return worst


def _named(axis: str, cell: int) -> str:
    return axis if cell == 1 else f"{axis}_{cell}"


def _shape(count: int, rows: int, columns: int, channels: int, cell: int) -> tuple[int, ...]:
    return (count, channels, rows // cell, columns // cell) if cell else (count, channels)


def parity(
    model: nn.Module, path: Path, inputs: dict[str, tuple[int, int]], outputs: list[str], size: tuple[int, int]
) -> float:
    """Largest difference between torch's and onnxruntime's answer to one random pair of ``size`` (rows, columns).

    Probabilities are compared as they are, features relative to their largest value. Of numbers beside the images
    (cell 0) every other is unknown.
    """
    runtime = need("onnxruntime")
    rng = np.random.default_rng(1)
    feeds = {}
    for name, (channels, cell) in inputs.items():
        shape = _shape(2, *size, channels, cell)
        feeds[name] = rng.normal(0.0, 1.5, shape).astype(np.float32)
        if not cell:
            feeds[name][:, ::2] = np.nan
    with torch.no_grad():
        answer = model(*(torch.from_numpy(a) for a in feeds.values()))
    expected = [a.numpy() for a in (answer if isinstance(answer, tuple) else (answer,))]
    session = runtime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    found = session.run(outputs, feeds)
    return max(
        float(np.abs(f - e).max() / max(1.0, float(np.abs(e).max()))) for f, e in zip(found, expected, strict=True)
    )
