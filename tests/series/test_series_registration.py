"""Registration: known shifts come back to a tenth of a pixel, and what cannot be registered is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marscd_plugin.common.errors import CancelledError, RegistrationError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.series import registration as module
from marscd_plugin.series.correlation import phase_shift
from marscd_plugin.series.features import agreed_affine, match
from marscd_plugin.series.gate import Gate
from marscd_plugin.series.registration import attempt, register
from marscd_plugin.series.scene import ArrayScene, sample
from marscd_plugin.series.texture import band_pass
from marscd_plugin.series.transform import Warp, fit_affine, plausible, shape_of


def errors(alignment, truth, size):
    y, x = np.mgrid[20 : size - 20 : 15, 20 : size - 20 : 15].astype(float)
    got = alignment.warp.apply(x, y)
    wanted = [truth[i, 0] * x + truth[i, 1] * y + truth[i, 2] for i in (0, 1)]
    distance = np.hypot(got[0] - wanted[0], got[1] - wanted[1])
    return np.median(distance), np.percentile(distance, 95)


@pytest.mark.parametrize(
    ("case", "bar"),
    [
        ({}, 0.1),
        ({"dx": 61.3, "dy": -44.7}, 0.1),
        ({"rotation": 1.7, "scale": 1.015}, 0.1),
        ({"rotation": -2, "scale": 0.98, "dx": 0.5, "dy": 0.25}, 0.1),
        ({"noise": 0.2}, 0.2),
        # Very smooth ground with noise: raw features silently report a shift near zero here.
        ({"beta": 4.0, "noise": 0.02}, 0.2),
        ({"beta": 4.4, "noise": 0.008}, 0.2),
    ],
    ids=str,
)
def test_known_maps_come_back(make_pair, case, bar):
    reference, moving, truth = make_pair(**case)
    alignment = register(reference, moving)
    median, high = errors(alignment, truth, 400)
    assert median < bar and high < 2 * bar
    result = alignment.registration
    assert result.disagreement_px < 0.5 and result.tie_point_count > 20
    middle = truth[:, :2] @ [199.5, 199.5] + truth[:, 2] - 199.5
    assert (result.shift_x_px, result.shift_y_px) == pytest.approx(tuple(middle), abs=1.0)


def test_the_reported_residual_is_honest(make_pair):
    """More noise, more residual; and it is never smaller than what the fit really misses."""
    found = []
    for noise in (0.02, 0.25):
        reference, moving, truth = make_pair(noise=noise)
        alignment = register(reference, moving)
        found.append(alignment.registration.residual_px)
        # cv2 samples in steps of 1/32 pixel: what the test itself resampled is no more exact than that.
        assert errors(alignment, truth, 400)[0] <= alignment.registration.residual_px + 1 / 32
    assert found[0] < found[1]


def test_smooth_parallax_needs_the_field(fractal):
    size = 512
    ground = fractal(2 * size, 2.5, 3)
    y, x = np.mgrid[:size, :size].astype(float)
    bump = 2.5 * np.exp(-(((x - 260) / 110) ** 2) - ((y - 230) / 130) ** 2)
    start = size // 2
    everywhere = np.ones(ground.shape, bool)
    reference = ground[start : start + size, start : start + size]
    # The moving image shows the reference's ground at p + bump(p), to first order.
    moving = sample(ground, everywhere, x + start - bump - 4.3, y + start + 2.1).values
    alignment = register(reference, moving)
    assert alignment.warp.nodes is not None
    got_x, got_y = alignment.warp.apply(x, y)
    inner = np.s_[40:-40, 40:-40]
    left = np.hypot(got_x - x - 4.3 - bump, got_y - y + 2.1)[inner]
    assert np.median(left) < 0.15 and np.percentile(left, 95) < 0.5


def test_nodata_frames_do_not_pull(make_pair):
    """Both images have the same slanted frame: the frame must not be what is matched."""
    reference, moving, truth = make_pair(dx=9.4, dy=6.7)
    y, x = np.mgrid[:400, :400]
    valid = (x > 40 + 0.2 * y) & (x < 340 + 0.1 * y)
    alignment = register(np.where(valid, reference, 0), np.where(valid, moving, 0), valid, valid)
    assert errors(alignment, truth, 400)[0] < 0.1


@pytest.mark.parametrize("beta", [2, 3, 4])
def test_unrelated_images_are_refused(fractal, beta):
    with pytest.raises(RegistrationError) as caught:
        register(fractal(300, beta, 1), fractal(300, beta, 2))
    assert caught.value.remedy


def test_featureless_and_disjoint_images_are_refused(make_pair):
    rng = np.random.default_rng(0)
    flat = [500 + rng.normal(0, 3, (300, 300)).astype(np.float32) for _ in range(2)]
    with pytest.raises(RegistrationError):
        register(*flat)
    with pytest.raises(RegistrationError):
        register(np.full((300, 300), 5.0), np.full((300, 300), 5.0))
    reference, moving, _ = make_pair(300)
    nothing = np.zeros((300, 300), bool)
    with pytest.raises(RegistrationError, match="overlap"):
        register(reference, moving, None, nothing)


@pytest.mark.parametrize("case", [{"rotation": 9}, {"scale": 1.1}], ids=str)
def test_more_than_two_maps_can_differ_is_refused(make_pair, case):
    reference, moving, _ = make_pair(**case)
    with pytest.raises(RegistrationError):
        register(reference, moving)


def test_the_gate_refuses_estimators_that_disagree(make_pair, monkeypatch):
    reference, moving, _ = make_pair(300)
    monkeypatch.setattr(module, "feature_check", lambda *_: (0.8, 100))
    with pytest.raises(RegistrationError, match=r"disagree by 0\.80 px"):
        register(reference, moving)
    monkeypatch.setattr(module, "feature_check", lambda *_: (None, 2))
    with pytest.raises(RegistrationError, match="too few features"):
        register(reference, moving)


def test_the_gate_catches_a_wrong_first_estimate(make_pair, monkeypatch):
    """If features silently report no shift, the windows find the truth and the check agrees with them."""
    reference, moving, truth = make_pair(300, dx=6.2, dy=-4.1)
    monkeypatch.setattr(module, "agreed_affine", lambda _: (np.array([[1.0, 0, 0], [0, 1.0, 0]]), None))
    alignment = register(reference, moving)
    assert errors(alignment, truth, 300)[0] < 0.1


def test_a_residual_that_is_too_large_is_refused(make_pair):
    reference, moving, _ = make_pair(300, noise=0.2)
    with pytest.raises(RegistrationError, match="residual of held-out"):
        register(reference, moving, gate=Gate(max_residual=0.001))


def test_cancel(make_pair):
    reference, moving, _ = make_pair(300)
    quiet = Quiet()
    quiet.cancel()
    with pytest.raises(CancelledError):
        register(reference, moving, progress=quiet)


def test_same_input_same_result(make_pair):
    reference, moving, _ = make_pair(300)
    first, second = register(reference, moving), register(reference, moving)
    assert first.registration == second.registration
    assert np.array_equal(first.warp.affine, second.warp.affine)


@pytest.mark.parametrize("shift", [(0.0, 0.0), (0.5, -0.5), (2.3, 1.7), (-0.13, 0.41)])
def test_phase_correlation_has_no_bias(fractal, shift):
    ground = fractal(256, 2.5, 5)
    fy, fx = np.fft.fftfreq(256)[:, None], np.fft.rfftfreq(256)[None]
    phase = np.exp(-2j * np.pi * (fx * shift[0] + fy * shift[1]))
    moved = np.fft.irfft2(np.fft.rfft2(ground) * phase, s=(256, 256)).astype(np.float32)
    ok = np.ones((256, 256), bool)
    a, b = band_pass(ground, ok)[64:192, 64:192], band_pass(moved, ok)[64:192, 64:192]
    peak = phase_shift(a, b)
    assert (peak.dx, peak.dy) == (pytest.approx(shift[0], abs=0.05), pytest.approx(shift[1], abs=0.05))


def test_the_reference_features_are_sought_once_and_forgotten_in_time(make_pair, monkeypatch):
    from marscd_plugin.series import features

    reference, moving, _ = make_pair(300)
    ok = np.ones(reference.shape, bool)
    a, b = band_pass(reference, ok), band_pass(moving, ok)
    monkeypatch.setattr(features, "_kept", kept := features._Kept(2_000_000))
    first, again = match(a, b, ok, ok), match(a, b, ok, ok)
    assert len(first.reference) > 100
    assert np.array_equal(first.reference, again.reference) and np.array_equal(first.moving, again.moving)
    (key,) = kept._found
    # Of another mask other features count.
    part = match(a, b, ok & (np.arange(300) < 200), ok)
    assert len(kept._found) == 2 and part.reference[:, 0].max() < 200 < first.reference[:, 0].max()
    for number in range(1, 5):
        match(np.roll(a, 11 * number, axis=0), b, ok, ok)
    assert key not in kept._found
    assert 0 < kept._size == sum(p.nbytes + d.nbytes for p, d in kept._found.values()) <= 2_000_000


def test_features_alone_find_large_shifts(make_pair):
    reference, moving, truth = make_pair(dx=120.4, dy=80.3)
    ok = np.ones(reference.shape, bool)
    found = agreed_affine(match(band_pass(reference, ok), band_pass(moving, ok), ok, ok))
    assert found is not None and np.hypot(*(found[0][:, 2] - truth[:, 2])) < 1


@given(
    st.floats(-4, 4), st.floats(0.96, 1.04), st.floats(-500, 500), st.floats(-500, 500),
    st.integers(1, 16), st.floats(0, 5000), st.floats(0, 5000),
)  # fmt: skip
def test_a_warp_scales_with_the_grid(rotation, scale, dx, dy, factor, x, y):
    angle = np.radians(rotation)
    linear = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    small = Warp(np.column_stack([linear, [dx, dy]]))
    assert plausible(small.affine)
    assert shape_of(small.affine)[0] == pytest.approx(rotation, abs=1e-9)
    half = (factor - 1) / 2
    at = small.apply(np.array([(x - half) / factor]), np.array([(y - half) / factor]))
    full = small.scaled(factor).apply(np.array([x]), np.array([y]))
    for a, b in zip(at, full, strict=True):
        assert b[0] == pytest.approx(factor * a[0] + half, abs=1e-6)


def test_robust_fit_ignores_a_third_of_outliers():
    rng = np.random.default_rng(3)
    points = rng.uniform(0, 1000, (90, 2))
    truth = np.array([[1.01, 0.02, 4.0], [-0.02, 0.99, -7.0]])
    targets = points @ truth[:, :2].T + truth[:, 2] + rng.normal(0, 0.05, points.shape)
    targets[::3] += rng.uniform(-60, 60, targets[::3].shape)
    affine, distance = fit_affine(points, targets)
    assert np.abs(affine - truth).max() < 0.05
    assert np.median(np.delete(distance, np.s_[::3])) < 0.1


@pytest.mark.parametrize(
    "name",
    ["ESP_018299_2245_RED-0074__ESP_019011_2245_RED-0136", "ESP_018299_2245_RED-0340__ESP_019011_2245_RED-0450"],
)
def test_real_pairs_without_change(shared, name):
    import cv2

    folder = shared / "data/pairs/no_visible_change"
    a, b, valid = (cv2.imread(str(folder / f"{name}_{part}.png"), 0) for part in ("A", "B", "valid"))
    assert a is not None and b is not None
    ok = (valid > 0) & (a > 0) & (b > 0)
    result = register(a.astype(np.float32), b.astype(np.float32), ok, ok).registration
    assert result.residual_px < 0.3 and abs(result.shift_x_px) < 1 and abs(result.shift_y_px) < 1


def test_a_real_stereo_pair(shared):
    """Parallax of several pixels in x, which only a field can follow."""
    import cv2

    name = str(shared / "data/pairs/stereo_anaglyph/ESP_057767_1755_ESP_058189_1755_")
    a, b = (cv2.imread(f"{name}{part}.png", 0)[:768].astype(np.float32) for part in ("R", "GB"))
    alignment = attempt(ArrayScene(a, b, a > 0, b > 0), Gate(), Quiet())
    assert alignment.registration.accepted and alignment.registration.residual_px < 1.0
    assert np.abs(alignment.ties.residuals[:, 1]).mean() < 0.5
