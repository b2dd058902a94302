"""What a person said of a pair's changes: accepted, rejected, drawn anew. Kept beside the pair, each with its outline.

A verdict keeps the outline that was looked at, so it stands when mask and polygons are cut again at another threshold;
``match`` finds the new polygon that it belongs to. ``write_labels`` makes the layer that ``trainchangemodel`` takes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from osgeo import ogr

from ..common.errors import InputError
from ..common.files import whole_file, write_json
from .vectors import Column, Feature, write_polygons

#: The file in a pair's folder; the layer made of it.
REVIEW, LABELS = "review.json", "labels.fgb"
ACCEPTED, REJECTED = "accepted", "rejected"
VERDICTS = (ACCEPTED, REJECTED)
COLUMNS = (
    Column("verdict", "text"),
    Column("origin", "text"),
    Column("before_id", "text"),
    Column("after_id", "text"),
)
_LARGEST = 64 * 1024 * 1024
_MOST = 100_000
_MOST_CORNERS = 2_000_000
#: Two outlines are of the same change from this share of the smaller one in common.
_SAME = 0.5

Ring = tuple[tuple[float, float], ...]
#: Parts of a multipolygon, each its exterior ring and then holes, in the layer's CRS.
Outline = tuple[tuple[Ring, ...], ...]


@dataclass(frozen=True)
class Label:
    """One verdict. ``origin``: ``found`` by the model, ``redrawn`` by the user in its place, ``drawn`` where the model
    found nothing. ``outline`` is in the CRS of the pair's polygons."""

    verdict: str
    outline: Outline
    origin: str = "found"

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS or self.origin not in ("found", "redrawn", "drawn") or not self.outline:
            raise InputError("A verdict is neither accepted nor rejected.", "Judge the change again.")


@dataclass(frozen=True)
class Review:
    """All that was said of one pair."""

    before: str
    after: str
    labels: tuple[Label, ...] = ()

    def said(self, outline: Outline) -> Label | None:
        """The verdict on that outline, if there is one."""
        return next((label for label in self.labels if label.outline == outline), None)

    def count(self, verdict: str) -> int:
        return sum(label.verdict == verdict for label in self.labels)

    def with_label(self, label: Label, instead_of: Label | None = None) -> Review:
        """With this verdict, in the place of another on the same outline (or of ``instead_of``)."""
        gone = (instead_of, self.said(label.outline))
        return replace(self, labels=(*(one for one in self.labels if one not in gone), label))

    def without(self, label: Label) -> Review:
        """As if that had not been said."""
        return replace(self, labels=tuple(one for one in self.labels if one != label))


def read_review(folder: Path, before: str, after: str) -> Review:
    """The review in a pair's folder; an empty one where there is none. Raises InputError where it is damaged."""
    path = folder / REVIEW
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("it is too large")
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        labels = told["labels"]
        if told["version"] != 1 or len(labels) > _MOST:
            raise ValueError("it is of another version, or too long")
        budget = _MOST_CORNERS
        made = []
        for one in labels:
            outline, used = _outline(one["outline"], budget)
            budget -= used
            made.append(Label(str(one["verdict"]), outline, str(one["origin"])))
        return Review(str(told["before"]), str(told["after"]), tuple(made))
    except FileNotFoundError:
        return Review(before, after)
    except (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError, InputError) as error:
        raise InputError(
            f"The review {path} cannot be read ({error}).", "Move it away and judge again; the changes are untouched."
        ) from error


def write_review(folder: Path, review: Review) -> None:
    """Keep it in the pair's folder, whole. Raises OutputError."""
    write_json(
        folder / REVIEW,
        {
            "version": 1,
            "before": review.before,
            "after": review.after,
            "labels": [{"verdict": o.verdict, "origin": o.origin, "outline": o.outline} for o in review.labels],
        },
    )


def write_labels(path: Path, review: Review, crs: str) -> None:
    """The verdicts as polygons with the field ``verdict``; the format follows the ending. ``crs`` is the WKT of the
    pair's grid ("" without a CRS). Raises InputError where nothing was judged, OutputError."""
    if not review.labels:
        raise InputError(
            f"Nothing was judged yet for {review.before} with {review.after}.", "Accept or reject some changes first."
        )
    with whole_file(path) as place:
        write_polygons(place, crs, COLUMNS, _features(review))


def match(review: Review, outlines: Mapping[int, Outline]) -> dict[int, Label]:
    """Which verdict belongs to which polygon (id -> outline): the same outline, or else one with which at least half
    of the smaller one is shared. What was drawn where nothing was found belongs to none."""
    exact = {label.outline: label for label in review.labels if label.origin != "drawn"}
    found = {number: exact[outline] for number, outline in outlines.items() if outline in exact}
    left = [label for label in exact.values() if label not in found.values()]
    if not left:
        return found
    shapes = {n: (_box(o), o) for n, o in outlines.items() if n not in found}
    for label in left:
        box, geometry = _box(label.outline), None
        for number, (other_box, outline) in shapes.items():
            if number in found or not _touch(box, other_box):
                continue
            geometry = geometry or geometry_of(label.outline)
            other = geometry_of(outline)
            least = min(geometry.GetArea(), other.GetArea())
            shared = geometry.Intersection(other)
            if shared is not None and least > 0 and shared.GetArea() >= _SAME * least:
                found[number] = label
    return found


def geometry_of(outline: Outline) -> ogr.Geometry:
    """The outline as a valid multipolygon."""
    whole = ogr.Geometry(ogr.wkbMultiPolygon)
    for rings in outline:
        part = ogr.Geometry(ogr.wkbPolygon)
        for ring in rings:
            line = ogr.Geometry(ogr.wkbLinearRing)
            for x, y in ring:
                line.AddPoint_2D(x, y)
            line.CloseRings()
            part.AddGeometryDirectly(line)
        whole.AddGeometryDirectly(part)
    return whole if whole.IsValid() else ogr.ForceToMultiPolygon(whole.MakeValid())


def outline_of(geometry: ogr.Geometry) -> Outline:
    """A polygon or multipolygon as an outline."""
    parts = ogr.ForceToMultiPolygon(geometry.Clone())
    return tuple(
        tuple(
            tuple((float(p[0]), float(p[1])) for p in part.GetGeometryRef(r).GetPoints())
            for r in range(part.GetGeometryCount())
        )
        for part in (parts.GetGeometryRef(i) for i in range(parts.GetGeometryCount()))
    )


def _features(review: Review) -> Iterable[Feature]:
    for label in review.labels:
        yield Feature(geometry_of(label.outline), (label.verdict, label.origin, review.before, review.after))


def _outline(told: Any, budget: int) -> tuple[Outline, int]:
    """An outline from JSON, every number proved; and how many corners it has. Raises ValueError, TypeError."""
    made = tuple(tuple(tuple((float(x), float(y)) for x, y in ring) for ring in rings) for rings in told)
    corners = [point for rings in made for ring in rings for point in ring]
    if len(corners) > budget or not made:
        raise ValueError("its outlines have too many corners, or none")
    if any(len(ring) < 4 for rings in made for ring in rings) or not all(math.isfinite(v) for p in corners for v in p):
        raise ValueError("an outline is none")
    return made, len(corners)


def _box(outline: Outline) -> tuple[float, float, float, float]:
    points: Sequence[tuple[float, float]] = [p for rings in outline for p in rings[0]]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _touch(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]
