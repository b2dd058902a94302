"""The embedding's network: length, turns, the corners, the file, and back again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch (the train extra)")
pytest.importorskip("pytorch_metric_learning", reason="needs pytorch-metric-learning (the train extra)")

from marscd_plugin.common.errors import InputError, ModelError  # noqa: E402
from marscd_plugin.inference.chips import normalise_chips  # noqa: E402
from marscd_plugin.inference.embedding import load_embedder  # noqa: E402
from marscd_plugin.training.analogue_export import export_embedding  # noqa: E402
from marscd_plugin.training.analogue_net import Embedding, EmbeddingConfig, EmbeddingNetwork, round_window  # noqa: E402
from marscd_plugin.training.analogue_recipe import make_card  # noqa: E402
from marscd_plugin.training.analogue_reopen import folded, reopen_embedding  # noqa: E402

SMALL = EmbeddingConfig(px=32, widths=(4, 6, 8, 10, 12), landform=5, ground=7)


@pytest.fixture
def network():
    """A small network with random weights and lived-in statistics."""
    torch.manual_seed(4)
    torch.set_num_threads(1)
    made = EmbeddingNetwork(SMALL)
    with torch.no_grad():
        for weight in made.parameters():
            weight.add_(0.05 * torch.randn_like(weight))
        for _ in range(4):
            made(torch.randn(16, 1, 32, 32))
    return made.eval()


@pytest.fixture
def chips():
    return torch.randn(5, 1, 32, 32, generator=torch.Generator().manual_seed(9))


def test_vectors_have_length_one_and_the_share_weighs_the_heads(network, chips):
    with torch.no_grad():
        vectors = Embedding(network, 0.3)(chips)
    assert vectors.shape == (5, 12)
    assert torch.allclose(vectors.norm(dim=1), torch.ones(5), atol=1e-5)
    assert torch.allclose(vectors[:, :5].pow(2).sum(1), torch.full((5,), 0.3), atol=1e-5)


def test_four_turns_make_it_blind_to_quarter_turns_and_one_does_not(network, chips):
    turned = torch.rot90(chips, 1, (2, 3))
    with torch.no_grad():
        four, one = Embedding(network, turns=4), Embedding(network, turns=1)
        assert (four(chips) - four(turned)).abs().max() < 1e-5
        assert (one(chips) - one(turned)).abs().max() > 1e-3


def test_the_window_is_round_and_of_sum_one():
    window = round_window(12)
    assert abs(float(window.sum()) - 1) < 1e-6
    assert float(window[0, 0]) == 0 and float(window[6, 6]) == float(window.max()) and float(window[0, 6]) > 0


def test_impossible_settings_are_refused(network):
    with pytest.raises(InputError):
        EmbeddingNetwork(EmbeddingConfig(px=50))
    with pytest.raises(InputError):
        Embedding(network, share=1.5)


def test_the_file_answers_as_torch_does_through_the_plugins_own_reading(network, tmp_path):
    pytest.importorskip("onnx")
    embedding, path = Embedding(network, 0.4), tmp_path / "small.onnx"
    card = make_card(embedding, 4)
    assert export_embedding(folded(embedding), card, path) < 1e-4
    noise = np.random.default_rng(2).normal(90, 25, (7, 32, 32)).astype(np.float32)
    noise[3, :9] = np.nan
    embedder = load_embedder(path, "CPU", 1)
    with torch.no_grad():
        wanted = embedding.eval()(torch.from_numpy(normalise_chips(noise, "chip"))).numpy()
    assert np.abs(embedder.embed(noise) - wanted).max() < 1e-4
    assert embedder.card.dimensions == 12 and embedder.card.metric == "cosine"


def test_a_file_of_ours_can_be_taken_further(network, chips, tmp_path):
    pytest.importorskip("onnx")
    embedding, path = Embedding(network, 0.4), tmp_path / "small.onnx"
    export_embedding(folded(embedding), make_card(embedding, 4), path)
    opened = reopen_embedding(path)
    again = opened.embedding()
    with torch.no_grad():
        assert (again(chips) - embedding.eval()(chips)).abs().max() < 1e-5
    again.train()
    again.network(chips)
    again.eval()
    with torch.no_grad():
        assert (again(chips) - embedding(chips)).abs().max() < 1e-5, "its statistics stay"
    assert any(p.requires_grad for p in opened.network.parameters())


def test_a_file_of_another_network_is_not_taken_further(network, tmp_path):
    pytest.importorskip("onnx")
    other = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(32 * 32, 12))
    path = tmp_path / "other.onnx"
    export_embedding(other, make_card(Embedding(network, 0.4), 4), path)
    with pytest.raises(ModelError, match="cannot be taught"):
        reopen_embedding(path)
    # A card that tells other weights of the heads than the graph has is found out by the answers.
    export_embedding(folded(Embedding(network, 0.4)), make_card(Embedding(network, 0.4), 4), path)
    lying = tmp_path / "lying.onnx"
    card = make_card(Embedding(network, 0.4), 4)
    wrong = replace(card, scores=card.scores | {"landform_share": 0.9})
    export_embedding(folded(Embedding(network, 0.4)), wrong, lying)
    with pytest.raises(ModelError, match="answers"):
        reopen_embedding(lying)
