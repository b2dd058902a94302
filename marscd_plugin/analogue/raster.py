"""DISTANCE: how near each place of a search area is to the targets, as a raster of one pixel a chip.

It is an elevation as good as any for QGIS: one float32 band in which what looks like the target lies low.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from ..common.errors import InputError
from ..common.progress import Progress
from ..common.rasters import RasterWriter, windows
from ..common.words import Grid

#: What a place holds that was not compared: no data, no texture, outside the area.
NODATA = -9999.0


def spread(cells: np.ndarray, values: np.ndarray, grid: Grid) -> np.ndarray:
    """Values (N,) of chips at ``cells`` (N, 2: column, row) as float32 (height, width), NaN where there is no chip."""
    if len(cells) != len(values):
        raise InputError(f"{len(values)} values do not fit {len(cells)} chips.", "Search again.")
    surface = np.full((grid.height, grid.width), np.nan, np.float32)
    columns, rows = cells[:, 0], cells[:, 1]
    inside = (columns >= 0) & (columns < grid.width) & (rows >= 0) & (rows < grid.height)
    surface[rows[inside], columns[inside]] = values[inside]
    return surface


def write_surfaces(
    path: Path, grid: Grid, bands: Mapping[str, np.ndarray], tags: Mapping[str, str], progress: Progress
) -> None:
    """Write ``bands`` (description -> float32 (height, width), NaN for none) as one GeoTIFF with NODATA.

    Raises OutputError, CancelledError.
    """
    with RasterWriter(
        path, grid, np.float32, nodata=NODATA, bands=len(bands), descriptions=tuple(bands), tags=tags, progress=progress
    ) as writer:
        for window in windows(grid.width, grid.height, progress):
            for number, values in enumerate(bands.values(), start=1):
                block = values[window.slices]
                writer.write(window, np.where(np.isfinite(block), block, np.float32(NODATA)), number)
