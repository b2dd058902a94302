"""Another threshold without another run of the network: mask and polygons made again from the stored probability.

The probability was written in the very values that the mask is cut from, and its provenance names the images and
their normalisation, so that the same threshold gives the same mask. Only the direction and contrast of each change
need the images; those are read again, in bounded memory.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from osgeo import gdal

from ..common.errors import InputError, RegistrationError
from ..common.files import whole_file, write_json
from ..common.progress import Progress, check, parts
from ..common.provenance import Provenance
from ..common.rasters import RasterWriter, Window, bounded_cache, grid_of, open_raster
from ..common.words import MASK_NODATA, ChangeMap, Grid, Registration
from ..inference.normalise import Statistics
from ..planet.measure import pixel_area_m2
from ..planet.time import parse_utc
from .calibration import stated
from .components import MAX_POLYGONS, Changes
from .cutting import labelled
from .facts import Facts
from .ground import measure_ground, open_terrain
from .image import open_image
from .pair import Normalisation, make_pair
from .polygons import Dates, write_changes, write_mask
from .scratch import ScratchRaster, scratch_folder

log = logging.getLogger(__name__)

_CACHE_BYTES = 128 * 1024 * 1024
_MAX_TAG = 1 << 20
_MOST_KINDS = 64
_AGAIN = "Compare the pair again."


@dataclass(frozen=True)
class RecutJob:
    """``probability`` is one of ``detect_changes``; ``mask`` and ``polygons`` are written anew.

    ``before`` and ``after`` say where the images are now; "" takes what the provenance names. ``threshold`` 0..1;
    ``min_area_m2`` drops smaller changes; None takes what the first run had. ``kind`` is the raster of kinds that the
    first run wrote, ``dtm`` the terrain model; "" takes those of the first run where they are still there.
    """

    probability: str
    mask: str
    polygons: str
    threshold: float
    min_area_m2: float | None = None
    before: str = ""
    after: str = ""
    kind: str = ""
    dtm: str = ""

    def __post_init__(self) -> None:
        """Raise InputError for values that no run could use."""
        if not 0.0 < self.threshold < 1.0:
            raise InputError(f"The threshold {self.threshold:g} is not between 0 and 1.", "Choose another.")
        if self.min_area_m2 is not None and not (math.isfinite(self.min_area_m2) and self.min_area_m2 >= 0.0):
            raise InputError(
                f"The smallest area {self.min_area_m2:g} m2 is not a size.", "Give 0 or more square metres."
            )


def provenance_of(raster: Path | str) -> dict[str, Any]:
    """What a raster of ours says of itself; empty where it says nothing. Raises InputError (damaged, no raster)."""
    text = open_raster(raster).GetMetadataItem("MARSCD_PROVENANCE") or "{}"
    try:
        if len(text) > _MAX_TAG:
            raise ValueError("it is too long")
        value = json.loads(text)
        if not isinstance(value, dict):
            raise ValueError("it is no object")
    except (ValueError, RecursionError) as error:
        raise InputError(f"What {raster} says of its making cannot be read ({error}).", _AGAIN) from error
    return value


def recut_changes(job: RecutJob, progress: Progress, register: Callable[..., Registration] | None = None) -> ChangeMap:
    """Mask and polygons at ``job.threshold``; both or none are replaced.

    ``register`` lays AFTER on BEFORE again where the first run did (its warped image was not kept). Raises InputError
    (images gone, provenance that does not fit), RegistrationError, OutputError, CancelledError.
    """
    told = provenance_of(job.probability)
    parameters = told.get("parameters")
    if not isinstance(parameters, Mapping):
        raise InputError(f"{job.probability} does not say what it was made of.", _AGAIN)
    opening, cutting, masking, measuring, tracing, closing = parts(
        progress, 20 if parameters.get("register") else 2, 40, 20, 5, 15, 5
    )
    dates = _dates(told, parameters)
    least = _least_area(parameters) if job.min_area_m2 is None else job.min_area_m2
    dataset = open_raster(job.probability)
    grid = grid_of(dataset)
    before_path = _image(job.before, parameters, "before")
    after_path = _image(job.after, parameters, "after")
    with ExitStack() as stack:
        stack.enter_context(bounded_cache(_CACHE_BYTES))
        folder = stack.enter_context(scratch_folder(Path(job.mask)))
        before = open_image(before_path, _band(parameters, "before"), _special(parameters, "before"))
        after_band, special = _band(parameters, "after"), _special(parameters, "after")
        if parameters.get("register"):
            after_path, after_band, special = _registered(before_path, after_path, folder, register, opening), 1, ()
        pair = make_pair(before, open_image(after_path, after_band, special))
        region = _region(pair.grid, grid, job.probability)
        # Without a CRS GDAL has no place for the grid; in our words it starts at 0, 0.
        grid = pair.grid.window(region.column, region.row, region.width, region.height)
        scaling = _scaling(parameters) or pair.statistics(opening)
        kind, kinds = _kinds(job.kind or str(parameters.get("kind") or ""), grid, told)
        terrain = open_terrain(_still_there(job.dtm or str(parameters.get("dtm") or "")), grid)
        opening.report(1.0)

        tags = Provenance(
            process="marscd:detectchanges",
            inputs=[dates.before_id, dates.after_id],
            parameters={**parameters, "threshold": job.threshold, "min_area_m2": least},
            model=str(told.get("model", "")),
            model_sha256=str(told.get("model_sha256", "")),
            registration=told.get("registration") or {},
            device=str(told.get("device", "")),
        )
        mask_part, polygons_part = (stack.enter_context(whole_file(p)) for p in (job.mask, job.polygons))
        labels = ScratchRaster(folder / "labels.tif", grid)
        stack.callback(labels.close)
        cutting.report(0.0, f"Cutting the probability at {job.threshold:g}")
        changes, compared, maxima = labelled(
            job.threshold, least, dataset, pair, region, grid, scaling, labels, cutting, kind, len(kinds)
        )
        area = pixel_area_m2(grid)
        alarms = stated(maxima, job.threshold, float(area([grid.height // 2])[0]) if area else None)
        tags = replace(tags, parameters={**tags.parameters, **alarms})
        masking.report(0.0, "Writing the mask")
        numbers = ScratchRaster(folder / "numbers.tif", grid)
        stack.callback(numbers.close)
        with RasterWriter(
            mask_part, grid, np.uint8, nodata=MASK_NODATA, descriptions=["change"], tags=tags.raster_tags(),
            categorical=True, progress=closing,
        ) as writer:  # fmt: skip
            around = write_mask(labels, numbers, writer, changes, grid, masking)
        tracing.report(0.0, "Tracing outlines")
        ground = measure_ground(numbers, changes.count, grid, measuring, terrain)
        facts = Facts(scaling, ground, kinds, changes.extra)
        write_changes(polygons_part, numbers, changes, around, grid, dates, tracing, facts)
        check(closing)
        write_json(f"{job.polygons}.provenance.json", tags.as_dict())
    warnings = _warnings(changes)
    for warning in warnings:
        progress.warn(warning)
    closing.report(1.0, f"{changes.count} changes")
    return ChangeMap(
        probability=Path(job.probability),
        mask=Path(job.mask),
        polygons=Path(job.polygons),
        before=dates.before_id,
        after=dates.after_id,
        threshold=job.threshold,
        device=str(told.get("device", "")),
        changed_area=changes.changed_area if grid.crs else None,
        changed_pixels=changes.changed_pixels,
        compared_pixels=compared,
        polygon_count=changes.count,
        warnings=warnings,
        **alarms,
    )


def _kinds(path: str, grid: Grid, told: Mapping[str, Any]) -> tuple[gdal.Dataset | None, tuple[str, ...]]:
    """The raster of kinds and their names; (None, ()) where it is gone, or does not fit the probability."""
    if not path or not Path(path).is_file():
        return None, ()
    dataset = open_raster(path, ["GTiff"])
    try:
        names = json.loads(dataset.GetMetadataItem("MARSCD_KINDS") or "[]")
    except ValueError:
        names = []
    fits = (dataset.RasterXSize, dataset.RasterYSize) == (grid.width, grid.height)
    # Another run may have left it there.
    fits &= provenance_of(path).get("model_sha256") == told.get("model_sha256")
    if not (fits and isinstance(names, list) and 0 < len(names) <= _MOST_KINDS):
        log.warning("%s is not used: it is no raster of kinds of this comparison", path)
        return None, ()
    return dataset, tuple(str(n) for n in names)


def _still_there(path: str) -> str:
    """The path, or "" where nothing is there any more: slopes are then unknown."""
    return path if path and Path(path).exists() else ""


def _image(given: str, parameters: Mapping[str, Any], role: str) -> str:
    """Where an image is: as given, else as the provenance says. Raises InputError where it is gone."""
    path = given or parameters.get(role)
    if not isinstance(path, str) or not path:
        raise InputError(f"The {role} image is not known any more.", _AGAIN)
    return path


def _registered(before: str, after: str, folder: Path, register, progress: Progress) -> str:
    if register is None:
        raise InputError("Registration was asked for where none is to be had.", "Run it through the workflows.")
    progress.report(0.0, "Registering AFTER to BEFORE again")
    output = folder / "after.tif"
    result = register(before, after, output, progress=progress)
    if not result.accepted:
        raise RegistrationError(f"{after} could not be registered to {before}: {result.reason}.", _AGAIN)
    return str(output)


def _region(whole: Grid, part: Grid, name: str) -> Window:
    """Where the probability's grid lies in BEFORE's. Raises InputError unless it does, to a hundredth of a pixel."""
    left, top = (part.left, part.top) if part.crs else (0.0, 0.0)
    column, row = (left - whole.left) / whole.pixel_size, (whole.top - top) / whole.pixel_size
    region = Window(round(column), round(row), part.width, part.height)
    same_pixel = abs(part.pixel_size - whole.pixel_size) <= 1e-6 * whole.pixel_size
    fits = abs(column - region.column) <= 0.01 and abs(row - region.row) <= 0.01
    inside = 0 <= region.column <= whole.width - part.width and 0 <= region.row <= whole.height - part.height
    if not (same_pixel and fits and inside):
        raise InputError(f"{name} does not lie on the grid of the image it was made of.", _AGAIN)
    return region


def _scaling(parameters: Mapping[str, Any]) -> Normalisation | None:
    """The pair's normalisation as it was; None where it was not kept."""
    try:
        kept = parameters["normalisation"]
        first, second = (Statistics(float(kept[r]["median"]), float(kept[r]["spread"])) for r in ("before", "after"))
        scale = float(kept["scale"])
    except (KeyError, TypeError, ValueError):
        return None
    finite = all(map(math.isfinite, (first.median, first.spread, second.median, second.spread, scale)))
    return Normalisation(first, second, scale) if finite and scale > 0 else None


def ids_of(told: Mapping[str, Any]) -> tuple[str, str]:
    """(before, after) as a provenance names them; "" where it does not."""
    names = told.get("inputs")
    if isinstance(names, list) and len(names) == 2:
        return str(names[0]), str(names[1])
    return "", ""


def _dates(told: Mapping[str, Any], parameters: Mapping[str, Any]) -> Dates:
    def time(name: str) -> datetime | None:
        text = parameters.get(name)
        return parse_utc(text) if isinstance(text, str) and text else None

    return Dates(*ids_of(told), time("before_time"), time("after_time"))


def _least_area(parameters: Mapping[str, Any]) -> float:
    value = parameters.get("min_area_m2")
    return float(value) if isinstance(value, int | float) and math.isfinite(value) and value > 0 else 0.0


def _band(parameters: Mapping[str, Any], role: str) -> int:
    band = parameters.get(f"{role}_band", 1)
    return band if isinstance(band, int) and not isinstance(band, bool) else 1


def _special(parameters: Mapping[str, Any], role: str) -> tuple[float, ...]:
    values = parameters.get(f"{role}_special") or ()
    return tuple(float(v) for v in values if isinstance(v, int | float))


def _warnings(changes: Changes) -> tuple[str, ...]:
    if not changes.without_polygon:
        return ()
    return (
        f"{changes.without_polygon:,} changes are in the mask but have no polygon: there are more than "
        f"{MAX_POLYGONS:,}, or their outlines are too long. Raise the smallest area or the threshold.",
    )


__all__ = ["RecutJob", "ids_of", "provenance_of", "recut_changes"]
