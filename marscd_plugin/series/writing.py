"""The one resampling of an epoch: through the combined map onto the grid, block by block, into a COG and its mask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ..common.progress import Progress
from ..common.rasters import RasterWriter, bounded_cache, windows
from ..common.words import Grid
from .masks import CAST_SHADOW, NO_DATA, SATURATED, SHADOW, UNTRUSTED, Shares, counted, shadows
from .partial import Trust
from .radiometry import Normalisation
from .source import GridMap
from .topography import Terrain
from .transform import Warp
from .warp import NODATA


@dataclass(frozen=True)
class Shown:
    """How an epoch's values come out: light evened, slopes levelled, and what counts as shadow.

    ``levelled`` and ``shaded`` are at the terrain's nodes. ``drop_shadows`` makes shadows nodata in the COG as well.
    """

    light: Normalisation = field(default_factory=Normalisation)
    shadow_limit: float | None = None
    terrain: Terrain | None = None
    levelled: np.ndarray | None = None
    shaded: np.ndarray | None = None
    drop_shadows: bool = False


def write_epoch(
    mapping: GridMap,
    grid: Grid,
    warp: Warp | None,
    trusted: Trust | None,
    shown: Shown,
    cog: Path,
    mask: Path,
    progress: Progress,
    tags: Mapping[str, str],
) -> tuple[float, Shares]:
    """Write float32 values (nodata -9999) to ``cog`` and ``masks.BITS`` to ``mask``; ``warp`` starts on ``grid``.

    Returns the share of valid pixels and those of each bit. Both files are whole or not there.
    """
    valid_count, counts = 0, dict.fromkeys(counted(np.zeros(0, np.uint8)), 0)
    with (
        bounded_cache(),
        RasterWriter(mask, grid, np.uint8, tags=tags, categorical=True, progress=progress) as masks,
        RasterWriter(cog, grid, np.float32, nodata=NODATA, tags=tags, progress=progress) as values,
    ):
        for window in windows(grid.width, grid.height, progress):
            patch, saturated = mapping.flagged(window, warp)
            flags = np.where(patch.valid, np.uint8(0), np.uint8(NO_DATA))
            if saturated is not None:
                flags[saturated] = SATURATED
            dark = shadows(patch.values, patch.valid, shown.shadow_limit)
            flags[dark] |= SHADOW
            out = patch.values
            if shown.terrain is not None and shown.shaded is not None:
                hidden = (shown.terrain.window(shown.shaded.astype(np.float32), window) > 0.5) & patch.valid
                flags[hidden] |= CAST_SHADOW
                dark |= hidden
            if shown.terrain is not None and shown.levelled is not None:
                out = out * shown.terrain.window(shown.levelled, window)
            out = out * np.float32(shown.light.gain) + np.float32(shown.light.offset)
            valid = patch.valid
            if trusted is not None:
                sure = trusted.window(window)
                flags[valid & ~sure] |= UNTRUSTED
                valid = valid & sure
            if shown.drop_shadows:
                valid = valid & ~dark
            values.write(window, np.where(valid, out, np.float32(NODATA)))
            masks.write(window, flags)
            valid_count += int(valid.sum())
            for name, count in counted(flags).items():
                counts[name] += count
    total = grid.width * grid.height
    return valid_count / total, Shares(total, counts)
