"""Equal small budgets: the default network, the same with parts left out, the paper's, and FC-Siam-diff.

Every network sees the same batches, in the same order, under the same loss, for the same number of steps, and is then
scored on what only chooses (``tuning``). So small a budget ranks how fast networks learn, not what they come to.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import torch

from ..common.errors import InputError
from ..common.files import write_json
from ..common.progress import Progress
from .change_recipe import KINDS, late
from .changenet import ChangeConfig, ChangeNetwork
from .fcsiam import SiamConfig, SiamDiff
from .feed import PoolFeed
from .fit import FitConfig, fit
from .networks import PaperConfig, PaperNetwork, parameter_count
from .pool import Pool
from .tuning import TuneSet, summary, torch_predict

log = logging.getLogger(__name__)

_FULL = ChangeConfig(kinds=len(KINDS))

#: What is compared, by name.
NETWORKS: dict[str, Callable[[], torch.nn.Module]] = {
    "default": lambda: ChangeNetwork(_FULL),
    "without-displacement": lambda: ChangeNetwork(replace(_FULL, explained=False)),
    "without-line-filters": lambda: ChangeNetwork(replace(_FULL, lines=False)),
    "without-attention": lambda: ChangeNetwork(replace(_FULL, attention=False)),
    "without-context": lambda: ChangeNetwork(replace(_FULL, context=False)),
    "paper": lambda: PaperNetwork(PaperConfig()),
    "fc-siam-diff": lambda: SiamDiff(SiamConfig()),
}


def ablate(
    name: str, shared: Path, pool: Path, out: Path, steps: int, progress: Progress, chosen: int, threads: int = 1
) -> dict[str, float]:
    """Train one network for ``steps`` on the first ``chosen`` drawings; write ``out/NAME.json``. Raises InputError."""
    if name not in NETWORKS:
        raise InputError(f"There is no network called {name!r}.", f"Known: {', '.join(NETWORKS)}.")
    torch.manual_seed(1)
    network = NETWORKS[name]()
    tune = TuneSet.of(shared)
    config = FitConfig(steps=steps, batch=4, size=192, threads=threads, checkpoint_minutes=1e6, averaging=0.995)
    feed = PoolFeed(Pool(pool), batch=config.batch, size=config.size, seed=(1, 7), chosen=chosen)
    began = time.process_time()
    try:
        average = fit(network, feed, config, out / name, progress, loss=late)
    finally:
        feed.close()
    spent = time.process_time() - began
    multiple = int(network.config.multiple)  # type: ignore[union-attr, arg-type]
    scores = summary(torch_predict(average.module), tune, multiple)
    scores |= {"steps": float(steps), "cpu_seconds": spent, "parameters": float(parameter_count(network))}
    if getattr(network, "takes_context", False):
        told = summary(torch_predict(average.module), tune, multiple, told=True)
        scores["told_lines_sensitivity"] = told["lines_sensitivity"]
    write_json(out / f"{name}.json", scores)
    log.info("%s %s", name, scores)
    return scores
