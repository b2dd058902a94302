"""The matches of a search as rows for a list, read in a worker; what they come to, in words; verdicts back to disk."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ...common.errors import InputError
from ...common.files import whole_file
from ...common.words import Chip, Match
from ...planet.bodies import body
from ..words import tr

ACCEPTED, REJECTED = "accepted", "rejected"
#: Matches that a list shows at most.
MOST = 2_000
_WRITING = threading.Lock()


@dataclass(frozen=True)
class Row:
    """One match: see ``common.words.Match``. ``x``, ``y`` and ``half`` (half a chip's edge) are in the units of the
    layer's CRS; ``thumbnail`` and ``target_thumbnail`` (of the chip that it is nearest to) are files, or None."""

    index: int
    rank: int
    distance: float
    percentile: float | None
    weak: bool
    reason: str
    target: str
    longitude: float | None
    latitude: float | None
    x: float
    y: float
    half: float
    on: str
    thumbnail: Path | None
    target_thumbnail: Path | None
    verdict: str
    score: float | None


@dataclass(frozen=True)
class Found:
    """What a file of matches holds. ``crs`` is WKT, "" without one."""

    path: Path
    crs: str
    rows: tuple[Row, ...]


def read_found(path: Path) -> Found:
    """The rows of a MATCHES file by their ranks. For a worker. Raises InputError."""
    from ...analogue.matches import read_matches

    crs, rows = read_matches(path)
    unit = _metres_a_unit(crs)
    made = sorted((_row(path.parent, row, unit) for row in rows), key=lambda row: row.rank)
    return Found(path, crs, tuple(made[:MOST]))


def keep_verdicts(path: Path, verdicts: Mapping[int, str]) -> None:
    """Write ``verdicts`` (index -> verdict, "" for none) into the field ``verdict`` of a MATCHES file; what is not
    named keeps its own. For a worker. Raises InputError, OutputError."""
    from ...analogue.matches import MatchRow, read_matches, write_matches

    with _WRITING:
        crs, rows = read_matches(path)
        kept = []
        for row in rows:
            chip = Chip(
                "", _number(row, "x"), _number(row, "y"), _number(row, "size_m"), row.get("longitude"),
                row.get("latitude"), row.get("body") or "",
            )  # fmt: skip
            match = Match(
                chip, int(row["index"]), int(row["rank"]), _number(row, "distance"), row.get("target") or "",
                _number(row, "percentile"), bool(row.get("weak")), row.get("reason") or "",
            )  # fmt: skip
            verdict = verdicts.get(match.index, row.get("verdict") or "")
            kept.append(
                MatchRow(
                    match, row.get("thumbnail") or "", verdict, row.get("score"), row.get("target_thumbnail") or ""
                )
            )
        with whole_file(path) as part:
            write_matches(part, crs, kept)


def with_verdict(rows: Sequence[Row], index: int, verdict: str) -> tuple[Row, ...]:
    """The rows with another verdict on one of them."""
    return tuple(replace(row, verdict=verdict) if row.index == index else row for row in rows)


# In words


def headline(rows: Sequence[Row]) -> tuple[str, bool]:
    """(what the search came to, whether that is a warning): weak ones first."""
    if not rows:
        return tr("No place could be compared: all of the searched ground is empty or without texture."), True
    best = rows[0]
    weak = sum(row.weak for row in rows)
    count = tr("1 match") if len(rows) == 1 else tr("{count} matches").format(count=f"{len(rows):,}")
    if best.weak:
        reason = " " + best.reason.rstrip(".") + "." if best.reason else ""
        return tr("Weak: even the best match says little.") + reason, True
    said = tr("{count}. The best is {near}.").format(count=count, near=nearer(best.percentile))
    if weak:
        said += " " + tr("Weak: {weak} (marked ⚠).").format(weak=f"{weak:,}")
    return said, False


def nearer(percentile: float | None) -> str:
    """ "nearer than 99.8 % of random places": never more than was measured."""
    if percentile is None:
        return tr("not compared with random places")
    if percentile <= 0:
        return tr("nearer than all random places that were tried")
    share = 100.0 - percentile
    # Downwards: 99.96 is not 100.
    text = f"{int(share * 10) / 10:.1f}" if share >= 90 else f"{int(share)}"
    return tr("nearer than {share} % of random places").format(share=text)


def name(row: Row) -> str:
    """The first line of a match: its verdict's mark, its rank, its target."""
    mark = {ACCEPTED: "✓ ", REJECTED: "✗ "}.get(row.verdict, "")
    return mark + f"{row.rank} · {row.target or '?'}"


def lines(row: Row) -> list[str]:
    """What is said below the name."""
    said = [tr("distance {distance}").format(distance=f"{row.distance:.3f}")]
    near = nearer(row.percentile)
    said.append(("⚠ " + tr("weak: {near}").format(near=near)) if row.weak else near)
    if row.score is not None:
        said.append(tr("like your verdicts: {score} %").format(score=f"{100 * row.score:.0f}"))
    return [*said, place(row)]


def place(row: Row) -> str:
    """Where it is, in degrees as the body's maps have them; in pixels where nothing else is known."""
    if row.longitude is None or row.latitude is None:
        return tr("column {x}, row {y}").format(x=f"{row.x:.0f}", y=f"{abs(row.y):.0f}")
    north = f"{abs(row.latitude):.4f}° {'N' if row.latitude >= 0 else 'S'}"
    if row.on == "Earth":
        east = (row.longitude + 180) % 360 - 180
        return f"{abs(east):.4f}° {'E' if east >= 0 else 'W'}, {north}"
    return f"{row.longitude % 360:.4f}° E, {north}"


def tip(row: Row) -> str:
    """All that is known of a match."""
    said = [place(row), tr("Distance {distance}: 0 is the same picture, larger is less alike.").format(
        distance=f"{row.distance:.4f}")]  # fmt: skip
    if row.percentile is not None:
        said.append(
            tr(
                "Of places taken at random from the searched ground, {share} % are at least as near to the target "
                "(percentile)."
            ).format(share=f"{row.percentile:.2g}")
        )
    if row.weak:
        said.append(tr("Weak: {reason}").format(reason=row.reason or tr("chance gives as much.")))
    if row.verdict:
        said.append(tr("You said: more like this.") if row.verdict == ACCEPTED else tr("You said: not like this."))
    return "\n".join(said)


def judged(rows: Sequence[Row]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The numbers (field ``index``) of accepted and of rejected matches."""
    return (
        tuple(row.index for row in rows if row.verdict == ACCEPTED),
        tuple(row.index for row in rows if row.verdict == REJECTED),
    )


def _row(folder: Path, row: Mapping[str, Any], unit: tuple[float, float]) -> Row:
    on = str(row.get("body") or "")
    size = _number(row, "size_m")
    geographic, factor = unit
    metres = 111_000.0
    if geographic and on in ("Mars", "Moon", "Earth"):
        metres = body(on).radius * 0.017453292519943295
    verdict = str(row.get("verdict") or "").strip().lower()
    return Row(
        index=int(row["index"]),
        rank=int(row["rank"]),
        distance=_number(row, "distance"),
        percentile=_maybe(row.get("percentile")),
        weak=bool(row.get("weak")),
        reason=str(row.get("reason") or ""),
        target=str(row.get("target") or ""),
        longitude=_maybe(row.get("longitude")),
        latitude=_maybe(row.get("latitude")),
        x=_number(row, "x"),
        y=_number(row, "y"),
        half=size / 2 / (metres if geographic else factor),
        on=on,
        thumbnail=_inside(folder, str(row.get("thumbnail") or "")),
        target_thumbnail=_inside(folder, str(row.get("target_thumbnail") or "")),
        verdict=verdict if verdict in (ACCEPTED, REJECTED) else "",
        score=_maybe(row.get("score")),
    )


def _inside(folder: Path, relative: str) -> Path | None:
    """A file below ``folder``: a layer from elsewhere must not make us read anything else."""
    if not relative:
        return None
    path = (folder / relative).resolve()
    return path if path.is_relative_to(folder.resolve()) and path.suffix.lower() == ".png" else None


def _metres_a_unit(crs: str) -> tuple[float, float]:
    """(1 where the CRS counts in degrees else 0, metres a unit)."""
    from ...planet.crs import spatial_reference

    if not crs:
        return 0.0, 1.0
    try:
        found = spatial_reference(crs)
    except InputError:
        return 0.0, 1.0
    return (1.0, 1.0) if found.IsGeographic() else (0.0, found.GetLinearUnits() or 1.0)


def _number(row: Mapping[str, Any], name: str) -> float:
    value = row.get(name)
    return float(value) if value is not None else 0.0


def _maybe(value: Any) -> float | None:
    return None if value is None else float(value)
