"""Areas round a pole, given in a polar CRS, hold the pole."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core", reason="needs QGIS's Python")


@pytest.mark.parametrize("north", [True, False])
@pytest.mark.parametrize("side", [1.234e5, 2e5, 3e5])
def test_a_square_round_the_pole(north, side):
    from marscd_plugin.planet import geometry
    from marscd_plugin.planet.crs import polar_wkt
    from marscd_plugin.processing.inputs import to_degrees

    square = [(-side, -side), (side, -side), (side, side), (-side, side), (-side, -side)]
    area = geometry.area_from_polygons([[to_degrees(square, polar_wkt(north))]])
    assert geometry.bounds(area)[3 if north else 1] == (90 if north else -90)
    assert geometry.area_m2(area) == pytest.approx(4 * side**2, rel=0.02)
