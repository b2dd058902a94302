"""Several processes learn one network together: each on batches of its own, with the mean of all gradients.

On a processor one thread a process wastes less than several threads that wait for each other in every small layer.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable
from pathlib import Path

import torch
from torch import distributed, nn


class Alone:
    """One process: nothing to share."""

    rank, size = 0, 1

    def share(self, parameters: Iterable[nn.Parameter], done: float, stopped: bool) -> tuple[float, bool]:
        """``done`` and ``stopped`` as they came."""
        return done, stopped

    def end(self) -> None:
        """Nothing."""


class Together(Alone):
    """One of ``size`` processes, which meet at a file; number 0 says when the work is done and keeps the checkpoint."""

    def __init__(self, meeting: Path, rank: int, size: int) -> None:
        self.rank, self.size = rank, size
        # The processes are on one machine, and a laptop's host name may lead nowhere.
        os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
        distributed.init_process_group(
            "gloo",
            init_method=f"file://{meeting.absolute()}",
            rank=rank,
            world_size=size,
            timeout=datetime.timedelta(minutes=20),
        )

    def share(self, parameters: Iterable[nn.Parameter], done: float, stopped: bool) -> tuple[float, bool]:
        """Replace all gradients by their mean; returns number 0's ``done``, and whether anybody was stopped."""
        gradients = [p.grad for p in parameters if p.grad is not None]
        told = torch.tensor([done if self.rank == 0 else 0.0, float(stopped)])
        flat = torch.cat([*(g.reshape(-1).float() for g in gradients), told])
        distributed.all_reduce(flat)
        start = 0
        for gradient in gradients:
            part = flat[start : start + gradient.numel()]
            gradient.copy_(part.view_as(gradient) / self.size)
            start += gradient.numel()
        return float(flat[-2]), bool(flat[-1] > 0)

    def end(self) -> None:
        """Leave the group."""
        distributed.destroy_process_group()
