"""The best choice for a series, and why: in words that a user can check against the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...common.errors import InputError
from ...common.words import Area, Observation
from ...series.plan import choose_observations
from ..words import tr


@dataclass(frozen=True)
class BestChoice:
    """Product ids, the one the others were measured against first, and the reason."""

    product_ids: tuple[str, ...]
    why: str


def best_choice(observations: Sequence[Observation], area: Area | None, limit: int) -> BestChoice:
    """At most ``limit`` RED products that compare best; for a worker. Raises InputError where none can be used."""
    if not observations:
        raise InputError(tr("Nothing is listed to choose from."), tr("Clear the filter, or search first."))
    # Without an area the coverage that the search wrote counts; the footprint only stands where it wrote none.
    area = area or observations[0].footprint
    found = choose_observations(observations, area, limit)
    if not found:
        raise InputError(
            tr("None of the listed products can be used for a series."),
            tr("Series are made of RED products that cover the area: clear the filter, or search a longer time."),
        )
    return BestChoice(tuple(o.product_id for o in found), explain(found))


def explain(found: Sequence[Observation]) -> str:
    """Why these: how far they differ from the first, which compares best with the others."""
    if len(found) == 1:
        return tr("Only {product} can be used: a series needs at least two dates.").format(product=found[0].product_id)
    middle, others = found[0], found[1:]
    said = []
    for label, name in (
        (tr("sun height"), "incidence"),
        (tr("viewing angle"), "emission"),
        (tr("sun direction"), "sub_solar_azimuth"),
    ):
        apart = [
            _apart(getattr(middle, name), getattr(o, name), round_trip=name == "sub_solar_azimuth")
            for o in others
            if getattr(middle, name) is not None and getattr(o, name) is not None
        ]
        if apart:
            said.append(tr("{what} within {angle}\u00b0").format(what=label, angle=f"{max(apart):.0f}"))
    season = max(_apart(middle.solar_longitude, o.solar_longitude, round_trip=True) for o in others)
    said.append(tr("season within {angle}\u00b0 of Ls").format(angle=f"{season:.0f}"))
    covers = [o.coverage for o in found if o.coverage is not None]
    if covers:
        share = min(covers)
        if share >= 0.995:
            said.append(tr("each covers the whole area"))
        else:
            said.append(tr("each covers at least {share} % of the area").format(share=f"{100 * share:.0f}"))
    years = sorted({o.mars_year for o in found})
    return tr("{count} RED images chosen over {years} Mars Years. They compare best with {product}: {reasons}.").format(
        count=len(found), years=len(years), product=middle.product_id, reasons=", ".join(said)
    )


def _apart(a: float, b: float, round_trip: bool) -> float:
    difference = abs(a - b)
    return min(difference % 360, 360 - difference % 360) if round_trip else difference
