"""What a model file says of itself: JSON under the key ``marscd_card`` of the ONNX file's ``metadata_props``.

A model file may come from anybody. Its card is read without loading the network: only the outermost fields of the
protocol buffer are walked (onnx.proto: ModelProto.metadata_props is field 14, StringStringEntryProto key 1, value 2),
with sizes bounded, and every value is checked before it becomes a ``ModelCard``.
"""

from __future__ import annotations

import io
import json
import math
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from ..common.errors import ModelError
from ..common.words import ModelCard
from .normalise import SCHEMES

#: The key in the ONNX file's metadata.
CARD_KEY = "marscd_card"

#: No card is longer than this, in bytes.
MAX_CARD_BYTES = 64 * 1024

#: No model file is larger than this, in bytes (ONNX itself ends at 2 GiB).
MAX_MODEL_BYTES = 2 * 1024**3

_MAX_ENTRIES = 1000
_METADATA_PROPS = 14
_REMEDY = "Use a model that this plugin ships, or one exported by `python -m marscd_plugin.training`."
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_TENSOR = re.compile(r"[A-Za-z_][A-Za-z0-9_./:-]{0,127}")
_REQUIRED = (
    "name",
    "task",
    "inputs",
    "output",
    "normalisation",
    "pixel_size",
    "threshold",
    "halo",
    "multiple",
)
_OPTIONAL = (
    "description",
    "training_data",
    "scores",
    "seed",
    "licence",
    "version",
    "context",
    "kinds",
    "prevalence",
    "screen",
)
_TEXT_LIMIT = {"task": 64, "description": 4000, "training_data": 8000, "licence": 400, "version": 40}


def card_to_json(card: ModelCard) -> str:
    """The card as JSON text (keys as in ``ModelCard``, plus ``"card": 1`` for the layout). Raises ModelError.

    What is written is first read back, so that nothing is exported that ``card_from_json`` would refuse.
    """
    try:
        text = json.dumps({"card": 1, **asdict(card)}, ensure_ascii=False, allow_nan=False, sort_keys=True)
    except (TypeError, ValueError) as error:
        raise ModelError(f"The card of model {card.name} cannot be written as JSON: {error}.", _REMEDY) from error
    card_from_json(text, f"model {card.name}")
    return text


def card_from_json(text: str, source: str = "the model") -> ModelCard:
    """The card in ``text``. ``source`` names the file in errors. Raises ModelError on anything that is not a card."""
    if len(text.encode("utf-8", "replace")) > MAX_CARD_BYTES:
        raise _bad(source, f"is longer than {MAX_CARD_BYTES} bytes")
    try:
        value = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise _bad(source, f"is not JSON ({error})") from error
    if not isinstance(value, dict):
        raise _bad(source, "is not a JSON object")
    layout = value.pop("card", 1)
    if layout != 1 or isinstance(layout, bool):
        raise _bad(source, f"has layout {layout!r}, and this version of the plugin knows layout 1")
    missing = [key for key in _REQUIRED if key not in value]
    if missing:
        raise _bad(source, f"lacks {', '.join(missing)}")
    unknown = sorted(set(value) - set(_REQUIRED) - set(_OPTIONAL))
    if unknown:
        raise _bad(source, f"has unknown entries: {', '.join(unknown[:5])}")
    return _Checker(value, source).card()


def read_card(path: Path | str) -> ModelCard:
    """The card of an ONNX file, without loading its network. Raises ModelError naming the file."""
    path = Path(path)
    source = str(path)
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise ModelError(f"{source} is not a file.", "Choose an .onnx file.")
        if size > MAX_MODEL_BYTES:
            raise ModelError(f"{source} is larger than an ONNX file can be ({size} bytes).", _REMEDY)
        with path.open("rb") as file:
            for entry in _metadata_entries(file, size, source):
                key, text = _key_value(entry, source)
                if key == CARD_KEY:
                    return card_from_json(text, source)
    except OSError as error:
        raise ModelError(
            f"The model file {source} could not be read: {error.strerror or error}.", "Check the path."
        ) from error
    raise ModelError(f"The model file {source} carries no MarsCD card ({CARD_KEY}).", _REMEDY)


def _bad(source: str, what: str) -> ModelError:
    return ModelError(f"The card of {source} {what}.", _REMEDY)


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not allowed")


class _Checker:
    """Takes each entry of a card's JSON object out with its type and range proved."""

    def __init__(self, value: dict[str, Any], source: str) -> None:
        self._value, self._source = value, source

    def card(self) -> ModelCard:
        inputs = self._inputs()
        low, high = self._pixel_size()
        output = self._pattern("output", _TENSOR)
        if output in inputs:
            raise _bad(self._source, f"names {output!r} both as input and as output")
        normalisation = self._text("normalisation", 64)
        if normalisation not in SCHEMES:
            raise _bad(
                self._source, f"asks for normalisation {normalisation!r}; this version knows {', '.join(SCHEMES)}"
            )
        halo, multiple = self._whole("halo", 0, 1024), self._whole("multiple", 1, 256)
        task = self._text("task", _TEXT_LIMIT["task"])
        if not task:
            raise _bad(self._source, "has an empty task")
        return ModelCard(
            name=self._pattern("name", _NAME),
            task=task,
            inputs=inputs,
            output=output,
            normalisation=normalisation,
            pixel_size=(low, high),
            threshold=self._number("threshold", self._value["threshold"], 0.0, 1.0),
            halo=halo,
            multiple=multiple,
            description=self._text("description", _TEXT_LIMIT["description"]),
            training_data=self._text("training_data", _TEXT_LIMIT["training_data"]),
            scores=self._scores(),
            seed=None if self._value.get("seed") is None else self._whole("seed", 0, 2**63 - 1),
            licence=self._text("licence", _TEXT_LIMIT["licence"]),
            version=self._text("version", _TEXT_LIMIT["version"]),
            context=self._names("context", 16),
            kinds=self._names("kinds", 64),
            prevalence=None
            if self._value.get("prevalence") is None
            else self._number("prevalence", self._value["prevalence"], 0.0, 1.0),
            screen=self._pattern("screen", _NAME) if self._value.get("screen") else "",
        )

    def _text(self, key: str, limit: int) -> str:
        value = self._value.get(key, "")
        if not isinstance(value, str) or len(value) > limit:
            raise _bad(self._source, f"has a {key} that is not text of at most {limit} characters")
        return value

    def _pattern(self, key: str, pattern: re.Pattern[str]) -> str:
        value = self._text(key, 128)
        if not pattern.fullmatch(value):
            raise _bad(self._source, f"has a {key} that is no plain name")
        return value

    def _whole(self, key: str, low: int, high: int) -> int:
        value = self._value[key]
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise _bad(self._source, f"has a {key} that is not a whole number from {low} to {high}")
        return value

    def _number(self, key: str, value: object, low: float, high: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e300:
            raise _bad(self._source, f"has a {key} that is not a number")
        number = float(value)
        if not math.isfinite(number) or not low <= number <= high:
            raise _bad(self._source, f"has a {key} outside {low:g}..{high:g}")
        return number

    def _inputs(self) -> tuple[str, ...]:
        value = self._value["inputs"]
        if not isinstance(value, list) or not 1 <= len(value) <= 8 or not all(isinstance(name, str) for name in value):
            raise _bad(self._source, "has inputs that are not a list of one to eight names")
        if len(set(value)) != len(value) or not all(_TENSOR.fullmatch(name) for name in value):
            raise _bad(self._source, "has inputs that are not different plain names")
        return tuple(value)

    def _names(self, key: str, most: int) -> tuple[str, ...]:
        value = self._value.get(key, [])
        if not isinstance(value, list) or len(value) > most or not all(isinstance(name, str) for name in value):
            raise _bad(self._source, f"has {key} that are not a list of at most {most} names")
        if len(set(value)) != len(value) or not all(_TENSOR.fullmatch(name) for name in value):
            raise _bad(self._source, f"has {key} that are not different plain names")
        return tuple(value)

    def _pixel_size(self) -> tuple[float, float]:
        value = self._value["pixel_size"]
        if not isinstance(value, list) or len(value) != 2:
            raise _bad(self._source, "has a pixel_size that is not a pair of metres")
        low, high = (self._number("pixel_size", item, 1e-3, 1e6) for item in value)
        if low > high:
            raise _bad(self._source, "has a pixel_size whose least is above its greatest")
        return low, high

    def _scores(self) -> dict[str, float]:
        value = self._value.get("scores", {})
        if not isinstance(value, dict) or len(value) > 200:
            raise _bad(self._source, "has scores that are not an object of at most 200 numbers")
        scores = {}
        for key, item in value.items():
            if not 1 <= len(key) <= 120:
                raise _bad(self._source, "has a score whose name is empty or longer than 120 characters")
            scores[key] = self._number("score", item, -1e12, 1e12)
        return scores


def _metadata_entries(file: BinaryIO, size: int, source: str) -> Iterator[bytes]:
    """The raw bytes of each metadata entry; everything else (the graph) is skipped without being read."""
    entries = 0
    while file.tell() < size:
        key = _varint(file, source)
        number, kind = key >> 3, key & 7
        if number == 0:
            raise _not_onnx(source)
        if kind == 0:
            _varint(file, source)
        elif kind in (1, 5):
            _skip(file, 8 if kind == 1 else 4, size, source)
        elif kind == 2:
            length = _varint(file, source)
            if number != _METADATA_PROPS:
                _skip(file, length, size, source)
                continue
            entries += 1
            if entries > _MAX_ENTRIES or length > 16 * MAX_CARD_BYTES:
                raise ModelError(f"The model file {source} carries too much metadata to be a model.", _REMEDY)
            data = file.read(length)
            if len(data) != length:
                raise _not_onnx(source)
            yield data
        else:
            raise _not_onnx(source)


def _key_value(entry: bytes, source: str) -> tuple[str, str]:
    """Key and value of one StringStringEntryProto."""
    texts = {1: b"", 2: b""}
    stream = io.BytesIO(entry)
    while stream.tell() < len(entry):
        key = _varint(stream, source)
        if key & 7 != 2:
            raise _not_onnx(source)
        length = _varint(stream, source)
        data = stream.read(length) if length <= len(entry) else b""
        if len(data) != length:
            raise _not_onnx(source)
        texts[key >> 3] = data
    if texts[1] == CARD_KEY.encode() and len(texts[2]) > MAX_CARD_BYTES:
        raise _bad(source, f"is longer than {MAX_CARD_BYTES} bytes")
    try:
        return texts[1].decode("utf-8"), texts[2].decode("utf-8")
    except UnicodeDecodeError as error:
        raise ModelError(f"The metadata of {source} is not text.", _REMEDY) from error


def _varint(file: BinaryIO, source: str) -> int:
    value = 0
    for shift in range(0, 70, 7):
        byte = file.read(1)
        if not byte:
            raise _not_onnx(source)
        value |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:
            return value
    raise _not_onnx(source)


def _skip(file: BinaryIO, length: int, size: int, source: str) -> None:
    if length > size - file.tell():
        raise _not_onnx(source)
    file.seek(length, 1)


def _not_onnx(source: str) -> ModelError:
    return ModelError(
        f"{source} is not an ONNX model, or is cut off.", "Fetch the file again, or choose another model."
    )
