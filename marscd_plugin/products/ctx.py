"""CTX maps: ASU's stream (TIFF or JP2 with an ISIS label) and the HiRISE team's own (JP2 with a PDS3 label).

ASU's stream (image.mars.asu.edu, ``prj_full``) gives the pixels as ``<id>.tiff`` or ``<id>.jp2``, what places them as
``<id>.scyl.isis.hdr`` (simple cylindrical) or ``<id>.ps.isis.hdr`` (polar): an ISIS label. The label's map is used,
not what the image's own tags say. The pixels are 8-bit and stretched: brightness is relative, 0 is no data (public
readers of the stream agree on that; no file of it was at hand).
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from osgeo import gdal

from ..common.errors import InputError, ProductError
from ..common.rasters import open_raster
from ..common.words import Product
from ..planet.time import mars_date
from .check import check_file
from .hirise import JP2_DRIVERS, open_jp2, own_image, radiometry, same_size
from .isis import IsisMap, read_isis_map
from .jp2 import check_jp2
from .label import read_label
from .projection import label_projection
from .vrt import write_vrt

#: Longitude in the name is west; any four digits of the target code.
PRODUCT_ID = re.compile(r"(?:[A-Z]\d\d|MOI|CRU)_\d{6}_\d{4}_X[IN]_\d\d[NS]\d{3}W")
LABEL_ENDINGS = (".scyl.isis.hdr", ".ps.isis.hdr", ".isis.hdr")
IMAGE_ENDINGS = (".tiff", ".tif", ".jp2")
_REMEDY = "Fetch image and label of one product again, into one folder."
#: A pixel of a CTX map, metres.
_PIXEL = (2.0, 30.0)


def open_ctx_stream(
    label_path: Path | str, image_path: Path | str | None = None, time: datetime | None = None
) -> Product:
    """A product of ASU's stream from its ISIS label; the image is found beside it where none is named.

    Writes ``<image>.vrt`` beside the image. ``time``: when it was taken, where the label does not say. Raises
    ProductError, or OutputError where the folder cannot be written.
    """
    label_path = Path(label_path)
    product_id = stem_of(label_path)
    if not PRODUCT_ID.fullmatch(product_id):
        raise ProductError(f"{label_path} is not named after a CTX product.", _REMEDY)
    image = Path(image_path) if image_path else _image_beside(label_path, product_id)
    if image.stem.upper() != product_id:
        raise ProductError(f"{label_path.name} is the label of {product_id}, not of {image.name}.", _REMEDY)
    placed = read_isis_map(label_path)
    if placed.product_id and placed.product_id.upper() != product_id:
        raise ProductError(f"{label_path.name} holds the label of {placed.product_id}.", _REMEDY)
    dataset = _open_image(image)
    width, height = dataset.RasterXSize, dataset.RasterYSize
    _fits(placed, width, height, label_path, image)
    band = dataset.GetRasterBand(1)
    if dataset.RasterCount != 1 or band.DataType not in (gdal.GDT_Byte, gdal.GDT_UInt16, gdal.GDT_Int16,
                                                        gdal.GDT_Float32):  # fmt: skip
        raise ProductError(f"{image} is no grey CTX image: {dataset.RasterCount} bands.", _REMEDY)
    nodata = band.GetNoDataValue()
    nodata = 0.0 if nodata is None else nodata
    when_taken = time or placed.time
    vrt = write_vrt(
        image,
        (width, height),
        crs=placed.crs,
        geotransform=placed.geotransform,
        bands=1,
        data_type=gdal.GetDataTypeName(band.DataType),
        nodata=nodata,
        scale=1.0,
        offset=0.0,
        descriptions=("CTX 500-700 nm, relative",),
        tags=_tags(product_id, when_taken),
    )
    return _product(
        product_id,
        when_taken,
        raster=vrt,
        nodata=nodata,
        saturated=(255.0,) if band.DataType == gdal.GDT_Byte else (),
        pixel_size=placed.pixel_size,
        sources=(label_path, image),
    )


def open_ctx_map(label_path: Path | str, image_path: Path | str) -> Product:
    """A CTX map of the HiRISE team: a detached PDS3 label and a JP2, I/F = DN * scale + offset.

    Writes ``<image>.vrt`` beside the image. Raises ProductError or OutputError.
    """
    label_path, image = Path(label_path), Path(image_path)
    size = check_jp2(image)
    label = read_label(label_path)
    product_id = (label.text("PRODUCT_ID") or "").upper()
    if not PRODUCT_ID.fullmatch(product_id) or "CTX" not in (label.text("INSTRUMENT_ID") or "").upper():
        raise ProductError(f"{label_path} names no CTX product: {product_id!r}.", _REMEDY)
    own_image(label, image)
    projection = label_projection(label)
    bands = same_size(label, image, size, projection)
    data_type = open_jp2(image, size)
    scale, offset = radiometry(label)
    time = label.time("START_TIME")
    if time is None:
        time = _quoted_time(label.text("START_TIME"))
    scope = ("UNCOMPRESSED_FILE", "IMAGE")
    nodata = label.number(*scope, "CORE_NULL") or 0.0
    special = {label.number(*scope, f"CORE_{k}_SATURATION") for k in ("LOW_REPR", "LOW_INSTR", "HIGH_REPR",
                                                                     "HIGH_INSTR")}  # fmt: skip
    vrt = write_vrt(
        image,
        (size.width, size.height),
        crs=projection.crs,
        geotransform=projection.geotransform,
        bands=bands,
        data_type=data_type,
        nodata=nodata,
        scale=scale,
        offset=offset,
        descriptions=("CTX 500-700 nm",) * bands,
        tags=_tags(product_id, time),
    )
    return _product(
        product_id,
        time,
        raster=vrt,
        scale=scale,
        offset=offset,
        nodata=nodata,
        saturated=tuple(sorted(v for v in special if v is not None and v != nodata)),
        pixel_size=projection.pixel_size,
        sources=(label_path, image),
    )


def stem_of(path: Path) -> str:
    """The product id that a file's name begins with, upper case."""
    name = path.name
    for ending in LABEL_ENDINGS:
        if name.lower().endswith(ending):
            return name[: -len(ending)].upper()
    return path.stem.upper()


def _image_beside(label: Path, product_id: str) -> Path:
    for near in sorted(label.parent.iterdir()):
        if near.suffix.lower() in IMAGE_ENDINGS and near.stem.upper() == product_id:
            return near
    raise ProductError(f"No image of {product_id} lies beside {label.name}.", _REMEDY)


def _open_image(image: Path) -> gdal.Dataset:
    """Checked by its bytes, then opened with its own driver only."""
    check_file(image, "image")
    jp2 = image.suffix.lower() == ".jp2"
    drivers = [name for name in JP2_DRIVERS if gdal.GetDriverByName(name) is not None] if jp2 else ["GTiff"]
    try:
        return open_raster(image, drivers)
    except InputError as error:
        raise ProductError(error.what, _REMEDY) from error


def _fits(placed: IsisMap, width: int, height: int, label: Path, image: Path) -> None:
    if placed.size is not None and placed.size != (width, height):
        raise ProductError(
            f"{label.name} and {image.name} do not belong together: {placed.size[0]} x {placed.size[1]} pixels in the "
            f"label, {width} x {height} in the image.",
            _REMEDY,
        )
    if not _PIXEL[0] <= placed.pixel_size <= _PIXEL[1]:
        raise ProductError(f"{label.name} gives CTX pixels of {placed.pixel_size:g} m.", _REMEDY)


def _quoted_time(text: str | None) -> datetime | None:
    """Some labels write START_TIME as text."""
    from .user import parse_time

    return parse_time(text or "")


def _product(product_id: str, time: datetime | None, **measured: Any) -> Product:
    """A CTX product on Mars, its Mars date worked out from ``time`` (UTC) where that is known."""
    when = mars_date(time) if time else None
    return Product(
        product_id=product_id,
        time=time,
        body="Mars",
        mars_year=when.mars_year if when else None,
        solar_longitude=when.solar_longitude if when else None,
        instrument="CTX",
        **measured,
    )


def _tags(product_id: str, time: datetime | None) -> dict[str, str]:
    stamp = {"START_TIME": time.isoformat().replace("+00:00", "Z")} if time else {}
    return {"PRODUCT_ID": product_id} | stamp
