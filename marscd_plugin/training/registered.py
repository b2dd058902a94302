"""The real evaluation pairs as the plugin itself lays them on each other, kept on disk so that it is done once.

The pairs come roughly registered (shared/data/README.md); what a user gets is AFTER registered by the plugin, so that
is what is scored. The entry is ``series.images.register_images``, as ``marscd:registerimages`` calls it.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from osgeo import gdal

from ..common.errors import RegistrationError
from ..common.files import need_folder
from .real import RealPair, product_groups, real_pairs

log = logging.getLogger(__name__)

NODATA = -9999.0

#: The modules of ``series`` that laying one image on another runs through.
_REGISTRATION = (
    "correlation", "dense", "features", "gate", "images", "partial", "radiometry", "refine", "registration", "scene",
    "seams", "smoothing", "source", "surface", "texture", "tiepoints", "ties", "transform", "warp",
)  # fmt: skip


def registered_pairs(shared: Path, name: str, cache: Path) -> Iterator[tuple[RealPair, float | None]]:
    """(pair with AFTER on BEFORE's grid, residual in pixels or None) of a named set; pairs that are refused left out.

    ``cache`` is a folder for the registered images: a file is used again where pair and registration are the same.
    Raises InputError where the data are missing.
    """
    need_folder(cache)
    for pair in real_pairs(shared, name):
        made = register_pair(pair, cache, name)
        if made is None:
            continue
        after, residual = made
        valid = pair.valid & np.isfinite(after)
        yield replace(pair, after=np.where(valid, after, 0).astype(np.float32), valid=valid), residual


def register_pair(pair: RealPair, cache: Path, name: str) -> tuple[np.ndarray, float | None] | None:
    """AFTER on BEFORE's grid, float32 with NaN where nothing trusted is, and its residual; None where it is refused."""
    from ..series.images import register_images

    digest = hashlib.sha256(_code())
    for array in (pair.before, pair.after, pair.valid):
        digest.update(np.ascontiguousarray(array).tobytes())
    stem = re.sub(r"[^A-Za-z0-9_-]", "_", f"{name}-{pair.name}")[:80]
    target = cache / f"{stem}-{digest.hexdigest()[:12]}.tif"
    refused = target.with_suffix(".refused")
    if refused.exists():
        return None
    if not target.exists():
        images = [cache / f"{stem}-{part}.tif" for part in ("before", "after")]
        for path, image in zip(images, (pair.before, pair.after), strict=True):
            _write(path, np.where(pair.valid, image, NODATA))
        part = target.with_name(f"part-{target.name}")
        try:
            fit = register_images(images[0], images[1], part)
        except RegistrationError as error:
            log.warning("%s was refused by the registration and is left out: %s", pair.name, error)
            refused.write_text(str(error), encoding="utf-8")
            return None
        finally:
            for path in images:
                path.unlink(missing_ok=True)
        target.with_suffix(".txt").write_text(str(fit.residual_px), encoding="utf-8")
        part.replace(target)
    dataset = gdal.OpenEx(str(target), gdal.OF_RASTER, allowed_drivers=["GTiff"])
    image = dataset.GetRasterBand(1).ReadAsArray().astype(np.float32)
    told = target.with_suffix(".txt").read_text(encoding="utf-8")
    return np.where(image == np.float32(NODATA), np.nan, image), None if told == "None" else float(told)


def site_of(shared: Path, name: str, pair: RealPair) -> str:
    """What a pair shares its ground with: one site for one pair of observations, or a group of shared CTX products."""
    if name.startswith("ctx"):
        stems = [p.name for p in real_pairs(shared, name)]
        return next(f"ctx {group[0][:3]}" for group in product_groups(stems) if pair.name in group)
    return pair.name if name == "stereo_anaglyph" else name


def _code() -> bytes:
    """The registration's own source: what an earlier state of it did does not count."""
    folder = Path(__file__).resolve().parents[1] / "series"
    return b"".join((folder / f"{name}.py").read_bytes() for name in _REGISTRATION)


def _write(path: Path, image: np.ndarray) -> None:
    rows, columns = image.shape
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), columns, rows, 1, gdal.GDT_Float32)
    dataset.GetRasterBand(1).SetNoDataValue(NODATA)
    dataset.GetRasterBand(1).WriteArray(image.astype(np.float32))
    dataset.FlushCache()
