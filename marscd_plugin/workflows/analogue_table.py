"""The tables of a matrix: which pairs belong together, which win, quartiles, and all of it as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..analogue.statistics import box_of

#: Marks that a target's name may have beyond its candidate's: the paper writes A and A' (typed or typeset).
_PRIMES = "'`*\" \u2019\u2032\u2033\u00b4"


def paired(rows: Sequence[str], columns: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """(row, column) that belong together: of one name, where A' is the A of the targets; else, if no name fits and
    there are as many of each, by their order."""
    plain = {_plain(name): c for c, name in reversed(list(enumerate(columns)))}
    pairs = tuple((r, plain[_plain(name)]) for r, name in enumerate(rows) if _plain(name) in plain)
    if not pairs and len(rows) == len(columns):
        return tuple((i, i) for i in range(len(rows)))
    return pairs


def _plain(name: str) -> str:
    return name.strip().rstrip(_PRIMES).casefold()


def quartile_rows(
    rows: Sequence[str],
    columns: Sequence[str],
    pairs: Sequence[tuple[int, int]],
    distances: Mapping[tuple[str, str], np.ndarray],
) -> list[tuple[str, str, int, float, float, float, float, float, int]]:
    """Candidate, target, sub-areas, minimum, 25 %, median, 75 %, maximum, sub-areas within 25..75 %; pairs first."""
    own = [(rows[r], columns[c]) for r, c in pairs]
    every = own + [(r, c) for r in rows for c in columns if (r, c) not in set(own)]
    table = []
    for r, c in every:
        box = box_of(distances[r, c])
        table.append((r, c, box.count, box.minimum, box.first, box.median, box.third, box.maximum, box.within))
    return table


def matrix_csv(rows: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[float]]) -> str:
    """One row a candidate region, one column a target: minimum distances."""
    return _csv(["region", *columns], [[r, *(f"{v:.6g}" for v in line)] for r, line in zip(rows, values, strict=True)])


def quartile_csv(table: Sequence[Sequence[Any]]) -> str:
    """The quartiles as text."""
    head = ["region", "target", "sub_areas", "minimum", "q25", "median", "q75", "maximum", "within_q25_q75"]
    return _csv(head, [[f"{v:.6g}" if isinstance(v, float) else v for v in line] for line in table])


def _csv(head: Sequence[Any], lines: Sequence[Sequence[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for line in (head, *lines):
        writer.writerow([_cell(value) for value in line])
    return text.getvalue()


def _cell(value: Any) -> Any:
    """A name that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "@", "\t", "\r", "+", "-") and not _number(
        value
    ) else value  # fmt: skip


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def pair_wins(values: Sequence[Sequence[float]], r: int, c: int) -> bool:
    """The pair's distance is the smallest of its row and of its column, and no other is as small."""
    rivals = [values[r][k] for k in range(len(values[r])) if k != c] + [v[c] for i, v in enumerate(values) if i != r]
    return all(values[r][c] < rival for rival in rivals)


def matrix_summary(
    rows: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[float]], pairs: Sequence[tuple[int, int]],
    wins: Sequence[bool],
) -> str:  # fmt: skip
    """What a matrix says, in a sentence or two."""
    shape = f"{len(rows)} candidate regions against {len(columns)} targets"
    if not pairs:
        r, c = divmod(int(np.argmin(values)), len(columns))
        return f"{shape}: {rows[r]} is nearest to {columns[c]} (distance {values[r][c]:.3g})."
    if all(wins):
        return f"{shape}: all {len(pairs)} pairs are the nearest of their row and of their column."
    lost = ", ".join(f"{rows[r]} and {columns[c]}" for (r, c), won in zip(pairs, wins, strict=True) if not won)
    return (
        f"{shape}: {sum(wins)} of {len(pairs)} pairs are the nearest of their row and of their column. Not so: {lost}."
    )
