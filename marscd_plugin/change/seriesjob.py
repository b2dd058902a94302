"""What to look for in a series, where the results go, and what they are."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..common.errors import InputError
from ..common.words import Epoch, Grid, Pair
from .job import VECTOR_ENDINGS

FEATURES = ("DARK", "BRIGHT", "NEW")
#: Dates of a series at most: histories are kept as bits.
MAX_EPOCHS = 62


@dataclass(frozen=True)
class SeriesDetectJob:
    """Epochs in time order on ``grid``, the planned ``pairs`` (with scores), and the outputs' paths ("" for none).

    ``masks`` are byte rasters beside the epochs' ("" for none); a pixel with any bit of ``hide`` has no data at that
    date. ``threshold`` None takes the model's; ``false_alarms`` wishes for no more than so many a square kilometre and
    pair instead, and each pair gets a threshold of its own. ``feature`` says which state is the change: DARK, BRIGHT,
    or NEW (what the first date was not). ``extent`` is (left, bottom, right, top) in ``extent_crs`` (WKT; "" is the
    series' own). ``singles``: also draw what one image alone shows.
    """

    epochs: tuple[Epoch, ...]
    grid: Grid
    pairs: tuple[Pair, ...]
    model: str
    first_seen: str
    last_seen: str
    count: str
    polygons: str
    curve: str = ""
    report: str = ""
    masks: tuple[str, ...] = ()
    hide: int = 0
    device: str = "AUTO"
    threshold: float | None = None
    false_alarms: float | None = None
    min_area_m2: float = 0.0
    extent: tuple[float, float, float, float] | None = None
    extent_crs: str = ""
    feature: str = "DARK"
    singles: bool = True
    dtm: str = ""
    threads: int | None = None
    tile: int | None = None

    def __post_init__(self) -> None:
        """Raise InputError for what no run could do."""
        if not 2 <= len(self.epochs) <= MAX_EPOCHS:
            raise InputError(
                f"The series has {len(self.epochs)} epochs, and 2 to {MAX_EPOCHS} can be compared.",
                "Build a series of more images, or of a part of them.",
            )
        if not self.grid.crs:
            raise InputError("The series has no CRS, so areas cannot be told.", "Build it from images that have one.")
        if self.threshold is not None and not 0.0 < self.threshold < 1.0:
            raise InputError(f"The threshold {self.threshold:g} is not between 0 and 1.", "Leave it empty.")
        if self.false_alarms is not None:
            if not (math.isfinite(self.false_alarms) and self.false_alarms > 0.0):
                raise InputError(
                    f"{self.false_alarms:g} false alarms cannot be wished for.", "Give a number above 0, or none."
                )
            if self.threshold is not None:
                raise InputError("Both a threshold and false alarms are given.", "Give one of them.")
        if not (math.isfinite(self.min_area_m2) and self.min_area_m2 >= 0.0):
            raise InputError(f"The smallest area {self.min_area_m2:g} m2 is not a size.", "Give 0 or more.")
        if self.feature not in FEATURES:
            raise InputError(f"The feature {self.feature!r} is unknown.", f"Choose one of {', '.join(FEATURES)}.")
        if self.masks and len(self.masks) != len(self.epochs):
            raise InputError("Masks and epochs differ in number.", "Give one a date, or none.")
        outputs = [Path(p).absolute() for p in (*self.rasters, self.polygons, self.curve, self.report) if p]
        if len(set(outputs)) != len(outputs):
            raise InputError("Two of the outputs have the same file name.", "Give each output a name of its own.")
        if {Path(e.raster).absolute() for e in self.epochs} & set(outputs):
            raise InputError("An output would replace an image of the series.", "Choose another name.")
        for path in self.rasters:
            if Path(path).suffix.lower() not in (".tif", ".tiff"):
                raise InputError(f"{path} is not a GeoTIFF name.", "Give a file name that ends in .tif.")
        if Path(self.polygons).suffix.lower() not in VECTOR_ENDINGS:
            raise InputError(
                f"Polygons cannot be written to {self.polygons}.", f"End the name in {', '.join(VECTOR_ENDINGS)}."
            )

    @property
    def rasters(self) -> tuple[str, str, str]:
        """The three rasters' paths."""
        return self.first_seen, self.last_seen, self.count


@dataclass(frozen=True)
class SeriesChanges:
    """What a run found. ``counts`` are objects by class; ``suspects`` the product ids of images that stand apart."""

    first_seen: Path
    last_seen: Path
    count: Path
    polygons: Path
    epochs: int
    pairs: int
    threshold: float
    device: str
    changed_area: float
    single_area: float
    observed_area: float
    counts: Mapping[str, int]
    suspects: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    encoded: int = 0
    without_polygon: int = 0

    @property
    def polygon_count(self) -> int:
        """Polygons of all classes."""
        return sum(self.counts.values())
