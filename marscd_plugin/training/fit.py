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
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from ..common.errors import InputError
from ..common.files import need_folder, write_text
from ..common.progress import Progress
from . import checkpoint
from .augment import Patch
from .feed import Batch, Source, StreamFeed, stream
from .losses import LossConfig, change_loss, kind_loss
from .networks import parameter_count
from .together import Alone

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FitConfig:
    """A run. The budget is ``steps`` if given, else the time until ``until``, else ``minutes`` of training time.

    ``minutes`` count over all resumed parts. ``until`` is a time of the clock (seconds since 1970), for what a machine
    has left over until then; such a run is repeated by giving the ``steps`` that it came to.

    ``compiled`` lets torch fuse the network's steps, which takes a minute and a C++ compiler and saves a fifth of the
    time after it. ``reuse`` is how often a drawn pair of a stream is shown, each time cropped, turned and disturbed
    anew: drawing one may cost as much processor time as learning from it.
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
    averaging: float = 0.998
    compiled: bool = False
    hold: float | None = None
    until: float | None = None

    def __post_init__(self) -> None:
        if self.steps is None and not self.minutes > 0:
            raise InputError(f"A budget of {self.minutes} minutes is no budget.", "Give --minutes above 0, or --steps.")
        if min(self.batch, self.size, self.reuse, self.pool) < 1 or self.workers < 0:
            raise InputError("Batch, size, reuse and pool must be at least 1, workers 0.", "Correct the settings.")


#: Called with the averaged network and the step; returns numbers for the log.
Check = Callable[[torch.nn.Module, int], dict[str, float]]


class Budget:
    """What share of a run is done; ``spent`` are the seconds of training before this part of it."""

    def __init__(self, config: FitConfig, spent: float) -> None:
        self._config = config
        # As though what was done before had been done just now.
        self._began = time.time() - spent

    def done(self, step: int, spent: float) -> float:
        """Share of the budget, 0 to 1 and more, after ``step`` steps and ``spent`` seconds of training."""
        config = self._config
        if config.steps:
            return step / config.steps
        if config.until:
            budget = config.until - self._began
            return (time.time() - self._began) / budget if budget > 0 else 1.0
        return spent / (60.0 * config.minutes)


def learning_rate(config: FitConfig, done: float) -> float:
    """The rate at ``done`` 0..1 of the budget: a warm-up over 2 %, then half a cosine down to a hundredth.

    With ``hold`` it stays until that share and then falls in a straight line: such a run can be stopped, gone on with
    under another budget, and brought to its end from any checkpoint.
    """
    warm = min(1.0, max(done, 1e-3) / 0.02)
    if config.hold is not None:
        falling = (1.0 - min(done, 1.0)) / (1.0 - config.hold)
        return config.rate * warm * max(0.01, min(1.0, falling))
    return config.rate * warm * (0.01 + 0.99 * 0.5 * (1.0 + math.cos(math.pi * min(done, 1.0))))


def fit(
    network: torch.nn.Module,
    source: Callable[[int], Patch] | Source,
    config: FitConfig,
    folder: Path,
    progress: Progress,
    check: Check | None = None,
    resume: bool = False,
    loss: LossConfig | Callable[[float], LossConfig] | None = None,
    group: Alone | None = None,
) -> AveragedModel:
    """Train ``network`` and return its running average, which is what is exported.

    ``network`` is one of ``networks`` (dates in, logits out) or of ``changenet`` (``takes_context``: logits of change
    and of kinds out), with a dataclass ``config``. ``source`` gives the i-th patch, or batches of its own
    (``feed.PoolFeed``). ``loss`` may follow the share of the budget that is done. ``folder`` receives
    ``checkpoint.pt`` and ``log.jsonl`` every few minutes and at the end; with ``resume`` a run goes on from there. A
    cancel writes a checkpoint and ends with what there is. In a ``group`` of processes each has a source of its own.
    """
    group = group or Alone()
    torch.set_num_threads(config.threads)
    need_folder(folder)
    device = torch.device(config.device)
    network.to(device)
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    average = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(config.averaging), use_buffers=True)
    optimiser = torch.optim.AdamW(network.parameters(), lr=config.rate, weight_decay=config.decay)
    path = folder / "checkpoint.pt"
    step, spent, drawn = 0, 0.0, 0
    if resume and path.exists():
        state = checkpoint.load(path)
        if state.seed != config.seed or not state.fits(network.config):
            raise InputError(f"{path} is of another run (seed {state.seed}).", "Use its seed, or another folder.")
        network.load_state_dict(state.network)
        average.load_state_dict(state.average)
        optimiser.load_state_dict(state.optimiser)
        step, spent, drawn = state.step, state.seconds, state.drawn
        log.info("resumed at step %d after %.1f min", step, spent / 60)
    elif group.rank == 0 and (folder / "log.jsonl").exists():
        write_text(folder / "log.jsonl", "")
    log.info("%d parameters, %s", parameter_count(network), asdict(config))
    feed = _feed(source, config, step, drawn) if callable(source) else source
    forward = torch.compile(network) if config.compiled else network
    first_drawn, last = drawn, time.monotonic()
    since_check, running = 0.0, _Mean()
    network.train()
    # What ends the work is decided with the gradients, so that all processes of a group end at the same step.
    budget = Budget(config, spent)
    done = budget.done(step, spent)
    stopped = group.size == 1 and progress.cancelled()
    while True:
        ended = done >= 1.0 or stopped
        if group.rank == 0 and (ended or since_check >= 60.0 * config.checkpoint_minutes):
            since_check = 0.0
            drawn = first_drawn + getattr(feed, "drawn", 0)
            checkpoint.save(checkpoint.State.of(network, average, optimiser, step, spent, drawn, config.seed), path)
            entry = {"step": step, "minutes": spent / 60, "drawn": drawn, "loss": running.take()}
            if check is not None and not stopped:
                entry |= check(average.module, step)
            _append(folder / "log.jsonl", entry)
            progress.report(min(done, 1.0), ", ".join(f"{k} {v:.4g}" for k, v in entry.items()))
            # Looking at the network is not training time.
            last = time.monotonic()
        if ended:
            break
        for settings in optimiser.param_groups:
            settings["lr"] = learning_rate(config, done)
        value = batch_loss(forward, feed.batch().to(device), config, loss(done) if callable(loss) else loss)
        optimiser.zero_grad(set_to_none=True)
        value.backward()
        done, stopped = group.share(network.parameters(), budget.done(step + 1, spent), progress.cancelled())
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        average.update_parameters(network)
        running.add(float(value.detach()))
        step += 1
        now = time.monotonic()
        spent, since_check, last = spent + now - last, since_check + now - last, now
    group.end()
    return average


def batch_loss(network: Any, batch: Batch, config: FitConfig, loss: LossConfig | None) -> Tensor:
    """The loss of one batch, of a network with or without context and kinds, or with a loss of its own."""
    loss = loss or LossConfig()
    if hasattr(network, "own_loss"):
        return network.own_loss(batch)
    with torch.autocast(batch.before.device.type, torch.bfloat16, enabled=config.reduced_precision):
        if getattr(network, "takes_context", False):
            logits, kinds = network(batch.before, batch.after, batch.context)
        else:
            logits, kinds = network(batch.before, batch.after), None
    value = change_loss(logits, batch.truth, batch.valid, loss)
    if kinds is not None and loss.kind_weight > 0:
        value = value + loss.kind_weight * kind_loss(kinds, batch.classes * (batch.valid > 0))
    return value


def _feed(draw: Callable[[int], Patch], config: FitConfig, step: int, drawn: int) -> StreamFeed:
    return StreamFeed(
        stream(draw, drawn, config.workers),
        batch=config.batch,
        size=config.size,
        reuse=config.reuse,
        kept=config.pool,
        seed=(config.seed, 2, step),
    )


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
