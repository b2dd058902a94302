"""Shapes on maps become areas, or words; no QGIS is needed here."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marscd_plugin.common.errors import InputError
from marscd_plugin.gui.draw.rectangle import rectangle
from marscd_plugin.gui.shapes import area_of_polygons, area_of_shape, first_crossing
from marscd_plugin.planet import geometry
from marscd_plugin.planet.bodies import MARS
from marscd_plugin.planet.crs import equirectangular_wkt, geographic_wkt, local_wkt, polar_wkt, transformer

GEO, EQC, NORTH, SOUTH = geographic_wkt(), equirectangular_wkt(0, 0), polar_wkt(True), polar_wkt(False)


def _km2(area):
    return geometry.area_m2(area) / 1e6


def _box_m2(west, south, east, north):
    return MARS.radius**2 * math.radians(east - west) * (math.sin(math.radians(north)) - math.sin(math.radians(south)))


def test_a_square_degree():
    area = area_of_shape([(10, 0), (11, 0), (11, 1), (10, 1)], GEO)
    assert geometry.area_m2(area) == pytest.approx(_box_m2(10, 0, 11, 1), rel=1e-9)


def test_across_180_on_a_map_in_degrees():
    area = area_of_shape(rectangle((178, -2), (183, 3)), GEO)
    assert len(area.polygons) == 2
    assert geometry.bounds(area) == pytest.approx((178, -2, -177, 3))
    assert geometry.area_m2(area) == pytest.approx(_box_m2(178, -2, 183, 3), rel=1e-9)
    same = area_of_shape(rectangle((-182, -2), (-177, 3)), GEO)
    assert geometry.bounds(same) == pytest.approx((178, -2, -177, 3)), "the canvas goes on to the left of -180 as well"


def test_across_180_on_an_equirectangular_map():
    edge = math.pi * MARS.radius
    degree = edge / 180
    area = area_of_shape(rectangle((edge - 2 * degree, -degree), (edge + 3 * degree, degree)), EQC)
    assert geometry.bounds(area) == pytest.approx((178, -1, -177, 1), abs=1e-6)


def test_round_the_pole():
    side = 300_000.0
    for wkt, sign in ((NORTH, 1), (SOUTH, -1)):
        area = area_of_shape(rectangle((-side, -side), (side, side)), wkt)
        assert geometry.bounds(area)[0::2] == (-180.0, 180.0)
        assert abs(geometry.centre(area)[1] - sign * 90) < 0.01
        # The plane square's area over the scale squared, which is about 1 there.
        assert _km2(area) == pytest.approx(4 * (side / 1000) ** 2, rel=0.02)


def test_beside_the_pole_edges_are_straight_on_the_map():
    area = area_of_shape([(100_000, -200_000), (300_000, -200_000), (300_000, 200_000), (100_000, 200_000)], NORTH)
    # The middle of the inner edge is nearer to the pole than its ends.
    reach = max(lat for rings in area.polygons for lon, lat in rings[0])
    assert reach == pytest.approx(90 - math.degrees(2 * math.atan(100_000 / (2 * MARS.radius))), abs=1e-3)


def test_a_pole_as_a_corner():
    area = area_of_shape([(0, 0), (200_000, -200_000), (200_000, 200_000)], NORTH)
    assert _km2(area) == pytest.approx(40_000, rel=0.02)
    assert geometry.bounds(area)[3] == pytest.approx(90)


@pytest.mark.parametrize(
    "points, wkt, what",
    [
        ([], GEO, "three corners"),
        ([(1, 1), (1, 1), (2, 2), (1, 1)], GEO, "three corners"),
        ([(0, 0), (1, 1), (2, 2)], GEO, "one line"),
        ([(0, 0), (0, 5), (0, 5), (0, 2)], GEO, "one line"),
        ([(0, 0), (1, 1), (1, 0), (0, 1)], GEO, "sides cross"),
        ([(0, 0), (4, 0), (2, 0), (2, 2)], GEO, "sides cross"),
        ([(-100, -10), (100, -10), (100, 10), (-100, 10)], GEO, "200 degrees"),
        ([(0, 80), (5, 80), (5, 95)], GEO, "outside the globe"),
        ([(900, 0), (905, 0), (905, 5)], GEO, "outside the globe"),
        ([(0, 0), (1e5, 0), (1e5, 9e6)], EQC, "outside the globe"),
        ([(0, 0), (1e5, 0), (1e5, math.inf)], GEO, "outside the globe"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_area_is_explained(points, wkt, what):
    with pytest.raises(InputError) as failure:
        area_of_shape(points, wkt)
    assert what in failure.value.what
    assert failure.value.remedy


def test_holes_stay_holes():
    outer, hole = rectangle((10, 0), (14, 4)), rectangle((11, 1), (12, 2))
    area = area_of_polygons([[outer, hole]], GEO)
    assert geometry.area_m2(area) == pytest.approx(_box_m2(10, 0, 14, 4) - _box_m2(11, 1, 12, 2), rel=1e-9)


def test_a_layer_in_degrees_may_cross_the_seam():
    area = area_of_polygons([[[(179, 0), (-179, 0), (-179, 1), (179, 1)]]], GEO)
    assert geometry.bounds(area) == pytest.approx((179, 0, -179, 1))


def test_crossings_are_those_of_every_pair():
    """Against the plain definition, on random rings."""
    shapely = pytest.importorskip("shapely")
    generator = np.random.default_rng(5)
    for _ in range(300):
        ring = generator.uniform(0, 1, (int(generator.integers(4, 8)), 2))
        assert (first_crossing(ring.tolist()) is None) == shapely.LinearRing(ring).is_simple


@settings(max_examples=60, deadline=None)
@given(
    lon=st.floats(-180, 180),
    lat=st.floats(-84, 84),
    size=st.floats(2e3, 2e5),
    turn=st.floats(0, 6.28),
    n=st.integers(3, 9),
)
def test_the_same_shape_on_any_map_is_the_same_area(lon, lat, size, turn, n):
    """A small convex shape drawn on its own map and, point for point, in degrees."""
    wkt = local_wkt(lon, lat)
    x0, y0 = (float(v) for v in transformer(GEO, wkt).points(lon, lat))
    corners = [
        (x0 + size * math.cos(turn + 6.2832 * i / n), y0 + size * math.sin(turn + 6.2832 * i / n)) for i in range(n)
    ]
    area = area_of_shape(corners, wkt)
    plane = n / 2 * size**2 * math.sin(2 * math.pi / n)
    assert geometry.area_m2(area) == pytest.approx(plane, rel=0.25)
    middle = geometry.centre(area)
    assert abs((middle[0] - lon + 180) % 360 - 180) * math.cos(math.radians(lat)) < 1.0
    assert abs(middle[1] - lat) < 1.0
    back = geometry.project(area, wkt)
    assert back.area == pytest.approx(plane, rel=1e-3)
