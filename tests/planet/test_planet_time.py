"""Mars time against published values, and the reading of seasons."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marscd_plugin.common.errors import InputError
from marscd_plugin.common.words import Season
from marscd_plugin.planet import time as mt

UTC = timezone.utc
MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("moment", "year", "longitude"),
    [
        # Allison and McEwen 2000 and Mars24: worked examples.
        ("2000-01-06T00:00:00", 24, 277.18758),
        ("2004-01-03T13:46:31", 26, 327.32416),
        # Events: Perseverance's landing; MAVEN's orbit insertion (MY 32); HiRISE ESP_023045_1380 (Ls 318).
        ("2021-02-18T20:55:00", 36, 5.65),
        ("2014-09-22T02:24:00", 32, None),
        ("2011-06-27", 30, 318.04),
    ],
)
def test_published_instants(moment, year, longitude):
    date = mt.mars_date(mt.parse_utc(moment))
    assert date.mars_year == year
    if longitude is not None:
        assert date.solar_longitude == pytest.approx(longitude, abs=0.01)


def test_worked_examples_to_the_last_printed_digit():
    assert mt.solar_longitude(mt.parse_utc("2000-01-06T00:00:00")) == pytest.approx(277.18758, abs=2e-5)
    assert mt.solar_longitude(mt.parse_utc("2004-01-03T13:46:31")) == pytest.approx(327.32416, abs=2e-5)


# Piqueux et al. 2015 (Icarus 251, 332), UTC, and the start of Mars Year 1 (Clancy et al. 2000).
STARTS = {
    1: "1955-04-11T11:00", 24: "1998-07-14T18:50", 25: "2000-05-31T18:19", 26: "2002-04-18T17:28",
    27: "2004-03-05T16:12", 28: "2006-01-21T16:08", 29: "2007-12-09T15:57", 30: "2009-10-26T14:57",
    31: "2011-09-13T14:08", 32: "2013-07-31T13:39", 33: "2015-06-18T12:16", 34: "2017-05-05T11:28",
    35: "2019-03-23T11:17", 36: "2021-02-07T10:55", 37: "2022-12-26T10:00", 38: "2024-11-12T09:29",
    39: "2026-09-30T08:12", 40: "2028-08-17T07:06",
}  # fmt: skip


@pytest.mark.parametrize(("year", "start"), STARTS.items())
def test_mars_years_start_on_the_published_day(year, start):
    ours = mt.utc_of(year, 0.0)
    published = mt.parse_utc(start)
    assert ours.date() == published.date()
    assert abs(ours - published) < timedelta(minutes=25)


def test_the_year_changes_at_its_start():
    start = mt.utc_of(36, 0.0)
    assert mt.mars_year(start - timedelta(seconds=1)) == 35
    assert mt.mars_year(start + timedelta(seconds=1)) == 36
    assert mt.solar_longitude(start - timedelta(seconds=1)) > 359.999


def test_a_hundred_archive_records_agree_within_a_hundredth_of_a_degree(shared):
    reply = ElementTree.parse(shared / "fixtures/ode/ode_product_query_ctx_edr_marsyear36.xml").getroot()
    worst, years = 0.0, set()
    products = reply.findall(".//Product")
    for product in products:
        moment = mt.parse_utc(product.findtext("Observation_time") or product.findtext("UTC_start_time"))
        difference = mt.solar_longitude(moment) - float(product.findtext("Solar_longitude"))
        worst = max(worst, abs((difference + 180) % 360 - 180))
        years.add(mt.mars_year(moment))
    assert len(products) == 100
    assert worst < 0.01
    assert years == {36}


def test_a_hirise_record_agrees(shared):
    text = (shared / "fixtures/ode/ode_hirise_rdrv11_product_ESP_012600_1655_RED.json").read_text()

    def find(node, key):
        if isinstance(node, dict):
            for name, value in node.items():
                if name == key:
                    return value
                if (inner := find(value, key)) is not None:
                    return inner
        if isinstance(node, list):
            return next((v for v in (find(n, key) for n in node) if v is not None), None)
        return None

    record = json.loads(text)
    date = mt.mars_date(mt.parse_utc(find(record, "UTC_start_time")))
    assert date.mars_year == 29
    assert date.solar_longitude == pytest.approx(float(find(record, "Solar_longitude")), abs=0.01)


@given(MOMENTS)
def test_utc_of_takes_a_date_back(moment):
    date = mt.mars_date(moment)
    assert 0 <= date.solar_longitude < 360
    # Around a leap second two instants share one; elsewhere it is exact to the microsecond or so.
    assert abs(mt.utc_of(date.mars_year, date.solar_longitude) - moment) <= timedelta(seconds=1.01)


@given(MOMENTS, st.integers(1, 10_000_000))
def test_solar_longitude_never_runs_back(moment, seconds):
    a, b = mt.mars_date(moment), mt.mars_date(moment + timedelta(seconds=seconds + 1))
    assert (a.mars_year, a.solar_longitude) < (b.mars_year, b.solar_longitude)


def test_naive_times_are_utc_and_zones_are_heard():
    naive = datetime(2011, 6, 27, 12)
    assert mt.mars_date(naive) == mt.mars_date(naive.replace(tzinfo=UTC))
    east = naive.replace(tzinfo=timezone(timedelta(hours=5)))
    assert mt.mars_date(east) == mt.mars_date(datetime(2011, 6, 27, 7, tzinfo=UTC))


@pytest.mark.parametrize(("year", "longitude"), [(30, -1.0), (30, 360.5), (30, float("nan")), (99999, 0.0)])
def test_utc_of_refuses(year, longitude):
    with pytest.raises(InputError):
        mt.utc_of(year, longitude)


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("", ()),
        ("  ", ()),
        ("30-31", ((30, 31),)),
        ("28,31", ((28, 28), (31, 31))),
        ("30-31, 28", ((28, 28), (30, 31))),
        ("MY28; my 30 \u2013 MY 31", ((28, 28), (30, 31))),
        ("29-33,31,34", ((29, 34),)),
    ],
)
def test_mars_years_are_read(text, ranges):
    assert mt.parse_mars_years(text) == ranges


@pytest.mark.parametrize("text", ["31-30", "x", "30-", "-30", "30,", "0", "30.5", "1e3", "30-31-32", "3000"])
def test_mars_years_that_are_none_are_refused(text):
    with pytest.raises(InputError) as caught:
        mt.parse_mars_years(text)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("", None),
        ("250-350", (250.0, 350.0)),
        ("330-30", (330.0, 30.0)),
        ("Ls 12.5 \u2013 40.25", (12.5, 40.25)),
        ("0-360", (0.0, 360.0)),
        ("350\u00b0-360\u00b0", (350.0, 360.0)),
    ],
)
def test_solar_longitudes_are_read(text, pair):
    assert mt.parse_solar_longitude(text) == pair


@pytest.mark.parametrize("text", ["250", "250-", "a-b", "-10-20", "350-361", "90-90", "360-0", "1-2-3", "nan-20"])
def test_solar_longitudes_that_are_no_range_are_refused(text):
    with pytest.raises(InputError) as caught:
        mt.parse_solar_longitude(text)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2011-06-27", datetime(2011, 6, 27)),
        ("2011-06-27T13:45", datetime(2011, 6, 27, 13, 45)),
        ("2011-06-27 13:45:06.789", datetime(2011, 6, 27, 13, 45, 6, 789000)),
        ("2011-06-27T13:45:06Z", datetime(2011, 6, 27, 13, 45, 6)),
        ("2011-06-27T13:45:06+02:00", datetime(2011, 6, 27, 11, 45, 6)),
        ("2011-06-27T13:45:06-0530", datetime(2011, 6, 27, 19, 15, 6)),
        ("2008-366T23:59:59.5", datetime(2008, 12, 31, 23, 59, 59, 500000)),
        ("2008-060", datetime(2008, 2, 29)),
        ("2016-12-31T23:59:60", datetime(2017, 1, 1)),
    ],
)
def test_times_are_read(text, moment):
    assert mt.parse_utc(text) == moment.replace(tzinfo=UTC)


def test_a_date_can_mean_its_whole_day():
    assert mt.parse_utc("2011-06-27", end_of_day=True) == datetime(2011, 6, 27, 23, 59, 59, 999999, UTC)
    assert mt.parse_utc("2011-06-27T01:00", end_of_day=True) == datetime(2011, 6, 27, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "soon", "2011", "2011-13-01", "2009-366", "2009-000", "2011-06-27T25:00", "27.6.11"]
)
def test_times_that_are_none_are_refused(text):
    with pytest.raises(InputError) as caught:
        mt.parse_utc(text)
    assert "2011-06-27" in caught.value.remedy


@given(st.text(max_size=60))
def test_no_text_breaks_the_readers(text):
    for read in (mt.parse_mars_years, mt.parse_solar_longitude, mt.parse_utc):
        try:
            read(text)
        except InputError:
            continue


MOMENT = datetime(2011, 6, 27, tzinfo=UTC)


@pytest.mark.parametrize(
    ("season", "holds"),
    [
        (Season(), True),
        (Season(mars_years=((30, 30),)), True),
        (Season(mars_years=((28, 29), (31, 31))), False),
        (Season(solar_longitude=(318.0, 318.0)), True),
        (Season(solar_longitude=(250.0, 318.0)), True),
        (Season(solar_longitude=(318.0, 20.0)), True),
        (Season(solar_longitude=(330.0, 30.0)), False),
        (Season(solar_longitude=(20.0, 300.0)), False),
        (Season(start=MOMENT, end=MOMENT), True),
        (Season(start=MOMENT + timedelta(microseconds=1)), False),
        (Season(end=MOMENT - timedelta(microseconds=1)), False),
        # All that is given must hold: one that does not is enough.
        (Season(mars_years=((30, 30),), solar_longitude=(300.0, 330.0), start=MOMENT, end=MOMENT), True),
        (Season(mars_years=((31, 31),), solar_longitude=(300.0, 330.0)), False),
        (Season(mars_years=((30, 30),), solar_longitude=(0.0, 10.0)), False),
    ],
)
def test_a_season_holds(season, holds):
    assert mt.season_holds(season, MOMENT, 30, 318.0) is holds


@pytest.mark.parametrize(
    ("pair", "longitude", "holds"),
    [
        ((350.0, 360.0), 0.0, True),
        ((350.0, 360.0), 360.0, True),
        ((360.0, 10.0), 5.0, True),
        ((360.0, 10.0), 0.0, True),
        ((360.0, 10.0), 20.0, False),
        ((330.0, 30.0), 330.0, True),
        ((330.0, 30.0), 30.0, True),
        ((330.0, 30.0), 30.001, False),
        ((0.0, 360.0), 123.0, True),
    ],
)
def test_the_seam_of_the_year(pair, longitude, holds):
    assert mt.season_holds(Season(solar_longitude=pair), MOMENT, 30, longitude) is holds


def test_unrestricted_windows():
    assert mt.utc_windows(Season()) == [(None, None)]
    assert mt.utc_windows(Season(solar_longitude=(10.0, 20.0))) == [(None, None)]
    assert mt.utc_windows(Season(start=MOMENT)) == [(MOMENT, None)]
    assert mt.utc_windows(Season(mars_years=((30, 30),), start=MOMENT, end=MOMENT - timedelta(days=1))) == []
    assert mt.utc_windows(Season(mars_years=((20, 20),), start=MOMENT)) == []


def test_windows_narrow_a_search():
    windows = mt.utc_windows(Season(mars_years=((30, 30),), solar_longitude=(250.0, 350.0)))
    assert len(windows) == 1
    start, end = windows[0]
    assert timedelta(0) < mt.utc_of(30, 250.0) - start < timedelta(days=1)
    assert timedelta(0) < end - mt.utc_of(30, 350.0) < timedelta(days=1)
    assert len(mt.utc_windows(Season(mars_years=((30, 31),), solar_longitude=(330.0, 30.0)))) == 3
    assert len(mt.utc_windows(Season(mars_years=((1, 90),), solar_longitude=(10.0, 20.0)))) == 1


SEASONS = st.builds(
    Season,
    mars_years=st.lists(st.tuples(st.integers(26, 38), st.integers(0, 3)), max_size=3).map(
        lambda items: tuple((a, a + n) for a, n in items)
    ),
    solar_longitude=st.none() | st.tuples(st.floats(0, 360), st.floats(0, 360)),
    start=st.none() | MOMENTS,
    end=st.none() | MOMENTS,
)


@given(SEASONS, MOMENTS, st.floats(-0.01, 0.01))
def test_windows_hold_every_observation_of_the_season(season, moment, off):
    date = mt.mars_date(moment)
    # The archive's own solar longitude differs a little from ours.
    longitude = min(max(date.solar_longitude + off, 0.0), 359.9999)
    if mt.season_holds(season, moment, date.mars_year, longitude):
        windows = mt.utc_windows(season)
        assert any((a is None or a <= moment) and (b is None or moment <= b) for a, b in windows)
        known = [(a, b) for a, b in windows if a and b]
        assert all(x[1] < y[0] for x, y in pairwise(known))
