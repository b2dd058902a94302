"""The paper's change network: a Siamese U-Net with spatial attention after each branch.

Liu, Wu, Duan, Krasilnikov (ISPRS Archives XLVIII-G-2025, 981): two dates go through one encoder with shared weights,
each branch is followed by spatial attention, and the distinct features of the two dates are up-sampled by a U-Net
decoder, pixel by pixel, to a map that is thresholded.

Where the paper leaves room, this is what stands here, and why:

- *Spatial attention is a local gate*: per level and per date the mean and the maximum over channels go through one
  5x5 convolution and a sigmoid, and the features are multiplied by it (the spatial half of CBAM, Woo et al., ECCV
  2018). The paper's sentence ("a single feature at any position perceives features from all other positions") reads as
  global attention; that makes a pixel's answer depend on the size and place of the tile, so a big image would change
  with its tiling. A gate with a fixed reach keeps the map the same whatever the tiles (tests/training prove it).
- *Distinct features* are the absolute differences of the gated features at every level; at the coarsest level the
  mean of both dates joins them, so that a difference can be judged against the texture it stands in. Both are the
  same when the dates are swapped: what appears and what fades get the same probability.
- Normalisation layers are batch normalisation only (constants at inference). Instance and group normalisation take
  statistics over space and would tie the map to the tile.
- Full resolution throughout: RSL can be one or two pixels wide.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class PaperConfig:
    """``widths`` are channels per level, finest first (each level halves the resolution); ``attention`` the kernel."""

    widths: tuple[int, ...] = (16, 32, 64, 128)
    attention: int = 5

    @property
    def multiple(self) -> int:
        """What height and width of an input must divide by, in pixels."""
        return int(2 ** (len(self.widths) - 1))


def _block(inputs: int, outputs: int) -> nn.Sequential:
    """Two 3x3 convolutions, each with batch normalisation and ReLU; the size stays."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, padding=1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
        nn.Conv2d(outputs, outputs, 3, padding=1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class SpatialGate(nn.Module):
    """Local spatial attention: features (N,C,H,W) times a gate in 0..1 of shape (N,1,H,W)."""

    def __init__(self, kernel: int) -> None:
        super().__init__()
        self.convolution = nn.Conv2d(2, 1, kernel, padding=kernel // 2)
        # The gate starts three quarters open, so that early training is that of a plain U-Net.
        nn.init.constant_(self.convolution.bias, 1.0)  # type: ignore[arg-type]

    def forward(self, features: Tensor) -> Tensor:
        summary = torch.cat((features.mean(1, keepdim=True), features.max(1, keepdim=True).values), 1)
        return features * torch.sigmoid(self.convolution(summary))


class PaperNetwork(nn.Module):
    """Two normalised images in, logits of change out (``export.WithSigmoid`` makes them probabilities).

    ``before`` and ``after`` are float32 (N,1,H,W) with H and W multiples of ``config.multiple``, normalised as
    ``inference.normalise`` says; the answer is (N,1,H,W).
    """

    def __init__(self, config: PaperConfig | None = None) -> None:
        super().__init__()
        self.config = config = config or PaperConfig()
        widths = config.widths
        self.encoder = nn.ModuleList(_block(1 if i == 0 else widths[i - 1], width) for i, width in enumerate(widths))
        self.gates = nn.ModuleList(SpatialGate(config.attention) for _ in widths)
        self.pool = nn.MaxPool2d(2)
        self.bottom = nn.Sequential(nn.Conv2d(2 * widths[-1], widths[-1], 1, bias=False), nn.BatchNorm2d(widths[-1]))
        pairs = list(itertools.pairwise(widths))
        self.narrow = nn.ModuleList(nn.Conv2d(coarse, fine, 1) for fine, coarse in pairs)
        self.up = nn.Upsample(scale_factor=2, mode="nearest")
        self.decoder = nn.ModuleList(_block(2 * fine, fine) for fine, _ in pairs)
        self.head = nn.Conv2d(widths[0], 1, 1)
        # Change is rare: start near a probability of 12 %.
        nn.init.constant_(self.head.bias, -2.0)  # type: ignore[arg-type]

    def encode(self, image: Tensor) -> list[Tensor]:
        """Gated features of one date, finest level first."""
        features, x = [], image
        for level, (block, gate) in enumerate(zip(self.encoder, self.gates, strict=True)):
            x = block(x if level == 0 else self.pool(x))
            features.append(gate(x))
        return features

    def decode(self, before: list[Tensor], after: list[Tensor]) -> Tensor:
        """Logits from the features of both dates."""
        coarsest = torch.cat((torch.abs(before[-1] - after[-1]), 0.5 * (before[-1] + after[-1])), 1)
        x = torch.relu(self.bottom(coarsest))
        for level in range(len(self.decoder) - 1, -1, -1):
            x = self.up(self.narrow[level](x))
            x = self.decoder[level](torch.cat((x, torch.abs(before[level] - after[level])), 1))
        return self.head(x)

    def forward(self, before: Tensor, after: Tensor) -> Tensor:
        # One pass over both dates: the weights are shared, and batch normalisation sees both alike.
        count = before.shape[0]
        features = self.encode(torch.cat((before, after), 0))
        return self.decode([f[:count] for f in features], [f[count:] for f in features])


def receptive_radius(config: PaperConfig) -> int:
    """How far (pixels, either side) an output pixel of the network can see, from its layers.

    At level l a pixel is 2**l input pixels wide. A convolution of kernel k adds (k - 1) / 2 of them on either side; a
    2x2 pooling and its up-sampling move a cell's edge by at most one pixel of the finer level. The longest path goes
    down to the coarsest level, through its gate, and up again.
    """
    coarsest = len(config.widths) - 1
    down = sum(2 * 2**level for level in range(coarsest + 1))
    gate = (config.attention // 2) * 2**coarsest
    up = sum(2 * 2**level for level in range(coarsest))
    cell = 2**coarsest - 1
    return down + gate + up + cell


def halo(config: PaperConfig) -> int:
    """Pixels around a tile that its answer depends on: the receptive radius, rounded up to the multiple."""
    multiple = config.multiple
    return -(-receptive_radius(config) // multiple) * multiple


def parameter_count(network: nn.Module) -> int:
    """Trainable numbers in the network."""
    return sum(p.numel() for p in network.parameters() if p.requires_grad)
