"""The network of ``marscd-analogue``: a chip of ground in, a vector of length 1 out; near vectors, alike ground.

What it is made of, and why:

- *A stem that halves twice* and three stages of residual blocks: most of the work is done on maps of 24x24 and less, so
  a chip costs about 0.07 GFLOP a turn.
- *Pooling inside a circle*: a chip's corners are what a turn changes, so the maps are pooled under a round window.
  Generalised means (Radenovic et al. 2018, doi 10.1109/TPAMI.2018.2846566) of a fine map (texture) and of the coarsest
  (shape) stand side by side.
- *Two heads*. ``landform`` is drawn together over observations of one landform; ``ground`` knows the same ground again
  under another turn, scale and light. A landform's head alone forgets which chip it was, the other alone never learns
  that two craters are alike. The vector is both, each of length 1, weighed by ``share`` of the squared distance.
- *Quarter turns*: the file takes the mean of the features over ``turns`` turns of the chip (4: by 0, 90, 180 and 270
  degrees), which makes it exactly blind to those and steadier under all others.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import avg_pool2d, normalize

from ..common.errors import InputError


@dataclass(frozen=True)
class EmbeddingConfig:
    """``widths``: channels at 1/2, 1/4, 1/8, 1/16 of the resolution (the second two times); numbers a head gives."""

    px: int = 96
    widths: tuple[int, ...] = (16, 32, 64, 128, 192)
    landform: int = 64
    ground: int = 128

    @property
    def dimensions(self) -> int:
        """Length of the vector."""
        return self.landform + self.ground


def _conv(inputs: int, outputs: int, kernel: int, stride: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class Residual(nn.Module):
    """Two 3x3 convolutions beside a straight way; with ``stride`` 2 the straight way is averaged down."""

    def __init__(self, inputs: int, outputs: int, stride: int = 1) -> None:
        super().__init__()
        self.stride = stride
        self.first = _conv(inputs, outputs, 3, stride)
        self.second = nn.Sequential(nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs))
        self.straight = nn.Identity() if inputs == outputs else nn.Conv2d(inputs, outputs, 1)

    def forward(self, x: Tensor) -> Tensor:
        way = avg_pool2d(x, self.stride) if self.stride > 1 else x
        return torch.relu(self.second(self.first(x)) + self.straight(way))


def round_window(side: int) -> Tensor:
    """Weights (side, side) of sum 1: 1 inside the inscribed circle, 0 outside, the share of a cell on its edge."""
    fine = 16
    at = (torch.arange(side * fine) + 0.5) / (side * fine) * 2.0 - 1.0
    inside = ((at[:, None] ** 2 + at[None, :] ** 2) <= 1.0).float()
    weights = avg_pool2d(inside[None, None], fine)[0, 0]
    return weights / weights.sum()


class RoundMean(nn.Module):
    """Generalised mean of a map under a round window: (N,C,S,S) >= 0 -> (N,C). The power is learned, from 3."""

    window: Tensor

    def __init__(self, side: int) -> None:
        super().__init__()
        self.register_buffer("window", round_window(side), persistent=False)
        self.power = nn.Parameter(torch.tensor(3.0))

    def forward(self, x: Tensor) -> Tensor:
        power = self.power.clamp(1.0, 8.0)
        return ((x.float().clamp(min=1e-4) ** power) * self.window).sum((2, 3)) ** (1.0 / power)


class EmbeddingNetwork(nn.Module):
    """Normalised chips (N,1,px,px) in; two vectors of length 1 a chip out, (N, landform) and (N, ground)."""

    def __init__(self, config: EmbeddingConfig | None = None) -> None:
        super().__init__()
        self.config = config = config or EmbeddingConfig()
        if config.px % 16 or len(config.widths) != 5:
            raise InputError("A chip's edge must divide by 16, and there are five widths.", "Correct the settings.")
        w0, w1, w2, w3, w4 = config.widths
        self.stem = nn.Sequential(_conv(1, w0, 5, 2), _conv(w0, w1, 3, 2), Residual(w1, w1))
        self.fine = nn.Sequential(Residual(w1, w2, 2), Residual(w2, w2))
        self.coarse = nn.Sequential(Residual(w2, w3, 2), Residual(w3, w3), Residual(w3, w4))
        self.fine_mean, self.coarse_mean = RoundMean(config.px // 8), RoundMean(config.px // 16)
        self.even = nn.BatchNorm1d(w2 + w4)
        self.landform = nn.Linear(w2 + w4, config.landform)
        self.ground = nn.Linear(w2 + w4, config.ground)

    def features(self, chips: Tensor) -> Tensor:
        """(N, C) pooled features of chips as they lie."""
        fine = self.fine(self.stem(chips))
        return torch.cat((self.fine_mean(fine), self.coarse_mean(self.coarse(fine))), 1)

    def heads(self, features: Tensor) -> tuple[Tensor, Tensor]:
        """Both vectors from pooled features."""
        even = self.even(features)
        return normalize(self.landform(even), dim=1), normalize(self.ground(even), dim=1)

    def forward(self, chips: Tensor) -> tuple[Tensor, Tensor]:
        return self.heads(self.features(chips).float())


def quarter_turns(chips: Tensor, turns: int) -> list[Tensor]:
    """The chips turned by 0, 90, 180, 270 degrees (``turns`` 4), by 0 and 180 (2) or as they are (1).

    Written with flips and a transposition, which every runtime has.
    """
    if turns == 1:
        return [chips]
    half = chips.flip((2, 3))
    if turns == 2:
        return [chips, half]
    across = chips.transpose(2, 3)
    return [chips, across.flip(2), half, across.flip(3)]


class Embedding(nn.Module):
    """What is exported: normalised chips (N,1,px,px) in, vectors of length 1 (N, landform + ground) out."""

    def __init__(self, network: EmbeddingNetwork, share: float = 0.5, turns: int = 4) -> None:
        super().__init__()
        if not 0.0 <= share <= 1.0 or turns not in (1, 2, 4):
            raise InputError(
                f"A share of {share} and {turns} turns are not possible.", "Give 0..1, and 1, 2 or 4 turns."
            )
        self.network, self.share, self.turns = network, share, turns

    def forward(self, chips: Tensor) -> Tensor:
        turned = [self.network.features(each).float() for each in quarter_turns(chips, self.turns)]
        landform, ground = self.network.heads(torch.stack(turned).mean(0))
        return torch.cat((landform * math.sqrt(self.share), ground * math.sqrt(1.0 - self.share)), 1)
