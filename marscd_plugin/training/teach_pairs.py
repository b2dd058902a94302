"""Pairs that a person judged, as training sees them: any window normalised as at inference, with its truth.

What a verdict says of pixels:

- inside an accepted (or redrawn, or drawn) outline: change
- inside a rejected one: no change
- in a ring of ``RING`` pixels around an accepted one, ``GAP`` pixels away from it: no change, because whoever drew the
  outline saw where it ends. The gap itself is not judged: outlines are not drawn to the pixel.
- elsewhere: not judged; where the pair was looked through wholly (``complete``), no change

What is accepted wins over what is rejected. Pixels that are not judged count nowhere, neither in the loss nor in any
figure but the share that is flagged elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from osgeo import gdal, ogr, osr

from ..change.image import open_image
from ..change.pair import PairSource, make_pair
from ..common.errors import InputError
from ..common.packages import need
from ..common.progress import Progress, check
from ..common.rasters import Window, gdal_quiet
from ..common.words import Grid
from ..planet.crs import spatial_reference
from .teach_job import TeachPair

GAP, RING = 2, 4
ACCEPTED, REJECTED = "accepted", "rejected"
_DRIVERS = ["FlatGeobuf", "GPKG", "GeoJSON", "ESRI Shapefile"]
_MOST = 100_000
#: Outlines of fewer pixels than this burn every pixel they touch: they may hold no pixel's centre.
_SMALL = 4.0


@dataclass(frozen=True)
class Verdict:
    """One judged outline: its shape in the pair's CRS, and its bounds in pixels (left, top, right, bottom)."""

    number: int
    accepted: bool
    shape: ogr.Geometry
    box: tuple[float, float, float, float]
    small: bool


@dataclass(frozen=True)
class Told:
    """A window of a pair, all (rows, columns): normalised images (float32, 0 without data), ``seen`` (bool), ``truth``
    (bool) and ``judged`` (bool)."""

    before: np.ndarray
    after: np.ndarray
    seen: np.ndarray
    truth: np.ndarray
    judged: np.ndarray


class JudgedPair:
    """An open pair with its verdicts. Belongs to one thread."""

    def __init__(self, told: TeachPair, source: PairSource, verdicts: Sequence[Verdict], progress: Progress) -> None:
        self.name = told.name or f"{Path(told.before).stem} to {Path(told.after).stem}"
        self.complete, self.grid, self.verdicts = told.complete, source.grid, tuple(verdicts)
        self.overlap = source.overlap
        self.context = np.array([math.nan if v is None else v for v in told.context], np.float32)
        #: Pairs of one frame lie on the same ground; without a CRS each BEFORE is ground of its own.
        self.frame = source.grid.crs or f"image {told.before}"
        whole = Window(0, 0, source.grid.width, source.grid.height)
        self._read = source.reader(whole, source.statistics(progress))

    def window(self, window: Window) -> Told:
        """Any window, also beyond the image's edge."""
        (before, after), seen = self._read(window)
        near = GAP + RING
        wide = Window(window.column - near, window.row - near, window.width + 2 * near, window.height + 2 * near)
        accepted, rejected = (self._burn(wide, [v for v in self.verdicts if v.accepted is a]) for a in (True, False))
        inner = np.s_[near:-near, near:-near]
        close = _grown(accepted, GAP)
        ring = _grown(accepted, near) & ~close
        judged = accepted | (rejected & ~close) | ring
        if self.complete:
            judged |= ~close
        return Told(before, after, seen, accepted[inner], judged[inner] & seen)

    def near_labels(self, window: Window) -> np.ndarray:
        """Bool: in an outline, or within the gap around one."""
        wide = Window(window.column - GAP, window.row - GAP, window.width + 2 * GAP, window.height + 2 * GAP)
        return _grown(self._burn(wide, self.verdicts), GAP)[GAP:-GAP, GAP:-GAP]

    def inside(self, verdict: Verdict, window: Window) -> np.ndarray:
        """Bool: in that outline."""
        return self._burn(window, [verdict])

    def touching(self, window: Window) -> list[Verdict]:
        """The verdicts whose bounds touch a window."""
        right, bottom = window.column + window.width, window.row + window.height
        return [
            v
            for v in self.verdicts
            if v.box[0] < right and v.box[2] > window.column and v.box[1] < bottom and v.box[3] > window.row
        ]

    def _burn(self, window: Window, verdicts: Sequence[Verdict]) -> np.ndarray:
        kept = {v.number for v in self.touching(window)}
        return burn([v for v in verdicts if v.number in kept], self.grid, window)


def burn(verdicts: Sequence[Verdict], grid: Grid, window: Window) -> np.ndarray:
    """Bool (rows, columns): which pixels of a window (it may reach beyond the grid) lie in any of the outlines."""
    mask = np.zeros((window.height, window.width), bool)
    if not verdicts:
        return mask
    part = grid.window(window.column, window.row, window.width, window.height)
    for small in (False, True):
        shapes = [v.shape for v in verdicts if v.small is small]
        if shapes:
            mask |= _burned(shapes, part, small)
    return mask


def _burned(shapes: Sequence[ogr.Geometry], part: Grid, touched: bool) -> np.ndarray:
    with gdal_quiet():
        raster = gdal.GetDriverByName("MEM").Create("", part.width, part.height, 1, gdal.GDT_Byte)
        raster.SetGeoTransform(part.geotransform)
        holder = ogr.GetDriverByName("Memory").CreateDataSource("")
        layer = holder.CreateLayer("shapes", None, ogr.wkbUnknown)
        for shape in shapes:
            feature = ogr.Feature(layer.GetLayerDefn())
            feature.SetGeometry(shape)
            layer.CreateFeature(feature)
        gdal.RasterizeLayer(raster, [1], layer, burn_values=[1], options=["ALL_TOUCHED=TRUE"] if touched else [])
        return np.asarray(raster.ReadAsArray() > 0)


def _grown(mask: np.ndarray, by: int) -> np.ndarray:
    if not mask.any():
        return mask
    return np.asarray(need("scipy.ndimage").binary_dilation(mask, np.ones((3, 3), bool), iterations=by))


def open_pairs(told: Sequence[TeachPair], progress: Progress) -> list[JudgedPair]:
    """Every pair with its verdicts. Raises InputError: different grids, no verdicts, a layer that is none."""
    made, number = [], 0
    for one in told:
        check(progress)
        source = make_pair(
            open_image(one.before, one.before_band, tuple(one.before_special)),
            open_image(one.after, one.after_band, tuple(one.after_special)),
        )
        if source.resampled:
            raise InputError(
                f"{one.before} and {one.after} lie on different grids.",
                "Lay AFTER on BEFORE first (marscd:registerimages), or take both from one series.",
            )
        verdicts = read_verdicts(Path(one.labels), source.grid, number)
        if not verdicts:
            raise InputError(
                f"No verdict of {one.labels} lies on {one.before}.", "Check that the labels belong to this pair."
            )
        number += len(verdicts)
        made.append(JudgedPair(one, source, verdicts, progress))
    return made


def read_verdicts(path: Path, grid: Grid, first: int = 0) -> list[Verdict]:
    """The polygons of a layer that touch the grid, numbered from ``first``; without the field ``verdict`` every
    polygon is a change. Raises InputError."""
    with gdal_quiet():
        try:
            source = gdal.OpenEx(str(path), gdal.OF_VECTOR, allowed_drivers=_DRIVERS)
            layer = source.GetLayer(0) if source is not None and source.GetLayerCount() else None
            if layer is None or layer.GetFeatureCount() > _MOST:
                raise RuntimeError("it holds no layer, or too many polygons")
            turn = _turn(layer, grid)
            field = layer.GetLayerDefn().GetFieldIndex("verdict")
            return list(_verdicts(layer, field, turn, grid, first))
        except RuntimeError as error:
            raise InputError(
                f"The labels {path} cannot be read ({error}).",
                "Give a layer of polygons on Mars, with the field verdict (accepted or rejected).",
            ) from error


def _verdicts(layer, field: int, turn, grid: Grid, first: int):  # type: ignore[no-untyped-def]
    for feature in layer:
        verdict = feature.GetField(field) if field >= 0 else ACCEPTED
        if verdict not in (ACCEPTED, REJECTED) or feature.GetGeometryRef() is None:
            continue
        shape = feature.GetGeometryRef().Clone()
        if ogr.GT_Flatten(shape.GetGeometryType()) not in (ogr.wkbPolygon, ogr.wkbMultiPolygon):
            raise RuntimeError("it holds something other than polygons")
        if turn is not None and shape.Transform(turn) not in (0, None):
            raise RuntimeError("its CRS is not one of the pair's body")
        left, right, bottom, top = shape.GetEnvelope()
        size = grid.pixel_size
        box = ((left - grid.left) / size, (grid.top - top) / size, (right - grid.left) / size,
               (grid.top - bottom) / size)  # fmt: skip
        if not all(map(math.isfinite, box)):
            continue
        if box[0] < grid.width and box[2] > 0 and box[1] < grid.height and box[3] > 0:
            yield Verdict(first, verdict == ACCEPTED, shape, box, shape.GetArea() < _SMALL * size * size)
            first += 1


def _turn(layer: ogr.Layer, grid: Grid) -> osr.CoordinateTransformation | None:
    """From the layer's CRS to the grid's; None where they are one, or either has none."""
    own = layer.GetSpatialRef()
    if own is None or not grid.crs:
        return None
    target = spatial_reference(grid.crs)
    own = own.Clone()
    own.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    if own.IsSame(target):
        return None
    return osr.CoordinateTransformation(own, target)
