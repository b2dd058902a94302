"""The sun over a place and over a height field: where it stands, what it lights, what lies in shadow.

Azimuths are degrees clockwise from north on the map, north up (rows run south). Angles in degrees at every door.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from .fields import Array, smoothstep

#: Obliquity of Mars, degrees.
OBLIQUITY = 25.19


@dataclass(frozen=True)
class SunPosition:
    """Where the sun stands: ``incidence`` from the vertical, ``azimuth`` towards it, clockwise from north."""

    incidence: float
    azimuth: float


def sub_solar_latitude(solar_longitude: float) -> float:
    """Degrees, planetocentric: asin(sin 25.19 deg sin Ls) (Allison & McEwen 2000, Planet. Space Sci. 48, 215-235)."""
    return math.degrees(math.asin(math.sin(math.radians(OBLIQUITY)) * math.sin(math.radians(solar_longitude))))


def sun_position(latitude: float, solar_longitude: float, local_hour: float = 15.0) -> SunPosition:
    """The sun at ``latitude`` at ``local_hour`` (true solar time, 24 to a sol; 12 is noon).

    Spherical astronomy: cos i = sin lat sin d + cos lat cos d cos h with d the sub-solar latitude and h = 15 (t - 12)
    degrees (the zenith angle of Allison & McEwen 2000); the azimuth follows from the same triangle.
    """
    lat, d = math.radians(latitude), math.radians(sub_solar_latitude(solar_longitude))
    h = math.radians(15.0 * (local_hour - 12.0))
    cosine = math.sin(lat) * math.sin(d) + math.cos(lat) * math.cos(d) * math.cos(h)
    east = -math.cos(d) * math.sin(h)
    north = math.cos(lat) * math.sin(d) - math.sin(lat) * math.cos(d) * math.cos(h)
    incidence = math.degrees(math.acos(min(max(cosine, -1.0), 1.0)))
    # Twice: a negative angle next to nothing folds onto 360.0 itself.
    return SunPosition(incidence, math.degrees(math.atan2(east, north)) % 360.0 % 360.0)


def towards(azimuth: float) -> tuple[float, float]:
    """(columns, rows) of the unit vector towards that azimuth on a north-up raster."""
    a = math.radians(azimuth)
    return math.sin(a), -math.cos(a)


def shade(height: Array, pixel_size: float, sun: SunPosition, lunar: float = 0.5, sky: float = 0.08) -> Array:
    """Brightness of a surface of unit albedo seen from straight above, flat ground under this sun about cos i.

    Lunar-Lambert (McEwen 1991, Icarus 92, 298-311): L 2 m0 / (m0 + m) + (1 - L) m0, with m0 and m the cosines of
    the local incidence and emission; ``lunar`` is L, 0 is Lambert. The first term is scaled so that it equals m0 on
    flat ground under this sun. ``sky``: share of light that comes from the bright sky evenly.
    """
    gy, gx = np.gradient(height, np.float32(pixel_size))
    ux, uy = towards(sun.azimuth)
    incidence = math.radians(sun.incidence)
    m = 1.0 / np.sqrt(1.0 + gx * gx + gy * gy)
    m0 = m * (math.cos(incidence) - math.sin(incidence) * (gx * ux + gy * uy))
    np.maximum(m0, 0.0, out=m0)
    if lunar > 0:
        flat = 2.0 * math.cos(incidence) / (math.cos(incidence) + 1.0)
        disc = 2.0 * m0 / (m0 + m) * (math.cos(incidence) / max(flat, 1e-6))
        lit = lunar * disc + (1.0 - lunar) * m0
    else:
        lit = m0
    return ((1.0 - sky) * lit + sky * math.cos(incidence) * 0.5 * (1.0 + m)).astype(np.float32)


def shadow(height: Array, pixel_size: float, sun: SunPosition, reach_px: int = 256) -> Array:
    """0 in cast shadow, 1 in the sun, a soft edge of about half a pixel's rise between; (H, W) float32.

    A point lies in shadow where ground towards the sun stands above its sight line. The highest sight line over
    ``reach_px`` pixels is found by doubling: the maximum over 2k steps is that over k steps and the same moved by k.
    """
    rise = pixel_size / math.tan(math.radians(max(sun.incidence, 1.0)))
    ux, uy = towards(sun.azimuth)
    highest = _moved(height, ux, uy) - np.float32(rise)
    steps = 1
    while steps < reach_px:
        highest = np.maximum(highest, _moved(highest, ux * steps, uy * steps) - np.float32(rise * steps))
        steps *= 2
    half = 0.35 * pixel_size
    return 1.0 - smoothstep(highest - height, -half, half)


def _moved(field: Array, dx: float, dy: float) -> Array:
    """``field`` at (x + dx, y + dy), bilinear, edges held."""
    x0, y0 = math.floor(dx), math.floor(dy)
    fx, fy = np.float32(dx - x0), np.float32(dy - y0)
    rows, columns = field.shape

    def part(step_y: int, step_x: int) -> Array:
        top, bottom = max(step_y, 0), max(-step_y, 0)
        left, right = max(step_x, 0), max(-step_x, 0)
        if top >= rows or left >= columns or bottom >= rows or right >= columns:
            # Beyond the raster everything is as low as its lowest point: nothing there casts a shadow.
            return np.full_like(field, field.min())
        cut = field[top : rows - bottom, left : columns - right]
        return np.pad(cut, ((bottom, top), (right, left)), mode="edge")

    upper = part(y0, x0) * (1 - fx) + (part(y0, x0 + 1) * fx if fx else 0)
    if not fy:
        return upper
    lower = part(y0 + 1, x0) * (1 - fx) + (part(y0 + 1, x0 + 1) * fx if fx else 0)
    return upper * (1 - fy) + lower * fy
