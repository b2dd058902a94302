"""The contact sheet: the best pairs side by side, target left, match right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..common.words import Match
from .figures import label, new_figure, png_of
from .page import place

#: Pairs on a sheet.
MOST_PAIRS = 12
_COLUMNS = 3
#: Inches: a pair's place, the edge of a chip, the gap within a pair, the title's and the note's height.
_PAIR, _CHIP, _GAP, _HEAD, _FOOT = (4.3, 2.72), 1.95, 0.07, 0.62, 0.4


@dataclass(frozen=True)
class SheetPair:
    """A match with the chips (uint8, rows x columns) of its target and of itself; None where one cannot be read."""

    match: Match
    target: np.ndarray | None
    found: np.ndarray | None


def sheet_picture(pairs: Sequence[SheetPair], title: str, note: str = "") -> bytes | None:
    """PNG of the first ``MOST_PAIRS`` pairs; None where there are none. Raises MissingPackageError."""
    shown = list(pairs[:MOST_PAIRS])
    if not shown:
        return None
    columns = min(_COLUMNS, len(shown))
    rows = -(-len(shown) // columns)
    width, height = max(_PAIR[0] * columns, 7.2), _HEAD + _PAIR[1] * rows + _FOOT
    figure = new_figure(width, height)
    figure.text(0.5, 1 - 0.32 / height, label(title, int(11 * width)), ha="center", va="center", fontsize=13)
    start = (width - _PAIR[0] * columns) / 2
    for number, pair in enumerate(shown):
        row, column = divmod(number, columns)
        x = start + column * _PAIR[0] + (_PAIR[0] - 2 * _CHIP - _GAP) / 2
        y = height - _HEAD - (row + 1) * _PAIR[1] + (_PAIR[1] - _CHIP - 0.25)
        left, right = (
            figure.add_axes(((x + k * (_CHIP + _GAP)) / width, y / height, _CHIP / width, _CHIP / height))
            for k in (0, 1)
        )
        _chip(left, pair.target, label(pair.match.target, 24), "#0072B2")
        weak = pair.match.weak
        _chip(right, pair.found, f"{pair.match.rank}. {'weak' if weak else 'match'}", "#B36B00" if weak else "#007A59")
        figure.text(
            (x + _CHIP + _GAP / 2) / width, (y - 0.08) / height, _caption(pair.match), ha="center", va="top",
            fontsize=8.5, linespacing=1.35,
        )  # fmt: skip
    said = "Left: the target. Right: the match at the same ground scale. Each is stretched on its own."
    figure.text(0.5, 0.2 / height, label(f"{said} {note}".strip(), int(18 * width)), ha="center", va="center",
                fontsize=8.5, color="#444444")  # fmt: skip
    return png_of(figure)


def nearer_than(percentile: float) -> str:
    """A percentile (share of random places at least as near, 0..100) in words."""
    if percentile != percentile:
        return "not compared with chance"
    if percentile <= 0:
        return "nearer than every random place"
    return f"{_percent(percentile)} % of random places are as near"


def _percent(value: float) -> str:
    return f"{value:.2f}" if value < 1 else f"{value:.1f}" if value < 10 else f"{value:.0f}"


def _caption(match: Match) -> str:
    where = place(match.chip.longitude, match.chip.latitude)
    if where == "-":
        where = f"x {match.chip.x:.0f}, y {match.chip.y:.0f}"
    return f"distance {match.distance:.3g}; {nearer_than(match.percentile)}\n{where}"


def _chip(axes: Any, chip: np.ndarray | None, words: str, colour: str) -> None:
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_title(words, fontsize=9.5, color=colour, pad=3)
    for side in axes.spines.values():
        side.set(color=colour, linewidth=1.6)
    if chip is None:
        axes.text(0.5, 0.5, "not to be read", ha="center", va="center", transform=axes.transAxes, fontsize=8)
        axes.set_aspect("equal")
        return
    axes.imshow(chip, cmap="gray", vmin=0, vmax=255, interpolation="nearest")
