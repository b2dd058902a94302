"""Batches for training: from drawings made as they are needed, or from a pool on disk.

Both feeds crop, turn and disturb every drawing anew each time it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Protocol

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from ..common.errors import InputError
from ..inference.ahead import ahead
from .augment import Patch, crop, vary, vary_told
from .pool import Pool

#: Chance that a window is cut around a change, where a drawing of a pool holds one.
ON_CHANGE = 0.6


@dataclass(frozen=True)
class Batch:
    """Tensors of one batch: images, ``truth`` and ``valid`` float32 (N,1,S,S), ``classes`` uint8, ``context`` (N,4)."""

    before: Tensor
    after: Tensor
    truth: Tensor
    valid: Tensor
    classes: Tensor
    context: Tensor

    def to(self, device: torch.device) -> Batch:
        """The same on another device."""
        return Batch(*(getattr(self, f.name).to(device) for f in fields(self)))


class Source(Protocol):
    """Where ``fit`` takes its batches from."""

    def batch(self) -> Batch:
        """The next batch."""


def stack(patches: list[Patch]) -> Batch:
    """Patches of one size as a batch."""
    before, after, truth, valid, classes = (
        torch.from_numpy(np.stack([getattr(p, name) for p in patches])[:, None])
        for name in ("before", "after", "truth", "valid", "classes")
    )
    context = torch.from_numpy(np.stack([p.context for p in patches]))
    return Batch(before, after, truth, valid, classes, context)


class StreamFeed:
    """Batches from a stream of fresh patches and a store of earlier ones, each shown ``reuse`` times on average."""

    def __init__(
        self,
        fresh: Iterator[Patch],
        *,
        batch: int,
        size: int,
        reuse: int = 2,
        kept: int = 256,
        seed: tuple[int, ...] = (0,),
    ) -> None:
        self._fresh, self._batch, self._size, self._reuse, self._most = fresh, batch, size, reuse, kept
        self._rng = np.random.default_rng(seed)
        self._kept: list[Patch] = []
        self.drawn = 0

    def batch(self) -> Batch:
        """The next batch."""
        rng = self._rng
        wanted = max(1, round(self._batch / self._reuse)) if self._kept else self._batch
        patches = []
        for _ in range(wanted):
            patch = next(self._fresh)
            self.drawn += 1
            patches.append(patch)
            if len(self._kept) < self._most:
                self._kept.append(patch)
            else:
                self._kept[int(rng.integers(self._most))] = patch
        while len(patches) < self._batch:
            patches.append(self._kept[int(rng.integers(len(self._kept)))])
        return stack([vary(crop(patch, self._size, rng), rng) for patch in patches])


class PoolFeed:
    """Batches from pools on disk, made one ahead in a thread; what is drawn meanwhile is taken up as it comes.

    ``chosen`` restricts a pool to its first so many drawings (for runs that must not depend on what came later).
    """

    def __init__(self, pool: Pool, *, batch: int, size: int, seed: tuple[int, ...] = (0,), chosen: int | None = None):
        self._pool, self._batch, self._size, self._chosen = pool, batch, size, chosen
        self._rng = np.random.default_rng(seed)
        if len(self._ready()) < batch:
            raise InputError(f"The pool {pool.folder} holds hardly any drawing yet.", "Draw some first.")
        self._made = ahead(self._batches(), depth=2)
        self.drawn = 0

    def _ready(self) -> np.ndarray:
        ready = self._pool.ready()
        return ready if self._chosen is None else ready[ready < self._chosen]

    def _batches(self) -> Iterator[Batch]:
        rng = self._rng
        while True:
            ready = self._ready()
            for _ in range(200):
                patches = []
                for index in rng.choice(ready, self._batch, replace=False):
                    patch = crop(self._pool.get(int(index)), self._size, rng, ON_CHANGE)
                    patches.append(vary_told(patch, rng))
                yield stack(patches)

    def batch(self) -> Batch:
        """The next batch."""
        return next(self._made)

    def close(self) -> None:
        """Stop the thread."""
        self._made.close()  # type: ignore[attr-defined]


class _Numbered(Dataset):
    """``draw(i)`` for i counted from ``start``, as the data set a DataLoader's workers read."""

    def __init__(self, draw: Callable[[int], Patch], start: int) -> None:
        self._draw, self._start = draw, start

    def __len__(self) -> int:
        return 100_000_000

    def __getitem__(self, index: int) -> Patch:
        return self._draw(self._start + index)


def _one_thread(_worker: int) -> None:
    torch.set_num_threads(1)


def _identity(patch: Patch) -> Patch:
    return patch


def stream(draw: Callable[[int], Patch], start: int, workers: int) -> Iterator[Patch]:
    """Patches ``draw(start)``, ``draw(start + 1)`` ... in order, drawn ahead by worker processes (0: here)."""
    loader = DataLoader(
        _Numbered(draw, start),
        batch_size=None,
        shuffle=False,
        num_workers=workers,
        prefetch_factor=16 if workers else None,
        collate_fn=_identity,  # type: ignore[arg-type]
        worker_init_fn=_one_thread,
    )
    return iter(loader)
