"""Nearest vectors: exact by faiss's flat search, or the nearest by signs first, measured truly after.

A flat search reads every vector: 512 MB for a million of 128 numbers. Signs (does each number lie above its median?)
are 32 times smaller; the few thousand vectors whose signs differ least are then measured exactly. What is lost is told
in docs/benchmarks.md as recall@50 against the exact search. Short vectors have too few signs and are always searched
flat.

Where faiss is missing, or was built for another numpy, numpy searches flat: the same answers, more slowly.
"""

from __future__ import annotations

import logging
from typing import Any

import numpy as np

from ..common.errors import MissingPackageError
from ..common.packages import need

log = logging.getLogger(__name__)

#: Above so many numbers in all vectors together, signs come first (64 Mi numbers are 256 MiB).
FLAT_NUMBERS = 1 << 26
#: Vectors with fewer numbers have too few signs.
LEAST_SIGNS = 64
#: Signs are taken about the median of at most so many vectors.
_SAMPLE = 20_000
_ROWS = 1 << 15


def wants_signs(count: int, dimensions: int) -> bool:
    """True where a search goes by signs first."""
    return dimensions >= LEAST_SIGNS and count * dimensions > FLAT_NUMBERS


def measured_after(dimensions: int, k: int) -> int:
    """How many of the nearest by signs are measured: fewer signs tell less, so more are."""
    return max(10_000 if dimensions >= 128 else 20_000, 20 * k)


def middle_of(vectors: np.ndarray) -> np.ndarray:
    """The median of each number over an even sample of the vectors that are there, float32 (D,)."""
    sample = np.asarray(vectors[:: max(1, len(vectors) // _SAMPLE)])
    sample = sample[np.isfinite(sample).all(axis=1)]
    return np.median(sample, axis=0).astype(np.float32) if len(sample) else np.zeros(vectors.shape[1], np.float32)


def signs_of(vectors: np.ndarray, middle: np.ndarray) -> np.ndarray:
    """Which numbers lie above the middle: uint8 (N, D / 8 rounded up). A row of NaN has none."""
    return np.packbits(np.asarray(vectors) > middle, axis=1)


def distances_to(vectors: np.ndarray, query: np.ndarray) -> np.ndarray:
    """Euclidean distances float32 (N,) of rows (N, D) to one vector (D,); NaN for rows of NaN. Block by block."""
    made = np.empty(len(vectors), np.float32)
    query = np.asarray(query, np.float32)
    for at in range(0, len(vectors), _ROWS):
        # Differences, not the product of lengths: near vectors would drown in its rounding.
        block = np.asarray(vectors[at : at + _ROWS], np.float32) - query
        made[at : at + _ROWS] = np.sqrt(np.einsum("nd,nd->n", block, block))
    return made


def nearest_flat(vectors: np.ndarray, queries: np.ndarray, k: int) -> np.ndarray:
    """The ids (T, k) of the k nearest, in no order that matters; -1 where there are no more. NaN is never found."""
    faiss = _faiss()
    if faiss is not None:
        return faiss.knn(queries, vectors, k, metric=faiss.METRIC_L2)[1]
    found = np.full((len(queries), k), -1, np.int64)
    for row, query in enumerate(queries):
        distances = distances_to(vectors, query)
        near = np.argpartition(distances, k - 1)[:k]  # NaN comes last.
        near = near[np.isfinite(distances[near])]
        found[row, : len(near)] = near
    return found


def fast() -> bool:
    """True where faiss is there."""
    return _faiss() is not None


class Signs:
    """Signs held in memory for many searches."""

    def __init__(self, signs: np.ndarray, middle: np.ndarray) -> None:
        faiss = need("faiss")
        self._middle = middle
        self._index: Any = faiss.IndexBinaryFlat(signs.shape[1] * 8)
        self._index.add(np.ascontiguousarray(signs))
        # Counting by distance instead of a heap: for thousands of results several times faster.
        self._index.use_heap = False

    def nearest(self, queries: np.ndarray, k: int) -> np.ndarray:
        """The ids (T, k) whose signs differ least, in no order that matters; -1 where there are no more."""
        _faiss()
        _, ids = self._index.search(signs_of(queries, self._middle), min(k, self._index.ntotal))
        return ids


def _faiss() -> Any:
    """faiss, with one thread; None where it is missing."""
    try:
        faiss = need("faiss")
    except MissingPackageError as error:
        log.info("numpy searches: %s", error)
        return None
    # One thread: a search of one target gains nothing from two (its speed is the memory's), and beside other work
    # OpenMP's threads spin while they wait for each other: 1.3 ms became 500 ms (two cores at a load of 12).
    if faiss.omp_get_max_threads() != 1:
        faiss.omp_set_num_threads(1)
    return faiss
