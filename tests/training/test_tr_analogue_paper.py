"""The paper's analogue network: its layers, its loss by hand, its pairs, and that it learns two textures."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch (the train extra)")
pytest.importorskip("onnx", reason="needs onnx (the train extra)")
pytest.importorskip("onnxruntime", reason="needs onnxruntime (the cpu extra)")
pytest.importorskip("osgeo", reason="needs GDAL")
pytest.importorskip("cv2", reason="needs OpenCV")

from marscd_plugin.__about__ import resource  # noqa: E402
from marscd_plugin.common.errors import CancelledError, InputError, ModelError  # noqa: E402
from marscd_plugin.common.progress import Quiet  # noqa: E402
from marscd_plugin.inference.embedding import load_embedder  # noqa: E402
from marscd_plugin.inference.embedding_card import read_embedding_card  # noqa: E402
from marscd_plugin.training.analogue_export import export_embedding  # noqa: E402
from marscd_plugin.training.analogue_pairs import (  # noqa: E402
    BLOCK,
    augmented,
    epoch,
    kept_pairs,
    split_bodies,
    vary,
)
from marscd_plugin.training.analogue_paper import (  # noqa: E402
    PaperAnalogue,
    PaperAnalogueConfig,
    PaperFit,
    contrastive_loss,
    embedded,
    fit_paper_analogue,
)
from marscd_plugin.training.analogue_paper_recipe import paper_card  # noqa: E402
from marscd_plugin.training.analogue_protocol import LANDFORMS, protocol_bodies  # noqa: E402
from marscd_plugin.training.chip_sets import ChipSet  # noqa: E402
from marscd_plugin.training.retrieval import pairwise, rank  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def textures(per_group=4, groups=4, px=20, classes=("blobs", "speckle"), bodies=False) -> ChipSet:
    """Chips of two textures that no turn mixes up: wide blobs and fine speckle."""
    rng = np.random.default_rng(2)
    import cv2

    pixels, labels, of, body = [], [], [], []
    for k in range(len(classes)):
        for group in range(groups):
            for _ in range(per_group):
                noise = rng.normal(size=(px, px)).astype(np.float32)
                pixels.append(50 + 10 * (cv2.GaussianBlur(noise, (0, 0), 4) * 8 if k == 0 else noise))
                labels.append(k)
                of.append(f"{classes[k]}-{group}")
                body.append(("Earth" if group % 2 else "Mars") if bodies else "")
    sources = tuple(map(str, range(len(labels))))
    return ChipSet(np.array(pixels), np.array(labels), np.array(of), classes, sources, np.array(body))


def test_the_network_is_the_paper_s():
    network = PaperAnalogue().eval()
    shapes, heights = [], []
    for layer in network.modules():
        if isinstance(layer, torch.nn.Conv2d):
            shapes.append((layer.in_channels, layer.out_channels, layer.kernel_size, layer.stride, layer.padding))
    assert shapes == [(1, 4, (3, 3), (1, 1), (1, 1)), (4, 8, (3, 3), (1, 1), (1, 1)), (8, 8, (3, 3), (1, 1), (1, 1))]
    order = [type(layer).__name__ for layer in (*network.features, *network.mapping)]
    assert order == ["Conv2d", "ReLU", "BatchNorm2d"] * 3 + ["Linear", "ReLU"] * 2 + ["Linear"]
    network.features.register_forward_hook(lambda _m, _i, made: heights.append(tuple(made.shape)))
    assert network(torch.rand(2, 1, 100, 100)).shape == (2, 5)
    assert heights == [(2, 8, 100, 100)]
    convolutions, batch_norms = (9 * 4 + 4) + (9 * 4 * 8 + 8) + (9 * 8 * 8 + 8), 2 * (4 + 8 + 8)
    mapping = (80_000 * 24 + 24) + (24 * 24 + 24) + (24 * 5 + 5)
    assert sum(p.numel() for p in network.parameters()) == convolutions + batch_norms + mapping == 1_921_709


def test_the_loss_is_the_paper_s():
    distance = torch.tensor([0.3, 0.4, 1.5, 0.0])
    dissimilar = torch.tensor([0.0, 1.0, 1.0, 1.0])
    # 0.09 / 2; (1 - 0.4)^2 / 2; beyond the margin nothing; 1 / 2.
    assert float(contrastive_loss(distance, dissimilar, 1.0)) == pytest.approx(0.045 + 0.18 + 0.0 + 0.5)
    assert float(contrastive_loss(distance, dissimilar, 2.0)) == pytest.approx(0.045 + 1.28 + 0.125 + 2.0)


def test_the_two_bodies_share_no_observation_and_have_every_region():
    bodies = split_bodies(textures(per_group=6), 5)
    assert not set(bodies.one.groups) & set(bodies.other.groups)
    for side in (bodies.one, bodies.other):
        assert side.table() == {"blobs": (5, 2), "speckle": (5, 2)}
    real = split_bodies(textures(bodies=True), 10)
    assert set(real.one.bodies) == {"Earth"} and set(real.other.bodies) == {"Mars"}
    with pytest.raises(InputError, match="speckle has chips of one observation only"):
        told = textures()
        split_bodies(told.where((told.labels == 0) | (told.groups == "speckle-0")), 5)


def test_an_epoch_shows_every_copy_once_and_a_tenth_of_the_pairs_is_kept():
    bodies = split_bodies(textures(), 4)
    one, other = (augmented(side, 1, Quiet()) for side in (bodies.one, bodies.other))
    assert one.inputs.shape == (80, 1, 20, 20) and 0 <= one.inputs.min() <= one.inputs.max() <= 1
    assert np.bincount(one.chips).tolist() == [10] * 8
    blocks = list(epoch(one, other, np.random.default_rng(1)))
    assert all(len(a) == len(b) == BLOCK for a, b in blocks)
    assert sorted(np.concatenate([a for a, _ in blocks])) == list(range(80))
    kept = kept_pairs(300, 300, 1)
    assert kept.mean() == pytest.approx(0.1, abs=0.005) and np.array_equal(kept, kept_pairs(300, 300, 1))


def test_copies_differ_from_their_chip_and_follow_from_the_seed():
    chip = textures(1, 1).pixels[0]
    one, two = (vary(chip, np.random.default_rng(seed)) for seed in (1, 2))
    assert np.array_equal(one, vary(chip, np.random.default_rng(1)))
    for made in (one, two):
        assert made.shape == chip.shape and np.abs(made - chip).mean() > 0.1 * chip.std()
    holed = chip.copy()
    holed[:5] = np.nan
    assert np.isfinite(vary(holed, np.random.default_rng(1))).all()


@pytest.fixture(scope="module")
def taught():
    return fit_paper_analogue(split_bodies(textures(), 6), PaperFit(epochs=25, seed=1), Quiet())


def test_two_textures_are_told_apart_on_chips_never_seen(taught):
    assert taught.test_pairs > 0.97 and taught.loss < 0.05 < taught.losses[0]
    assert sum(taught.counts) == 120 * 120
    # The same two textures from other observations: more chips of the generator than were learned from.
    fresh = textures(per_group=9)
    fresh = fresh.where(np.arange(len(fresh)) % 9 >= 6)
    vectors = embedded(taught.network, augmented(fresh, 9, Quiet(), copies=1).inputs)
    ranking = rank(pairwise(vectors), fresh.labels, fresh.groups)
    assert ranking.recall(1) > 0.9 and ranking.average_precision() > 0.85


def test_the_same_seed_gives_the_same_network(taught):
    again = fit_paper_analogue(split_bodies(textures(), 6), PaperFit(epochs=2, seed=1), Quiet())
    other = fit_paper_analogue(split_bodies(textures(), 6), PaperFit(epochs=2, seed=2), Quiet())
    assert again.losses == taught.losses[:2] != other.losses


def test_a_run_stops_and_refuses_what_cannot_be_learned():
    progress = Quiet()
    progress.cancel()
    with pytest.raises(CancelledError):
        fit_paper_analogue(split_bodies(textures(), 6), PaperFit(), progress)
    with pytest.raises(InputError, match="only one region"):
        fit_paper_analogue(split_bodies(textures(classes=("blobs",)), 6), PaperFit(), Quiet())
    with pytest.raises(InputError, match="0 epochs"):
        PaperFit(epochs=0)


def test_the_exported_file_answers_as_torch_does_and_carries_its_card(taught, tmp_path):
    card = paper_card("tiny-paper", 1, px=20)
    path = tmp_path / "tiny-paper.onnx"
    assert export_embedding(taught.network, card, path) <= 1e-4
    assert read_embedding_card(path) == card
    chips = textures()
    found = load_embedder(path, "CPU", 1).embed(chips.pixels)
    expected = embedded(taught.network, augmented(chips, 1, Quiet(), copies=1).inputs)
    np.testing.assert_allclose(found, expected, atol=1e-4)
    with pytest.raises(ModelError, match="its card says"):
        export_embedding(taught.network, paper_card("x", 1, px=20).__class__(**(vars(card) | {"dimensions": 6})), path)
    with pytest.raises(ModelError, match="At most 1000"):
        export_embedding(taught.network, card, path, max_bytes=1000)
    assert read_embedding_card(path) == card  # what was there stays


def test_the_shipped_file_is_the_paper_s_network_by_its_protocol(shared):
    path = resource("models", "paper-analogue.onnx")
    embedder = load_embedder(path, "CPU", 1)
    card = embedder.card
    assert path.stat().st_size < 8_000_000
    assert (card.chip_px, card.dimensions, card.channels, card.metric) == (100, 5, 1, "euclidean")
    assert card.scores["pair_accuracy_paper_split"] >= 0.99 and card.scores["epochs"] == 300
    bodies = protocol_bodies(shared, card.chip_px)
    assert bodies.one.classes == LANDFORMS and not set(bodies.one.groups) & set(bodies.other.groups)
    d = pairwise(embedder.embed(bodies.one.pixels), embedder.embed(bodies.other.pixels))
    least = np.array(
        [[d[np.ix_(bodies.one.labels == i, bodies.other.labels == j)].min() for j in range(4)] for i in range(4)]
    )
    assert least.argmin(axis=0).tolist() == least.argmin(axis=1).tolist() == [0, 1, 2, 3]


def test_the_configuration_says_the_widths():
    network = PaperAnalogue(PaperAnalogueConfig(px=8, kernels=(2, 3), hidden=(6,), dimensions=4))
    assert network(torch.zeros(1, 1, 8, 8)).shape == (1, 4)
