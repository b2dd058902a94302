"""What training an embedding on a user's chips is asked to do, as the caller writes it (``workflows``)."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..common.errors import InputError

_LARGEST = 1024 * 1024

#: The paper's network, and the recipe of the embedding that the plugin prefers.
NETWORKS = ("PAPER", "EMBEDDING")


@dataclass(frozen=True)
class AnalogueJob:
    """``chips``: the data set's folder (``chip_folder``). ``epochs`` None: the recipe's own number.

    ``held_out`` 0..0.6: share of the chips kept for judging, whole groups; 0 keeps none, as in the paper.
    ``sub_areas``: chips a region and body that the paper's network learns from. One thread is enough for networks so
    small, and gives the same weights for a seed.
    """

    chips: str
    output: str
    report: str = ""
    network: str = "PAPER"
    epochs: int | None = None
    seed: int = 1
    held_out: float = 0.2
    sub_areas: int = 10
    threads: int = 1

    def __post_init__(self) -> None:
        """Raise InputError for values that no run could use."""
        if self.network not in NETWORKS:
            raise InputError(f"There is no network {self.network!r} to train.", f"Choose {' or '.join(NETWORKS)}.")
        if self.epochs is not None and not 1 <= self.epochs <= 10_000:
            raise InputError(f"{self.epochs} epochs cannot be trained.", "Give 1 to 10000; the paper has 300.")
        if not (math.isfinite(self.held_out) and 0 <= self.held_out <= 0.6):
            raise InputError(
                f"A held-out share of {self.held_out:g} is no use.",
                "Give 0.1 to 0.6, or 0 to hold nothing out, as in the paper.",
            )
        if not 2 <= self.sub_areas <= 1000 or self.seed < 0 or self.threads < 1:
            raise InputError("The settings of the training run are out of range.", "Use the defaults.")
        if not self.output.lower().endswith(".onnx"):
            raise InputError(f"{self.output} is no name of a model.", "Let it end in .onnx.")


def read_analogue_job(path: Path) -> AnalogueJob:
    """The job in a JSON file. Raises InputError."""
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("it is too large")
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return AnalogueJob(**told)
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(f"The job {path} cannot be read ({error}).", "Start the training from MarsCD.") from error
