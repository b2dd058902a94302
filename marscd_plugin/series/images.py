"""Register one image to another, on the other's grid: the ``registerimages`` algorithm without QGIS."""

from __future__ import annotations

from pathlib import Path

from osgeo import gdal

from ..common.errors import InputError
from ..common.progress import Progress, Quiet, parts
from ..common.provenance import Provenance
from ..common.rasters import grid_of, open_raster
from ..common.words import Grid, Product, Registration
from ..planet.crs import planetocentric
from ..products.user import open_user_raster
from .registration import register_scene
from .source import RasterScene, Source
from .tiepoints import write_tie_points
from .warp import write_warped

_MAX_BANDS = 16


def register_images(
    reference: Path | str | Product,
    moving: Path | str | Product,
    output: Path | str,
    tie_points: Path | str | None = None,
    progress: Progress | None = None,
) -> Registration:
    """Write ``moving`` on the reference's grid (float32, physical units, nodata -9999) and its tie points if asked.

    Two images without a CRS are compared on their pixel grids. Raises RegistrationError (no output is left),
    InputError, OutputError, CancelledError.
    """
    progress = progress or Quiet()
    first, second = _product(reference), _product(moving)
    if (first.body is None) != (second.body is None):
        bare = first if first.body is None else second
        raise InputError(
            f"{bare.raster} has no CRS and the other image has one: they cannot be compared.",
            "Assign its CRS, or use two images without one.",
        )
    if first.body != second.body:
        raise InputError(
            f"{first.raster} lies on {first.body}, {second.raster} on {second.body}.", "Use two images of one body."
        )
    if first.body is None:
        progress.warn("Both images lack a CRS: they are compared on their pixel grids.")
    searching, writing = parts(progress, 0.6, 0.4)
    grid = _grid(first)
    base, source = Source(first, searching), Source(second, searching)
    alignment = register_scene(RasterScene(grid, base, source), progress=searching)
    dataset = open_raster(second.raster)
    bands = [source] if second.band != 1 else [Source(second, writing, n) for n in _colour_bands(dataset)]
    provenance = Provenance(
        "registerimages",
        [first.product_id, second.product_id],
        registration={"residual_px": alignment.registration.residual_px,
                      "disagreement_px": alignment.registration.disagreement_px},
    )  # fmt: skip
    write_warped(
        bands, grid, alignment.warp, Path(output), writing, tags=provenance.raster_tags(), trusted=alignment.trusted
    )
    if tie_points is not None:
        write_tie_points(Path(tie_points), grid, alignment)
    return alignment.registration


def _product(image: Path | str | Product) -> Product:
    return image if isinstance(image, Product) else open_user_raster(image)


def _grid(product: Product) -> Grid:
    grid = grid_of(open_raster(product.raster))
    if not grid.crs:
        return grid
    return Grid(planetocentric(grid.crs), grid.left, grid.top, grid.pixel_size, grid.width, grid.height)


def _colour_bands(dataset: gdal.Dataset) -> list[int]:
    """Bands that hold values: alpha is a mask."""
    numbers = [
        n
        for n in range(1, dataset.RasterCount + 1)
        if dataset.GetRasterBand(n).GetColorInterpretation() != gdal.GCI_AlphaBand
    ]
    return numbers[:_MAX_BANDS] or [1]
