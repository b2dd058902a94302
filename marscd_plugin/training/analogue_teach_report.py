"""A trained embedding as a page: pair accuracy beside Recall@k and mAP, before and after."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from ..change.page import page, table, warning
from ..common.files import write_text
from .scoring import Interval

if TYPE_CHECKING:
    from .analogue_judge import Judged
    from .analogue_teach import TaughtAnalogue

#: Fewer held-out chips or groups than this say little.
_FEW_CHIPS, _FEW_GROUPS = 20, 5


def write_analogue_report(path: Path, taught: TaughtAnalogue) -> None:
    """Write the page. Raises OutputError."""
    job, held = taught.job, taught.held.held
    kind = "The paper's network" if job.network == "PAPER" else "An embedding by metric learning"
    body = [
        f"<p>{kind} was trained on {int((~held).sum())} chips of {escape(job.chips)} for {taught.epochs} epochs "
        f"({taught.minutes:.1f} minutes, seed {job.seed}). The file: {escape(job.output)}, {taught.size:,} bytes, "
        f"SHA-256 {escape(taught.sha256)}; its vectors differ from those in training by at most {taught.parity:.1e}."
        "</p>",
        *(warning(text) for text in warnings(taught)),
        "<h2>The chips</h2>",
        _regions(taught),
        "<h2>On groups that were held out</h2>",
        _held(taught),
    ]
    if taught.paper:
        told = taught.paper
        body += [
            "<h2>By the paper's own split</h2>",
            f"<p>Of all pairs of augmented chips one in ten was kept. Pair accuracy on the {told.counts[1]:,} kept: "
            f"<b>{100 * told.test_pairs:.2f} %</b> ({100 * told.balanced:.2f} % with similar and dissimilar pairs "
            f"weighing alike), on the {told.counts[0]:,} learned from: {100 * told.train_pairs:.2f} %; last epoch's "
            f"loss {told.loss:.4f}. Copies of one chip stand on both sides of that split, so this says how well pairs "
            "were learned, not how well new ground is found.</p>",
        ]
    card = escape(f"{taught.card.description}\n\n{taught.card.training_data}")
    body.append(f"<h2>The card</h2><pre>{card}</pre>")
    write_text(path, page(f"Trained: {taught.card.name}", *body))


def warnings(taught: TaughtAnalogue) -> list[str]:
    """What a reader must know before trusting the figures."""
    after = taught.after
    if after is None:
        return [
            "Nothing was held out: no figure here says how the model does on ground it has not seen. Hold out groups "
            "before you rely on it."
        ]
    said = []
    groups = len(set(taught.chips.groups[taught.held.held].tolist()))
    if after.queries < _FEW_CHIPS or groups < _FEW_GROUPS:
        said.append(
            f"Only {after.queries} chips of {groups} groups were held out: the shares below can move by tens of points "
            "with a few more."
        )
    if taught.held.untested:
        said.append(f"Not tested, for want of further groups: {', '.join(taught.held.untested)}.")
    if after.recall[1].low <= after.chance[1]:
        said.append("On what was held out the new model finds its like no more surely than chance.")
    if taught.before and after.precision.value < taught.before.precision.value:
        said.append(f"On what was held out the new model does worse than {taught.before.name}. Keep that one.")
    return said


def _regions(taught: TaughtAnalogue) -> str:
    held, chips = taught.held.held, taught.chips
    own, kept = chips.where(~held).table(), chips.where(held).table()
    rows = [
        ((name,), str(own[name][0]), str(own[name][1]), str(kept[name][0]), str(kept[name][1]))
        for name in chips.classes
    ]
    return table(("region", "learned from", "groups", "held out", "groups"), rows)


def _held(taught: TaughtAnalogue) -> str:
    after, before = taught.after, taught.before
    if after is None:
        return "<p>Nothing was held out.</p>"
    columns = [j for j in (before, after) if j]
    rows: list[tuple[str | tuple[str], ...]] = [
        (("Recall@1 (nearest chip of another group is of the region)",), *(_interval(j.recall[1]) for j in columns)),
        (("Recall@5",), *(_interval(j.recall[5]) for j in columns)),
        (("mean average precision",), *(_interval(j.precision) for j in columns)),
        (("chance: Recall@1, Recall@5",), *(f"{j.chance[1]:.3f}, {j.chance[5]:.3f}" for j in columns)),
        (("pair accuracy",), *(_share(j.pairs) for j in columns)),
        (("pair accuracy, both kinds weighing alike",), *(_share(j.balanced) for j in columns)),
    ]
    names = [f"before: {before.name}", "after"] if before else ["after"]
    return (
        "<p>Each held-out chip is asked for its like among all chips of other groups; balanced over regions; 95 % "
        "intervals over groups. Pairs are told by the distance of equal errors on what was learned from. Nothing was "
        "chosen by what is shown here.</p>"
        + table(("", *names), rows)
        + "<p>Nearest chip by region (rows: what was asked), percent:</p>"
        + _confusion(after, taught.chips.classes)
    )


def _confusion(judged: Judged, names: tuple[str, ...]) -> str:
    rows: list[tuple[str | tuple[str], ...]] = [
        ((name,), *(f"{100 * v:.0f}" for v in judged.confusion[k, : len(names)]))
        for k, name in enumerate(names)
        if judged.confusion[k, 0] == judged.confusion[k, 0]
    ]
    return table(("", *names), rows)


def _interval(i: Interval) -> str:
    return f"{i.value:.3f} ({i.low:.3f}..{i.high:.3f})"


def _share(value: float) -> str:
    return "-" if value != value else f"{100 * value:.1f} %"
