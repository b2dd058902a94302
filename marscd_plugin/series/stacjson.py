"""Parts of the STAC records of a series: grids, outlines, tie points, times; and the schemas they follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

import numpy as np
from osgeo import osr

from ..common.words import Grid
from ..planet.boxes import bounds
from ..planet.crs import body_of, geographic_wkt, spatial_reference, transformer
from ..planet.geometry import area_from_polygons
from .ties import TiePoints

STAC = "1.1.0"
PROJECTION = "https://stac-extensions.github.io/projection/v2.0.0/schema.json"
VIEW = "https://stac-extensions.github.io/view/v1.0.0/schema.json"
SSYS = "https://stac-extensions.github.io/ssys/v1.1.0/schema.json"
COG = "image/tiff; application=geotiff; profile=cloud-optimized"


def ties_json(ties: TiePoints) -> dict[str, Any]:
    """Pixels of the grid, to a thousandth."""

    def rounded(values: np.ndarray) -> list[list[float]]:
        return [[round(float(a), 3), round(float(b), 3)] for a, b in values]

    return {
        "unit": "pixels of the series' grid",
        "window": ties.window,
        "tried": ties.tried,
        "level": ties.level,
        "points": rounded(ties.points),
        "targets": rounded(ties.targets),
        "residuals": rounded(ties.residuals),
        "held_out": [bool(h) for h in ties.held_out],
    }


def ties_of(value: Mapping[str, Any]) -> TiePoints:
    """What ``ties_json`` made. Raises KeyError, TypeError, ValueError."""
    points, targets, residuals = (np.array(value[k], float).reshape(-1, 2) for k in ("points", "targets", "residuals"))
    held = np.array(value["held_out"], bool)
    if not len(points) == len(targets) == len(residuals) == len(held):
        raise ValueError("lists of different lengths")
    return TiePoints(points, targets, residuals, held, int(value["window"]), int(value["tried"]), int(value["level"]))


def projection_json(grid: Grid) -> dict[str, Any]:
    """The projection extension's fields of a grid; ``proj:code`` is null, as it asks of a CRS without a code."""
    found: osr.SpatialReference = spatial_reference(grid.crs)
    left, bottom, right, top = grid.bounds
    return {
        "proj:code": None,
        "proj:wkt2": found.ExportToWkt(["FORMAT=WKT2_2019"]),
        "proj:bbox": [left, bottom, right, top],
        "proj:transform": [grid.pixel_size, 0.0, grid.left, 0.0, -grid.pixel_size, grid.top],
        "proj:shape": [grid.height, grid.width],
    }


def grid_json(grid: Grid) -> dict[str, Any]:
    return asdict(grid)


def grid_of(value: Mapping[str, Any]) -> Grid:
    grid = Grid(
        str(value["crs"]), float(value["left"]), float(value["top"]), float(value["pixel_size"]),
        int(value["width"]), int(value["height"]),
    )  # fmt: skip
    if not (grid.pixel_size > 0 and 0 < grid.width < 1 << 31 and 0 < grid.height < 1 << 31):
        raise ValueError("an impossible grid")
    return grid


def place(grid: Grid) -> tuple[dict[str, Any] | None, list[float] | None]:
    """GeoJSON outline and bbox of a grid in planetocentric degrees; (None, None) without a CRS.

    Cut at 180 and closed round a pole, as GeoJSON asks; across 180 the box's west exceeds its east (RFC 7946, 5.2).
    """
    if not grid.crs:
        return None, None
    left, bottom, right, top = grid.bounds
    steps = np.linspace(0, 1, 9)[:-1]
    x = np.concatenate(
        [left + (right - left) * steps, np.full(8, right), right - (right - left) * steps, np.full(8, left)]
    )
    y = np.concatenate(
        [np.full(8, bottom), bottom + (top - bottom) * steps, np.full(8, top), top - (top - bottom) * steps]
    )
    lon, lat = transformer(grid.crs, geographic_wkt(body_of(grid.crs) or "Mars")).points(x, y)
    if not (np.isfinite(lon).all() and np.isfinite(lat).all()):
        return None, None
    area = area_from_polygons([[list(zip(lon.tolist(), lat.tolist(), strict=True))]])
    polygons = [[[[round(a, 9), round(b, 9)] for a, b in ring] for ring in polygon] for polygon in area.polygons]
    shape: dict[str, Any] = (
        {"type": "Polygon", "coordinates": polygons[0]}
        if len(polygons) == 1
        else {"type": "MultiPolygon", "coordinates": polygons}
    )
    return shape, [round(v, 9) for v in bounds(area)]


def utc(time: datetime) -> str:
    return time.isoformat().replace("+00:00", "Z")
