"""The cache folder of tiled copies: used where the product's own folder will not do, bounded, verified."""

from __future__ import annotations

import os
import shutil
import time

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.common.errors import OutputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.rasters import open_raster
from marscd_plugin.products import tilecache, tiles
from marscd_plugin.products.hirise import open_hirise


@pytest.fixture
def product(make_product, monkeypatch, tmp_path):
    monkeypatch.setattr(tiles, "DIRECT_PIXELS", 1000)
    monkeypatch.setattr(tilecache, "_held", set())
    monkeypatch.setenv("MARSCD_CACHE_DIR", str(tmp_path / "cache"))
    return open_hirise(*make_product(bands=3))


@pytest.fixture
def read_only(product, monkeypatch):
    """The product's own folder refuses new files (as root, permissions would not)."""
    real = tiles.need_folder

    def refuse(path):
        if path == product.raster.parent:
            raise OutputError(f"{path} cannot be written: permission denied.", "Choose another.")
        return real(path)

    monkeypatch.setattr(tiles, "need_folder", refuse)
    return product


def test_a_read_only_folder_uses_the_cache(read_only, tmp_path):
    path = tiles.fast_raster(read_only, Quiet())
    assert path.parent == tmp_path / "cache/tiles" and path.name.startswith("ESP_013951_1955_COLOR.")
    assert np.array_equal(gdal.Open(str(path)).ReadAsArray(), gdal.Open(str(read_only.raster)).ReadAsArray())
    made = path.stat().st_mtime_ns
    assert tiles.fast_raster(read_only, Quiet()) == path and path.stat().st_mtime_ns == made
    assert not list(read_only.raster.parent.glob("*.tiles.tif"))


def test_the_key_is_of_the_content(read_only):
    """The same size and time, another content: copied again, under another name."""
    image = read_only.sources[1]
    stat, first = image.stat(), tiles.content_key("A", image)
    assert tiles.content_key("B", image) != first
    data = bytearray(image.read_bytes())
    data[-3] ^= 1
    image.write_bytes(data)
    os.utime(image, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert tiles.content_key("A", image) != first


def test_nothing_of_nbits_is_carried_on(product):
    path = tiles.fast_raster(product, Quiet())
    copy = gdal.Open(str(path))
    assert gdal.Open(str(product.sources[1])).GetRasterBand(1).GetMetadataItem("NBITS", "IMAGE_STRUCTURE") == "10"
    for number in (1, 2, 3):
        assert copy.GetRasterBand(number).GetMetadataItem("NBITS", "IMAGE_STRUCTURE") is None
    assert copy.GetMetadataItem("COMPRESSION", "IMAGE_STRUCTURE") == "ZSTD"


@pytest.mark.parametrize("harm", ["other", "cut", "empty"])
def test_a_copy_that_came_out_wrong_is_seen(product, tmp_path, monkeypatch, harm):
    real = tiles.copy_as_cog

    def broken(source, part, path, options, progress, tell=False):
        real(source, part, path, options, progress, tell)
        if harm == "other":
            dataset = gdal.Open(str(part), gdal.GA_Update)
            dataset.GetRasterBand(3).WriteArray(np.zeros((40, 40), "uint16"), 120, 80)
            dataset = None
        else:
            part.write_bytes(part.read_bytes()[:5000] if harm == "cut" else b"")

    monkeypatch.setattr(tiles, "copy_as_cog", broken)
    warned = []

    class Listening(Quiet):
        def warn(self, message):
            warned.append(message)

    assert tiles.fast_raster(product, Listening()) == product.raster and "different" in warned[0]
    assert not list(tmp_path.rglob("*.tif"))


def test_verify_looks_at_every_band(product, tmp_path):
    path = tiles.fast_raster(product, Quiet())
    copy = tmp_path / "copy.tif"
    shutil.copyfile(path, copy)
    tiles.verify(open_raster(product.raster), copy, copy)
    with pytest.raises(OutputError, match="different"):
        tiles.verify(open_raster(product.raster), product.sources[1], copy)


def age(folder, *names, size=1000):
    """Files last used 100, 99, ... hours ago, in their order."""
    now = time.time()
    for number, name in enumerate(names):
        path = folder / name
        path.write_bytes(b"x" * size)
        when = now - (100 - number) * 3600
        os.utime(path, (when, when))
    return now


def test_the_least_recently_used_goes_first(tmp_path, monkeypatch):
    monkeypatch.setattr(tilecache, "_held", set())
    age(tmp_path, "a.tif", "b.tif", "c.tif", "d.tif", "notes.txt")
    assert tilecache.keep_within(tmp_path, 2500) == 2000
    assert sorted(p.name for p in tmp_path.iterdir()) == ["c.tif", "d.tif", "notes.txt"]
    assert tilecache.keep_within(tmp_path, 2500) == 2000


def test_what_is_in_use_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(tilecache, "_held", set())
    now = age(tmp_path, "a.tif", "b.tif", "c.tif")
    tilecache.hold(tmp_path / "a.tif")
    made = (tmp_path / "a.tif").stat()
    assert made.st_mtime < now - 99 * 3600 and made.st_atime > now - 60
    os.utime(tmp_path / "b.tif")  # another process used it a moment ago
    assert tilecache.keep_within(tmp_path, 0) == 2000
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.tif", "b.tif"]


def test_the_cache_is_held_to_its_bound(read_only, tmp_path, monkeypatch):
    folder = tmp_path / "cache/tiles"
    folder.mkdir(parents=True)
    age(folder, "old.tif", "older.tif", size=50_000)
    monkeypatch.setattr(tiles, "CACHE_BYTES", read_only.sources[1].stat().st_size * 2 + 60_000)
    path = tiles.fast_raster(read_only, Quiet())
    assert sorted(p.name for p in folder.iterdir()) == sorted([path.name, "older.tif"])


def test_a_product_in_a_folder_that_cannot_be_written(make_product, tmp_path, monkeypatch):
    from marscd_plugin.products import vrt

    monkeypatch.setenv("MARSCD_CACHE_DIR", str(tmp_path / "cache"))
    real = vrt.write_text

    def refuse(path, text):
        if path.parent == tmp_path:
            raise OutputError(f"{path} cannot be written: permission denied.", "Choose another.")
        real(path, text)

    monkeypatch.setattr(vrt, "write_text", refuse)
    label, image = make_product()
    opened = open_hirise(label, image)
    assert opened.raster.parent == tmp_path / "cache/vrt"
    assert np.array_equal(gdal.Open(str(opened.raster)).ReadAsArray(), gdal.Open(str(image)).ReadAsArray())
