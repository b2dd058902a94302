"""HiRISE products from label and JP2: read right, or refused with a reason; hostile files never reach a reader."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.common.errors import OutputError, ProductError
from marscd_plugin.planet.crs import body_of, geographic_wkt
from marscd_plugin.planet.transform import transformer
from marscd_plugin.products.check import check_file
from marscd_plugin.products.hirise import open_hirise
from marscd_plugin.products.jp2 import check_jp2


def test_red_product(make_product):
    label, image = make_product()
    product = open_hirise(label, image)
    assert (product.product_id, product.band, product.body) == ("ESP_013951_1955_RED", 1, "Mars")
    assert product.raster == image.with_suffix(".vrt") and product.pixel_size == 0.5
    assert (product.nodata, sorted(product.saturated)) == (0, [1, 2, 1022, 1023])
    assert product.sub_solar_azimuth == pytest.approx(225.482409) and product.phase is None
    assert product.mars_year == 29 and product.solar_longitude == 305.594678
    dataset = gdal.Open(str(product.raster))
    band = dataset.GetRasterBand(1)
    assert body_of(dataset.GetProjection()) == "Mars"
    assert (band.GetNoDataValue(), band.GetScale(), band.GetOffset()) == (0, product.scale, product.offset)
    expected = np.random.default_rng(1).integers(3, 1021, (1, 200, 300))[0]
    expected[:20, :20] = 0
    assert np.array_equal(band.ReadAsArray(), expected)
    # The upper-left corner lands on the label's own corner, in planetocentric degrees.
    transform = dataset.GetGeoTransform()
    lon, lat = transformer(dataset.GetProjection(), geographic_wkt()).points(transform[0], transform[3])
    assert (float(lon), float(lat)) == (pytest.approx(72.73175, abs=1e-4), pytest.approx(15.79721, abs=1e-4))


def test_the_vrt_survives_moving_the_folder(make_product, tmp_path):
    label, image = make_product()
    open_hirise(label, image)
    moved = tmp_path / "moved"
    moved.mkdir()
    for path in (image, image.with_suffix(".vrt")):
        shutil.move(path, moved / path.name)
    assert gdal.Open(str(moved / image.with_suffix(".vrt").name)).ReadAsArray().max() > 900


def test_color_product(make_product):
    product = open_hirise(*make_product(bands=3))
    dataset = gdal.Open(str(product.raster))
    assert dataset.RasterCount == 3 and product.band == 2
    assert dataset.GetRasterBand(2).GetDescription() == "RED"


def test_polar_product(make_product):
    product = open_hirise(*make_product(polar=True))
    dataset = gdal.Open(str(product.raster))
    transform = dataset.GetGeoTransform()
    lon, lat = transformer(dataset.GetProjection(), geographic_wkt()).points(transform[0], transform[3])
    rho = np.hypot(transform[0], transform[3])
    assert float(lat) == pytest.approx(-90 + np.degrees(2 * np.arctan(rho / (2 * 3376200))), abs=1e-6)
    assert float(lon) == pytest.approx(np.degrees(np.arctan2(transform[0], transform[3])), abs=1e-6)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"lines": 201}, "do not belong together"),
        ({"l0": 1882006.5}, "contradicts itself"),
        ({"s0": 12278495.5}, "contradicts itself"),
        ({"north": 15.9}, "MAXIMUM_LATITUDE"),
        ({"a_radius": 6378.137}, "absurd A_AXIS_RADIUS"),
        ({"a_radius": 3376.5}, "contradicts itself"),
        ({"lat_ts": 20.0}, "contradicts itself"),
        ({"scale": -0.5}, "absurd MAP_SCALE"),
        ({"scale": "-9998"}, "no usable number"),
        ({"kind": "SINUSOIDAL"}, "SINUSOIDAL"),
        ({"label_bands": 3}, "do not belong together"),
        ({"product": "../../etc/passwd"}, "outside its own folder"),
        ({"file": "../../secret.JP2"}, "outside its own folder"),
        ({"file": "ESP_000001_1000_RED.JP2"}, "is the label of"),
    ],
)
def test_a_label_that_lies_is_refused(make_product, changed, words):
    label, image = make_product(**changed)
    with pytest.raises(ProductError) as caught:
        open_hirise(label, image)
    assert words in str(caught.value) and caught.value.remedy
    assert not image.with_suffix(".vrt").exists()


def test_a_polar_label_that_lies_is_refused(make_product):
    label, image = make_product(polar=True, l0=-1470000.5)
    with pytest.raises(ProductError, match="contradicts itself"):
        open_hirise(label, image)


@pytest.mark.parametrize("share", [0.02, 0.5, 0.9, 0.9999])
def test_a_truncated_jp2_is_refused(make_product, share):
    label, image = make_product()
    data = image.read_bytes()
    image.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(ProductError, match=r"cut short|signature|codestream"):
        open_hirise(label, image)
    with pytest.raises(ProductError):
        check_file(image, "image")


def test_a_vrt_dressed_as_jp2_is_refused(make_product):
    label, image = make_product()
    image.write_text('<VRTDataset rasterXSize="300" rasterYSize="200"><SRS>x</SRS></VRTDataset>')
    with pytest.raises(ProductError, match="not a JP2"):
        open_hirise(label, image)
    with pytest.raises(ProductError, match="GDAL VRT"):
        check_file(image, "image")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<!DOCTYPE html><html><body>503</body></html>", "HTML page"),
        (b'{"error": 1}', "JSON"),
        (b"", "empty"),
        (b"II*\0\xff\xff\xff\x7f", "cut short"),
        (b"\xff\xd8\xff\xe0 something", "JPEG"),
    ],
)
def test_what_is_not_an_image_is_named(tmp_path, data, words):
    path = tmp_path / "X.JP2"
    path.write_bytes(data)
    with pytest.raises(ProductError, match=words):
        check_file(path, "image")


def test_sound_files_pass(make_product, tmp_path):
    label, image = make_product()
    check_file(image, "image")
    check_file(label, "label")
    browse = tmp_path / "a.jpg"
    browse.write_bytes(b"\xff\xd8\xff\xe0 data \xff\xd9")
    check_file(browse, "browse")
    browse.write_bytes(b"\xff\xd8\xff\xe0 data")
    with pytest.raises(ProductError, match="cut short"):
        check_file(browse, "browse")
    with pytest.raises(ProductError, match="not a PDS3 label"):
        check_file(image, "label")


def test_the_real_jp2_is_whole(shared):
    size = check_jp2(shared / "data/products/hirise_like_color_geojp2.jp2")
    assert (size.width, size.height, size.bands) == (2192, 775, 3)


def test_a_jp2_that_claims_an_absurd_size_is_refused(make_product):
    _, image = make_product()
    data = bytearray(image.read_bytes())
    start = data.index(b"\xff\x4f\xff\x51")
    data[start + 8 : start + 16] = b"\x7f\xff\xff\xff" * 2
    image.write_bytes(data)
    with pytest.raises(ProductError, match="absurd image size"):
        check_jp2(image)


def test_a_file_where_the_folder_should_be(make_product, tmp_path, monkeypatch):
    label, image = make_product()

    def refuse(*_args, **_kwargs):
        raise OutputError("cannot be written", "Choose another folder.")

    monkeypatch.setattr("marscd_plugin.products.vrt.write_text", refuse)
    with pytest.raises(OutputError):
        open_hirise(label, image)
    assert not image.with_suffix(".vrt").exists()
