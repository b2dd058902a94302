"""CRISM map products: opened from label, header and cube; refused when they disagree; indices written as rasters."""

from __future__ import annotations

import json

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.common.errors import CancelledError, InputError, ProductError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.planet.crs import body_of
from marscd_plugin.products.check import check_file
from marscd_plugin.products.crism import open_crism
from marscd_plugin.products.envi import read_envi
from marscd_plugin.products.index_raster import write_indices
from marscd_plugin.products.wavelengths import in_nanometres, read_wavelengths

from .crism_files import NM, scene, write_cube


@pytest.mark.parametrize("upper", [False, True])
@pytest.mark.parametrize("ending", [".lbl", ".hdr", ".img"])
def test_any_of_the_three_files_opens_it(tmp_path, upper, ending):
    label = write_cube(tmp_path, scene(), upper=upper)
    product = open_crism(label.with_suffix(ending.upper() if upper else ending))
    dataset = gdal.Open(str(product.raster))
    assert (product.instrument, product.product_id) == ("CRISM", "FRT0000938E_07_IF163J_MTR3")
    assert (product.nodata, product.pixel_size, product.mars_year) == (65535.0, 18.0, 29)
    assert dataset.RasterCount == len(NM) and body_of(dataset.GetProjection()) == "Mars"
    assert dataset.GetGeoTransform()[:2] == (-341000 * 18.0, 18.0) and dataset.GetGeoTransform()[3] == 52000 * 18.0
    assert np.allclose(dataset.ReadAsArray(), scene().astype("f4"))
    nm = read_wavelengths(dataset).nm
    assert nm == pytest.approx(tuple(NM), abs=1e-3)
    assert abs(nm[product.band - 1] - 1330) < 3.3


def test_bad_bands_are_kept_in_mind(tmp_path):
    bbl = [0 if abs(w - 2210) < 3.2 else 1 for w in NM]
    product = open_crism(write_cube(tmp_path, scene(), bbl=bbl))
    found = read_wavelengths(gdal.Open(str(product.raster)))
    assert [int(g) for g in found.good] == bbl and sum(np.isnan(found.usable)) == bbl.count(0) == 1


def test_a_cube_of_summary_parameters_has_names_and_no_wavelengths(tmp_path):
    label = write_cube(tmp_path, np.zeros((2, 6, 7)), nm=[1.0, 2.0])
    header = label.with_suffix(".hdr")
    text = header.read_text()
    start, end = text.index("wavelength = {"), text.index("bbl")
    header.write_text(text[:start] + "band names = {BD1900_2, D2300}\n" + text[end:])
    product = open_crism(label)
    dataset = gdal.Open(str(product.raster))
    assert [dataset.GetRasterBand(n).GetDescription() for n in (1, 2)] == ["BD1900_2", "D2300"]
    assert product.band == 1
    with pytest.raises(InputError, match="wavelengths"):
        write_indices(label, ["BD1900_2"], tmp_path / "out.tif", Quiet())


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"product": "FRT0000938E_07_IF164J_MTR3"}, "is the label of"),
        ({"image": "../../etc/passwd"}, "points at"),
        ({"samples": 41}, "cut short|do not belong"),
        ({"left": -6137000.0}, "pixels apart"),
        ({"l0": 62000.5}, "contradicts itself"),
        ({"radius": 3376.5}, "contradicts itself|absurd"),
        ({"bbl": "1,1,0"}, "bbl"),
        ({"wavelengths": "1.0, 2.0"}, "wavelength"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path, changed, words):
    label = write_cube(tmp_path, scene(), **changed)
    with pytest.raises(ProductError, match=words) as caught:
        open_crism(label)
    assert caught.value.remedy and not label.with_suffix(".vrt").exists()


def test_a_cut_cube_and_a_missing_header(tmp_path):
    label = write_cube(tmp_path, scene())
    image = label.with_suffix(".img")
    image.write_bytes(image.read_bytes()[:-100])
    with pytest.raises(ProductError, match="cut short"):
        open_crism(label)
    with pytest.raises(ProductError, match="cut short"):
        check_file(image, "image")
    label.with_suffix(".hdr").unlink()
    with pytest.raises(ProductError, match="hdr is not in"):
        open_crism(label)


def test_another_raster_dressed_as_the_cube(tmp_path):
    label = write_cube(tmp_path, scene())
    image = label.with_suffix(".img")
    data = b"<VRTDataset rasterXSize='40' rasterYSize='30'></VRTDataset>"
    image.write_bytes(data + b" " * (image.stat().st_size - len(data)))
    with pytest.raises(ProductError, match="GDAL VRT"):
        open_crism(label)
    with pytest.raises(ProductError, match="GDAL VRT"):
        check_file(image, "image")


def test_sound_files_pass_the_check(tmp_path):
    label = write_cube(tmp_path, scene())
    check_file(label, "label")
    check_file(label.with_suffix(".img"), "image")
    check_file(label.with_suffix(".hdr"), "label")
    check_file(label.with_suffix(".hdr"), "other")
    label.with_suffix(".hdr").write_text("ENVI\nwavelength = { 1, 2")
    with pytest.raises(ProductError, match="not closed"):
        check_file(label.with_suffix(".hdr"), "label")


def test_a_hostile_header_is_read_in_bounds(tmp_path):
    path = tmp_path / "a.hdr"
    path.write_bytes(b"ENVI\n" + b"a" * (5 << 20))
    with pytest.raises(ProductError, match="larger"):
        read_envi(path)
    path.write_bytes(b"ENVI\n" + b"a = {" * 5000 + b"}" * 5000)
    assert isinstance(read_envi(path), dict)
    path.write_bytes(b"<html>no</html>")
    with pytest.raises(ProductError, match="does not begin with ENVI"):
        read_envi(path)


def test_indices_as_a_raster(tmp_path):
    label = write_cube(tmp_path, scene())
    out = tmp_path / "indices.tif"
    found = write_indices(label, ["BD2210_2", "sindex2", "BD1900_2", "BD2210_2"], out, Quiet())
    dataset = gdal.Open(str(out))
    source = gdal.Open(str(label.with_suffix(".vrt")))
    assert dataset.RasterCount == 3 and dataset.GetGeoTransform() == source.GetGeoTransform()
    assert dataset.GetSpatialRef().IsSame(source.GetSpatialRef())
    band = dataset.GetRasterBand(1)
    assert band.GetDescription().startswith("BD2210_2") and band.GetNoDataValue() == -9999
    values = band.ReadAsArray()
    assert (values[:5, :5] == -9999).all()
    assert abs(values[10, 5]) < 1e-6 and 0.15 < values[10, 30] < 0.2
    assert found[0].valid == 30 * 40 - 25 and found[0].p99 == pytest.approx(values.max(), abs=1e-6)
    assert json.loads(dataset.GetMetadataItem("MARSCD_PROVENANCE"))["parameters"]["indices"][0] == "BD2210_2"


def test_any_cube_with_wavelengths_will_do(tmp_path):
    path = tmp_path / "cube.tif"
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 4, 3, 4, gdal.GDT_Float32)
    for n, (w, v) in enumerate(((1.85, 0.4), (1.93, 0.3), (1.985, 0.36), (2.067, 0.4)), 1):
        dataset.GetRasterBand(n).SetDescription(f"reflectance at {w} micrometers")
        dataset.GetRasterBand(n).Fill(v)
    dataset = None
    out = tmp_path / "out.tif"
    assert write_indices(path, ["BD1900_2"], out, Quiet())[0].mean == pytest.approx(0.175, abs=1e-6)
    with pytest.raises(InputError, match="D2300 cannot be computed"):
        write_indices(path, ["D2300"], tmp_path / "no.tif", Quiet())
    assert not (tmp_path / "no.tif").exists()


def test_a_raster_without_wavelengths_is_refused(tmp_path):
    path = tmp_path / "plain.tif"
    gdal.GetDriverByName("GTiff").Create(str(path), 4, 3, 4)
    with pytest.raises(InputError, match="wavelengths"):
        write_indices(path, ["BD1900_2"], tmp_path / "out.tif", Quiet())
    with pytest.raises(InputError, match="No index"):
        write_indices(path, [], tmp_path / "out.tif", Quiet())


def test_cancel_leaves_nothing(tmp_path):
    label = write_cube(tmp_path, scene())
    quiet = Quiet()
    quiet.cancel()
    with pytest.raises(CancelledError):
        write_indices(label, ["BD1900_2"], tmp_path / "out.tif", quiet)
    assert not list(tmp_path.glob("*.tif"))


def test_units():
    assert in_nanometres([1.93], "Micrometers") == [1930] == in_nanometres([1.93], "")
    assert in_nanometres([1930.0], "Nanometers") == [1930.0] == in_nanometres([1930.0], "unknown")
