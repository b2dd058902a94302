"""The screen: a tiny network that says where the default model is worth running, at a tenth of its cost.

Both dates, their difference and its magnitude go together through one convolution of stride 4 whose kernels (8x8)
overlap, so that no pixel is left out, and then down to 1/16 and up to 1/8 of the resolution. Its answer, one number a
cell of 8x8 pixels, is repeated over the cell. It is trained to miss nothing, not to be right: it sees no kinds, no
context and draws no outlines.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from .changenet import _conv

#: Edge of a cell of the answer, pixels.
CELL = 8


@dataclass(frozen=True)
class ScreenConfig:
    """``widths``: channels at 1/4, 1/8 and 1/16 of the resolution. ``attention`` is there for checkpoints: none."""

    widths: tuple[int, ...] = (16, 32, 48)
    attention: bool = False

    @property
    def multiple(self) -> int:
        """What height and width of an input must divide by, in pixels."""
        return 16


class ScreenNetwork(nn.Module):
    """Two normalised images (N,1,H,W) in, logits (N,1,H,W) out, constant over cells of 8x8 pixels."""

    def __init__(self, config: ScreenConfig | None = None) -> None:
        super().__init__()
        self.config = config = config or ScreenConfig()
        w1, w2, w3 = config.widths
        self.stem = nn.Sequential(
            nn.Conv2d(4, w1, 8, stride=4, padding=2, bias=False), nn.BatchNorm2d(w1), nn.ReLU(inplace=True)
        )
        self.level = nn.Sequential(_conv(w1, w1), nn.MaxPool2d(2), _conv(w1, w2), _conv(w2, w2))
        self.deep = nn.Sequential(nn.MaxPool2d(2), _conv(w2, w3), _conv(w3, w3), nn.Conv2d(w3, w2, 1))
        self.up = nn.Upsample(scale_factor=2, mode="nearest")
        self.last = _conv(w2, w2)
        self.head = nn.Conv2d(w2, 1, 1)
        self.spread = nn.Upsample(scale_factor=CELL, mode="nearest")
        nn.init.constant_(self.head.bias, -2.0)  # type: ignore[arg-type]

    def cells(self, before: Tensor, after: Tensor) -> Tensor:
        """Logits a cell, (N,1,H/8,W/8)."""
        difference = after - before
        x = self.level(self.stem(torch.cat((before, after, difference, torch.abs(difference)), 1)))
        return self.head(self.last(x + self.up(self.deep(x))))

    def forward(self, before: Tensor, after: Tensor) -> Tensor:
        return self.spread(self.cells(before, after))


def screen_halo(config: ScreenConfig) -> int:
    """Pixels around a tile that its answer depends on, rounded up to the multiple.

    The stem adds 4 pixels, a convolution one cell at its level: one at 1/4, two at 1/8, two at 1/16, one at 1/8 again;
    a pooling moves an edge by at most a cell (15 pixels down to 1/16), the answer's own cell adds 7.
    """
    reach = 4 + 4 + 2 * 8 + 2 * 16 + 8 + 15 + 7
    return -(-reach // config.multiple) * config.multiple
