"""Ticks of a plot's axes: round numbers, dates, and the Martian year."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

from ..words import tr

UTC = timezone.utc


def round_ticks(low: float, high: float, count: int) -> list[float]:
    """About ``count`` multiples of 1, 2 or 5 times a power of ten within low..high."""
    if not high > low:
        return [low]
    rough = (high - low) / max(count, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1.0, 2.0, 5.0, 10.0) if m * power >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    return [k * step for k in range(first, math.floor(high / step + 1e-9) + 1)]


def decimals(ticks: Sequence[float]) -> int:
    """Digits after the point that tell the ticks apart."""
    if len(ticks) < 2:
        return 3
    return max(0, -math.floor(math.log10(ticks[1] - ticks[0]) + 1e-9))


def date_ticks(low: datetime, high: datetime, count: int) -> list[tuple[datetime, str]]:
    """At most ``count`` or so round dates, with their words: years, months or days."""
    days = max((high - low).total_seconds() / 86400, 1e-9) / max(count, 1)
    if days > 250:
        step = next((s for s in (1, 2, 5, 10, 20, 50) if s * 365 >= days * 0.9), 100)
        years = [y for y in range(low.year, high.year + 2) if y % step == 0]
        return _within([(datetime(y, 1, 1, tzinfo=UTC), f"{y}") for y in years], low, high)
    if days > 20:
        step = next(s for s in (1, 2, 3, 6, 12) if s * 30.5 >= days * 0.9 or s == 12)
        months = [divmod(m, 12) for m in range(low.year * 12, (high.year + 1) * 12 + 1) if m % step == 0]
        return _within([(datetime(y, m + 1, 1, tzinfo=UTC), f"{y}-{m + 1:02d}") for y, m in months], low, high)
    step = max(1, math.ceil(days))
    start = low.replace(hour=0, minute=0, second=0, microsecond=0)
    found = [start + timedelta(days=k * step) for k in range(int((high - low).days / step) + 2)]
    return _within([(d, f"{d:%Y-%m-%d}") for d in found], low, high)


def mars_ticks(low: datetime, high: datetime, count: int) -> list[tuple[datetime, str]]:
    """Where the Martian seasons turn: ``MY 31`` at a year's start, ``180°`` between."""
    from ...planet.time import mars_year, utc_of

    first, last = mars_year(low), mars_year(high)
    span = last - first + 1
    longitudes = next((s for s in ((0, 90, 180, 270), (0, 180)) if len(s) * span <= count), (0,))
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 1000) if span <= s * max(count, 1) or s == 1000)
    found = []
    for year in range(first - first % step, last + 2, step):
        for longitude in longitudes:
            words = tr("MY {year}").format(year=year) if longitude == 0 else f"{longitude}°"
            found.append((utc_of(year, float(longitude)), words))
    return _within(found, low, high)


def seasons() -> list[tuple[float, str]]:
    """Middle of each quarter of the Martian year in degrees of Ls, and what the season is called in the north."""
    return [
        (45.0, tr("N spring")),
        (135.0, tr("N summer")),
        (225.0, tr("N autumn")),
        (315.0, tr("N winter")),
    ]


def _within(ticks: list[tuple[datetime, str]], low: datetime, high: datetime) -> list[tuple[datetime, str]]:
    return [t for t in ticks if low <= t[0] <= high]
