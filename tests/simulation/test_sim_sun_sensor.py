"""Sun geometry and shading; sensor coding."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from marscd_plugin.simulation.sensor import HIGH_REPR, LOW_REPR, NULL, Sensor, expose, from_dn, to_dn
from marscd_plugin.simulation.sun import SunPosition, shade, shadow, sub_solar_latitude, sun_position, towards


@pytest.mark.parametrize(("ls", "latitude"), [(0, 0.0), (90, 25.19), (180, 0.0), (270, -25.19), (318, -16.55)])
def test_sub_solar_latitude(ls, latitude):
    assert sub_solar_latitude(ls) == pytest.approx(latitude, abs=0.02)


def test_noon_sun_stands_overhead_at_its_latitude():
    assert sun_position(sub_solar_latitude(300), 300, 12).incidence == pytest.approx(0.0, abs=1e-4)


def test_noon_sun_of_the_south_stands_north_and_afternoon_sun_west():
    assert sun_position(-41.6, 318, 12).azimuth % 360 == pytest.approx(0.0, abs=1e-6)
    assert 270 < sun_position(-41.6, 318, 15).azimuth < 330
    assert 30 < sun_position(-41.6, 318, 9).azimuth < 90


@settings(max_examples=50, deadline=None)
@given(st.floats(-89, 89), st.floats(0, 360), st.floats(0, 24))
@example(14.0, 1.0, 24.0)  # midnight: an azimuth a rounding below 0
def test_sun_position_is_in_range_and_mirrored_about_noon(latitude, ls, hour):
    sun, mirror = sun_position(latitude, ls, hour), sun_position(latitude, ls, 24 - hour)
    assert 0 <= sun.incidence <= 180 and 0 <= sun.azimuth < 360
    assert sun.incidence == pytest.approx(mirror.incidence, abs=1e-6)


@pytest.mark.parametrize("lunar", [0.0, 0.5])
def test_flat_ground_shines_as_the_cosine(lunar):
    value = shade(np.zeros((20, 20), np.float32), 1.0, SunPosition(50.0, 300.0), lunar)
    assert value == pytest.approx(math.cos(math.radians(50.0)), abs=1e-4)


def test_slopes_towards_the_sun_are_brighter():
    y, x = np.mgrid[0:20, 0:20].astype(np.float32)
    east, west = SunPosition(45, 90), SunPosition(45, 270)
    rising_east = 0.3 * x
    assert shade(rising_east, 1.0, west).mean() > shade(rising_east, 1.0, east).mean() + 0.1
    rising_south = 0.3 * y
    assert shade(rising_south, 1.0, SunPosition(45, 0)).mean() > shade(rising_south, 1.0, SunPosition(45, 180)).mean()


@pytest.mark.parametrize("incidence", [45.0, 63.4])
def test_a_wall_casts_a_shadow_as_long_as_its_height_says(incidence):
    height = np.zeros((40, 120), np.float32)
    height[:, 60:62] = 10.0
    lit = shadow(height, 1.0, SunPosition(incidence, 270.0))
    row = lit[20]
    assert row[:58].min() > 0.9
    wanted = 10.0 * math.tan(math.radians(incidence))
    assert (row[62:] < 0.5).sum() == pytest.approx(wanted, abs=1.6)
    assert row[110:].min() > 0.9


def test_towards_points_up_for_north_and_left_for_west():
    assert towards(0) == pytest.approx((0, -1))
    assert towards(270) == pytest.approx((-1, 0))


def test_dn_keeps_reflectance_and_special_values():
    rng = np.random.default_rng(0)
    image = rng.uniform(0.08, 0.2, (200, 200)).astype(np.float32)
    image[:5] = np.nan
    image[10, 10], image[11, 11] = 0.31, 0.001
    dn, factor, offset = to_dn(image)
    assert dn.dtype == np.uint16
    assert (dn[:5] == NULL).all() and (dn[5:] != NULL).all()
    assert dn[10, 10] in (HIGH_REPR, 1022) and dn[11, 11] in (LOW_REPR, 2)
    inner = (dn >= 3) & (dn <= 1021)
    assert inner.mean() > 0.97
    back = from_dn(dn, factor, offset)
    assert np.nanmax(np.abs(back - image)[inner]) <= 0.5 * factor + 1e-6
    assert np.isnan(back[:5]).all()


def test_nothing_seen_is_all_null():
    dn, factor, _ = to_dn(np.full((5, 5), np.nan, np.float32))
    assert (dn == 0).all() and factor > 0


def test_noise_is_what_the_sensor_says():
    flat = np.full((400, 400), 0.1, np.float32)
    seen = expose(np.random.default_rng(1), flat, Sensor(psf_px=0.5, snr=100.0, stripes=0.0))
    assert seen.std() == pytest.approx(0.001, rel=0.05)
    assert seen.mean() == pytest.approx(0.1, rel=0.001)
