"""Connected changes found strip by strip are those of the whole image."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from marscd_plugin.change import components as module
from marscd_plugin.change.components import CELL, NODATA, PLAIN, Components
from marscd_plugin.change.shapes import shapes
from marscd_plugin.common.rasters import Window
from marscd_plugin.common.words import Grid
from marscd_plugin.planet.crs import equirectangular_wkt, polar_wkt


def run(changed, valid, probability, difference, area, *, rows, columns, min_area=0.0):
    """Feed an image in panels of ``columns`` and strips of ``rows``; returns the changes and the label raster."""
    height, width = changed.shape
    found = Components(width, height, min_area)
    labels = np.zeros(changed.shape, np.int32)
    for left in range(0, width, columns):
        for top in range(0, height, rows):
            window = Window(left, top, min(columns, width - left), min(rows, height - top))
            at = window.slices
            labels[at] = found.add(
                window, changed[at] & valid[at], valid[at], probability[at], difference[at], area[at[0]][:, None]
            )
    return found.finish(), labels


def image(seed: int, height: int, width: int, share: float):
    rng = np.random.default_rng(seed)
    valid = rng.random((height, width)) > 0.1
    changed = rng.random((height, width)) < share
    probability = rng.random((height, width)).astype(np.float32)
    difference = rng.normal(size=(height, width)).astype(np.float32)
    return changed, valid, probability, difference, np.linspace(1.0, 2.0, height)


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    height=st.integers(1, 40),
    width=st.integers(1, 40),
    share=st.sampled_from([0.0, 0.1, 0.3, 0.45, 0.7]),
    rows=st.integers(1, 41),
    columns=st.integers(1, 41),
    min_area=st.sampled_from([0.0, 2.5, 6.0]),
)
def test_as_if_labelled_whole(seed, height, width, share, rows, columns, min_area):
    changed, valid, probability, difference, area = image(seed, height, width, share)
    found, labels = run(changed, valid, probability, difference, area, rows=rows, columns=columns, min_area=min_area)
    whole, count = ndimage.label(changed & valid, np.ones((3, 3)))
    index = np.arange(1, count + 1)
    areas = ndimage.sum_labels(np.broadcast_to(area[:, None], changed.shape), whole, index) if count else np.zeros(0)
    large = areas >= min_area - 1e-12
    mask = found.keep[np.maximum(labels, 0)]
    np.testing.assert_array_equal(mask, np.isin(whole, index[large]))
    np.testing.assert_array_equal(labels == NODATA, ~valid)
    assert found.count == large.sum() and found.changed_pixels == mask.sum()
    np.testing.assert_allclose(found.area, np.sort(areas[large])[::-1])
    numbers = found.polygon_of[np.maximum(labels, 0)]
    for number in range(1, found.count + 1):
        inside = numbers == number
        assert len(np.unique(whole[inside])) == 1 and inside.sum() == found.pixels[number - 1]
        assert found.probability_mean[number - 1] == pytest.approx(probability[inside].mean(), rel=1e-4)
        assert found.probability_max[number - 1] == probability[inside].max()
        assert found.difference[number - 1] == pytest.approx(difference[inside].mean(), abs=1e-4)
        y, x = np.nonzero(inside)
        assert (found.x[number - 1], found.y[number - 1]) == pytest.approx((x.mean() + 0.5, y.mean() + 0.5))
        assert found.xx[number - 1] == pytest.approx(x.var() + 1 / 12, abs=1e-6)
        assert found.xy[number - 1] == pytest.approx(np.mean((x - x.mean()) * (y - y.mean())), abs=1e-6)


def test_surroundings_leave_changes_out():
    shape = (4 * CELL, 6 * CELL)
    difference = np.full(shape, 0.5, np.float32)
    changed = np.zeros(shape, bool)
    changed[40:60, 40:80] = True
    difference[changed] = -5.0
    found, _ = run(
        changed, np.ones(shape, bool), difference * 0 + 1, difference, np.ones(shape[0]), rows=50, columns=70
    )
    np.testing.assert_allclose(found.background, 0.5, atol=1e-6)
    assert found.difference[0] == pytest.approx(-5.0)


def test_too_many_keep_the_largest_polygons_and_the_whole_mask(monkeypatch):
    monkeypatch.setattr(module, "_MANY_LABELS", 600)
    monkeypatch.setattr(module, "MAX_POLYGONS", 7)
    changed = np.zeros((200, 200), bool)
    changed[::4, ::4] = True
    for number in range(10):
        changed[20 * number + 1 : 20 * number + 3, 1 : 12 + number] = True
    ones = np.ones(changed.shape)
    found, labels = run(changed, ones > 0, ones, ones, ones[:, 0], rows=30, columns=200)
    assert found.count == 7 and found.floor_px > 1
    whole, count = ndimage.label(changed, np.ones((3, 3)))
    sizes = np.sort(ndimage.sum_labels(changed, whole, np.arange(1, count + 1)))[::-1]
    np.testing.assert_array_equal(found.pixels, sizes[:7])
    np.testing.assert_array_equal(found.keep[np.maximum(labels, 0)], changed)
    assert found.changed_pixels == changed.sum() and found.without_polygon == count - 7
    assert (labels == PLAIN).any()


def test_one_endless_outline_does_not_crowd_out_the_others(monkeypatch):
    monkeypatch.setattr(module, "MAX_EDGES", 1000)
    changed = np.zeros((100, 100), bool)
    changed[:60] = np.indices((60, 100)).sum(axis=0) % 2 == 0
    changed[80:90, 10:20] = True
    ones = np.ones(changed.shape)
    found, _ = run(changed, ones > 0, ones, ones, ones[:, 0], rows=25, columns=40)
    assert found.count == 1 and found.pixels[0] == 100 and found.without_polygon == 1


def bar(angle: float, length: float, width: float, grid: Grid, metres_x: float, metres_y: float):
    """Moments of a bar on the ground, ``angle`` clockwise from north, drawn on a fine lattice of the grid's pixels."""
    t, s = np.meshgrid(np.linspace(-0.5, 0.5, 201) * length, np.linspace(-0.5, 0.5, 51) * width)
    east = t * np.sin(np.radians(angle)) + s * np.cos(np.radians(angle))
    north = t * np.cos(np.radians(angle)) - s * np.sin(np.radians(angle))
    x, y = east / metres_x, -north / metres_y
    n = 1.0 / x.size
    return (x * x).sum() * n, (x * y).sum() * n, (y * y).sum() * n


@pytest.mark.parametrize("angle", [0, 20, 45, 90, 135, 170])
@pytest.mark.parametrize("lat_ts", [0.0, -41.58])
def test_length_width_and_bearing_on_the_ground(angle, lat_ts):
    # With the true scale at the equator, a pixel at 41.58 degrees south is narrower on the ground than it is high.
    grid = Grid(equirectangular_wkt(lat_ts, 0.0), 0.0, np.radians(-41.58) * 3396190.0 + 100 * 0.25, 0.25, 400, 200)
    stretch = np.cos(np.radians(-41.58)) / np.cos(np.radians(lat_ts))
    xx, xy, yy = bar(angle, 40.0, 4.0, grid, 0.25 * stretch, 0.25)
    one = np.ones(1)
    form = shapes(grid, 200.0 * one, 100.0 * one, xx * one, xy * one, yy * one, 160.0 * one)
    assert form is not None
    assert form.length[0] == pytest.approx(40.0, rel=0.01) and form.width[0] == pytest.approx(4.0, rel=0.01)
    assert (form.azimuth[0] - angle + 90) % 180 == pytest.approx(90, abs=0.3)
    assert form.latitude[0] == pytest.approx(-41.58, abs=1e-6)


def test_bearing_at_the_pole_follows_north_not_the_map():
    # On a north polar map with 0 degrees at the bottom, a place at 90 degrees east has north to its left.
    grid = Grid(polar_wkt(True), 100_000.0, 25.0, 0.25, 200, 200)
    one = np.ones(1)
    form = shapes(grid, 100 * one, 100 * one, 400.0 * one, 0 * one, 4.0 * one, 100.0 * one)
    assert form is not None
    assert form.longitude[0] == pytest.approx(90, abs=0.1)
    assert min(form.azimuth[0], 180 - form.azimuth[0]) == pytest.approx(0, abs=0.1)


def test_no_crs_no_shape():
    one = np.ones(1)
    assert shapes(Grid("", 0, 0, 1, 9, 9), one, one, one, 0 * one, one, one) is None
