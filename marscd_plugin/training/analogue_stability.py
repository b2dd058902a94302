"""Is a chip known again after it was turned, rescaled, relit, blurred? Top-1 among all chips of a set.

The gallery is the middle of every chip as it is; a query is one of them disturbed (``analogue_views.disturbed``, drawn
from the seed). It is known again when the nearest chip of the gallery is itself; other crops of its observation stand
in the gallery too, some of them of the same ground.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..common.progress import Progress, check
from .analogue_views import DISTURBANCES, disturbed, window
from .chip_sets import ChipSet
from .retrieval import group_interval, pairwise
from .scoring import Interval

#: Chips (N, px, px) in any unit -> vectors (N, D).
Embed = Callable[[NDArray[np.float32]], NDArray[np.float32]]

#: The middle of a published crop that stands in the gallery: turned or widened 1.4 times it still lies inside.
BASE = 0.7


@dataclass(frozen=True)
class Steadiness:
    """``kind`` of disturbance; ``gallery`` and ``queries`` (N, D), chip by chip; ``groups`` (N,)."""

    kind: str
    gallery: NDArray[np.float32]
    queries: NDArray[np.float32]
    groups: NDArray[np.str_]
    metric: str = "euclidean"

    def kept(self, change: Callable[[NDArray], NDArray] | None = None) -> NDArray[np.bool_]:
        """(N,) whether each chip's nearest is itself; ``change`` is applied to the vectors first."""
        gallery, queries = (change(v) if change else v for v in (self.gallery, self.queries))
        return np.argmin(pairwise(queries, gallery, self.metric), axis=1) == np.arange(len(queries))

    def interval(self) -> Interval:
        """Share of the chips known again, 0..1, with its 95 % interval over observations."""
        return group_interval(self.kept(), np.zeros(len(self.queries)), self.groups, balanced=False)


def stability(
    embed: Embed,
    chips: ChipSet,
    px: int,
    progress: Progress,
    seed: int = 1,
    metric: str = "euclidean",
    kinds: tuple[str, ...] = DISTURBANCES,
) -> list[Steadiness]:
    """One ``Steadiness`` a kind of disturbance. ``chips`` are at their published size (227 pixels)."""
    gallery = embed(np.stack([window(_filled(c), px, BASE) / np.float32(255.0) for c in chips.pixels]))
    made = []
    for number, kind in enumerate(kinds):
        check(progress)
        queries = [
            disturbed(_filled(c), px, kind, np.random.default_rng((seed, number, k)), BASE)
            for k, c in enumerate(chips.pixels)
        ]
        made.append(Steadiness(kind, gallery, embed(np.stack(queries)), chips.groups, metric))
        progress.report((number + 1) / len(kinds))
    return made


def _filled(image: NDArray[np.float32]) -> NDArray[np.float32]:
    """What was not seen as the median, since a view mixes neighbouring pixels."""
    there = np.isfinite(image)
    if there.all():
        return image
    return np.where(there, image, np.float32(np.median(image[there]) if there.any() else 0.0))
