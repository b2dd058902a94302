"""The one filter: seasons that wrap, inclusive ends, Mars Years and UTC, and the same whatever the source."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marscd_plugin.archives.filter import LARGEST_LS_ERROR, holds, mars_season, wanted
from marscd_plugin.common.words import Observation, Query, Season
from marscd_plugin.planet.geometry import area_from_extent
from marscd_plugin.planet.time import mars_date, utc_of, utc_windows

UTC = timezone.utc
AREA = area_from_extent(10.0, 10.0, 11.0, 11.0)
times = st.datetimes(datetime(2006, 1, 1), datetime(2030, 1, 1)).map(lambda t: t.replace(tzinfo=UTC))
#: Whole hundredths of a degree, so that ends are met exactly.
longitudes = st.integers(0, 35999).map(lambda n: n / 100)


def observed(time: datetime, stated: float | None = None, incidence: float | None = 50.0) -> Observation:
    year, longitude = mars_season(time, stated)
    return Observation("X", "X", "HIRISE", time, year, longitude, AREA, (), incidence=incidence)


def asked(**season) -> Query:
    return Query(AREA, season=Season(**season))


@given(times, longitudes, longitudes)
def test_a_range_and_its_rest_hold_every_moment(time, start, end) -> None:
    one = observed(time)
    inside, rest = holds(one, asked(solar_longitude=(start, end))), holds(one, asked(solar_longitude=(end, start)))
    # A range of no width is one instant, not a year: users' text never gives one.
    assert inside or rest or start == end
    # Both only at an end, which belongs to both.
    if inside and rest:
        assert start == end or one.solar_longitude in (start % 360, end % 360)


@given(times, st.floats(0.001, 170.0))
def test_ends_are_inclusive_and_wrap(time, width) -> None:
    one = observed(time)
    here = one.solar_longitude
    assert holds(one, asked(solar_longitude=(here, (here + width) % 360)))
    assert holds(one, asked(solar_longitude=((here - width) % 360, here)))
    assert not holds(one, asked(solar_longitude=((here + width) % 360, (here + 2 * width) % 360)))


@given(times)
def test_years_and_dates_mean_the_same(time) -> None:
    one = observed(time)
    year = mars_date(time).mars_year
    assert holds(one, asked(mars_years=((year, year),)))
    assert not holds(one, asked(mars_years=((year + 1, year + 9),)))
    start, end = utc_of(year, 0.0), utc_of(year + 1, 0.0)
    near = min(abs(time - start), abs(end - time)) < timedelta(seconds=2)
    assert near or holds(one, asked(start=start, end=end))
    assert near or not holds(one, asked(start=end))
    assert holds(one, asked(start=time, end=time))


@given(times, longitudes, longitudes, st.integers(26, 40), st.integers(0, 3))
def test_all_that_is_given_must_hold(time, start, end, first, more) -> None:
    one = observed(time)
    year, ls = ((first, first + more),), (start, end)
    both = holds(one, asked(mars_years=year, solar_longitude=ls))
    assert both == (holds(one, asked(mars_years=year)) and holds(one, asked(solar_longitude=ls)))


@given(times, longitudes, longitudes, st.integers(26, 38))
def test_what_holds_lies_in_a_window_that_archives_are_asked_for(time, start, end, first) -> None:
    season = Season(mars_years=((first, first + 2),), solar_longitude=(start, end))
    one = observed(time, (mars_date(time).solar_longitude + 0.005) % 360)
    if start % 360 != end % 360 and holds(one, Query(AREA, season=season)):
        assert any(low <= time <= high for low, high in utc_windows(season))


@given(times, st.floats(-0.02, 0.02))
def test_sources_agree_but_for_their_own_rounding(time, slip) -> None:
    """ODE's, the index's and a time's own solar longitude give one Mars Year, and longitudes as near as they were."""
    exact = mars_date(time)
    year, longitude = mars_season(time, (exact.solar_longitude + slip) % 360)
    assert abs((year * 360 + longitude) - (exact.mars_year * 360 + exact.solar_longitude)) < 0.021


@given(times, st.floats(0, 360))
def test_a_longitude_that_its_time_denies_is_not_believed(time, stated) -> None:
    year, longitude = mars_season(time, stated)
    date = mars_date(time)
    apart = abs((stated - date.solar_longitude + 180) % 360 - 180)
    if apart > LARGEST_LS_ERROR:
        assert (year, longitude) == (date.mars_year, date.solar_longitude)
    else:
        assert longitude == pytest.approx(stated % 360)
    assert 0 <= longitude < 360


@pytest.mark.parametrize("stated", [None, -1.0, 360.5, float("nan")])
def test_an_unknown_longitude_is_the_time_s(stated) -> None:
    time = datetime(2011, 6, 27, tzinfo=UTC)
    date = mars_date(time)
    assert mars_season(time, stated) == (date.mars_year, date.solar_longitude)


def test_incidence() -> None:
    time = datetime(2011, 6, 27, tzinfo=UTC)
    query = Query(AREA, max_incidence=50.0)
    assert holds(observed(time, incidence=50.0), query)
    assert not holds(observed(time, incidence=50.001), query)
    assert not holds(observed(time, incidence=None), query)
    assert holds(observed(time, incidence=None), Query(AREA))


def test_place_and_coverage() -> None:
    one = observed(datetime(2011, 6, 27, tzinfo=UTC))
    half = replace(one, footprint=area_from_extent(10.5, 10.0, 12.0, 11.0))
    assert wanted(half, Query(AREA)).coverage == pytest.approx(0.5)
    assert wanted(replace(one, footprint=area_from_extent(20, 20, 21, 21)), Query(AREA)) is None
    assert wanted(one, asked(mars_years=((1, 2),))) is None
