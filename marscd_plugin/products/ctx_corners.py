"""Where a raw CTX image lies, roughly: corners from the archive's index or a footprint, and an affine map through them.

CTX's index (CUMINDEX.TAB, 51 columns) gives longitudes positive *west* and latitudes *areographic*; ODE turns both
(seen in its records: 0.41 N of the index is 0.4052 N there). Corners are given to 0.01 degree, up to 300 m off each, so
an affine map is as much as they can tell. "Upper left" is the first line's first sample. Raw images are mirrored: on
the day side MRO flies north, so the first line lies in the south, with the first sample in the west (76 of 79 index
rows at hand), or turned by 180 degrees (3 rows, beyond the pole); never the way round of a map.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..common.errors import ProductError
from ..planet import crs
from ..planet.bodies import MARS

Point = tuple[float, float]
#: MROX cumulative indices have some 130,000 rows of 555 bytes.
_MAX_ROW, _MAX_ROWS = 4096, 2_000_000
_COLUMNS = 51
_REMEDY = "Take the corners from the archive's index (CUMINDEX.TAB), or use the projected product."
_NAMES = ("UPPER_LEFT", "UPPER_RIGHT", "LOWER_LEFT", "LOWER_RIGHT")
#: What a CTX pixel may measure on the ground, metres at summing 1; the orbit is 250 to 320 km high, the view oblique.
PIXEL_RANGE = (3.0, 15.0)


@dataclass(frozen=True)
class Corners:
    """(longitude, latitude) of an image's corners, planetocentric, east-positive; "upper" is the first line."""

    upper_left: Point
    upper_right: Point
    lower_left: Point
    lower_right: Point

    def points(self) -> tuple[Point, Point, Point, Point]:
        """Upper left, upper right, lower left, lower right."""
        return self.upper_left, self.upper_right, self.lower_left, self.lower_right


@dataclass(frozen=True)
class FirstGeometry:
    """An affine map from pixels to a local Mars CRS; ``misfit`` is the RMS distance of the corners from it, metres."""

    crs: str
    geotransform: tuple[float, float, float, float, float, float]
    pixel_size: float
    misfit: float


def planetocentric_latitude(areographic: float) -> float:
    """Degrees; tan(centric) = (polar radius / equatorial radius)^2 tan(graphic)."""
    if abs(areographic) >= 90:
        return areographic
    squared = (MARS.polar_radius / MARS.radius) ** 2
    return math.degrees(math.atan(squared * math.tan(math.radians(areographic))))


def corners_of_row(row: str) -> Corners:
    """Corners of one row of CTX's index, as it stands in INDEX.TAB or in an ODE record. Raises ProductError."""
    try:
        fields = next(csv.reader(io.StringIO(row.strip())))
        numbers = [float(f) for f in fields[17:25]]
    except (ValueError, StopIteration, csv.Error) as error:
        raise ProductError("A row of the CTX index cannot be read.", _REMEDY) from error
    if len(fields) < _COLUMNS or any(abs(n) > 360 for n in numbers) or any(abs(n) > 90 for n in numbers[1::2]):
        raise ProductError(
            f"The CTX index knows no corners of {fields[3].strip() if len(fields) > 3 else 'this'}.", _REMEDY
        )
    points = [
        ((180.0 - west) % 360.0 - 180.0, planetocentric_latitude(latitude))
        for west, latitude in zip(numbers[::2], numbers[1::2], strict=True)
    ]
    return Corners(*points)


def corners_in_index(index: Path | str, product_id: str) -> Corners | None:
    """The corners of a product in an index file, or None where it is not listed. Raises ProductError."""
    wanted = f'"{product_id}'
    try:
        with Path(index).open("r", encoding="ascii", errors="replace", newline="") as file:
            for _ in range(_MAX_ROWS):
                row = file.readline(_MAX_ROW)
                if not row:
                    return None
                if wanted in row:
                    return corners_of_row(row)
    except OSError as error:
        raise ProductError(f"{index} cannot be read: {error.strerror or error}.", "Check the file.") from error
    return None


def corners_of_ring(ring: Sequence[Point]) -> Corners:
    """Corners of a footprint's four vertices (closed or not), assuming the day side: the first line in the south.

    Raises ProductError for other shapes, and beyond 80 degrees, where south says nothing of the flight.
    """
    points = list(ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring)
    if len(points) != 4:
        raise ProductError(f"A footprint of {len(points)} corners does not tell those of a raw image.", _REMEDY)
    if any(abs(latitude) > 80 for _, latitude in points):
        raise ProductError("A footprint near a pole does not tell which corner came first.", _REMEDY)
    middle = points[0][0]
    flat = np.array([((lon - middle + 180) % 360 - 180, lat) for lon, lat in points])
    flat[:, 0] *= math.cos(math.radians(float(flat[:, 1].mean())))
    turn = np.roll(flat, -1, axis=0)
    area = float(np.sum(flat[:, 0] * turn[:, 1] - turn[:, 0] * flat[:, 1]))
    if area < 0:
        points.reverse()
        flat = flat[::-1]
    # Counter-clockwise now: upper left, upper right, lower right, lower left of a mirrored image follow each other so.
    best = max(
        range(4), key=lambda i: float(flat[(i + 3) % 4, 1] + flat[(i + 2) % 4, 1] - flat[i, 1] - flat[(i + 1) % 4, 1])
    )
    a, b, c, d = (points[(best + i) % 4] for i in range(4))
    return Corners(a, b, d, c)


def corners_of_mapping(found: Mapping[str, object]) -> Corners:
    """From {"UPPER_LEFT": [lon, lat], ...}: planetocentric, east-positive. Raises ProductError."""
    points = []
    for name in _NAMES:
        value = found.get(name)
        if not (isinstance(value, (list, tuple)) and len(value) == 2 and all(_number(v) for v in value)):
            raise ProductError(f"The corners give no {name} as [longitude, latitude].", _REMEDY)
        lon, lat = float(value[0]), float(value[1])
        if not (-360 <= lon <= 360 and -90 <= lat <= 90):
            raise ProductError(f"The corners put {name} at {lon:g}, {lat:g}.", _REMEDY)
        points.append((lon, lat))
    return Corners(*points)


def _number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _strip_crs(lon: float, lat: float) -> str:
    """Transverse Mercator at a place, metres: a strip along the orbit, near enough north to south, keeps its width.

    On an equirectangular map a strip of 250 km would narrow towards the pole by hundreds of metres.
    """
    found = crs.spatial_reference(crs.equirectangular_wkt(0.0, round(lon, 4)))
    found.SetProjCS("Transverse Mercator Mars")
    found.SetTM(round(lat, 4), round(lon, 4), 1.0, 0.0, 0.0)
    return found.ExportToWkt()


def _middle(points: Sequence[Point]) -> Point:
    """The mean place, over poles and the antimeridian alike: degrees."""
    lon, lat = np.radians(np.array(points, float)).T
    x, y, z = (float(np.mean(v)) for v in (np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))
    return math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))


def first_geometry(corners: Corners, width: int, height: int, summing: int = 1) -> FirstGeometry:
    """The affine map through the corners by least squares, in a local CRS at their middle.

    Raises ProductError where the corners are no CTX image of that size: pixels too small or large, askew, or the way
    round of a map (raw images are mirrored).
    """
    points = corners.points()
    wkt = _strip_crs(*_middle(points))
    x, y = crs.transformer(crs.geographic_wkt(), wkt).points([p[0] for p in points], [p[1] for p in points])
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise ProductError("The corners cannot be put on a map.", _REMEDY)
    pixels = np.array([(0, 0), (width, 0), (0, height), (width, height)], float)
    design = np.column_stack([np.ones(4), pixels])
    solution, *_ = np.linalg.lstsq(design, np.column_stack([x, y]), rcond=None)
    misfit = float(np.sqrt(np.mean(np.sum((design @ solution - np.column_stack([x, y])) ** 2, axis=1))))
    (left, top), across, along = solution
    sizes = [float(np.hypot(*v)) for v in (across, along)]
    turned = float(across[0] * along[1] - across[1] * along[0])
    low, high = (p * summing for p in PIXEL_RANGE)
    askew = abs(float(across @ along)) / (sizes[0] * sizes[1] or 1.0)
    if not all(low <= s <= high for s in sizes) or askew > 0.35:
        raise ProductError(
            f"The corners do not fit a CTX image of {width} x {height} pixels: its pixels would measure "
            f"{sizes[0]:.1f} x {sizes[1]:.1f} m.",
            _REMEDY,
        )
    if turned < 0:
        raise ProductError("The corners are the way round of a map; a raw CTX image is mirrored.", _REMEDY)
    transform = (float(left), float(across[0]), float(along[0]), float(top), float(across[1]), float(along[1]))
    return FirstGeometry(wkt, transform, max(sizes), misfit)
