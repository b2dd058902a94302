"""Installing the plugin's models from their zip: each is checked against the SHA-256 that came with the plugin.

The plugin repository takes no model files; the plugin's zip from there holds ``resources/models/checksums.json``
instead, written when both zips were made.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

from ..__about__ import resource
from ..common.errors import InputError, ModelError
from ..common.files import need_folder, safe_name, whole_file
from .models import models_folder
from .onnxfile import MAX_MODEL_BYTES, read_model_file

_MOST = 100


@dataclass(frozen=True)
class Expected:
    """A model of this version of the plugin."""

    file: str
    size: int
    sha256: str


def expected() -> dict[str, Expected]:
    """File name -> what it must be. Empty where the models came inside the plugin. Raises InputError if damaged."""
    path = resource("models", "checksums.json")
    if not path.is_file():
        return {}
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        made = [Expected(safe_name(str(r["file"])), int(r["size"]), _digits(str(r["sha256"]))) for r in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} cannot be read ({error}).", "Install the plugin again.") from error
    return {e.file: e for e in made}


def _digits(sha256: str) -> str:
    """They are written in groups."""
    return sha256.replace(" ", "").lower()


def missing() -> list[str]:
    """Names of the models that belong to this version of the plugin and are not installed."""
    folder = models_folder()
    return [Path(e.file).stem for e in expected().values() if not (folder / e.file).is_file()]


def install_models(archive: Path | str, wanted: dict[str, Expected] | None = None) -> list[Path]:
    """Unpack the models of a marscd_models zip into ``models_folder``; returns their paths.

    Nothing is installed unless every model in the zip is one of this version's, bit by bit. Raises ModelError for a zip
    that is damaged, holds something else, or belongs to another version; OutputError where the folder is not writable.
    """
    archive = Path(archive)
    wanted = expected() if wanted is None else wanted
    if not wanted:
        raise InputError("The models came inside this plugin; there is nothing to install.", "Use them by name.")
    try:
        with zipfile.ZipFile(archive) as source:
            contents = _checked(source, archive, wanted)
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise ModelError(
            f"{archive} is not a zip that can be read ({error}).",
            "Download it again: marscd_models-<version>.zip stands beside the plugin's release.",
        ) from error
    folder = need_folder(models_folder())
    made = []
    for name, data in contents.items():
        with whole_file(folder / name) as part:
            part.write_bytes(data)
        read_model_file(folder / name)
        made.append(folder / name)
    return made


def _checked(source: zipfile.ZipFile, archive: Path, wanted: dict[str, Expected]) -> dict[str, bytes]:
    """File name -> bytes of each model in the zip, all of them ours."""
    found: dict[str, bytes] = {}
    members = [m for m in source.infolist() if m.filename.lower().endswith(".onnx")]
    if not members or len(members) > _MOST:
        raise ModelError(f"{archive} holds no models of ours.", "Choose marscd_models-<version>.zip.")
    for member in members:
        name = member.filename.rsplit("/", 1)[-1]
        model = wanted.get(name)
        if model is None or member.file_size != model.size or member.file_size > MAX_MODEL_BYTES:
            raise ModelError(
                f"{name} in {archive} is not a model of this version of the plugin.",
                "Take marscd_models-<version>.zip of the same version as the plugin.",
            )
        with source.open(member) as file:
            # A zip may lie about the size: never more than was promised is unpacked.
            data = file.read(model.size + 1)
        if hashlib.sha256(data).hexdigest() != model.sha256:
            raise ModelError(
                f"{name} in {archive} is not what was released: its checksum differs.", "Download it again."
            )
        found[name] = data
    return found
