"""Teaching by verdicts: what a verdict says of pixels, held-out ground, less of what was rejected, honest refusals."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch (the train extra)")
pytest.importorskip("onnx", reason="needs onnx (the train extra)")
pytest.importorskip("onnxruntime", reason="needs onnxruntime (the cpu extra)")
pytest.importorskip("osgeo", reason="needs GDAL")

sys.path.insert(0, str(Path(__file__).parent))

import teach_scene as scenes  # noqa: E402

from marscd_plugin.__about__ import resource  # noqa: E402
from marscd_plugin.common.errors import CancelledError, InputError, ModelError  # noqa: E402
from marscd_plugin.common.progress import Quiet  # noqa: E402
from marscd_plugin.common.rasters import Window  # noqa: E402
from marscd_plugin.inference.card import read_card  # noqa: E402
from marscd_plugin.inference.session import load_model  # noqa: E402
from marscd_plugin.training import reopen  # noqa: E402
from marscd_plugin.training.changenet import CONTEXT_NAMES, ChangeConfig, ChangeNetwork, change_halo  # noqa: E402
from marscd_plugin.training.export import export_onnx  # noqa: E402
from marscd_plugin.training.export_change import Calibration, export_change  # noqa: E402
from marscd_plugin.training.finetune import finetune, steps_for  # noqa: E402
from marscd_plugin.training.teach_feed import TeachFeed  # noqa: E402
from marscd_plugin.training.teach_job import TeachPair, read_job  # noqa: E402
from marscd_plugin.training.teach_pairs import GAP, RING, open_pairs  # noqa: E402
from marscd_plugin.training.teach_scores import Answers, choose_threshold  # noqa: E402
from marscd_plugin.training.teach_split import split  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def images(tmp_path_factory):
    return scenes.scene(tmp_path_factory.mktemp("scene"))


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A tiny model that flags every difference, dark or bright, learned in a moment."""
    from torch.nn.functional import binary_cross_entropy_with_logits

    from marscd_plugin.common.words import ModelCard
    from marscd_plugin.training.networks import PaperConfig, PaperNetwork, halo

    torch.manual_seed(0)
    torch.set_num_threads(1)
    network = PaperNetwork(PaperConfig(widths=(6, 8, 12), attention=5))
    optimiser, rng = torch.optim.Adam(network.parameters(), 5e-3), np.random.default_rng(0)
    for _ in range(60):
        before = rng.standard_normal((4, 1, 64, 64)).astype(np.float32)
        after = before + 0.1 * rng.standard_normal(before.shape).astype(np.float32)
        truth = np.zeros_like(before)
        for k in range(8):
            y, x = rng.integers(2, 50, 2)
            after[k // 2, 0, y : y + 12, x : x + 12] += rng.choice([-6.0, 6.0])
            truth[k // 2, 0, y : y + 12, x : x + 12] = 1
        logits = network(torch.from_numpy(before), torch.from_numpy(after))
        loss = binary_cross_entropy_with_logits(logits, torch.from_numpy(truth), pos_weight=torch.tensor(4.0))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    card = ModelCard(
        name="tiny", task="change", inputs=("before", "after"), output="probability", normalisation="pair-robust",
        pixel_size=(0.25, 1.0), threshold=0.5, halo=halo(network.config), multiple=4, description="for tests",
        scores={"f1": 0.9}, prevalence=0.017, screen="marscd-screen",
    )  # fmt: skip
    path = tmp_path_factory.mktemp("base") / "tiny.onnx"
    export_onnx(network.eval(), card, path)
    return path


def pair(images, **other) -> list[TeachPair]:
    return [TeachPair(**(images | other))]


def opened(images, **other):
    return open_pairs(pair(images, **other), Quiet())[0]


# The base


def test_models_come_back_as_the_networks_they_were(base, tmp_path):
    tiny = ChangeNetwork(ChangeConfig(widths=(8, 8, 8, 8), joint=8, kinds=2))
    torch.manual_seed(3)
    with torch.no_grad():
        for parameter in tiny.parameters():
            parameter.add_(0.2 * torch.randn(parameter.shape))
        for _ in range(3):
            tiny(torch.randn(2, 1, 64, 64), torch.randn(2, 1, 64, 64), torch.randn(2, 4))
    card = read_card(base)
    told = {"context": CONTEXT_NAMES, "kinds": ("rsl", "crater"), "multiple": 16, "halo": change_halo(tiny.config)}
    scores = {"calibration_slope": 0.8, "calibration_offset": -0.4}
    made = tmp_path / "tiny-change.onnx"
    export_change(tiny.eval(), type(card)(**(vars(card) | told | {"scores": scores})), made, Calibration(0.8, -0.4))
    for path in (base, made, resource("models", "paper-rsl.onnx")):
        found = reopen.reopen(path)
        assert reopen.difference(found.network, found.card, path) <= 1e-4
        again = tmp_path / "again.onnx"
        reopen.export_again(found.network, reopen.without_scores(found.card), again)
        # What was taught can be taught again.
        assert reopen.difference(reopen.reopen(again).network, found.card, path) <= 1e-4


def test_a_foreign_network_is_refused_with_what_to_do(base, tmp_path):
    class Other(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.layer = torch.nn.Conv2d(2, 1, 3, padding=1)

        def forward(self, before, after):
            return self.layer(torch.cat((before, after), 1))

    path = tmp_path / "other.onnx"
    export_onnx(Other(), read_card(base), path)
    with pytest.raises(ModelError, match=r"none of MarsCD's own.*Choose a model"):
        reopen.reopen(path)


# Labels


def test_verdicts_become_truth_ring_and_silence(images, tmp_path):
    labels = tmp_path / "labels.gpkg"
    scenes.layer_of(labels, [("accepted", 100.0, 200.0), ("rejected", 160.0, 200.0), ("accepted", 162.0, 230.0)])
    one = opened(images | {"labels": str(labels)})
    told = one.window(Window(64, 160, 128, 96))
    truth = np.zeros((96, 128), bool)
    truth[34:46, 30:42] = truth[64:76, 92:104] = True
    assert np.array_equal(told.truth, truth)
    assert told.judged[34:46, 90:102].all() and not told.truth[34:46, 90:102].any()  # rejected: certainly no change
    near = GAP + RING
    assert not told.judged[34 - GAP : 34, 30:42].any()  # the gap
    assert told.judged[34 - near : 34 - GAP, 30:42].all()  # the ring
    assert not told.judged[34 - near - 1, 30:42].any() and not told.judged[:20, :20].any()  # beyond: silence
    whole = opened(images | {"labels": str(labels)}, complete=True).window(Window(64, 160, 128, 96))
    assert whole.judged[:20, :20].all() and not whole.judged[34 - GAP : 34, 30:42].any()


def test_a_layer_without_verdicts_is_all_change(images, tmp_path):
    labels = tmp_path / "plain.gpkg"
    scenes.layer_of(labels, [("", 100.0, 200.0), ("", 160.0, 200.0)], verdicts=False)
    assert [v.accepted for v in opened(images | {"labels": str(labels)}).verdicts] == [True, True]


# Held-out ground


def test_held_out_ground_is_apart_and_never_seen(images):
    pairs = open_pairs(pair(images), Quiet())
    divided = split(pairs, 0.3, 1)
    assert divided.held and divided.learned and not divided.held & divided.learned
    whole = Window(0, 0, scenes.EDGE, scenes.EDGE)
    held = divided.blocks.inside(pairs[0], whole, set(divided.held))
    assert not (held & divided.blocks.inside(pairs[0], whole, set(divided.learned))).any()
    for verdict in pairs[0].verdicts:
        inside = pairs[0].inside(verdict, whole)
        assert held[inside].all() if verdict.number in divided.held_numbers else not held[inside].any()
    both = {v.accepted for v in pairs[0].verdicts if v.number in divided.held_numbers}
    assert both == {True, False}
    assert split(pairs, 0.3, 1) == divided and split(pairs, 0.3, 2).held != divided.held
    # Paint the held-out ground of the truth: no batch may show a painted pixel.
    feed = TeachFeed(pairs, divided, batch=4, size=64, groups=1, seed=1, steps=8, progress=Quiet())
    read = pairs[0].window

    def painted(window):
        told = read(window)
        hidden = divided.blocks.inside(pairs[0], window, set(divided.held))
        told.before[hidden] = told.after[hidden] = 77.0
        return told

    pairs[0].window = painted
    patches = [feed._own(feed._rng) for _ in range(60)]
    assert max(float(p.before.max()) for p in patches) < 10.0
    assert sum(float(p.truth.sum()) for p in patches) > 0


def test_pairs_of_one_place_share_their_squares(images):
    one, two = open_pairs(pair(images) + pair(images), Quiet())
    divided = split([one, two], 0.3, 1)
    for first, second in zip(one.verdicts, two.verdicts, strict=True):
        assert (first.number in divided.held_numbers) == (second.number in divided.held_numbers)


# The threshold


def test_the_threshold_stays_near_the_bases_and_never_floods_the_rest():
    def told(accepted: float, rejected: float, rest: float) -> Answers:
        made = Answers()
        made.inside = {1: [np.full(50, accepted)], 2: [np.full(50, rejected)]}
        made.accepted = {1: True, 2: False}
        made.elsewhere[round(rest * 1000)] = 1000
        return made

    base = told(0.9, 0.9, 0.1)
    assert choose_threshold(base, 0.5, told(0.9, 0.1, 0.1)) == 0.5
    assert 0.5 < choose_threshold(base, 0.5, told(0.9, 0.6, 0.1)) <= 0.61 + 1e-9
    assert choose_threshold(base, 0.5, told(0.3, 0.1, 0.25)) > 0.25


# The whole


@pytest.fixture(scope="module")
def taught(base, images, tmp_path_factory):
    folder = tmp_path_factory.mktemp("taught")
    job = scenes.job_file(folder, [images], base, steps=40, rate=2e-3)
    heard: list[float] = []

    class Ear(Quiet):
        def report(self, fraction, message=""):
            heard.append(fraction)

    return folder, finetune(read_job(job), Ear()), heard


def test_a_consistent_false_flag_goes_away_on_ground_that_was_held_out(taught, base):
    folder, results, heard = taught
    before, after = results["before"], results["after"]
    assert before["still_flagged"] >= 0.9 and before["recall"] >= 0.9  # the base flags both
    assert after["still_flagged"] <= 0.25 and after["recall"] >= 0.75
    assert after["f1"] > before["f1"] + 0.1 and after["pixel_f1"] > before["pixel_f1"]
    assert heard == sorted(heard) and heard[-1] == 1.0
    card = read_card(folder / "taught.onnx")
    model = load_model(folder / "taught.onnx", "CPU", 1)
    assert model.card == card and card.name == "taught" and card.threshold == results["threshold"]
    assert reopen.reopen(base).sha256 in card.description and card.prevalence is None and card.screen == ""
    assert card.scores["held_out_f1_after"] == pytest.approx(after["f1"], abs=1e-6) and "f1" not in card.scores
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "held out" in page and "Only" in page  # and says that these are few


def test_a_cancelled_run_leaves_no_model_and_goes_on(base, images, tmp_path):
    class Stop(Quiet):
        def report(self, fraction, message=""):
            if message.startswith("Step 6 "):
                self.cancel()

    job = read_job(scenes.job_file(tmp_path, [images], base, steps=11, rate=1e-3))
    with pytest.raises(CancelledError):
        finetune(job, Stop())
    assert not (tmp_path / "taught.onnx").exists() and not (tmp_path / "report.html").exists()
    assert (tmp_path / "run" / "checkpoint.pt").exists()
    said: list[str] = []

    class Ear(Quiet):
        def report(self, fraction, message=""):
            said.append(message)

    finetune(job, Ear())
    assert any("from step 6 on" in s for s in said) and not any(s.startswith("Step 1 of") for s in said)
    assert (tmp_path / "taught.onnx").exists()
    assert not [p for p in tmp_path.iterdir() if ".part" in p.name]


def test_how_long_it_learns_is_bounded_by_the_verdicts(base, images, tmp_path):
    job = read_job(scenes.job_file(tmp_path, [images], base, steps=None, minutes=10.0))
    assert steps_for(job, 10, 0.001) == 400  # 80 views of each, two a step
    assert steps_for(job, 1000, 1.0) == 600


# Refusals


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ([("accepted", 100.0, 100.0), ("accepted", 400.0, 400.0)], "2 accepted and 0 rejected"),
        ([("rejected", 100.0, 100.0), ("rejected", 400.0, 400.0)], "0 accepted and 2 rejected"),
        ([("perhaps", 100.0, 100.0)], "No verdict of"),
        ([("accepted", 9100.0, 100.0)], "No verdict of"),
        (
            [("accepted", 30.0, 30.0), ("rejected", 50.0, 30.0), ("accepted", 30.0, 50.0), ("rejected", 50.0, 50.0)],
            "too close together",
        ),
    ],
)
def test_too_few_verdicts_are_told(base, images, tmp_path, verdicts, said):
    labels = tmp_path / "labels.gpkg"
    scenes.layer_of(labels, verdicts)
    job = scenes.job_file(tmp_path, [images | {"labels": str(labels)}], base)
    with pytest.raises(InputError, match=said):
        finetune(read_job(job), Quiet())
    assert not (tmp_path / "taught.onnx").exists()


def test_other_grids_and_other_files_are_told(base, images, tmp_path):
    elsewhere = scenes.write(tmp_path / "elsewhere.tif", np.random.default_rng(1).random((512, 512)), left=1100.5)
    with pytest.raises(InputError, match=r"different grids.*registerimages"):
        opened(images | {"after": elsewhere})
    with pytest.raises(InputError, match="cannot be read"):
        opened(images | {"labels": images["before"]})
    job = scenes.job_file(tmp_path, [images], base, output=str(tmp_path / "taught-head.onnx"))
    with pytest.raises(InputError, match="part of a model"):
        finetune(read_job(job), Quiet())
    for wrong in ("{", "[]", json.dumps({"pairs": []}), json.dumps({"pairs": [{}], "model": ""})):
        path = tmp_path / "wrong.json"
        Path(path).write_text(wrong, encoding="utf-8")
        with pytest.raises(InputError):
            read_job(path)
