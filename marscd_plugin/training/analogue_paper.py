"""The paper's network and its fit: Meng, Wang, Antunes et al., Qaidam Basin (arXiv 2501.08584), as it is written.

Three 3x3 convolutions of stride 1 with "same" padding, 4, 8 and 8 kernels, each with ReLU and batch normalisation;
flattened (8 x 100 x 100); fully connected layers with ReLU; 5 numbers. The distance of two chips is Euclidean. Loss of
Hadsell et al. 2006 (doi 10.1109/CVPR.2006.100), summed over the pairs::

    (1 - Y) / 2 D^2 + Y / 2 max(0, m - D)^2      Y = 0: similar, 1: dissimilar

Adam, rate 0.001, weight decay 0.0005, 64 pairs a batch, 300 epochs. **What the paper leaves open and what was chosen
here**: one band (grey, so that colour decides nothing), stretched 1..99 % to 0..1; hidden layers of 24 (an 8 MB file);
two hidden layers and an output without ReLU (it says three layers in one place, two plus an output in another; a ReLU
on the output could only die); margin 1, a pair is called similar below half of it (the paper's own distances, up to
0.38 on the diagonal and from 0.59 off it, lie on both sides); an epoch shows every augmented chip once, in blocks of
8 x 8 chips, which are 64 pairs at the price of 16 passes; after the last epoch the statistics of batch normalisation
are taken anew over all training copies (``settle``), because the running ones follow the last ten batches only.
"""

from __future__ import annotations

import logging
import time
from dataclasses import asdict, dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ..common.errors import InputError
from ..common.progress import Progress, check
from .analogue_pairs import BLOCK, Bodies, Side, augmented, epoch, kept_pairs
from .retrieval import pair_accuracy

log = logging.getLogger(__name__)

#: Pixels a side of the paper's chips, and length of its vectors.
CHIP_PX = 100
DIMENSIONS = 5

#: How a chip becomes an input (``inference.chips``).
SCHEME = "unit"

#: Chips embedded at once outside training.
_BATCH = 32


@dataclass(frozen=True)
class PaperAnalogueConfig:
    """``kernels`` of the convolutions, ``hidden`` widths of the fully connected layers before the output."""

    px: int = CHIP_PX
    kernels: tuple[int, ...] = (4, 8, 8)
    hidden: tuple[int, ...] = (24, 24)
    dimensions: int = DIMENSIONS


class PaperAnalogue(nn.Module):
    """G_W: chips (N, 1, px, px) in 0..1 -> vectors (N, dimensions)."""

    def __init__(self, config: PaperAnalogueConfig | None = None) -> None:
        super().__init__()
        self.config = config or PaperAnalogueConfig()
        layers: list[nn.Module] = []
        inputs = 1
        for kernels in self.config.kernels:
            layers += [nn.Conv2d(inputs, kernels, 3, 1, 1), nn.ReLU(), nn.BatchNorm2d(kernels)]
            inputs = kernels
        self.features = nn.Sequential(*layers)
        layers = []
        inputs *= self.config.px**2
        for width in self.config.hidden:
            layers += [nn.Linear(inputs, width), nn.ReLU()]
            inputs = width
        self.mapping = nn.Sequential(*layers, nn.Linear(inputs, self.config.dimensions))

    def forward(self, chips: Tensor) -> Tensor:
        """Vectors of the chips."""
        return self.mapping(torch.flatten(self.features(chips), 1))


def contrastive_loss(distance: Tensor, dissimilar: Tensor, margin: float) -> Tensor:
    """The paper's loss, summed. ``distance`` >= 0 and ``dissimilar`` (0 or 1), both (N,)."""
    return 0.5 * ((1 - dissimilar) * distance**2 + dissimilar * torch.clamp(margin - distance, min=0) ** 2).sum()


def distances(one: Tensor, other: Tensor) -> Tensor:
    """Euclidean distances (A, B) of vectors (A, D) and (B, D); their slope at 0 stays finite."""
    return torch.sqrt(((one[:, None] - other[None]) ** 2).sum(dim=2) + 1e-12)


@dataclass(frozen=True)
class PaperFit:
    """A run by the paper's numbers."""

    epochs: int = 300
    rate: float = 1e-3
    decay: float = 5e-4
    margin: float = 1.0
    seed: int = 1
    threads: int = 1

    def __post_init__(self) -> None:
        """Raise InputError for values that no run could use."""
        if not 1 <= self.epochs <= 10_000:
            raise InputError(f"{self.epochs} epochs cannot be trained.", "Give 1 to 10000; the paper has 300.")
        if self.seed < 0 or self.threads < 1 or not self.margin > 0:
            raise InputError("The settings of the training run are out of range.", "Use the defaults.")


@dataclass(frozen=True)
class PaperResult:
    """``loss``: mean over the last epoch's pairs. ``train_pairs``, ``test_pairs``: accuracy 0..1 at half the margin
    on the pairs that were learned from and on the one in ten kept (``balanced``: similar and dissimilar weigh alike).
    ``losses``: mean of every epoch. ``counts``: pairs (trained, tested)."""

    network: PaperAnalogue
    loss: float
    train_pairs: float
    test_pairs: float
    balanced: float
    counts: tuple[int, int]
    seconds: float
    losses: tuple[float, ...] = field(default=(), repr=False)


def fit_paper_analogue(bodies: Bodies, config: PaperFit, progress: Progress) -> PaperResult:
    """Train the network on the pairs of two bodies. The same for a seed on one thread.

    Raises InputError where there are fewer than two regions, or where the run collapsed (all chips at one point),
    and CancelledError between batches.
    """
    if len(bodies.one.classes) < 2:
        raise InputError("There is only one region.", "The network learns to tell regions apart: give two or more.")
    began = time.monotonic()
    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    px = bodies.one.pixels.shape[-1]
    one = augmented(bodies.one, config.seed, progress, SCHEME)
    other = augmented(bodies.other, config.seed + 1, progress, SCHEME)
    kept = kept_pairs(len(one.labels), len(other.labels), config.seed)
    network = PaperAnalogue(PaperAnalogueConfig(px=px))
    optimiser = torch.optim.Adam(network.parameters(), lr=config.rate, weight_decay=config.decay)
    rng = np.random.default_rng((config.seed, 47))
    losses: list[float] = []
    for number in range(config.epochs):
        losses.append(_one_epoch(network, optimiser, one, other, kept, config.margin, rng, progress))
        progress.report((number + 1) / config.epochs, f"Epoch {number + 1} of {config.epochs}: loss {losses[-1]:.4f}")
    settle(network, np.concatenate((one.inputs, other.inputs)), config.seed, progress)
    return judged(network, config, (one, other), tuple(losses), time.monotonic() - began)


def settle(network: PaperAnalogue, inputs: NDArray[np.float32], seed: int, progress: Progress) -> None:
    """Take the statistics of batch normalisation over all inputs, in mixed batches as they were in training."""
    norms = [m for m in network.modules() if isinstance(m, nn.BatchNorm2d)]
    for norm in norms:
        norm.reset_running_stats()
        # None: the plain mean over all batches.
        norm.momentum = None
    network.train()
    order = np.random.default_rng((seed, 53)).permutation(len(inputs))
    with torch.no_grad():
        for start in range(0, len(order), 2 * BLOCK):
            check(progress)
            network(torch.from_numpy(inputs[order[start : start + 2 * BLOCK]]))
    network.eval()


def judged(
    network: PaperAnalogue, config: PaperFit, sides: tuple[Side, Side], losses: tuple[float, ...], seconds: float
) -> PaperResult:
    """The run's own figures. Raises InputError where all chips fell onto one point."""
    one, other = sides
    kept = kept_pairs(len(one.labels), len(other.labels), config.seed)
    d, similar = pair_table(network, one, other)
    if float(d.max()) < 1e-3 * config.margin:
        raise InputError(
            f"After {config.epochs} epochs the network answers the same for every chip.", "Try another seed."
        )
    half = config.margin / 2
    return PaperResult(
        network, losses[-1], pair_accuracy(d[~kept], similar[~kept], half), pair_accuracy(d[kept], similar[kept], half),
        pair_accuracy(d[kept], similar[kept], half, balanced=True), (int((~kept).sum()), int(kept.sum())),
        seconds, losses,
    )  # fmt: skip


def _one_epoch(
    network: PaperAnalogue, optimiser: torch.optim.Optimizer, one: Side, other: Side, kept: NDArray[np.bool_],
    margin: float, rng: np.random.Generator, progress: Progress,
) -> float:  # fmt: skip
    network.train()
    total, pairs = 0.0, 0
    for a, b in epoch(one, other, rng):
        check(progress)
        learned = torch.from_numpy(~kept[np.ix_(a, b)])
        vectors = network(torch.from_numpy(np.concatenate((one.inputs[a], other.inputs[b]))))
        dissimilar = torch.from_numpy((one.labels[a][:, None] != other.labels[b][None]).astype(np.float32))
        d = distances(vectors[: len(a)], vectors[len(a) :])
        loss = contrastive_loss(d[learned], dissimilar[learned], margin)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        total, pairs = total + float(loss.detach()), pairs + int(learned.sum())
    return total / max(1, pairs)


def pair_table(network: nn.Module, one: Side, other: Side) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """(distances, whether similar), both (M, M'), of all copies of the one side with all of the other."""
    vectors = [torch.from_numpy(embedded(network, side.inputs)) for side in (one, other)]
    d = torch.cdist(vectors[0], vectors[1], compute_mode="donot_use_mm_for_euclid_dist")
    return d.numpy(), one.labels[:, None] == other.labels[None]


def embedded(network: nn.Module, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors (N, D) of normalised chips (N, C, px, px), in evaluation mode."""
    network.eval()
    with torch.no_grad():
        made = [network(torch.from_numpy(inputs[k : k + _BATCH])) for k in range(0, len(inputs), _BATCH)]
    return torch.cat(made).numpy() if made else np.zeros((0, DIMENSIONS), np.float32)


def settings_of(config: PaperFit) -> dict[str, float]:
    """The run's numbers for a card."""
    return {name: float(value) for name, value in asdict(config).items() if name not in ("seed", "threads")}
