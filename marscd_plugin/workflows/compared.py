"""One compared pair on disk: reading it back, its record, another threshold, its report."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from osgeo import gdal

from ..change.recut import RecutJob, ids_of, provenance_of, recut_changes
from ..change.report import write_change_report
from ..common.errors import InputError
from ..common.files import sha256_of, write_json
from ..common.progress import Progress, Quiet
from ..common.provenance import jsonable, key_of
from ..common.rasters import gdal_quiet, open_raster, read, windows
from ..common.words import MASK_NODATA, ChangeMap, Series
from ..series.images import register_images

log = logging.getLogger(__name__)

#: The files of a pair, in its folder; ``monitorarea`` uses the same.
PROBABILITY, MASK, POLYGONS, RECORD, REPORT = (
    "probability.tif", "mask.tif", "polygons.fgb", "change.json", "report.html"
)  # fmt: skip
#: The kinds of change of a pair, where its model tells them.
KIND = "kind.tif"
_MAX_RECORD = 1 << 20
#: Bins of the histogram, and blocks read at most for it.
BINS, _MOST_BLOCKS = 1000, 64


@dataclass(frozen=True)
class Histogram:
    """How often each probability occurs: ``counts[i]`` pixels in i/BINS..(i+1)/BINS; pixels looked at."""

    counts: tuple[int, ...]
    compared: int

    def share_from(self, threshold: float) -> float:
        """The share (0..1) of the compared pixels at or above ``threshold``."""
        first = min(max(round(threshold * BINS), 0), BINS)
        return sum(self.counts[first:]) / self.compared if self.compared else 0.0


def is_pair(folder: Path) -> bool:
    """True where the three files of a finished pair are there."""
    return all((folder / name).is_file() for name in (PROBABILITY, MASK, POLYGONS))


def finished_pairs(changes: Path, progress: Progress | None = None) -> list[tuple[Path, ChangeMap]]:
    """(folder, map) of each finished pair below ``changes``, oldest first; one that is damaged is left out, logged."""
    progress = progress or Quiet()
    try:
        folders = [f for f in sorted(changes.iterdir()) if f.is_dir() and is_pair(f)]
    except OSError:
        return []
    found = []
    for folder in sorted(folders, key=lambda f: (f / PROBABILITY).stat().st_mtime):
        try:
            found.append((folder, read_pair(folder, progress)))
        except InputError as error:
            log.warning("%s is left out: %s", folder, error)
            progress.warn(str(error))
    return found


def read_pair(folder: Path, progress: Progress) -> ChangeMap:
    """The map of a finished pair: from its record, or counted from its files. Raises InputError, CancelledError."""
    recorded = _recorded(folder)
    if recorded is not None:
        return recorded
    told = provenance_of(folder / MASK)
    parameters = told.get("parameters") or {}
    changed = compared = 0
    mask = open_raster(folder / MASK)
    for window in windows(mask.RasterXSize, mask.RasterYSize, progress):
        block = read(mask.GetRasterBand(1), window)
        changed += int((block == 1).sum())
        compared += int((block != MASK_NODATA).sum())
    areas = _areas(folder / POLYGONS)
    before, after = _ids(folder, told)
    threshold = parameters.get("threshold")
    return ChangeMap(
        probability=folder / PROBABILITY,
        mask=folder / MASK,
        polygons=folder / POLYGONS,
        before=before,
        after=after,
        threshold=float(threshold) if isinstance(threshold, int | float) else 0.5,
        device=str(told.get("device", "")),
        changed_area=None if None in areas else float(sum(a for a in areas if a is not None)),
        changed_pixels=changed,
        compared_pixels=compared,
        polygon_count=len(areas),
        **_stated(parameters),  # type: ignore[arg-type]
    )


def record_pair(folder: Path, warnings: Iterable[str], standard: bool, progress: Progress) -> ChangeMap:
    """Write the record of a pair that ``detectchanges`` just made in ``folder``, and return its map.

    ``standard``: made of a whole pair of a series with the model's own threshold, so that ``monitorarea`` in the same
    folder takes it as done. Raises InputError, OutputError, CancelledError.
    """
    (folder / RECORD).unlink(missing_ok=True)
    change = replace(read_pair(folder, progress), warnings=tuple(warnings))
    told = provenance_of(folder / PROBABILITY)
    parameters = told.get("parameters") or {}
    key = ""
    if standard:
        images = (sha256_of(str(parameters.get(role))) for role in ("before", "after"))
        key = key_of(*images, told.get("model_sha256"), told.get("device"))
    write_json(folder / RECORD, {"key": key, "map": jsonable(change)})
    return change


def recut_pair(
    folder: Path, threshold: float, min_area_m2: float | None, images: tuple[str, str], progress: Progress
) -> ChangeMap:
    """Mask and polygons of a finished pair at another threshold, without the network; its record follows.

    ``min_area_m2`` None keeps the first run's. ``images`` are BEFORE and AFTER where they are now, "" for where they
    were. Raises what ``recut_changes`` does.
    """
    kind = folder / KIND
    job = RecutJob(
        str(folder / PROBABILITY), str(folder / MASK), str(folder / POLYGONS), threshold, min_area_m2, *images,
        kind=str(kind) if kind.is_file() else "",
    )  # fmt: skip
    change = recut_changes(job, progress, register=register_images)
    # No key: a headless run in this folder makes its own, at the model's threshold.
    write_json(folder / RECORD, {"key": "", "map": jsonable(change)})
    return change


def report_pair(folder: Path, change: ChangeMap, series: Series | None) -> Path:
    """Write the pair's report; ``series`` gives dates and pictures. Raises OutputError."""
    known = {e.product_id for e in series.epochs} if series else set()
    if series is not None and {change.before, change.after} <= known:
        epochs = tuple(e for e in series.epochs if e.product_id in (change.before, change.after))
        series = replace(series, epochs=epochs, refused=())
    else:
        series = None
    target = folder / REPORT
    write_change_report(target, [change], series=series, title=f"Changes from {change.before} to {change.after}")
    return target


def histogram(probability: Path, progress: Progress) -> Histogram:
    """The histogram of a probability raster; of a large one, from blocks spread over it. Raises InputError."""
    dataset = open_raster(probability)
    blocks = list(windows(dataset.RasterXSize, dataset.RasterYSize, progress))
    step = max(1, -(-len(blocks) // _MOST_BLOCKS))
    counts = np.zeros(BINS, np.int64)
    for window in blocks[::step]:
        if progress.cancelled():
            break
        values = read(dataset.GetRasterBand(1), window)
        values = values[values >= 0]
        # Half a step of what is written (1/4096) keeps a value on the right side of its bin's edge.
        bins = np.minimum((values * BINS + 1e-3).astype(np.int64), BINS - 1)
        counts += np.bincount(bins, minlength=BINS)
    return Histogram(tuple(counts.tolist()), int(counts.sum()))


def _stated(values: Mapping[str, Any]) -> dict[str, float | None]:
    """What the map said of its false alarms, by ``ChangeMap``'s names; None where it said nothing."""
    names = ("expected_false_per_mp", "expected_false_low", "expected_false_high", "expected_false_per_km2")
    return {n: float(values[n]) if isinstance(values.get(n), int | float) else None for n in names}


def _recorded(folder: Path) -> ChangeMap | None:
    """The map in ``change.json``; None where there is none that fits."""
    record = folder / RECORD
    try:
        if record.stat().st_size > _MAX_RECORD:
            raise ValueError("it is too large")
        values: dict[str, Any] = dict(json.loads(record.read_text(encoding="utf-8"))["map"])
        if set(values) != {f.name for f in fields(ChangeMap)}:
            raise ValueError("its entries are others")
        area = values["changed_area"]
        return ChangeMap(
            probability=folder / PROBABILITY,
            mask=folder / MASK,
            polygons=folder / POLYGONS,
            before=str(values["before"]),
            after=str(values["after"]),
            threshold=float(values["threshold"]),
            device=str(values["device"]),
            changed_area=None if area is None else float(area),
            changed_pixels=int(values["changed_pixels"]),
            compared_pixels=int(values["compared_pixels"]),
            polygon_count=int(values["polygon_count"]),
            warnings=tuple(str(w) for w in values["warnings"]),
            **_stated(values),
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        log.warning("%s cannot be read (%s): the pair is counted anew.", record, error)
        return None


def _areas(polygons: Path) -> list[float | None]:
    """The area of each polygon in m2, None where unknown. Raises InputError."""
    with gdal_quiet():
        try:
            dataset = gdal.OpenEx(str(polygons), gdal.OF_VECTOR, allowed_drivers=["FlatGeobuf"])
        except RuntimeError:
            dataset = None
        if dataset is None or dataset.GetLayerCount() < 1:
            raise InputError(f"{polygons} cannot be opened.", "Compare the pair again.")
        layer = dataset.GetLayer(0)
        index = layer.GetLayerDefn().GetFieldIndex("area_m2")
        if index < 0:
            raise InputError(f"{polygons} holds no changes (no area_m2).", "Compare the pair again.")
        return [row.GetFieldAsDouble(index) if row.IsFieldSetAndNotNull(index) else None for row in layer]


def _ids(folder: Path, told: dict[str, Any]) -> tuple[str, str]:
    """Who was compared: as the provenance says, else as the folder is named."""
    before, after = ids_of(told)
    if before and after:
        return before, after
    first, _, second = folder.name.partition("__")
    return first, second
