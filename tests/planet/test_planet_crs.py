"""CRSs: what body they lie on, planetocentric latitudes kept, and label geometry reproduced."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from osgeo import gdal, ogr, osr

from marscd_plugin.common.errors import InputError
from marscd_plugin.planet import crs
from marscd_plugin.planet.bodies import EARTH, MARS, MOON, body, local_radius

GEO = "IAU_2015:49900"
LON, LAT = st.floats(-180, 180), st.floats(-89, 89)
# A HiRISE image's own WKT as GDAL 3.6 reads it from a JP2: unnamed, with the local radius.
HIRISE = (
    'PROJCS["Equirectangular MARS",GEOGCS["GCS_MARS",DATUM["unknown",SPHEROID["unnamed",3387887.658,0]],'
    'PRIMEM["Reference meridian",0],UNIT["degree",0.0174532925199433]],PROJECTION["Equirectangular"],'
    'PARAMETER["standard_parallel_1",-40],PARAMETER["central_meridian",180],UNIT["metre",1]]'
)
POLAR_ELLIPSOID = (
    'PROJCS["Polar stereographic",GEOGCS["GCS_MARS",DATUM["unknown",SPHEROID["unnamed",3396190,169.894447223612]],'
    'PRIMEM["Reference meridian",0],UNIT["degree",0.0174532925199433]],PROJECTION["Polar_Stereographic"],'
    'PARAMETER["latitude_of_origin",-90],PARAMETER["central_meridian",0],PARAMETER["scale_factor",1],UNIT["metre",1]]'
)


def test_bodies():
    assert body("mars") is MARS
    assert body(" Moon ") is MOON
    assert body("Earth") is EARTH
    with pytest.raises(InputError, match="Vulcan"):
        body("Vulcan")


@pytest.mark.parametrize(
    ("latitude", "radius"),
    # The radii of HiRISE's own projections.
    [
        (10, 3395582.027),
        (15, 3394839.813),
        (25, 3392593.611),
        (35, 3389574.349),
        (40, 3387887.658),
        (-45, 3386150.747),
        (55, 3382737.498),
        (60, 3381164.392),
    ],
)
def test_local_radius(latitude, radius):
    assert local_radius(MARS, latitude) == pytest.approx(radius, abs=5e-4)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (GEO, "Mars"),
        ("iau_2015:49910", "Mars"),
        ("IAU_2015:49930", "Mars"),
        ("IAU_2015:49902", "Mars"),
        ("ESRI:104971", "Mars"),
        ("ESRI:103885", "Mars"),
        ("ESRI:104905", "Mars"),
        (HIRISE, "Mars"),
        (POLAR_ELLIPSOID, "Mars"),
        ("EPSG:4326", "Earth"),
        ("EPSG:3857", "Earth"),
        ("IAU_2015:39900", "Earth"),
        ("IAU_2015:30100", "Moon"),
        ("ESRI:104903", "Moon"),
        ("IAU_2015:19900", "Mercury"),
        ("IAU_2015:40100", "Other"),
        ('LOCAL_CS["pixels",UNIT["metre",1]]', None),
        ('ENGCRS["x",EDATUM["y"],CS[Cartesian,2],AXIS["a",east],AXIS["b",north],LENGTHUNIT["metre",1]]', None),
        ("", None),
        ("  ", None),
        (None, None),
    ],
)
def test_body_of(text, name):
    assert crs.body_of(text) == name


def test_body_of_a_nameless_earth_and_a_named_stranger():
    sphere = 'GEOGCS["x",DATUM["{}",SPHEROID["y",{},0]],PRIMEM["z",0],UNIT["degree",0.0174532925199433]]'
    assert crs.body_of(sphere.format("unknown", 6371000)) == "Earth"
    assert crs.body_of(sphere.format("D_Mars_2000", 1000000)) == "Mars"
    assert crs.body_of(sphere.format("unknown", 1000000)) == "Other"


@given(st.text(max_size=80))
def test_no_text_breaks_body_of(text):
    try:
        assert crs.body_of(text) is None or isinstance(crs.body_of(text), str)
    except InputError:
        assert text.strip()


def test_a_path_or_an_address_is_never_followed(tmp_path):
    secret = tmp_path / "crs.prj"
    secret.write_text(crs.geographic_wkt())
    for text in (str(secret), "http://127.0.0.1:9/crs", "+init=epsg:4326"):
        with pytest.raises(InputError):
            crs.spatial_reference(text)


def test_exceptions_of_gdal_make_no_difference():
    was = osr.GetUseExceptions()
    try:
        for switch in (osr.UseExceptions, osr.DontUseExceptions):
            switch()
            with pytest.raises(InputError):
                crs.spatial_reference("GEOGCS[nonsense")
            x, y = crs.transformer(GEO, "IAU_2015:49910").points([0, np.nan, 10], [0, 1, 5])
            assert np.isnan(x).tolist() == np.isnan(y).tolist() == [False, True, False]
    finally:
        (osr.UseExceptions if was else osr.DontUseExceptions)()


def test_reference_point():
    x, y = crs.transformer(GEO, "IAU_2015:49910").points([202.2, -157.8], -41.6)
    assert x == pytest.approx([-9353547.269] * 2, abs=1e-3)
    assert y == pytest.approx([-2465827.417] * 2, abs=1e-3)


def test_shapes_are_kept():
    x, y = crs.transformer(GEO, "IAU_2015:49910").points(np.zeros((2, 3)), np.ones((1, 3)))
    assert x.shape == y.shape == (2, 3)
    assert crs.transformer(GEO, GEO).points([], [])[0].shape == (0,)


def test_other_bodies_are_refused():
    with pytest.raises(InputError, match="Earth"):
        crs.transformer("EPSG:4326", GEO)
    with pytest.raises(InputError, match="without a CRS"):
        crs.transformer("", GEO)


@settings(max_examples=25)
@given(LON, LAT, st.integers(-12, 12), st.sampled_from([0.0, 180.0]))
def test_label_equirectangular_keeps_planetocentric_latitudes(lon, lat, band, lon_0):
    centre = band * 5.0
    radius = local_radius(MARS, centre)
    x, y = crs.transformer(GEO, crs.equirectangular_wkt(centre, lon_0, radius)).points(lon, lat)
    assert y == pytest.approx(radius * math.radians(lat), abs=1e-5)
    turned = math.radians((lon - lon_0 + 180) % 360 - 180)
    assert abs(x) == pytest.approx(abs(radius * turned * math.cos(math.radians(centre))), abs=1e-5)


def test_label_edges_of_a_real_record():
    # ESP_012600_1655_RED: index row, upper left corner.
    wkt = crs.equirectangular_wkt(-10, 180, 3395582.027)
    x, y = (1 + 7002200) * 0.5, (-1673830 - 1) * 0.5
    lon, lat = crs.transformer(wkt, GEO).points(x, y)
    assert lon % 360 == pytest.approx(239.9880, abs=5e-4)
    assert lat == pytest.approx(-14.1218, abs=5e-5)


def hirise_polar_radius(latitude):
    """HiRISE's own distance from the pole: planetographic latitude, ellipsoid (Snyder 1987, eqs 15-9, 21-33)."""
    a, c = 3396190.0, 3376200.0
    e = math.sqrt(1 - (c / a) ** 2)
    og = math.atan((a / c) ** 2 * math.tan(math.radians(latitude)))
    t = math.tan(math.pi / 4 - og / 2) / ((1 - e * math.sin(og)) / (1 + e * math.sin(og))) ** (e / 2)
    return 2 * a * t / math.sqrt((1 + e) ** (1 + e) * (1 - e) ** (1 - e))


@pytest.mark.parametrize(("latitude", "metres"), [(65.0, 9.0), (72.5, 3.2), (80.0, 0.7), (85.0, 0.1)])
@pytest.mark.parametrize("sign", [1, -1])
def test_label_polar_keeps_planetocentric_latitudes(latitude, metres, sign):
    wkt = crs.polar_wkt(sign > 0, polar_radius=3376200.0)
    x, y = crs.transformer(GEO, wkt).points(30.0, sign * latitude)
    assert math.hypot(x, y) == pytest.approx(hirise_polar_radius(latitude), abs=metres)
    # The south is drawn with longitude 0 upwards, the north downwards.
    assert (x, y) == pytest.approx(
        (math.hypot(x, y) * 0.5, -sign * math.hypot(x, y) * math.cos(math.radians(30))), abs=1e-3
    )
    # What PROJ makes of the ellipsoid taken literally is wrong by kilometres: the reason for all this.
    if sign < 0 and latitude < 80:
        x, y = crs.transformer(GEO, POLAR_ELLIPSOID).points(30.0, -latitude)
        assert abs(math.hypot(x, y) - hirise_polar_radius(latitude)) > 10_000


def test_an_ellipsoidal_polar_crs_gets_its_sphere():
    assert crs.planetocentric(POLAR_ELLIPSOID) == crs.polar_wkt(False, polar_radius=3376200.0)
    x, y = crs.transformer(crs.planetocentric(POLAR_ELLIPSOID), crs.polar_wkt(False, polar_radius=3376200.0)).points(
        1e6, 2e5
    )
    assert (x, y) == pytest.approx((1e6, 2e5), abs=1e-3)
    for same in (HIRISE, GEO, "EPSG:3031", crs.polar_wkt(True)):
        assert crs.planetocentric(same) == same


@settings(max_examples=25)
@given(LON, LAT)
def test_local_grids_are_true_to_scale_and_north_up(lon, lat):
    wkt = crs.local_wkt(lon, lat)
    assert crs.body_of(wkt) == "Mars"
    go = crs.transformer(GEO, wkt)
    step = 1e-4
    x, y = go.points([lon, lon, lon + step], [lat, lat + step, lat])
    metre = math.radians(step) * 3396190.0
    assert math.hypot(x[1] - x[0], y[1] - y[0]) == pytest.approx(metre, rel=1e-4)
    assert math.hypot(x[2] - x[0], y[2] - y[0]) == pytest.approx(metre * math.cos(math.radians(lat)), rel=1e-4)
    assert y[1] - y[0] == pytest.approx(metre, rel=1e-4)
    back = crs.transformer(wkt, GEO).points(x, y)
    assert back[1] == pytest.approx([lat, lat + step, lat], abs=1e-9)
    assert (back[0] - lon + 180) % 360 - 180 == pytest.approx([0, 0, step], abs=1e-8)


def test_local_grids_change_at_65_degrees():
    assert "Equirectangular" in crs.local_wkt(10, 65)
    assert "Polar_Stereographic" in crs.local_wkt(10, 65.1)
    assert "Polar_Stereographic" in crs.local_wkt(10, -90)
    assert crs.local_wkt(202.3, -41.6) == crs.local_wkt(-157.7, -41.6)


@pytest.mark.parametrize(
    "call",
    [
        lambda: crs.local_wkt(0, 91),
        lambda: crs.local_wkt(float("nan"), 0),
        lambda: crs.equirectangular_wkt(90, 0),
        lambda: crs.equirectangular_wkt(0, 0, 3396.19),
        lambda: crs.equirectangular_wkt(0, 0, float("nan")),
        lambda: crs.polar_wkt(True, lat_ts=-80),
        lambda: crs.polar_wkt(True, polar_radius=3376200.0, lat_ts=80),
        lambda: crs.polar_wkt(True, polar_radius=3376.2),
        lambda: crs.geographic_wkt("Vulcan"),
    ],
)
def test_what_is_no_map_is_refused(call):
    with pytest.raises(InputError):
        call()


@pytest.mark.parametrize("iau", sorted(crs.ESRI_TWINS))
def test_geopackage_twins_have_equal_coordinates(iau):
    source = f"IAU_2015:{iau}"
    twin = crs.gpkg_twin(source)
    assert twin is not None and f'AUTHORITY["ESRI","{crs.ESRI_TWINS[iau]}"]' in twin
    # Also found by a CRS that has lost its code.
    assert crs.gpkg_twin(crs.spatial_reference(source).ExportToWkt(["FORMAT=WKT2_2019"])) == twin
    lat = -75.0 if iau == 49935 else 75.0
    ours = crs.transformer(GEO, source).points([10.0, -170.0], lat)
    theirs = crs.transformer(GEO, twin).points([10.0, -170.0], lat)
    assert ours[0] == pytest.approx(theirs[0], abs=1e-6)
    assert ours[1] == pytest.approx(theirs[1], abs=1e-6)


def test_others_have_no_twin():
    for wkt in (crs.local_wkt(10, 10), "EPSG:4326", "IAU_2015:49915", "ESRI:104971", HIRISE):
        assert crs.gpkg_twin(wkt) is None


FILES = {
    "local": crs.local_wkt(202.3, -41.6),
    "north": crs.local_wkt(30, 82),
    "south": crs.local_wkt(10, -80),
    "label": crs.equirectangular_wkt(-40, 180, 3387887.658),
    "polar label": crs.polar_wkt(False, polar_radius=3376200.0),
    "geographic": crs.geographic_wkt(),
}


@pytest.mark.parametrize("name", FILES)
def test_files_keep_our_crs(name, tmp_path):
    wkt = FILES[name]
    with_tif = gdal.GetDriverByName("GTiff").Create(str(tmp_path / "a.tif"), 4, 4, 1)
    with_tif.SetProjection(wkt)
    del with_tif
    read = gdal.Open(str(tmp_path / "a.tif")).GetProjection()
    assert crs.body_of(read) == "Mars"
    assert crs.spatial_reference(read).IsSame(crs.spatial_reference(wkt))
    for driver, ending, written in (("GPKG", "gpkg", crs.gpkg_twin(wkt) or wkt), ("FlatGeobuf", "fgb", wkt)):
        source = ogr.GetDriverByName(driver).CreateDataSource(str(tmp_path / f"a.{ending}"))
        source.CreateLayer("a", crs.spatial_reference(written), ogr.wkbPoint)
        del source
        opened = ogr.Open(str(tmp_path / f"a.{ending}"))
        back = opened.GetLayer(0).GetSpatialRef().ExportToWkt()
        assert crs.body_of(back) == "Mars"
        x, y = crs.transformer(back, wkt).points([1.5], [2.5])
        assert (x[0], y[0]) == pytest.approx((1.5, 2.5), abs=1e-6)
