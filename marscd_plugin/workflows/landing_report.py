"""The page of ranked candidate sites: the table, how the order came about, and what could not be seen."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from ..change.page import number, page, table, warning
from ..common.provenance import Provenance
from ..products.spectra import INDICES
from .landing_minerals import CONTEXT, DEPTHS, GROUPS
from .landing_order import COMPONENTS

if TYPE_CHECKING:
    from .landing import LandingJob, LandingResult, Ranked

_PAPERS = {
    "VB14": "Viviano-Beck et al. 2014, J. Geophys. Res. Planets 119, 1403-1431, doi 10.1002/2014JE004627",
    "P07": "Pelkey et al. 2007, J. Geophys. Res. 112, E08S14, doi 10.1029/2006JE002831",
}
#: What is never to be read into this table.
UNSEEN = (
    "Halite and other chlorides have no absorption in CRISM's range (0.4 to 3.9 micrometres): nothing here confirms or "
    "excludes them. ISLOPE1, BD3000 and IRR2 are context only, and dry dust looks alike.",
    "Spectra tell of the uppermost fraction of a millimetre. Dust hides what lies below.",
    "A spectral index above its limit is a hint, not a proof: noise, leftover atmosphere and ice give values too. Look "
    "at the spectrum, divided by that of a bland place in the same columns.",
    "Rocks, thin dust, winds, temperature, radar reflectivity and how well the ground bears are not looked at. A slope "
    "holds at its baseline only: the ground can be steeper over shorter lengths.",
    "This is a first sorting of candidates by remote data; it certifies no site as safe.",
)


def report_html(job: LandingJob, result: LandingResult, made: Provenance) -> str:
    """The whole page. What was not measured is a dash, never 0."""
    return page(
        "Candidate landing areas",
        *_first(job, result),
        "<h2>The order</h2>",
        _order_table(result),
        *_remarks(result),
        *_how(job),
        "<h2>Slope and elevation</h2>" if job.dtm else "",
        _terrain_table(job, result) if job.dtm else "",
        "<h2>Mineral context</h2>" if job.minerals else "",
        _mineral_table(result) if job.minerals else "",
        _indices(job) if job.minerals else "",
        "<h2>What cannot be seen</h2>",
        "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in UNSEEN) + "</ul>",
        "<h2>Made from</h2>",
        f"<pre>{escape(json.dumps(made.as_dict(), indent=2))}</pre>",
    )


def _first(job: LandingJob, result: LandingResult) -> list[str]:
    count = len(result.rows)
    best = result.rows[0]
    said = [f"<p>{count} candidate{'s' if count != 1 else ''} on Mars. "]
    if count == 1 or best.place.score is None:
        said[0] += "Nothing can be put in an order: fewer than two candidates are known by the same measure.</p>"
    else:
        said[0] += (
            f"First in the order: <b>{escape(best.site.name)}</b>, score {best.place.score:.2f} "
            f"from {best.place.evidence:.0%} of the evidence asked for.</p>"
        )
    from .landing import LONG_BASELINE, LONG_WORDS

    if result.baseline is not None and result.baseline > LONG_BASELINE:
        said.append(warning(LONG_WORDS.format(baseline=f"{result.baseline:,.0f}")))
    weak = sum(1 for r in result.rows if r.site.weak)
    if weak:
        said.append(warning(f"{weak} of {count} analogue matches are weak: their likeness says little."))
    for given, known, lack, unknown in (
        (bool(job.dtm), result.with_terrain, "No DTM", "slope and elevation are not known"),
        (bool(job.minerals), result.with_minerals, "No CRISM product", "the mineral context is not known"),
    ):
        if not given:
            said.append(warning(f"{lack} was given: {unknown}."))
        elif known < count:
            said.append(warning(f"{lack} covers {count - known} of the {count} sites: {unknown} there."))
    return said


def _order_table(result: LandingResult) -> str:
    rows: list[list[str | tuple[str]]] = []
    for row in result.rows:
        standing = row.place.standings
        rows.append([
            str(row.place.rank), (row.site.name,), number(row.longitude, 4), number(row.latitude, 4),
            number(row.place.score, 2), _percent(row.place.evidence),
            *(number(standing[name], 2) for name in COMPONENTS),
            number(row.site.distance, 3), number(row.site.percentile, 2),
        ])  # fmt: skip
    places = ("rank", "name", "longitude", "latitude", "score", "evidence")
    heads = [*places, *COMPONENTS, "distance", "percentile %"]
    said = "<p>Under likeness, slope, elevation and minerals stand the standings (0 to 1), not the measures.</p>"
    return said + table(heads, rows)


def _remarks(result: LandingResult) -> list[str]:
    """What must be known of single sites, one line each."""
    items = [
        f"<li>{row.place.rank}. <b>{escape(row.site.name)}</b>: {escape('; '.join(row.notes))}</li>"
        for row in result.rows
        if row.notes
    ]
    return ["<p>Before you believe a row:</p>", "<ul>", *items, "</ul>"] if items else []


def _how(job: LandingJob) -> list[str]:
    weights = ", ".join(f"{name} {job.weights.of(name):g}" for name in COMPONENTS)
    meaning = (
        ("likeness", "the percentile of the analogue distance among random chips (then the distance): less is better"),
        ("slope", f"the share of ground no steeper than {job.steep:g} degrees: more is better"),
        ("elevation", f"the share of ground below {job.low:,.0f} m: more is better (air to brake in)"),
        ("minerals", f"the share of ground with the group {job.mineral.lower()}: more is better"),
    )
    items = "".join(f"<li><b>{name}</b>: {escape(text)}</li>" for name, text in meaning)
    return [
        "<p>A standing is the share of the other candidates, of which the same is known, that a site betters (as good "
        "counts half): 1 is the best, 0 the last. The score is the mean of a site's standings, weighted: "
        f"{escape(weights)}. What is not known of a site is left out of its mean, and counts neither for nor against "
        "it; evidence is the share of all weight that was known. A source that covers less than "
        f"{job.least_coverage:.0%} of a site is shown and left out of the order.</p><ul>{items}</ul>",
        "<p>The limits given as defaults, 15 degrees and -1,000 m, are those of the Mars Science Laboratory's site "
        "selection (Golombek et al. 2012, doi 10.1007/s11214-012-9916-y; its 15 degrees held over 2 to 5 m). They are "
        "one mission's, not a law.</p>",
    ]


def _terrain_table(job: LandingJob, result: LandingResult) -> str:
    heads = ["rank", "name", "mean m", "lowest m", "highest m", f"below {job.low:,.0f} m", "slope median",
             "slope 95 %", f"steeper than {job.steep:g}", "baseline m", "covered"]  # fmt: skip
    rows: list[list[str | tuple[str]]] = []
    for row in result.rows:
        t = row.terrain
        if t is None or not t.coverage:
            rows.append([str(row.place.rank), (row.site.name,), *["-"] * 8, "0 %"])
            continue
        rows.append([
            str(row.place.rank), (row.site.name,), number(t.mean, 0), number(t.least, 0), number(t.most, 0),
            _percent(t.low), number(t.slope_median, 2), number(t.slope_p95, 2), _percent(t.steep),
            number(row.baseline, 0 if (row.baseline or 0) >= 10 else 1), _percent(t.coverage),
        ])  # fmt: skip
    return (
        f"<p>From {escape(job.dtm)}. Slopes (degrees) are those over the stated baseline; heights are as the DTM gives "
        "them.</p>" + table(heads, rows)
    )


def _mineral_table(result: LandingResult) -> str:
    heads = ["rank", "name", *(f"{g} share" for g in GROUPS), *(f"{n} 95 %" for n in DEPTHS),
             *(f"{n} median" for n in CONTEXT), "covered", "source"]  # fmt: skip
    return table(heads, [_mineral_row(row) for row in result.rows])


def _mineral_row(row: Ranked) -> list[str | tuple[str]]:
    m = row.minerals
    start: list[str | tuple[str]] = [str(row.place.rank), (row.site.name,)]
    if m is None or not m.coverage:
        return [*start, *["-"] * (len(GROUPS) + len(DEPTHS) + len(CONTEXT)), "0 %", ("",)]
    return [
        *start,
        *(_percent(m.shares.get(g)) for g in GROUPS),
        *(number(m.values.get(n), 4) for n in (*DEPTHS, *CONTEXT)),
        _percent(m.coverage),
        (m.source.replace("\\", "/").rsplit("/", 1)[-1],),
    ]


def _indices(job: LandingJob) -> str:
    """What each group and index is, and where its formula is from."""
    groups = "".join(
        f"<li><b>{name}</b>: {' and '.join(GROUPS[name])} above {job.depth:g} in one pixel</li>" for name in GROUPS
    )
    rows = [
        [(name,), (INDICES[name].title,), (_PAPERS.get(INDICES[name].source, INDICES[name].source),)]
        for name in (*DEPTHS, *CONTEXT)
    ]
    return (
        f"<p>A group counts in a pixel where all its indices exceed {job.depth:g}: a choice, to be changed to what the "
        f"noise of the scene allows.</p><ul>{groups}</ul>" + table(["index", "what it hints at", "formula"], rows)
    )


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f} %" if 0 < share < 0.1 else f"{100 * share:.0f} %"
