"""``teach-analogue``: train an embedding on a user's chips, judge it on groups that were held out, export, report."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from torch import nn

from ..common.errors import InputError, ModelError
from ..common.files import sha256_of
from ..common.progress import Progress, check, parts
from ..common.words import EmbeddingCard
from ..inference.embedding import load_embedder
from ..inference.models import find_embedding
from .analogue_export import export_embedding
from .analogue_job import AnalogueJob, read_analogue_job
from .analogue_judge import Judged, judge
from .analogue_pairs import split_bodies
from .analogue_paper import CHIP_PX, PaperFit, PaperResult, fit_paper_analogue
from .analogue_paper_recipe import paper_card
from .analogue_split import Held, hold_out, needs_regions
from .chip_folder import read_chip_folder
from .chip_sets import ChipSet, resized

#: What ships of either kind, for comparison.
SHIPPED = {"PAPER": "paper-analogue", "EMBEDDING": "marscd-analogue"}

#: Epochs of the preferred embedding's recipe where none are asked for, and pixels a side that views are cut from.
EMBEDDING_EPOCHS = 30
_EMBEDDING_READ_PX = 160

#: No model of a user is larger, in bytes: many pixels a chip make the paper's network large.
_MAX_BYTES = 50_000_000


@dataclass(frozen=True)
class TaughtAnalogue:
    """A finished run: ``before`` is the shipped network on the same held-out chips, None where there is none or
    nothing was held out. ``paper``: the run's own figures where the network is the paper's."""

    job: AnalogueJob
    card: EmbeddingCard
    chips: ChipSet
    held: Held
    before: Judged | None
    after: Judged | None
    paper: PaperResult | None
    epochs: int
    minutes: float
    sha256: str = ""
    size: int = 0
    parity: float = 0.0


def teach_analogue(path: Path, progress: Progress) -> dict[str, Any]:
    """Do the job in a file; what ``workflows.analogue_training`` takes as its results."""
    return results(train_analogue(read_analogue_job(path), progress))


def train_analogue(job: AnalogueJob, progress: Progress) -> TaughtAnalogue:
    """Train, judge, export whole or not at all, and write the page. Raises InputError, CancelledError, ModelError."""
    began = time.monotonic()
    reading, fitting, judging = parts(progress, 5, 88, 7)
    chips = read_chip_folder(Path(job.chips), CHIP_PX if job.network == "PAPER" else _EMBEDDING_READ_PX, reading)
    needs_regions(chips)
    held = hold_out(chips, job.held_out, job.seed, sides=job.network == "PAPER")
    if held.untested and held.held.any():
        progress.warn(
            f"Nothing can be said of {', '.join(held.untested)}: a region needs chips of more observations for "
            "some to be held out."
        )
    learned = chips.where(~held.held)
    paper: PaperResult | None = None
    network: nn.Module
    if job.network == "PAPER":
        config = PaperFit(epochs=job.epochs or PaperFit.epochs, seed=job.seed, threads=job.threads)
        paper = fit_paper_analogue(split_bodies(learned, job.sub_areas), config, fitting)
        network, card, epochs = paper.network, paper_card(_name(job), job.seed), config.epochs
    else:
        network, card, epochs = _embedding(job, learned, fitting)
    card = replace(card, name=_name(job), training_data=_told(job, learned, card), alike=None, version="1")
    if job.network == "PAPER":
        # Trained from nothing on a user's own chips: it is theirs to say.
        card = replace(card, licence="")
    before, after = _judged(job, network, card, chips, held, judging)
    check(progress)
    card = replace(card, scores=card.scores | _scores(paper, after), alike=after.alike if after else None)
    parity = export_embedding(network, card, Path(job.output), _MAX_BYTES)
    taught = TaughtAnalogue(
        job, card, chips, held, before, after, paper, epochs, (time.monotonic() - began) / 60,
        sha256_of(job.output), Path(job.output).stat().st_size, parity,
    )  # fmt: skip
    if job.report:
        from .analogue_teach_report import write_analogue_report

        write_analogue_report(Path(job.report), taught)
    progress.report(1.0, "Done")
    return taught


def results(taught: TaughtAnalogue) -> dict[str, Any]:
    """The numbers; shares 0..1, None where nothing was held out or there was nothing to compare with."""
    before, after = taught.before, taught.after
    held = taught.held.held
    told: dict[str, Any] = {
        "name": taught.card.name,
        "chips": len(taught.chips),
        "regions": list(taught.chips.classes),
        "groups": len(set(taught.chips.groups.tolist())),
        "held_chips": int(held.sum()),
        "held_groups": len(set(taught.chips.groups[held].tolist())),
        "untested": list(taught.held.untested),
        "epochs": taught.epochs,
        "minutes": round(taught.minutes, 2),
        "pair_accuracy": taught.paper.test_pairs if taught.paper else None,
        "held_pair_accuracy": after.pairs if after else None,
        "recall_1": after.recall[1].value if after else None,
        "recall_5": after.recall[5].value if after else None,
        "map": after.precision.value if after else None,
        "recall_1_before": before.recall[1].value if before else None,
        "recall_5_before": before.recall[5].value if before else None,
        "map_before": before.precision.value if before else None,
        "chance_1": after.chance[1] if after else None,
        "sha256": taught.sha256,
        "size": taught.size,
        "output": taught.job.output,
        "report": taught.job.report,
    }
    # JSON has no NaN.
    return {k: None if isinstance(v, float) and v != v else v for k, v in told.items()}


def _judged(
    job: AnalogueJob, network: nn.Module, card: EmbeddingCard, chips: ChipSet, held: Held, progress: Progress
) -> tuple[Judged | None, Judged | None]:
    """The shipped network and the new one, as a user runs them, on what was held out."""
    if not held.held.any():
        return None, None
    first, second = parts(progress, 1, 1)
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.onnx"
        export_embedding(network, card, draft, _MAX_BYTES)
        made = load_embedder(draft, "CPU", job.threads)
        after = judge(card.name, made, at_size(chips, card.chip_px), held.held, first)
    try:
        shipped = load_embedder(find_embedding(SHIPPED[job.network]), "CPU", job.threads)
    except ModelError:
        return None, after
    return judge(shipped.card.name, shipped, at_size(chips, shipped.card.chip_px), held.held, second), after


def at_size(chips: ChipSet, px: int) -> ChipSet:
    """The same chips at ``px`` pixels a side."""
    if chips.pixels.shape[-1] == px:
        return chips
    return replace(chips, pixels=np.stack([resized(c, px) for c in chips.pixels]))


def _embedding(job: AnalogueJob, learned: ChipSet, progress: Progress) -> tuple[nn.Module, EmbeddingCard, int]:
    """The recipe of the preferred embedding, taken further from the shipped one where that is at hand."""
    from .analogue_recipe import fit_embedding
    from .analogue_reopen import folded

    epochs = job.epochs or EMBEDDING_EPOCHS
    try:
        start: Path | None = find_embedding(SHIPPED["EMBEDDING"])
    except ModelError:
        start = None
        progress.warn(
            f"{SHIPPED['EMBEDDING']} is not installed: the network is taught from nothing, by your chips alone."
        )
    made = fit_embedding(learned, epochs, job.seed, progress, job.threads, start)
    return folded(made.network), made.card, epochs


def _name(job: AnalogueJob) -> str:
    """A card's name: the file's, in letters that a card may have."""
    kept = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in Path(job.output).stem).strip(
        "-_."
    )
    if not kept:
        raise InputError(f"{job.output} is no name of a model.", "Use letters and digits.")
    return kept[:64]


def _told(job: AnalogueJob, learned: ChipSet, card: EmbeddingCard) -> str:
    regions = "; ".join(f"{name}: {count} ({groups})" for name, (count, groups) in learned.table().items())
    told = f"Chips of {Path(job.chips).name}, by region with the number of their groups: {regions}."[:2000]
    further = "" if job.network == "PAPER" else f" {card.training_data}"
    return f"{told} Held-out share {job.held_out:g}.{further}"[:4000]


def _scores(paper: PaperResult | None, after: Judged | None) -> dict[str, float]:
    scores: dict[str, float] = {}
    if paper:
        scores |= {"pair_accuracy_paper_split": paper.test_pairs, "final_loss": paper.loss}
    if after:
        scores |= {"held_recall_1": after.recall[1].value, "held_map": after.precision.value}
        scores |= {"held_pair_accuracy": after.pairs}
    return {name: round(float(value), 6) for name, value in scores.items() if value == value}
