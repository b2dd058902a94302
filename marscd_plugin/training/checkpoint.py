"""Checkpoints of a training run: written whole, read with ``weights_only`` so that a file cannot run code."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from ..common.errors import InputError
from ..common.files import whole_file


@dataclass
class State:
    """Where a run stands: network, averaged network and optimiser (state dicts), steps, seconds, pairs drawn."""

    network: dict[str, Any]
    average: dict[str, Any]
    optimiser: dict[str, Any]
    step: int
    seconds: float
    drawn: int
    seed: int
    widths: list[int]
    attention: int


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
