"""A stored probability cut at a threshold, strip by strip: labels of the changes, without the network."""

from __future__ import annotations

import numpy as np
from osgeo import gdal

from ..common.progress import Progress, check
from ..common.rasters import Window, read
from ..common.words import Grid
from ..planet.measure import pixel_area_m2
from .calibration import CellMaxima
from .components import Changes, Components
from .facts import votes_of
from .pair import Normalisation, PairSource
from .scratch import ScratchRaster

_STRIP = 256


def labelled(
    threshold: float,
    least: float,
    dataset: gdal.Dataset,
    pair: PairSource,
    region: Window,
    grid: Grid,
    scaling: Normalisation,
    labels: ScratchRaster,
    progress: Progress,
    kind: gdal.Dataset | None = None,
    kinds: int = 0,
) -> tuple[Changes, int, CellMaxima]:
    """Labels into the scratch raster, strip by strip; the changes, how many pixels were compared, cells' maxima.

    ``dataset`` is the probability (nodata below 0), ``kind`` the raster of kinds and ``kinds`` their number.
    """
    area = pixel_area_m2(grid)
    components = Components(grid.width, grid.height, least if area else 0.0, extras=kinds)
    maxima = CellMaxima(grid.width, grid.height)
    images = pair.reader(region, scaling)
    compared = 0
    for row in range(0, grid.height, _STRIP):
        check(progress)
        window = Window(0, row, grid.width, min(_STRIP, grid.height - row))
        likely = read(dataset.GetRasterBand(1), window)
        valid = likely >= 0.0
        changed = valid & (likely >= threshold)
        (first, second), _ = images(window)
        rows = np.arange(row, row + window.height)
        size = area(rows, np.arange(grid.width)) if area else np.ones((window.height, 1))
        votes = votes_of(None if kind is None else read(kind.GetRasterBand(1), window), likely, changed, kinds)
        labels.write(window, components.add(window, changed, valid, likely, second - first, size, first, votes))
        maxima.add(window, likely, valid)
        compared += int(valid.sum())
        progress.report((row + window.height) / grid.height)
    labels.flush()
    return components.finish(), compared, maxima
