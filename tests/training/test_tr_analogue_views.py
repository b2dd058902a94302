"""Views of chips: what they change, what they leave, and that the same seed draws the same."""

from __future__ import annotations

import numpy as np
import pytest

cv2 = pytest.importorskip("cv2", reason="needs OpenCV")

from marscd_plugin.training.analogue_ground import UNKNOWN, BatchConfig, Ground, as_bytes, draw_batch  # noqa: E402
from marscd_plugin.training.analogue_views import (  # noqa: E402
    DISTURBANCES,
    PLAIN,
    ViewConfig,
    disturbed,
    view,
    window,
)


@pytest.fixture
def crop() -> np.ndarray:
    """A smooth uint8 image (96, 96) without symmetry."""
    rng = np.random.default_rng(3)
    smooth = cv2.GaussianBlur(rng.random((96, 96), np.float32), (0, 0), 3)
    return cv2.normalize(smooth, None, 0, 255, cv2.NORM_MINMAX).astype(np.uint8)


def test_a_plain_window_is_the_image(crop):
    assert np.allclose(window(crop, 96), crop, atol=1e-3)


def test_a_window_turned_by_quarter_turns_is_the_image_turned(crop):
    for k in (1, 2, 3):
        turned = window(crop, 96, angle=k * np.pi / 2)
        nearest = min(np.abs(turned - np.rot90(crop, way * k)).max() for way in (1, -1))
        assert nearest < 0.1


def test_a_smaller_window_is_the_middle(crop):
    half = window(crop, 48, scale=0.5)
    assert np.abs(half - crop[24:72, 24:72]).mean() < 2.0


def test_a_window_of_many_pixels_is_averaged_and_not_picked():
    fine = (np.indices((240, 240)).sum(0) % 2 * 255).astype(np.uint8)
    assert window(fine, 40)[5:-5, 5:-5].std() < 20


def test_views_follow_from_the_seed_alone(crop):
    one, two = (view(crop, 48, np.random.default_rng(7), ViewConfig()) for _ in range(2))
    other = view(crop, 48, np.random.default_rng(8), ViewConfig())
    assert np.array_equal(one, two, equal_nan=True)
    assert not np.array_equal(one, other, equal_nan=True)


def test_a_plain_view_is_the_image_in_shares_of_white(crop):
    assert np.allclose(view(crop, 96, np.random.default_rng(1), PLAIN), crop / 255, atol=1e-4)


@pytest.mark.parametrize("kind", DISTURBANCES)
def test_every_disturbance_changes_the_chip_and_keeps_it_whole(crop, kind):
    plain = window(crop, 64, 0.7) / 255
    made = disturbed(crop, 64, kind, np.random.default_rng(2))
    assert made.shape == (64, 64) and np.isfinite(made).all()
    assert np.abs(made - plain).max() > 0.01


def test_bytes_leave_grey_values_and_fill_what_was_not_seen():
    image = np.array([[10.0, 20.0], [200.0, np.nan]], np.float32)
    made = as_bytes(image)
    assert made.dtype == np.uint8 and made[0, 0] == 10 and made[1, 0] == 200 and made[1, 1] == 20
    assert as_bytes(np.array([[0.1, 0.2], [0.3, 0.4]], np.float32)).max() == 255


def _ground() -> Ground:
    rng = np.random.default_rng(0)
    labels = np.array([0] * 6 + [1] * 6 + [-1] * 4, np.int64)
    groups = np.array(["a", "a", "a", "a", "b", "c"] * 2 + ["d"] * 4)
    return Ground(rng.integers(0, 255, (16, 32, 32), np.uint8), labels, groups, ("x", "y"),
                  (rng.integers(0, 255, (150, 160), np.uint8),), (None,))  # fmt: skip


def test_a_batch_shows_every_chip_twice_and_says_nothing_of_unlabelled_ground():
    config = BatchConfig(px=32, per_class=3, alone=2, unlabelled=2)
    batch = draw_batch(_ground(), config, ViewConfig(), (1, 0))
    assert batch.chips.shape == (2 * (6 + 2 + 2), 1, 32, 32) and np.isfinite(batch.chips).all()
    assert np.array_equal(batch.grounds[::2], batch.grounds[1::2])
    assert len(set(batch.grounds.tolist())) == 10
    assert np.sum(batch.kinds == UNKNOWN) == 4
    alone = batch.kinds[batch.kinds >= 2]
    assert len(set(alone.tolist())) == 2, "crops of no landmark are alike to themselves only"
    again = draw_batch(_ground(), config, ViewConfig(), (1, 0))
    assert np.array_equal(batch.chips, again.chips)


def test_chips_of_a_landform_come_from_different_observations():
    ground, config = _ground(), BatchConfig(px=32, per_class=3, alone=0, unlabelled=0)
    for seed in range(5):
        batch = draw_batch(ground, config, PLAIN, (seed,))
        for kind in (0, 1):
            numbers = batch.grounds[batch.kinds == kind][::2]
            assert sorted(ground.groups[numbers].tolist()) == ["a", "b", "c"]
