"""Reading a product on another grid: values in physical units, what is valid, and where a grid's pixels lie in it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from osgeo import gdal

from ..common.errors import InputError
from ..common.packages import need
from ..common.progress import Progress
from ..common.rasters import Window, open_raster, read
from ..common.words import Grid, Product
from ..planet.crs import planetocentric, spatial_reference, transformer
from ..products.tiles import fast_raster
from .scene import Patch, pixel_centres, sample, shape_at, shrink
from .transform import Warp

#: Spacing of the lattice on which maps are computed exactly, pixels; between, they are interpolated.
_LATTICE, _LATTICE_FIELD, _LATTICE_RELIEF = 32, 8, 4
#: Saturated pixels under averaged ones are looked for in windows up to this size.
_MOST_FLAGS = 32_000_000


class Parallax(Protocol):
    """Where relief makes ground appear: ``at`` gives the displacement (x, y) in grid pixels at grid pixels (x, y)."""

    def at(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Arrays of one shape."""


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
        return self._patch(self._raw(window, factor), window, factor)

    def read_flagged(self, window: Window, factor: int = 1) -> tuple[Patch, np.ndarray | None]:
        """``read``, and where DNs are saturated: (rows, columns) bool, None where the product knows of none.

        Averaged, a pixel is saturated where any of those under it is.
        """
        if not self.product.saturated or (factor > 1 and window.width * window.height > _MOST_FLAGS):
            return self.read(window, factor), None
        raw = self._raw(window, 1)
        flags = np.zeros(raw.shape, bool)
        for value in self.product.saturated:
            flags |= raw == np.float32(value)
        patch = self._patch(raw, window, 1)
        if factor == 1:
            return patch, flags
        patch = shrink(patch.values, patch.valid, factor)
        pad = ((0, -flags.shape[0] % factor), (0, -flags.shape[1] % factor))
        rows, columns = patch.valid.shape
        return patch, np.pad(flags, pad).reshape(rows, factor, columns, factor).any(axis=(1, 3))

    def _raw(self, window: Window, factor: int) -> np.ndarray:
        return read(self._band, window, out_shape=None if factor == 1 else shape_at(window, factor), dtype=np.float32)

    def _patch(self, raw: np.ndarray, window: Window, factor: int) -> Patch:
        valid = np.isfinite(raw)
        if self.product.nodata is not None and not math.isnan(self.product.nodata):
            valid &= raw != np.float32(self.product.nodata)
        if factor == 1:
            for value in self.product.saturated:
                valid &= raw != np.float32(value)
        if self._masked:
            shape = None if factor == 1 else shape_at(window, factor)
            valid &= read(self._band.GetMaskBand(), window, out_shape=shape) > 127
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

    def __init__(self, grid: Grid, source: Source, parallax: Parallax | None = None) -> None:
        """``parallax``: of the relief under the image; the map then leads from the ground's true place."""
        if bool(grid.crs) != bool(source.crs):
            bare = source.product.raster if grid.crs else "The reference"
            raise InputError(
                f"{bare} has no CRS and cannot be compared with an image that has one.",
                "Assign its CRS, or compare two images without one.",
            )
        self._grid, self._source = grid, source
        self._operation = transformer(grid.crs, source.crs) if grid.crs else None
        self._period = _period(source.crs) if grid.crs else None
        self._parallax = parallax

    def points(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Source pixels of grid pixels (centres at whole numbers); NaN where there is no such place."""
        if self._parallax is not None:
            aside_x, aside_y = self._parallax.at(x, y)
            x, y = x + aside_x, y + aside_y
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
        if self._parallax is not None:
            spacing = _LATTICE_RELIEF
        at_x, weights_x = _lattice(columns, spacing)
        at_y, weights_y = _lattice(rows, spacing)
        x, y = np.meshgrid(at_x, at_y)
        if warp is not None:
            x, y = warp.smooth(x, y)
        to_x, to_y = self.points(x, y)
        dense_x, dense_y = weights_y @ to_x @ weights_x.T, weights_y @ to_y @ weights_x.T
        if warp is not None and warp.seams:
            # A step between two lattice points would be smeared: each side's step is added to its own pixels.
            own_x, own_y = np.meshgrid(columns, rows)
            there_x, there_y = weights_y @ x @ weights_x.T, weights_y @ y @ weights_x.T
            for seam in warp.seams:
                beyond = seam.across(own_x, own_y, there_x, there_y) >= 0
                if beyond.any():
                    far_x, far_y = self.points(x + seam.dx, y + seam.dy)
                    dense_x += beyond * (weights_y @ (far_x - to_x) @ weights_x.T)
                    dense_y += beyond * (weights_y @ (far_y - to_y) @ weights_x.T)
        return dense_x, dense_y

    def patch(self, window: Window, factor: int = 1, warp: Warp | None = None) -> Patch:
        """The source resampled once onto a window of the grid, averaged first where its pixels are much finer."""
        return self._sampled(window, factor, warp, False)[0]

    def flagged(self, window: Window, warp: Warp | None = None) -> tuple[Patch, np.ndarray | None]:
        """``patch`` at full size, and where the nearest source pixel is saturated (None where nothing knows)."""
        return self._sampled(window, 1, warp, True)

    def _sampled(self, window: Window, factor: int, warp: Warp | None, flag: bool) -> tuple[Patch, np.ndarray | None]:
        x, y = self.dense(window, factor, warp)
        inside = (x > -1) & (x < self._source.width) & (y > -1) & (y < self._source.height)
        if not inside.any():
            return Patch(np.zeros(x.shape, np.float32), np.zeros(x.shape, bool)), None
        reduction = max(1, int(_step(x, y) + 0.01))
        part = _window(x[inside], y[inside], reduction, self._source.width, self._source.height)
        read_in, saturated = (
            self._source.read_flagged(part, reduction) if flag else (self._source.read(part, reduction), None)
        )
        rows, columns = read_in.values.shape
        # At the raster's far edges a reduced window is not quite a whole number of reduced pixels.
        local_x = (x + 0.5 - part.column) * (columns / part.width) - 0.5
        local_y = (y + 0.5 - part.row) * (rows / part.height) - 0.5
        # Far coordinates would overflow cv2's fixed-point maps; they are outside whatever their value.
        local_x = np.nan_to_num(np.clip(local_x, -9, columns + 9), nan=-9.0)
        local_y = np.nan_to_num(np.clip(local_y, -9, rows + 9), nan=-9.0)
        if saturated is not None and saturated.any():
            at_x, at_y = np.rint(local_x).astype(np.intp), np.rint(local_y).astype(np.intp)
            held = (at_x >= 0) & (at_y >= 0) & (at_x < columns) & (at_y < rows)
            saturated = held & saturated[np.clip(at_y, 0, rows - 1), np.clip(at_x, 0, columns - 1)]
        else:
            saturated = None
        return sample(read_in.values, read_in.valid, local_x, local_y), saturated


class RasterScene:
    """Two products on a grid, read block by block: memory does not grow with the images."""

    def __init__(
        self,
        grid: Grid,
        reference: Source,
        moving: Source,
        reference_parallax: Parallax | None = None,
        moving_parallax: Parallax | None = None,
    ) -> None:
        self.width, self.height = grid.width, grid.height
        self._reference = GridMap(grid, reference, reference_parallax)
        self._moving = GridMap(grid, moving, moving_parallax)

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
    # Every sixteenth line will do: maps change slowly.
    steps: Sequence[float] = [
        float(np.nanmedian(np.hypot(np.diff(u, axis=axis), np.diff(v, axis=axis)))) if x.shape[axis] > 1 else np.inf
        for axis, u, v in ((0, x[:, ::16], y[:, ::16]), (1, x[::16], y[::16]))
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
