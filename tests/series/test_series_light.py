"""Shadow and saturation masks, slopes levelled and parallax taken out by a terrain model: all on simulated ground."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime, timezone

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.common.errors import InputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.words import Grid
from marscd_plugin.planet.crs import equirectangular_wkt, polar_wkt
from marscd_plugin.products.user import open_user_raster
from marscd_plugin.series import masks
from marscd_plugin.series.build import build_series
from marscd_plugin.series.epochs import Options
from marscd_plugin.series.source import GridMap, Source
from marscd_plugin.series.store import mask_path, read_extra
from marscd_plugin.series.topography import c_correction, read_terrain, relief_of

CRS, PIXEL, SIZE = equirectangular_wkt(0, 0), 1.0, 384
WHEN = datetime(2010, 1, 1, tzinfo=timezone.utc)


def write(path, array, kind=gdal.GDT_Float32, tags=None, pixel=PIXEL, crs=CRS):
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), array.shape[1], array.shape[0], 1, kind)
    dataset.SetProjection(crs)
    dataset.SetGeoTransform((0.0, pixel, 0, 0.0, 0, -pixel))
    if tags:
        dataset.SetMetadata(tags)
    dataset.GetRasterBand(1).WriteArray(array)
    return path


def terrain_of(heights, tmp_path, crs=CRS):
    path = write(tmp_path / "dtm.tif", heights.astype(np.float32), crs=crs)
    size = heights.shape[0]
    return read_terrain(path, Grid(crs, 0.0, 0.0, PIXEL, size, size), Quiet())


def lit(heights, incidence, azimuth):
    """Cosine of the sun on slopes, and shadow by a plain march towards the sun: slow, and written apart."""
    down, right = np.gradient(heights)
    zenith, turn = math.radians(incidence), math.radians(azimuth)
    x, y, z = math.sin(zenith) * math.sin(turn), math.sin(zenith) * math.cos(turn), math.cos(zenith)
    cosine = (z - right * x + down * y) / np.sqrt(1 + right**2 + down**2)
    rows, columns = np.indices(heights.shape)
    hidden = cosine <= 0
    from scipy.ndimage import map_coordinates

    for step in np.arange(1, 160, 0.7):
        at = np.array([rows - step * math.cos(turn), columns + step * math.sin(turn)])
        there = map_coordinates(heights, at, order=1, mode="constant", cval=-1e9)
        hidden |= there - step / math.tan(zenith) > heights + 1e-6
    return np.clip(cosine, 0, None), hidden


# -- shadows by brightness ------------------------------------------------------------------------------------------


def test_shadows_are_found_and_dark_sand_is_not():
    rng = np.random.default_rng(1)
    values = rng.normal(0.2, 0.012, (300, 300)).astype(np.float32)
    values[:100, :100] = rng.normal(0.08, 0.004, (100, 100))  # dark sand: 40 % of dust's brightness
    truth = np.zeros(values.shape, bool)
    truth[150:190, 50:250] = True
    values[truth] = rng.normal(0.03, 0.002, truth.sum())
    values[250, 10] = 0.01  # a dead pixel is a speckle, no shadow
    valid = np.ones(values.shape, bool)
    limit = masks.shadow_limit(values, valid)
    assert 0.03 < limit < 0.08
    found = masks.shadows(values, valid, limit)
    assert (found == truth).mean() > 0.999 and not found[250, 10]
    # A quarter of the image in shadow does not pull the limit.
    values[200:280, :] = 0.03
    assert 0.03 < masks.shadow_limit(values, valid) < 0.08
    assert masks.shadow_limit(values, np.zeros_like(valid)) is None
    assert masks.shadow_limit(values * 1000, valid) is None, "relative brightness has no zero"
    assert masks.shadow_limit(rng.normal(0.2, 0.15, values.shape), valid) is None, "too much spread to say"
    assert not masks.shadows(values, valid, None).any()


def test_a_shadow_goes_on_across_blocks():
    values = np.full((64, 64), 0.2, np.float32)
    values[:, 62:] = 0.02
    found = masks.shadows(values, np.ones(values.shape, bool), 0.05)
    assert found[:, 62:].all() and not found[:, :62].any()


# -- masks in a series ----------------------------------------------------------------------------------------------


@pytest.fixture
def shadowed(fractal):
    """Two 16-bit images of I/F * 10000 with a shadow (the second's is elsewhere), saturation and a gap."""
    ground = 0.2 * (1 + 0.1 * fractal(SIZE, 3, 3))
    images = []
    for k in range(2):
        values = ground + np.random.default_rng(k).normal(0, 0.002, ground.shape)
        values[200:240, 60 + 100 * k : 150 + 100 * k] *= 0.12
        dn = np.clip(np.rint(values * 10000), 1, 5000).astype(np.uint16)
        dn[50:60, 100:110] = 65535
        dn[:, :20] = 0
        images.append(dn)
    return images


def products_of(images, tmp_path, **more):
    return [
        replace(
            open_user_raster(write(tmp_path / f"p{k}.tif", dn, gdal.GDT_UInt16), WHEN.replace(year=2010 + k)),
            scale=1e-4, nodata=0.0, saturated=(65535.0,), **more,
        )
        for k, dn in enumerate(images)
    ]  # fmt: skip


def place(built, product):
    """Slices of a product's own pixels on the series' grid, which begins where data do."""
    x, y = GridMap(built.grid, Source(product)).points(np.zeros((1, 1)), np.zeros((1, 1)))
    left, top = round(float(x[0, 0])), round(float(y[0, 0]))

    def at(rows, columns):
        return slice(rows.start - top, rows.stop - top), slice(columns.start - left, columns.stop - left)

    return at


def test_masks_name_what_pixels_are_fit_for(shadowed, tmp_path):
    products = products_of(shadowed, tmp_path)
    built = build_series(products, tmp_path / "S", reference="p0")
    at = place(built, products[0])
    for k, epoch in enumerate(built.epochs):
        flags = gdal.Open(str(mask_path(epoch))).ReadAsArray()
        values = gdal.Open(str(epoch.raster)).ReadAsArray()
        inner = at(*np.s_[205:235, 66 + 100 * k : 144 + 100 * k])
        assert ((flags[inner] & masks.SHADOW) > 0).mean() > 0.99
        # A shadow keeps its values, unless the image's place cannot be told in it.
        assert ((values[inner] > -9000) == ((flags[inner] & masks.UNTRUSTED) == 0)).all()
        assert k or (values[inner] > -9000).all()
        full = at(*np.s_[51:59, 101:109])
        assert (flags[full] == masks.SATURATED).all() and (values[full] == -9999).all()
        assert (flags[at(*np.s_[260:380, 30:380])] == 0).mean() > 0.99
        assert (flags[:, :1] == masks.NO_DATA).any() or (flags[at(*np.s_[0:60, 20:21])] == 0).all()
        share = read_extra(tmp_path / "S", epoch.product_id)["masked"]
        pixels = flags.size
        assert share["shadow"] == pytest.approx(40 * 90 / pixels, rel=0.05)
        assert share["saturated"] == pytest.approx(100 / pixels, rel=0.3)
    report = (tmp_path / "S" / "report.html").read_text()
    assert "shadow 2." in report and "saturated 0.0" in report
    # On demand, and then only, shadows are nodata.
    dropped = build_series(products, tmp_path / "D", reference="p0", options=Options(drop_shadows=True))
    values = gdal.Open(str(dropped.epochs[0].raster)).ReadAsArray()
    assert (values[at(*np.s_[205:235, 66:144])] == -9999).mean() > 0.99
    assert (values[at(*np.s_[260:380, 30:380])] > 0).all()


def test_shadows_do_not_pull_the_light(fractal, tmp_path):
    """A quarter of one image in shadow: the gain stays that of lit ground."""
    ground = 0.2 * (1 + 0.1 * fractal(SIZE, 3, 8))
    first = np.rint(ground * 10000).astype(np.uint16)
    second = ground * 0.8
    second[:, :96] *= 0.1
    products = products_of([first, np.rint(second * 10000).astype(np.uint16)], tmp_path)
    build_series(products, tmp_path / "S", reference="p0")
    assert read_extra(tmp_path / "S", "p1")["gain"] == pytest.approx(1.25, rel=0.02)


# -- terrain --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hills(fractal):
    return (fractal(SIZE, 4, 17) * 14).astype(np.float64)


@pytest.mark.parametrize("azimuth", [0.0, 60.0, 135.0, 250.0, 315.0])
def test_cast_shadows_are_those_of_a_plain_march(hills, tmp_path, azimuth):
    terrain = terrain_of(hills, tmp_path)
    found = terrain.shaded(70.0, azimuth)
    _, truth = lit(terrain.heights, 70.0, azimuth)
    assert 0.02 < truth.mean() < 0.7
    both = (found & truth).sum() / (found | truth).sum()
    assert both > 0.9
    assert not terrain.shaded(5.0, azimuth).any()


def test_a_tower_throws_its_shadow_away_from_the_sun(tmp_path):
    flat = np.zeros((200, 200))
    flat[98:103, 98:103] = 20.0
    terrain = terrain_of(flat, tmp_path)
    found = terrain.shaded(45.0, 90.0)  # the sun in the east: twenty metres of shadow to the west
    assert found[100, 80:97].all() and not found[100, :74].any() and not found[100, 106:].any()
    assert not found[:90].any() and not found[110:].any()


def test_north_is_turned_on_a_polar_map(tmp_path):
    """On a map of the pole whose up is longitude 0's meridian, north points to the pole wherever one stands."""
    crs = polar_wkt(True)
    east_of_pole = Grid(crs, 5000.0, 100.0, 1.0, 200, 200)
    path = tmp_path / "dtm.tif"
    write(path, np.random.default_rng(0).normal(0, 1, (200, 200)).astype(np.float32), crs=crs)
    dataset = gdal.Open(str(path), gdal.GA_Update)
    dataset.SetGeoTransform((5000.0, 1, 0, 100.0, 0, -1))
    dataset = None
    assert read_terrain(path, east_of_pole, Quiet()).north == pytest.approx(-90.0, abs=0.5)


def rendered(heights, incidence, azimuth, albedo, haze=0.02):
    cosine, hidden = lit(heights, incidence, azimuth)
    return albedo * np.where(hidden, 0, cosine) + haze, hidden


def test_levelled_slopes_leave_albedo(hills, fractal, tmp_path):
    albedo = 0.25 * (1 + 0.05 * fractal(SIZE, 2, 4))
    image, hidden = rendered(hills, 50.0, 120.0, albedo)
    terrain = terrain_of(hills, tmp_path)
    valid = ~hidden
    done = c_correction(terrain, image, valid, 50.0, 120.0)
    assert done.gain is not None and done.correlation > 0.8 and done.c == pytest.approx(0.02 / 0.25, abs=0.05)
    after = image * done.gain
    assert np.std(after[valid]) < 0.35 * np.std(image[valid])
    assert np.corrcoef(after[valid], albedo[valid])[0, 1] > 0.7 > np.corrcoef(image[valid], albedo[valid])[0, 1]
    # A sun from elsewhere, a flat image, unknown angles: nothing is done, and that is said.
    for azimuth, words in ((300.0, "does not follow"), (None, "not known")):
        other = c_correction(terrain, image, valid, 50.0, azimuth)
        assert other.gain is None and words in other.words
    assert "not levelled" in c_correction(terrain, np.full(image.shape, 0.2), valid, 50.0, 120.0).words


def test_a_series_with_a_terrain_model(hills, fractal, tmp_path):
    """Two suns on the same hills: levelled epochs differ less than those that are not; shadows are named."""
    albedo = 0.25 * (1 + 0.15 * fractal(SIZE, 2.2, 6))
    products, hidden = [], []
    for k, (incidence, azimuth) in enumerate(((55.0, 250.0), (62.0, 275.0))):
        image, shade = rendered(hills, incidence, azimuth, albedo)
        noisy = np.clip(image + np.random.default_rng(k).normal(0, 0.001, image.shape), 0.001, 1)
        hidden.append(shade)
        found = open_user_raster(write(tmp_path / f"p{k}.tif", noisy.astype(np.float32)), WHEN.replace(year=2010 + k))
        products.append(replace(found, incidence=incidence, sub_solar_azimuth=azimuth, emission=3.0))
    dtm = write(tmp_path / "dtm.tif", hills.astype(np.float32))
    differences = []
    for name, options in (("plain", Options()), ("levelled", Options(dtm=dtm))):
        built = build_series(products, tmp_path / name, reference="p0", options=options)
        a, b = (gdal.Open(str(e.raster)).ReadAsArray() for e in built.epochs)
        at = place(built, products[0])
        whole = np.s_[4 : SIZE - 4, 4 : SIZE - 4]
        a, b = a[at(*whole)], b[at(*whole)]
        shades = [shade[whole] for shade in hidden]
        use = (a > 0) & (b > 0) & ~shades[0] & ~shades[1]
        differences.append(np.std((b - a)[use]) / np.std(a[use]))
    assert differences[1] < 0.7 * differences[0]
    flags = gdal.Open(str(mask_path(built.epochs[1]))).ReadAsArray()[at(*whole)]
    cast = (flags & masks.CAST_SHADOW) > 0
    assert (cast & shades[1]).sum() / (cast | shades[1]).sum() > 0.8
    extra = read_extra(tmp_path / "levelled", "p1")
    assert "C-correction" in extra["terrain"] and "do not say from which azimuth" in extra["relief"]
    report = (tmp_path / "levelled" / "report.html").read_text()
    assert "Levelled by C-correction" in report and "Parallax left to the smooth field" in report


def test_parallax_is_taken_out_where_the_view_is_known(fractal, tmp_path):
    """A cliff of 30 m seen from 20 degrees east: 11 m of parallax that no smooth field follows."""
    heights = np.zeros((SIZE, SIZE))
    heights[150:260, 180:] = 30.0
    ground = fractal(2 * SIZE, 2.6, 12)[SIZE // 2 : SIZE // 2 + SIZE, SIZE // 2 : SIZE // 2 + SIZE]
    values = 0.2 * (1 + 0.1 * ground)
    aside = 30.0 * math.tan(math.radians(20.0))
    # Seen from the east, what is high appears further west.
    import cv2

    columns, rows = np.meshgrid(np.arange(SIZE, dtype=np.float32), np.arange(SIZE, dtype=np.float32))
    high = cv2.remap(values.astype(np.float32), columns + np.float32(aside), rows, cv2.INTER_CUBIC)
    seen = values.copy()
    seen[150:260, 180:] = high[150:260, 180:]
    tags = {"SUB_SPACECRAFT_GROUND_AZIMUTH": "90"}
    level = write(tmp_path / "p0.tif", values.astype(np.float32), tags={"SUB_SPACECRAFT_GROUND_AZIMUTH": "10"})
    aslant = write(tmp_path / "p1.tif", seen.astype(np.float32), tags=tags)
    products = [
        replace(open_user_raster(path, WHEN.replace(year=2010 + k)), emission=emission)
        for k, (path, emission) in enumerate(((level, 0.0), (aslant, 20.0)))
    ]
    dtm = write(tmp_path / "dtm.tif", heights.astype(np.float32))
    built = build_series(products, tmp_path / "S", reference="p0", options=Options(dtm=dtm))
    assert "orthorectified" in read_extra(tmp_path / "S", "p1")["relief"]
    a, b = (gdal.Open(str(e.raster)).ReadAsArray() for e in built.epochs)
    top = np.s_[165:245, 200:350]
    use = (a[top] > 0) & (b[top] > 0)
    assert use.mean() > 0.95
    assert np.corrcoef(a[top][use], b[top][use])[0, 1] > 0.98
    ground_level = np.s_[20:130, 40:340]
    assert np.corrcoef(a[ground_level].ravel(), b[ground_level].ravel())[0, 1] > 0.98


def test_without_a_view_the_reason_is_said(hills, tmp_path):
    terrain = terrain_of(hills, tmp_path)
    product = open_user_raster(write(tmp_path / "p.tif", np.ones((50, 50), np.float32)), WHEN)
    assert relief_of(terrain, product)[1] == "parallax left to the smooth field: the emission angle is not known"
    with pytest.raises(InputError, match="does not cover"):
        read_terrain(tmp_path / "dtm.tif", Grid(CRS, 9000.0, 9000.0, 1.0, 100, 100), Quiet())
    with pytest.raises(InputError, match="no known body"):
        bare = gdal.GetDriverByName("GTiff").Create(str(tmp_path / "bare.tif"), 50, 50, 1, gdal.GDT_Float32)
        bare = None
        assert bare is None
        read_terrain(tmp_path / "bare.tif", terrain.grid, Quiet())
