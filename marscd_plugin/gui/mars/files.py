"""The files of the basemap that are made here: graticule and named places, in the cache folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from osgeo import ogr

from ...__about__ import version
from ...common.files import whole_file
from ...planet.crs import geographic_wkt
from ...planet.gazetteer import places
from ..area_file import write_features

#: Degrees between lines, coarse to fine: a line belongs to the first that it is a multiple of.
STEPS = (30.0, 10.0, 5.0, 1.0, 0.1)
#: Meridians end short of the poles: the opposite one is infinitely far away on a polar map.
_END = 89.99


def need_files(cache_dir: str) -> tuple[Path, Path]:
    """(graticule, places), made where they are missing. Raises OutputError."""
    folder = Path(cache_dir) / "basemap"
    graticule, named = folder / f"graticule-{version()}.fgb", folder / f"places-{version()}.fgb"
    if not graticule.is_file():
        with whole_file(graticule) as part:
            columns = {"step": ogr.OFTReal, "label": ogr.OFTString, "meridian": ogr.OFTInteger}
            write_features(part, geographic_wkt(), ogr.wkbLineString, columns, _lines())
    if not named.is_file():
        with whole_file(named) as part:
            columns = {"name": ogr.OFTString, "kind": ogr.OFTString, "diameter_km": ogr.OFTReal}
            write_features(part, geographic_wkt(), ogr.wkbPoint, columns, _points())
    return graticule, named


def degrees_east(lon: float) -> str:
    """A longitude in the words of Mars's maps: east, 0..360, without needless digits."""
    return f"{_short(round(lon % 360.0, 4) % 360.0)}° E"


def degrees_north(lat: float) -> str:
    """A latitude in words."""
    return f"{_short(abs(lat))}°{' N' if lat > 0 else ' S' if lat < 0 else ''}"


def _short(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _lines() -> Iterator[tuple[ogr.Geometry, tuple]]:
    """Meridians (straight on all our maps) and parallels (bent on polar ones, so with more vertices there)."""
    # In tenths of a degree: whole numbers, so that a line is found in one step only.
    for tenth in range(-1800, 1800):
        ends = [(tenth / 10, -_END), (tenth / 10, 0.0), (tenth / 10, _END)]
        yield _line(ends), (_step(tenth), degrees_east(tenth / 10), 1)
    for tenth in range(-890, 891):
        spacing = 2.0 if abs(tenth) >= 550 or tenth % 10 == 0 else 30.0
        along = np.linspace(-180.0, 180.0, round(360 / spacing) + 1)
        yield _line([(float(x), tenth / 10) for x in along]), (_step(tenth), degrees_north(tenth / 10), 0)


def _step(tenth: int) -> float:
    return next(s for s in STEPS if tenth % round(s * 10) == 0)


def _line(points: list[tuple[float, float]]) -> ogr.Geometry:
    line = ogr.Geometry(ogr.wkbLineString)
    for x, y in points:
        line.AddPoint_2D(x, y)
    return line


def _points() -> Iterator[tuple[ogr.Geometry, tuple]]:
    for place in places():
        point = ogr.Geometry(ogr.wkbPoint)
        point.AddPoint_2D(place.longitude, place.latitude)
        yield point, (place.name, place.kind, None if place.diameter_m is None else place.diameter_m / 1000.0)
