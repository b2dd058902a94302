"""Series across 180, at the poles and on a base map: built whole, from products whose true place is known."""

from __future__ import annotations

from datetime import datetime, timezone

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.common.errors import RegistrationError
from marscd_plugin.common.rasters import Window
from marscd_plugin.planet.areas import area_from_circle, area_from_extent
from marscd_plugin.planet.crs import equirectangular_wkt, geographic_wkt, polar_wkt, transformer
from marscd_plugin.products.user import open_user_raster
from marscd_plugin.series.build import build_series, open_series
from marscd_plugin.series.epochs import Options
from marscd_plugin.series.registration import register
from marscd_plugin.series.source import GridMap, Source

SIZE, PIXEL = 320, 2.0
#: Where a product's map has the middle of the image: (CRS, x, y), and what the place must come to: longitude, latitude.
PLACES = {
    "across 180": (equirectangular_wkt(0, 180), 40.0, 900.0, 180.0, 0.0),
    "across 180, on a map cut there": (equirectangular_wkt(0, 0), 10669446.0, 900.0, 180.0, 0.0),
    "north pole": (polar_wkt(True), 30.0, -20.0, None, 90.0),
    "south pole": (polar_wkt(False), 30.0, -20.0, None, -90.0),
    "near the south pole": (polar_wkt(False), 120000.0, -90000.0, None, None),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_series_anywhere(place, make_pair, write_raster, tmp_path):
    crs, x, y, lon, lat = PLACES[place]
    reference, moving, _ = make_pair(SIZE, dx=6.4, dy=-3.3)
    corner = (x - SIZE / 2 * PIXEL, y + SIZE / 2 * PIXEL, PIXEL)
    files = [write_raster(f"{n}.tif", a, crs, *corner) for n, a in (("a_20100501", reference), ("b_20120601", moving))]
    built = build_series([open_user_raster(f) for f in files], tmp_path / "S", reference="a_20100501")
    grid = built.grid
    assert grid.pixel_size == PIXEL and SIZE - 8 <= grid.width <= 1.5 * SIZE
    assert grid.left / PIXEL == pytest.approx(round(grid.left / PIXEL), abs=1e-6)
    # The scale is true: a hundred metres on the grid are a hundred on the sphere.
    degrees = transformer(grid.crs, geographic_wkt())
    left, bottom, right, top = grid.bounds
    middle = (left + right) / 2, (bottom + top) / 2
    at_lon, at_lat = degrees.points([middle[0], middle[0] + 100, middle[0]], [middle[1], middle[1], middle[1] + 100])
    vectors = _vectors(at_lon, at_lat)
    for k in (1, 2):
        assert np.linalg.norm(vectors[k] - vectors[0]) == pytest.approx(100, rel=0.004)
    if lat is not None:
        assert np.degrees(np.arcsin(vectors[0][2] / 3396190)) == pytest.approx(lat, abs=0.02)
    if lon is not None:
        assert abs((at_lon[0] - lon + 180) % 360 - 180) < 0.01
    # The reference lies where its own map has it, the other on it.
    stored = gdal.Open(str(built.epoch("a_20100501").raster)).ReadAsArray()
    own = GridMap(grid, Source(open_user_raster(files[0]))).patch(Window(0, 0, grid.width, grid.height))
    assert np.abs(stored - own.values)[own.valid].max() < 1e-3
    other = gdal.Open(str(built.epoch("b_20120601").raster)).ReadAsArray()
    both = (stored > -9000) & (other > -9000)
    assert both.mean() > 0.4 and np.corrcoef(stored[both], other[both])[0, 1] > 0.97
    found = register(stored, other, stored > -9000, other > -9000)
    assert np.hypot(found.registration.shift_x_px, found.registration.shift_y_px) < 0.1
    _geojson_is_cut(built, place)
    assert open_series(tmp_path / "S") == built


def _vectors(lon, lat):
    lon, lat = np.radians(lon), np.radians(lat)
    return 3396190.0 * np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _geojson_is_cut(built, place):
    import json

    item = json.loads((built.folder / "epochs" / "a_20100501.json").read_text())
    geometry, box = item["geometry"], item["bbox"]
    rings = (
        [p[0] for p in geometry["coordinates"]] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"][0]]
    )
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for ring in rings for x, y in ring)
    if place.startswith("across"):
        assert geometry["type"] == "MultiPolygon" and box[0] > 179 and box[2] < -179
    elif place.endswith(" pole") and not place.startswith("near"):
        assert box[0] == -180 and box[2] == 180 and 90 in (box[3], -box[1])
    else:
        assert box[0] < box[2]


@pytest.mark.parametrize(
    ("area", "crs", "x"),
    [
        (area_from_extent(179.997, -0.002, 180.003, 0.002), equirectangular_wkt(0, 0), 10669446.0),
        (area_from_circle(0, 90, 178.0), polar_wkt(True), 0.0),
        (area_from_circle(0, -90, 178.0), polar_wkt(False), 0.0),
    ],
    ids=["180", "north", "south"],
)
def test_an_area_there(area, crs, x, make_pair, write_raster, tmp_path):
    reference, moving, _ = make_pair(400, dx=3.4, dy=2.3)
    files = [
        write_raster(f"{n}.tif", a, crs, x - 400, 400.0, PIXEL)
        for n, a in (("a_20100501", reference), ("b_20120601", moving))
    ]
    built = build_series([open_user_raster(f) for f in files], tmp_path / "S", area)
    grid = built.grid
    assert grid.width * grid.pixel_size == pytest.approx(np.radians(0.006) * 3396190, rel=0.02)
    assert min(e.valid_fraction for e in built.epochs) > 0.9


# -- on a base map ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ground(fractal):
    return fractal(1024, 3, 21) * 100 + 500


def write_float(path, array, crs, left, top, pixel):
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), array.shape[1], array.shape[0], 1, gdal.GDT_Float32)
    dataset.SetProjection(crs)
    dataset.SetGeoTransform((left, pixel, 0, top, 0, -pixel))
    dataset.GetRasterBand(1).WriteArray(array.astype(np.float32))
    return path


def test_a_base_map_moves_the_whole_series(ground, tmp_path):
    """Epochs of 1 m that say they lie 37 and 21 m from where they are; a base map of 3 m that is right."""
    crs = equirectangular_wkt(0, 0)
    coarse = ground[:1023, :1023].reshape(341, 3, 341, 3).mean(axis=(1, 3))
    base = write_float(tmp_path / "base.tif", coarse, crs, 0.0, 0.0, 3.0)
    cut = ground[200:840, 200:840]
    rng = np.random.default_rng(5)
    # The images show ground at (200, -200) and say (237, -221); the second is 5, 3 pixels further off.
    products = []
    for name, off, year in (("a", (37.0, -21.0), 2010), ("b", (42.0, -18.0), 2012)):
        noisy = cut + rng.normal(0, 4, cut.shape)
        path = write_float(tmp_path / f"{name}.tif", noisy, crs, 200.0 + off[0], -200.0 + off[1], 1.0)
        products.append(open_user_raster(path, datetime(year, 1, 1, tzinfo=timezone.utc)))
    built = build_series(products, tmp_path / "S", reference="a", options=Options(base=base))
    grid = built.grid
    # Sub-pixel of the base map: 3 m.
    for name in ("a", "b"):
        values = gdal.Open(str(built.epoch(name).raster)).ReadAsArray()
        truth = GridMap(grid, Source(open_user_raster(write_float(tmp_path / "t.tif", ground, crs, 0, 0, 1.0))))
        patch = truth.patch(Window(0, 0, grid.width, grid.height))
        found = register(patch.values, values, patch.valid, values > -9000)
        off = np.hypot(found.registration.shift_x_px, found.registration.shift_y_px)
        assert off < 0.6, name
        assert built.epoch(name).valid_fraction > 0.9
    from marscd_plugin.series.store import read_store

    tie = read_store(tmp_path / "S").base
    assert tie.moved_by == pytest.approx((-37, 21), abs=0.6) and tie.residual_m < 1.5 and tie.pixel_m == 3.0
    report = (tmp_path / "S" / "report.html").read_text()
    assert "Tied to the base map base" in report and "moved by" in report
    # Again: nothing is made, not even the tie to the base map; and without it the grid is another.
    before = {p: p.read_bytes() for p in (tmp_path / "S").rglob("*.*")}
    assert build_series(products, tmp_path / "S", reference="a", options=Options(base=base)) == built
    assert before == {p: p.read_bytes() for p in before}


def test_a_base_map_of_another_place_is_refused(ground, fractal, tmp_path):
    crs = equirectangular_wkt(0, 0)
    base = write_float(tmp_path / "base.tif", fractal(512, 3, 99) * 100 + 500, crs, 0.0, 0.0, 2.0)
    products = [
        open_user_raster(
            write_float(tmp_path / f"{n}.tif", ground[200:700, 200:700], crs, 200.0, -200.0, 1.0),
            datetime(2010 + k, 1, 1, tzinfo=timezone.utc),
        )
        for k, n in enumerate("ab")
    ]
    with pytest.raises(RegistrationError, match="base map"):
        build_series(products, tmp_path / "S", options=Options(base=base))
    assert not (tmp_path / "S").exists()
