"""The smaller parts: sampling, radiometry, planning, grids."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from osgeo import gdal

from marscd_plugin.common.errors import InputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.rasters import Window
from marscd_plugin.common.words import Epoch, Observation
from marscd_plugin.planet.crs import equirectangular_wkt, local_wkt, polar_wkt, transformer
from marscd_plugin.planet.geometry import area_from_extent
from marscd_plugin.products.user import open_user_raster
from marscd_plugin.series.grid import series_grid
from marscd_plugin.series.plan import choose_observations, compare, plan_pairs
from marscd_plugin.series.radiometry import normalise
from marscd_plugin.series.scene import sample, shrink
from marscd_plugin.series.source import GridMap, Source

AREA = area_from_extent(10, 10, 11, 11)


def test_no_nodata_bleeds_into_samples():
    values = np.full((40, 40), 100.0, np.float32)
    valid = np.ones((40, 40), bool)
    values[:, 20:], valid[:, 20:] = -9999, False
    y, x = np.mgrid[:40, :40] + 0.37
    patch = sample(values, valid, x, y)
    assert np.abs(patch.values[patch.valid] - 100).max() < 0.01
    assert patch.valid[10, 18] and not patch.valid[10, 19] and not patch.valid[10, 25]


def test_shrink_averages_valid_pixels_only():
    values = np.array([[1, 3], [5, 999]], np.float32)
    patch = shrink(values, np.array([[True, True], [True, False]]), 2)
    assert patch.values[0, 0] == 3 and patch.valid[0, 0]
    assert not shrink(values, np.array([[True, False], [False, False]]), 2).valid[0, 0]


@given(st.floats(0.3, 3), st.floats(-50, 50), st.floats(0, 0.25))
def test_radiometry_is_not_pulled_by_changes(gain, offset, share):
    rng = np.random.default_rng(1)
    truth = rng.normal(100, 10, (60, 60))
    moving = (truth - offset) / gain
    changed = rng.random(truth.shape) < share
    moving[changed] -= 40 / gain
    found = normalise(truth, moving, np.ones(truth.shape, bool))
    assert found.gain == pytest.approx(gain, rel=0.1)
    mean = np.abs(moving[~changed] * found.gain + found.offset - truth[~changed]).mean()
    assert mean < 2.0


def epoch(name="a", days=0.0, ls=10.0, year=30, incidence=50.0, azimuth=90.0):
    time = datetime(2010, 1, 1, tzinfo=timezone.utc) + timedelta(days=days)
    return Epoch(name, Path("x"), time, year, ls, 1.0, None, incidence, 5.0, 50.0, azimuth)


def test_alike_light_and_season_come_first():
    first = epoch()
    year_later = epoch("b", 687, 11, 31)
    other_season = epoch("c", 300, 190, 30, 30, 200)
    pairs = plan_pairs([other_season, year_later, first])
    assert (pairs[0].before, pairs[0].after) == ("a", "b") and pairs[0].score > 0.9
    assert [p.score for p in pairs] == sorted((p.score for p in pairs), reverse=True)
    assert any("sun azimuth" in r for r in pairs[0].reasons)
    assert all(0 <= p.score <= 1 for p in pairs)


def test_angles_wrap_and_unknowns_cost_little():
    assert compare(epoch(azimuth=359, ls=359), epoch("b", 30, 1, 31, azimuth=1))[0] > 0.95
    unknown = compare(epoch(), replace(epoch("b", 30), incidence=None))
    assert 0.7 < unknown[0] < 0.9 and "incidence unknown" in unknown[1]


def observation(number, suffix="RED", **values):
    base = {
        "incidence": 50.0, "emission": 5.0, "phase": 50.0, "sub_solar_azimuth": 90.0, "map_scale": 0.25,
        "coverage": 1.0,
    } | values  # fmt: skip
    return Observation(
        f"ESP_{number:06d}_1380_{suffix}", f"ESP_{number:06d}_1380", "HIRISE",
        datetime(2010, 1, 1, tzinfo=timezone.utc) + timedelta(days=number), 30, 100.0 + number / 10, AREA, (), **base,
    )  # fmt: skip


def test_choice_is_red_one_each_and_comparable():
    good = [observation(n) for n in (1, 20, 40)]
    odd = [observation(60, incidence=85.0), observation(61, sub_solar_azimuth=250.0), observation(62, coverage=0.01)]
    colour = [observation(n, "COLOR") for n in (1, 20)]
    chosen = choose_observations([*odd, *colour, *good], AREA, 3)
    assert {o.product_id for o in chosen} == {o.product_id for o in good}
    assert len(choose_observations([*odd, *good], AREA, 99)) == 5
    assert choose_observations([], AREA, 3) == []


def test_footprints_much_smaller_than_the_area_are_still_used():
    small = [observation(n, coverage=0.004) for n in (1, 20)]
    chosen = choose_observations([*small, observation(40, coverage=0.0001), observation(60, coverage=0.0)], AREA, 9)
    assert {o.product_id for o in chosen} == {o.product_id for o in small}


def raster(tmp_path, name, crs, left, top, pixel=10.0, size=300, fill=500):
    path = tmp_path / name
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), size, size, 1, gdal.GDT_UInt16)
    dataset.SetProjection(crs)
    dataset.SetGeoTransform((left, pixel, 0, top, 0, -pixel))
    dataset.GetRasterBand(1).Fill(fill)
    dataset.GetRasterBand(1).SetNoDataValue(0)
    dataset = None
    return open_user_raster(path)


def test_grid_is_snapped_shared_and_coarsest(tmp_path):
    crs = equirectangular_wkt(0, 0)
    a = raster(tmp_path, "a.tif", crs, 0, 0, 5.0, 600)
    b = raster(tmp_path, "b.tif", crs, 1000, 0)
    grid = series_grid(None, [a, b])
    assert grid.pixel_size == 10.0
    assert grid.left % 10 == pytest.approx(0, abs=1e-6) and grid.top % 10 == pytest.approx(0, abs=1e-6)
    assert grid.width == pytest.approx(200, abs=2) and grid.height == pytest.approx(300, abs=2)
    far = raster(tmp_path, "c.tif", crs, 2900, 0)
    assert series_grid(None, [a, far]).width == pytest.approx(300, abs=2)
    assert series_grid(None, [a, b], 20.0).pixel_size == 20.0


def test_grid_of_an_area(tmp_path):
    a = raster(tmp_path, "a.tif", equirectangular_wkt(0, 0), 0, 0)
    grid = series_grid(area_from_extent(0.01, -0.03, 0.02, -0.01), [a])
    assert grid.width == pytest.approx(59.3, abs=2) and grid.height == pytest.approx(118.5, abs=2)
    with pytest.raises(InputError, match="covers the area"):
        series_grid(area_from_extent(50, 10, 51, 11), [a])
    with pytest.raises(InputError, match="Choose a smaller area"):
        series_grid(None, [a], 0.01)
    with pytest.raises(InputError, match="larger area"):
        series_grid(None, [a], 500.0)


@pytest.mark.parametrize(
    ("source", "left", "top"),
    [
        (equirectangular_wkt(0, 180), -1500.0, 1500.0),
        (equirectangular_wkt(0, 0), 10669000.0, 1500.0),  # across 180, at its own map's edge
        (polar_wkt(False), -1500.0, 1500.0),
        (polar_wkt(True), 200000.0, 1500.0),
        (equirectangular_wkt(60, 180, 3381164.392), 2000.0, 3550000.0),
    ],
    ids=["180", "seam", "pole", "north", "oblique"],
)
def test_grid_map_goes_there_and_back(tmp_path, source, left, top):
    product = raster(tmp_path, "a.tif", source, left, top)
    grid = series_grid(None, [product])
    assert 290 <= grid.width <= 460 and 290 <= grid.height <= 460
    opened = Source(product, Quiet())
    one = GridMap(grid, opened)
    window = Window(0, 0, grid.width, grid.height)
    x, y = one.dense(window, 1, None)
    columns, rows = np.meshgrid(np.arange(grid.width), np.arange(grid.height))
    exact_x, exact_y = one.points(columns, rows)
    assert max(np.abs(x - exact_x).max(), np.abs(y - exact_y).max()) < 0.01
    assert one.patch(window).valid.mean() > 0.45
    # The middle of the grid is the middle of the image, and the scale there is true.
    assert x[grid.height // 2, grid.width // 2] == pytest.approx(149.5, abs=3)
    step = np.hypot(np.diff(x[grid.height // 2, 140:160]).mean(), np.diff(y[grid.height // 2, 140:160]).mean())
    assert step == pytest.approx(1.0, abs=0.05) or "seam" in str(left)


def test_mixtures_are_refused(tmp_path, write_raster):
    mars = raster(tmp_path, "a.tif", equirectangular_wkt(0, 0), 0, 0)
    earth = raster(tmp_path, "e.tif", _utm(), 500000, 5000000)
    bare = open_user_raster(write_raster("n.tif", np.full((300, 300), 5.0)))
    with pytest.raises(InputError, match="no CRS"):
        series_grid(None, [mars, bare])
    with pytest.raises(InputError, match="different bodies"):
        series_grid(None, [mars, earth])
    with pytest.raises(InputError, match="lies on Earth"):
        series_grid(None, [earth])
    assert series_grid(None, [bare]).crs == ""


def _utm():
    from osgeo import osr

    found = osr.SpatialReference()
    found.ImportFromEPSG(32633)
    return found.ExportToWkt()


def test_local_scale_is_true(tmp_path):
    """A hundred pixels east on the grid are a hundred pixels' metres on the sphere."""
    wkt = local_wkt(72.7, 57.3)
    to_degrees = transformer(wkt, equirectangular_wkt(57.3, 72.7))
    x, _ = to_degrees.points([0.0, 1000.0], [57.3 * np.pi / 180 * 3396190.0] * 2)
    assert float(x[1] - x[0]) == pytest.approx(1000, abs=0.01)
