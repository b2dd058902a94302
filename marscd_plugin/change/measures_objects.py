"""Objects of a truth and of a prediction, counted strip by strip: which were found, and which are false.

Objects are 8-connected groups of at least ``LEAST`` compared pixels. A true one is found where at least ``OVERLAP`` of
its pixels have a predicted pixel among the 3x3 around them; a predicted one is false where no true pixel is among the
3x3 around any of its pixels. Memory grows with the objects, not with the image.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..common.packages import need

#: Smaller groups count neither as true nor as false objects: they are not told from noise.
LEAST = 4
OVERLAP = 0.25


@dataclass(frozen=True)
class ObjectCounts:
    """True objects and those found; predicted objects and those that are false."""

    objects: int
    found: int
    predicted: int
    false: int


class _Groups:
    """Connected groups over strips from the top, with the size of each and how many of its pixels are marked."""

    def __init__(self) -> None:
        self._ndimage = need("scipy.ndimage")
        self._sizes: list[np.ndarray] = []
        self._marked: list[np.ndarray] = []
        self._pairs: list[np.ndarray] = []
        self._above = np.zeros(0, np.int64)
        self._count = 0

    def add(self, mask: np.ndarray, marked: np.ndarray) -> None:
        labels, count = self._ndimage.label(mask, np.ones((3, 3), np.int8))
        self._sizes.append(np.bincount(labels.ravel(), minlength=count + 1)[1:])
        self._marked.append(np.bincount(labels[marked & mask], minlength=count + 1)[1:])
        named = np.where(labels > 0, labels.astype(np.int64) + self._count, 0)
        top = named[0]
        if self._above.size == top.size:
            for one, two in ((top, self._above), (top[1:], self._above[:-1]), (top[:-1], self._above[1:])):
                met = (one > 0) & (two > 0)
                if met.any():
                    self._pairs.append(np.unique(np.stack((one[met], two[met])), axis=1))
        self._above = named[-1]
        self._count += count

    def finish(self) -> tuple[np.ndarray, np.ndarray]:
        """(sizes, marked pixels) of the whole groups."""
        if not self._count:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        sparse, graph = need("scipy.sparse"), need("scipy.sparse.csgraph")
        met = np.concatenate(self._pairs, axis=1) - 1 if self._pairs else np.zeros((2, 0), np.int64)
        shape = (self._count, self._count)
        groups, which = graph.connected_components(
            sparse.coo_matrix((np.ones(met.shape[1], np.int8), (met[0], met[1])), shape=shape), directed=False
        )
        sizes, marked = (
            np.bincount(which, weights=np.concatenate(parts), minlength=groups).astype(np.int64)
            for parts in (self._sizes, self._marked)
        )
        return sizes, marked


class Objects:
    """Feed strips of full width from the top with ``add``, then call ``finish`` once."""

    def __init__(self) -> None:
        self._true, self._said = _Groups(), _Groups()

    def add(self, true: np.ndarray, said: np.ndarray, near_said: np.ndarray, near_true: np.ndarray) -> None:
        """All bool (rows, columns), only compared pixels set: truth, prediction, and where either is within a pixel."""
        self._true.add(true, near_said)
        self._said.add(said, near_true)

    def finish(self) -> ObjectCounts:
        """The counts over all strips."""
        sizes, near = self._true.finish()
        large = sizes >= LEAST
        predicted, touched = self._said.finish()
        wide = predicted >= LEAST
        return ObjectCounts(
            objects=int(large.sum()),
            found=int((near[large] >= OVERLAP * sizes[large]).sum()),
            predicted=int(wide.sum()),
            false=int((touched[wide] == 0).sum()),
        )


def within_a_pixel(mask: np.ndarray) -> np.ndarray:
    """Where any of the 3x3 pixels around is set; bool (rows, columns)."""
    return np.asarray(need("scipy.ndimage").binary_dilation(mask, np.ones((3, 3), bool)))
