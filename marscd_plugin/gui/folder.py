"""The job's folder: where each step puts its files, and the small file that remembers what was asked.

The layout is ``marscd:monitorarea``'s: a job begun in the dock can be finished headless, and the other way round.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..common.errors import InputError
from ..common.files import safe_name, write_json
from ..common.words import INSTRUMENTS, SOURCES, Area, Season
from ..planet.time import parse_utc
from .words import tr

_LARGEST = 16 * 1024 * 1024


@dataclass(frozen=True)
class JobFolder:
    """Paths below one folder."""

    root: Path

    @property
    def memory(self) -> Path:
        """What was asked: area, season, instruments."""
        return self.root / "job.json"

    @property
    def area(self) -> Path:
        """The area as a layer, for the algorithms' AREA."""
        return self.root / "area.fgb"

    @property
    def observations(self) -> Path:
        """The footprints that the last search found."""
        return self.root / "observations.fgb"

    @property
    def products(self) -> Path:
        """Fetched files."""
        return self.root / "products"

    @property
    def series(self) -> Path:
        """The registered series: a STAC catalogue of COGs."""
        return self.root / "series"

    @property
    def used(self) -> bool:
        """True where a step, here or headless, has left something."""
        steps = (self.observations, self.products, self.series, self.root / "changes", self.analogues)
        return any(p.exists() for p in steps)

    @property
    def analogues(self) -> Path:
        """One folder a search for analogues."""
        return self.root / "analogues"

    def changes(self, before: str, after: str) -> Path:
        """The folder of one compared pair."""
        return self.root / "changes" / f"{safe_name(before)}__{safe_name(after)}"


@dataclass(frozen=True)
class Asked:
    """What the user asked for: the part of the dock's state that is not files."""

    area: Area | None = None
    season: Season = field(default_factory=Season)
    instruments: tuple[str, ...] = ("HIRISE",)
    max_incidence: float | None = None
    source: str = "AUTO"
    chosen: tuple[str, ...] = ()


def remember(folder: JobFolder, asked: Asked) -> None:
    """Write what was asked. Raises OutputError."""
    season = asked.season
    write_json(
        folder.memory,
        {
            "version": 1,
            "area": None if asked.area is None else asked.area.polygons,
            "mars_years": season.mars_years,
            "solar_longitude": season.solar_longitude,
            "start": season.start.isoformat() if season.start else None,
            "end": season.end.isoformat() if season.end else None,
            "instruments": asked.instruments,
            "max_incidence": asked.max_incidence,
            "source": asked.source,
            "chosen": asked.chosen,
        },
    )


def recall(folder: JobFolder) -> Asked | None:
    """What was asked in this folder; None where nothing was. Raises InputError where the file is damaged."""
    try:
        if folder.memory.stat().st_size > _LARGEST:
            raise ValueError(tr("it is too large"))
        stored: dict[str, Any] = json.loads(folder.memory.read_text(encoding="utf-8"))
        longitude = stored["solar_longitude"]
        instruments = tuple(i for i in stored["instruments"] if i in INSTRUMENTS)
        return Asked(
            area=_area(stored["area"]),
            season=Season(
                mars_years=tuple((int(a), int(b)) for a, b in stored["mars_years"]),
                solar_longitude=None if longitude is None else (float(longitude[0]), float(longitude[1])),
                start=parse_utc(stored["start"]) if stored["start"] else None,
                end=parse_utc(stored["end"]) if stored["end"] else None,
            ),
            instruments=instruments or ("HIRISE",),
            max_incidence=None if stored["max_incidence"] is None else float(stored["max_incidence"]),
            source=next((s for s in SOURCES if s == stored.get("source")), "AUTO"),
            chosen=tuple(str(c) for c in stored["chosen"]),
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise InputError(
            tr("{path} cannot be read ({error}).").format(path=folder.memory, error=error),
            tr("Delete it, or choose another folder: the images beside it are untouched."),
        ) from error


def _area(polygons: Any) -> Area | None:
    """The stored polygons as an Area. Raises ValueError, TypeError for anything else."""
    if polygons is None:
        return None
    made = tuple(tuple(tuple((float(lon), float(lat)) for lon, lat in ring) for ring in rings) for rings in polygons)
    for rings in made:
        for ring in rings:
            if len(ring) < 4 or any(not (-180 <= lon <= 180 and -90 <= lat <= 90) for lon, lat in ring):
                raise ValueError(tr("its area is not on the globe"))
    return Area(made) if made else None
