"""What a small displacement between two dates explains, taken out by fixed arithmetic inside the network's graph.

Two images of unchanged ground differ first of all because they do not lie on each other exactly. Two answers to that,
neither with anything to learn, both made of convolutions, poolings and arithmetic that ONNX knows:

- *Local least squares* (Lucas and Kanade 1981): in windows of 20 pixels the shift (u, v) that best explains the
  difference d of the dates by the gradient g of their mean, and what remains, r = d - g . (u, v), with its sign and in
  the unit of the images. Fit for displacements of up to about a pixel that vary smoothly. (r over its own spread nearby
  was given up: clusters of lineae make up that spread, so it tells change from noise far worse than r itself.)
- *Least difference over shifts* of whole half-resolution pixels, up to two (four input pixels) each way, averaged over
  3x3 of them: what no shift explains, for parallax and steps larger than a pixel. It too stands beside its mean over a
  wider window; and the signed difference after the locally best shifts.

What is left is then *banded* and *companded*: a slope of haze or of shading over a scene sets the scene's unit, and
lines that an eye sees at once are then a hundredth of what convolutions scaled for -6..6 take notice of.

All windows have fixed sizes, so the maps are the same however an image is cut.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import avg_pool2d, conv2d, interpolate

#: Half-resolution shifts each way.
SHIFTS = 2

#: Pixels, either side, that what is left can depend on: gradient 1, cells of 4x4 and linear up-sampling between them 5,
#: window 8.
REACH = 1 + 5 + 8

#: The same of the maps of the least difference: shifts 4, their mean 2, cells of 2x2 and of 4x4 4, window 8.
LEAST_REACH = 2 * SHIFTS + 2 + 4 + 8

_CLIP = 6.0


def _box(x: Tensor, size: int, padded: bool = True) -> Tensor:
    """Mean over ``size`` x ``size``; beyond the edge 0, or (not ``padded``) nothing."""
    x = avg_pool2d(x, (1, size), 1, (0, size // 2), count_include_pad=padded)
    return avg_pool2d(x, (size, 1), 1, (size // 2, 0), count_include_pad=padded)


class Explained(nn.Module):
    """Maps (N,FULL,H,W) and (N,HALF,H/2,W/2) of two normalised images (N,1,H,W); no parameters."""

    FULL, HALF = 1, 3
    sum: Tensor
    sobel: Tensor
    shifts: Tensor

    def __init__(self) -> None:
        super().__init__()
        smooth, slope = torch.tensor([0.25, 0.5, 0.25]), torch.tensor([-0.5, 0.0, 0.5])
        sobel = torch.stack((torch.outer(smooth, slope), torch.outer(slope, smooth)))[:, None]
        edge = 2 * SHIFTS + 1
        shifts = torch.eye(edge * edge).reshape(edge * edge, 1, edge, edge)
        # A diamond: the corners are rare and cost half as much again.
        reach = torch.arange(edge).sub(SHIFTS).abs()
        shifts = shifts[(reach[:, None] + reach <= SHIFTS).flatten()]
        self.register_buffer("sum", torch.ones(1, len(shifts), 1, 1), persistent=False)
        self.register_buffer("sobel", sobel, persistent=False)
        self.register_buffer("shifts", shifts, persistent=False)

    @torch.no_grad()
    def forward(self, before: Tensor, after: Tensor) -> tuple[Tensor, Tensor]:
        # Squares of differences need all their digits, also where the network around learns in bfloat16.
        with torch.autocast(before.device.type, enabled=False):
            before, after = before.float(), after.float()
            return self._least_squares(before, after), self._least_difference(before, after)

    def _least_squares(self, before: Tensor, after: Tensor) -> Tensor:
        difference = after - before
        gradient = conv2d(0.5 * (before + after), self.sobel, padding=1)
        gx, gy = gradient[:, :1], gradient[:, 1:]
        products = torch.cat((gradient * gradient, gx * gy, gradient * difference), 1)
        xx, yy, xy, xd, yd = torch.split(_box(avg_pool2d(products, 4), 5), 1, 1)
        # A little of the trace keeps the fit calm where the ground has one direction only, or none.
        calm = 0.02 * (xx + yy) + 1e-3
        xx, yy = xx + calm, yy + calm
        determinant = xx * yy - xy * xy
        u = torch.clamp((yy * xd - xy * yd) / determinant, -2.0, 2.0)
        v = torch.clamp((xx * yd - xy * xd) / determinant, -2.0, 2.0)
        shift = interpolate(torch.cat((u, v), 1), scale_factor=4, mode="bilinear", align_corners=False)
        moved = gradient * shift
        return difference - (moved[:, :1] + moved[:, 1:])

    def _least_difference(self, before: Tensor, after: Tensor) -> Tensor:
        first, second = avg_pool2d(before, 2), avg_pool2d(after, 2)
        moved = conv2d(second, self.shifts, padding=SHIFTS)
        apart = moved - first
        cost = avg_pool2d(torch.abs(apart), 3, 1, 1)
        least = cost.amin(1, keepdim=True)
        weight = torch.exp(-8.0 * torch.clamp((cost - least) / (least + 0.05), 0.0, 4.0))
        # Sums over so many channels as 1x1 convolutions: onnxruntime is several times faster at those.
        aligned = conv2d(weight * apart, self.sum) / conv2d(weight, self.sum)
        around = interpolate(_box(avg_pool2d(least, 2), 5), scale_factor=2, mode="nearest")
        return torch.cat((least, torch.clamp(least / (around + 0.05), 0.0, _CLIP), aligned), 1)


#: Edge of the cells, and their number either way, over which the mean of what is left is taken out: 72 pixels.
_CELL, _CELLS = 8, 9

#: Pixels, either side, that a banded value depends on beyond what is left: cells, linear up-sampling between them.
BAND_REACH = _CELL * (_CELLS // 2) + 2 * _CELL


def banded(left: Tensor) -> Tensor:
    """What is left (N,1,H,W) less its mean over about 72 pixels, which is haze and the shading of slopes."""
    mean = _box(avg_pool2d(left, _CELL), _CELLS, padded=False)
    return left - interpolate(mean, scale_factor=_CELL, mode="bilinear", align_corners=False)


def grain(band: Tensor) -> Tensor:
    """Log of the finest noise around, (N,1,H/2,W/2): how much is to be thought of a value as large as that."""
    fine = torch.abs(band - avg_pool2d(band, 3, 1, 1))
    around = _box(avg_pool2d(fine, _CELL), 5, padded=False)
    return interpolate(torch.log(around + 0.01), scale_factor=_CELL // 2, mode="nearest") + 3.0


def companded(band: Tensor) -> Tensor:
    """Small differences made larger beside large ones: sign(x) log(1 + 8 |x|)."""
    return torch.sign(band) * torch.log1p(8.0 * torch.abs(band))


def line_kernels(count: int, edge: int, width: float = 0.7) -> Tensor:
    """``count`` filters (count, edge, edge) for straight bright lines through the middle, at evenly spread angles.

    Along the line a flat mean with soft ends, across it a Gaussian of ``width`` less its wider surroundings, so that
    even ground gives 0. Each has the norm 1.
    """
    half = edge // 2
    y, x = torch.meshgrid(torch.arange(-half, half + 1.0), torch.arange(-half, half + 1.0), indexing="ij")
    made = []
    for k in range(count):
        angle = torch.tensor(torch.pi * k / count)
        along = x * torch.cos(angle) + y * torch.sin(angle)
        across = y * torch.cos(angle) - x * torch.sin(angle)
        ends = torch.exp(-((along.abs() / (half + 0.5)) ** 6))
        near, wide = (torch.exp(-0.5 * (across / s) ** 2) * ends for s in (width, 3.0 * width))
        kernel = near / near.sum() - wide / wide.sum()
        made.append(kernel / kernel.norm())
    return torch.stack(made)
