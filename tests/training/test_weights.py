"""Weights to learn on from: the same network comes back, and what is none is refused."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch (the train extra)")

from marscd_plugin.common.errors import InputError  # noqa: E402
from marscd_plugin.training.changenet import ChangeConfig, ChangeNetwork  # noqa: E402
from marscd_plugin.training.export_change import Calibration  # noqa: E402
from marscd_plugin.training.weights import load_weights, save_weights  # noqa: E402

TINY = ChangeConfig(widths=(8, 8, 8, 8), joint=8, kinds=3)


def test_the_same_network_comes_back(tmp_path):
    torch.manual_seed(3)
    network = ChangeNetwork(TINY)
    images = torch.randn(2, 2, 1, 32, 32)
    network(images[0], images[1], torch.full((2, 4), float("nan")))
    path = tmp_path / "tiny.npz"
    save_weights(network.eval(), Calibration(0.7, -0.2, 0.017), path)
    loaded, calibration = load_weights(path)
    assert calibration == Calibration(0.7, -0.2, 0.017)
    assert loaded.config == TINY
    told = torch.full((2, 4), float("nan"))
    with torch.no_grad():
        for one, two in zip(network(*images, told), loaded(*images, told), strict=True):
            torch.testing.assert_close(one, two)


def test_what_is_no_weights_file_is_refused(tmp_path):
    path = tmp_path / "tiny.npz"
    with pytest.raises(InputError, match=r"tiny\.npz"):
        load_weights(path)
    path.write_bytes(b"PK nothing of the kind")
    with pytest.raises(InputError):
        load_weights(path)
    np.savez(path, about=np.frombuffer(b'{"config": {"widths": [8]}}', np.uint8))
    with pytest.raises(InputError):
        load_weights(path)
    np.savez(path, about=np.array([{"a": 1}], object))
    with pytest.raises(InputError):
        load_weights(path)
