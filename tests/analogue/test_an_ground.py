"""Chips are true metres on the ground, whatever the map: their pixels tell the place they were taken at."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from osgeo import gdal

from marscd_plugin.analogue.frames import frames_over
from marscd_plugin.analogue.images import open_image
from marscd_plugin.analogue.regions import area_chip, region_chips
from marscd_plugin.analogue.search_area import search_chips
from marscd_plugin.common.errors import InputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.planet.bodies import body
from marscd_plugin.planet.crs import (
    body_of,
    equirectangular_wkt,
    geographic_wkt,
    polar_wkt,
    spatial_reference,
    transformer,
)
from marscd_plugin.planet.geometry import area_from_extent
from marscd_plugin.planet.measure import line_length_m

PX = 48


def compass(folder: Path, crs: str, lon: float, lat: float, pixel: tuple[float, float], size=(240, 220), turn=0.0):
    """Two rasters about a place: band 1 the degrees east of it, band 2 the degrees north of it (float32)."""
    wkt = spatial_reference(crs).ExportToWkt()
    geographic = geographic_wkt(body_of(wkt) or "")
    x, y = (float(v) for v in transformer(geographic, wkt).points(lon, lat))
    c, s = math.cos(turn), math.sin(turn)
    a, b, d, e = pixel[0] * c, pixel[1] * s, pixel[0] * s, -pixel[1] * c
    left, top = x - size[0] / 2 * a - size[1] / 2 * b, y - size[0] / 2 * d - size[1] / 2 * e
    column, row = np.meshgrid(np.arange(size[0]) + 0.5, np.arange(size[1]) + 0.5)
    lons, lats = transformer(wkt, geographic).points(left + column * a + row * b, top + column * d + row * e)
    paths = []
    for name, values in (("east", (lons - lon + 180) % 360 - 180), ("north", lats - lat)):
        path = folder / f"{name}.tif"
        made = gdal.GetDriverByName("GTiff").Create(str(path), size[0], size[1], 1, gdal.GDT_Float32)
        made.SetProjection(wkt)
        made.SetGeoTransform((left, a, b, top, d, e))
        made.GetRasterBand(1).WriteArray(values.astype(np.float32))
        made = None
        paths.append(path)
    return paths


def edges(east: np.ndarray, north: np.ndarray, lon: float, lat: float, on) -> tuple[float, float]:
    """Metres across and down a chip between the middles of its outermost pixels."""
    m = PX // 2
    east, north = east + lon, north + lat
    return (
        line_length_m(east[m, [0, -1]], north[m, [0, -1]], on),
        line_length_m(east[[0, -1], m], north[[0, -1], m], on),
    )


UTM = "EPSG:32646"
PLACES = [
    ("equirectangular true at the equator, 40 N", equirectangular_wkt(0.0, 0.0), 100.0, 40.0, (25.0, 25.0), 0.0),
    ("equirectangular true at 40 N", equirectangular_wkt(40.0, 100.0), 100.0, 40.0, (25.0, 25.0), 0.0),
    ("a label's own radius", equirectangular_wkt(40.0, 100.0, 3387400.0), 100.0, 40.0, (25.0, 25.0), 0.0),
    ("polar", polar_wkt(True), 30.0, 82.0, (20.0, 20.0), 0.0),
    ("polar far from its true scale", polar_wkt(False), 130.0, -61.0, (20.0, 20.0), 0.0),
    ("the pole itself", polar_wkt(False), 0.0, -90.0, (20.0, 20.0), 0.0),
    ("HiRISE's polar radius", polar_wkt(True, polar_radius=3376200.0), 30.0, 75.0, (20.0, 20.0), 0.0),
    ("geographic Mars", "IAU_2015:49900", 10.0, 55.0, (4e-4, 4e-4), 0.0),
    ("geographic Mars, pixels not square", "IAU_2015:49900", 10.0, 55.0, (6e-4, 3e-4), 0.0),
    ("geographic Mars at 78 N", "IAU_2015:49900", 10.0, 78.0, (1e-3, 4e-4), 0.0),
    ("UTM", UTM, 92.3, 38.5, (20.0, 20.0), 0.0),
    ("EPSG:4326", "EPSG:4326", 92.3, 38.5, (2e-4, 2e-4), 0.0),
    ("web mercator", "EPSG:3857", 92.3, 38.5, (25.0, 25.0), 0.0),
    ("web mercator far north", "EPSG:3857", 24.0, 69.0, (50.0, 50.0), 0.0),
    ("US feet", "EPSG:2225", -122.0, 40.0, (60.0, 60.0), 0.0),
    ("turned by 30 degrees", equirectangular_wkt(20.0, 100.0), 100.0, 20.0, (25.0, 25.0), math.radians(30)),
    ("the Moon", "IAU_2015:30100", 10.0, -20.0, (8e-4, 8e-4), 0.0),
]


@pytest.mark.parametrize(("crs", "lon", "lat", "pixel", "turn"), [p[1:] for p in PLACES], ids=[p[0] for p in PLACES])
def test_a_chip_of_so_many_metres_measures_so_many(tmp_path, crs, lon, lat, pixel, turn):
    size = 900.0 if turn else 2000.0
    east, north = compass(tmp_path, crs, lon, lat, pixel, turn=turn)
    images = [open_image(str(p)) for p in (east, north)]
    on = body(images[0].body)
    area = area_chip(images[0], lon, lat, size)
    grids = [region_chips(i, [("here", area)], size, PX) for i in images]
    assert grids[0].count == 1
    chip = grids[0].chip(0)
    assert chip.body == on.name and chip.region == "here" and chip.size == size
    if abs(lat) < 89:
        assert chip.longitude == pytest.approx(lon, abs=1e-4) and chip.latitude == pytest.approx(lat, abs=1e-4)
        pixels = [next(g.blocks(Quiet())).pixels[0] for g in grids]
        assert all(np.isfinite(p).all() for p in pixels)
        across, down = edges(*pixels, lon, lat, on)
        wanted = size * (PX - 1) / PX
        assert across == pytest.approx(wanted, rel=0.01)
        assert down == pytest.approx(wanted, rel=0.01)
        # North is up, east to the right, and the middle is the place.
        assert pixels[0][PX // 2, -1] > pixels[0][PX // 2, 0] and pixels[1][0, PX // 2] > pixels[1][-1, PX // 2]
        step = math.degrees(size / PX / on.radius)
        assert abs(pixels[1].mean()) < step and abs(pixels[0].mean()) * math.cos(math.radians(lat)) < step
    else:
        pixel_distance = np.degrees(size / PX / on.radius)
        away = next(grids[1].blocks(Quiet())).pixels[0]  # degrees from the pole
        at = np.arange(PX) - (PX - 1) / 2
        truth = np.hypot(*np.meshgrid(at, at)) * pixel_distance
        assert np.abs(np.abs(away) - truth).max() < pixel_distance


@pytest.mark.parametrize(("crs", "lon", "lat", "pixel", "turn"), [p[1:] for p in PLACES], ids=[p[0] for p in PLACES])
def test_a_search_lays_its_chips_where_it_says(tmp_path, crs, lon, lat, pixel, turn):
    _, north = compass(tmp_path, crs, lon, lat, pixel, turn=turn)
    image = open_image(str(north))
    size, step = 1200.0, 700.0
    grid = search_chips(image, area_chip(image, lon, lat, 3000.0), size, step, PX)
    assert 4 <= grid.count <= 60
    on = body(image.body)
    chips = grid.chips(range(grid.count))
    # The raster's cell says the same place as the chip.
    cells = grid.cells()
    raster = grid.raster
    x = raster.left + (cells[:, 0] + 0.5) * raster.pixel_size
    y = raster.top - (cells[:, 1] + 0.5) * raster.pixel_size
    lons, lats = transformer(raster.crs, geographic_wkt(image.body)).points(x, y)
    assert np.allclose(lats, [c.latitude for c in chips], atol=1e-6)
    if abs(lat) < 89:
        assert np.allclose((lons - [c.longitude for c in chips] + 180) % 360 - 180, 0, atol=1e-6)
    assert (cells >= 0).all() and (cells < [raster.width, raster.height]).all()
    assert len({tuple(c) for c in cells.tolist()}) == grid.count
    # Neighbours are at most a step apart, chips reach no farther than half a chip beyond the area.
    by_cell = {tuple(c): chip for c, chip in zip(cells.tolist(), chips, strict=True)}
    for (column, row), chip in by_cell.items():
        for other in ((column + 1, row), (column, row + 1)):
            if other in by_cell:
                far = line_length_m([chip.longitude, by_cell[other].longitude],
                                    [chip.latitude, by_cell[other].latitude], on)  # fmt: skip
                assert far <= step * 1.011
    # A chip's middle holds its own latitude.
    for block in grid.blocks(Quiet(), size=7):
        for number, i in enumerate(block.ids):
            middle = block.pixels[number][PX // 2 - 1 : PX // 2 + 1, PX // 2 - 1 : PX // 2 + 1]
            if np.isfinite(middle).all() and abs(lat) < 89:
                off = math.radians(float(middle.mean()) + lat - chips[int(i)].latitude) * on.radius
                assert abs(off) <= 0.5 * size / PX + 1.0


@pytest.mark.parametrize("left", [-180.0, 0.0, 90.0, 150.0])
def test_across_the_seam_of_a_global_map_nothing_is_missing(tmp_path, left):
    """A map of the whole of Mars, cut at any longitude: chips across its seam and across 180 are whole."""
    width, height = 1440, 720
    lon = left + (np.arange(width) + 0.5) * 0.25
    lat = 90 - (np.arange(height) + 0.5) * 0.25
    values = 100 * np.sin(np.radians(lon))[None, :] + lat[:, None]
    path = tmp_path / "globe.tif"
    made = gdal.GetDriverByName("GTiff").Create(str(path), width, height, 1, gdal.GDT_Float32)
    made.SetProjection(geographic_wkt("Mars"))
    made.SetGeoTransform((left, 0.25, 0, 90, 0, -0.25))
    made.GetRasterBand(1).WriteArray(values.astype(np.float32))
    made = None
    image = open_image(str(path))
    for middle in (left, 180.0, 0.0):
        area = area_from_extent(middle - 12, 20, middle + 12, 40)
        grid = search_chips(image, area, 400_000.0, 200_000.0, PX)
        assert grid.raster.width < 20 and grid.count > 15
        chips = grid.chips(range(grid.count))
        assert all(-180 <= c.longitude <= 180 for c in chips)
        assert all(left - 1e-6 <= c.x <= left + 360 + 1e-6 for c in chips)
        for block in grid.blocks(Quiet()):
            assert np.isfinite(block.pixels).all()
            for number, i in enumerate(block.ids):
                chip = chips[int(i)]
                truth = 100 * math.sin(math.radians(chip.longitude)) + chip.latitude
                centre = float(block.pixels[number][PX // 2 - 1 : PX // 2 + 1, PX // 2 - 1 : PX // 2 + 1].mean())
                assert centre == pytest.approx(truth, abs=1.0)


@pytest.mark.parametrize("pole", [90.0, -90.0])
def test_a_chip_over_the_pole_of_a_geographic_map_is_whole(tmp_path, pole):
    """Round the pole a plain map is stretched without bound; what is read there is still bounded and right."""
    width, height = 1800, 100
    top = 90.0 if pole > 0 else -80.0
    lat = top - (np.arange(height) + 0.5) * 0.1
    lon = -180 + (np.arange(width) + 0.5) * 0.2
    away = 90 - np.abs(lat)
    values = away[:, None] * np.cos(np.radians(lon))[None, :]  # a plane, seen from above
    path = tmp_path / "cap.tif"
    made = gdal.GetDriverByName("GTiff").Create(str(path), width, height, 1, gdal.GDT_Float32)
    made.SetProjection(geographic_wkt("Mars"))
    made.SetGeoTransform((-180, 0.2, 0, top, 0, -0.1))
    made.GetRasterBand(1).WriteArray(values.astype(np.float32))
    made = None
    image = open_image(str(path))
    size = 300_000.0
    grid = region_chips(image, [("pole", area_chip(image, 0.0, pole, size))], size, PX)
    pixels = next(grid.blocks(Quiet())).pixels[0]
    assert np.isfinite(pixels).all()
    t = (np.arange(PX) - (PX - 1) / 2) * math.degrees(size / PX / 3396190.0)
    # A plane through nought: rises evenly along one direction, by a degree a degree.
    gy, gx = np.gradient(pixels)
    slope = np.hypot(gx, gy)[4:-4, 4:-4] / (t[1] - t[0])
    assert np.median(slope) == pytest.approx(1.0, rel=0.02) and np.percentile(np.abs(slope - 1), 95) < 0.15
    search = search_chips(image, None, 200_000.0, 100_000.0, PX)
    assert search.count > 50 and spatial_reference(search.raster.crs).IsProjected()
    shares = [np.isfinite(b.pixels).mean() for b in search.blocks(Quiet())]
    assert np.mean(shares) > 0.95


def test_frames_cover_an_area_at_one_scale(tmp_path):
    _, north = compass(tmp_path, "EPSG:3857", 92.0, 38.0, (400.0, 400.0), (750, 650))
    image = open_image(str(north))
    area = area_from_extent(91.2, 37.4, 92.8, 38.6, "Earth")
    frames = frames_over(image, area, 40.0)
    assert len(frames) > 1
    seen = []
    for frame in frames:
        assert frame.width <= 1600 and frame.height <= 1600
        grid = frame.grid
        go = transformer(grid.crs, geographic_wkt("Earth"))
        x = grid.left + (np.arange(0, grid.width, 20) + 0.5) * grid.pixel_size
        y = grid.top - (np.arange(0, grid.height, 20) + 0.5) * grid.pixel_size
        seen.append(np.column_stack([v.ravel() for v in go.points(*np.meshgrid(x, y))]))
        values = frame.read()
        lon, lat = go.points(x[5], y[7])
        assert values[140, 100] == pytest.approx(float(lat) - 38.0, abs=1e-3)
    places = np.concatenate(seen)
    for lon in np.linspace(91.25, 92.75, 9):
        for lat in np.linspace(37.45, 38.55, 9):
            assert np.hypot(places[:, 0] - lon, places[:, 1] - lat).min() < 0.01


def test_mars_is_never_taken_for_earth(tmp_path):
    """The same numbers in metres on both bodies: each local map keeps its own body's size."""
    for crs, radius in (("EPSG:4326", 6378137.0), ("IAU_2015:49900", 3396190.0)):
        folder = tmp_path / str(radius)
        folder.mkdir()
        _, north = compass(folder, crs, 20.0, 10.0, (1e-3, 1e-3))
        frame = frames_over(open_image(str(north)), None, 200.0)[0]
        found = spatial_reference(frame.grid.crs)
        assert found.GetSemiMajor() == radius
        assert body_of(frame.grid.crs) == ("Earth" if radius > 6e6 else "Mars")


ANYWHERE = ("IAU_2015:49900", "IAU_2015:49910", "IAU_2015:49930", "IAU_2015:49935", "EPSG:4326", "EPSG:3857",
            "EPSG:32633", "EPSG:3031", "EPSG:6933", "IAU_2015:49960")  # fmt: skip


@settings(max_examples=40)
@given(
    code=st.sampled_from(ANYWHERE),
    lon=st.sampled_from([0.0, 180.0, -180.0, 92.3, -33.0]),
    lat=st.sampled_from([0.0, 90.0, -90.0, 84.9, -66.0, 38.0]),
    metres=st.floats(1.0, 3e4),
    chip=st.floats(2.0, 60.0),
    reach=st.floats(0.1, 8.0),
    whole=st.booleans(),
    search=st.booleans(),
)
def test_any_map_any_place_gives_places_or_a_plain_refusal(code, lon, lat, metres, chip, reach, whole, search):
    """Poles, seams, edges of maps, chips larger than the image: chips with a place on the body, or words."""
    wkt = spatial_reference(code).ExportToWkt()
    geographic = geographic_wkt(body_of(wkt) or "")
    x, y = (float(v) for v in transformer(geographic, wkt).points(lon, lat))
    if not (math.isfinite(x) and math.isfinite(y)):
        return
    pixel = metres / 1e5 if spatial_reference(code).IsGeographic() else metres
    name = "/vsimem/an-anywhere.tif"
    made = gdal.GetDriverByName("GTiff").Create(name, 90, 70, 1, gdal.GDT_Byte)
    made.SetProjection(wkt)
    made.SetGeoTransform((x - 45 * pixel, pixel, 0, y + 35 * pixel, 0, -pixel))
    made.GetRasterBand(1).WriteArray(np.random.default_rng(1).integers(1, 255, (70, 90)).astype(np.uint8))
    made = None
    try:
        image = open_image(name)
        size = image.pixel_size * chip
        area = None if whole else area_chip(image, lon, lat, size * reach)
        if search:
            grid = search_chips(image, area, size, size * 0.7, 12)
        else:
            grid = region_chips(image, [("here", area)], size, 12, per_region=4)
        ids = range(min(grid.count, 12))
        for place in grid.chips(ids):
            assert np.isfinite([place.x, place.y, place.longitude, place.latitude]).all()
            assert -180 <= place.longitude <= 180 and -90 <= place.latitude <= 90
        for block in grid.blocks(Quiet(), ids=list(ids)):
            assert block.pixels.shape[1:] == (12, 12)
    except InputError as error:
        assert error.remedy
    finally:
        gdal.Unlink(name)
