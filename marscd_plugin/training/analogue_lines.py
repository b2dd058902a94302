"""The accuracy document's rows on the better embedding, as Markdown; nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .analogue_scores import Across, Figures, Found, ahead
from .analogue_tables import confusion_table, interval_text
from .tables import section, table


def lines(figures: Figures) -> Iterator[str]:
    """All tables."""
    own = figures.within[0]
    named = sum(count for count, _ in figures.table.values())
    yield from section(
        f"`{own.way}`: landform crops of unseen observations",
        f"{named} HiRISE landform crops of split `{figures.split}`, none of them learned from, searched for each "
        "other; a query's own observation is taken out of its ranking. Balanced over landforms; 95 % intervals over "
        "observations, too narrow for landforms of one or two observations.",
    )
    yield from _found(figures.alone)
    yield from section(f"The same by landform, `{own.way}`", "Beside the way of the next best mAP.")
    yield from _by_landform(figures.alone)
    yield from section(f"What the nearest chip was, `{own.way}`", "Percent of a landform's queries.")
    yield from confusion_table(own.classes, figures.alone[0].confused)
    yield from section(
        "The same queries with crops of no landform in the ranking",
        f"{figures.count - named} crops that HiRISENet calls other stand in everybody's way; some hold a landform at "
        "their edge.",
    )
    yield from _found(figures.within)
    yield ""
    yield from _by_landform(figures.within)
    yield ""
    yield f"What the nearest chip was, `{own.way}`, percent of a landform's queries:"
    yield ""
    yield from confusion_table(own.classes, own.confused)
    yield from section(
        "The same queries among all crops of other observations",
        "As a person searches a library: training crops stand in the ranking too, and crops of no landform. Landforms "
        "of one unseen observation are not asked for.",
    )
    yield from _found(figures.library)
    yield ""
    yield from _by_landform(figures.library)
    yield from section(
        "The same chip known again",
        f"Percent of {figures.count} chips whose nearest in the gallery of all of them is themselves (bar: 95). "
        "Turned: any angle; rescaled: 0.7 to 1.4; relit: slope of light, power of brightness, haze, relief as "
        "brightness tells it; blurred: Gaussian of 0.5 to 2 pixels or pixels up to twice as wide; noise: up to 30 % of "
        "the chip's deviation, then JPEG of quality 30 to 90. Intervals over observations.",
    )
    yield from _steady(figures)
    yield from section(
        "Across bodies",
        "No chip of Earth was ever learned from. Recall@5 of a landform of one body among all chips of the other; "
        "intervals over observations (Mars) or places (Earth: few, so wide or none).",
    )
    yield from table(
        ("way", "landform", "asked from", "queries", "groups", "Recall@5", "chance", "nearest chip is"),
        [_across(a) for a in figures.bodies],
    )


def _found(those: tuple[Found, ...]) -> Iterator[str]:
    head = ("way", "queries (not answerable)", "Recall@1", "Recall@5", "mAP", "behind in Recall@1", "behind in mAP")
    yield from table(head, [(*_row(f), *_behind(those[0], f)) for f in those])
    yield ""
    yield f"Chance: Recall@1 {those[0].chance[0]:.3f}, Recall@5 {those[0].chance[1]:.3f}."


def _row(f: Found) -> tuple[str, ...]:
    r = f.ranking
    return (
        f"`{f.way}`" if "-" in f.way else f.way,
        f"{len(r.queries)} ({r.unanswerable})",
        interval_text(r.recall_interval(1)),
        interval_text(r.recall_interval(5)),
        interval_text(r.precision_interval()),
    )


def _behind(own: Found, other: Found) -> tuple[str, str]:
    """By how much a way is behind the first, in the same queries."""
    if own is other:
        return "", ""
    recall, precision = ahead(own, other)
    return interval_text(recall), interval_text(precision)


def _by_landform(found: tuple[Found, ...]) -> Iterator[str]:
    own, rest = found[0], found[1:]
    best = max(rest, key=lambda f: f.ranking.average_precision()) if rest else None
    rows = []
    for label, name in enumerate(own.classes):
        queries, groups, first, fifth, precision = own.of_class(label)
        if not queries:
            continue
        row = [name, str(queries), str(groups), f"{first:.2f}", f"{fifth:.2f}", f"{precision:.2f}"]
        if best is not None:
            row += [f"{v:.2f}" for v in best.of_class(label)[2:]]
        rows.append(tuple(row))
    beside = () if best is None else tuple(f"{best.way}: {what}" for what in ("Recall@1", "Recall@5", "mAP"))
    yield from table(("landform", "queries", "observations", "Recall@1", "Recall@5", "mAP", *beside), rows)


def _steady(figures: Figures) -> Iterator[str]:
    kinds = [s.kind for s in next(iter(figures.steady.values()))]
    rows = []
    for way, those in figures.steady.items():
        cells = []
        for one in those:
            i = one.interval()
            cells.append(f"{100 * i.value:.1f} ({100 * i.low:.1f}..{100 * i.high:.1f})")
        rows.append((way, *cells))
    yield from table(("way", *kinds), rows)


def _across(a: Across) -> tuple[str, ...]:
    named = ", ".join(f"{name.replace('_', ' ')} {100 * share:.0f} %" for name, share in a.nearest[:4])
    spread = interval_text(a.recall) if np.isfinite(a.recall.low) and a.groups > 2 else f"{a.recall.value:.3f}"
    return (a.way, a.landform, a.asking, str(a.queries), str(a.groups), spread, f"{a.chance:.3f}", named)
