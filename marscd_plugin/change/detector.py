"""Two images in, a map of changes out: probability, mask and polygons on BEFORE's grid, in bounded memory.

First pass, strip by strip: normalise, run the model, write the probability, label what exceeds the threshold. Second
pass over the labels: mask and polygon numbers, now that each change's whole area is known. Then the outlines.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from ..common.errors import InputError, ModelError, OutputError, RegistrationError
from ..common.files import need_space, whole_file, write_json
from ..common.progress import Progress, check, parts
from ..common.provenance import Provenance, jsonable
from ..common.rasters import RasterWriter, Window, bounded_cache, open_raster
from ..common.words import MASK_NODATA, ChangeMap, Grid, Registration
from ..inference.cascade import load_screen
from ..inference.models import find_model
from ..inference.session import Model, load_model
from ..inference.tiles import TILE, run_tiles
from ..planet.measure import pixel_area_m2
from ..planet.time import parse_utc
from .calibration import CellMaxima, stated, wished_threshold
from .components import MAX_POLYGONS, Changes, Components
from .cutting import labelled
from .facts import NO_KIND, Facts, votes_of
from .ground import measure_ground, open_terrain
from .image import open_image
from .job import DetectJob
from .pair import Normalisation, PairSource, make_pair, region_of
from .polygons import Dates, write_changes, write_mask
from .scratch import ScratchRaster, scratch_folder

log = logging.getLogger(__name__)

#: What PROBABILITY holds where either image has no data.
PROBABILITY_NODATA = -1.0
#: Probabilities are written in steps of 1/4096: finer than any model is calibrated, and a third of the file.
PROBABILITY_STEPS = 4096.0

#: GDAL's block cache: the blocks that neighbouring strips share, of both images and the results.
CACHE_BYTES = 128 * 1024 * 1024

#: (reference, moving, output, tie_points, progress) -> how well it lies; series.images.register_images is one.
Register = Callable[..., Registration]


@dataclass(frozen=True)
class _Found:
    """What the first pass counted."""

    changes: Changes
    compared_pixels: int
    maxima: CellMaxima


def detect_changes(
    job: DetectJob, progress: Progress, register: Register | None = None, model: Model | None = None
) -> ChangeMap:
    """Compare ``job.before`` with ``job.after``; write probability, mask and polygons, all of them or none.

    ``register`` lays AFTER on BEFORE first where ``job.register`` asks for it; ``model`` is an already loaded model to
    be used instead of ``job.model``. Raises InputError, ModelError, DeviceError, RegistrationError, OutputError,
    MissingPackageError, CancelledError.
    """
    notes = _Notes(progress)
    opening, running, masking, measuring, tracing, closing = parts(progress, 3, 80, 4, 2, 4, 7)
    running, cutting = parts(running, 9, 1) if job.false_alarms is not None else (running, running)
    opening.report(0.0, "Opening images and model")
    model = model or load_model(find_model(job.model), job.device, job.threads)
    for note in model.notes:
        notes.warn(note)
    _check_model(model)
    threshold = model.card.threshold if job.threshold is None else job.threshold
    dates = _dates(job)
    before = open_image(job.before, job.before_band, job.before_special)
    with ExitStack() as stack:
        stack.enter_context(bounded_cache(CACHE_BYTES))
        folder = stack.enter_context(scratch_folder(Path(job.probability)))
        registration = dict(job.registration)
        after_path, after_band, special = job.after, job.after_band, job.after_special
        if job.register:
            after_path, registration = _registered(job, folder, register, opening)
            after_band, special = 1, ()
        pair = make_pair(before, open_image(after_path, after_band, special))
        region = region_of(before.grid, job.extent, job.extent_crs)
        grid = before.grid.window(region.column, region.row, region.width, region.height)
        _say_what_matters(pair, grid, model, registration, job, notes)
        job = replace(job, context=_context(job, model, registration, notes))
        scaling = pair.statistics(opening)
        terrain = open_terrain(job.dtm, grid)
        opening.report(1.0)

        tags = _provenance(job, model, dates, registration, threshold, scaling)
        for path in (job.probability, job.mask, job.polygons):
            need_space(Path(path).parent, grid.width * grid.height // 4)
        probability_part, mask_part, polygons_part = (
            stack.enter_context(_whole_file(path)) for path in (job.probability, job.mask, job.polygons)
        )
        kinds = tuple(getattr(model.card, "kinds", ()))
        kind_part = stack.enter_context(_whole_file(job.kind)) if job.kind and kinds else None

        running.report(0.0, f"Looking for changes on {model.device}")
        labels = _scratch(stack, folder / "labels.tif", grid)
        found = _first_pass(
            job, model, pair, region, grid, scaling, threshold, labels, (probability_part, kind_part), tags, running
        )
        area = pixel_area_m2(grid)
        pixel_area = float(area([grid.height // 2])[0]) if area else None
        if job.false_alarms is not None:
            threshold, note = wished_threshold(found.maxima, job.false_alarms * (pixel_area or 1.0), threshold)
            if note:
                notes.warn(note)
            tags = _provenance(job, model, dates, registration, threshold, scaling)
            cutting.report(0.0, f"Cutting the probability at {threshold:g}")
            labels = _scratch(stack, folder / "calibrated.tif", grid)
            kind_raster = open_raster(kind_part, ["GTiff"]) if kind_part is not None else None
            found = _Found(
                *labelled(
                    threshold, job.min_area_m2 if area else 0.0, open_raster(probability_part, ["GTiff"]), pair, region,
                    grid, scaling, labels, cutting, kind_raster, len(kinds),
                )
            )  # fmt: skip
        alarms = stated(found.maxima, threshold, pixel_area)
        tags = replace(tags, parameters={**tags.parameters, **alarms})
        if found.changes.without_polygon:
            notes.warn(
                f"{found.changes.without_polygon:,} changes are in the mask but have no polygon: there are more than "
                f"{MAX_POLYGONS:,}, or their outlines are too long. Raise MIN_AREA or THRESHOLD."
            )
        masking.report(0.0, "Writing the mask")
        numbers = _scratch(stack, folder / "numbers.tif", grid)
        with RasterWriter(
            mask_part, grid, np.uint8, nodata=MASK_NODATA, descriptions=["change"], tags=tags.raster_tags(),
            categorical=True, progress=closing,
        ) as writer:  # fmt: skip
            around = write_mask(labels, numbers, writer, found.changes, grid, masking)
        measuring.report(0.0, "Measuring the changes")
        facts = Facts(
            scaling, measure_ground(numbers, found.changes.count, grid, measuring, terrain), kinds, found.changes.extra
        )
        tracing.report(0.0, "Tracing outlines")
        write_changes(polygons_part, numbers, found.changes, around, grid, dates, tracing, facts)
        if Path(job.polygons).suffix.lower() in (".geojson", ".json") and grid.crs:
            notes.warn(
                "GeoJSON cannot name a body: its coordinates are planetocentric degrees of longitude and latitude."
            )
        check(closing)
        write_json(f"{job.polygons}.provenance.json", tags.as_dict())
    closing.report(1.0, f"{found.changes.count} changes")
    return ChangeMap(
        probability=Path(job.probability),
        mask=Path(job.mask),
        polygons=Path(job.polygons),
        before=dates.before_id,
        after=dates.after_id,
        threshold=threshold,
        device=model.device,
        changed_area=found.changes.changed_area if grid.crs else None,
        changed_pixels=found.changes.changed_pixels,
        compared_pixels=found.compared_pixels,
        polygon_count=found.changes.count,
        warnings=tuple(notes.said),
        **alarms,
    )


def _first_pass(
    job: DetectJob,
    model: Model,
    pair: PairSource,
    region: Window,
    grid: Grid,
    scaling: Normalisation,
    threshold: float,
    labels: ScratchRaster,
    places: tuple[Path, Path | None],
    tags: Provenance,
    progress: Progress,
) -> _Found:
    """Probability (and kinds) to ``places``, labels to the scratch raster; the changes, and how much was compared."""
    area = pixel_area_m2(grid)
    kinds = tuple(getattr(model.card, "kinds", ()))
    components = Components(grid.width, grid.height, job.min_area_m2 if area else 0.0, extras=len(kinds))
    maxima = CellMaxima(grid.width, grid.height)
    compared = 0
    probability_part, kind_part = places
    with RasterWriter(
        probability_part, grid, np.float32, nodata=PROBABILITY_NODATA, descriptions=["probability of change"],
        tags=tags.raster_tags(), progress=progress,
    ) as writer, _kind_writer(kind_part, grid, kinds, tags, progress) as kind_writer:  # fmt: skip
        strips = run_tiles(
            model,
            pair.reader(region, scaling),
            grid.width,
            grid.height,
            progress,
            tile=job.tile or TILE,
            phase=(region.column, region.row),
            context=job.context,
            screen=load_screen(model, job.threads) if job.fast else None,
        )
        for strip in strips:
            window = strip.window
            # The mask is cut from the very values that are written, so that cutting them again gives the same mask.
            likely = np.rint(strip.output * np.float32(PROBABILITY_STEPS)) / np.float32(PROBABILITY_STEPS)
            changed = (likely >= threshold) & strip.valid
            if area is None:
                pixel_area = np.ones((window.height, 1))
            else:
                rows = np.arange(window.row, window.row + window.height)
                pixel_area = area(rows, np.arange(window.column, window.column + window.width))
            difference = strip.inputs[1] - strip.inputs[0]
            kind = getattr(strip, "kind", None)
            found = components.add(
                window, changed, strip.valid, likely, difference, pixel_area, strip.inputs[0],
                votes_of(kind, likely, changed, len(kinds)),
            )  # fmt: skip
            labels.write(window, found)
            if kind_writer is not None and kind is not None:
                kind_writer.write(window, np.where(strip.valid, kind, NO_KIND))
            maxima.add(window, likely, strip.valid)
            likely[~strip.valid] = PROBABILITY_NODATA
            writer.write(window, likely)
            compared += int(strip.valid.sum())
        labels.flush()
    if compared == 0:
        raise InputError(
            f"{job.before} and {job.after} have no pixel with data in common in the compared part.",
            "Choose another extent, or two images of the same place.",
        )
    return _Found(components.finish(), compared, maxima)


def _kind_writer(path: Path | None, grid: Grid, kinds: tuple[str, ...], tags: Provenance, progress: Progress):  # type: ignore[no-untyped-def]
    """The raster of kinds, where one is wanted; its tag ``MARSCD_KINDS`` names the values."""
    if path is None:
        return nullcontext()
    named = {**tags.raster_tags(), "MARSCD_KINDS": json.dumps(kinds)}
    return RasterWriter(
        path, grid, np.uint8, nodata=NO_KIND, descriptions=["kind"], tags=named, categorical=True, progress=progress
    )


def _registered(
    job: DetectJob, folder: Path, register: Register | None, progress: Progress
) -> tuple[str, dict[str, Any]]:
    """AFTER laid on BEFORE, in ``folder``, and how well. Raises RegistrationError, InputError."""
    if register is None:
        raise InputError("Registration was asked for where none is to be had.", "Run it through the workflows.")
    progress.report(0.0, "Registering AFTER to BEFORE")
    output = folder / "after.tif"
    result = register(job.before, job.after, output, progress=progress)
    if not result.accepted:
        raise RegistrationError(
            f"{job.after} could not be registered to {job.before}: {result.reason}.",
            "Choose another pair, or register them by hand and run again without REGISTER.",
        )
    return str(output), jsonable(result)


def _check_model(model: Model) -> None:
    if len(model.card.inputs) != 2:
        raise ModelError(
            f"The model {model.path} takes {len(model.card.inputs)} images; comparing two dates needs a model of two.",
            "Choose a change model.",
        )


def _context(job: DetectJob, model: Model, registration: dict[str, Any], notes: _Notes) -> dict[str, float | None]:
    """What is known of the pair beside its images, as far as the model can be told; a note on what is not."""
    known = {"residual_px": registration.get("residual_px"), **job.context}
    told = {name: known.get(name) for name in model.card.context}
    absent = [name for name, value in told.items() if value is None]
    if absent:
        notes.warn(f"Not known of this pair, and left open for the model {model.card.name}: {', '.join(absent)}.")
    return told


def _say_what_matters(
    pair: PairSource, grid: Grid, model: Model, registration: dict[str, Any], job: DetectJob, notes: _Notes
) -> None:
    """Warn of what makes a map less than it looks."""
    for image in (pair.before, pair.after):
        if image.bands > 1:
            notes.warn(f"{image.name} has {image.bands} bands; band {image.number} is compared.")
    if not grid.crs:
        notes.warn(
            "The images have no CRS: they are compared pixel by pixel, and lengths and areas are unknown (null)."
        )
        if job.min_area_m2 > 0:
            notes.warn("MIN_AREA is not applied: without a CRS the size of a pixel is unknown.")
        return
    area = pixel_area_m2(grid)
    size = float(np.sqrt(area([grid.height // 2])[0])) if area else 0.0
    low, high = model.card.pixel_size
    # A tenth beyond what it was trained on is within what zoom augmentation covers.
    if size and not 0.9 * low <= size <= 1.1 * high:
        trained = f"{low:g} m" if low == high else f"{low:g} to {high:g} m"
        effect = (
            "see features smaller than it knows" if size > high else "see them larger, and more noise, than it knows"
        )
        notes.warn(
            f"A pixel is {size:.3g} m; the model {model.card.name} was trained at {trained}. It will {effect}, so "
            "expect misses and false alarms that its scores do not tell."
        )
    if pair.resampled:
        notes.warn(f"{pair.after.name} is on another grid and was resampled to BEFORE's while reading.")
    residual = registration.get("residual_px")
    if residual is not None and residual > 1.0:
        notes.warn(f"The images lie on each other to {residual:.1f} pixels only: edges may show as changes.")


def _dates(job: DetectJob) -> Dates:
    def time(text: str) -> datetime | None:
        return parse_utc(text) if text else None

    return Dates(
        before_id=job.before_id or Path(job.before).stem,
        after_id=job.after_id or Path(job.after).stem,
        before_time=time(job.before_time),
        after_time=time(job.after_time),
    )


def _provenance(
    job: DetectJob,
    model: Model,
    dates: Dates,
    registration: dict[str, Any],
    threshold: float,
    scaling: Normalisation,
) -> Provenance:
    return Provenance(
        process="marscd:detectchanges",
        inputs=[dates.before_id, dates.after_id],
        parameters={
            **{k: v for k, v in job.as_dict().items() if k not in ("registration", "threads", "tile")},
            "threshold": threshold,
            "normalisation": jsonable(scaling),
        },
        model=f"{model.card.name} {model.card.version}".strip(),
        model_sha256=model.sha256,
        registration=registration,
        device=model.device,
    )


@contextmanager
def _whole_file(path: str) -> Iterator[Path]:
    """``whole_file`` whose errors name the file that the user asked for, not the temporary one."""
    with whole_file(path) as part:
        try:
            yield part
        except OutputError as error:
            raise OutputError(error.what.replace(str(part), str(path)), error.remedy) from error


def _scratch(stack: ExitStack, path: Path, grid: Grid) -> ScratchRaster:
    raster = ScratchRaster(path, grid)
    stack.callback(raster.close)
    return raster


class _Notes:
    """Warnings, passed on and kept."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.said: list[str] = []

    def warn(self, message: str) -> None:
        self.said.append(message)
        self._progress.warn(message)


__all__ = ["PROBABILITY_NODATA", "DetectJob", "Register", "detect_changes"]
