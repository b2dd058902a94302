"""Reading a product on another grid: values in physical units, what is valid, and where a grid's pixels lie in it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from osgeo import gdal

from ..common.errors import InputError
from ..common.packages import need
from ..common.progress import Progress
from ..common.rasters import Window, open_raster, read
from ..common.words import Grid, Product
from ..planet.crs import planetocentric, spatial_reference, transformer
from ..products.tiles import fast_raster
from .scene import Patch, pixel_centres, sample
from .transform import Warp

#: Spacing of the lattice on which maps are computed exactly, pixels; between, they are interpolated.
_LATTICE, _LATTICE_FIELD = 32, 8


class Source:
    """A product opened for reading. ``crs`` is "" where it has none; ``transform`` is GDAL's (identity then)."""

    def __init__(self, product: Product, progress: Progress | None = None, band: int | None = None) -> None:
        """With ``progress``, a large JP2 is first copied to tiles; without, it is read as it is (for a quick look)."""
        self.product = product
        self._dataset = open_raster(product.raster if progress is None else fast_raster(product, progress))
        self._band = self._dataset.GetRasterBand(band or product.band)
        if self._band is None:
            raise InputError(f"{product.raster} has no band {band or product.band}.", "Choose another raster.")
        self.width, self.height = self._dataset.RasterXSize, self._dataset.RasterYSize
        transform = self._dataset.GetGeoTransform(can_return_null=True)
        crs = self._dataset.GetProjection() or ""
        self.crs = planetocentric(crs) if crs and transform is not None else ""
        self.transform = tuple(transform) if self.crs else (0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
        self._masked = not (self._band.GetMaskFlags() & (gdal.GMF_ALL_VALID | gdal.GMF_NODATA))
        determinant = self.transform[1] * self.transform[5] - self.transform[2] * self.transform[4]
        if not all(math.isfinite(v) for v in self.transform) or determinant == 0:
            raise InputError(f"{product.raster} has a geotransform that cannot be inverted.", "Georeference it again.")

    def read(self, window: Window, factor: int = 1) -> Patch:
        """The window in physical units (DN * scale + offset), averaged ``factor`` times smaller.

        Not valid: nodata, saturated DNs, what is not finite, what a mask or alpha band hides.
        """
        shape = (-(-window.height // factor), -(-window.width // factor))
        raw = read(self._band, window, out_shape=None if factor == 1 else shape, dtype=np.float32)
        valid = np.isfinite(raw)
        if self.product.nodata is not None and not math.isnan(self.product.nodata):
            valid &= raw != np.float32(self.product.nodata)
        if factor == 1:
            for value in self.product.saturated:
                valid &= raw != np.float32(value)
        if self._masked:
            valid &= read(self._band.GetMaskBand(), window, out_shape=None if factor == 1 else shape) > 127
        if factor > 1 and not valid.all():
            # Overviews of a JP2 know nothing of nodata: what borders on it is a mixture.
            cv2 = need("cv2")
            valid = cv2.erode(valid.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
        values = raw * np.float32(self.product.scale) + np.float32(self.product.offset)
        return Patch(np.where(valid, values, np.float32(0)), valid)

    def to_pixels(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Pixel coordinates (centres at whole numbers) of CRS coordinates."""
        left, a, b, top, c, d = self.transform
        det = a * d - b * c
        u, v = x - left, y - top
        return (d * u - b * v) / det - 0.5, (a * v - c * u) / det - 0.5

    def to_map(self, column: np.ndarray, row: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """CRS coordinates of pixel coordinates (centres at whole numbers)."""
        left, a, b, top, c, d = self.transform
        u, v = column + 0.5, row + 0.5
        return left + a * u + b * v, top + c * u + d * v


class GridMap:
    """Where pixels of a grid lie in a source: exact on a lattice, bilinear between. Raises InputError across bodies."""

    def __init__(self, grid: Grid, source: Source) -> None:
        if bool(grid.crs) != bool(source.crs):
            bare = source.product.raster if grid.crs else "The reference"
            raise InputError(
                f"{bare} has no CRS and cannot be compared with an image that has one.",
                "Assign its CRS, or compare two images without one.",
            )
        self._grid, self._source = grid, source
        self._operation = transformer(grid.crs, source.crs) if grid.crs else None
        self._period = _period(source.crs) if grid.crs else None

    def points(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Source pixels of grid pixels (centres at whole numbers); NaN where there is no such place."""
        if self._operation is None:
            return np.asarray(x, float), np.asarray(y, float)
        grid = self._grid
        east, north = self._operation.points(
            grid.left + (np.asarray(x) + 0.5) * grid.pixel_size, grid.top - (np.asarray(y) + 0.5) * grid.pixel_size
        )
        if self._period:
            # A source may lie across its own map's edge: the nearest of the equal places is meant.
            middle, _ = self._source.to_map(np.array(self._source.width / 2), np.array(self._source.height / 2))
            east = east - self._period * np.round((east - middle) / self._period)
        return self._source.to_pixels(east, north)

    def dense(self, window: Window, factor: int, warp: Warp | None) -> tuple[np.ndarray, np.ndarray]:
        """Source pixel coordinates of every pixel of a window's patch, float64."""
        columns, rows = pixel_centres(window, factor)
        spacing = _LATTICE_FIELD if warp is not None and warp.nodes is not None else _LATTICE
        at_x, weights_x = _lattice(columns, spacing)
        at_y, weights_y = _lattice(rows, spacing)
        x, y = np.meshgrid(at_x, at_y)
        if warp is not None:
            x, y = warp.apply(x, y)
        to_x, to_y = self.points(x, y)
        return weights_y @ to_x @ weights_x.T, weights_y @ to_y @ weights_x.T

    def patch(self, window: Window, factor: int = 1, warp: Warp | None = None) -> Patch:
        """The source resampled once onto a window of the grid, averaged first where its pixels are much finer."""
        x, y = self.dense(window, factor, warp)
        empty = Patch(np.zeros(x.shape, np.float32), np.zeros(x.shape, bool))
        inside = (x > -1) & (x < self._source.width) & (y > -1) & (y < self._source.height)
        if not inside.any():
            return empty
        reduction = max(1, int(_step(x, y) + 0.01))
        part = _window(x[inside], y[inside], reduction, self._source.width, self._source.height)
        read_in = self._source.read(part, reduction)
        rows, columns = read_in.values.shape
        # At the raster's far edges a reduced window is not quite a whole number of reduced pixels.
        local_x = (x + 0.5 - part.column) * (columns / part.width) - 0.5
        local_y = (y + 0.5 - part.row) * (rows / part.height) - 0.5
        # Far coordinates would overflow cv2's fixed-point maps; they are outside whatever their value.
        local_x = np.nan_to_num(np.clip(local_x, -9, columns + 9), nan=-9.0)
        local_y = np.nan_to_num(np.clip(local_y, -9, rows + 9), nan=-9.0)
        return sample(read_in.values, read_in.valid, local_x, local_y)


class RasterScene:
    """Two products on a grid, read block by block: memory does not grow with the images."""

    def __init__(self, grid: Grid, reference: Source, moving: Source) -> None:
        self.width, self.height = grid.width, grid.height
        self._reference, self._moving = GridMap(grid, reference), GridMap(grid, moving)

    def reference(self, window: Window, factor: int = 1) -> Patch:
        return self._reference.patch(window, factor)

    def moving(self, window: Window, factor: int = 1, warp: Warp | None = None) -> Patch:
        return self._moving.patch(window, factor, warp)


def _lattice(positions: np.ndarray, spacing: int) -> tuple[np.ndarray, np.ndarray]:
    """Nodes along one axis and the (positions, nodes) matrix that interpolates linearly between them."""
    count = max(2, -(-len(positions) // spacing) + 1)
    end = positions[-1] if len(positions) > 1 else positions[0] + 1
    nodes = np.linspace(positions[0], end, count)
    place = (positions - nodes[0]) / (nodes[1] - nodes[0])
    low = np.clip(place.astype(np.intp), 0, count - 2)
    weights = np.zeros((len(positions), count))
    index = np.arange(len(positions))
    weights[index, low] = 1 - (place - low)
    weights[index, low + 1] = place - low
    return nodes, weights


def _step(x: np.ndarray, y: np.ndarray) -> float:
    """Source pixels a patch pixel, the smaller way."""
    steps: Sequence[float] = [
        float(np.nanmedian(np.hypot(np.diff(x, axis=axis), np.diff(y, axis=axis)))) if x.shape[axis] > 1 else np.inf
        for axis in (0, 1)
    ]
    step = min(steps)
    return step if math.isfinite(step) else 1.0


def _window(x: np.ndarray, y: np.ndarray, reduction: int, width: int, height: int) -> Window:
    """The source pixels needed for cubic samples at (x, y), starting on multiples of ``reduction``."""
    margin = 3 * reduction
    left = max(math.floor(x.min()) - margin, 0) // reduction * reduction
    top = max(math.floor(y.min()) - margin, 0) // reduction * reduction
    right = min(math.ceil(x.max()) + margin + 1, width)
    bottom = min(math.ceil(y.max()) + margin + 1, height)
    return Window(left, top, max(right - left, 1), max(bottom - top, 1))


def _period(wkt: str) -> float | None:
    """After how many units of x a CRS's map comes round again, or None."""
    found = spatial_reference(wkt)
    if found.IsGeographic():
        return 360.0
    if found.GetAttrValue("PROJECTION") in ("Equirectangular", "Plate_Carree"):
        parallel = math.radians(found.GetProjParm("standard_parallel_1", 0.0))
        return 2 * math.pi * found.GetSemiMajor() * math.cos(parallel) / found.GetLinearUnits()
    return None
