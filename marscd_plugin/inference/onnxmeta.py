"""The outermost fields of an ONNX file: what its ``metadata_props`` hold under ``marscd_card``, network unread.

A model file may come from anybody. Only the outermost fields of the protocol buffer are walked (onnx.proto:
ModelProto.metadata_props is field 14, StringStringEntryProto key 1, value 2), with sizes bounded. A foreign network may
have its card in a file beside it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from ..common.errors import ModelError

#: The key in the ONNX file's metadata.
CARD_KEY = "marscd_card"

#: No card is longer than this, in bytes.
MAX_CARD_BYTES = 64 * 1024

#: No model file is larger than this, in bytes (ONNX itself ends at 2 GiB).
MAX_MODEL_BYTES = 2 * 1024**3

_MAX_ENTRIES = 1000
_METADATA_PROPS = 14
REMEDY = "Use a model that this plugin ships, or one exported by `python -m marscd_plugin.training`."


def card_text(path: Path | str) -> str | None:
    """The JSON text of the card inside an ONNX file, None where it carries none. Raises ModelError naming the file."""
    path = Path(path)
    source = str(path)
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise ModelError(f"{source} is not a file.", "Choose an .onnx file.")
        if size > MAX_MODEL_BYTES:
            raise ModelError(f"{source} is larger than an ONNX file can be ({size} bytes).", REMEDY)
        with path.open("rb") as file:
            for entry in _metadata_entries(file, size, source):
                key, text = _key_value(entry, source)
                if key == CARD_KEY:
                    return text
    except OSError as error:
        raise ModelError(
            f"The model file {source} could not be read: {error.strerror or error}.", "Check the path."
        ) from error
    return None


def sidecar(path: Path | str) -> Path:
    """Where the card of a foreign network lies: ``<file>.card.json``."""
    path = Path(path)
    return path.with_name(f"{path.name}.card.json")


def beside(path: Path | str) -> str | None:
    """The text of the card laid beside a file, None where there is none. Raises ModelError."""
    file = sidecar(path)
    if not file.is_file():
        return None
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_CARD_BYTES + 1)
        if len(data) > MAX_CARD_BYTES:
            raise ModelError(f"The card of {file} is longer than {MAX_CARD_BYTES} bytes.", REMEDY)
        return data.decode("utf-8-sig")
    except OSError as error:
        raise ModelError(f"The card {file} could not be read: {error.strerror or error}.", "Check the file.") from error
    except UnicodeDecodeError as error:
        raise ModelError(f"The card of {file} is not UTF-8 text.", REMEDY) from error


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
                raise ModelError(f"The model file {source} carries too much metadata to be a model.", REMEDY)
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
        raise ModelError(f"The card of {source} is longer than {MAX_CARD_BYTES} bytes.", REMEDY)
    try:
        return texts[1].decode("utf-8"), texts[2].decode("utf-8")
    except UnicodeDecodeError as error:
        raise ModelError(f"The metadata of {source} is not text.", REMEDY) from error


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
