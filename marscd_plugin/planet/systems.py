"""Coordinate reference systems of Mars, as WKT that GDAL and QGIS 3.40 both read as being on Mars.

Every CRS made here lies on a sphere with a *named* Mars datum: QGIS calls a CRS made from a PROJ string a "Non-Earth
body" and will not transform it. On spheres, PROJ carries planetocentric latitudes over unchanged, whatever the radius;
between an ellipsoid and a sphere it would read a planetocentric latitude as a planetographic one (up to 0.34 degree,
20 km). That is why ``polar_wkt`` answers a label's ellipsoid with a sphere.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from osgeo import gdal, osr

from ..common.errors import InputError
from .bodies import MARS, body

#: Poleward of this latitude (degrees) grids are polar stereographic, as HiRISE's own products are.
POLAR_LATITUDE = 65.0
#: IAU code -> the ESRI code with equal coordinates, which survives GeoPackage.
ESRI_TWINS = {49900: 104971, 49910: 103885, 49930: 103883, 49935: 103884}

_MAX_TEXT = 100_000
_CODE = re.compile(r"(IAU_2015|IAU|ESRI|EPSG):\d{1,7}", re.IGNORECASE)
_NAIF = {"199": "Mercury", "299": "Venus", "301": "Moon", "399": "Earth", "499": "Mars"}
# Equatorial radii (metres) as they occur in CRSs, old and local values among them, and what they mean.
_RADII = (
    ("Mars", 3_370_000.0, 3_400_500.0),
    ("Earth", 6_350_000.0, 6_400_000.0),
    ("Moon", 1_734_000.0, 1_740_500.0),
    ("Mercury", 2_437_000.0, 2_442_000.0),
    ("Venus", 6_049_000.0, 6_053_500.0),
)
_NAMES = re.compile(r"(?<![a-z])(mars|moon|lunar|earth|wgs|mercury|venus)(?![a-z])", re.IGNORECASE)
_NAME_MEANS = {"lunar": "Moon", "wgs": "Earth"}


@contextmanager
def quiet() -> Iterator[None]:
    """GDAL's errors are answered by return values or exceptions here; its messages on stderr are held back."""
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        yield
    finally:
        gdal.PopErrorHandler()


def spatial_reference(text: str) -> osr.SpatialReference:
    """``text`` (WKT, PROJJSON, or an authority code such as ``IAU_2015:49900``) with x = east, y = north.

    Never touches the network or a file. Raises InputError for text that is no CRS.
    """
    text = text.strip()
    found = osr.SpatialReference()
    try:
        with quiet():
            if not text or len(text) > _MAX_TEXT or "\0" in text or (not text.isascii() and not _encodable(text)):
                code = 1
            elif _CODE.fullmatch(text) or text.startswith("{"):
                code = found.SetFromUserInput(text.upper() if _CODE.fullmatch(text) else text)
            else:
                code = found.ImportFromWkt(text)
    except RuntimeError as error:  # where somebody has switched GDAL's exceptions on
        raise _not_a_crs(text) from error
    if code != 0:
        raise _not_a_crs(text)
    found.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return found


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _not_a_crs(text: str) -> InputError:
    shown = text[:80] + ("..." if len(text) > 80 else "")
    return InputError(
        f"{shown!r} is not a coordinate reference system.", "Give the layer a CRS on Mars, such as IAU_2015:49900."
    )


def _metres(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _degrees(value: float) -> str:
    return (f"{value:.10f}".rstrip("0").rstrip(".")) if abs(value) > 5e-11 else "0"


def _geographic(radius: float, name: str) -> str:
    # The datum's name carries the body; one that says the radius keeps unlike spheres apart.
    label = f"{name}_2015_Sphere" if radius == body(name).radius else f"{name}_Sphere_{round(radius)}"
    return (
        f'GEOGCS["{name} (sphere, planetocentric)",DATUM["D_{label}",SPHEROID["{label}",{_metres(radius)},0]],'
        'PRIMEM["Reference_Meridian",0],UNIT["degree",0.0174532925199433]]'
    )


def _check_radius(radius: float) -> None:
    if not (math.isfinite(radius) and 1e4 < radius < 1e8):
        raise InputError(f"A radius of {radius} m is not that of a planet.", "Radii are metres: Mars has 3396190.")


@lru_cache(maxsize=8)
def geographic_wkt(body: str = "Mars") -> str:
    """Planetocentric, east-positive degrees: IAU_2015:49900 for Mars, 30100 for the Moon, EPSG:4326 for Earth."""
    codes = {"Mars": "IAU_2015:49900", "Moon": "IAU_2015:30100", "Earth": "EPSG:4326"}
    if body not in codes:
        raise InputError(f"No geographic CRS is known here for {body}.", f"Choose one of {', '.join(codes)}.")
    return spatial_reference(codes[body]).ExportToWkt(["FORMAT=WKT2_2019"])


def equirectangular_wkt(lat_ts: float, lon_0: float, radius: float = MARS.radius, body: str = "Mars") -> str:
    """x = R (lon - lon_0) cos(lat_ts), y = R lat: metres, scale true along latitude ``lat_ts`` (degrees).

    HiRISE labels use it with ``radius`` = A_AXIS_RADIUS (the local radius at CENTER_LATITUDE), ``lat_ts`` =
    CENTER_LATITUDE and ``lon_0`` = CENTER_LONGITUDE; grids of ours with the sphere.
    """
    _check_radius(radius)
    if not (-89.9 <= lat_ts <= 89.9 and -360 <= lon_0 <= 360):
        raise InputError(f"No equirectangular map has its centre at {lat_ts:g}, {lon_0:g}.", "Check the latitude.")
    return (
        f'PROJCS["Equirectangular {body}",{_geographic(radius, body)},PROJECTION["Equirectangular"],'
        f'PARAMETER["standard_parallel_1",{_degrees(lat_ts)}],PARAMETER["central_meridian",{_degrees(lon_0)}],'
        'PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1],'
        'AXIS["Easting",EAST],AXIS["Northing",NORTH]]'
    )


def polar_wkt(
    north: bool,
    radius: float = MARS.radius,
    polar_radius: float | None = None,
    lon_0: float = 0.0,
    lat_ts: float | None = None,
    body: str = "Mars",
) -> str:
    """Polar stereographic on the sphere, metres; scale true at latitude ``lat_ts`` (degrees), or at the pole.

    For a HiRISE polar label give its C_AXIS_RADIUS as ``polar_radius``: the answer is then the stereographic
    projection of the sphere shrunk to *that* radius. HiRISE projects planetographic latitudes on the ellipsoid; for
    the planetocentric latitudes that we keep, the sphere of the polar radius puts the same pixel on the same latitude
    within 9 m at 65 degrees, 3 m at 72.5 and 0.6 m at 80 (computed), far below the pointing error; the ellipsoid
    itself, which PROJ would compare with a sphere latitude for latitude, would be 12 km off at 72.5. The label's
    MAP_RESOLUTION is that of this sphere as well. It is written as a scale factor on the sphere of ``radius``: PROJ
    takes radii more than 0.5 % apart for different bodies.
    """
    _check_radius(radius)
    scale = 1.0 if polar_radius is None else polar_radius / radius
    pole = 90.0 if north else -90.0
    latitude = pole if lat_ts is None else lat_ts
    if not (-90 <= latitude <= 90 and latitude * pole > 0 and -360 <= lon_0 <= 360 and 0.9 < scale < 1.1):
        raise InputError(f"No polar map has its true scale at {latitude:g} degrees.", "Check latitude and radii.")
    if scale != 1.0 and latitude != pole:
        raise InputError("A polar map has its scale set either by a latitude or by a radius.", "Give one of them.")
    # No AXIS: GDAL's own for the poles come then, as they do when it reads the CRS back from a GeoTIFF.
    return (
        f'PROJCS["{"North" if north else "South"} polar stereographic {body}",{_geographic(radius, body)},'
        f'PROJECTION["Polar_Stereographic"],PARAMETER["latitude_of_origin",{_degrees(latitude)}],'
        f'PARAMETER["central_meridian",{_degrees(lon_0)}],PARAMETER["scale_factor",{scale:.15g}],'
        'PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1]]'
    )


def local_wkt(lon: float, lat: float) -> str:
    """The CRS of a grid at a place on Mars (degrees): metres, north up and scale true there.

    Equirectangular with its centre at the place up to 65 degrees of latitude, polar stereographic beyond. The place
    is rounded to 0.0001 degree, so that the text is short; the scale changes by less than 4e-6.
    """
    if not (math.isfinite(lon) and math.isfinite(lat) and -90 <= lat <= 90):
        raise InputError(f"{lon:g}, {lat:g} is no place on Mars.", "Latitudes lie within -90..90 degrees.")
    lon, lat = round((lon + 180.0) % 360.0 - 180.0, 4), round(lat, 4)
    if abs(lat) <= POLAR_LATITUDE:
        return equirectangular_wkt(lat, lon)
    return polar_wkt(lat > 0, lon_0=lon, lat_ts=lat)


@lru_cache(maxsize=256)
def body_of(wkt: str | None) -> str | None:
    """The body a CRS lies on: ``Mars``, ``Earth``, ``Moon``, ``Mercury``, ``Venus``, or ``Other``.

    None where there is no CRS (empty text, or a local one). The authority decides where there is one (EPSG is Earth),
    else the size of the ellipsoid, else its names. Raises InputError for text that is no CRS.
    """
    if not wkt or not wkt.strip():
        return None
    found = spatial_reference(wkt)
    if found.IsLocal():
        return None
    for node in (None, "PROJCS", "GEOGCS"):
        authority, code = found.GetAuthorityName(node), found.GetAuthorityCode(node)
        if authority == "EPSG":
            return "Earth"
        if authority and authority.upper().startswith("IAU") and code and len(code) == 5:
            return _NAIF.get(code[:3], "Other")
    radius = found.GetSemiMajor()
    for name, low, high in _RADII:
        if low <= radius <= high:
            return name
    names = " ".join(filter(None, (found.GetAttrValue(n) for n in ("DATUM", "SPHEROID", "GEOGCS"))))
    match = _NAMES.search(names.replace("_", " "))
    return _NAME_MEANS.get(match[1].lower(), match[1].capitalize()) if match else "Other"


def planetocentric(wkt: str) -> str:
    """``wkt``, or its sphere where it is HiRISE's ellipsoidal polar stereographic (see ``polar_wkt``).

    GDAL reads that CRS from a polar JP2 without its label; taken literally, the image would lie 12 km off.
    """
    found = spatial_reference(wkt)
    flat = found.IsProjected() and found.GetInvFlattening() != 0
    if body_of(wkt) != "Mars" or not flat or found.GetAttrValue("PROJECTION") != "Polar_Stereographic":
        return wkt
    latitude = found.GetProjParm("latitude_of_origin", 90.0)
    plain = (
        abs(abs(latitude) - 90) < 1e-9
        and abs(found.GetProjParm("scale_factor", 1.0) - 1) < 1e-12
        and found.GetProjParm("false_easting", 0.0) == found.GetProjParm("false_northing", 0.0) == 0
    )
    if not plain:
        return wkt
    lon_0 = found.GetProjParm("central_meridian", 0.0)
    return polar_wkt(latitude > 0, polar_radius=round(found.GetSemiMinor(), 3), lon_0=lon_0)


def gpkg_twin(wkt: str) -> str | None:
    """The WKT of the ESRI twin that a GeoPackage keeps, for one of the four IAU codes of ``ESRI_TWINS``; else None.

    GeoPackage loses IAU codes; other CRSs made here survive it as they are.
    """
    if body_of(wkt) != "Mars":
        return None
    found = spatial_reference(wkt)
    for iau, esri in ESRI_TWINS.items():
        authority = (found.GetAuthorityName(None) or "").upper()
        same_code = authority.startswith("IAU") and found.GetAuthorityCode(None) == str(iau)
        options = ["IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", "CRITERION=EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS"]
        if same_code or found.IsSame(spatial_reference(f"IAU_2015:{iau}"), options):
            return spatial_reference(f"ESRI:{esri}").ExportToWkt()
    return None
