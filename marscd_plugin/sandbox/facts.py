"""All that label, index row and ODE record say of one published product, worked out once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from .names import ProductName
from .projection import ImageGrid
from .sun import Sun, phase_angle, sun_over

#: Local solar time of our images where nothing else is known: MRO passes at about three in the afternoon.
LOCAL_TIME = 15.0
#: Above this the sun is too low for an image worth looking at: a winter night at high latitude is labelled so.
MAX_INCIDENCE = 85.0
#: MRO's ground track speed in metres a second, for the time between the first and the last line.
GROUND_SPEED = 3200.0
#: Spacecraft clock seconds minus Unix seconds, measured on ESP_013951_1955's label.
CLOCK_OFFSET = -315532777.57


@dataclass(frozen=True)
class Viewing:
    """Angles in degrees; ``azimuth`` of the sun clockwise from north; ``local_time`` in hours."""

    incidence: float
    emission: float
    phase: float
    azimuth: float
    local_time: float
    sun: Sun


@dataclass(frozen=True)
class Radiometry:
    """I/F = DN * ``scaling_factor`` + ``offset``."""

    scaling_factor: float
    offset: float


@dataclass(frozen=True)
class Facts:
    """One product. ``corners`` are (longitude 0..360, latitude): lower right, lower left, upper left, upper right."""

    name: ProductName
    grid: ImageGrid
    bands: int
    start: datetime
    created: datetime
    mars_year: int
    solar_longitude: float
    viewing: Viewing
    radiometry: Radiometry
    corners: tuple[tuple[float, float], ...]
    rationale: str

    @property
    def stop(self) -> datetime:
        """When the last line was taken: never less than a second after the first."""
        seconds = self.grid.lines * self.grid.scale / GROUND_SPEED
        return self.start + timedelta(seconds=max(round(seconds, 3), 1.0))

    @property
    def middle(self) -> datetime:
        """ODE's Observation_time."""
        return self.start + (self.stop - self.start) / 2

    @property
    def centre(self) -> tuple[float, float]:
        """Longitude 0..360 and latitude of the image's centre."""
        lon, lat = self.grid.to_ground((self.grid.lines + 1) / 2, (self.grid.samples + 1) / 2)
        return float(lon), float(lat)

    @property
    def north_azimuth(self) -> float:
        """NORTH_AZIMUTH: where north is, clockwise from 3 o'clock; 270 (up) unless the map is polar."""
        projection = self.grid.projection
        if not projection.polar:
            return 270.0
        # North leads to the north pole, which is the map's middle, and away from the south pole.
        x, y = self.grid.to_map((self.grid.lines + 1) / 2, (self.grid.samples + 1) / 2)
        towards = -math.copysign(1.0, projection.center_latitude)
        return math.degrees(math.atan2(-towards * float(y), towards * float(x))) % 360.0

    @property
    def sub_solar_azimuth(self) -> float:
        """SUB_SOLAR_AZIMUTH as labels and index give it."""
        return label_azimuth(self.viewing.azimuth, self.north_azimuth)

    @property
    def crosses_meridian(self) -> bool:
        """Whether the footprint crosses longitude 0."""
        return self._jumps and any(0.0 < lon < 180.0 for lon, _ in self.corners)

    @property
    def touches_meridian_from_the_west(self) -> bool:
        """Whether the footprint ends at longitude 0 (360) without crossing it."""
        return self._jumps and not self.crosses_meridian

    @property
    def _jumps(self) -> bool:
        longitudes = [lon for lon, _ in self.corners]
        return max(longitudes) - min(longitudes) > 180.0


def viewing_of(
    longitude: float,
    latitude: float,
    solar_longitude: float,
    incidence: float | None = None,
    azimuth: float | None = None,
    emission: float = 1.0,
    local_time: float = LOCAL_TIME,
) -> Viewing:
    """Viewing angles: those given, and the rest from where the sun stands at that season and hour."""
    sun = sun_over(longitude, latitude, solar_longitude, local_time)
    incidence = min(sun.incidence, MAX_INCIDENCE) if incidence is None else incidence
    azimuth = sun.azimuth if azimuth is None else azimuth % 360.0
    return Viewing(incidence, emission, phase_angle(incidence, emission), azimuth, local_time, sun)


def label_azimuth(azimuth: float, north_azimuth: float = 270.0) -> float:
    """Degrees clockwise from north to SUB_SOLAR_AZIMUTH, which like NORTH_AZIMUTH counts from the image's 3 o'clock."""
    return (azimuth + north_azimuth) % 360.0


def clock_count(time: datetime) -> str:
    """The spacecraft clock as ``seconds:ticks`` (a tick is 1/65536 s); leap seconds after 2009 are not counted."""
    count = time.timestamp() + CLOCK_OFFSET
    return f"{int(count)}:{int((count % 1) * 65536):05d}"


def milliseconds(time: datetime) -> str:
    """UTC with milliseconds and no zone, as labels and ODE write it."""
    return time.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond // 1000:03d}"


def seconds(time: datetime) -> str:
    """UTC with whole seconds and no zone, as the index writes it."""
    return time.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
