"""The default network: sees no further than its halo, tells nothing from how an image is cut, lives with unknowns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch (the train extra)")

from marscd_plugin.training.changenet import (  # noqa: E402
    CONTEXT_NAMES,
    ChangeConfig,
    ChangeNetwork,
    change_halo,
    change_receptive_radius,
)
from marscd_plugin.training.displacement import Explained  # noqa: E402
from marscd_plugin.training.networks import parameter_count  # noqa: E402
from marscd_plugin.training.screennet import ScreenConfig, ScreenNetwork, screen_halo  # noqa: E402

TINY = ChangeConfig(widths=(8, 8, 8, 8), joint=8, kinds=3)
UNKNOWN = torch.full((1, 4), float("nan"))


@pytest.fixture
def network():
    """Random weights, batch statistics that have seen something, a context that matters."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    made = ChangeNetwork(TINY)
    with torch.no_grad():
        made.head.weight.mul_(5.0)
        torch.nn.init.normal_(made.move.outer.weight, 0.0, 0.5)
        for _ in range(6):
            made(torch.randn(2, 1, 64, 64), torch.randn(2, 1, 64, 64), torch.randn(2, 4))
    return made.eval()


def pair(rows: int, columns: int, seed: int = 1) -> torch.Tensor:
    return torch.from_numpy(np.random.default_rng(seed).normal(0, 1.5, (2, 1, 1, rows, columns)).astype(np.float32))


def test_shapes_and_size(network):
    images = pair(48, 80)
    logits, kinds = network(*images, UNKNOWN)
    assert logits.shape == (1, 1, 48, 80)
    assert kinds.shape == (1, 3, 24, 40)
    assert 200_000 < parameter_count(ChangeNetwork()) < 1_200_000
    assert len(CONTEXT_NAMES) == 4


def test_encoding_and_comparing_is_the_whole(network):
    before, after = pair(64, 64)
    whole = network(before, after, UNKNOWN)
    parts = network.compare(network.encode(before), network.encode(after), UNKNOWN)
    for one, two in zip(whole, parts, strict=True):
        torch.testing.assert_close(one, two, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("told", [{}, {"explained": False}, {"attention": False}, {"context": False}, {"lines": False}])
def test_ablations_run(told):
    made = ChangeNetwork(replace(TINY, **told)).eval()
    assert made(*pair(32, 32), UNKNOWN)[0].shape == (1, 1, 32, 32)
    assert change_receptive_radius(made.config) <= change_receptive_radius(TINY)


def test_tile_size_and_place_do_not_change_the_map(network):
    before, after = pair(416, 432, 3)
    with torch.no_grad():
        whole = torch.sigmoid(network(before, after, UNKNOWN)[0])[0, 0]
        h = change_halo(TINY)
        assert h % TINY.multiple == 0
        for top, left, rows, columns in ((0, 0, 336, 352), (48, 80, 352, 336)):
            window = np.s_[:, :, top : top + rows, left : left + columns]
            tile = torch.sigmoid(network(before[window], after[window], UNKNOWN)[0])[0, 0]
            inner = np.s_[h : rows - h, h : columns - h]
            there = whole[top : top + rows, left : left + columns]
            assert float((tile[inner] - there[inner]).abs().max()) < 1e-4
    assert float(whole.std()) > 1e-3


def test_nothing_beyond_the_receptive_radius_is_seen(network):
    before, after = pair(352, 352, 4)
    radius = change_receptive_radius(TINY)
    with torch.no_grad():
        base = network(before, after, UNKNOWN)[0][0, 0]
        for row, column in ((176, 176), (163, 189)):
            moved = after.clone()
            moved[0, 0, row, column] += 5.0
            changed = (network(before, moved, UNKNOWN)[0][0, 0] - base).abs() > 1e-5
            rows, columns = np.nonzero(changed.numpy())
            assert np.abs(rows - row).max() <= radius
            assert np.abs(columns - column).max() <= radius
            assert len(rows) > 100


def test_the_context_matters_and_unknown_is_a_value_of_its_own(network):
    before, after = pair(32, 32)
    with torch.no_grad():
        answers = [
            network(before, after, torch.tensor([row]))[0]
            for row in ([40.0, 60.0, 30.0, 1.0], [40.0, 60.0, 30.0, float("nan")], [float("nan")] * 4)
        ]
    assert all(bool(torch.isfinite(a).all()) for a in answers)
    assert float((answers[0] - answers[1]).abs().max()) > 1e-4
    assert float((answers[1] - answers[2]).abs().max()) > 1e-4


def test_a_shift_is_explained_and_a_line_is_not():
    rng = np.random.default_rng(5)
    ground = torch.from_numpy(rng.normal(0, 1, (1, 1, 140, 140)).astype(np.float32))
    ground = torch.nn.functional.avg_pool2d(ground, 5, 1, 2) * 4
    before = ground[..., 6:134, 6:134]
    explained = Explained()
    for shift in ((0, 1), (1, 0)):
        after = ground[..., 6 + shift[0] : 134 + shift[0], 6 + shift[1] : 134 + shift[1]]
        left = explained(before, after)[0][0, 0, 16:-16, 16:-16]
        raw = (after - before)[0, 0, 16:-16, 16:-16]
        assert float(left.square().mean()) < 0.5 * float(raw.square().mean())
    lined = before.clone()
    lined[..., 40:100, 63:66] -= 2.0
    full, half = explained(before, lined)
    assert float(full[0, 0, 50:90, 64].mean()) < -1.0
    assert float(half[0, 0, 25:45, 32].mean()) > 4 * float(half[0, 0, :16, :16].mean())


def test_the_screen_is_blind_beyond_its_halo_too():
    torch.manual_seed(1)
    screen = ScreenNetwork(ScreenConfig(widths=(8, 8, 8)))
    with torch.no_grad():
        screen.train()
        for _ in range(4):
            screen(*pair(64, 64))
        screen.eval()
        before, after = pair(288, 288, 6)
        base = screen(before, after)
        assert base.shape == before.shape
        moved = after.clone()
        moved[0, 0, 140, 147] += 5.0
        rows, columns = np.nonzero(((screen(before, moved) - base).abs() > 1e-5)[0, 0].numpy())
    halo = screen_halo(screen.config)
    assert max(np.abs(rows - 140).max(), np.abs(columns - 147).max()) <= halo
    assert len(rows) > 64
