"""The models a user can name: those that come with the plugin, and those installed beside it; any other by its path."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from ..__about__ import resource
from ..common.errors import ModelError
from .cardentries import EMBEDDING, parsed
from .onnxmeta import beside, card_text, sidecar

#: The model to use where nobody chose one: the first of these that is at hand.
PREFERRED = ("marscd-change", "paper-rsl")

#: The embedding to use where nobody chose one: the first of these that is at hand.
PREFERRED_EMBEDDINGS = ("marscd-analogue", "paper-analogue")

#: Endings of files that are parts of a model, or screen for one: found by name, and not offered as models.
PARTS = ("-encoder", "-head", "-screen")

#: Where installed models are kept; outside the plugin's folder, which an update replaces.
FOLDER_VARIABLE = "MARSCD_MODELS_DIR"


def models_folder() -> Path:
    """Where ``inference.install`` puts models."""
    if given := os.environ.get(FOLDER_VARIABLE):
        return Path(given)
    base = os.environ.get("XDG_DATA_HOME") or os.environ.get("LOCALAPPDATA") or str(Path.home() / ".local" / "share")
    return Path(base) / "marscd" / "models"


def bundled_models() -> dict[str, Path]:
    """Name -> file of each change model at hand that a user may choose, in alphabetical order; the file's name without
    .onnx.

    An installed model that has the name of one in the plugin's own folder gives way to it. Parts of models are left
    out (``PARTS``), and embeddings (``embedding_models``).
    """
    return {n: path for n, path in _all_models().items() if not n.endswith(PARTS) and not is_embedding(path)}


def embedding_models() -> dict[str, Path]:
    """As ``bundled_models``: name -> file of each embedding at hand."""
    return {name: path for name, path in _all_models().items() if is_embedding(path)}


def default_model() -> str:
    """The name of the model to use where nobody chose one: the best that is at hand."""
    found = bundled_models()
    return next((name for name in PREFERRED if name in found), PREFERRED[-1])


def default_embedding() -> str:
    """The name of the embedding to use where nobody chose one: the best that is at hand."""
    found = embedding_models()
    return next((name for name in PREFERRED_EMBEDDINGS if name in found), PREFERRED_EMBEDDINGS[-1])


def is_embedding(path: Path) -> bool:
    """True where the card in a model's file, or beside a file without one, says so.

    What cannot be read is no embedding: whoever loads it then reads why. Kept while neither file changes.
    """
    return _told(path, _stamp(path), _stamp(sidecar(path)))


@lru_cache(maxsize=256)
def _told(path: Path, *stamps: tuple[int, int] | None) -> bool:
    try:
        text = card_text(path)
        if text is None:
            text = beside(path)
        return text is not None and parsed(text, str(path)).get("task") == EMBEDDING
    except ModelError:
        return False


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _all_models() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in (models_folder(), _own_folder()):
        if folder is not None and folder.is_dir():
            found |= {path.stem: path for path in folder.glob("*.onnx")}
    return dict(sorted(found.items()))


def find_model(name_or_path: str | Path) -> Path:
    """The file of a change model's name, or of a path to an .onnx file. Raises ModelError listing the names."""
    text = str(name_or_path).strip()
    bundled, known = bundled_models(), _all_models()
    if text in known and not is_embedding(known[text]):
        return known[text]
    path = Path(text).expanduser()
    if text and path.suffix.lower() == ".onnx" and path.is_file():
        return path
    what = f"There is no model {text!r}." if text else "No model was chosen."
    if text in known:
        what = f"{text} is an embedding, for finding analogues, and a change model is needed here."
    if not bundled:
        raise ModelError(
            f"{what} The plugin's own models are not installed.",
            "Run marscd:installmodels (or Install models in the dock), or give a path to an .onnx file.",
        )
    names = ", ".join(bundled)
    raise ModelError(what, f"Give the name of one that comes with the plugin ({names}), or a path to an .onnx file.")


def find_embedding(name_or_path: str | Path) -> Path:
    """The file of an embedding's name, or of a path to an .onnx file. Raises ModelError listing the names.

    An empty name means ``default_embedding``.
    """
    text = str(name_or_path).strip() or default_embedding()
    found = embedding_models()
    if text in found:
        return found[text]
    path = Path(text).expanduser()
    if path.suffix.lower() == ".onnx" and path.is_file():
        return path
    what = f"There is no embedding {text!r}."
    if text in _all_models():
        what = f"{text} is a change model, and an embedding is needed to find analogues."
    if not found:
        raise ModelError(
            f"{what} The plugin's own embeddings are not installed.",
            "Run marscd:installmodels (or Install models in the dock), or give a path to an .onnx file.",
        )
    raise ModelError(what, f"Give the name of one that comes with the plugin ({', '.join(found)}), or a path.")


def _own_folder() -> Path | None:
    try:
        return resource("models")
    except FileNotFoundError:
        return None
