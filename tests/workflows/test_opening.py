"""The reader is chosen by what lies in the folder."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from marscd_plugin.common.errors import InputError, ProductError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.planet.geometry import area_from_wkt
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
