"""Raw CTX images (EDR): decompanded, the dark level taken off, and placed roughly by the corners of the index.

What each step is from: columns and companding, the CTX EDR SIS and calib/ctxcal.txt of the archive (the first pixels of
a line see no light; even and odd pixels are read by two channels, each with its own dark level) and ISIS's mroctx2isis
(which columns at which summing). Not done: the flat field (its table was not at hand; brightness falls a little to
both edges) and absolute calibration: values are DN a millisecond above dark, proportional to radiance.

The copy is one resampling short of a map: its pixels are the detector's. Its georeferencing is the *first* one, from
corners that are good to some 300 m; ``workflows.georeference`` refines it by tie points to a base map or a registered
image. ISIS (spiceinit, ctxcal, cam2map) does better where it is installed; its cubes open as any raster.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from osgeo import gdal

from ..common.errors import ProductError
from ..common.files import need_space, whole_file
from ..common.progress import Progress, Quiet, check
from ..common.provenance import key_of
from ..common.rasters import copy_as_cog, gdal_quiet
from ..common.words import Product
from ..planet.time import mars_date
from .check import check_file
from .ctx import PRODUCT_ID
from .ctx_companding import FULL, GAP, decompand
from .ctx_corners import Corners, FirstGeometry, first_geometry
from .label import Label, read_attached_label

_REMEDY = "Fetch the image again; if it comes the same, leave this product out."
_KEY = "MARSCD_EDR_KEY"
_FORMAT = 1
#: Stored = (DN - dark + _FLOOR) * _STEPS, so that noise below dark stays, in twelfths of a DN; 0 is no data.
_STEPS, _FLOOR = 12.0, 64.0
_SATURATED = 65535
_LINES = 512
#: The longest images of the archive have 52,224 lines.
_MAX_LINES, _MAX_SAMPLES = 1 << 17, 5064
#: Dark levels are averaged over this many lines, so that their noise does not stripe the image.
_DARK_LINES = 65


@dataclass(frozen=True)
class Layout:
    """Where a raw line keeps what: ``dark`` and ``image`` are (first, last + 1) samples of a line."""

    start: int
    record: int
    lines: int
    samples: int
    dark: tuple[int, int]
    image: tuple[int, int]
    summing: int
    exposure: float


def open_ctx_edr(image: Path | str, corners: Corners, progress: Progress | None = None) -> Product:
    """Decompand ``image`` once into ``<stem>.edr.tif`` beside it, georeferenced by ``corners``; returns its Product.

    The raster's tags say how the geometry was made and its misfit at the corners. Raises ProductError, OutputError,
    CancelledError.
    """
    progress = progress or Quiet()
    image = Path(image)
    check_file(image, "image")
    label = read_attached_label(image)
    product_id = (label.text("PRODUCT_ID") or "").upper()
    if not PRODUCT_ID.fullmatch(product_id) or "CTX" not in (label.text("INSTRUMENT_ID") or "").upper():
        raise ProductError(f"{image} is no raw CTX image: {product_id or 'no product id'}.", _REMEDY)
    layout = _layout(label, image)
    width = layout.image[1] - layout.image[0]
    placed = first_geometry(corners, width, layout.lines, layout.summing)
    time = label.time("START_TIME")
    if time is None:
        raise ProductError(f"{image} gives no START_TIME.", _REMEDY)
    raster = image.with_name(f"{image.stem}.edr.tif")
    stat = image.stat()
    key = key_of(_FORMAT, product_id, stat.st_size, stat.st_mtime_ns, corners.points())
    if not _is_current(raster, key):
        _write(image, layout, placed, raster, _tags(product_id, time, placed, key), progress)
    when = mars_date(time)
    exposure = layout.exposure
    return Product(
        product_id=product_id,
        raster=raster,
        time=time,
        scale=1.0 / (_STEPS * exposure),
        offset=-_FLOOR / exposure,
        nodata=0.0,
        saturated=(float(_SATURATED),),
        pixel_size=placed.pixel_size,
        body="Mars",
        mars_year=when.mars_year,
        solar_longitude=when.solar_longitude,
        instrument="CTX",
        sources=(image,),
    )


def is_ctx_edr(path: Path) -> bool:
    """True where the file begins with the label of a raw CTX image."""
    try:
        label = read_attached_label(path)
    except ProductError:
        return False
    return "CTX" in (label.text("INSTRUMENT_ID") or "").upper() and (label.text("DATA_SET_ID") or "").startswith(
        "MRO-M-CTX-2-EDR"
    )


def _layout(label: Label, image: Path) -> Layout:
    """Columns by summing and first pixel, as mroctx2isis has them; everything checked against the file's length."""
    mode = label.text("SAMPLE_BIT_MODE_ID") or ""
    if mode != "SQROOT":
        raise ProductError(f"{image} is companded as {mode or '(not said)'}, and only SQROOT is read.", _REMEDY)
    if label.number("IMAGE", "SAMPLE_BITS") != 8:
        raise ProductError(f"{image} does not hold 8-bit samples.", _REMEDY)
    record, lines, samples = (
        int(label.need_number(*path)) for path in (("RECORD_BYTES",), ("IMAGE", "LINES"), ("IMAGE", "LINE_SAMPLES"))
    )
    first = label.get("^IMAGE")
    if not isinstance(first, int) or not 1 < first <= 4096:
        raise ProductError(f"{image} does not say where its image begins ({first!r}).", _REMEDY)
    summing = _either(label, "SPATIAL_SUMMING", "SAMPLING_FACTOR", 1)
    edge = _either(label, "EDIT_MODE_ID", "SAMPLE_FIRST_PIXEL", 0)
    before, after = (int(label.number("IMAGE", f"LINE_{k}_BYTES") or 0) for k in ("PREFIX", "SUFFIX"))
    if summing not in (1, 2) or not 0 <= before + after < 4096 or record != samples + before + after:
        raise ProductError(f"{image} has an unknown layout (summing {summing}, records of {record} bytes).", _REMEDY)
    if not (0 < lines <= _MAX_LINES and 0 < samples <= _MAX_SAMPLES):
        raise ProductError(f"{image} claims an absurd size: {samples} x {lines} pixels.", _REMEDY)
    if edge == 0:
        dark, lead, tail = ((14, 38), 38, 18) if summing == 1 else ((7, 19), 19, 9)
    else:
        dark, lead, tail = ((0, 16), 16, 0) if summing == 1 else ((0, 8), 8, 0)
    if samples - lead - tail < 16:
        raise ProductError(f"{image} has no image columns: {samples} samples a line.", _REMEDY)
    start = (first - 1) * record
    wanted, there = start + lines * record, image.stat().st_size
    if there < wanted:
        raise ProductError(f"{image} is cut short: {there:,} bytes where {wanted:,} are due.", _REMEDY)
    exposure = label.number("LINE_EXPOSURE_DURATION")
    return Layout(
        start=start + before,
        record=record,
        lines=lines,
        samples=samples,
        dark=dark,
        image=(lead, samples - tail),
        summing=summing,
        exposure=exposure if exposure and 0.1 <= exposure <= 100 else 1.0,
    )


def _either(label: Label, one: str, other: str, default: int) -> int:
    value = label.number(one)
    value = label.number(other) if value is None else value
    return default if value is None else int(value)


def dark_levels(codes: np.ndarray) -> np.ndarray:
    """Dark level (DN) of even and odd samples a line, (lines, 2), smoothed along the lines; codes are (lines, pixels).

    The mean over ``_DARK_LINES`` lines of each line's median, gaps left out; a line without any dark pixel takes its
    neighbours'.
    """
    dn = np.where((codes == GAP) | (codes == FULL), np.nan, decompand(codes).astype(np.float32))
    levels = np.empty((len(codes), 2), np.float32)
    for parity in (0, 1):
        part = dn[:, parity::2]
        known = np.isfinite(part).any(axis=1)
        line = np.zeros(len(codes), np.float32)
        if known.any():
            line[known] = np.nanmedian(part[known], axis=1)
        kernel = np.ones(min(_DARK_LINES, len(codes)))
        weight = np.convolve(known.astype(float), kernel, "same")
        total = np.convolve(line.astype(float), kernel, "same")
        overall = float(line[known].mean()) if known.any() else 0.0
        levels[:, parity] = np.where(weight > 0, total / np.maximum(weight, 1), overall)
    return levels


def _write(
    image: Path, layout: Layout, placed: FirstGeometry, raster: Path, tags: dict[str, str], progress: Progress
) -> None:
    raw = np.memmap(image, np.uint8, "r", layout.start, (layout.lines, layout.record))
    first, last = layout.image
    need_space(raster.parent, layout.lines * (last - first) * 3)
    darks = dark_levels(np.asarray(raw[:, layout.dark[0] : layout.dark[1]]))
    # The channels alternate from the first sample of the line, and the image need not begin on an even one.
    parity = (np.arange(first, last) - layout.dark[0]) % 2
    scratch = raster.with_name(f".{raster.stem}.scratch.tif")
    try:
        with gdal_quiet():
            dataset = gdal.GetDriverByName("GTiff").Create(
                str(scratch), last - first, layout.lines, 1, gdal.GDT_UInt16,
                ["TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512", "COMPRESS=ZSTD", "ZSTD_LEVEL=1", "BIGTIFF=IF_SAFER"],
            )  # fmt: skip
            if dataset is None:
                raise ProductError(f"{raster} could not be written.", "Choose a folder you may write to.")
            dataset.SetProjection(placed.crs)
            dataset.SetGeoTransform(placed.geotransform)
            dataset.SetMetadata(tags)
            band = dataset.GetRasterBand(1)
            band.SetNoDataValue(0)
            band.SetScale(1.0 / (_STEPS * layout.exposure))
            band.SetOffset(-_FLOOR / layout.exposure)
            band.SetDescription("CTX 500-700 nm, DN a millisecond above dark")
            for top in range(0, layout.lines, _LINES):
                check(progress)
                codes = np.asarray(raw[top : top + _LINES, first:last])
                band.WriteArray(stored(codes, darks[top : top + _LINES][:, parity]), 0, top)
                progress.report(0.6 * top / layout.lines)
            dataset.FlushCache()
            with whole_file(raster) as part:
                copy_as_cog(dataset, part, raster, ["LEVEL=1", "RESAMPLING=AVERAGE"], progress)
            dataset = None
    finally:
        scratch.unlink(missing_ok=True)


def stored(codes: np.ndarray, dark: np.ndarray) -> np.ndarray:
    """What is written for codes and their dark levels (DN), both (lines, pixels): 0 no data, 65535 saturated."""
    value = np.rint((decompand(codes) - dark + np.float32(_FLOOR)) * np.float32(_STEPS))
    out = np.clip(value, 1, _SATURATED - 1).astype(np.uint16)
    out[codes == GAP] = 0
    out[codes == FULL] = _SATURATED
    return out


def _tags(product_id: str, time: datetime, placed: FirstGeometry, key: str) -> dict[str, str]:
    return {
        "PRODUCT_ID": product_id,
        "START_TIME": time.isoformat().replace("+00:00", "Z"),
        "MARSCD_GEOMETRY": "first: affine through the corners of the index or footprint, good to some 300 m",
        "MARSCD_CORNER_MISFIT_M": f"{placed.misfit:.1f}",
        "MARSCD_RADIOMETRY": "square-root decompanded, dark level taken off, no flat field",
        _KEY: key,
    }


def _is_current(raster: Path, key: str) -> bool:
    if not raster.is_file():
        return False
    with gdal_quiet():
        try:
            dataset = gdal.OpenEx(str(raster), gdal.OF_RASTER, allowed_drivers=["GTiff"])
        except RuntimeError:
            return False
        return dataset is not None and dataset.GetMetadataItem(_KEY) == key
