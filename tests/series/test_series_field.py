"""The field: dense windows find shifts, the surface tells smooth from rows from steps, and knows how sure it is."""

from __future__ import annotations

import numpy as np
import pytest

from marscd_plugin.common.errors import CancelledError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.series.dense import correlate, dense_ties
from marscd_plugin.series.scene import ArrayScene
from marscd_plugin.series.smoothing import RIDGE, Smooth
from marscd_plugin.series.surface import Layout, fit_surface
from marscd_plugin.series.transform import Seam, Warp


def lattice(size: int = 800, spacing: float = 32) -> np.ndarray:
    x, y = np.meshgrid(np.arange(spacing, size, spacing), np.arange(spacing, size, spacing))
    return np.column_stack([x.ravel(), y.ravel()])


def test_stacked_windows_agree_with_known_shifts(fractal):
    ground = fractal(512, 2.5, 4)
    spectrum = np.fft.fft2(ground)
    fy, fx = np.fft.fftfreq(512)[:, None], np.fft.fftfreq(512)[None]
    shifts = np.array([[0.0, 0.0], [1.3, -0.6], [-2.45, 2.2], [0.5, 0.5]])
    moved = [np.fft.ifft2(spectrum * np.exp(-2j * np.pi * (fx * dx + fy * dy))).real for dx, dy in shifts]
    a = np.stack([ground[100:164, 200:264]] * 4).astype(np.float32)
    b = np.stack([m[100:164, 200:264] for m in moved]).astype(np.float32)
    found, sharp, agreed, bend = correlate(a - a.mean(), b - b.mean(), 4.0)
    assert np.abs(found - shifts).max() < 0.05
    assert (sharp > 1.5).all() and (agreed > 0.8).all() and (bend > 0).all()
    noise = np.random.default_rng(0).normal(size=(2, 5, 64, 64)).astype(np.float32)
    assert (correlate(noise[0], noise[1], 4.0)[2] < 0.35).all()


def test_a_window_at_the_edge_measures_where_it_sees(make_pair):
    """A scale of 2 % moves ground by a pixel within a window: a half-seen window must not be taken for a whole one."""
    reference, moving, truth = make_pair(400, scale=1.02, dx=0, dy=0)
    found = dense_ties(ArrayScene(reference, moving), Warp(), Quiet(), 64, 32, 10.0)
    ties = found.ties
    wanted = ties.points @ truth[:, :2].T + truth[:, 2]
    off = np.hypot(*(ties.targets - wanted).T)
    edge = (ties.points.min(axis=1) < 24) | (ties.points.max(axis=1) > 376)
    assert edge.sum() > 10 and np.median(off[edge]) < 0.25
    assert 0.15 < ties.held_out.mean() < 0.25


def test_dense_windows_can_be_cancelled(make_pair):
    reference, moving, _ = make_pair(300)
    quiet = Quiet()
    quiet.cancel()
    with pytest.raises(CancelledError):
        dense_ties(ArrayScene(reference, moving), Warp(), quiet, 64, 32, 4.0)


def test_a_surface_finds_a_smooth_field_in_noise_and_outliers():
    rng = np.random.default_rng(1)
    points = lattice()
    wave = np.column_stack([3 * np.sin(points[:, 0] / 130), 2 * np.cos(points[:, 1] / 150)])
    seen = wave + rng.normal(0, 0.1, wave.shape)
    bad = rng.random(len(points)) < 0.1
    seen[bad] += rng.uniform(-9, 9, (bad.sum(), 2))
    surface = fit_surface(points, seen, np.ones(len(points)), Layout.of(800, 800, 32))
    left = np.hypot(*(surface.field(*points.T) - wave).T)
    assert np.median(left) < 0.1 and np.percentile(left, 95) < 0.3
    assert surface.weight[bad & (np.hypot(*(seen - wave).T) > 2)].max() < 0.3


def test_the_field_on_a_grid_is_the_field_at_its_points():
    rng = np.random.default_rng(2)
    points = lattice()
    rows = np.column_stack([np.sin(points[:, 1] / 25), np.zeros(len(points))])
    surface = fit_surface(points, rows + rng.normal(0, 0.02, rows.shape), np.ones(len(points)), Layout.of(800, 800, 32))
    x, y = np.linspace(0, 799, 30), np.linspace(0, 799, 25)
    at = np.meshgrid(x, y)
    wanted = surface.field(at[0].ravel(), at[1].ravel()).T.reshape(2, 25, 30)
    assert np.abs(surface.on_grid(x, y) - wanted).max() < 0.02


def test_jitter_that_all_columns_share_is_followed_finer_than_a_surface_can():
    rng = np.random.default_rng(3)
    points = lattice(800, 24)
    jitter = np.column_stack([0.6 * np.sin(points[:, 1] / 20), 0.4 * np.cos(points[:, 1] / 17)])
    seen = jitter + rng.normal(0, 0.3, jitter.shape)
    layout = Layout.of(800, 800, 24)
    both = fit_surface(points, seen, np.ones(len(points)), layout)
    alone = fit_surface(points, seen, np.ones(len(points)), layout, stiff_rows=(None,))
    error = [np.hypot(*(s.field(*points.T) - jitter).T).mean() for s in (both, alone)]
    assert both.row_coefficients is not None and error[0] < 0.75 * error[1]


@pytest.mark.parametrize(("stiff", "border"), [((1e3, 1.0, 1e-3), 9), ((1e3, 1.0, 1e-3), 0), ((0.1,), 9)])
def test_every_stiffness_solves_its_own_normal_equations(stiff, border):
    rng = np.random.default_rng(8)
    points, layout = lattice(500, 25), Layout.of(500, 500, 25)
    design, beside = layout.surface(*points.T), rng.normal(size=(len(points), border))
    used, values = rng.uniform(0, 2, len(points)), rng.normal(size=(len(points), 2))
    used[:60] = 0
    solve = Smooth.of(design, used, layout.bending(), stiff).bordered(beside, 0.1 * np.eye(border), values)
    whole = np.hstack([design.toarray(), beside])
    data = whole.T @ (whole * used[:, None])
    count = design.shape[1]
    for lam in stiff:
        system, inner, outer, freedom = solve(lam)
        normal = data.copy()
        normal[:count, :count] += lam * layout.bending() + RIDGE * np.eye(count)
        normal[count:, count:] += 0.1 * np.eye(border)
        inverse = np.linalg.inv(normal)
        assert np.allclose(np.vstack([inner, outer]), inverse @ (whole.T @ (values * used[:, None])), atol=1e-7)
        assert freedom == pytest.approx(float((inverse * data).sum()), rel=1e-8)
        assert np.allclose(system.inverse(), inverse, rtol=1e-6, atol=1e-7 * np.abs(inverse).max())


def test_a_fit_that_is_given_the_decomposition_of_another_is_the_same_fit():
    rng = np.random.default_rng(9)
    points, layout = lattice(), Layout.of(800, 800, 32)
    seen = np.column_stack([np.sin(points[:, 0] / 90), np.cos(points[:, 1] / 90)]) + rng.normal(0, 0.1, points.shape)
    weight = rng.uniform(0.5, 2, len(points))
    first = fit_surface(points, seen, weight, layout)
    steps = (points[:, :1] > 300).astype(float)
    again = [
        fit_surface(points, seen, weight, layout, steps, first.weight, (3.0,), (0.1,), smooth=smooth)
        for smooth in (None, first.smooth)
    ]
    assert np.allclose(again[0].field(*points.T), again[1].field(*points.T), atol=1e-8)
    assert again[0].step_evidence() == pytest.approx(again[1].step_evidence(), rel=1e-6)
    with pytest.raises(ValueError, match="one stiffness"):
        fit_surface(points, seen, weight, layout, None, first.weight, (7.0,), (None,), smooth=again[0].smooth)


def test_the_standard_error_grows_away_from_tie_points_as_the_field_is_lively():
    rng = np.random.default_rng(4)
    points = lattice()
    points = points[~((points[:, 0] > 300) & (points[:, 0] < 560) & (points[:, 1] > 300) & (points[:, 1] < 560))]
    errors = []
    for height in (0.0, 3.0):
        wave = np.column_stack([height * np.sin(points[:, 0] / 45), height * np.cos(points[:, 1] / 50)])
        seen = wave + rng.normal(0, 0.05, wave.shape)
        surface = fit_surface(points, seen, np.ones(len(points)), Layout.of(800, 800, 32))
        errors.append(surface.standard_error(np.array([430.0, 128.0]), np.array([430.0, 128.0])))
    calm, lively = errors
    assert lively[0] > 4 * lively[1]
    assert lively[0] > 3 * calm[0]


def test_a_warp_with_a_seam_steps_where_the_moving_image_says():
    warp = Warp(np.array([[1.0, 0, 20], [0, 1.0, 0]]), seams=(Seam(120.0, 0.0, 0.5, -2.0),))
    x, y = warp.apply(np.array([99.0, 100.0, 101.0]), np.zeros(3))
    assert list(x) == [119.0, 120.5, 121.5] and list(y) == [0.0, -2.0, -2.0]
    twice = warp.scaled(2)
    big = twice.apply(np.array([2 * 101.0 + 0.5]), np.array([0.5]))
    assert big[0][0] == pytest.approx(2 * 121.5 + 0.5) and big[1][0] == pytest.approx(-3.5)
