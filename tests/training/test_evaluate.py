"""The accuracy table, with predictors whose answers are known."""

from __future__ import annotations

import numpy as np
import pytest

from marscd_plugin.common.errors import InputError, ModelError
from marscd_plugin.simulation.pairs import make_pair
from marscd_plugin.training.evaluate import (
    false_alarms,
    onnx_predict,
    probability,
    real_maps,
    sensitivity_by,
    simulated_histogram,
    strength,
)
from marscd_plugin.training.real import RealPair
from marscd_plugin.training.report import injected_sensitivity, with_lineae


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


def test_flagged_share_and_objects_are_counted_over_valid_pixels():
    pair = _pair()
    (values,) = real_maps(difference, [pair])
    assert values.shape == pair.before.shape
    alarms = false_alarms("set", [pair], [values], 0.5)
    assert alarms.objects == 2
    assert alarms.share == pytest.approx(41 / pair.valid.sum())
    assert alarms.low <= alarms.share <= alarms.high
    assert alarms.objects_bound > 2


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
    for shares in sensitivity_by(lambda b, a: np.ones_like(b), pairs, 0.5):
        assert shares
        assert set(shares.values()) == {1.0}


def test_strength_tells_a_plain_change_from_a_drowned_one():
    rng = np.random.default_rng(2)
    before, after = rng.normal(100, 4, (2, 80, 80)).astype(np.float32)
    after[10:14, 10:40] -= 60
    truth = np.zeros((80, 80), np.uint8)
    truth[10:14, 10:40] = 1
    truth[60:64, 10:40] = 1
    found = strength(before, after, truth, np.ones((80, 80), bool))
    assert found[12, 20] > 4
    assert 0.5 < found[62, 20] < 2
    assert found[40, 40] == 0


def test_lineae_are_drawn_into_every_block_of_a_real_pair():
    rng = np.random.default_rng(1)
    ground = rng.normal(100, 2, (260, 140)).astype(np.float32)
    pair = RealPair("p", ground, ground.copy(), np.ones(ground.shape, bool))
    changed, truth = with_lineae(pair, (1,), side=130)
    assert truth[:130, :130].any()
    assert truth[130:, :130].any()
    moved = np.abs(changed.before - changed.after)
    assert moved[truth].mean() > 4
    assert moved[~truth].mean() < 1
    again, _ = with_lineae(pair, (1,), side=130)
    np.testing.assert_array_equal(again.before, changed.before)
    assert injected_sensitivity(lambda b, a: np.ones_like(b), [pair], 0.5, 8) == (1.0, 1.0)
    assert injected_sensitivity(silent, [pair], 0.5, 8) == (0.0, 0.0)


def test_an_empty_set_and_a_missing_model_are_errors(tmp_path):
    with pytest.raises(InputError):
        false_alarms("none", [], [], 0.5)
    with pytest.raises(ModelError):
        onnx_predict(tmp_path / "absent.onnx")


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
    from marscd_plugin.training import data, monitor, recipe, report
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
    monkeypatch.setattr(report, "real_pairs", lambda _shared, _name: real)
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
    assert main(["evaluate", "--model", str(target), "--shared", str(tmp_path), "--pairs", "2"]) == 0
    table = capsys.readouterr().out
    assert "SIMULATED" in table
    assert "frosted_dunes" in table
