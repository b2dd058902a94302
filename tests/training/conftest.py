"""Small networks and patches for the tests of this room; everything that needs torch skips where it is absent."""

from __future__ import annotations

import numpy as np
import pytest


@pytest.fixture
def card():
    """A card for a tiny network of widths (4, 6, 8): halo 32, multiple 4."""
    from marscd_plugin.common.words import ModelCard

    return ModelCard(
        name="tiny",
        task="change",
        inputs=("before", "after"),
        output="probability",
        normalisation="pair-robust",
        pixel_size=(0.25, 1.0),
        threshold=0.5,
        halo=32,
        multiple=4,
        description="for tests",
    )


@pytest.fixture
def tiny_network():
    """A tiny network of the paper's kind with random weights and lived-in batch statistics, in evaluation mode."""
    torch = pytest.importorskip("torch", reason="needs torch (the train extra)")
    from marscd_plugin.training.networks import PaperConfig, PaperNetwork

    torch.manual_seed(0)
    torch.set_num_threads(1)
    network = PaperNetwork(PaperConfig(widths=(4, 6, 8), attention=5))
    with torch.no_grad():
        network.head.bias.zero_()
        network.head.weight.mul_(4.0)
        for _ in range(8):
            network(torch.randn(2, 1, 32, 32), torch.randn(2, 1, 32, 32))
    return network.eval()


@pytest.fixture
def flat_backdrop():
    """Rough ground, float32 (96, 96)."""
    rng = np.random.default_rng(5)
    return (100 + 10 * rng.standard_normal((96, 96))).astype(np.float32)
