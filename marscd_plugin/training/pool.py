"""Drawings kept on disk: drawn once by processes of their own, read by any number of training runs.

Drawing a pair costs as much processor time as learning from it several times, so drawings go into a pool of fixed size
(memory-mapped files), each numbered. The i-th drawing follows from the seed and i alone, whoever draws it and when;
``fill`` draws what is still missing, so an interrupted drawing goes on where it was. Learning may begin before the
pool is full.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..common.errors import InputError
from ..common.files import need_folder, need_space, write_json
from ..common.progress import Progress
from .augment import Patch

log = logging.getLogger(__name__)

#: What ``classes`` holds where there are no data, and where there are but a pixel is not judged.
NOT_SEEN, NOT_JUDGED = 255, 254

#: Numbers of the context: incidence before and after, azimuth change (degrees), residual (pixels).
CONTEXT = 4

_LAYOUT = 1


@dataclass(frozen=True)
class PoolSpec:
    """What a pool holds: ``count`` drawings of ``size`` x ``size`` pixels, drawn from ``seed``."""

    count: int
    size: int
    seed: int


class Pool:
    """Drawings on disk. ``images`` float16 (N,2,S,S), ``classes`` uint8 (N,S,S), ``context`` float32 (N,4), ``done``.

    Images are normalised (``augment.normalised`` without moved statistics) and 0 where not valid; ``classes`` is 0 for
    no change, a ``simulation.kinds.Kind`` where there is change, ``NOT_SEEN`` or ``NOT_JUDGED``.
    """

    def __init__(self, folder: Path, spec: PoolSpec | None = None) -> None:
        """Open the pool in ``folder``, or make one where ``spec`` is given. Raises InputError, OutputError."""
        self.folder = folder
        path = folder / "pool.json"
        if not path.exists():
            if spec is None:
                raise InputError(f"There is no pool of drawings in {folder}.", "Draw one first.")
            need_folder(folder)
            need_space(folder, spec.count * spec.size * spec.size * 5)
            self.spec = spec
            for name, kind, shape in self._arrays():
                np.lib.format.open_memmap(folder / f"{name}.npy", mode="w+", dtype=kind, shape=shape)
            write_json(path, {"layout": _LAYOUT, **vars(spec)})
        else:
            self.spec = self._read(path)
            if spec is not None and spec != self.spec:
                raise InputError(f"{folder} holds other drawings ({self.spec}).", "Give its numbers, or a new folder.")
        self.images, self.classes, self.context, self.done = (
            np.load(folder / f"{name}.npy", mmap_mode="r+") for name, _, _ in self._arrays()
        )

    def _arrays(self) -> list[tuple[str, type, tuple[int, ...]]]:
        n, s = self.spec.count, self.spec.size
        return [
            ("images", np.float16, (n, 2, s, s)),
            ("classes", np.uint8, (n, s, s)),
            ("context", np.float32, (n, CONTEXT)),
            ("done", np.uint8, (n,)),
        ]

    @staticmethod
    def _read(path: Path) -> PoolSpec:
        try:
            value = json.loads(path.read_text(encoding="utf-8"))
            if value.pop("layout") != _LAYOUT:
                raise ValueError("another layout")
            return PoolSpec(**{k: int(v) for k, v in value.items()})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path} cannot be read ({error}).", "Delete the pool and draw it again.") from error

    def put(self, index: int, patch: Patch) -> None:
        """Keep a drawing."""
        self.images[index, 0], self.images[index, 1] = patch.before, patch.after
        classes = np.where(patch.truth > 0, np.maximum(patch.classes, 1), 0)
        classes = np.where(patch.valid > 0, classes, NOT_JUDGED)
        self.classes[index] = np.where(patch.seen > 0, classes, NOT_SEEN)
        self.context[index] = patch.context
        self.done[index] = 1

    def get(self, index: int) -> Patch:
        """The drawing ``index``."""
        classes = np.asarray(self.classes[index])
        valid = classes < NOT_JUDGED
        kinds = np.where(valid, classes, 0).astype(np.uint8)
        before, after = np.asarray(self.images[index], np.float32)
        return Patch(
            before,
            after,
            (kinds > 0).astype(np.float32),
            valid.astype(np.float32),
            kinds,
            np.array(self.context[index], np.float32),
            (classes != NOT_SEEN).astype(np.float32),
        )

    def ready(self) -> np.ndarray:
        """Numbers of the drawings that are there."""
        return np.flatnonzero(self.done)


def fill(
    pool: Pool,
    draw: Callable[[int], Sequence[Patch]],
    group: int,
    progress: Progress,
    worker: int = 0,
    workers: int = 1,
    again: bool = False,
) -> int:
    """Draw what is missing (``again``: all, in place, as after a change to the drawing); returns how many were made.

    ``draw(g)`` gives the ``group`` drawings from ``g * group`` on; of several workers each takes its own groups.
    """
    made = 0
    for number in range(worker, pool.spec.count // group, workers):
        if progress.cancelled():
            break
        first = number * group
        if not again and pool.done[first : first + group].all():
            continue
        for offset, patch in enumerate(draw(number)):
            pool.put(first + offset, patch)
            made += 1
        if number % 250 == 0:
            progress.report(first / pool.spec.count, f"{first} of {pool.spec.count} drawn")
    return made
