from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime, timezone

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from marscd_plugin.archives.ode import search_hirise
from marscd_plugin.archives.odereply import results_of
from marscd_plugin.archives.search import search
from marscd_plugin.common.errors import ArchiveError, CancelledError, InputError, MarscdError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.common.settings import Settings
from marscd_plugin.common.web import Reply
from marscd_plugin.common.words import Query, Season
from marscd_plugin.planet.geometry import area_from_extent, bounds, centre

AREA = area_from_extent(239.9, -14.5, 240.2, -14.0)
UTC = timezone.utc


def names(found) -> list[str]:
    return [o.product_id for o in found]


def find(ode, web, progress, query=None, **more):
    return search_hirise(query or Query(AREA), web, ode.ROOT, progress, **more)


def test_one_product_is_an_object_and_becomes_an_observation(ode, progress) -> None:
    web = ode.LittleOde([ode.record()], bom=True)
    (found,) = find(ode, web, progress)
    assert found.product_id == "ESP_012600_1655_RED" and found.observation_id == "ESP_012600_1655"
    assert found.start_time == datetime(2009, 4, 4, 7, 13, 43, 380000, UTC)
    assert (found.mars_year, found.solar_longitude) == (29, 240.166542)
    assert (found.incidence, found.emission, found.phase, found.map_scale) == (49.904166, 3.713668, 53.549941, 0.5)
    assert found.sub_solar_azimuth == pytest.approx(253.766)
    assert found.source == "ODE" and found.instrument == "HIRISE"
    assert centre(found.footprint) == pytest.approx((-119.95, -14.28), abs=0.02)
    assert 0.05 < found.coverage < 0.5
    assert [(f.role, f.name, f.size) for f in found.files] == [
        ("image", "ESP_012600_1655_RED.JP2", 345000 * 1024),
        ("label", "ESP_012600_1655_RED.LBL", 8 * 1024),
        ("browse", "ESP_012600_1655_RED.browse.jpg", 300 * 1024),
        ("other", "ESP_012600_1655_RED.thumb.jpg", 20 * 1024),
        ("other", "DSMAP.CAT", 7 * 1024),
    ]
    assert not progress.warnings


def test_what_is_asked(ode, progress) -> None:
    web = ode.LittleOde([ode.record()])
    season = Season(start=datetime(2009, 1, 1, tzinfo=UTC), end=datetime(2010, 1, 1, tzinfo=UTC))
    find(ode, web, progress, Query(AREA, season=season))
    count, page = web.asked
    assert count["results"] == "c" and "limit" not in count
    assert page["results"] == "opmf" and (page["limit"], page["offset"]) == ("100", "1")
    for asked in web.asked:
        assert (asked["query"], asked["target"], asked["output"], asked["loc"]) == ("product", "mars", "JSON", "f")
        assert (asked["ihid"], asked["iid"], asked["pt"]) == ("MRO", "HIRISE", "RDRV11")
        assert float(asked["minlat"]) == pytest.approx(-14.5, abs=1e-3) and float(asked["maxlat"]) >= -14.0
        assert float(asked["westernlon"]) == pytest.approx(239.9, abs=1e-3) and float(asked["easternlon"]) >= 240.2
        assert asked["minobtime"] == "2008-12-31T23:50:00" and asked["maxobtime"] == "2010-01-01T00:10:00"


def test_pages_of_a_hundred_from_one(ode, progress) -> None:
    records = [ode.record(f"ESP_{20000 + n:06d}_1655_RED") for n in range(250)]
    web = ode.LittleOde(records)
    assert len(find(ode, web, progress)) == 250
    assert [p["offset"] for p in web.pages()] == ["1", "101", "201"]


def test_pages_end_when_they_repeat_or_run_dry(ode, progress) -> None:
    records = [ode.record(f"ESP_{20000 + n:06d}_1655_RED") for n in range(150)]
    web = ode.LittleOde(records, same_page=True)
    assert len(find(ode, web, progress)) == 100
    assert len(web.pages()) == 2
    assert any("spoke of 150 products and gave 100" in w for w in progress.warnings)


def test_repeated_products_count_once(ode, progress) -> None:
    found = find(ode, ode.LittleOde([ode.record(), ode.record(), ode.record("ESP_012600_1655_COLOR")]), progress)
    assert names(found) == ["ESP_012600_1655_COLOR", "ESP_012600_1655_RED"]


def test_nothing_found(ode, progress) -> None:
    web = ode.LittleOde([])
    assert find(ode, web, progress) == []
    assert len(web.asked) == 1
    bare = ode.Canned(ode.reply({"ODEResults": {"Count": "0", "Status": "Success"}}))
    assert find(ode, bare, progress) == []
    words = ode.Canned(ode.reply({"ODEResults": {"Status": "Success", "Products": "No Products Found"}}))
    assert find(ode, words, progress) == []


def test_an_atlas_is_refused_before_it_is_fetched(ode, progress) -> None:
    web = ode.Canned(ode.reply({"ODEResults": {"Count": "20001", "Status": "Success"}}))
    with pytest.raises(InputError, match="20,001"):
        find(ode, web, progress)
    assert web.asked == 1


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"ODEResults": {"Status": "ERROR", "Error": "Invalid IIPT"}}, "refused the search: Invalid IIPT"),
        ({"ODEResults": {"Status": "error"}}, "no reason given"),
        (b"<!DOCTYPE html><html>log in</html>", "web page"),
        (b"", "no JSON"),
        (b"\xff\xfe\x00", "no text"),
        (b'{"ODEResults": {', "damaged"),
        (b'{"a":' * 100_000, "damaged"),
        (b"[1, 2]", "no JSON"),
        ({"other": 1}, "without results"),
        ({"ODEResults": "Success"}, "without results"),
    ],
)
def test_what_is_no_reply(ode, progress, answer, words) -> None:
    with pytest.raises(ArchiveError, match=words):
        find(ode, ode.Canned(ode.reply(answer)), progress)


def test_a_status_that_is_not_ok(ode, progress) -> None:
    with pytest.raises(ArchiveError, match="status 404"):
        find(ode, ode.Canned(ode.reply({}, status=404)), progress)


def test_filters_are_tested_per_observation(ode, progress) -> None:
    """The little ODE gives more than asked: our own filters must hold."""
    records = [
        ode.record("ESP_012600_1655_RED"),
        ode.record("ESP_022267_1655_RED", UTC_start_time="2011-04-27T20:00:00.000", Solar_longitude="281.4"),
        ode.record("ESP_031102_1655_RED", UTC_start_time="2013-03-17T01:00:00.000", Solar_longitude="286.2"),
    ]

    def with_season(**season):
        return names(find(ode, ode.LittleOde(records), progress, Query(AREA, season=Season(**season))))

    assert with_season() == [r["pdsid"] for r in records]
    assert with_season(mars_years=((30, 30),)) == ["ESP_022267_1655_RED"]
    assert with_season(solar_longitude=(240.166542, 281.3)) == ["ESP_012600_1655_RED"]
    assert with_season(solar_longitude=(281.4, 240.0)) == ["ESP_022267_1655_RED", "ESP_031102_1655_RED"]
    assert with_season(mars_years=((29, 30),), solar_longitude=(280.0, 290.0)) == ["ESP_022267_1655_RED"]
    assert with_season(start=datetime(2012, 1, 1, tzinfo=UTC)) == ["ESP_031102_1655_RED"]
    assert with_season(start=datetime(2012, 1, 1, tzinfo=UTC), end=datetime(2011, 1, 1, tzinfo=UTC)) == []


def test_incidence(ode, progress) -> None:
    records = [
        ode.record("ESP_012600_1655_RED"),
        ode.record("ESP_012601_1655_RED", Incidence_angle="70"),
        ode.record("ESP_012602_1655_RED", Incidence_angle=None),
        ode.record("ESP_012603_1655_RED", Incidence_angle="-9998"),
    ]
    found = find(ode, ode.LittleOde(records), progress, Query(AREA, max_incidence=60))
    assert names(found) == ["ESP_012600_1655_RED"]
    assert [o.incidence for o in find(ode, ode.LittleOde(records), progress)] == [49.904166, 70.0, None, None]


def test_what_does_not_touch_the_area_is_dropped(ode, progress) -> None:
    found = find(ode, ode.LittleOde([ode.record(lon=240.05), ode.record("ESP_012601_1655_RED", lon=241.0)]), progress)
    assert names(found) == ["ESP_012600_1655_RED"]


@pytest.mark.parametrize("lon", [0.0, 0.01, 359.99, 180.0, 179.99])
def test_across_the_meridians(ode, progress, lon) -> None:
    record = ode.record("ESP_012600_1655_RED", lon=lon, Footprints_cross_meridian="True")
    area = area_from_extent(lon - 0.2, -14.5, lon + 0.2, -14.0)
    web = ode.LittleOde([record])
    (found,) = find(ode, web, progress, Query(area))
    assert 0.1 < found.coverage < 0.5
    west, east = float(web.asked[0]["westernlon"]), float(web.asked[0]["easternlon"])
    assert len(web.asked) == 2 and (east - west) % 360 == pytest.approx(0.4, abs=1e-3)
    assert (west > east) == (lon in (0.0, 0.01, 359.99))


@pytest.mark.parametrize("kept", ["Footprint_GL_geometry", "Footprint_geometry", "box"])
@pytest.mark.parametrize("lon", [0.0, 180.0, 240.05])
def test_other_footprints_serve_where_the_best_is_missing(ode, progress, kept, lon) -> None:
    keys = ["Footprint_C0_geometry", "Footprint_GL_geometry", "Footprint_geometry"]
    changes: dict = {key: None for key in keys if key != kept}
    changes["Footprint_C0_geometry"] = "POLYGON ((nonsense"
    if kept == "box" and lon == 0.0:
        # ODE's own slip for products across the prime meridian.
        changes |= {"Westernmost_longitude": "0.06", "Easternmost_longitude": "359.94"}
    if kept == "Footprint_geometry" and lon == 0.0:
        changes[kept] = (
            "GEOMETRYCOLLECTION (POLYGON ((360 -14.4, 359.94 -14.4, 359.94 -14.1, 360 -14.1, 360 -14.4)), "
            "POLYGON ((0.06 -14.4, 0.06 -14.1, 0 -14.1, 0 -14.4, 0.06 -14.4)))"
        )
    area = area_from_extent(lon - 0.2, -14.5, lon + 0.2, -14.0)
    (found,) = find(ode, ode.LittleOde([ode.record(lon=lon, **changes)]), progress, Query(area))
    west, _, east, _ = bounds(found.footprint)
    assert (east - west) % 360 == pytest.approx(0.12, abs=0.01)


def test_a_bad_product_is_left_out_and_named(ode, progress) -> None:
    records = [
        ode.record("ESP_012600_1655_RED"),
        ode.record("ESP_012601_1655_RED", UTC_start_time=None, Observation_time=None),
        ode.record("ESP_012602_1655_RED", UTC_start_time="last spring"),
        ode.record("ESP_012603_1655_RED", pdsid="../../etc/passwd"),
        ode.record(
            "ESP_012604_1655_RED",
            **dict.fromkeys(
                ["Footprint_C0_geometry", "Footprint_GL_geometry", "Footprint_geometry", "Minimum_latitude"]
            ),
        ),
    ]
    found = find(ode, ode.LittleOde(records), progress)
    assert names(found) == ["ESP_012600_1655_RED"]
    assert len(progress.warnings) == 4
    for words in ("ESP_012601_1655_RED has no UTC_start_time", "last spring", "etc/passwd", "no footprint"):
        assert any(words in w for w in progress.warnings), words


def test_hostile_urls_are_not_taken(ode, progress) -> None:
    bad = ["file:///etc/passwd", "ftp://h/a.JP2", "http://u:p@h/a.JP2", "javascript:x", "http://h/a b.JP2", "//h/a.JP2"]
    bad += ["http://h/" + "a" * 3000, "http://h/\u00e9.JP2", "/vsicurl/http://h/a.JP2"]
    files = [{"Type": "Product", "Description": "PRODUCT DATA FILE", "URL": url} for url in bad]
    record = ode.record(Product_files={"Product_file": files}, LabelURL="file:///etc/passwd")
    (found,) = find(ode, ode.LittleOde([record]), progress)
    assert found.files == ()


def test_an_image_of_another_product_is_not_taken_for_this_one(ode, progress) -> None:
    other = f"{ode.PDS}/RDR/ESP/ORB_012600_012699/ESP_012601_1655/ESP_012601_1655_RED.JP2"
    one = {"Type": "Product", "Description": "PRODUCT DATA FILE", "URL": other, "KBytes": "many"}
    (found,) = find(ode, ode.LittleOde([ode.record(Product_files={"Product_file": one})]), progress)
    assert [f.role for f in found.files if f.url == other] == ["other"]
    # The label is known from LabelURL, and the image beside it by HiRISE's own names.
    assert found.file("image").url == found.file("label").url[:-4] + ".JP2"
    assert found.file("image").size is None


def test_an_own_root_replaces_the_archive_s(ode, progress) -> None:
    (found,) = find(ode, ode.LittleOde([ode.record()]), progress, hirise_root="http://127.0.0.1:99/PDS")
    assert [f.url.startswith("http://127.0.0.1:99/PDS/") for f in found.files] == [True, True, True, False, False]
    assert found.file("image").size == 345000 * 1024


def test_the_archive_s_solar_longitude_counts_unless_it_cannot_be(ode, progress) -> None:
    def season_of(**changes):
        (found,) = find(ode, ode.LittleOde([ode.record(**changes)]), progress)
        return found.mars_year, found.solar_longitude

    assert season_of(Solar_longitude=None) == (29, pytest.approx(240.165, abs=0.01))
    assert season_of(Solar_longitude="12.5") == (29, pytest.approx(240.165, abs=0.01))
    # A few minutes before and after a new year (2009-10-26), told the other way round by the archive.
    assert season_of(UTC_start_time="2009-10-26T15:00:00.000", Solar_longitude="0.004")[0] == 30
    assert season_of(UTC_start_time="2009-10-26T15:20:00.000", Solar_longitude="359.997")[0] == 29


def test_the_sun_s_direction_is_optional(ode, progress) -> None:
    def azimuth(notes):
        (found,) = find(ode, ode.LittleOde([ode.record(ODE_notes=notes)]), progress)
        return found.sub_solar_azimuth

    row = ode.index_row("ESP_012600_1655_RED")
    assert len(row) == 819
    mark = "NOTE: Index Record:"
    assert azimuth({"ODE_note": [mark, row]}) == pytest.approx(253.766)
    assert azimuth({"ODE_note": f"{mark} {row}"}) == pytest.approx(253.766)
    assert azimuth({"ODE_note": [mark, " ".join(row.split())]}) == pytest.approx(253.766)
    assert azimuth({"ODE_note": [mark, ode.index_row("ESP_012600_1655_RED", 300.0)]}) == pytest.approx(30.0)
    for notes in (
        None,
        {},
        "none",
        {"ODE_note": [mark]},
        {"ODE_note": [mark, "a,b"]},
        {"ODE_note": [row]},
        {"ODE_note": 5},
    ):
        assert azimuth(notes) is None
    assert azimuth({"ODE_note": [mark, ode.index_row("ESP_099999_1655_RED")]}) is None
    assert azimuth({"ODE_note": [mark, row.replace("163.7660", "-9998.00")]}) is None


def test_the_recorded_product(ode, progress, shared) -> None:
    record = json.loads((shared / "fixtures/ode/ode_hirise_rdrv11_product_ESP_012600_1655_RED.json").read_text())
    (found,) = find(ode, ode.LittleOde([record]), progress)
    assert found.sub_solar_azimuth == pytest.approx(253.766)
    assert found.footprint.polygons[0][0][0][0] == pytest.approx(-119.9, abs=0.2)
    # Its list of files is shortened to one: image and label are found by name.
    assert found.file("image").url.endswith("/ESP_012600_1655/ESP_012600_1655_RED.JP2")
    assert found.file("label").url == record["LabelURL"]
    assert not progress.warnings


def test_a_recorded_reply_of_another_instrument_yields_no_hirise(ode, progress, shared) -> None:
    body = (shared / "fixtures/ode/ode_ctx_edr_single_product_fmpc.json").read_bytes()
    assert find(ode, ode.Canned(Reply(200, ode.ROOT, {}, body)), progress) == []
    assert "P16_007361_1800_XN_00S000W" in progress.warnings[0]


def test_cancel(ode) -> None:
    progress = Quiet()
    progress.cancel()
    web = ode.LittleOde([ode.record()])
    with pytest.raises(CancelledError):
        find(ode, web, progress)
    assert not web.asked


# -- any reply at all -----------------------------------------------------------------------------------------------

scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(["1", "-1", "NaN"])
)
json_values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
quick = hypothesis_settings(
    max_examples=80,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@quick
@given(st.binary(max_size=200) | json_values.map(lambda v: json.dumps(v).encode()))
def test_any_body_is_results_or_an_archive_error(body: bytes) -> None:
    try:
        results = results_of(Reply(200, "https://h/live2", {}, body))
    except ArchiveError:
        return
    assert isinstance(results, dict)


@quick
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(("Count", "Status", "Error", "Products"), json_values)))
def test_any_results_end_in_observations_or_an_error(ode, results) -> None:
    web = ode.Canned(ode.reply({"ODEResults": results}))
    with suppress(MarscdError):
        assert find(ode, web, Quiet()) == []


@quick
@given(st.data())
def test_any_record_ends_in_an_observation_or_a_warning(ode, data) -> None:
    record = ode.record()
    for key in data.draw(st.lists(st.sampled_from(sorted(record)), max_size=4)):
        record[key] = data.draw(json_values)
    web = ode.Canned(ode.reply({"ODEResults": {"Count": "1", "Status": "Success", "Products": {"Product": record}}}))
    with suppress(MarscdError):
        for found in find(ode, web, Quiet()):
            assert 0 <= found.solar_longitude < 360 and 0 <= found.coverage <= 1
            assert all(f.url.startswith("http") for f in found.files)


@quick
@given(st.text(alphabet="POLYGNMUTIECRS(), .-0123456789eNaN", max_size=80))
def test_any_footprint_text(ode, text) -> None:
    record = ode.record(Footprint_C0_geometry="POLYGON ((" + text + "))")
    find(ode, ode.Canned(ode.reply({"ODEResults": {"Count": "1", "Products": {"Product": [record]}}})), Quiet())


# -- search ---------------------------------------------------------------------------------------------------------


def test_search_says_who_answered(ode, progress) -> None:
    settings = Settings(ode_url=ode.ROOT)
    web = ode.LittleOde([ode.record(), ode.record("ESP_012600_1655_COLOR")])
    result = search(Query(AREA), web, settings, progress)
    assert result.source == "ODE" and len(result.observations) == 2
    assert "oderest.example.org" in result.notes[0] and "1 RED and 1 COLOR" in result.notes[0]
    assert result.observations[1].file("image").url.startswith(ode.PDS)
    moved = search(Query(AREA, source="ODE"), web, Settings(ode_url=ode.ROOT, hirise_url="http://h/PDS"), progress)
    assert moved.observations[1].file("image").url.startswith("http://h/PDS/RDR/ESP/")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"source": "STAC", "instruments": ("CRISM",)}, InputError),
        ({"source": "INDEX", "instruments": ("HIRISE", "CRISM")}, InputError),
        ({"source": "NAMES", "instruments": ("CTX",)}, InputError),
        ({"source": "GOOGLE"}, InputError),
        ({"instruments": ("HRSC",)}, InputError),
        ({"instruments": ()}, InputError),
    ],
)
def test_what_is_never_there(ode, progress, changes, error) -> None:
    web = ode.LittleOde([])
    with pytest.raises(error):
        search(Query(AREA, **changes), web, Settings(), progress)
    assert not web.asked
