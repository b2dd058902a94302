"""A chip data set on disk as a ``ChipSet``: one sub-folder of images a region, and ``manifest.csv`` beside them.

The manifest (columns path, region, group, longitude, latitude, size_m, body, source, augmented; written by
``marscd:buildchipdataset``) says which observation or place every chip is of. Without one every region is a group of
its own, which no honest split can hold out. Augmented copies are left out: training makes its own, and a chip must not
be judged by copies of itself. What the files say is bounded and never leaves the folder.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..common.errors import InputError
from ..common.progress import Progress, check
from .chip_sets import ChipSet, read_grey, resized
from .retrieval import names

#: Most chips of a data set: float32 in memory, 100 kB each at 160 pixels.
MAX_CHIPS = 20_000

_LARGEST_MANIFEST = 64 * 1024 * 1024
_ENDINGS = (".tif", ".tiff", ".png", ".jpg", ".jpeg")
_REMEDY = "Build the data set with marscd:buildchipdataset, or give every region a sub-folder of images."


@dataclass(frozen=True)
class _Row:
    path: str
    region: str
    group: str
    body: str


def read_chip_folder(folder: Path, px: int, progress: Progress) -> ChipSet:
    """The data set at ``px`` pixels a side. Classes are the regions, groups the manifest's (else region by region).

    Raises InputError for a folder without images, a manifest that leads out of it or names missing files, and too
    many chips.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError(f"There is no folder {folder}.", _REMEDY)
    manifest = folder / "manifest.csv"
    rows = _manifest(manifest) if manifest.is_file() else _listed(folder)
    if not rows:
        raise InputError(f"The folder {folder} holds no chips.", _REMEDY)
    if len(rows) > MAX_CHIPS:
        raise InputError(f"{folder} holds {len(rows)} chips.", f"At most {MAX_CHIPS} can be learned from at once.")
    pixels = np.empty((len(rows), px, px), np.float32)
    root = folder.resolve()
    for k, row in enumerate(rows):
        check(progress)
        path = (root / row.path).resolve()
        if root not in path.parents or path.suffix.lower() not in _ENDINGS:
            raise InputError(f"{manifest} names {row.path!r}, which is no image inside its folder.", _REMEDY)
        if not path.is_file():
            raise InputError(f"{manifest} names {row.path}, which is not there.", _REMEDY)
        pixels[k] = resized(read_grey(path), px)
        progress.report((k + 1) / len(rows))
    classes, labels = names([row.region for row in rows])
    groups = np.array([row.group for row in rows], dtype=str)
    bodies = np.array([row.body for row in rows], dtype=str)
    return ChipSet(pixels, labels, groups, classes, tuple(str(root / row.path) for row in rows), bodies)


def _manifest(path: Path) -> list[_Row]:
    try:
        if path.stat().st_size > _LARGEST_MANIFEST:
            raise ValueError("it is too large")
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows: list[_Row] = []
            for number, told in enumerate(csv.DictReader(file)):
                if (told.get("augmented") or "").strip() not in ("", "0", "no", "false", "False"):
                    continue
                region = (told["region"] or "").strip()
                if not region:
                    raise ValueError(f"line {number + 2} names no region")
                # A chip whose observation is not told may be of any: all of its region are then one.
                group = (told.get("group") or "").strip() or f"{region} (group not told)"
                if len(rows) >= MAX_CHIPS:
                    raise ValueError(f"it names more than {MAX_CHIPS} chips")
                rows.append(_Row(told["path"] or "", region, group, (told.get("body") or "").strip()))
            return rows
    except KeyError as error:
        raise InputError(f"{path} has no column {error}.", _REMEDY) from error
    except (OSError, ValueError, csv.Error) as error:
        raise InputError(f"{path} cannot be read: {error}.", _REMEDY) from error


def _listed(folder: Path) -> list[_Row]:
    rows = []
    for region in sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith(".")):
        for path in sorted(p for p in region.iterdir() if p.suffix.lower() in _ENDINGS):
            rows.append(_Row(f"{region.name}/{path.name}", region.name, region.name, ""))
            if len(rows) > MAX_CHIPS:
                return rows
    return rows
