"""One ODE product record of HiRISE as an ``Observation``: here its conventions are turned into ours."""

from __future__ import annotations

import logging
import math
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

from ..common.errors import ArchiveError, InputError
from ..common.words import Area, Observation, RemoteFile
from ..planet.geometry import area_from_extent, area_from_wkt, bounds
from ..planet.time import mars_date, parse_utc
from . import hirise
from .indexrow import index_row, sub_solar_azimuth
from .odereply import children, scalar

log = logging.getLogger(__name__)

#: An archive's solar longitude further than this from the one its time gives (degrees) is a slip of the archive.
_LARGEST_LS_ERROR = 0.5
#: A HiRISE image is some tenths of a degree wide; near a pole more. A footprint wider than this is misread.
_WIDEST = 90.0
_FOOTPRINTS = ("Footprint_C0_geometry", "Footprint_GL_geometry", "Footprint_geometry")
_MOST_FILES = 60
_LONGEST_URL = 2000


def observation_of(record: dict[str, Any], hirise_root: str = "") -> Observation:
    """The record as an Observation, coverage not yet known. Raises ArchiveError or InputError naming what is missing.

    With ``hirise_root``, the files of the HiRISE tree are taken from there instead of from where ODE points.
    """
    product = hirise.parse_id(scalar(record, "pdsid"))
    if not product.colour:
        raise ArchiveError(f"{product} is no RED or COLOR product.", "It is left out.")
    name = product.product_id
    time = parse_utc(_first(record, name, "UTC_start_time", "Observation_time"))
    year, longitude = _season_of(record, name, time)
    return Observation(
        product_id=name,
        observation_id=product.observation_id,
        instrument="HIRISE",
        start_time=time,
        mars_year=year,
        solar_longitude=longitude,
        footprint=_footprint(record, name),
        files=_files(record, product, hirise_root),
        incidence=_number(record, "Incidence_angle", 0.0, 180.0),
        emission=_number(record, "Emission_angle", 0.0, 180.0),
        phase=_number(record, "Phase_angle", 0.0, 180.0),
        sub_solar_azimuth=_sub_solar_azimuth(record, name),
        map_scale=_number(record, "Map_scale", 1e-3, 1e5),
        source="ODE",
    )


def _first(record: dict[str, Any], name: str, *keys: str) -> str:
    for key in keys:
        if text := scalar(record, key, 100):
            return text
    raise ArchiveError(f"{name} has no {keys[0]}.", "It is left out.")


def _number(record: Any, key: str, low: float, high: float) -> float | None:
    """A number within its possible range; None for anything else, the archive's marks for "not known" among them."""
    try:
        value = float(scalar(record, key, 40))
    except ValueError:
        return None
    return value if math.isfinite(value) and low <= value <= high else None


def _season_of(record: dict[str, Any], name: str, time: Any) -> tuple[int, float]:
    """Mars Year and solar longitude. The archive's own longitude counts, where it agrees with the time at all."""
    date = mars_date(time)
    theirs = _number(record, "Solar_longitude", 0.0, 360.0)
    if theirs is None:
        return date.mars_year, date.solar_longitude
    theirs %= 360.0
    apart = theirs - date.solar_longitude
    if abs((apart + 180.0) % 360.0 - 180.0) > _LARGEST_LS_ERROR:
        log.warning("%s: the archive's Ls %.3f is not its time's (%.3f)", name, theirs, date.solar_longitude)
        return date.mars_year, date.solar_longitude
    # Within minutes of Ls 0 the two may lie on different sides of a new year.
    return date.mars_year + (apart < -180.0) - (apart > 180.0), theirs


def _footprint(record: dict[str, Any], name: str) -> Area:
    for key in _FOOTPRINTS:
        text = scalar(record, key)
        if not text or text.upper().endswith("EMPTY"):
            continue
        try:
            area = area_from_wkt(text)
        except InputError as error:
            log.info("%s: its %s cannot be read: %s", name, key, error)
            continue
        west, south, east, north = bounds(area)
        polar = max(abs(south), abs(north)) > 80.0
        if polar or ((east - west) % 360.0 <= _WIDEST and east - west != 360.0):
            return area
    return _bounding_box(record, name)


def _bounding_box(record: dict[str, Any], name: str) -> Area:
    """The last resort. Across the prime meridian ODE gives the ends the wrong way round (west 0.18, east 359.82)."""
    south, north = _number(record, "Minimum_latitude", -90, 90), _number(record, "Maximum_latitude", -90, 90)
    west = _number(record, "Westernmost_longitude", -360, 360)
    east = _number(record, "Easternmost_longitude", -360, 360)
    if south is None or north is None or west is None or east is None:
        raise ArchiveError(f"{name} has no footprint.", "It is left out.")
    if east - west > 180.0:
        west, east = east, west
    return area_from_extent(west, south, east, north)


def _sub_solar_azimuth(record: dict[str, Any], name: str) -> float | None:
    notes = [n for n in children(record, "ODE_notes", "ODE_note") if isinstance(n, str)]
    return sub_solar_azimuth(index_row(notes), name)


# -- files --------------------------------------------------------------------------------------------------------


def _files(record: dict[str, Any], product: hirise.HiriseId, hirise_root: str) -> tuple[RemoteFile, ...]:
    """Image and label first, each once; what the record leaves out stands where HiRISE's own names say."""
    found: list[RemoteFile] = []
    for entry in children(record, "Product_files", "Product_file")[:_MOST_FILES]:
        file = _file(entry)
        if file is not None and file.url not in {f.url for f in found}:
            found.append(file)
    label = _web_address(scalar(record, "LabelURL"))
    if label and not any(f.role == "label" for f in found):
        found.append(RemoteFile(label, _name_in(label), "label"))
    found = [_own(file, product) for file in found]
    if root := hirise_root or _root_of(found):
        for file in hirise.remote_files(root, product)[:2]:
            if not any(f.role == file.role for f in found):
                found.append(file)
    if hirise_root:
        found = [_moved(file, hirise_root) for file in found]
    order = {"image": 0, "label": 1, "browse": 2}
    return tuple(sorted(found, key=lambda f: order.get(f.role, 3)))


def _file(entry: Any) -> RemoteFile | None:
    url = _web_address(scalar(entry, "URL"))
    if not url:
        return None
    kilobytes = _number(entry, "KBytes", 1.0, 1e8)
    size = None if kilobytes is None else round(kilobytes * 1024)
    return RemoteFile(url, _name_in(url), _role(entry, url), size)


def _role(entry: Any, url: str) -> str:
    kind, description = scalar(entry, "Type").lower(), scalar(entry, "Description").upper()
    name = _name_in(url).lower()
    if kind in ("", "product"):
        if "LABEL FILE" in description or name.endswith(".lbl"):
            return "label"
        if "DATA FILE" in description or name.endswith(".jp2"):
            return "image"
    if (kind == "browse" or "BROWSE" in description) and "THUMB" not in description and "thumb" not in name:
        return "browse"
    return "other"


def _own(file: RemoteFile, product: hirise.HiriseId) -> RemoteFile:
    """A file named after another product keeps no role: it must not be taken for this product's image."""
    if file.role in ("image", "label") and file.name.rsplit(".", 1)[0].upper() != product.product_id:
        return replace(file, role="other")
    return file


def _moved(file: RemoteFile, root: str) -> RemoteFile:
    """The same file below another root of the HiRISE tree; files outside that tree stay where they are."""
    named = hirise.role_and_id(file.url)
    if named is None:
        return file
    url = hirise.file_url(root, named[1], named[0])
    return replace(file, url=url, name=_name_in(url))


def _root_of(files: list[RemoteFile]) -> str:
    """The root of the HiRISE tree that a found file lies in; "" where none does."""
    for file in files:
        named = hirise.role_and_id(file.url)
        if named is not None and named[0] != "browse":
            return file.url[: file.url.upper().rindex("/RDR/")]
    return ""


def _web_address(text: str) -> str:
    """The text where it is a plain http or https URL, else ""."""
    try:
        parts = urlsplit(text)
        plain = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return ""
    return text if plain and len(text) <= _LONGEST_URL and all(33 <= ord(c) < 127 for c in text) else ""


def _name_in(url: str) -> str:
    """The URL's last part, a hint for people: whoever writes it to disk makes it safe first."""
    return unquote(urlsplit(url).path).rsplit("/", 1)[-1].rsplit("\\", 1)[-1]
