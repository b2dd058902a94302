"""Chips from a folder: one sub-folder of pictures a region, each picture (its middle square) one chip.

A ``manifest.csv`` in the folder may tell more of each: path (relative to the folder), region, group, longitude,
latitude, size_m, body, source.
"""

from __future__ import annotations

import csv
import math
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import numpy as np

from ..common.errors import InputError
from ..common.progress import Progress, Quiet, check
from ..common.words import Chip
from .frames import Frame, sample
from .grids import ChipBlock, ChipGrid
from .ground import Local
from .images import LEAST_REAL, Image, open_image, pixel_size_at
from .reader import Reader
from .sources import PICTURE_DRIVERS
from .texture import judge

MANIFEST = "manifest.csv"
ENDINGS = (".tif", ".tiff", ".png", ".jpg", ".jpeg", ".jp2", ".webp", ".bmp")
MAX_FILES = 200_000
MAX_BYTES = 512 * 1024 * 1024  # of one picture
MAX_SIDE = 20_000  # pixels of one picture
MAX_MANIFEST = 128 * 1024 * 1024
SMALL, UNREADABLE = "small", "unreadable"
_FIELD = 1000  # characters of a manifest's field


@dataclass(frozen=True)
class _Entry:
    path: Path
    region: str
    group: str
    longitude: float | None
    latitude: float | None
    size: float | None
    body: str


def folder_chips(folder: Path, chip_px: int) -> FolderGrid:
    """The pictures of a folder as chips, sorted by region and name. No file is opened yet.

    Links that leave the folder, hidden files and files over 512 MB are passed over. Raises InputError.
    """
    root = Path(folder)
    if not root.is_dir():
        raise InputError(f"There is no folder {root}.", "Choose a folder with one sub-folder of chips a region.")
    told = _manifest(root)
    entries: list[_Entry] = []
    names = sorted(n for n in _names(root) if (root / n).is_dir() and _within(root / n, root))
    for name in names:
        for file in sorted(_names(root / name)):
            path = root / name / file
            if path.suffix.lower() not in ENDINGS or not _is_picture(path, root):
                continue
            if len(entries) >= MAX_FILES:
                raise InputError(f"{root} holds more than {MAX_FILES:,} chips.", "Use a part of them.")
            entries.append(_entry(path, name, told.get(f"{name}/{file}", {})))
    if not entries:
        loose = any(Path(n).suffix.lower() in ENDINGS for n in _names(root))
        what = "its pictures lie in no sub-folder" if loose else "no sub-folder of it holds a picture"
        raise InputError(
            f"{root} holds no chips: {what}.",
            "Put the chips of each region into a sub-folder of its own (GeoTIFF, PNG, JPEG or JP2).",
        )
    return FolderGrid(root, tuple(entries), chip_px)


class FolderGrid(ChipGrid):
    """Chips that are files."""

    def __init__(self, folder: Path, entries: tuple[_Entry, ...], chip_px: int) -> None:
        self.folder, self._entries = folder, entries
        self.count, self.chip_px, self.step, self.image, self.raster = len(entries), chip_px, None, None, None
        self.regions = tuple(dict.fromkeys(e.region for e in entries))
        self.groups = tuple(e.group for e in entries)
        sizes = {e.size for e in entries}
        self.chip_size = sizes.pop() if len(sizes) == 1 else None
        self._looked: dict[int, Image] = {}

    def path(self, i: int) -> Path:
        """The file of a chip."""
        return self._entries[int(self._ids([i])[0])].path

    def region_of(self, i: int) -> str:
        return self._entries[i].region

    def cell(self, i: int) -> tuple[int, int]:
        raise InputError("These chips lie on no grid.", "Only a search area has one.")

    def cells(self, ids: Sequence[int] | np.ndarray | None = None) -> np.ndarray:
        raise InputError("These chips lie on no grid.", "Only a search area has one.")

    def chips(self, ids: Sequence[int] | np.ndarray) -> tuple[Chip, ...]:
        return tuple(self._chip(self._entries[int(i)]) for i in self._ids(ids))

    def _chip(self, entry: _Entry) -> Chip:
        if entry.longitude is not None and entry.latitude is not None and entry.size is not None:
            return Chip(str(entry.path), 0.0, 0.0, entry.size, entry.longitude, entry.latitude, entry.body,
                        entry.region)  # fmt: skip
        try:
            image = open_image(str(entry.path), drivers=PICTURE_DRIVERS)
        except InputError:
            return Chip(str(entry.path), 0.0, 0.0, entry.size or 0.0, entry.longitude, entry.latitude, entry.body,
                        entry.region)  # fmt: skip
        side = min(image.width, image.height)
        if not image.crs:
            return Chip(str(entry.path), image.width / 2, image.height / 2, entry.size or float(side),
                        entry.longitude, entry.latitude, entry.body, entry.region)  # fmt: skip
        x, y = (float(v) for v in image.map_of(image.width / 2, image.height / 2))
        lon, lat = (float(v) for v in image.lonlat(x, y))
        size = entry.size or side * (pixel_size_at(image, x, y) or image.metres)
        return Chip(str(entry.path), x, y, size, lon, lat, image.body, entry.region)

    def blocks(
        self, progress: Progress, ids: Sequence[int] | np.ndarray | None = None, size: int = 64
    ) -> Iterator[ChipBlock]:
        wanted, size, bad = np.unique(self._ids(ids)), max(int(size), 1), 0
        for start in range(0, len(wanted), size):
            part = wanted[start : start + size]
            pixels = np.full((len(part), self.chip_px, self.chip_px), np.nan, np.float32)
            steps, trouble = np.ones(len(part)), [""] * len(part)
            for number, i in enumerate(part):
                check(progress)
                entry = self._entries[int(i)]
                try:
                    pixels[number], image = _middle(entry.path, self.chip_px, progress)
                except InputError as error:
                    trouble[number], bad = UNREADABLE, bad + 1
                    if bad <= 3:
                        progress.warn(f"A chip was left out: {error.what}")
                    continue
                steps[number] = image.step
                if min(image.width, image.height) * LEAST_REAL < self.chip_px:
                    trouble[number] = SMALL
            why: list[str] = []
            for number in range(len(part)):
                why.append(trouble[number] or judge(pixels[number : number + 1], float(steps[number]))[1][0])
            yield ChipBlock(part, pixels, np.array([w == "" for w in why], bool), tuple(why),
                            tuple(self._entries[int(i)].region for i in part))  # fmt: skip
            progress.report((start + len(part)) / len(wanted))

    def patch(self, i: int, px: int) -> np.ndarray:
        return _middle(self._entries[int(self._ids([i])[0])].path, px, Quiet())[0]


def _middle(path: Path, px: int, progress: Progress) -> tuple[np.ndarray, Image]:
    """The picture's middle square as float32 (px, px), on its own pixels."""
    whole = open_image(str(path), drivers=PICTURE_DRIVERS)
    if max(whole.width, whole.height) > MAX_SIDE:
        raise InputError(
            f"{path} has {whole.width} x {whole.height} pixels.", f"Chips have {MAX_SIDE:,} a side at most."
        )
    plain = replace(whole, body="", crs="", pixel_size=None, transform=(0.0, 1.0, 0.0, 0.0, 0.0, -1.0))
    side = min(whole.width, whole.height)
    local = Local("", whole.width / 2, -whole.height / 2)
    frame = Frame(plain, whole.width / 2, -whole.height / 2, -side / 2, side / 2, side / px, px, px)
    return sample(Reader(plain), local, frame, progress), whole


def _names(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as found:
            return [e.name for e, _ in zip(found, range(2 * MAX_FILES), strict=False) if not e.name.startswith(".")]
    except OSError as error:
        raise InputError(f"{folder} cannot be listed: {error.strerror or error}.", "Check the folder.") from error


def _within(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False


def _is_picture(path: Path, root: Path) -> bool:
    try:
        return path.is_file() and _within(path, root) and 0 < path.stat().st_size <= MAX_BYTES
    except OSError:
        return False


def _entry(path: Path, folder: str, row: dict[str, str]) -> _Entry:
    lon, lat = _number(row.get("longitude"), 720.0), _number(row.get("latitude"), 90.0)
    size = _number(row.get("size_m"), 1e8)
    return _Entry(
        path,
        row.get("region") or folder,
        row.get("group") or path.stem,
        (lon + 180.0) % 360.0 - 180.0 if lon is not None and lat is not None else None,
        lat if lon is not None else None,
        size if size is not None and size > 0 else None,
        row.get("body") or "",
    )


def _number(text: str | None, most: float) -> float | None:
    try:
        value = float(text) if text else math.nan
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= most else None


def _manifest(root: Path) -> dict[str, dict[str, str]]:
    """path -> row of the folder's manifest; {} without one. Raises InputError for one that is no table of paths."""
    path = root / MANIFEST
    if not path.is_file():
        return {}
    if not _within(path, root) or path.stat().st_size > MAX_MANIFEST:
        raise InputError(f"{path} is too large to be a list of chips.", "Remove it, or make it again.")
    rows: dict[str, dict[str, str]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            if "path" not in (table.fieldnames or []):
                raise InputError(f"{path} has no column named path.", "Its first line names the columns.")
            for row in table:
                if len(rows) >= MAX_FILES:
                    raise InputError(f"{path} has more than {MAX_FILES:,} rows.", "Use a part of the chips.")
                name = PurePosixPath((row.get("path") or "").replace("\\", "/")).as_posix()
                rows[name] = {k: v.strip()[:_FIELD] for k, v in row.items() if k and isinstance(v, str)}
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} cannot be read as a table ({error}).", "Save it as CSV in UTF-8.") from error
    return rows
