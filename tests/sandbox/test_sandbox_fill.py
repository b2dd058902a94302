"""Filling an archive with simulated series."""

from __future__ import annotations

import json

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.common.errors import InputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.planet.crs import body_of
from marscd_plugin.sandbox.__main__ import main
from marscd_plugin.sandbox.fill import fill, truth_pairs
from marscd_plugin.simulation.scene import Scene, palikir

SIZE = 96


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    root = tmp_path_factory.mktemp("filled")
    return root, fill(root, None, "palikir", None, Quiet(), SIZE)


def test_products_and_truth_are_there(filled):
    root, report = filled
    spec, epochs = palikir(size=SIZE)
    assert report["made"] and report["seed"] == spec.seed and report["simulated"]
    assert {p.stem for p in (root / "ode").iterdir()} == set(report["products"])
    assert len(report["products"]) == 2 * len(epochs)
    assert len(report["truth"]) == len(truth_pairs(epochs)) == len(epochs) * (len(epochs) - 1) // 2
    assert (root / "pds/INDEX/RDRCUMINDEX.TAB").stat().st_size == 821 * len(report["products"])
    for product in report["products"]:
        record = json.loads((root / f"ode/{product}.json").read_text())
        assert record["Comment"].startswith("SIMULATED")
    assert "SIMULATED" in (root / "truth/README").read_text()


def test_images_and_truth_are_the_scene_s(filled):
    root, _ = filled
    spec, epochs = palikir(size=SIZE)
    scene = Scene(spec)
    dn, _, _ = scene.dn(epochs[2])
    name = epochs[2].product_id
    folder = next((root / "pds/RDR").rglob(f"{name}.JP2"))
    image = gdal.Open(str(folder))
    assert np.array_equal(image.ReadAsArray(), dn)
    truth = gdal.Open(str(root / "truth" / f"{epochs[0].product_id}__{name}.tif"))
    assert np.array_equal(truth.ReadAsArray(), scene.truth(epochs[0], epochs[2]))
    assert truth.GetRasterBand(1).GetNoDataValue() == 255
    assert body_of(truth.GetProjection()) == "Mars"
    # The truth lies on the label's own grid.
    assert truth.GetGeoTransform() == pytest.approx(image.GetGeoTransform(), abs=1e-6)
    assert truth.GetSpatialRef().GetSemiMajor() == pytest.approx(image.GetSpatialRef().GetSemiMajor(), abs=1e-3)


def test_colour_is_the_middle_of_red(filled):
    root, _ = filled
    red = gdal.Open(str(next((root / "pds/RDR").rglob("ESP_022689_1380_RED.JP2"))))
    colour = gdal.Open(str(next((root / "pds/RDR").rglob("ESP_022689_1380_COLOR.JP2"))))
    assert colour.RasterCount == 3 and colour.RasterYSize == red.RasterYSize
    first = round((colour.GetGeoTransform()[0] - red.GetGeoTransform()[0]) / red.GetGeoTransform()[1])
    middle = red.ReadAsArray()[:, first : first + colour.RasterXSize]
    assert np.array_equal(colour.ReadAsArray()[1], middle)


def test_a_second_fill_does_nothing(filled, capsys):
    root, _ = filled
    before = {p: p.stat().st_mtime_ns for p in root.rglob("*") if p.is_file()}
    assert main(["fill", "--root", str(root), "--preset", "palikir", "--size", str(SIZE)]) == 0
    assert json.loads(capsys.readouterr().out)["made"] is False
    assert {p: p.stat().st_mtime_ns for p in root.rglob("*") if p.is_file()} == before


def test_a_missing_product_or_another_seed_is_made_anew(filled):
    root, _ = filled
    next((root / "pds/RDR").rglob("ESP_022689_1380_RED.LBL")).unlink()
    assert fill(root, None, "palikir", None, Quiet(), SIZE)["made"]
    assert len(list((root / "pds/RDR").rglob("ESP_022689_1380_RED.LBL"))) == 1


def test_what_cannot_be_filled(tmp_path, capsys):
    assert main(["fill", "--root", str(tmp_path), "--preset", "olympus"]) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and "palikir" in err
    with pytest.raises(InputError, match="backdrop"):
        fill(tmp_path, 1, "palikir", tmp_path / "none", Quiet(), SIZE)
