"""Summary parameters of a whole cube as one raster: only the bands that are read, block by block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from osgeo import gdal

from ..common.errors import InputError
from ..common.progress import Progress
from ..common.provenance import Provenance
from ..common.rasters import RasterWriter, Window, bounded_cache, grid_of, open_raster, read, windows
from .crism import open_crism
from .spectra import Spectra, compute, find_index, needed
from .wavelengths import read_wavelengths

NODATA = -9999.0
#: Reflectance (I/F) is well below 1; what is far above is a fill value that no tag names.
_IMPOSSIBLE = 100.0
#: About this many bytes of bands are held at a time.
_HELD_BYTES = 96 << 20


@dataclass(frozen=True)
class IndexStatistics:
    """Of one index over its valid pixels: count, mean and percentiles; None where no pixel is valid."""

    name: str
    title: str
    source: str
    valid: int
    mean: float | None
    p5: float | None
    p50: float | None
    p95: float | None
    p99: float | None


def write_indices(cube: Path | str, names: Sequence[str], output: Path, progress: Progress) -> list[IndexStatistics]:
    """Write ``names`` as bands (float32, nodata -9999, georeferenced as the cube) of a COG; returns their statistics.

    ``cube`` is a CRISM label, header or image, or any raster whose bands have wavelengths. Bad bands are left out.
    Raises InputError (an index or wavelength that is not there), ProductError, OutputError, CancelledError.
    """
    if not names:
        raise InputError("No index is chosen.", "Choose one or more.")
    chosen = [find_index(name) for name in dict.fromkeys(n.strip().upper() for n in names)]
    path = Path(cube)
    raster = open_crism(path).raster if path.suffix.lower() in (".lbl", ".hdr", ".img") else path
    dataset = open_raster(raster)
    wavelengths = read_wavelengths(dataset)
    used = needed([i.name for i in chosen], wavelengths.usable)
    nm = np.asarray(wavelengths.usable)[used]
    bands = [dataset.GetRasterBand(n + 1) for n in used]
    fills = [b.GetNoDataValue() for b in bands]
    width, height = dataset.RasterXSize, dataset.RasterYSize
    side = max(32, int((_HELD_BYTES / (4 * len(used))) ** 0.5) // 32 * 32)
    samples = [_Sample() for _ in chosen]
    provenance = Provenance("spectralindices", [str(cube)], {"indices": [i.name for i in chosen]})
    with (
        bounded_cache(),
        RasterWriter(
            output,
            grid_of(dataset),
            np.float32,
            nodata=NODATA,
            bands=len(chosen),
            descriptions=[f"{i.name}: {i.title}" for i in chosen],
            tags=provenance.raster_tags(),
            progress=progress,
        ) as writer,
    ):
        for window in windows(width, height, progress, side):
            spectra = Spectra(reflectance(bands, fills, window), nm)
            for number, (index, sample) in enumerate(zip(chosen, samples, strict=True), 1):
                values = compute(index.name, spectra).astype(np.float32)
                valid = np.isfinite(values)
                sample.add(values[valid])
                writer.write(window, np.where(valid, values, np.float32(NODATA)), number)
    return [s.statistics(i.name, i.title, i.source) for i, s in zip(chosen, samples, strict=True)]


def reflectance(bands: Sequence[gdal.Band], fills: Sequence[float | None], window: Window) -> np.ndarray:
    """(bands, rows, columns) float32, NaN where invalid."""
    values = np.empty((len(bands), window.height, window.width), np.float32)
    for i, (band, fill) in enumerate(zip(bands, fills, strict=True)):
        raw = read(band, window, dtype=np.float32)
        if fill is not None:
            raw = np.where(raw == np.float32(fill), np.nan, raw)
        scale, offset = band.GetScale() or 1.0, band.GetOffset() or 0.0
        values[i] = raw * np.float32(scale) + np.float32(offset) if (scale, offset) != (1.0, 0.0) else raw
    with np.errstate(invalid="ignore"):
        values[~(np.abs(values) < _IMPOSSIBLE)] = np.nan
    return values


class _Sample:
    """Mean of all, and percentiles of an even sample of at most a few hundred thousand values."""

    _KEPT = 1 << 18

    def __init__(self) -> None:
        self._count, self._sum, self._stride = 0, 0.0, 1
        self._parts: list[np.ndarray] = []
        self._held = 0

    def add(self, values: np.ndarray) -> None:
        self._count += len(values)
        self._sum += float(values.sum(dtype=np.float64))
        part = values[:: self._stride]
        self._parts.append(part)
        self._held += len(part)
        while self._held > self._KEPT:
            self._parts = [np.concatenate(self._parts)[::2]]
            self._held, self._stride = len(self._parts[0]), self._stride * 2

    def statistics(self, name: str, title: str, source: str) -> IndexStatistics:
        if not self._count:
            return IndexStatistics(name, title, source, 0, None, None, None, None, None)
        p5, p50, p95, p99 = (float(v) for v in np.percentile(np.concatenate(self._parts), (5, 50, 95, 99)))
        return IndexStatistics(name, title, source, self._count, self._sum / self._count, p5, p50, p95, p99)
