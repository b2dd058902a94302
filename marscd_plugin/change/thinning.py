"""Centrelines of changes: how long a thin, bent or branching change is along its middle, all branches together.

Thinning after Guo and Hall (1989, Commun. ACM 32, 359), which leaves lines of one pixel also on diagonals, on the
changed pixels alone: the cost grows with what changed, not with the image. Changes never touch one another, so that a
block with all of them is thinned at once.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

#: Rounds of thinning at most: a change that is wider than twice as many pixels has no centreline here.
ROUNDS = 24
#: Pixels around a block that its thinning depends on, to what these measures need.
HALO = 2 * ROUNDS

# Steps to the neighbours N, NE, E, SE, S, SW, W, NW as (row, column).
_STEPS = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))


@lru_cache(maxsize=1)
def _tables() -> tuple[np.ndarray, np.ndarray]:
    """For each of the two halves of a round: whether a pixel with these neighbours (bits in ``_STEPS``' order) goes."""
    codes = np.arange(256)
    n, ne, e, se, s, sw, w, nw = ((codes >> k & 1).astype(bool) for k in range(8))
    crossings = (
        (~n & (ne | e)).astype(int) + (~e & (se | s)).astype(int) + (~s & (sw | w)).astype(int)
        + (~w & (nw | n)).astype(int)
    )  # fmt: skip
    one = sum((a | b).astype(int) for a, b in ((nw, n), (ne, e), (se, s), (sw, w)))
    two = sum((a | b).astype(int) for a, b in ((n, ne), (e, se), (s, sw), (w, nw)))
    few = np.minimum(one, two)
    goes = (crossings == 1) & (few >= 2) & (few <= 3)
    return goes & ~((s | sw | ~nw) & w), goes & ~((n | ne | ~se) & e)


def centreline(shape: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(centreline, thick): bool (rows, columns) of the middle of what is True in ``shape``.

    ``thick`` marks what was still more than one pixel wide after ``ROUNDS``.
    """
    rows, columns = shape.shape
    image = np.zeros((rows + 2, columns + 2), np.uint8)
    image[1:-1, 1:-1] = shape
    flat = image.reshape(-1)
    offsets = [r * (columns + 2) + c for r, c in _STEPS]
    left = np.flatnonzero(flat)
    gone_lately = left
    for _ in range(ROUNDS):
        before = left.size
        for table in _tables():
            code = np.zeros(left.size, np.uint8)
            for bit, offset in enumerate(offsets):
                code |= flat[left + offset] << np.uint8(bit)
            goes = table[code]
            gone_lately = left[goes]
            flat[gone_lately] = 0
            left = left[~goes]
        if left.size == before:
            break
    thick = np.zeros_like(image)
    if left.size and gone_lately.size:
        # What still wears away: its neighbours are the rest of the wide places.
        for offset in offsets:
            thick.reshape(-1)[gone_lately + offset] = 1
        thick &= image
    return image[1:-1, 1:-1].astype(bool), thick[1:-1, 1:-1].astype(bool)


def steps(line: np.ndarray, numbers: np.ndarray, count: int) -> np.ndarray:
    """(3, count + 1): steps along columns, along rows and along diagonals of each number's centreline.

    ``line`` bool and ``numbers`` int32, (rows, columns). A step belongs to the pixel it leaves (to the east or the
    south), so that blocks add up. A diagonal step counts where the two pixels are not joined round the corner too.
    """
    padded = np.pad(line, 1)
    here, east, south = padded[1:-1, 1:-1], padded[1:-1, 2:], padded[2:, 1:-1]
    southeast, southwest, west = padded[2:, 2:], padded[2:, :-2], padded[1:-1, :-2]
    down_right = here & southeast & ~east & ~south
    down_left = here & southwest & ~west & ~south
    out = np.zeros((3, count + 1))
    for row, hit in ((0, here & east), (1, here & south), (2, down_right), (2, down_left)):
        out[row] += np.bincount(numbers[hit], minlength=count + 1)
    return out
