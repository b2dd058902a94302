"""What a user writes as an image, and what GDAL is given for it: files, COGs over HTTP, tile services."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from osgeo import gdal

from ..__about__ import version
from ..common.errors import InputError
from ..common.rasters import gdal_quiet

#: Formats of images, and the services of tiles. Left out is what asks a data base, a cloud account or a whole web
#: page (PostGISRaster, PLMosaic, EEDAI, NGW, HTTP ...), and what guesses at any file (GenBin, XYZ text ...).
DRIVERS = (
    "GTiff", "COG", "VRT", "JP2OpenJPEG", "JP2KAK", "JP2ECW", "JP2MrSID", "MrSID", "ECW", "PNG", "JPEG", "WEBP",
    "JPEGXL", "BMP", "GIF", "PNM", "TGA", "HEIF", "HFA", "ENVI", "EHdr", "ERS", "PCIDSK", "ISIS3", "ISIS2", "PDS",
    "PDS4", "VICAR", "FITS", "NITF", "DIMAP", "SAFE", "SENTINEL2", "netCDF", "HDF4", "HDF4Image", "HDF5", "HDF5Image",
    "BAG", "AAIGrid", "SRTMHGT", "DTED", "USGSDEM", "MRF", "ESRIC", "GPKG", "MBTiles", "Rasterlite", "KMLSUPEROVERLAY",
    "STACTA", "STACIT", "WMS", "WMTS", "WCS", "MEM",
)  # fmt: skip
#: What a folder of chips may hold: plain pictures that name no other file.
PICTURE_DRIVERS = ("GTiff", "PNG", "JPEG", "JP2OpenJPEG", "JP2KAK", "JP2ECW", "WEBP", "BMP")

#: The finest zoom level of a tile service that does not say: 0.6 m a pixel at the equator of the Earth.
DEFAULT_LEVEL = 18
_MAX_TEXT = 200_000
_WORLD = 20037508.342789244  # half the width of web mercator's map of the Earth, metres
_PATIENCE = {
    "GDAL_HTTP_TIMEOUT": "30",
    "GDAL_HTTP_CONNECTTIMEOUT": "10",
    "GDAL_HTTP_MAX_RETRY": "2",
    "GDAL_HTTP_RETRY_DELAY": "0.5",
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
}
_XYZ = re.compile(r"\{z\}")


@contextmanager
def patience(name: str) -> Iterator[None]:
    """GDAL's network within bounds (this thread, what nobody else has set) while a source over HTTP is used."""
    if not is_remote(name):
        yield
        return
    mine = {k: v for k, v in _PATIENCE.items() if gdal.GetConfigOption(k) is None}
    for key, value in mine.items():
        gdal.SetThreadLocalConfigOption(key, value)
    try:
        yield
    finally:
        for key in mine:
            gdal.SetThreadLocalConfigOption(key, None)


def is_remote(name: str) -> bool:
    """Whether GDAL's name of a source is a place on a network (or a description of one)."""
    return name.startswith(("/vsicurl", "/vsis3", "/vsigs", "/vsiaz", "/vsiwebhdfs", "/vsiswift", "<")) or (
        name.upper().startswith(("WMS:", "WMTS:", "WCS:")) or name.lower().endswith(".xml")
    )


def gdal_name(text: str) -> str:
    """What GDAL opens for ``text``: a path, a URL (read in ranges), a GDAL-WMS description, an XYZ template.

    XYZ templates (``https://host/{z}/{x}/{y}.png``, or as QGIS writes them: ``type=xyz&url=...&zmax=18``) are web
    mercator on Earth. Raises InputError.
    """
    text = text.strip()
    if not text:
        raise InputError("No image was given.", "Choose a raster file, or the address of one.")
    if len(text) > _MAX_TEXT or "\0" in text:
        raise InputError("The name of an image is too long to be one.", "Choose a raster file, or the address of one.")
    if text.startswith("<"):
        return text
    if _XYZ.search(text) or _XYZ.search(unquote(text)):
        return _tiles(text)
    if text.lower().startswith(("http://", "https://", "ftp://")):
        return "/vsicurl/" + text
    if text.lower().startswith("file://"):
        return unquote(urlsplit(text).path)
    return text


def source_name(text: str) -> str:
    """A short name of the image for messages and tables: never a query, a key or a password of its address."""
    text = text.strip()
    if text.startswith("<"):
        found = re.search(r"<ServerUrl>\s*([^<]+)", text)
        host = urlsplit(found[1].strip()).hostname if found else None
        return f"tile service {host}" if host else "tile service"
    if _XYZ.search(text) or _XYZ.search(unquote(text)):
        host = urlsplit(_template(text)[0]).hostname
        return f"tile service {host}" if host else "tile service"
    plain = text.removeprefix("/vsicurl/")
    if "://" in plain:
        parts = urlsplit(plain)
        return PurePosixPath(unquote(parts.path)).stem or parts.hostname or "image"
    return Path(plain).stem or plain[:80]


def open_source(name: str, shown: str, drivers: tuple[str, ...] = DRIVERS) -> gdal.Dataset:
    """Open GDAL's ``name`` for reading; errors call it ``shown``. Raises InputError."""
    if _is_plain_path(name) and not os.path.exists(name):
        raise InputError(f"There is no image {name}.", "Check the path, or choose the file again.")
    there = [d for d in drivers if gdal.GetDriverByName(d) is not None]
    with patience(name), gdal_quiet():
        try:
            dataset = gdal.OpenEx(name, gdal.OF_RASTER, allowed_drivers=there)
        except RuntimeError:
            dataset = None
        message = gdal.GetLastErrorMsg().strip()
    if dataset is None:
        raise InputError(f"{shown} cannot be opened as an image{_because(message, name)}.", _open_remedy(name))
    if dataset.RasterCount < 1:
        parts = [s for s, _ in dataset.GetSubDatasets()[:3]]
        if parts:
            raise InputError(f"{shown} holds several images.", f"Choose one of them, such as {parts[0]}.")
        raise InputError(f"{shown} holds no raster band.", "Choose a raster with at least one band.")
    return dataset


def _is_plain_path(name: str) -> bool:
    if name.startswith(("<", "/vsi")):
        return False
    head = name.split(":", 1)[0]
    return ":" not in name or len(head) == 1 or "/" in head


def _because(message: str, name: str) -> str:
    """GDAL's reason, unless it repeats an address with its keys."""
    if not message or ("?" in name and name.split("?", 1)[1][:20] in message) or len(message) > 300:
        return ""
    return f" ({message.rstrip('.')})"


def _open_remedy(name: str) -> str:
    if is_remote(name):
        return "Check the address and the connection; a tile service needs a GDAL WMS description or an XYZ template."
    return "Check that the file is there and whole; convert it to a GeoTIFF if its format is a rare one."


def _template(text: str) -> tuple[str, dict[str, str]]:
    """(URL template, options) of an XYZ source in any of its spellings."""
    if text.lower().startswith(("http://", "https://")):
        return text, {}
    fields = {k: v[-1] for k, v in parse_qs(text, keep_blank_values=True).items()}
    url = fields.get("url", "")
    return (unquote(url) if "%7B" in url.upper() else url), fields


def _tiles(text: str) -> str:
    url, fields = _template(text)
    if not url.lower().startswith(("http://", "https://")) or "{x}" not in url or not ("{y}" in url or "{-y}" in url):
        raise InputError(
            "A tile service's address was not understood.",
            "Write it as https://host/path/{z}/{x}/{y}.png, or give a GDAL WMS description.",
        )
    bottom = "{-y}" in url
    for mark, field in (("{z}", "${z}"), ("{x}", "${x}"), ("{-y}", "${y}"), ("{y}", "${y}")):
        url = url.replace(mark, field)
    try:
        level = min(max(int(fields.get("zmax") or DEFAULT_LEVEL), 0), 24)
    except ValueError:
        level = DEFAULT_LEVEL
    return (
        f'<GDAL_WMS><Service name="TMS"><ServerUrl>{escape(url)}</ServerUrl></Service>'
        f"<DataWindow><UpperLeftX>-{_WORLD}</UpperLeftX><UpperLeftY>{_WORLD}</UpperLeftY>"
        f"<LowerRightX>{_WORLD}</LowerRightX><LowerRightY>-{_WORLD}</LowerRightY><TileLevel>{level}</TileLevel>"
        f"<TileCountX>1</TileCountX><TileCountY>1</TileCountY><YOrigin>{'bottom' if bottom else 'top'}</YOrigin>"
        "</DataWindow><Projection>EPSG:3857</Projection><BlockSizeX>256</BlockSizeX><BlockSizeY>256</BlockSizeY>"
        # With a fourth band, a tile that is not there is transparent instead of black.
        "<BandsCount>4</BandsCount><MaxConnections>2</MaxConnections><Timeout>20</Timeout>"
        f"<UserAgent>MarsCD/{version()}</UserAgent><ZeroBlockHttpCodes>204,404</ZeroBlockHttpCodes></GDAL_WMS>"
    )
