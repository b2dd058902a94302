"""Transcode once: a big single-tile JP2 costs seconds a window, a tiled copy a hundredth of that.

The copy lies beside the image, named by it, and carries a key of the source's size and time, so that it is made again
when the source changes. NBITS is not carried over: a 10-bit hint makes some codecs fail while leaving a file behind.
"""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
from osgeo import gdal

from ..common.errors import InputError, OutputError
from ..common.files import need_space, whole_file
from ..common.progress import Progress
from ..common.provenance import key_of
from ..common.rasters import Window, copy_as_cog, open_raster, read
from ..common.words import Product

log = logging.getLogger(__name__)

#: JP2s up to this size are read as they are.
DIRECT_PIXELS = 16_000_000
_KEY = "MARSCD_TILES_KEY"
_FORMAT = 1


def fast_raster(product: Product, progress: Progress) -> Path:
    """The raster to read this product from: its own, or a verified tiled copy of a large JP2, made where missing.

    Where there is no room or no permission for the copy, the product's own raster is read, slowly, with a warning.
    Raises InputError for a damaged source, CancelledError.
    """
    image = next((p for p in product.sources if p.suffix.lower() in (".jp2", ".j2k")), None)
    if image is None:
        return product.raster
    dataset = open_raster(product.raster)
    if dataset.RasterXSize * dataset.RasterYSize <= DIRECT_PIXELS:
        return product.raster
    stat = image.stat()
    key = key_of(_FORMAT, product.product_id, stat.st_size, stat.st_mtime_ns)
    path = image.with_name(f"{image.stem}.tiles.tif")
    if _is_current(path, key, dataset):
        return path
    try:
        need_space(image.parent, stat.st_size * 2)
        _transcode(dataset, path, key, progress)
    except OutputError as error:
        progress.warn(f"{product.product_id} is read without a tiled copy, which is slow: {error}")
        return product.raster
    return path


def _is_current(path: Path, key: str, source: gdal.Dataset) -> bool:
    if not path.is_file():
        return False
    try:
        copy = open_raster(path, ["GTiff"])
    except InputError:
        return False
    same = (copy.RasterXSize, copy.RasterYSize, copy.RasterCount) == (
        source.RasterXSize,
        source.RasterYSize,
        source.RasterCount,
    )
    return same and copy.GetMetadataItem(_KEY) == key


def _transcode(source: gdal.Dataset, path: Path, key: str, progress: Progress) -> None:
    log.info("making a tiled copy of %s", source.GetDescription())
    dressed = gdal.GetDriverByName("VRT").CreateCopy("", source)
    dressed.SetMetadataItem(_KEY, key)
    with whole_file(path) as part:
        copy_as_cog(dressed, part, path, ["LEVEL=1", "RESAMPLING=AVERAGE"], progress, tell=True)
        _verify(source, part)


def _verify(source: gdal.Dataset, path: Path) -> None:
    """A few windows must come back equal: GDAL can fail and still leave a file."""
    copy = open_raster(path, ["GTiff"])
    for share in (0.1, 0.5, 0.9):
        side = 64
        window = Window(int(share * (source.RasterXSize - side)), int(share * (source.RasterYSize - side)), side, side)
        if not np.array_equal(read(source.GetRasterBand(1), window), read(copy.GetRasterBand(1), window)):
            raise OutputError(f"{path} came out different from its source.", "Run it again.")
