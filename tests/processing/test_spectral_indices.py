"""``spectralindices`` in QGIS: from a CRISM label to named bands, and what is refused."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProcessingException, QgsRasterLayer

_spec = importlib.util.spec_from_file_location("crism_files", Path(__file__).parents[1] / "products/crism_files.py")
crism_files = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(crism_files)


def test_from_a_label_to_a_layer(run, tmp_path):
    label = crism_files.write_cube(tmp_path, crism_files.scene())
    out, report = tmp_path / "out.tif", tmp_path / "report.json"
    results, log = run(
        "spectralindices", INPUT=str(label), INDICES=["BD2210_2", "SINDEX2"], OUTPUT=str(out), REPORT=str(report)
    )
    assert results["INDEX_COUNT"] == 2 and "BD2210_2" in log
    layer = QgsRasterLayer(str(out), "indices")
    assert layer.isValid() and layer.bandCount() == 2 and "BD2210_2" in layer.bandName(1)
    # QGIS may have its own default for the celestial body; what counts is that the layer lies on Mars.
    assert layer.crs().isValid() and "Mars" in layer.crs().toWkt()
    values = gdal.Open(str(out)).ReadAsArray()
    assert (values[0, :5, :5] == -9999).all() and 0.15 < values[0, 10, 30] < 0.2
    found = json.loads(report.read_text())["indices"]
    assert [one["name"] for one in found] == ["BD2210_2", "SINDEX2"] and found[0]["p99"] > 0.15


def test_defaults_and_static_strings(provider, run, tmp_path):
    definition = provider.algorithm("spectralindices").parameterDefinition("INDICES")
    assert definition.usesStaticStrings() and {"BD1900_2", "ISLOPE1", "SINDEX"} <= set(definition.options())
    label = crism_files.write_cube(tmp_path, crism_files.scene())
    results, _ = run("spectralindices", INPUT=str(label), OUTPUT=str(tmp_path / "out.tif"))
    assert results["INDEX_COUNT"] == 6


@pytest.mark.parametrize(
    ("cut", "indices", "words"), [(2100, ["SINDEX2"], "2120 nm"), (4000, ["BD9999"], "INDICES|no index|BD9999")]
)
def test_what_cannot_be_computed_is_said(run, tmp_path, cut, indices, words):
    nm = np.array([w for w in crism_files.NM if w < cut])
    label = crism_files.write_cube(tmp_path, np.full((len(nm), 8, 9), 0.3), nm=nm)
    with pytest.raises(QgsProcessingException, match=words):
        run("spectralindices", INPUT=str(label), INDICES=indices, OUTPUT=str(tmp_path / "out.tif"))
    assert not (tmp_path / "out.tif").exists()


def test_a_plain_raster_is_refused(run, tmp_path):
    path = tmp_path / "plain.tif"
    gdal.GetDriverByName("GTiff").Create(str(path), 4, 3, 4)
    with pytest.raises(QgsProcessingException, match="wavelengths"):
        run("spectralindices", INPUT=str(path), OUTPUT=str(tmp_path / "out.tif"))
