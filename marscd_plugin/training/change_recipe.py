"""How the shipped model ``marscd-change`` and its screen are made: draw, fit, calibrate, choose a threshold, export."""

from __future__ import annotations

import argparse
import datetime as dt
import logging
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ..common.errors import InputError
from ..common.files import need_folder
from ..common.packages import need
from ..common.progress import Progress
from ..common.words import ModelCard
from ..simulation.kinds import Kind
from . import checkpoint
from .changenet import CONTEXT_NAMES, ChangeConfig, ChangeNetwork, change_halo
from .drawings import GROUP, SIZE, training_drawings
from .export_change import Calibration, export_change, platt
from .feed import PoolFeed
from .fit import FitConfig, fit
from .losses import LossConfig
from .pool import Pool, PoolSpec, fill
from .together import Alone, Together
from .tuning import TuneSet, maps, summary, torch_predict
from .weights import save_weights

log = logging.getLogger(__name__)

NAME = "marscd-change"
SCREEN = "marscd-screen"

#: Share of a run's steps before its rate falls.
HOLD = 0.8

#: Prevalence of change at which the probabilities are calibrated: the paper's.
PREVALENCE = 0.017

DESCRIPTION = (
    "A light Siamese network for change between two registered images of Mars: stride-2 stem, shared encoder with "
    "local spatial attention, and fixed arithmetic that takes out what a small displacement explains; optional sun "
    "geometry and registration residual; tells kinds of change. Trained on SIMULATED change; no labelled real change "
    "exists. See docs/models.md and docs/accuracy.md."
)

TRAINING_DATA = (
    "Simulated change (marscd_plugin.simulation.drawing: lineae, slope streaks, craters, boulders, dunes, frost, "
    "albedo, ripples, ice falls, gullies; sun, registration residue, parallax, noise, blur, haze, JPEG, seams and "
    "edges are not change) over backdrops of the split train of HiRISENet v3 crops (Wagstaff et al., doi "
    "10.5281/zenodo.2538136; imagery NASA/JPL-Caltech/UArizona), HiRISE browse strips, one raw HiRISE channel "
    "(PSP_001446_1790, USGS) and simulated terrain; real no-change pairs of a part of the CTX training half "
    "(NASA/JPL-Caltech/MSSS), half of them with simulated change drawn in. Threshold and calibration from the split "
    "tune and other CTX pairs of that half. Not used at all: the split test, no_visible_change, frosted_dunes, "
    "stereo_anaglyph, the held half of ctx, any observation whose id ends in 2570."
)

KINDS = tuple(kind.name.lower() for kind in Kind if kind is not Kind.NONE)


def draw(options: argparse.Namespace, progress: Progress) -> None:
    """``draw``: fill the pool of drawings (or this worker's part of it)."""
    # Several workers share the cores already.
    need("cv2").setNumThreads(1)
    pool = Pool(options.pool, PoolSpec(options.count, SIZE, options.seed))
    drawings = training_drawings(options.shared, options.seed)
    fill(pool, drawings, GROUP, progress, options.worker, options.workers, options.again)


def late(done: float) -> LossConfig:
    """The loss at ``done`` 0..1 of the budget: misses weigh more at first, surely wrong alarms more at the end.

    It stays as it is while the rate is held and changes as that falls. A network that starts with a weight of change
    near 1 says "no change" everywhere for a long time, because that is nearly always right.
    """
    part = min(max((done - HOLD) / (1.0 - HOLD), 0.0), 1.0)
    return LossConfig(
        positive_weight=4.0 - 2.0 * part,
        tversky_weight=1.0,
        tversky_miss=0.55,
        hard_weight=0.03 + 0.03 * part,
        hard_share=0.01,
        kind_weight=0.1,
    )


def fit_change(options: argparse.Namespace, progress: Progress) -> None:
    """``fit-change``: train from the pool, and log the scores on what only chooses at every look."""
    config = FitConfig(
        minutes=options.minutes,
        steps=options.steps,
        batch=options.batch,
        size=options.size,
        seed=options.seed,
        rate=options.rate,
        threads=options.threads,
        checkpoint_minutes=options.checkpoint_minutes,
        device=options.device,
        reduced_precision=not options.float32,
        averaging=0.999,
        compiled=options.compiled,
        hold=HOLD,
        until=_clock(options.until) if options.until else None,
    )
    torch.manual_seed(config.seed)
    network = ChangeNetwork(ChangeConfig(kinds=len(KINDS)))
    group = Alone()
    if options.processes > 1:
        group = Together(need_folder(options.out) / "meeting", options.rank, options.processes)
    feed = PoolFeed(Pool(options.pool), batch=config.batch, size=config.size, seed=(config.seed, 2, group.rank))
    tune = TuneSet.of(options.shared) if group.rank == 0 else None

    def look(average: torch.nn.Module, _step: int) -> dict[str, float]:
        assert tune is not None
        return summary(torch_predict(average), tune)

    try:
        fit(network, feed, config, options.out, progress, look, options.resume, late, group)
    finally:
        feed.close()


def _clock(text: str) -> float:
    """Seconds since 1970 of the next time that the clock shows HH:MM (UTC). Raises InputError."""
    now = dt.datetime.now(dt.timezone.utc)
    try:
        at = dt.datetime.combine(now.date(), dt.time.fromisoformat(text), dt.timezone.utc)
    except ValueError as error:
        raise InputError(f"{text!r} is no time of day.", "Give --until as HH:MM in UTC, such as 22:55.") from error
    return (at if at > now else at + dt.timedelta(days=1)).timestamp()


def load_change(folder: Path) -> tuple[ChangeNetwork, checkpoint.State]:
    """The averaged network of ``folder/checkpoint.pt``. Raises InputError."""
    path = folder / "checkpoint.pt"
    if not path.exists():
        raise InputError(f"There is no checkpoint in {folder}.", "Run fit-change first, with --out at that folder.")
    state = checkpoint.load(path)
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in state.config.items()}
    network = ChangeNetwork(ChangeConfig(**values))
    network.load_state_dict(state.weights())
    return network.eval(), state


def calibrated(network: ChangeNetwork, tune: TuneSet) -> Calibration:
    """Of the network on the simulated pairs that only choose, without context, as it is mostly used."""
    cases = [*tune.simulated, *tune.lines]
    values = maps(torch_predict(network), cases)
    tiny = 1e-7
    logits = [np.log(np.clip(v, tiny, 1 - tiny) / (1 - np.clip(v, tiny, 1 - tiny))) for v in values]
    chosen = [case.judged for case in cases]
    return platt(
        [one[mask] for one, mask in zip(logits, chosen, strict=True)],
        [case.truth[mask] for case, mask in zip(cases, chosen, strict=True)],
        PREVALENCE,
    )


def export_trained(shared: Path, folder: Path, model: Path, version: str = "1", count: int = 240) -> ModelCard:
    """``export-change``: calibrate, choose the threshold by the rule of ``tuning``, write the three files."""
    network, state = load_change(folder)
    tune = TuneSet.of(shared, count)
    calibration = calibrated(network, tune)
    wrapped = _Calibrated(network, calibration).eval()
    scores = summary(torch_predict(wrapped), tune)
    told = summary(torch_predict(wrapped), tune, told=True)
    scores |= {"told_lines_sensitivity": told["lines_sensitivity"], "told_sensitivity": told["sensitivity"]}
    scores |= {"calibration_slope": calibration.slope, "calibration_offset": calibration.offset}
    scores |= {"steps": float(state.step), "training_minutes": state.seconds / 60.0}
    card = ModelCard(
        name=model.stem,
        task="change",
        inputs=("before", "after"),
        output="probability",
        normalisation="pair-robust",
        pixel_size=(0.25, 1.0),
        threshold=round(scores["threshold"], 3),
        halo=change_halo(network.config),
        multiple=network.config.multiple,
        description=DESCRIPTION,
        training_data=TRAINING_DATA,
        scores={name: round(float(value), 6) for name, value in scores.items()},
        seed=state.seed,
        licence="CC BY 4.0",
        version=version,
        context=CONTEXT_NAMES,
        kinds=KINDS,
        prevalence=calibration.prevalence,
        screen=SCREEN,
    )
    worst = export_change(network, card, model, calibration)
    save_weights(network, calibration, model.with_suffix(".npz"))
    log.info("%s: largest difference %.1e; %s", model, worst, card.scores)
    return card


class _Calibrated(torch.nn.Module):
    """A network whose logits of change are calibrated."""

    takes_context = True

    def __init__(self, network: ChangeNetwork, calibration: Calibration) -> None:
        super().__init__()
        self.network, self.calibration = network, calibration

    def forward(
        self, before: torch.Tensor, after: torch.Tensor, context: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        logits, kinds = self.network(before, after, context)
        return logits * self.calibration.slope + self.calibration.offset, kinds
