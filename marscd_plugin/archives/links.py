"""What several cameras on board saw at once: HiRISE, CTX and CRISM products of one orbit, at one place and time.

MRO counts orbits for all its instruments alike, and on one orbit each may look at many places; so the same orbit
number is not enough: the starts must lie within minutes, too. Codes in names do not help: HiRISE's are rounded to half
degrees, CTX's are not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from ..common.words import Observation
from ..planet.geometry import intersects

#: CTX's longest strips take some minutes; HiRISE and CRISM look while they run.
APART = timedelta(minutes=6)


def link_orbits(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    """The same observations in the same order, each with the ids of the other instruments' that go with it."""
    listed = tuple(observations)
    by_orbit: dict[int, list[Observation]] = defaultdict(list)
    for one in listed:
        if one.orbit is not None:
            by_orbit[one.orbit].append(one)
    return tuple(replace(one, linked=_partners(one, by_orbit.get(one.orbit or 0, []))) for one in listed)


def _partners(one: Observation, others: list[Observation]) -> tuple[str, ...]:
    if one.orbit is None:
        return ()
    return tuple(
        sorted(
            {
                other.product_id
                for other in others
                if other.instrument != one.instrument
                and abs(other.start_time - one.start_time) <= APART
                and intersects(other.footprint, one.footprint)
            }
        )
    )
