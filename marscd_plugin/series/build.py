"""Build a series: one grid, every product registered to the reference and evened out, stored with a report.

Each epoch is finished on its own and keyed by what it was made from, so that a stopped run goes on, and adding a
product makes only that epoch.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from ..common.errors import InputError, RegistrationError
from ..common.files import need_folder, safe_name
from ..common.progress import Part, Progress, Quiet, check, parts
from ..common.provenance import key_of
from ..common.rasters import open_raster
from ..common.words import Area, Epoch, Grid, Product, Series
from ..planet.crs import local_wkt
from ..planet.geometry import centre
from ..products.user import open_user_raster
from .basetie import BaseTie, Grids, grids_of, open_base, tie_to_base
from .epochs import Options, Workshop, epoch_of
from .grid import outline, reference_crs
from .loops import close_loops
from .pictures import blinks
from .plan import best_reference, plan_pairs
from .registration import as_refusal
from .report import Findings, write_report
from .source import Source
from .store import (
    REPORT,
    TIE_POINTS,
    Stored,
    forget,
    mask_path,
    read_base,
    read_extra,
    read_item,
    read_loops,
    read_refused,
    read_store,
    read_ties,
    write_catalogue,
)
from .tiepoints import write_series_ties

log = logging.getLogger(__name__)

#: Raise when a change of method makes stored epochs stale.
METHOD = 3


@dataclass
class _Run:
    """One run's state: what is in, what is out and why."""

    folder: Path
    grids: Grids
    reference: Product
    keys: dict[str, str]
    epochs: list[Epoch]
    refused: dict[str, str]
    refused_keys: dict[str, str]

    @property
    def together(self) -> str:
        """Key of all that is there: a refusal that depends on the others holds for just these."""
        return key_of(sorted(self.keys.items()))


def build_series(
    products: Sequence[Product],
    folder: Path | str,
    area: Area | None = None,
    reference: str = "",
    pixel_size: float | None = None,
    progress: Progress | None = None,
    options: Options | None = None,
) -> Series:
    """Build or complete a series in ``folder``: catalogue, one COG and one mask an epoch, tie points, report.html.

    ``reference`` is a product id (empty: the one the others compare with best). An epoch that cannot be registered,
    or with which the series does not close, is listed in ``Series.refused`` with the reason. Raises RegistrationError
    where fewer than two epochs are left or the reference cannot be tied to the base map; InputError, ProductError,
    OutputError, CancelledError.
    """
    progress = progress or Quiet()
    options = options or Options()
    folder = Path(folder)
    products = _checked(products, reference)
    chosen = _reference(products, reference, progress)
    dtm = None if options.dtm is None else _dtm(options.dtm)
    whole = Part(progress, 0.0, 0.98)
    first, making, closing = parts(whole, 0.04 if options.base is None else 1.0, float(len(products)), 0.5)
    source: Source | None = None
    tie = None
    if options.base is not None:
        base = open_base(options.base)
        tie, source = _tied(folder, area, chosen, base, first)
    grids = grids_of(area, products, pixel_size, chosen, tie)
    need_folder(folder / "epochs")
    need_folder(folder / "masks")
    _sweep(folder)
    run = _Run(folder, grids, chosen, _keys(products, chosen, grids, options, dtm), [], {}, {})
    _make_all(run, products, source, options, dtm, first, making)
    _enough(run)
    loops, open_loops = close_loops(run.epochs, chosen.product_id, grids.true, run.keys, read_loops(folder), closing)
    for name, reason in open_loops.items():
        run.epochs = [e for e in run.epochs if e.product_id != name]
        _refuse(run, name, reason, run.together, progress)
        forget(folder, name)
    _enough(run)
    run.epochs.sort(key=lambda e: (e.time, e.product_id))
    refused = tuple(sorted(run.refused.items()))
    series = Series(folder, grids.true, chosen.product_id, tuple(run.epochs), plan_pairs(run.epochs), refused)
    _finish(Stored(series, run.refused_keys, tuple(loops), tie))
    progress.report(1.0, f"series of {len(series.epochs)} epochs in {folder}")
    return series


def _make_all(
    run: _Run, products: Sequence[Product], source: Source | None, options: Options, dtm: Product | None,
    first: Progress, making: Progress,
) -> None:  # fmt: skip
    """Make what is missing, the reference first; each epoch on its own."""
    earlier = read_refused(run.folder, run.grids.true)
    shop: Workshop | None = None
    steps = parts(making, *[1.0] * len(products))
    chosen = run.reference
    for product, step in zip([chosen, *(p for p in products if p is not chosen)], steps, strict=True):
        check(making)
        name = product.product_id
        key = run.keys[name]
        done = _finished(run.folder, product, run.grids.true, key)
        if done is not None:
            step.report(1.0, f"{name}: already in the series")
            run.epochs.append(done)
            continue
        if name in earlier and earlier[name][1] in (key, run.together):
            run.refused[name], run.refused_keys[name] = earlier[name]
            continue
        step.report(0.0, f"{name}: registering")
        if shop is None:
            shop = Workshop(run.grids, chosen, source or Source(chosen, first), options, dtm, first)
        try:
            run.epochs.append(_make(run.folder, product, shop, key, step))
        except RegistrationError as error:
            _refuse(run, name, as_refusal(error).reason, key, making)


def _make(folder: Path, product: Product, shop: Workshop, key: str, progress: Progress) -> Epoch:
    return shop.make(folder, product, key, progress)


def _refuse(run: _Run, name: str, reason: str, key: str, progress: Progress) -> None:
    run.refused[name], run.refused_keys[name] = reason, key
    progress.warn(f"{name} is left out of the series: {reason}.")


def _enough(run: _Run) -> None:
    if len(run.epochs) < 2:
        detail = "; ".join(f"{name}: {reason}" for name, reason in run.refused.items())
        raise RegistrationError(
            f"No series could be made: fewer than two images register ({detail}).",
            "Choose images of the same place with more similar light, or another reference.",
        )


def _finish(stored: Stored) -> None:
    """Tie points, report, catalogue: over what is there, always in the same words."""
    series = stored.series
    folder = series.folder
    found = {e.product_id: read_ties(folder, e.product_id) for e in series.epochs if e.product_id != series.reference}
    ties = {name: one for name, one in found.items() if one is not None}
    write_series_ties(folder / TIE_POINTS, series.grid, ties)
    style, figures = blinks(series)
    findings = Findings(
        stored.base.words if stored.base is not None else "",
        stored.loops,
        {e.product_id: read_extra(folder, e.product_id) for e in series.epochs},
        figures,
        style,
    )
    write_report(series, ties, folder / REPORT, findings)
    write_catalogue(stored)


def _sweep(folder: Path) -> None:
    """What a run that was killed left half-written."""
    for place in (folder, folder / "epochs", folder / "masks"):
        for pattern in (".*.part*", ".*.scratch.tif*", ".marscd-*"):
            for path in place.glob(pattern):
                if path.is_file():
                    path.unlink(missing_ok=True)


def _tied(
    folder: Path, area: Area | None, reference: Product, base: Product, progress: Progress
) -> tuple[BaseTie, Source | None]:
    """The reference on the base map, from an earlier run where that was the same; and its source, if it was opened."""
    crs = local_wkt(*centre(area)) if area is not None else reference_crs(reference)
    key = key_of(METHOD, _made_from(reference), _made_from(base), crs)
    known = read_base(folder)
    if known is not None and known.key == key:
        return known, None
    progress.report(0.0, f"{reference.product_id}: registering to the base map {base.product_id}")
    source = Source(reference, progress)
    return tie_to_base(reference, source, base, crs, key, progress), source


def _dtm(dtm: Path | str | Product) -> Product:
    product = dtm if isinstance(dtm, Product) else open_user_raster(dtm)
    # A terrain model has no date and no light: its numbers are metres as they are.
    return replace(product, time=None)


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
    alike = sorted({n for n in names if [safe_name(m) for m in names].count(safe_name(n)) > 1})
    if alike:
        raise InputError(
            f"{' and '.join(alike)} would have one file name in the series.", "Rename one of them, or leave it out."
        )
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
    items = [epoch_of(p, Path(p.raster), size[p.product_id] / largest, None) for p in products]
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
    if (dataset.RasterXSize, dataset.RasterYSize) != (grid.width, grid.height):
        return None
    return found[0] if mask_path(found[0]).is_file() else None


def _keys(
    products: Sequence[Product], reference: Product, grids: Grids, options: Options, dtm: Product | None
) -> dict[str, str]:
    """What each epoch is made from: files by name, size and time of change, values that matter, grid, reference."""
    shared = (
        METHOD,
        asdict(grids.true),
        None if grids.tie is None else grids.tie.key,
        None if dtm is None else _made_from(dtm),
        options.drop_shadows,
    )
    base = key_of(_made_from(reference), shared)
    return {p.product_id: base if p is reference else key_of(_made_from(p), shared, base) for p in products}


def _made_from(product: Product) -> list[object]:
    files = [
        (p.name, p.stat().st_size, p.stat().st_mtime_ns) for p in (product.sources or (product.raster,)) if p.is_file()
    ]
    return [
        files, product.product_id, product.band, product.scale, product.offset, product.nodata, product.saturated,
        product.time, product.incidence, product.emission, product.sub_solar_azimuth,
    ]  # fmt: skip
