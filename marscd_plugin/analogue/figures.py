"""Drawings by matplotlib, without pyplot (which keeps state and may open windows), as PNG bytes of bounded size.

Names come from users and files: they are shortened, and never read as formulas.
"""

from __future__ import annotations

import io
import unicodedata
from typing import Any

from ..common.packages import need

#: Dots an inch of every picture, and the most inches of an edge: at most 1600 pixels.
DPI = 110
_MOST_INCHES = 14.5
#: Readable on white, also for the colour-blind (Okabe and Ito).
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#8A8A00")
#: What is near is bright: matches shine.
COLOUR_MAP = "viridis_r"


def new_figure(width: float, height: float) -> Any:
    """A white figure of that many inches. Raises MissingPackageError."""
    figure_module = need("matplotlib.figure")
    canvas_module = need("matplotlib.backends.backend_agg")
    figure = figure_module.Figure(figsize=(min(width, _MOST_INCHES), min(height, _MOST_INCHES)), dpi=DPI)
    figure.set_facecolor("white")
    canvas_module.FigureCanvasAgg(figure)
    return figure


def png_of(figure: Any) -> bytes:
    """The figure as PNG. The same figure gives the same bytes: no date, no version."""
    store = io.BytesIO()
    figure.savefig(store, format="png", dpi=DPI, facecolor="white", metadata={"Software": None})
    return store.getvalue()


def label(text: str, most: int = 40) -> str:
    """A user's text as a label: one line, no formula ($), no characters that fonts lack, at most ``most`` letters."""
    kept = "".join(c if unicodedata.category(c)[0] not in "CZ" else " " for c in text)
    kept = " ".join(kept.split())
    if len(kept) > most:
        kept = kept[: most - 1] + "…"
    return kept.replace("\\", "\\\\").replace("$", r"\$")


def degrees_axis(axis: Any, longitude: bool) -> None:
    """Ticks that read whole: no offset notation."""
    axis.get_major_formatter().set_useOffset(False)
    axis.set_label_text("Longitude (° east)" if longitude else "Latitude (° north)")
