from __future__ import annotations

import struct
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from osgeo import gdal

from marscd_plugin.common.errors import ProductError
from marscd_plugin.products.check import check_file
from marscd_plugin.products.tiff import check_tiff


def make(path, *options, driver="GTiff", size=300):
    memory = gdal.GetDriverByName("MEM").Create("", size, size, 1, gdal.GDT_UInt16)
    memory.GetRasterBand(1).WriteArray(np.random.default_rng(1).integers(0, 65535, (size, size)).astype(np.uint16))
    gdal.GetDriverByName(driver).CreateCopy(str(path), memory, options=list(options))
    return path


KINDS = {
    "strips": ((), "GTiff"),
    "tiles": (("TILED=YES",), "GTiff"),
    "big": (("BIGTIFF=YES", "TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64"), "GTiff"),
    "motorola": (("ENDIANNESS=BIG",), "GTiff"),
    "cog": (("BLOCKSIZE=128",), "COG"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_whole_files_pass_and_any_cut_is_noticed(tmp_path, kind):
    options, driver = KINDS[kind]
    path = make(tmp_path / "a.tif", *options, driver=driver)
    assert check_tiff(path) > 0
    check_file(path, "image")
    whole = path.read_bytes()
    for share in (0.1, 0.5, 0.9, 0.99):
        path.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(ProductError, match=r"cut short|signature"):
            check_file(path, "image")


def test_a_sparse_file_is_whole(tmp_path):
    path = tmp_path / "a.tif"
    options = ["TILED=YES", "SPARSE_OK=TRUE", "BLOCKXSIZE=64", "BLOCKYSIZE=64"]
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 640, 640, 1, gdal.GDT_Byte, options)
    dataset.GetRasterBand(1).WriteArray(np.ones((64, 64), np.uint8))
    dataset = None
    assert check_tiff(path) == 100


def test_a_directory_that_points_at_itself_ends(tmp_path):
    path = tmp_path / "a.tif"
    entry = struct.pack("<HHII", 256, 4, 1, 5)
    path.write_bytes(b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 1) + entry + struct.pack("<I", 8))
    with pytest.raises(ProductError, match="circles"):
        check_tiff(path)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_damaged_bytes_give_an_answer_or_a_product_error(tmp_path_factory, data):
    folder = tmp_path_factory.getbasetemp() / "tiff"
    folder.mkdir(exist_ok=True)
    source = folder / "whole.tif"
    if not source.exists():
        make(source, "TILED=YES", size=64)
    body = bytearray(source.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        body[data.draw(st.integers(0, min(len(body), 600) - 1))] = data.draw(st.integers(0, 255))
    path = folder / "damaged.tif"
    path.write_bytes(bytes(body))
    with suppress(ProductError):
        check_tiff(path)
