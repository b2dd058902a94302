"""Starting a network on a device that truly runs it: one way for change models and embeddings."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, Generic, TypeVar

from ..common.errors import DeviceError, ModelError
from .devices import AUTO_ORDER, KNOWN, Device, cores, label, preload, provider_options, wanted
from .onnxfile import ModelFile
from .onnxmeta import REMEDY

log = logging.getLogger(__name__)

T = TypeVar("T")
C = TypeVar("C")


class Started(Generic[C]):
    """A network that runs: its card, its file, the device it runs on and what the user should know of the choice."""

    def __init__(self, session: Any, card: C, file: ModelFile, device: Device, notes: tuple[str, ...] = ()) -> None:
        self._session = session
        self.card = card
        self.path: Path = file.path
        self.sha256 = file.sha256
        self.device = label(device)
        self.notes = notes
        #: What onnxruntime says runs, best first; what was compiled in says nothing.
        self.providers: tuple[str, ...] = tuple(session.get_providers())


def start(
    runtime: ModuleType,
    file: ModelFile,
    device: str,
    threads: int | None,
    make: Callable[[Any, Device, tuple[str, ...]], T],
    probe: Callable[[T], ModelError | DeviceError | None],
) -> T:
    """What ``make`` makes of a session on ``device`` (a published name, or AUTO: the best that starts).

    ``make`` gets the session, the device and notes for the user about devices that did not start; it checks the graph
    and raises ModelError where it does not fit. ``probe`` runs the made thing once, as a device can start and still
    fail at the first run. Raises ModelError, DeviceError (a device asked for that is not there) or InputError.
    """
    name = wanted(device)
    compiled = set(runtime.get_available_providers())
    notes: list[str] = []
    candidates = AUTO_ORDER if name == "AUTO" else (name,)
    for candidate in (KNOWN[c] for c in candidates):
        if candidate.provider not in compiled:
            if name != "AUTO":
                raise DeviceError(
                    f"The device {name} is not there: the onnxruntime {runtime.__version__} in use cannot drive it.",
                    candidate.remedy,
                )
            continue
        session, reason = open_session(runtime, file, candidate, threads)
        if session is None:
            if name != "AUTO":
                raise DeviceError(f"The device {name} did not start: {reason}.", candidate.remedy)
            notes.append(f"The device {candidate.name} was tried and did not start ({reason}). {candidate.remedy}")
            continue
        made = make(session, candidate, tuple(notes))
        failure = probe(made)
        if failure is None:
            log.info("%s on %s", file.path, candidate.name)
            return made
        if name != "AUTO" or candidate.name == "CPU":
            raise failure
        notes.append(f"The device {candidate.name} started but failed ({failure.what}). {candidate.remedy}")
    raise DeviceError("No device could be started.", KNOWN["CPU"].remedy)


def failed(error: Exception, device: str, name: str, path: object) -> ModelError | DeviceError:
    """What a run's error means: on the CPU the model is at fault, elsewhere the device."""
    if not device.startswith("CPU"):
        return DeviceError(
            f"The device {device} failed while running the model {name}: {first_line(error)}.",
            "Choose the device CPU, or free the device's memory and run it again.",
        )
    return ModelError(f"The model {path} failed: {first_line(error)}.", REMEDY)


def first_line(error: Exception) -> str:
    """What onnxruntime said, short."""
    text = str(error).strip().splitlines()
    return text[0][:300].rstrip(".") if text else type(error).__name__


def open_session(runtime: ModuleType, file: ModelFile, device: Device, threads: int | None) -> tuple[Any, str]:
    """A session on that device, or None and why not. Raises ModelError where the model itself cannot be loaded."""
    preload(runtime, device)
    options = runtime.SessionOptions()
    options.intra_op_num_threads = threads or cores()
    options.inter_op_num_threads = 1
    # Idle threads sleep: spinning ones would starve QGIS and the thread that reads the next strip.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    if device.name == "DIRECTML":
        options.enable_mem_pattern = False
    try:
        # The keyword is sess_options; "options" would be ignored without a word.
        session = runtime.InferenceSession(file.data, sess_options=options, providers=provider_options(device))
    except Exception as error:
        if device.name == "CPU":
            raise ModelError(f"The model {file.path} cannot be loaded: {first_line(error)}.", REMEDY) from error
        return None, first_line(error)
    if device.provider not in session.get_providers():
        return None, "onnxruntime fell back to " + ", ".join(session.get_providers())
    return session, ""
