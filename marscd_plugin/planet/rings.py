"""Rings of longitude and latitude on a sphere: unwrapping, poles, areas.

An edge of a ring is straight in longitude and latitude (as on a cylindrical map), and goes the short way round in
longitude; one of exactly 360 degrees goes all the way round.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def unwrap(lon: ArrayLike, lat: ArrayLike) -> tuple[Array, Array, float]:
    """The closed ring with continuous longitudes, and its winding: 0, or +-360 where it goes round a pole (degrees)."""
    x, y = np.asarray(lon, np.float64).ravel(), np.asarray(lat, np.float64).ravel()
    if len(x) and (x[0] != x[-1] or y[0] != y[-1]):
        x, y = np.append(x, x[0]), np.append(y, y[0])
    steps = np.diff(x)
    folded = np.abs(steps) > 180.0
    folded &= ~np.isclose(np.abs(steps), 360.0, rtol=0, atol=1e-9)
    steps[folded] = (steps[folded] + 180.0) % 360.0 - 180.0
    x = np.concatenate([x[:1], x[:1] + np.cumsum(steps)])
    winding = 360.0 * round((x[-1] - x[0]) / 360.0) if len(x) else 0.0
    return x, y, winding


def close_at_pole(x: Array, y: Array, winding: float) -> tuple[Array, Array]:
    """An unwrapped ring that goes round a pole, closed along the map's upper or lower edge.

    The pole is the one in the ring's own hemisphere (by its mean latitude, weighted by longitude).
    """
    if not winding:
        return x, y
    mean = float(np.sum((y[1:] + y[:-1]) / 2 * np.diff(x))) / (x[-1] - x[0])
    pole = 90.0 if mean >= 0 else -90.0
    return np.concatenate([x, [x[-1], x[0], x[0]]]), np.concatenate([y, [pole, pole, y[0]]])


def sphere_area(lon: ArrayLike, lat: ArrayLike) -> float:
    """Signed area of a ring on the unit sphere (steradian), positive where it runs counter-clockwise.

    Exact for edges straight in longitude and latitude: A = -sum dlon * mean(sin lat) with
    mean(sin lat) = sin(middle) sinc(half difference) along such an edge (Green's theorem). A ring round a pole is
    closed there, whatever its direction.
    """
    x, y, winding = unwrap(lon, lat)
    if len(x) < 4:
        return 0.0
    x, y = close_at_pole(x, y, winding)
    phi = np.radians(y)
    step = np.radians(np.diff(x))
    half = np.diff(phi) / 2
    mean = np.sin((phi[1:] + phi[:-1]) / 2) * np.sinc(half / np.pi)
    # The ring is closed, so a constant can be taken off: small rings lose no digits far from the equator.
    return float(-np.sum(step * (mean - math.sin(phi[0]))))


def sphere_moment(lon: ArrayLike, lat: ArrayLike) -> Array:
    """The integral of the outward unit vector over a ring's inside, in the sense of ``sphere_area``: (x, y, z).

    From the boundary (Green's theorem), with F = lat/2 + sin(2 lat)/4: x, y = -int F (cos lon, sin lon) dlon and
    z = -int sin(lat)^2 / 2 dlon; edges are cut to a degree and integrated by Simpson's rule.
    """
    x, y, winding = unwrap(lon, lat)
    x, y = close_at_pole(x, y, winding)
    # Constants can be taken off on a closed ring: those of the pole, or of a corner, save the digits of small rings.
    corner = math.radians(math.copysign(90.0, y[-2]) if winding else y[0])
    x, y = densify(x, y, 1.0)

    def terms(lam: Array, phi: Array) -> Array:
        height = (phi - corner) / 2 + (np.sin(2 * phi) - math.sin(2 * corner)) / 4
        square = (np.sin(phi) - math.sin(corner)) * (np.sin(phi) + math.sin(corner)) / 2
        return np.stack([height * np.cos(lam), height * np.sin(lam), square])

    lam, phi = np.radians(x), np.radians(y)
    step = np.diff(lam)
    start, end = terms(lam[:-1], phi[:-1]), terms(lam[1:], phi[1:])
    middle = terms((lam[1:] + lam[:-1]) / 2, (phi[1:] + phi[:-1]) / 2)
    return -np.sum(step * (start + 4 * middle + end) / 6, axis=1)


def densify(x: Array, y: Array, largest: float) -> tuple[Array, Array]:
    """A line with vertices added so that no step in x or y exceeds ``largest``; the old vertices stay."""
    if len(x) < 2:
        return x, y
    parts = np.maximum(np.ceil(np.maximum(np.abs(np.diff(x)), np.abs(np.diff(y))) / largest), 1).astype(int)
    if (parts == 1).all():
        return x, y
    segment = np.repeat(np.arange(len(parts)), parts)
    fraction = (np.arange(parts.sum()) - np.repeat(np.cumsum(parts) - parts, parts)) / parts[segment]
    dx, dy = np.diff(x), np.diff(y)
    return (
        np.append(x[segment] + fraction * dx[segment], x[-1]),
        np.append(y[segment] + fraction * dy[segment], y[-1]),
    )


def circle(lon: float, lat: float, angle: float, sides: int = 360) -> tuple[Array, Array]:
    """Longitudes (-180..180) and latitudes of points ``angle`` degrees from a place along the sphere; not closed."""
    azimuth = np.linspace(0, 2 * math.pi, sides, endpoint=False)[:, None]
    lam, phi, away = math.radians(lon), math.radians(lat), math.radians(angle)
    out = np.array([math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)])
    north = np.array([-math.sin(phi) * math.cos(lam), -math.sin(phi) * math.sin(lam), math.cos(phi)])
    east = np.array([-math.sin(lam), math.cos(lam), 0.0])
    x, y, z = (math.cos(away) * out + math.sin(away) * (np.cos(azimuth) * north + np.sin(azimuth) * east)).T
    return np.degrees(np.arctan2(y, x)), np.degrees(np.arctan2(z, np.hypot(x, y)))
