"""Partial registration is masked, a series closes, and a base map holds it."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.common.errors import RegistrationError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.planet.crs import equirectangular_wkt
from marscd_plugin.products.user import open_user_raster
from marscd_plugin.series.basemap import moved, moved_trust, on_grid, register_to_base
from marscd_plugin.series.closure import closure
from marscd_plugin.series.gate import Gate
from marscd_plugin.series.images import register_images
from marscd_plugin.series.partial import Trust
from marscd_plugin.series.registration import attempt, register
from marscd_plugin.series.scene import ArrayScene
from marscd_plugin.series.source import GridMap, Source
from marscd_plugin.series.transform import Seam, Warp

CRS = equirectangular_wkt(15, 180, 3394839.8)
LEFT, TOP = -6139197.5, 936003.0


def aligned(reference, moving):
    return attempt(ArrayScene(reference, moving), Gate(), Quiet())


def test_ground_that_cannot_be_matched_is_masked_and_a_small_gap_is_not(make_pair, fractal):
    reference, moving, _ = make_pair(480)
    # The right third shows other ground now; a small smooth pond elsewhere has no texture, but lies among good ties.
    moving[:, 320:] = fractal(480, 3, 9)[:, 320:] * 80 + 450
    for image in (reference, moving):
        image[200:240, 100:140] = 480 + np.random.default_rng(1).normal(0, 4, (40, 40))
    alignment = aligned(reference, moving)
    assert alignment.registration.accepted
    x, y = np.meshgrid(np.arange(5, 480, 10), np.arange(5, 480, 10))
    sure = alignment.trusted.at(x, y)
    assert sure[:, x[0] > 390].mean() < 0.1
    assert sure[:, x[0] < 270].mean() > 0.97
    assert 0.15 < alignment.trusted.masked < 0.4
    assert "masked" in alignment.registration.reason


def test_what_is_not_trusted_is_not_written(write_raster, make_pair, fractal, tmp_path):
    reference, moving, _ = make_pair(400)
    moving[:, 260:] = fractal(400, 3, 9)[:, 260:] * 80 + 450
    first = write_raster("a.tif", reference, CRS, LEFT, TOP, 0.5)
    second = write_raster("b.tif", moving, CRS, LEFT, TOP, 0.5)
    register_images(first, second, tmp_path / "out.tif")
    values = gdal.Open(str(tmp_path / "out.tif")).ReadAsArray()
    assert (values[:, 340:] == -9999).mean() > 0.9
    assert (values[20:380, 20:220] != -9999).mean() > 0.97


def test_trust_by_node_and_by_window_agree():
    good = np.zeros((4, 5), bool)
    good[1:3, 2:] = True
    trust = Trust(good, 10.0)
    from marscd_plugin.common.rasters import Window

    window = Window(12, 3, 20, 17)
    x, y = np.meshgrid(np.arange(12, 32), np.arange(3, 20))
    assert (trust.window(window) == trust.at(x, y)).all() and trust.window(window).any()


def test_a_seam_is_not_smeared_when_a_raster_is_resampled(write_raster, fractal):
    source = Source(open_user_raster(write_raster("g.tif", fractal(300, 3, 2) * 100 + 500, CRS, LEFT, TOP, 0.5)))
    from marscd_plugin.common.rasters import Window, grid_of, open_raster

    grid = grid_of(open_raster(source.product.raster))
    warp = Warp(np.array([[1, 0, 7.3], [0, 1.0, -3.1]]), np.zeros((2, 4, 4)), 100.0, (Seam(150.0, 0.05, 0.4, -1.7),))
    window = Window(90, 40, 120, 60)
    columns, rows = np.meshgrid(np.arange(90, 210), np.arange(40, 100))
    dense = GridMap(grid, source).dense(window, 1, warp)
    for got, wanted in zip(dense, warp.apply(columns.astype(float), rows.astype(float)), strict=True):
        assert np.abs(got - wanted).max() < 0.02


def test_a_series_closes_and_a_wrong_epoch_is_noticed(make_pair):
    reference, second, _ = make_pair(360, dx=6.2, dy=-3.4)
    _, third, _ = make_pair(360, dx=-4.1, dy=2.7)
    first, other, between = aligned(reference, second), aligned(reference, third), aligned(second, third)
    good = closure(360, 360, first, other, between)
    assert good.closes and good.rms < 0.15 and good.places > 500
    assert "within 0.3 px" in good.reason
    from dataclasses import replace

    off = replace(other, warp=Warp(other.warp.affine + np.array([[0, 0, 0.6], [0, 0, 0]]), other.warp.nodes,
                                   other.warp.step))  # fmt: skip
    bad = closure(360, 360, first, off, between)
    assert not bad.closes and bad.rms == pytest.approx(0.6, abs=0.15)
    far = replace(other, trusted=Trust(np.zeros((10, 10), bool), 40.0))
    assert closure(360, 360, first, far, between).rms is None


def ground_and_base(fractal, write_raster, ratio=4):
    """A ground of 1,600 px at 1 m: an image of its middle whose georeferencing is off, and a base mosaic of it all."""
    ground = fractal(1600, 2.8, 6) * 90 + 500
    rng = np.random.default_rng(0)
    base = ground.reshape(1600 // ratio, ratio, 1600 // ratio, ratio).mean(axis=(1, 3))
    base = base * 0.8 + 40 + rng.normal(0, 2, base.shape)
    image = ground[300:1300, 300:1300] + rng.normal(0, 6, (1000, 1000))
    made = write_raster("base.tif", base, CRS, LEFT, TOP, float(ratio))
    seen = write_raster("image.tif", image, CRS, LEFT + 300 + 37.0, TOP - 300 + 22.0, 1.0)
    return Source(open_user_raster(seen)), made


def test_an_image_is_tied_to_a_coarser_base_map(fractal, write_raster):
    source, made = ground_and_base(fractal, write_raster)
    base, alignment = register_to_base(source, made)
    assert base.pixel_size == 4 and alignment.warp.nodes is None
    assert alignment.registration.residual_px < 0.3 and "map units" in alignment.registration.reason
    # On the image's own grid the affine is the error of its georeferencing: 37 m east, 22 m north.
    from marscd_plugin.common.rasters import grid_of, open_raster

    grid = grid_of(open_raster(source.product.raster))
    warp = on_grid(alignment, base, grid)
    x, y = np.meshgrid(np.linspace(100, 900, 9), np.linspace(100, 900, 9))
    to_x, to_y = warp.apply(x, y)
    left = np.hypot(to_x - x - 37, to_y - y + 22)
    assert np.median(left) < 0.4 and left.max() < 1.2


def test_a_base_map_that_is_too_coarse_or_elsewhere_is_refused(fractal, write_raster):
    source, _ = ground_and_base(fractal, write_raster)
    coarse = write_raster("coarse.tif", fractal(64, 3, 2) * 90 + 500, CRS, LEFT - 2000, TOP + 2000, 100.0)
    with pytest.raises(RegistrationError, match="100 times as large") as caught:
        register_to_base(source, coarse)
    assert "finer base map" in caught.value.remedy
    other = write_raster("other.tif", fractal(400, 2.8, 77) * 90 + 500, CRS, LEFT, TOP, 4.0)
    with pytest.raises(RegistrationError):
        register_to_base(source, other)


def test_a_series_is_moved_by_its_base_map():
    """Place by the base map -> reference -> epoch: one warp does what the two do one after the other."""
    x, y = np.meshgrid(np.arange(9) * 50.0, np.arange(9) * 50.0)
    nodes = np.stack([np.sin(x / 200), np.cos(y / 180)])
    epoch = Warp(np.array([[1.002, 0.001, 4.0], [-0.001, 0.999, -6.0]]), nodes, 50.0,
                 (Seam(200.0, 0.1, 0.2, -1.0), Seam(120.0, 0.0, 0.0, 0.8, True)))  # fmt: skip
    base = Warp(np.array([[1.001, -0.004, 11.0], [0.004, 1.001, -9.0]]))
    whole = moved(epoch, base, 400, 400)
    px, py = (v.ravel() for v in np.meshgrid(np.linspace(20, 370, 41), np.linspace(20, 370, 41)))
    wanted = epoch.apply(*base.apply(px, py))
    got = whole.apply(px, py)
    left = np.hypot(got[0] - wanted[0], got[1] - wanted[1])
    assert np.median(left) < 0.01 and np.percentile(left, 97) < 0.02
    trust = moved_trust(Trust(np.indices((9, 9))[1] < 4, 50.0), base, 400, 400)
    assert trust.at(np.array([100.0]), np.array([200.0]))[0] and not trust.at(np.array([300.0]), np.array([200.0]))[0]


def test_a_shift_larger_than_the_grid_is_found_beyond_it(fractal, write_raster):
    from marscd_plugin.series.images import _grid
    from marscd_plugin.series.source import RasterScene

    ground = fractal(1400, 3, 5) * 100 + 500
    small = write_raster("small.tif", ground[500:900, 500:900], CRS, LEFT, TOP, 0.5)
    # The large image's georeferencing is off by 210 m one way and 175 m the other: 420 and 350 pixels.
    large = write_raster("large.tif", ground, CRS, LEFT - 250 + 210, TOP + 250 + 175, 0.5)
    first, second = open_user_raster(small), open_user_raster(large)
    scene = RasterScene(_grid(first), Source(first), Source(second))
    said = attempt(scene, Gate(), Quiet()).registration
    assert said.accepted and (said.shift_x_px, said.shift_y_px) == pytest.approx((420, -350), abs=0.3)


def test_a_refusal_says_what_to_try(fractal):
    with pytest.raises(RegistrationError) as caught:
        register(fractal(300, 3, 1), fractal(300, 3, 2))
    assert caught.value.what.startswith("The images could not be registered: ") and caught.value.remedy
