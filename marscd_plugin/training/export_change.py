"""The default model as ONNX: the whole, its two halves for series, and its probabilities made to mean what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import interpolate

from ..common.errors import ModelError
from ..common.packages import need
from ..common.words import ModelCard
from ..inference.session import CONTEXT_INPUT, KIND_OUTPUT
from ..inference.split import ENCODER, ENCODER_TASK, HEAD, HEAD_TASK, halves
from .changenet import CONTEXT_NAMES, ChangeNetwork
from .export import PARITY, write_onnx

#: Largest difference between the whole and its halves that is let through.
SPLIT_PARITY = 1e-5


@dataclass(frozen=True)
class Calibration:
    """Probability = sigmoid(``slope`` * logit + ``offset``), at a prevalence of change of ``prevalence``."""

    slope: float = 1.0
    offset: float = 0.0
    prevalence: float | None = None


class Answers(nn.Module):
    """Logits of change and kinds as probabilities, at full resolution."""

    def __init__(self, calibration: Calibration) -> None:
        super().__init__()
        self.slope, self.offset = calibration.slope, calibration.offset

    def forward(self, logits: Tensor, kinds: Tensor) -> tuple[Tensor, Tensor]:
        # A softmax written out: onnxruntime's own turns the array around for it.
        share = torch.exp(torch.clamp(kinds, -20.0, 20.0))
        share = share / share.sum(1, keepdim=True)
        return torch.sigmoid(logits * self.slope + self.offset), interpolate(share, scale_factor=2, mode="nearest")


class Whole(nn.Module):
    """Two images and a context in, probability and kinds out."""

    def __init__(self, network: ChangeNetwork, calibration: Calibration) -> None:
        super().__init__()
        self.network, self.answers = network, Answers(calibration)

    def forward(self, before: Tensor, after: Tensor, context: Tensor) -> tuple[Tensor, Tensor]:
        return self.answers(*self.network(before, after, context))


class Encoder(nn.Module):
    """One image in, its features out (without the image itself)."""

    def __init__(self, network: ChangeNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        return tuple(self.network.encode(image)[1:])


class Head(nn.Module):
    """Image and features of both dates and a context in, probability and kinds out."""

    def __init__(self, network: ChangeNetwork, calibration: Calibration) -> None:
        super().__init__()
        self.network, self.answers = network, Answers(calibration)
        self.count = 1 + len(network.config.widths)

    def forward(self, *arrays: Tensor) -> tuple[Tensor, Tensor]:
        before, after = list(arrays[: self.count]), list(arrays[self.count : 2 * self.count])
        return self.answers(*self.network.compare(before, after, arrays[-1]))


def export_change(network: ChangeNetwork, card: ModelCard, path: Path | str, calibration: Calibration) -> float:
    """Write the whole and its halves, each proved against torch first, and the halves against the whole.

    Returns the largest difference of probabilities to torch. Raises ModelError where one exceeds ``PARITY`` (halves:
    ``SPLIT_PARITY``); what stood at a path stays there until its successor is proved.
    """
    network = network.to("cpu").float().eval()
    path = Path(path)
    worst = write_onnx(
        Whole(network, calibration), card, path, _inputs(network, whole=True), [card.output, KIND_OUTPUT]
    )
    cells = [2 ** (i + 1) for i in range(len(network.config.widths))]
    features = [f"f{cell}" for cell in cells]
    encoder, head = halves(path)
    write_onnx(
        Encoder(network),
        replace(card, name=card.name + ENCODER, task=ENCODER_TASK, inputs=("image",), output=features[0]),
        encoder,
        {"image": (1, 1)},
        features,
    )
    write_onnx(
        Head(network, calibration),
        replace(card, name=card.name + HEAD, task=HEAD_TASK, inputs=("before", "after")),
        head,
        _inputs(network, whole=False),
        [card.output, KIND_OUTPUT],
    )
    apart = split_parity(path, card)
    if apart > SPLIT_PARITY:
        raise ModelError(f"The halves of {path} differ from the whole by {apart:.1e}.", "Export it again.")
    return worst


def _inputs(network: ChangeNetwork, whole: bool) -> dict[str, tuple[int, int]]:
    """Name -> (channels, pixels a cell) of a graph's inputs; the context has no cells."""
    made: dict[str, tuple[int, int]] = {}
    for date in ("before", "after"):
        made[date] = (1, 1)
        if not whole:
            made |= {f"{date}_f{2 ** (i + 1)}": (w, 2 ** (i + 1)) for i, w in enumerate(network.config.widths)}
    return made | {CONTEXT_INPUT: (len(CONTEXT_NAMES), 0)}


def split_parity(path: Path, card: ModelCard, side: int = 8) -> float:
    """Largest difference between the whole model file and its halves, on one random pair."""
    runtime = need("onnxruntime")
    sessions = [runtime.InferenceSession(str(p), providers=["CPUExecutionProvider"]) for p in (path, *halves(path))]
    rng = np.random.default_rng(3)
    images = [rng.normal(0, 1.5, (1, 1, side * card.multiple, side * card.multiple)).astype(np.float32) for _ in "ab"]
    context = np.array([[40.0, np.nan, 10.0, 0.3]], np.float32)
    names = [card.output, KIND_OUTPUT]
    wanted = sessions[0].run(names, {"before": images[0], "after": images[1], CONTEXT_INPUT: context})
    features = [[image, *sessions[1].run(None, {"image": image})] for image in images]
    order = [i.name for i in sessions[2].get_inputs()]
    feeds = dict(zip(order, [*features[0], *features[1], context], strict=True))
    found = sessions[2].run(names, feeds)
    return max(float(np.abs(a - b).max()) for a, b in zip(wanted, found, strict=True))


def platt(logits: Sequence[np.ndarray], truth: Sequence[np.ndarray], prevalence: float) -> Calibration:
    """Slope and offset that make the logits' probabilities the likeliest, change weighed to that prevalence.

    Platt (1999) by Newton steps. ``logits`` float and ``truth`` bool: judged pixels of each pair, any shapes.
    """
    x = np.concatenate([np.ravel(a) for a in logits]).astype(np.float64)
    y = np.concatenate([np.ravel(a) for a in truth]).astype(bool)
    share = y.mean()
    if not 0.0 < share < 1.0:
        return Calibration(1.0, 0.0, None)
    weight = np.where(y, prevalence / share, (1.0 - prevalence) / (1.0 - share))
    slope, offset = 1.0, 0.0
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-np.clip(slope * x + offset, -40, 40)))
        error, curve = weight * (p - y), weight * p * (1.0 - p)
        gradient = np.array([(error * x).sum(), error.sum()])
        hessian = np.array([[(curve * x * x).sum(), (curve * x).sum()], [(curve * x).sum(), curve.sum()]])
        step = np.linalg.solve(hessian + 1e-9 * np.eye(2), gradient)
        slope, offset = slope - step[0], offset - step[1]
        if np.abs(step).max() < 1e-8:
            break
    return Calibration(float(slope), float(offset), prevalence)


__all__ = ["PARITY", "Calibration", "export_change", "platt", "split_parity"]
