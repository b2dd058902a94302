"""buildseries: rasters of one's own join fetched products; OBSERVATIONS still chooses among the fetched."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from osgeo import gdal
from qgis.core import QgsProcessingException

from marscd_plugin.series.build import open_series


def products(archive) -> list[Path]:
    """The labels of the archive's RED products."""
    return sorted((archive / "pds").rglob("*_RED.LBL"))


@pytest.fixture
def fetched(archive, tmp_path) -> Path:
    """Two RED products with their labels, as fetchobservations leaves them."""
    folder = tmp_path / "products"
    folder.mkdir()
    for label in products(archive)[:2]:
        shutil.copy(label, folder)
        shutil.copy(label.with_suffix(".JP2"), folder)
    return folder


@pytest.fixture
def own(archive, tmp_path) -> Path:
    """A third product as a plain GeoTIFF of somebody's, without a date."""
    path = tmp_path / "mine.tif"
    gdal.Translate(str(path), str(products(archive)[2].with_suffix(".JP2")), format="GTiff")
    return path


def test_own_rasters_join_the_fetched_and_one_can_be_the_reference(run, fetched, own, tmp_path):
    parameters = {"FOLDER": str(fetched), "IMAGES": [str(own)], "TIMES": "2011-06-01T10:00:00", "REFERENCE": str(own)}
    results, _ = run("buildseries", **parameters, SERIES=str(tmp_path / "s"))
    series = open_series(tmp_path / "s")
    assert results["EPOCHS"] == 3 and series.reference == "mine"
    assert series.epoch("mine").time.isoformat() == "2011-06-01T10:00:00+00:00"


def test_nothing_to_build_of_is_refused(run, tmp_path):
    with pytest.raises(QgsProcessingException, match="Neither FOLDER nor IMAGES"):
        run("buildseries", SERIES=str(tmp_path / "s"))
