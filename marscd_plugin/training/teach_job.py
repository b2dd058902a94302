"""What fine-tuning is asked to do, as the caller writes it into a JSON file (``workflows.training``)."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..common.errors import InputError

_LARGEST = 16 * 1024 * 1024
_MOST_PAIRS = 10_000


@dataclass(frozen=True)
class TeachPair:
    """Two images on one grid, and polygons (field ``verdict``: accepted or rejected) of what was said of them.

    ``complete``: the pair was looked through wholly, so what no polygon holds is certainly no change. ``context`` is
    what is known of the pair beside its images (``changenet.CONTEXT_NAMES``), None where unknown.
    """

    before: str
    after: str
    labels: str
    name: str = ""
    complete: bool = False
    context: tuple[float | None, ...] = (None, None, None, None)
    before_band: int = 1
    after_band: int = 1
    before_special: tuple[float, ...] = ()
    after_special: tuple[float, ...] = ()


@dataclass(frozen=True)
class TeachJob:
    """``folder`` keeps the run's checkpoint, ``model`` is the base. The budget is ``steps`` if given, else ``minutes``.

    ``held_out`` 0.1..0.6: the share of the labels kept for judging. ``size``: edge of the patches, in pixels.
    ``rehearsal``: simulated drawings (in groups of four) that the network must not forget.
    """

    pairs: tuple[TeachPair, ...]
    model: str
    output: str
    report: str
    folder: str
    minutes: float = 10.0
    steps: int | None = None
    held_out: float = 0.3
    seed: int = 1
    threads: int = 2
    size: int = 192
    batch: int = 4
    rehearsal: int = 24
    rate: float = 2e-4

    def __post_init__(self) -> None:
        """Raise InputError for values that no run could use."""
        if not self.pairs:
            raise InputError("There is no pair to learn from.", "Compare two dates and judge the changes first.")
        if self.steps is None and not (math.isfinite(self.minutes) and 0 < self.minutes <= 10_000):
            raise InputError(f"{self.minutes:g} minutes are no time to train.", "Give more than 0.")
        if self.steps is not None and not 1 <= self.steps <= 1_000_000:
            raise InputError(f"{self.steps} steps are none.", "Give 1 or more.")
        if not 0.1 <= self.held_out <= 0.6:
            raise InputError(
                f"A held-out share of {self.held_out:g} is no use.", "Give 0.1 to 0.6; 0.3 keeps a third for judging."
            )
        if self.size < 32 or self.batch < 2 or self.rehearsal < 1 or self.threads < 1 or self.seed < 0:
            raise InputError("The settings of the training run are out of range.", "Use the defaults.")


def read_job(path: Path) -> TeachJob:
    """The job in a JSON file. Raises InputError."""
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("it is too large")
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if len(told["pairs"]) > _MOST_PAIRS:
            raise ValueError("it names too many pairs")
        pairs = tuple(TeachPair(**(one | {"context": _context(one.get("context"))})) for one in told.pop("pairs"))
        return TeachJob(pairs=pairs, **told)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(f"The job {path} cannot be read ({error}).", "Start the training from MarsCD.") from error


def _context(told: Any) -> tuple[float | None, ...]:
    values = [None] * 4 if told is None else list(told)
    if len(values) != 4:
        raise ValueError("a context has four numbers")
    return tuple(None if v is None else float(v) for v in values)
