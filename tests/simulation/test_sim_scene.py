"""Scenes: truth that holds together over epochs, geometry of the pointing error, determinism."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import pairwise

import numpy as np
import pytest

from marscd_plugin.common.errors import InputError
from marscd_plugin.planet.time import utc_of
from marscd_plugin.simulation.kinds import Kind
from marscd_plugin.simulation.phenomena import flow, growth
from marscd_plugin.simulation.scene import MARGIN, Scene, SceneSpec, epoch_at, palikir
from marscd_plugin.simulation.sensor import Sensor

SPEC = SceneSpec(seed=5, width=320, height=288, pixel_size=1.0, rsl_per_km2=900.0)
CLEAR = Sensor(psf_px=0.0, snr=1e9, stripes=0.0)


def at(mars_year: int, ls: float, **other):
    return epoch_at(SPEC, utc_of(mars_year, ls), **other)


@pytest.fixture(scope="module")
def scene() -> Scene:
    return Scene(SPEC)


def digest(array) -> str:
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()


def test_shapes_and_types(scene):
    epoch = at(30, 300)
    image = scene.image(epoch)
    assert image.shape == (288, 320) and image.dtype == np.float32
    assert 0.01 < np.median(image) < 0.4
    dn, factor, offset = scene.dn(epoch)
    assert dn.shape == image.shape and dn.dtype == np.uint16 and dn.max() <= 1023
    assert np.median(dn) * factor + offset == pytest.approx(float(np.median(image)), rel=0.02)
    assert scene.phenomena(epoch).dtype == np.uint8
    assert scene.recipe["simulated"] is True


def test_same_seed_same_pixels(scene):
    other = Scene(SPEC)
    epoch = at(30, 320, seed=3, shift_m=(4.3, -2.2), distortion_m=0.2)
    assert digest(scene.image(epoch)) == digest(other.image(epoch))
    assert digest(scene.truth(at(30, 250), epoch)) == digest(other.truth(at(30, 250), epoch))
    assert digest(scene.image(epoch)) != digest(Scene(replace(SPEC, seed=6)).image(epoch))
    assert digest(scene.image(epoch)) != digest(scene.image(replace(epoch, seed=4)))


def test_truth_is_symmetric_and_empty_with_itself(scene):
    a, b = at(30, 255), at(31, 335)
    assert np.array_equal(scene.truth(a, b), scene.truth(b, a))
    assert scene.truth(a, a).sum() == 0
    assert scene.truth(a, b).sum() > 100
    assert set(np.unique(scene.truth(a, b))) == {0, 1}


def test_lineae_only_grow_through_a_summer(scene):
    masks = [scene.phenomena(at(30, ls)) == Kind.RSL for ls in (250, 275, 300, 320, 340)]
    # Where a dated event covers a lineae its class changes: look at the lineae alone.
    events = np.zeros(masks[0].shape, bool)
    for ls in (250, 275, 300, 320, 340):
        events |= np.isin(scene.phenomena(at(30, ls)), [Kind.STREAK, Kind.CRATER, Kind.BOULDER])
    sizes = [m.sum() for m in masks]
    assert sizes == sorted(sizes) and sizes[-1] > 4 * max(sizes[0], 1)
    for earlier, later in pairwise(masks):
        lost = earlier & ~later & ~events
        assert lost.sum() <= 0.02 * max(earlier.sum(), 1) + 4


def test_lineae_fade_and_come_again(scene):
    summer, winter = scene.phenomena(at(30, 340)) == Kind.RSL, scene.phenomena(at(31, 100)) == Kind.RSL
    again = scene.phenomena(at(31, 340)) == Kind.RSL
    assert summer.sum() > 0 and winter.sum() == 0
    assert (summer & again).sum() > 0.5 * summer.sum()
    assert not np.array_equal(summer, again)


def test_growth_is_continuous_and_wraps():
    assert growth(239)[0] == 0 and growth(100) == (0.0, 0.0)
    assert growth(345)[0] == pytest.approx(1.0)
    assert growth(359.9)[1] == pytest.approx(growth(0.1)[1], abs=0.01)
    assert 0 < growth(25)[1] < 1


def test_change_is_visible_where_labelled():
    """Under one sun and a clear sensor, brightness differs where the truth says and hardly elsewhere."""
    scene = Scene(SPEC)
    a = at(30, 250, sensor=CLEAR)
    b = replace(at(30, 340, sensor=CLEAR), incidence=a.incidence, sub_solar_azimuth=a.sub_solar_azimuth)
    before, after = scene.image(a), scene.image(b)
    relative = np.abs(after - before) / before
    changed = scene.truth(a, b) == 1
    assert np.median(relative[changed]) > 0.05
    assert np.median(relative[~changed]) < 0.001
    rsl = (scene.phenomena(b) == Kind.RSL) & changed
    assert (after[rsl] < before[rsl]).mean() > 0.95


def test_shift_moves_the_ground_east_and_north(scene):
    plain = scene.image(at(30, 250, sensor=CLEAR))
    moved = scene.image(at(30, 250, sensor=CLEAR, shift_m=(7.0, 3.0)))
    # 7 m east is 7 columns right, 3 m north is 3 rows up.
    assert np.allclose(moved[:-3, 7:], plain[3:, :-7], atol=1e-6)


def test_ground_beyond_the_margin_is_not_seen(scene):
    image = scene.image(at(30, 250, shift_m=(MARGIN + 20.0, 0.0)))
    assert np.isnan(image[:, :19]).all() and np.isfinite(image[:, 25:]).all()
    dn, _, _ = scene.dn(at(30, 250, shift_m=(MARGIN + 20.0, 0.0)))
    assert (dn[:, :19] == 0).all()


def test_truth_does_not_know_of_pointing_or_sun(scene):
    a, b = at(30, 250), at(30, 330)
    moved = replace(b, shift_m=(12.0, 5.0), rotation=0.2, incidence=70.0, sub_solar_azimuth=10.0, seed=9)
    assert np.array_equal(scene.truth(a, b), scene.truth(a, moved))


def test_events_stay_after_their_date(scene):
    event = next(e for e in scene.events if e.kind == "crater")
    early, late = event.time - timedelta(days=2), event.time + timedelta(days=2)
    a, b = epoch_at(SPEC, early), epoch_at(SPEC, late)
    # The same season for both, so that lineae do not differ.
    b = replace(b, solar_longitude=a.solar_longitude, mars_year=a.mars_year)
    later = replace(b, time=late + timedelta(days=9000))
    row, column = int(event.y) - MARGIN, int(event.x) - MARGIN
    assert scene.truth(a, b)[row, column] == 1
    assert scene.phenomena(b)[row, column] == Kind.CRATER
    assert scene.phenomena(later)[row, column] == Kind.CRATER


def test_moved_boulder_is_change_at_both_ends(scene):
    event = next(e for e in scene.events if e.kind == "boulder" and _inside(e))
    a = replace(at(30, 100), time=event.time - timedelta(days=1))
    b = replace(a, time=event.time + timedelta(days=1))
    truth = scene.truth(a, b)
    for x, y in ((event.x, event.y), (event.x2, event.y2)):
        assert truth[int(y) - MARGIN, int(x) - MARGIN] == 1


def _inside(event) -> bool:
    def ok(v, n):
        return MARGIN + 3 < v < MARGIN + n - 3

    return ok(event.x, 320) and ok(event.x2, 320) and ok(event.y, 288) and ok(event.y2, 288)


def test_lineae_run_downhill(scene):
    lines, height = scene._lineae, scene._ground.height
    assert lines.count > 20
    at_point = height[lines.y.astype(int), lines.x.astype(int)]
    start, end = lines.along < 0.05, lines.along > 0.9
    drops = [
        at_point[start & (lines.line == k)].mean() - at_point[end & (lines.line == k)].mean()
        for k in np.unique(lines.line)
        if (start & (lines.line == k)).any() and (end & (lines.line == k)).any()
    ]
    assert len(drops) > 10 and np.mean(np.array(drops) > 0) > 0.97


def test_flow_follows_the_steepest_slope_and_stops_on_flat_ground():
    y, _ = np.mgrid[0:120, 0:80].astype(np.float32)
    height = np.where(y < 70, (70 - y) * 0.7, 0.0).astype(np.float32)
    px, py, holds = flow(np.random.default_rng(0), height, 1.0, np.array([40.0]), np.array([10.0]), 100, 0.0)
    assert abs(px[30, 0] - 40) < 0.5 and py[30, 0] == pytest.approx(40, abs=1)
    assert 50 < holds[0] < 70


def test_real_backdrop_becomes_albedo_and_is_said():
    rng = np.random.default_rng(0)
    image = rng.uniform(50, 200, (150, 150)).astype(np.float32)
    image[:10, :10] = np.nan
    spec = replace(SPEC, width=128, height=128)
    made = Scene(spec, backdrop=image)
    assert made.recipe["backdrop"] == "real image" and "albedo" in made.recipe
    epoch = at(30, 300)
    assert np.isfinite(made.image(epoch)).all()
    assert not np.array_equal(made.image(epoch), Scene(spec).image(epoch))


@pytest.mark.parametrize("preset", ["dunes", "plain"])
def test_other_presets(preset):
    made = Scene(SceneSpec(seed=1, width=128, height=96, preset=preset))
    a, b = at(30, 250), at(31, 340)
    assert np.isfinite(made.image(a)).all()
    assert 0 < made.truth(a, b).mean() < 0.2


@pytest.mark.parametrize(
    "bad", [{"width": 10}, {"width": 10_000, "height": 10_000}, {"preset": "moon"}, {"pixel_size": 0.0}]
)
def test_scenes_that_cannot_be_made_are_refused(bad):
    with pytest.raises(InputError):
        Scene(replace(SPEC, **bad))


def test_palikir_epochs():
    spec, epochs = palikir(256)
    assert (spec.latitude, spec.longitude, spec.pixel_size) == (-41.6, -157.7, 0.5)
    assert 6 <= len(epochs) <= 8
    assert {e.mars_year for e in epochs} == {30, 31}
    assert all(240 <= e.solar_longitude <= 350 for e in epochs)
    assert [e.time for e in epochs] == sorted(e.time for e in epochs)
    assert len({e.product_id for e in epochs}) == len(epochs)
    known = next(e for e in epochs if e.product_id.startswith("ESP_023045_1380"))
    assert known.id_published and known.time.date() == datetime(2011, 6, 27, tzinfo=timezone.utc).date()
    assert known.solar_longitude == pytest.approx(318, abs=0.6)
    assert all(35 < e.incidence < 60 and 270 < e.sub_solar_azimuth < 310 for e in epochs)
