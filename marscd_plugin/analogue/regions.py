"""Multi-grid: a region divided into sub-areas, each a chip (ten a region in the paper; any number here)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..common.errors import InputError
from ..common.packages import need
from ..common.words import Area
from ..planet.crs import transformer
from ..planet.geometry import area_from_extent, area_from_polygons, project, to_shapely
from ..planet.geometry import centre as centre_of
from .grids import PlacedGrid
from .ground import Local, lonlat_wkt, radius_of
from .images import Image, need_fine_enough, pixel_size_at
from .places import check_arc, check_body, into_image

#: A region that is at most this much longer than a chip is one chip.
_ONE_CHIP = 1.05
_SAMPLES = 6000
_ROUNDS = 25
_FARTHEST = 300
_MOST = 20_000  # chips a region


def region_chips(
    image: Image, regions: Sequence[tuple[str, Area | None]], chip_size: float, chip_px: int, per_region: int = 10,
    seed: int = 1,
) -> PlacedGrid:  # fmt: skip
    """``per_region`` chips in each region, spread evenly inside it; a region no larger than a chip gives one.

    ``regions`` are (name, area); an area of None is the whole image. The same call gives the same chips. Raises
    InputError: another body, a region off the image, pixels too coarse.
    """
    if not regions:
        raise InputError("No region was given.", "Mark at least one.")
    if not 1 <= per_region <= _MOST:
        raise InputError(f"{per_region} chips a region cannot be.", f"Give a number from 1 to {_MOST}.")
    if not (math.isfinite(chip_size) and chip_size > 0):
        raise InputError(f"A chip of {chip_size:g} m cannot be.", "Give a positive number of metres.")
    check_arc(image, chip_size)
    names: list[str] = []
    xs, ys, of = [], [], []
    for number, (name, area) in enumerate(regions):
        x, y = _spread(image, name, area, chip_size, chip_px, per_region, seed + number)
        if name not in names:
            names.append(name)
        xs.append(x)
        ys.append(y)
        of.append(np.full(len(x), names.index(name), np.int32))
    x, y, region = np.concatenate(xs), np.concatenate(ys), np.concatenate(of)
    return PlacedGrid(image, x, y, chip_size, chip_px, runs=np.arange(len(x)), regions=tuple(names), region_of=region)


def area_chip(image: Image, lon: float, lat: float, size: float) -> Area:
    """The square of ``size`` metres about a point on the image's body: the area of a point target.

    Raises InputError for an image without a CRS, or a point off the body.
    """
    if not image.crs:
        raise InputError(f"{image.name} has no CRS: no place can be found in it.", "Assign its CRS.")
    return square(lon, lat, size, image.body, radius_of(image.crs))


def square(lon: float, lat: float, size: float, body: str, radius: float) -> Area:
    """A square of ``size`` metres, sides north and east, about a place (degrees) of a sphere of ``radius``."""
    if not (math.isfinite(size) and 0 < size <= 0.5 * radius):
        raise InputError(f"A place of {size:g} m cannot be marked.", "Give a size in metres.")
    if not (math.isfinite(lon) and -90 <= lat <= 90):
        raise InputError(f"{lon:g}, {lat:g} is no place.", "Latitudes lie within -90..90 degrees.")
    half = math.degrees(size / 2 / radius)
    lon = (lon + 180.0) % 360.0 - 180.0
    if abs(lat) + half < 80.0:
        wide = half / math.cos(math.radians(lat))
        return area_from_extent(lon - wide, lat - half, lon + wide, lat + half, body)
    t = np.linspace(-1.0, 1.0, 33)[:-1]
    one = np.ones_like(t)
    u, v = np.concatenate([t, one, -t, -one]) * half, np.concatenate([-one, t, one, -t]) * half
    # In vectors: formulas of longitudes lose their digits at a pole.
    lam, phi = math.radians(lon), math.radians(lat)
    up = np.array([math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)])
    east = np.array([-math.sin(lam), math.cos(lam), 0.0])
    north = np.cross(up, east)
    arc = np.radians(np.hypot(u, v))[:, None]
    ahead = (u[:, None] * east + v[:, None] * north) / np.hypot(u, v)[:, None]
    x, y, z = (np.cos(arc) * up + np.sin(arc) * ahead).T
    ring = np.degrees(np.column_stack([np.arctan2(y, x), np.arctan2(z, np.hypot(x, y))]))
    return area_from_polygons([[ring.tolist()]], body)


def _spread(
    image: Image, name: str, area: Area | None, chip_size: float, chip_px: int, count: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """x, y of a region's chips in the image's CRS."""
    shapely = need("shapely")
    if area is not None:
        check_body(image, area)
        x, y = (float(v) for v in image.from_lonlat(*centre_of(area)))
        if not (math.isfinite(x) and math.isfinite(y)):
            raise _off(image, name)
        x, y = (float(v) for v in into_image(image, np.array(x), np.array(y)))
    else:
        x, y = (float(v) for v in image.map_of(image.width / 2, image.height / 2))
    need_fine_enough(image, chip_size, chip_px, pixel_size_at(image, x, y))
    local = Local(image.crs, x, y, image.metres)
    shape = _shape(image, area, local)
    west, south, east, north = shape.bounds
    if max(east - west, north - south) <= chip_size * _ONE_CHIP:
        u, v = np.array([(west + east) / 2]), np.array([(south + north) / 2])
        inside = _on_image(image, local, u, v, 0.0)
        if not inside.all():
            raise _off(image, name)
    else:
        shrunk = shape.buffer(-chip_size / 2)
        u, v = np.empty(0), np.empty(0)
        # First whole chips inside the region and the image, then whatever has its middle there.
        for part, margin in ((shrunk, chip_size / 2), (shape, chip_size / 2), (shape, 0.0)):
            if part.is_empty or part.area <= 0:
                continue
            su, sv = _samples(shapely, part, max(_SAMPLES, 40 * count))
            on = _on_image(image, local, su, sv, margin)
            if on.any():
                u, v = _lloyd(su[on], sv[on], count, seed)
                break
        if len(u) == 0:
            raise _off(image, name)
    mx, my = local.to_map(u, v)
    return into_image(image, np.asarray(mx), np.asarray(my))


def _off(image: Image, name: str) -> InputError:
    return InputError(
        f"The region {name!r} does not lie on {image.name}.", "Choose the image that shows it, or another region."
    )


def _shape(image: Image, area: Area | None, local: Local) -> Any:
    """The region in local metres."""
    shapely = need("shapely")
    if area is not None:
        if local.wkt and abs(centre_of(area)[1]) < 80.0:
            whole = project(area, local.wkt)
        else:
            whole = _ring_by_ring(image, area, local)
        return whole if whole.is_valid else shapely.make_valid(whole)
    t = np.linspace(0.0, 1.0, 33)[:-1]
    w, h = float(image.width), float(image.height)
    column = np.concatenate([t * w, np.full_like(t, w), (1 - t) * w, np.zeros_like(t)])
    row = np.concatenate([np.zeros_like(t), t * h, np.full_like(t, h), (1 - t) * h])
    u, v = local.from_map(*image.map_of(column, row))
    good = np.isfinite(u) & np.isfinite(v)
    if good.sum() < 4:
        raise InputError(f"{image.name} is too large to be one target.", "Mark a region of it.")
    return shapely.make_valid(shapely.Polygon(np.column_stack([u[good], v[good]])))


def _ring_by_ring(image: Image, area: Area, local: Local) -> Any:
    """Near a pole: rings cut into 60 degrees of longitude, each taken over vertex by vertex."""
    shapely = need("shapely")
    go = transformer(lonlat_wkt(image.crs), local.wkt)
    plane, pieces = to_shapely(area), []
    for west in range(-180, 180, 60):
        part = shapely.segmentize(plane.intersection(shapely.box(west, -90, west + 60, 90)), 1.0)
        pieces.append(shapely.transform(part, lambda c: np.column_stack(go.points(c[:, 0], c[:, 1]))))
    return shapely.union_all([shapely.make_valid(p) for p in pieces if not p.is_empty], grid_size=1e-3)


def _on_image(image: Image, local: Local, u: np.ndarray, v: np.ndarray, margin: float) -> np.ndarray:
    """bool: whether squares of twice ``margin`` metres about the places lie on the image."""
    good = np.ones(len(u), bool)
    for du, dv in ((0, 0),) if margin == 0 else ((-1, -1), (1, -1), (-1, 1), (1, 1)):
        x, y = local.to_map(u + du * margin * 0.99, v + dv * margin * 0.99)
        column, row = image.pixel_of(*into_image(image, np.asarray(x), np.asarray(y)))
        with np.errstate(invalid="ignore"):
            good &= (column >= -0.01) & (column <= image.width + 0.01) & (row >= -0.01) & (row <= image.height + 0.01)
    return good


def _samples(shapely: Any, shape: Any, count: int) -> tuple[np.ndarray, np.ndarray]:
    """About ``count`` places on a square lattice inside the shape (its own representative point at least)."""
    west, south, east, north = shape.bounds
    pitch = math.sqrt(shape.area / count)
    across = min(max(math.ceil((east - west) / pitch), 1), 4000)
    down = min(max(math.ceil((north - south) / pitch), 1), 4000)
    u = west + (np.arange(across) + 0.5) * (east - west) / across
    v = south + (np.arange(down) + 0.5) * (north - south) / down
    uu, vv = (a.ravel() for a in np.meshgrid(u, v))
    shapely.prepare(shape)
    inside = shapely.contains_xy(shape, uu, vv)
    if not inside.any():
        point = shape.representative_point()
        return np.array([point.x]), np.array([point.y])
    return uu[inside], vv[inside]


def _first(places: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """Where Lloyd's rounds start: each place the farthest from those before it; many are drawn at random."""
    if count > _FARTHEST:
        return rng.choice(len(places), count, replace=False)
    chosen = [int(rng.integers(len(places)))]
    far = np.full(len(places), np.inf)
    for _ in range(count - 1):
        far = np.minimum(far, ((places - places[chosen[-1]]) ** 2).sum(axis=1))
        chosen.append(int(far.argmax()))
    return np.array(chosen)


def _lloyd(u: np.ndarray, v: np.ndarray, count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """``count`` of the places, spread evenly (Lloyd's rounds: each moves to the middle of what is nearest to it)."""
    places = np.column_stack([u, v])
    if len(places) <= count:
        return u, v
    tree = need("scipy.spatial").cKDTree
    rng = np.random.default_rng(seed)
    points = places[_first(places, count, rng)]
    for _ in range(_ROUNDS):
        owner = tree(points).query(places)[1]
        held = np.bincount(owner, minlength=count)
        mean = np.column_stack([np.bincount(owner, places[:, k], minlength=count) for k in (0, 1)])
        points = np.where(held[:, None] > 0, mean / np.maximum(held, 1)[:, None], points)
    # A middle may lie outside a bent region: its nearest place does not.
    near = np.unique(tree(places).query(points)[1])
    order = np.lexsort((places[near, 0], -places[near, 1]))
    chosen = places[near[order]]
    return chosen[:, 0].copy(), chosen[:, 1].copy()
