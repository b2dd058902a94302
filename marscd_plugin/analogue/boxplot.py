"""Quartiles of distances, region by region, as boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .figures import COLOURS, label, new_figure, png_of
from .statistics import box_of

#: Boxes drawn at most, and values of a box drawn one by one at most.
_MOST_BOXES, _MOST_DOTS = 40, 30


@dataclass(frozen=True)
class Box:
    """A box: its name, the distances (N,) that its quartiles are of, and distances to be marked on it."""

    name: str
    values: np.ndarray
    marks: tuple[float, ...] = ()
    marked: str = ""


def box_picture(boxes: Sequence[Box], title: str, axis: str, note: str = "") -> bytes | None:
    """PNG of one box a region: 25 to 75 %, the median, whiskers to 1.5 box heights, each value as a dot where few.

    None where no box has a value. Raises MissingPackageError.
    """
    shown = [b for b in boxes if np.isfinite(b.values).any()][:_MOST_BOXES]
    if not shown:
        return None
    figure = new_figure(max(6.0, 2.2 + 0.95 * len(shown)), 4.8)
    axes = figure.add_subplot(1, 1, 1)
    finite = [b.values[np.isfinite(b.values)] for b in shown]
    drawn = axes.bxp(
        [_stats(values) for values in finite], widths=0.5, patch_artist=True, showfliers=False,
        medianprops={"color": "#222222", "linewidth": 1.6},
    )  # fmt: skip
    for patch, colour in zip(drawn["boxes"], _repeat(len(shown)), strict=True):
        patch.set(facecolor=colour, alpha=0.35)
    legend = ""
    for place, (box, values) in enumerate(zip(shown, finite, strict=True), start=1):
        if len(values) <= _MOST_DOTS:
            # Beside each other in a fixed pattern, so that a page is the same each time.
            offsets = 0.12 * ((np.arange(len(values)) * 0.618) % 1.0 - 0.5) * 2
            axes.plot(place + offsets, values, "o", ms=4, color="#333333", alpha=0.75)
        if box.marks:
            axes.plot([place] * len(box.marks), box.marks, "D", ms=5, mfc="#C00000", mec="white", mew=0.6)
            legend = legend or box.marked
    axes.set_xticks(range(1, len(shown) + 1))
    crowded = len(shown) > 6 or max(len(b.name) for b in shown) > 14
    axes.set_xticklabels(
        [label(b.name, 24) for b in shown], rotation=30 if crowded else 0, ha="right" if crowded else "center"
    )
    axes.set_ylabel(axis)
    axes.set_ylim(bottom=0.0)
    axes.grid(axis="y", color="#dddddd", linewidth=0.7)
    axes.set_axisbelow(True)
    axes.set_title(label(title, 90), fontsize=12)
    said = " · ".join(t for t in (f"◆ {legend}" if legend else "", note) if t)
    if said:
        figure.text(0.5, 0.02, said, ha="center", fontsize=9, color="#444444")
    figure.tight_layout(rect=(0, 0.05, 1, 1))
    return png_of(figure)


def _stats(values: np.ndarray) -> dict[str, float]:
    """A box with the quartiles that the tables tell; whiskers to the last value within 1.5 heights of the box."""
    box = box_of(values)
    reach = 1.5 * (box.third - box.first)
    inside = values[(values >= box.first - reach) & (values <= box.third + reach)]
    return {"med": box.median, "q1": box.first, "q3": box.third, "whislo": inside.min(), "whishi": inside.max()}


def _repeat(count: int) -> list[str]:
    return [COLOURS[i % len(COLOURS)] for i in range(count)]
