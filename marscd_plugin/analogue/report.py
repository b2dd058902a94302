"""A search, or a matrix, as one page of HTML that needs no other file. What a match means is said first."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from ..common.words import Match
from .page import Cell, figure, lead, number, page, paragraph, place, table, warning
from .png import data_address
from .sheet import nearer_than

#: Pairs shown as pictures, rows of the table, and bytes of a picture that a page takes in.
MOST_PAIRS, MOST_ROWS, _MOST_BYTES = 12, 200, 3_000_000


@dataclass(frozen=True)
class PagePair:
    """A match with the PNGs of its target and of itself; None where one could not be read."""

    match: Match
    target: bytes | None = None
    found: bytes | None = None


@dataclass(frozen=True)
class SearchPage:
    """What the page of a search tells. ``facts`` are (name, value); ``unseen`` sentences on what was not looked at."""

    title: str
    summary: str
    weak: bool
    warnings: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    pairs: Sequence[PagePair] = ()
    matches: Sequence[Match] = ()
    scores: Mapping[int, float] = field(default_factory=dict)
    surface: bytes | None = None
    boxes: bytes | None = None
    quartiles: Sequence[tuple[str, float, float, float, float]] = ()
    unseen: Sequence[str] = ()
    provenance: Mapping[str, Any] = field(default_factory=dict)


def search_html(told: SearchPage) -> str:
    """The page of a search. Everything that came from files or users is escaped."""
    body = [lead(told.summary, told.weak), *map(warning, told.warnings)]
    if told.pairs:
        shown = [_pair(p) for p in told.pairs[:MOST_PAIRS]]
        body.append(
            f"<h2>The {len(shown)} best pairs</h2>"
            + paragraph("Target left, match right, at the same ground scale; each is stretched on its own.")
            + f'<div class="pairs">{"".join(shown)}</div>'
        )
    if told.facts:
        body.append("<h2>The search</h2>" + table((), [((n,), (v,)) for n, v in told.facts]))
    body.append(
        _picture(
            told.surface, "The distance over the search area",
            "Distance of each place to its nearest target. On the left what is alike stands high.",
        )
    )  # fmt: skip
    if told.quartiles or told.boxes:
        body.append("<h2>Is that near?</h2>")
        body.append(
            paragraph(
                "Distances mean something only beside those of random places. The boxes hold the middle half of the "
                "distances of random chips of the search area; a match well below its box stands out."
            )
        )
        if told.quartiles:
            rows: list[tuple[Cell, ...]] = [((n,), *(number(v, 3) for v in values)) for n, *values in told.quartiles]
            body.append(table(("Target", "Best match", "25 %", "Median", "75 %"), rows))
        body.append(_picture(told.boxes, "", "Distances of random chips of the search area, target by target."))
    body.append(_match_table(told))
    if told.unseen:
        body.append("<h2>What was not looked at</h2><ul>" + "".join(f"<li>{escape(u)}</li>" for u in told.unseen))
        body.append("</ul>")
    body.append(_provenance(told.provenance))
    return page(told.title, *filter(None, body))


@dataclass(frozen=True)
class MatrixPage:
    """What the page of a matrix tells.

    ``values[row][column]`` are minimum distances; ``pairs`` those (row, column) that belong together. ``quartiles``
    rows: candidate, target, sub-areas, minimum, 25 %, median, 75 %, maximum, how many within 25 to 75 %.
    """

    title: str
    summary: str
    clear: bool
    rows: Sequence[str]
    columns: Sequence[str]
    values: Sequence[Sequence[float | None]]
    pairs: Sequence[tuple[int, int]] = ()
    warnings: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    quartiles: Sequence[tuple[str, str, int, float, float, float, float, float, int]] = ()
    boxes: bytes | None = None
    surfaces: bytes | None = None
    unseen: Sequence[str] = ()
    provenance: Mapping[str, Any] = field(default_factory=dict)


def matrix_html(told: MatrixPage) -> str:
    """The page of a matrix. Everything that came from files or users is escaped."""
    body = [lead(told.summary, not told.clear), *map(warning, told.warnings), "<h2>Minimum distances</h2>"]
    body.append(
        paragraph(
            "Rows are candidate regions, columns targets. Green: a pair that belongs together. "
            "Orange: smaller than the green one of its row or column."
        )
    )
    body.append(_matrix_table(told))
    if told.quartiles:
        heads = ("Candidate", "Target", "Sub-areas", "Minimum", "25 %", "Median", "75 %", "Maximum",
                 "Within 25 to 75 %")  # fmt: skip
        rows: list[tuple[Cell, ...]] = [
            ((r[0],), (r[1],), str(r[2]), *(number(v, 3) for v in r[3:8]), f"{r[8]} of {r[2]}") for r in told.quartiles
        ]
        body.append("<h2>Quartiles over the sub-areas</h2>" + table(heads, rows[:MOST_ROWS]))
        body.append(
            paragraph("About half of the sub-areas lie between 25 and 75 % by what quartiles are; a wide box says "
                      "that the region is not of one kind.")
        )  # fmt: skip
    body.append(_picture(told.boxes, "", "Each dot is a sub-area: its distance to the nearest chip of the target."))
    body.append(
        _picture(told.surfaces, "Where in the regions", "The distance of the sub-areas over longitude and latitude.")
    )
    if told.facts:
        body.append("<h2>The comparison</h2>" + table((), [((n,), (v,)) for n, v in told.facts]))
    if told.unseen:
        body.append("<h2>What was not looked at</h2><ul>" + "".join(f"<li>{escape(u)}</li>" for u in told.unseen))
        body.append("</ul>")
    body.append(_provenance(told.provenance))
    return page(told.title, *filter(None, body))


def _pair(pair: PagePair) -> str:
    m = pair.match
    pictures = "".join(_thumbnail(png, words) for png, words in ((pair.target, "target"), (pair.found, "match")))
    where = place(m.chip.longitude, m.chip.latitude)
    if where == "-":
        where = f"x {m.chip.x:.0f}, y {m.chip.y:.0f}"
    words = f"{m.rank}. {m.target}: distance {number(m.distance, 3)}; {nearer_than(m.percentile)}. {where}."
    said = f"<p>{escape(words)}</p>" + (f"<p><b>Weak:</b> {escape(_first(m.reason))}</p>" if m.weak else "")
    if m.reason and not m.weak:
        said += f"<p>{escape(m.reason)}</p>"
    return f'<div class="pair{" weak" if m.weak else ""}">{pictures}{said}</div>'


def _first(reason: str) -> str:
    """The first of several reasons; all of them stand in the table."""
    return reason.split("; ", 1)[0]


def _thumbnail(png: bytes | None, words: str) -> str:
    if png is None or len(png) > _MOST_BYTES:
        return f"<span>no picture of the {words} </span>"
    return f'<img src="{data_address(png)}" alt="{words}" title="{words}"> '


def _match_table(told: SearchPage) -> str:
    if not told.matches:
        return ""
    scored = bool(told.scores)
    heads = ["Rank", "Target", "Distance", "As near by chance (%)", "Place", *(["Score"] if scored else []),
             "What it means"]  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for m in told.matches[:MOST_ROWS]:
        where = place(m.chip.longitude, m.chip.latitude)
        where = f"x {m.chip.x:.0f}, y {m.chip.y:.0f}" if where == "-" else where
        means = ("weak: " if m.weak else "") + (m.reason or ("stands out from random places" if not m.weak else ""))
        score = [number(told.scores.get(m.index), 2)] if scored else []
        rows.append((str(m.rank), (m.target,), number(m.distance, 3), number(m.percentile, 2), (where,), *score,
                     (means,)))  # fmt: skip
    left = len(told.matches) - len(rows)
    more = paragraph(f"{left} further matches are in the layer.") if left > 0 else ""
    return "<h2>Matches</h2>" + table(heads, rows) + more


def _matrix_table(told: MatrixPage) -> str:
    pairs = set(map(tuple, told.pairs))
    own_of_row = {r: told.values[r][c] for r, c in pairs}
    own_of_column = {c: told.values[r][c] for r, c in pairs}
    lines = []
    for r, name in enumerate(told.rows):
        cells: list[Cell] = [(name,)]
        for c in range(len(told.columns)):
            value = told.values[r][c]
            text = number(value, 3)
            if (r, c) in pairs:
                cells.append((text, "own"))
            elif value is not None and any(
                own is not None and value <= own for own in (own_of_row.get(r), own_of_column.get(c))
            ):
                cells.append((text, "rival"))
            else:
                cells.append(text)
        lines.append(cells)
    return table(("Candidate", *told.columns), lines)


def _picture(png: bytes | None, title: str, words: str) -> str:
    if png is None or len(png) > _MOST_BYTES:
        return ""
    return (f"<h2>{escape(title)}</h2>" if title else "") + figure(data_address(png), words)


def _provenance(record: Mapping[str, Any]) -> str:
    if not record:
        return ""
    text = json.dumps(record, indent=2, ensure_ascii=False, default=str)
    if len(text) > 60_000:
        text = text[:60_000] + "\n... (whole in the file of provenance)"
    return f"<h2>Provenance</h2><pre>{escape(text)}</pre>"
