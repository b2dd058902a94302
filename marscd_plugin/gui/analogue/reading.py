"""A search as a worker reads it: rows, pictures of matches and targets, the span of the distance."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from osgeo import gdal
from qgis.PyQt.QtGui import QImage

from ...common.errors import MarscdError
from ...common.progress import Progress, check
from ...common.rasters import gdal_quiet
from .match_list import PICTURE, grey_image, load_picture
from .rows import Found, read_found
from .stored import Search
from .targets import picture, read_targets

log = logging.getLogger(__name__)

#: Pixels a side that the distance's span is read from.
_SMALL = 512


@dataclass(frozen=True)
class Loaded:
    """A search as a worker read it; pictures of matches and of their targets by a match's ``index``."""

    found: Found
    matches: dict[int, QImage]
    targets: dict[int, QImage]
    #: Least and largest distance of the searched ground.
    span: tuple[float, float] = (0.0, 1.0)


def load(search: Search, progress: Progress) -> Loaded:
    """Rows and pictures of a search. For a worker. Raises InputError, CancelledError."""
    found = read_found(search.matches)
    matches: dict[int, QImage] = {}
    targets: dict[int, QImage] = {}
    known: dict[Path, QImage | None] = {}
    by_name: dict[str, QImage] | None = None
    for row in found.rows:
        check(progress)
        image = load_picture(row.thumbnail)
        if image is not None:
            matches[row.index] = image
        if row.target_thumbnail is not None:
            if row.target_thumbnail not in known:
                known[row.target_thumbnail] = load_picture(row.target_thumbnail)
            of = known[row.target_thumbnail]
        else:
            by_name = _target_pictures(search, progress) if by_name is None else by_name
            of = by_name.get(row.target)
        if of is not None:
            targets[row.index] = of
    return Loaded(found, matches, targets, _span(search.distance))


def _target_pictures(search: Search, progress: Progress) -> dict[str, QImage]:
    """A picture of each target: from the image that it was marked on."""
    source = str(search.asked.get("target_source") or "")
    if not source:
        return {}
    if search.asked.get("whole"):
        values = picture(source, None, PICTURE)
        names = search.asked.get("targets") or []
        image = grey_image(values) if values is not None else None
        # What the algorithm calls a whole raster is its file's name.
        keys = {str(n) for n in names} | {Path(source).stem, Path(source).name}
        return dict.fromkeys(keys, image) if image is not None else {}
    made = {}
    try:
        targets = read_targets(search.targets)
    except MarscdError as error:
        log.info("no pictures of the targets: %s", error)
        return {}
    for target in targets:
        check(progress)
        values = picture(source, target.area, PICTURE)
        if values is not None:
            made[target.name] = grey_image(values)
    return made


def _span(distance: Path) -> tuple[float, float]:
    """From a small copy of the distance's first band; 0 and 1 where there is none."""
    with gdal_quiet():
        try:
            dataset = gdal.OpenEx(str(distance), gdal.OF_RASTER, allowed_drivers=["GTiff", "COG"])
        except RuntimeError:
            dataset = None
        if dataset is None:
            return 0.0, 1.0
        band = dataset.GetRasterBand(1)
        wide, high = min(dataset.RasterXSize, _SMALL), min(dataset.RasterYSize, _SMALL)
        values = band.ReadAsArray(buf_xsize=wide, buf_ysize=high)
        nodata = band.GetNoDataValue()
    if values is None:
        return 0.0, 1.0
    kept = values[np.isfinite(values) & (values != np.float32(nodata if nodata is not None else np.nan))]
    if kept.size == 0:
        return 0.0, 1.0
    low, high_value = float(kept.min()), float(kept.max())
    return low, high_value if high_value > low else low + 1.0
