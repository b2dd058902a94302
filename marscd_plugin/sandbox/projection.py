"""HiRISE's two map projections and its pixel convention, from the formulas of its labels.

Latitudes are planetocentric, longitudes east-positive degrees; x and y are metres. Equirectangular: a sphere whose
radius is the ellipsoid's at CENTER_LATITUDE, true to scale there. Polar stereographic (beyond 65 degrees): the
ellipsoid itself, scale true at the pole (Snyder 1987, equations 15-9, 21-30 to 21-34, 7-9).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

EQUATORIAL_RADIUS = 3396190.0
POLAR_RADIUS = 3376200.0
#: Beyond this latitude HiRISE maps are polar stereographic.
POLAR_LIMIT = 65.0

_FLATTENING = 1.0 - POLAR_RADIUS / EQUATORIAL_RADIUS
_ECCENTRICITY = math.sqrt(_FLATTENING * (2.0 - _FLATTENING))
_POLAR_FACTOR = math.sqrt((1 + _ECCENTRICITY) ** (1 + _ECCENTRICITY) * (1 - _ECCENTRICITY) ** (1 - _ECCENTRICITY))


def local_radius(latitude: float) -> float:
    """Metres from the centre of Mars to its ellipsoid at a planetocentric latitude."""
    sine, cosine = math.sin(math.radians(latitude)), math.cos(math.radians(latitude))
    return EQUATORIAL_RADIUS * POLAR_RADIUS / math.hypot(POLAR_RADIUS * cosine, EQUATORIAL_RADIUS * sine)


@dataclass(frozen=True)
class MapProjection:
    """A HiRISE projection: ``center_latitude`` is a multiple of 5 degrees, or +-90 for the polar one."""

    center_latitude: float
    center_longitude: float

    @property
    def polar(self) -> bool:
        """True for polar stereographic."""
        return abs(self.center_latitude) == 90.0

    @property
    def name(self) -> str:
        """MAP_PROJECTION_TYPE."""
        return "POLAR STEREOGRAPHIC" if self.polar else "EQUIRECTANGULAR"

    @property
    def radius(self) -> float:
        """The radius in metres that MAP_RESOLUTION is made with."""
        return POLAR_RADIUS if self.polar else local_radius(self.center_latitude)

    @property
    def axes(self) -> tuple[float, float, float]:
        """A, B and C_AXIS_RADIUS in metres."""
        if self.polar:
            return EQUATORIAL_RADIUS, EQUATORIAL_RADIUS, POLAR_RADIUS
        return self.radius, self.radius, self.radius

    def resolution(self, scale: float) -> float:
        """MAP_RESOLUTION: pixels a degree at ``scale`` metres a pixel."""
        return math.radians(self.radius) / scale

    def forward(self, longitude, latitude) -> tuple[np.ndarray, np.ndarray]:
        """Degrees to metres. Equirectangular x runs on without a jump for longitudes given beyond 0..360."""
        lon, lat = np.asarray(longitude, float), np.asarray(latitude, float)
        if not self.polar:
            x = self.radius * np.radians(lon - self.center_longitude) * math.cos(math.radians(self.center_latitude))
            return x, self.radius * np.radians(lat)
        sign = math.copysign(1.0, self.center_latitude)
        # Planetocentric to planetographic: the ellipsoid's formulas take the latter.
        phi = np.arctan(np.tan(np.radians(sign * lat)) * (EQUATORIAL_RADIUS / POLAR_RADIUS) ** 2)
        sine = _ECCENTRICITY * np.sin(phi)
        t = np.tan(math.pi / 4 - phi / 2) / ((1 - sine) / (1 + sine)) ** (_ECCENTRICITY / 2)
        rho = 2 * EQUATORIAL_RADIUS * t / _POLAR_FACTOR
        angle = np.radians(lon - self.center_longitude)
        return rho * np.sin(angle), -sign * rho * np.cos(angle)

    def inverse(self, x, y) -> tuple[np.ndarray, np.ndarray]:
        """Metres to degrees; longitudes come back 0..360 for the polar one, continuous for the equirectangular."""
        x, y = np.asarray(x, float), np.asarray(y, float)
        if not self.polar:
            factor = self.radius * math.cos(math.radians(self.center_latitude))
            return self.center_longitude + np.degrees(x / factor), np.degrees(y / self.radius)
        sign = math.copysign(1.0, self.center_latitude)
        t = np.hypot(x, y) * _POLAR_FACTOR / (2 * EQUATORIAL_RADIUS)
        phi = math.pi / 2 - 2 * np.arctan(t)
        for _ in range(6):
            sine = _ECCENTRICITY * np.sin(phi)
            phi = math.pi / 2 - 2 * np.arctan(t * ((1 - sine) / (1 + sine)) ** (_ECCENTRICITY / 2))
        lat = sign * np.degrees(np.arctan(np.tan(phi) * (POLAR_RADIUS / EQUATORIAL_RADIUS) ** 2))
        return (self.center_longitude + np.degrees(np.arctan2(x, -sign * y))) % 360.0, lat

    def wkt(self) -> str:
        """The CRS as WKT 1, for the GeoJP2 box."""
        a, _, c = self.axes
        if self.polar:
            flattening = a / (a - c)
            body = (
                f'GEOGCS["GCS_MARS",DATUM["D_MARS",SPHEROID["MARS",{a!r},{flattening!r}]],PRIMEM["Reference_Meridian",0],'
                'UNIT["degree",0.0174532925199433]]'
            )
            return (
                f'PROJCS["Polar_Stereographic MARS",{body},PROJECTION["Polar_Stereographic"],'
                f'PARAMETER["latitude_of_origin",{self.center_latitude}],PARAMETER["central_meridian",{self.center_longitude}],'
                'PARAMETER["scale_factor",1],PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1]]'
            )
        return (
            f'PROJCS["Equirectangular MARS",GEOGCS["GCS_MARS",DATUM["D_MARS",SPHEROID["MARS_localRadius",{a!r},0]],'
            'PRIMEM["Reference_Meridian",0],UNIT["degree",0.0174532925199433]],PROJECTION["Equirectangular"],'
            f'PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",{self.center_longitude}],'
            f'PARAMETER["standard_parallel_1",{self.center_latitude}],PARAMETER["false_easting",0],'
            'PARAMETER["false_northing",0],UNIT["metre",1]]'
        )


def projection_for(latitude: float) -> MapProjection:
    """HiRISE's projection of an image centred at this latitude (multiples of 5 degrees, truncated to the equator)."""
    if abs(latitude) > POLAR_LIMIT:
        return MapProjection(math.copysign(90.0, latitude), 0.0)
    # The small term keeps 64.99999999 and its like from falling a band too far through rounding.
    return MapProjection(math.trunc((latitude + math.copysign(1e-9, latitude)) / 5.0) * 5.0, 180.0)


@dataclass(frozen=True)
class ImageGrid:
    """Where an image lies: pixel centres are integers, the first line and sample 1.

    x = (sample - ``sample_offset``) * scale, y = (``line_offset`` - line) * scale.
    """

    projection: MapProjection
    scale: float
    line_offset: float
    sample_offset: float
    lines: int
    samples: int

    @property
    def geotransform(self) -> tuple[float, float, float, float, float, float]:
        """GDAL's order, of the upper-left corner of the first pixel."""
        return (
            (0.5 - self.sample_offset) * self.scale,
            self.scale,
            0.0,
            (self.line_offset - 0.5) * self.scale,
            0.0,
            -self.scale,
        )

    def to_map(self, line, sample) -> tuple[np.ndarray, np.ndarray]:
        """x, y in metres of (fractional) lines and samples."""
        return (np.asarray(sample, float) - self.sample_offset) * self.scale, (
            self.line_offset - np.asarray(line, float)
        ) * self.scale

    def to_ground(self, line, sample) -> tuple[np.ndarray, np.ndarray]:
        """Longitude 0..360 and latitude of (fractional) lines and samples."""
        lon, lat = self.projection.inverse(*self.to_map(line, sample))
        return lon % 360.0, lat

    def edge(self, per_side: int = 64) -> tuple[np.ndarray, np.ndarray]:
        """Longitude (continuous) and latitude along the image's outer edge (0.5 to N + 0.5)."""
        step = np.linspace(0.0, 1.0, per_side)
        lines = 0.5 + self.lines * np.concatenate([step * 0, step, step * 0 + 1, 1 - step])
        samples = 0.5 + self.samples * np.concatenate([step, step * 0 + 1, 1 - step, step * 0])
        lon, lat = self.projection.inverse(*self.to_map(lines, samples))
        return lon, lat

    def bounds(self) -> tuple[float, float, float, float]:
        """Minimum and maximum latitude, westernmost and easternmost longitude (0..360; west > east across 0)."""
        lon, lat = self.edge()
        south, north = float(lat.min()), float(lat.max())
        if self.projection.polar:
            x, y = self.to_map([0.5, self.lines + 0.5], [0.5, self.samples + 0.5])
            if x[0] < 0 < x[1] and y[1] < 0 < y[0]:
                pole = self.projection.center_latitude
                return min(south, pole), max(north, pole), 0.0, 360.0
            lon = np.degrees(np.unwrap(np.radians(lon)))
        return south, north, float(lon.min()) % 360.0, float(lon.max()) % 360.0


def grid_around(longitude: float, latitude: float, scale: float, lines: int, samples: int) -> ImageGrid:
    """The grid of an image centred at a place, its corner snapped to a multiple of ``scale`` as the archive's are."""
    projection = projection_for(latitude)
    x, y = projection.forward(longitude % 360.0, latitude)
    left, top = round(float(x) / scale - samples / 2), round(float(y) / scale + lines / 2)
    return ImageGrid(projection, scale, top + 0.5, 0.5 - left, lines, samples)
