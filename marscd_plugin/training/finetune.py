"""Fine-tuning from a person's verdicts: open the base, hold some ground out, learn, judge before and after, export.

How long is decided beforehand (``steps_for``), the threshold on what was learned on (``choose_threshold``), and the
held-out ground is looked at twice only, by the base and by what is exported: nothing is chosen by what it shows.
"""

from __future__ import annotations

import json
import logging
import math
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ..common.errors import CancelledError, InputError
from ..common.files import need_folder, write_json
from ..common.progress import Progress, check, parts
from ..common.words import ModelCard
from ..inference.models import PARTS
from . import checkpoint
from .augment import Patch, as_in_a_scene
from .feed import stack
from .fit import FitConfig, batch_loss, fit
from .losses import LossConfig
from .reopen import Reopened, export_again, reopen, without_scores
from .teach_feed import JUDGING_DRAWINGS, TeachFeed, rehearsal
from .teach_job import TeachJob
from .teach_pairs import JudgedPair, open_pairs
from .teach_report import write_teach_report
from .teach_scores import Answers, Scores, answers, choose_threshold
from .teach_split import Split, split
from .tuning import torch_predict

log = logging.getLogger(__name__)

#: Each verdict is shown about so many times at most: more makes a small set known by heart.
MOST_VIEWS = 80
LEAST_STEPS = 60

#: Change weighs twice as much as unchanged ground, misses as much as false alarms: the user said which is which.
LOSS = LossConfig(positive_weight=2.0, tversky_weight=0.5, tversky_miss=0.5, hard_weight=0.03, kind_weight=0.1)

#: Groups of drawings that tell what was forgotten.
_JUDGING_GROUPS = 6
_RUN = "run.json"


@dataclass(frozen=True)
class Forgotten:
    """Simulated change that nobody taught: share found and share flagged wrongly, before and after (0..1)."""

    found_before: float
    found_after: float
    alarms_before: float
    alarms_after: float


@dataclass(frozen=True)
class Taught:
    """What came of it."""

    card: ModelCard
    base: Reopened
    pairs: tuple[str, ...]
    learned: tuple[int, int]
    before: Scores
    after: Scores
    learned_before: Scores
    learned_after: Scores
    forgotten: Forgotten
    steps: int
    minutes: float
    edge_px: int


def finetune(job: TeachJob, progress: Progress) -> dict[str, Any]:
    """Do the job; returns what ``workflows.training`` takes as its results.

    Raises InputError (labels, grids), ModelError (base), OutputError, CancelledError: then ``job.folder`` keeps a
    checkpoint, and the same job goes on from it.
    """
    torch.set_num_threads(job.threads)
    torch.manual_seed(job.seed)
    name = model_name(Path(job.output))
    opening, looking, learning, judging, closing = parts(progress, 3, 7, 75, 10, 5)
    opening.report(0.0, f"Opening the model {Path(job.model).name}")
    base = reopen(job.model)
    check(progress)
    pairs = open_pairs(job.pairs, opening)
    divided = split(pairs, job.held_out, job.seed)
    opening.report(1.0, _said(pairs, divided))
    check(progress)

    looking.report(0.0, "Looking at the verdicts with the model as it is")
    held, learned = sorted(divided.held), sorted(divided.learned)
    halves = parts(looking, 1, 1)
    card = base.card
    first = [
        answers(torch_predict(base.network), pairs, divided.blocks, blocks, card.halo, card.multiple, half)
        for blocks, half in zip((held, learned), halves, strict=True)
    ]
    forgotten_base = _forgotten(base.network, job, card.threshold, progress)

    folder = need_folder(job.folder)
    network, steps, minutes = _learn(base, pairs, divided, job, folder, learning)
    check(progress)

    judging.report(0.0, "Judging what was learned")
    halves = parts(judging, 1, 1)
    second = [
        answers(torch_predict(network), pairs, divided.blocks, blocks, card.halo, card.multiple, half)
        for blocks, half in zip((held, learned), halves, strict=True)
    ]
    threshold = choose_threshold(first[1], card.threshold, second[1])
    forgotten = Forgotten(*_across(forgotten_base, _forgotten(network, job, threshold, progress)))
    taught = _taught(base, pairs, divided, job, first, second, threshold, forgotten, steps, minutes, name)
    check(progress)

    closing.report(0.0, "Writing the model")
    worst = export_again(network, taught.card, Path(job.output))
    log.info("%s, largest difference to torch %.1e", job.output, worst)
    if job.report:
        write_teach_report(Path(job.report), taught, job.output)
    closing.report(1.0, f"{name} is ready")
    return results(taught, job)


def model_name(output: Path) -> str:
    """The new model's name, of its file's. Raises InputError."""
    name = output.stem
    if output.suffix.lower() != ".onnx" or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", name):
        raise InputError(
            f"{output.name} is no name for a model.", "Use letters, digits, dots and dashes, and the ending .onnx."
        )
    if name.endswith(PARTS):
        raise InputError(f"{name} would be taken for a part of a model.", "Choose a name without that ending.")
    return name


def steps_for(job: TeachJob, verdicts: int, seconds: float) -> int:
    """How many steps: as given, or what the minutes allow at ``seconds`` a step, within the bounds of the verdicts."""
    if job.steps is not None:
        return job.steps
    most = max(LEAST_STEPS, MOST_VIEWS * verdicts // max(job.batch // 2, 1))
    return max(1, min(most, int(60.0 * job.minutes / max(seconds, 1e-3))))


def results(taught: Taught, job: TeachJob) -> dict[str, Any]:
    """The numbers that the algorithm hands out."""
    return {
        "model": job.output,
        "report": job.report,
        "name": taught.card.name,
        "threshold": taught.card.threshold,
        "steps": taught.steps,
        "learned": list(taught.learned),
        "before": taught.before.as_dict(),
        "after": taught.after.as_dict(),
        "forgotten": vars(taught.forgotten),
    }


def _said(pairs: Sequence[JudgedPair], divided: Split) -> str:
    learned, held = _counts(pairs, divided, False), _counts(pairs, divided, True)
    return (
        f"{learned[0]} accepted and {learned[1]} rejected changes to learn from, {held[0]} and {held[1]} held out to "
        f"judge by, apart by squares of {divided.edge_px} pixels"
    )


def _counts(pairs: Sequence[JudgedPair], divided: Split, held: bool) -> tuple[int, int]:
    """(accepted, rejected) verdicts of one part."""
    chosen = [v for p in pairs for v in p.verdicts if (v.number in divided.held_numbers) is held]
    return sum(v.accepted for v in chosen), sum(not v.accepted for v in chosen)


def _learn(
    base: Reopened, pairs: Sequence[JudgedPair], divided: Split, job: TeachJob, folder: Path, progress: Progress
) -> tuple[torch.nn.Module, int, float]:
    """(the averaged network, steps, minutes). Raises CancelledError with the checkpoint kept."""
    path = folder / "checkpoint.pt"
    there = checkpoint.load(path).step if path.exists() else 0
    steps = _kept_steps(folder)
    started = time.monotonic()

    def feed(planned: int, done: int) -> TeachFeed:
        return TeachFeed(
            pairs, divided, batch=job.batch, size=job.size, groups=job.rehearsal, seed=job.seed, steps=planned,
            progress=progress, done=done,
        )  # fmt: skip

    if steps is None:
        steps = steps_for(job, sum(_counts(pairs, divided, False)), _seconds_a_step(base.network, feed, job))
        write_json(folder / _RUN, {"steps": steps})
    check(progress)
    progress.report(min(there / steps, 1.0), f"Learning in {steps} steps" + (f", from step {there} on" * bool(there)))
    config = FitConfig(
        steps=steps, batch=job.batch, size=job.size, seed=job.seed, rate=job.rate, decay=0.0, threads=job.threads,
        checkpoint_minutes=1.0, reduced_precision=False, averaging=math.exp(-1.0 / max(10.0, 0.08 * steps)),
    )  # fmt: skip
    average = fit(base.network, feed(steps, there), config, folder, _Silent(progress), resume=True, loss=LOSS)
    if progress.cancelled():
        raise CancelledError()
    network = average.module.eval().float().to("cpu")
    return network, steps, (time.monotonic() - started) / 60.0


def _kept_steps(folder: Path) -> int | None:
    """The number of steps that an interrupted run of this job decided on."""
    try:
        return int(json.loads((folder / _RUN).read_text(encoding="utf-8"))["steps"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"The interrupted run in {folder} cannot be read ({error}).", "Delete that folder.") from error


def _seconds_a_step(network: torch.nn.Module, feed: Any, job: TeachJob) -> float:
    """How long a step takes here, without learning anything; the drawings that come with the first are left out."""
    if job.steps is not None:
        return 0.0
    source = feed(1_000_000, 0)
    config = FitConfig(steps=1, batch=job.batch, size=job.size, reduced_precision=False)
    spent = []
    for _ in range(4):
        start = time.monotonic()
        value = batch_loss(network, source.batch(), config, LOSS)
        value.backward()
        network.zero_grad(set_to_none=True)
        spent.append(time.monotonic() - start)
    return float(np.median(spent))


class _Silent:
    """``fit``'s own progress is told in steps by the feed; cancel passes on."""

    def __init__(self, whole: Progress) -> None:
        self._whole = whole

    def report(self, fraction: float, message: str = "") -> None:
        """To the log alone."""
        log.debug("%s", message)

    def warn(self, message: str) -> None:
        self._whole.warn(message)

    def cancelled(self) -> bool:
        return self._whole.cancelled()


def _forgotten(network: torch.nn.Module, job: TeachJob, threshold: float, progress: Progress) -> tuple[float, float]:
    """(share of simulated change found, share of the rest flagged) on drawings that nothing learned from."""
    hits = change = alarms = rest = 0
    predict = torch_predict(network)
    for number in range(min(_JUDGING_GROUPS, job.rehearsal)):
        check(progress)
        for k, drawn in enumerate(rehearsal(job.seed, number, job.size, JUDGING_DRAWINGS)):
            patch: Patch = as_in_a_scene(drawn, np.random.default_rng((job.seed, JUDGING_DRAWINGS, number, k)))
            batch = stack([patch])
            flagged = predict(batch.before[0, 0].numpy(), batch.after[0, 0].numpy(), [math.nan] * 4) >= threshold
            truth, valid = patch.truth > 0, patch.valid > 0
            hits, change = hits + int((flagged & truth).sum()), change + int(truth.sum())
            alarms, rest = alarms + int((flagged & valid & ~truth).sum()), rest + int((valid & ~truth).sum())
    return hits / max(change, 1), alarms / max(rest, 1)


def _across(before: tuple[float, float], after: tuple[float, float]) -> tuple[float, float, float, float]:
    return before[0], after[0], before[1], after[1]


def _taught(
    base: Reopened,
    pairs: Sequence[JudgedPair],
    divided: Split,
    job: TeachJob,
    first: Sequence[Answers],
    second: Sequence[Answers],
    threshold: float,
    forgotten: Forgotten,
    steps: int,
    minutes: float,
    name: str,
) -> Taught:
    before, learned_before = (one.scores(base.card.threshold) for one in first)
    after, learned_after = (one.scores(threshold) for one in second)
    learned, held = _counts(pairs, divided, False), _counts(pairs, divided, True)
    names = tuple(p.name for p in pairs)
    told = {
        "held_out_f1_before": before.f1, "held_out_f1_after": after.f1,
        "held_out_recall_before": before.recall, "held_out_recall_after": after.recall,
        "held_out_still_flagged_before": before.still_flagged, "held_out_still_flagged_after": after.still_flagged,
        "held_out_pixel_f1_before": before.pixel_f1, "held_out_pixel_f1_after": after.pixel_f1,
        "held_out_accepted": float(held[0]), "held_out_rejected": float(held[1]),
        "simulated_found_before": forgotten.found_before, "simulated_found_after": forgotten.found_after,
        "steps": float(steps), "training_minutes": minutes,
    }  # fmt: skip
    day = datetime.now(timezone.utc).date().isoformat()
    description = (
        f"{base.card.name}, taught further by a person's verdicts on {day}: {learned[0]} accepted and {learned[1]} "
        f"rejected changes learned from. Based on the file with SHA-256 {base.sha256}. {base.card.description}"
    )
    training = (
        f"Verdicts on {len(names)} pairs ({', '.join(names)[:3000]}); {held[0]} accepted and {held[1]} rejected ones "
        f"held out by squares of ground. Beside them simulated change over simulated terrain. The base: "
        f"{base.card.training_data}"
    )
    card = replace(
        without_scores(base.card),
        name=name,
        threshold=round(threshold, 4),
        description=description[:4000],
        training_data=training[:8000],
        scores={key: round(float(value), 6) for key, value in told.items() if value is not None},
        seed=job.seed,
        version=f"taught {day}",
    )
    return Taught(
        card, base, names, learned, before, after, learned_before, learned_after, forgotten, steps, minutes,
        divided.edge_px,
    )  # fmt: skip
