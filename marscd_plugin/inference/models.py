"""The models that come with the plugin, by name, and the user's own by path."""

from __future__ import annotations

from pathlib import Path

from ..__about__ import resource
from ..common.errors import ModelError


def bundled_models() -> dict[str, Path]:
    """Name -> file of each model in resources/models, in alphabetical order; the name is the file's without .onnx."""
    try:
        folder = resource("models")
    except FileNotFoundError:
        return {}
    return {path.stem: path for path in sorted(folder.glob("*.onnx"))}


def find_model(name_or_path: str | Path) -> Path:
    """The file of a bundled model's name, or of a path to an .onnx file. Raises ModelError listing the names."""
    text = str(name_or_path).strip()
    bundled = bundled_models()
    if text in bundled:
        return bundled[text]
    path = Path(text).expanduser()
    if text and path.suffix.lower() == ".onnx" and path.is_file():
        return path
    what = f"There is no model {text!r}." if text else "No model was chosen."
    if not bundled:
        raise ModelError(
            f"{what} The plugin's own models are not installed.",
            "Unpack marscd_models-<version>.zip over the plugin's folder, or give a path to an .onnx file.",
        )
    names = ", ".join(bundled)
    raise ModelError(what, f"Give the name of one that comes with the plugin ({names}), or a path to an .onnx file.")
