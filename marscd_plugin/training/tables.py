"""The accuracy document's tables as Markdown lines; nothing is computed here but what ``scoring`` gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ..common.words import ModelCard
from .nullrates import Claim
from .protocol import INJECTED, MORE_KINDS, NAMED_KINDS
from .scores import PREVALENCE, f1_at
from .scoring import Class, Interval, Span, Summary, by_objects, by_pairs, chosen, summary
from .tally import MIN_PX, OVERLAP

if TYPE_CHECKING:
    from .accuracy import Records

#: Titles of the sets.
TITLES = {
    "rsl": "simulated RSL, unseen backdrops",
    "thin": "simulated RSL 1-2 px wide alone",
    "injected": "RSL injected into real no-change pairs",
    "other": "other phenomena, unseen backdrops",
    "aside": "aside: RSL injected into frosted_dunes",
    "faint": "aside: simulated RSL, only just visible",
}

WIDTHS = (("1-2", 1.0, 2.0), ("2-4", 2.0, 4.0), ("4-8", 4.0, 8.0), ("8 and more", 8.0, np.inf))
STRENGTHS = (("under 1", 0.0, 1.0), ("1-2", 1.0, 2.0), ("2-4", 2.0, 4.0), ("4-8", 4.0, 8.0), ("over 8", 8.0, np.inf))
SUN = (0.0, 5.0, 15.0, 30.0, np.inf)
RESIDUAL = (0.0, 0.3, 0.7, 1.5, np.inf)


def heading(cards: Mapping[str, ModelCard], share: float) -> Iterator[str]:
    """Which models, and their thresholds."""
    if share < 1:
        yield f"**A quick look at {share:.0%} of the sets: not the figures of record.**"
        yield ""
    yield from table(
        ("model", "version", "threshold (its card's, in every row)"),
        [(card.name, card.version, f"{card.threshold:.3f}") for card in cards.values()],
    )


def bars(records: Records, models: Sequence[str]) -> Iterator[str]:
    """The issue's bars and what the models reached; the first is the one under test."""
    own = models[0]
    sums = {name: {part: summary(record) for part, record in by.items()} for name, by in records.items()}
    got = sums[own]
    reached = {name: {part: said for part, _, said in _bar_rows(sums[name])} for name in models}
    rows = [
        (TITLES[part], wanted, *(reached[name].get(part, "") for name in models)) for part, wanted, _ in _bar_rows(got)
    ]
    yield from section("The bars", "95 % intervals over sites in brackets.")
    yield from table(("set", "bar", *(f"`{name}`" for name in models)), rows)
    yield from section(
        "Per pixel and per object", f"At each model's own threshold; precision and F1 at {PREVALENCE:.1%} of change."
    )
    head = (
        "model", "set", "pairs (sites)", "MP", "sensitivity", "specificity", "balanced accuracy", "precision", "F1",
        "IoU", "average precision", "F1 within 1 px", "object recall", "false objects", "per 10 MP (< 95 %)",
    )  # fmt: skip
    lines = []
    for name in records:
        for part in records[name]:
            lines.append((name, part, *_figures(sums[name][part])))
    yield from table(head, lines)
    yield ""
    yield (
        f"An object counts from {MIN_PX} pixels on, and is found where {OVERLAP:.0%} of it is found within a pixel; a "
        "false object touches no change. The bound is Poisson's, were false objects independent."
    )
    yield from section("At other prevalences", f"F1 of `{own}`, strict, at its threshold.")
    yield from table(
        ("set", "0.5 %", "1.7 %", "5 %", "the set's own"),
        [
            (
                TITLES[part],
                *(_interval(s.f1[q], 3, 1) for q in sorted(s.f1)),
                f"{f1_at(s.sensitivity.value, s.specificity.value, s.prevalence)[1]:.3f} at {s.prevalence:.2%}",
            )
            for part, s in got.items()
        ],
    )


def everybody(records: Records, own: str) -> Iterator[str]:
    """Everybody at its own rule and at the false-alarm rate of the model under test."""
    yield from section(
        "Against the baselines",
        f"F1 at {PREVALENCE:.1%} by each one's own rule; then each one's threshold moved on these very data until it "
        f"alarms falsely as often as `{own}` (a help the baselines get, not the model).",
    )
    rows = []
    for part in records[own]:
        rate = 1 - summary(records[own][part]).specificity.value
        for name, by in records.items():
            mine = summary(by[part])
            _, sensitivity, false = by[part].strict.at_false_alarm_rate(rate)
            if name == own:
                sensitivity, false = mine.sensitivity.value, rate
            rows.append(
                (
                    part, name, f"{mine.f1[PREVALENCE].value:.3f}", f"{100 * (1 - mine.specificity.value):.3f} %",
                    f"{100 * sensitivity:.1f} %", f"{100 * false:.3f} %", f"{f1_at(sensitivity, 1 - false)[1]:.3f}",
                    f"{mine.average_precision:.3f}",
                )
            )  # fmt: skip
    yield from table(
        ("set", "detector", "F1, own rule", "false alarms, own rule", "sensitivity at equal false alarms",
         "false alarms then", "F1 then", "average precision"), rows,
    )  # fmt: skip


def real_sets(records: Records) -> Iterator[str]:
    """The injected run by real set."""
    yield from section(
        "Real pairs, set by set",
        "Registered by the plugin; simulated RSL drawn into one of the two real images; one run.",
    )
    rows = []
    for name, by in records.items():
        for source in (*INJECTED, "frosted_dunes"):
            part = "aside" if source == "frosted_dunes" else "injected"
            if part not in by:
                continue
            mine = chosen(by[part], lambda t, s=source: t.name.startswith(s))  # type: ignore[misc]
            if not mine.tallies:
                continue
            s = summary(mine)
            rows.append(
                (
                    name, source, f"{s.pairs} ({s.sites})", f"{s.megapixels:.2f}", _percent(s.sensitivity),
                    f"{100 * (1 - s.specificity.value):.3f} % ({100 * (1 - s.specificity.high):.3f}.."
                    f"{100 * (1 - s.specificity.low):.3f})",
                    f"{s.recall.value:.2f} of {s.objects}", f"{s.false_objects} (< {s.false_bound:.1f})",
                    f"{s.false_per_10mp:.0f} (< {s.bound_per_10mp:.0f})",
                )
            )  # fmt: skip
    yield from table(
        ("model", "set", "pairs (sites)", "MP", "sensitivity", "flagged, unchanged", "object recall", "false objects",
         "per 10 MP"), rows,
    )  # fmt: skip


def phenomena(records: Records) -> Iterator[str]:
    """By kind of change."""
    yield from section("By phenomenon", "Objects found of those visible, and their pixels found; sets rsl and other.")
    order = [k.name.lower() for k in (*NAMED_KINDS, *MORE_KINDS)]
    rows: list[Sequence[str]] = []
    for name, by in records.items():
        found = by_objects(
            [t for part in ("rsl", "other") if part in by for t in by[part].tallies], lambda o: o.kind, ["rsl", *order]
        )
        rows += [(name, *_class(c)) for c in found]
    yield from table(("model", "phenomenon", "objects", "object recall", "pixels found", "within 1 px"), rows)


def circumstances(records: Records, own: str) -> Iterator[str]:
    """By width, strength, sun and registration error, of the model under test."""
    mine = records[own]
    both = [t for part in ("rsl", "thin") if part in mine for t in mine[part].tallies]
    simulated = [t for part in ("rsl", "thin", "other") if part in mine for t in mine[part].tallies]
    for title, classes, number in (
        ("By width of RSL, pixels", WIDTHS, lambda o: o.width_px),
        ("By strength (mean difference over that of unchanged ground at the object's width)", STRENGTHS,
         lambda o: o.strength),
    ):  # fmt: skip
        yield from section(title, f"`{own}`, sets rsl and thin.")
        found = by_objects(both, lambda o, c=classes, n=number: _named(n(o), c), [c[0] for c in classes])  # type: ignore[misc]
        yield from table(
            ("class", "objects", "object recall", "pixels found", "within 1 px"), [_class(c) for c in found]
        )
    for title, edges, value in (
        ("By how far the sun moved, degrees", SUN, lambda t: t.turn),
        ("By registration error, RMS pixels", RESIDUAL, lambda t: t.residual_px),
    ):
        yield from section(title, f"`{own}`, all simulated sets.")
        yield from table(
            ("class", "pairs", "MP", "sensitivity", "false alarms", "object recall", "false objects"),
            [_span(s) for s in by_pairs(simulated, value, edges)],
        )


def reliability(records: Records, own: str) -> Iterator[str]:
    """Whether a probability means what it says."""
    yield from section(
        "Do the probabilities mean what they say?",
        "Expected calibration error over 15 classes at each set's own share of change; below, the curve of "
        f"`{own}` on simulated RSL.",
    )
    yield from table(
        ("model", *TITLES),
        [
            (name, *(f"{by[p].strict.calibration_error():.4f}" if p in by else "" for p in TITLES))
            for name, by in records.items()
        ],
    )
    if "rsl" not in records[own]:
        return
    yield ""
    rows = records[own]["rsl"].strict.reliability(np.linspace(0, 1, 11))
    yield from table(
        ("mean probability", "truly changed", "pixels"), [(f"{p:.3f}", f"{s:.3f}", f"{n:,}") for p, s, n in rows]
    )


def claims(found: Sequence[Claim]) -> Iterator[str]:
    """Expected false alarms as stated against what came."""
    yield from section(
        "Does a map's stated rate of false alarms hold?",
        "Real pairs without change as they are (nothing drawn in): cells of the map expected to hold a false alarm at "
        "the model's threshold, with the stated bounds, against those that do. *Holds*: what came lies within the "
        "bounds, widened by the chance of so few (Poisson, 95 %).",
    )
    yield from table(
        ("set", "pairs", "cells", "expected", "stated bounds", "came", "holds"),
        [
            (c.name, str(c.pairs), f"{c.cells:,}", f"{c.expected:.1f}", f"{c.low:.1f} to {c.high:.1f}", str(c.came),
             "yes" if c.holds else "**no**")
            for c in found
        ],
    )  # fmt: skip


def section(title: str, text: str) -> Iterator[str]:
    yield from ("", f"### {title}", "", text, "")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A Markdown table."""
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def _bar_rows(got: Mapping[str, Summary]) -> Iterator[tuple[str, str, str]]:
    if "rsl" in got:
        s = got["rsl"]
        yield (
            "rsl",
            "sensitivity >= 90 % at specificity >= 99.6 %, balanced accuracy >= 94.8 %, F1 >= 0.84",
            f"{_percent(s.sensitivity)} at {_percent(s.specificity, 2)}, {_percent(s.balanced_accuracy)}, "
            f"{_interval(s.f1[PREVALENCE], 3, 1)}; within 1 px: {_percent(s.near_sensitivity)} at "
            f"{_percent(s.near_specificity, 2)}, F1 {s.near_f1.value:.3f}",
        )
    if "thin" in got:
        s = got["thin"]
        yield (
            "thin",
            "sensitivity >= 60 % at that specificity",
            f"{_percent(s.sensitivity)} at {_percent(s.specificity, 2)}; within 1 px: {_percent(s.near_sensitivity)}",
        )
    if "injected" in got:
        s = got["injected"]
        yield (
            "injected",
            "sensitivity >= 75 %, under 0.1 % of pixels falsely flagged",
            f"{_percent(s.sensitivity)}; {100 * (1 - s.specificity.value):.3f} % "
            f"({100 * (1 - s.specificity.high):.3f}..{100 * (1 - s.specificity.low):.3f}); {s.false_objects} false "
            f"objects in {s.megapixels:.2f} MP (< {s.false_bound:.1f})",
        )
    if "other" in got:
        s = got["other"]
        yield (
            "other",
            "object recall >= 0.8 at <= 1 false object per 10 MP",
            f"{s.recall.value:.2f} ({s.recall.low:.2f}..{s.recall.high:.2f}) of {s.objects}; {s.false_objects} false "
            f"objects in {s.megapixels:.1f} MP: {s.false_per_10mp:.1f} per 10 MP (< {s.bound_per_10mp:.1f})",
        )


def _figures(s: Summary) -> tuple[str, ...]:
    return (
        f"{s.pairs} ({s.sites})", f"{s.megapixels:.2f}", _percent(s.sensitivity), _percent(s.specificity, 2),
        _percent(s.balanced_accuracy), f"{100 * s.precision:.1f} %", _interval(s.f1[PREVALENCE], 3, 1),
        f"{s.iou:.3f}", f"{s.average_precision:.3f}", f"{s.near_f1.value:.3f}",
        f"{s.recall.value:.2f} ({s.recall.low:.2f}..{s.recall.high:.2f}) of {s.objects}", f"{s.false_objects}",
        f"{s.false_per_10mp:.1f} (< {s.bound_per_10mp:.1f})",
    )  # fmt: skip


def _class(c: Class) -> tuple[str, ...]:
    return (
        c.name,
        str(c.objects),
        f"{c.recall:.2f}",
        f"{100 * c.sensitivity:.1f} %",
        f"{100 * c.near_sensitivity:.1f} %",
    )


def _span(s: Span) -> tuple[str, ...]:
    return (
        s.name, str(s.pairs), f"{s.megapixels:.2f}", "" if s.sensitivity is None else f"{100 * s.sensitivity:.1f} %",
        f"{100 * s.false_rate:.3f} %", "" if s.recall is None else f"{s.recall:.2f}", str(s.false_objects),
    )  # fmt: skip


def _named(value: float, classes: Sequence[tuple[str, float, float]]) -> str | None:
    return next((name for name, low, high in classes if low <= value < high), None)


def _percent(i: Interval, digits: int = 1) -> str:
    return f"{100 * i.value:.{digits}f} % ({100 * i.low:.{digits}f}..{100 * i.high:.{digits}f})"


def _interval(i: Interval, digits: int, scale: float) -> str:
    return f"{scale * i.value:.{digits}f} ({scale * i.low:.{digits}f}..{scale * i.high:.{digits}f})"
