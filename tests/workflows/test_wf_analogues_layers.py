"""MATCHES and DISTANCE reopened by QGIS itself: on their body, in rank order, with booleans as booleans."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("qgis.core")
pytestmark = pytest.mark.usefixtures("qgis_app")

from qgis.core import QgsRasterLayer, QgsVectorLayer  # noqa: E402

from marscd_plugin.analogue.matches import MatchRow, write_matches  # noqa: E402
from marscd_plugin.analogue.raster import write_surfaces  # noqa: E402
from marscd_plugin.common.progress import Quiet  # noqa: E402
from marscd_plugin.common.words import Chip, Grid, Match  # noqa: E402
from marscd_plugin.planet.crs import local_wkt, spatial_reference  # noqa: E402


def rows() -> list[MatchRow]:
    return [
        MatchRow(
            Match(Chip("s.tif", 900.0 - 300 * k, 50.0, 600.0, 67.0, 9.0, "Mars"), k, k + 1, 0.1 * k, "t", 1.0, k > 1)
        )
        for k in range(5)
    ]


@pytest.mark.parametrize("ending", [".fgb", ".gpkg"])
@pytest.mark.parametrize(
    ("crs", "body"), [(local_wkt(67.29, 9.12), "Mars"), ("IAU_2015:49910", "Mars"), ("EPSG:32646", "Earth")]
)
def test_matches_reopen_in_qgis(tmp_path, ending, crs, body):
    path = tmp_path / f"matches{ending}"
    write_matches(path, spatial_reference(crs).ExportToWkt(["FORMAT=WKT2_2019"]), rows())
    layer = QgsVectorLayer(str(path), "matches", "ogr")
    assert layer.isValid() and layer.crs().isValid()
    assert [f["rank"] for f in layer.getFeatures()] == [1, 2, 3, 4, 5]
    assert [f["weak"] for f in layer.getFeatures()] == [False, False, True, True, True]
    assert layer.fields().field("weak").typeName().lower().startswith("bool")
    first = next(iter(layer.getFeatures()))
    assert (first.geometry().asPoint().x(), first["verdict"] or None) == (900.0, None)
    assert ("Mars" in layer.crs().celestialBodyName() or "Mars" in layer.crs().toWkt()) == (body == "Mars")


def test_distance_reopens_in_qgis_with_its_bands(tmp_path):
    grid = Grid(spatial_reference(local_wkt(67.29, 9.12)).ExportToWkt(["FORMAT=WKT2_2019"]), 0.0, 900.0, 300.0, 4, 3)
    values = np.linspace(0, 1, 12, dtype=np.float32).reshape(3, 4)
    values[0, 0] = np.nan
    path = tmp_path / "distance.tif"
    write_surfaces(path, grid, {"distance": values, "percentile": values}, {}, Quiet())
    layer = QgsRasterLayer(str(path), "distance")
    assert layer.isValid() and layer.bandCount() == 2 and layer.crs().isValid()
    assert "distance" in layer.bandName(1) and layer.dataProvider().sourceNoDataValue(1) == -9999.0
