"""How the screen ``marscd-screen`` is made: taught by the default model where that sees anything, and its threshold."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, max_pool2d

from ..common.errors import InputError
from ..common.packages import need
from ..common.progress import Progress
from ..common.words import ModelCard
from . import checkpoint
from .change_recipe import SCREEN, TRAINING_DATA, load_change
from .changenet import ChangeNetwork
from .export import export_onnx
from .feed import Batch, PoolFeed
from .fit import FitConfig, fit
from .pool import Pool
from .screennet import CELL, ScreenConfig, ScreenNetwork, screen_halo
from .tuning import Case, TuneSet, maps, torch_predict

log = logging.getLogger(__name__)

#: The share of the default's objects, on what only chooses, that may be lost to the screen.
LOST = 0.003

#: A cell is to be marked where the default's probability reaches this share of its threshold.
TAUGHT_FROM = 0.5

DESCRIPTION = (
    "A tiny network that says where marscd-change is worth running: the first half of a cascade (FAST), not a detector "
    "of its own. Its answer is constant over cells of 8 pixels and its threshold is far below a map's. Taught by "
    "marscd-change on simulated pairs. See docs/models.md."
)


class Taught(nn.Module):
    """A screen that learns where its teacher, the default model, sees anything.

    Cells that the teacher marks weigh ``weight``-fold; the truth itself is not asked, because what the default misses
    need not be looked at.
    """

    def __init__(self, screen: ScreenNetwork, teacher: ChangeNetwork, level: float, weight: float = 12.0) -> None:
        super().__init__()
        self.screen, self.config, self.level = screen, screen.config, level
        # Kept out of the module's own parameters: it does not learn, and is no part of a checkpoint.
        self._teacher = [teacher.eval()]
        self.register_buffer("weight", torch.tensor(weight), persistent=False)

    weight: Tensor

    def forward(self, before: Tensor, after: Tensor) -> Tensor:
        return self.screen(before, after)

    def own_loss(self, batch: Batch) -> Tensor:
        """Cross entropy over cells."""
        with torch.no_grad():
            logits = self._teacher[0](batch.before, batch.after, batch.context)[0]
            wanted = max_pool2d((logits >= self.level).float(), CELL)
        found = self.screen.cells(batch.before, batch.after).float()
        return binary_cross_entropy_with_logits(found, wanted, pos_weight=self.weight)


def fit_screen(options: argparse.Namespace, progress: Progress) -> None:
    """``fit-screen``: teach the screen from the pool, choose its threshold, export it beside the default model."""
    teacher, _ = load_change(options.teacher)
    card = _read(options.model)
    config = FitConfig(
        minutes=options.minutes,
        steps=options.steps,
        batch=8,
        size=192,
        seed=options.seed,
        rate=3e-3,
        threads=options.threads,
        checkpoint_minutes=2.0,
        reduced_precision=False,
        averaging=0.998,
    )
    torch.manual_seed(config.seed)
    # The card's threshold is of calibrated probabilities; the teacher's logits are not calibrated.
    level = _logit(TAUGHT_FROM * card.threshold, card)
    taught = Taught(ScreenNetwork(ScreenConfig()), teacher, level)
    feed = PoolFeed(Pool(options.pool), batch=config.batch, size=config.size, seed=(config.seed, 5))
    try:
        fit(taught, feed, config, options.out, progress, resume=options.resume)
    finally:
        feed.close()
    export_screen(options.shared, options.out, options.model)


def export_screen(shared: Path, folder: Path, model: Path) -> ModelCard:
    """``marscd-screen.onnx`` beside ``model``, with the threshold that loses at most ``LOST`` of its objects."""
    state = checkpoint.load(folder / "checkpoint.pt")
    network = ScreenNetwork(ScreenConfig())
    network.load_state_dict({k.removeprefix("screen."): v for k, v in state.weights().items()})
    network.eval()
    whole = _read(model)
    tune = TuneSet.of(shared, 240)
    cases = [*tune.simulated, *tune.lines, *tune.injected]
    answers = _onnx_maps(model, cases)
    seen = maps(torch_predict(network), cases)
    threshold, lost = screen_threshold(answers, seen, whole.threshold)
    quiet = [*tune.real, *(c for c in cases if not c.truth.any())]
    share = _cells(maps(torch_predict(network), quiet), threshold)
    card = ModelCard(
        name=SCREEN,
        task="change",
        inputs=whole.inputs,
        output=whole.output,
        normalisation=whole.normalisation,
        pixel_size=whole.pixel_size,
        threshold=threshold,
        halo=screen_halo(network.config),
        multiple=network.config.multiple,
        description=DESCRIPTION,
        training_data=TRAINING_DATA,
        scores={"tune_objects_lost": lost, "tune_quiet_cells": share, "steps": float(state.step)},
        seed=state.seed,
        licence="CC BY 4.0",
        version=whole.version,
    )
    export_onnx(network, card, model.with_name(f"{SCREEN}.onnx"))
    log.info("%s: threshold %.4f, objects lost %.4f, cells of quiet pairs marked %.3f", SCREEN, threshold, lost, share)
    return card


def screen_threshold(
    answers: Sequence[np.ndarray], seen: Sequence[np.ndarray], threshold: float, lost: float = LOST
) -> tuple[float, float]:
    """(the highest threshold of the screen that loses at most ``lost`` of the default's objects, the share it loses).

    ``answers`` and ``seen`` are probability maps of the default and of the screen. An object (8-connected, at the
    default's ``threshold``) is lost where the screen stays below its own everywhere on it.
    """
    label, maximum = need("scipy.ndimage").label, need("scipy.ndimage").maximum
    tops: list[float] = []
    for one, other in zip(answers, seen, strict=True):
        labels, count = label(one >= threshold, np.ones((3, 3)))
        if count:
            tops.extend(np.atleast_1d(maximum(other, labels, np.arange(1, count + 1))).tolist())
    if not tops:
        raise InputError("The default model finds nothing in the pairs that only choose.", "Train it further first.")
    ordered = np.sort(tops)
    # A hair below, so that what sets it is not lost to rounding in the exported file.
    chosen = float(np.floor(ordered[int(lost * len(ordered))] * 0.98 * 1e4) / 1e4)
    return chosen, float((ordered < chosen).mean())


def _cells(values: Sequence[np.ndarray], threshold: float, cell: int = 128) -> float:
    """Share of ``cell``-pixel cells in which anything reaches the threshold."""
    marked = there = 0
    for one in values:
        for top in range(0, one.shape[0], cell):
            for left in range(0, one.shape[1], cell):
                there += 1
                marked += int(one[top : top + cell, left : left + cell].max() >= threshold)
    return marked / max(there, 1)


def _read(model: Path) -> ModelCard:
    from ..inference.card import read_card

    return read_card(model)


def _onnx_maps(model: Path, cases: Sequence[Case]) -> list[np.ndarray]:
    """The shipped file's own answers: calibrated as users get them."""
    from ..inference.session import load_model

    loaded = load_model(model, "CPU", 1)
    return maps(lambda b, a, _told: loaded.run(b[None, None], a[None, None])[0, 0], cases)


def _logit(probability: float, card: ModelCard) -> float:
    """The uncalibrated logit at which the shipped probability is that."""
    slope, offset = card.scores["calibration_slope"], card.scores["calibration_offset"]
    return float((np.log(probability / (1.0 - probability)) - offset) / slope)
