"""Transcode once: a big single-tile JP2 costs seconds a window, a tiled copy a hundredth of that.

The copy is keyed by product id and the source's content (size, time and its first and last bytes), so that it is made
again when the source changes. It lies beside the image, or in the cache folder where the image's own may not be
written; there its total size is bounded, the least recently used goes first, and none that is in use goes.

The trap: GDAL carries NBITS=10 of a HiRISE JP2 over; LERC then fails with errors by the thousand and still leaves a
file behind (seen with GDAL 3.10). So the copy is ZSTD, without NBITS, and windows of it are compared afterwards.
"""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

import numpy as np
from osgeo import gdal

from ..common import settings
from ..common.errors import InputError, OutputError
from ..common.files import need_folder, need_space, safe_name, whole_file
from ..common.progress import Progress
from ..common.provenance import key_of
from ..common.rasters import Window, copy_as_cog, open_raster, read
from ..common.words import Product
from .tilecache import hold, keep_within

log = logging.getLogger(__name__)

#: JP2s up to this size are read as they are.
DIRECT_PIXELS = 16_000_000
#: The cache folder's share for copies, bytes; those beside their images are the user's own to keep.
CACHE_BYTES = 40_000_000_000
_KEY = "MARSCD_TILES_KEY"
_FORMAT = 2
_SAMPLED = 1 << 16
_SIDE = 64


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
    key = content_key(product.product_id, image)
    places = _places(product, image, key)
    for path in places:
        if _is_current(path, key, dataset):
            hold(path)
            return path
    reason: OutputError | None = None
    for path in places:
        try:
            _make(dataset, image, path, key, path is places[-1], progress)
        except OutputError as error:
            reason = error
            continue
        hold(path)
        return path
    progress.warn(f"{product.product_id} is read without a tiled copy, which is slow: {reason}")
    return product.raster


def content_key(product_id: str, image: Path) -> str:
    """A key of the product and of what the file holds: size, time, and a hash of its first and last 64 kB."""
    stat = image.stat()
    digest = hashlib.sha256()
    with image.open("rb") as file:
        digest.update(file.read(_SAMPLED))
        file.seek(max(stat.st_size - _SAMPLED, 0))
        digest.update(file.read(_SAMPLED))
    return key_of(_FORMAT, product_id, stat.st_size, stat.st_mtime_ns, digest.hexdigest())


def cache_folder() -> Path:
    """Where copies go that may not lie beside their images."""
    return Path(settings.load().cache_dir) / "tiles"


def _places(product: Product, image: Path, key: str) -> tuple[Path, Path]:
    """Beside the image; in the cache folder, named by product and key."""
    return (
        image.with_name(f"{image.stem}.tiles.tif"),
        cache_folder() / f"{safe_name(product.product_id)}.{key}.tif",
    )


def _make(dataset: gdal.Dataset, image: Path, path: Path, key: str, bounded: bool, progress: Progress) -> None:
    """Write the copy at ``path``. Raises OutputError where that cannot be, CancelledError."""
    # Lossless ZSTD tiles take about a third more than the JP2; twice leaves room for overviews.
    wanted = image.stat().st_size * 2
    need_folder(path.parent)
    if bounded:
        keep_within(path.parent, CACHE_BYTES - wanted)
    need_space(path.parent, wanted)
    _transcode(dataset, path, key, progress)


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
    for number in range(1, dressed.RasterCount + 1):
        # The hint of 10 bits in 16 would go over to the copy, where some codecs fail on it.
        dressed.GetRasterBand(number).SetMetadataItem("NBITS", None, "IMAGE_STRUCTURE")
    with whole_file(path) as part:
        # Of a part of an image, most blocks are empty: they are not stored.
        options = ["LEVEL=1", "RESAMPLING=AVERAGE", "SPARSE_OK=YES"]
        copy_as_cog(dressed, part, path, options, progress, tell=True)
        verify(source, part, path)


def verify(source: gdal.Dataset, part: Path, path: Path) -> None:
    """Windows all over must come back equal in every band: GDAL can fail and still leave a file.

    Raises OutputError naming ``path``.
    """
    damaged = OutputError(f"{path} came out different from its source.", "Run it again.")
    try:
        copy = open_raster(part, ["GTiff"])
    except InputError as error:
        raise damaged from error
    if (copy.RasterXSize, copy.RasterYSize, copy.RasterCount) != (
        source.RasterXSize,
        source.RasterYSize,
        source.RasterCount,
    ):
        raise damaged
    width, height = min(_SIDE, source.RasterXSize), min(_SIDE, source.RasterYSize)
    for share in (0.0, 0.1, 0.5, 0.9, 1.0):
        window = Window(
            int(share * (source.RasterXSize - width)), int(share * (source.RasterYSize - height)), width, height
        )
        for number in range(1, source.RasterCount + 1):
            try:
                same = np.array_equal(
                    read(source.GetRasterBand(number), window), read(copy.GetRasterBand(number), window)
                )
            except InputError as error:
                raise damaged from error
            if not same:
                raise damaged
