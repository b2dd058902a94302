"""Any GDAL raster as HiRISE image data: values to 10-bit DNs, and a place on a HiRISE map grid.

Memory stays bounded: pixels go block by block into a temporary file.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..common.errors import InputError, OutputError
from ..common.progress import Progress
from ..common.rasters import Window, gdal_quiet, open_raster, read, windows
from ..planet.crs import body_of, geographic_wkt, planetocentric
from ..planet.transform import Transformer, transformer
from .facts import Radiometry
from .projection import ImageGrid, grid_around

#: DNs 1, 2, 1022 and 1023 mean saturation, 0 means nothing measured.
DN_LOW, DN_HIGH = 3, 1021
#: I/F that 8-bit black and white stand for: what HiRISE sees of plains and bright dust, roughly.
BYTE_REFLECTANCE = (0.03, 0.16)
#: The transform is exact on a lattice of this many pixels, linear between: far below a hundredth of a pixel.
_LATTICE = 32


@dataclass(frozen=True)
class Placement:
    """Where an image without georeference goes: its centre in degrees, its pixels in metres."""

    longitude: float
    latitude: float
    pixel_size: float


@dataclass(frozen=True)
class Stretch:
    """DN = round(value * ``gain`` + ``bias``), held within 3..1021; with the radiometry that undoes it."""

    gain: float
    bias: float
    radiometry: Radiometry

    def dn(self, values: NDArray, valid: NDArray[np.bool_]) -> NDArray[np.uint16]:
        """DNs of finite values; 0 where not ``valid``."""
        scaled = np.where(valid, values, 0.0) * self.gain + self.bias
        return np.where(valid, np.clip(np.rint(scaled), DN_LOW, DN_HIGH), 0).astype(np.uint16)


@dataclass(frozen=True)
class Source:
    """An opened raster with what is needed to read its values and their validity."""

    dataset: gdal.Dataset
    bands: tuple[int, ...]
    mask: gdal.Dataset | None
    table: NDArray | None

    @property
    def width(self) -> int:
        """Columns."""
        return self.dataset.RasterXSize

    @property
    def height(self) -> int:
        """Rows."""
        return self.dataset.RasterYSize

    def block(self, band: int, window: Window) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Values and validity of a window of one band. Raises InputError where it cannot be read."""
        handle = self.dataset.GetRasterBand(band)
        raw = read(handle, window)
        values = (self.table[raw] if self.table is not None else raw).astype(np.float64)
        # GDAL's mask band knows nodata, alpha and mask files alike.
        valid = (read(handle.GetMaskBand(), window) > 0) & np.isfinite(values)
        if self.mask is not None:
            valid &= read(self.mask.GetRasterBand(1), window) != 0
        return values, valid


def open_source(path: Path, colour: bool, mask: Path | None = None) -> Source:
    """Open an image (and its valid mask, 0 = nodata). Raises InputError."""
    dataset = open_raster(path)
    colours = [
        n
        for n in range(1, dataset.RasterCount + 1)
        if dataset.GetRasterBand(n).GetColorInterpretation() != gdal.GCI_AlphaBand
    ]
    wanted = 3 if colour else 1
    if len(colours) < wanted:
        raise InputError(
            f"{path} has {len(colours)} band(s), and a COLOR product needs three (near infrared, red, blue-green).",
            "Give a raster of three bands, or publish it as a RED product.",
        )
    band = dataset.GetRasterBand(colours[0])
    if gdal.DataTypeIsComplex(band.DataType):
        raise InputError(f"{path} holds complex numbers.", "Give an image of real numbers.")
    table = None
    if band.GetColorTable() is not None and band.DataType == gdal.GDT_Byte:
        colours_of = band.GetColorTable()
        entries = [colours_of.GetColorEntry(i)[:3] for i in range(min(colours_of.GetCount(), 256))]
        table = np.zeros(256)
        table[: len(entries)] = np.asarray(entries, float) @ (0.299, 0.587, 0.114)
    opened = open_raster(mask) if mask is not None else None
    if opened is not None and (opened.RasterXSize, opened.RasterYSize) != (dataset.RasterXSize, dataset.RasterYSize):
        raise InputError(
            f"The mask {mask} is {opened.RasterXSize} x {opened.RasterYSize} pixels, the image "
            f"{dataset.RasterXSize} x {dataset.RasterYSize}.",
            "Give a mask of the image's own size.",
        )
    return Source(dataset, tuple(colours[:wanted]), opened, table)


def stretch_for(source: Source, progress: Progress) -> Stretch:
    """How the source's values become DNs.

    8 bits: 0..255 linearly onto 3..1021 whatever the image holds, so that two images of a pair stay comparable.
    16 bits that already are 10-bit DNs: kept (with the band's own scale and offset). All else: the smallest and
    largest value onto 3 and 1021, and the radiometry gives the values back as I/F.
    Raises InputError where there is no valid pixel.
    """
    low, high = _range(source, progress)
    band = source.dataset.GetRasterBand(source.bands[0])
    scale, offset = band.GetScale(), band.GetOffset()
    kind = band.DataType
    if kind == gdal.GDT_Byte or source.table is not None:
        dark, bright = BYTE_REFLECTANCE
        factor = (bright - dark) / (DN_HIGH - DN_LOW)
        return Stretch((DN_HIGH - DN_LOW) / 255.0, DN_LOW, Radiometry(factor, dark - DN_LOW * factor))
    if kind in (gdal.GDT_UInt16, gdal.GDT_Int16) and low >= 0 and high <= 1023:
        dark, bright = BYTE_REFLECTANCE
        factor = (bright - dark) / (DN_HIGH - DN_LOW)
        known = scale not in (None, 1.0)
        return Stretch(
            1.0, 0.0, Radiometry(scale if known else factor, (offset or 0.0) if known else dark - DN_LOW * factor)
        )
    scale, offset = scale or 1.0, offset or 0.0
    span = max(high - low, 1e-12 * max(abs(high), 1.0))
    gain = (DN_HIGH - DN_LOW) / span
    bias = DN_LOW - low * gain
    return Stretch(gain, bias, Radiometry(scale / gain, offset - bias * scale / gain))


def _range(source: Source, progress: Progress) -> tuple[float, float]:
    low, high = math.inf, -math.inf
    for window in windows(source.width, source.height, progress):
        for band in source.bands:
            values, valid = source.block(band, window)
            if valid.any():
                low, high = min(low, float(values[valid].min())), max(high, float(values[valid].max()))
    if low > high:
        raise InputError(f"{source.dataset.GetDescription()} holds no valid pixel.", "Give an image with data in it.")
    return low, high


def place(source: Source, placement: Placement | None) -> tuple[ImageGrid, Transformer | None]:
    """The HiRISE grid for the image, and the way from longitude, latitude to its CRS (None: pixels stay as they are).

    Raises InputError for an image without georeference and placement, or one that is not on Mars.
    """
    name = source.dataset.GetDescription()
    if placement is not None:
        return (
            grid_around(placement.longitude, placement.latitude, placement.pixel_size, source.height, source.width),
            None,
        )
    wkt = source.dataset.GetProjection()
    transform = source.dataset.GetGeoTransform(can_return_null=True)
    if not wkt or transform is None:
        raise InputError(
            f"{name} is not georeferenced.", "Say where it lies: --lat, --lon (of its centre) and --pixel-size."
        )
    body = body_of(wkt)
    if body != "Mars":
        raise InputError(
            f"{name} lies on {body or 'no body'}, not on Mars.",
            "Give an image on Mars, or place its pixels there with --lat, --lon and --pixel-size.",
        )
    wkt = planetocentric(wkt)
    columns = np.concatenate([np.linspace(0, source.width, 65)] * 2 + [np.full(65, 0.0), np.full(65, source.width)])
    rows = np.concatenate([np.full(65, 0.0), np.full(65, source.height)] + [np.linspace(0, source.height, 65)] * 2)
    to_ground = transformer(wkt, geographic_wkt())
    lon, lat = to_ground.points(*_apply(transform, columns, rows))
    lon_0, lat_0 = (float(v) for v in to_ground.points(*_apply(transform, source.width / 2, source.height / 2)))
    if not (np.isfinite(lon).all() and np.isfinite(lat).all() and math.isfinite(lon_0)):
        raise InputError(f"{name} reaches beyond what its CRS can hold.", "Check its georeference.")
    scale = _pixel_size(transform, to_ground, source)
    snug = grid_around(lon_0, lat_0, scale, 1, 1)
    # Longitudes near the centre's, so that an image across 0 or 180 stays in one piece.
    near = lon_0 % 360.0 + (lon - lon_0 + 180.0) % 360.0 - 180.0
    x, y = snug.projection.forward(near, lat)
    left, right = math.floor(x.min() / scale + 1e-6), math.ceil(x.max() / scale - 1e-6)
    bottom, top = math.floor(y.min() / scale + 1e-6), math.ceil(y.max() / scale - 1e-6)
    grid = ImageGrid(snug.projection, scale, top + 0.5, 0.5 - left, top - bottom, right - left)
    return grid, transformer(geographic_wkt(), wkt)


def _apply(transform: Sequence[float], column, row) -> tuple[NDArray, NDArray]:
    column, row = np.asarray(column, float), np.asarray(row, float)
    return (
        transform[0] + transform[1] * column + transform[2] * row,
        transform[3] + transform[4] * column + transform[5] * row,
    )


def _pixel_size(transform: Sequence[float], to_ground: Transformer, source: Source) -> float:
    """Metres a pixel on the ground at the image's centre, rounded to what an index row can hold."""
    column, row = source.width / 2, source.height / 2
    lon, lat = to_ground.points(*_apply(transform, [column, column + 1, column], [row, row, row + 1]))
    projection = grid_around(float(lon[0]), float(lat[0]), 1.0, 1, 1).projection
    factor = math.cos(math.radians(float(lat[0]))) * math.radians(projection.radius)
    dx, dy = np.diff(lon[[0, 1]])[0] * factor, np.diff(lat[[0, 1]])[0] * math.radians(projection.radius)
    ex, ey = np.diff(lon[[0, 2]])[0] * factor, np.diff(lat[[0, 2]])[0] * math.radians(projection.radius)
    size = math.sqrt(abs(dx * ey - dy * ex))
    for usual in (0.25, 0.5, 1.0):
        if abs(size - usual) < 0.02 * usual:
            return usual
    rounded = round(size, 2)
    if not 0.1 <= rounded <= 99:
        raise InputError(
            f"{source.dataset.GetDescription()} has pixels of {size:.3g} m.",
            "Give an image with pixels of 0.1 to 99 metres.",
        )
    return rounded


def write_dns(
    source: Source,
    stretch: Stretch,
    grid: ImageGrid,
    to_source: Transformer | None,
    path: Path,
    progress: Progress,
) -> gdal.Dataset:
    """Write the product's DNs (uint16, 0 = nothing) into a temporary GeoTIFF at ``path`` and return it, open."""
    with gdal_quiet():
        dataset = gdal.GetDriverByName("GTiff").Create(
            str(path), grid.samples, grid.lines, len(source.bands), gdal.GDT_UInt16, ["TILED=YES", "BIGTIFF=IF_SAFER"]
        )
    if dataset is None:
        raise OutputError(f"{path} could not be written.", "Check the disk that holds temporary files.")
    transform = source.dataset.GetGeoTransform()
    for window in windows(grid.samples, grid.lines, progress):
        columns, rows = (None, None) if to_source is None else _positions(grid, window, to_source, transform)
        for number, band in enumerate(source.bands, start=1):
            if columns is None or rows is None:
                values, valid = source.block(band, window)
            else:
                values, valid = _bilinear(source, band, columns, rows)
            dataset.GetRasterBand(number).WriteArray(stretch.dn(values, valid), window.column, window.row)
    dataset.FlushCache()
    return dataset


def _positions(
    grid: ImageGrid, window: Window, to_source: Transformer, transform: Sequence[float]
) -> tuple[NDArray, NDArray]:
    """Source columns and rows (0 = first pixel's centre) of the window's pixel centres."""
    lines = _knots(window.row + 1, window.height)
    samples = _knots(window.column + 1, window.width)
    x, y = grid.to_map(*np.meshgrid(lines, samples, indexing="ij"))
    lon, lat = grid.projection.inverse(x, y)
    x, y = to_source.points((lon + 180.0) % 360.0 - 180.0, lat)
    _, dx, rx, _, ry, dy = transform
    determinant = dx * dy - rx * ry
    x, y = x - transform[0], y - transform[3]
    column, row = (dy * x - rx * y) / determinant - 0.5, (dx * y - ry * x) / determinant - 0.5
    line_at = np.arange(window.row + 1, window.row + 1 + window.height, dtype=float)
    sample_at = np.arange(window.column + 1, window.column + 1 + window.width, dtype=float)
    return _between(column, lines, samples, line_at, sample_at), _between(row, lines, samples, line_at, sample_at)


def _knots(first: int, count: int) -> NDArray[np.float64]:
    pieces = max(math.ceil((count - 1) / _LATTICE), 1)
    return np.linspace(first, first + max(count - 1, 1), pieces + 1)


def _between(values: NDArray, lines: NDArray, samples: NDArray, line_at: NDArray, sample_at: NDArray) -> NDArray:
    """Bilinear interpolation of a lattice at every line and sample."""
    i, t = _interval(lines, line_at)
    j, u = _interval(samples, sample_at)
    rows = values[i] * (1 - t)[:, None] + values[i + 1] * t[:, None]
    return rows[:, j] * (1 - u) + rows[:, j + 1] * u


def _interval(knots: NDArray, at: NDArray) -> tuple[NDArray, NDArray]:
    index = np.clip(np.searchsorted(knots, at, side="right") - 1, 0, len(knots) - 2)
    return index, (at - knots[index]) / (knots[index + 1] - knots[index])


def _bilinear(
    source: Source, band: int, columns: NDArray, rows: NDArray
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Values at fractional pixels; valid only where every neighbour that weighs is."""
    columns, rows = _snapped(columns), _snapped(rows)
    inside = (columns >= 0) & (columns <= source.width - 1) & (rows >= 0) & (rows <= source.height - 1)
    values, valid = np.zeros(columns.shape), np.zeros(columns.shape, bool)
    if not inside.any():
        return values, valid
    c, r = columns[inside], rows[inside]
    left, top = int(c.min()), int(r.min())
    window = Window(left, top, int(c.max()) - left + 2, int(r.max()) - top + 2)
    window = window.grown(0, source.width, source.height)
    data, good = source.block(band, window)
    data = np.where(good, data, 0.0)
    c0, r0 = np.floor(c).astype(int), np.floor(r).astype(int)
    u, t = c - c0, r - r0
    total, enough = np.zeros(c.shape), np.ones(c.shape, bool)
    for dr, dc, weight in ((0, 0, (1 - t) * (1 - u)), (0, 1, (1 - t) * u), (1, 0, t * (1 - u)), (1, 1, t * u)):
        rr = np.minimum(r0 + dr - window.row, window.height - 1)
        cc = np.minimum(c0 + dc - window.column, window.width - 1)
        total += weight * data[rr, cc]
        enough &= good[rr, cc] | (weight == 0)
    values[inside], valid[inside] = total, enough
    return values, valid


def _snapped(position: NDArray) -> NDArray:
    """Positions within 0.0001 of a pixel's centre are taken as on it: same grid in, same pixels out."""
    whole = np.rint(position)
    return np.where(np.abs(position - whole) < 1e-4, whole, position)


def corners_of(dataset: gdal.Dataset, grid: ImageGrid, limit: int = 2048) -> tuple[tuple[float, float], ...]:
    """Corners (longitude 0..360, latitude) of the seen ground: lower right, lower left, upper left, upper right.

    The four outermost valid pixels along the diagonals, which are the corners of a rotated swath too.
    Raises InputError where no pixel is valid.
    """
    step = max(math.ceil(max(grid.lines, grid.samples) / limit), 1)
    rows, columns = math.ceil(grid.lines / step), math.ceil(grid.samples / step)
    band = dataset.GetRasterBand(1)
    small = band.ReadAsArray(buf_xsize=columns, buf_ysize=rows)
    r, c = np.nonzero(small)
    if not len(r):
        raise InputError("No pixel of the image falls on the map.", "Check the image's georeference and its mask.")
    # Outer edges of the outermost pixels, in lines and samples (0.5 = edge of the first pixel).
    y_step, x_step = grid.lines / rows, grid.samples / columns
    found = []
    for down, right in ((1, 1), (1, 0), (0, 0), (0, 1)):
        score = (r if down else -r) * y_step + (c if right else -c) * x_step
        index = int(np.argmax(score))
        lon, lat = grid.to_ground(0.5 + (r[index] + down) * y_step, 0.5 + (c[index] + right) * x_step)
        # As fine as index and ODE write them (6 m), so that all that is said of the footprint agrees.
        found.append((round(float(lon), 4) % 360.0, round(float(lat), 4)))
    return tuple(found)
