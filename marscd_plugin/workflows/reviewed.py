"""Compared pairs that a person judged: where they are, how many verdicts each has, what training needs of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from osgeo import ogr

from ..change.recut import provenance_of
from ..change.review import ACCEPTED, REJECTED, REVIEW, Label, Review, outline_of, read_review
from ..common.errors import InputError
from ..common.progress import Progress, Quiet, check
from ..common.rasters import grid_of, open_raster
from .compared import PROBABILITY, is_pair

#: Names of what a model can be told of a pair, in the order that training takes.
CONTEXT = ("incidence_before", "incidence_after", "azimuth_change", "residual_px")


@dataclass(frozen=True)
class Reviewed:
    """A pair and what was said of it. ``crs``: WKT of the outlines; ``register``: AFTER was laid on BEFORE for the
    comparison alone, and has to be again. ``bands`` and ``specials`` of BEFORE and AFTER."""

    before: str
    after: str
    name: str
    review: Review
    crs: str
    register: bool = False
    context: tuple[float | None, ...] = (None,) * 4
    bands: tuple[int, int] = (1, 1)
    specials: tuple[tuple[float, ...], tuple[float, ...]] = ((), ())


def counted(folder: Path, progress: Progress | None = None) -> list[tuple[Path, Review]]:
    """(pair's folder, its review) of every judged pair in a job's folder, a folder of pairs, or a pair's own.

    Raises InputError where a review is damaged.
    """
    progress = progress or Quiet()
    made = []
    for place in _places(Path(folder)):
        check(progress)
        first, _, second = place.name.partition("__")
        review = read_review(place, first, second)
        if review.labels:
            made.append((place, review))
    return made


def reviewed_pairs(folder: Path, progress: Progress | None = None) -> list[Reviewed]:
    """Every judged pair there, ready to learn from. Raises InputError: none, or images that are gone."""
    found = counted(folder, progress)
    if not found:
        raise InputError(
            f"Nothing was judged in {folder}.",
            "Compare two dates, then accept and reject changes (the dock's Look through), or give BEFORE, AFTER and "
            "LABELS.",
        )
    return [_ready(place, review) for place, review in found]


def labelled_pair(before: str, after: str, labels: Sequence[tuple[str | None, Any]], crs: str) -> Reviewed:
    """One pair from outlines that the caller brings: (verdict, WKB of a polygon), in the CRS ``crs`` (WKT).

    The verdict None means accepted; outlines with another word are left out. Raises InputError where no
    polygon is left.
    """
    made = []
    for verdict, wkb in labels:
        shape = ogr.CreateGeometryFromWkb(bytes(wkb))
        if shape is None or ogr.GT_Flatten(shape.GetGeometryType()) not in (ogr.wkbPolygon, ogr.wkbMultiPolygon):
            continue
        word = ACCEPTED if verdict is None else str(verdict).strip().lower()
        if word not in (ACCEPTED, REJECTED):
            continue
        shape.FlattenTo2D()
        made.append(Label(word, outline_of(shape), "drawn" if word == ACCEPTED else "found"))
    if not made:
        raise InputError(
            "LABELS holds no polygon with a verdict.",
            "Give polygons with the field verdict (accepted or rejected); without that field each counts as a change.",
        )
    first, second = Path(before).stem, Path(after).stem
    return Reviewed(before, after, f"{first} to {second}", Review(first, second, tuple(made)), crs)


def _places(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise InputError(f"{folder} is not a folder.", "Give a job's folder, or that of one compared pair.")
    if (folder / REVIEW).is_file():
        return [folder]
    changes = folder / "changes" if (folder / "changes").is_dir() else folder
    return [place for place in sorted(changes.iterdir()) if (place / REVIEW).is_file() and is_pair(place)]


def _ready(place: Path, review: Review) -> Reviewed:
    told = provenance_of(place / PROBABILITY)
    parameters = told.get("parameters") or {}
    images = [parameters.get(role) for role in ("before", "after")]
    for role, image in zip(("before", "after"), images, strict=True):
        if not isinstance(image, str) or not _there(image):
            raise InputError(
                f"The {role} image of {place.name} is gone ({image}).",
                "Put it back, or move the pair's folder away to leave it out.",
            )
    before, after = str(images[0]), str(images[1])
    return Reviewed(
        before,
        after,
        f"{review.before} to {review.after}",
        review,
        grid_of(open_raster(place / PROBABILITY)).crs,
        bool(parameters.get("register")),
        _context(parameters.get("context")),
        (_band(parameters.get("before_band")), _band(parameters.get("after_band"))),
        (_special(parameters.get("before_special")), _special(parameters.get("after_special"))),
    )


def _there(image: str) -> bool:
    # A GDAL name that is no path (/vsi..., a sub-dataset) is left to GDAL.
    return bool(image) and (not Path(image).is_absolute() or image.startswith("/vsi") or Path(image).exists())


def _context(told: Any) -> tuple[float | None, ...]:
    if not isinstance(told, Mapping):
        return (None,) * 4
    return tuple(float(told[n]) if isinstance(told.get(n), int | float) else None for n in CONTEXT)


def _band(told: Any) -> int:
    return told if isinstance(told, int) and not isinstance(told, bool) and told > 0 else 1


def _special(told: Any) -> tuple[float, ...]:
    return tuple(float(v) for v in told or () if isinstance(v, int | float))


def fingerprint(pair: Reviewed) -> str:
    """What of a pair decides what is learned from it, as text."""
    outlines = [(label.verdict, label.origin, label.outline) for label in pair.review.labels]
    return json.dumps([pair.before, pair.after, pair.register, outlines])
