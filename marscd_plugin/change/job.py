"""What to compare: one frozen, JSON-able job, so that the same call runs here or in a worker."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from ..common.errors import InputError
from ..common.provenance import jsonable

#: Endings of polygon files that are written.
VECTOR_ENDINGS = (".fgb", ".gpkg", ".geojson", ".json")


@dataclass(frozen=True)
class DetectJob:
    """One pair to compare, where the results go, and how.

    ``threshold`` None takes the model's; ``min_area_m2`` drops smaller changes from mask and polygons alike;
    ``extent`` is (left, bottom, right, top) in ``extent_crs`` (WKT; "" means BEFORE's own CRS, or its pixel grid where
    it has none: columns 0..width, rows 0..-height). Ids default to the files' names; times are ISO UTC or "".
    ``registration`` is what is already known of how AFTER lies on BEFORE (as in ``Registration``). ``*_special`` are
    DNs that mean no measurement, besides nodata. ``threads`` None takes all cores. ``dtm`` is a raster of heights in
    metres for slopes, ``kind`` where a byte raster of kinds of change goes (for models that tell them); "" for none.
    ``context`` is what is known of the pair beside the images, by the names in the model's card; ``fast`` lets the
    model's screen look first, and the model only where that sees anything. ``false_alarms`` wishes for no more than so
    many false alarms per square kilometre (per megapixel where a pixel's size is unknown): the threshold follows.
    """

    before: str
    after: str
    model: str
    probability: str
    mask: str
    polygons: str
    device: str = "AUTO"
    threshold: float | None = None
    min_area_m2: float = 0.0
    extent: tuple[float, float, float, float] | None = None
    extent_crs: str = ""
    register: bool = False
    before_band: int = 1
    after_band: int = 1
    before_id: str = ""
    after_id: str = ""
    before_time: str = ""
    after_time: str = ""
    before_special: tuple[float, ...] = ()
    after_special: tuple[float, ...] = ()
    registration: Mapping[str, Any] = field(default_factory=dict)
    false_alarms: float | None = None
    threads: int | None = None
    tile: int | None = None
    dtm: str = ""
    kind: str = ""
    context: Mapping[str, float | None] = field(default_factory=dict)
    fast: bool = False

    def __post_init__(self) -> None:
        """Raise InputError for values that no run could use."""
        if self.threshold is not None and not 0.0 < self.threshold < 1.0:
            raise InputError(
                f"The threshold {self.threshold:g} is not between 0 and 1.", "Leave it empty for the model's."
            )
        if self.false_alarms is not None:
            if not (math.isfinite(self.false_alarms) and self.false_alarms > 0.0):
                raise InputError(
                    f"{self.false_alarms:g} false alarms cannot be wished for.", "Give a number above 0, or none."
                )
            if self.threshold is not None:
                raise InputError(
                    "A threshold and a number of false alarms were both given.", "Give one of them; the other follows."
                )
        if not (math.isfinite(self.min_area_m2) and self.min_area_m2 >= 0.0):
            raise InputError(
                f"The smallest area {self.min_area_m2:g} m2 is not a size.", "Give 0 or more square metres."
            )
        outputs = [_resolved(p) for p in (self.probability, self.mask, self.polygons, self.kind) if p]
        if len(set(outputs)) != len(outputs):
            raise InputError("Two of the outputs have the same file name.", "Give each output a name of its own.")
        for path in (self.before, self.after, self.model, self.dtm):
            if path and _resolved(path) in outputs:
                raise InputError(f"{path} is an input and an output.", "Choose another name for the output.")
        for path in (self.probability, self.mask, *([self.kind] if self.kind else ())):
            if Path(path).suffix.lower() not in (".tif", ".tiff"):
                raise InputError(f"{path} is not a GeoTIFF name.", "Give a file name that ends in .tif.")
        if Path(self.polygons).suffix.lower() not in VECTOR_ENDINGS:
            raise InputError(
                f"Polygons cannot be written to {self.polygons}.",
                f"Give a name that ends in {', '.join(VECTOR_ENDINGS)}; .fgb keeps every Mars CRS.",
            )

    def as_dict(self) -> dict[str, Any]:
        """JSON-able."""
        return jsonable(self)

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> DetectJob:
        """The job of ``as_dict``. Raises InputError for unknown entries."""
        unknown = set(value) - {f.name for f in fields(cls)}
        if unknown:
            raise InputError(f"Unknown entries in a detection job: {', '.join(sorted(unknown))}.")
        values = dict(value)
        for name in ("extent", "before_special", "after_special"):
            if values.get(name) is not None:
                values[name] = tuple(values[name])
        return cls(**values)


def _resolved(path: str) -> str:
    return str(Path(path).absolute())
