"""The moving grid and the multi-grid: what they hold, what they refuse, and what they cost."""

from __future__ import annotations

import math
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from osgeo import gdal

from marscd_plugin.analogue import grids
from marscd_plugin.analogue.images import open_image
from marscd_plugin.analogue.paper_targets import PAPER_ANALOGUES, PAPER_TARGETS, target_area
from marscd_plugin.analogue.reader import Reader
from marscd_plugin.analogue.regions import area_chip, region_chips
from marscd_plugin.analogue.search_area import search_chips
from marscd_plugin.analogue.texture import judge, need_target_texture
from marscd_plugin.analogue.thumbnails import picture
from marscd_plugin.common.errors import CancelledError, InputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.planet.crs import equirectangular_wkt, geographic_wkt
from marscd_plugin.planet.geometry import area_from_extent, area_from_polygons, area_m2, centre, to_shapely

MARS = equirectangular_wkt(0.0, 0.0)
DEGREE = math.radians(1) * 3396190.0


def write(path: Path, array: np.ndarray, crs: str = MARS, pixel: float = 10.0, left=0.0, top=0.0, nodata=None):
    made = gdal.GetDriverByName("GTiff").Create(
        str(path), array.shape[1], array.shape[0], 1, gdal.GDT_Byte if array.dtype == np.uint8 else gdal.GDT_Float32,
        ["TILED=YES"],
    )  # fmt: skip
    if crs:
        made.SetProjection(crs)
        made.SetGeoTransform((left, pixel, 0, top, 0, -pixel))
    if nodata is not None:
        made.GetRasterBand(1).SetNoDataValue(nodata)
    made.GetRasterBand(1).WriteArray(array)
    return str(path)


def ground(size: int, seed: int = 1) -> np.ndarray:
    """Terrain-like: noise smoothed at several scales."""
    rng = np.random.default_rng(seed)
    total = np.zeros((size, size))
    for cell in (4, 16, 64):
        n = size // cell + 2
        total += np.kron(rng.random((n, n)), np.ones((cell, cell)))[:size, :size] * cell**0.5
    return (255 * (total - total.min()) / np.ptp(total)).clip(1, 254).astype(np.uint8)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """10 m a pixel at the equator of Mars, 1024 x 1024."""
    return open_image(write(tmp_path_factory.mktemp("plain") / "plain.tif", ground(1024)))


def test_a_box_of_whole_chips_is_filled_by_whole_chips(plain):
    """Eight by eight chips edge to edge, and their pixels are the image's own."""
    grid = search_chips(plain, None, 1280.0, 1280.0, 128)
    assert (grid.raster.width, grid.raster.height, grid.count) == (8, 8, 64)
    assert grid.raster.pixel_size == pytest.approx(1280.0, rel=1e-6) and grid.raster.crs == plain.crs
    assert grid.raster.left == pytest.approx(0.0, abs=1e-3) and grid.raster.top == pytest.approx(0.0, abs=1e-3)
    pixels = np.concatenate([b.pixels for b in grid.blocks(Quiet())])
    whole = ground(1024).astype(np.float32)
    for i in range(64):
        column, row = grid.cell(i)
        truth = whole[row * 128 : row * 128 + 128, column * 128 : column * 128 + 128]
        assert np.median(np.abs(pixels[i] - truth)) < 2.0
    inner = search_chips(plain, area_from_extent(0.02, -0.12, 0.10, -0.05), 640.0, 320.0, 32)
    shape = to_shapely(area_from_extent(0.02, -0.12, 0.10, -0.05))
    half = 320.0 / DEGREE
    for chip in inner.chips(range(inner.count)):
        assert shape.buffer(half * 0.05).covers(
            to_shapely(area_from_extent(chip.longitude - half, chip.latitude - half, chip.longitude + half,
                                        chip.latitude + half))
        )  # fmt: skip


@settings(max_examples=40)
@given(
    size=st.floats(200, 3000),
    share=st.floats(0.2, 2.5),
    west=st.floats(0.0, 0.1),
    wide=st.floats(0.02, 0.17),
    high=st.floats(0.02, 0.17),
)
def test_every_search_holds_together(plain, size, share, west, wide, high):
    """Ids, cells and places agree; cells are each used once; every chip's middle lies in the area."""
    area = area_from_extent(west, -high, west + wide, 0.0)
    try:
        grid = search_chips(plain, area, size, size * share, 32)
    except InputError as error:
        assert "smaller than one chip" in str(error)
        covered = min(min(west + wide, 10240 / DEGREE) - west, min(high, 10240 / DEGREE)) * DEGREE
        assert covered < size * 1.001
        return
    cells = grid.cells()
    assert len(cells) == grid.count == len({tuple(c) for c in cells.tolist()}) >= 1
    assert (cells >= 0).all() and (cells < [grid.raster.width, grid.raster.height]).all()
    chips = grid.chips(range(grid.count))
    x = grid.raster.left + (cells[:, 0] + 0.5) * grid.raster.pixel_size
    y = grid.raster.top - (cells[:, 1] + 0.5) * grid.raster.pixel_size
    assert np.allclose([c.x for c in chips], x) and np.allclose([c.y for c in chips], y)
    half = size / 2 / DEGREE * 0.94
    assert all(west + half - 1e-9 <= c.longitude <= west + wide - half + 1e-9 for c in chips)
    assert all(-high + half - 1e-9 <= c.latitude <= -half + 1e-9 for c in chips)
    assert grid.raster.pixel_size <= size * share * 1.0001


def test_blocks_give_every_chip_once_in_order(plain):
    grid = search_chips(plain, None, 640.0, 320.0, 64)
    whole = {}
    for block in grid.blocks(Quiet(), size=50):
        assert len(block.ids) <= 50 and block.pixels.shape == (len(block.ids), 64, 64)
        assert block.pixels.dtype == np.float32 and block.ids.dtype == np.int64 and len(block.why) == len(block.ids)
        whole |= dict(zip(block.ids.tolist(), block.pixels, strict=True))
    assert list(whole) == list(range(grid.count))
    some = [7, 3, 3, 400, grid.count - 1]
    got = list(grid.blocks(Quiet(), ids=some, size=2))
    assert np.concatenate([b.ids for b in got]).tolist() == [3, 7, 400, grid.count - 1]
    for block in got:
        for i, pixels in zip(block.ids, block.pixels, strict=True):
            # Cut from another frame, a chip may lie up to half a pixel beside itself.
            assert np.median(np.abs(pixels - whole[int(i)])) < 12.0
    assert list(grid.blocks(Quiet(), ids=[])) == []
    with pytest.raises(InputError, match="no chip 9999"):
        next(grid.blocks(Quiet(), ids=[9999]))


def refused(call) -> str:
    with pytest.raises(InputError) as caught:
        call()
    assert caught.value.remedy, "every error says what to do next"
    return str(caught.value)


def test_a_search_that_cannot_be_is_refused_in_words(plain, tmp_path):
    small = area_from_extent(0.05, -0.06, 0.052, -0.058)
    text = refused(lambda: search_chips(plain, small, 500.0, 250.0, 32))
    assert "The search area (plain) is 119 x 119 m, smaller than one chip of 500 m" in text
    edge = area_from_extent(-1.0, -0.1, 0.005, 0.0)
    text = refused(lambda: search_chips(plain, edge, 500.0, 250.0, 32))
    assert "What the image covers of it" in text
    text = refused(lambda: search_chips(plain, area_from_extent(20, 20, 21, 21), 500.0, 250.0, 32))
    assert "do not overlap" in text and "20.50, 20.50" in text
    text = refused(lambda: search_chips(plain, area_from_extent(0, -1, 1, 0, "Earth"), 500.0, 250.0, 32))
    assert "lies on Earth, plain on Mars" in text
    text = refused(lambda: search_chips(plain, None, 64.0, 1.0, 16))
    assert "104,080,804 chips" in text or "chips out of plain; at most 4,000,000" in text
    least = float(text.split("at least ")[1].split(" m")[0])
    assert search_chips(plain, None, 64.0, least, 16).count <= grids.MAX_CHIPS
    text = refused(lambda: search_chips(plain, None, 200.0, 200.0, 100))
    assert "20.0 of them along its edge" in text and "at least 340 m" in text
    assert "smaller than one chip" in refused(lambda: search_chips(plain, None, 20_000.0, 100.0, 32))
    for bad in (0.0, -5.0, math.nan, math.inf):
        assert "cannot be" in refused(lambda bad=bad: search_chips(plain, None, bad, 100.0, 32))
        assert "cannot be" in refused(lambda bad=bad: search_chips(plain, None, 100.0, bad, 32))
    assert "too large for Mars" in refused(lambda: search_chips(plain, None, 1e6, 1e5, 32))
    bare = open_image(write(tmp_path / "bare.tif", ground(256), ""))
    assert "bare has no CRS" in refused(lambda: search_chips(bare, small, 64.0, 64.0, 32))


def test_images_without_a_crs_are_searched_in_pixels(tmp_path):
    values = ground(512)
    bare = open_image(write(tmp_path / "bare.tif", values, ""))
    grid = search_chips(bare, None, 64.0, 32.0, 64)
    assert grid.count == 15 * 15 and grid.raster.crs == "" and (grid.raster.width, grid.raster.height) == (15, 15)
    chip = grid.chip(0)
    assert (chip.x, chip.y, chip.size, chip.body, chip.longitude) == (32.0, 32.0, 64.0, "", None)
    for block in grid.blocks(Quiet()):
        for i, pixels in zip(block.ids, block.pixels, strict=True):
            column, row = grid.cell(int(i))
            assert np.allclose(pixels, values[row * 32 : row * 32 + 64, column * 32 : column * 32 + 64], atol=1e-3)
    scaled = open_image(str(tmp_path / "bare.tif"), 2.0)
    grid = search_chips(scaled, None, 128.0, 64.0, 64)
    assert grid.count == 15 * 15 and grid.chip(0).size == 128.0 and grid.chip(0).x == 32.0
    regions = region_chips(scaled, [("all", None)], 128.0, 64, per_region=7)
    assert regions.count == 7 and all(32 <= c.x <= 480 and 32 <= c.y <= 480 for c in regions.chips(range(7)))


def test_a_polygon_keeps_only_chips_whose_middle_is_inside(plain):
    area = area_from_polygons([[[(0.01, -0.15), (0.15, -0.15), (0.01, -0.01)]]])
    grid = search_chips(plain, area, 400.0, 200.0, 32)
    shape = to_shapely(area)
    from shapely import Point

    chips = grid.chips(range(grid.count))
    assert all(shape.covers(Point(c.longitude, c.latitude)) for c in chips)
    box = grid.raster.width * grid.raster.height
    assert 0.3 * box < grid.count < 0.6 * box


def test_reads_are_shared_and_memory_is_bounded(tmp_path, monkeypatch):
    """Chips that overlap sixteen times over cost little more than one reading, and are never all held."""
    size = 2048
    path = tmp_path / "large.tif"
    made = gdal.GetDriverByName("GTiff").Create(str(path), size, size, 1, gdal.GDT_Byte, ["TILED=YES"])
    made.SetProjection(MARS)
    made.SetGeoTransform((0, 10, 0, 0, 0, -10))
    strip = ground(size)[:512]
    for row in range(0, size, 512):
        made.GetRasterBand(1).WriteArray(strip, 0, row)
    made = None
    image = open_image(str(path))
    read = []
    raw = Reader._raw
    monkeypatch.setattr(Reader, "_raw", lambda self, band, w: read.append(w.width * w.height) or raw(self, band, w))

    grid = search_chips(image, None, 320.0, 80.0, 32)
    tracemalloc.start()
    done = sum(len(b.ids) for b in grid.blocks(Quiet()))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert done == grid.count > 60_000
    assert sum(read) < 1.3 * size * size
    assert most < 0.6 * grid.count * 32 * 32 * 4


def test_far_apart_chips_do_not_read_what_lies_between(plain, monkeypatch):
    read = []
    raw = Reader._raw
    monkeypatch.setattr(Reader, "_raw", lambda self, band, w: read.append(w.width * w.height) or raw(self, band, w))
    grid = search_chips(plain, None, 320.0, 2500.0, 32)
    assert grid.count == 16
    list(grid.blocks(Quiet()))
    assert sum(read) < 16 * 45 * 45


def test_a_cancel_stops_between_reads(plain):
    grid = search_chips(plain, None, 640.0, 160.0, 64)
    progress = Quiet()
    got = grid.blocks(progress, size=8)
    next(got)
    progress.cancel()
    with pytest.raises(CancelledError):
        next(got)


def test_progress_ends_at_one(plain):
    said = []

    class Told(Quiet):
        def report(self, fraction, message=""):
            said.append(fraction)

    list(search_chips(plain, None, 640.0, 640.0, 64).blocks(Told(), size=10))
    assert said == sorted(said) and said[-1] == 1.0


def test_ten_sub_areas_are_spread_evenly_inside_their_region(plain):
    bent = area_from_polygons(
        [[[(0.01, -0.15), (0.16, -0.15), (0.16, -0.11), (0.05, -0.11), (0.05, -0.01), (0.01, -0.01)]]]
    )
    box = area_from_extent(0.08, -0.09, 0.16, -0.01)
    grid = region_chips(plain, [("bent", bent), ("box", box)], 300.0, 30, per_region=10)
    assert grid.regions == ("bent", "box") and grid.count == 20 and grid.raster is None and grid.step is None
    from shapely import Point

    for area, name, ids in ((bent, "bent", range(10)), (box, "box", range(10, 20))):
        chips = grid.chips(ids)
        assert {c.region for c in chips} == {name}
        shape = to_shapely(area)
        assert all(shape.covers(Point(c.longitude, c.latitude).buffer(0.9 * 150 / DEGREE)) for c in chips)
        places = np.array([(c.longitude, c.latitude) for c in chips]) * DEGREE
        gaps = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1)) + np.eye(10) * 1e9
        # On a hexagonal lattice of this density neighbours are 1.07 sqrt(area / 10) apart.
        assert gaps.min() > 0.5 * math.sqrt(area_m2(area) / 10)
    again = region_chips(plain, [("bent", bent), ("box", box)], 300.0, 30, per_region=10)
    assert again.chips(range(20)) == grid.chips(range(20))
    assert all(b.usable.all() for b in grid.blocks(Quiet()))
    with pytest.raises(InputError, match="lie on no grid"):
        grid.cell(0)
    assert region_chips(plain, [("box", box)], 300.0, 30, per_region=137).count == 137


def test_a_region_no_larger_than_a_chip_is_one_chip(plain):
    area = area_chip(plain, 0.08, -0.08, 800.0)
    grid = region_chips(plain, [("spot", area)], 800.0, 64)
    assert grid.count == 1
    assert (grid.chip(0).longitude, grid.chip(0).latitude) == pytest.approx((0.08, -0.08), abs=1e-6)
    assert region_chips(plain, [("spot", area)], 2000.0, 64).count == 1
    assert region_chips(plain, [("spot", area)], 400.0, 30, per_region=4).count == 4
    assert region_chips(plain, [("a", None)], 500.0, 32, per_region=10).count == 10


def test_regions_that_cannot_be_are_refused_in_words(plain):
    assert "No region" in refused(lambda: region_chips(plain, [], 500.0, 32))
    far = area_from_extent(20, 20, 20.05, 20.05)
    assert "'far' does not lie on plain" in refused(lambda: region_chips(plain, [("far", far)], 500.0, 32))
    earth = area_from_extent(0, -0.1, 0.1, 0, "Earth")
    assert "lies on Earth" in refused(lambda: region_chips(plain, [("e", earth)], 500.0, 32))
    assert "0 chips a region" in refused(lambda: region_chips(plain, [("a", None)], 500.0, 32, per_region=0))
    assert "hold 5.0 of them" in refused(lambda: region_chips(plain, [("a", None)], 50.0, 32))


def test_a_region_across_180_is_one_region(tmp_path):
    path = write(tmp_path / "globe.tif", ground(360), geographic_wkt("Mars"), 1.0, -180.0, 90.0)
    image = open_image(path)
    grid = region_chips(image, [("seam", area_from_extent(160, -20, 200, 20))], 300_000.0, 12, per_region=12)
    assert grid.count == 12
    chips = grid.chips(range(12))
    assert {c.longitude > 0 for c in chips} == {True, False}
    assert all(abs(c.longitude) >= 160 for c in chips)
    for block in grid.blocks(Quiet()):
        assert np.isfinite(block.pixels).all()


def test_texture_flat_saturated_noise_and_nodata():
    rng = np.random.default_rng(5)
    relief = ground(96).astype(np.float32)
    cases = {
        "relief": (relief, ""),
        "faint relief": (100 + (relief - 128) / 20, ""),
        "one value": (np.full((96, 96), 77.0), "texture"),
        "saturated": (np.where(rng.random((96, 96)) < 0.1, relief, 255.0), "texture"),
        "rounding": (100 + rng.integers(0, 3, (96, 96)), "texture"),
        "noise": (rng.normal(100, 12, (96, 96)), "texture"),
        "nothing": (np.full((96, 96), np.nan), "nodata"),
        "a third missing": (np.where(np.arange(96)[:, None] < 32, np.nan, relief), "nodata"),
        "a fifth missing": (np.where(np.arange(96)[:, None] < 19, np.nan, relief), ""),
        "flat and a fifth missing": (np.where(np.arange(96)[:, None] < 19, np.nan, relief * 0 + 50), "texture"),
    }
    pixels = np.stack([v for v, _ in cases.values()]).astype(np.float32)
    usable, why = judge(pixels, 1.0)
    assert dict(zip(cases, why, strict=True)) == {k: v for k, (_, v) in cases.items()}
    assert usable.tolist() == [w == "" for w in why]
    # Reflectances are small numbers: what counts is their size against each other.
    assert judge((relief / 5000)[None].astype(np.float32), 0.0)[1] == ("",)
    assert judge(np.full((1, 96, 96), 0.173, np.float32), 0.0)[1] == ("texture",)
    # The same whatever the brightness and contrast: those must not decide.
    for gain, offset in ((0.3, 40.0), (1.0, -100.0), (3.0, 1000.0)):
        assert judge((relief * gain + offset)[None].astype(np.float32), 1.0)[1] == ("",)
    assert judge(np.empty((0, 8, 8), np.float32), 1.0)[1] == ()


def test_real_terrain_is_never_called_flat(shared):
    """HiRISE crops of all kinds of ground, bland ones too."""
    files = (
        sorted((shared / "data/hirise_crops").rglob("*.jpg"))[::12]
        or sorted((shared / "data/hirise_crops").rglob("*.png"))[::12]
    )
    assert files
    for file in files:
        data = gdal.Open(str(file)).ReadAsArray().astype(np.float32)
        grey = data[:3].mean(axis=0) if data.ndim == 3 else data
        side = min(grey.shape)
        assert judge(grey[None, :side, :side], 1.0)[1] == ("",), file.name


def test_a_target_without_texture_is_named(tmp_path):
    flat = open_image(write(tmp_path / "flat.tif", np.full((256, 256), 90, np.uint8)))
    block = next(region_chips(flat, [("salt pan", None)], 500.0, 32).blocks(Quiet()))
    assert "'salt pan' has no texture" in refused(lambda: need_target_texture(block))
    assert "'mine' has no texture" in refused(lambda: need_target_texture(block, "mine"))
    empty = open_image(write(tmp_path / "empty.tif", np.zeros((256, 256), np.uint8), nodata=0))
    block = next(region_chips(empty, [("gap", None)], 500.0, 32).blocks(Quiet()))
    assert "'gap' holds no data" in refused(lambda: need_target_texture(block))
    fine = open_image(write(tmp_path / "fine.tif", ground(256)))
    need_target_texture(next(region_chips(fine, [("dunes", None)], 500.0, 32).blocks(Quiet())))


def test_the_papers_targets():
    assert [t.name for t in PAPER_TARGETS] == ["A'", "B'", "C'", "D'"]
    for target in (*PAPER_TARGETS, *PAPER_ANALOGUES):
        area = target_area(target.name, 2000.0)
        assert area.body == target.body
        assert centre(area) == pytest.approx((target.longitude, target.latitude), abs=1e-3)
        assert area_m2(area) == pytest.approx(4e6, rel=0.02)
    assert target_area("d\u2019", 500.0) == target_area("D'", 500.0)
    assert "none of the paper's" in refused(lambda: target_area("E", 500.0))


def test_a_thumbnail_is_stretched_and_black_where_nothing_is(plain):
    grid = region_chips(plain, [("a", None)], 640.0, 64, per_region=3)
    seen = grid.thumbnail(1, 160)
    assert seen.shape == (160, 160) and seen.dtype == np.uint8 and seen.min() == 1 and seen.max() == 255
    part = np.array([[np.nan, 1.0], [2.0, 3.0]], np.float32)
    assert picture(part)[0, 0] == 0 and picture(part)[0, 1] == 1
    assert (picture(np.full((4, 4), np.nan, np.float32)) == 0).all()
    assert len(set(picture(np.full((4, 4), 7.0, np.float32)).ravel().tolist())) == 1
