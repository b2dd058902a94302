"""An image whose place is known roughly, laid on a base map (or a registered image) by tie points.

For raw CTX images (``products.ctx_edr``), whose first geometry comes from corners some 300 m off. The residual is that
of tie points left out of the fit; what cannot be registered is refused, and nothing is written.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ..common.errors import InputError, RegistrationError
from ..common.progress import Progress, parts
from ..common.provenance import Provenance, key_of
from ..common.rasters import grid_of, open_raster
from ..common.words import Grid, Product, Registration
from ..planet.crs import planetocentric, transformer
from ..products.user import open_user_raster
from ..series.registration import register_scene
from ..series.source import RasterScene, Source
from ..series.transform import Warp
from ..series.warp import NODATA, write_warped

#: How far around the first footprint the base map is looked at, metres: the corners' error and then some.
MARGIN_M = 1500.0
#: A base map may be this many times coarser than the image: beyond, tie points say little of a pixel.
MAX_COARSER = 24
#: The tag that says what a map was made from.
_KEY = "MARSCD_KEY"
#: Grid pixels above which a base map's part is no working size.
MAX_PIXELS = 4_000_000_000


@dataclass(frozen=True)
class Georeferenced:
    """The image as a map (float32, physical units, nodata -9999), and how well it lies on the base map.

    ``residual_m`` and ``disagreement_m`` are the registration's, in metres: RMS over tie points left out of the fit,
    and the distance between the two estimators. ``shift_m``: how far the first geometry was off, at the middle.
    ``warp`` leads from ``grid`` (the base's part that was compared) to where the product's first geometry shows it.
    """

    product: Product
    registration: Registration
    residual_m: float
    disagreement_m: float
    shift_m: float
    base: Path
    grid: Grid
    warp: Warp


def georeference(product: Product, base: Path | str | Product, output: Path | str, progress: Progress) -> Georeferenced:
    """Lay ``product`` on ``base``; write it to ``output`` in the base's CRS, at about the product's own pixel size.

    The base is looked at around the product's first footprint only, at its own pixel size (or the product's, where
    that is coarser). Raises InputError (no CRS, no overlap, too coarse a base), RegistrationError, OutputError,
    CancelledError.
    """
    reference = base if isinstance(base, Product) else open_user_raster(base)
    if reference.body is None or reference.body != product.body:
        raise InputError(
            f"{reference.raster} lies on {reference.body or 'no known body'}, {product.product_id} on {product.body}.",
            "Choose a base map of the same body, with a CRS.",
        )
    searching, writing = parts(progress, 0.6, 0.4)
    source = Source(product, searching)
    grid, finer = _grids(reference, source, product)
    base_source = Source(reference, searching)
    try:
        alignment = register_scene(RasterScene(grid, base_source, source), progress=searching)
    except RegistrationError as error:
        raise RegistrationError(
            f"{product.product_id} could not be laid on {reference.raster.name}: "
            f"{error.what.removeprefix('The images could not be registered: ')}",
            "Choose a base map with finer pixels or more similar light, or better corners.",
        ) from error
    found = alignment.registration
    factor = round(grid.pixel_size / finer.pixel_size)
    metre = grid.pixel_size
    residual, disagreement = (metre * (v or 0.0) for v in (found.residual_px, found.disagreement_px))
    middle = np.array([[grid.width / 2], [grid.height / 2]])
    to_x, to_y = alignment.warp.apply(middle[0], middle[1])
    shift = metre * math.hypot(float(to_x[0] - middle[0, 0]), float(to_y[0] - middle[1, 0]))
    provenance = Provenance(
        "georeference",
        [product.product_id, str(reference.product_id)],
        {"base": str(reference.raster), "first_geometry_off_m": round(shift, 1)},
        registration={
            "residual_px": found.residual_px,
            "residual_m": residual,
            "disagreement_m": disagreement,
            "tie_points": found.tie_point_count,
        },
    )
    tags = provenance.raster_tags() | {
        "PRODUCT_ID": product.product_id,
        "MARSCD_RESIDUAL_M": f"{residual:.2f}",
        _KEY: _key(product, reference),
    }
    if product.time is not None:
        tags["START_TIME"] = product.time.isoformat().replace("+00:00", "Z")
    output = Path(output)
    write_warped([source], finer, alignment.warp.scaled(factor), output, writing, tags=tags)
    progress.report(1.0, f"{product.product_id} lies on {reference.raster.name} to {residual:.1f} m (residual of tie "
                         f"points left out of the fit); its first geometry was {shift:.0f} m off.")  # fmt: skip
    mapped = _mapped(product, output, finer.pixel_size)
    return Georeferenced(mapped, found, residual, disagreement, shift, reference.raster, grid, alignment.warp)


def mapped_before(product: Product, base: Path | str | Product, output: Path) -> Product | None:
    """What an earlier ``georeference`` of the same image on the same base wrote to ``output``, or None."""
    if not output.is_file():
        return None
    reference = base if isinstance(base, Product) else open_user_raster(base)
    try:
        dataset = open_raster(output, ["GTiff"])
        if (dataset.GetMetadataItem(_KEY) or "") != _key(product, reference):
            return None
        return _mapped(product, output, grid_of(dataset).pixel_size)
    except InputError:
        return None


def _mapped(product: Product, output: Path, pixel_size: float) -> Product:
    return replace(
        product, raster=output, band=1, scale=1.0, offset=0.0, nodata=NODATA, saturated=(), pixel_size=pixel_size,
        sources=(output,),
    )  # fmt: skip


def _key(product: Product, base: Product) -> str:
    """What the map is made from: the image's own files and the base map, by name, size and time of change."""
    files = [
        (f.name, f.stat().st_size, f.stat().st_mtime_ns)
        for f in (product.raster, *product.sources, *(base.sources or (base.raster,)))
        if f.is_file()
    ]
    return key_of(1, product.product_id, files)


def _grids(reference: Product, source: Source, product: Product) -> tuple[Grid, Grid]:
    """The part of the base's grid to measure on, and the finer grid to write on, a whole number of times finer."""
    base = grid_of(open_raster(reference.raster))
    wkt = planetocentric(base.crs)
    if product.pixel_size is None or reference.pixel_size is None:
        raise InputError(f"{reference.raster} is not in metres.", "Choose a base map in metres.")
    coarser = base.pixel_size / product.pixel_size
    if coarser > MAX_COARSER:
        raise InputError(
            f"{reference.raster} is {coarser:.0f} times coarser than {product.product_id}.",
            f"Choose a base map with pixels of at most {MAX_COARSER * product.pixel_size:.0f} m.",
        )
    # A base map finer than the image is read averaged, so that both show the same detail.
    step = max(1, round(product.pixel_size / base.pixel_size))
    pixel = base.pixel_size * step
    edge = np.linspace(0, 1, 33)
    column = np.concatenate([edge, edge, np.zeros(33), np.ones(33)]) * source.width - 0.5
    row = np.concatenate([np.zeros(33), np.ones(33), edge, edge]) * source.height - 0.5
    x, y = transformer(source.crs, wkt).points(*source.to_map(column, row))
    if not np.isfinite(x).all():
        raise InputError(f"{product.product_id} cannot be put on the map of {reference.raster}.", "Check the base map.")
    left, bottom, right, top = base.bounds
    box = (max(x.min() - MARGIN_M, left), max(y.min() - MARGIN_M, bottom), min(x.max() + MARGIN_M, right),
           min(y.max() + MARGIN_M, top))  # fmt: skip
    first, upper = math.floor((box[0] - left) / pixel), math.floor((top - box[3]) / pixel)
    width, height = math.ceil((box[2] - left) / pixel) - first, math.ceil((top - box[1]) / pixel) - upper
    if box[2] <= box[0] or box[3] <= box[1] or min(width, height) < 32:
        raise InputError(
            f"{product.product_id} does not lie on {reference.raster} by its corners.",
            "Choose a base map that covers the image.",
        )
    if width * height > MAX_PIXELS:
        raise InputError(f"The part of {reference.raster} to compare with has too many pixels.", "Cut it smaller.")
    grid = Grid(wkt, left + first * pixel, top - upper * pixel, pixel, width, height)
    factor = max(1, round(pixel / product.pixel_size))
    return grid, replace(grid, pixel_size=pixel / factor, width=width * factor, height=height * factor)
