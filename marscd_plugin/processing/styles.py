"""Outputs open styled: a QML beside the file, which QGIS reads by itself, in the window and after a headless run."""

from __future__ import annotations

import shutil
from pathlib import Path

from ..__about__ import resource
from ..common.files import whole_file


def style(path: str | Path, name: str) -> None:
    """Put resources/styles/<name>.qml beside the layer file ``path``. A user's own style file is left alone."""
    target = Path(path).with_suffix(".qml")
    source = resource("styles", f"{name}.qml")
    if source.is_file() and Path(path).is_file() and not target.exists():
        with whole_file(target) as part:
            shutil.copyfile(source, part)
