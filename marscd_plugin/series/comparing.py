"""How well two images of a place compare: one score, made of factors, each told as a number and in words.

What differs between two images should be the ground. So each other difference turns into a factor 0..1, 1 where it does
not matter: light (incidence, the sun's azimuth), view (emission), season, pixel size, how much of the ground both show,
and the time between them. The score is their product: one bad thing is enough to spoil a pair. All that plan or judge
pairs use this one function.

Angles fall off as a Gaussian whose width is the difference at which false alarms become likely; widths are judgement,
and docs/archives.md tells how the order they give agrees with measured false alarms on simulated truth.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ..common.words import Epoch, Observation

Item = Epoch | Observation
#: Difference at which a factor falls to exp(-1/2), degrees.
INCIDENCE_WIDTH, AZIMUTH_WIDTH, EMISSION_WIDTH, LS_WIDTH = 10.0, 30.0, 12.0, 45.0
#: What an unknown angle costs.
UNKNOWN = 0.8
#: Solar longitudes this near (degrees) are one season: frost, dust and shadows are alike.
SAME_SEASON = 20.0
#: What is left of the score where both show hardly any ground in common, and where hardly any time lies between.
_LEAST_OVERLAP, _LEAST_GAP = 0.3, 0.8
#: After a few times so many days a longer wait gains nothing more: what moves on Mars moves within weeks.
_GAP_DAYS = 10.0
_SAME_SCALE = 1.01


@dataclass(frozen=True)
class Comparison:
    """A pair, earlier first. Differences are degrees (None: not known), ``gap_days`` days, ``scales`` metres a
    pixel, ``overlap`` the share 0..1 that both show (None: not known).

    ``factors`` has, by name, what each difference leaves of the score: overlap, season, incidence, azimuth, emission,
    scale, gap.
    """

    before: str
    after: str
    score: float
    factors: Mapping[str, float]
    ls_distance: float
    mars_years: int
    gap_days: float
    incidence: float | None
    azimuth: float | None
    emission: float | None
    scales: tuple[float, float] | None
    overlap: float | None

    @property
    def scale_ratio(self) -> float | None:
        """Coarser to finer pixel; None where one is not known."""
        return None if self.scales is None else max(self.scales) / min(self.scales)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The differences in words, the same for whoever asks."""
        years = self.mars_years
        said = [
            _said("incidence", self.incidence),
            _said("sun azimuth", self.azimuth),
            _said("emission", self.emission),
            _said("season (Ls)", self.ls_distance),
            f"{self.gap_days:.0f} days apart" + (f", {years} Mars years" if years else ", the same Mars year"),
        ]
        if self.scales is not None:
            said.append(f"pixel sizes {self.scales[0]:g} and {self.scales[1]:g} m")
        if self.overlap is not None:
            said.append(f"both show {self.overlap:.0%}")
        return tuple(said)

    @property
    def same_season(self) -> bool:
        """Whether both were taken at about the same place of Mars's orbit, in whatever year."""
        return self.ls_distance <= SAME_SEASON

    @property
    def weakest(self) -> str:
        """The name of the factor that costs most."""
        return min(self.factors, key=lambda name: self.factors[name])


def compare_pair(first: Item, second: Item, overlap: float | None = None) -> Comparison:
    """Compare two images, in whichever order they are given.

    ``overlap`` is the share of the smaller one's ground that both show; where it is not given, the smaller of what each
    covers of the asked area (or of the series' grid) stands for it.
    """
    if (time_of(second), second.product_id) < (time_of(first), first.product_id):
        first, second = second, first
    overlap = _shared(first, second) if overlap is None else min(max(overlap, 0.0), 1.0)
    season = ls_distance(first.solar_longitude, second.solar_longitude)
    incidence, emission = _apart(first, second, "incidence"), _apart(first, second, "emission")
    azimuth = _apart(first, second, "sub_solar_azimuth")
    azimuth = None if azimuth is None else min(azimuth % 360.0, 360.0 - azimuth % 360.0)
    gap = (time_of(second) - time_of(first)).total_seconds() / 86400.0
    scales = _scales(first, second)
    ratio = 1.0 if scales is None else max(scales) / min(scales)
    factors = {
        "incidence": _fall(incidence, INCIDENCE_WIDTH),
        "azimuth": _fall(azimuth, AZIMUTH_WIDTH),
        "emission": _fall(emission, EMISSION_WIDTH),
        "season": _fall(season, LS_WIDTH),
        "scale": 1.0 if ratio <= _SAME_SCALE else 1.0 / ratio,
        "overlap": 1.0 if overlap is None else _LEAST_OVERLAP + (1.0 - _LEAST_OVERLAP) * overlap,
        "gap": _LEAST_GAP + (1.0 - _LEAST_GAP) * (1.0 - math.exp(-max(gap, 0.0) / _GAP_DAYS)),
    }
    return Comparison(
        before=first.product_id,
        after=second.product_id,
        score=math.prod(factors.values()),
        factors=factors,
        ls_distance=season,
        mars_years=second.mars_year - first.mars_year,
        gap_days=gap,
        incidence=incidence,
        azimuth=azimuth,
        emission=emission,
        scales=scales,
        overlap=overlap,
    )


def ls_distance(first: float, second: float) -> float:
    """Degrees between two solar longitudes, the short way round the year: 0..180."""
    apart = abs(first - second) % 360.0
    return min(apart, 360.0 - apart)


def time_of(item: Item) -> datetime:
    """When it was taken."""
    return item.time if isinstance(item, Epoch) else item.start_time


def _fall(difference: float | None, width: float) -> float:
    return UNKNOWN if difference is None else math.exp(-0.5 * (difference / width) ** 2)


def _apart(first: Item, second: Item, name: str) -> float | None:
    a, b = getattr(first, name), getattr(second, name)
    return None if a is None or b is None else abs(a - b)


def _scales(first: Item, second: Item) -> tuple[float, float] | None:
    if isinstance(first, Observation) and isinstance(second, Observation) and first.map_scale and second.map_scale:
        return first.map_scale, second.map_scale
    return None


def _shared(first: Item, second: Item) -> float | None:
    covers = [i.coverage if isinstance(i, Observation) else i.valid_fraction for i in (first, second)]
    known = [c for c in covers if c is not None]
    return min(known) if len(known) == 2 else None


def _said(name: str, difference: float | None) -> str:
    return f"{name} unknown" if difference is None else f"{name} {difference:.1f} deg apart"
