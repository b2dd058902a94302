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
    onnx = need("onnx")
    need("onnxruntime")
    model = WithSigmoid(network).eval().float().to("cpu")
    side = card.multiple * 8
    example = (torch.zeros(1, 1, side, side), torch.zeros(1, 1, side, side))
    names = [*card.inputs, card.output]
    free = {name: {0: "batch", 2: "height", 3: "width"} for name in names}
    with whole_file(path) as part:
        # The TorchScript exporter: small graphs, true dynamic sizes, and no need of onnxscript.
        torch.onnx.export(
            model,
            example,
            str(part),
            input_names=list(card.inputs),
            output_names=[card.output],
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
        worst = max(parity(model, part, card, (side, side)), parity(model, part, card, (side, side + card.multiple)))
        if worst > PARITY:
            raise ModelError(
                f"The exported model's probabilities differ from torch's by {worst:.1e}.",
                "Export in float32, on a processor without reduced precision.",
            )
    log.info("exported %s, largest difference to torch %.1e", path, worst)
    return worst


def parity(model: nn.Module, path: Path, card: ModelCard, size: tuple[int, int]) -> float:
    """Largest difference between torch's and onnxruntime's answer to one random pair of ``size`` (rows, columns)."""
    runtime = need("onnxruntime")
    rng = np.random.default_rng(1)
    arrays = [rng.normal(0.0, 1.5, (2, 1, *size)).astype(np.float32) for _ in card.inputs]
    with torch.no_grad():
        expected = model(*(torch.from_numpy(a) for a in arrays)).numpy()
    session = runtime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    (found,) = session.run([card.output], dict(zip(card.inputs, arrays, strict=True)))
    return float(np.abs(found - expected).max())
