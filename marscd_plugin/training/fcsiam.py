"""FC-Siam-diff (Daudt, Le Saux, Boulch, ICIP 2018): a baseline, trained with the same pairs and budget, not shipped.

Widths 16, 32, 64, 128 with 2, 2, 3 and 3 convolutions of 3x3, batch normalisation, dropout 0.2 and 2x2 pooling,
shared by both dates; what goes down to the coarsest level is the second date's alone, as in the authors' code
(github.com/rcdaudt/fully_convolutional_change_detection); a decoder of transposed convolutions takes the absolute
differences of the two dates' features at every level. About 1.35 million parameters. One logit stands for the
authors' two classes, so that the losses here fit.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class SiamConfig:
    """``widths`` are channels per level, finest first. ``attention`` is 0: there is none (the checkpoint asks)."""

    widths: tuple[int, ...] = (16, 32, 64, 128)
    attention: int = 0
    dropout: float = 0.2

    @property
    def multiple(self) -> int:
        """What height and width of an input must divide by, in pixels."""
        return int(2 ** len(self.widths))


def _step(inputs: int, outputs: int, dropout: float) -> list[nn.Module]:
    return [nn.Conv2d(inputs, outputs, 3, padding=1), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True),
            nn.Dropout2d(dropout)]  # fmt: skip


def _chain(widths: list[int], dropout: float) -> nn.Sequential:
    return nn.Sequential(*(m for a, b in itertools.pairwise(widths) for m in _step(a, b, dropout)))


class SiamDiff(nn.Module):
    """Two normalised images (N,1,H,W) in, logits of change (N,1,H,W) out; H and W multiples of ``config.multiple``."""

    def __init__(self, config: SiamConfig | None = None) -> None:
        super().__init__()
        self.config = config = config or SiamConfig()
        widths, drop = config.widths, config.dropout
        self.encoder = nn.ModuleList(
            _chain([1 if level == 0 else widths[level - 1]] + [width] * (2 if level < 2 else 3), drop)
            for level, width in enumerate(widths)
        )
        self.pool = nn.MaxPool2d(2)
        self.up = nn.ModuleList(
            nn.ConvTranspose2d(width, width, 3, padding=1, stride=2, output_padding=1) for width in widths
        )
        self.decoder = nn.ModuleList(
            _chain([2 * width] + [width] * (1 if level < 2 else 2) + [widths[max(level - 1, 0)]], drop)
            for level, width in enumerate(widths)
        )
        self.head = nn.Conv2d(widths[0], 1, 1)
        nn.init.constant_(self.head.bias, -2.0)  # type: ignore[arg-type]

    def forward(self, before: Tensor, after: Tensor) -> Tensor:
        count = before.shape[0]
        x = torch.cat((before, after), 0)
        differences = []
        for block in self.encoder:
            x = block(x)
            differences.append(torch.abs(x[:count] - x[count:]))
            x = self.pool(x)
        x = x[count:]
        for level in range(len(self.encoder) - 1, -1, -1):
            x = self.decoder[level](torch.cat((self.up[level](x), differences[level]), 1))
        return self.head(x)


def siam_radius(config: SiamConfig) -> int:
    """How far (pixels, either side) an output pixel sees: convolutions, transposed ones and pooling, level by level."""
    levels = len(config.widths)
    steps = [2 if level < 2 else 3 for level in range(levels)]
    down = sum(n * 2**level for level, n in enumerate(steps))
    up = sum((n + 1) * 2**level for level, n in enumerate(steps))
    return down + up + 2**levels - 1
