"""What a search says in words, and its surface over longitude and latitude."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..analogue.index import Index
from ..analogue.page import place
from ..analogue.surface import Mark, SurfaceAxes, surface_picture
from ..common.provenance import Provenance
from ..common.words import Grid, Match
from ..planet.crs import geographic_wkt, spatial_reference, transformer
from .analogue_kept import Kept

#: Of the map's span that longitudes may differ between its north and south edge, to be drawn as one axis.
_SKEW = 0.1
_MARKS = 5


def summary_of(matches: Sequence[Match], kept: Kept, own: str, refined: bool) -> tuple[str, bool]:
    """One or two plain sentences on what the best match means, and whether it is weak.

    A match on the target's own ground says nothing: the best elsewhere is what counts.
    """
    if not matches:
        return "There is no match: no place of the search area is left to be listed.", True
    elsewhere = [m for m in matches if own not in m.reason]
    if not elsewhere:
        return "Every match shares ground with the target itself: nothing elsewhere was compared.", True
    best = elsewhere[0]
    if refined and not (accepted := best.index in kept.accepted):
        ranked = "The first in rank after your verdicts"
    elif refined and accepted:
        ranked = "The first match that you accepted"
    else:
        ranked = "The best match"
    if len(elsewhere) < len(matches):
        ranked += " elsewhere"
    where = place(best.chip.longitude, best.chip.latitude)
    where = f"x {best.chip.x:.0f}, y {best.chip.y:.0f}" if where == "-" else where
    if kept.body and where != "-":
        where += f" on {kept.body}"
    if best.weak:
        said = (
            f"{ranked} is weak: {best.reason}. It lies at {where}, at a distance of {best.distance:.3g} from "
            f"{best.target}."
        )
        return said, True
    said = (
        f"{ranked} stands out: it lies at {where}, at a distance of {best.distance:.3g} from {best.target}, and "
        f"{best.percentile:.2g} % of random places of the search area are as near."
    )
    weak = sum(m.weak for m in matches)
    if weak:
        said += f" Of the {len(matches)} matches listed {weak} {'is' if weak == 1 else 'are'} weak."
    if len(elsewhere) < len(matches):
        said += " What lies on the target's own ground is listed too, and says nothing."
    return said, False


def facts_of(index: Index, kept: Kept, matches: Sequence[Match], record: Provenance) -> list[tuple[str, str]]:
    """Names and values for the page."""
    unit = "m" if kept.body else "pixels"
    facts = [
        ("Searched", f"{kept.search} ({kept.body or 'no CRS'})"),
        ("Places compared", f"{int(index.usable.sum()):,} of {index.count:,}"),
        ("Chips", f"{kept.chip_size:g} {unit}, every {kept.step:g} {unit}"),
        ("Ground scale", f"{kept.chip_size / kept.chip_px:.3g} {unit} a pixel"),
        *((f"Target {t.name}", f"{t.image} ({len(t.rows)} chip{'s' if len(t.rows) != 1 else ''})")
          for t in kept.targets),
        ("Matches", f"{len(matches)}, of them {sum(m.weak for m in matches)} weak"),
        ("Model", record.model),
        ("Device", kept.device),
    ]  # fmt: skip
    if kept.accepted or kept.rejected:
        facts.append(("Verdicts", f"{len(kept.accepted)} accepted, {len(kept.rejected)} rejected"))
    return facts


def unseen_of(index: Index, kept: Kept, listed: int, count: int) -> list[str]:
    """What a search did not look at, in sentences."""
    words = {"nodata": "hold no data", "texture": "have no texture", "vector": "gave no vector"}
    said = [f"{n:,} places {words.get(why, why)}: they were not compared." for why, n in index.unusable().items()]
    said.append(
        f"Places that overlap a better match are not listed again; {listed} of at most {count} matches are listed, and "
        "DISTANCE holds every place."
    )
    said.append(
        "Chips are grey and each is normalised on its own: colour, absolute brightness and haze do not decide, and so "
        "minerals do not either."
    )
    said.append(f"Landforms much larger or much smaller than a chip of {kept.chip_size:g} cannot be recognised.")
    return said


def surface_of(kept: Kept, distance: np.ndarray, matches: Sequence[Match]) -> bytes | None:
    """The surface picture of a search. Raises MissingPackageError."""
    axes = axes_of(kept.grid, kept.body, kept.step)
    marks = []
    for m in matches[:_MARKS]:
        column, row = kept.cells[m.index].tolist()
        marks.append(Mark(float(axes.x[column]), float(axes.y[row]), m.distance, str(m.rank)))
    names = ", ".join(t.name for t in kept.targets)
    unit = "m" if kept.body else "pixels"
    note = f"{len(kept.cells):,} places, {kept.step:g} {unit} apart; chips of {kept.chip_size:g} {unit}."
    return surface_picture(distance, axes, f"How near each place is to: {names}", marks, note)


def axes_of(grid: Grid, body: str, step: float) -> SurfaceAxes:
    """The axes of a search's grid: degrees where its rows and columns follow them, else kilometres, else pixels."""
    columns, rows = np.arange(grid.width) + 0.5, np.arange(grid.height) + 0.5
    if not grid.crs:
        return SurfaceAxes(columns * step, -rows * step, False, "pixels")
    x, y = grid.left + columns * grid.pixel_size, grid.top - rows * grid.pixel_size
    if body in ("Mars", "Moon", "Earth"):
        edges = [transformer(grid.crs, geographic_wkt(body)).points(x, np.full_like(x, v))[0] for v in (y[0], y[-1])]
        sides = [transformer(grid.crs, geographic_wkt(body)).points(np.full_like(y, u), y)[1] for u in (x[0], x[-1])]
        if all(np.isfinite(v).all() for v in (*edges, *sides)):
            north, south = (np.unwrap(e, period=360.0) for e in edges)
            if _alike(north, south, 360.0) and _alike(sides[0], sides[1], 0.0):
                turn = 360.0 * np.round((north[0] - south[0]) / 360.0)
                return SurfaceAxes((north + south + turn) / 2, (sides[0] + sides[1]) / 2)
    metre = spatial_reference(grid.crs).GetLinearUnits() or 1.0
    return SurfaceAxes((x - x.mean()) * metre / 1000.0, (y - y.mean()) * metre / 1000.0, False, "km")


def _alike(first: np.ndarray, second: np.ndarray, period: float) -> bool:
    apart = first - second
    if period:
        apart = (apart + period / 2) % period - period / 2
    span = max(abs(float(first[-1] - first[0])), abs(float(second[-1] - second[0])))
    return bool(np.abs(apart).max() <= _SKEW * max(span, 1e-12))
