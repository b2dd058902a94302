"""Reading an epoch's COG back: values and what is valid."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ..common.rasters import Window, open_raster, read
from .warp import NODATA


def values_of(
    raster: Path, window: Window | None = None, out_shape: tuple[int, int] | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """(values float32, valid bool) of an epoch's first band; see ``rasters.read``. Raises InputError."""
    # A band is no more than a pointer into its dataset, which must be held.
    dataset = open_raster(raster, ["GTiff"])
    values = read(dataset.GetRasterBand(1), window, out_shape=out_shape, dtype=np.float32)
    return values, values != np.float32(NODATA)
