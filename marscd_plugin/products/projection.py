"""A HiRISE label's projection: its CRS and geotransform, checked against the label's own edges.

Formulas: DSMAP.CAT of the HiRISE RDR volumes. Sample and line offsets count pixels whose centres are integers (first
pixel 1), so the image's upper-left corner lies at sample and line 0.5.

The edges. A label's MAXIMUM_LATITUDE ... WESTERNMOST_LONGITUDE are those of the area that was asked of the producer's
program (ISIS), which then moves the upper-left corner *outwards* to a whole multiple of the pixel size (ceil of y,
floor of x) and rounds the size to whole pixels. So the stated upper-left edges lie 0 to 1 pixel inside the image and
the lower-right ones within half a pixel of its edges; ``expected_frame`` does the same from the stated edges, and all
real labels at hand come out with exactly their own offsets and sizes (tests/products/test_label_edges.py).

The equirectangular kind is a sphere of the local radius at CENTER_LATITUDE; for the polar kind the sphere of the polar
radius is used, see ``planet.crs.polar_wkt``. HiRISE writes the local radius into all three axes; the CTX maps of the
HiRISE team write the ellipsoid's, and MAP_SCALE in kilometres.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from ..common.errors import ProductError
from ..planet import crs
from ..planet.bodies import MARS, Body, local_radius
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


def label_projection(label: Label, tolerance: float = EDGE_TOLERANCE_PX) -> LabelProjection:
    """The label's projection. ``tolerance``: how many pixels a stated edge may lie from where the offsets put it.

    Raises ProductError where a part is missing, absurd, or contradicts another.
    """
    kind = (label.text(_MAP, "MAP_PROJECTION_TYPE") or "").upper()
    target = (label.text("TARGET_NAME") or "").upper()
    if target != "MARS":
        raise ProductError(
            f"{label.name} is of {target.title() or 'no body'}, not of Mars.", "Choose products of Mars."
        )
    scale = _scale(label)
    width, height = _size(label)
    left = (0.5 - label.need_number(_MAP, "SAMPLE_PROJECTION_OFFSET")) * scale
    top = (label.need_number(_MAP, "LINE_PROJECTION_OFFSET") - 0.5) * scale
    transform = (left, scale, 0.0, top, 0.0, -scale)
    if label.number(_MAP, "MAP_PROJECTION_ROTATION") not in (None, 0.0):
        raise ProductError(f"{label.name} states a rotated map, which HiRISE products never are.", _REMEDY)
    if kind == "EQUIRECTANGULAR":
        return _equirectangular(label, transform, width, height, scale, tolerance)
    if kind == "POLAR STEREOGRAPHIC":
        return _polar(label, transform, width, height, scale)
    raise ProductError(
        f"{label.name} has the projection {kind or '(none)'}, which HiRISE products do not use.", _REMEDY
    )


def _equirectangular(
    label: Label, transform: Transform, width: int, height: int, scale: float, tolerance: float
) -> LabelProjection:
    # The local radius lies between the polar and the equatorial one; a metre of slack for rounded labels.
    low, high = MARS.polar_radius / 1e3 - 1e-3, MARS.radius / 1e3 + 1e-3
    radius = _between(label, "A_AXIS_RADIUS", low, high) * 1e3
    polar = label.number(_MAP, "C_AXIS_RADIUS")
    latitude = _between(label, "CENTER_LATITUDE", -80.0, 80.0)
    if polar is not None and abs(polar * 1e3 - radius) > 1.0:
        # The ellipsoid itself: the map is made on the sphere of its radius at CENTER_LATITUDE all the same.
        _between(label, "C_AXIS_RADIUS", low, high)
        radius = local_radius(Body("Mars", radius, polar * 1e3), latitude)
    longitude = _between(label, "CENTER_LONGITUDE", -180.0, 360.0)
    _resolution_fits(label, radius, scale)
    degree = math.radians(1.0) * radius
    _edge_fits(label, "MAXIMUM_LATITUDE", transform[3] / degree, degree / scale, tolerance)
    _edge_fits(label, "MINIMUM_LATITUDE", (transform[3] - height * scale) / degree, degree / scale, tolerance)
    parallel = degree * math.cos(math.radians(latitude))
    _edge_fits(
        label, "WESTERNMOST_LONGITUDE", longitude + transform[0] / parallel, parallel / scale, tolerance, around=True
    )
    right = transform[0] + width * scale
    _edge_fits(label, "EASTERNMOST_LONGITUDE", longitude + right / parallel, parallel / scale, tolerance, around=True)
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


def _scale(label: Label) -> float:
    """MAP_SCALE in metres a pixel; some labels give kilometres, and MAP_RESOLUTION tells."""
    stated, resolution = label.need_number(_MAP, "MAP_SCALE"), label.number(_MAP, "MAP_RESOLUTION")
    if resolution and resolution > 0 and stated < 0.1:
        metres = math.radians(1.0) * MARS.radius / resolution
        if abs(stated * 1e3 / metres - 1.0) < 0.02:
            stated *= 1e3
    if not 0.01 <= stated <= 100.0:
        raise ProductError(
            f"{label.name} gives an absurd MAP_SCALE: {stated:g} (expected 0.01 to 100 metres a pixel).", _REMEDY
        )
    return stated


def image_scope(label: Label) -> tuple[str, ...]:
    """Where a label describes its image: beside the label's own keywords, or in an object of the file."""
    for scope in (("UNCOMPRESSED_FILE", "IMAGE"), ("FILE", "IMAGE"), ("IMAGE",)):
        if label.scope(*scope) is not None:
            return scope
    raise ProductError(f"{label.name} describes no image.", _REMEDY)


def _size(label: Label) -> tuple[int, int]:
    """Samples and lines, the same wherever the label states them."""
    found = []
    for last, count in (("SAMPLE_LAST_PIXEL", "LINE_SAMPLES"), ("LINE_LAST_PIXEL", "LINES")):
        first = label.number(_MAP, last.replace("LAST", "FIRST"))
        stated = label.need_number(*image_scope(label), count)
        end = label.number(_MAP, last)
        mapped = stated if end is None else end - (1.0 if first is None else first) + 1.0
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


def _edge_fits(
    label: Label, keyword: str, wanted: float, pixels_per_degree: float, tolerance: float, around: bool = False
) -> None:
    stated = label.need_number(_MAP, keyword)
    off = wanted - stated
    if around:
        off = (off + 180.0) % 360.0 - 180.0
    if abs(off) * pixels_per_degree > tolerance:
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


@dataclass(frozen=True)
class Frame:
    """Where the upper-left corner lies, in whole pixels right of and above the map's origin, and the size."""

    left: int
    top: int
    width: int
    height: int


def expected_frame(label: Label) -> Frame:
    """The frame that the producer's program makes of an equirectangular label's stated edges (see the module's text).

    Raises ProductError.
    """
    projection = label_projection(label)
    if projection.polar:
        raise ProductError(f"{label.name} is a polar map: its edges are no parallels.", _REMEDY)
    top, bottom, left, right = _stated(projection, label)
    upper, first = math.ceil(top), math.floor(left)
    return Frame(first, upper, int(right - first + 0.5), int(upper - bottom + 0.5))


def frame_of(projection: LabelProjection) -> Frame:
    """The frame that a projection's geotransform gives."""
    left, scale, _, top, _, _ = projection.geotransform
    return Frame(round(left / scale), round(top / scale), projection.width, projection.height)


def edges(projection: LabelProjection, label: Label) -> Iterable[tuple[str, float]]:
    """How far each stated edge of an equirectangular label lies from its geotransform, in pixels: for reports.

    Positive is north or east. In sound labels: MAXIMUM_LATITUDE 0 to 1, WESTERNMOST_LONGITUDE -1 to 0, the others
    within half a pixel of 0.
    """
    frame = frame_of(projection)
    ours = (frame.top, frame.top - frame.height, frame.left, frame.left + frame.width)
    turn = 2 * math.pi * projection.radius * math.cos(math.radians(label.need_number(_MAP, "CENTER_LATITUDE")))
    turn /= projection.pixel_size
    for keyword, mine, stated in zip(_EDGES, ours, _stated(projection, label), strict=True):
        off = mine - stated
        yield keyword, off - turn * round(off / turn) if "LONGITUDE" in keyword else off


_EDGES = ("MAXIMUM_LATITUDE", "MINIMUM_LATITUDE", "WESTERNMOST_LONGITUDE", "EASTERNMOST_LONGITUDE")


def _stated(projection: LabelProjection, label: Label) -> list[float]:
    """The stated edges, top, bottom, left, right, in pixels from the map's origin (positive up and right)."""
    degree = math.radians(1.0) * projection.radius / projection.pixel_size
    parallel = degree * math.cos(math.radians(label.need_number(_MAP, "CENTER_LATITUDE")))
    longitude = label.need_number(_MAP, "CENTER_LONGITUDE")
    north, south, west, east = (label.need_number(_MAP, keyword) for keyword in _EDGES)
    left = ((west - longitude + 180.0) % 360.0 - 180.0) * parallel
    width = ((east - west) % 360.0) * parallel
    return [north * degree, south * degree, left, left + width]
