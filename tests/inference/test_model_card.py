"""Model cards: what is written reads back, and nothing that is not a card gets in."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marscd_plugin.common.errors import ModelError
from marscd_plugin.common.words import ModelCard
from marscd_plugin.inference.card import CARD_KEY, card_from_json, card_to_json, read_card
from marscd_plugin.inference.onnxmeta import MAX_CARD_BYTES

CARD = ModelCard(
    name="tiny",
    task="change",
    inputs=("before", "after"),
    output="probability",
    normalisation="pair-robust",
    pixel_size=(0.25, 1.0),
    threshold=0.4,
    halo=72,
    multiple=8,
    description="A card with an accent: é.",
    scores={"sensitivity": 0.5},
    seed=3,
    licence="CC BY 4.0",
    version="1",
)


def test_round_trip():
    assert card_from_json(card_to_json(CARD)) == CARD
    assert card_from_json(card_to_json(replace(CARD, seed=None, scores={}))).seed is None


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("name", "../../etc", "name"),
        ("name", 3, "name"),
        ("inputs", ["before", "before"], "inputs"),
        ("inputs", [], "inputs"),
        ("inputs", ["a"] * 9, "inputs"),
        ("output", "before", "both"),
        ("normalisation", "per-tile", "normalisation"),
        ("pixel_size", [1.0, 0.25], "pixel_size"),
        ("pixel_size", [0, 1], "pixel_size"),
        ("pixel_size", "0.25", "pixel_size"),
        ("threshold", 1.5, "threshold"),
        ("threshold", True, "threshold"),
        ("threshold", "0.5", "threshold"),
        ("halo", -1, "halo"),
        ("halo", 10**6, "halo"),
        ("halo", 1.5, "halo"),
        ("multiple", 0, "multiple"),
        ("scores", {"f1": "high"}, "score"),
        ("scores", [1], "scores"),
        ("seed", -1, "seed"),
        ("description", "x" * 5000, "description"),
        ("task", "", "task"),
        ("surprise", 1, "surprise"),
    ],
)
def test_a_wrong_entry_is_named_with_the_file(key, value, said):
    wrong = {**asdict(CARD), key: value}
    with pytest.raises(ModelError) as caught:
        card_from_json(json.dumps(wrong), "bad.onnx")
    assert said in str(caught.value)
    assert "bad.onnx" in str(caught.value)


@pytest.mark.parametrize("missing", ["name", "halo", "threshold", "inputs"])
def test_a_missing_entry_is_named(missing):
    value = asdict(CARD)
    del value[missing]
    with pytest.raises(ModelError, match=missing):
        card_from_json(json.dumps(value))


@pytest.mark.parametrize("text", ["", "[]", "3", "{", '{"threshold": NaN}', "[" * 100_000, '{"card": 2}'])
def test_what_is_no_card_is_refused(text):
    with pytest.raises(ModelError):
        card_from_json(text)


def test_a_huge_card_is_refused():
    with pytest.raises(ModelError, match=str(MAX_CARD_BYTES)):
        card_from_json(" " * (MAX_CARD_BYTES + 1))


def test_a_card_with_nan_is_not_written():
    with pytest.raises(ModelError):
        card_to_json(replace(CARD, scores={"f1": float("nan")}))


def _field(number: int, data: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _varint(value: int) -> bytes:
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])


def _model(key: str, text: str) -> bytes:
    graph = _field(7, b"\x0a\x03abc" * 50)
    other = _field(14, _field(1, b"author") + _field(2, b"somebody"))
    return b"\x08\x08" + graph + other + _field(14, _field(1, key.encode()) + _field(2, text.encode()))


def test_read_from_a_file_without_loading_it(tmp_path):
    path = tmp_path / "m.onnx"
    path.write_bytes(_model(CARD_KEY, card_to_json(CARD)))
    assert read_card(path) == CARD


def test_a_file_without_a_card_says_so(tmp_path):
    path = tmp_path / "m.onnx"
    path.write_bytes(_model("other", "{}"))
    with pytest.raises(ModelError, match="carries no MarsCD card"):
        read_card(path)


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" + bytes(40), b"\xff" * 40, b"<html></html>"])
def test_other_files_are_refused(tmp_path, content):
    path = tmp_path / "m.onnx"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"m\.onnx"):
        read_card(path)


def test_a_cut_file_is_refused(tmp_path):
    path = tmp_path / "m.onnx"
    whole = _model(CARD_KEY, card_to_json(CARD))
    for length in range(1, len(whole) - 1, 37):
        path.write_bytes(whole[:length])
        with pytest.raises(ModelError):
            read_card(path)


def test_a_folder_or_nothing_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "absent.onnx"):
        with pytest.raises(ModelError):
            read_card(path)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_card_or_a_model_error(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "fuzz.onnx"
    path.write_bytes(data)
    with pytest.raises(ModelError):
        read_card(path)


@given(st.text(max_size=200))
def test_any_text_gives_a_model_error(text):
    with pytest.raises(ModelError):
        card_from_json(text)
