"""Large pairs for ``bench_registration``, written and registered block by block, each in a process of its own."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.rasters import make_raster
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.rasters import windows

_PERIODS = (2048, 1777)
SHIFT = (37.3, -21.8)
_PARALLAX = 5.0


def displaced(x: np.ndarray, y: np.ndarray, edge: int) -> tuple[np.ndarray, np.ndarray]:
    """Where the moving image's pixel (x, y) looks in the reference's frame: a shift and smooth parallax to 5 px."""
    wave = _PARALLAX * np.sin(2 * np.pi * x / (0.6 * edge)) * np.cos(2 * np.pi * y / (0.8 * edge))
    return x - SHIFT[0] + wave, y - SHIFT[1]


def write_pair(folder: Path, edge: int) -> None:
    """Two ``edge`` x ``edge`` rasters (10 bits in UInt16): fractal ground that never repeats, own noise and gain."""
    import cv2

    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(1)
    tiles = [_fractal(rng, period) for period in _PERIODS]
    for name in ("reference", "moving"):
        dataset = make_raster(folder / f"{name}.tif", edge)
        band = dataset.GetRasterBand(1)
        for window in windows(edge, edge, Quiet(), size=1024):
            y, x = np.mgrid[
                window.row : window.row + window.height, window.column : window.column + window.width
            ].astype(float)
            if name == "moving":
                x, y = displaced(x, y, edge)
            ground = np.zeros(x.shape, np.float32)
            for tile, period in zip(tiles, _PERIODS, strict=True):
                # cv2 wraps only a little way out: the tile carries a margin of itself.
                ground += cv2.remap(
                    tile, (x % period + 4).astype(np.float32), (y % period + 4).astype(np.float32), cv2.INTER_CUBIC
                )
            gain, offset = (60, 400) if name == "reference" else (52, 430)
            values = offset + gain * ground + rng.normal(0, 6, ground.shape)
            band.WriteArray(np.clip(values, 3, 1020).astype(np.uint16), window.column, window.row)
        dataset.FlushCache()


def _fractal(rng: np.random.Generator, size: int) -> np.ndarray:
    frequency = np.hypot(np.fft.fftfreq(size, 1.0)[:, None], np.fft.rfftfreq(size, 1.0)[None])
    frequency[0, 0] = 1
    # A sensor blurs: no power near the pixel scale that resampling could not keep.
    spectrum = np.fft.rfft2(rng.standard_normal((size, size))) * frequency**-1.3 * np.exp(-8 * frequency**2)
    spectrum[0, 0] = 0
    ground = np.fft.irfft2(spectrum, s=(size, size))
    return np.pad((0.7 * ground / ground.std()).astype(np.float32), 4, mode="wrap")


def register_pair(folder: Path) -> dict[str, float]:
    """Register, and write on the reference's grid: seconds, processor seconds, the error at 4,000 places."""
    from marscd_plugin.series.gate import Gate
    from marscd_plugin.series.images import _grid, _product
    from marscd_plugin.series.registration import attempt
    from marscd_plugin.series.source import RasterScene, Source
    from marscd_plugin.series.warp import write_warped

    first, second = _product(folder / "reference.tif"), _product(folder / "moving.tif")
    grid = _grid(first)
    base, moving = Source(first, Quiet()), Source(second, Quiet())
    start, worked = time.perf_counter(), time.process_time()
    alignment = attempt(RasterScene(grid, base, moving), Gate(), Quiet())
    registered, used = time.perf_counter() - start, time.process_time() - worked
    write_warped([moving], grid, alignment.warp, folder / "warped.tif", Quiet(), trusted=alignment.trusted)
    rng = np.random.default_rng(2)
    x, y = rng.uniform(60, grid.width - 60, (2, 4000))
    to_x, to_y = alignment.warp.apply(x, y)
    back_x, back_y = displaced(to_x, to_y, grid.width)
    left = np.hypot(back_x - x, back_y - y)
    return {
        "accepted": float(alignment.registration.accepted),
        "register": registered,
        "cpu": used,
        "write": time.perf_counter() - start - registered,
        "median": float(np.median(left)),
        "high": float(np.percentile(left, 95)),
        "ties": float(alignment.registration.tie_point_count),
    }
