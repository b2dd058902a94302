"""Any raster of the user's as an epoch: date from tags, metadata or name; scale, offset and nodata from its band."""

from __future__ import annotations

import json
import re
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from osgeo import gdal

from ..common.errors import InputError
from ..common.files import safe_name
from ..common.rasters import open_raster
from ..common.words import Product
from ..planet.crs import body_of
from ..planet.time import mars_date
from .check import check_file

#: Names of tags that hold a time of acquisition, best first. TIFFTAG_DATETIME is often the time of processing: last.
_TAGS = ("START_TIME", "ACQUISITIONDATETIME", "ACQUISITION_DATE", "ACQUISITION_TIME", "OBSERVATION_TIME", "DATETIME",
         "DATE_TIME", "DATE", "TIFFTAG_DATETIME")  # fmt: skip
_ISO = re.compile(
    r"(?<!\d)(\d{4})[-_:]?(\d{2})[-_:]?(\d{2})"
    r"(?:[T _]?(\d{2})[:hH-]?(\d{2})(?:[:mM-]?(\d{2})(?:\.\d+)?)?)?(?:Z|\+00:?00)?(?!\d)"
)
_HIRISE = re.compile(r"(?<![A-Z])[A-Z]{3}_\d{6}_\d{4}(?:_(?:RED|COLOR))?(?![A-Za-z0-9])")


def open_user_raster(path: Path | str, time: datetime | None = None, product_id: str | None = None) -> Product:
    """Any GDAL raster as a product. ``time`` wins over what the file says; it may stay None.

    A raster without a CRS has ``body`` None and no pixel size in metres. Raises InputError or ProductError.
    """
    path = Path(path)
    if path.suffix.lower() in (".jp2", ".j2k") and path.is_file():
        check_file(path, "image")
    dataset = open_raster(path)
    band = dataset.GetRasterBand(1)
    if gdal.DataTypeIsComplex(band.DataType):
        raise InputError(f"{path} holds complex numbers.", "Choose a raster of plain values.")
    wkt = dataset.GetProjection() or ""
    transform = dataset.GetGeoTransform(can_return_null=True)
    located = bool(wkt) and transform is not None
    time = _aware(time) if time is not None else find_time(dataset, path)
    when = mars_date(time) if time is not None else None
    scale, offset = band.GetScale(), band.GetOffset()
    return Product(
        product_id=product_id or find_id(path),
        raster=path,
        time=time,
        scale=1.0 if scale in (None, 0.0) else scale,
        offset=0.0 if offset is None else offset,
        nodata=band.GetNoDataValue(),
        pixel_size=_pixel_size(dataset) if located else None,
        body=body_of(wkt) if located else None,
        mars_year=when.mars_year if when else None,
        solar_longitude=when.solar_longitude if when else None,
        instrument="",
        sources=(path,),
    )


def find_id(path: Path) -> str:
    """A HiRISE product id in the name, else the name's stem. Only the spelling is looked at."""
    found = _HIRISE.search(path.stem)
    return found.group(0) if found else safe_name(path.stem)


def find_time(dataset: gdal.Dataset, path: Path) -> datetime | None:
    """The time of acquisition from an ISIS label, tags or the file name, or None."""
    isis = _isis_time(dataset)
    if isis is not None:
        return isis
    tags = {k.upper(): v for domain in ("", "IMAGERY") for k, v in (dataset.GetMetadata(domain) or {}).items()}
    for name in _TAGS[:-1]:
        found = parse_time(tags.get(name, ""))
        if found is not None:
            return found
    return parse_time(path.stem) or parse_time(tags.get(_TAGS[-1], ""))


def parse_time(text: str) -> datetime | None:
    """The first ISO-like date (with or without a time) in a text that is a real one between 1960 and 2100."""
    for found in _ISO.finditer(text[:200]):
        numbers = [int(g) for g in found.groups() if g is not None]
        try:
            time = datetime(*numbers, tzinfo=timezone.utc)  # type: ignore[arg-type,misc]
        except ValueError:
            continue
        if 1960 <= time.year < 2100:
            return time
    return None


def _isis_time(dataset: gdal.Dataset) -> datetime | None:
    texts = dataset.GetMetadata("json:ISIS3")
    if not texts:
        return None
    try:
        value: Any = json.loads(texts[0] if isinstance(texts, list) else next(iter(texts.values())))
        start = value["IsisCube"]["Instrument"]["StartTime"]
    except (ValueError, KeyError, TypeError):
        return None
    return parse_time(start) if isinstance(start, str) else None


def _pixel_size(dataset: gdal.Dataset) -> float | None:
    """Metres a pixel (the coarser side), or None for a CRS that is not in metres on the map."""
    _, dx, rx, _, ry, dy = dataset.GetGeoTransform()
    spatial = dataset.GetSpatialRef()
    if spatial is None or not spatial.IsProjected():
        return None
    return max((dx * dx + ry * ry) ** 0.5, (rx * rx + dy * dy) ** 0.5) * spatial.GetLinearUnits()


def _aware(time: datetime) -> datetime:
    return (time if time.tzinfo else time.replace(tzinfo=timezone.utc)).astimezone(timezone.utc)
