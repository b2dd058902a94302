"""The one resampling: a product through the combined map onto the grid, block by block, into a COG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from ..common.progress import Progress
from ..common.rasters import RasterWriter, bounded_cache, windows
from ..common.words import Grid
from .partial import Trust
from .radiometry import Normalisation
from .source import GridMap, Source
from .transform import Warp

NODATA = -9999.0


def write_warped(
    bands: Sequence[Source],
    grid: Grid,
    warp: Warp | None,
    path: Path,
    progress: Progress,
    normalisation: Normalisation | None = None,
    tags: Mapping[str, str] | None = None,
    trusted: Trust | None = None,
) -> float:
    """Write one float32 COG, a band a source, nodata -9999. Returns the share of valid pixels in the first band.

    Where ``trusted`` says no, nothing is written: ground that is not known to lie right is nodata.
    """
    light = normalisation or Normalisation()
    maps = [GridMap(grid, source) for source in bands]
    valid = 0
    with (
        bounded_cache(),
        RasterWriter(path, grid, np.float32, nodata=NODATA, bands=len(bands), tags=tags, progress=progress) as writer,
    ):
        for window in windows(grid.width, grid.height, progress):
            sure = None if trusted is None else trusted.window(window)
            for number, one in enumerate(maps, 1):
                patch = one.patch(window, warp=warp)
                values = patch.values * np.float32(light.gain) + np.float32(light.offset)
                shown = patch.valid if sure is None else patch.valid & sure
                writer.write(window, np.where(shown, values, np.float32(NODATA)), number)
                if number == 1:
                    valid += int(shown.sum())
    return valid / (grid.width * grid.height)
