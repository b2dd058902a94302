"""The one grid of a series: metres, on the sphere, true to scale at the place, snapped to whole pixels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from ..common.errors import InputError
from ..common.packages import need
from ..common.rasters import Window
from ..common.words import Area, Grid, Product
from ..planet.crs import body_of, geographic_wkt, local_wkt, transformer
from ..planet.geometry import centre, project
from .source import Source

MAX_PIXELS = 4_000_000_000
MIN_SIDE = 32
#: Without an area, the series covers what all images share if that is at least this share of the reference's.
_SHARED = 0.25
_LOOK = 256


@dataclass(frozen=True)
class Outline:
    """Where a product's data lie: the convex hull of its valid pixels, as source pixel edges, and its CRS."""

    product: Product
    crs: str
    x: np.ndarray
    y: np.ndarray
    pixel_width: np.ndarray


def one_body(products: Sequence[Product]) -> str | None:
    """The body they all lie on; None where none has a CRS. Raises InputError on a mixture, or on Earth."""
    bodies = {p.body for p in products}
    if None in bodies and len(bodies) > 1:
        bare = next(p for p in products if p.body is None)
        raise InputError(
            f"{bare.raster} has no CRS, the other images have one: they cannot be compared.",
            "Assign its CRS, or leave it out.",
        )
    if len(bodies) > 1:
        names = sorted(str(b) for b in bodies)
        raise InputError(f"The images lie on different bodies: {', '.join(names)}.", "Use images of one body.")
    found = bodies.pop()
    if found not in (None, "Mars"):
        raise InputError(
            f"{products[0].raster} lies on {found}; a series is of Mars.",
            "Choose images of Mars, or assign the right CRS to them.",
        )
    return found


def outline(product: Product) -> Outline:
    """Look at the product at low resolution. Raises InputError where it holds no valid pixel."""
    return _outline(product, product.raster.stat().st_mtime_ns if product.raster.exists() else 0)


@lru_cache(maxsize=64)
def _outline(product: Product, _changed: int) -> Outline:
    source = Source(product)
    factor = max(1, math.ceil(max(source.width, source.height) / _LOOK))
    patch = source.read(Window(0, 0, source.width, source.height), factor)
    rows = np.flatnonzero(patch.valid.any(axis=1))
    if len(rows) == 0:
        raise InputError(f"{product.raster} holds no valid pixel.", "Leave it out, or fetch it again.")
    shapely = need("shapely")
    # The hull of all valid pixels is that of each row's first and last.
    first = patch.valid[rows].argmax(axis=1)
    last = patch.valid.shape[1] - patch.valid[rows, ::-1].argmax(axis=1)
    corners = [np.column_stack([x, rows + j]) for x in (first, last) for j in (0, 1)]
    hull = shapely.segmentize(shapely.multipoints(np.concatenate(corners).astype(float)).convex_hull, 8.0)
    ring = np.asarray(hull.exterior.coords)
    column = ring[:, 0] * (source.width / patch.valid.shape[1]) - 0.5
    row = ring[:, 1] * (source.height / patch.valid.shape[0]) - 0.5
    x, y = source.to_map(column, row)
    middle = np.array([column.mean(), row.mean()])
    side = np.column_stack([middle, middle + np.array([1, 0]), middle + np.array([0, 1])])
    return Outline(product, source.crs, x, y, np.array(source.to_map(side[0], side[1])))


def series_grid(
    area: Area | None,
    products: Sequence[Product],
    pixel_size: float | None = None,
    reference: Product | None = None,
    moved_by: tuple[float, float] = (0.0, 0.0),
) -> Grid:
    """The grid of a series over ``area``, or over what the images share; ``pixel_size`` defaults to the coarsest.

    Without an area: the intersection of all footprints where it holds at least a quarter of the reference's, else the
    reference's. Images without any CRS share the reference's pixel grid. ``moved_by``: how far, in metres east and
    north, the images really lie from where they say, where a base map has told. Raises InputError.
    """
    if not products:
        raise InputError("There is no image to make a grid for.", "Give at least two.")
    reference = reference or products[0]
    if one_body(products) is None:
        if area is not None:
            raise InputError(
                "Images without a CRS cannot be cut to an area.", "Assign their CRS, or leave the area out."
            )
        source = Source(reference)
        return _bounded(Grid("", 0.0, 0.0, 1.0, source.width, source.height))
    outlines = [outline(p) for p in products]
    first = outlines[list(products).index(reference)]
    lon, lat = centre(area) if area is not None else _middle(first)
    crs = local_wkt(lon, lat)
    shapes = [_on(o, crs, moved_by) for o in outlines]
    size = pixel_size or max(_ground_pixel(o, crs) for o in outlines)
    if not (math.isfinite(size) and size > 0):
        raise InputError(f"A pixel size of {size} m cannot be.", "Give a positive number of metres.")
    wanted = _wanted(area, crs, shapes, shapes[outlines.index(first)])
    left, bottom, right, top = wanted.bounds
    column, row = math.floor(left / size + 1e-6), math.ceil(top / size - 1e-6)
    width = math.ceil(right / size - 1e-6) - column
    height = row - math.floor(bottom / size + 1e-6)
    return _bounded(Grid(crs, column * size, row * size, size, width, height))


def reference_crs(reference: Product) -> str:
    """The CRS of a series over what its images share."""
    return local_wkt(*_middle(outline(reference)))


def _wanted(area: Area | None, crs: str, shapes: Sequence[Any], reference: Any) -> Any:
    shapely = need("shapely")
    if area is None:
        shared = shapely.intersection_all(shapes)
        return shared if shared.area >= _SHARED * reference.area else reference
    whole = project(area, crs)
    # Beyond every image there would be nodata only.
    part = whole.intersection(shapely.union_all(shapes))
    if part.is_empty or part.area == 0:
        raise InputError("None of the images covers the area.", "Choose another area, or images of this one.")
    return part


def _bounded(grid: Grid) -> Grid:
    if grid.width * grid.height > MAX_PIXELS:
        raise InputError(
            f"The series' grid would have {grid.width} x {grid.height} pixels; at most {MAX_PIXELS:,} are made.",
            "Choose a smaller area or a larger pixel size.",
        )
    if min(grid.width, grid.height) < MIN_SIDE:
        raise InputError(
            f"The series' grid would have only {grid.width} x {grid.height} pixels.",
            "Choose a larger area or a smaller pixel size.",
        )
    return grid


def _middle(outline: Outline) -> tuple[float, float]:
    """Longitude and latitude of the hull's middle; right across 180 and at the poles."""
    lon, lat = transformer(outline.crs, geographic_wkt(body_of(outline.crs) or "Mars")).points(outline.x, outline.y)
    lon, lat = np.radians(lon), np.radians(lat)
    x, y, z = (np.nanmean(v) for v in (np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))
    return math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))


def _on(outline: Outline, crs: str, moved_by: tuple[float, float]) -> Any:
    shapely = need("shapely")
    x, y = transformer(outline.crs, crs).points(outline.x, outline.y)
    good = np.isfinite(x) & np.isfinite(y)
    if good.sum() < 4:
        raise InputError(f"{outline.product.raster} does not lie on the map of the area.", "Leave it out.")
    return shapely.make_valid(shapely.Polygon(np.column_stack([x[good] + moved_by[0], y[good] + moved_by[1]])))


def _ground_pixel(outline: Outline, crs: str) -> float:
    """Metres a pixel where the image is: the product's own figure where it is right there."""
    x, y = transformer(outline.crs, crs).points(outline.pixel_width[0], outline.pixel_width[1])
    measured = math.sqrt(abs((x[1] - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (y[1] - y[0])))
    own = outline.product.pixel_size
    # A HiRISE pixel is square on its own map; on the ground it may be narrower by the cosine of five degrees' step.
    return own if own is not None and 0.8 < own / measured < 1.25 else measured
