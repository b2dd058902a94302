"""The default model's files: as torch answers, halves as the whole, calibrated, and run by the plugin's own means."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch (the train extra)")
pytest.importorskip("onnx", reason="needs onnx (the train extra)")
pytest.importorskip("onnxruntime", reason="needs onnxruntime (the cpu extra)")

from marscd_plugin.common.errors import ModelError  # noqa: E402
from marscd_plugin.inference.session import load_model  # noqa: E402
from marscd_plugin.inference.split import has_halves, load_split  # noqa: E402
from marscd_plugin.training.changenet import CONTEXT_NAMES, ChangeConfig, ChangeNetwork, change_halo  # noqa: E402
from marscd_plugin.training.export_change import Calibration, export_change, platt  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

TINY = ChangeConfig(widths=(8, 8, 8, 8), joint=8, kinds=2)
CALIBRATION = Calibration(0.8, -0.4, 0.017)


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(0)
    torch.set_num_threads(1)
    made = ChangeNetwork(TINY)
    with torch.no_grad():
        made.head.weight.mul_(5.0)
        torch.nn.init.normal_(made.move.outer.weight, 0.0, 0.5)
        for _ in range(4):
            made(torch.randn(2, 1, 64, 64), torch.randn(2, 1, 64, 64), torch.randn(2, 4))
    return made.eval()


@pytest.fixture(scope="module")
def files(network, tmp_path_factory):
    from marscd_plugin.common.words import ModelCard

    card = ModelCard(
        name="tiny-change", task="change", inputs=("before", "after"), output="probability",
        normalisation="pair-robust", pixel_size=(0.25, 1.0), threshold=0.4, halo=change_halo(TINY), multiple=16,
        context=CONTEXT_NAMES, kinds=("rsl", "crater"), prevalence=0.017, scores={"steps": 3.0},
    )  # fmt: skip
    path = tmp_path_factory.mktemp("change") / "tiny-change.onnx"
    assert export_change(network, card, path, CALIBRATION) <= 1e-4
    return path


def pair(rows: int, columns: int) -> np.ndarray:
    return np.random.default_rng(2).normal(0, 1.5, (2, 1, 1, rows, columns)).astype(np.float32)


def test_the_file_answers_as_torch_does(files, network):
    model = load_model(files, "CPU", 1)
    images = pair(64, 96)
    for context in (None, {"incidence_before": 40.0, "residual_px": 0.7}, (40.0, 60.0, None, float("nan"))):
        answer = model.answer(*images, context=context)
        told = np.full(4, np.nan, np.float32)
        if isinstance(context, dict):
            told[[0, 3]] = 40.0, 0.7
        elif context:
            told[:2] = 40.0, 60.0
        with torch.no_grad():
            logits, kinds = network(*map(torch.from_numpy, images), torch.from_numpy(told[None]))
        wanted = torch.sigmoid(logits * CALIBRATION.slope + CALIBRATION.offset).numpy()
        assert np.abs(answer.probability - wanted).max() < 1e-4
        share = torch.softmax(kinds, 1).repeat_interleave(2, 2).repeat_interleave(2, 3).numpy()
        assert np.abs(answer.kind - share).max() < 1e-4
        assert np.abs(model.run(*images, context=context) - wanted).max() < 1e-4
    assert wanted.std() > 1e-3


def test_a_context_of_another_length_is_refused(files):
    with pytest.raises(ModelError, match="4 numbers"):
        load_model(files, "CPU", 1).run(*pair(32, 32), context=(1.0,))


def test_the_halves_are_the_whole(files):
    model, split = load_model(files, "CPU", 1), load_split(files, "CPU", 1)
    before, after = pair(64, 64)
    features = [split.encode(image) for image in (before, after)]
    assert features[0].nbytes == sum(a.nbytes for a in features[0].arrays)
    for context in (None, {"azimuth_change": -30.0}):
        one, two = split.compare(*features, context=context), model.answer(before, after, context=context)
        assert np.abs(one.probability - two.probability).max() < 1e-5
        assert np.abs(one.kind - two.kind).max() < 1e-5
    window = features[0].window(16, 32, 32, 16)
    assert [a.shape[2:] for a in window.arrays] == [(32, 16), (16, 8), (8, 4), (4, 2), (2, 1)]
    assert np.array_equal(window.arrays[1], features[0].arrays[1][:, :, 8:24, 16:24])


def test_halves_of_another_model_are_refused(files, network, tmp_path):
    import shutil

    from marscd_plugin.inference.card import read_card

    assert has_halves(files)
    for path in files.parent.iterdir():
        shutil.copy(path, tmp_path / path.name)
    other = replace(read_card(files), scores={"steps": 4.0}, name="other")
    export_change(network, other, tmp_path / "other.onnx", CALIBRATION)
    (tmp_path / "other-head.onnx").replace(tmp_path / "tiny-change-head.onnx")
    with pytest.raises(ModelError, match="not a half"):
        load_split(tmp_path / "tiny-change.onnx", "CPU", 1)
    (tmp_path / "tiny-change-head.onnx").unlink()
    assert not has_halves(tmp_path / "tiny-change.onnx")
    with pytest.raises(ModelError, match="no half"):
        load_split(tmp_path / "tiny-change.onnx", "CPU", 1)


def test_platt_finds_what_the_logits_mean():
    rng = np.random.default_rng(4)
    truth = rng.random(200_000) < 0.02
    # For two Gaussians of one width the log odds are linear, with known slope and offset.
    logits = rng.normal(np.where(truth, 2.0, -1.0), 1.0)
    found = platt([logits[:90_000], logits[90_000:]], [truth[:90_000], truth[90_000:]], 0.1)
    assert found.slope == pytest.approx(3.0, rel=0.03)
    assert found.offset == pytest.approx(np.log(0.1 / 0.9) - 1.5, abs=0.06)
    assert found.prevalence == 0.1
    assert platt([logits], [np.zeros(200_000, bool)], 0.1).prevalence is None
