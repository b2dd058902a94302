"""Seasons in words: names of the quarters of Mars's year in both hemispheres, and what a choice of season means."""

from __future__ import annotations

from datetime import datetime, timezone

from ...common.words import Observation, Season
from ...planet.time import mars_year, utc_of, utc_windows
from ..words import tr

#: Where each quarter begins, degrees of solar longitude.
QUARTERS = (0, 90, 180, 270)
#: How the cameras are written.
INSTRUMENT_NAMES = {"HIRISE": "HiRISE", "CTX": "CTX", "CRISM": "CRISM"}
#: Windows of UTC that are written out; the rest is counted.
_SHOWN_WINDOWS = 3
#: With more Mars Years than this only the first and last instant are said (each window costs some work).
_MOST_YEARS = 24


def quarter(solar_longitude: float) -> int:
    """0..3: the quarter of the year, from northern spring on."""
    return int(solar_longitude % 360.0 // 90.0)


def northern(index: int) -> str:
    """The quarter's name in the northern hemisphere."""
    return (tr("northern spring"), tr("northern summer"), tr("northern autumn"), tr("northern winter"))[index % 4]


def southern(index: int) -> str:
    """The quarter's name in the southern hemisphere."""
    return (tr("southern autumn"), tr("southern winter"), tr("southern spring"), tr("southern summer"))[index % 4]


def short_names(index: int) -> tuple[str, str]:
    """The same two names, short enough for a drawing."""
    north = (tr("N spring"), tr("N summer"), tr("N autumn"), tr("N winter"))[index % 4]
    south = (tr("S autumn"), tr("S winter"), tr("S spring"), tr("S summer"))[index % 4]
    return north, south


def season_words() -> tuple[str, ...]:
    """All eight: the northern names of the quarters, then the southern ones. For many rows ask once."""
    return tuple(northern(q) for q in range(4)) + tuple(southern(q) for q in range(4))


def season_index(observation: Observation) -> int:
    """Which of ``season_words`` the observation's is: the season in its own hemisphere."""
    index = int(observation.solar_longitude % 360.0 // 90.0)
    return index if latitude_of(observation) >= 0 else index + 4


def season_word(observation: Observation) -> str:
    """The season where the observation lies: of its own hemisphere."""
    index = season_index(observation)
    return northern(index) if index < 4 else southern(index)


def latitude_of(observation: Observation) -> float:
    """Roughly where it lies: the latitude of its footprint's first corner, degrees; 0 without a footprint."""
    polygons = observation.footprint.polygons
    return polygons[0][0][0][1] if polygons and polygons[0] and polygons[0][0] else 0.0


def quarters_in(start: float, end: float) -> list[int]:
    """Which quarters a range of solar longitude touches by more than its end points, in order; it wraps."""
    length = (end - start) % 360.0 or 360.0
    first = quarter(start)
    touched = [first]
    edge = (first + 1) * 90.0 - start % 360.0
    while edge < length and len(touched) < 4:
        touched.append((touched[-1] + 1) % 4)
        edge += 90.0
    return touched


def years_text(mars_years: tuple[tuple[int, int], ...]) -> str:
    """``28, 30-31``, as ``planet.time.parse_mars_years`` reads it."""
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in mars_years)


def longitude_text(solar_longitude: tuple[float, float] | None) -> str:
    """``250-350``, as ``planet.time.parse_solar_longitude`` reads it; "" for the whole year."""
    return "" if solar_longitude is None else f"{solar_longitude[0]:g}-{solar_longitude[1]:g}"


def range_names(solar_longitude: tuple[float, float]) -> str:
    """``northern autumn and winter / southern spring and summer``."""
    touched = quarters_in(*solar_longitude)
    if len(touched) == 4:
        return tr("parts of all seasons")
    return f"{_joined([northern(q) for q in touched])} / {_joined([southern(q) for q in touched])}"


def short_summary(season: Season) -> str:
    """A few words for a heading: ``MY 30-31, Ls 250-350``."""
    parts = []
    if season.mars_years:
        parts.append(tr("MY {years}").format(years=years_text(season.mars_years)))
    if season.solar_longitude is not None:
        parts.append(tr("Ls {range}").format(range=longitude_text(season.solar_longitude)))
    if season.start is not None or season.end is not None:
        parts.append(_dates(season.start, season.end))
    return ", ".join(parts) or tr("any time")


def sentence(season: Season, instruments: tuple[str, ...], max_incidence: float | None) -> str:
    """The whole choice as one sentence."""
    years = (
        tr("in Mars Years {years}").format(years=years_text(season.mars_years))
        if season.mars_years
        else tr("in any Mars Year")
    )
    said = [
        tr("{instruments} images taken {years}").format(
            instruments=", ".join(INSTRUMENT_NAMES.get(i, i) for i in instruments), years=years
        )
    ]
    if season.solar_longitude is not None:
        start, end = season.solar_longitude
        said.append(
            tr("between Ls {start}\u00b0 and {end}\u00b0 ({names})").format(
                start=f"{start:g}", end=f"{end:g}", names=range_names(season.solar_longitude)
            )
        )
    else:
        said.append(tr("in any season"))
    if season.start is not None or season.end is not None:
        said.append(tr("and dated {dates}").format(dates=_dates(season.start, season.end)))
    if max_incidence is not None:
        said.append(tr("with the sun at most {angle}\u00b0 from overhead").format(angle=f"{max_incidence:g}"))
    return ", ".join(said) + "."


def windows_text(season: Season) -> str:
    """The UTC dates that the season means; "" where it does not narrow them down."""
    if not season.mars_years:
        if season.solar_longitude is None:
            return ""
        return tr("Choose Mars Years to see the dates.")
    count = sum(b - a + 1 for a, b in season.mars_years)
    if count > _MOST_YEARS:
        first, last = season.mars_years[0][0], season.mars_years[-1][1]
        return tr("Dates (UTC): {dates}").format(dates=_dates(utc_of(first, 0.0), utc_of(last, 360.0)))
    windows = utc_windows(season)
    if not windows:
        return tr("No date fits all of this: the UTC dates lie outside the Mars Years or the season.")
    said = [_dates(a, b) for a, b in windows[:_SHOWN_WINDOWS]]
    if len(windows) > _SHOWN_WINDOWS:
        more = len(windows) - _SHOWN_WINDOWS
        said.append(tr("and {count} more, the last {dates}").format(count=more, dates=_dates(*windows[-1])))
    return tr("Dates (UTC): {dates}").format(dates="; ".join(said))


def this_mars_year() -> int:
    """The Mars Year of now."""
    return mars_year(datetime.now(timezone.utc))


def _dates(start: datetime | None, end: datetime | None) -> str:
    if start is None and end is None:
        return tr("any date")
    if start is None:
        assert end is not None
        return tr("until {date}").format(date=end.date().isoformat())
    if end is None:
        return tr("from {date}").format(date=start.date().isoformat())
    return tr("{first} to {last}").format(first=start.date().isoformat(), last=end.date().isoformat())


def _joined(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return tr("{these} and {last}").format(these=", ".join(names[:-1]), last=names[-1])
