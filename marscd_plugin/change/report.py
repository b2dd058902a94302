"""A change map as a page to put beside a paper: pictures, measures, polygons, warnings, provenance.

One file that needs no other and loads nothing.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from osgeo import ogr

from ..common.errors import InputError
from ..common.files import write_text
from ..common.rasters import gdal_quiet, open_raster
from ..common.words import ChangeMap, Series
from .page import figure, number, page, table, warning
from .pictures import data_address, grey, thumbnail, with_probability

log = logging.getLogger(__name__)

#: Rows of the polygon table.
TOP = 50

#: (column, heading, digits) of the polygon table; digits None is text.
_TABLE: tuple[tuple[str, str, int | None], ...] = (
    ("change_id", "No.", 0),
    ("area_m2", "Area (m²)", 1),
    ("direction", "Direction", None),
    ("kind", "Kind", None),
    ("confidence", "Confidence", 2),
    ("contrast", "Contrast", 2),
    ("probability_mean", "Mean probability", 2),
    ("probability_max", "Max. probability", 2),
    ("length_m", "Length (m)", 1),
    ("width_m", "Mean width (m)", 1),
    ("azimuth", "Azimuth (°)", 0),
    ("longitude", "Longitude (°E)", 5),
    ("latitude", "Latitude (°)", 5),
)


def write_change_report(
    path: Path | str,
    maps: Sequence[ChangeMap],
    series: Series | None = None,
    title: str = "Changes on Mars",
    notes: Sequence[str] = (),
) -> None:
    """Write one HTML page of one or several change maps. ``series`` gives the epochs' pictures and dates.

    Without a series, the pictures of BEFORE and AFTER are those the probability's provenance names, where they still
    are. Raises OutputError.
    """
    body = [warning(note) for note in notes]
    if series is not None:
        body.append(_epochs(series))
    if len(maps) > 1:
        body.append(_overview(maps))
    body += [change_fragment(item, series) for item in maps]
    write_text(path, page(title, *body))


def change_fragment(item: ChangeMap, series: Series | None = None) -> str:
    """The section of one change map: escaped HTML with its pictures inside."""
    provenance = _provenance(item)
    shown = [f"<h2>{escape(item.before)} → {escape(item.after)}</h2>"]
    shown += [warning(text) for text in item.warnings]
    shown.append(_pictures(item, series, provenance))
    shown.append(_facts(item, provenance))
    shown.append(_polygons(item))
    if provenance:
        text = json.dumps(provenance, indent=2, ensure_ascii=False)
        shown.append(f"<details><summary>Provenance</summary><pre>{escape(text)}</pre></details>")
    return "\n".join(shown)


def _epochs(series: Series) -> str:
    rows = []
    for epoch in series.epochs:
        fit = epoch.registration
        residual = "reference" if epoch.product_id == series.reference else number(fit.residual_px if fit else None, 2)
        rows.append(
            (
                (epoch.product_id,),
                (epoch.time.strftime("%Y-%m-%d %H:%M"),),
                str(epoch.mars_year),
                number(epoch.solar_longitude, 1),
                number(epoch.incidence, 1),
                number(epoch.sub_solar_azimuth, 1),
                number(100 * epoch.valid_fraction, 0),
                residual,
            )
        )
    heads = ("Epoch", "UTC", "Mars Year", "Ls (°)", "Incidence (°)", "Sub-solar azimuth (°)", "Covered (%)",
             "Residual (px)")  # fmt: skip
    refused = "".join(warning(f"{name} was left out: {reason}") for name, reason in series.refused)
    return "<h2>Epochs</h2>" + table(heads, rows) + refused


def _overview(maps: Sequence[ChangeMap]) -> str:
    rows = [
        (
            (f"{m.before} → {m.after}",),
            number(m.changed_area, 1),
            f"{m.changed_pixels:,}",
            number(100 * m.changed_pixels / m.compared_pixels if m.compared_pixels else None, 3),
            f"{m.polygon_count:,}",
        )
        for m in maps
    ]
    heads = ("Pair", "Changed area (m²)", "Changed pixels", "Share of compared (%)", "Changes")
    return "<h2>Pairs</h2>" + table(heads, rows)


def _pictures(item: ChangeMap, series: Series | None, provenance: Mapping[str, Any]) -> str:
    try:
        likely = thumbnail(item.probability)
    except InputError as error:
        log.warning("no picture in the report: %s", error)
        return warning("The probability raster could not be read again for its picture.")
    figures, last = [], None
    for role, name in (("before", item.before), ("after", item.after)):
        source = _source(role, name, series, provenance)
        if source is None:
            continue
        try:
            last = thumbnail(source, band=_band(role, provenance) if series is None else 1)
        except InputError as error:
            log.warning("no picture of %s in the report: %s", name, error)
            last = None
            continue
        figures.append(figure(data_address(grey(last)[0]), f"{role.capitalize()}: {name}"))
    base = last if last is not None else likely
    caption = "Probability of change over AFTER" if last is not None and last.shape == likely.shape else "Probability"
    figures.append(figure(data_address(with_probability(base, likely)), f"{caption} (orange to red)"))
    return "<div>" + "".join(figures) + "</div>"


def _source(role: str, name: str, series: Series | None, provenance: Mapping[str, Any]) -> Path | None:
    """Where the picture of BEFORE or AFTER comes from, if it is still there."""
    if series is not None and any(e.product_id == name for e in series.epochs):
        return series.epoch(name).raster
    told = provenance.get("parameters", {}).get(role)
    return Path(told) if isinstance(told, str) and Path(told).is_file() else None


def _band(role: str, provenance: Mapping[str, Any]) -> int:
    band = provenance.get("parameters", {}).get(f"{role}_band", 1)
    return band if isinstance(band, int) else 1


def _facts(item: ChangeMap, provenance: Mapping[str, Any]) -> str:
    share = 100 * item.changed_pixels / item.compared_pixels if item.compared_pixels else None
    facts = (
        ("Changed area", f"{number(item.changed_area, 1)} m²" if item.changed_area is not None else "unknown (no CRS)"),
        ("Changed pixels", f"{item.changed_pixels:,} of {item.compared_pixels:,} compared ({number(share, 3)} %)"),
        ("Changes (polygons)", f"{item.polygon_count:,}"),
        ("Threshold", f"{item.threshold:g}"),
        ("False alarms to expect", _alarms(item)),
        ("Model", f"{provenance.get('model', '')} (SHA-256 {str(provenance.get('model_sha256', ''))[:16]}…)"),
        ("Device", item.device),
        ("Rasters", f"{item.probability.name}, {item.mask.name}"),
        ("Polygons", item.polygons.name),
    )
    return table((), [((name,), (value,)) for name, value in facts])


def _alarms(item: ChangeMap) -> str:
    if item.expected_false_per_mp is None:
        return "not said: too little was compared to tell"
    per_area = ""
    if item.expected_false_per_km2 is not None:
        per_area = f"{item.expected_false_per_km2:.3g} per km², "
    return (
        f"{per_area}{item.expected_false_per_mp:.3g} per megapixel (95 % bounds {item.expected_false_low:.2g} to "
        f"{item.expected_false_high:.2g}), told from this pair's own calm ground: places of 32 x 32 pixels"
    )


def _polygons(item: ChangeMap) -> str:
    with gdal_quiet():
        try:
            dataset = ogr.Open(str(item.polygons))
        except RuntimeError:
            dataset = None
    if dataset is None:
        return warning("The polygons could not be read again.")
    layer = dataset.GetLayer(0)
    # Changes that an earlier version wrote lack some.
    shown = [column for column in _TABLE if layer.GetLayerDefn().GetFieldIndex(column[0]) >= 0]
    # Ids count from the largest change down.
    layer.SetAttributeFilter(f"change_id <= {TOP}")
    found = sorted(
        ({name: feature.GetField(name) for name, _, _ in shown} for feature in layer), key=lambda row: row["change_id"]
    )
    if not found:
        return "<p>No change was found.</p>"
    rows = [[_shown(row[name], digits) for name, _, digits in shown] for row in found]
    more = f"<p>The {TOP} largest of {item.polygon_count:,}.</p>" if item.polygon_count > TOP else ""
    key = (
        "<p>Direction: <i>appeared</i> is darker in AFTER against the surroundings, <i>faded</i> brighter (the "
        "convention for dark features; read it the other way round for bright ones). Contrast is in units of the "
        "pair's robust spread. Confidence is the chance that one of its pixels truly changed, as far as the model's "
        "probabilities are right. Azimuth is clockwise from north. Areas and lengths are on the sphere.</p>"
    )
    return more + table([heading for _, heading, _ in shown], rows) + key


def _shown(value: Any, digits: int | None) -> str | tuple[str]:
    if digits is None:
        return ("-" if value is None else str(value),)
    return number(value, digits)


def _provenance(item: ChangeMap) -> dict[str, Any]:
    """What the probability raster says of itself; empty where it says nothing readable."""
    try:
        text = open_raster(item.probability).GetMetadataItem("MARSCD_PROVENANCE")
        value = json.loads(text) if text else {}
    except (InputError, ValueError) as error:
        log.warning("no provenance in the report: %s", error)
        return {}
    return value if isinstance(value, dict) else {}
