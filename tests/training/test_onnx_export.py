"""Export: the file answers as torch does at any size and tiling, carries its card, and is whole or not there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch (the train extra)")
pytest.importorskip("onnx", reason="needs onnx (the train extra)")
runtime = pytest.importorskip("onnxruntime", reason="needs onnxruntime (the cpu extra)")

from marscd_plugin.common.errors import ModelError  # noqa: E402
from marscd_plugin.inference.card import read_card  # noqa: E402
from marscd_plugin.training import export as export_module  # noqa: E402
from marscd_plugin.training.export import export_onnx  # noqa: E402
from marscd_plugin.training.networks import halo, receptive_radius  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def model(tiny_network, card, tmp_path):
    path = tmp_path / "tiny.onnx"
    assert export_onnx(tiny_network, card, path) <= 1e-4
    return path


def _answer(path, before, after):
    session = runtime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return session.run(["probability"], {"before": before, "after": after})[0]


def test_card_and_sizes(model, card, tiny_network):
    assert read_card(model) == card
    assert card.halo >= receptive_radius(tiny_network.config)
    assert card.halo == halo(tiny_network.config)
    for count, rows, columns in ((1, 32, 32), (2, 48, 80)):
        arrays = np.random.default_rng(1).normal(size=(2, count, 1, rows, columns)).astype(np.float32)
        answer = _answer(model, *arrays)
        assert answer.shape == (count, 1, rows, columns)
        assert answer.dtype == np.float32
        assert answer.min() >= 0.0
        assert answer.max() <= 1.0


def test_onnxruntime_answers_as_torch_does(model, tiny_network):
    arrays = np.random.default_rng(2).normal(0, 2, (2, 1, 1, 60, 44)).astype(np.float32)
    with torch.no_grad():
        expected = torch.sigmoid(tiny_network(*map(torch.from_numpy, arrays))).numpy()
    assert np.abs(_answer(model, *arrays) - expected).max() < 1e-4
    assert expected.std() > 1e-3


def test_tile_size_and_place_do_not_change_the_map(model, card):
    before, after = np.random.default_rng(3).normal(0, 1.5, (2, 1, 1, 160, 192)).astype(np.float32)
    whole, h = _answer(model, before, after)[0, 0], card.halo
    for top, left, rows, columns in ((0, 0, 96, 104), (24, 52, 136, 100)):
        window = np.s_[:, :, top : top + rows, left : left + columns]
        tile = _answer(model, before[window], after[window])[0, 0]
        inner = np.s_[h : rows - h, h : columns - h]
        assert np.abs(tile[inner] - whole[top : top + rows, left : left + columns][inner]).max() < 1e-4


def test_a_failed_export_leaves_what_was_there(tiny_network, card, tmp_path, monkeypatch):
    path = tmp_path / "tiny.onnx"
    path.write_bytes(b"the old model")
    monkeypatch.setattr(export_module, "PARITY", -1.0)
    with pytest.raises(ModelError, match="differ"):
        export_onnx(tiny_network, card, path)
    monkeypatch.setattr(export_module, "PARITY", 1e-4)
    monkeypatch.setattr(export_module, "MAX_BYTES", 100)
    with pytest.raises(ModelError, match="bytes"):
        export_onnx(tiny_network, card, path)
    with pytest.raises(ModelError):
        export_onnx(tiny_network, replace(card, threshold=2.0), path)
    assert path.read_bytes() == b"the old model"
    assert [p.name for p in tmp_path.iterdir()] == ["tiny.onnx"]
