"""HiRISE RDR products (RED and COLOR): a detached PDS3 label and a JP2 become one raster any GDAL reader opens.

The label wins over the JP2's own GeoJP2 box, which in older products has the latitude of true scale in the wrong place
and in some the wrong radius.
"""

from __future__ import annotations

import re
from pathlib import Path

from osgeo import gdal

from ..common.errors import InputError, ProductError
from ..common.rasters import open_raster
from ..common.words import Product
from ..planet.sun import NORTH_UP, azimuth_on_map
from ..planet.time import mars_date
from .codestream.record import read_record, whole_name
from .jp2 import Jp2Size, check_jp2
from .label import Label, read_label
from .projection import LabelProjection, label_projection
from .vrt import write_vrt

_IMAGE = ("UNCOMPRESSED_FILE", "IMAGE")
#: DNs that mean "no measurement", where the label does not say (low and high, represented and instrument saturation).
_SPECIAL = {
    "CORE_LOW_REPR_SATURATION": 1.0,
    "CORE_LOW_INSTR_SATURATION": 2.0,
    "CORE_HIGH_INSTR_SATURATION": 1022.0,
    "CORE_HIGH_REPR_SATURATION": 1023.0,
}
_PRODUCT_ID = re.compile(r"[A-Z]{3}_\d{6}_\d{4}_(RED|COLOR)")
_REMEDY = "Fetch label and image of one product again, into one folder."
#: GDAL's readers of JPEG 2000, the one that QGIS ships first; nothing else may open a downloaded JP2.
JP2_DRIVERS = ("JP2OpenJPEG", "JP2Grok", "JP2KAK", "JP2ECW", "JP2MrSID", "JP2LuraTech", "JPEG2000")


#: Bands of a COLOR product in the file's order (the label's FILTER_NAME), and the short names to choose them by.
COLOR_BANDS = ("NEAR-INFRARED", "RED", "BLUE-GREEN")
BAND_NAMES = {"IR": 1, "RED": 2, "BG": 3}


def open_hirise(label_path: Path | str, image_path: Path | str, band: str = "RED") -> Product:
    """Check label and image against each other and write ``<image>.vrt`` beside the image.

    DN stay as they are (UInt16); I/F = DN * scale + offset, one pair for all bands as the label has it. ``band`` is the
    one to work on: ``IR``, ``RED`` or ``BG`` of a COLOR product, ``RED`` of a RED one. ``sub_solar_azimuth`` is turned
    to degrees clockwise from north. Where the image is only a part of the archive's (``X.area.JP2``), all that was not
    fetched reads as nodata. Raises ProductError, InputError for a band that is not there, or OutputError
    where the folder cannot be written.
    """
    label_path, image_path = Path(label_path), Path(image_path)
    size = check_jp2(image_path)
    label = read_label(label_path)
    own_image(label, image_path)
    projection = label_projection(label)
    bands = same_size(label, image_path, size, projection)
    part = read_record(image_path)
    data_type = open_jp2(image_path, size)
    scale, offset = radiometry(label)
    number = _band(band, bands, image_path)
    product_id = label.text("PRODUCT_ID") or ""
    if not _PRODUCT_ID.fullmatch(product_id):
        raise ProductError(f"{label_path} names no HiRISE RED or COLOR product: {product_id!r}.", _REMEDY)
    time = label.time("TIME_PARAMETERS", "START_TIME") or label.time("TIME_PARAMETERS", "MRO:OBSERVATION_START_TIME")
    if time is None:
        raise ProductError(f"{label_path} gives no START_TIME.", _REMEDY)
    nodata = label.number(*_IMAGE, "CORE_NULL")
    nodata = 0.0 if nodata is None else nodata
    when = mars_date(time)
    vrt = write_vrt(
        image_path,
        (size.width, size.height),
        crs=projection.crs,
        geotransform=projection.geotransform,
        bands=bands,
        data_type=data_type,
        nodata=nodata,
        scale=scale,
        offset=offset,
        descriptions=("RED",) if bands == 1 else COLOR_BANDS,
        tags={"PRODUCT_ID": product_id, "START_TIME": time.isoformat().replace("+00:00", "Z")},
        pieces=part.windows if part is not None else (),
    )
    return Product(
        product_id=product_id,
        raster=vrt,
        band=number,
        time=time,
        scale=scale,
        offset=offset,
        nodata=nodata,
        saturated=tuple(_special(label, key, usual) for key, usual in _SPECIAL.items()),
        pixel_size=projection.pixel_size,
        body="Mars",
        mars_year=when.mars_year,
        solar_longitude=_angle(label, "SOLAR_LONGITUDE", 0, 360, when.solar_longitude),
        incidence=_angle(label, "INCIDENCE_ANGLE", 0, 180),
        emission=_angle(label, "EMISSION_ANGLE", 0, 180),
        phase=_angle(label, "PHASE_ANGLE", 0, 180),
        sub_solar_azimuth=_azimuth(label),
        instrument="HIRISE",
        sources=(label_path, image_path),
    )


def _band(asked: str, bands: int, image: Path) -> int:
    number = BAND_NAMES.get(asked.strip().upper())
    if number is None or (bands == 1 and asked.strip().upper() != "RED"):
        there = ", ".join(BAND_NAMES) if bands == 3 else "RED"
        raise InputError(f"{image.name} has no band {asked!r}.", f"Choose one of: {there}.")
    return 1 if bands == 1 else number


def own_image(label: Label, image: Path) -> None:
    """Every file the label points at must be a plain name, and its compressed file this image. Nothing is followed.

    Raises ProductError.
    """
    names = [
        label.get("COMPRESSED_FILE", "FILE_NAME"),
        label.get("COMPRESSED_FILE", "UNCOMPRESSED_FILE_NAME"),
        label.get("UNCOMPRESSED_FILE", "FILE_NAME"),
        label.get("UNCOMPRESSED_FILE", "^IMAGE"),
        label.get("^IMAGE"),
    ]
    for name in names:
        for part in name if isinstance(name, tuple) else (name,):
            if isinstance(part, str) and (re.search(r"[/\\\x00]", part) or part.strip() in ("", ".", "..")):
                raise ProductError(
                    f"{label.name} points outside its own folder ({part!r}).",
                    "This is not a label of the archive: delete it and fetch it again.",
                )
    stated = names[0]
    if not isinstance(stated, str):
        raise ProductError(f"{label.name} does not name its JP2 image.", _REMEDY)
    if stated.strip().lower() not in (image.name.lower(), whole_name(image.name).lower()):
        raise ProductError(f"{label.name} is the label of {stated}, not of {image.name}.", _REMEDY)


def same_size(label: Label, image: Path, size: Jp2Size, projection: LabelProjection) -> int:
    """The bands that label and image both have. Raises ProductError where they differ in size or bands."""
    bands = label.need_number(*_IMAGE, "BANDS")
    if (projection.width, projection.height, bands) != (size.width, size.height, size.bands):
        raise ProductError(
            f"{label.name} and {image.name} do not belong together: the label says {projection.width} x "
            f"{projection.height} pixels and {bands:g} bands, the image has {size.width} x {size.height} and "
            f"{size.bands}.",
            _REMEDY,
        )
    if size.bands not in (1, 3):
        raise ProductError(f"{image.name} has {size.bands} bands: such products have 1 or 3.", _REMEDY)
    return size.bands


def open_jp2(image: Path, size: Jp2Size) -> str:
    """Prove that GDAL's JPEG 2000 reader opens it; returns GDAL's name of the data type."""
    drivers = [name for name in JP2_DRIVERS if gdal.GetDriverByName(name) is not None]
    if not drivers:
        raise ProductError(
            f"{image.name} cannot be read: this GDAL has no JPEG 2000 reader.",
            "Install QGIS with GDAL's JP2OpenJPEG driver.",
        )
    try:
        dataset = open_raster(image, drivers)
    except InputError as error:
        raise ProductError(error.what, _REMEDY) from error
    if (dataset.RasterXSize, dataset.RasterYSize, dataset.RasterCount) != (size.width, size.height, size.bands):
        raise ProductError(f"{image.name} is damaged: its header and its codestream differ.", _REMEDY)
    return gdal.GetDataTypeName(dataset.GetRasterBand(1).DataType)


def radiometry(label: Label) -> tuple[float, float]:
    """(scale, offset) of I/F = DN * scale + offset. Raises ProductError."""
    scale, offset = label.need_number(*_IMAGE, "SCALING_FACTOR"), label.need_number(*_IMAGE, "OFFSET")
    if not (0 < scale < 1 and -1 < offset < 2):
        raise ProductError(f"{label.name} gives an absurd I/F scale: DN * {scale:g} + {offset:g}.", _REMEDY)
    return scale, offset


def _special(label: Label, keyword: str, usual: float) -> float:
    value = label.number(*_IMAGE, keyword)
    return usual if value is None else value


def _angle(label: Label, keyword: str, low: float, high: float, default: float | None = None) -> float | None:
    value = label.number("VIEWING_PARAMETERS", keyword)
    return value if value is not None and low <= value <= high else default


def _azimuth(label: Label) -> float | None:
    """Both label angles count clockwise from the image's three o'clock; the answer from north."""
    value = _angle(label, "SUB_SOLAR_AZIMUTH", -360, 360)
    return None if value is None else azimuth_on_map(value, _angle(label, "NORTH_AZIMUTH", 0, 360) or NORTH_UP)
