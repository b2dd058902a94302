"""Fitting: it learns, stops, goes on where it was, and refuses what does not fit."""

from __future__ import annotations

import json

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch (the train extra)")

from marscd_plugin.common.errors import InputError  # noqa: E402
from marscd_plugin.common.progress import Quiet  # noqa: E402
from marscd_plugin.training import checkpoint  # noqa: E402
from marscd_plugin.training import fit as fit_module  # noqa: E402
from marscd_plugin.training.augment import Patch  # noqa: E402
from marscd_plugin.training.fit import FitConfig, fit, learning_rate, stream  # noqa: E402
from marscd_plugin.training.monitor import torch_predict  # noqa: E402
from marscd_plugin.training.networks import PaperConfig, PaperNetwork  # noqa: E402

TINY = PaperConfig(widths=(4, 8), attention=3)


def draw(index: int) -> Patch:
    """Easy change: a dark bar in one date of quiet ground."""
    rng = np.random.default_rng((9, index))
    ground = rng.normal(0, 0.3, (32, 32)).astype(np.float32)
    truth = np.zeros((32, 32), np.float32)
    row = int(rng.integers(2, 26))
    truth[row : row + 3, 4:28] = 1
    return Patch(ground, ground - 3 * truth, truth, np.ones((32, 32), np.float32))


def config(steps: int, **others) -> FitConfig:
    return FitConfig(steps=steps, batch=4, size=32, pool=8, workers=0, threads=1, rate=0.01, **others)


def test_it_learns_and_writes_what_it_did(tmp_path):
    torch.manual_seed(0)
    fit(PaperNetwork(TINY), draw, config(60), tmp_path, Quiet(), lambda _n, step: {"looked": float(step)})
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert lines[-1]["step"] == 60
    assert lines[-1]["looked"] == 60.0
    state = checkpoint.load(tmp_path / "checkpoint.pt")
    network = PaperNetwork(TINY)
    network.load_state_dict(state.network)
    patch = draw(10_000)
    values = torch_predict(network)(patch.before, patch.after)
    assert values[patch.truth > 0].mean() > values[patch.truth == 0].mean() + 0.3


def test_a_run_until_a_time_counts_what_was_done_before(monkeypatch):
    monkeypatch.setattr(fit_module.time, "time", lambda: 10_000.0)
    budget = fit_module.Budget(FitConfig(until=10_900.0), spent=100.0)
    assert budget.done(0, 100.0) == pytest.approx(0.1)
    monkeypatch.setattr(fit_module.time, "time", lambda: 10_800.0)
    assert budget.done(7, 300.0) == pytest.approx(0.9)
    assert fit_module.Budget(FitConfig(until=10_000.0, steps=50), 0.0).done(5, 0.0) == pytest.approx(0.1)
    # Already past: over at once.
    assert fit_module.Budget(FitConfig(until=9_000.0), 0.0).done(0, 0.0) >= 1.0


def test_resuming_goes_on_from_the_checkpoint(tmp_path):
    torch.manual_seed(0)
    fit(PaperNetwork(TINY), draw, config(6), tmp_path, Quiet())
    first = checkpoint.load(tmp_path / "checkpoint.pt")
    fit(PaperNetwork(TINY), draw, config(9), tmp_path, Quiet(), resume=True)
    second = checkpoint.load(tmp_path / "checkpoint.pt")
    assert (first.step, second.step) == (6, 9)
    assert second.drawn > first.drawn
    assert second.seconds > first.seconds
    assert len((tmp_path / "log.jsonl").read_text().splitlines()) == 2


def test_the_same_seed_and_steps_give_the_same_weights(tmp_path):
    made = []
    for name in ("a", "b"):
        torch.manual_seed(5)
        fit(PaperNetwork(TINY), draw, config(5), tmp_path / name, Quiet())
        made.append(checkpoint.load(tmp_path / name / "checkpoint.pt").average)
    for key, value in made[0].items():
        torch.testing.assert_close(value, made[1][key], rtol=1e-4, atol=1e-5)


def test_another_runs_checkpoint_is_refused(tmp_path):
    fit(PaperNetwork(TINY), draw, config(2), tmp_path, Quiet())
    with pytest.raises(InputError, match="another run"):
        fit(PaperNetwork(TINY), draw, config(4, seed=2), tmp_path, Quiet(), resume=True)


def test_a_damaged_checkpoint_is_an_input_error(tmp_path):
    path = tmp_path / "checkpoint.pt"
    path.write_bytes(b"not a checkpoint at all")
    with pytest.raises(InputError, match=r"checkpoint\.pt"):
        checkpoint.load(path)


def test_a_checkpoint_that_would_run_code_is_not_run(tmp_path):
    import os
    import pickle

    class Evil:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "ran"),)

    path = tmp_path / "checkpoint.pt"
    path.write_bytes(pickle.dumps({"network": Evil()}, protocol=2))
    with pytest.raises(InputError):
        checkpoint.load(path)
    assert not (tmp_path / "ran").exists()


def test_a_cancel_leaves_a_checkpoint(tmp_path):
    quiet = Quiet()
    quiet.cancel()
    fit(PaperNetwork(TINY), draw, config(50), tmp_path, quiet)
    assert checkpoint.load(tmp_path / "checkpoint.pt").step == 0


def test_workers_draw_the_same_stream():
    here = [next(p).truth.argmax() for p in [stream(draw, 4, 0)] for _ in range(3)]
    there = stream(draw, 4, 1)
    assert here == [next(there).truth.argmax() for _ in range(3)]


def test_the_rate_warms_up_and_falls():
    settings = FitConfig(rate=1.0)
    rates = [learning_rate(settings, x) for x in (0.0, 0.02, 0.5, 1.0, 1.2)]
    assert rates[0] < rates[1]
    assert rates[1] > rates[2] > rates[3] == rates[4] > 0


@pytest.mark.parametrize("wrong", [{"minutes": 0}, {"batch": 0}, {"workers": -1}])
def test_a_wrong_setting_is_an_input_error(wrong):
    with pytest.raises(InputError):
        FitConfig(**wrong)
