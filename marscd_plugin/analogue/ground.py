"""Metres on a body: how large a step in a CRS is, where a map repeats itself, and local metric maps.

Lengths are those of the CRS's own ellipsoid (radii of curvature of the meridian and of the prime vertical), so that
web mercator's metres, degrees and feet all become true metres. A local map is azimuthal equidistant about its centre
on the image's *own* geographic CRS: no datum is changed, and Mars cannot be taken for Earth. Its scale is off by
c/sin c at an angle c from the centre: 0.5 % at 0.17 rad.
"""

from __future__ import annotations

import math
import threading
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from osgeo import osr

from ..common.errors import InputError
from ..planet.crs import body_of, geographic_wkt, spatial_reference, transformer
from ..planet.transform import Transformer

#: Farthest from a local map's centre (radians of arc): its scale is true within 0.5 % there.
MAX_ARC = 0.17

_CYLINDRICAL = (
    "Equirectangular", "Plate_Carree", "Equidistant_Cylindrical", "Mercator_1SP", "Mercator_2SP",
    "Mercator_Auxiliary_Sphere", "Popular_Visualisation_Pseudo_Mercator", "Cylindrical_Equal_Area",
    "Miller_Cylindrical",
)  # fmt: skip
_Floats = NDArray[np.float64]


@lru_cache(maxsize=128)
def base_wkt(crs: str) -> str:
    """The geographic CRS (degrees) that ``crs`` lies on."""
    return spatial_reference(crs).CloneGeogCS().ExportToWkt(["FORMAT=WKT2_2019"])


@lru_cache(maxsize=128)
def lonlat_wkt(crs: str) -> str:
    """The CRS of the longitudes and latitudes that are told: the body's own, or that of ``crs`` on other bodies."""
    body = body_of(crs)
    return geographic_wkt(body) if body in ("Mars", "Moon", "Earth") else base_wkt(crs)


@lru_cache(maxsize=128)
def radius_of(crs: str) -> float:
    """Metres: the semi-major axis of the CRS's ellipsoid."""
    return float(spatial_reference(crs).GetSemiMajor())


def local_wkt(crs: str, lon: float, lat: float) -> str:
    """Azimuthal equidistant metres about a place (degrees on ``crs``'s own geographic CRS)."""
    local = osr.SpatialReference()
    local.SetProjCS("Local metres (azimuthal equidistant)")
    local.CopyGeogCSFrom(spatial_reference(base_wkt(crs)))
    # PROJ answers a hair beyond a pole now and then.
    local.SetAE(min(max(float(lat), -90.0), 90.0), float(lon), 0.0, 0.0)
    local.SetLinearUnits("metre", 1.0)
    return local.ExportToWkt(["FORMAT=WKT2_2019"])


def polar_wkt(crs: str, north: bool, lon: float, lat: float) -> str:
    """Polar stereographic metres on ``crs``'s own geographic CRS, scale true at ``lat``, ``lon`` downwards (or up)."""
    polar = osr.SpatialReference()
    polar.SetProjCS(f"{'North' if north else 'South'} polar stereographic")
    polar.CopyGeogCSFrom(spatial_reference(base_wkt(crs)))
    polar.SetPS(float(lat if abs(lat) > 1 else (90.0 if north else -90.0)), float(lon), 1.0, 0.0, 0.0)
    polar.SetLinearUnits("metre", 1.0)
    return polar.ExportToWkt(["FORMAT=WKT2_2019"])


def scales(crs: str, x: ArrayLike, y: ArrayLike) -> tuple[_Floats, _Floats]:
    """True metres on the ground of one unit of ``crs`` along x and along y, at places; NaN off the map."""
    along_x, along_y = ground_steps(crs, x, y)
    return np.linalg.norm(along_x, axis=-1), np.linalg.norm(along_y, axis=-1)


def ground_steps(crs: str, x: ArrayLike, y: ArrayLike) -> tuple[_Floats, _Floats]:
    """How one moves in space (metres, three coordinates last) for a unit step along x, and along y.

    In space, because longitudes mean nothing at a pole. NaN off the map.
    """
    xs, ys = np.broadcast_arrays(np.asarray(x, float), np.asarray(y, float))
    found = spatial_reference(crs)
    a, flat = found.GetSemiMajor(), found.GetInvFlattening()
    f = 1.0 / flat if flat else 0.0
    e2 = f * (2.0 - f)
    step = 1e-4 if found.IsGeographic() else a * 1e-6 / (found.GetLinearUnits() or 1.0)
    go = kept_transformer(crs, base_wkt(crs))

    def place(px: _Floats, py: _Floats) -> _Floats:
        lon, lat = (np.radians(v) for v in go.points(px, py))
        normal = a / np.sqrt(1.0 - e2 * np.sin(lat) ** 2)
        level = normal * np.cos(lat)
        return np.stack([level * np.cos(lon), level * np.sin(lon), normal * (1.0 - e2) * np.sin(lat)], axis=-1)

    along_x = (place(xs + step, ys) - place(xs - step, ys)) / (2 * step)
    along_y = (place(xs, ys + step) - place(xs, ys - step)) / (2 * step)
    return along_x, along_y


@lru_cache(maxsize=128)
def period_of(crs: str) -> float | None:
    """How far along x a cylindrical or geographic map goes once round the body; None for other maps."""
    found = spatial_reference(crs)
    if found.IsGeographic():
        return math.tau / (found.GetAngularUnits() or math.radians(1.0))
    if not found.IsProjected() or found.GetAttrValue("PROJECTION") not in _CYLINDRICAL:
        return None
    middle = found.GetProjParm("central_meridian", 0.0)
    x, _ = transformer(base_wkt(crs), crs).points([middle - 60.0, middle + 60.0], [0.0, 0.0])
    width = float(x[1] - x[0]) * 3.0
    return width if math.isfinite(width) and width > 0 else None


class Local:
    """A metric map about one place of an image: ``u`` metres east, ``v`` metres north of it.

    ``crs`` is the image's ("" where it has none: then x, y are columns and minus rows, and ``metres`` the size of a
    pixel). Belongs to one thread.
    """

    def __init__(self, crs: str, x: float, y: float, metres: float = 1.0) -> None:
        self.crs, self._x, self._y, self._metres = crs, x, y, metres
        self.wkt = ""
        self.latitude = 0.0
        self._to: Transformer | None = None
        self._from: Transformer | None = None
        if crs:
            lon, lat = kept_transformer(crs, base_wkt(crs)).points(x, y)
            if not (np.isfinite(lon) and np.isfinite(lat)):
                raise InputError(f"{x:g}, {y:g} is no place on the image's map.", "Check the image's CRS.")
            self.latitude = float(lat)
            self.wkt = local_wkt(crs, float(lon), float(lat))

    @property
    def max_reach(self) -> float:
        """Metres from the centre within which the scale is true to 0.5 %."""
        return MAX_ARC * radius_of(self.crs) if self.crs else math.inf

    def to_map(self, u: ArrayLike, v: ArrayLike) -> tuple[_Floats, _Floats]:
        """The image's x, y of local metres; NaN where its map has no place for them."""
        if not self.crs:
            return self._x + np.asarray(u, float) / self._metres, self._y + np.asarray(v, float) / self._metres
        if self._to is None:
            self._to = transformer(self.wkt, self.crs)
        return self._to.points(u, v)

    def from_map(self, x: ArrayLike, y: ArrayLike) -> tuple[_Floats, _Floats]:
        """Local metres of the image's x, y."""
        if not self.crs:
            return (np.asarray(x, float) - self._x) * self._metres, (np.asarray(y, float) - self._y) * self._metres
        if self._from is None:
            self._from = transformer(self.crs, self.wkt)
        return self._from.points(x, y)


class _Kept(threading.local):
    """The transformers of one thread: making one takes as long as using it on thousands of points."""

    def __init__(self) -> None:
        self.made: dict[tuple[str, str], Transformer] = {}


_kept = _Kept()


def kept_transformer(source_wkt: str, target_wkt: str) -> Transformer:
    """``planet.crs.transformer``, kept for this thread: for CRSs that are used again and again."""
    key = (source_wkt, target_wkt)
    if key not in _kept.made:
        if len(_kept.made) >= 32:
            _kept.made.clear()
        _kept.made[key] = transformer(source_wkt, target_wkt)
    return _kept.made[key]
