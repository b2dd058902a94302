"""Where an area and an image lie on a map, whole across the map's seam, and which map a search is laid out on."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..common.errors import InputError
from ..common.packages import need
from ..common.words import Area
from ..planet.crs import POLAR_LATITUDE, spatial_reference, transformer
from ..planet.geometry import centre as centre_of
from ..planet.geometry import project
from .ground import lonlat_wkt, period_of, polar_wkt, radius_of
from .images import Image, footprint


def check_body(image: Image, area: Area) -> None:
    """Raise InputError where the area does not lie on the image's body."""
    if not image.crs:
        raise InputError(
            f"{image.name} has no CRS: an area cannot be found in it.", "Assign its CRS, or leave the area out."
        )
    if area.body != image.body:
        raise InputError(
            f"The area lies on {area.body}, {image.name} on {image.body}.",
            f"Choose an area on {image.body}, or an image of {area.body}.",
        )


def search_map(image: Image, area: Area | None) -> str:
    """The CRS a search is laid out on: the image's own; polar stereographic beyond 65 degrees of a geographic one.

    A geographic grid has no useful shape near a pole. "" for an image without a CRS.
    """
    if not image.crs or not spatial_reference(image.crs).IsGeographic():
        return image.crs
    if area is not None:
        lon, lat = centre_of(area)
    else:
        lons, lats = image.lonlat(*image.map_of(image.width / 2, image.height / 2))
        lon, lat = float(lons), float(lats)
    if not math.isfinite(lat) or abs(lat) <= POLAR_LATITUDE:
        return image.crs
    return polar_wkt(image.crs, lat > 0, round(lon, 4), round(lat, 4))


def image_on(image: Image, crs: str) -> Any:
    """The image's outline on a map of its body, as a shapely geometry."""
    shapely = need("shapely")
    w, h = float(image.width), float(image.height)
    if crs == image.crs:
        x, y = image.map_of([0.0, w, w, 0.0], [0.0, 0.0, h, h])
        return shapely.Polygon(np.column_stack([x, y]))
    outline = footprint(image)
    assert outline is not None
    return project(outline, crs)


def area_on(area: Area, crs: str) -> Any:
    """The area on the map as one piece where it crosses the map's seam (x may then leave the map's own range)."""
    shapely = need("shapely")
    whole = project(area, crs)
    period = period_of(crs)
    parts = list(getattr(whole, "geoms", [whole]))
    if period is None or len(parts) < 2:
        return whole
    # The widest gap between the pieces, going round, is where the map is best cut.
    spans = sorted((p.bounds[0], p.bounds[2]) for p in parts)
    best, cut, reach = -1.0, spans[0][0], spans[0][1]
    for start, end in spans[1:]:
        if start - reach > best:
            best, cut = start - reach, start
        reach = max(reach, end)
    if spans[0][0] + period - reach >= best:
        return whole
    moved = [
        shapely.transform(p, lambda c: c + np.array([period, 0.0])) if p.bounds[0] < cut - 1e-9 * period else p
        for p in parts
    ]
    joined = shapely.union_all(moved, grid_size=period * 1e-11)
    return joined if not joined.is_empty else shapely.union_all(moved)


def region_on(image: Image, area: Area | None, crs: str) -> Any:
    """The part of the area that the image covers, on the map ``crs``. Raises InputError: another body, no overlap."""
    shapely = need("shapely")
    if area is not None:
        check_body(image, area)
    there = image_on(image, crs)
    if area is None:
        return there
    wanted = area_on(area, crs)
    period = period_of(crs) if crs else None
    if period is not None:
        west, _, east, _ = there.bounds
        # Copies of the image once round the body each way: a piece across the seam is found on both its sides.
        room = 1e-9 * period
        copies = [shapely.transform(there, lambda c, t=t: c + np.array([t * period, 0.0])) for t in (-1, 0, 1)]
        if east - west > period * (1 - 1e-3):
            copies = [shapely.box(west - period - room, there.bounds[1], east + period + room, there.bounds[3])]
        there = shapely.union_all(copies)
    part = shapely.intersection(shapely.make_valid(wanted), there)
    if part.is_empty or part.area <= 0:
        raise InputError(
            f"The area and {image.name} do not overlap{_both(image, area)}.",
            "Choose an area inside the image, or an image of the area.",
        )
    return part


def _both(image: Image, area: Area) -> str:
    """Where each of them lies, roughly."""
    lon, lat = centre_of(area)
    x, y = image.map_of(image.width / 2, image.height / 2)
    at_lon, at_lat = image.lonlat(x, y)
    if not np.isfinite(at_lat):
        return ""
    return f" (the area is at {lon:.2f}, {lat:.2f}; the image's middle at {float(at_lon):.2f}, {float(at_lat):.2f})"


def into_image(image: Image, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """x moved by whole turns into the image's own range, on maps that repeat themselves."""
    period = period_of(image.crs) if image.crs else None
    if period is None:
        return x, y
    middle = float(image.map_of(image.width / 2, image.height / 2)[0])
    return middle + (x - middle + period / 2) % period - period / 2, y


def from_map(image: Image, crs: str, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coordinates on a search's map as the image's own."""
    if crs != image.crs:
        x, y = transformer(crs, image.crs).points(x, y)
    return into_image(image, x, y)


def check_arc(image: Image, chip_size: float) -> None:
    """Raise InputError where a chip is so large that the body's roundness would distort it."""
    if image.crs and chip_size > 0.2 * radius_of(image.crs):
        raise InputError(
            f"A chip of {chip_size / 1000:,.0f} km is too large for {image.body}: no flat picture shows it.",
            f"Choose chips of at most {0.2 * radius_of(image.crs) / 1000:,.0f} km.",
        )


__all__ = ["area_on", "check_arc", "check_body", "from_map", "image_on", "into_image", "lonlat_wkt", "region_on",
           "search_map"]  # fmt: skip
