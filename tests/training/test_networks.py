"""The paper's network: shapes, sharing, reach; and that a tile's size and place do not change the map."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch (the train extra)")

from marscd_plugin.training.networks import (  # noqa: E402
    PaperConfig,
    PaperNetwork,
    halo,
    parameter_count,
    receptive_radius,
)


def _pair(rows, columns, seed=0):
    rng = np.random.default_rng(seed)
    return [torch.from_numpy(rng.normal(0, 1.5, (1, 1, rows, columns)).astype(np.float32)) for _ in range(2)]


def _run(network, before, after):
    with torch.no_grad():
        return torch.sigmoid(network(before, after)).numpy()[0, 0]


def test_the_shipped_size():
    config = PaperConfig()
    assert 300_000 <= parameter_count(PaperNetwork(config)) <= 600_000
    assert halo(config) <= 96
    assert halo(config) % config.multiple == 0
    assert halo(config) >= receptive_radius(config)


def test_output_has_the_size_of_the_input(tiny_network):
    before, after = _pair(40, 56)
    assert tiny_network(before, after).shape == (1, 1, 40, 56)


def test_swapping_the_dates_changes_nothing(tiny_network):
    before, after = _pair(32, 32)
    np.testing.assert_allclose(_run(tiny_network, before, after), _run(tiny_network, after, before), atol=1e-6)


def test_the_answer_to_one_pair_does_not_depend_on_the_batch(tiny_network):
    first, second = _pair(32, 32, 1), _pair(32, 32, 2)
    with torch.no_grad():
        both = tiny_network(torch.cat((first[0], second[0])), torch.cat((first[1], second[1])))
        alone = tiny_network(*first)
    torch.testing.assert_close(both[:1], alone, atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize(("column", "row"), [(0, 0), (7, 13), (24, 16)])
def test_a_pixel_beyond_the_halo_is_never_seen(tiny_network, column, row):
    """Perturb one pixel in every phase of the pooling grid: what is further than the stated radius stays as it was."""
    radius = receptive_radius(tiny_network.config)
    side = 160
    before, after = _pair(side, side)
    calm = _run(tiny_network, before, after)
    x, y = 72 + column % 8, 72 + row % 8
    disturbed = before.clone()
    disturbed[0, 0, y, x] += 50.0
    moved = np.abs(_run(tiny_network, disturbed, after) - calm)
    rows, columns = np.nonzero(moved > 1e-6)
    reach = max(np.abs(rows - y).max(), np.abs(columns - x).max())
    assert 0 < reach <= radius <= halo(tiny_network.config)


def test_the_stated_radius_is_not_an_exaggeration():
    """With all weights positive, nothing hides: the reach found is within the pooling cell of the one stated."""
    torch.manual_seed(0)
    network = PaperNetwork(PaperConfig(widths=(2, 2, 2), attention=5)).eval()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.copy_(parameter.abs() * 0.5 + 0.05)
        network.head.bias.fill_(0.0)
    network = network.double()
    reach = 0
    for phase in range(4):
        before, after = (torch.zeros(1, 1, 128, 128, dtype=torch.double) for _ in range(2))
        with torch.no_grad():
            calm = network(before, after)
            before[0, 0, 64 + phase, 64 + phase] = 1.0
            rows, columns = np.nonzero((network(before, after) - calm).abs().numpy()[0, 0] > 1e-13)
        reach = max(reach, np.abs(rows - 64 - phase).max(), np.abs(columns - 64 - phase).max())
    stated = receptive_radius(network.config)
    assert stated - 4 <= reach <= stated


def test_tile_size_and_place_do_not_change_the_map(tiny_network):
    """Cut at multiples of the model's multiple, a tile gives the whole image's map beyond its halo."""
    h, side = halo(tiny_network.config), 160
    before, after = _pair(side, side)
    whole = _run(tiny_network, before, after)
    for top, left, size in ((0, 0, 96), (36, 44, 112), (64, 20, 96)):
        window = np.s_[:, :, top : top + size, left : left + size]
        tile = _run(tiny_network, before[window], after[window])
        inner = np.s_[h : size - h, h : size - h]
        expected = whole[top : top + size, left : left + size][inner]
        assert expected.std() > 1e-3
        assert np.abs(tile[inner] - expected).max() < 1e-4


def test_a_gate_is_local_and_between_zero_and_one():
    from marscd_plugin.training.networks import SpatialGate

    gate = SpatialGate(5)
    features = torch.rand(1, 3, 20, 20) + 0.5
    ratio = (gate(features) / features).detach()
    assert float(ratio.min()) > 0.0
    assert float(ratio.max()) < 1.0
    changed = features.clone()
    changed[0, :, 10, 10] += 5
    moved = (gate(changed) / changed - ratio).abs().sum(1)[0].detach().numpy() > 1e-6
    rows, columns = np.nonzero(moved)
    assert max(np.abs(rows - 10).max(), np.abs(columns - 10).max()) <= 2
