"""Which observations make a series together: those that look at one and the same ground.

Overlaps come from footprints alone. A series needs ground that all of its images show: a chain of neighbours, each
overlapping the next, is none. So groups are grown from the image that has the best partners, and an image joins as long
as enough ground stays common to all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..common.errors import InputError
from ..common.packages import need
from ..common.progress import Progress, check
from ..common.words import Area, Observation
from ..planet import bodies
from ..planet.areas import simple_parts
from ..planet.geometry import from_shapely, to_shapely

#: More overlapping pairs than this fill no layer that anyone reads.
MOST_PAIRS = 300_000
_TOGETHER = 2000


@dataclass(frozen=True)
class Overlap:
    """What two images both show. ``share`` is of the smaller footprint, 0..1; ``m2`` square metres; ``shape`` the
    ground in degrees (shapely)."""

    shape: Any
    share: float
    m2: float

    @property
    def ground(self) -> Area:
        """The ground as an area."""
        return from_shapely(self.shape)

    @property
    def wkt(self) -> str:
        """The ground as a MULTIPOLYGON in degrees: lines and points where footprints touch are left out."""
        shapely = need("shapely")
        return shapely.MultiPolygon([g for g in simple_parts(self.shape) if g.geom_type == "Polygon"]).wkt


@dataclass(frozen=True)
class Group:
    """A series: its product ids, and the ground that all of them show."""

    name: str
    members: tuple[str, ...]
    common: Area


def overlaps(
    observations: Sequence[Observation], progress: Progress, least: float = 0.0
) -> dict[tuple[int, int], Overlap]:
    """(index, later index) -> what both show, for pairs that share more than ``least`` of the smaller one's ground.

    Footprints are cut at 180 degrees, so that pairs across it are found too. Raises InputError for more than
    MOST_PAIRS overlapping pairs, CancelledError.
    """
    shapely = need("shapely")
    shapes = np.array([to_shapely(o.footprint) for o in observations])
    sizes = _square_metres(shapes)
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    first, second = first[first < second], second[first < second]
    if len(first) > MOST_PAIRS:
        raise InputError(
            f"{len(first):,} pairs of footprints overlap; at most {MOST_PAIRS:,} are compared.",
            "Choose a smaller area or season.",
        )
    order = np.lexsort((second, first))
    found: dict[tuple[int, int], Overlap] = {}
    for start in range(0, len(order), _TOGETHER):
        check(progress)
        progress.report(start / len(order))
        a, b = first[order[start : start + _TOGETHER]], second[order[start : start + _TOGETHER]]
        grounds = shapely.intersection(shapes[a], shapes[b])
        metres = _square_metres(grounds)
        # Footprints that only touch share lines and points, which have no inside.
        shares = np.minimum(metres / np.maximum(np.minimum(sizes[a], sizes[b]), 1e-9), 1.0)
        for i in np.flatnonzero((metres > 0) & (shares > least)):
            found[int(a[i]), int(b[i])] = Overlap(grounds[i], float(shares[i]), float(metres[i]))
    return found


def _square_metres(shapes: Any) -> np.ndarray:
    """Areas on the sphere: plane ones in longitude and the sine of latitude, where equal areas are equal.

    Edges count as straight there; of footprints of a degree the error is some millionths.
    """
    shapely = need("shapely")

    def equal(points: np.ndarray) -> np.ndarray:
        radians = np.radians(points)
        return np.column_stack([radians[:, 0], np.sin(radians[:, 1])])

    return shapely.area(shapely.transform(shapes, equal)) * bodies.MARS.radius**2


def group(
    observations: Sequence[Observation],
    shared: Mapping[tuple[int, int], Overlap],
    scores: Mapping[tuple[int, int], float],
    least: float,
) -> list[Group]:
    """Series of two or more observations, each observation in at most one; the largest sum of scores first.

    Two members of a series share at least ``least`` of the smaller one's ground, and so does the ground that all
    members show of the smallest one.
    """
    links: dict[int, dict[int, float]] = {}
    for (a, b), overlap in shared.items():
        if overlap.share >= least:
            score = scores.get((a, b), 0.0)
            links.setdefault(a, {})[b] = score
            links.setdefault(b, {})[a] = score
    left = set(links)
    groups: list[Group] = []
    while left:
        # The one whose partners that are left compare best with it.
        seed = max(sorted(left), key=lambda i: sum(s for j, s in links[i].items() if j in left))
        members, common = _grow(seed, links, left, observations, least)
        left.discard(seed)
        if len(members) > 1:
            left -= set(members)
            names = sorted(members, key=lambda i: (observations[i].start_time, observations[i].product_id))
            groups.append(Group(f"S{len(groups) + 1}", tuple(observations[i].product_id for i in names), common))
    return groups


def _grow(
    seed: int,
    links: Mapping[int, Mapping[int, float]],
    left: set[int],
    observations: Sequence[Observation],
    least: float,
) -> tuple[list[int], Area]:
    members, common = [seed], to_shapely(observations[seed].footprint)
    smallest = float(_square_metres(common))
    for other in sorted((j for j in links[seed] if j in left), key=lambda j: (-links[seed][j], j)):
        if any(m != seed and other not in links[m] for m in members):
            continue
        footprint = to_shapely(observations[other].footprint)
        ground = common.intersection(footprint)
        size = min(smallest, float(_square_metres(footprint)))
        if ground.area > 0 and float(_square_metres(ground)) >= least * size:
            members.append(other)
            common, smallest = ground, size
    return members, from_shapely(common)
