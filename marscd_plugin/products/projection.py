"""A HiRISE label's projection: its CRS and geotransform, checked against the label's own edges.

Formulas: DSMAP.CAT of the HiRISE RDR volumes. Sample and line offsets count pixels whose centres are integers (first
pixel 1), so the image's upper-left corner lies at sample and line 0.5: a whole multiple of the pixel size, to which the
producer widens the image. The label's latitudes and longitudes are those before that, so in sound labels the
upper-left edges lie 0 to 1 pixel outside the stated ones and the lower-right edges within half a pixel (seen in all
four labels at hand). The equirectangular kind is a sphere of the local radius at CENTER_LATITUDE; for the polar kind
the sphere of the polar radius is used, see ``planet.crs.polar_wkt``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from ..common.errors import ProductError
from ..planet import crs
from ..planet.bodies import MARS
from .label import Label

Transform = tuple[float, float, float, float, float, float]
#: How far an edge that the label states may lie from where its offsets put it, in pixels, before the label is refused.
EDGE_TOLERANCE_PX = 5.0
#: The sphere that stands for HiRISE's polar ellipsoid is up to 9 m off at 65 degrees (``planet.crs.polar_wkt``).
_POLAR_SLACK_M = 10.0
_MAP = "IMAGE_MAP_PROJECTION"
_REMEDY = "Fetch the label again; if it comes the same, leave this product out."


@dataclass(frozen=True)
class LabelProjection:
    """What a label says of the map: CRS as WKT, GDAL geotransform (metres), image size and pixel size in metres."""

    crs: str
    geotransform: Transform
    width: int
    height: int
    pixel_size: float
    radius: float
    polar: bool


def label_projection(label: Label) -> LabelProjection:
    """The label's projection. Raises ProductError where a part is missing, absurd, or contradicts another."""
    kind = (label.text(_MAP, "MAP_PROJECTION_TYPE") or "").upper()
    target = (label.text("TARGET_NAME") or "").upper()
    if target != "MARS":
        raise ProductError(
            f"{label.name} is of {target.title() or 'no body'}, not of Mars.", "Choose products of Mars."
        )
    scale = _between(label, "MAP_SCALE", 0.01, 100.0)
    width, height = _size(label)
    left = (0.5 - label.need_number(_MAP, "SAMPLE_PROJECTION_OFFSET")) * scale
    top = (label.need_number(_MAP, "LINE_PROJECTION_OFFSET") - 0.5) * scale
    transform = (left, scale, 0.0, top, 0.0, -scale)
    if label.number(_MAP, "MAP_PROJECTION_ROTATION") not in (None, 0.0):
        raise ProductError(f"{label.name} states a rotated map, which HiRISE products never are.", _REMEDY)
    if kind == "EQUIRECTANGULAR":
        return _equirectangular(label, transform, width, height, scale)
    if kind == "POLAR STEREOGRAPHIC":
        return _polar(label, transform, width, height, scale)
    raise ProductError(
        f"{label.name} has the projection {kind or '(none)'}, which HiRISE products do not use.", _REMEDY
    )


def _equirectangular(label: Label, transform: Transform, width: int, height: int, scale: float) -> LabelProjection:
    # The local radius lies between the polar and the equatorial one; a metre of slack for rounded labels.
    radius = _between(label, "A_AXIS_RADIUS", MARS.polar_radius / 1e3 - 1e-3, MARS.radius / 1e3 + 1e-3) * 1e3
    latitude = _between(label, "CENTER_LATITUDE", -80.0, 80.0)
    longitude = _between(label, "CENTER_LONGITUDE", -180.0, 360.0)
    _resolution_fits(label, radius, scale)
    degree = math.radians(1.0) * radius
    _edge_fits(label, "MAXIMUM_LATITUDE", transform[3] / degree, degree / scale)
    _edge_fits(label, "MINIMUM_LATITUDE", (transform[3] - height * scale) / degree, degree / scale)
    parallel = degree * math.cos(math.radians(latitude))
    _edge_fits(label, "WESTERNMOST_LONGITUDE", longitude + transform[0] / parallel, parallel / scale, around=True)
    right = transform[0] + width * scale
    _edge_fits(label, "EASTERNMOST_LONGITUDE", longitude + right / parallel, parallel / scale, around=True)
    wkt = crs.equirectangular_wkt(latitude, longitude, radius)
    return LabelProjection(wkt, transform, width, height, scale, radius, False)


def _polar(label: Label, transform: Transform, width: int, height: int, scale: float) -> LabelProjection:
    radius = _between(label, "C_AXIS_RADIUS", MARS.polar_radius / 1e3 - 1e-3, MARS.polar_radius / 1e3 + 1e-3) * 1e3
    latitude = label.need_number(_MAP, "CENTER_LATITUDE")
    if abs(latitude) != 90.0 or label.need_number(_MAP, "CENTER_LONGITUDE") % 360.0 != 0.0:
        raise ProductError(f"{label.name} has a polar map that is not centred on a pole and longitude 0.", _REMEDY)
    _resolution_fits(label, radius, scale)
    _polar_latitudes_fit(label, transform, width, height, scale, radius, latitude > 0)
    wkt = crs.polar_wkt(latitude > 0, polar_radius=radius)
    return LabelProjection(wkt, transform, width, height, scale, radius, True)


def _polar_latitudes_fit(
    label: Label, transform: Transform, width: int, height: int, scale: float, radius: float, north: bool
) -> None:
    """The stated latitudes must lie within what the map's rectangle covers, and reach most of it.

    The rectangle's corners may hold no image, so the stated range may be smaller, never larger.
    """
    left, top = transform[0], transform[3]
    right, bottom = left + width * scale, top - height * scale
    near = math.hypot(max(left, 0.0, -right), max(bottom, 0.0, -top))
    far = max(math.hypot(x, y) for x in (left, right) for y in (top, bottom))
    sign = 1.0 if north else -1.0

    def at(distance: float) -> float:
        return sign * (90.0 - math.degrees(2 * math.atan(distance / (2 * radius))))

    low, high = sorted((at(near), at(far)))
    stated = (label.need_number(_MAP, "MINIMUM_LATITUDE"), label.need_number(_MAP, "MAXIMUM_LATITUDE"))
    slack = (EDGE_TOLERANCE_PX * scale + _POLAR_SLACK_M) / (math.radians(1.0) * radius)
    if not (low - slack <= stated[0] <= stated[1] <= high + slack and stated[1] - stated[0] >= 0.3 * (high - low)):
        raise ProductError(
            f"{label.name} contradicts itself: its offsets put the image at latitudes {low:.5f} to {high:.5f}, "
            f"it states {stated[0]:.5f} to {stated[1]:.5f}.",
            _REMEDY,
        )


def _size(label: Label) -> tuple[int, int]:
    """Samples and lines, the same wherever the label states them."""
    found = []
    for last, count in (("SAMPLE_LAST_PIXEL", "LINE_SAMPLES"), ("LINE_LAST_PIXEL", "LINES")):
        first = label.number(_MAP, last.replace("LAST", "FIRST"))
        stated = label.need_number("UNCOMPRESSED_FILE", "IMAGE", count)
        mapped = label.need_number(_MAP, last) - (1.0 if first is None else first) + 1.0
        if first not in (None, 1.0) or mapped != stated or stated != int(stated) or not 0 < stated <= 1 << 19:
            raise ProductError(
                f"{label.name} contradicts itself: {count} is {stated:g}, its map has {mapped:g}.", _REMEDY
            )
        found.append(int(stated))
    return found[0], found[1]


def _resolution_fits(label: Label, radius: float, scale: float) -> None:
    stated = label.number(_MAP, "MAP_RESOLUTION")
    wanted = math.radians(1.0) * radius / scale
    # Some labels round MAP_SCALE, so this only catches a radius or scale that is plainly another's.
    if stated is not None and abs(stated / wanted - 1.0) > 1e-3:
        raise ProductError(
            f"{label.name} contradicts itself: MAP_RESOLUTION is {stated:.1f} pixels a degree, its radius and "
            f"MAP_SCALE give {wanted:.1f}.",
            _REMEDY,
        )


def _edge_fits(label: Label, keyword: str, wanted: float, pixels_per_degree: float, around: bool = False) -> None:
    stated = label.need_number(_MAP, keyword)
    off = wanted - stated
    if around:
        off = (off + 180.0) % 360.0 - 180.0
    if abs(off) * pixels_per_degree > EDGE_TOLERANCE_PX:
        raise ProductError(
            f"{label.name} contradicts itself: {keyword} is {stated:.6f}, its projection offsets give "
            f"{wanted % 360.0 if around else wanted:.6f}, {abs(off) * pixels_per_degree:,.0f} pixels away.",
            _REMEDY,
        )


def _between(label: Label, keyword: str, low: float, high: float) -> float:
    value = label.need_number(_MAP, keyword)
    if not low <= value <= high:
        raise ProductError(
            f"{label.name} gives an absurd {keyword}: {value:g} (expected {low:g} to {high:g}).", _REMEDY
        )
    return value


def edges(projection: LabelProjection, label: Label) -> Iterable[tuple[str, float]]:
    """How far each stated edge of an equirectangular label lies from its geotransform, in pixels: for reports."""
    degree = math.radians(1.0) * projection.radius
    left, scale, _, top, _, _ = projection.geotransform
    latitude = label.need_number(_MAP, "CENTER_LATITUDE")
    longitude = label.need_number(_MAP, "CENTER_LONGITUDE")
    parallel = degree * math.cos(math.radians(latitude))
    for keyword, value, unit in (
        ("MAXIMUM_LATITUDE", top / degree, degree),
        ("MINIMUM_LATITUDE", (top - projection.height * scale) / degree, degree),
        ("WESTERNMOST_LONGITUDE", longitude + left / parallel, parallel),
        ("EASTERNMOST_LONGITUDE", longitude + (left + projection.width * scale) / parallel, parallel),
    ):
        off = (value - label.need_number(_MAP, keyword) + 180.0) % 360.0 - 180.0
        yield keyword, off * unit / scale
