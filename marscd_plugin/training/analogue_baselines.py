"""What a learned embedding must beat: statistics of grey and texture, an autoencoder, the same network untrained.

All see the chips that the embedding sees, normalised in the same way (``inference.chips``, scheme ``chip``).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ..common.files import whole_file
from ..common.packages import need
from ..common.progress import Progress, check
from ..inference.chips import normalise_chips
from .analogue_fit import AnalogueFit
from .analogue_ground import Ground, draw_batch
from .analogue_net import EmbeddingConfig, EmbeddingNetwork
from .analogue_views import ViewConfig

log = logging.getLogger(__name__)

#: Chips (N, px, px) in any unit -> vectors (N, D).
Embed = Callable[[NDArray[np.float32]], NDArray[np.float32]]

#: Levels of grey of the co-occurrence matrices.
_LEVELS = 16


def statistics_of(chips: NDArray[np.float32]) -> NDArray[np.float32]:
    """(N, 92) statistics of grey and texture, none of which a quarter turn changes.

    Histogram of normalised grey (24); local binary patterns, uniform and blind to turns, at radii 1, 2 and 4 (30;
    Ojala et al. 2002, doi 10.1109/TPAMI.2002.1017623); contrast, homogeneity, energy and correlation of co-occurrence
    at 1, 2, 4 and 8 pixels, mean over four directions (16; Haralick et al. 1973); the first five Fourier magnitudes of
    the histogram of gradient directions and ten quantiles of the gradient's size (15); share of variance in seven
    octaves of smoothing (7).
    """
    normal = normalise_chips(chips, "chip")[:, 0]
    return np.stack([_one(chip) for chip in normal]).astype(np.float32)


def standardised(learned_from: NDArray[np.float32]) -> Embed:
    """``statistics_of``, each brought to mean 0 and deviation 1 over the training chips ``learned_from``."""
    seen = statistics_of(learned_from)
    mean, deviation = seen.mean(axis=0), seen.std(axis=0)
    scale = np.where(deviation > 1e-6, deviation, 1.0)
    return lambda those: ((statistics_of(those) - mean) / scale).astype(np.float32)


def _one(chip: NDArray[np.float32]) -> NDArray[np.float64]:
    cv2 = need("cv2")
    histogram = np.histogram(chip, bins=24, range=(-4.0, 4.0))[0] / chip.size
    patterns = [_binary_patterns(chip, radius) for radius in (1, 2, 4)]
    grey = np.clip((chip + 4.0) / 8.0 * _LEVELS, 0, _LEVELS - 1).astype(np.int64)
    together = [_cooccurrence(grey, step) for step in (1, 2, 4, 8)]
    across, down = cv2.Sobel(chip, cv2.CV_32F, 1, 0), cv2.Sobel(chip, cv2.CV_32F, 0, 1)
    size = np.hypot(across, down)
    directions = np.histogram(np.arctan2(down, across), bins=16, range=(-np.pi, np.pi), weights=size)[0]
    turns = np.abs(np.fft.rfft(directions / max(float(directions.sum()), 1e-9)))[1:6]
    quantiles = np.log1p(np.quantile(size, np.linspace(0.05, 0.95, 10)))
    smooth = [chip] + [cv2.GaussianBlur(chip, (0, 0), 2.0**k / 2) for k in range(1, 7)]
    bands = np.array([float(np.var(a - b)) for a, b in zip(smooth, [*smooth[1:], np.zeros_like(chip)], strict=True)])
    shares = bands / max(float(bands.sum()), 1e-9)
    return np.concatenate((histogram, *patterns, *together, turns, quantiles, shares))


def _binary_patterns(chip: NDArray[np.float32], radius: int) -> NDArray[np.float64]:
    """Histogram (10): number of brighter neighbours of eight where at most two runs, else the last bin."""
    cv2 = need("cv2")
    smooth = cv2.GaussianBlur(chip, (0, 0), radius / 2) if radius > 1 else chip
    r = radius
    middle = smooth[r:-r, r:-r]
    steps = ((-r, 0), (-r, r), (0, r), (r, r), (r, 0), (r, -r), (0, -r), (-r, -r))
    rows, columns = middle.shape
    brighter = np.stack([smooth[r + y : r + y + rows, r + x : r + x + columns] >= middle for y, x in steps])
    runs = (brighter != np.roll(brighter, 1, axis=0)).sum(axis=0)
    code = np.where(runs <= 2, brighter.sum(axis=0), 9)
    return np.bincount(code.ravel(), minlength=10) / code.size


def _cooccurrence(grey: NDArray[np.int64], step: int) -> NDArray[np.float64]:
    """Contrast, homogeneity, energy and correlation (4) of pairs ``step`` apart, mean over four directions."""
    rows, columns = grey.shape
    levels = np.arange(_LEVELS)
    apart = levels[:, None] - levels[None, :]
    made = []
    for y, x in ((0, step), (step, 0), (step, step), (step, -step)):
        one = grey[: rows - y, max(0, -x) : columns - max(0, x)]
        two = grey[y:, max(0, x) : columns + min(0, x)]
        table = np.bincount((one * _LEVELS + two).ravel(), minlength=_LEVELS**2).reshape(_LEVELS, _LEVELS)
        share = (table + table.T) / (2.0 * max(one.size, 1))
        mean = float((share.sum(axis=1) * levels).sum())
        variance = float((share.sum(axis=1) * (levels - mean) ** 2).sum())
        product = float((share * np.outer(levels - mean, levels - mean)).sum())
        made.append(
            (
                float((share * apart**2).sum()) / _LEVELS,
                float((share / (1 + np.abs(apart))).sum()),
                float(np.sqrt((share**2).sum())),
                product / variance if variance > 1e-9 else 1.0,
            )
        )
    return np.mean(made, axis=0)


class Autoencoder(nn.Module):
    """The embedding's own trunk, a code of as many numbers, and a decoder that must give the chip back."""

    def __init__(self, config: EmbeddingConfig) -> None:
        super().__init__()
        self.network = EmbeddingNetwork(config)
        last = config.widths[-1]
        self.narrow = nn.Conv2d(last, 16, 1)
        self.side = config.px // 16
        self.code = nn.Linear(16 * self.side**2, config.dimensions)
        self.wide = nn.Linear(config.dimensions, 32 * self.side**2)
        steps: list[nn.Module] = []
        for inputs, outputs in ((32, 64), (64, 48), (48, 32), (32, 16)):
            steps += [nn.Upsample(scale_factor=2), nn.Conv2d(inputs, outputs, 3, padding=1), nn.ReLU(inplace=True)]
        self.decoder = nn.Sequential(*steps, nn.Conv2d(16, 1, 3, padding=1))

    def encode(self, chips: Tensor) -> Tensor:
        """(N, dimensions)."""
        network = self.network
        maps = network.coarse(network.fine(network.stem(chips)))
        return self.code(self.narrow(maps).flatten(1))

    def forward(self, chips: Tensor) -> Tensor:
        code = self.encode(chips)
        return self.decoder(torch.relu(self.wide(code)).unflatten(1, (32, self.side, self.side)))


def train_autoencoder(
    ground: Ground, config: EmbeddingConfig, steps: int, seed: int, progress: Progress, path: Path | None = None
) -> Autoencoder:
    """Teach one to give back the views that the embedding learns from (turned and rescaled, light as it is).

    ``path`` keeps the weights; where they are there already, nothing is taught. Raises CancelledError.
    """
    torch.manual_seed(seed)
    network = Autoencoder(config)
    if path is not None and path.is_file():
        network.load_state_dict(torch.load(str(path), map_location="cpu", weights_only=True))
        return network.eval()
    batch = AnalogueFit(steps=steps, seed=seed).batch
    look = ViewConfig(
        gamma=0.0, shading=0.0, relight=0.0, coarser=0.0, blur=0.0, noise=0.0, stripes=0.0, jpeg=0.0, missing=0.0
    )
    optimiser = torch.optim.AdamW(network.parameters(), lr=1e-3)
    network.to(memory_format=torch.channels_last).train()  # type: ignore[call-overload]
    started, value = time.monotonic(), torch.zeros(())
    for step in range(steps):
        check(progress)
        for settings in optimiser.param_groups:
            settings["lr"] = 1e-3 * 0.5 * (1 + np.cos(np.pi * step / steps))
        views = draw_batch(ground, batch, look, (seed, 9, step))
        chips = torch.from_numpy(views.chips).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            value = nn.functional.mse_loss(network(chips).float(), chips)
        optimiser.zero_grad(set_to_none=True)
        value.backward()
        optimiser.step()
        progress.report((step + 1) / steps)
    log.info("autoencoder: %d steps, %.0f s, error %.3f", steps, time.monotonic() - started, float(value.detach()))
    if path is not None:
        with whole_file(path) as part:
            torch.save(network.state_dict(), str(part))
    return network.eval()


def encoder_of(autoencoder: Autoencoder) -> Embed:
    """The autoencoder's codes."""
    return _by(autoencoder.encode)


def untrained(config: EmbeddingConfig, seed: int, chips: NDArray[np.float32]) -> Embed:
    """The embedding's network with random weights and the batch statistics of ``chips``; nothing is learned."""
    torch.manual_seed(seed)
    network = EmbeddingNetwork(config)
    network.train()
    with torch.no_grad():
        for _ in range(20):
            network(torch.from_numpy(normalise_chips(chips[:128], "chip")))
    network.eval()
    return _by(network.features)


def _by(function: Callable[[Tensor], Tensor]) -> Embed:
    def embed(chips: NDArray[np.float32]) -> NDArray[np.float32]:
        made = []
        with torch.no_grad():
            for start in range(0, len(chips), 64):
                normal = normalise_chips(chips[start : start + 64], "chip")
                made.append(function(torch.from_numpy(normal)).float().numpy())
        return np.concatenate(made)

    return embed
