"""ISIS cubes (written by GDAL) as epochs: date, special pixels, bands; and wavelengths of a spectral cube."""

from __future__ import annotations

import json
import shutil
import struct
from datetime import datetime, timezone

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.common.errors import InputError, ProductError
from marscd_plugin.planet.crs import equirectangular_wkt, polar_wkt
from marscd_plugin.products.isis import special_floats
from marscd_plugin.products.user import open_user_raster
from marscd_plugin.products.wavelengths import read_wavelengths
from marscd_plugin.series.source import Source

INSTRUMENT = {"_type": "group", "InstrumentId": "CTX", "TargetName": "Mars", "StartTime": "2008-02-21T00:58:48.971"}


def write(path, array, wkt=None, options=(), **groups):
    """An ISIS cube of (bands, rows, columns) with an Instrument group and more of its label."""
    kind = {"f": gdal.GDT_Float32, "B": gdal.GDT_Byte, "h": gdal.GDT_Int16, "H": gdal.GDT_UInt16}[array.dtype.char]
    bands, rows, columns = array.shape
    memory = gdal.GetDriverByName("MEM").Create("", columns, rows, bands, kind)
    memory.SetProjection(wkt or equirectangular_wkt(0, 180))
    memory.SetGeoTransform((100.0, 5.0, 0, 50.0, 0, -5.0))
    for n in range(bands):
        memory.GetRasterBand(n + 1).WriteArray(array[n])
    label = {"_type": "object", "Instrument": INSTRUMENT} | groups
    memory.SetMetadata([json.dumps({"IsisCube": label})], "json:ISIS3")
    assert gdal.GetDriverByName("ISIS3").CreateCopy(str(path), memory, 0, list(options)) is not None
    return path


def test_a_cube_dates_and_places_itself(tmp_path):
    path = write(tmp_path / "P16_007361.lev2.cub", np.full((1, 10, 20), 0.2, "f4"))
    product = open_user_raster(path)
    assert product.time == datetime(2008, 2, 21, 0, 58, 48, tzinfo=timezone.utc)
    assert (product.body, product.pixel_size, product.instrument) == ("Mars", 5.0, "CTX")
    given = datetime(2011, 1, 1, tzinfo=timezone.utc)
    assert open_user_raster(path, given).time == given


@pytest.mark.parametrize(
    ("dtype", "null", "saturated"),
    [("f4", *special_floats()), ("i2", -32768, (-32767, -32766, -32765, -32764)), ("u2", 0, (1, 2, 65534, 65535)),
     ("u1", 0, (255,))],
)  # fmt: skip
def test_special_pixels_are_no_measurements(tmp_path, dtype, null, saturated):
    array = np.full((1, 10, 20), 100, dtype)
    array[0, 0, 0] = null
    array[0, 0, 1 : 1 + len(saturated)] = saturated
    product = open_user_raster(write(tmp_path / "a.cub", array))
    patch = Source(product).read(_whole(20, 10))
    assert not patch.valid[0, : 1 + len(saturated)].any()
    assert patch.valid.sum() == 200 - 1 - len(saturated) and (patch.values[patch.valid] == 100).all()


def _whole(width, height):
    from marscd_plugin.common.rasters import Window

    return Window(0, 0, width, height)


def test_the_specials_are_isis_own():
    """SpecialPixel.h: 0xFF7FFFFB NULL .. 0xFF7FFFFF HRS."""
    null, others = special_floats()
    bits = [struct.unpack(">I", struct.pack(">f", v))[0] for v in (null, *others)]
    assert bits == [0xFF7FFFFB, 0xFF7FFFFC, 0xFF7FFFFD, 0xFF7FFFFE, 0xFF7FFFFF]


def test_bands_are_chosen_by_number_or_name(tmp_path):
    path = tmp_path / "two.tif"
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 4, 3, 2)
    dataset.GetRasterBand(1).SetDescription("RED")
    dataset.GetRasterBand(2).SetDescription("NIR")
    dataset = None
    assert [open_user_raster(path, band=b).band for b in (1, "2", "nir", "RED")] == [1, 2, 2, 1]
    for wrong in (0, 3, "blue", -1):
        with pytest.raises(InputError, match="Choose 1 to 2, or one of: RED, NIR"):
            open_user_raster(path, band=wrong)


def test_wavelengths_of_a_cube(tmp_path):
    values = np.stack([np.full((3, 4), v, "f4") for v in (0.4, 0.3)])
    path = write(tmp_path / "s.cub", values, BandBin={"_type": "group", "Center": [1.85, 1.93]})
    assert read_wavelengths(gdal.Open(str(path))).nm == (1850.0, 1930.0)
    bare = write(tmp_path / "b.cub", values)
    with pytest.raises(InputError, match="wavelengths"):
        read_wavelengths(gdal.Open(str(bare)))


def test_a_map_counted_westwards_is_refused(tmp_path):
    path = write(tmp_path / "w.cub", np.ones((1, 10, 20), "f4"), options=["LONGITUDE_DIRECTION=PositiveWest"])
    with pytest.raises(ProductError, match="to the west"):
        open_user_raster(path)


def test_a_polar_cube(tmp_path):
    path = write(tmp_path / "p.cub", np.ones((1, 10, 20), "f4"), wkt=polar_wkt(False))
    assert open_user_raster(path).body == "Mars"


def test_a_jp2_with_its_label_is_read_by_the_label(make_product, tmp_path):
    _, image = make_product(bands=3)
    product = open_user_raster(image, datetime(2012, 1, 1))
    assert product.raster.suffix == ".vrt" and product.instrument == "HIRISE" and product.nodata == 0
    assert (product.band, product.time.year, product.mars_year) == (2, 2012, 31)
    assert open_user_raster(image, band="BLUE-GREEN").band == 3
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copyfile(image, alone / image.name)
    assert open_user_raster(alone / image.name).raster == alone / image.name
