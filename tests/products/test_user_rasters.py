"""The user's own rasters as epochs."""

from __future__ import annotations

from datetime import datetime, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from osgeo import gdal

from marscd_plugin.common.errors import InputError, ProductError
from marscd_plugin.planet.crs import equirectangular_wkt
from marscd_plugin.products.user import open_user_raster, parse_time


def write(path, crs="", tags=None, scale=None, nodata=None):
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 20, 10, 1, gdal.GDT_UInt16)
    dataset.GetRasterBand(1).WriteArray(np.full((10, 20), 7, "uint16"))
    if crs:
        dataset.SetProjection(crs)
        dataset.SetGeoTransform((100, 2.0, 0, 50, 0, -2.0))
    if tags:
        dataset.SetMetadata(tags)
    if scale is not None:
        dataset.GetRasterBand(1).SetScale(scale)
        dataset.GetRasterBand(1).SetOffset(0.5)
    if nodata is not None:
        dataset.GetRasterBand(1).SetNoDataValue(nodata)
    return path


def test_everything_is_taken_from_the_file(tmp_path):
    path = write(
        tmp_path / "ESP_022267_1380_RED_mine.tif",
        equirectangular_wkt(0, 0),
        {"START_TIME": "2011-04-27T10:11:12Z"},
        0.25,
        3,
    )
    product = open_user_raster(path)
    assert product.product_id == "ESP_022267_1380_RED"
    assert product.time == datetime(2011, 4, 27, 10, 11, 12, tzinfo=timezone.utc)
    assert (product.scale, product.offset, product.nodata) == (0.25, 0.5, 3)
    assert (product.body, product.pixel_size, product.mars_year) == ("Mars", 2.0, 30)


def test_date_from_the_name_a_given_time_wins_and_no_crs(tmp_path):
    path = write(tmp_path / "site_20110427T1011_v2.tif")
    product = open_user_raster(path)
    assert product.time == datetime(2011, 4, 27, 10, 11, tzinfo=timezone.utc)
    assert product.body is None and product.pixel_size is None
    given_time = datetime(2012, 1, 1)
    assert open_user_raster(path, given_time).time == given_time.replace(tzinfo=timezone.utc)
    assert open_user_raster(write(tmp_path / "plain.tif")).time is None


def test_a_vrt_dressed_as_jp2_and_a_text_file(tmp_path):
    path = tmp_path / "a.jp2"
    path.write_text("<VRTDataset rasterXSize='5' rasterYSize='5'/>")
    with pytest.raises(ProductError, match="GDAL VRT"):
        open_user_raster(path)
    path = tmp_path / "a.tif"
    path.write_text("no raster")
    with pytest.raises(InputError):
        open_user_raster(path)


@given(st.text(max_size=60))
def test_any_text_gives_a_time_or_none(text):
    found = parse_time(text)
    assert found is None or 1960 <= found.year < 2100


@given(st.datetimes(datetime(1965, 1, 1), datetime(2090, 1, 1)))
def test_iso_times_come_back(when):
    when = when.replace(microsecond=0, tzinfo=timezone.utc)
    assert parse_time("img_" + when.strftime("%Y%m%dT%H%M%S") + "_x") == when
    assert parse_time(when.isoformat()) == when
    assert parse_time(when.strftime("%Y:%m:%d %H:%M:%S")) == when
