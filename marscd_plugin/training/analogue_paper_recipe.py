"""How the shipped embedding ``paper-analogue`` is made, and the accuracy document's part on analogues written."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..common.errors import InputError
from ..common.files import need_folder, write_json
from ..common.progress import Progress, parts
from ..common.words import EmbeddingCard
from ..inference.embedding import Embedder, load_embedder
from .analogue_export import export_embedding
from .analogue_paper import CHIP_PX, DIMENSIONS, SCHEME, PaperFit, PaperResult, fit_paper_analogue
from .analogue_protocol import LANDFORMS, PaperScores, paper_scores, protocol_bodies
from .analogue_tables import paper_tables

log = logging.getLogger(__name__)

NAME = "paper-analogue"

#: Where the generated part on analogues stands in the accuracy document.
BEGIN, END = "<!-- analogues: begin -->", "<!-- analogues: end -->"

DESCRIPTION = (
    "The Siamese network of Meng et al. (arXiv 2501.08584) for Earth analogues of Mars: 4-8-8 convolutions, 5 numbers "
    "a chip, contrastive loss. Chosen where the paper is silent: one grey band stretched 1..99 %, hidden layers of 24, "
    "margin 1. Good pair accuracy on the paper's own split does not mean that new ground is found: see "
    "docs/accuracy.md."
)

TRAINING_DATA = (
    f"{', '.join(LANDFORMS)}: ten HiRISENet v3 crops a landform (Wagstaff et al., doi 10.5281/zenodo.2538136; imagery "
    "NASA/JPL-Caltech/UArizona) on each of two disjoint sets of HiRISE observations, which stand for the paper's two "
    "bodies; each ten times, turned, scaled, blurred, grey levels moved. No image of Earth and none of the paper's."
)


def paper_card(name: str, seed: int, px: int = CHIP_PX) -> EmbeddingCard:
    """The card of a network of the paper's kind, without scores."""
    return EmbeddingCard(
        name=name,
        input="chip",
        output="vector",
        chip_px=px,
        channels=1,
        dimensions=DIMENSIONS,
        metric="euclidean",
        normalisation=SCHEME,
        description=DESCRIPTION,
        training_data=TRAINING_DATA,
        seed=seed,
        licence="CC BY 4.0",
        version="1",
    )


def fit_analogue_paper(options: argparse.Namespace, progress: Progress) -> Path:
    """``fit-analogue-paper``: train by the protocol, measure, export with the figures in the card."""
    fitting, measuring = parts(progress, 95, 5)
    config = PaperFit(epochs=options.epochs, seed=options.seed, threads=options.threads)
    bodies = protocol_bodies(options.shared, CHIP_PX)
    result = fit_paper_analogue(bodies, config, fitting)
    return export_measured(result, config, options, measuring)


def export_measured(result: PaperResult, config: PaperFit, options: argparse.Namespace, progress: Progress) -> Path:
    """Measure the exported network and write it with its figures. Returns the file."""
    card = paper_card(NAME, config.seed)
    need_folder(options.out)
    draft = options.out / f"{NAME}-draft.onnx"
    export_embedding(result.network, card, draft)
    scores = paper_scores(
        load_embedder(draft, "CPU", config.threads).embed,
        CHIP_PX,
        config.margin,
        config.seed,
        options.shared,
        progress,
    )
    told = card_scores(scores, result, config)
    target: Path = options.model or options.out / f"{NAME}.onnx"
    export_embedding(result.network, replace(card, scores=told, alike=round(scores.alike, 6)), target)
    draft.unlink()
    write_json(options.out / f"{NAME}-run.json", {"scores": told, "losses": result.losses, "counts": result.counts})
    log.info("%s: %s", target, told)
    return target


def card_scores(scores: PaperScores, result: PaperResult, config: PaperFit) -> dict[str, float]:
    """The figures that the card carries, by name."""
    told = {
        "pair_accuracy_paper_split": scores.pairs[0].accuracy,
        "pair_accuracy_unseen_observations": scores.pairs[-1].accuracy,
        "pair_accuracy_unseen_observations_balanced": scores.pairs[-1].balanced,
        "diagonal_wins": float(scores.matrices[0].wins),
        "recall_1_unseen_among_trained": scores.retrieved[0].ranking.recall(1),
        "recall_1_unseen_among_unseen": scores.retrieved[1].ranking.recall(1),
        "map_unseen_among_unseen": scores.retrieved[1].ranking.average_precision(),
        "final_loss": result.loss,
        "epochs": float(config.epochs),
        "margin": config.margin,
        "training_minutes": result.seconds / 60.0,
    }
    return {name: round(float(value), 6) for name, value in told.items()}


def analogue_accuracy(options: argparse.Namespace, progress: Progress) -> Iterator[str]:
    """``evaluate-analogues``: the lines of the document, the paper's network first, then every figure of the rest."""
    own, rest = parts(progress, 20, 80)
    embedder = load_embedder(options.paper, "CPU", options.threads)
    yield from measured_paper(embedder, options.shared, own)
    from .analogue_scores import analogue_scores

    yield from analogue_scores(options.shared, options.cache, rest)


def measured_paper(embedder: Embedder, shared: Path, progress: Progress) -> Iterator[str]:
    """The rows on a network that was made by ``fit-analogue-paper``. Raises InputError for another."""
    card = embedder.card
    if card.seed is None or "margin" not in card.scores:
        raise InputError(f"{embedder.path} was not made by fit-analogue-paper.", "Give that file with --paper.")
    scores = paper_scores(embedder.embed, card.chip_px, card.scores["margin"], card.seed, shared, progress)
    yield from paper_tables(card, scores)
