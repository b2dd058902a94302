"""An image as grey values with NaN where it holds none, at its own resolution or shrunk by whole numbers.

Overviews are used; what they do not give is averaged from bands of rows, so that memory is bounded whatever the image,
only what a window needs is read, and a cancel is seen between two reads.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from osgeo import gdal

from ..common.errors import InputError
from ..common.progress import Progress, check
from ..common.rasters import Window, gdal_quiet
from .images import Image
from .sources import is_remote, open_source, patience

#: Pixels (of one band) that one read asks for: on a disk, and over a network (two by two tiles of most services).
LOCAL_READ = (2048, 512)
REMOTE_READ = (512, 512)
#: Grey of red, green and blue (ITU-R BT.601); three bands that are no colours count alike.
LUMINANCE = (0.299, 0.587, 0.114)
#: An overview may be this much coarser than what is wanted.
_COARSER = 1.15
#: Larger values are the special pixels of ISIS and PDS, not measurements.
_SENTINEL = 1e30


@dataclass(frozen=True)
class Level:
    """An overview (``number``; -1 is the image itself), ``width`` x ``height`` pixels of ``ratio_x`` x ``ratio_y``."""

    number: int
    width: int
    height: int
    ratio_x: float
    ratio_y: float


class Reader:
    """An open image. Belongs to one thread."""

    def __init__(self, image: Image) -> None:
        self.image = image
        self._dataset = open_source(image.opened, image.name, image.drivers)
        count = self._dataset.RasterCount
        kinds = [self._dataset.GetRasterBand(i + 1).GetColorInterpretation() for i in range(count)]
        colours = [i + 1 for i in range(count) if kinds[i] != gdal.GCI_AlphaBand] or [1]
        alphas = [i + 1 for i in range(count) if kinds[i] == gdal.GCI_AlphaBand]
        self._alpha = alphas[0] if alphas and alphas[0] not in colours else None
        self._bands = colours[:3] if len(colours) >= 3 else colours[:1]
        rgb = [gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand]
        self._weights = LUMINANCE if [kinds[b - 1] for b in self._bands] == rgb else (1.0,) * len(self._bands)
        first = self._dataset.GetRasterBand(self._bands[0])
        self._palette = _grey_palette(first) if len(self._bands) == 1 else None
        flags = first.GetMaskFlags()
        self._masked = self._alpha is None and bool(flags & gdal.GMF_PER_DATASET) and not flags & gdal.GMF_ALPHA
        self._remote = _over_a_network(self._dataset, image.opened)
        self._chunk = REMOTE_READ if self._remote else LOCAL_READ
        self.levels = self._levels(first)

    def _levels(self, band: gdal.Band) -> tuple[Level, ...]:
        w, h = band.XSize, band.YSize
        levels = [Level(-1, w, h, 1.0, 1.0)]
        for number in range(band.GetOverviewCount() if self._palette is None else 0):
            over = band.GetOverview(number)
            if over is None or over.XSize < 1 or over.YSize < 1 or over.XSize >= w or not self._whole(number):
                continue
            # An overview whose mask has no overview itself claims a mask of all ones.
            if self._masked and band.GetMaskBand().GetOverviewCount() <= number:
                continue
            levels.append(Level(number, over.XSize, over.YSize, w / over.XSize, h / over.YSize))
        return tuple(sorted(levels, key=lambda level: level.ratio_x))

    def _whole(self, number: int) -> bool:
        """Whether every band that is read has that overview, of one size."""
        every = [*self._bands, *([self._alpha] if self._alpha else [])]
        overs = [self._dataset.GetRasterBand(b).GetOverview(number) for b in every]
        return all(o is not None for o in overs) and len({(o.XSize, o.YSize) for o in overs}) == 1

    def level_for(self, shrink_x: float, shrink_y: float) -> Level:
        """The coarsest level that is still as fine as wanted, in the image's pixels a wanted pixel."""
        fits = [v for v in self.levels if v.ratio_x <= _COARSER * shrink_x and v.ratio_y <= _COARSER * shrink_y]
        return fits[-1] if fits else self.levels[0]

    def shrunk(
        self, level: Level, window: Window, nx: int, ny: int, progress: Progress, period: float | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """The window (of the level; may reach beyond it) averaged over ``nx`` x ``ny`` pixels.

        Width and height are multiples of ``nx``, ``ny``. Returns the means (0 where nothing is) and the shares (0..1)
        of pixels that hold something, float32 (height / ny, width / nx). With a ``period`` (pixels of the level once
        round the body) columns beyond the image come from its other side. Raises InputError, CancelledError.
        """
        mean = np.zeros((window.height // ny, window.width // nx), np.float32)
        share = np.zeros_like(mean)
        step_x, step_y = max(self._chunk[0] // nx, 1) * nx, max(self._chunk[1] // ny, 1) * ny
        for top in range(0, window.height, step_y):
            rows = min(step_y, window.height - top)
            for left in range(0, window.width, step_x):
                check(progress)
                columns = min(step_x, window.width - left)
                part = Window(window.column + left, window.row + top, columns, rows)
                grey = self._wrapped(level, part, period, progress)
                if grey is None:
                    continue
                good = np.isfinite(grey)
                grey[~good] = 0.0
                where = slice(top // ny, (top + rows) // ny), slice(left // nx, (left + columns) // nx)
                held = _sums(good.astype(np.float32), nx, ny)
                mean[where] = _sums(grey, nx, ny) / np.maximum(held, 1.0)
                share[where] = held / (nx * ny)
        return mean, share

    def _wrapped(self, level: Level, part: Window, period: float | None, progress: Progress) -> np.ndarray | None:
        """Grey of a part that may lie beyond the level; None where nothing of it is inside."""
        row0, row1 = max(part.row, 0), min(part.row + part.height, level.height)
        if row0 >= row1:
            return None
        turns = [0.0]
        if period:
            first = int(np.floor((part.column - level.width) / period)) - 1
            last = int(np.ceil((part.column + part.width) / period)) + 1
            turns = [t * period for t in range(first, last + 1)]
        grey = None
        for turn in turns:
            shift = round(turn)
            left, right = max(part.column - shift, 0), min(part.column + part.width - shift, level.width)
            if left >= right:
                continue
            if grey is None:
                grey = np.full((part.height, part.width), np.nan, np.float32)
            check(progress)
            inside = self.read(level, Window(left, row0, right - left, row1 - row0))
            at = left + shift - part.column
            grey[row0 - part.row : row1 - part.row, at : at + right - left] = inside
        return grey

    def read(self, level: Level, window: Window) -> np.ndarray:
        """Grey float32 (rows, columns) of a window inside the level, NaN where nothing is. Raises InputError."""
        total = np.zeros((window.height, window.width), np.float32)
        weight = np.zeros_like(total)
        for number, factor in zip(self._bands, self._weights, strict=True):
            band = self._band(number, level)
            raw = self._raw(band, window)
            good = np.ones(raw.shape, bool)
            nodata = band.GetNoDataValue()
            if nodata is not None:
                with np.errstate(over="ignore", invalid="ignore"):
                    good &= raw != np.asarray(nodata).astype(raw.dtype)
            if self._palette is not None:
                values = self._palette[np.clip(raw.astype(np.int64), 0, len(self._palette) - 1)]
            else:
                with np.errstate(over="ignore"):
                    values = raw.astype(np.float32)
            if raw.dtype.kind == "f" or self._palette is not None:
                good &= np.isfinite(values) & (np.abs(values) < _SENTINEL)
            total += np.where(good, values, 0.0) * np.float32(factor)
            weight += good * np.float32(factor)
        with np.errstate(invalid="ignore", divide="ignore"):
            grey = np.where(weight > 0, total / weight, np.nan).astype(np.float32)
        if self._alpha is not None:
            grey[self._raw(self._band(self._alpha, level), window) == 0] = np.nan
        elif self._masked:
            grey[self._raw(self._band(self._bands[0], level).GetMaskBand(), window) == 0] = np.nan
        return grey

    def _band(self, number: int, level: Level) -> gdal.Band:
        band = self._dataset.GetRasterBand(number)
        return band if level.number < 0 else band.GetOverview(level.number)

    def _raw(self, band: gdal.Band, window: Window) -> np.ndarray:
        with patience(self.image.opened), gdal_quiet():
            try:
                array = band.ReadAsArray(window.column, window.row, window.width, window.height)
            except RuntimeError:
                array = None
            message = gdal.GetLastErrorMsg().strip()
        if array is None:
            name = self.image.name
            if self._remote:
                raise InputError(
                    f"{name} did not give a part of the image that is needed.",
                    "Check the connection and run it again; a smaller area or larger chips ask it for less.",
                )
            reason = f" ({message.rstrip('.')})" if message and len(message) < 300 else ""
            raise InputError(f"{name} cannot be read{reason}.", "The file is damaged or cut short: copy it again.")
        return array


def _over_a_network(dataset: gdal.Dataset, opened: str) -> bool:
    """Whether pixels come over a network, behind a VRT too."""
    if dataset.GetDriver().ShortName in ("WMS", "WMTS", "WCS") or is_remote(opened):
        return not (opened.lower().endswith(".xml") and dataset.GetDriver().ShortName == "PDS4")
    if dataset.GetDriver().ShortName != "VRT":
        return False
    return any(is_remote(str(f)) for f in dataset.GetFileList() or () if str(f) != opened)


def _sums(values: np.ndarray, nx: int, ny: int) -> np.ndarray:
    """Sums over blocks of ny x nx, rows first: that runs along memory."""
    if ny > 1:
        values = values.reshape(values.shape[0] // ny, ny, values.shape[1]).sum(axis=1)
    if nx > 1:
        values = values.reshape(values.shape[0], values.shape[1] // nx, nx).sum(axis=2, dtype=np.float64)
    return values


def _grey_palette(band: gdal.Band) -> np.ndarray | None:
    """Grey of each palette entry, NaN for transparent ones; None without a palette."""
    table = band.GetColorTable()
    if table is None or table.GetCount() == 0 or band.GetColorInterpretation() != gdal.GCI_PaletteIndex:
        return None
    entries = np.array([table.GetColorEntry(i) for i in range(min(table.GetCount(), 65536))], np.float32)
    grey = entries[:, :3] @ np.array(LUMINANCE, np.float32)
    grey[entries[:, 3] == 0] = np.nan
    return grey
