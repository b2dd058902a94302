"""What CRISM says of a candidate site: summary parameters over it, and shares of ground with groups of minerals.

The groups put together what the hydrated-mineral browse product of Viviano-Beck et al. 2014 (doi 10.1002/2014JE004627;
HYD: SINDEX2, BD2100_2, BD1900_2) tells apart, and gypsum's bands (see ``products.spectra``). Halite and other chlorides
have no band in CRISM's range: nothing here can confirm or exclude them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from osgeo import gdal

from ..common.errors import InputError
from ..common.progress import Progress
from ..common.rasters import Window, open_raster, windows
from ..common.words import Area, Grid
from ..planet import geometry
from ..planet.crs import body_of, spatial_reference
from ..products.crism import open_crism
from ..products.index_raster import reflectance
from ..products.spectra import CHLORIDE, INDICES, Spectra, compute, needed
from ..products.wavelengths import read_wavelengths
from .landing_ground import mask_of

#: Group of minerals -> the indices that must all exceed the limit in a pixel.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "hydrated": ("BD1900_2",),
    "polyhydrated": ("BD1900_2", "SINDEX2"),
    "monohydrated": ("BD2100_2", "SINDEX2"),
    "gypsum": ("BD1750_2", "BD1900_2", "BD2210_2", "SINDEX2"),
}
#: Shown as the 95th percentile over the site (absorptions), or as the median (context of chlorides).
DEPTHS = ("BD1900_2", "BD2100_2", "BD1750_2", "BD2210_2", "SINDEX2")
CONTEXT = CHLORIDE
WANTED = (*DEPTHS, *CONTEXT)
_BLOCK = 512
_KEPT = 1 << 20
_NAME = re.compile(r"^\s*([A-Za-z0-9_]+)")


@dataclass(frozen=True)
class Minerals:
    """A source: a cube with wavelengths (``bands`` empty), or a raster whose bands are indices by name."""

    path: str
    dataset: gdal.Dataset
    grid: Grid
    indices: tuple[str, ...]
    bands: Mapping[str, int]
    nm: tuple[float, ...] = ()


@dataclass(frozen=True)
class MineralFacts:
    """Of one site and source: ``coverage`` the share (0..1) of the site with a valid pixel; p95 of depths, medians of
    the context, and each group's share (0..1) of the pixels where it could be told. None where it could not."""

    coverage: float
    source: str = ""
    values: Mapping[str, float | None] = field(default_factory=dict)
    shares: Mapping[str, float | None] = field(default_factory=dict)


def open_minerals(path: str, body: str) -> Minerals:
    """A CRISM label, any cube with wavelengths, a summary-parameter (SR) product, or what spectralindices wrote.

    Raises InputError or ProductError: no such bands, another body, no CRS.
    """
    place = Path(path)
    raster: Any = open_crism(place).raster if place.suffix.lower() in (".lbl", ".hdr", ".img") else path
    dataset = open_raster(raster)
    where = body_of(dataset.GetProjection()) if dataset.GetProjection() else None
    if where != body:
        raise InputError(
            f"{path} lies on {where or 'no known body'}, the sites on {body}.",
            f"Choose a map-projected product of {body} (CRISM: MTRDR).",
        )
    grid = _grid(dataset, path)
    named: dict[str, int] = {}
    for number in range(1, dataset.RasterCount + 1):
        found = _NAME.match(dataset.GetRasterBand(number).GetDescription() or "")
        if found and found[1].upper() in INDICES:
            named.setdefault(found[1].upper(), number)
    if named:
        return Minerals(path, dataset, grid, tuple(n for n in WANTED if n in named), named)
    try:
        nm = read_wavelengths(dataset).usable
    except InputError as error:
        raise InputError(
            f"{path} has neither bands of known wavelengths nor bands named as spectral indices.",
            "Give a CRISM cube (.lbl of an MTRDR), or a raster that spectralindices wrote.",
        ) from error
    there = []
    for name in WANTED:
        try:
            needed([name], nm)
        except InputError:
            continue
        there.append(name)
    if not there:
        raise InputError(
            f"{path} has none of the wavelengths that hydrated minerals are told by (1.7 to 2.5 micrometres).",
            "Give a CRISM infrared cube (MTRDR IF).",
        )
    return Minerals(path, dataset, grid, tuple(there), {}, nm)


def _grid(dataset: gdal.Dataset, path: str) -> Grid:
    transform = dataset.GetGeoTransform(can_return_null=True)
    if transform is None or transform[2] or transform[4] or transform[1] <= 0 or transform[5] >= 0:
        raise InputError(f"{path} is not a north-up map.", "Warp it first.")
    if abs(transform[1] + transform[5]) > 1e-3 * transform[1]:
        raise InputError(f"{path} has pixels that are not square.", "Warp it to square pixels first.")
    return Grid(
        dataset.GetProjection(), transform[0], transform[3], transform[1], dataset.RasterXSize, dataset.RasterYSize
    )


def minerals_of(source: Minerals, area: Area, depth: float, progress: Progress) -> MineralFacts:
    """The site in one source; coverage 0 where they do not meet. ``depth``: from where on an index counts as there.

    Raises InputError (a damaged file), CancelledError.
    """
    outline, window = _meeting(source, area)
    if window is None:
        return MineralFacts(0.0)
    kept: dict[str, list[np.ndarray]] = {name: [] for name in source.indices}
    told = {g: [0, 0] for g, names in GROUPS.items() if set(names) <= set(source.indices)}
    valid = total = 0
    whole = source.grid.window(window.column, window.row, window.width, window.height)
    stride = max(1, math.ceil(window.width * window.height / _KEPT))
    for block in windows(window.width, window.height, progress, _BLOCK):
        inside = mask_of(outline, whole.window(block.column, block.row, block.width, block.height))
        if window.width * window.height <= 4 and not inside.any():
            inside[:] = True
        total += int(inside.sum())
        if not inside.any():
            continue
        place = Window(window.column + block.column, window.row + block.row, block.width, block.height)
        found = {name: values[inside] for name, values in _indices(source, place).items()}
        valid += int(np.any([np.isfinite(v) for v in found.values()], axis=0).sum())
        for name, one in found.items():
            kept[name].append(one[np.isfinite(one)][::stride])
        for group, counts in told.items():
            stack = np.array([found[name] for name in GROUPS[group]])
            sound = np.isfinite(stack).all(axis=0)
            with np.errstate(invalid="ignore"):
                counts[0] += int((sound & (stack > depth).all(axis=0)).sum())
            counts[1] += int(sound.sum())
    if not valid:
        return MineralFacts(0.0)
    # What lies outside the source's own frame is not covered either.
    pixels = max(outline.area / source.grid.pixel_size**2, float(total), 1.0)
    values: dict[str, float | None] = {}
    for name in WANTED:
        sample = np.concatenate(kept[name]) if kept.get(name) else np.empty(0)
        percent = 50.0 if name in CONTEXT else 95.0
        values[name] = float(np.percentile(sample, percent)) if len(sample) else None
    shares = {g: (told[g][0] / told[g][1] if g in told and told[g][1] else None) for g in GROUPS}
    return MineralFacts(min(valid / pixels, 1.0), source.path, values, shares)


def _meeting(source: Minerals, area: Area) -> tuple[Any, Window | None]:
    """The site's outline in the source's CRS, and the pixels that it touches; None where they do not meet."""
    from ..common.packages import need

    shapely = need("shapely")
    grid = source.grid
    outline = geometry.project(area, grid.crs)
    left, bottom, right, top = grid.bounds
    frame = shapely.box(left, bottom, right, top)
    if spatial_reference(grid.crs).IsGeographic():
        # Rasters count longitudes from -180 or from 0.
        moved = [shapely.transform(outline, lambda c, t=t: c + np.array([t, 0.0])) for t in (-360.0, 0.0, 360.0)]
        outline = max(moved, key=lambda o: o.intersection(frame).area)
    common = outline.intersection(frame)
    if common.is_empty or common.area <= 0:
        return outline, None
    west, south, east, north = common.bounds
    column = max(0, math.floor((west - left) / grid.pixel_size))
    row = max(0, math.floor((top - north) / grid.pixel_size))
    last_column = min(grid.width, math.ceil((east - left) / grid.pixel_size))
    last_row = min(grid.height, math.ceil((top - south) / grid.pixel_size))
    if last_column <= column or last_row <= row:
        return outline, None
    return outline, Window(column, row, last_column - column, last_row - row)


def _indices(source: Minerals, window: Window) -> dict[str, np.ndarray]:
    """Index -> (rows, columns) float, NaN where it cannot be told."""
    if source.bands:
        numbers = [source.bands[name] for name in source.indices]
        read = _read(source.dataset, numbers, window)
        return dict(zip(source.indices, read, strict=True))
    used = needed(source.indices, source.nm)
    spectra = Spectra(_read(source.dataset, [n + 1 for n in used], window), np.asarray(source.nm)[used])
    return {name: np.asarray(compute(name, spectra)) for name in source.indices}


def _read(dataset: gdal.Dataset, numbers: list[int], window: Window) -> np.ndarray:
    bands = [dataset.GetRasterBand(n) for n in numbers]
    return reflectance(bands, [b.GetNoDataValue() for b in bands], window)
