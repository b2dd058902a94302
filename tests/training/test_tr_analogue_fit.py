"""Fitting on a toy ground: it learns, it stops, it goes on, and a user's chips can be taught."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch (the train extra)")
pytest.importorskip("pytorch_metric_learning", reason="needs pytorch-metric-learning (the train extra)")
pytest.importorskip("cv2", reason="needs OpenCV")

from marscd_plugin.common.errors import CancelledError, InputError  # noqa: E402
from marscd_plugin.common.progress import Quiet  # noqa: E402
from marscd_plugin.training import analogue_recipe  # noqa: E402
from marscd_plugin.training.analogue_fit import AnalogueFit, fit_network, learning_rate, load_state  # noqa: E402
from marscd_plugin.training.analogue_ground import BatchConfig, ground_of  # noqa: E402
from marscd_plugin.training.analogue_net import Embedding, EmbeddingConfig, EmbeddingNetwork  # noqa: E402
from marscd_plugin.training.analogue_recipe import embed, fit_embedding  # noqa: E402
from marscd_plugin.training.analogue_views import ViewConfig  # noqa: E402
from marscd_plugin.training.chip_sets import ChipSet  # noqa: E402
from marscd_plugin.training.retrieval import pairwise, rank  # noqa: E402

SMALL = EmbeddingConfig(px=32, widths=(8, 8, 16, 16, 16), landform=8, ground=8)


def toy(seed: int, count: int = 8) -> ChipSet:
    """Stripes and checks of random width, turn and grey under strong noise, in four observations."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:48, :48]
    pixels, labels, groups = [], [], []
    for k in range(2 * count):
        angle, width, phase = rng.uniform(0, np.pi), rng.uniform(0.25, 0.5), rng.uniform(0, 6)
        one = np.sin((np.cos(angle) * x + np.sin(angle) * y) * width + phase)
        two = np.sin((-np.sin(angle) * x + np.cos(angle) * y) * width + phase)
        pattern = one if k % 2 else one * two
        pixels.append(120 + 30 * pattern + rng.normal(0, 12, (48, 48)))
        labels.append(k % 2)
        groups.append(f"{seed}-{k // 2 % 4}")
    return ChipSet(np.array(pixels, np.float32), np.array(labels, np.int64), np.array(groups), ("checks", "stripes"),
                   tuple(f"{k}" for k in range(2 * count)), np.full(2 * count, "Mars"))  # fmt: skip


def config(**changes) -> AnalogueFit:
    batch = BatchConfig(px=32, per_class=6, classes=2, alone=0, unlabelled=0)
    return AnalogueFit(**{"steps": 40, "batch": batch, "look": ViewConfig(scale=(0.7, 1.0)), "threads": 1,
                          "reduced_precision": False} | changes)  # fmt: skip


def small() -> EmbeddingNetwork:
    torch.manual_seed(2)
    return EmbeddingNetwork(SMALL)


def score(network, chips: ChipSet) -> float:
    from marscd_plugin.training.chip_sets import resized

    vectors = embed(Embedding(network, 1.0), np.stack([resized(c, 32) for c in chips.pixels]))
    return rank(pairwise(vectors), chips.labels, chips.groups).average_precision()


def test_it_learns_landforms_of_unseen_observations():
    ground, unseen = ground_of(toy(1, 32)), toy(2, 12)
    mild = ViewConfig((0.8, 1.0), relight=0.0, coarser=0.0, blur=0.0, noise=0.3, stripes=0.0, jpeg=0.0, missing=0.0)
    before = score(small().eval(), unseen)
    after = score(fit_network(small(), ground, config(steps=80, look=mild), Quiet()), unseen)
    assert after > before + 0.08 and after > 0.75


def test_a_run_goes_on_where_it_stopped_and_refuses_another_seed(tmp_path):
    ground = ground_of(toy(1))
    fit_network(small(), ground, config(steps=3), Quiet(), tmp_path)
    assert load_state(tmp_path / "checkpoint.pt")["step"] == 3
    fit_network(small(), ground, config(steps=5), Quiet(), tmp_path, resume=True)
    assert load_state(tmp_path / "checkpoint.pt")["step"] == 5
    assert len((tmp_path / "log.jsonl").read_text().splitlines()) == 2
    with pytest.raises(InputError, match="another run"):
        fit_network(small(), ground, config(steps=6, seed=2), Quiet(), tmp_path, resume=True)


def test_a_damaged_checkpoint_is_named(tmp_path):
    (tmp_path / "checkpoint.pt").write_bytes(b"nonsense")
    with pytest.raises(InputError, match="could not be read"):
        load_state(tmp_path / "checkpoint.pt")


def test_a_cancel_ends_the_run_with_a_checkpoint(tmp_path):
    stopped = Quiet()
    stopped.cancel()
    fit_network(small(), ground_of(toy(1)), config(steps=50), stopped, tmp_path)
    assert load_state(tmp_path / "checkpoint.pt")["step"] == 0


def test_the_rate_warms_up_and_falls():
    rates = [learning_rate(config(), done) for done in (0.0, 0.03, 0.5, 1.0)]
    assert rates[0] < rates[2] < rates[1] and rates[3] < 0.02 * rates[1]


def test_nothing_to_learn_by_is_refused():
    with pytest.raises(InputError):
        config(landform=0.0, ground=0.0)
    with pytest.raises(InputError):
        AnalogueFit(minutes=0.0)


def test_a_users_chips_are_taught_and_few_are_refused(monkeypatch):
    monkeypatch.setattr(analogue_recipe, "EmbeddingConfig", lambda: SMALL)
    monkeypatch.setattr(analogue_recipe, "new_network", lambda seed, config=None: small())
    made = fit_embedding(toy(1), 1, 1, Quiet())
    assert made.card.chip_px == 32 and made.card.dimensions == 16 and "16 chips" in made.card.training_data
    vectors = embed(made.network, toy(2).pixels[:, :32, :32])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    with pytest.raises(InputError, match="two regions"):
        fit_embedding(toy(1).where(toy(1).labels == 0), 1, 1, Quiet())
    stopped = Quiet()
    stopped.cancel()
    with pytest.raises(CancelledError):
        fit_embedding(toy(1), 1, 1, stopped)
