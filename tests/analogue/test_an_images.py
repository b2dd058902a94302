"""What an image is, whatever GDAL makes of its source; and what is said where it cannot be used."""

from __future__ import annotations

import math
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.analogue.frames import Frame
from marscd_plugin.analogue.images import footprint, need_one_scale, open_image
from marscd_plugin.analogue.reader import REMOTE_READ, Reader
from marscd_plugin.analogue.regions import area_chip, region_chips
from marscd_plugin.analogue.search_area import search_chips
from marscd_plugin.common.errors import CancelledError, InputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.planet.crs import equirectangular_wkt, geographic_wkt, spatial_reference

MARS = equirectangular_wkt(0.0, 0.0)


def write(path: Path, array: np.ndarray, crs: str = MARS, pixel: float = 10.0, left=0.0, top=0.0, options=()):
    bands = array if array.ndim == 3 else array[None]
    kind = {"uint8": gdal.GDT_Byte, "uint16": gdal.GDT_UInt16, "float32": gdal.GDT_Float32, "int16": gdal.GDT_Int16,
            "complex64": gdal.GDT_CFloat32, "float64": gdal.GDT_Float64}[str(array.dtype)]  # fmt: skip
    made = gdal.GetDriverByName("GTiff").Create(
        str(path), bands.shape[2], bands.shape[1], len(bands), kind, list(options)
    )
    if crs:
        made.SetProjection(crs)
        made.SetGeoTransform((left, pixel, 0, top, 0, -pixel))
    for number, band in enumerate(bands, 1):
        made.GetRasterBand(number).WriteArray(band)
    return made


def hills(size: int, seed: int = 1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:size, 0:size]
    waves = [np.sin((x * math.cos(a) + y * math.sin(a)) / s + p) for a, s, p in rng.random((6, 3)) * [6.3, 20, 6.3]]
    return (128 + 15 * sum(waves)).clip(1, 254)


def whole(image) -> np.ndarray:
    reader = Reader(image)
    return reader.read(reader.levels[0], _all(image))


def _all(image):
    from marscd_plugin.common.rasters import Window

    return Window(0, 0, image.width, image.height)


def test_grey_of_one_band_three_bands_and_a_palette(tmp_path):
    grey = hills(64).astype(np.uint8)
    write(tmp_path / "one.tif", grey)
    assert np.array_equal(whole(open_image(str(tmp_path / "one.tif"))), grey)
    rgb = np.stack([grey, grey // 2, grey // 4])
    write(tmp_path / "rgb.tif", rgb, options=["PHOTOMETRIC=RGB"])
    expected = 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2]
    assert np.allclose(whole(open_image(str(tmp_path / "rgb.tif"))), expected, atol=0.01)
    write(tmp_path / "many.tif", np.stack([grey, grey // 2, grey // 4, grey * 0]).astype(np.uint16),
          options=["PHOTOMETRIC=MINISBLACK", "ALPHA=NO"])  # fmt: skip
    assert np.allclose(whole(open_image(str(tmp_path / "many.tif"))), rgb.mean(axis=0), atol=0.01)
    made = write(tmp_path / "palette.tif", (grey % 4).astype(np.uint8), options=["PHOTOMETRIC=PALETTE"])
    table = gdal.ColorTable()
    for entry, colour in enumerate([(0, 0, 0, 255), (200, 200, 200, 255), (100, 100, 100, 255), (50, 50, 50, 255)]):
        table.SetColorEntry(entry, colour)
    made.GetRasterBand(1).SetColorTable(table)
    made = None
    assert np.allclose(whole(open_image(str(tmp_path / "palette.tif"))), np.array([0, 200, 100, 50])[grey % 4], atol=1)


@pytest.mark.parametrize("overviews", [False, True])
@pytest.mark.parametrize("how", ["nodata", "nan", "alpha", "mask", "isis"])
def test_what_holds_nothing_never_counts(tmp_path, how, overviews):
    """A hole in the image is NaN, and the ground beside it is not darkened by what was filled in."""
    size = 256
    hole = np.zeros((size, size), bool)
    hole[64:160, 96:200] = True
    ground = np.full((size, size), 100.0)
    path = tmp_path / f"{how}.tif"
    if how == "alpha":
        made = write(path, np.stack([ground, np.where(hole, 0, 255)]).astype(np.uint8), options=["ALPHA=YES"])
    else:
        fill = {"nodata": 0.0, "nan": np.nan, "mask": 0.0, "isis": -3.4028226550889045e38}[how]
        kind = np.float32 if how in ("nan", "isis") else np.uint8
        made = write(path, np.where(hole, fill, ground).astype(kind), options=["TILED=YES"])
        if how == "nodata":
            made.GetRasterBand(1).SetNoDataValue(0)
        if how == "mask":
            made.CreateMaskBand(gdal.GMF_PER_DATASET)
            made.GetRasterBand(1).GetMaskBand().WriteArray(np.where(hole, 0, 255).astype(np.uint8))
    made.FlushCache()
    if overviews and how != "isis":
        made.BuildOverviews("AVERAGE", [2, 4])
    made = None
    image = open_image(str(path))
    for metres in (5.0, 10.0, 23.0, 40.0):
        side = round(size * 10 / metres)
        values = Frame(image, 1280.0, -1280.0, -1280.0, 1280.0, metres, side, side).read()
        held = np.isfinite(values)
        assert np.allclose(values[held], 100.0, atol=0.51 if overviews else 1e-3)
        share = 1 - hole.mean()
        assert held.mean() == pytest.approx(share, abs=0.03)
        at = (np.array([112, 148]) * 10 / metres).astype(int)  # the middle of the hole
        assert not held[at[0], at[1]]


def test_averaging_not_picking_when_shrinking(tmp_path):
    """A checkerboard of single pixels becomes its mean, with and without overviews; nothing aliases."""
    y, x = np.mgrid[0:512, 0:512]
    board = np.where((x + y) % 2, 200, 100).astype(np.uint8)
    write(tmp_path / "board.tif", board)
    image = open_image(str(tmp_path / "board.tif"))
    for metres in (20.0, 40.0, 64.0, 150.0):
        n = int(4000 / metres)
        values = Frame(image, 2560.0, -2560.0, -2000.0, 2000.0, metres, n, n).read()
        assert np.allclose(values, 150.0, atol=3.0)


def test_overviews_are_used(tmp_path, monkeypatch):
    grey = np.tile(hills(512), (4, 4)).astype(np.uint8)
    path = tmp_path / "large.tif"
    made = write(path, grey, options=["TILED=YES"])
    made.BuildOverviews("AVERAGE", [2, 4, 8, 16])
    made = None
    image = open_image(str(path))
    read = []
    raw = Reader._raw
    monkeypatch.setattr(Reader, "_raw", lambda self, band, w: read.append(w.width * w.height) or raw(self, band, w))
    Frame(image, 10240.0, -10240.0, -10000.0, 10000.0, 160.0, 125, 125).read()
    assert sum(read) < 140 * 140


def test_a_body_and_a_scale_are_found(tmp_path):
    write(tmp_path / "mars.tif", hills(64).astype(np.uint8), pixel=25.0)
    image = open_image(str(tmp_path / "mars.tif"))
    assert (image.body, image.name, image.width, image.bands) == ("Mars", "mars", 64, 1)
    assert image.pixel_size == pytest.approx(25.0, rel=1e-3)
    top = 4_600_000.0  # web mercator, 38 degrees north
    write(
        tmp_path / "web.tif", hills(64).astype(np.uint8), spatial_reference("EPSG:3857").ExportToWkt(), 10.0, 1e7, top
    )
    image = open_image(str(tmp_path / "web.tif"))
    latitude = math.degrees(2 * math.atan(math.exp((top - 320) / 6378137)) - math.pi / 2)
    assert image.body == "Earth"
    assert image.pixel_size == pytest.approx(10 * math.cos(math.radians(latitude)), rel=0.004)
    box = footprint(image)
    assert box.body == "Earth"
    write(tmp_path / "bare.tif", hills(64).astype(np.uint8), "")
    image = open_image(str(tmp_path / "bare.tif"))
    assert (image.body, image.crs, image.pixel_size) == ("", "", None) and footprint(image) is None
    assert open_image(str(tmp_path / "bare.tif"), 2.5).pixel_size == 2.5
    # One with a CRS keeps its own.
    assert open_image(str(tmp_path / "mars.tif"), 2.5).pixel_size == pytest.approx(25.0, rel=1e-3)


def refused(call) -> str:
    with pytest.raises(InputError) as caught:
        call()
    assert caught.value.remedy, "every error says what to do next"
    return str(caught.value)


def test_what_is_no_image_is_refused_in_words(tmp_path):
    assert "There is no image" in refused(lambda: open_image(str(tmp_path / "gone.tif")))
    (tmp_path / "text.tif").write_text("not an image")
    assert "text cannot be opened as an image" in refused(lambda: open_image(str(tmp_path / "text.tif")))
    assert "No image was given" in refused(lambda: open_image("  "))
    assert "too long" in refused(lambda: open_image("x" * 300_000))
    assert "pixel size of -1" in refused(lambda: open_image(str(tmp_path / "text.tif"), -1.0))
    write(tmp_path / "complex.tif", np.ones((8, 8), np.complex64))
    assert "complex numbers" in refused(lambda: open_image(str(tmp_path / "complex.tif")))
    assert "was not understood" in refused(lambda: open_image("type=xyz&url=ftp://a/{z}/{x}/{y}.png"))
    secret = "https://127.0.0.1:9/{z}/{x}/{y}.png?key=SECRET"
    assert "SECRET" not in repr(open_image(secret).name)
    assert "SECRET" not in refused(lambda: open_image("https://127.0.0.1:9/a.tif?key=SECRET"))
    # Formats that ask data bases and clouds are no images here.
    assert "cannot be opened" in refused(lambda: open_image("PG:host=127.0.0.1 dbname=x"))
    # Mars by name, Earth by size.
    wkt = spatial_reference("EPSG:4326").ExportToWkt().replace("WGS 84", "Mars 2000").replace("WGS_1984", "D_Mars_2000")
    wkt = re.sub(r',AUTHORITY\["EPSG","\d+"\]', "", wkt)
    write(tmp_path / "odd.tif", hills(16).astype(np.uint8), wkt, 0.01, 10.0, 10.0)
    assert "called Mars" in refused(lambda: open_image(str(tmp_path / "odd.tif")))


def test_a_damaged_image_is_named_when_it_is_read(tmp_path):
    path = tmp_path / "cut.tif"
    write(path, hills(512).astype(np.uint8), options=["TILED=YES", "COMPRESS=DEFLATE"]).FlushCache()
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] + bytes(len(data) - len(data) // 2))
    image = open_image(str(path))
    grid = search_chips(image, None, 640.0, 640.0, 32)
    text = refused(lambda: list(grid.blocks(Quiet())))
    assert "cut cannot be read" in text


def test_two_scales_that_cannot_be_brought_together(tmp_path):
    write(tmp_path / "coarse.tif", hills(64).astype(np.uint8), pixel=100.0)
    write(tmp_path / "fine.tif", hills(64).astype(np.uint8), pixel=1.0)
    write(tmp_path / "bare.tif", hills(64).astype(np.uint8), "")
    coarse, fine, bare = (open_image(str(tmp_path / f"{n}.tif")) for n in ("coarse", "fine", "bare"))
    text = refused(lambda: need_one_scale(fine, coarse, 500.0, 100))
    assert "coarse has pixels of 100 m" in text and "5.0 of them" in text and "at least 3400 m" in text
    text = refused(lambda: need_one_scale(bare, fine, 50.0, 100))
    assert "bare has no CRS and no pixel size, fine has 1 m a pixel" in text
    assert "give its pixel size" in text
    (warning,) = need_one_scale(bare, bare, 64.0, 100)
    assert "pixel for pixel" in warning
    assert need_one_scale(fine, open_image(str(tmp_path / "bare.tif"), 1.0), 50.0, 100) == ()
    assert "cannot be" in refused(lambda: need_one_scale(fine, fine, math.nan, 100))


class Tiles(BaseHTTPRequestHandler):
    """An XYZ service of a pattern that tells where it is: grey = a wave of longitude and latitude."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append(self.path)
        if self.server.wait:
            time.sleep(self.server.wait)
        z, x, y = (int(v) for v in re.findall(r"\d+", self.path)[-3:])
        if self.server.broken:
            self.send_error(500)
            return
        if (z, x, y) in self.server.missing:
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        n = 2**z * 256
        column, row = np.meshgrid(x * 256 + np.arange(256) + 0.5, y * 256 + np.arange(256) + 0.5)
        values = 128 + 60 * np.sin(column / n * 2**12) + 60 * np.sin(row / n * 2**12)
        data = _png(np.stack([values] * 3).astype(np.uint8))
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def _png(bands: np.ndarray) -> bytes:
    memory = gdal.GetDriverByName("MEM").Create("", bands.shape[2], bands.shape[1], len(bands), gdal.GDT_Byte)
    for number, band in enumerate(bands, 1):
        memory.GetRasterBand(number).WriteArray(band)
    name = f"/vsimem/tile-{threading.get_ident()}.png"
    gdal.GetDriverByName("PNG").CreateCopy(name, memory)
    file = gdal.VSIFOpenL(name, "rb")
    data = bytes(gdal.VSIFReadL(1, gdal.VSIStatL(name).size, file))
    gdal.VSIFCloseL(file)
    gdal.Unlink(name)
    return data


@pytest.fixture
def service(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    server.daemon_threads = True
    server.asked, server.wait, server.broken, server.missing = [], 0.0, False, set()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(5)


def template(server) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}/{{z}}/{{x}}/{{y}}.png"


def tiles_under(area, level: int, margin_px: float = 0.0) -> set[tuple[int, int]]:
    """Tiles of a level that a box of longitude and latitude meets."""
    from marscd_plugin.planet.geometry import bounds

    west, south, east, north = bounds(area)
    n = 2**level

    def row(lat):
        return (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * n

    grow = margin_px / 256
    columns = range(int((west + 180) / 360 * n - grow), int((east + 180) / 360 * n + grow) + 1)
    rows = range(int(row(north) - grow), int(row(south) + grow) + 1)
    return {(x, y) for x in columns for y in rows}


def asked_tiles(server) -> list[tuple[int, int, int]]:
    return [tuple(int(v) for v in re.findall(r"\d+", p)[-3:]) for p in server.asked]


def test_of_a_tile_service_only_the_tiles_of_the_window_are_asked(service):
    image = open_image(template(service))
    assert image.body == "Earth" and image.name == "tile service 127.0.0.1"
    assert service.asked == [], "nothing is asked before a chip is wanted"
    area = area_chip(image, 92.3, 38.493, 4000.0)
    grid = search_chips(image, area, 500.0, 250.0, 100)
    assert grid.count > 200 and service.asked == []
    pixels = [b.pixels for b in grid.blocks(Quiet())]
    assert all(np.isfinite(p).all() for p in pixels)
    asked = asked_tiles(service)
    # 5 m a pixel on the ground at 38.5 N: level 14 has 7.5 m, level 15 has 3.7 m.
    (level,) = {z for z, _, _ in asked}
    assert level == 15
    needed = tiles_under(area, level, 16)
    assert {(x, y) for _, x, y in asked} <= needed
    assert len(asked) == len(set(asked)), "no tile is asked twice"
    # The pattern is where it belongs: 60 sin(column) repeats every 2 pi / 2**12 of the world.
    chip = grid.chip(0)
    wave = 2**12 * ((chip.longitude + 180) / 360)
    south = 2**12 * (1 - math.asinh(math.tan(math.radians(chip.latitude))) / math.pi) / 2
    expected = 128 + 60 * math.sin(wave) + 60 * math.sin(south)
    assert float(pixels[0][0][49:51, 49:51].mean()) == pytest.approx(expected, abs=3.0)


def test_of_a_tile_service_one_chip_costs_a_few_tiles(service):
    image = open_image(f"type=xyz&url={template(service).replace('{', '%7B').replace('}', '%7D')}&zmax=17&zmin=0")
    grid = region_chips(image, [("one", area_chip(image, 92.3, 38.5, 500.0))], 500.0, 100)
    grid.patch(0, 100)
    assert 1 <= len(service.asked) <= 9


def test_a_missing_tile_is_nodata_and_a_broken_service_an_error(service):
    image = open_image(template(service))
    area = area_chip(image, 10.0, 20.0, 3000.0)
    grid = region_chips(image, [("a", area)], 3000.0, 64)
    first = grid.patch(0, 64)
    assert np.isfinite(first).all()
    service.missing = set(asked_tiles(service))
    service.asked.clear()
    image = open_image(template(service) + "?again")
    block = next(region_chips(image, [("a", area)], 3000.0, 64).blocks(Quiet()))
    assert block.why == ("nodata",) and not block.usable[0]
    service.broken = True
    image = open_image(template(service) + "?broken")
    text = refused(lambda: region_chips(image, [("a", area)], 3000.0, 64).patch(0, 64))
    assert "tile service 127.0.0.1 did not give" in text and "connection" in text


def test_a_cancel_of_a_slow_service_is_seen_soon(service):
    service.wait = 0.05
    image = open_image(template(service))
    grid = search_chips(image, area_chip(image, 92.3, 38.5, 30000.0), 500.0, 250.0, 100)
    progress = Quiet()
    got = grid.blocks(progress)
    threading.Timer(0.3, progress.cancel).start()
    with pytest.raises(CancelledError):
        for _ in got:
            pass
    assert len(service.asked) < 60  # of more than 300 that the whole search needs


class Ranges(BaseHTTPRequestHandler):
    """One file, with byte ranges."""

    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.answer(False)

    def do_GET(self):
        self.answer(True)

    def answer(self, body: bool):
        data = self.server.data
        asked = re.match(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        first, last = (int(asked[1]), min(int(asked[2] or len(data)), len(data) - 1)) if asked else (0, len(data) - 1)
        part = data[first : last + 1]
        self.send_response(206 if asked else 200)
        self.send_header("Accept-Ranges", "bytes")
        if asked:
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        if body:
            self.server.sent += len(part)
            self.wfile.write(part)

    def log_message(self, *_):
        pass


def test_of_a_cog_over_http_only_a_part_is_fetched(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    rng = np.random.default_rng(3)
    made = write(tmp_path / "plain.tif", rng.integers(1, 255, (2048, 2048)).astype(np.uint8), pixel=5.0)
    gdal.GetDriverByName("COG").CreateCopy(str(tmp_path / "cog.tif"), made, 0, ["BLOCKSIZE=256", "COMPRESS=DEFLATE"])
    made = None
    server = ThreadingHTTPServer(("127.0.0.1", 0), Ranges)
    server.daemon_threads = True
    server.data, server.sent = (tmp_path / "cog.tif").read_bytes(), 0
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        image = open_image(f"http://127.0.0.1:{server.server_address[1]}/cog.tif")
        assert image.body == "Mars" and image.name == "cog"
        lon, lat = (float(v) for v in image.lonlat(*image.map_of(1000, 1000)))
        grid = region_chips(image, [("a", area_chip(image, lon, lat, 500.0))], 500.0, 100)
        assert np.isfinite(grid.patch(0, 100)).all()
        assert 0 < server.sent < len(server.data) / 4
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def test_a_vrt_and_a_description_in_a_file_are_images_too(tmp_path, service):
    write(tmp_path / "a.tif", hills(128).astype(np.uint8)).FlushCache()
    gdal.Translate(str(tmp_path / "part.vrt"), str(tmp_path / "a.tif"), format="VRT", srcWin=[10, 10, 64, 64])
    assert open_image(str(tmp_path / "part.vrt")).width == 64
    from marscd_plugin.analogue.sources import gdal_name

    text = gdal_name(template(service))
    (tmp_path / "service.xml").write_text(text)
    image = open_image(str(tmp_path / "service.xml"))
    assert image.name == "service" and image.body == "Earth" and open_image(text).width == image.width
    # A service of Mars says so in its description.
    mars = text.replace("EPSG:3857", geographic_wkt("Mars").replace("<", "")).replace("20037508.342789244", "180")
    assert open_image(mars).body == "Mars"
    # Behind a VRT it is a service still: read in small pieces, so that a cancel is seen.
    gdal.Translate(str(tmp_path / "map.vrt"), str(tmp_path / "service.xml"), format="VRT", srcWin=[0, 0, 512, 512])
    assert Reader(open_image(str(tmp_path / "map.vrt")))._chunk == REMOTE_READ
    assert Reader(open_image(str(tmp_path / "part.vrt")))._chunk != REMOTE_READ
