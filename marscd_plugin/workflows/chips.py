"""A data set of chips: regions of images cut into sub-areas, one sub-folder a region, and a manifest that says what is
what. It feeds ``analoguematrix`` (regions) and ``trainanaloguemodel`` (regions and groups).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..analogue.frames import Frame, sample
from ..analogue.ground import Local
from ..analogue.images import Image, footprint, open_image
from ..analogue.reader import Reader
from ..analogue.regions import region_chips
from ..common.errors import InputError
from ..common.files import need_folder, safe_name, write_json, write_text
from ..common.progress import Progress, check, parts
from ..common.provenance import Provenance, key_of
from ..common.rasters import bounded_cache
from ..common.settings import Settings
from ..common.words import Area, Chip
from ..planet.geometry import intersects
from .chip_files import write_chip
from .chip_views import CONTEXT, View, chip_and_views

#: In the order of the contract; what follows ``source`` is ours.
COLUMNS = ("path", "region", "group", "longitude", "latitude", "size_m", "body", "source", "augmented")
MANIFEST, RECORD = "manifest.csv", "chips.json"
#: What chips of one group share, and so must not be on both sides of a split.
GROUPS = ("AUTO", "IMAGE", "PLACE")
FORMATS = ("BYTE", "FLOAT")
MOST_CHIPS = 50_000


@dataclass(frozen=True)
class Region:
    """Ground of a region: ``area`` None is the whole of each image. ``group`` "" is chosen by ChipsJob.group_by."""

    name: str
    area: Area | None = None
    group: str = ""


@dataclass(frozen=True)
class ChipsJob:
    """What to cut. ``chip_size`` metres (pixels of images without a CRS), ``chip_px`` pixels of the written chips.

    ``per_region`` chips are cut from each region in each image that shows it. ``copies`` is how many chips come of one:
    1 is the chip alone, 10 is the paper's augmentation. No ``regions``: each image is a region of its own.
    """

    images: tuple[str, ...]
    folder: Path
    chip_size: float
    regions: tuple[Region, ...] = ()
    chip_px: int = 100
    per_region: int = 10
    copies: int = 1
    seed: int = 1
    group_by: str = "AUTO"
    form: str = "BYTE"
    pixel_size: float | None = None


@dataclass(frozen=True)
class ChipsResult:
    """What was written: ``chips`` files, of them ``augmented`` copies; ``counts`` region -> chips without copies.

    ``groups`` region -> its number of groups; ``left_out`` chips without data or texture.
    """

    folder: Path
    manifest: Path
    chips: int
    augmented: int
    counts: Mapping[str, int]
    groups: Mapping[str, int]
    left_out: int
    warnings: tuple[str, ...]


def build_chips(job: ChipsJob, settings: Settings | None, progress: Progress) -> ChipsResult:
    """Cut and write the data set. The same job may be run into the same folder again.

    Raises InputError (no image of a region, another body, pixels too coarse, another data set in the folder),
    OutputError, CancelledError.
    """
    _check(job)
    images = [open_image(path, job.pixel_size) for path in job.images]
    regions = job.regions or tuple(Region(image.name) for image in images)
    cuts = _cuts(job, images, regions)
    key = key_of(job.images, job.regions, job.chip_size, job.chip_px, job.per_region, job.copies, job.seed,
                 job.group_by, job.form, job.pixel_size)  # fmt: skip
    _claim(job.folder, key)
    folders = _folders([r.name for r in regions])
    by_image = job.group_by == "IMAGE" or (job.group_by == "AUTO" and len(images) > 1)
    rows: list[tuple[Any, ...]] = []
    left_out: dict[str, int] = {}
    numbers: dict[str, int] = {}
    with bounded_cache():
        for (image, region, place), step in zip(cuts, parts(progress, *[1] * len(cuts)), strict=True):
            check(progress)
            step.report(0.0, f"Cutting {region.name} from {image.name}")
            group = region.group or (image.name if by_image else f"{region.name} {place}")
            made, bad = _cut(job, image, region, group, folders[region.name], numbers, step)
            rows += made
            left_out[region.name] = left_out.get(region.name, 0) + bad
    counts = {r.name: sum(1 for row in rows if row[1] == r.name and not row[8]) for r in regions}
    empty = [name for name, count in counts.items() if not count]
    if empty:
        raise InputError(
            f"No chip of {', '.join(empty)} has both data and texture ({sum(left_out.values())} were looked at).",
            "Choose another image or area, or larger chips.",
        )
    told = {r.name: len({row[2] for row in rows if row[1] == r.name}) for r in regions}
    warnings = _warnings(told, sum(left_out.values()), by_image)
    for text in warnings:
        progress.warn(text)
    manifest = job.folder / MANIFEST
    write_text(manifest, _table(rows))
    made_by = Provenance("buildchipdataset", list(job.images), {
        "chip_size": job.chip_size, "chip_px": job.chip_px, "per_region": job.per_region, "copies": job.copies,
        "seed": job.seed, "group_by": job.group_by, "format": job.form, "regions": counts, "groups": told,
    })  # fmt: skip
    write_json(job.folder / RECORD, {"key": key, "complete": True, **made_by.as_dict()})
    augmented = sum(1 for row in rows if row[8])
    return ChipsResult(
        job.folder, manifest, len(rows), augmented, counts, told, sum(left_out.values()), tuple(warnings)
    )


def _check(job: ChipsJob) -> None:
    if not job.images:
        raise InputError("No image is given.", "Choose the images to cut chips from.")
    if not job.chip_size > 0:
        raise InputError(f"A chip of {job.chip_size:g} m cannot be.", "Give the edge of a chip in metres.")
    if not 16 <= job.chip_px <= 1024:
        raise InputError(f"Chips of {job.chip_px} pixels cannot be made.", "Give 16 to 1024 pixels; the paper has 100.")
    if not 1 <= job.per_region <= 1000 or not 1 <= job.copies <= 50:
        raise InputError("So many chips cannot be made.", "Give 1 to 1000 chips a region, and 1 to 50 copies of each.")
    for value, known in ((job.group_by, GROUPS), (job.form, FORMATS)):
        if value not in known:
            raise InputError(f"{value!r} is not known here.", f"Choose one of {', '.join(known)}.")
    most = max(len(job.regions), 1) * len(job.images) * job.per_region * job.copies
    if most > MOST_CHIPS:
        raise InputError(
            f"That may be {most:,} chips; {MOST_CHIPS:,} are the most.", "Give fewer regions, chips or copies."
        )


def _cuts(job: ChipsJob, images: Sequence[Image], regions: Sequence[Region]) -> list[tuple[Image, Region, int]]:
    """(image, region, number of its polygon) of all that meet. Raises InputError for a region that no image shows."""
    if not job.regions:
        return [(image, region, 1) for image, region in zip(images, regions, strict=True)]
    outlines = [footprint(image) for image in images]
    bodies = sorted({image.body or "no body" for image in images})
    found: list[tuple[Image, Region, int]] = []
    seen: dict[str, int] = {}
    for region in regions:
        place = seen[region.name] = seen.get(region.name, 0) + 1
        meeting = [
            image
            for image, outline in zip(images, outlines, strict=True)
            if region.area is None
            or (outline is not None and outline.body == region.area.body and intersects(outline, region.area))
        ]
        if not meeting:
            where = region.area.body if region.area else ""
            raise InputError(
                f"No image shows the region {region.name} (on {where}; the images lie on {', '.join(bodies)}).",
                "Choose images that show it, or leave the region out.",
            )
        found += [(image, region, place) for image in meeting]
    return found


def _claim(folder: Path, key: str) -> None:
    """Make the folder ours. Raises InputError where something else is in it."""
    record = folder / RECORD
    if record.is_file():
        try:
            known = json.loads(record.read_text(encoding="utf-8")).get("key")
        except (ValueError, AttributeError, OSError):
            known = None
        if known == key:
            return
    if folder.exists() and (not folder.is_dir() or any(not p.name.startswith(".") for p in folder.iterdir())):
        raise InputError(
            f"{folder} is not empty, and holds no data set of this very job.", "Choose an empty or a new folder."
        )
    need_folder(folder)
    write_json(record, {"key": key, "complete": False})


def _folders(names: Sequence[str]) -> dict[str, str]:
    """Region -> its sub-folder's name, unlike on systems that do not tell a from A."""
    made: dict[str, str] = {}
    for name in dict.fromkeys(names):
        plain = wanted = safe_name(name)
        number = 2
        while wanted.lower() in {m.lower() for m in made.values()}:
            wanted, number = f"{plain}_{number}", number + 1
        made[name] = wanted
    return made


def _cut(
    job: ChipsJob, image: Image, region: Region, group: str, folder: str, numbers: dict[str, int], progress: Progress
) -> tuple[list[tuple[Any, ...]], int]:
    """Write the chips of one region in one image; (rows of the manifest, chips left out)."""
    grid = region_chips(image, [(region.name, region.area)], job.chip_size, job.chip_px, job.per_region, job.seed)
    rows: list[tuple[Any, ...]] = []
    bad = 0
    reader: Reader | None = None
    for block in grid.blocks(progress, size=16):
        for i, chip, pixels, usable in zip(block.ids, grid.chips(block.ids), block.pixels, block.usable, strict=True):
            check(progress)
            if not usable:
                bad += 1
                continue
            number = numbers[region.name] = numbers.get(region.name, 0) + 1
            views = [View("", pixels)]
            if job.copies > 1:
                reader = reader or Reader(image)
                views = chip_and_views(
                    pixels, _context(job, image, chip, reader, progress), job.copies - 1, (job.seed, number, int(i))
                )
            frame = _frame(image, chip, job.chip_size / job.chip_px, job.chip_px)
            for copy, view in enumerate(views):
                name = f"{number:04d}" + (f"-a{copy}" if copy else "")
                path = f"{folder}/{name}.tif"
                # A copy is turned and scaled: it lies on no map.
                place = frame.grid if image.crs and not copy else None
                write_chip(job.folder / path, view.pixels, place, job.form, image.step)
                rows.append((
                    path, region.name, group, chip.longitude, chip.latitude,
                    chip.size if image.pixel_size else None, chip.body, image.name, view.words,
                ))  # fmt: skip
    return rows, bad


def _frame(image: Image, chip: Chip, metres: float, px: int) -> Frame:
    """The square of ``px`` pixels about a chip's middle."""
    half = px * metres / 2
    # A chip of an image without a CRS counts rows downwards; the image's own y goes up.
    y = chip.y if image.crs else -chip.y
    return Frame(image, chip.x, y, -half, half, metres, px, px)


def _context(job: ChipsJob, image: Image, chip: Chip, reader: Reader, progress: Progress) -> np.ndarray:
    """The chip with so much ground around it that a turned or smaller view of it needs nothing made up."""
    px = int(np.ceil(job.chip_px * CONTEXT / 2)) * 2 + job.chip_px % 2
    frame = _frame(image, chip, job.chip_size / job.chip_px, px)
    local = Local(image.crs, frame.x, frame.y, image.metres)
    return sample(reader, local, frame, progress)


def _warnings(groups: Mapping[str, int], left_out: int, by_image: bool) -> list[str]:
    told = []
    if left_out:
        told.append(f"{left_out} chips without data or texture are left out.")
    single = [name for name, count in groups.items() if count < 2]
    if single:
        of = "image" if by_image else "place"
        told.append(
            f"All chips of {', '.join(single)} come from one {of}: a model that learns them cannot be judged on others."
        )
    return told


def _table(rows: Sequence[tuple[Any, ...]]) -> str:
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    for row in rows:
        lines.writerow(["" if v is None else f"{v:.9g}" if isinstance(v, float) else v for v in row])
    return text.getvalue()
