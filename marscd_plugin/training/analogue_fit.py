"""Fitting the embedding within a budget of minutes or of steps, stoppable and resumable.

Two losses, one a head. ``landform``: multi-similarity (Wang et al. 2019, arXiv 1904.06627) over pairs that its miner
leaves: positives that are farther than the nearest negative, negatives that are nearer than the farthest positive (hard
negatives), by landform, from other observations where there are; a crop of no landmark is alike only to itself.
``ground``: two views of one piece of ground against all other ground of the batch (normalised temperature-scaled cross
entropy, Chen et al. 2020, arXiv 2002.05709), whatever the landform: it needs no label.
"""

from __future__ import annotations

import json
import logging
import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel

from ..common.errors import InputError
from ..common.files import need_folder, whole_file, write_text
from ..common.packages import need
from ..common.progress import Progress
from .analogue_ground import UNKNOWN, BatchConfig, Ground, Views, draw_batch
from .analogue_net import EmbeddingNetwork
from .analogue_views import ViewConfig
from .checkpoint import plain

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class AnalogueFit:
    """A run. The budget is ``steps`` if given, else ``minutes`` of training time (over all resumed parts).

    ``landform`` and ``ground`` weigh the losses (0: without), ``mined`` says whether easy pairs are left out,
    ``temperature`` is the second loss's.
    """

    minutes: float = 30.0
    steps: int | None = None
    seed: int = 1
    rate: float = 2e-3
    decay: float = 0.05
    landform: float = 1.0
    ground: float = 1.0
    mined: bool = True
    temperature: float = 0.1
    threads: int = 2
    averaging: float = 0.998
    reduced_precision: bool = True
    checkpoint_minutes: float = 3.0
    batch: BatchConfig = field(default_factory=BatchConfig)
    look: ViewConfig = field(default_factory=ViewConfig)

    def __post_init__(self) -> None:
        if (self.steps is None and not self.minutes > 0) or (self.steps is not None and self.steps < 1):
            raise InputError("There is no budget.", "Give minutes above 0, or at least one step.")
        if self.landform <= 0 and self.ground <= 0:
            raise InputError("There is nothing to learn by: both losses are switched off.", "Switch one on.")


class Losses:
    """Both losses of a batch of views."""

    def __init__(self, config: AnalogueFit) -> None:
        losses, miners = need("pytorch_metric_learning.losses"), need("pytorch_metric_learning.miners")
        self._config = config
        self._similar = losses.MultiSimilarityLoss(alpha=2.0, beta=40.0, base=0.5)
        self._miner = miners.MultiSimilarityMiner(epsilon=0.1) if config.mined else None
        self._same = losses.NTXentLoss(temperature=config.temperature)

    def __call__(self, landform: Tensor, ground: Tensor, views: Views) -> Tensor:
        config, value = self._config, landform.new_zeros(())
        kinds = torch.from_numpy(views.kinds)
        if config.landform > 0:
            told = torch.nonzero(kinds != UNKNOWN)[:, 0]
            if len(told):
                vectors, labels = landform[told], kinds[told]
                mined = self._miner(vectors, labels) if self._miner is not None else None
                value = value + config.landform * self._similar(vectors, labels, mined)
        if config.ground > 0:
            value = value + config.ground * self._same(ground, torch.from_numpy(views.grounds))
        return value


def learning_rate(config: AnalogueFit, done: float) -> float:
    """The rate at ``done`` 0..1 of the budget: a warm-up over 3 %, then half a cosine down to a hundredth."""
    warm = min(1.0, max(done, 1e-3) / 0.03)
    return config.rate * warm * (0.01 + 0.99 * 0.5 * (1.0 + math.cos(math.pi * min(done, 1.0))))


def fit_network(
    network: EmbeddingNetwork,
    ground: Ground,
    config: AnalogueFit,
    progress: Progress,
    folder: Path | None = None,
    resume: bool = False,
) -> EmbeddingNetwork:
    """Teach ``network`` and return its running average, in evaluation mode.

    ``folder`` receives ``checkpoint.pt`` and ``log.jsonl`` every few minutes and at the end; with ``resume`` a run goes
    on from there. A cancel writes a checkpoint and ends with what there is. Raises InputError for a checkpoint of
    another run.
    """
    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    average = AveragedModel(network, avg_fn=_running(config.averaging), use_buffers=True)
    plainly = [p for p in network.parameters() if p.ndim < 2]
    weights = [p for p in network.parameters() if p.ndim >= 2]
    groups: list[dict[str, Any]] = [{"params": weights}, {"params": plainly, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=config.rate, weight_decay=config.decay)
    losses, step, spent = Losses(config), 0, 0.0
    if folder is not None:
        need_folder(folder)
        if resume and (folder / "checkpoint.pt").exists():
            state = load_state(folder / "checkpoint.pt")
            if state["seed"] != config.seed or state["config"] != plain(network.config):
                raise InputError(f"{folder} holds another run (seed {state['seed']}).", "Use another folder.")
            network.load_state_dict(state["network"])
            average.load_state_dict(state["average"])
            optimiser.load_state_dict(state["optimiser"])
            step, spent = int(state["step"]), float(state["seconds"])
        else:
            write_text(folder / "log.jsonl", "")
    last, since, total, count = time.monotonic(), 0.0, 0.0, 0
    network.train()
    with ThreadPoolExecutor(2) as pool:
        waiting = [
            pool.submit(draw_batch, ground, config.batch, config.look, (config.seed, 7, step + k)) for k in (0, 1)
        ]
        while True:
            done = step / config.steps if config.steps else spent / (60.0 * config.minutes)
            ended = done >= 1.0 or progress.cancelled()
            if folder is not None and (ended or since >= 60.0 * config.checkpoint_minutes):
                since = 0.0
                save_state(network, average, optimiser, step, spent, config.seed, folder / "checkpoint.pt")
                entry = {"step": step, "minutes": spent / 60, "loss": total / max(count, 1)}
                earlier = (folder / "log.jsonl").read_text(encoding="utf-8")
                write_text(folder / "log.jsonl", earlier + json.dumps(entry) + "\n")
                progress.report(min(done, 1.0), f"step {step}, loss {entry['loss']:.3f}")
                total, count = 0.0, 0
            elif folder is None:
                progress.report(min(done, 1.0))
            if ended:
                break
            for settings in optimiser.param_groups:
                settings["lr"] = learning_rate(config, done)
            views = waiting.pop(0).result()
            waiting.append(pool.submit(draw_batch, ground, config.batch, config.look, (config.seed, 7, step + 2)))
            chips = torch.from_numpy(views.chips).contiguous(memory_format=torch.channels_last)
            with torch.autocast("cpu", torch.bfloat16, enabled=config.reduced_precision):
                pooled = network.features(chips)
            value = losses(*network.heads(pooled.float()), views)
            optimiser.zero_grad(set_to_none=True)
            value.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimiser.step()
            average.update_parameters(network)
            total, count, step = total + float(value.detach()), count + 1, step + 1
            now = time.monotonic()
            spent, since, last = spent + now - last, since + now - last, now
        for one in waiting:
            one.cancel()
    log.info("%d steps in %.1f min, %s", step, spent / 60, asdict(config))
    made = average.module.eval()
    assert isinstance(made, EmbeddingNetwork)
    return made


def _running(most: float) -> Callable[[Tensor, Tensor, Tensor | int], Tensor]:
    """A running average that forgets quickly at first, so that short runs do not keep their random start."""

    def mean(average: Tensor, new: Tensor, count: Tensor | int) -> Tensor:
        keep = min(most, (1.0 + float(count)) / (10.0 + float(count)))
        return average * keep + new * (1.0 - keep)

    return mean


def save_state(
    network: EmbeddingNetwork,
    average: AveragedModel,
    optimiser: torch.optim.Optimizer,
    step: int,
    seconds: float,
    seed: int,
    path: Path,
) -> None:
    """Write where a run stands, whole or not at all."""
    state: dict[str, Any] = {
        "network": network.state_dict(),
        "average": average.state_dict(),
        "optimiser": optimiser.state_dict(),
    }
    state |= {"step": step, "seconds": seconds, "seed": seed, "config": plain(network.config)}
    with whole_file(path) as part:
        torch.save(state, str(part))


def load_state(path: Path) -> dict[str, Any]:
    """Read it, with ``weights_only``. Raises InputError naming the file."""
    try:
        state = torch.load(str(path), map_location="cpu", weights_only=True)
        if not {"network", "average", "optimiser", "step", "seconds", "seed", "config"} <= set(state):
            raise ValueError("it is no checkpoint of an embedding")
        return state
    except Exception as error:  # a damaged or hostile file fails in torch in many ways, pickle's own errors among them
        raise InputError(
            f"The checkpoint {path} could not be read: {str(error)[:200]}.",
            "Start again without --resume, or in another folder.",
        ) from error
