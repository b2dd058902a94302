"""The baselines find a plain change, survive blank images, and their parts do what their papers say."""

from __future__ import annotations

import numpy as np
import pytest

from marscd_plugin.training.baselines import BASELINES, ir_mad, otsu, two_means


@pytest.fixture
def plain():
    """Textured ground seen twice with noise; a patch of 12 x 30 px darkened by four deviations."""
    rng = np.random.default_rng(1)
    ground = rng.normal(0, 1, (90, 80)).astype(np.float32)
    before = ground + rng.normal(0, 0.1, ground.shape).astype(np.float32)
    after = ground + rng.normal(0, 0.1, ground.shape).astype(np.float32)
    truth = np.zeros(ground.shape, bool)
    truth[30:42, 20:50] = True
    after[truth] -= 4
    valid = np.ones(ground.shape, bool)
    valid[:4] = False
    return before, after, valid, truth


@pytest.mark.parametrize("name", BASELINES)
def test_a_plain_change_is_found_by_its_own_rule(name, plain):
    before, after, valid, truth = plain
    score, threshold = BASELINES[name](before, after, valid)
    assert score.dtype == np.float32 and score.min() >= 0 and score.max() <= 1
    mask = (score >= threshold) & valid
    assert mask[truth].mean() > 0.95
    assert mask[~truth & valid].mean() < 0.1


@pytest.mark.parametrize("name", BASELINES)
def test_blank_and_equal_images_raise_nothing(name):
    blank = np.zeros((40, 40), np.float32)
    score, threshold = BASELINES[name](blank, blank, np.ones((40, 40), bool))
    assert np.isfinite(score).all() and np.isfinite(threshold)


def test_ir_mad_does_not_mind_another_gain(plain):
    before, after, valid, truth = plain
    score, _ = ir_mad(before, after, valid)
    moved, _ = ir_mad(before, 0.4 * after, valid)
    assert np.corrcoef(score[valid], moved[valid])[0, 1] > 0.99
    assert score[truth].min() > np.median(score[valid & ~truth])


def test_otsu_parts_two_heaps():
    rng = np.random.default_rng(2)
    values = np.concatenate((rng.normal(1, 0.1, 9000), rng.normal(3, 0.1, 1000)))
    assert 1.3 < otsu(values) < 2.7
    assert otsu(np.full(5, 2.0)) == 2.0 and otsu(np.zeros(0)) == 0.0


def test_two_means_puts_the_larger_difference_second():
    rng = np.random.default_rng(3)
    features = np.concatenate((rng.normal(0, 0.1, (500, 3)), rng.normal(4, 0.1, (60, 3))))
    calm, changed = two_means(features, np.concatenate((np.zeros(500), np.ones(60))))
    assert np.abs(calm).max() < 0.1 and np.abs(changed - 4).max() < 0.2


def test_fc_siam_diff_is_as_large_as_published_and_answers_at_full_size():
    torch = pytest.importorskip("torch", reason="needs torch (the train extra)")
    from marscd_plugin.training.fcsiam import SiamConfig, SiamDiff, siam_radius
    from marscd_plugin.training.networks import parameter_count

    torch.manual_seed(0)
    network = SiamDiff().eval()
    assert parameter_count(network) == pytest.approx(1.35e6, rel=0.01)
    one, two = torch.randn(2, 1, 1, 256, 256)
    with torch.no_grad():
        plain = network(one, two)
        assert plain.shape == one.shape
        radius = siam_radius(SiamConfig())
        disturbed = two.clone()
        disturbed[..., 0, 0] += 5
        moved = (network(one, disturbed) - plain).abs()[0, 0] > 0
    assert moved.any() and not moved[radius + 1 :, radius + 1 :].any()
