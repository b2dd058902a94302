"""Images to look for analogues in: any GDAL source, its body, its scale on the ground."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace

import numpy as np
from osgeo import gdal

from ..common.errors import InputError
from ..common.words import Area
from ..planet.crs import body_of, planetocentric, spatial_reference
from ..planet.geometry import area_from_polygons
from .ground import base_wkt, ground_steps, kept_transformer, lonlat_wkt
from .sources import DRIVERS, gdal_name, open_source, source_name

#: A chip needs at least a third of the model's pixels along its edge to be enlarged to them.
LEAST_REAL = 3.0
_MARS_NAMES = re.compile(r"(?<![a-z])mars(?![a-z])", re.IGNORECASE)
_EDGE_POINTS = 24


@dataclass(frozen=True)
class Image:
    """An image that was opened and understood; nothing of it is held open.

    ``path`` is what the user wrote, ``name`` a short name for messages. ``pixel_size`` is ground metres a pixel in its
    middle (None without a scale). ``crs`` is "" and ``body`` "" where the image has no CRS: ``transform`` then makes x
    the column and y minus the row. ``opened`` is what GDAL is given, ``transform`` GDAL's six numbers, ``step`` the
    least difference that its pixels can hold (1 for whole numbers, 0 for floating point).
    """

    path: str
    name: str
    body: str
    crs: str
    pixel_size: float | None
    width: int
    height: int
    bands: int
    opened: str
    transform: tuple[float, float, float, float, float, float]
    step: float = 0.0
    drivers: tuple[str, ...] = field(default=DRIVERS, repr=False)

    @property
    def metres(self) -> float:
        """Ground metres a pixel, or 1 where it has no scale (lengths are pixels then)."""
        return self.pixel_size or 1.0

    def map_of(self, column: object, row: object) -> tuple[np.ndarray, np.ndarray]:
        """x, y of pixel edges (0, 0 is the upper left corner)."""
        c, r = np.asarray(column, float), np.asarray(row, float)
        t = self.transform
        return t[0] + c * t[1] + r * t[2], t[3] + c * t[4] + r * t[5]

    def pixel_of(self, x: object, y: object) -> tuple[np.ndarray, np.ndarray]:
        """Column, row (edges) of x, y."""
        t = self.transform
        dx, dy = np.asarray(x, float) - t[0], np.asarray(y, float) - t[3]
        det = t[1] * t[5] - t[2] * t[4]
        return (dx * t[5] - dy * t[2]) / det, (dy * t[1] - dx * t[4]) / det

    def lonlat(self, x: object, y: object) -> tuple[np.ndarray, np.ndarray]:
        """Longitude (-180..180) and latitude on the body of x, y. Only with a CRS."""
        lon, lat = kept_transformer(self.crs, lonlat_wkt(self.crs)).points(np.asarray(x, float), np.asarray(y, float))
        return (lon + 180.0) % 360.0 - 180.0, lat

    def from_lonlat(self, lon: object, lat: object) -> tuple[np.ndarray, np.ndarray]:
        """x, y of places on the body. Only with a CRS."""
        return kept_transformer(lonlat_wkt(self.crs), self.crs).points(np.asarray(lon, float), np.asarray(lat, float))


def open_image(path: str, pixel_size: float | None = None, drivers: tuple[str, ...] = DRIVERS) -> Image:
    """Look at any GDAL source: a file, a URL, /vsicurl/, a GDAL-WMS description (file or text), an XYZ template.

    ``pixel_size`` (metres) gives a scale to an image without a CRS; an image with one keeps its own. Raises InputError.
    """
    if pixel_size is not None and not (math.isfinite(pixel_size) and pixel_size > 0):
        raise InputError(f"A pixel size of {pixel_size} m cannot be.", "Give a positive number of metres.")
    opened, name = gdal_name(str(path)), source_name(str(path))
    dataset = open_source(opened, name, drivers)
    band = dataset.GetRasterBand(1)
    if gdal.DataTypeIsComplex(band.DataType):
        raise InputError(f"{name} holds complex numbers.", "Make an image of their amplitude first.")
    step = 0.0 if band.DataType in (gdal.GDT_Float32, gdal.GDT_Float64) else 1.0
    width, height = dataset.RasterXSize, dataset.RasterYSize
    crs = _crs_of(dataset, name)
    transform = tuple(dataset.GetGeoTransform(can_return_null=True) or ())
    if crs and not transform:
        where = "control points" if dataset.GetGCPCount() else "nothing"
        raise InputError(f"{name} has a CRS but {where} to place its pixels by.", "Warp it to a map first.")
    if not crs:
        if dataset.GetGCPCount() and pixel_size is None:
            raise InputError(f"{name} is placed by control points only.", "Warp it to a map first.")
        return Image(str(path), name, "", "", pixel_size, width, height, dataset.RasterCount, opened,
                     (0.0, 1.0, 0.0, 0.0, 0.0, -1.0), step, drivers)  # fmt: skip
    if not np.isfinite(transform).all() or transform[1] * transform[5] == transform[2] * transform[4]:
        raise InputError(f"{name} has pixels of no size.", "Check its georeference.")
    image = Image(str(path), name, body_of(crs) or "", crs, None, width, height, dataset.RasterCount, opened,
                  transform, step, drivers)  # fmt: skip
    size = pixel_size_at(image, *(float(v) for v in image.map_of(width / 2, height / 2)))
    if size is None:
        size = _any_pixel_size(image)
    return replace(image, pixel_size=size)


def _crs_of(dataset: gdal.Dataset, name: str) -> str:
    """The dataset's CRS as WKT; "" where it has none, or one that lies on no body."""
    found = dataset.GetSpatialRef()
    if found is None:
        return ""
    wkt = found.ExportToWkt(["FORMAT=WKT2_2019"]) or dataset.GetProjection() or ""
    if not wkt or found.IsLocal():
        return ""
    wkt = planetocentric(wkt)
    on = body_of(wkt)
    if on is None:
        return ""
    read = spatial_reference(wkt)
    names = " ".join(filter(None, (read.GetAttrValue(n) for n in ("PROJCS", "GEOGCS", "DATUM")))).replace("_", " ")
    if on == "Earth" and _MARS_NAMES.search(names):
        raise InputError(
            f"{name} has a CRS that is called Mars ({read.GetName()}) but has the size of the Earth.",
            "Assign the right CRS to it, such as IAU_2015:49900.",
        )
    return wkt


def pixel_size_at(image: Image, x: float, y: float) -> float | None:
    """Ground metres a pixel at x, y of the image's CRS: the square root of the pixel's area. None off its map."""
    if not image.crs:
        return image.pixel_size
    along_x, along_y = ground_steps(image.crs, x, y)
    _, a, b, _, d, e = image.transform
    area = float(np.linalg.norm(np.cross(a * along_x + d * along_y, b * along_x + e * along_y)))
    return math.sqrt(area) if math.isfinite(area) and area > 0 else None


def _any_pixel_size(image: Image) -> float:
    """Where the image's middle lies off its map: the median of what else does."""
    c, r = np.meshgrid(np.linspace(0.05, 0.95, 7) * image.width, np.linspace(0.05, 0.95, 7) * image.height)
    x, y = image.map_of(c.ravel(), r.ravel())
    sizes = [s for s in (pixel_size_at(image, float(i), float(j)) for i, j in zip(x, y, strict=True)) if s]
    if not sizes:
        raise InputError(f"{image.name} lies outside its own map.", "Check its CRS and its georeference.")
    return float(np.median(sizes))


def need_fine_enough(image: Image, chip_size: float, chip_px: int, pixel_size: float | None = None) -> None:
    """Raise InputError where a chip of ``chip_size`` holds too few of the image's pixels to be looked at."""
    if not (math.isfinite(chip_size) and chip_size > 0):
        raise InputError(f"A chip of {chip_size:g} m cannot be.", "Give a positive number of metres.")
    size = pixel_size or image.metres
    real = chip_size / size
    if real * LEAST_REAL < chip_px * (1 - 1e-6):
        least = chip_px * size / LEAST_REAL
        if image.pixel_size is None:
            raise InputError(
                f"A chip of {chip_size:g} pixels of {image.name} is too small: the model looks at {chip_px}.",
                f"Choose chips of at least {math.ceil(least):d} pixels.",
            )
        raise InputError(
            f"{image.name} has pixels of {size:.3g} m: a chip of {chip_size:g} m would hold {real:.1f} of them along "
            f"its edge, and the model looks at {chip_px}.",
            f"Choose chips of at least {_rounded_up(least)} m, or a finer image.",
        )


def _rounded_up(value: float) -> str:
    unit = 10.0 ** (math.floor(math.log10(value)) - 1)
    return f"{math.ceil(value / unit - 1e-9) * unit:g}"


def need_one_scale(target: Image, search: Image, chip_size: float, chip_px: int) -> tuple[str, ...]:
    """Raise InputError where two images cannot be brought to one ground scale; returns warnings for the user."""
    if (target.pixel_size is None) != (search.pixel_size is None):
        bare, scaled = (target, search) if target.pixel_size is None else (search, target)
        raise InputError(
            f"{bare.name} has no CRS and no pixel size, {scaled.name} has {scaled.pixel_size:.3g} m a pixel: they "
            "cannot be brought to one scale.",
            f"Assign the CRS of {bare.name}, or give its pixel size in metres.",
        )
    for image in (target, search):
        need_fine_enough(image, chip_size, chip_px)
    if target.pixel_size is None:
        return ("Neither image has a CRS: chips are compared pixel for pixel, and sizes are in pixels.",)
    return ()


def footprint(image: Image) -> Area | None:
    """The image's outline on its body; None without a CRS. Raises InputError where it lies off its own map."""
    if not image.crs:
        return None
    t = np.linspace(0.0, 1.0, _EDGE_POINTS, endpoint=False)
    w, h = float(image.width), float(image.height)
    column = np.concatenate([t * w, np.full_like(t, w), (1 - t) * w, np.zeros_like(t)])
    row = np.concatenate([np.zeros_like(t), t * h, np.full_like(t, h), (1 - t) * h])
    x, y = image.map_of(column, row)
    lon, lat = kept_transformer(image.crs, lonlat_wkt(image.crs)).points(x, y)
    good = np.isfinite(lon) & np.isfinite(lat)
    lon, lat = np.unwrap(lon[good], period=360.0), np.clip(lat[good], -90.0, 90.0)
    if len(lon) < 4:
        raise InputError(f"{image.name} lies outside its own map.", "Check its CRS and its georeference.")
    if lon.max() - lon.min() >= 359.999 and abs(lon[0] - lon[-1]) < 180.0:
        return area_from_polygons([[[(-180.0, lat.min()), (0.0, lat.min()), (180.0, lat.min()), (180.0, lat.max()),
                                     (0.0, lat.max()), (-180.0, lat.max())]]], image.body)  # fmt: skip
    return area_from_polygons([[np.column_stack([lon, lat]).tolist()]], image.body)


__all__ = [
    "LEAST_REAL",
    "Image",
    "base_wkt",
    "footprint",
    "need_fine_enough",
    "need_one_scale",
    "open_image",
    "pixel_size_at",
]
