"""Maps of a network while it is trained, with predictors whose answers are known, and the commands of the room."""

from __future__ import annotations

import numpy as np
import pytest

from marscd_plugin.simulation.pairs import make_pair
from marscd_plugin.training.evaluate import probability, simulated_histogram
from marscd_plugin.training.real import RealPair


def silent(before, after):
    """Never says change."""
    return np.zeros_like(before)


def difference(before, after):
    """Says change where the normalised images differ by more than two."""
    return (np.abs(before - after) > 2.0).astype(np.float32)


def _pair(rows=45, columns=38):
    rng = np.random.default_rng(0)
    ground = rng.normal(100, 5, (rows, columns)).astype(np.float32)
    after = ground.copy()
    after[10:14, 10:20] -= 40
    after[30, 30] -= 40
    valid = np.ones((rows, columns), bool)
    valid[:5] = False
    return RealPair("p", ground, after, valid)


def test_what_is_not_valid_is_never_flagged():
    pair = _pair()
    everything = probability(lambda b, a: np.ones_like(b), pair.before, pair.after, pair.valid)
    assert everything[pair.valid].min() == 1.0
    assert everything[~pair.valid].max() == 0.0
    assert not probability(silent, pair.before, pair.after, np.zeros_like(pair.valid)).any()


def test_the_network_sees_sizes_that_divide():
    seen = []

    def spy(before, after):
        seen.append(before.shape)
        return np.zeros_like(before)

    probability(spy, *(_pair().before,) * 2, _pair().valid, multiple=8)
    assert seen == [(48, 40)]


def test_simulated_change_is_scored_by_truth(flat_backdrop):
    rng = np.random.default_rng(3)
    pairs = [make_pair(rng, flat_backdrop, 64, change=True, difficulty=0.0) for _ in range(4)]
    assert simulated_histogram(silent, pairs).score(0.5).sensitivity == 0.0
    truths = iter(pairs)
    oracle = simulated_histogram(lambda b, a: next(truths).truth.astype(np.float32), pairs).score(0.5)
    assert (oracle.sensitivity, oracle.specificity) == (1.0, 1.0)


def test_the_command_line_ends_with_one_message(tmp_path, capsys):
    from marscd_plugin.training.__main__ import main

    assert main(["evaluate", "--model", str(tmp_path / "no.onnx"), "--shared", str(tmp_path)]) == 1
    assert "no.onnx" in capsys.readouterr().err
    pytest.importorskip("torch", reason="needs torch (the train extra)")
    assert main(["export", "--out", str(tmp_path), "--shared", str(tmp_path)]) == 1
    assert "no checkpoint" in capsys.readouterr().err


def test_fit_export_and_evaluate_from_the_command_line(tmp_path, monkeypatch, capsys, flat_backdrop):
    """Two steps of training on made-up data, then the table of its model."""
    pytest.importorskip("torch", reason="needs torch (the train extra)")
    pytest.importorskip("onnxruntime", reason="needs onnxruntime (the cpu extra)")
    from marscd_plugin.inference.card import read_card
    from marscd_plugin.training import data, monitor, recipe
    from marscd_plugin.training.__main__ import main
    from marscd_plugin.training.networks import PaperConfig

    def pairs(_shared, count, size=64, seed=0):
        rng = np.random.default_rng(seed)
        return [make_pair(rng, flat_backdrop, 64) for _ in range(2)]

    real = [_pair()]
    stream = data.TrainingPairs(data.Backdrops(("A",), ((flat_backdrop,),)), [], seed=1, drawn=64)
    monkeypatch.setattr(recipe, "training_pairs", lambda _shared, _seed: stream)
    monkeypatch.setattr(recipe, "PaperConfig", lambda *_: PaperConfig((4, 8), 3))
    monkeypatch.setattr(monitor, "validation_pairs", pairs)
    monkeypatch.setattr(monitor, "real_pairs", lambda _shared, _name: real)
    monkeypatch.setattr(data, "validation_pairs", pairs)
    options = ["--shared", str(tmp_path), "--out", str(tmp_path)]
    assert (
        main(["fit", *options, "--steps", "2", "--batch", "2", "--workers", "0", "--threads", "1", "--seed", "9"]) == 0
    )
    card = read_card(tmp_path / "paper-rsl.onnx")
    assert (card.seed, card.licence, card.pixel_size) == (9, "CC BY 4.0", (0.25, 1.0))
    assert 0.0 < card.threshold <= 0.95
    target = tmp_path / "again.onnx"
    assert main(["export", *options, "--model", str(target)]) == 0
    assert read_card(target).scores["steps"] == 2.0
