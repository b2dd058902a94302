"""The default change network: light, shared between the dates, and told what a small displacement can explain.

What it is made of, and why (measured in docs/models.md):

- *A stride-2 stem of 6x6 kernels* (the same as 2x2 space-to-depth and a 3x3 convolution): every input pixel is read,
  at a quarter of the cost of a full-resolution network. The answer is brought back to full resolution by
  depth-to-space, so lines of one pixel stay lines.
- *One encoder for both dates*, gated by local spatial attention as in the paper's network, and the absolute
  differences of the gated features at every level.
- *What displacement explains* is taken out by fixed arithmetic before anything is learned (``displacement``): the
  difference that is left after the best local shift, and the least difference over whole-pixel shifts. Long filters
  gather faint lines of it over 26 pixels, and wide ones over 52.
- *A joint branch* sees both dates and these maps at once, at 1/2, and their plain means at 1/4 and 1/8: the sign of a
  difference, the ground it stands on, and what noise hides at full resolution.
- *Optional knowledge* (incidences, change of azimuth, residual; NaN where unknown) moves the coarsest and the finest
  features; the network was trained mostly without it.
- *Two answers*: logits of change at full resolution, logits of its kind at half of it.

No statistics are taken over space but in windows of fixed size, so the answer at a pixel depends on its surroundings
within ``halo`` pixels and not on how an image is cut.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import avg_pool2d, pixel_shuffle

from .displacement import BAND_REACH, LEAST_REACH, REACH, Explained, banded, companded, grain, line_kernels
from .networks import SpatialGate

#: Names of the context's numbers, in order; NaN is unknown.
CONTEXT_NAMES = ("incidence_before", "incidence_after", "azimuth_change", "residual_px")

#: What the context's numbers are freed of and divided by before the network sees them.
_CONTEXT_MIDDLE = (50.0, 50.0, 0.0, 0.7)
_CONTEXT_WIDTH = (15.0, 15.0, 40.0, 0.7)


@dataclass(frozen=True)
class ChangeConfig:
    """``widths``: channels at 1/2, 1/4, 1/8 and 1/16 of the resolution; ``joint``: of the branch that sees both.

    ``kinds`` is the number of kinds of change that are told apart. ``attention``, ``explained``, ``context`` and
    ``lines`` can be switched off, for ablation.
    """

    widths: tuple[int, ...] = (16, 32, 48, 96)
    joint: int = 16
    kinds: int = 10
    attention: bool = True
    explained: bool = True
    context: bool = True
    lines: bool = True

    @property
    def multiple(self) -> int:
        """What height and width of an input must divide by, in pixels."""
        return int(2 ** len(self.widths))


def _conv(inputs: int, outputs: int, kernel: int = 3, stride: int = 1) -> nn.Sequential:
    """A convolution with batch normalisation and ReLU; an even kernel goes with stride 2."""
    padding = (kernel - stride + 1) // 2 if stride == 2 else kernel // 2
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride=stride, padding=padding, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


#: Edge of the line filters, in pixels of their level: they gather a line over 26 pixels at 1/2, over 52 at 1/4.
LINE = 13


def _lines(outputs: int) -> nn.Sequential:
    """Long filters over what no displacement explains, which start as line detectors and then learn.

    A line too faint to be seen in any of its pixels is seen along its length. Half of them answer to bright lines, half
    to dark ones.
    """
    convolution = nn.Conv2d(1, outputs, LINE, padding=LINE // 2, bias=False)
    kernels = line_kernels(outputs // 2, LINE)
    with torch.no_grad():
        convolution.weight.mul_(0.1)
        convolution.weight[:, 0] += torch.cat((kernels, -kernels))
    return nn.Sequential(convolution, nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class ContextMove(nn.Module):
    """Features times (1 + a) plus b, both from the context; what is unknown has a learned value of its own."""

    middle: Tensor
    width: Tensor

    def __init__(self, channels: tuple[int, ...]) -> None:
        super().__init__()
        self.channels = channels
        self.register_buffer("middle", torch.tensor(_CONTEXT_MIDDLE))
        self.register_buffer("width", torch.tensor(_CONTEXT_WIDTH))
        self.inner = nn.Linear(2 * len(CONTEXT_NAMES), 24)
        self.outer = nn.Linear(24, 2 * sum(channels))
        nn.init.zeros_(self.outer.weight)
        nn.init.zeros_(self.outer.bias)

    def forward(self, context: Tensor) -> list[tuple[Tensor, Tensor]]:
        """(factor, offset) of each of ``channels``, both (N,C,1,1), from ``context`` (N,4) with NaN for unknown."""
        unknown = torch.isnan(context)
        value = torch.where(unknown, torch.zeros_like(context), (context - self.middle) / self.width)
        known = torch.where(unknown, torch.zeros_like(context), torch.ones_like(context))
        moves = self.outer(torch.relu(self.inner(torch.cat((value.clamp(-3.0, 3.0), known), 1))))
        made, start = [], 0
        for count in self.channels:
            part = moves[:, start : start + 2 * count, None, None]
            made.append((1.0 + part[:, :count], part[:, count:]))
            start += 2 * count
        return made


class ChangeNetwork(nn.Module):
    """Two normalised images (N,1,H,W) and a context (N,4) in; logits of change (N,1,H,W) and of kinds (N,K,H/2,W/2)."""

    takes_context = True

    def __init__(self, config: ChangeConfig | None = None) -> None:
        super().__init__()
        self.config = config = config or ChangeConfig()
        w1, w2, w3, w4 = config.widths
        self.stem = _conv(1, w1, 6, 2)
        self.down = nn.ModuleList(
            # One at 1/4, where the joint branch and the decoder have theirs.
            (_conv(w1, w2), nn.Sequential(_conv(w2, w3), _conv(w3, w3)), _conv(w3, w4))
        )
        # None at 1/2: it cost a twentieth of the time.
        self.gates = nn.ModuleList(SpatialGate(3) for _ in range(2)) if config.attention else None
        self.pool = nn.MaxPool2d(2)
        self.explained = Explained() if config.explained else None
        # Channels come in sixteens: onnxruntime's blocked convolutions take nothing else.
        seen = 2 + Explained.FULL
        self.joint_stem = _conv(seen, config.joint, 6, 2)
        told = seen + 1 + (Explained.HALF if config.explained else 0)
        self.joint_maps = nn.ModuleList(_conv(told, config.joint) for _ in range(3))
        self.lines = nn.ModuleList(_lines(config.joint) for _ in range(2)) if config.lines else None
        self.joint = _conv(config.joint * (2 if config.lines else 1), config.joint)
        self.joint_down = nn.ModuleList(
            (_conv(2 * config.joint, w2), nn.Sequential(_conv(w2 + config.joint, w3), _conv(w3, w3)))
        )
        self.move = ContextMove((w4, w1)) if config.context else None
        last = w1
        self.bottom = _conv(2 * w4, w4, 1)
        self.up = nn.Upsample(scale_factor=2, mode="nearest")
        self.narrow = nn.ModuleList((nn.Conv2d(w4, w3, 1), nn.Conv2d(w3, w2, 1), nn.Conv2d(w2, w1, 1)))
        self.decoder = nn.ModuleList(
            (
                nn.Sequential(_conv(2 * w3, w3), _conv(w3, w3)),
                nn.Sequential(_conv(2 * w2, w2), _conv(w2, w2)),
                nn.Sequential(_conv(w1 + last, last), _conv(last, last)),
            )
        )
        self.head = nn.Conv2d(last, 4, 1)
        self.kind = nn.Conv2d(last, config.kinds, 1)
        # Change is rare: start near a probability of 5 %.
        nn.init.constant_(self.head.bias, -3.0)  # type: ignore[arg-type]

    def encode(self, image: Tensor) -> list[Tensor]:
        """One date: the image itself and its features at 1/2, 1/4, 1/8 and 1/16, gated but the last."""
        x = self.stem(image)
        features = [image, x]
        for level in self.down:
            x = level(self.pool(x))
            features.append(x)
        if self.gates is not None:
            for index, gate in enumerate(self.gates, 2):
                features[index] = gate(features[index])
        return features

    def _together(self, before: Tensor, after: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The joint branch's features at 1/2, 1/4 and 1/8, from both images."""
        half: tuple[Tensor, ...] = ()
        if self.explained is not None:
            left, *half = self.explained(before, after)
        else:
            left = after - before
        whole = banded(left)
        images = torch.cat((before, after), 1)
        full = torch.cat((images, companded(whole)), 1)
        # Means, not maxima: noise goes out of them, and a faint wide change stays.
        band = avg_pool2d(whole, 2)
        rest = torch.cat((avg_pool2d(images, 2), grain(whole), *half), 1)
        levels = []
        for level in range(3):
            if level:
                band, rest = avg_pool2d(band, 2), avg_pool2d(rest, 2)
            levels.append(torch.cat((companded(band), rest), 1))
        at_half, at_quarter, at_eighth = levels
        joint = self.joint_stem(full) + self.joint_maps[0](at_half)
        middle = self.joint_maps[1](at_quarter)
        if self.lines is not None:
            joint = torch.cat((joint, self.lines[0](at_half[:, :1])), 1)
            middle = middle + self.lines[1](at_quarter[:, :1])
        joint = self.joint(joint)
        middle = self.joint_down[0](torch.cat((self.pool(joint), middle), 1))
        coarse = self.joint_down[1](torch.cat((self.pool(middle), self.joint_maps[2](at_eighth)), 1))
        return joint, middle, coarse

    def compare(self, before: list[Tensor], after: list[Tensor], context: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of change, and of kinds, from the features of both dates."""
        joint, middle, coarse = self._together(before[0], after[0])
        differences = [torch.abs(a - b) for b, a in zip(before[1:], after[1:], strict=True)]
        x = self.bottom(torch.cat((differences[3], 0.5 * (before[4] + after[4])), 1))
        moves = self.move(context) if self.move is not None else None
        if moves is not None:
            x = x * moves[0][0] + moves[0][1]
        x = self.decoder[0](torch.cat((self.up(self.narrow[0](x)) + coarse, differences[2]), 1))
        x = self.decoder[1](torch.cat((self.up(self.narrow[1](x)) + middle, differences[1]), 1))
        x = self.decoder[2](torch.cat((self.up(self.narrow[2](x)) + joint, differences[0]), 1))
        if moves is not None:
            x = x * moves[1][0] + moves[1][1]
        return pixel_shuffle(self.head(x), 2), self.kind(x)

    def forward(self, before: Tensor, after: Tensor, context: Tensor) -> tuple[Tensor, Tensor]:
        # One pass over both dates: the weights are shared, and batch normalisation sees both alike.
        count = before.shape[0]
        features = self.encode(torch.cat((before, after), 0))
        return self.compare([f[:count] for f in features], [f[count:] for f in features], context)


def change_receptive_radius(config: ChangeConfig) -> int:
    """How far (pixels, either side) an output pixel of the network can see, from its layers.

    At level l a pixel is 2**l input pixels wide and a 3x3 convolution adds one of them; the 6x6 stem adds 3 pixels. A
    pooling and its up-sampling move a cell's edge by at most one pixel of the finer level. Down: the stem, one at 1/4
    and two at 1/8, one at 1/16; a gate at 1/8 adds one there. Up: two each at 1/8, 1/4 and 1/2. The joint branch starts
    ``REACH`` pixels out where long filters follow, else ``LEAST_REACH``, and goes down with one convolution at 1/2, one
    at 1/4 and two at 1/8.
    """
    up = 2 * 8 + 2 * 4 + 2 * 2
    siamese = 3 + 4 + 2 * 8 + 16 + 15
    gated = 3 + 4 + 2 * 8 + 7 + (8 if config.attention else 0)
    first = (REACH + BAND_REACH, max(LEAST_REACH, REACH + BAND_REACH)) if config.explained else (BAND_REACH, BAND_REACH)
    lines = first[0] + max(2 * (LINE // 2) + 2, 4 * (LINE // 2)) if config.lines else 0
    joint = 4 + 2 * 8 + 7 + max(lines, first[1] + 3 + 2, first[1] + 8)
    return up + max(siamese, gated, joint)


def change_halo(config: ChangeConfig) -> int:
    """Pixels around a tile that its answer depends on: the receptive radius, rounded up to the multiple."""
    multiple = config.multiple
    return -(-change_receptive_radius(config) // multiple) * multiple
