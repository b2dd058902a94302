"""Which pixels' histories are believed: the temporal filter of a series."""

from __future__ import annotations

import numpy as np

from ..common.packages import need
from .historyraster import Candidates
from .timeline import LONE, OPEN, SURE, trust

#: What one image alone shows is believed this far (pixels) from where others saw the same feature at the same date.
REACH = 48
#: An image of which this share, and this many times the other images' usual share, stands alone is itself in doubt.
#: The first and the last need more: what came for good right after the first date, or just now, stands alone there too.
SUSPECT_SHARE, SUSPECT_SHARE_AT_ENDS, SUSPECT_TIMES = 0.01, 0.05, 4.0


def suspects(observed: np.ndarray, alone: np.ndarray) -> np.ndarray:
    """(n,) bool: images that as a whole do not look like the others (glare, haze, misregistration, frost).

    ``observed`` and ``alone`` count the pixels of each of n dates, in time order.
    """
    share = alone / np.maximum(observed, 1)
    if share.size < 3:
        return np.zeros(share.size, bool)
    usual = np.array([np.median(np.delete(share, k)) for k in range(share.size)])
    least = np.full(share.size, SUSPECT_SHARE)
    least[[0, -1]] = SUSPECT_SHARE_AT_ENDS
    return (share > least) & (share > SUSPECT_TIMES * usual)


def believed(found: Candidates, shape: tuple[int, int], doubtful: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(believed, alone): bool (m,) of the candidates of a window of ``shape`` pixels.

    Believed is what each of its two states shows at two dates at least; what only the first or the last image shows,
    unless that image is ``doubtful`` (n,); and what one image alone shows where it grows out of something believed that
    stands there at the same date. The rest is ``alone``.
    """
    told, odd = trust(found.present, found.valid)
    sound = ~doubtful[np.maximum(odd, 0)]
    yes = (told == SURE) | ((told == OPEN) & sound)
    lone = (told == LONE) & sound
    at = found.rows, found.columns
    for date in np.unique(odd[lone]):
        here = lone & (odd == date) & found.present[date]
        root = yes & found.present[date]
        if here.any() and root.any():
            seed, way = np.zeros(shape, np.uint8), np.zeros(shape, np.uint8)
            seed[at] = root
            way[at] = root | here
            yes = yes | (here & _grown(seed, way)[at])
    return yes, (told == LONE) & ~yes


def _grown(seed: np.ndarray, way: np.ndarray) -> np.ndarray:
    """Where ``way`` is reached from ``seed`` within ``REACH`` steps (8-connected), bool."""
    cv2 = need("cv2")
    kernel = np.ones((3, 3), np.uint8)
    for _ in range(REACH):
        wider = cv2.dilate(seed, kernel) & way
        if np.array_equal(wider, seed):
            break
        seed = wider
    return seed.astype(bool)
