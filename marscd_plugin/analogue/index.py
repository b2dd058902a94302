"""An index of chips: embedded once, kept in a folder, searched many times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from ..common.errors import InputError
from ..common.progress import Progress
from ..common.words import Chip, EmbeddingCard
from ..inference.embedding import Embedder
from .indexbuild import need_same, remove_index, write_index
from .indexfiles import EMBEDDED, STATES, Files, read_files
from .nearest import Signs, distances_to, fast, measured_after, nearest_flat

__all__ = ["Index", "build_index", "distances_to", "open_index", "remove_index"]

_MOST_TARGETS = 100_000


def build_index(folder: Path | str, grid: Any, embedder: Embedder, progress: Progress) -> Index:
    """Embed the chips of a ``ChipGrid`` into ``folder``, or take up what is there; the open index.

    A build that was stopped goes on where it was; an index of the same embedding and chip size with other chips gives
    the vectors of those that are the same. Raises InputError (an index of another embedding or chip size stands there),
    OutputError, CancelledError, and what the grid and the embedder raise.
    """
    write_index(Path(folder), grid, embedder, progress)
    return open_index(folder)


def open_index(folder: Path | str) -> Index:
    """Open a finished index. Raises InputError, naming the folder, where it is none or anything in it is wrong."""
    return Index(Path(folder), read_files(Path(folder)))


class Index:
    """Chips with their vectors and places; ids are the grid's numbers.

    ``vectors`` float32 (N, D), mapped from the disk, a row of NaN for a chip that is not usable; ``places`` an array
    (N,) with x, y, size, longitude, latitude (NaN without) and the numbers of source, body and region.
    """

    def __init__(self, folder: Path, files: Files) -> None:
        self.folder = folder
        self._files = files
        self.vectors: np.ndarray = files.vectors
        self.places: np.ndarray = files.places
        #: Where a chip can be found at all, bool (N,).
        self.usable: np.ndarray = files.state == EMBEDDED

    @property
    def count(self) -> int:
        """Chips, usable or not."""
        return self._files.manifest.count

    @property
    def card(self) -> EmbeddingCard:
        """The card of the embedding that made the vectors."""
        return self._files.manifest.card

    @property
    def card_name(self) -> str:
        """The embedding's name."""
        return self.card.name

    @property
    def model_sha256(self) -> str:
        """The checksum of the embedding's file."""
        return self._files.manifest.model

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return self.card.dimensions

    @property
    def chip_size(self) -> float | None:
        """The edge of a chip, metres (pixels without a CRS); None for a folder of several sizes."""
        return self._files.manifest.chip_size

    @property
    def step(self) -> float | None:
        """From one chip to the next, metres; None for regions and folders."""
        return self._files.manifest.step

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that chips belong to, in order."""
        return self._files.strings.regions

    @cached_property
    def usable_ids(self) -> np.ndarray:
        """The ids that can be found, int64."""
        return np.flatnonzero(self.usable)

    def unusable(self) -> dict[str, int]:
        """How many chips are not usable, by why (``indexfiles.STATES``)."""
        counts = np.bincount(self._files.state, minlength=len(STATES))
        return {name: int(n) for name, n in zip(STATES, counts, strict=True) if n and name not in ("todo", "embedded")}

    def need(self, embedder: Embedder, chip_size: float | None = None) -> None:
        """Raises InputError where this index was made with another embedding, or chips of another size."""
        need_same(self.folder, self._files.manifest, embedder, chip_size)

    def chip(self, i: int) -> Chip:
        """One chip."""
        return self.chips([i])[0]

    def chips(self, ids: Iterable[int]) -> tuple[Chip, ...]:
        """The chips of ``ids``. Raises InputError for an id that there is not."""
        wanted = self._ids(ids)
        strings = self._files.strings
        made = []
        for row in self.places[wanted]:
            longitude, latitude = float(row["longitude"]), float(row["latitude"])
            known = longitude == longitude and latitude == latitude
            made.append(
                Chip(
                    strings.sources[row["source"]],
                    float(row["x"]),
                    float(row["y"]),
                    float(row["size"]),
                    longitude if known else None,
                    latitude if known else None,
                    strings.bodies[row["body"]] if row["body"] >= 0 else "",
                    strings.regions[row["region"]] if row["region"] >= 0 else "",
                )
            )
        return tuple(made)

    def distances(self, vector: np.ndarray) -> np.ndarray:
        """The distance of every chip to a vector (D,), float32 (N,): Euclidean, of unit vectors (0..2) under cosine.

        NaN for a chip that is not usable. Raises InputError for a vector of another length.
        """
        query = self._queries(np.asarray(vector)[None] if np.ndim(vector) == 1 else vector)
        if len(query) != 1:
            raise InputError(f"Distances are to one vector; {len(query)} came.")
        return distances_to(self.vectors, query[0])

    def search(self, vectors: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        """The ``k`` nearest chips of each target (T, D): distances float32 (T, k), ids int64 (T, k), nearest first.

        Where there are fewer usable chips, inf and -1. Large indexes go by signs first (``nearest``), so a few
        of the k may be missed; the distances are exact always. Raises InputError for vectors of another length.
        """
        queries = self._queries(vectors)
        k = max(1, int(k))
        if self._signs is None:
            found = nearest_flat(self.vectors, queries, min(k, self.count))
        else:
            found = self._signs.nearest(queries, measured_after(self.dimensions, k))
        distances = np.full((len(queries), k), np.inf, np.float32)
        ids = np.full((len(queries), k), -1, np.int64)
        for row, query in enumerate(queries):
            # In order of the disk; a chip found by its signs alone may be one without a vector.
            near = np.sort(found[row][found[row] >= 0])
            near = near[self.usable[near]]
            exact = distances_to(self.vectors[near], query)
            order = np.argsort(exact, kind="stable")[:k]
            distances[row, : len(order)], ids[row, : len(order)] = exact[order], near[order]
        return distances, ids

    @cached_property
    def _signs(self) -> Signs | None:
        middle = self._files.manifest.middle
        if self._files.signs is None or middle is None or not fast():
            return None
        return Signs(np.asarray(self._files.signs), np.array(middle, np.float32))

    def _queries(self, vectors: np.ndarray) -> np.ndarray:
        queries = np.ascontiguousarray(vectors, np.float32)
        if queries.ndim != 2 or queries.shape[1] != self.dimensions:
            raise InputError(
                f"The index in {self.folder} has vectors of {self.dimensions} numbers, and the target has "
                f"{queries.shape[-1] if queries.ndim else 0}.",
                "Embed the target with the embedding that made the index.",
            )
        if not 1 <= len(queries) <= _MOST_TARGETS:
            raise InputError(f"An index is searched for 1 to {_MOST_TARGETS:,} targets, not {len(queries):,}.")
        if not np.isfinite(queries).all():
            raise InputError("A target has no vector.", "Choose a target with texture and without missing pixels.")
        return queries

    def _ids(self, ids: Iterable[int] | Sequence[int]) -> np.ndarray:
        wanted = np.asarray(list(ids), np.int64)
        if len(wanted) and (wanted.min() < 0 or wanted.max() >= self.count):
            raise InputError(
                f"The index in {self.folder} has {self.count:,} chips, and no chip {int(wanted.max())}.",
                "Use the numbers of a search in this index.",
            )
        return wanted
