"""From labels to polygons with their science attributes.

Attributes of a change (null where the images have no CRS, or the fact is unknown):

- ``area_m2``: sum of its pixels' areas on the sphere; ``pixels``: how many.
- ``length_m``, ``width_m``, ``azimuth``: see ``shapes``; degrees clockwise from north, 0..180.
- ``centreline_m``: length along its middle, all branches together; null where it is too wide to have one.
- ``probability_mean``, ``probability_max``: of the model, over its pixels.
- ``confidence``: the chance that one of its pixels truly changed, the likelier pixels drawn more often:
  sum(p * p) / sum(p). It means what the probabilities p mean, no more: see docs/series-changes.md.
- ``direction``: ``appeared`` where AFTER is darker than BEFORE against the surroundings, ``faded`` where it is
  brighter: the convention for dark features such as slope lineae, fresh streaks and new impacts. For a bright
  feature (frost, a fresh bright deposit) read it the other way round.
- ``contrast``: AFTER - BEFORE inside minus that of the unchanged pixels around (32 to 96 pixels away), in units of
  the pair's robust spread (``inference.normalise``); negative is darker.
- ``if_ratio``: how bright it became for what its unchanged surroundings became; 0.8 is a fifth darker. Images go into a
  model cut at six robust spreads: on ground of hardly any contrast a strong change's ratio is too near to 1.
- ``slope``, ``downslope_azimuth``, ``downslope_angle`` (with a DTM): mean slope in degrees, bearing of the steepest
  descent, and the angle 0..90 between that and the long axis: 0 runs straight down.
- ``kind``, ``kind_share``: what the model takes it for, and that kind's share of the votes of its pixels (each weighed
  by its probability); ``unknown`` without a clear majority, or where the model knows no kinds.
- ``longitude``, ``latitude`` of the centroid: planetocentric, east-positive degrees.
- ``before_id``, ``after_id``, ``before_time``, ``after_time`` (UTC), and for Mars with known times
  ``before_mars_year``, ``before_ls``, ``after_mars_year``, ``after_ls`` (degrees).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from osgeo import gdal, ogr

from ..common.errors import CancelledError, OutputError
from ..common.progress import Progress
from ..common.rasters import RasterWriter, gdal_quiet, windows
from ..common.words import MASK_NODATA, Grid
from ..planet.crs import body_of
from ..planet.time import mars_date
from .components import CELL, NODATA, PLAIN, Changes
from .facts import Around, Facts, brightness_ratio, downslope_angle, kinds_of
from .scratch import ScratchRaster
from .shapes import shapes
from .vectors import Column, Feature, write_polygons

COLUMNS = (
    Column("change_id", "integer"),
    Column("area_m2", "real"),
    Column("pixels", "integer"),
    Column("probability_mean", "real"),
    Column("probability_max", "real"),
    Column("direction", "text"),
    Column("contrast", "real"),
    Column("length_m", "real"),
    Column("width_m", "real"),
    Column("azimuth", "real"),
    Column("longitude", "real"),
    Column("latitude", "real"),
    Column("before_id", "text"),
    Column("after_id", "text"),
    Column("before_time", "time"),
    Column("after_time", "time"),
    Column("before_mars_year", "integer"),
    Column("before_ls", "real"),
    Column("after_mars_year", "integer"),
    Column("after_ls", "real"),
    Column("confidence", "real"),
    Column("if_ratio", "real"),
    Column("centreline_m", "real"),
    Column("slope", "real"),
    Column("downslope_azimuth", "real"),
    Column("downslope_angle", "real"),
    Column("kind", "text"),
    Column("kind_share", "real"),
)


@dataclass(frozen=True)
class Dates:
    """Who was compared: ids, and aware UTC times or None."""

    before_id: str
    after_id: str
    before_time: datetime | None = None
    after_time: datetime | None = None


def write_mask(
    labels: ScratchRaster, numbers: ScratchRaster, mask: RasterWriter, changes: Changes, grid: Grid, progress: Progress
) -> Around:
    """Second pass: mask (0, 1, 255 = no data) and polygon numbers from the labels, block by block."""
    around = np.zeros((2, changes.count + 1))
    for window in windows(grid.width, grid.height, progress):
        label = labels.read(window)
        kept = changes.keep[np.maximum(label, 0)]
        block = kept.astype(np.uint8)
        block[label == NODATA] = MASK_NODATA
        mask.write(window, block)
        if not (label > PLAIN).any():
            continue
        rows, columns = np.nonzero(label > PLAIN)
        number = changes.polygon_of[label[rows, columns]]
        cells = (rows + window.row) // CELL, (columns + window.column) // CELL
        for line, background in zip(around, (changes.background, changes.background_before), strict=True):
            line += np.bincount(number, weights=background[cells], minlength=line.size)
        if number.any():
            block_numbers = np.zeros(label.shape, np.int32)
            block_numbers[rows, columns] = number
            numbers.write(window, block_numbers)
    numbers.flush()
    around = around[:, 1:] / np.maximum(changes.pixels, 1)
    return Around(around[0], around[1])


def write_changes(
    path: Path,
    numbers: ScratchRaster,
    changes: Changes,
    around: Around,
    grid: Grid,
    dates: Dates,
    progress: Progress,
    facts: Facts | None = None,
) -> None:
    """Trace the polygons and write them with their attributes to ``path`` (a temporary name). Raises OutputError."""
    outlines = trace(numbers.band, progress)
    table = attributes(changes, around, grid, dates, facts)
    body = body_of(grid.crs) if grid.crs else None
    crs = grid.crs if body else ""
    write_polygons(path, crs, COLUMNS, _features(outlines, table))


def trace(band: gdal.Band, progress: Progress) -> dict[int, ogr.Geometry]:
    """The outline of each number > 0 in a band, as one valid multipolygon in the band's coordinates.

    Pixels of one number that touch at a corner only become parts of one multipolygon: tracing with 4-connectedness
    keeps rings simple, where GDAL's 8-connected rings cross themselves.
    """
    holder = ogr.GetDriverByName("Memory").CreateDataSource("traced")
    layer = holder.CreateLayer("traced", None, ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("number", ogr.OFTInteger))
    stopped = False

    def callback(fraction: float, _message: str, _data: Any) -> int:
        nonlocal stopped
        progress.report(fraction)
        stopped = progress.cancelled()
        return 0 if stopped else 1

    with gdal_quiet():
        try:
            failed = gdal.Polygonize(band, band, layer, 0, [], callback) != 0
        except RuntimeError:
            failed = True
        message = gdal.GetLastErrorMsg()
    if stopped:
        raise CancelledError()
    if failed:
        raise OutputError(f"The outlines of the changes could not be traced ({message.strip()}).", "Raise MIN_AREA.")
    outlines: dict[int, ogr.Geometry] = {}
    for feature in layer:
        number = feature.GetFieldAsInteger(0)
        if number not in outlines:
            outlines[number] = ogr.Geometry(ogr.wkbMultiPolygon)
        outlines[number].AddGeometry(feature.GetGeometryRef())
    return {number: _valid(outline) for number, outline in outlines.items()}


def _valid(outline: ogr.Geometry) -> ogr.Geometry:
    """Repair an outline whose ring touches itself (a hole that meets the edge at a corner)."""
    with gdal_quiet():
        if outline.IsValid():
            return outline
        made = outline.MakeValid()
        made = ogr.ForceToMultiPolygon(made) if made is not None else None
    return made if made is not None and not made.IsEmpty() else outline


def attributes(
    changes: Changes, around: Around, grid: Grid, dates: Dates, facts: Facts | None = None
) -> list[tuple[Any, ...]]:
    """The values of ``COLUMNS`` for each polygon, in order; None is null, and so is NaN once it is written."""
    facts = facts or Facts()
    ground = facts.ground
    steps = ground.steps if ground is not None else None
    form = shapes(grid, changes.x, changes.y, changes.xx, changes.xy, changes.yy, changes.area, steps)
    contrast = changes.difference - around.difference
    slopes = ground.slopes if ground is not None else None
    none = [None] * changes.count

    def column(values: np.ndarray | None) -> list[Any]:
        return none if values is None else values.tolist()

    before, after = _season(dates.before_time, grid), _season(dates.after_time, grid)
    fixed = (dates.before_id, dates.after_id, dates.before_time, dates.after_time, *before, *after)
    rows = zip(
        range(1, changes.count + 1),
        column(changes.area if grid.crs else None),
        changes.pixels.tolist(),
        changes.probability_mean.tolist(),
        changes.probability_max.tolist(),
        ("appeared" if c < 0 else "faded" for c in contrast.tolist()),
        contrast.tolist(),
        column(form.length if form else None),
        column(form.width if form else None),
        column(form.azimuth if form else None),
        column(form.longitude if form else None),
        column(form.latitude if form else None),
        strict=True,
    )
    further = zip(
        changes.confidence.tolist(),
        brightness_ratio(changes, around, facts.scaling).tolist(),
        column(form.centreline if form else None),
        column(slopes.slope if slopes else None),
        column(slopes.descent if slopes else None),
        column(downslope_angle(form.azimuth, slopes.descent) if form and slopes else None),
        strict=True,
    )
    kinds = kinds_of(facts.kinds, facts.votes, changes.count)
    return [(*row, *fixed, *more, *kind) for row, more, kind in zip(rows, further, kinds, strict=True)]


def _season(time: datetime | None, grid: Grid) -> tuple[int | None, float | None]:
    # Without a CRS the body is unknown, but this is a plugin for Mars, and an observation's time is known all the same.
    if time is None or (grid.crs and body_of(grid.crs) != "Mars"):
        return None, None
    when = mars_date(time)
    return when.mars_year, when.solar_longitude


def _features(outlines: dict[int, ogr.Geometry], table: list[tuple[Any, ...]]) -> Iterator[Feature]:
    for number, values in enumerate(table, start=1):
        if number in outlines:
            yield Feature(outlines.pop(number), values)
