"""The devices a model can run on: their onnxruntime providers, what to install for each, and what this machine has."""

from __future__ import annotations

import contextlib
import io
import logging
import os
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from ..common.errors import InputError
from ..common.words import DEVICES

log = logging.getLogger(__name__)

_EXCLUSIVE = (
    "Only one of the packages onnxruntime and onnxruntime-gpu may be installed: remove the one before the other comes."
)


@dataclass(frozen=True)
class Device:
    """A device by its published name, onnxruntime's provider for it, and what makes it available."""

    name: str
    provider: str
    remedy: str


KNOWN = {
    "CPU": Device("CPU", "CPUExecutionProvider", "Install the package onnxruntime."),
    "CUDA": Device(
        "CUDA",
        "CUDAExecutionProvider",
        "Install an NVIDIA driver, and onnxruntime-gpu[cuda,cudnn] in place of onnxruntime "
        f"(pip uninstall onnxruntime first). {_EXCLUSIVE} Or choose the device AUTO or CPU.",
    ),
    "DIRECTML": Device(
        "DIRECTML",
        "DmlExecutionProvider",
        f"On Windows, install onnxruntime-directml in place of onnxruntime. {_EXCLUSIVE} Or choose AUTO or CPU.",
    ),
    "COREML": Device("COREML", "CoreMLExecutionProvider", "CoreML runs on macOS only. Choose the device AUTO or CPU."),
}

#: AUTO tries what is compiled in, best first; the last always starts.
AUTO_ORDER = ("CUDA", "DIRECTML", "COREML", "CPU")


def wanted(device: str) -> str:
    """The device's published name, upper case. Raises InputError for an unknown one."""
    name = device.strip().upper() or "AUTO"
    if name not in DEVICES:
        raise InputError(f"There is no device {device!r}.", f"Choose one of {', '.join(DEVICES)}.")
    return name


def provider_options(device: Device) -> list[Any]:
    """onnxruntime's provider list for a session: the device, and the CPU for operators it lacks."""
    if device.name == "CPU":
        return [device.provider]
    # Tiles come in a few shapes only: trying out every algorithm for each costs more than it gains.
    options = {"cudnn_conv_algo_search": "HEURISTIC"} if device.name == "CUDA" else {}
    return [(device.provider, options), KNOWN["CPU"].provider]


def preload(runtime: ModuleType, device: Device) -> None:
    """Load CUDA's libraries from pip's nvidia packages, where this onnxruntime can.

    onnxruntime reports misses by ``print``, which would corrupt ``qgis_process --json``: they go to the log.
    """
    if device.name != "CUDA" or not hasattr(runtime, "preload_dlls"):
        return
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        try:
            runtime.preload_dlls()
        except OSError as error:
            log.info("CUDA libraries could not be loaded ahead: %s", error)
    if said.getvalue().strip():
        log.info("onnxruntime: %s", said.getvalue().strip())


def label(device: Device, proc: Path = Path("/proc/driver/nvidia/gpus")) -> str:
    """What is reported as the device that ran: ``CPU``, or ``CUDA (NVIDIA H200)`` where the name is plain."""
    if device.name != "CUDA":
        return device.name
    names = set()
    for path in sorted(proc.glob("*/information")):
        with contextlib.suppress(OSError):
            for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
                key, _, value = line.partition(":")
                if key.strip() == "Model" and value.strip():
                    names.add(value.strip())
    # With different cards in one machine the driver's order is not CUDA's: rather no name than a wrong one.
    return f"CUDA ({names.pop()})" if len(names) == 1 else "CUDA"


def cores() -> int:
    """Processor cores this process may use (a container or taskset may allow fewer than the machine has)."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)
