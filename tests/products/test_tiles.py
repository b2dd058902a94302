"""Large JP2s are copied to tiles once, and the copy is the same."""

from __future__ import annotations

import os

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.common.errors import CancelledError, OutputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.products import tiles
from marscd_plugin.products.hirise import open_hirise


@pytest.fixture
def product(make_product, monkeypatch):
    monkeypatch.setattr(tiles, "DIRECT_PIXELS", 1000)
    return open_hirise(*make_product())


def test_copied_once_and_equal(product):
    path = tiles.fast_raster(product, Quiet())
    copy, source = gdal.Open(str(path)), gdal.Open(str(product.raster))
    assert path.suffix == ".tif" and np.array_equal(copy.ReadAsArray(), source.ReadAsArray())
    assert copy.GetSpatialRef().IsSame(source.GetSpatialRef()) and copy.GetGeoTransform() == source.GetGeoTransform()
    band = copy.GetRasterBand(1)
    assert (band.GetNoDataValue(), band.GetScale(), band.GetBlockSize()) == (0, product.scale, [512, 512])
    made = path.stat().st_mtime_ns
    assert tiles.fast_raster(product, Quiet()) == path and path.stat().st_mtime_ns == made
    # Another image under the same name is copied again; so is a copy that was cut short.
    os.utime(product.sources[1], ns=(1, 1))
    assert tiles.fast_raster(product, Quiet()).stat().st_mtime_ns != made
    path.write_bytes(path.read_bytes()[:100])
    assert gdal.Open(str(tiles.fast_raster(product, Quiet()))) is not None


def test_small_ones_are_read_as_they_are(product, monkeypatch):
    monkeypatch.setattr(tiles, "DIRECT_PIXELS", 10**9)
    assert tiles.fast_raster(product, Quiet()) == product.raster


def test_cancel_leaves_nothing(product):
    quiet = Quiet()
    quiet.cancel()
    with pytest.raises(CancelledError):
        tiles.fast_raster(product, quiet)
    assert not list(product.raster.parent.glob("*.tif*"))


def test_without_room_it_is_read_slowly(product, monkeypatch):
    def full(*_):
        raise OutputError("The disk is full.", "Free some space.")

    monkeypatch.setattr(tiles, "need_space", full)
    warned = []

    class Listening(Quiet):
        def warn(self, message):
            warned.append(message)

    assert tiles.fast_raster(product, Listening()) == product.raster and "slow" in warned[0]
