"""The tiny models of tests/inference, and small Mars rasters with known changes."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from marscd_plugin.planet.crs import local_wkt

_SPEC = importlib.util.spec_from_file_location(
    "tiny_models", Path(__file__).parent.parent / "inference" / "conftest.py"
)
assert _SPEC is not None and _SPEC.loader is not None
_tiny = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_tiny)
build_model, tiny_model, deep_model = _tiny.build_model, _tiny.tiny_model, _tiny.deep_model

#: Palikir crater, where the plugin's story begins.
PALIKIR = local_wkt(-157.83, -41.58)
#: Upper-left corner (metres on that map) of a small image there.
CORNER = (-50.0, -41.58 * np.pi / 180 * 3396190.0 + 40.0)


class Rasters:
    """Writes small GeoTIFFs into a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(
        self,
        name: str,
        array: np.ndarray,
        *,
        crs: str = PALIKIR,
        corner: tuple[float, float] = CORNER,
        pixel: float = 0.25,
        nodata: float | None = None,
        scale: float | None = None,
        offset: float | None = None,
    ) -> str:
        """One or several bands of any type, tiled; returns the path."""
        kinds = {
            "uint8": gdal.GDT_Byte,
            "uint16": gdal.GDT_UInt16,
            "float32": gdal.GDT_Float32,
            "int16": gdal.GDT_Int16,
        }
        bands = array if array.ndim == 3 else array[None]
        path = self.folder / name
        dataset = gdal.GetDriverByName("GTiff").Create(
            str(path), bands.shape[2], bands.shape[1], bands.shape[0], kinds[str(array.dtype)]
        )
        if crs:
            dataset.SetProjection(crs)
            dataset.SetGeoTransform((corner[0], pixel, 0, corner[1], 0, -pixel))
        for number, values in enumerate(bands, start=1):
            band = dataset.GetRasterBand(number)
            band.WriteArray(values)
            if nodata is not None:
                band.SetNoDataValue(nodata)
            if scale is not None:
                band.SetScale(scale)
            if offset is not None:
                band.SetOffset(offset)
        dataset.FlushCache()
        return str(path)


@pytest.fixture
def rasters(tmp_path: Path) -> Rasters:
    """A writer of rasters into the test's own folder."""
    return Rasters(tmp_path)


@pytest.fixture
def terrain() -> np.ndarray:
    """300 x 400 smooth ground with noise, float32, around 0.15 I/F, spread 0.01."""
    rng = np.random.default_rng(7)
    y, x = np.mgrid[0:300, 0:400]
    ground = 0.15 + 0.008 * np.sin(x / 31.0) * np.cos(y / 23.0)
    return (ground + rng.normal(0, 0.001, ground.shape)).astype(np.float32)


_SERIES = importlib.util.spec_from_file_location("simulated_series", Path(__file__).parent / "simulated_series.py")
assert _SERIES is not None and _SERIES.loader is not None
simulated_series = importlib.util.module_from_spec(_SERIES)
sys.modules["simulated_series"] = simulated_series
_SERIES.loader.exec_module(simulated_series)


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory):
    """A simulated series of eight dates; read only."""
    return simulated_series.make_series(tmp_path_factory.mktemp("series"))


@pytest.fixture
def spoil(sound, tmp_path: Path):
    """``spoil({date: function})``: that series with some of its images changed after they were taken."""
    folder = tmp_path / "spoilt"
    folder.mkdir()
    return lambda changes: simulated_series.spoilt(sound, folder, changes)


@pytest.fixture(scope="session")
def line_models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The model of ``simulated_series`` whole, and with its two halves and two kinds."""
    pytest.importorskip("onnx")
    folder = tmp_path_factory.mktemp("line")
    return {
        "whole": simulated_series.make_line_model(folder / "line.onnx"),
        "split": simulated_series.make_line_model(folder / "halves.onnx", split=True, kinds=("rsl", "frost")),
    }
