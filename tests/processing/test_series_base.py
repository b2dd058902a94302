"""buildseries with a base map, a terrain model and shadows to drop: the parameters reach the series."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProcessingException, QgsVectorLayer

from marscd_plugin.planet.crs import equirectangular_wkt


def write(path: Path, array: np.ndarray, left: float, top: float, pixel: float) -> Path:
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), array.shape[1], array.shape[0], 1, gdal.GDT_Float32)
    dataset.SetProjection(equirectangular_wkt(0, 0))
    dataset.SetGeoTransform((left, pixel, 0, top, 0, -pixel))
    dataset.GetRasterBand(1).WriteArray(array.astype(np.float32))
    return path


@pytest.fixture
def rasters(tmp_path) -> dict[str, Path]:
    """Two images 24 m off, a base map of 2 m that is right, a level terrain model."""
    rng = np.random.default_rng(4)
    frequency = np.hypot(np.fft.fftfreq(512)[:, None], np.fft.rfftfreq(512)[None])
    frequency[0, 0] = 1
    ground = np.fft.irfft2(np.fft.rfft2(rng.standard_normal((512, 512))) * frequency**-1.5)
    ground = 0.2 * (1 + 0.1 * ground / ground.std())
    cut = ground[100:420, 100:420]
    return {
        "a": write(tmp_path / "a_20100501.tif", cut, 124.0, -100.0, 1.0),
        "b": write(tmp_path / "b_20120501.tif", cut + rng.normal(0, 0.001, cut.shape), 121.0, -102.0, 1.0),
        "base": write(tmp_path / "base.tif", ground.reshape(256, 2, 256, 2).mean(axis=(1, 3)), 0.0, 0.0, 2.0),
        "dtm": write(tmp_path / "dtm.tif", np.zeros((128, 128)), 0.0, 0.0, 4.0),
    }


def test_base_map_terrain_and_shadows(run, rasters, tmp_path):
    results, _ = run(
        "buildseries",
        IMAGES=[str(rasters["a"]), str(rasters["b"])],
        BASE=str(rasters["base"]),
        DTM=str(rasters["dtm"]),
        DROP_SHADOWS=True,
        REFERENCE=str(rasters["a"]),
        SERIES=str(tmp_path / "S"),
    )
    collection = json.loads((tmp_path / "S" / "collection.json").read_text())
    assert collection["marscd:base"]["name"] == "base"
    assert collection["marscd:base"]["moved_by"] == pytest.approx([-24, 0], abs=0.6)
    assert "emission angle is not known" in Path(results["REPORT"]).read_text()
    layer = QgsVectorLayer(str(tmp_path / "S" / "tie_points.fgb"), "ties")
    assert layer.isValid() and layer.featureCount() > 10 and "Mars" in layer.crs().toWkt()
    assert {f["product_id"] for f in layer.getFeatures()} == {"b_20120501"}


def test_a_base_map_elsewhere_is_refused(run, rasters, tmp_path):
    far = write(tmp_path / "far.tif", np.random.default_rng(1).random((300, 300)), 90000.0, 0.0, 2.0)
    with pytest.raises(QgsProcessingException, match="base map"):
        run(
            "buildseries",
            IMAGES=[str(rasters["a"]), str(rasters["b"])],
            BASE=str(far),
            SERIES=str(tmp_path / "S"),
        )
