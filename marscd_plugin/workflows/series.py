"""Products on disk, or rasters of one's own, become a registered series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ..common.errors import InputError, MarscdError
from ..common.files import safe_name
from ..common.progress import Progress, check, parts
from ..common.words import Area, Observation, Product, Series
from ..products.user import open_user_raster
from ..series.build import build_series
from ..series.epochs import Options
from .opening import find_products, named, open_found


@dataclass(frozen=True)
class SeriesJob:
    """What to build a series from: fetched products in ``products_folder`` (those named, or all), ``images``, or both.

    ``times`` are the dates of ``images``, in their order; None where the raster itself says. ``reference`` is a
    product id, or the path of one of the images. ``footprints`` of observations, by product id, place raw images that
    nothing else places. ``base`` and ``dtm`` are rasters ("" for none): a base map that the series is tied to, and a
    terrain model.
    """

    folder: Path
    products_folder: Path | None = None
    product_ids: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    times: tuple[datetime | None, ...] = ()
    area: Area | None = None
    reference: str = ""
    pixel_size: float | None = None
    footprints: Mapping[str, Area] = field(default_factory=dict)
    base: str = ""
    dtm: str = ""
    drop_shadows: bool = False


def run_series(job: SeriesJob, progress: Progress) -> Series:
    """Open what is there and build the series. Raises InputError, ProductError, RegistrationError, CancelledError."""
    if job.products_folder is None and not job.images:
        raise InputError("There is nothing to build a series from.", "Give the FOLDER of fetched products, or IMAGES.")
    opening, building = parts(progress, 5, 95)
    own = open_images(job.images, job.times, opening) if job.images else []
    fetched = []
    if job.products_folder is not None:
        fetched = open_fetched(job.products_folder, job.product_ids, opening, job.footprints, job.base)
    products = [*fetched, *own]
    reference = job.reference
    for product, source in zip(own, job.images, strict=True):
        if reference and reference == source:
            reference = product.product_id
    options = Options(base=job.base or None, dtm=job.dtm or None, drop_shadows=job.drop_shadows)
    return build_series(
        products, job.folder, area=job.area, reference=reference, pixel_size=job.pixel_size, progress=building,
        options=options,
    )  # fmt: skip


def open_images(images: Sequence[str], times: Sequence[datetime | None], progress: Progress) -> list[Product]:
    """Each raster with its date. Raises InputError where a date is missing or the counts differ."""
    if times and len(times) != len(images):
        raise InputError(
            f"{len(images)} IMAGES and {len(times)} TIMES are given.", "Give one time for each image, or none."
        )
    products = []
    for index, image in enumerate(images):
        check(progress)
        product = open_user_raster(image, times[index] if times else None)
        if product.time is None:
            raise InputError(
                f"{image} has no date that could be found.",
                "Give TIMES: one UTC time for each image, in the same order.",
            )
        products.append(product)
    return products


def open_fetched(
    folder: Path,
    product_ids: Sequence[str],
    progress: Progress,
    footprints: Mapping[str, Area] | None = None,
    base: str = "",
) -> list[Product]:
    """The products in a folder: those named, or all HiRISE RED and CTX ones. A damaged one is told of and left out.

    A raw image is placed by its footprint where nothing better says where its corners are, and laid on ``base`` where
    one is given.

    Raises InputError where none is there, and the damaged one's own error where nothing else is left.
    """
    if not folder.is_dir():
        raise InputError(f"The folder {folder} is not there.", "Fetch observations into it first.")
    there = find_products(folder)
    if product_ids:
        stems = [safe_name(p) for p in product_ids]
    else:
        stems = list(dict.fromkeys(f.stem for f in there if f.kind != "CRISM"))
    reds = [s for s in stems if not s.endswith("_COLOR")]
    if len(reds) < len(stems):
        progress.report(0.0, f"{len(stems) - len(reds)} COLOR products are left out: a series is made of RED ones.")
    if not reds:
        raise InputError(f"There is no product to use in {folder}.", "Fetch HiRISE RED products into it first.")
    products, failures = [], []
    for index, stem in enumerate(reds):
        check(progress)
        try:
            found = named(folder, stem, there)
            products.append(open_found(found, progress, _footprint(footprints, stem), base or None))
        except MarscdError as error:
            failures.append(error)
            progress.warn(f"{stem} is left out: {error}")
        progress.report((index + 1) / len(reds))
    if failures and len(products) < 2:
        raise failures[0]
    return products


def _footprint(footprints: Mapping[str, Area] | None, stem: str) -> Area | None:
    """By the name that a product's files have."""
    return next((area for name, area in (footprints or {}).items() if safe_name(name).lower() == stem.lower()), None)


def pair_to_show(series: Series) -> tuple[str, str]:
    """Product ids of the best pair to compare, earlier first."""
    if series.pairs:
        return series.pairs[0].before, series.pairs[0].after
    return series.epochs[0].product_id, series.epochs[-1].product_id


def observation_ids(observations: Sequence[Observation]) -> tuple[str, ...]:
    """The product ids of observations, in order."""
    return tuple(o.product_id for o in observations)
