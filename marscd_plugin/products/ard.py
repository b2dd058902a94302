"""USGS analysis-ready data: the cloud-optimised GeoTIFF of a HiRISE image, with the label of its own product.

The file's own geometry counts (it was reprojected; the label's does not fit it any more); time and sun are the label's.
"""

from __future__ import annotations

from pathlib import Path

from osgeo import gdal

from ..common.errors import ProductError
from ..common.rasters import open_raster
from ..common.words import Product
from ..planet.crs import body_of
from ..planet.sun import NORTH_UP, azimuth_on_map
from ..planet.time import mars_date
from .check import check_file
from .label import Label, read_label

DRIVERS = ("GTiff",)
_VIEW = "VIEWING_PARAMETERS"
#: DNs of the product that mean no measurement; the USGS turns them to nodata, and they are left out here all the same.
_SPECIAL = (1.0, 2.0, 1022.0, 1023.0)
_REMEDY = "Fetch it again from the archive."


def open_ard(label_path: Path | str, image_path: Path | str, band: int | None = None) -> Product:
    """The image as a product; ``band`` from 1 (RED by default). Raises ProductError."""
    label_path, image_path = Path(label_path), Path(image_path)
    check_file(image_path, "image")
    label = read_label(label_path)
    stem = image_path.name.split(".")[0].upper()
    name = (label.text("PRODUCT_ID") or "").upper()
    if name != stem:
        raise ProductError(f"{label_path.name} is the label of {name or 'nothing'}, not of {image_path.name}.", _REMEDY)
    time = label.time("TIME_PARAMETERS", "START_TIME") or label.time("TIME_PARAMETERS", "MRO:OBSERVATION_START_TIME")
    if time is None:
        raise ProductError(f"{label_path} gives no START_TIME.", _REMEDY)
    dataset = open_raster(image_path, list(DRIVERS))
    wkt, transform = dataset.GetProjection(), dataset.GetGeoTransform(can_return_null=True)
    if not wkt or transform is None or body_of(wkt) != "Mars":
        raise ProductError(f"{image_path} does not say where on Mars it lies.", _REMEDY)
    if dataset.RasterCount not in (1, 3):
        raise ProductError(f"{image_path} has {dataset.RasterCount} bands: such images have 1 or 3.", _REMEDY)
    # Bands of a COLOR image are near infrared, red, blue-green.
    number = band or (1 if dataset.RasterCount == 1 else 2)
    chosen = dataset.GetRasterBand(number)
    scale, offset = _radiometry(chosen, label, image_path)
    when = mars_date(time)
    nodata = chosen.GetNoDataValue()
    return Product(
        product_id=name,
        raster=image_path,
        band=number,
        time=time,
        scale=scale,
        offset=offset,
        nodata=0.0 if nodata is None else nodata,
        saturated=_SPECIAL if chosen.DataType in (gdal.GDT_UInt16, gdal.GDT_Int16) else (),
        pixel_size=abs(transform[1]),
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


def _radiometry(band: gdal.Band, label: Label, image: Path) -> tuple[float, float]:
    """I/F = DN * scale + offset: the band's own, else the label's. Raises ProductError."""
    scale, offset = band.GetScale(), band.GetOffset()
    if scale in (None, 1.0) and offset in (None, 0.0):
        scale = label.need_number("UNCOMPRESSED_FILE", "IMAGE", "SCALING_FACTOR")
        offset = label.need_number("UNCOMPRESSED_FILE", "IMAGE", "OFFSET")
    scale, offset = float(scale), float(offset or 0.0)
    if not (0 < scale < 1 and -1 < offset < 2):
        raise ProductError(f"{image} gives an absurd I/F scale: DN * {scale:g} + {offset:g}.", _REMEDY)
    return scale, offset


def _angle(label: Label, keyword: str, low: float, high: float, default: float | None = None) -> float | None:
    value = label.number(_VIEW, keyword)
    return value if value is not None and low <= value <= high else default


def _azimuth(label: Label) -> float | None:
    """Clockwise from north; the label counts clockwise from the image's three o'clock."""
    value, north = _angle(label, "SUB_SOLAR_AZIMUTH", -360, 360), _angle(label, "NORTH_AZIMUTH", 0, 360)
    return None if value is None else azimuth_on_map(value, NORTH_UP if north is None else north)
