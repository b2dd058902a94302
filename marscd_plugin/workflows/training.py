"""Teach a model a person's verdicts: what was judged becomes a job, which a process of its own does.

Torch is nowhere near QGIS: the process is a Python that has it, and only lines of JSON come back. An interrupted run
leaves its checkpoint in the cache, and the same run started again goes on from there.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import shutil
import signal
import subprocess  # nosec B404
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ..__about__ import PACKAGE
from ..change.review import write_labels
from ..common.errors import CancelledError, InputError, MarscdError, MissingPackageError, RegistrationError
from ..common.files import need_folder, sha256_of, write_json
from ..common.progress import Part, Progress, check, parts
from ..common.provenance import key_of
from ..common.settings import Settings
from ..series.images import register_images
from .reviewed import Reviewed, fingerprint

log = logging.getLogger(__name__)

#: Names the Python that has torch, where it is not the one around us.
PYTHON_VARIABLE = "MARSCD_TRAINING_PYTHON"
MODULES = ("torch", "onnx", "onnxruntime", "scipy", "osgeo", "numpy")

#: Seconds that a run is given to put its checkpoint away and end.
_PATIENCE = 10.0
_PROBE_SECONDS = 60.0
_KEPT = 4000
_PROBE = (
    "import importlib.util as u, json, sys; "
    "print('MARSCD ' + json.dumps([list(sys.version_info[:2]), [m for m in sys.argv[1:] if u.find_spec(m) is None]]))"
)


@dataclass(frozen=True)
class Training:
    """What to learn from, from which model, and where the new one goes. ``complete``: pairs were looked through
    wholly. ``steps`` instead of ``minutes`` makes a run that can be repeated."""

    pairs: tuple[Reviewed, ...]
    model: Path
    output: Path
    report: Path | None = None
    minutes: float = 10.0
    steps: int | None = None
    held_out: float = 0.3
    complete: bool = False
    seed: int = 1
    options: Mapping[str, Any] | None = None


def train_model(asked: Training, settings: Settings, progress: Progress) -> dict[str, Any]:
    """Do it; returns the numbers of ``training.finetune.results``.

    Raises InputError (labels, grids), ModelError's message as InputError, MissingPackageError where no Python has
    torch, CancelledError (run it again to go on).
    """
    needs_verdicts(asked)
    python, environment = training_python()
    check(progress)
    folder = run_folder(asked, settings)
    preparing, running = parts(progress, 5, 95)
    kept = done = False
    try:
        results = run_job(python, environment, _prepared(asked, folder, preparing), running)
        done = True
    except CancelledError:
        kept = True
        raise
    finally:
        # A run that failed before it learned anything leaves nothing to go on from.
        if not kept and (done or not (folder / "checkpoint.pt").exists()):
            shutil.rmtree(folder, ignore_errors=True)
    return results


def needs_verdicts(asked: Training) -> None:
    """Raise InputError where there are too few verdicts of either kind for any run."""
    accepted = sum(p.review.count("accepted") for p in asked.pairs)
    rejected = sum(p.review.count("rejected") for p in asked.pairs)
    if accepted < 2 or (rejected < 2 and not asked.complete):
        raise InputError(
            f"There are {accepted} accepted and {rejected} rejected changes.",
            "At least two of each are needed, one to learn from and one to judge by; ten of each begin to be of use. "
            "Where the pairs were looked through wholly, say so (COMPLETE): rejected ones are then not needed.",
        )


def run_folder(asked: Training, settings: Settings) -> Path:
    """Where this run keeps its checkpoint: the same for the same verdicts, base and settings."""
    key = key_of(
        sha256_of(asked.model), *(fingerprint(p) for p in asked.pairs), asked.minutes, asked.steps, asked.held_out,
        asked.complete, asked.seed, asked.output.name, dict(asked.options or {}),
    )  # fmt: skip
    return Path(settings.cache_dir) / "training" / key


def _prepared(asked: Training, folder: Path, progress: Progress) -> Path:
    """Write labels and job into the run's folder; AFTERs that were registered for the comparison are so again."""
    need_folder(folder)
    told = []
    for number, (pair, part) in enumerate(zip(asked.pairs, parts(progress, *[1] * len(asked.pairs)), strict=True)):
        check(progress)
        after, band, special = pair.after, pair.bands[1], pair.specials[1]
        if pair.register:
            after, band, special = _registered(pair, folder / f"after-{number}.tif", part), 1, ()
        labels = folder / f"labels-{number}.fgb"
        write_labels(labels, pair.review, pair.crs)
        one: dict[str, Any] = {"before": pair.before, "after": after, "labels": str(labels), "name": pair.name}
        one |= {"complete": asked.complete, "context": list(pair.context), "before_band": pair.bands[0]}
        told.append(one | {"after_band": band, "before_special": pair.specials[0], "after_special": special})
    path = folder / "job.json"
    write_json(
        path,
        {
            "pairs": told, "model": str(asked.model), "output": str(asked.output),
            "report": str(asked.report) if asked.report else "", "folder": str(folder), "minutes": asked.minutes,
            "steps": asked.steps, "held_out": asked.held_out, "seed": asked.seed, **(asked.options or {}),
        },
    )  # fmt: skip
    return path


def _registered(pair: Reviewed, target: Path, progress: Part) -> str:
    if not target.is_file():
        progress.report(0.0, f"Registering {Path(pair.after).name} again")
        result = register_images(pair.before, pair.after, target, progress=progress)
        if not result.accepted:
            raise RegistrationError(
                f"{pair.after} could not be registered to {pair.before}: {result.reason}.", "Compare the pair again."
            )
    return str(target)


# The process


def training_python(modules: Sequence[str] = MODULES) -> tuple[Path, dict[str, str]]:
    """A Python that has torch and the rest, and its environment. Raises MissingPackageError saying what to install.

    ``modules``: import names of what is needed.
    """
    told = os.environ.get(PYTHON_VARIABLE, "").strip()
    candidates = [Path(told)] if told else _interpreters()
    lacking: list[str] = []
    for python in candidates:
        for environment in (_surroundings(True), _surroundings(False)):
            found = _probe(python, environment, modules)
            if found is None:
                continue
            version, missing = found
            # Another version of Python cannot load the packages of this one.
            if environment.get("MARSCD_SHARES_PATH") and version != list(sys.version_info[:2]):
                continue
            if not missing:
                return python, environment
            if not lacking or len(missing) < len(lacking):
                lacking = missing
    where = f"The Python that {PYTHON_VARIABLE} names ({told})" if told else "QGIS's Python"
    what = f"lacks {', '.join(lacking)}" if lacking else "could not be started"
    raise MissingPackageError(
        f"Training needs the Python packages torch and onnx, which stay out of QGIS itself. {where} {what}.",
        "Make a Python for it, for example: python3 -m venv --system-site-packages ~/marscd-training && "
        f"~/marscd-training/bin/pip install {' '.join(_packages(modules))}; then set the environment variable "
        f"{PYTHON_VARIABLE} to ~/marscd-training/bin/python and start QGIS again.",
    )


def _packages(modules: Sequence[str]) -> list[str]:
    """What pip calls them; what comes with QGIS or with another of them is left out."""
    with_others = {"osgeo", "numpy"}
    names = {"cv2": "opencv-python-headless"}
    return [names.get(m, m.replace("_", "-")) for m in modules if m not in with_others]


def _interpreters() -> list[Path]:
    """Where a Python may be, likeliest first. In QGIS ``sys.executable`` may be QGIS itself."""
    names = ("python.exe", "python3.exe") if os.name == "nt" else ("python3", "python")
    own = Path(sys.executable or "")
    found = [own] if own.stem.lower().startswith("python") else []
    for base in dict.fromkeys((sys.prefix, sys.base_prefix, sys.base_exec_prefix)):
        found += [folder / name for folder in (Path(base) / "bin", Path(base)) for name in names]
    return [p for p in dict.fromkeys(found) if p.is_file() and os.access(p, os.X_OK)]


def _surroundings(shared: bool) -> dict[str, str]:
    """The process's environment: our package on the path, and where ``shared`` all that this Python sees."""
    made = {k: v for k, v in os.environ.items() if k != "PYTHONHOME" or shared}
    paths = [str(PACKAGE.parent), *((p for p in sys.path if p) if shared else ())]
    made["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(paths))
    made["PYTHONIOENCODING"] = "utf-8"
    made.pop("MARSCD_SHARES_PATH", None)
    if shared:
        made["MARSCD_SHARES_PATH"] = "1"
    return made


def _probe(python: Path, environment: dict[str, str], modules: Sequence[str]) -> tuple[list[int], list[str]] | None:
    """(version, modules it lacks) of a Python; None where it cannot be run."""
    try:
        answer = subprocess.run(  # nosec B603  # noqa: S603 - a Python that the user or this program named
            [str(python), "-c", _PROBE, *modules], env=environment, capture_output=True, text=True, check=False,
            timeout=_PROBE_SECONDS, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        line = next(line for line in answer.stdout.splitlines() if line.startswith("MARSCD "))
        version, missing = json.loads(line[7:])
    except (OSError, ValueError, StopIteration, subprocess.SubprocessError) as error:
        log.info("%s is no Python to train with: %s", python, error)
        return None
    return list(version), list(missing)


def run_job(
    python: Path, environment: dict[str, str], job: Path, progress: Progress, name: str = "finetune",
    patience: float = _PATIENCE,
) -> dict[str, Any]:  # fmt: skip
    """Run the job, passing on what it says; its whole group is ended on a cancel or a failure here.

    ``name``: of the training room's command. ``patience``: seconds that it is given to end by itself on a cancel.
    """
    command = [str(python), "-m", f"{PACKAGE.name}.training", name, "--job", str(job), "--listen"]
    log.info("training: %s", " ".join(command))
    group: dict[str, Any] = (
        {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
        if os.name == "nt"
        else {"start_new_session": True}
    )
    try:
        process = subprocess.Popen(  # nosec B603  # noqa: S603
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            encoding="utf-8", errors="replace", **group,
        )  # fmt: skip
    except OSError as error:
        raise MissingPackageError(f"{python} could not be started ({error}).", f"Check {PYTHON_VARIABLE}.") from error
    lines: queue.Queue[str | None] = queue.Queue()
    errors: list[str] = []
    readers = [
        threading.Thread(target=_read, args=(process.stdout, lines.put), daemon=True),
        threading.Thread(target=_read, args=(process.stderr, lambda line: errors.append(line or "")), daemon=True),
    ]
    for reader in readers:
        reader.start()
    try:
        return _listen(process, lines, errors, progress, patience)
    finally:
        end_group(process, min(2.0, patience / 2))
        for reader in readers:
            reader.join(2.0)


def _listen(
    process: subprocess.Popen[str], lines: queue.Queue[str | None], errors: Sequence[str], progress: Progress,
    patience: float,
) -> dict[str, Any]:  # fmt: skip
    until: float | None = None
    while True:
        if until is None and progress.cancelled():
            until = time.monotonic() + patience
            with contextlib.suppress(OSError, ValueError):
                assert process.stdin is not None
                process.stdin.write("stop\n")
                process.stdin.flush()
        if until is not None and time.monotonic() > until:
            raise CancelledError()
        try:
            line = lines.get(timeout=0.2)
        except queue.Empty:
            continue
        if line is None:
            break
        try:
            answer: dict[str, Any] = json.loads(line)
        except ValueError:
            log.warning("the training said something that is no answer: %s", line[:200])
            continue
        if "fraction" in answer:
            progress.report(float(answer["fraction"]), str(answer.get("info", "")))
        elif "warning" in answer:
            progress.warn(str(answer["warning"]))
        elif "results" in answer:
            return dict(answer["results"])
        elif "stopped" in answer:
            raise CancelledError()
        elif "error" in answer:
            raise InputError(str(answer["error"]))
    if progress.cancelled():
        raise CancelledError()
    said = "".join(errors)[-_KEPT:]
    log.error("the training ended without an answer:\n%s", said)
    last = next((line for line in reversed(said.splitlines()) if line.strip()), "it said nothing")
    raise MarscdError(f"The training's process ended unexpectedly: {last.strip()[:300]}.", "Run it again to go on.")


def _read(source: IO[str] | None, put: Any) -> None:
    """Every line of a pipe, then None."""
    with contextlib.suppress(ValueError, OSError):
        for line in source or ():
            put(line)
    put(None)


def end_group(process: subprocess.Popen[str], grace: float = 2.0) -> None:
    """End a process and all it started, if any of it still runs ``grace`` seconds from now."""
    if process.poll() is None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            # It has said its last word: give it the moment it needs to leave by itself.
            process.wait(grace)
    if os.name == "nt":
        if process.poll() is None:
            process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(5.0)
