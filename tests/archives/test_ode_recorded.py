"""What each recorded reply gives: observations by ids, times, seasons, angles, outlines and files."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timezone

import pytest

from marscd_plugin.archives.links import link_orbits
from marscd_plugin.archives.saved import observations_in
from marscd_plugin.common.errors import ArchiveError
from marscd_plugin.common.settings import Settings
from marscd_plugin.planet.geometry import bounds

UTC = timezone.utc


@pytest.fixture
def recorded(shared):
    def read(name, settings=None):
        return observations_in((shared / "fixtures/ode" / name).read_bytes(), settings)

    return read


def by_id(found):
    return {o.product_id: o for o in found}


def test_a_hundred_raw_images_in_xml(recorded) -> None:
    found, left = recorded("ode_product_query_ctx_edr_marsyear36.xml")
    assert len(found) == 94 and len(left) == 6
    assert all("garbled" in line for line in left)
    assert {o.mars_year for o in found} == {36} and all(0 <= o.solar_longitude < 3 for o in found)
    one = by_id(found)["N15_068136_1299_XI_50S285W"]
    assert one.start_time == datetime(2021, 2, 7, 13, 28, 55, 627000, UTC)
    assert (one.solar_longitude, one.incidence, one.emission, one.phase) == (0.05, 63.33, 0.29, 63.07)
    assert (one.map_scale, one.orbit, one.instrument) == (4.99, 68136, "CTX")
    # North is at 277.17 in the index, the sun at 224.24: north-west, as an afternoon in the south has it.
    assert one.sub_solar_azimuth == pytest.approx(307.07)
    assert bounds(one.footprint) == pytest.approx((74.03, -51.4708, 75.31, -48.1941))
    urls = {f.role: f.url for f in one.files}
    assert urls["raw"].endswith("/ctx/mrox_4025/data/N15_068136_1299_XI_50S285W.IMG")
    assert urls["image"] == (
        "https://image.mars.asu.edu/stream/N15_068136_1299_XI_50S285W.tiff"
        "?image=/mars/images/ctx/mrox_4025/prj_full/N15_068136_1299_XI_50S285W.tiff"
    )
    assert one.file("image").stream and one.file("image").size is None and not one.file("raw").stream
    wide = [bounds(o.footprint) for o in found if abs(bounds(o.footprint)[1]) < 70]
    assert all((east - west) % 360 < 5 for west, _, east, _ in wide)


def test_polar_ones_of_that_reply_go_by_the_pole_s_labels(recorded) -> None:
    found, _ = recorded("ode_product_query_ctx_edr_marsyear36.xml")
    polar = [o for o in found if abs(sum(bounds(o.footprint)[1::2]) / 2) > 65]
    assert polar
    assert all(".ps.isis.hdr" in o.file("label").url for o in polar)
    assert all(".scyl.isis.hdr" in o.file("label").url for o in found if o not in polar)
    assert {o.file("label").name for o in polar} == {f"{o.product_id}.isis.hdr" for o in polar}


def test_one_raw_image_is_an_object_and_its_host_is_gone(recorded) -> None:
    (one,), left = recorded("ode_ctx_edr_single_product_fmpc.json")
    assert not left and one.product_id == "P16_007361_1800_XN_00S000W"
    assert one.start_time == datetime(2008, 2, 21, 0, 58, 48, 971000, UTC)
    assert (one.mars_year, one.solar_longitude, one.incidence) == (29, 34.81, 44.11)
    west, south, east, north = bounds(one.footprint)
    assert (west, east) == (-0.26, 0.27) and (south, north) == (-0.3657, 0.4052)
    raw = one.file("raw")
    assert raw.url == (
        "https://planetarydata.jpl.nasa.gov/img/data/mro/ctx/mrox_0433/data/P16_007361_1800_XN_00S000W.IMG"
    )
    assert raw.size == 35001 * 1024
    assert one.file("browse").url.startswith("https://planetarydata.jpl.nasa.gov/img/data/mro/ctx/mrox_0433/extras/")
    assert one.sub_solar_azimuth == pytest.approx((207.64 - 277.0) % 360)


def test_own_roots_replace_all(recorded) -> None:
    own = Settings(ctx_url="http://h/ctx", ctx_stream_url="http://h/stream")
    (one,), _ = recorded("ode_ctx_edr_single_product_fmpc.json", own)
    assert {f.url.split("/")[2] for f in one.files if f.role != "other"} == {"h"}
    found, _ = recorded("ode_product_query_ctx_edr_marsyear36.xml", own)
    assert all(o.file("raw").url.startswith("http://h/ctx/mrox_40") for o in found)


def test_one_hirise_record(recorded) -> None:
    (one,), left = recorded("ode_hirise_rdrv11_product_ESP_012600_1655_RED.json")
    assert not left and (one.product_id, one.orbit) == ("ESP_012600_1655_RED", 12600)
    assert (one.mars_year, one.solar_longitude, one.incidence) == (29, 240.166542, 49.904166)
    assert one.sub_solar_azimuth == pytest.approx(253.766)
    assert one.file("image").url.endswith("ESP_012600_1655_RED.JP2") and one.file("image").size is None
    assert bounds(one.footprint) == pytest.approx((-120.012, -14.4483, -119.886, -14.1218))


def test_what_a_client_made_of_searches(recorded) -> None:
    hirise, left = recorded("npt_search_hirise.geojson")
    assert not left and [o.product_id for o in hirise] == [
        "PSP_007361_1800_RED", "ESP_023817_1800_RED", "ESP_041909_1800_RED",
    ]  # fmt: skip
    assert [(o.mars_year, o.solar_longitude) for o in hirise] == [(29, 34.80857), (30, 350.748489), (33, 8.638808)]
    assert [o.incidence for o in hirise] == [44.124317, 32.812091, 35.772163]
    assert bounds(hirise[0].footprint) == pytest.approx((-0.065, -0.2453, 0.0797, 0.2164))
    assert all([f.role for f in o.files] == ["image", "label", "browse"] for o in hirise)
    ctx, left = recorded("npt_search_ctx.geojson")
    assert not left and [(o.product_id, o.orbit, o.solar_longitude) for o in ctx] == [
        ("P16_007361_1800_XN_00S000W", 7361, 34.81)
    ]
    assert "mrox_0433" in ctx[0].file("image").url
    linked = {o.product_id: o.linked for o in link_orbits([*hirise, *ctx])}
    assert linked["PSP_007361_1800_RED"] == ("P16_007361_1800_XN_00S000W",)
    assert linked["P16_007361_1800_XN_00S000W"] == ("PSP_007361_1800_RED",)
    assert linked["ESP_023817_1800_RED"] == ()


def test_a_valley_seen_by_three_cameras(recorded) -> None:
    found, left = recorded("npt_Mawrth_Vallis_ODE_products_intersect.geojson")
    assert Counter(o.instrument for o in found) == {"CTX": 76, "HIRISE": 43}
    assert len(left) == 13 and all("HRSC" in line for line in left)
    assert all(19 < bounds(o.footprint)[1] < bounds(o.footprint)[3] < 30 for o in found if o.instrument == "HIRISE")
    one = by_id(found)["PSP_001388_2035_RED"]
    assert one.start_time == datetime(2006, 11, 12, 15, 12, 50, 717000, UTC)
    assert one.file("image").size == 373388 * 1024
    linked = by_id(link_orbits(found))
    assert linked["PSP_001388_2035_RED"].linked == ("P01_001388_2034_XI_23N017W",)
    # All the ground that HiRISE sees, CTX sees at the same time, where it was on at all.
    assert sum(bool(o.linked) for o in linked.values() if o.instrument == "HIRISE") > 20


def test_a_table_without_outlines(recorded) -> None:
    found, left = recorded("npt_ODE_Small_SearchResults.HIRISE.json")
    assert not left and len(found) == 20
    assert Counter(o.product_id.rsplit("_", 1)[1] for o in found) == {"RED": 11, "COLOR": 9}
    assert found[0].product_id == "PSP_004431_2095_RED"
    assert {o.mars_year for o in found} == {28, 30, 31, 33}
    assert all(o.footprint.polygons == () and o.incidence is None for o in found)
    red = by_id(found)["ESP_016430_2095_RED"]
    assert red.start_time == datetime(2010, 1, 27, 17, 48, 41, 100000, UTC)
    assert (red.mars_year, red.solar_longitude) == (30, pytest.approx(44.0, abs=3))


def test_named_features_are_no_observations(recorded) -> None:
    with pytest.raises(ArchiveError, match="named features"):
        recorded("ode_feature_query.xml")


def test_every_file_there_is_accounted_for(shared) -> None:
    names = {p.name for p in (shared / "fixtures/ode").iterdir()}
    assert names == {
        "npt_Mawrth_Vallis_ODE_products_intersect.geojson", "npt_ODE_Small_SearchResults.HIRISE.json",
        "npt_search_ctx.geojson", "npt_search_hirise.geojson", "ode_ctx_edr_single_product_fmpc.json",
        "ode_feature_query.xml", "ode_hirise_rdrv11_product_ESP_012600_1655_RED.json",
        "ode_product_query_ctx_edr_marsyear36.xml",
    }  # fmt: skip
