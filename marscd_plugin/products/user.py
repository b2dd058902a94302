"""Any raster of the user's as an epoch: date from tags, metadata or name; scale, offset and nodata from its band."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from osgeo import gdal

from ..common.errors import InputError
from ..common.files import safe_name
from ..common.rasters import open_raster
from ..common.words import INSTRUMENTS, Product
from ..planet.crs import body_of
from ..planet.time import mars_date
from .check import check_file
from .hirise import open_hirise
from .isis import check_conventions, cube_label, group, specials

#: Names of tags that hold a time of acquisition, best first. TIFFTAG_DATETIME is often the time of processing: last.
_TAGS = ("START_TIME", "ACQUISITIONDATETIME", "ACQUISITION_DATE", "ACQUISITION_TIME", "OBSERVATION_TIME", "DATETIME",
         "DATE_TIME", "DATE", "TIFFTAG_DATETIME")  # fmt: skip
_ISO = re.compile(
    r"(?<!\d)(\d{4})[-_:]?(\d{2})[-_:]?(\d{2})"
    r"(?:[T _]?(\d{2})[:hH-]?(\d{2})(?:[:mM-]?(\d{2})(?:\.\d+)?)?)?(?:Z|\+00:?00)?(?!\d)"
)
_HIRISE = re.compile(r"(?<![A-Z])[A-Z]{3}_\d{6}_\d{4}(?:_(?:RED|COLOR))?(?![A-Za-z0-9])")


def open_user_raster(
    path: Path | str, time: datetime | None = None, product_id: str | None = None, band: int | str = 1
) -> Product:
    """Any GDAL raster as a product. ``time`` wins over what the file says; it may stay None.

    ``band`` is a number from 1 or a band's name (its description). A raster without a CRS has ``body`` None and no
    pixel size in metres. A HiRISE JP2 with its label beside it is read by the label, which is right where old JP2s'
    own headers are not. In an ISIS cube the special pixels are no measurements. Raises InputError or ProductError.
    """
    path = Path(path)
    if path.suffix.lower() in (".jp2", ".j2k") and path.is_file():
        check_file(path, "image")
        labelled = _by_its_label(path)
        if labelled is not None:
            return replace(
                labelled,
                band=_band_number(open_raster(labelled.raster), band, path) if band != 1 else labelled.band,
                product_id=product_id or labelled.product_id,
                **({} if time is None else _dated(time)),
            )
    dataset = open_raster(path)
    label = cube_label(dataset)
    check_conventions(label, path.name)
    number = _band_number(dataset, band, path)
    chosen = dataset.GetRasterBand(number)
    if gdal.DataTypeIsComplex(chosen.DataType):
        raise InputError(f"{path} holds complex numbers.", "Choose a raster of plain values.")
    wkt = dataset.GetProjection() or ""
    transform = dataset.GetGeoTransform(can_return_null=True)
    located = bool(wkt) and transform is not None
    time = _aware(time) if time is not None else find_time(dataset, path)
    when = mars_date(time) if time is not None else None
    scale, offset = chosen.GetScale(), chosen.GetOffset()
    return Product(
        product_id=product_id or find_id(path),
        raster=path,
        band=number,
        time=time,
        scale=1.0 if scale in (None, 0.0) else scale,
        offset=0.0 if offset is None else offset,
        nodata=chosen.GetNoDataValue(),
        saturated=specials(dataset, chosen),
        pixel_size=_pixel_size(dataset) if located else None,
        body=body_of(wkt) if located else None,
        mars_year=when.mars_year if when else None,
        solar_longitude=when.solar_longitude if when else None,
        instrument=_instrument(label),
        sources=(path,),
    )


def _by_its_label(image: Path) -> Product | None:
    """The product of a HiRISE JP2 whose label lies beside it, or None. Raises ProductError where they disagree."""
    label = next((p for e in (".LBL", ".lbl") if (p := image.with_suffix(e)).is_file()), None)
    if label is None or not _HIRISE.fullmatch(image.stem.upper()):
        return None
    return open_hirise(label, image)


def _band_number(dataset: gdal.Dataset, band: int | str, path: Path) -> int:
    """The number of a band given by number or name. Raises InputError."""
    count = dataset.RasterCount
    names = [dataset.GetRasterBand(n).GetDescription() or "" for n in range(1, count + 1)]
    wanted = str(band).strip()
    if wanted.isdecimal() and 1 <= int(wanted) <= count:
        return int(wanted)
    matching = [n for n, name in enumerate(names, 1) if name and name.lower() == wanted.lower()]
    if len(matching) != 1:
        known = ", ".join(name for name in names if name)
        raise InputError(
            f"{path} has no band {wanted!r}.",
            f"Choose 1 to {count}" + (f", or one of: {known[:200]}." if known else "."),
        )
    return matching[0]


def _dated(time: datetime) -> dict[str, Any]:
    when = mars_date(_aware(time))
    return {"time": _aware(time), "mars_year": when.mars_year, "solar_longitude": when.solar_longitude}


def _instrument(label: dict[str, Any]) -> str:
    """The instrument of an ISIS cube, in the project's words; "" where it is another's."""
    found = str(group(label, "Instrument").get("InstrumentId", "")).upper()
    return found if found in INSTRUMENTS else ""


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
    start = group(cube_label(dataset), "Instrument").get("StartTime")
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
