"""Bodies and their radii. Most of the plugin passes a ``Body`` only where a radius matters; Mars is the default."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, hypot, radians, sin

from ..common.errors import InputError


@dataclass(frozen=True)
class Body:
    """A body: ``radius`` is the equatorial, ``polar_radius`` the polar one, both metres.

    Maps of Mars are made on the sphere of the equatorial radius (IAU_2015:49900), so areas and lengths use ``radius``.
    """

    name: str
    radius: float
    polar_radius: float


# IAU 2015 report (Archinal et al. 2018); Earth is WGS 84.
MARS = Body("Mars", 3396190.0, 3376200.0)
MOON = Body("Moon", 1737400.0, 1737400.0)
EARTH = Body("Earth", 6378137.0, 6356752.314245)

_KNOWN = {b.name.casefold(): b for b in (MARS, MOON, EARTH)}


def body(name: str) -> Body:
    """The body of that name, whatever its case. Raises InputError for one that is not known here."""
    try:
        return _KNOWN[name.strip().casefold()]
    except KeyError:
        known = ", ".join(b.name for b in _KNOWN.values())
        raise InputError(f"{name!r} is not a body that MarsCD knows.", f"Choose one of {known}.") from None


def local_radius(of: Body, latitude: float) -> float:
    """Metres from the centre to the ellipsoid at a planetocentric latitude (degrees).

    HiRISE's equirectangular products are projected on a sphere of this radius at CENTER_LATITUDE:
    R = Re Rp / sqrt((Rp cos c)^2 + (Re sin c)^2) (HiRISE DSMAP.CAT).
    """
    c = radians(latitude)
    return of.radius * of.polar_radius / hypot(of.polar_radius * cos(c), of.radius * sin(c))
