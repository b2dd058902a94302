"""A trained embedding as an ONNX file that carries its card, proved against torch before it takes its place."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import torch
from torch import nn

from ..common.errors import ModelError
from ..common.files import whole_file
from ..common.packages import need
from ..common.words import EmbeddingCard
from ..inference.chips import normalise_chips
from ..inference.embedding_card import embedding_card_to_json
from ..inference.onnxmeta import CARD_KEY
from .export import MAX_BYTES, OPSET, PARITY

log = logging.getLogger(__name__)


def export_embedding(network: nn.Module, card: EmbeddingCard, path: Path | str, max_bytes: int = MAX_BYTES) -> float:
    """Write ``network`` ((N, channels, px, px) -> (N, dimensions)) with its card to ``path``, whole or not at all.

    Only N stays free. Names of tensors are the card's. The file is run by onnxruntime on random chips, one and three
    at a time, first. Returns the largest difference to torch, relative to the largest number of a vector where that is
    above 1; raises ModelError where it exceeds ``PARITY``, the file ``max_bytes``, or the card does not fit.
    """
    onnx = need("onnx")
    need("onnxruntime")
    model = network.eval().float().to("cpu")
    example = torch.zeros(1, card.channels, card.chip_px, card.chip_px)
    with torch.no_grad():
        shape = tuple(model(example).shape)
    if shape != (1, card.dimensions):
        raise ModelError(f"The network answers {shape}, its card says (1, {card.dimensions}).", "Correct the card.")
    text = embedding_card_to_json(card)
    with whole_file(path) as part:
        torch.onnx.export(
            model,
            (example,),
            str(part),
            input_names=[card.input],
            output_names=[card.output],
            dynamic_axes={card.input: {0: "batch"}, card.output: {0: "batch"}},
            opset_version=OPSET,
            do_constant_folding=True,
            dynamo=False,
        )
        proto = onnx.load(str(part))
        onnx.helper.set_model_props(proto, {CARD_KEY: text})
        proto.doc_string = card.description
        onnx.checker.check_model(proto)
        onnx.save(proto, str(part))
        if part.stat().st_size > max_bytes:
            raise ModelError(
                f"The exported embedding has {part.stat().st_size} bytes.", f"At most {max_bytes} are allowed."
            )
        worst = max(embedding_parity(model, card, part, count) for count in (1, 3))
        if worst > PARITY:
            raise ModelError(
                f"The exported embedding's vectors differ from torch's by {worst:.1e}.",
                "Export in float32, on a processor without reduced precision.",
            )
    log.info("exported %s, largest difference to torch %.1e", path, worst)
    return worst


def embedding_parity(network: nn.Module, card: EmbeddingCard, path: Path, count: int) -> float:
    """Largest difference between torch's and onnxruntime's vectors of ``count`` random chips."""
    runtime = need("onnxruntime")
    noise = np.random.default_rng(1).normal(100.0, 20.0, (count, card.chip_px, card.chip_px))
    chips = normalise_chips(noise, card.normalisation, card.channels)
    with torch.no_grad():
        expected = network(torch.from_numpy(chips)).numpy()
    session = runtime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    found = session.run([card.output], {card.input: chips})[0]
    return float(np.abs(found - expected).max() / max(1.0, float(np.abs(expected).max())))
