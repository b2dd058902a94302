"""Smooth fields and soft lines."""

from __future__ import annotations

import numpy as np
import pytest

from marscd_plugin.simulation.fields import rays, smooth_field, soft_lines


def test_smooth_field_has_about_unit_deviation_and_no_steps():
    rng = np.random.default_rng(0)
    fields = np.stack([smooth_field(rng, (64, 80), 4) for _ in range(200)])
    assert abs(fields.std() - 1.0) < 0.15
    assert np.abs(np.diff(fields, axis=1)).max() < 0.5


@pytest.mark.parametrize("width", [1.2, 2.0, 4.0, 7.0, 13.0])
def test_a_line_is_as_wide_as_asked(width):
    x = np.arange(10.0, 90.0, 0.5)
    y = np.full_like(x, 50.3)
    cover, depth = soft_lines((100, 100), x, y, np.full_like(x, width), np.full_like(x, 0.2), 0.5)
    profile = cover[:, 40:60].mean(axis=1)
    measured = profile.sum()
    assert abs(measured - width) < 0.25 * width + 0.3
    assert abs(profile.argmax() - 50) <= width / 2 + 1
    assert depth[50, 50] == pytest.approx(0.2, rel=0.05)


def test_no_points_no_lines():
    none = np.zeros(0)
    cover, depth = soft_lines((20, 20), none, none, none, none, 0.5)
    assert cover.sum() == 0 and depth.sum() == 0


def test_rays_close_around_the_circle():
    dy = np.array([1e-6, -1e-6], np.float32)
    dx = np.array([-1.0, -1.0], np.float32)
    first, second = rays(np.random.default_rng(1), dy, dx)
    assert first == pytest.approx(second, abs=0.02)
