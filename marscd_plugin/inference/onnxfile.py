"""A model file from anybody, looked at before a runtime sees it: size, and whether it points at other files.

ONNX lets a tensor's values live in another file, named by a path inside the model: a path that a stranger chose. Such
models are refused. The file's protocol buffer is walked here with the field numbers of onnx.proto (IR version 10), so
that neither the ``onnx`` package nor trust in the runtime's own path checks is needed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from ..common.errors import ModelError

#: No change model comes near this, in bytes.
MAX_MODEL_BYTES = 200 * 1024 * 1024

_MAX_DEPTH = 32

#: message -> {field: message inside}. Only what can lead to a tensor or an operator.
_INSIDE: dict[str, dict[int, str]] = {
    "Model": {7: "Graph", 20: "Training", 25: "Function"},
    "Training": {1: "Graph", 2: "Graph"},
    "Function": {7: "Node", 11: "Attribute"},
    "Graph": {1: "Node", 5: "Tensor", 15: "Sparse"},
    "Node": {5: "Attribute"},
    "Attribute": {5: "Tensor", 6: "Graph", 10: "Tensor", 11: "Graph", 22: "Sparse", 23: "Sparse"},
    "Sparse": {1: "Tensor", 2: "Tensor"},
    "Tensor": {},
}
_EXTERNAL_DATA, _DATA_LOCATION, _OP_TYPE = 13, 14, 4
#: An operator that makes a runtime open a compiled file named by an attribute.
_FORBIDDEN_OPERATORS = (b"EPContext",)


@dataclass(frozen=True)
class ModelFile:
    """The bytes of a model as they will be run, and their SHA-256 (hex)."""

    path: Path
    data: bytes
    sha256: str


def read_model_file(path: Path | str) -> ModelFile:
    """Read and check a model file. Raises ModelError: missing, too large, not ONNX, or pointing at other files."""
    path = Path(path)
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise ModelError(f"{path} is not a file.", "Choose an .onnx file.")
        if size > MAX_MODEL_BYTES:
            raise ModelError(
                f"{path} has {size / 1e6:,.0f} MB; at most {MAX_MODEL_BYTES / 1e6:,.0f} MB are loaded.",
                "Choose a smaller model.",
            )
        with path.open("rb") as file:
            # One byte more than was promised shows a file that grew meanwhile.
            data = file.read(size + 1)
    except OSError as error:
        raise ModelError(f"The model {path} cannot be read: {error.strerror or error}.", "Check the path.") from error
    if len(data) != size:
        raise ModelError(f"The model {path} changed while it was read.", "Run it again.")
    _walk(memoryview(data), "Model", str(path), 0)
    return ModelFile(path, data, hashlib.sha256(data).hexdigest())


def _walk(data: memoryview, message: str, source: str, depth: int) -> None:
    """Visit every field of ``message``; raise ModelError at the first that points outside the file."""
    if depth > _MAX_DEPTH:
        raise _broken(source)
    inside, at, end = _INSIDE[message], 0, len(data)
    while at < end:
        key, at = _varint(data, at, source)
        field, kind = key >> 3, key & 7
        if field == 0:
            raise _broken(source)
        if kind == 0:
            value, at = _varint(data, at, source)
            if message == "Tensor" and field == _DATA_LOCATION and value != 0:
                raise _points_outside(source)
        elif kind in (1, 5):
            at += 8 if kind == 1 else 4
        elif kind == 2:
            length, at = _varint(data, at, source)
            if length > end - at:
                raise _broken(source)
            if message == "Tensor" and field == _EXTERNAL_DATA:
                raise _points_outside(source)
            if message == "Node" and field == _OP_TYPE and bytes(data[at : at + length]) in _FORBIDDEN_OPERATORS:
                raise _points_outside(source)
            if field in inside:
                _walk(data[at : at + length], inside[field], source, depth + 1)
            at += length
        else:
            raise _broken(source)
    if at != end:
        raise _broken(source)


def _varint(data: memoryview, at: int, source: str) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(data):
            raise _broken(source)
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
    raise _broken(source)


def _broken(source: str) -> ModelError:
    return ModelError(f"{source} is not an ONNX model, or is cut off.", "Fetch it again, or choose another model.")


def _points_outside(source: str) -> ModelError:
    return ModelError(
        f"The model {source} keeps part of itself in other files, which is not allowed.",
        "Save it as one file (onnx.save with save_as_external_data=False).",
    )
