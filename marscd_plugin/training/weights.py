"""A default model's weights as plain arrays beside its ONNX file: what fine-tuning starts from, without pickle.

An ONNX file has its batch normalisation folded away and cannot be trained on; ``NAME.npz`` holds the network as it was
learned, its configuration and its calibration.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ..common.errors import InputError
from ..common.files import whole_file
from .changenet import ChangeConfig, ChangeNetwork
from .checkpoint import plain
from .export_change import Calibration

#: No weights file is larger, in bytes.
MAX_BYTES = 50_000_000

_ABOUT = "about"


def save_weights(network: ChangeNetwork, calibration: Calibration, path: Path | str) -> None:
    """Write ``path`` (.npz) whole or not at all."""
    about = json.dumps({"config": plain(network.config), "calibration": asdict(calibration)})
    arrays = {name: value.detach().cpu().numpy() for name, value in network.state_dict().items()}
    with whole_file(path) as part, part.open("wb") as file:
        np.savez_compressed(file, **arrays, **{_ABOUT: np.frombuffer(about.encode(), np.uint8)})


def load_weights(path: Path | str) -> tuple[ChangeNetwork, Calibration]:
    """The network and its calibration. Raises InputError where the file is missing, damaged or of something else."""
    path = Path(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ValueError(f"it has {path.stat().st_size} bytes")
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        about = json.loads(arrays.pop(_ABOUT).tobytes().decode())
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in about["config"].items()}
        network = ChangeNetwork(ChangeConfig(**values))
        network.load_state_dict({name: torch.from_numpy(np.array(value)) for name, value in arrays.items()})
        return network.eval(), Calibration(**about["calibration"])
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, zipfile.BadZipFile) as error:
        raise InputError(
            f"The weights {path} could not be read: {str(error)[:200]}.", "Install the plugin's models again."
        ) from error
