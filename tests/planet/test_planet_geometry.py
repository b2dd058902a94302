"""Areas across 180 and at the poles; measures on the sphere."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from marscd_plugin.common.errors import InputError
from marscd_plugin.common.words import Area, Grid
from marscd_plugin.planet import crs
from marscd_plugin.planet import geometry as g
from marscd_plugin.planet import measure as m
from marscd_plugin.planet.sun import azimuth_on_map

R = 3396190.0
SPHERE = 4 * math.pi * R**2


@st.composite
def rings(draw, reach=20.0, lats=65.0):
    """A star-shaped ring of longitude and latitude around some place, anywhere in longitude."""
    lon, lat = draw(st.floats(-180, 330)), draw(st.floats(-lats, lats))
    sizes = draw(st.lists(st.floats(0.05, 1.0), min_size=4, max_size=12))
    size = draw(st.floats(0.01, reach))
    turn = np.linspace(0, 2 * math.pi, len(sizes), endpoint=False)
    return [(lon + size * s * math.cos(t), lat + size * s * math.sin(t)) for s, t in zip(sizes, turn, strict=True)]


def shifted(ring, degrees):
    return [(x + degrees, y) for x, y in ring]


def wrapped(ring):
    return [((x + 180) % 360 - 180, y) for x, y in ring]


# --- areas ---


def test_a_square_degree():
    assert g.area_m2(g.area_from_extent(0, 0, 1, 1)) == pytest.approx(3_513_311_391, abs=1)


@given(st.floats(-180, 179), st.floats(-90, 89), st.floats(0.001, 180), st.floats(0.001, 90))
def test_boxes_have_their_closed_form(west, south, width, height):
    north = min(south + height, 90.0)
    assume(north > south)
    area = g.area_from_extent(west, south, west + width, north)
    sines = math.sin(math.radians(north)) - math.sin(math.radians(south))
    assert g.area_m2(area) == pytest.approx(R**2 * math.radians(width) * sines, rel=1e-6, abs=10.0)


@given(rings())
def test_area_does_not_know_the_longitude_convention(ring):
    area = g.area_m2(g.area_from_polygons([[ring]]))
    lon, lat = np.transpose(ring)
    assert m.ring_area_m2(lon, lat) == pytest.approx(area, rel=1e-9)
    for other in (shifted(ring, 360), shifted(ring, -360), wrapped(ring), ring[::-1], [*ring, ring[0]]):
        assert g.area_m2(g.area_from_polygons([[other]])) == pytest.approx(area, rel=1e-9)


@given(rings(), st.floats(-179, 179))
def test_splitting_keeps_the_area(ring, degrees):
    # The same outline turned to any longitude is cut elsewhere, or not at all: its size stays.
    here = g.area_m2(g.area_from_polygons([[ring]]))
    assert g.area_m2(g.area_from_polygons([[shifted(ring, degrees)]])) == pytest.approx(here, rel=1e-7)


@given(rings())
def test_areas_keep_their_word(ring):
    area = g.area_from_polygons([[ring]])
    for polygon in area.polygons:
        for line in polygon:
            lon, lat = np.transpose(line)
            assert line[0] == line[-1]
            assert np.abs(lon).max() <= 180 and np.abs(lat).max() <= 90
    again = g.from_shapely(g.to_shapely(area))
    assert g.area_m2(again) == pytest.approx(g.area_m2(area), rel=1e-12)
    assert g.area_m2(g.area_from_wkt(g.to_shapely(area).wkt)) == pytest.approx(g.area_m2(area), rel=1e-12)


def test_holes_are_left_out_also_across_180():
    outer = [(170, -10), (-170, -10), (-170, 10), (170, 10)]
    hole = [(175, -5), (-175, -5), (-175, 5), (175, 5)]
    area = g.area_from_polygons([[outer, hole]])
    whole, inner = g.area_from_polygons([[outer]]), g.area_from_polygons([[hole]])
    assert g.area_m2(area) == pytest.approx(g.area_m2(whole) - g.area_m2(inner), rel=1e-12)
    assert g.coverage(inner, area) == 0.0
    assert len(area.polygons) == 2


def test_overlapping_polygons_count_once():
    a, b = [(0, 0), (2, 0), (2, 1), (0, 1)], [(1, 0), (3, 0), (3, 1), (1, 1)]
    assert g.area_m2(g.area_from_polygons([[a], [b]])) == pytest.approx(g.area_m2(g.area_from_extent(0, 0, 3, 1)))


def test_a_bow_tie_keeps_both_halves():
    tie = g.area_from_polygons([[[(0, -1), (2, 1), (2, -1), (0, 1)]]])
    assert len(tie.polygons) == 2


@pytest.mark.parametrize("pole", [1, -1])
@pytest.mark.parametrize("start", [0, 17, -180])
@pytest.mark.parametrize("turn", [1, -1])
def test_a_ring_round_a_pole_holds_it(pole, start, turn):
    ring = [(start + turn * step, pole * 80.0) for step in range(0, 360, 15)]
    expected = 2 * math.pi * R**2 * (1 - math.sin(math.radians(80)))
    for outline in (ring, wrapped(ring), [*ring, ring[0]]):
        area = g.area_from_polygons([[outline]])
        assert g.area_m2(area) == pytest.approx(expected, rel=1e-12)
        assert g.centre(area)[1] == pytest.approx(pole * 90.0, abs=1e-6)
        assert g.bounds(area) == pytest.approx(
            (-180.0, *sorted((pole * 80.0, pole * 90.0))[:1], 180.0, max(pole * 80, pole * 90))
        )
        lon, lat = np.transpose(outline)
        assert m.ring_area_m2(lon, lat) == pytest.approx(expected, rel=1e-12)


def test_a_ring_round_a_pole_with_the_pole_cut_out():
    outer = [(lon, -70.0) for lon in range(0, 360, 10)]
    inner = [(lon - 180, -80.0) for lon in range(0, 360, 10)]
    area = g.area_from_polygons([[outer, inner]])
    expected = 2 * math.pi * R**2 * (math.sin(math.radians(80)) - math.sin(math.radians(70)))
    assert g.area_m2(area) == pytest.approx(expected, rel=1e-12)


def test_a_cap_drawn_as_a_box():
    cap = g.area_from_polygons([[[(-180, 60), (180, 60), (180, 90), (-180, 90)]]])
    assert g.area_m2(cap) == pytest.approx(2 * math.pi * R**2 * (1 - math.sin(math.radians(60))), rel=1e-12)
    other = g.area_from_polygons([[[(0, 60), (360, 60), (360, 90), (0, 90)]]])
    assert g.area_m2(other) == pytest.approx(g.area_m2(cap), rel=1e-12)


@given(st.floats(-180, 360), st.floats(-90, 90), st.floats(100, 2e6))
def test_circles(lon, lat, radius):
    area = g.area_from_circle(lon, lat, radius)
    assert g.area_m2(area) == pytest.approx(2 * math.pi * R**2 * (1 - math.cos(radius / R)), rel=3e-3)
    centre = g.centre(area)
    assert m.line_length_m([lon, centre[0]], [lat, centre[1]]) < 0.02 * radius + 1


# --- what is refused ---


@pytest.mark.parametrize(
    ("extent", "word"),
    [
        ((-170, -10, 170, 10), "170,190"),
        ((-180, -90, 180, 90), "170,190"),
        ((10, 0, 10, 5), ""),
        ((10, 5, 20, 5), ""),
        ((10, 5, 20, 0), ""),
        ((0, -95, 10, 0), "degrees"),
        ((-9353547, -2465827, -9343547, -2455827), "CRS"),
        ((float("nan"), 0, 1, 1), ""),
        ((0, 0, float("inf"), 1), ""),
    ],
)
def test_extents_that_are_refused(extent, word):
    with pytest.raises(InputError) as caught:
        g.area_from_extent(*extent)
    assert word in str(caught.value)


def test_extents_across_180():
    across = g.area_from_extent(170, -5, 190, 5)
    assert g.to_shapely(across).equals(g.to_shapely(g.area_from_extent(170, -5, -170, 5)))
    assert g.bounds(across) == (170, -5, -170, 5)
    assert g.area_m2(across) == pytest.approx(g.area_m2(g.area_from_extent(0, -5, 20, 5)), rel=1e-12)


@pytest.mark.parametrize(
    "text", ["", "POINT(1 2)", "LINESTRING(0 0, 1 1)", "POLYGON EMPTY", "POLYGON((0 0,1 1,0 0))", "POLYGON((0", "x"]
)
def test_wkt_without_inside_is_refused(text):
    with pytest.raises(InputError):
        g.area_from_wkt(text)


@given(st.text(max_size=40))
def test_no_text_breaks_the_wkt_reader(text):
    try:
        g.area_from_wkt(text)
    except InputError:
        return


def test_wkt_of_odes_kinds():
    one = g.area_from_wkt(
        "GEOMETRYCOLLECTION(POLYGON((350 0,360 0,360 1,350 1,350 0)),POLYGON((0 0,10 0,10 1,0 1,0 0)))"
    )
    assert g.bounds(one) == pytest.approx((-10, 0, 10, 1))
    assert g.area_m2(one) == pytest.approx(g.area_m2(g.area_from_extent(-10, 0, 10, 1)), rel=1e-12)
    # A footprint over 180 with vertices in -180..180.
    assert g.area_m2(g.area_from_wkt("POLYGON((179 0,-179 0,-179 1,179 1,179 0))")) == pytest.approx(
        g.area_m2(g.area_from_extent(0, 0, 2, 1)), rel=1e-12
    )


def test_other_bodies_do_not_meet():
    mars, moon = g.area_from_extent(0, 0, 1, 1), g.area_from_extent(0, 0, 1, 1, body="Moon")
    for call in (g.coverage, g.intersects):
        with pytest.raises(InputError, match="Moon"):
            call(mars, moon)
    assert g.area_m2(moon) / g.area_m2(mars) == pytest.approx((1737400 / R) ** 2)


# --- boxes ---


@pytest.mark.parametrize(
    ("extent", "boxes"),
    [
        ((10, -5, 20, 5), [(-5, 5, 10, 20)]),
        ((-20, -5, -10, 5), [(-5, 5, 340, 350)]),
        ((-10, -5, 10, 5), [(-5, 5, 350, 10)]),
        ((-10, -5, 0, 5), [(-5, 5, 350, 360)]),
        ((0, -5, 10, 5), [(-5, 5, 0, 10)]),
        ((170, -5, 190, 5), [(-5, 5, 170, 190)]),
        ((170, -5, 180, 5), [(-5, 5, 170, 180)]),
        ((-180, -5, -170, 5), [(-5, 5, 180, 190)]),
        ((0, 0, 180, 10), [(0, 10, 0, 180)]),
    ],
)
def test_search_boxes_of_extents(extent, boxes):
    assert g.search_boxes(g.area_from_extent(*extent)) == [pytest.approx(b) for b in boxes]


def test_search_boxes_of_caps_and_scattered_places():
    cap = g.area_from_circle(0, 90, 2e5)
    (box,) = g.search_boxes(cap)
    assert box[1:] == (90.0, 0.0, 360.0)
    two = g.area_from_polygons([[[(0, 0), (1, 0), (1, 1)]], [[(0, 50), (1, 50), (1, 51)]]])
    assert g.search_boxes(two) == [pytest.approx((0, 1, 0, 1)), pytest.approx((50, 51, 0, 1))]
    many = g.area_from_polygons([[[(x, 0), (x + 1, 0), (x + 1, 1)]] for x in range(-100, 100, 5)])
    assert len(g.search_boxes(many)) == 1


@given(st.lists(rings(reach=10.0), min_size=1, max_size=4))
def test_boxes_hold_the_area(outlines):
    area = g.area_from_polygons([[r] for r in outlines])
    west, south, east, north = g.bounds(area)
    width = (east - west) % 360
    boxes = g.search_boxes(area)
    for polygon in area.polygons:
        for lon, lat in polygon[0]:
            assert south - 1e-9 <= lat <= north + 1e-9
            assert (lon - west + 1e-7) % 360 <= width + 2e-7 or (west, east) == (-180, 180)
            assert any(
                lo - 1e-9 <= lat <= hi + 1e-9 and ((lon - w + 1e-7) % 360 <= (e - w) % 360 + 2e-7 or (w, e) == (0, 360))
                for lo, hi, w, e in boxes
            )
    assert all(0 <= w <= 360 and 0 < e <= 360 for _, _, w, e in boxes)


# --- coverage and centre ---


@given(rings(), rings())
def test_coverage_is_a_share(a, b):
    one, two = g.area_from_polygons([[a]]), g.area_from_polygons([[b]])
    share = g.coverage(one, two)
    assert 0 <= share <= 1
    assert share * g.area_m2(one) == pytest.approx(g.coverage(two, one) * g.area_m2(two), rel=1e-6, abs=1.0)
    assert g.intersects(one, two) or share == 0
    assert g.coverage(one, one) == pytest.approx(1.0)


def test_coverage_across_180():
    site = g.area_from_extent(178, -1, 182, 1)
    assert g.coverage(site, g.area_from_extent(180, -5, 190, 5)) == pytest.approx(0.5)
    assert g.coverage(site, g.area_from_extent(-10, -5, 10, 5)) == 0.0
    assert g.intersects(site, g.area_from_extent(-180, -1, -179, 1))


@given(rings(reach=5.0), st.floats(-180, 180))
def test_the_centre_turns_with_the_area(ring, degrees):
    lon, lat = g.centre(g.area_from_polygons([[ring]]))
    lon2, lat2 = g.centre(g.area_from_polygons([[shifted(ring, degrees)]]))
    assert lat2 == pytest.approx(lat, abs=1e-4)
    assert (lon2 - lon - degrees + 180) % 360 - 180 == pytest.approx(0, abs=1e-3)


def test_the_whole_planet_has_no_centre():
    with pytest.raises(InputError, match="centre"):
        g.centre(g.area_from_polygons([[[(-180, -90), (180, -90), (180, 90), (-180, 90)]]]))


# --- projecting ---


def plane_area(shape, wkt):
    parts = getattr(shape, "geoms", [shape])
    return sum(m.polygon_area_m2([p.exterior.coords, *[h.coords for h in p.interiors]], wkt) for p in parts)


@pytest.mark.parametrize(
    ("area", "wkt", "pieces"),
    [
        (g.area_from_extent(175, -5, 185, 5), crs.local_wkt(180, 0), 1),
        (g.area_from_extent(175, -5, 185, 5), crs.equirectangular_wkt(0, 180, 3394839.8), 1),
        (g.area_from_extent(175, -5, 185, 5), "IAU_2015:49910", 2),
        (g.area_from_extent(-5, -5, 5, 5), crs.equirectangular_wkt(0, 180), 2),
        (g.area_from_circle(10, 89, 2e5), crs.local_wkt(10, 89), 1),
        (g.area_from_circle(10, -85, 5e5), "IAU_2015:49935", 1),
        (g.area_from_circle(10, -85, 5e5), crs.polar_wkt(False, polar_radius=3376200.0), 1),
        (g.area_from_extent(100, 70, 190, 80), crs.local_wkt(140, 75), 1),
        (g.area_from_extent(100, 70, 190, 80), "IAU_2015:49900", 2),
    ],
)
def test_projecting_keeps_the_inside(area, wkt, pieces):
    shape = g.project(area, wkt)
    assert shape.is_valid
    assert len(getattr(shape, "geoms", [shape])) == pieces
    assert plane_area(shape, wkt) == pytest.approx(g.area_m2(area), rel=1e-4)


def test_projecting_a_place_lands_on_its_grid():
    area = g.area_from_circle(202.3, -41.6, 5000)
    shape = g.project(area, crs.local_wkt(202.3, -41.6))
    # In the local map the circle is one, to a part in a thousand.
    x, y = shape.centroid.x, shape.centroid.y
    assert shape.area == pytest.approx(math.pi * 5000**2, rel=2e-3)
    assert (x, y) == pytest.approx((0, math.radians(-41.6) * R), abs=10)


def test_projecting_to_another_body_is_refused():
    with pytest.raises(InputError, match="Earth"):
        g.project(g.area_from_extent(0, 0, 1, 1), "EPSG:3857")


# --- measuring on maps ---


def test_lengths():
    assert m.line_length_m([0, 1], [0, 0]) == pytest.approx(59274.7, abs=0.1)
    assert m.line_length_m([179.5, -179.5], [0, 0]) == pytest.approx(59274.7, abs=0.1)
    assert m.line_length_m([0, 180], [89, 89]) == pytest.approx(2 * 59274.7, abs=0.2)
    assert m.line_length_m([5], [5]) == 0
    assert m.path_length_m([(0, 0), (59274.697, 0)], "IAU_2015:49910") == pytest.approx(59274.697, abs=1e-3)
    assert m.path_length_m([(0, 0), (5, 0)], "") is None


@settings(max_examples=25)
@given(st.floats(-180, 180), st.floats(-88, 88))
def test_a_metre_square_is_a_square_metre(lon, lat):
    wkt = crs.local_wkt(lon, lat)
    x, y = crs.transformer("IAU_2015:49900", wkt).points(lon, lat)
    square = [(x, y), (x + 10, y), (x + 10, y + 10), (x, y + 10)]
    assert m.polygon_area_m2([square], wkt) == pytest.approx(100.0, rel=1e-4)
    hole = [(x + 2, y + 2), (x + 4, y + 2), (x + 4, y + 4), (x + 2, y + 4)]
    assert m.polygon_area_m2([square, hole], wkt) == pytest.approx(96.0, rel=1e-4)


def test_a_hirise_map_is_measured_on_the_sphere():
    # 100 m in a label's map (radius at -40 degrees) is a little more on the sphere of the equatorial radius.
    wkt = crs.equirectangular_wkt(-40, 180, 3387887.658)
    y = math.radians(-40) * 3387887.658
    square = [(0, y), (100, y), (100, y + 100), (0, y + 100)]
    assert m.polygon_area_m2([square], wkt) == pytest.approx(1e4 * (R / 3387887.658) ** 2, rel=1e-4)


def test_nothing_is_measured_without_a_crs():
    assert m.polygon_area_m2([[(0, 0), (1, 0), (1, 1)]], "") is None
    assert m.pixel_area_m2(Grid("", 0, 0, 1, 10, 10)) is None
    assert m.pixel_area_m2(Grid('LOCAL_CS["x",UNIT["metre",1]]', 0, 0, 1, 10, 10)) is None


def test_a_vertex_off_the_map_is_an_error():
    with pytest.raises(InputError, match="outside"):
        m.polygon_area_m2([[(0, 0), (1, 0), (0, 9e6)]], "IAU_2015:49910")


POLAR_ELLIPSOID = (
    'PROJCS["Polar",GEOGCS["GCS_MARS",DATUM["unknown",SPHEROID["unnamed",3396190,169.894447223612]],'
    'PRIMEM["Reference meridian",0],UNIT["degree",0.0174532925199433]],PROJECTION["Polar_Stereographic"],'
    'PARAMETER["latitude_of_origin",90],PARAMETER["central_meridian",0],PARAMETER["scale_factor",1],UNIT["metre",1]]'
)
GRIDS = [
    Grid("IAU_2015:49900", 10, 50, 0.01, 300, 400),
    Grid("IAU_2015:49910", 1e5, -2e6, 500.0, 300, 400),
    Grid(crs.local_wkt(202.3, -41.6), -1000, -2465000, 0.5, 4000, 3000),
    Grid(crs.equirectangular_wkt(-40, 180, 3387887.658), 1e6, -2e6, 25.0, 300, 200),
    Grid(crs.local_wkt(20, 80), -3e4, -5.6e5, 100.0, 600, 500),
    Grid("IAU_2015:49930", -3e5, 3e5, 2000.0, 300, 300),
    Grid(crs.polar_wkt(False, polar_radius=3376200.0), 2e5, 9e5, 50.0, 400, 300),
    Grid(crs.local_wkt(20, -89.9), 0, 0, 0.25, 1, 1),
    Grid(crs.local_wkt(20, -89.9), -300, 200, 0.5, 900, 500),
    Grid("IAU_2015:49980", -3e5, 3e5, 2000.0, 300, 300),
    Grid(POLAR_ELLIPSOID, 2e5, 9e5, 50.0, 400, 300),
]


@pytest.mark.parametrize("grid", GRIDS)
def test_pixels_add_up_to_their_outline(grid):
    area = m.pixel_area_m2(grid)
    rows, columns = np.arange(grid.height), np.arange(grid.width)
    block = np.broadcast_to(area(rows, columns), (grid.height, grid.width))
    left, bottom, right, top = grid.bounds
    outline = [(left, bottom), (right, bottom), (right, top), (left, top)]
    assert block.sum() == pytest.approx(m.polygon_area_m2([outline], grid.crs), rel=1e-5)
    assert area(rows).shape == (grid.height,)
    # One pixel by itself, at a corner.
    x, y, size = left, top, grid.pixel_size
    pixel = [(x, y), (x + size, y), (x + size, y - size), (x, y - size)]
    assert block[0, 0] == pytest.approx(m.polygon_area_m2([pixel], grid.crs), rel=1e-5)
    assert area(rows)[-1] == pytest.approx(block[-1, grid.width // 2], rel=1e-4)


def test_earth_is_measured_on_its_own_sphere():
    assert m.polygon_area_m2([[(0, 0), (1, 0), (1, 1), (0, 1)]], "EPSG:4326") == pytest.approx(
        6378137.0**2 * math.radians(1) * math.sin(math.radians(1)), rel=1e-9
    )


def test_other_bodies_are_measured_on_the_sphere_of_their_crs():
    wkt = "IAU_2015:19910"  # Mercury, equirectangular
    assert m.polygon_area_m2([[(0, 0), (1000, 0), (1000, 1000), (0, 1000)]], wkt) == pytest.approx(1e6, rel=1e-6)


# --- sun ---


def test_azimuths_go_from_three_oclock_to_north():
    # The sun to the right of the image (0 in HiRISE's count) stands in the east; downwards (90) in the south.
    assert azimuth_on_map(0.0) == 90.0
    assert azimuth_on_map(90.0) == 180.0
    assert azimuth_on_map(300.0) == 30.0
    # In a polar product whose north points to the right, a sun to the right stands in the north.
    assert azimuth_on_map(0.0, north_azimuth=0.0) == 0.0
    assert azimuth_on_map(10.0, north_azimuth=100.0) == 270.0


@given(st.floats(-720, 720))
def test_azimuths_stay_in_the_circle(value):
    assert 0 <= azimuth_on_map(value) < 360


def test_area_is_plain_data():
    area = g.area_from_extent(0, 0, 1, 1)
    assert isinstance(area, Area) and hash(area)
    assert isinstance(area.polygons[0][0][0][0], float)
    assert g.to_shapely(area).equals(shapely.MultiPolygon([shapely.box(0, 0, 1, 1)]))
