"""A series in, its changes through time out: first seen, last seen, how often, objects with their stories, the curve.

The network runs once over the series (``seriespass``) and leaves each pixel's history on disk. A second pass believes
or doubts the histories and joins what is believed into objects; a third writes the rasters, the objects' numbers and
the curve, now that each object's whole area is known.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np
from osgeo import gdal

from ..common.errors import InputError, ModelError
from ..common.files import need_space, whole_file, write_json
from ..common.progress import Progress, check, parts
from ..common.provenance import Provenance
from ..common.rasters import bounded_cache, gdal_quiet, open_raster
from ..inference.session import Model
from ..planet.crs import body_of
from ..planet.measure import pixel_area_m2
from .accept import suspects
from .comparer import Comparing, load_comparing
from .components import MAX_POLYGONS, Changes
from .curve import CurvePoint, write_curve
from .ground import Ground, Slopes, measure_ground, open_terrain
from .historyraster import HistoryRaster
from .pair import region_of
from .polygons import trace
from .scratch import scratch_folder
from .seriesjob import SeriesChanges, SeriesDetectJob
from .seriesjoin import Areas, Work
from .seriesobjects import CLASSES, COLUMNS, rows_of
from .seriespass import Plan, trace_histories
from .seriesreport import write_series_report
from .seriessource import SeriesSource
from .seriesthresholds import sampled_thresholds
from .timeline import choose_pairs
from .vectors import Feature, write_polygons

_CACHE_BYTES = 192 * 1024 * 1024


def detect_series_changes(job: SeriesDetectJob, progress: Progress, model: Comparing | None = None) -> SeriesChanges:
    """Do ``job``; all outputs or none are written. ``model`` is one that is loaded already, whole or in two halves.

    Raises InputError, ModelError, DeviceError, OutputError, MissingPackageError, CancelledError.
    """
    opening, running, joining, writing, tracing, closing = parts(progress, 3, 76, 8, 6, 4, 3)
    opening.report(0.0, "Opening the series and the model")
    model = model or load_comparing(job.model, job.device, job.threads)
    warnings = list(model.notes)
    if len(model.card.inputs) != 2:
        raise ModelError(f"The model {model.card.name} does not compare two images.", "Choose a change model.")
    plan = _plan(job, model)
    with ExitStack() as stack:
        stack.enter_context(bounded_cache(_CACHE_BYTES))
        source = SeriesSource(job.epochs, job.grid, job.masks, job.hide)
        region = region_of(job.grid, job.extent, job.extent_crs)
        grid = job.grid.window(region.column, region.row, region.width, region.height)
        terrain = open_terrain(job.dtm, grid)
        source.measure(opening)
        folder = stack.enter_context(scratch_folder(Path(job.first_seen)))
        need_space(folder, grid.width * grid.height)
        history = HistoryRaster(stack, folder, grid, source.count)
        opening.report(1.0)

        area = pixel_area_m2(grid)
        assert area is not None
        if job.false_alarms is not None:
            calibrating, running = parts(running, 1, 5)
            calibrating.report(0.0, "Looking at how each pair answers to ground that did not change")
            wished = job.false_alarms * float(area([grid.height // 2])[0])
            thresholds, notes = sampled_thresholds(
                model, source, region, plan.compared, plan.thresholds, wished, calibrating
            )
            plan, warnings = replace(plan, thresholds=thresholds), warnings + notes
        how = "pair by pair" if isinstance(model, Model) else "each image encoded once a tile"
        running.report(0.0, f"Comparing {plan.compared.count} pairs of {source.count} dates on {model.device}, {how}")
        counts = trace_histories(model, source, region, plan, history, running)
        if counts.observed.max(initial=0) == 0:
            raise InputError("No date of the series has data in the compared part.", "Choose another extent.")
        doubtful = suspects(counts.observed, counts.alone)
        warnings += _doubts(job, counts.observed, counts.alone, doubtful)

        joining.report(0.0, "Joining what changed into objects")
        work = Work(job, grid, history, doubtful, area, tuple(model.card.kinds), folder, stack)
        kept, lone = work.join(joining)

        tags = _provenance(job, model, plan, source)
        places = [stack.enter_context(whole_file(p)) for p in (*job.rasters, job.polygons)]
        writing.report(0.0, "Writing the rasters of dates")
        areas = work.write(places[:3], kept, lone, tags, writing)

        tracing.report(0.0, "Tracing outlines")
        ground = measure_ground(work.numbers, kept.count + lone.count, grid, tracing, terrain)
        names = _write_objects(places[3], work, kept, lone, ground, source, tracing)
        missing = kept.without_polygon + lone.without_polygon
        if missing:
            warnings.append(
                f"{missing:,} changes have no polygon: there are more than {MAX_POLYGONS:,}. Raise MIN_AREA."
            )
        check(closing)
        found = SeriesChanges(
            Path(job.first_seen),
            Path(job.last_seen),
            Path(job.count),
            Path(job.polygons),
            epochs=source.count,
            pairs=plan.compared.count,
            threshold=float(np.median(plan.thresholds)),
            device=model.device,
            changed_area=kept.changed_area,
            single_area=float(areas.alone.sum()),
            observed_area=areas.compared,
            counts={name: names.count(name) for name in CLASSES},
            suspects=tuple(e.product_id for e, bad in zip(job.epochs, doubtful, strict=True) if bad),
            warnings=tuple(warnings),
            encoded=counts.encoded,
            without_polygon=missing,
        )
        for warning in warnings:
            progress.warn(warning)
        write_json(f"{job.polygons}.provenance.json", tags.as_dict())
    points = curve_points(job, areas, doubtful)
    if job.curve:
        write_curve(job.curve, points)
    _name_values(job)
    if job.report:
        write_series_report(job.report, found, job.epochs, points)
    closing.report(1.0, f"{found.polygon_count} changes")
    return found


def curve_points(job: SeriesDetectJob, areas: Areas, doubtful: np.ndarray) -> list[CurvePoint]:
    """One point a date."""
    return [
        CurvePoint(
            time=e.time,
            mars_year=e.mars_year,
            solar_longitude=e.solar_longitude,
            product_id=e.product_id,
            seen=float(areas.seen[k]),
            known=float(areas.known[k]),
            observed=float(areas.observed[k]),
            appeared=float(areas.appeared[k]),
            faded=float(areas.faded[k]),
            alone=float(areas.alone[k]),
            suspect=bool(doubtful[k]),
        )
        for k, e in enumerate(job.epochs)
    ]


def _write_objects(
    place: Path, work: Work, kept: Changes, lone: Changes, ground: Ground, source: SeriesSource, progress: Progress
) -> list[str]:
    """The polygons of both lots, and the class of each that was written."""
    outlines = trace(work.numbers.band, progress)
    table, names = [], []
    lots = ((kept, False, 0), *([(lone, True, kept.count)] if work.job.singles else []))
    for changes, alone, start in lots:
        part = slice(start, start + changes.count)
        slopes = ground.slopes
        own = Ground(
            ground.steps[:, part], Slopes(slopes.slope[part], slopes.descent[part]) if slopes is not None else None
        )
        rows, told = rows_of(changes, own, work.grid, source.epochs, work.kinds, alone, start)
        table += rows
        names += told
    body = body_of(work.grid.crs)
    features = (Feature(outlines.pop(row[0]), row) for row in table if row[0] in outlines)
    write_polygons(place, work.grid.crs if body else "", COLUMNS, features)
    return names


def _plan(job: SeriesDetectJob, model: Comparing) -> Plan:
    names = [e.product_id for e in job.epochs]
    compared = choose_pairs(names, job.pairs)
    if compared.count == 0:
        raise InputError("No two dates of the series can be compared.", "Build a series of more dates.")
    own = model.card.threshold if job.threshold is None else job.threshold
    return Plan(compared, np.full(compared.count, own, np.float32), job.feature, job.tile)


def _doubts(job: SeriesDetectJob, observed: np.ndarray, alone: np.ndarray, doubtful: np.ndarray) -> list[str]:
    said = [
        f"{epoch.product_id} as a whole looks unlike the other images (it alone shows change on {100 * a / o:.1f} % of "
        "its ground): glare, haze, frost or misregistration. What only this image shows is not drawn."
        for epoch, o, a, bad in zip(job.epochs, observed, alone, doubtful, strict=True)
        if bad
    ]
    if len(job.epochs) < 4:
        said.append(
            f"With {len(job.epochs)} dates nothing can be confirmed: one odd image may explain it. Four dates, two "
            "before and two after, tell a change from a bad image."
        )
    return said


def _provenance(job: SeriesDetectJob, model: Comparing, plan: Plan, source: SeriesSource) -> Provenance:
    names = [e.product_id for e in job.epochs]
    pairs = zip(plan.compared.first, plan.compared.second, plan.compared.weight, plan.thresholds, strict=True)
    return Provenance(
        process="marscd:detectserieschanges",
        inputs=names,
        parameters={
            "epochs": [{"id": e.product_id, "time": e.time, "mars_year": e.mars_year, "ls": e.solar_longitude}
                       for e in job.epochs],
            "pairs": [[names[i], names[j], round(float(w), 4), round(float(t), 4)] for i, j, w, t in pairs],
            "feature": job.feature,
            "min_area_m2": job.min_area_m2,
            "extent": job.extent,
            "dtm": job.dtm,
            "singles": job.singles,
            "normalisation": {"medians": [s.median for s in source.statistics], "scale": source.scale},
        },
        model=f"{model.card.name} {model.card.version}".strip(),
        model_sha256=model.sha256,
        device=model.device,
    )  # fmt: skip


def _name_values(job: SeriesDetectJob) -> None:
    """A raster attribute table beside the rasters of dates: which date a value is, for QGIS and other GIS."""
    for path in (job.first_seen, job.last_seen):
        table = gdal.RasterAttributeTable()
        for name, kind, use in (
            ("Value", gdal.GFT_Integer, gdal.GFU_MinMax), ("Date", gdal.GFT_String, gdal.GFU_Name),
            ("MarsYear", gdal.GFT_Integer, gdal.GFU_Generic), ("Ls", gdal.GFT_Real, gdal.GFU_Generic),
            ("Image", gdal.GFT_String, gdal.GFU_Generic),
        ):  # fmt: skip
            table.CreateColumn(name, kind, use)
        table.SetRowCount(len(job.epochs))
        for row, epoch in enumerate(job.epochs):
            table.SetValueAsInt(row, 0, row + 1)
            table.SetValueAsString(row, 1, epoch.time.date().isoformat())
            table.SetValueAsInt(row, 2, epoch.mars_year)
            table.SetValueAsDouble(row, 3, round(epoch.solar_longitude, 2))
            table.SetValueAsString(row, 4, epoch.product_id)
        with gdal_quiet():
            dataset = open_raster(path)
            dataset.GetRasterBand(1).SetDefaultRAT(table)
            del dataset  # written beside the raster on closing


__all__ = ["SeriesChanges", "SeriesDetectJob", "detect_series_changes"]
