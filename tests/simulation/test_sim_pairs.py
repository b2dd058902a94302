"""Pairs: what is labelled and what is not, determinism, bad backdrops."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import pytest

from marscd_plugin.common.errors import InputError
from marscd_plugin.simulation import patch_nuisance as nuisance
from marscd_plugin.simulation.backdrops import simulated_backdrop
from marscd_plugin.simulation.kinds import Kind
from marscd_plugin.simulation.pairs import MARGIN, NO_CHANGE_SHARE, make_pair
from marscd_plugin.simulation.patch_changes import Canvas, draw_changes, trace
from marscd_plugin.simulation.terrain import fractal

SIZE = 96


def backdrop(seed: int = 0, edge: int = 160) -> np.ndarray:
    return 120.0 + 20.0 * fractal(np.random.default_rng(seed), (edge, edge), 2.8, 60.0)


def digest(pair) -> str:
    parts = (pair.before, pair.after, pair.truth, pair.valid, pair.classes)
    return hashlib.sha256(b"".join(np.ascontiguousarray(p).tobytes() for p in parts)).hexdigest()


def test_shapes_types_and_ranges():
    pair = make_pair(np.random.default_rng(1), backdrop(), SIZE)
    for image in (pair.before, pair.after):
        assert image.shape == (SIZE, SIZE) and image.dtype == np.float32
        assert np.isfinite(image).all() and (image >= 0).all()
    assert pair.truth.dtype == np.uint8 and set(np.unique(pair.truth)) <= {0, 1}
    assert pair.valid.dtype == bool
    assert not (pair.truth.astype(bool) & ~pair.valid).any()
    assert set(np.unique(pair.classes)) <= {int(k) for k in Kind}
    json.dumps(pair.recipe)
    assert pair.recipe["simulated"] is True


def test_same_seed_same_pair_and_other_seed_another():
    first = make_pair(np.random.default_rng(7), backdrop(), SIZE)
    again = make_pair(np.random.default_rng(7), backdrop(), SIZE)
    other = make_pair(np.random.default_rng(8), backdrop(), SIZE)
    assert digest(first) == digest(again) != digest(other)
    assert first.recipe == again.recipe


def test_no_change_is_never_labelled_and_still_differs():
    rng = np.random.default_rng(3)
    for _ in range(8):
        pair = make_pair(rng, backdrop(), SIZE, change=False)
        assert pair.truth.sum() == 0 and pair.classes.sum() == 0
        assert not np.array_equal(pair.before, pair.after)


def test_share_without_change_and_prevalence_of_the_rest():
    rng = np.random.default_rng(5)
    ground = backdrop()
    pairs = [make_pair(rng, ground, SIZE) for _ in range(120)]
    asked = np.array([p.recipe["change"] for p in pairs])
    assert abs((1 - asked.mean()) - NO_CHANGE_SHARE) < 0.15
    prevalence = np.array([p.truth.mean() for p in pairs])
    assert (prevalence[~asked] == 0).all()
    some = prevalence[asked]
    assert (some > 0).mean() > 0.75
    assert 0.004 < np.median(some[some > 0]) < 0.08


def test_change_stands_in_either_date_about_equally():
    rng = np.random.default_rng(11)
    dates = []
    for _ in range(80):
        pair = make_pair(rng, backdrop(), SIZE, change=True)
        dates += [c["date"] for c in pair.recipe["changes"] if c.get("date") in ("before", "after")]
    share = dates.count("after") / len(dates)
    assert 0.35 < share < 0.65


def test_labelled_pixels_differ_more_than_the_rest():
    """On easy, even ground what is labelled is what changed."""
    rng = np.random.default_rng(13)
    ratios = []
    for _ in range(30):
        pair = make_pair(rng, backdrop(), SIZE, change=True, difficulty=0.0, contrast=0.01)
        changed, rest = pair.truth == 1, (pair.truth == 0) & pair.valid
        if changed.sum() < 30:
            continue
        a = pair.before / np.median(pair.before[pair.valid])
        b = pair.after / np.median(pair.after[pair.valid])
        difference = np.abs(a - b)
        ratios.append(np.median(difference[changed]) / np.median(difference[rest]))
    assert len(ratios) > 10
    assert np.median(ratios) > 3.0


def test_nodata_of_the_backdrop_is_not_valid():
    ground = backdrop(edge=SIZE + 2 * MARGIN)
    ground[:, :40] = np.nan
    pair = make_pair(np.random.default_rng(2), ground, SIZE)
    assert 0.02 < (~pair.valid).mean() < 0.6
    lost = (pair.before == 0) | (pair.after == 0)
    assert np.array_equal(lost, ~pair.valid)


def test_true_terrain_is_taken_too():
    rng = np.random.default_rng(4)
    pair = make_pair(rng, simulated_backdrop(rng, SIZE + 2 * MARGIN), SIZE, change=False)
    assert pair.recipe["source"] == "simulated terrain"
    assert pair.before.std() > 0


def test_small_crops_are_enlarged_or_mirrored():
    pair = make_pair(np.random.default_rng(6), backdrop(edge=70), SIZE)
    assert pair.valid.mean() > 0.3


@pytest.mark.parametrize("bad", [np.ones((40, 300), np.float32), np.full((200, 200), np.nan, np.float32)])
def test_bad_backdrops_are_refused(bad):
    with pytest.raises(InputError):
        make_pair(np.random.default_rng(0), bad, SIZE)


def test_flat_backdrop_gives_noise_not_an_error():
    pair = make_pair(np.random.default_rng(0), np.full((200, 200), 90.0, np.float32), SIZE)
    assert np.isfinite(pair.before).all() and pair.before.std() > 0


def test_relight_with_the_same_sun_changes_nothing():
    rng = np.random.default_rng(0)
    contrast = fractal(rng, (128, 128), 2.5, 40.0)
    sun = np.array([-1.0, 0.0], np.float32)
    relief = nuisance.Relief(rng, contrast, sun, 16, 0.5, 2.0)
    assert np.abs(relief.moved_sun(sun, 1.0, 1.0)).max() < 1e-5


def test_relight_from_the_other_side_turns_shading_round():
    """A hill lit from the left, relit from the right: its bright flank becomes the dark one."""
    y, x = np.mgrid[0:128, 0:128].astype(np.float32)
    hill = np.exp(-((x - 64) ** 2 + (y - 64) ** 2) / (2 * 12.0**2)) * 12
    # b = -s . grad h with s = (-1, 0): the flank that rises to the right is bright.
    shading = np.gradient(hill, axis=1)
    sun = np.array([-1.0, 0.0], np.float32)
    relief = nuisance.Relief(np.random.default_rng(0), shading.astype(np.float32), sun, 16, 0.0, 2.0)
    relit = shading + relief.moved_sun(-sun, 1.0, 1.0)
    part = slice(24, 104)
    assert np.corrcoef(shading[part, part].ravel(), relit[part, part].ravel())[0, 1] < -0.8
    height = relief.smooth_height(0.5)
    assert np.corrcoef(hill[part, part].ravel(), height[part, part].ravel())[0, 1] > 0.7


def test_jpeg_hurts_more_at_low_quality_and_stays_in_range():
    image = backdrop(edge=100)
    low, high = float(image.min()), float(image.max())
    worse, better = nuisance.jpeg(image, 20, low, high), nuisance.jpeg(image, 95, low, high)
    assert np.abs(worse - image).mean() > 2 * np.abs(better - image).mean() > 0
    assert worse.shape == image.shape and worse.min() >= low - 1e-3 and worse.max() <= high + 1e-3


def test_quantised_has_no_more_levels_than_its_bits():
    image = backdrop()
    assert len(np.unique(nuisance.quantised(image, 4, 0.0, 255.0))) <= 16


def test_lineae_run_down_the_canvas_slope():
    n = 160
    zero = np.zeros((n, n), np.float32)
    rng = np.random.default_rng(21)
    canvas = Canvas(n, (0.0, 1.0), (zero, zero), zero, (-1.0, 0.0))
    x, y = np.full(20, 80.0), np.full(20, 10.0)
    px, py = trace(rng, canvas, x, y, np.zeros(20), 60, 1.0)
    assert (py[-1] - py[0]).mean() > 45
    assert np.abs(px[-1] - px[0]).mean() < 25


def test_every_kind_of_change_can_be_drawn():
    n = 128
    zero = np.zeros((n, n), np.float32)
    seen = set()
    for seed in range(60):
        canvas = Canvas(n, (0.6, 0.8), (zero, zero), zero, (-1.0, 0.0))
        draw_changes(np.random.default_rng(seed), canvas)
        seen |= set(np.unique(canvas.classes[canvas.truth]))
        assert (canvas.before > 0).all() and (canvas.after > 0).all()
        assert not canvas.truth[np.isclose(canvas.before, canvas.after, atol=1e-4)].any()
    assert seen >= {Kind.RSL, Kind.STREAK, Kind.CRATER, Kind.BOULDER, Kind.DUNE}
