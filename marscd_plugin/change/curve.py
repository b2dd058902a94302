"""Seasonal curves: changed area against solar longitude, one line a Mars Year; as a table and a drawing."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime, timezone
from pathlib import Path

from ..common.errors import InputError
from ..common.files import write_text
from ..planet.time import mars_date, parse_utc

_MAX_BYTES = 16 << 20
_MOST_ROWS = 100_000


@dataclass(frozen=True)
class CurvePoint:
    """One date. Areas in m2, None where they are not known.

    ``seen``: where the feature is there at that date; ``known``: how much of the ground that ever changed it sees;
    ``observed``: how much of all the ground; ``appeared`` and ``faded`` since the date before that saw the place;
    ``alone``: what this image alone shows, in no other sum. ``suspect``: the image as a whole stands apart.
    """

    time: datetime
    mars_year: int
    solar_longitude: float
    product_id: str = ""
    seen: float | None = None
    known: float | None = None
    observed: float | None = None
    appeared: float | None = None
    faded: float | None = None
    alone: float | None = None
    suspect: bool = False

    @property
    def share(self) -> float | None:
        """Share (0..1) of the ground that ever changed and is seen at this date that shows the feature."""
        return None if self.seen is None or not self.known else min(self.seen / self.known, 1.0)


HEADS = {
    "time": "time", "mars_year": "mars_year", "solar_longitude": "ls", "product_id": "product_id", "seen": "seen_m2",
    "known": "known_m2", "observed": "observed_m2", "appeared": "appeared_m2", "faded": "faded_m2", "alone": "alone_m2",
    "suspect": "suspect",
}  # fmt: skip


def point_at(time: datetime, **values: object) -> CurvePoint:
    """A point with its Mars date from its time."""
    date = mars_date(time)
    return CurvePoint(time, date.mars_year, date.solar_longitude, **values)  # type: ignore[arg-type]


def write_curve(path: Path | str, points: Sequence[CurvePoint]) -> None:
    """Write as CSV, one row a date; an unknown number is empty. Raises OutputError."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*HEADS.values(), "share"])
    for point in points:
        writer.writerow([_cell(v) for v in (*astuple(point), point.share)])
    write_text(path, out.getvalue())


def read_curve(path: Path | str) -> list[CurvePoint]:
    """Read ``write_curve``'s table. Raises InputError."""
    path = Path(path)
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ValueError("it is too large")
        reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
        missing = sorted(set(HEADS.values()) - set(reader.fieldnames or ()))
        if missing:
            raise ValueError(f"it lacks {', '.join(missing[:3])}")
        rows = list(reader)
        if len(rows) > _MOST_ROWS:
            raise ValueError("it has too many rows")
        return [_point(row) for row in rows]
    except (OSError, ValueError, KeyError, TypeError, csv.Error, InputError) as error:
        raise InputError(
            f"{path} cannot be read as a curve ({error}).", "Choose the CURVE that marscd:detectserieschanges wrote."
        ) from error


def curve_of_histories(texts: Iterable[str]) -> list[CurvePoint]:
    """The curve of objects' ``history`` (``time=seen/observed;...``). Raises InputError for one that is none."""
    sums: dict[datetime, list[float]] = {}
    for text in texts:
        try:
            for part in text.split(";"):
                when, _, areas = part.partition("=")
                seen, _, observed = areas.partition("/")
                total = sums.setdefault(parse_utc(when), [0.0, 0.0])
                total[0] += _finite(seen)
                total[1] += _finite(observed)
        except (ValueError, InputError) as error:
            raise InputError(
                f"{text[:60]!r} is no history of a change ({error}).", "Use the POLYGONS of a series."
            ) from error
    return [point_at(time, seen=sums[time][0], known=sums[time][1]) for time in sorted(sums)]


def curve_of_pairs(pairs: Iterable[tuple[datetime, str, float]]) -> list[CurvePoint]:
    """The curve of pairs' polygons: (AFTER's time, direction, area in m2). Only what appeared and faded is known."""
    sums: dict[datetime, dict[str, float]] = {}
    for time, direction, area in pairs:
        total = sums.setdefault(time, {"appeared": 0.0, "faded": 0.0})
        if direction in total:
            total[direction] += area
    return [point_at(time, **sums[time]) for time in sorted(sums)]


def by_year(points: Iterable[CurvePoint]) -> Mapping[int, list[CurvePoint]]:
    """Mars Year -> its points in order of solar longitude."""
    years: dict[int, list[CurvePoint]] = {}
    for point in sorted(points, key=lambda p: (p.mars_year, p.solar_longitude)):
        years.setdefault(point.mars_year, []).append(point)
    return years


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, bool):
        return int(value)
    return f"{value:.4f}" if isinstance(value, float) else value


def _point(row: Mapping[str, str]) -> CurvePoint:
    values: dict[str, object] = {}
    for field in fields(CurvePoint):
        text = row[HEADS[field.name]]
        if field.name == "time":
            values["time"] = parse_utc(text)
        elif field.name == "mars_year":
            values["mars_year"] = int(text)
        elif field.name == "product_id":
            values["product_id"] = text
        elif field.name == "suspect":
            values["suspect"] = text == "1"
        else:
            values[field.name] = None if text == "" else _finite(text)
    return CurvePoint(**values)  # type: ignore[arg-type]


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text!r} is no number")
    return value
