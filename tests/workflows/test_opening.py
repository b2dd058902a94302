"""The reader is chosen by what lies in the folder."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.common.errors import InputError, ProductError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.planet.crs import equirectangular_wkt
from marscd_plugin.planet.geometry import area_from_polygons, area_from_wkt
from marscd_plugin.products.user import open_user_raster
from marscd_plugin.workflows.georeference import _key as key_of_map
from marscd_plugin.workflows.georeference import mapped_before
from marscd_plugin.workflows.opening import find_corners, find_products, named, open_found
from marscd_plugin.workflows.series import open_fetched

PRODUCTS = Path(__file__).parents[1] / "products"


def helper(name):
    spec = importlib.util.spec_from_file_location(f"{name}_for_opening", PRODUCTS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ctx, crism = helper("ctx_files"), helper("crism_files")


def test_each_kind_finds_its_reader(tmp_path):
    ctx.write_stream(tmp_path, np.full((50, 40), 9, "uint8"))
    crism.write_cube(tmp_path, crism.scene())
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / ".hidden.lbl").write_text("x")
    kinds = {f.stem: f.kind for f in find_products(tmp_path)}
    assert kinds == {ctx.PRODUCT: "CTX-STREAM", "frt0000938e_07_if163j_mtr3": "CRISM"}
    opened = [open_found(f, Quiet()) for f in find_products(tmp_path)]
    assert {p.instrument for p in opened} == {"CTX", "CRISM"}
    products = open_fetched(tmp_path, [ctx.PRODUCT], Quiet())
    assert [p.product_id for p in products] == [ctx.PRODUCT]


def test_a_map_comes_before_the_raw_image(tmp_path):
    ctx.write_stream(tmp_path, np.full((50, 40), 9, "uint8"))
    ctx.write_edr(tmp_path, np.full((50, 40), 900.0))
    assert {f.kind for f in find_products(tmp_path)} == {"CTX-STREAM", "CTX-EDR"}
    assert named(tmp_path, ctx.PRODUCT).kind == "CTX-STREAM"
    # A series of all that is there takes each product once.
    assert len(open_fetched(tmp_path, [], Quiet())) == 1


def test_the_footprint_gives_corners(tmp_path):
    ctx.write_edr(tmp_path, np.full((50, 40), 900.0))
    area = area_from_wkt("POLYGON ((0.18 0.4052, 0.27 -0.3064, -0.18 -0.3657, -0.26 0.3558, 0.18 0.4052))")
    found = find_corners(named(tmp_path, ctx.PRODUCT), area)
    assert found.upper_left == pytest.approx((-0.18, -0.3657))
    two = area_from_wkt("MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))")
    with pytest.raises(InputError, match="several parts"):
        find_corners(named(tmp_path, ctx.PRODUCT), two)


@pytest.mark.parametrize("text", ["[", "[]", '{"UPPER_LEFT": [1, 2]}', "[" * 5000])
def test_a_corners_file_that_is_none(tmp_path, text):
    ctx.write_edr(tmp_path, np.full((50, 40), 900.0))
    (tmp_path / f"{ctx.PRODUCT}.corners.json").write_text(text)
    with pytest.raises(ProductError):
        find_corners(named(tmp_path, ctx.PRODUCT))


def test_what_is_missing_is_named(tmp_path):
    with pytest.raises(InputError, match="is not there"):
        find_products(tmp_path / "no")
    with pytest.raises(InputError, match="is not in"):
        named(tmp_path, ctx.PRODUCT)
    ctx.write_stream(tmp_path, np.full((50, 40), 9, "uint8"))
    (tmp_path / f"{ctx.PRODUCT}.tiff").unlink()
    with pytest.raises(InputError, match="image of"):
        open_found(named(tmp_path, ctx.PRODUCT), Quiet())


def test_labels_of_other_things_are_no_products(tmp_path):
    (tmp_path / "frt0000938e_07_wv163j_mtr3.lbl").write_text("PDS_VERSION_ID = PDS3\nEND\n")
    (tmp_path / "ESP_013951_1955_RED.LBL").write_text("PDS_VERSION_ID = PDS3\nEND\n")
    assert [(f.stem, f.image) for f in find_products(tmp_path)] == [("ESP_013951_1955_RED", None)]
    with pytest.raises(InputError, match="The image of ESP_013951_1955_RED is not in"):
        open_fetched(tmp_path, [], Quiet())


#: Of 40 x 50 pixels of 6 and 7 m, so that the corners are believed.
SMALL = [(0.18, 0.4052), (0.27, -0.3064), (-0.18, -0.3657), (-0.26, 0.3558), (0.18, 0.4052)]


def small_footprint():
    return area_from_polygons([[[(x / 111, y / 130) for x, y in SMALL]]])


def test_a_raw_image_in_a_series_folder_gets_its_footprint_and_the_base(tmp_path, monkeypatch):
    """OBSERVATIONS' footprints place it, BASE refines it, and both are handed on by the series' own opening."""
    ctx.write_edr(tmp_path, np.full((50, 40), 900.0))
    area = small_footprint()
    with pytest.raises(InputError, match="Nothing says where the corners"):
        open_fetched(tmp_path, [], Quiet())
    (rough,) = open_fetched(tmp_path, [], Quiet(), {ctx.PRODUCT.lower(): area})
    assert rough.raster.name.endswith(".edr.tif") and rough.pixel_size is not None
    laid = []

    def instead(product, base, output, progress):
        laid.append((product.product_id, base))
        return SimpleNamespace(product=product)

    monkeypatch.setattr("marscd_plugin.workflows.opening.georeference", instead)
    monkeypatch.setattr("marscd_plugin.workflows.opening.mapped_before", lambda *_: None)
    open_fetched(tmp_path, [], Quiet(), {ctx.PRODUCT: area}, "/maps/base.tif")
    assert laid == [(ctx.PRODUCT, "/maps/base.tif")]


def test_what_was_laid_on_a_base_is_not_laid_again(tmp_path):
    ctx.write_edr(tmp_path, np.full((50, 40), 900.0))
    area = small_footprint()
    (rough,) = open_fetched(tmp_path, [], Quiet(), {ctx.PRODUCT: area})
    base, output = tmp_path / "base.tif", tmp_path / f"{ctx.PRODUCT}.map.tif"
    for path in (base, output):
        dataset = gdal.GetDriverByName("GTiff").Create(str(path), 60, 60, 1, gdal.GDT_Float32)
        dataset.SetProjection(equirectangular_wkt(0, 0))
        dataset.SetGeoTransform((0.0, 20.0, 0, 0.0, 0, -20.0))
        dataset = None
    product = open_user_raster(base)
    assert mapped_before(rough, base, output) is None, "a map of unknown making"
    dataset = gdal.Open(str(output), gdal.GA_Update)
    dataset.SetMetadataItem("MARSCD_KEY", key_of_map(rough, product))
    dataset = None
    found = mapped_before(rough, base, output)
    assert found.raster == output and found.pixel_size == 20.0 and found.time == rough.time
    os.utime(base, (1, 1))
    assert mapped_before(rough, base, output) is None, "another base map"
    assert mapped_before(rough, base, tmp_path / "none.tif") is None
