"""Which devices a model could run on here, told from files alone: onnxruntime itself is heavy to load."""

from __future__ import annotations

import os
import sys

from ...common.packages import NEEDED, Found, find
from ...common.words import DEVICES
from ..words import tr
from .plan import DRIVER, Gpu, nvidia

_ONNXRUNTIME = next(p for p in NEEDED if p.module == "onnxruntime")


def device_notes(found: Found | None = None, gpu: Gpu | None = None, platform: str = sys.platform) -> dict[str, str]:
    """Published device name -> why it cannot be had here; "" where it can (as far as files tell)."""
    found = find(_ONNXRUNTIME) if found is None else found
    gpu = nvidia() if gpu is None else gpu
    if found.state != "ok":
        missing = tr("needs the package onnxruntime, which is missing")
        return {name: "" if name == "AUTO" else missing for name in DEVICES}
    variants = _variants(found.where)
    notes = dict.fromkeys(DEVICES, "")
    if gpu is None:
        notes["CUDA"] = tr("no NVIDIA card was found")
    elif not gpu.usable:
        notes["CUDA"] = tr("the NVIDIA driver is {driver}; {least} or newer is needed").format(
            driver=gpu.driver, least=DRIVER
        )
    elif "gpu" not in variants:
        notes["CUDA"] = tr("needs the package onnxruntime-gpu in place of onnxruntime")
    if platform != "win32":
        notes["DIRECTML"] = tr("on Windows only")
    elif "directml" not in variants:
        notes["DIRECTML"] = tr("needs the package onnxruntime-directml in place of onnxruntime")
    if platform != "darwin":
        notes["COREML"] = tr("on macOS only")
    return notes


def _variants(site: str) -> set[str]:
    """Which builds of onnxruntime have left their metadata there: "", "gpu", "directml"."""
    try:
        entries = os.listdir(site)
    except OSError:
        return set()
    names = [e.split("-")[0].lower() for e in entries if e.endswith((".dist-info", ".egg-info"))]
    return {n.removeprefix("onnxruntime").strip("_") for n in names if n.startswith("onnxruntime")}
