"""ISIS labels: of a cube (through GDAL), or alone in a text file as ASU's CTX stream gives them (``.isis.hdr``).

Only what places and dates an image is taken: the Mapping group and the Instrument group. In ISIS, UpperLeftCornerX and
-Y are the outer corner of the first pixel (sample and line 0.5), metres.
"""

from __future__ import annotations

import json
import re
import struct
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from osgeo import gdal

from ..common.errors import ProductError
from ..planet import crs
from ..planet.bodies import MARS, Body, local_radius
from . import odl

MAX_ISIS_BYTES = 1 << 20
_REMEDY = "Fetch the image's .isis.hdr again; if it comes the same, leave this product out."
#: Special pixels by data type (ISIS: SpecialPixel.h): NULL, then the four kinds of saturation.
SPECIAL_BYTE = (0.0, (255.0,))
SPECIAL_INT16 = (-32768.0, (-32767.0, -32766.0, -32765.0, -32764.0))
SPECIAL_UINT16 = (0.0, (1.0, 2.0, 65534.0, 65535.0))
_FLOAT_BITS = (0xFF7FFFFB, 0xFF7FFFFC, 0xFF7FFFFD, 0xFF7FFFFE, 0xFF7FFFFF)
_COMMENT = re.compile(r"^[ \t]*#.*$", re.MULTILINE)


@dataclass(frozen=True)
class IsisMap:
    """A Mapping group: CRS as WKT, GDAL geotransform (metres), pixel size, and the image's size where it says it."""

    crs: str
    geotransform: tuple[float, float, float, float, float, float]
    pixel_size: float
    size: tuple[int, int] | None
    time: datetime | None
    product_id: str


def cube_label(dataset: gdal.Dataset) -> dict[str, Any]:
    """The IsisCube object of a cube that GDAL opened, {} for other rasters and labels that are none.

    ``GetMetadata`` answers {} for this domain in GDAL's Python; only the list form has it.
    """
    texts = dataset.GetMetadata_List("json:ISIS3")
    try:
        found = json.loads(texts[0])["IsisCube"] if texts else {}
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def group(label: dict[str, Any], name: str) -> dict[str, Any]:
    """A group of a cube's label, {} where it is not there."""
    found = label.get(name)
    return found if isinstance(found, dict) else {}


def specials(dataset: gdal.Dataset, band: gdal.Band) -> tuple[float, ...]:
    """The saturations (LRS, LIS, HIS, HRS) of an ISIS cube's band; () for other rasters. NULL is its nodata."""
    driver = dataset.GetDriver()
    if driver is None or driver.ShortName != "ISIS3":
        return ()
    known = {
        gdal.GDT_Byte: SPECIAL_BYTE,
        gdal.GDT_Int16: SPECIAL_INT16,
        gdal.GDT_UInt16: SPECIAL_UINT16,
        gdal.GDT_Float32: special_floats(),
    }
    return known[band.DataType][1] if band.DataType in known else ()


def check_conventions(label: dict[str, Any], name: str) -> None:
    """Raise ProductError for a map that GDAL would misread: longitudes to the west, or planetographic off the poles."""
    mapping = group(label, "Mapping")
    if str(mapping.get("LongitudeDirection", "PositiveEast")).lower() != "positiveeast":
        raise ProductError(
            f"{name} counts longitudes to the west, which is not read here.",
            "Convert it first (map2map longitudedirection=PositiveEast).",
        )
    radii = [_value(mapping.get(key)) for key in ("EquatorialRadius", "PolarRadius")]
    flat = None not in radii and radii[0] != radii[1]
    polar = str(mapping.get("ProjectionName", "")).lower().startswith("polar")
    if flat and not polar and str(mapping.get("LatitudeType", "Planetocentric")).lower() != "planetocentric":
        raise ProductError(
            f"{name} is projected on planetographic latitudes, which is not read here.",
            "Convert it first (map2map lattype=planetocentric).",
        )


def _value(found: Any) -> float | None:
    """A number, with or without a unit."""
    value = found.get("value") if isinstance(found, dict) else found
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def special_floats() -> tuple[float, tuple[float, ...]]:
    """NULL and the four saturations of 32-bit ISIS cubes, as Python floats."""
    values = [struct.unpack(">f", bits.to_bytes(4, "big"))[0] for bits in _FLOAT_BITS]
    return values[0], tuple(values[1:])


def check_isis_bytes(data: bytes, name: str) -> None:
    """Raise ProductError unless the bytes hold a whole ISIS label with a Mapping group, of sane size."""
    if len(data) > MAX_ISIS_BYTES:
        raise ProductError(f"{name} is larger than 1 MB: it is no ISIS label.", _REMEDY)
    if not re.search(rb"Group\s*=\s*Mapping\b", data, re.IGNORECASE):
        raise ProductError(f"{name} holds no Mapping group: it is no label of a projected ISIS image.", _REMEDY)
    if not re.search(rb"(?:^|[\r\n])[ \t]*End_Group\b", data, re.IGNORECASE):
        raise ProductError(f"{name} is cut short: its groups are not closed.", _REMEDY)


def read_isis_map(path: Path | str) -> IsisMap:
    """The map of a text label. SimpleCylindrical, Equirectangular and PolarStereographic. Raises ProductError."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_ISIS_BYTES + 1)
    except OSError as error:
        raise ProductError(f"{path} cannot be read: {error.strerror or error}.", "Check the file.") from error
    check_isis_bytes(data, str(path))
    text = _COMMENT.sub("", data.decode("utf-8", errors="replace"))
    if not re.search(r"^\s*END\s*$", text, re.IGNORECASE | re.MULTILINE):
        text += "\nEnd\n"  # a label cut out of a cube, or only its Mapping group
    try:
        root = odl.parse(text)
    except odl.OdlError as error:
        raise ProductError(f"{path} is not a readable ISIS label ({error}).", _REMEDY) from error
    return _map_of(root, path.name)


def _map_of(root: odl.Block, name: str) -> IsisMap:
    mapping = _find(root, "mapping")
    if mapping is None:
        raise ProductError(f"{name} holds no Mapping group.", _REMEDY)
    values = {key.lower(): found[0] for key, found in mapping.values.items()}
    _conventions(values, name)
    size = _number(values, "pixelresolution", name, 0.01, 1e6)
    left = _number(values, "upperleftcornerx", name, -3e7, 3e7)
    top = _number(values, "upperleftcornery", name, -3e7, 3e7)
    dimensions = _find(root, "dimensions")
    shape = None
    if dimensions is not None:
        sides = [dimensions.values.get(key, [None])[0] for key in ("Samples", "Lines")]
        if all(isinstance(s, int) and 0 < s <= 1 << 19 for s in sides):
            shape = (sides[0], sides[1])
    instrument, archive = _find(root, "instrument"), _find(root, "archive")
    start = instrument.values.get("StartTime", [None])[0] if instrument else None
    product = archive.values.get("ProductId", [""])[0] if archive else ""
    return IsisMap(
        crs=_crs(values, name),
        geotransform=(left, size, 0.0, top, 0.0, -size),
        pixel_size=size,
        size=shape,
        time=start.astimezone(timezone.utc) if isinstance(start, datetime) else None,
        product_id=product if isinstance(product, str) else "",
    )


def _find(block: odl.Block, name: str) -> odl.Block | None:
    """The first object or group of that name, at any depth (the parser bounds the depth)."""
    for key, inner in block.blocks.items():
        if key.lower() == name:
            return inner[0]
    for inner in block.blocks.values():
        for one in inner:
            found = _find(one, name)
            if found is not None:
                return found
    return None


def _conventions(values: dict[str, Any], name: str) -> None:
    """Planetocentric, east-positive, on Mars; what says otherwise is refused rather than turned."""
    for key, wanted in (
        ("targetname", "mars"),
        ("latitudetype", "planetocentric"),
        ("longitudedirection", "positiveeast"),
    ):
        stated = str(values.get(key, wanted)).lower()
        if stated != wanted:
            raise ProductError(f"{name} has {key} {stated}, and only {wanted} is read.", _REMEDY)
    if values.get("rotation", 0) not in (0, 0.0):
        raise ProductError(f"{name} states a rotated map.", _REMEDY)


def _crs(values: dict[str, Any], name: str) -> str:
    kind = str(values.get("projectionname", "")).lower()
    low, high = MARS.polar_radius - 1e3, MARS.radius + 1e3
    equator = _number(values, "equatorialradius", name, low, high)
    polar = _number(values, "polarradius", name, low, high)
    longitude = _number(values, "centerlongitude", name, -360, 360)
    if kind == "simplecylindrical":
        # x = R (lon - centre), y = R lat on the equatorial radius, whatever the latitude type.
        return crs.equirectangular_wkt(0.0, longitude, equator)
    latitude = _number(values, "centerlatitude", name, -90, 90)
    if kind == "equirectangular":
        return crs.equirectangular_wkt(latitude, longitude, local_radius(Body("Mars", equator, polar), latitude))
    if kind == "polarstereographic" and abs(latitude) == 90:
        return crs.polar_wkt(latitude > 0, polar_radius=polar, lon_0=longitude)
    raise ProductError(
        f"{name} has the projection {kind or '(none)'} at {latitude:g}, which is not read here.", _REMEDY
    )


def _number(values: dict[str, Any], key: str, name: str, low: float, high: float) -> float:
    value = values.get(key)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
        raise ProductError(f"{name} gives no usable {key} ({value!r}).", _REMEDY)
    return float(value)
