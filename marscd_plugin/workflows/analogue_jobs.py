"""What is asked of the analogue part, and what it answers: searches, second rounds, matrices."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path

from ..common.errors import InputError, OutputError
from ..common.words import Area, Match

#: Bounds of what a job may ask for.
MOST_MATCHES, MOST_TARGETS, MOST_REGIONS = 10_000, 64, 200


@dataclass(frozen=True)
class Target:
    """What is looked for: an area of an image (any GDAL source), or the whole image where ``area`` is None."""

    name: str
    image: str
    area: Area | None = None


@dataclass(frozen=True)
class SimilarityJob:
    """Where does ``search`` look like the targets?

    Lengths are metres (pixels where no image has a CRS): ``chip_size`` None is chosen from the targets, ``step`` None
    is half a chip. ``pixel_size`` and ``target_pixel_size`` are metres a pixel of an image that does not say. ``index``
    is the folder that keeps the embedded search area, None for one beside ``matches``. ``model`` is a name or a path,
    "" for the best at hand. ``pictures`` False leaves out the drawings.
    """

    targets: tuple[Target, ...]
    search: str
    matches: Path
    model: str | Path = ""
    device: str = "AUTO"
    chip_size: float | None = None
    step: float | None = None
    area: Area | None = None
    distance: Path | None = None
    report: Path | None = None
    index: Path | None = None
    count: int = 50
    pixel_size: float | None = None
    target_pixel_size: float | None = None
    seed: int = 1
    threads: int | None = None
    pictures: bool = True

    def __post_init__(self) -> None:
        """Raise InputError for what no run could use."""
        if not self.targets:
            raise InputError("There is no target to look for.", "Give a raster, or draw an area over an image.")
        if len(self.targets) > MOST_TARGETS:
            raise InputError(
                f"{len(self.targets)} targets are more than {MOST_TARGETS}.", "Search for fewer at a time."
            )
        names = [t.name for t in self.targets]
        if len(set(names)) != len(names) or not all(n.strip() for n in names):
            raise InputError("Two targets have the same name, or one has none.", "Give each target a name of its own.")
        for word, value in (
            ("CHIP_SIZE", self.chip_size),
            ("STEP", self.step),
            ("PIXEL_SIZE", self.pixel_size),
            ("TARGET_PIXEL_SIZE", self.target_pixel_size),
        ):
            need_length(word, value)
        need_count(self.count)


@dataclass(frozen=True)
class RefineJob:
    """Another round from a kept index: "more like this" (``accepted``), "not like this" (``rejected``).

    The numbers are those of the field ``index`` of MATCHES. ``earlier``: what earlier rounds accepted and rejected
    counts too, where it is not said otherwise now. ``of`` is the MATCHES of the search to be refined, where several
    share the index (None: the latest). ``search`` says where the searched raster lies now, if it moved.
    """

    index: Path
    matches: Path
    accepted: tuple[int, ...] = ()
    rejected: tuple[int, ...] = ()
    distance: Path | None = None
    report: Path | None = None
    count: int = 50
    earlier: bool = True
    search: str = ""
    pictures: bool = True
    of: Path | None = None

    def __post_init__(self) -> None:
        """Raise InputError for what no run could use."""
        if both := set(self.accepted) & set(self.rejected):
            raise InputError(f"Match {min(both)} is both accepted and rejected.", "Choose one of the two.")
        need_count(self.count)


@dataclass(frozen=True)
class SimilarityResult:
    """What was found. ``weak`` says it of the best match, ``summary`` in one plain sentence what it means.

    ``chips`` places were searched, ``unusable`` of them hold no data or no texture. ``found`` are the ranked matches.
    """

    best_distance: float | None
    best_percentile: float | None
    match_count: int
    weak_count: int
    weak: bool
    summary: str
    chips: int
    unusable: int
    device: str
    model: str
    chip_size: float
    step: float
    search_body: str
    targets: tuple[str, ...]
    matches: Path
    index: Path
    thumbnails: Path
    distance: Path | None = None
    report: Path | None = None
    surface: Path | None = None
    sheet: Path | None = None
    index_reused: bool = False
    accepted: tuple[int, ...] = ()
    rejected: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    found: tuple[Match, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class FolderRegions:
    """Regions as a folder: one sub-folder of images a region, each image one chip."""

    folder: Path


@dataclass(frozen=True)
class ImageRegions:
    """Regions as named areas of one image; each is divided into sub-areas. ``pixel_size``: metres, if it has none."""

    image: str
    regions: tuple[tuple[str, Area], ...]
    pixel_size: float | None = None


@dataclass(frozen=True)
class MatrixJob:
    """How near is each candidate region (rows) to each target (columns)? ``matrix`` is a CSV.

    ``quartiles`` None is a CSV beside it. ``per_region`` sub-areas are cut from each area of an image, with ``seed``;
    ``chip_size`` (metres) is for those, None is chosen.
    """

    targets: FolderRegions | ImageRegions
    candidates: FolderRegions | ImageRegions
    matrix: Path
    model: str | Path = ""
    device: str = "AUTO"
    chip_size: float | None = None
    per_region: int = 10
    seed: int = 1
    quartiles: Path | None = None
    report: Path | None = None
    threads: int | None = None
    pictures: bool = True

    def __post_init__(self) -> None:
        """Raise InputError for what no run could use."""
        if Path(self.matrix).suffix.lower() != ".csv":
            raise OutputError(f"{self.matrix} is not a name for a table.", "Give a file name that ends in .csv.")
        if not 1 <= self.per_region <= 1000:
            raise InputError(f"{self.per_region} sub-areas a region are none or too many.", "Give 1 to 1000; try 10.")
        for regions in (self.targets, self.candidates):
            if isinstance(regions, ImageRegions):
                need_length("PIXEL_SIZE", regions.pixel_size)
                if not regions.regions or len(regions.regions) > MOST_REGIONS:
                    raise InputError(
                        f"{len(regions.regions)} regions were given over {regions.image}.",
                        f"Give 1 to {MOST_REGIONS} areas.",
                    )
        need_length("CHIP_SIZE", self.chip_size)


@dataclass(frozen=True)
class MatrixResult:
    """The minimum distances ``values[row][column]``, None where a region had no usable chip.

    ``pairs`` are the (row, column) that belong together, by name or by order; ``diagonal_wins`` of them
    (of ``diagonal_count``) are the smallest of their row and of their column.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    pairs: tuple[tuple[int, int], ...]
    diagonal_wins: int
    diagonal_count: int
    row_nearest: tuple[str, ...]
    column_nearest: tuple[str, ...]
    summary: str
    matrix: Path
    quartiles: Path
    report: Path | None
    device: str
    model: str
    chip_size: float | None
    pictures: tuple[Path, ...] = ()
    warnings: tuple[str, ...] = ()


def need_length(word: str, value: float | None) -> None:
    """Raise InputError unless a length is None, or positive and finite."""
    if value is not None and not (math.isfinite(value) and 0.0 < value < 1e8):
        raise InputError(f"{word} is {value:g}, which is no length.", "Give metres above 0, or leave it empty.")


def need_count(count: int) -> None:
    """Raise InputError unless a list of matches may be so long."""
    if not 1 <= count <= MOST_MATCHES:
        raise InputError(f"{count} matches cannot be listed.", f"Give 1 to {MOST_MATCHES:,}.")
