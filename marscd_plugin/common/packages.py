"""Heavy packages are imported where they are used; a missing one is named with its remedy."""

from __future__ import annotations

import importlib
import warnings
from types import ModuleType

from .errors import MissingPackageError

#: module -> (package to install, what it is for)
KNOWN = {
    "onnxruntime": ("onnxruntime", "running change models"),
    "cv2": ("opencv-python-headless", "registering images"),
    "shapely": ("shapely", "areas and footprints"),
    "scipy": ("scipy", "smooth fields and simulation"),
    "torch": ("torch", "training"),
    "onnx": ("onnx", "exporting models"),
}


def need(module: str) -> ModuleType:
    """Import ``module`` (a dotted name is allowed), or raise MissingPackageError with what to install."""
    try:
        # What a package has to say of its own options while it loads is no news to our users.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return importlib.import_module(module)
    except ImportError as error:
        package, purpose = KNOWN.get(module.split(".")[0], (module, "this step"))
        broken = "" if isinstance(error, ModuleNotFoundError) else f" ({error})"
        raise MissingPackageError(
            f"The Python package {package}, needed for {purpose}, could not be loaded{broken}.",
            f"Install it for QGIS's own Python, with numpy held at the version QGIS came with "
            f"(docs/install.md shows the command), for example: pip install -c constraints-qgis.txt {package}",
        ) from error
