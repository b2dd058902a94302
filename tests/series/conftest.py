"""Synthetic ground with known truth: fractal texture, seen by two images whose shift is known exactly."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.common.words import Product, Series
from marscd_plugin.planet.crs import equirectangular_wkt
from marscd_plugin.products.user import open_user_raster
from marscd_plugin.series.build import build_series, open_series


def make_fractal(size: int, beta: float, seed: int) -> np.ndarray:
    """Texture of a power spectrum f**-beta, zero mean, unit spread: 2 is rough, 4.4 very smooth."""
    rng = np.random.default_rng(seed)
    frequency = np.hypot(np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)[None])
    frequency[0, 0] = 1
    spectrum = np.fft.rfft2(rng.standard_normal((size, size))) * frequency ** (-beta / 2)
    spectrum[0, 0] = 0
    surface = np.fft.irfft2(spectrum, s=(size, size))
    return (surface / surface.std()).astype(np.float32)


def similarity(dx: float, dy: float, rotation: float, scale: float, centre: float) -> np.ndarray:
    """2 x 3: rotation (degrees) and scale about ``centre``, then a shift."""
    angle = math.radians(rotation)
    linear = scale * np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    middle = np.array([centre, centre])
    return np.column_stack([linear, middle + np.array([dx, dy]) - linear @ middle])


@pytest.fixture(scope="session")
def fractal() -> Callable[[int, float, int], np.ndarray]:
    return make_fractal


@pytest.fixture(scope="session")
def make_pair() -> Callable[..., tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """``make_pair(...)``: reference, moving, and the 2 x 3 affine reference -> moving in pixels."""
    import cv2

    def make(
        size: int = 400, beta: float = 3, dx: float = 3.37, dy: float = -5.62, rotation: float = 0, scale: float = 1,
        noise: float = 0.05, seed: int = 0,
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # fmt: skip
        ground = make_fractal(2 * size, beta, seed)
        affine = similarity(dx, dy, rotation, scale, size)
        back = cv2.invertAffineTransform(affine)
        y, x = np.mgrid[: 2 * size, : 2 * size].astype(np.float32)
        seen_x, seen_y = (back[i, 0] * x + back[i, 1] * y + back[i, 2] for i in (0, 1))
        other = cv2.remap(ground, seen_x.astype(np.float32), seen_y.astype(np.float32), cv2.INTER_LANCZOS4)
        start = size // 2
        cut = np.s_[start : start + size, start : start + size]
        rng = np.random.default_rng(seed + 99)
        reference = ground[cut] * 100 + 500 + rng.normal(0, noise * 100, (size, size))
        # Another gain, haze and a ramp, as another date has.
        moving = other[cut] * 80 + 450 + np.linspace(0, 60, size)[None] + rng.normal(0, noise * 100, (size, size))
        truth = affine.copy()
        truth[:, 2] = affine[:, :2] @ [start, start] + affine[:, 2] - start
        return reference.astype(np.float32), moving.astype(np.float32), truth

    return make


def write_geotiff(
    path: Path, array: np.ndarray, crs: str = "", left: float = 0, top: float = 0, pixel: float = 1
) -> Path:
    """A UInt16 GeoTIFF with nodata 0."""
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), array.shape[1], array.shape[0], 1, gdal.GDT_UInt16)
    if crs:
        dataset.SetProjection(crs)
        dataset.SetGeoTransform((left, pixel, 0, top, 0, -pixel))
    dataset.GetRasterBand(1).WriteArray(np.clip(array, 0, 1023).astype(np.uint16))
    dataset.GetRasterBand(1).SetNoDataValue(0)
    return path


@pytest.fixture
def write_raster(tmp_path: Path) -> Callable[..., Path]:
    """``write_raster(name, array, crs, left, top, pixel)`` into tmp_path."""
    return lambda name, *given: write_geotiff(tmp_path / name, *given)


CRS = equirectangular_wkt(15, 180, 3394839.8)
LEFT, TOP, PIXEL = -6139197.5, 936003.0, 0.5


def _epochs(folder: Path, make_pair: Callable, unrelated: np.ndarray | None, size: int = 320) -> list[Product]:
    reference, moving, _ = make_pair(size, dx=21.3, dy=-12.6)
    _, third, _ = make_pair(size, dx=-8.4, dy=5.2)
    reference[:30, :40] = 0
    arrays = {"a_20100501": reference, "b_20100601": moving, "c_20120401": third}
    if unrelated is not None:
        arrays["d_20120501"] = unrelated
    return [
        open_user_raster(write_geotiff(folder / f"{name}.tif", array, CRS, LEFT, TOP, PIXEL))
        for name, array in arrays.items()
    ]


@pytest.fixture
def epochs(make_pair: Callable, fractal: Callable, tmp_path: Path) -> Callable[..., list[Product]]:
    """``epochs(unrelated=)``: three dated products of one place (each shifted another way), and a stranger."""
    return lambda unrelated=False: _epochs(tmp_path, make_pair, fractal(320, 3, 77) * 100 + 500 if unrelated else None)


@pytest.fixture(scope="session")
def _built(
    make_pair: Callable, fractal: Callable, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[Product]]:
    folder = tmp_path_factory.mktemp("series")
    products = _epochs(folder, make_pair, fractal(320, 3, 77) * 100 + 500)
    build_series(products, folder / "S", reference="a_20100501")
    return folder / "S", products


@pytest.fixture
def series(_built: tuple[Path, list[Product]], tmp_path: Path) -> tuple[Series, list[Product]]:
    """A series of three epochs and a refused one, at tmp_path/S, and its products."""
    shutil.copytree(_built[0], tmp_path / "S")
    return open_series(tmp_path / "S"), _built[1]
