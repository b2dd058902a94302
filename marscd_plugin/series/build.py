"""Build a series: one grid, every product registered to the reference and evened out, stored with a report.

Each epoch is finished on its own and keyed by what it was made from, so that a stopped run goes on, and adding a
product makes only that epoch.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from ..common.errors import InputError, RegistrationError
from ..common.files import need_folder
from ..common.progress import Part, Progress, Quiet, check, parts
from ..common.provenance import Provenance, key_of
from ..common.rasters import Window, open_raster
from ..common.words import Area, Epoch, Grid, Product, Registration, Series
from ..planet.time import mars_date
from .gate import Gate
from .grid import outline, series_grid
from .plan import best_reference, plan_pairs
from .radiometry import Normalisation, normalise
from .registration import WORKING_SIZE, Alignment, as_refusal, attempt, identity
from .report import write_report
from .source import RasterScene, Source
from .store import Stored, epoch_paths, read_item, read_refused, read_store, read_ties, write_catalogue, write_item
from .transform import Warp
from .warp import write_warped

log = logging.getLogger(__name__)

#: Raise when a change of method makes stored epochs stale.
METHOD = 1
REPORT = "report.html"


@dataclass(frozen=True)
class _Base:
    """The reference, opened on the grid."""

    grid: Grid
    product: Product
    source: Source
    key: str


def build_series(
    products: Sequence[Product],
    folder: Path | str,
    area: Area | None = None,
    reference: str = "",
    pixel_size: float | None = None,
    progress: Progress | None = None,
) -> Series:
    """Build or complete a series in ``folder``: catalogue, one COG an epoch, report.html.

    ``reference`` is a product id (empty: the one the others compare with best). An epoch that cannot be registered is
    listed in ``Series.refused`` with the reason. Raises RegistrationError where fewer than two epochs are left,
    InputError, ProductError, OutputError, CancelledError.
    """
    progress = progress or Quiet()
    folder = Path(folder)
    products = _checked(products, reference)
    chosen = _reference(products, reference, progress)
    grid = series_grid(area, products, pixel_size, chosen)
    need_folder(folder / "epochs")
    earlier = read_refused(folder, grid)
    share = Part(progress, 0.0, 0.98)
    slices = parts(share, *[1.0] * len(products))
    base = _Base(grid, chosen, Source(chosen, slices[0]), _key(chosen, grid, ""))
    epochs: list[Epoch] = []
    refused: list[tuple[str, str]] = []
    refused_keys: dict[str, str] = {}
    for product, step in zip([chosen, *(p for p in products if p is not chosen)], slices, strict=True):
        check(progress)
        key = base.key if product is chosen else _key(product, grid, base.key)
        done = _finished(folder, product, grid, key)
        if done is not None:
            step.report(1.0, f"{product.product_id}: already in the series")
            epochs.append(done)
        elif earlier.get(product.product_id, ("", ""))[1] == key:
            refused.append((product.product_id, earlier[product.product_id][0]))
            refused_keys[product.product_id] = key
        else:
            step.report(0.0, f"{product.product_id}: registering")
            try:
                epochs.append(_make(folder, product, base, key, step))
            except RegistrationError as error:
                reason = as_refusal(error).reason
                refused.append((product.product_id, reason))
                refused_keys[product.product_id] = key
                progress.warn(f"{product.product_id} is left out of the series: {reason}.")
    if len(epochs) < 2:
        detail = "; ".join(f"{name}: {reason}" for name, reason in refused)
        raise RegistrationError(
            f"No series could be made: fewer than two images register ({detail}).",
            "Choose images of the same place with more similar light, or another reference.",
        )
    epochs.sort(key=lambda e: (e.time, e.product_id))
    series = Series(folder, grid, chosen.product_id, tuple(epochs), plan_pairs(epochs), tuple(refused))
    found = {e.product_id: read_ties(folder, e.product_id) for e in epochs if e.product_id != chosen.product_id}
    write_report(series, {name: ties for name, ties in found.items() if ties is not None}, folder / REPORT)
    write_catalogue(Stored(series, refused_keys))
    progress.report(1.0, f"series of {len(epochs)} epochs in {folder}")
    return series


def open_series(folder: Path | str) -> Series:
    """Open a series that ``build_series`` has made. Raises InputError."""
    return read_store(folder).series


def _checked(products: Sequence[Product], reference: str) -> list[Product]:
    if len(products) < 2:
        raise InputError(f"A series needs at least two images; {len(products)} given.", "Add images of the same place.")
    names = [p.product_id for p in products]
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice:
        raise InputError(f"{', '.join(twice)} is given more than once.", "Give each image once.")
    for product in products:
        if product.time is None:
            raise InputError(
                f"{product.raster} has no date, which an epoch of a series needs.",
                "Give its time, or put an ISO date (2011-04-27) into the file's name.",
            )
    if reference and reference not in names:
        raise InputError(
            f"The reference {reference} is not among the images.", f"Choose one of {', '.join(names[:8])}."
        )
    return sorted(products, key=lambda p: (p.time, p.product_id))


def _reference(products: Sequence[Product], reference: str, progress: Progress) -> Product:
    by_name = {p.product_id: p for p in products}
    if reference:
        return by_name[reference]
    # Where footprints differ, the larger one shares more with the rest; the sun decides among equals.
    size = {}
    for product in products:
        # Reading an outline decodes the whole image, at low resolution: seconds for a large one.
        check(progress)
        size[product.product_id] = _extent(product)
    largest = max(size.values())
    items = [_epoch(p, Path(p.raster), size[p.product_id] / largest, None) for p in products]
    return by_name[best_reference(items, lambda item: min(1.0, 0.25 + getattr(item, "valid_fraction", 1.0)))]


def _extent(product: Product) -> float:
    """Area of the data's outline, in CRS units squared: only compared with others of one body."""
    found = outline(product)
    x, y = found.x, found.y
    return abs(float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))) / 2


def _finished(folder: Path, product: Product, grid: Grid, key: str) -> Epoch | None:
    """The epoch if it is there, whole, and made from the same inputs."""
    found = read_item(folder, product.product_id, grid)
    if found is None or found[1] != key:
        return None
    try:
        dataset = open_raster(found[0].raster, ["GTiff"])
    except InputError:
        return None
    return found[0] if (dataset.RasterXSize, dataset.RasterYSize) == (grid.width, grid.height) else None


def _key(product: Product, grid: Grid, base: str) -> str:
    """What an epoch was made from: files by name, size and time of change, values that matter, grid, reference."""
    files = [
        (p.name, p.stat().st_size, p.stat().st_mtime_ns) for p in (product.sources or (product.raster,)) if p.is_file()
    ]
    values = (
        product.product_id,
        product.band,
        product.scale,
        product.offset,
        product.nodata,
        product.saturated,
        product.time,
    )
    return key_of(METHOD, files, values, asdict(grid), base)


def _make(folder: Path, product: Product, base: _Base, key: str, progress: Progress) -> Epoch:
    """Register, even out, resample and store one epoch."""
    item, cog = epoch_paths(folder, product.product_id)
    # An item without its COG, or the other way round, is what a killed run leaves: the item is written last.
    item.unlink(missing_ok=True)
    searching, writing = parts(progress, 0.6, 0.4)
    if product is base.product:
        alignment, light, source = None, Normalisation(), base.source
        registration = identity()
    else:
        source = Source(product, searching)
        scene = RasterScene(base.grid, base.source, source)
        alignment = attempt(scene, Gate(), searching)
        registration = alignment.registration
        if not registration.accepted:
            raise RegistrationError(registration.reason)
        light = _light(scene, alignment)
    provenance = Provenance(
        "buildseries", [product.product_id, base.product.product_id], registration=asdict(registration)
    )
    share = write_warped(
        [source], base.grid, alignment.warp if alignment else None, cog, writing, light, provenance.raster_tags()
    )
    epoch = _epoch(product, cog, share, registration)
    extra = {"marscd:gain": light.gain, "marscd:offset": light.offset, "marscd:warp": _warp_json(alignment)}
    write_item(folder, epoch, base.grid, key, extra, alignment.ties if alignment else None)
    return epoch


def _light(scene: RasterScene, alignment: Alignment) -> Normalisation:
    """Relative normalisation on both images at reduced resolution."""
    factor = max(1, -(-max(scene.width, scene.height) // (WORKING_SIZE // 2)))
    window = Window(0, 0, scene.width, scene.height)
    a, b = scene.reference(window, factor), scene.moving(window, factor, alignment.warp)
    return normalise(a.values, b.values, a.valid & b.valid)


def _warp_json(alignment: Alignment | None) -> dict | None:
    if alignment is None:
        return None
    warp: Warp = alignment.warp
    field = warp.nodes is not None
    return {"affine": [[round(float(v), 9) for v in row] for row in warp.affine], "field": field}


def _epoch(product: Product, raster: Path, share: float, registration: Registration | None) -> Epoch:
    time = product.time
    assert isinstance(time, datetime)
    when = mars_date(time)
    return Epoch(
        product_id=product.product_id,
        raster=raster,
        time=time,
        mars_year=product.mars_year if product.mars_year is not None else when.mars_year,
        solar_longitude=product.solar_longitude if product.solar_longitude is not None else when.solar_longitude,
        valid_fraction=round(share, 6),
        registration=registration,
        incidence=product.incidence,
        emission=product.emission,
        phase=product.phase,
        sub_solar_azimuth=product.sub_solar_azimuth,
    )
