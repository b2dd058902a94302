"""Train an embedding for analogues on a user's chips, in a process of its own (``workflows.training`` says why).

A run that is stopped leaves nothing behind: the paper's network takes minutes, and its run is the same for a seed.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..common.errors import InputError
from ..common.files import need_folder, write_json
from ..common.progress import Progress, check, parts
from ..common.settings import Settings
from .training import MODULES, run_job, training_python

#: What either network needs in the Python that trains.
NEEDED = {
    "PAPER": (*MODULES, "cv2"),
    "EMBEDDING": (*MODULES, "cv2", "pytorch_metric_learning"),
}

#: Seconds that a stopped run is given to leave by itself: it has nothing to put away.
_PATIENCE = 0.8


@dataclass(frozen=True)
class AnalogueTraining:
    """``chips``: folder with a sub-folder of images a region, and manifest.csv. ``network``: PAPER or EMBEDDING.

    ``epochs`` None: the recipe's own (300 for PAPER, 30 for EMBEDDING). ``held_out`` 0..0.6: the share of chips, whole
    groups, kept for judging; 0 does as the paper does. ``sub_areas``: chips a region and body that PAPER learns from.
    """

    chips: Path
    output: Path
    report: Path | None = None
    network: str = "PAPER"
    epochs: int | None = None
    seed: int = 1
    held_out: float = 0.2
    sub_areas: int = 10
    threads: int = 1


def train_analogue_model(job: AnalogueTraining, settings: Settings, progress: Progress) -> dict[str, Any]:
    """Do it; returns the numbers of ``training.analogue_teach.results``.

    Raises InputError (the chips, the settings of the run, and what the training says), MissingPackageError where no
    Python has torch, CancelledError.
    """
    if job.network not in NEEDED:
        raise InputError(f"There is no network {job.network!r} to train.", f"Choose {' or '.join(NEEDED)}.")
    if not Path(job.chips).is_dir():
        raise InputError(
            f"There is no folder {job.chips}.",
            "Build a chip data set with marscd:buildchipdataset and name its folder.",
        )
    need_folder(Path(job.output).parent)
    if job.report is not None:
        need_folder(Path(job.report).parent)
    looking, running = parts(progress, 2, 98)
    looking.report(0.0, "Looking for a Python that has torch")
    python, environment = training_python(NEEDED[job.network])
    check(progress)
    with tempfile.TemporaryDirectory(prefix="marscd-training-") as folder:
        path = Path(folder) / "job.json"
        write_json(
            path,
            {
                "chips": str(Path(job.chips).absolute()),
                "output": str(Path(job.output).absolute()),
                "report": str(Path(job.report).absolute()) if job.report else "",
                "network": job.network,
                "epochs": job.epochs,
                "seed": job.seed,
                "held_out": job.held_out,
                "sub_areas": job.sub_areas,
                "threads": job.threads,
            },
        )
        return run_job(python, environment, path, running, "teach-analogue", _PATIENCE)
