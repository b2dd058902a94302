"""Grids and embedders of known answers, without images and networks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from marscd_plugin.analogue.grids import ChipBlock
from marscd_plugin.common.progress import check
from marscd_plugin.common.words import Chip, EmbeddingCard
from marscd_plugin.inference.embedding import unit

PX = 8


class Grid:
    """Chips on a line, ``first`` to ``first + count``, ``step`` metres apart; every 10th + 3 nodata, + 7 texture."""

    def __init__(self, count: int, first: int = 0, source: str = "a.tif", chip_size: float = 500.0) -> None:
        self.count, self.first, self.source = count, first, source
        self.chip_size, self.step, self.chip_px = chip_size, 250.0, PX
        self.regions: tuple[str, ...] = ()
        self.asked: list[int] = []

    def chips(self, ids: Sequence[int]) -> tuple[Chip, ...]:
        return tuple(
            Chip(self.source, 250.0 * (self.first + i), -10.0, 500.0, 0.01 * (self.first + i), -4.0, "Mars")
            for i in ids
        )

    def pixels(self, i: int) -> np.ndarray:
        return np.random.default_rng(10**6 + self.first + i).normal(size=(PX, PX)).astype(np.float32)

    def why(self, i: int) -> str:
        return {3: "nodata", 7: "texture"}.get((self.first + i) % 10, "")

    def blocks(self, progress, ids=None, size: int = 64) -> Iterator[ChipBlock]:
        wanted = np.arange(self.count) if ids is None else np.asarray(ids)
        for at in range(0, len(wanted), size):
            check(progress)
            here = wanted[at : at + size]
            self.asked += here.tolist()
            why = tuple(self.why(int(i)) for i in here)
            pixels = np.stack([self.pixels(int(i)) for i in here])
            yield ChipBlock(here.astype(np.int64), pixels, np.array([not w for w in why]), why)


class Embedder:
    """The first ``dimensions`` pixels, at length 1."""

    def __init__(self, dimensions: int = 5, name: str = "first") -> None:
        self.card = EmbeddingCard(name, "chips", "vectors", PX, 1, dimensions, "cosine", "chip", alike=0.6, version="1")
        self.path = Path(f"{name}.onnx")
        self.sha256 = hashlib.sha256(name.encode()).hexdigest()
        self.batch = 16
        self.embedded = 0

    def embed(self, pixels: np.ndarray) -> np.ndarray:
        self.embedded += len(pixels)
        return unit(pixels.reshape(len(pixels), -1)[:, : self.card.dimensions])

    def stream(self, groups):
        for tag, pixels in groups:
            yield tag, self.embed(pixels)


def clusters(count: int, dimensions: int, kinds: int = 6, spread: float = 0.35, seed: int = 1):
    """Unit vectors about ``kinds`` centres, and which each belongs to."""
    rng = np.random.default_rng(seed)
    centres = unit(rng.normal(size=(kinds, dimensions)))
    labels = rng.integers(0, kinds, count)
    return unit(centres[labels] + spread * rng.normal(size=(count, dimensions)) / np.sqrt(dimensions)), labels
