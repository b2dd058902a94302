"""CRISM map-projected products (MTRDR): detached PDS3 label, ENVI header and raw cube become one VRT.

I/F cubes (``IF``) carry wavelengths and a bad-band list; summary-parameter cubes (``SR``) carry names. Invalid pixels
hold 65535 (CRISM Data Product SIS). The label's projection is used, not the ENVI header's ``map info``, which knows
nothing of the sphere; where both are there they must agree to ``AGREE_PX`` pixels.
"""

from __future__ import annotations

import math
import re
from pathlib import Path

from osgeo import gdal

from ..common.errors import InputError, ProductError
from ..common.rasters import open_raster
from ..common.words import Product
from ..planet.time import mars_date
from .check import check_cube_size, kind_of
from .envi import names, numbers, read_envi
from .label import Label, read_label
from .projection import LabelProjection, image_scope, label_projection
from .vrt import write_vrt
from .wavelengths import in_nanometres

NODATA = 65535.0
#: The band to look at where one is asked for: infrared brightness, away from absorptions.
SHOWN_NM = 1330.0
#: PDS3 counts the projection offsets from a pixel's centre or its corner, and producers differ: a pixel either way.
AGREE_PX = 2.0
#: No real MTRDR label was at hand to measure how its stated edges lie; this still tells a wrong projection.
EDGE_PX = 25.0
MAX_BANDS = 1024
_PRODUCT_ID = re.compile(r"[A-Z]{3}[0-9A-F]{8}_[0-9A-F]{2}_(IF|SR|SU|IN|RA|DE|BR)\d{3}[SLJ]_(MTR|TER)\d")
_REMEDY = "Fetch label, header and image of one product again, into one folder."


def open_crism(path: Path | str) -> Product:
    """Open the product that ``path`` (its .lbl, .hdr or .img) belongs to; writes ``<stem>.vrt`` beside the image.

    Bands have their wavelength (metadata WAVELENGTH, nanometres) or name; bad ones the tag MARSCD_BAD_BAND. The band of
    the Product is the one nearest 1330 nm. Raises ProductError, or OutputError where the folder cannot be written.
    """
    label_path, header_path, image = _trio(Path(path))
    label, header = read_label(label_path), read_envi(header_path)
    product_id = (label.text("PRODUCT_ID") or "").upper()
    if not _PRODUCT_ID.fullmatch(product_id) or product_id != image.stem.upper():
        raise ProductError(
            f"{label_path} is the label of {product_id or 'no product'}, not of a CRISM map product {image.stem}.",
            _REMEDY,
        )
    _own_names(label, image)
    projection = label_projection(label, EDGE_PX)
    bands = _size(label, header, projection, image)
    data_type = _open_envi(image, projection, bands)
    _agree(header, projection, label_path)
    nm, good, described = _bands(header, bands, header_path)
    time = label.time("START_TIME") or label.time("TIME_PARAMETERS", "START_TIME")
    stated = label.number(*image_scope(label), "CORE_NULL")
    nodata = NODATA if stated is None else stated
    tags = {"PRODUCT_ID": product_id} | ({"START_TIME": time.isoformat().replace("+00:00", "Z")} if time else {})
    vrt = write_vrt(
        image,
        (projection.width, projection.height),
        crs=projection.crs,
        geotransform=projection.geotransform,
        bands=bands,
        data_type=data_type,
        nodata=nodata,
        scale=1.0,
        offset=0.0,
        descriptions=described,
        tags=tags,
        band_tags=[_tags(w, ok) for w, ok in zip(nm, good, strict=True)],
    )
    when = mars_date(time) if time else None
    usable = [i for i, w in enumerate(nm) if good[i] and math.isfinite(w)]
    shown = min(usable, key=lambda i: abs(nm[i] - SHOWN_NM)) if usable else 0
    return Product(
        product_id=product_id,
        raster=vrt,
        band=shown + 1,
        time=time,
        nodata=nodata,
        pixel_size=projection.pixel_size,
        body="Mars",
        mars_year=when.mars_year if when else None,
        solar_longitude=label.number("SOLAR_LONGITUDE") or (when.solar_longitude if when else None),
        instrument="CRISM",
        sources=(label_path, header_path, image),
    )


def _trio(path: Path) -> tuple[Path, Path, Path]:
    """Label, header and image of one stem in one folder, whatever the case of their endings."""
    found: dict[str, Path] = {}
    if path.parent.is_dir():
        for near in path.parent.iterdir():
            if near.stem.lower() == path.stem.lower() and near.suffix.lower() in (".lbl", ".hdr", ".img"):
                found[near.suffix.lower()] = near
    for ending in (".lbl", ".hdr", ".img"):
        if ending not in found:
            raise ProductError(f"{path.stem}{ending} is not in {path.parent}.", _REMEDY)
    return found[".lbl"], found[".hdr"], found[".img"]


def _own_names(label: Label, image: Path) -> None:
    """The label may only point at plain names, its image by this name."""
    for scope in ((), ("FILE",)):
        value = label.get(*scope, "^IMAGE")
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, str) and part.strip().lower() != image.name.lower():
                raise ProductError(f"{label.name} points at {part!r}, not at {image.name}.", _REMEDY)


def _size(label: Label, header: dict[str, str], projection: LabelProjection, image: Path) -> int:
    """Bands; label, header and the file's length must agree. Raises ProductError."""
    samples, lines, bands = check_cube_size(image, header, image.stat().st_size)
    stated = label.need_number(*image_scope(label), "BANDS")
    if (samples, lines, bands) != (projection.width, projection.height, stated) or not 0 < bands <= MAX_BANDS:
        raise ProductError(
            f"{label.name} and the header of {image.name} do not belong together: the label says "
            f"{projection.width} x {projection.height} x {stated:g}, the header {samples} x {lines} x {bands}.",
            _REMEDY,
        )
    return bands


def _open_envi(image: Path, projection: LabelProjection, bands: int) -> str:
    """Prove that GDAL's ENVI reader opens it, and nothing else would by its first bytes; returns the data type."""
    with image.open("rb") as file:
        kind = kind_of(file.read(4096))
    if kind not in ("of no known kind", "a text file"):
        raise ProductError(f"{image} is not a raw cube: it is {kind}.", _REMEDY)
    try:
        dataset = open_raster(image, ["ENVI"])
    except InputError as error:
        raise ProductError(error.what, _REMEDY) from error
    if (dataset.RasterXSize, dataset.RasterYSize, dataset.RasterCount) != (projection.width, projection.height, bands):
        raise ProductError(f"{image.name} is not read as its header says.", _REMEDY)
    return gdal.GetDataTypeName(dataset.GetRasterBand(1).DataType)


def _agree(header: dict[str, str], projection: LabelProjection, label: Path) -> None:
    """ENVI's map info, where it is in metres, names the same upper-left corner as the label."""
    parts = names(header, "map info") or []
    try:
        column, row, x, y, dx, dy = (float(p) for p in parts[1:7])
    except ValueError:
        return
    if not any("met" in p.lower() for p in parts[7:]) or dx <= 0 or dy <= 0:
        return
    left, scale, _, top, _, _ = projection.geotransform
    off = max(abs(x - (column - 1) * dx - left), abs(y + (row - 1) * dy - top)) / scale
    same_size = abs(dx - scale) <= 1e-3 * scale and abs(dy - scale) <= 1e-3 * scale
    if not same_size or off > AGREE_PX:
        raise ProductError(
            f"{label} and its ENVI header put the image {off:.1f} pixels apart (pixels of {scale:g} and {dx:g} m).",
            _REMEDY,
        )


def _bands(header: dict[str, str], bands: int, path: Path) -> tuple[list[float], list[bool], list[str]]:
    """Wavelengths (nm, NaN where there are none), good bands, descriptions."""
    listed, bad = numbers(header, "wavelength"), numbers(header, "bbl")
    words = names(header, "band names") or []
    for found, key in ((listed, "wavelength"), (bad, "bbl")):
        if found is not None and len(found) != bands:
            raise ProductError(f"{path} lists {len(found)} values of {key} for {bands} bands.", _REMEDY)
    nm = in_nanometres(listed, header.get("wavelength units", "")) if listed else [math.nan] * bands
    nm = [w if 100 <= w <= 100_000 else math.nan for w in nm]
    good = [b != 0 for b in bad] if bad else [True] * bands
    described = []
    for i in range(bands):
        word = words[i] if len(words) == bands else ""
        described.append(word or (f"{nm[i]:.2f} nm" if math.isfinite(nm[i]) else f"Band {i + 1}"))
    return nm, good, described


def _tags(nm: float, good: bool) -> dict[str, str]:
    tags = {"WAVELENGTH": f"{nm:.4f}", "WAVELENGTH_UNITS": "Nanometers"} if math.isfinite(nm) else {}
    return tags if good else tags | {"MARSCD_BAD_BAND": "1"}
