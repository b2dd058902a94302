"""COLOR products, old headers and special values: the label wins, and the real JP2 with its quirks shows it."""

from __future__ import annotations

import math
import shutil

import pytest
from osgeo import gdal, osr

from marscd_plugin.common.errors import InputError, ProductError
from marscd_plugin.planet.crs import geographic_wkt
from marscd_plugin.planet.transform import transformer
from marscd_plugin.products.hirise import open_hirise

from .conftest import LABEL, fields


@pytest.mark.parametrize(("band", "number", "name"), [("IR", 1, "NEAR-INFRARED"), ("red", 2, "RED"),
                                                      ("BG", 3, "BLUE-GREEN")])  # fmt: skip
def test_a_band_is_chosen_by_name(make_product, band, number, name):
    product = open_hirise(*make_product(bands=3), band=band)
    dataset = gdal.Open(str(product.raster))
    chosen = dataset.GetRasterBand(product.band)
    assert (product.band, chosen.GetDescription()) == (number, name)
    assert (chosen.GetNoDataValue(), chosen.GetScale()) == (0, product.scale)


def test_a_band_that_is_not_there(make_product):
    with pytest.raises(InputError, match="IR, RED, BG"):
        open_hirise(*make_product(bands=3), band="NIR")
    with pytest.raises(InputError, match="Choose one of: RED"):
        open_hirise(*make_product(), band="IR")


def test_special_values_of_the_label_itself(make_product, tmp_path):
    label, image = make_product()
    text = label.read_text().replace("CORE_NULL                  = 0", "CORE_NULL                  = 5")
    label.write_text(text.replace("CORE_HIGH_INSTR_SATURATION = 1022", "CORE_HIGH_INSTR_SATURATION = 1000"))
    product = open_hirise(label, image)
    assert product.nodata == 5 and sorted(product.saturated) == [1, 2, 1000, 1023]


def test_a_label_of_another_instrument(make_product):
    label, image = make_product(product="P01_001330_1221_XN_57S223W")
    with pytest.raises(ProductError, match="no HiRISE"):
        open_hirise(label, image)


def test_the_real_old_header_gives_way_to_the_label(shared, tmp_path):
    """The GeoJP2 box has the latitude of true scale as latitude of origin, and its corner half a pixel off.

    No label came with this crop; the one written here says what its box means (latitude of true scale -5).
    """
    image = tmp_path / "PSP_001892_1715_COLOR.JP2"
    shutil.copyfile(shared / "data/products/hirise_like_color_geojp2.jp2", image)
    radius, scale, l0, s0 = 3396036.8126024, 0.25, -1955138.5, -22534502.5
    degree = math.radians(1) * radius
    left, top, parallel = (0.5 - s0) * scale, (l0 - 0.5) * scale, degree * math.cos(math.radians(5))
    value = fields(bands=3) | {
        "observation": "PSP_001892_1715", "product": "PSP_001892_1715_COLOR", "file": image.name, "lat_ts": -5.0,
        "samples": 2192, "lines": 775, "scale": scale, "a_radius": radius / 1e3, "c_radius": radius / 1e3,
        "l0": l0, "s0": s0, "resolution": degree / scale, "north": top / degree,
        "south": (top - 775 * scale) / degree, "west": 180 + left / parallel,
        "east": 180 + (left + 2192 * scale) / parallel,
    }  # fmt: skip
    label = image.with_suffix(".LBL")
    label.write_text(LABEL.format(**value))
    product = open_hirise(label, image)

    def upper_left(path):
        dataset = gdal.Open(str(path))
        transform = dataset.GetGeoTransform()
        place = transformer(dataset.GetProjection(), geographic_wkt()).points(transform[0], transform[3])
        return dataset, tuple(float(v) for v in place)

    raw, wrong = upper_left(image)
    dressed, right = upper_left(product.raster)
    osr_crs = osr.SpatialReference(dressed.GetProjection())
    assert osr_crs.GetProjParm("standard_parallel_1") == -5 and osr_crs.GetProjParm("latitude_of_origin") == 0
    assert right == (pytest.approx(value["west"] - 360, abs=1e-9), pytest.approx(value["north"], abs=1e-9))
    # What the file alone would have said: five degrees (296 km) south, and east by 1/cos(5).
    assert wrong[1] - right[1] == pytest.approx(-5.0, abs=1e-4) and abs(wrong[0] - right[0]) > 0.3
    assert dressed.ReadAsArray(0, 0, 40, 40).tolist() == raw.ReadAsArray(0, 0, 40, 40).tolist()
    assert product.band == 2
