"""The files of an index: a folder that may come from anybody, read with every size and value proved.

    manifest.json                which sub-folder counts, and what made it; written last, so that an index is whole
    <key>/vectors.npy            float32 (N, D); a row of NaN is a chip that was not embedded
    <key>/state.npy              uint8 (N,): 0 not yet, 1 embedded, and why not (STATES)
    <key>/places.npy             where each chip is (PLACE)
    <key>/strings.json           the sources, bodies and regions that places name by number
    <key>/signs.npy              uint8 (N, D / 8): which numbers of a vector lie above ``middle`` (large indexes only)

Arrays are numpy's format version 1 without objects; they are mapped, not loaded. While an index is built its sub-folder
has no manifest that names it.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..common.errors import InputError, ModelError
from ..common.words import EmbeddingCard
from ..inference.embedding_card import embedding_card_from_json, embedding_card_to_json

MANIFEST, VECTORS, STATE, PLACES, STRINGS, SIGNS = (
    "manifest.json", "vectors.npy", "state.npy", "places.npy", "strings.json", "signs.npy",
)  # fmt: skip

#: What a chip's state may be. An embedding without a direction (length 0 under cosine) is ``vector``.
STATES = ("todo", "embedded", "nodata", "texture", "vector", "small", "unreadable")
TODO, EMBEDDED, NODATA, TEXTURE, VECTOR = range(5)

#: NaN where there is no longitude, latitude; numbers of strings.json; -1 where there is none.
PLACE = np.dtype(
    [("x", "<f8"), ("y", "<f8"), ("size", "<f8"), ("longitude", "<f8"), ("latitude", "<f8"),
     ("source", "<i4"), ("body", "<i4"), ("region", "<i4")]
)  # fmt: skip

#: No index has more chips.
MAX_CHIPS = 20_000_000

_MAX_MANIFEST_BYTES = 1024 * 1024
_MAX_STRINGS_BYTES = 256 * 1024 * 1024
_MAX_STRING = 4096
_KEY = re.compile(r"[0-9a-f]{16}")
_SHA = re.compile(r"[0-9a-f]{64}")
_BLOCK = 1 << 16
_REMEDY = "Delete the folder of the index and search again: it is then made anew."


@dataclass(frozen=True)
class Manifest:
    """What an index says of itself.

    ``key`` names its sub-folder; ``model`` is the SHA-256 of the embedding's file; ``grid`` what tells its chips from
    any others. ``chip_size`` and ``step`` are metres (pixels without a CRS); ``step`` is None for regions and folders,
    ``chip_size`` None for a folder of several sizes.
    ``middle`` is the median of each number of the vectors, about which signs are taken (None: no signs).
    """

    key: str
    card: EmbeddingCard
    model: str
    grid: str
    count: int
    chip_size: float | None
    step: float | None
    middle: tuple[float, ...] | None = None

    def to_json(self) -> dict[str, Any]:
        """As it is written."""
        return {"index": 1, **asdict(self), "card": json.loads(embedding_card_to_json(self.card))}


@dataclass(frozen=True)
class Strings:
    """What places name by number. ``stamps`` tells a source that was changed since from the one that was read."""

    sources: tuple[str, ...]
    stamps: tuple[str, ...]
    bodies: tuple[str, ...]
    regions: tuple[str, ...]


@dataclass(frozen=True)
class Files:
    """An index's files, open and proved. ``signs`` None where the index is small."""

    manifest: Manifest
    strings: Strings
    vectors: np.ndarray
    state: np.ndarray
    places: np.ndarray
    signs: np.ndarray | None


def is_key(name: str) -> bool:
    """True for the name of an index's sub-folder."""
    return bool(_KEY.fullmatch(name))


def refused(folder: Path, what: str) -> InputError:
    """The error that the index in ``folder`` ``what``."""
    return InputError(f"The index in {folder} {what}.", _REMEDY)


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of an index, None where the folder holds no finished one. Raises InputError."""
    path = folder / MANIFEST
    if not path.is_file():
        return None
    value = _json(path, _MAX_MANIFEST_BYTES, folder)
    keys = {"index", "key", "card", "model", "grid", "count", "chip_size", "step", "middle"}
    if not isinstance(value, dict) or set(value) != keys or value["index"] != 1 or value["index"] is True:
        raise refused(folder, "has a manifest that this version of the plugin does not know")
    texts = {k: value[k] for k in ("key", "model", "grid")}
    if not all(isinstance(t, str) for t in texts.values()) or not is_key(texts["key"]):
        raise refused(folder, "has a manifest with names that are none")
    if not _SHA.fullmatch(texts["model"]) or not 1 <= len(texts["grid"]) <= 200:
        raise refused(folder, "does not say which embedding and chips it is of")
    count = value["count"]
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= MAX_CHIPS:
        raise refused(folder, f"says that it has {str(count)[:40]} chips")
    try:
        card = embedding_card_from_json(json.dumps(value["card"]), f"the index in {folder}")
    except ModelError as error:
        raise refused(folder, f"has no proper card of its embedding ({error.what.rstrip('.')})") from error
    size, step, middle = value["chip_size"], value["step"], value["middle"]
    if not all(n is None or _positive(n) for n in (size, step)):
        raise refused(folder, "says no proper size of its chips")
    if middle is not None and not (
        isinstance(middle, list) and len(middle) == card.dimensions and all(_number(m) for m in middle)
    ):
        raise refused(folder, "has signs about no proper middle")
    return Manifest(
        texts["key"], card, texts["model"], texts["grid"], count, None if size is None else float(size),
        None if step is None else float(step), None if middle is None else tuple(float(m) for m in middle),
    )  # fmt: skip


def read_files(folder: Path) -> Files:
    """All of a finished index. Raises InputError, naming the folder, on anything that is not as it must be."""
    folder = Path(folder)
    try:
        manifest = read_manifest(folder)
        if manifest is None:
            raise InputError(
                f"There is no finished index in {folder}.",
                "Choose the folder that a search made; a search that was stopped goes on when it is run again.",
            )
        return _files(folder, manifest)
    except OSError as error:
        raise refused(folder, f"cannot be read ({error.strerror or error})") from error


def _files(folder: Path, manifest: Manifest) -> Files:
    inside, count, dimensions = folder / manifest.key, manifest.count, manifest.card.dimensions
    strings = read_strings(inside)
    vectors = open_array(inside / VECTORS, np.dtype("<f4"), (count, dimensions))
    state = np.array(open_array(inside / STATE, np.dtype("u1"), (count,)))
    places = open_array(inside / PLACES, PLACE, (count,))
    if not ((state >= EMBEDDED) & (state < len(STATES))).all():
        raise refused(folder, "has chips in a state that there is not")
    _check_vectors(folder, manifest, vectors, state)
    _check_places(folder, strings, places)
    signs = None
    if manifest.middle is not None:
        signs = open_array(inside / SIGNS, np.dtype("u1"), (count, (dimensions + 7) // 8))
    return Files(manifest, strings, vectors, state, places, signs)


def _check_vectors(folder: Path, manifest: Manifest, vectors: np.ndarray, state: np.ndarray) -> None:
    for at in range(0, len(vectors), _BLOCK):
        block, made = vectors[at : at + _BLOCK], state[at : at + _BLOCK] == EMBEDDED
        with np.errstate(over="ignore", invalid="ignore"):
            squares = np.einsum("nd,nd->n", block, block)
        if not np.isfinite(squares[made]).all():
            raise refused(folder, "has vectors that are not finite numbers")
        if manifest.card.metric == "cosine" and (np.abs(squares[made] - 1) > 1e-2).any():
            raise refused(folder, "has vectors that are not of length 1, and its card says cosine")
        if not np.isnan(block[~made]).all():
            raise refused(folder, "has vectors of chips that were not embedded")


def _check_places(folder: Path, strings: Strings, places: np.ndarray) -> None:
    for name, least, most in (
        ("source", 0, len(strings.sources)), ("body", -1, len(strings.bodies)), ("region", -1, len(strings.regions)),
    ):  # fmt: skip
        if len(places) and (places[name].min() < least or places[name].max() >= most):
            raise refused(folder, f"has chips of a {name} that it does not name")
    if not (np.isfinite(places["x"]) & np.isfinite(places["y"])).all() or not (places["size"] >= 0).all():
        raise refused(folder, "has chips without a place")
    beyond = (np.abs(places["longitude"]) > 360) | (np.abs(places["latitude"]) > 90)
    if beyond.any() or np.isinf(places["size"]).any():
        raise refused(folder, "has chips that lie nowhere on a body")


def read_strings(inside: Path) -> Strings:
    """The strings of a sub-folder. Raises InputError."""
    value = _json(inside / STRINGS, _MAX_STRINGS_BYTES, inside.parent)
    names = ("sources", "stamps", "bodies", "regions")
    if not isinstance(value, dict) or set(value) != set(names):
        raise refused(inside.parent, "has no proper list of sources")
    for name in names:
        texts = value[name]
        if not isinstance(texts, list) or not all(isinstance(t, str) and len(t) <= _MAX_STRING for t in texts):
            raise refused(inside.parent, f"has {name} that are no texts")
    if len(value["stamps"]) != len(value["sources"]):
        raise refused(inside.parent, "has sources without stamps")
    return Strings(*(tuple(value[name]) for name in names))


def open_array(path: Path, dtype: np.dtype, shape: tuple[int, ...], mode: str = "r") -> np.ndarray:
    """Map an array of exactly this type and shape, in a file of exactly its size. Raises InputError."""
    folder = path.parent.parent
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            # Only version 1 is ever written here; its header is at most 64 KiB and holds a literal, never code.
            if np.lib.format.read_magic(file) != (1, 0):
                raise ValueError("another version of numpy's format")
            found, fortran, kind = np.lib.format.read_array_header_1_0(file)
            start = file.tell()
    except FileNotFoundError as error:
        raise refused(folder, f"lacks {path.name}") from error
    except (OSError, ValueError, SyntaxError, TypeError, RecursionError, MemoryError) as error:
        raise refused(folder, f"has a {path.name} that is no array ({str(error)[:120]})") from error
    if kind != dtype or found != shape or fortran or kind.hasobject:
        raise refused(
            folder, f"has a {path.name} of another kind ({str(kind)[:60]}, {str(found)[:60]}) than its manifest says"
        )
    if size != start + math.prod(shape) * dtype.itemsize:
        raise refused(folder, f"has a {path.name} that is cut off or too long")
    return np.memmap(path, dtype=dtype, mode=mode, offset=start, shape=shape)  # type: ignore[call-overload]


def header_of(dtype: np.dtype, shape: tuple[int, ...]) -> bytes:
    """What stands before the values of such an array in numpy's format version 1."""
    import io

    made = io.BytesIO()
    described = {"descr": np.lib.format.dtype_to_descr(dtype), "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(made, described)
    return made.getvalue()


def _json(path: Path, most: int, folder: Path) -> Any:
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise refused(folder, f"has a {path.name} that is too long")
        return json.loads(data.decode("utf-8"), parse_constant=_no_constant)
    except FileNotFoundError as error:
        raise refused(folder, f"lacks {path.name}") from error
    except (ValueError, RecursionError) as error:
        raise refused(folder, f"has a {path.name} that is no JSON") from error


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not allowed")


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e30


def _positive(value: object) -> bool:
    return _number(value) and value > 0  # type: ignore[operator]
