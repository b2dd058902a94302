"""CTX: maps of the stream and of the HiRISE team; raw images: companding, dark columns, first geometry."""

from __future__ import annotations

import csv
import json
import math

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.common.errors import CancelledError, ProductError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.planet.crs import geographic_wkt
from marscd_plugin.planet.transform import transformer
from marscd_plugin.products.check import check_file
from marscd_plugin.products.ctx import open_ctx_map, open_ctx_stream
from marscd_plugin.products.ctx_companding import DECOMPAND, compand, decompand
from marscd_plugin.products.ctx_corners import (
    Corners,
    corners_in_index,
    corners_of_mapping,
    corners_of_ring,
    corners_of_row,
    first_geometry,
    planetocentric_latitude,
)
from marscd_plugin.products.ctx_edr import dark_levels, is_ctx_edr, open_ctx_edr

from .ctx_files import PRODUCT, write_edr, write_stream

#: The index row of this product, as an ODE record of 2020 quotes it.
ROW = (
    '"MROX_0433","DATA/P16_007361_1800_XN_00S000W.IMG","4A_04_102202D500","P16_007361_1800_XN_00S000W",'
    '"2008-02-21T00:58:48.971","CTX   ","NIFL ",5056,  7168, 1,    5.34,  1.14,  0.20, 44.11, 43.91,360.00,  0.02,'
    "  0.18, -0.37,359.73, -0.31,  0.26,  0.36,359.82,  0.41,"
    '"PSP       ","MARS  ","0888022748:232 ",292.8,   1.877,"195/238/229",   0,  26.74,   43.40, 266.93,3663.12,'
    ' 266.93,"N",277.00,207.64, 42.25, 14.22,  0.01,  0.03,244340641.9, 34.81,14.83, 90.1,"Meridiani Planum",'
    '"OK    ",  7361'
)


def corners(width, height, pixel=5.5, turn=-7.0, lon=30.0, lat=-20.0):
    """Corners of a raw image flying north-north-west: mirrored, the first line in the south."""
    metre = math.degrees(1 / 3396190.0)
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))

    def at(across, along):
        east, north = c * across - s * along, s * across + c * along
        return lon + east * metre / math.cos(math.radians(lat)), lat + north * metre

    w, h = width * pixel / 2, height * pixel / 2
    return Corners(at(-w, -h), at(w, -h), at(-w, h), at(w, h))


def test_the_companding_table_is_a_square_root():
    assert len(DECOMPAND) == 256 and (np.diff(DECOMPAND.astype(int)) > 0).all()
    n = np.arange(8, 256)
    smooth = np.polynomial.Polynomial.fit(n, DECOMPAND[8:].astype(float), 2)
    assert np.abs(smooth(n) - DECOMPAND[8:]).max() < 0.75  # rounding alone would leave 0.5
    codes = np.arange(256, dtype=np.uint8)
    assert np.array_equal(compand(decompand(codes)), codes)
    # Steps grow from 2 to 31 DN: the companding costs at most half a step.
    dn = np.linspace(1, 4080, 5000)
    assert np.abs(decompand(compand(dn)) - dn).max() <= 16


def test_a_raw_image_is_decompanded_and_placed(tmp_path):
    rng = np.random.default_rng(3)
    truth = np.clip(900 + 200 * rng.standard_normal((300, 400)).cumsum(axis=1) / 20, 100, 3500)
    image = write_edr(tmp_path, truth)
    product = open_ctx_edr(image, corners(400, 300))
    dataset = gdal.Open(str(product.raster))
    assert (product.product_id, product.instrument, product.body) == (PRODUCT, "CTX", "Mars")
    assert product.time.isoformat() == "2008-02-21T00:58:48.971000+00:00" and product.mars_year == 29
    band = dataset.GetRasterBand(1)
    assert (band.GetNoDataValue(), band.GetScale(), band.GetOffset()) == (0, product.scale, product.offset)
    dn = (band.ReadAsArray() * product.scale + product.offset) * 1.877
    # Dark 60 and 75 of the two channels are gone: no stripes, and the step of the companding is all that is left.
    step = np.diff(DECOMPAND.astype(float))[np.minimum(compand(truth + 75), 254)]
    error = dn - truth
    assert np.percentile(np.abs(error) / step, 95) < 1.0
    assert abs(float(error[:, ::2].mean() - error[:, 1::2].mean())) < 0.5 and abs(float(error.mean())) < 1.0
    assert "corners" in dataset.GetMetadataItem("MARSCD_GEOMETRY")
    assert float(dataset.GetMetadataItem("MARSCD_CORNER_MISFIT_M")) < 1.0
    # The first line lies in the south, its first sample in the west.
    t = dataset.GetGeoTransform()
    assert t[1] > 0 and t[5] > 0 and t[1] * t[5] - t[2] * t[4] > 0
    place = transformer(dataset.GetProjection(), geographic_wkt())
    lon, lat = place.points(t[0] + 400 * t[1] + 300 * t[2], t[3] + 400 * t[4] + 300 * t[5])
    assert (float(lon), float(lat)) == pytest.approx(corners(400, 300).lower_right, abs=2e-5)


def test_gaps_and_saturation_and_done_once(tmp_path):
    image = write_edr(tmp_path, np.full((120, 200), 800.0))
    data = bytearray(image.read_bytes())
    start = len(data) - 120 * 216
    data[start + 10 * 216 : start + 11 * 216] = bytes(216)  # a lost line: dark pixels too
    data[start + 20 * 216 + 16 + 5] = 255
    image.write_bytes(data)
    product = open_ctx_edr(image, corners(200, 120))
    made = product.raster.stat().st_mtime_ns
    values = gdal.Open(str(product.raster)).ReadAsArray()
    assert (values[10] == 0).all() and values[20, 5] == product.saturated[0]
    assert (values[[9, 11]] > 0).all() and values[11].std() < 20 * 12
    assert open_ctx_edr(image, corners(200, 120)).raster.stat().st_mtime_ns == made
    assert open_ctx_edr(image, corners(200, 120, turn=3)).raster.stat().st_mtime_ns != made
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"{PRODUCT}.IMG", f"{PRODUCT}.edr.tif"]


def test_the_full_width_has_other_dark_columns(tmp_path):
    image = write_edr(tmp_path, np.tile(np.linspace(500, 900, 5000), (60, 1)), edge=0)
    product = open_ctx_edr(image, corners(5000, 60))
    dataset = gdal.Open(str(product.raster))
    assert (dataset.RasterXSize, dataset.RasterYSize) == (5000, 60)
    dn = (dataset.ReadAsArray() * product.scale + product.offset) * 1.877
    assert abs(float(dn.mean()) - 700) < 2 and abs(float(dn[:, ::2].mean() - dn[:, 1::2].mean())) < 1


def test_a_label_padded_without_an_end_of_line(tmp_path):
    image = write_edr(tmp_path, np.full((120, 200), 800.0))
    data = image.read_bytes()
    assert data.count(b"\r\nEND\r\n") == 1
    for padding in (b"\r\nEND  ", b"\r\nEND\x00\x00"):
        image.write_bytes(data.replace(b"\r\nEND\r\n", padding))
        assert is_ctx_edr(image)
        check_file(image, "image")


def test_dark_levels_without_any_dark_pixel():
    assert (dark_levels(np.zeros((5, 16), np.uint8)) == 0).all()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"mode": "LIN1"}, "only SQROOT"),
        ({"product": "../../etc/passwd"}, "no raw CTX image"),
        ({"summing": 3}, "unknown layout"),
        ({"lines": 500}, "cut short"),
        ({"lines": 5_000_000}, "absurd|cut short"),
        ({"first": 0}, "where its image begins"),
        ({"samples": 900}, "cut short|unknown layout|fit"),
    ],
)
def test_a_raw_image_that_lies_is_refused(tmp_path, changed, words):
    image = write_edr(tmp_path, np.full((120, 200), 800.0), **changed)
    with pytest.raises(ProductError, match=words) as caught:
        open_ctx_edr(image, corners(200, 120))
    assert caught.value.remedy and not list(tmp_path.glob("*.tif"))


def test_a_truncated_raw_image_and_a_web_page(tmp_path):
    image = write_edr(tmp_path, np.full((120, 200), 800.0))
    assert is_ctx_edr(image)
    check_file(image, "image")
    image.write_bytes(image.read_bytes()[:-500])
    with pytest.raises(ProductError, match="cut short"):
        check_file(image, "image")
    image.write_bytes(b"<!doctype html><html>503</html>")
    with pytest.raises(ProductError, match="HTML page"):
        check_file(image, "image")
    assert not is_ctx_edr(image)


def test_cancel_leaves_nothing(tmp_path):
    quiet = Quiet()
    quiet.cancel()
    with pytest.raises(CancelledError):
        open_ctx_edr(write_edr(tmp_path, np.full((600, 200), 800.0)), corners(200, 600), quiet)
    assert [p.suffix for p in tmp_path.iterdir()] == [".IMG"]


# -- corners ------------------------------------------------------------------------------------------------------


def test_the_index_is_west_and_areographic():
    found = corners_of_row(ROW)
    assert found.upper_left == pytest.approx((-0.18, -0.3657), abs=1e-4)
    assert found.upper_right == pytest.approx((0.27, -0.3064), abs=1e-4)
    assert found.lower_right == pytest.approx((0.18, 0.4052), abs=1e-4)
    assert planetocentric_latitude(90.0) == 90.0


def test_an_ode_footprint_tells_the_same(shared):
    record = json.loads((shared / "fixtures/ode/ode_ctx_edr_single_product_fmpc.json").read_text())
    text = record["ODEResults"]["Products"]["Product"]["Footprint_C0_geometry"]
    ring = [tuple(float(v) for v in p.split()) for p in text[text.index("((") + 2 : -2].split(",")]
    for form in (ring, ring[:-1], ring[::-1], ring[2:-1] + ring[:3]):
        assert all(
            a == pytest.approx(b, abs=1e-4)
            for a, b in zip(corners_of_ring(form).points(), corners_of_row(ROW).points(), strict=True)
        )


def test_every_row_of_a_real_index(shared, tmp_path):
    """All rows with corners give a first geometry: mirrored, of CTX's pixel size, corners within their rounding."""
    seen, misfits, ratios = 0, [], []
    for index in (shared / "fixtures/pds/pdsc_test_index.tab", shared / "fixtures/pds/inputs_mini/ctx/cumindex.tab"):
        for text in index.read_text().splitlines():
            row = next(csv.reader([text]))
            if abs(float(row[18])) > 90:
                with pytest.raises(ProductError):
                    corners_of_row(text)
                continue
            found = corners_in_index(index, row[3].strip())
            summing = int(row[9])
            width = int(row[7]) - (56 if summing == 1 and int(row[31]) == 0 else 28 if int(row[31]) == 0 else 16)
            if row[3].startswith("MOI"):  # orbit insertion, from up to 4,000 km high: no such image is a map's
                with pytest.raises(ProductError, match="do not fit"):
                    first_geometry(found, width, int(row[8]), summing)
                continue
            placed = first_geometry(found, width, int(row[8]), summing)
            t = placed.geotransform
            misfits.append(placed.misfit)
            ratios.append(math.hypot(t[1], t[4]) / float(row[10]))
            seen += 1
    assert seen == 77
    assert max(misfits) < 350 and np.median(misfits) < 150
    assert abs(np.median(ratios) - 1) < 0.01 and 0.98 < min(ratios) <= max(ratios) < 1.03
    assert corners_in_index(shared / "fixtures/pds/pdsc_test_index.tab", "P99_999999_0000_XN_00N000W") is None


@pytest.mark.parametrize(
    ("ring", "words"),
    [
        ([(0, 0), (1, 0), (1, 1)], "3 corners"),
        ([(0, 85), (1, 85), (1, 86), (0, 86)], "near a pole"),
    ],
)
def test_footprints_that_tell_nothing(ring, words):
    with pytest.raises(ProductError, match=words):
        corners_of_ring(ring)


def test_corners_that_are_no_image():
    sound = corners(5000, 7000)
    with pytest.raises(ProductError, match="do not fit"):
        first_geometry(sound, 500, 700)
    with pytest.raises(ProductError, match="way round of a map"):
        first_geometry(Corners(*sound.points()[2:], *sound.points()[:2]), 5000, 7000)
    with pytest.raises(ProductError, match="corners of"):
        corners_of_row(ROW.replace("  0.18, -0.37", "999.90,-999.9"))
    with pytest.raises(ProductError, match="knows no corners"):
        corners_of_row("not a row, at all")
    with pytest.raises(ProductError, match="cannot be read"):
        corners_of_row(ROW.replace("  0.18, -0.37", "east, north"))
    across = corners(5000, 7000, lon=180.0)
    assert first_geometry(across, 5000, 7000).misfit < 40
    named = dict(zip(("UPPER_LEFT", "UPPER_RIGHT", "LOWER_LEFT", "LOWER_RIGHT"), sound.points(), strict=True))
    assert corners_of_mapping(named) == sound
    with pytest.raises(ProductError, match="LOWER_LEFT"):
        corners_of_mapping(named | {"LOWER_LEFT": "x"})


# -- maps ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".tiff", ".jp2"])
def test_a_product_of_the_stream(tmp_path, ending):
    values = np.random.default_rng(1).integers(1, 255, (80, 60)).astype("uint8")
    values[:10] = 0
    product = open_ctx_stream(write_stream(tmp_path, values, ending))
    dataset = gdal.Open(str(product.raster))
    assert (product.product_id, product.nodata, product.pixel_size) == (PRODUCT, 0, 5.5)
    assert product.time.isoformat().startswith("2008-02-21T00:58:48.971") and product.instrument == "CTX"
    assert np.array_equal(dataset.ReadAsArray(), values)
    assert dataset.GetGeoTransform() == (-5000.0, 5.5, 0, 12000.0, 0, -5.5)
    lon, lat = transformer(dataset.GetProjection(), geographic_wkt()).points(-5000.0, 12000.0)
    degree = math.degrees(1 / 3396190.0)
    assert (float(lon), float(lat)) == pytest.approx((-5000 * degree, 12000 * degree), abs=1e-9)


def test_a_polar_product_of_the_stream(tmp_path):
    product = open_ctx_stream(write_stream(tmp_path, np.full((20, 30), 9, "uint8"), at_pole=True))
    dataset = gdal.Open(str(product.raster))
    lon, lat = transformer(dataset.GetProjection(), geographic_wkt()).points(300000.0, 500000.0)
    rho = math.hypot(300000, 500000)
    assert float(lat) == pytest.approx(-90 + math.degrees(2 * math.atan(rho / (2 * 3376200))), abs=1e-6)
    assert float(lon) == pytest.approx(math.degrees(math.atan2(300000, 500000)), abs=1e-6)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"samples": 61}, "do not belong together"),
        ({"product": "P17_007361_1800_XN_00S000W"}, "holds the label of"),
        ({"kind": "Planetographic"}, "planetographic"),
        ({"projection": "Sinusoidal"}, "sinusoidal"),
        ({"pixel": 600.0}, "600 m"),
        ({"pixel": "Null"}, "pixelresolution"),
        ({"left": 1e12}, "upperleftcornerx"),
        ({"polar": "6356752.0"}, "polarradius"),
    ],
)
def test_a_stream_label_that_lies_is_refused(tmp_path, changed, words):
    label = write_stream(tmp_path, np.full((80, 60), 9, "uint8"), **changed)
    with pytest.raises(ProductError, match=words):
        open_ctx_stream(label)
    assert not list(tmp_path.glob("*.vrt"))


def test_hostile_files_of_the_stream(tmp_path):
    label = write_stream(tmp_path, np.full((80, 60), 9, "uint8"))
    check_file(label, "label")
    image = tmp_path / f"{PRODUCT}.tiff"
    image.write_text('<VRTDataset rasterXSize="60" rasterYSize="80"></VRTDataset>')
    with pytest.raises(ProductError, match="GDAL VRT"):
        open_ctx_stream(label)
    image.unlink()
    with pytest.raises(ProductError, match="No image"):
        open_ctx_stream(label)
    label.write_text("<html>no</html>")
    with pytest.raises(ProductError, match="Mapping"):
        check_file(label, "label")
    label.write_text("Object = IsisCube\n" * 5000 + "Group = Mapping\nEnd_Group\n")
    with pytest.raises(ProductError):
        open_ctx_stream(label, tmp_path / f"{PRODUCT}.tiff")


def test_a_map_of_the_hirise_team(shared, tmp_path):
    """The real label, with the image's size made small."""
    name = "P01_001330_1221_XN_57S223W"
    text = (shared / "fixtures/pds" / f"{name}.LBL").read_text()
    for old, new in (
        ("LINE_LAST_PIXEL              = 7976", "LINE_LAST_PIXEL = 40"),
        ("SAMPLE_LAST_PIXEL            = 6185", "SAMPLE_LAST_PIXEL = 50"),
        ("LINES                      = 7976", "LINES = 40"),
        ("LINE_SAMPLES               = 6185", "LINE_SAMPLES = 50"),
        ("MINIMUM_LATITUDE             = -58.051059562142", "MINIMUM_LATITUDE = -57.379011"),
        ("EASTERNMOST_LONGITUDE        = 135.94950291208", "EASTERNMOST_LONGITUDE = 135.043763"),
    ):
        assert old in text
        text = text.replace(old, new)
    label, image = tmp_path / f"{name}.LBL", tmp_path / f"{name}.JP2"
    label.write_text(text)
    memory = gdal.GetDriverByName("MEM").Create("", 50, 40, 1, gdal.GDT_Byte)
    memory.GetRasterBand(1).Fill(77)
    assert gdal.GetDriverByName("JP2OpenJPEG").CreateCopy(str(image), memory) is not None
    product = open_ctx_map(label, image)
    assert (product.instrument, product.product_id, product.pixel_size) == ("CTX", name, 5.0)
    assert product.time.isoformat() == "2006-11-08T02:24:53+00:00" or product.time.microsecond == 980000
    assert product.scale == 2.7950282433289e-05 and product.nodata == 0
    dataset = gdal.Open(str(product.raster))
    assert dataset.GetGeoTransform()[3] == -677490 * 5.0 and dataset.GetGeoTransform()[0] == -3093 * 5.0
