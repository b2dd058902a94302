"""The residual report: one HTML file with nothing outside itself; a table of epochs, a picture of each registration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from ..common.files import write_text
from ..common.words import Series
from .loops import Loop
from .pictures import STYLE, histogram, vectors
from .ties import TiePoints

_STYLE = """
body{font:15px/1.45 system-ui,sans-serif;color:#222;max-width:76rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
table{border-collapse:collapse;width:100%;font-size:.85rem}
th,td{border-bottom:1px solid #ccc;padding:.3rem .4rem;text-align:right;vertical-align:top}
th:first-child,td:first-child,td.t{text-align:left}
.no{color:#a02020}.yes{color:#206020}
td{white-space:nowrap}td.t{white-space:normal}
figure{display:inline-block;vertical-align:top;margin:.5rem 1rem .5rem 0}figcaption{font-size:.85rem;max-width:26rem}
svg{background:#f6f4f0;border:1px solid #ccc}
"""
_HEAD = ("Product", "Time (UTC)", "MY", "Ls", "Sun: incidence, azimuth", "Emission", "Valid", "Shift x, y (px)",
         "Residual (px)", "Estimators differ (px)", "Loop (px)", "Tie points", "Decision")  # fmt: skip


@dataclass(frozen=True)
class Findings:
    """What else a report tells: of the base map, the loops, each epoch's own fields, and figures that blink."""

    base: str = ""
    loops: Sequence[Loop] = ()
    extras: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    blinks: Mapping[str, str] = field(default_factory=dict)
    style: str = ""


def write_report(series: Series, ties: Mapping[str, TiePoints], path: Path, findings: Findings | None = None) -> None:
    """Write the report. ``ties`` holds the epochs' tie points, by product id."""
    write_text(path, report_html(series, ties, findings))


def report_html(series: Series, ties: Mapping[str, TiePoints], findings: Findings | None = None) -> str:
    """The report's text. Everything that came from files is escaped."""
    findings = findings or Findings()
    grid = series.grid
    unit = f"{grid.pixel_size:g} m a pixel" if grid.crs else "no CRS: pixels only"
    parts = [
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>MarsCD series</title>",
        f"<style>{_STYLE}{STYLE}{findings.style}</style></head><body><h1>Series of {len(series.epochs)} epochs</h1>",
        f"<p>Grid of {grid.width} x {grid.height} pixels, {unit}. Reference: <b>{escape(series.reference)}</b>. ",
        "Shifts and residuals are pixels of this grid. The residual is the RMS of tie points held out of the fit; ",
        "the estimators that differ are feature matches and phase correlation; the loop is what is left ",
        "after going from the reference over two epochs and back.</p>",
        f"<p>{escape(findings.base[:1].upper() + findings.base[1:])}.</p>" if findings.base else "",
        "<table><thead><tr>",
        *(f"<th>{h}</th>" for h in _HEAD),
        "</tr></thead><tbody>",
    ]
    for epoch in series.epochs:
        r = epoch.registration
        shift = f"{r.shift_x_px:.2f}, {r.shift_y_px:.2f}" if r else ""
        cells = (
            epoch.product_id, epoch.time.strftime("%Y-%m-%d %H:%M"), str(epoch.mars_year),
            f"{epoch.solar_longitude:.1f}", _sun(epoch.incidence, epoch.sub_solar_azimuth),
            _number(epoch.emission, 1), f"{epoch.valid_fraction:.0%}", shift,
            _number(r.residual_px if r else None, 2), _number(r.disagreement_px if r else None, 2),
            _loop(findings.loops, epoch.product_id), str(r.tie_point_count) if r else "",
        )  # fmt: skip
        # The reason stands with the epoch's pictures; here it would crowd the numbers.
        decision = f"<td class='t yes'>{'the reference' if epoch.product_id == series.reference else 'accepted'}</td>"
        parts.append("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in cells) + decision + "</tr>")
    for name, reason in series.refused:
        parts.append(
            f"<tr><td>{escape(name)}</td>"
            f"<td class='t no' colspan='{len(_HEAD) - 1}'>refused: {escape(reason)}</td></tr>"
        )
    parts.append("</tbody></table>")
    parts += [_epoch_section(e.product_id, series, ties, findings) for e in series.epochs]
    parts.append(_loops_table(findings.loops, series.reference))
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


def _epoch_section(name: str, series: Series, ties: Mapping[str, TiePoints], findings: Findings) -> str:
    """One epoch: what was decided, what was masked, its figures."""
    epoch = series.epoch(name)
    extra = findings.extras.get(name, {})
    lines = []
    if epoch.registration is not None:
        lines.append(f"Accepted: {epoch.registration.reason}.")
    loops = [loop for loop in findings.loops if name in (loop.first, loop.second)]
    lines += [f"Loop with {loop.second if loop.first == name else loop.first}: {loop.reason}." for loop in loops]
    masked = extra.get("masked")
    if isinstance(masked, Mapping):
        shares = [f"{word} {float(share):.2%}" for word, share in masked.items() if share >= 5e-5]
        lines.append("Of the grid: " + (", ".join(shares) if shares else "nothing is masked") + ".")
    for key in ("shadow_rule", "terrain", "relief"):
        if extra.get(key):
            said = str(extra[key])
            lines.append(said[:1].upper() + said[1:] + ".")
    figures = []
    found = ties.get(name)
    if found is not None and len(found.points):
        figures += [vectors(name, found, series.grid), histogram(name, found)]
    if name in findings.blinks:
        figures.append(findings.blinks[name])
    if not figures and not extra:
        return ""
    # The heading says which epoch: a picture's caption need not.
    return f"<h2>{escape(name)}</h2><p>{'<br>'.join(map(escape, lines))}</p>{''.join(figures)}"


def _loops_table(loops: Sequence[Loop], reference: str) -> str:
    if not loops:
        return ""
    rows = "".join(
        f"<tr><td>{escape(reference)} - {escape(loop.first)} - {escape(loop.second)} - {escape(reference)}</td>"
        f"<td>{_number(loop.rms, 2)}</td><td>{_number(loop.worst, 2)}</td>"
        f"<td class='t {'yes' if loop.closes else 'no'}'>{escape(loop.reason)}</td></tr>"
        for loop in loops
    )
    return (
        "<h2>Does the series close?</h2><table><thead><tr><th>Round</th><th>RMS (px)</th><th>Worst (px)</th>"
        f"<th>Verdict</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _loop(loops: Sequence[Loop], name: str) -> str:
    """The worst of an epoch's loops."""
    values = [loop.rms for loop in loops if name in (loop.first, loop.second) and loop.rms is not None]
    return f"{max(values):.2f}" if values else ""


def _sun(incidence: float | None, azimuth: float | None) -> str:
    known = [v for v in (_number(incidence, 1), _number(azimuth, 1)) if v]
    return ", ".join(known)


def _number(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}"
