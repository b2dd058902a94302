"""Which bytes of a COG a window needs: against GDAL's own reading of files with holes, and on hostile input."""

from __future__ import annotations

import struct
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from osgeo import gdal

from marscd_plugin.common.errors import ProductError
from marscd_plugin.common.rasters import Window
from marscd_plugin.products.cog import merged, read_directories


@pytest.fixture(scope="module", params=["lzw", "deflate-bands", "big", "plain-tiled"])
def image(request, tmp_path_factory):
    """(path, pixels) of a tiled TIFF of 700 x 900 pixels."""
    path = tmp_path_factory.mktemp("cog") / f"{request.param}.tif"
    bands = 3 if request.param == "deflate-bands" else 1
    pixels = np.random.default_rng(1).integers(1, 1000, (bands, 700, 900)).astype(np.uint16)
    memory = gdal.GetDriverByName("MEM").Create("", 900, 700, bands, gdal.GDT_UInt16)
    for number in range(bands):
        memory.GetRasterBand(number + 1).WriteArray(pixels[number])
    driver, options = "COG", ["COMPRESS=LZW", "BLOCKSIZE=128"]
    if request.param == "deflate-bands":
        driver, options = (
            "GTiff",
            ["TILED=YES", "BLOCKXSIZE=128", "BLOCKYSIZE=64", "COMPRESS=DEFLATE", "INTERLEAVE=BAND"],
        )
    if request.param == "big":
        options.append("BIGTIFF=YES")
    if request.param == "plain-tiled":
        driver, options = "GTiff", ["TILED=YES"]
    gdal.GetDriverByName(driver).CreateCopy(str(path), memory, 0, options)
    return path, pixels


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_gdal_reads_a_window_from_those_bytes_alone(image, tmp_path_factory, data):
    path, pixels = image
    column, row = data.draw(st.integers(0, 899)), data.draw(st.integers(0, 699))
    window = Window(column, row, data.draw(st.integers(1, 900 - column)), data.draw(st.integers(1, 700 - row)))
    whole, kept = path.read_bytes(), []

    def read(first, count):
        kept.append((first, first + count))
        return whole[first : first + count]

    directories = read_directories(read, len(whole), path.name)
    holes = bytearray(len(whole))
    for first, end in merged([*kept, *directories.spans(window)]):
        holes[first:end] = whole[first:end]
    copy = tmp_path_factory.mktemp("holes") / "x.tif"
    copy.write_bytes(bytes(holes))
    dataset = gdal.OpenEx(str(copy), gdal.OF_RASTER, allowed_drivers=["GTiff"])
    rows, columns = window.slices
    for number in range(len(pixels)):
        got = dataset.GetRasterBand(number + 1).ReadAsArray(window.column, window.row, window.width, window.height)
        assert np.array_equal(got, pixels[number][rows, columns])


def test_a_small_window_needs_few_bytes(image):
    whole = image[0].read_bytes()
    directories = read_directories(lambda f, n: whole[f : f + n], len(whole), "x")
    needed = sum(end - first for first, end in directories.spans(Window(300, 300, 20, 20)))
    assert 0 < needed < len(whole) / 4
    with pytest.raises(ValueError, match="outside"):
        directories.spans(Window(850, 0, 300, 10))


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 50)), max_size=30), st.integers(0, 20))
def test_merged_ranges_hold_the_same_bytes_in_order(pairs, gap):
    spans = [(a, a + n) for a, n in pairs]
    out = merged(spans, gap)
    wanted = {i for a, b in spans for i in range(a, b)}
    got = [i for a, b in out for i in range(a, b)]
    assert wanted <= set(got) and len(got) == len(set(got)) and got == sorted(got)
    assert all(b[0] - a[1] > gap for a, b in pairwise(out))
    assert gap or wanted == set(got)


@settings(max_examples=200)
@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_read_or_refused(data, begun):
    data = (b"II*\0\x08\0\0\0" + data) if begun else data
    try:
        read_directories(lambda f, n: data[f : f + n], len(data), "x.tif")
    except ProductError as error:
        assert "x.tif" in str(error)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 3000), value=st.integers(0, 255))
def test_a_damaged_directory_is_refused_or_read_and_never_worse(image, at, value):
    data = bytearray(image[0].read_bytes())
    data[at % len(data)] = value
    try:
        found = read_directories(lambda f, n: bytes(data[f : f + n]), len(data), "x.tif")
    except ProductError:
        return
    for first, end in found.full.spans(Window(0, 0, 1, 1)):
        assert 0 <= first < end <= len(data)


def test_directories_in_circles_and_without_tiles_are_refused():
    strip = struct.pack("<2sHIH", b"II", 42, 8, 2) + struct.pack("<HHIIHHII", 256, 3, 1, 5, 257, 3, 1, 5) + b"\0" * 4
    with pytest.raises(ProductError, match="no tiles"):
        read_directories(lambda f, n: strip[f : f + n], len(strip), "x.tif")
    with pytest.raises(ProductError, match="not a TIFF"):
        read_directories(lambda f, n: b"<html>page</html>"[f : f + n], 17, "x.tif")
