"""Fitting the network to simulated change, within a budget of minutes or of steps, stoppable and resumable.

The i-th pair of a run follows from the seed and i alone, however many worker processes draw pairs, so data are the
same in every run of a seed. The weights are the same only up to rounding: sums on several threads are taken in no
fixed order, and with a budget of minutes the number of steps depends on the machine (give ``steps`` to fix it).
"""

from __future__ import annotations

import json
import logging
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from torch.utils.data import DataLoader, Dataset

from ..common.errors import InputError
from ..common.files import need_folder, write_text
from ..common.progress import Progress
from . import checkpoint
from .augment import Patch, crop, vary
from .losses import LossConfig, change_loss
from .networks import PaperNetwork, parameter_count

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FitConfig:
    """A run. The budget is ``steps`` if given, else ``minutes`` of training time (over all resumed parts).

    ``reuse`` is how often a drawn pair is shown, each time cropped, turned and disturbed anew: drawing one costs about
    as much processor time as learning from it.
    """

    minutes: float = 60.0
    steps: int | None = None
    batch: int = 4
    size: int = 256
    seed: int = 1
    rate: float = 2e-3
    decay: float = 1e-4
    reuse: int = 2
    pool: int = 256
    workers: int = 1
    threads: int = 2
    checkpoint_minutes: float = 3.0
    device: str = "cpu"
    reduced_precision: bool = True

    def __post_init__(self) -> None:
        if self.steps is None and not self.minutes > 0:
            raise InputError(f"A budget of {self.minutes} minutes is no budget.", "Give --minutes above 0, or --steps.")
        if min(self.batch, self.size, self.reuse, self.pool) < 1 or self.workers < 0:
            raise InputError("Batch, size, reuse and pool must be at least 1, workers 0.", "Correct the settings.")


#: Called with the averaged network and the step; returns numbers for the log.
Check = Callable[[torch.nn.Module, int], dict[str, float]]


class Feed:
    """Batches from a stream of fresh patches and a pool of earlier ones, each shown ``reuse`` times on average."""

    def __init__(self, fresh: Iterator[Patch], config: FitConfig, first_step: int) -> None:
        self._fresh, self._config = fresh, config
        self._rng = np.random.default_rng((config.seed, 2, first_step))
        self._pool: list[Patch] = []
        self.drawn = 0

    def batch(self) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """before, after, truth, valid: float32 (N,1,size,size)."""
        config, rng = self._config, self._rng
        wanted = max(1, round(config.batch / config.reuse)) if self._pool else config.batch
        patches = []
        for _ in range(wanted):
            patch = next(self._fresh)
            self.drawn += 1
            patches.append(patch)
            if len(self._pool) < config.pool:
                self._pool.append(patch)
            else:
                self._pool[int(rng.integers(config.pool))] = patch
        while len(patches) < config.batch:
            patches.append(self._pool[int(rng.integers(len(self._pool)))])
        shown = [vary(crop(patch, config.size, rng), rng) for patch in patches]
        before, after, truth, valid = (
            torch.from_numpy(np.stack([getattr(p, name) for p in shown])[:, None])
            for name in ("before", "after", "truth", "valid")
        )
        return before, after, truth, valid


class _Numbered(Dataset):
    """``draw(i)`` for i counted from ``start``, as the data set a DataLoader's workers read."""

    def __init__(self, draw: Callable[[int], Patch], start: int) -> None:
        self._draw, self._start = draw, start

    def __len__(self) -> int:
        return 100_000_000

    def __getitem__(self, index: int) -> Patch:
        return self._draw(self._start + index)


def _one_thread(_worker: int) -> None:
    torch.set_num_threads(1)


def _identity(patch: Patch) -> Patch:
    return patch


def stream(draw: Callable[[int], Patch], start: int, workers: int) -> Iterator[Patch]:
    """Patches ``draw(start)``, ``draw(start + 1)`` ... in order, drawn ahead by worker processes (0: here)."""
    loader = DataLoader(
        _Numbered(draw, start),
        batch_size=None,
        shuffle=False,
        num_workers=workers,
        prefetch_factor=16 if workers else None,
        collate_fn=_identity,  # type: ignore[arg-type]
        worker_init_fn=_one_thread,
    )
    return iter(loader)


def learning_rate(config: FitConfig, done: float) -> float:
    """The rate at ``done`` 0..1 of the budget: a warm-up over 2 %, then half a cosine down to a hundredth."""
    warm = min(1.0, max(done, 1e-3) / 0.02)
    return config.rate * warm * (0.01 + 0.99 * 0.5 * (1.0 + math.cos(math.pi * min(done, 1.0))))


def fit(
    network: PaperNetwork,
    draw: Callable[[int], Patch],
    config: FitConfig,
    folder: Path,
    progress: Progress,
    check: Check | None = None,
    resume: bool = False,
    loss: LossConfig | None = None,
) -> AveragedModel:
    """Train ``network`` and return its running average, which is what is exported.

    ``draw(i)`` gives the i-th patch. ``folder`` receives ``checkpoint.pt`` and ``log.jsonl`` every few minutes and at
    the end; with ``resume`` a run goes on from there. A cancel writes a checkpoint and ends with what there is.
    """
    torch.set_num_threads(config.threads)
    need_folder(folder)
    device = torch.device(config.device)
    network.to(device)
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    average = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(0.998), use_buffers=True)
    optimiser = torch.optim.AdamW(network.parameters(), lr=config.rate, weight_decay=config.decay)
    path = folder / "checkpoint.pt"
    step, spent, drawn = 0, 0.0, 0
    if resume and path.exists():
        state = checkpoint.load(path)
        if state.seed != config.seed or tuple(state.widths) != network.config.widths:
            raise InputError(f"{path} is of another run (seed {state.seed}).", "Use its seed, or another folder.")
        network.load_state_dict(state.network)
        average.load_state_dict(state.average)
        optimiser.load_state_dict(state.optimiser)
        step, spent, drawn = state.step, state.seconds, state.drawn
        log.info("resumed at step %d after %.1f min", step, spent / 60)
    elif (folder / "log.jsonl").exists():
        write_text(folder / "log.jsonl", "")
    log.info("%d parameters, %s", parameter_count(network), asdict(config))
    feed = Feed(stream(draw, drawn, config.workers), config, step)
    first_drawn, last = drawn, time.monotonic()
    since_check, running = 0.0, _Mean()
    network.train()
    while True:
        done = step / config.steps if config.steps else spent / (60.0 * config.minutes)
        stopped = progress.cancelled()
        if done >= 1.0 or stopped or since_check >= 60.0 * config.checkpoint_minutes:
            since_check = 0.0
            drawn = first_drawn + feed.drawn
            checkpoint.save(
                checkpoint.State(
                    network.state_dict(),
                    average.state_dict(),
                    optimiser.state_dict(),
                    step,
                    spent,
                    drawn,
                    config.seed,
                    list(network.config.widths),
                    network.config.attention,
                ),
                path,
            )
            entry = {"step": step, "minutes": spent / 60, "drawn": drawn, "loss": running.take()}
            if check is not None and not stopped:
                entry |= check(average.module, step)
            _append(folder / "log.jsonl", entry)
            progress.report(min(done, 1.0), ", ".join(f"{k} {v:.4g}" for k, v in entry.items()))
            # Looking at the network is not training time.
            last = time.monotonic()
        if done >= 1.0 or stopped:
            break
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(config, done)
        tensors = [t.to(device) for t in feed.batch()]
        before, after, truth, valid = tensors
        with torch.autocast(device.type, torch.bfloat16, enabled=config.reduced_precision):
            logits = network(before, after)
        value = change_loss(logits, truth, valid, loss)
        optimiser.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        average.update_parameters(network)
        running.add(float(value.detach()))
        step += 1
        now = time.monotonic()
        spent, since_check, last = spent + now - last, since_check + now - last, now
    return average


class _Mean:
    """Mean of what was added since it was last taken."""

    def __init__(self) -> None:
        self._sum, self._count = 0.0, 0

    def add(self, value: float) -> None:
        self._sum, self._count = self._sum + value, self._count + 1

    def take(self) -> float:
        mean = self._sum / self._count if self._count else 0.0
        self._sum, self._count = 0.0, 0
        return mean


def _append(path: Path, entry: dict[str, float]) -> None:
    earlier = path.read_text(encoding="utf-8") if path.exists() else ""
    write_text(path, earlier + json.dumps(entry) + "\n")
