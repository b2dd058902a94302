"""Checkpoints of a training run: written whole, read with ``weights_only`` so that a file cannot run code."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import nn

from ..common.errors import InputError
from ..common.files import whole_file


@dataclass
class State:
    """Where a run stands: network, averaged network and optimiser (state dicts), steps, seconds, pairs drawn.

    ``config`` is the network's own as plain values; older checkpoints have ``widths`` and ``attention`` alone.
    """

    network: dict[str, Any]
    average: dict[str, Any]
    optimiser: dict[str, Any]
    step: int
    seconds: float
    drawn: int
    seed: int
    widths: list[int]
    attention: int
    config: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        network: nn.Module,
        average: nn.Module,
        optimiser: torch.optim.Optimizer,
        step: int,
        seconds: float,
        drawn: int,
        seed: int,
    ) -> State:
        """The state of a run of ``network``, whose ``config`` is a dataclass."""
        config = plain(network.config)
        widths, attention = list(config["widths"]), int(config["attention"])
        weights, averaged, settings = (part.state_dict() for part in (network, average, optimiser))
        return cls(weights, averaged, settings, step, seconds, drawn, seed, widths, attention, config)

    def fits(self, config: Any) -> bool:
        """Whether this is of a network with that configuration."""
        wanted = plain(config)
        return self.config == wanted if self.config else self.widths == wanted["widths"]

    def weights(self) -> dict[str, Any]:
        """The averaged network's own state dict."""
        return {k.removeprefix("module."): v for k, v in self.average.items() if k.startswith("module.")}


def plain(config: Any) -> dict[str, Any]:
    """A network's configuration as values that a checkpoint may hold."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(config).items()}


def save(state: State, path: Path) -> None:
    """Write a checkpoint whole or not at all."""
    with whole_file(path) as part:
        torch.save(dict(vars(state)), str(part))


def load(path: Path) -> State:
    """Read a checkpoint. Raises InputError naming the file."""
    try:
        content = torch.load(str(path), map_location="cpu", weights_only=True)
        return State(**content)
    except Exception as error:  # a damaged or hostile file fails in torch in many ways, pickle's own errors among them
        raise InputError(
            f"The checkpoint {path} could not be read: {str(error)[:200]}.",
            "Start again without --resume, or in another folder.",
        ) from error
