"""Candidate landing areas in one table: analogue likeness, slope, elevation, mineral context, an explained order."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from osgeo import ogr

from ..change.vectors import Column, Feature, write_polygons
from ..common.errors import InputError
from ..common.files import whole_file, write_json, write_text
from ..common.progress import Progress, check, parts
from ..common.provenance import Provenance
from ..common.words import Area
from ..planet import geometry
from ..planet.crs import geographic_wkt
from . import landing_minerals as crism
from .landing_order import Place, Weights, check_weights, order
from .landing_terrain import Dtm, TerrainFacts, baseline_of, middle_of, open_dtm, terrain_of

#: Which group's share of ground is the component "minerals".
MINERALS = {"HYDRATED": "hydrated", "POLYHYDRATED": "polyhydrated", "MONOHYDRATED": "monohydrated", "GYPSUM": "gypsum"}
MOST_SITES = 2000
#: Metres. The longest of the lengths that landers' limits of some 15 degrees are given for is far below.
LONG_BASELINE = 200.0
LONG_WORDS = "Slopes are taken over {baseline} m: they say nothing of the metres under a lander, where limits hold."


@dataclass(frozen=True)
class Site:
    """A candidate: its ground, and what an analogue search said of it (None or "" where it was never asked).

    ``place`` is (longitude, latitude) of a site that was given as a point; None: the middle of its area.
    """

    name: str
    area: Area
    distance: float | None = None
    percentile: float | None = None
    weak: bool | None = None
    target: str = ""
    match_rank: int | None = None
    reason: str = ""
    place: tuple[float, float] | None = None


@dataclass(frozen=True)
class LandingJob:
    """What to rank, by what, and where the table goes.

    ``baseline`` metres (None: two pixels of the DTM), ``steep`` degrees, ``low`` metres: the limits that ground is
    counted against. ``depth``: from where on a spectral index counts as there. ``mineral`` is one of MINERALS.
    A source that covers less than ``least_coverage`` (0..1) of a site is shown but does not enter the order.
    """

    sites: tuple[Site, ...]
    output: Path
    table: Path | None = None
    report: Path | None = None
    minerals: tuple[str, ...] = ()
    dtm: str = ""
    baseline: float | None = None
    steep: float = 15.0
    low: float = -1000.0
    depth: float = 0.02
    mineral: str = "POLYHYDRATED"
    weights: Weights = field(default_factory=Weights)
    least_coverage: float = 0.5


@dataclass(frozen=True)
class Ranked:
    """One row of the table: the site, what was measured and its place. ``baseline`` is None without a DTM."""

    site: Site
    longitude: float
    latitude: float
    area_km2: float
    terrain: TerrainFacts | None
    minerals: crism.MineralFacts | None
    place: Place
    baseline: float | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class LandingResult:
    """The rows, best first, and what was written."""

    rows: tuple[Ranked, ...]
    output: Path
    table: Path | None
    report: Path | None
    with_terrain: int
    with_minerals: int
    baseline: float | None


def rank_sites(job: LandingJob, progress: Progress) -> LandingResult:
    """Measure all sites, order them and write layer, table and report.

    Raises InputError (no sites, another body, a DTM that is none), ProductError, OutputError, CancelledError.
    """
    _check(job)
    measuring, writing = parts(progress, 95, 5)
    middle = middle_of([s.area for s in job.sites])
    dtm = open_dtm(job.dtm, "Mars", middle) if job.dtm else None
    sources = [crism.open_minerals(path, "Mars") for path in job.minerals]
    baseline = baseline_of(dtm, job.baseline, progress) if dtm else None
    if baseline is not None and baseline > LONG_BASELINE:
        progress.warn(LONG_WORDS.format(baseline=f"{baseline:,.0f}"))
    measured = []
    steps = parts(measuring, *[1] * len(job.sites))
    for site, step in zip(job.sites, steps, strict=True):
        check(progress)
        step.report(0.0, f"Measuring {site.name}")
        measured.append(_measure(job, site, dtm, baseline, sources, step))
    places = order([_merits(job, s, t, m) for s, (t, m) in zip(job.sites, measured, strict=True)], job.weights)
    rows = []
    for site, (terrain, minerals), place in zip(job.sites, measured, places, strict=True):
        lon, lat = site.place or geometry.centre(site.area)
        notes = _notes(job, site, terrain, minerals, place)
        size = geometry.area_m2(site.area) / 1e6
        rows.append(Ranked(site, lon, lat, size, terrain, minerals, place, baseline, notes))
    rows.sort(key=lambda r: r.place.rank)
    result = LandingResult(
        tuple(rows), job.output, job.table, job.report,
        sum(1 for r in rows if r.terrain is not None and r.terrain.coverage > 0),
        sum(1 for r in rows if r.minerals is not None and r.minerals.coverage > 0),
        baseline,
    )  # fmt: skip
    for missing, count, what in ((dtm, result.with_terrain, "The DTM"), (sources, result.with_minerals, "CRISM")):
        if missing and not count:
            progress.warn(f"{what} covers none of the sites: its columns are empty.")
    _write(job, result, writing)
    return result


def _check(job: LandingJob) -> None:
    if not job.sites:
        raise InputError("There is no candidate site.", "Give a layer with at least one point or polygon on Mars.")
    if len(job.sites) > MOST_SITES:
        raise InputError(f"There are {len(job.sites):,} sites.", f"Select the best {MOST_SITES:,} or fewer.")
    elsewhere = {s.area.body for s in job.sites} - {"Mars"}
    if elsewhere:
        raise InputError(f"Sites lie on {', '.join(sorted(elsewhere))}.", "Landing sites are ranked on Mars.")
    if job.mineral not in MINERALS:
        raise InputError(f"{job.mineral!r} is no group of minerals.", f"Choose one of {', '.join(MINERALS)}.")
    check_weights(job.weights)


def _measure(
    job: LandingJob, site: Site, dtm: Dtm | None, baseline: float | None, sources: Sequence[crism.Minerals],
    progress: Progress,
) -> tuple[TerrainFacts | None, crism.MineralFacts | None]:  # fmt: skip
    slices = parts(progress, *([1] * (len(sources) + 1)))
    terrain = None
    if dtm is not None and baseline is not None:
        terrain = terrain_of(dtm, site.area, baseline, job.steep, job.low, slices[0], site.name)
    best: crism.MineralFacts | None = None
    for source, step in zip(sources, slices[1:], strict=True):
        found = crism.minerals_of(source, site.area, job.depth, step)
        if best is None or found.coverage > best.coverage:
            best = found
    return terrain, best


def _merits(
    job: LandingJob, site: Site, terrain: TerrainFacts | None, minerals: crism.MineralFacts | None
) -> dict[str, float | None]:
    """Component -> a number that is larger where the site is better; None where it is not known well enough."""
    merits: dict[str, float | None] = dict.fromkeys(("likeness", "slope", "elevation", "minerals"))
    # The percentile is comparable between targets; distance decides among equals.
    if site.percentile is not None:
        merits["likeness"] = -(site.percentile + 1e-6 * (site.distance or 0.0))
    elif site.distance is not None:
        merits["likeness"] = -site.distance
    if terrain is not None and terrain.coverage >= job.least_coverage:
        merits["slope"] = None if terrain.steep is None else 1.0 - terrain.steep
        merits["elevation"] = terrain.low
    if minerals is not None and minerals.coverage >= job.least_coverage:
        merits["minerals"] = minerals.shares.get(MINERALS[job.mineral])
    return merits


def _notes(
    job: LandingJob, site: Site, terrain: TerrainFacts | None, minerals: crism.MineralFacts | None, place: Place
) -> tuple[str, ...]:
    """What a reader must know of this row before believing it."""
    notes = []
    if site.weak:
        notes.append("the analogue match is weak")
    if site.reason:
        notes.append(site.reason)
    if site.distance is None and site.percentile is None:
        notes.append("no analogue distance")
    for facts, name in ((terrain, "the DTM"), (minerals, "CRISM")):
        if facts is not None and facts.coverage == 0:
            notes.append(f"outside {name}")
        elif facts is not None and facts.coverage < job.least_coverage:
            notes.append(f"{name} covers only {facts.coverage:.0%}: not in the order")
    if terrain is not None and terrain.coverage > 0 and terrain.mean is None:
        notes.append("the DTM gives radii, not heights: no elevation")
    if terrain is not None and terrain.steep is not None and terrain.steep > 0.1:
        notes.append(f"{terrain.steep:.0%} of the ground is steeper than {job.steep:g} degrees")
    if place.score is None:
        notes.append("nothing to compare it by")
    return tuple(notes)


# -- what is written ------------------------------------------------------------------------------------------------

_REAL, _INTEGER, _TEXT = "real", "integer", "text"
COLUMNS = (
    Column("rank", _INTEGER), Column("name", _TEXT), Column("longitude", _REAL), Column("latitude", _REAL),
    Column("area_km2", _REAL), Column("score", _REAL), Column("evidence", _REAL),
    Column("likeness_standing", _REAL), Column("slope_standing", _REAL), Column("elevation_standing", _REAL),
    Column("minerals_standing", _REAL),
    Column("distance", _REAL), Column("percentile", _REAL), Column("weak", _INTEGER), Column("target", _TEXT),
    Column("match_rank", _INTEGER),
    Column("elevation_mean", _REAL), Column("elevation_min", _REAL), Column("elevation_max", _REAL),
    Column("low_share", _REAL), Column("slope_median", _REAL), Column("slope_p95", _REAL), Column("steep_share", _REAL),
    Column("slope_baseline", _REAL), Column("dtm_coverage", _REAL),
    *(Column(f"{group}_share", _REAL) for group in crism.GROUPS),
    *(Column(f"{name.lower()}_p95", _REAL) for name in crism.DEPTHS),
    *(Column(f"{name.lower()}_median", _REAL) for name in crism.CONTEXT),
    Column("crism_coverage", _REAL), Column("crism_source", _TEXT), Column("notes", _TEXT),
)  # fmt: skip


def values_of(row: Ranked) -> tuple[Any, ...]:
    """A row's values in the order of COLUMNS; None is null."""
    site, place = row.site, row.place
    # A source that was not given has no coverage; one that misses the site covers 0 of it, and measures nothing.
    terrain = row.terrain or TerrainFacts(0.0)
    minerals = row.minerals or crism.MineralFacts(0.0)
    return (
        place.rank, site.name, row.longitude, row.latitude, row.area_km2, place.score, place.evidence,
        *(place.standings[name] for name in ("likeness", "slope", "elevation", "minerals")),
        site.distance, site.percentile, None if site.weak is None else int(site.weak), site.target or None,
        site.match_rank,
        terrain.mean, terrain.least, terrain.most, terrain.low, terrain.slope_median, terrain.slope_p95, terrain.steep,
        row.baseline if terrain.coverage else None, terrain.coverage if row.terrain else None,
        *(minerals.shares.get(group) for group in crism.GROUPS),
        *(minerals.values.get(name) for name in crism.DEPTHS),
        *(minerals.values.get(name) for name in crism.CONTEXT),
        minerals.coverage if row.minerals else None, Path(minerals.source).name or None, "; ".join(row.notes) or None,
    )  # fmt: skip


def _write(job: LandingJob, result: LandingResult, progress: Progress) -> None:
    from .landing_report import report_html

    features = (Feature(_multipolygon(row.site.area), values_of(row)) for row in result.rows)
    with whole_file(job.output) as part:
        write_polygons(part, geographic_wkt("Mars"), COLUMNS, features)
    made = Provenance("ranklandingsites", [job.dtm, *job.minerals], {
        "sites": len(job.sites), "baseline": result.baseline, "steep": job.steep, "low": job.low, "depth": job.depth,
        "mineral": job.mineral, "least_coverage": job.least_coverage, "weights": job.weights,
    })  # fmt: skip
    write_json(job.output.with_name(job.output.name + ".provenance.json"), made.as_dict())
    progress.report(0.5)
    if job.table is not None:
        text = io.StringIO(newline="")
        lines = csv.writer(text, lineterminator="\n")
        lines.writerow([c.name for c in COLUMNS])
        for row in result.rows:
            lines.writerow(["" if v is None else _shown(v) for v in values_of(row)])
        write_text(job.table, text.getvalue())
    if job.report is not None:
        write_text(job.report, report_html(job, result, made))
    progress.report(1.0)


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.8g}"
    # A cell that begins like a formula must not become one in a spreadsheet.
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in "=+-@" else text


def _multipolygon(area: Area) -> ogr.Geometry:
    return ogr.CreateGeometryFromWkb(geometry.to_shapely(area).wkb)
