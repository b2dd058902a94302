"""A simulated raw CTX image laid on a simulated base mosaic: to a fraction of a pixel, with its residual stated.

The ground is simulated (fractal relief, craters), the camera a line scanner flying north-north-west with some drift and
jitter, the file companded like the real one, the corners off by some 300 m: no real CTX image was at hand.
"""

from __future__ import annotations

import importlib.util
import json
import math
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.common.errors import InputError, RegistrationError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.rasters import grid_of, open_raster
from marscd_plugin.planet.crs import geographic_wkt, local_wkt
from marscd_plugin.planet.transform import transformer
from marscd_plugin.products.ctx_corners import Corners
from marscd_plugin.products.ctx_edr import open_ctx_edr
from marscd_plugin.series.source import GridMap, Source
from marscd_plugin.simulation.terrain import fractal, scatter_craters
from marscd_plugin.workflows.georeference import georeference
from marscd_plugin.workflows.opening import find_products, named, open_found

_spec = importlib.util.spec_from_file_location("ctx_files", Path(__file__).parents[1] / "products/ctx_files.py")
ctx_files = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(ctx_files)

CRS = local_wkt(30.0, -20.0)
PIXEL, WIDTH, HEIGHT = 6.0, 720, 820  # the base mosaic
SAMPLES, LINES = 400, 520  # the raw image


def shaded(seed, sun=0.0):
    """A sunlit surface (brightness about 1), float32 (HEIGHT, WIDTH); ``sun`` turns the light (degrees)."""
    rng = np.random.default_rng(seed)
    height = 60 * fractal(rng, (HEIGHT, WIDTH), 3.4, 400)
    scatter_craters(rng, height, PIXEL, 6.0, 4.0, 60.0)
    dy, dx = np.gradient(height, PIXEL)
    angle = math.radians(30 + sun)
    return np.clip(1 + math.cos(angle) * dx - math.sin(angle) * dy, 0.05, 3).astype(np.float32)


def ground(sample, line):
    """Column and row of the base mosaic that the camera saw: mirrored, turned, drifting, with jitter."""
    u, v = (sample - SAMPLES / 2) * 5.3 / PIXEL, (line - LINES / 2) * 6.0 / PIXEL
    t = line / LINES - 0.5
    u = u + 6 * t**2 + 0.3 * np.sin(line / 60)
    angle = math.radians(7)
    east, north = math.cos(angle) * u - math.sin(angle) * v, math.sin(angle) * u + math.cos(angle) * v
    return WIDTH / 2 + east, HEIGHT / 2 - north


@pytest.fixture(scope="module")
def scene():
    return shaded(7)


@pytest.fixture
def base(tmp_path):
    """Taken under another sun (20 degrees round), a little blurred, 8 bits with noise."""
    from scipy.ndimage import gaussian_filter

    path = tmp_path / "base.tif"
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), WIDTH, HEIGHT, 1, gdal.GDT_Byte)
    dataset.SetProjection(CRS)
    dataset.SetGeoTransform((-3000.0, PIXEL, 0, -1180000.0, 0, -PIXEL))
    seen = 90 * gaussian_filter(shaded(7, sun=20), 0.7) + np.random.default_rng(1).normal(0, 4, (HEIGHT, WIDTH))
    dataset.GetRasterBand(1).WriteArray(np.clip(seen, 1, 255).astype(np.uint8))
    dataset.FlushCache()
    return path


def place(column, row):
    lon, lat = transformer(CRS, geographic_wkt()).points(
        -3000.0 + (np.asarray(column) + 0.5) * PIXEL, -1180000.0 - (np.asarray(row) + 0.5) * PIXEL
    )
    return lon, lat


@pytest.fixture
def raw(scene, tmp_path):
    """(path, corners): the image, and corners shifted by 300 m with 20 m of their own."""
    from scipy.ndimage import map_coordinates

    sample, line = np.meshgrid(np.arange(SAMPLES), np.arange(LINES))
    column, row = ground(sample, line)
    seen = map_coordinates(scene, [row, column], order=3, mode="nearest")
    folder = tmp_path / "fetched"
    folder.mkdir()
    path = ctx_files.write_edr(folder, 700 * seen)
    metre = math.degrees(1 / 3396190.0)
    rng = np.random.default_rng(5)
    points = []
    for s, ln in ((0, 0), (SAMPLES, 0), (0, LINES), (SAMPLES, LINES)):
        lon, lat = place(*ground(s - 0.5, ln - 0.5))
        east, north = np.array([180, -240]) + rng.uniform(-20, 20, 2)
        points.append((float(lon) + east * metre / math.cos(math.radians(-20)), float(lat) + north * metre))
    return path, Corners(*points)


def test_to_a_fraction_of_a_pixel(raw, base, tmp_path):
    path, corners = raw
    product = open_ctx_edr(path, corners)
    found = georeference(product, base, tmp_path / "map.tif", Quiet())
    error = missed(Source(product), found.grid, found.warp)
    assert np.median(error) < 0.1 and np.percentile(error, 95) < 0.3, (np.median(error), np.percentile(error, 95))
    assert 200 < found.shift_m < 400 and found.residual_m < 2.0 and found.registration.accepted
    # What is stated is of the size of what is true.
    assert found.residual_m / found.grid.pixel_size < 1.0
    dataset = gdal.Open(str(found.product.raster))
    assert float(dataset.GetMetadataItem("MARSCD_RESIDUAL_M")) == pytest.approx(found.residual_m, abs=0.01)
    assert dataset.GetSpatialRef().IsSame(gdal.Open(str(base)).GetSpatialRef())
    assert json.loads(dataset.GetMetadataItem("MARSCD_PROVENANCE"))["registration"]["residual_m"] > 0
    t = dataset.GetGeoTransform()
    values = dataset.ReadAsArray()
    covered = values > -9999
    assert 0.2 < covered.mean() < 0.9 and t[5] < 0 and found.product.pixel_size <= PIXEL


def missed(source, grid, warp):
    """Distances (raw pixels) between where a lattice of raw pixels is and where ``warp`` on ``grid`` puts it."""
    sample, line = np.meshgrid(np.linspace(20, SAMPLES - 21, 25), np.linspace(20, LINES - 21, 25))
    column, row = ground(sample, line)
    x = (-3000.0 + (column + 0.5) * PIXEL - grid.left) / grid.pixel_size - 0.5
    y = (grid.top - (-1180000.0 - (row + 0.5) * PIXEL)) / grid.pixel_size - 0.5
    back = GridMap(grid, source).points(*warp.apply(x, y))
    return np.hypot(back[0] - sample, back[1] - line)


def test_a_base_three_times_coarser(raw, base, tmp_path):
    """Measured on the base's pixels of 18 m, written at the image's own 6 m: the map is scaled, not only the raster."""
    path, corners = raw
    coarse = tmp_path / "coarse.tif"
    assert gdal.Translate(str(coarse), str(base), xRes=18, yRes=18, resampleAlg="average") is not None
    product = open_ctx_edr(path, corners)
    found = georeference(product, coarse, tmp_path / "map.tif", Quiet())
    finer = grid_of(open_raster(found.product.raster))
    assert (found.grid.pixel_size, finer.pixel_size) == (18.0, 6.0)
    on_base = missed(Source(product), found.grid, found.warp)
    on_finer = missed(Source(product), finer, found.warp.scaled(3))
    assert np.median(on_base) < 0.5 and np.percentile(on_base, 95) < 1.0, np.percentile(on_base, (50, 95))
    assert np.abs(on_base - on_finer).max() < 0.05


def test_another_place_is_refused_and_nothing_is_left(raw, tmp_path):
    path, corners = raw
    other = tmp_path / "other.tif"
    dataset = gdal.GetDriverByName("GTiff").Create(str(other), WIDTH, HEIGHT, 1, gdal.GDT_Byte)
    dataset.SetProjection(CRS)
    dataset.SetGeoTransform((-3000.0, PIXEL, 0, -1180000.0, 0, -PIXEL))
    dataset.GetRasterBand(1).WriteArray(np.clip(90 * shaded(99), 1, 255).astype(np.uint8))
    dataset.FlushCache()
    with pytest.raises(RegistrationError, match=r"could not be laid on other\.tif"):
        georeference(open_ctx_edr(path, corners), other, tmp_path / "map.tif", Quiet())
    assert not (tmp_path / "map.tif").exists()


@pytest.mark.parametrize(
    ("transform", "crs", "words"),
    [
        ((9e5, PIXEL, 0, -1180000.0, 0, -PIXEL), CRS, "does not lie on"),
        ((-300000.0, 600.0, 0, -900000.0, 0, -600.0), CRS, "times coarser"),
        ((0, 1, 0, 0, 0, -1), "", "no known body"),
    ],
)
def test_bases_that_will_not_do(raw, tmp_path, transform, crs, words):
    path, corners = raw
    other = tmp_path / "other.tif"
    dataset = gdal.GetDriverByName("GTiff").Create(str(other), WIDTH, HEIGHT, 1, gdal.GDT_Byte)
    if crs:
        dataset.SetProjection(crs)
    dataset.SetGeoTransform(transform)
    dataset = None
    with pytest.raises(InputError, match=words):
        georeference(open_ctx_edr(path, corners), other, tmp_path / "map.tif", Quiet())


class Listening(Quiet):
    def __init__(self):
        super().__init__()
        self.warned = []

    def warn(self, message):
        self.warned.append(message)


def test_a_folder_with_a_raw_image(raw, base, monkeypatch):
    path, corners = raw
    names = ("UPPER_LEFT", "UPPER_RIGHT", "LOWER_LEFT", "LOWER_RIGHT")
    found = named(path.parent, ctx_files.PRODUCT)
    assert found.kind == "CTX-EDR"
    with pytest.raises(InputError, match="Nothing says where the corners"):
        open_found(found, Quiet())
    path.with_name(f"{ctx_files.PRODUCT}.corners.json").write_text(
        json.dumps(dict(zip(names, corners.points(), strict=True)))
    )
    listening = Listening()
    rough = open_found(found, listening)
    assert rough.raster.name.endswith(".edr.tif") and "300 m" in listening.warned[0]
    asked = []

    def instead(product, on, output, progress):
        asked.append((product.product_id, on, output.name))
        return SimpleNamespace(product=product)

    monkeypatch.setattr("marscd_plugin.workflows.opening.georeference", instead)
    open_found(found, Quiet(), base=base)
    assert asked == [(ctx_files.PRODUCT, base, f"{ctx_files.PRODUCT}.map.tif")]
    # The raw image's own derived rasters are no further products of the folder.
    assert [f.stem for f in find_products(path.parent)] == [ctx_files.PRODUCT]
