"""From a place to names: orbits, codes, and what is asked of the archive."""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from marscd_plugin.archives import hirise
from marscd_plugin.archives.names import MOST_NAMES, _dark, candidates, search_names
from marscd_plugin.archives.orbits import ANCHORS, Tracks, local_hour, seconds_after_node, track_offset, tracks_of
from marscd_plugin.common.errors import ArchiveError, CancelledError, InputError
from marscd_plugin.common.web import Reply
from marscd_plugin.common.words import Query, Season
from marscd_plugin.planet.geometry import area_from_extent, bounds

ROOT = "https://hirise.example.org/PDS"
PALIKIR = area_from_extent(202.25, -41.65, 202.35, -41.55)
TRACKS = Tracks()
#: Published images of two places that are not among the anchors: (orbit, longitude, latitude).
PUBLISHED = [(o, 202.3, -41.6) for o in (5943, 21555, 22267, 22689, 23045, 31102, 66139, 21911, 22834, 23467, 24034)]
PUBLISHED += [(35028, 290.3, -11.5)]
PUBLISHED += [
    (o, 290.3, -11.5)
    for o in (27802, 28501, 29213, 29780, 30136, 30347, 30769, 31059, 31771, 32048, 32615, 32905, 33116, 34184, 34672)
]


def near(orbit, longitude, latitude, day=True):
    return list(TRACKS.over(longitude, latitude, range(orbit, orbit + 1), day))


@pytest.mark.parametrize(("orbit", "longitude", "latitude"), PUBLISHED)
def test_published_images_lie_near_their_orbits_tracks(orbit, longitude, latitude):
    assert near(orbit, longitude, latitude)


def test_an_orbit_is_near_few_places():
    """A place is passed by about one orbit in 36 within reach, not by most."""
    hits = sum(bool(near(o, 202.3, -41.6)) for o in range(20000, 22000))
    assert 20 < hits < 120


@given(st.integers(ANCHORS[0].orbit, ANCHORS[-1].orbit))
def test_an_orbits_time_and_number_are_inverse(orbit):
    assert TRACKS.orbit_at(TRACKS.time_of(orbit)) == pytest.approx(orbit, abs=0.01)


def test_known_times_are_told_to_minutes():
    # Start times of published labels that are no anchors.
    for orbit, latitude, start in (
        (11707, -35.5, "2009-01-24T17:07:14"), (10737, 24.8, "2008-11-10T03:22:45"),
        (12600, -14.3, "2009-04-04T07:13:43"),
    ):  # fmt: skip
        told = TRACKS.time_of(orbit) + timedelta(seconds=seconds_after_node(latitude))
        assert abs(told - datetime.fromisoformat(start).replace(tzinfo=timezone.utc)) < timedelta(minutes=10)


def test_the_track_leans_west_going_north_and_turns_near_the_poles():
    assert track_offset(0.0) == 0.0
    assert track_offset(40.0) < 0 < track_offset(-40.0)
    # By night the equator is crossed half an orbit and half a turn later.
    assert abs(track_offset(0.0, day=False)) == pytest.approx(180.0 + 27.3009 / 2, abs=0.01)
    assert local_hour(0.0) == pytest.approx(15.0) and local_hour(0.0, day=False) == pytest.approx(3.0)
    assert math.isfinite(track_offset(90.0)) and math.isfinite(track_offset(-90.0))


def test_an_index_gives_anchors_of_its_own_beyond_the_built_in_ones():
    start, period = datetime(2024, 1, 1, tzinfo=timezone.utc), 6720.0
    images = [
        (82000 + 20 * i, start + timedelta(seconds=20 * i * period), (100.0 - 20 * i * 27.3) % 360, 0.0, True)
        for i in range(200)
    ]
    tracks = tracks_of(images)
    assert tracks.last_orbit > 85000
    told = tracks.longitude_of(83000)
    assert abs((told - (100.0 - 1000 * 27.3) + 180) % 360 - 180) < 0.5
    assert tracks_of(images[:3]).last_orbit == Tracks().last_orbit


# -- names: the half-degree rule both ways ----------------------------------------------------------------------------


@given(
    st.floats(-86, 86), st.floats(0, 360, exclude_max=True), st.integers(2100, 68000), st.floats(-1.9, 1.9),
    st.floats(-3.5, 3.5),
)  # fmt: skip
def test_an_image_of_a_place_is_among_the_places_candidates(latitude, longitude, orbit, code_off, roll):
    """Any image within HiRISE's reach of its track and two degrees of its code is asked for by its very name."""
    track = (TRACKS.longitude_of(orbit) + track_offset(latitude)) % 360
    longitude = track + roll / max(math.cos(math.radians(latitude)), 0.02)
    target = hirise.target_of(max(-90.0, min(90.0, latitude + code_off)))
    assume(abs(hirise.latitude_of(target) - latitude) <= hirise.LATITUDE_SPREAD)
    # In the polar night nothing is asked for.
    assume(not _dark(latitude, TRACKS.time_of(orbit), day=True))
    wanted = hirise.HiriseId(hirise.phase_of(orbit), orbit, target, "RED")
    time = TRACKS.time_of(orbit)
    season = Season(start=time - timedelta(days=1), end=time + timedelta(days=1))
    lon = (longitude + 180) % 360 - 180
    area = area_from_extent(lon - 0.01, latitude - 0.01, lon + 0.01, latitude + 0.01)
    found = {c.product for c in candidates(Query(area, season=season))}
    assert wanted in found


@given(st.sampled_from(hirise.PHASES), st.integers(0, 99999), st.integers(0, 719), st.sampled_from(hirise.COLOURS))
def test_a_name_its_address_and_its_latitude_agree(phase, orbit, half_degrees, colour):
    product = hirise.HiriseId(phase, orbit, half_degrees * 5, colour)
    assert hirise.parse_id(product.product_id) == product
    assert hirise.id_from_url(hirise.file_url(ROOT, product, "label")) == product
    latitude, day = hirise.latitude_of(product.target), hirise.by_day(product.target)
    assert product.target in hirise.candidate_targets(latitude, day=day) or abs(latitude) == 90


def test_phases_are_two_near_their_borders():
    assert hirise.phases_of(5000) == ("PSP",) and hirise.phases_of(20000) == ("ESP",)
    assert hirise.phases_of(10999) == ("PSP", "ESP") and hirise.phases_of(11001) == ("ESP", "PSP")
    assert hirise.phases_of(900) == ("TRA",)


def test_candidates_keep_to_the_season_and_come_likeliest_first():
    season = Season(mars_years=((30, 30),), solar_longitude=(300, 330))
    found = candidates(Query(PALIKIR, season=season))
    names = [str(c.product) for c in found]
    assert "ESP_022689_1380_RED" in names and "ESP_023045_1380_RED" in names
    assert "ESP_021555_1380_RED" not in names  # Ls 247
    assert [c.unlikely for c in found] == sorted(c.unlikely for c in found)
    assert len(names) == len(set(names)) < MOST_NAMES


def test_both_nodes_where_the_sun_shines_on_both():
    polar = area_from_extent(10, 84.9, 10.5, 85.1)
    summer = candidates(Query(polar, season=Season(mars_years=((30, 30),), solar_longitude=(90, 100))))
    assert {c.day for c in summer} == {True, False}
    assert all(hirise.by_day(c.product.target) == c.day for c in summer)
    assert candidates(Query(polar, season=Season(mars_years=((30, 30),), solar_longitude=(270, 280)))) == []
    assert {c.day for c in candidates(Query(PALIKIR))} == {True}


def test_what_cannot_be_told_is_said():
    with pytest.raises(InputError, match="too many names"):
        candidates(Query(area_from_extent(0, 0, 40, 20)))
    with pytest.raises(ArchiveError, match="later"):
        candidates(Query(PALIKIR, season=Season(start=datetime(2040, 1, 1, tzinfo=timezone.utc))))


# -- asking -----------------------------------------------------------------------------------------------------------


class LittleTree:
    """The archive's labels by product id; everything else is not there."""

    def __init__(self, labels, status=404):
        self.labels, self.status, self.asked = labels, status, []

    def get(self, url, params=None, max_bytes=0, headers=None):
        self.asked.append((url, (headers or {}).get("Range", "")))
        name, _, ending = url.rsplit("/", 1)[1].partition(".")
        if name not in self.labels:
            return Reply(self.status, url, {}, b"<html>404</html>")
        body = self.labels[name] if ending == "LBL" else b"\0"
        first, last = (
            map(int, re.fullmatch(r"bytes=(\d+)-(\d+)", headers["Range"]).groups()) if headers else (0, 1 << 30)
        )
        whole = len(body) if ending == "LBL" else 123_456
        part = body[first : last + 1]
        return Reply(206, url, {"content-range": f"bytes {first}-{first + len(part) - 1}/{whole}"}, part)


@pytest.fixture
def label(shared):
    return (shared / "fixtures/pds/ESP_013951_1955_RED.LBL").read_bytes()


HERE = Query(
    area_from_extent(72.75, 15.4, 72.88, 15.6), season=Season(mars_years=((29, 29),), solar_longitude=(304, 307))
)


def test_an_image_is_found_by_its_label_alone(label, progress):
    tree = LittleTree({"ESP_013951_1955_RED": label})
    result = search_names(HERE, tree, ROOT, progress)
    (one,) = result.observations
    assert (one.product_id, one.mars_year, one.solar_longitude) == ("ESP_013951_1955_RED", 29, 305.594678)
    assert one.file("image").size == 123_456 and one.source == "NAMES" and one.coverage == pytest.approx(1.0)
    west, south, east, north = bounds(one.footprint)
    assert 72.73 < west < east < 72.91 and 15.22 < south < north < 15.81
    assert all(r for _, r in tree.asked)  # Every request is for a range.
    assert "1 fit" in result.notes[0]


def test_a_pass_on_which_an_image_is_found_is_not_asked_for_others(label, progress):
    tree = LittleTree({"ESP_013951_1955_RED": label})
    search_names(HERE, tree, ROOT, progress)
    after = [u for u, _ in tree.asked if "013951" in u and u.endswith("_RED.LBL")]
    assert len(after) <= 3  # At most those on their way at the same time.


def test_no_more_than_the_limit_is_asked_and_it_is_said(progress):
    tree = LittleTree({})
    result = search_names(Query(PALIKIR), tree, ROOT, progress, most=30)
    assert len(tree.asked) == 30 and result.observations == ()
    assert any("likeliest" in n for n in result.notes) and any("later images" in n for n in result.notes)


def test_pages_instead_of_labels_and_faults_are_errors(progress):
    everything = type(
        "All", (dict,), {"__contains__": lambda *a: True, "__getitem__": lambda *a: b"<html>login</html>"}
    )
    with pytest.raises(ArchiveError, match="web pages"):
        search_names(HERE, LittleTree(everything()), ROOT, progress)
    with pytest.raises(ArchiveError, match="418"):
        search_names(HERE, LittleTree({}, status=418), ROOT, progress)


def test_a_label_of_another_product_is_left_out(label, progress):
    tree = LittleTree({"ESP_013951_1950_RED": label})
    assert search_names(HERE, tree, ROOT, progress).observations == ()
    assert "ESP_013951_1955_RED" in progress.warnings[0]


def test_a_cancel_stops_the_asking(progress):
    tree = LittleTree({})
    get = tree.get

    def cancelling(*args, **kwargs):
        progress.cancel()
        return get(*args, **kwargs)

    tree.get = cancelling
    with pytest.raises(CancelledError):
        search_names(HERE, tree, ROOT, progress)
    assert len(tree.asked) <= 3
