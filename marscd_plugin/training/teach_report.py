"""Before and after, as a page."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from ..change.page import page, table, warning
from ..common.files import write_text
from .teach_scores import FOUND, Scores

if TYPE_CHECKING:
    from .finetune import Forgotten, Taught

#: Fewer held-out verdicts than this of either kind say little.
_FEW = 10


def write_teach_report(path: Path, taught: Taught, output: str) -> None:
    """Write the page. Raises OutputError."""
    body = [
        f"<p>{escape(taught.card.name)} was taught from {escape(taught.base.card.name)} (SHA-256 "
        f"{escape(taught.base.sha256)}) by {taught.learned[0]} accepted and {taught.learned[1]} rejected changes on "
        f"{len(taught.pairs)} pairs, in {taught.steps} steps ({taught.minutes:.1f} minutes). The file: "
        f"{escape(output)}.</p>",
        *(warning(text) for text in warnings(taught)),
        "<h2>On ground that was held out</h2>",
        f"<p>Squares of {taught.edge_px} pixels with {taught.after.accepted} accepted and {taught.after.rejected} "
        "rejected changes. Nothing there was learned from, and nothing was chosen by what is shown here: the length of "
        "the run was fixed before it, the threshold on what was learned on.</p>",
        _table(taught.before, taught.after),
        "<h2>On what was learned from</h2><p>For comparison only: good figures here prove nothing.</p>",
        _table(taught.learned_before, taught.learned_after),
        "<h2>What may have been forgotten</h2><p>Simulated change over simulated terrain, drawn for this check alone."
        "</p>",
        _forgotten(taught.forgotten),
        "<h2>The pairs</h2><ul>" + "".join(f"<li>{escape(name)}</li>" for name in taught.pairs) + "</ul>",
        "<h2>The card</h2>" + f"<pre>{escape(taught.card.description)}\n\n{escape(taught.card.training_data)}</pre>",
    ]
    write_text(path, page(f"Before and after: {taught.card.name}", *body))


def warnings(taught: Taught) -> list[str]:
    """What a reader must know before trusting the figures."""
    said = []
    fewest = min(taught.after.accepted, taught.after.rejected) if taught.after.rejected else taught.after.accepted
    if fewest < _FEW:
        said.append(
            f"Only {taught.after.accepted} accepted and {taught.after.rejected} rejected changes were held out: the "
            "shares below can move by tens of points with a few more verdicts."
        )
    if taught.after.f1 < taught.before.f1:
        said.append("On the held-out ground the new model does worse than its base. Keep the base.")
    if taught.forgotten.found_after < taught.forgotten.found_before - 0.05:
        said.append("The new model finds clearly less of the simulated change than its base.")
    return said


def _table(before: Scores, after: Scores) -> str:
    rows = (
        ("threshold", f"{before.threshold:.3f}", f"{after.threshold:.3f}"),
        (f"accepted changes found (at least {FOUND:.0%} of their pixels)", _share(before.recall), _share(after.recall)),
        ("rejected ones still flagged", _share(before.still_flagged), _share(after.still_flagged)),
        ("F1 of the two", f"{before.f1:.3f}", f"{after.f1:.3f}"),
        ("pixels of accepted changes flagged", _share(before.pixel_recall), _share(after.pixel_recall)),
        ("pixels of rejected ones flagged", _share(before.pixel_still_flagged), _share(after.pixel_still_flagged)),
        ("F1 of the pixels", f"{before.pixel_f1:.3f}", f"{after.pixel_f1:.3f}"),
        ("pixels around them flagged (nobody said what is there)", _share(before.elsewhere), _share(after.elsewhere)),
    )
    return table(("", "before", "after"), [((a,), b, c) for a, b, c in rows])


def _forgotten(told: Forgotten) -> str:
    found = (("share of changed pixels found",), _share(told.found_before), _share(told.found_after))
    alarms = (("share of other pixels flagged",), _share(told.alarms_before), _share(told.alarms_after))
    return table(("", "before", "after"), (found, alarms))


def _share(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.2f} %" if value < 0.1 else f"{100 * value:.1f} %"
