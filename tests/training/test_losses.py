"""The loss: what it rewards, and what it leaves out."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="needs torch (the train extra)")

from marscd_plugin.training.losses import LossConfig, change_loss  # noqa: E402


def _example():
    truth = torch.zeros(2, 1, 16, 16)
    truth[0, 0, 4:6, 2:14] = 1.0
    return truth, torch.ones_like(truth)


def test_a_right_map_costs_less_than_silence_and_silence_less_than_noise():
    truth, valid = _example()
    right = change_loss(20.0 * truth - 10.0, truth, valid)
    silent = change_loss(torch.full_like(truth, -10.0), truth, valid)
    wrong = change_loss(10.0 - 20.0 * truth, truth, valid)
    assert right < 0.05 < silent < wrong


def test_what_is_not_valid_counts_nowhere():
    truth, valid = _example()
    valid[:, :, :, 8:] = 0.0
    logits = torch.zeros_like(truth)
    disturbed = logits.clone()
    disturbed[:, :, :, 8:] = 30.0
    torch.testing.assert_close(change_loss(logits, truth, valid), change_loss(disturbed, truth, valid))


def test_nothing_valid_has_a_finite_gradient():
    truth, valid = _example()
    logits = torch.zeros_like(truth, requires_grad=True)
    change_loss(logits, truth, 0 * valid).backward()
    assert torch.isfinite(logits.grad).all()
    assert float(logits.grad.abs().max()) < 1e-6


def test_a_miss_costs_more_than_an_equal_false_alarm():
    truth, valid = _example()
    base = 12.0 * truth - 6.0
    miss, alarm = base.clone(), base.clone()
    miss[0, 0, 4, 2:8] = -6.0
    alarm[0, 0, 10, 2:8] = 6.0
    config = LossConfig(hard_weight=0.0)
    assert change_loss(miss, truth, valid, config) > change_loss(alarm, truth, valid, config)


def test_the_worst_false_alarms_are_felt():
    truth, valid = _example()
    spike = torch.full_like(truth, -8.0)
    spike[1, 0, 3, 3] = 8.0
    with_tail = change_loss(spike, truth, valid, LossConfig(hard_weight=1.0))
    without = change_loss(spike, truth, valid, LossConfig(hard_weight=0.0))
    assert with_tail > without + 0.5
