"""Cards of embeddings, inside a file and beside it, and which models are offered for what."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marscd_plugin.common.errors import ModelError
from marscd_plugin.inference import models
from marscd_plugin.inference.card import read_card
from marscd_plugin.inference.embedding_card import (
    embedding_card_from_json,
    embedding_card_to_json,
    read_embedding_card,
    sidecar,
)
from marscd_plugin.inference.onnxmeta import MAX_CARD_BYTES

sys.path.insert(0, str(Path(__file__).parent))

from embedding_models import CARD, card_with, make_embedding


def test_round_trip():
    for card in (CARD, card_with(pixel_size=None, alike=None, pooling="cls", scores={"recall@1": 0.5}, seed=3)):
        assert embedding_card_from_json(embedding_card_to_json(card)) == card


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("name", "../../etc", "name"),
        ("input", "", "input"),
        ("output", "chips", "both"),
        ("chip_px", 4, "chip_px"),
        ("chip_px", 1e9, "chip_px"),
        ("chip_px", True, "chip_px"),
        ("channels", 2, "channels"),
        ("channels", 4, "channels"),
        ("dimensions", 1, "dimensions"),
        ("dimensions", 10**7, "dimensions"),
        ("metric", "manhattan", "metric"),
        ("metric", ["cosine"], "metric"),
        ("normalisation", "pair-robust", "normalisation"),
        ("normalisation", "imagenet", "channels"),
        ("pixel_size", [2.0, 1.0], "pixel_size"),
        ("alike", -1, "alike"),
        ("alike", "near", "alike"),
        ("pooling", "max", "pooling"),
        ("scores", {"recall": None}, "score"),
        ("surprise", 1, "surprise"),
        ("task", "change", "change"),
        ("task", None, "embedding"),
        ("card", 2, "layout"),
    ],
)
def test_a_wrong_entry_is_named_with_the_file(key, value, said):
    wrong = {"task": "embedding", **asdict(CARD), key: value}
    with pytest.raises(ModelError) as caught:
        embedding_card_from_json(json.dumps(wrong), "bad.onnx")
    assert said in str(caught.value) and "bad.onnx" in str(caught.value)


def test_a_card_beside_a_foreign_file_counts_and_is_bounded(tmp_path):
    path = make_embedding(tmp_path / "dino.onnx", beside=True)
    assert sidecar(path).name == "dino.onnx.card.json"
    assert read_embedding_card(path) == CARD
    sidecar(path).write_text(" " * (MAX_CARD_BYTES + 1))
    with pytest.raises(ModelError, match=str(MAX_CARD_BYTES)):
        read_embedding_card(path)
    sidecar(path).write_bytes(b"\xff\xfe{}")
    with pytest.raises(ModelError, match=r"card\.json is not UTF-8"):
        read_embedding_card(path)
    sidecar(path).unlink()
    with pytest.raises(ModelError, match=r"none beside it \(dino\.onnx\.card\.json\)"):
        read_embedding_card(path)


def test_what_is_inside_the_file_counts_first(tmp_path, tiny_model):
    path = make_embedding(tmp_path / "m.onnx")
    sidecar(path).write_text(embedding_card_to_json(card_with(name="other")))
    assert read_embedding_card(path).name == "tiny"
    # A change model does not become an embedding by a file beside it.
    copy = tmp_path / "change.onnx"
    copy.write_bytes(tiny_model.read_bytes())
    sidecar(copy).write_text(embedding_card_to_json(CARD))
    assert not models.is_embedding(copy)
    with pytest.raises(ModelError, match=r"change\.onnx is a model for 'change', and an embedding is needed"):
        read_embedding_card(copy)


def test_an_embedding_is_no_change_model(tmp_path):
    path = make_embedding(tmp_path / "m.onnx")
    with pytest.raises(ModelError, match=r"m\.onnx is an embedding .* a change model is needed"):
        read_card(path)


def test_each_list_has_its_own(tmp_path, tiny_model, monkeypatch):
    folder = tmp_path / "models"
    folder.mkdir()
    monkeypatch.setenv(models.FOLDER_VARIABLE, str(tmp_path / "none"))
    monkeypatch.setattr(models, "resource", lambda *parts: tmp_path.joinpath(*parts))
    (folder / "change.onnx").write_bytes(tiny_model.read_bytes())
    (folder / "broken.onnx").write_bytes(b"<html>")
    make_embedding(folder / "paper-analogue.onnx")
    make_embedding(folder / "foreign.onnx", beside=True)
    assert list(models.bundled_models()) == ["broken", "change"]
    assert list(models.embedding_models()) == ["foreign", "paper-analogue"]
    assert models.default_embedding() == "paper-analogue"
    assert models.find_embedding("") == models.find_embedding("paper-analogue") == folder / "paper-analogue.onnx"
    assert models.find_embedding(str(folder / "foreign.onnx")) == folder / "foreign.onnx"
    make_embedding(folder / "marscd-analogue.onnx")
    assert models.default_embedding() == "marscd-analogue"
    with pytest.raises(ModelError, match="change is a change model, and an embedding is needed"):
        models.find_embedding("change")
    with pytest.raises(ModelError, match=r"paper-analogue is an embedding, .* a change model is needed"):
        models.find_model("paper-analogue")
    with pytest.raises(ModelError, match=r"no embedding 'papr'.*foreign, marscd-analogue, paper-analogue"):
        models.find_embedding("papr")
    # A file that was replaced is read again.
    (folder / "foreign.onnx").write_bytes(tiny_model.read_bytes())
    os.utime(folder / "foreign.onnx", (1, 1))
    assert "foreign" in models.bundled_models() and "foreign" not in models.embedding_models()


@given(st.dictionaries(st.sampled_from(sorted(asdict(CARD))), st.none() | st.integers() | st.text() | st.floats()))
def test_any_entries_give_a_card_or_a_model_error(changes):
    value = {"task": "embedding", **asdict(CARD), **changes}
    try:
        card = embedding_card_from_json(json.dumps(value))
    except ModelError:
        return
    assert 8 <= card.chip_px <= 1024 and 2 <= card.dimensions <= 8192
