"""The models a user can name: those that come with the plugin, and those installed beside it; any other by its path."""

from __future__ import annotations

import os
from pathlib import Path

from ..__about__ import resource
from ..common.errors import ModelError

#: The model to use where nobody chose one: the first of these that is at hand.
PREFERRED = ("marscd-change", "paper-rsl")

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
    """Name -> file of each model at hand that a user may choose, in alphabetical order; the file's name without .onnx.

    An installed model that has the name of one in the plugin's own folder gives way to it. Parts of models are left
    out (``PARTS``).
    """
    return {name: path for name, path in _all_models().items() if not name.endswith(PARTS)}


def default_model() -> str:
    """The name of the model to use where nobody chose one: the best that is at hand."""
    found = bundled_models()
    return next((name for name in PREFERRED if name in found), PREFERRED[-1])


def _all_models() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in (models_folder(), _own_folder()):
        if folder is not None and folder.is_dir():
            found |= {path.stem: path for path in folder.glob("*.onnx")}
    return dict(sorted(found.items()))


def find_model(name_or_path: str | Path) -> Path:
    """The file of a model's name, or of a path to an .onnx file. Raises ModelError listing the names."""
    text = str(name_or_path).strip()
    bundled, known = bundled_models(), _all_models()
    if text in known:
        return known[text]
    path = Path(text).expanduser()
    if text and path.suffix.lower() == ".onnx" and path.is_file():
        return path
    what = f"There is no model {text!r}." if text else "No model was chosen."
    if not bundled:
        raise ModelError(
            f"{what} The plugin's own models are not installed.",
            "Run marscd:installmodels (or Install models in the dock), or give a path to an .onnx file.",
        )
    names = ", ".join(bundled)
    raise ModelError(what, f"Give the name of one that comes with the plugin ({names}), or a path to an .onnx file.")


def _own_folder() -> Path | None:
    try:
        return resource("models")
    except FileNotFoundError:
        return None
