"""What is looked for: places marked by the user, as a file for the algorithm and back; and a small picture of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal, ogr

from ...common.errors import InputError, OutputError
from ...common.files import whole_file
from ...common.rasters import gdal_quiet
from ...common.words import Area
from ...planet import geometry
from ...planet.bodies import body
from ...planet.crs import body_of, geographic_wkt, transformer
from ..area_file import multipolygon, write_features
from ..words import tr

#: More than anybody marks by hand.
MOST_TARGETS = 100
_MAX_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class Marked:
    """A place that is looked for, and what it is called."""

    name: str
    area: Area


def edge_of(area: Area) -> float:
    """The shorter side, in metres, of the box around an area."""
    west, south, east, north = geometry.bounds(area)
    radius = body(area.body).radius
    middle = np.radians((south + north) / 2)
    wide = np.radians((east - west) % 360.0) * radius * max(float(np.cos(middle)), 1e-6)
    return float(min(wide, np.radians(north - south) * radius))


def free_name(names: list[str]) -> str:
    """The next of "Target 1", "Target 2" ... that is not taken."""
    taken = set(names)
    return next(
        name for name in (tr("Target {number}").format(number=n) for n in range(1, 10_000)) if name not in taken
    )


def own_name(name: str, names: list[str]) -> str:
    """``name``, with a number behind it where it is taken."""
    name = name.strip() or free_name(names)
    taken = set(names)
    return name if name not in taken else next(f"{name} {n}" for n in range(2, 10_000) if f"{name} {n}" not in taken)


def write_targets(targets: tuple[Marked, ...], path: Path) -> Path:
    """A FlatGeobuf with one multipolygon a target, in degrees of their body, and its ``name``. Raises OutputError."""
    rows = [(multipolygon(target.area), (target.name,)) for target in targets]
    if not rows:
        raise OutputError(tr("Nothing is marked."), tr("Mark a target first."))
    with whole_file(path) as part:
        write_features(part, geographic_wkt(targets[0].area.body), ogr.wkbMultiPolygon, {"name": ogr.OFTString}, rows)
    return path


def read_targets(path: Path) -> tuple[Marked, ...]:
    """What ``write_targets`` wrote; empty where it is not there. Raises InputError for a damaged file."""
    if not path.is_file():
        return ()
    damaged = InputError(tr("{path} cannot be read.").format(path=path), tr("Mark the targets again."))
    if path.stat().st_size > _MAX_BYTES:
        raise damaged
    with gdal_quiet():
        try:
            source = gdal.OpenEx(str(path), gdal.OF_VECTOR, allowed_drivers=["FlatGeobuf"])
        except RuntimeError:
            source = None
        layer = source.GetLayer(0) if source is not None else None
        if layer is None or layer.GetSpatialRef() is None:
            raise damaged
        on = body_of(layer.GetSpatialRef().ExportToWkt(["FORMAT=WKT2_2019"])) or "Mars"
        found: list[Marked] = []
        for feature in layer:
            shape = feature.GetGeometryRef()
            if shape is not None and len(found) < MOST_TARGETS:
                found.append(Marked(feature.GetField("name") or "", geometry.area_from_wkt(shape.ExportToWkt(), on)))
    return tuple(found)


def picture(source: str, area: Area | None, px: int) -> NDArray[np.uint8] | None:
    """(px, px) grey picture of the box around ``area`` (None: the whole) in a raster, stretched from its 2nd to its
    98th percentile; None where the image does not show it. For a worker."""
    with gdal_quiet():
        try:
            dataset = gdal.OpenEx(source, gdal.OF_RASTER | gdal.OF_READONLY)
        except RuntimeError:
            dataset = None
        if dataset is None:
            return None
        window = _window(dataset, area)
        if window is None:
            return None
        return _grey(dataset, window, px)


def _window(dataset: Any, area: Area | None) -> tuple[int, int, int, int] | None:
    """(column, row, width, height) of a square around the area, cut to the image."""
    columns, rows = dataset.RasterXSize, dataset.RasterYSize
    if area is None:
        edge = min(columns, rows)
        return (columns - edge) // 2, (rows - edge) // 2, edge, edge
    inverse = gdal.InvGeoTransform(dataset.GetGeoTransform())
    if inverse is None or not dataset.GetProjection():
        return None
    points = np.array([p for rings in area.polygons for p in rings[0]], float)
    try:
        x, y = transformer(geographic_wkt(area.body), dataset.GetProjection()).points(points[:, 0], points[:, 1])
    except InputError:
        return None
    column = inverse[0] + inverse[1] * x + inverse[2] * y
    row = inverse[3] + inverse[4] * x + inverse[5] * y
    if not np.isfinite(column).any():
        return None
    left, right, top, bottom = np.nanmin(column), np.nanmax(column), np.nanmin(row), np.nanmax(row)
    half = max(right - left, bottom - top, 4.0) / 2
    middle = ((left + right) / 2, (top + bottom) / 2)
    c0, c1 = max(int(middle[0] - half), 0), min(int(np.ceil(middle[0] + half)), columns)
    r0, r1 = max(int(middle[1] - half), 0), min(int(np.ceil(middle[1] + half)), rows)
    return (c0, r0, c1 - c0, r1 - r0) if c1 > c0 and r1 > r0 else None


def _grey(dataset: Any, window: tuple[int, int, int, int], px: int) -> NDArray[np.uint8] | None:
    bands = [dataset.GetRasterBand(n) for n in range(1, min(dataset.RasterCount, 3) + 1)]
    longest = max(window[2:])
    shape = (max(round(px * window[3] / longest), 1), max(round(px * window[2] / longest), 1))
    planes = []
    for band in bands if len(bands) == 3 else bands[:1]:
        values = band.ReadAsArray(*window, buf_xsize=shape[1], buf_ysize=shape[0], resample_alg=gdal.GRIORA_Average)
        if values is None:
            return None
        values = values.astype(np.float32)
        nodata = band.GetNoDataValue()
        if nodata is not None:
            values[values == np.float32(nodata)] = np.nan
        planes.append(values)
    grey = np.mean(planes, axis=0)
    good = np.isfinite(grey)
    if not good.any():
        return None
    low, high = np.percentile(grey[good], (2, 98))
    scaled = np.clip((grey - low) / max(high - low, 1e-9), 0, 1) * 255
    made = np.zeros((px, px), np.uint8)
    top, left = (px - shape[0]) // 2, (px - shape[1]) // 2
    made[top : top + shape[0], left : left + shape[1]] = np.where(good, scaled, 0).astype(np.uint8)
    return made
