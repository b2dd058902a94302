"""The residual report: one HTML file with nothing outside itself; a table of epochs, a picture of each registration."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import numpy as np

from ..common.files import write_text
from ..common.words import Series
from .ties import TiePoints

_STYLE = """
body{font:15px/1.45 system-ui,sans-serif;color:#222;max-width:70rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{border-bottom:1px solid #ccc;padding:.3rem .5rem;text-align:right;vertical-align:top}
th:first-child,td:first-child,td.t{text-align:left}
.no{color:#a02020}.yes{color:#206020}
figure{display:inline-block;margin:.5rem 1rem .5rem 0}figcaption{font-size:.85rem;max-width:26rem}
svg{background:#f6f4f0;border:1px solid #ccc}
"""
_HEAD = ("Product", "Time (UTC)", "MY", "Ls", "Incidence", "Sun azimuth", "Emission", "Valid", "Shift x, y (px)",
         "Residual (px)", "Disagreement (px)", "Tie points", "Decision")  # fmt: skip
_PICTURE = 360


def write_report(series: Series, ties: Mapping[str, TiePoints], path: Path) -> None:
    """Write the report. ``ties`` holds the epochs' tie points, by product id."""
    write_text(path, report_html(series, ties))


def report_html(series: Series, ties: Mapping[str, TiePoints]) -> str:
    """The report's text. Everything that came from files is escaped."""
    grid = series.grid
    unit = f"{grid.pixel_size:g} m a pixel" if grid.crs else "no CRS: pixels only"
    parts = [
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>MarsCD series</title>",
        f"<style>{_STYLE}</style></head><body><h1>Series of {len(series.epochs)} epochs</h1>",
        f"<p>Grid of {grid.width} x {grid.height} pixels, {unit}. Reference: <b>{escape(series.reference)}</b>. ",
        "Shifts and residuals are pixels of this grid. The residual is the RMS of tie points held out of the fit; ",
        "the disagreement is the distance between feature matches and phase correlation.</p>",
        "<table><thead><tr>",
        *(f"<th>{h}</th>" for h in _HEAD),
        "</tr></thead><tbody>",
    ]
    for epoch in series.epochs:
        r = epoch.registration
        shift = f"{r.shift_x_px:.2f}, {r.shift_y_px:.2f}" if r else ""
        cells = (
            epoch.product_id, epoch.time.strftime("%Y-%m-%d %H:%M:%S"), str(epoch.mars_year),
            f"{epoch.solar_longitude:.2f}", _number(epoch.incidence, 1), _number(epoch.sub_solar_azimuth, 1),
            _number(epoch.emission, 1), f"{epoch.valid_fraction:.0%}", shift,
            _number(r.residual_px if r else None, 2), _number(r.disagreement_px if r else None, 2),
            str(r.tie_point_count) if r else "",
        )  # fmt: skip
        decision = f"<td class='t yes'>accepted: {escape(r.reason if r else '')}</td>"
        parts.append("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in cells) + decision + "</tr>")
    for name, reason in series.refused:
        parts.append(
            f"<tr><td>{escape(name)}</td><td colspan='{len(_HEAD) - 2}'></td>"
            f"<td class='t no'>refused: {escape(reason)}</td></tr>"
        )
    parts.append("</tbody></table>")
    pictures = [_figure(name, ties[name], series) for name in sorted(ties) if len(ties[name].points)]
    if pictures:
        parts += ["<h2>Residual vectors</h2><p>What is left at each tie point after registration, enlarged as said ",
                  "under each picture; hollow points were held out of the fit.</p>", *pictures]  # fmt: skip
    if series.pairs:
        parts.append("<h2>Pairs, most comparable first</h2><table><thead><tr><th>Before</th><th>After</th>")
        parts.append("<th>Score</th><th>Why</th></tr></thead><tbody>")
        for pair in series.pairs[:50]:
            parts.append(
                f"<tr><td>{escape(pair.before)}</td><td class='t'>{escape(pair.after)}</td><td>{pair.score:.2f}</td>"
                f"<td class='t'>{escape('; '.join(pair.reasons))}</td></tr>"
            )
        parts.append("</tbody></table>")
    parts.append("</body></html>\n")
    return "".join(parts)


def _figure(name: str, ties: TiePoints, series: Series) -> str:
    grid = series.grid
    scale = _PICTURE / max(grid.width, grid.height)
    distance = ties.distance
    typical = float(np.percentile(distance, 90)) if len(distance) else 0.0
    # Enlarged so that nine in ten vectors stay under 18 screen pixels; a round number.
    enlarge = 10 ** math.floor(math.log10(18 / max(typical * scale, 1e-6)))
    enlarge *= max(1, int(18 / max(typical * scale, 1e-6) / enlarge))
    marks: Sequence[str] = [
        _vector(x * scale, y * scale, dx * scale * enlarge, dy * scale * enlarge, bool(held))
        for (x, y), (dx, dy), held in zip(ties.points, ties.residuals, ties.held_out, strict=True)
        if math.hypot(dx, dy) * scale * enlarge < 120
    ]
    width, height = grid.width * scale, grid.height * scale
    return (
        f"<figure><svg width='{width:.0f}' height='{height:.0f}' viewBox='0 0 {width:.1f} {height:.1f}' role='img' "
        f"aria-label='residual vectors of {escape(name, quote=True)}'>{''.join(marks)}</svg>"
        f"<figcaption>{escape(name)}: median {np.median(distance):.2f} px, 95th percentile "
        f"{np.percentile(distance, 95):.2f} px, {len(distance)} of {ties.tried} windows; vectors enlarged "
        f"{enlarge:g} times</figcaption></figure>"
    )


def _vector(x: float, y: float, dx: float, dy: float, held: bool) -> str:
    dot = "fill='none' stroke='#b04010'" if held else "fill='#204080'"
    return (
        f"<line x1='{x:.1f}' y1='{y:.1f}' x2='{x + dx:.1f}' y2='{y + dy:.1f}' stroke='#b04010' stroke-width='1'/>"
        f"<circle cx='{x:.1f}' cy='{y:.1f}' r='1.6' {dot}/>"
    )


def _number(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}"
