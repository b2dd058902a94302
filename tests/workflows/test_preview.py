"""The overview of an image lies where the image lies, and costs a part of its bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.common.errors import InputError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.settings import Settings
from marscd_plugin.common.words import Area, Observation, RemoteFile
from marscd_plugin.products.hirise import open_hirise
from marscd_plugin.sandbox.publish import placement, publish_raster, wish
from marscd_plugin.sandbox.server import SandboxServer
from marscd_plugin.workflows.preview import bring_preview

PRODUCT = "ESP_011100_1750_RED"
FOLDER = "/PDS/RDR/ESP/ORB_011100_011199/ESP_011100_1750"
RING = ((9.9, -5.1), (10.1, -5.1), (10.1, -4.9), (9.9, -5.1))


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    root = tmp_path_factory.mktemp("archive")
    path = root / "ground.tif"
    rows, columns = np.mgrid[:900, :900]
    ground = 120 + 60 * np.sin(columns / 90.0) + 30 * np.cos(rows / 140.0)
    noise = np.random.default_rng(5).normal(0, 5, ground.shape)
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 900, 900, 1, gdal.GDT_Byte)
    dataset.GetRasterBand(1).WriteArray((ground + noise).clip(1, 255).astype(np.uint8))
    dataset = None
    wanted = wish(PRODUCT, datetime(2009, 1, 1, tzinfo=timezone.utc))
    publish_raster(root, path, wanted, placement(10.0, -5.0, 0.5), None, Quiet())
    return root


@pytest.fixture
def served(archive, tmp_path):
    with SandboxServer(archive) as server:
        settings = Settings(hirise_url=server.url, allow_loopback=True, cache_dir=str(tmp_path / "cache"))
        files = tuple(
            RemoteFile(f"{server.url}{FOLDER}/{PRODUCT}{e}", PRODUCT + e, role)
            for e, role in ((".LBL", "label"), (".JP2", "image"))
        )
        day = datetime(2009, 1, 1, tzinfo=timezone.utc)
        yield Observation(PRODUCT, PRODUCT[:15], "HIRISE", day, 29, 10.0, Area(((RING,),)), files), settings


def test_the_overview_lies_where_the_image_does(served, archive, tmp_path):
    observation, settings = served
    vrt = bring_preview(observation, tmp_path / "previews", settings, Quiet(), side=300)
    small = gdal.Open(str(vrt))
    whole = next(archive.rglob(f"{PRODUCT}.JP2"))
    product = gdal.Open(str(open_hirise(next(archive.rglob(f"{PRODUCT}.LBL")), whole).raster))
    factor = round(product.RasterXSize / small.RasterXSize)
    assert factor in (4, 8) and max(small.RasterXSize, small.RasterYSize) <= 300
    assert small.GetGeoTransform()[0] == product.GetGeoTransform()[0]
    assert small.GetGeoTransform()[1] == factor * product.GetGeoTransform()[1]
    assert "Mars" in small.GetProjection()
    values = product.ReadAsArray().astype(float)
    rows, columns = small.RasterYSize, small.RasterXSize
    part = values[: (rows - 1) * factor, : (columns - 1) * factor]
    means = part.reshape(rows - 1, factor, columns - 1, factor).mean((1, 3))
    seen = small.ReadAsArray()[: rows - 1, : columns - 1].astype(float)
    inside = (slice(4, -4), slice(4, -4))
    assert np.corrcoef(means[inside].ravel(), seen[inside].ravel())[0, 1] > 0.98
    assert (tmp_path / "previews" / f"{PRODUCT}.overview.JP2").stat().st_size < 0.3 * whole.stat().st_size
    assert bring_preview(observation, tmp_path / "previews", settings, Quiet()) == vrt, "kept"


def test_an_image_without_one_says_so(served, tmp_path):
    observation, settings = served
    with pytest.raises(InputError, match="no overview"):
        bring_preview(replace(observation, instrument="CTX"), tmp_path, settings, Quiet())
