"""How the shipped model ``paper-rsl`` is made: data, network, fit, threshold, card, export."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

import torch

from ..common.errors import InputError
from ..common.progress import Progress
from ..common.words import ModelCard
from . import checkpoint
from .data import training_pairs
from .export import export_onnx
from .fit import FitConfig, fit
from .monitor import Monitor, summary
from .networks import PaperConfig, PaperNetwork, halo

log = logging.getLogger(__name__)

NAME = "paper-rsl"

DESCRIPTION = (
    "The Siamese U-Net with spatial attention of Liu et al. (ISPRS Archives XLVIII-G-2025, 981), width 16, four "
    "levels, local 5x5 gates: changes on Martian slopes, foremost recurring slope lineae, between two registered "
    "images. Trained on SIMULATED change only; no labelled real change exists. Simulated scores do not carry over to "
    "real pairs: see docs/models.md."
)

TRAINING_DATA = (
    "Simulated change (marscd_plugin.simulation.pairs: lineae, slope streaks, craters, boulders, dune edges; sun, "
    "registration residue, parallax, noise, blur, haze, JPEG and stripes are not change) over backdrops of 70 % of "
    "the observations of HiRISENet v3 crops (Wagstaff et al., doi 10.5281/zenodo.2538136; imagery "
    "NASA/JPL-Caltech/UArizona), HiRISE browse strips, one raw HiRISE channel (PSP_001446_1790, USGS) and simulated "
    "terrain; real no-change pairs of the CTX training half (NASA/JPL-Caltech/MSSS), some with simulated change drawn "
    "in. Not trained on: no_visible_change, frosted_dunes, stereo_anaglyph, the held half of ctx, the other 30 % of "
    "observations, any observation whose id ends in 2570."
)


def make_card(config: PaperConfig, threshold: float, scores: dict[str, float], seed: int, version: str) -> ModelCard:
    """The card of the exported file."""
    return ModelCard(
        name=NAME,
        task="change",
        inputs=("before", "after"),
        output="probability",
        normalisation="pair-robust",
        pixel_size=(0.25, 1.0),
        threshold=threshold,
        halo=halo(config),
        multiple=config.multiple,
        description=DESCRIPTION,
        training_data=TRAINING_DATA,
        scores={name: round(float(value), 6) for name, value in scores.items()},
        seed=seed,
        licence="CC BY 4.0",
        version=version,
    )


def fit_paper(options: argparse.Namespace, progress: Progress) -> None:
    """``fit``: train, and write ``paper-rsl.onnx`` into the folder at every look and at the end."""
    config = FitConfig(
        minutes=options.minutes,
        steps=options.steps,
        batch=options.batch,
        seed=options.seed,
        workers=options.workers,
        threads=options.threads,
        checkpoint_minutes=options.checkpoint_minutes,
        device=options.device,
        reduced_precision=not options.float32,
    )
    torch.manual_seed(config.seed)
    draw = training_pairs(options.shared, config.seed)
    monitor = Monitor.of(options.shared)
    network = PaperNetwork(PaperConfig())
    model = options.out / f"{NAME}.onnx"

    def export(average: torch.nn.Module, scores: dict[str, float]) -> None:
        clone = PaperNetwork(network.config)
        clone.load_state_dict(average.state_dict())
        card = make_card(network.config, scores["threshold"], scores, config.seed, "1")
        export_onnx(clone, card, model)

    fit(network, draw, config, options.out, progress, monitor.check(export), options.resume)


def export_checkpoint(shared: Path, folder: Path, model: Path | None = None) -> Path:
    """``export``: the averaged network of ``folder/checkpoint.pt`` with a freshly chosen threshold and scores."""
    path = folder / "checkpoint.pt"
    if not path.exists():
        raise InputError(f"There is no checkpoint in {folder}.", "Run fit first, with --out at that folder.")
    state = checkpoint.load(path)
    config = PaperConfig(tuple(state.widths), state.attention)
    network = PaperNetwork(config)
    weights = {k.removeprefix("module."): v for k, v in state.average.items() if k.startswith("module.")}
    network.load_state_dict(weights)
    scores = summary(*Monitor.of(shared).histograms(network))
    scores |= {"steps": float(state.step), "training_minutes": state.seconds / 60.0}
    target = model or folder / f"{NAME}.onnx"
    export_onnx(network, make_card(config, scores["threshold"], scores, state.seed, "1"), target)
    log.info("%s: %s", target, scores)
    return target
