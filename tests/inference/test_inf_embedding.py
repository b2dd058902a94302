"""Embeddings run: chips in, vectors out, whatever the source did to its grey values; what does not fit is refused."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marscd_plugin.common.errors import DeviceError, InputError, ModelError
from marscd_plugin.inference.chips import SCHEMES, normalise_chips
from marscd_plugin.inference.embedding import load_embedder

sys.path.insert(0, str(Path(__file__).parent))

from embedding_models import CARD, card_with, make_embedding, weights


def chips(count: int = 5, side: int = 16, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(1000.0, 50.0, (count, side, side)).astype(np.float32)


# -- normalisation --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", SCHEMES)
@given(gain=st.floats(0.01, 50.0), offset=st.floats(-1e3, 1e3))
def test_brightness_and_contrast_decide_nothing(scheme, gain, offset):
    plain = chips(3)
    np.testing.assert_allclose(
        normalise_chips(plain.astype(np.float64) * gain + offset, scheme), normalise_chips(plain, scheme), atol=2e-2
    )


def test_chip_scheme_by_its_formula():
    one = chips(1, 9)
    values = one[0].astype(np.float64)
    away = values - np.median(values)
    wanted = np.clip(away / (np.sqrt(np.pi / 2) * np.abs(away).mean()), -4, 4)
    np.testing.assert_allclose(normalise_chips(one, "chip")[0, 0], wanted, atol=1e-4)
    assert normalise_chips(chips(40, 64), "chip").std() == pytest.approx(1.0, abs=0.02)


def test_unit_and_imagenet():
    unit = normalise_chips(chips(2, 32), "unit")
    assert unit.shape == (2, 1, 32, 32) and unit.min() == 0 and unit.max() == 1
    assert ((unit == 0).mean(), (unit == 1).mean()) == pytest.approx((0.01, 0.01), abs=0.004)
    made = normalise_chips(chips(2, 32), "imagenet")
    assert made.shape == (2, 3, 32, 32)
    for band, (mean, deviation) in enumerate(((0.485, 0.229), (0.456, 0.224), (0.406, 0.225))):
        np.testing.assert_allclose(made[:, band] * deviation + mean, unit[:, 0], atol=1e-6)
    assert (np.ptp(normalise_chips(chips(1), "chip", 3), axis=1) == 0).all()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_holes_get_the_median_and_change_nothing_else(scheme):
    whole = chips(4, 32)
    holed = whole.copy()
    holed[1, 3, 4] = np.nan
    holed[2] = np.nan
    holed[3, :16] = np.inf
    made = normalise_chips(holed, scheme)
    assert np.isfinite(made).all()
    np.testing.assert_array_equal(made[0], normalise_chips(whole, scheme)[0])
    there = np.ones((32, 32), bool)
    there[3, 4] = False
    np.testing.assert_allclose(made[1][:, there], normalise_chips(whole, scheme)[1][:, there], atol=0.02)
    for chip, hole in ((1, ~there), (3, np.arange(32)[:, None] < 16)):
        inside = np.broadcast_to(hole, (32, 32))
        for band in made[chip]:
            assert np.ptp(band[inside]) == 0
            assert band[inside][0] == pytest.approx(np.median(band[~inside]), abs=0.02)
    assert np.isnan(holed[2]).all(), "the caller's array is left as it is"


@pytest.mark.parametrize("value", [0.0, 1e-30, 7.0, -3e8])
def test_a_chip_without_contrast_is_flat_and_no_noise(value):
    flat = np.full((1, 16, 16), value, np.float32)
    assert not normalise_chips(flat, "chip").any()
    assert (normalise_chips(flat, "unit") == 0.5).all()
    flat[0, 0, 0] = np.nextafter(np.float32(value), np.float32(np.inf))
    if value:
        assert not normalise_chips(flat, "chip").any()


def test_what_is_no_chips_is_refused():
    for pixels, scheme, channels in ((chips(), "per-tile", None), (chips()[0], "chip", None), (chips(), "imagenet", 1)):
        with pytest.raises(InputError):
            normalise_chips(pixels, scheme, channels)


# -- running --------------------------------------------------------------------------------------------------------


def test_vectors_are_the_networks_of_normalised_chips(tmp_path):
    embedder = load_embedder(make_embedding(tmp_path / "m.onnx"))
    some = chips(200)
    wanted = normalise_chips(some, "chip").reshape(200, -1) @ weights(CARD)
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    found = embedder.embed(some)
    assert found.dtype == np.float32 and embedder.device == "CPU" and embedder.batch == 64
    np.testing.assert_allclose(found, wanted, atol=1e-5)
    np.testing.assert_allclose(embedder.embed(some[:3]), found[:3], atol=1e-6)
    assert embedder.embed(some[:0]).shape == (0, 8)
    streamed = dict(embedder.stream((n, some[n : n + 70]) for n in range(0, 200, 70)))
    np.testing.assert_allclose(np.concatenate([streamed[n] for n in (0, 70, 140)]), found, atol=1e-6)


def test_euclidean_vectors_keep_their_length(tmp_path):
    embedder = load_embedder(make_embedding(tmp_path / "m.onnx", card_with(metric="euclidean")))
    assert np.linalg.norm(embedder.embed(chips(4)), axis=1).min() > 2


def test_a_fixed_batch_is_kept(tmp_path):
    free = load_embedder(make_embedding(tmp_path / "free.onnx")).embed(chips(7))
    for batch in (1, 3):
        fixed = load_embedder(make_embedding(tmp_path / f"{batch}.onnx", batch=batch))
        assert fixed.batch == batch
        np.testing.assert_allclose(fixed.embed(chips(7)), free, atol=1e-6)


@pytest.mark.parametrize(("pooling", "factor"), [("cls", 1.0), ("mean", 2.5), ("patches", 3.0)])
def test_tokens_are_pooled_as_the_card_says(tmp_path, pooling, factor):
    card = card_with(pooling=pooling, metric="euclidean", channels=3, normalisation="imagenet")
    path = make_embedding(tmp_path / "dino.onnx", card, tokens=4, beside=True)
    wanted = normalise_chips(chips(3), "imagenet").reshape(3, -1) @ weights(card)
    np.testing.assert_allclose(load_embedder(path).embed(chips(3)), wanted * factor, rtol=1e-3, atol=1e-3)


def test_chips_without_anything_and_vectors_without_direction_are_nan(tmp_path):
    some = chips(3)
    some[1] = np.nan
    embedder = load_embedder(make_embedding(tmp_path / "m.onnx"))
    found = embedder.embed(some)
    assert np.isnan(found[1]).all() and np.isfinite(found[[0, 2]]).all()
    assert np.isnan(embedder.embed(np.full((1, 16, 16), 5.0, np.float32))).all()


@pytest.mark.parametrize(
    ("made", "told", "said"),
    [
        ({}, {"dimensions": 9}, "another length"),
        ({"tokens": 4}, {}, "another length"),
        ({}, {"pooling": "cls"}, "another length"),
        ({}, {"chip_px": 32}, r"\(N, 1, 32, 32\)"),
        ({}, {"channels": 3}, r"\(N, 3, 16, 16\)"),
        ({}, {"input": "pixels"}, "names pixels alone"),
        ({}, {"output": "pooled"}, "names pooled"),
        ({"inputs": ("times",)}, {}, "inputs chips, times"),
        ({"scale": float("nan")}, {}, "not finite"),
    ],
)
def test_a_card_that_lies_is_found_out_and_the_file_named(tmp_path, made, told, said):
    path = make_embedding(tmp_path / "liar.onnx", told=card_with(**told), **made)
    with pytest.raises(ModelError, match=said) as caught:
        load_embedder(path)
    assert "liar.onnx" in caught.value.what and caught.value.remedy


def test_other_files_chips_and_devices_are_refused(tmp_path, tiny_model):
    with pytest.raises(ModelError, match=r"tiny\.onnx is a model for 'change', and an embedding is needed"):
        load_embedder(tiny_model)
    path = make_embedding(tmp_path / "m.onnx")
    with pytest.raises(InputError, match="AUTO, CPU, CUDA"):
        load_embedder(path, "TPU")
    if "CoreMLExecutionProvider" not in __import__("onnxruntime").get_available_providers():
        with pytest.raises(DeviceError, match="COREML is not there"):
            load_embedder(path, "COREML")
    with pytest.raises(InputError, match="16 x 16"):
        load_embedder(path).embed(chips(2, 17))
