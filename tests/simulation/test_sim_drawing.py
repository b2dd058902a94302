"""Drawn pairs: same by seed, truth where something differs and nowhere else, records that say what was drawn."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marscd_plugin.common.errors import InputError
from marscd_plugin.simulation.backdrops import simulated_backdrop
from marscd_plugin.simulation.drawing import LARGEST, NEAR_SHARE, NO_CHANGE_SHARE, draw_pair, draw_pairs
from marscd_plugin.simulation.easel import MENU, Easel
from marscd_plugin.simulation.kinds import Kind
from marscd_plugin.simulation.marks import Site, box, downhill, strokes
from marscd_plugin.simulation.terrain import fractal
from marscd_plugin.simulation.visibility import ROSE, Ground, rose_of

SIZE = 96
KINDS = [k for k in Kind if k is not Kind.NONE]


def backdrop(seed: int = 0, edge: int = 160) -> np.ndarray:
    return 120.0 + 20.0 * fractal(np.random.default_rng(seed), (edge, edge), 2.8, 60.0)


def digest(pair) -> str:
    parts = (pair.before, pair.after, pair.truth, pair.valid, pair.classes, pair.labels, pair.ignore)
    return hashlib.sha256(b"".join(np.ascontiguousarray(p).tobytes() for p in parts)).hexdigest()


def site(n: int = 192, seed: int = 0) -> Site:
    rng = np.random.default_rng(seed)
    gradient = tuple(0.25 * fractal(rng, (n, n), 2.5, 60.0) for _ in range(2))
    interest = np.abs(fractal(rng, (n, n), 2.0, 20.0))
    return Site((n, n), (0.6, 0.8), (gradient[0], gradient[1]), interest, ((-1.0, 0.0), (-0.8, 0.6)), (1.2, 1.5))


def easel(n: int = 192, noise: float = 1e-6) -> Easel:
    flat = np.ones((n, n), np.float32)
    return Easel(Ground(flat, flat, noise), (n, n))


def test_shapes_types_and_context():
    pair = draw_pair(np.random.default_rng(1), backdrop(), SIZE, change=True)
    for image in (pair.before, pair.after):
        assert image.shape == (SIZE, SIZE) and image.dtype == np.float32
        assert np.isfinite(image).all() and (image >= 0).all()
    assert pair.truth.dtype == pair.kind.dtype == np.uint8 and pair.labels.dtype == np.uint16
    assert pair.valid.dtype == pair.ignore.dtype == bool
    assert pair.kind is pair.classes
    assert 15 < pair.incidence_before < 85 and 15 < pair.incidence_after < 85 and abs(pair.azimuth_change) <= 150
    assert 0 < pair.residual_px < 10
    json.dumps(pair.recipe)
    assert pair.recipe["simulated"] is True


def test_same_seed_same_pairs_and_nothing_outside_is_touched():
    ground = backdrop()
    kept = ground.copy()
    np.random.seed(0)
    state = np.random.get_state()[1].copy()
    first = draw_pairs(np.random.default_rng(7), ground, SIZE, 3)
    assert np.array_equal(np.random.get_state()[1], state) and np.array_equal(ground, kept)
    again = draw_pairs(np.random.default_rng(7), ground, SIZE, 3)
    assert [digest(p) for p in first] == [digest(p) for p in again]
    assert [p.objects for p in first] == [p.objects for p in again]
    assert len({digest(p) for p in first}) == 3
    assert digest(draw_pair(np.random.default_rng(8), ground, SIZE)) != digest(first[0])


def test_nothing_is_labelled_where_nothing_changed():
    rng = np.random.default_rng(3)
    for pair in draw_pairs(rng, backdrop(), SIZE, 10, change=False):
        assert not pair.truth.any() and not pair.classes.any() and not pair.labels.any() and not pair.ignore.any()
        assert pair.objects == ()
        assert not np.array_equal(pair.before, pair.after)


def test_truth_labels_kinds_and_records_agree():
    rng = np.random.default_rng(5)
    for pair in draw_pairs(rng, backdrop(), SIZE, 20, change=True):
        truth = pair.truth > 0
        assert np.array_equal(truth, pair.labels > 0) and np.array_equal(truth, pair.classes > 0)
        assert not (truth & ~pair.valid).any() and not (pair.ignore & truth).any()
        for thing in pair.objects:
            assert thing.visible == (thing.rose >= ROSE) == (thing.id > 0)
            if thing.id:
                mine = pair.labels == thing.id
                assert mine.sum() == thing.area_px > 0
                assert set(np.unique(pair.classes[mine])) == {int(thing.kind)}
        assert set(np.unique(pair.labels[truth])) == {o.id for o in pair.objects if o.id}


def test_half_are_near_and_two_fifths_unchanged():
    rng = np.random.default_rng(11)
    pairs = [p for _ in range(14) for p in draw_pairs(rng, backdrop(), 48, 10)]
    near = [p for p in pairs if p.recipe["near"]]
    assert abs(len(near) / len(pairs) - NEAR_SHARE) < 0.13
    assert abs(np.mean([not p.recipe["change"] for p in pairs]) - NO_CHANGE_SHARE) < 0.13
    assert max(p.residual_px for p in near) <= 0.301
    assert max(abs(p.azimuth_change) for p in near) < 15
    far = [p for p in pairs if not p.recipe["near"]]
    assert max(p.residual_px for p in far) > 1.0 and max(abs(p.azimuth_change) for p in far) > 40


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_drawn_where_the_dates_differ_and_only_it(kind):
    """Before any sensor: what is labelled differs, and far from any label nothing that was drawn changed differs."""
    differs: list[np.ndarray] = []
    for seed in range(8):
        rng = np.random.default_rng(seed)
        drawn = easel()
        drawn.draw(rng, site(seed=seed), [kind], None)
        difference = np.abs(drawn.after - drawn.before)
        truth = drawn.labels > 0
        differs.append(difference[truth] > 0.004)
        assert set(np.unique(drawn.classes[truth])) <= {int(kind)}
        if truth.any():
            assert np.median(difference[truth]) > 5 * difference[~truth].mean()
        assert (drawn.before > 0).all() and (drawn.after > 0).all()
    # Between its lit and its dark side a block or a channel is as bright as the ground.
    shaded = kind in (Kind.BOULDER, Kind.ICEFALL, Kind.GULLY, Kind.CRATER)
    assert len(np.concatenate(differs)) > 150
    assert np.concatenate(differs).mean() > (0.88 if shaded else 0.97)


@pytest.mark.parametrize("date", ["before", "after"])
def test_new_things_stand_in_the_date_that_was_asked_for(date):
    for kind in (Kind.STREAK, Kind.GULLY):
        drawn = easel()
        drawn.draw(np.random.default_rng(4), site(), [kind], None, date=date)
        assert {o.date for o in drawn.objects} == {date}
        untouched = drawn.before if date == "after" else drawn.after
        assert untouched[drawn.labels > 0].min() > 0.999


@given(low=st.floats(1.0, 8.0), ratio=st.floats(1.0, 2.5), seed=st.integers(0, 10_000))
@settings(max_examples=12)
def test_lineae_have_the_widths_that_were_asked_for(low, ratio, seed):
    high = min(low * ratio, 20.0)
    drawn = easel()
    drawn.draw(np.random.default_rng(seed), site(), [Kind.RSL], (low, high))
    assert all(low - 1e-6 <= o.width_px <= high + 1e-6 for o in drawn.objects)
    assert all(-0.46 < o.contrast < 0 for o in drawn.objects)


def test_narrow_lineae_are_narrow_on_the_image():
    from scipy import ndimage

    widest = []
    for seed in range(6):
        drawn = easel()
        drawn.draw(np.random.default_rng(seed), site(seed=seed), [Kind.RSL], (1.0, 2.0))
        for thing in drawn.objects:
            mine = drawn.labels == thing.id
            if thing.id and thing.area_px > 15:
                inside = ndimage.distance_transform_edt(np.pad(mine, 1))
                widest.append(2 * float(np.median(inside[inside > 0])))
    assert len(widest) > 10 and np.median(widest) <= 2.5


@given(width=st.floats(1.0, 14.0), angle=st.floats(0.0, 3.1))
@settings(max_examples=20)
def test_a_stroke_covers_its_width(width, angle):
    t = np.linspace(-40, 40, 28)
    x, y = 64.3 + t * np.cos(angle), 63.8 + t * np.sin(angle)
    cover = strokes((0, 0, 128, 128), [(x, y, np.full(28, width))], 0.0)
    # Ends are round: they add a disc of the width.
    expected = 80 * width + np.pi * (width / 2) ** 2
    assert abs(float(cover.sum()) - expected) < 0.08 * 80 * width + 1


def test_lineae_never_run_uphill():
    place = site()
    x, y = np.full(30, 96.0), np.full(30, 96.0)
    px, py = downhill(np.random.default_rng(0), place, x, y, np.zeros(30), 40, 2.0)
    along = np.diff(px, axis=0) * 0.6 + np.diff(py, axis=0) * 0.8
    assert along.min() > 0 and np.median(px[-1] * 0.6 + py[-1] * 0.8) > 96 * 1.4 + 40


def test_a_window_outside_is_none():
    assert box((50, 50), np.array([100.0]), np.array([10.0]), 5) is None
    assert box((50, 50), np.array([48.0]), np.array([10.0]), 5) == (5, 43, 11, 7)


def test_strength_follows_contrast_noise_and_width():
    """On white noise: a wider thing of one contrast stands out more, by its width; a noisier ground hides it."""
    flat = np.ones((128, 128), np.float32)
    where = np.zeros((128, 128), bool)
    where[40:80, 40:80] = True
    quiet, loud = Ground(flat, flat, 0.01**2), Ground(flat, flat, 0.02**2)
    sigma = {w: quiet.deviation(w, where, 0, 0) for w in (2.0, 4.0, 8.0, 16.0)}
    assert loud.deviation(4.0, where, 0, 0) / sigma[4.0] == pytest.approx(2.0, rel=0.05)
    assert sigma[4.0] / sigma[8.0] == pytest.approx(2.0, rel=0.1) and sigma[2.0] <= 0.0101
    assert rose_of(1.0, 2.0, 32.0) == pytest.approx(4.0) and rose_of(1.0, 5.0, 2.0) == 1.0
    assert rose_of(1.0, 1.0, 1000.0) == 4.0


def test_ground_that_differs_by_itself_hides_change_there_only():
    rng = np.random.default_rng(0)
    first = np.ones((128, 128), np.float32)
    second = first.copy()
    second[:, :64] += 0.05 * rng.standard_normal((128, 64), dtype=np.float32)
    ground = Ground(first, second, 1e-8)
    where = np.ones((20, 20), bool)
    assert ground.deviation(2.0, where, 50, 10) > 10 * ground.deviation(2.0, where, 50, 105)


def test_what_no_eye_sees_is_not_truth():
    """On ground drowned in noise nothing is labelled; part of it is painted all the same, and to be ignored."""
    ignored = left_out = 0
    for seed in range(20):
        drawn = easel(noise=1.0)
        drawn.draw(np.random.default_rng(seed), site(), [Kind.RSL], (1.0, 2.0))
        left_out += drawn.left_out
        assert not drawn.labels.any() and drawn.seen == 0
        assert all(o.id == 0 and not o.visible for o in drawn.objects)
        difference = np.abs(drawn.after - drawn.before) > 0.02
        # Painted but not labelled is always in ``ignore``, but for soft edges.
        assert (difference & drawn.ignore).sum() >= 0.3 * difference.sum()
        ignored += int(drawn.ignore.sum())
    assert left_out > 20 and ignored > 0


def test_faint_groups_are_fainter_and_still_there():
    plain, pale = [], []
    for seed in range(10):
        for faint, kept in ((0.0, plain), (1.0, pale)):
            drawn = easel(noise=0.005**2)
            drawn.draw(np.random.default_rng(seed), site(seed=seed), [Kind.RSL], None, faint=faint)
            kept += [o.rose for o in drawn.objects if o.visible]
    assert np.median(pale) < 0.6 * np.median(plain)
    assert len(pale) > 0.5 * len(plain)


def test_every_kind_has_its_place_on_the_menu():
    assert set(MENU) == set(KINDS)
    assert sum(weight for _, weight in MENU.values()) == pytest.approx(1.0)


def test_only_the_kinds_that_were_asked_for():
    rng = np.random.default_rng(2)
    for pair in draw_pairs(rng, backdrop(), SIZE, 12, change=True, kinds=[Kind.FROST, Kind.CRATER]):
        assert set(np.unique(pair.classes)) <= {0, int(Kind.FROST), int(Kind.CRATER)}


@given(edge=st.integers(64, 200), size=st.integers(32, 140), seed=st.integers(0, 1000), wide=st.integers(0, 60))
@settings(max_examples=15)
def test_any_backdrop_and_size_gives_that_size(edge, size, seed, wide):
    ground = np.pad(backdrop(edge=edge), ((0, 0), (0, wide)), mode="wrap")
    pair = draw_pair(np.random.default_rng(seed), ground, size)
    for array in (pair.before, pair.after, pair.truth, pair.valid, pair.classes, pair.labels, pair.ignore):
        assert array.shape == (size, size)
    assert np.isfinite(pair.before).all() and np.isfinite(pair.after).all()


def test_nodata_of_the_backdrop_is_not_valid():
    ground = backdrop(edge=SIZE + 32)
    ground[:, :40] = np.nan
    pair = draw_pair(np.random.default_rng(2), ground, SIZE)
    assert 0.02 < (~pair.valid).mean() < 0.7
    assert np.array_equal((pair.before == 0) | (pair.after == 0), ~pair.valid)


def test_true_terrain_is_shaded_under_two_suns():
    rng = np.random.default_rng(4)
    patch = simulated_backdrop(rng, SIZE + 64)
    pair = draw_pair(rng, patch, SIZE, change=False)
    assert pair.recipe["source"] == "simulated terrain" and pair.before.std() > 0


@pytest.mark.parametrize("bad", [np.ones((40, 300), np.float32), np.full((200, 200), np.nan, np.float32)])
def test_bad_backdrops_are_refused(bad):
    with pytest.raises(InputError):
        draw_pair(np.random.default_rng(0), bad, SIZE)


@pytest.mark.parametrize("wrong", [{"size": 8}, {"size": LARGEST + 1}, {"kinds": []}, {"kinds": [Kind.NONE]}])
def test_bad_requests_are_refused(wrong):
    with pytest.raises(InputError):
        draw_pair(np.random.default_rng(0), backdrop(), **{"size": SIZE, **wrong})


def test_even_ground_gives_noise_not_an_error():
    pair = draw_pair(np.random.default_rng(0), np.full((200, 200), 90.0, np.float32), SIZE)
    assert np.isfinite(pair.before).all() and pair.before.std() > 0
