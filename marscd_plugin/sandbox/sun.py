"""Where the sun stands over a place on Mars: enough to fill a label in, to about a degree."""

from __future__ import annotations

import math
from dataclasses import dataclass

OBLIQUITY = 25.19
SEMI_MAJOR_AXIS_AU = 1.523679
ECCENTRICITY = 0.0934
PERIHELION_LS = 251.0


@dataclass(frozen=True)
class Sun:
    """Degrees; ``azimuth`` clockwise from north on the map, ``distance`` in astronomical units."""

    incidence: float
    azimuth: float
    latitude: float
    longitude: float
    distance: float


def solar_distance(solar_longitude: float) -> float:
    """Sun to Mars in astronomical units."""
    anomaly = math.radians(solar_longitude - PERIHELION_LS)
    return SEMI_MAJOR_AXIS_AU * (1 - ECCENTRICITY**2) / (1 + ECCENTRICITY * math.cos(anomaly))


def sun_over(longitude: float, latitude: float, solar_longitude: float, local_time: float) -> Sun:
    """The sun seen from a place at a local solar time (hours). Incidence may exceed 90: it is night then."""
    declination = math.asin(math.sin(math.radians(OBLIQUITY)) * math.sin(math.radians(solar_longitude)))
    hour = math.radians((local_time - 12.0) * 15.0)
    phi = math.radians(latitude)
    up = math.sin(phi) * math.sin(declination) + math.cos(phi) * math.cos(declination) * math.cos(hour)
    north = math.cos(phi) * math.sin(declination) - math.sin(phi) * math.cos(declination) * math.cos(hour)
    east = -math.cos(declination) * math.sin(hour)
    return Sun(
        incidence=math.degrees(math.acos(min(max(up, -1.0), 1.0))),
        azimuth=math.degrees(math.atan2(east, north)) % 360.0 % 360.0,  # twice: -1e-15 folds onto 360.0 itself
        latitude=math.degrees(declination),
        longitude=(longitude - (local_time - 12.0) * 15.0) % 360.0 % 360.0,
        distance=solar_distance(solar_longitude),
    )


def phase_angle(incidence: float, emission: float, difference: float = 90.0) -> float:
    """Sun-ground-camera angle for the azimuth ``difference`` between sun and camera, in degrees."""
    i, e = math.radians(incidence), math.radians(emission)
    cosine = math.cos(i) * math.cos(e) + math.sin(i) * math.sin(e) * math.cos(math.radians(difference))
    return math.degrees(math.acos(min(max(cosine, -1.0), 1.0)))
