"""A series' changes, or a seasonal curve, as one page of HTML that needs no other file."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from ..common.errors import InputError
from ..common.files import write_text
from ..common.words import Epoch
from .curve import CurvePoint
from .page import figure, number, page, table, warning
from .pictures import data_address, thumbnail, with_classes
from .plot import seasonal_svg
from .seriesjob import SeriesChanges
from .seriesobjects import CLASSES

_SAYS = {
    "persists": "came, and is there at the last date",
    "grows": "came, is there, and has grown by half or more",
    "fades": "was there, and is gone at the last date",
    "recurs": "came in two or more Mars Years",
    "varies": "comes and goes",
    "unconfirmed": "the first or the last image alone shows it",
    "single": "one image alone shows it: suspicious",
}


def write_series_report(
    path: Path | str, found: SeriesChanges, epochs: Sequence[Epoch], points: Sequence[CurvePoint]
) -> None:
    """Write the page of a run. Raises OutputError."""
    body = [warning(w) for w in found.warnings]
    body.append(seasonal_svg(points, "Changed area through the season"))
    body.append(_facts(found))
    body.append(
        "<h2>Classes</h2>"
        + table(
            ("Class", "Objects", "Meaning"),
            [((name,), f"{found.counts.get(name, 0):,}", (_SAYS[name],)) for name in CLASSES],
        )
    )
    body.append(_picture(found, epochs))
    body.append("<h2>Dates</h2>" + curve_table(points))
    write_text(path, page("Changes of a series", *body))


def write_curve_page(path: Path | str, points: Sequence[CurvePoint], title: str, notes: Sequence[str] = ()) -> None:
    """Write the page of a seasonal curve alone. Raises OutputError."""
    drawings = [
        seasonal_svg(points, f"{title}: {words}", value)
        for value, words in (("seen", "what is there"), ("appeared", "what appeared"), ("faded", "what faded"))
        if any(getattr(p, value) is not None for p in points)
    ]
    write_text(path, page(title, *map(warning, notes), *drawings, curve_table(points)))


def curve_table(points: Sequence[CurvePoint]) -> str:
    """The dates and their areas as an HTML table."""
    heads = ("Image", "UTC", "Mars Year", "Ls (°)", "Seen (m²)", "Share of what ever changed (%)", "Appeared (m²)",
             "Faded (m²)", "This image alone (m²)", "Ground observed (m²)")  # fmt: skip
    rows = [
        (
            (p.product_id + (" (in doubt)" if p.suspect else ""),),
            (p.time.strftime("%Y-%m-%d %H:%M"),),
            str(p.mars_year),
            number(p.solar_longitude, 1),
            number(p.seen, 1),
            number(None if p.share is None else 100 * p.share, 1),
            number(p.appeared, 1),
            number(p.faded, 1),
            number(p.alone, 1),
            number(p.observed, 0),
        )
        for p in points
    ]
    return table(heads, rows)


def _facts(found: SeriesChanges) -> str:
    share = 100 * found.changed_area / found.observed_area if found.observed_area else None
    facts = (
        ("Ground that changed", f"{number(found.changed_area, 1)} m² ({number(share, 3)} % of what was compared)"),
        ("What one image alone shows", f"{number(found.single_area, 1)} m² (not in the rasters FIRST_SEEN, LAST_SEEN)"),
        ("Dates and pairs compared", f"{found.epochs} and {found.pairs}"),
        ("Objects", f"{found.polygon_count:,}"),
        ("Threshold", f"{found.threshold:g}"),
        ("Device", found.device),
    )
    return table((), [((name,), (value,)) for name, value in facts])


def _picture(found: SeriesChanges, epochs: Sequence[Epoch]) -> str:
    try:
        ground, first = thumbnail(epochs[-1].raster), thumbnail(found.first_seen, nearest=True)
        shown = with_classes(ground, first, len(epochs))
    except InputError as error:
        return warning(f"No picture: {error}")
    words = f"First seen, from early (yellow) to late (violet), over {epochs[-1].product_id}"
    return "<h2>" + escape("When") + "</h2>" + figure(data_address(shown), words)
