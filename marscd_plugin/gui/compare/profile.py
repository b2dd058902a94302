"""The value of one point in every epoch of a series, and in the change maps made of it. No Qt; runs in a worker."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ...common.errors import InputError
from ...common.progress import Progress, check
from ...common.words import Series
from ..words import tr

#: Pixels on each side of the point's own: the median of 3 x 3 is not moved by one bad pixel.
_REACH = 1


@dataclass(frozen=True)
class Point:
    """One epoch at the place; ``value`` None where it has no data there."""

    product_id: str
    time: datetime
    mars_year: int
    solar_longitude: float
    value: float | None


@dataclass(frozen=True)
class Compared:
    """The probability of change (0..1) between two epochs at the place."""

    before: datetime
    after: datetime
    names: tuple[str, str]
    probability: float | None


@dataclass(frozen=True)
class Profile:
    """``x``, ``y`` in the series' CRS; longitude and latitude in degrees, None without a CRS."""

    x: float
    y: float
    longitude: float | None
    latitude: float | None
    points: tuple[Point, ...]
    compared: tuple[Compared, ...] = ()

    @property
    def place(self) -> str:
        """The place in words."""
        if self.longitude is None or self.latitude is None:
            return f"x {self.x:.1f}, y {self.y:.1f}"
        return f"{self.longitude % 360:.5f}° E, {self.latitude:.5f}°"


def place_of(series: Series, x: float, y: float, crs_wkt: str) -> tuple[float, float]:
    """A point of another CRS on the series' grid. Raises InputError where the two do not lie on one body."""
    if not series.grid.crs:
        return x, y
    from ...planet.crs import transformer

    found = transformer(crs_wkt, series.grid.crs).points([x], [y])
    return float(found[0][0]), float(found[1][0])


def profile(series: Series, x: float, y: float, maps: Sequence[tuple[str, str, Path]], progress: Progress) -> Profile:
    """Read every epoch at (x, y) of the series' CRS, and each (before, after, probability raster) of ``maps``.

    Raises InputError where the point lies outside the series, CancelledError.
    """
    left, bottom, right, top = series.grid.bounds
    if not (left <= x < right and bottom < y <= top):
        raise InputError(tr("The point lies outside the series."), tr("Choose one on its images."))
    points = []
    for index, epoch in enumerate(series.epochs):
        check(progress)
        value = value_at(epoch.raster, x, y)
        points.append(Point(epoch.product_id, epoch.time, epoch.mars_year, epoch.solar_longitude, value))
        progress.report((index + 1) / (len(series.epochs) + len(maps)))
    times = {e.product_id: e.time for e in series.epochs}
    compared = []
    for before, after, path in maps:
        check(progress)
        if before in times and after in times and path.is_file():
            compared.append(Compared(times[before], times[after], (before, after), value_at(path, x, y)))
    longitude, latitude = _degrees(series, x, y)
    return Profile(x, y, longitude, latitude, tuple(points), tuple(sorted(compared, key=lambda c: (c.before, c.after))))


def value_at(path: Path, x: float, y: float) -> float | None:
    """The median of the valid pixels of 3 x 3 about (x, y); None where the point's own pixel holds no data."""
    import numpy as np

    from ...common.rasters import Window, grid_of, open_raster, read

    dataset = open_raster(path, ["GTiff"])
    grid = grid_of(dataset)
    column, row = int((x - grid.left) // grid.pixel_size), int((grid.top - y) // grid.pixel_size)
    if not (0 <= column < grid.width and 0 <= row < grid.height):
        return None
    window = Window(column, row, 1, 1).grown(_REACH, grid.width, grid.height)
    band = dataset.GetRasterBand(1)
    values = read(band, window, dtype=np.float64)
    nodata = band.GetNoDataValue()
    good = np.isfinite(values)
    if nodata is not None:
        good &= values != nodata
    if not good[row - window.row, column - window.column]:
        return None
    return float(np.median(values[good]))


def as_csv(found: Profile) -> str:
    """A line an epoch, then a line a comparison; times are UTC."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["product_id", "time_utc", "mars_year", "solar_longitude", "value"])
    for point in found.points:
        value = "" if point.value is None else f"{point.value:.6g}"
        row = [point.product_id, point.time.isoformat(), point.mars_year, f"{point.solar_longitude:.3f}", value]
        writer.writerow(row)
    if found.compared:
        writer.writerow([])
        writer.writerow(["before_id", "after_id", "before_utc", "after_utc", "probability"])
        for pair in found.compared:
            value = "" if pair.probability is None else f"{pair.probability:.6g}"
            writer.writerow([*pair.names, pair.before.isoformat(), pair.after.isoformat(), value])
    return text.getvalue()


def _degrees(series: Series, x: float, y: float) -> tuple[float | None, float | None]:
    if not series.grid.crs:
        return None, None
    from ...planet.crs import body_of, geographic_wkt, transformer

    lon, lat = transformer(series.grid.crs, geographic_wkt(body_of(series.grid.crs) or "Mars")).points([x], [y])
    return float(lon[0]), float(lat[0])
