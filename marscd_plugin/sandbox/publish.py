"""Put an image into a sandbox archive as a HiRISE RDR product: JP2, label, index row, ODE record, browse images."""

from __future__ import annotations

import json
import logging
import math
import tempfile
import zlib
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from osgeo import gdal

from ..common.errors import InputError
from ..common.files import need_folder, whole_file, write_json
from ..common.progress import Progress, parts
from ..planet.time import mars_date
from .facts import Facts, Radiometry, viewing_of
from .images import BROWSE_EDGE, THUMBNAIL_EDGE, write_browse, write_jp2
from .index import ROW_BYTES, index_label, index_table
from .label import label_text
from .names import Layout, ProductName, parse_product_id
from .projection import ImageGrid
from .record import INDEX_NOTE, product_record
from .source import Placement, corners_of, open_source, place, stretch_for, write_dns

log = logging.getLogger(__name__)

RATIONALE = "Published into a MarsCD sandbox: not an archive product"
_DSMAP = (
    "PDS_VERSION_ID = PDS3\r\n"
    "/* The sandbox's stand-in for DSMAP.CAT: the projections are described in each product's label. */\r\n"
    "END\r\n"
)


@dataclass(frozen=True)
class Wish:
    """What to publish a product with: ``time`` is UTC, aware; angles in degrees, azimuth clockwise from north.

    ``incidence``, ``azimuth`` and ``emission`` are worked out from the season (3 in the afternoon) where they are None.
    """

    name: ProductName
    time: datetime
    incidence: float | None = None
    azimuth: float | None = None
    emission: float | None = None
    rationale: str = RATIONALE


def wish(
    product_id: str,
    time: datetime,
    incidence: float | None = None,
    azimuth: float | None = None,
    emission: float | None = None,
    rationale: str = RATIONALE,
) -> Wish:
    """A checked Wish. Raises InputError."""
    for what, value, top in (
        ("incidence", incidence, 90.0),
        ("emission", emission, 90.0),
        ("sub-solar azimuth", azimuth, 360.0),
    ):
        if value is not None and not (math.isfinite(value) and 0 <= value <= top):
            raise InputError(f"A {what} of {value:g} degrees is impossible.", f"It lies within 0..{top:g}.")
    return Wish(parse_product_id(product_id), time, incidence, azimuth, emission, rationale)


def placement(longitude: float, latitude: float, pixel_size: float) -> Placement:
    """A checked Placement: longitude -360..360 east, latitude -90..90, pixels of 0.1 to 99 metres.

    An index row holds no finer and no coarser ones. Raises InputError.
    """
    if not (math.isfinite(longitude) and abs(longitude) <= 360 and math.isfinite(latitude) and abs(latitude) <= 90):
        raise InputError(
            f"{longitude:g}, {latitude:g} is no place on Mars.", "Longitudes are east degrees, latitudes -90..90."
        )
    if not (math.isfinite(pixel_size) and 0.1 <= pixel_size <= 99):
        raise InputError(
            f"Pixels of {pixel_size:g} m are impossible.", "Give 0.1 to 99 metres; HiRISE has 0.25 or 0.5."
        )
    return Placement(longitude, latitude, pixel_size)


def publish_raster(
    root: Path, image: Path, wanted: Wish, where: Placement | None, mask: Path | None, progress: Progress
) -> Facts:
    """Publish a raster file; the same id again replaces the product. Raises InputError, OutputError, CancelledError."""
    layout = open_archive(root)
    scan, convert, compress = parts(progress, 1, 2, 3)
    source = open_source(Path(image), wanted.name.kind == "COLOR", mask)
    grid, to_source = place(source, where)
    stretch = stretch_for(source, scan)
    with tempfile.TemporaryDirectory(prefix="marscd-sandbox-") as folder:
        dataset = write_dns(source, stretch, grid, to_source, Path(folder) / "dn.tif", convert)
        facts = publish_dns(layout, dataset, grid, stretch.radiometry, wanted, compress)
        dataset = None
    update_index(layout)
    return facts


def open_archive(root: Path) -> Layout:
    """The archive's folders, made where missing. Raises OutputError."""
    layout = Layout(Path(root))
    for folder in (layout.pds, layout.records):
        need_folder(folder)
    catalogue = layout.pds / "CATALOG" / "DSMAP.CAT"
    if not catalogue.exists():
        _write_bytes(catalogue, _DSMAP.encode("ascii"))
    return layout


def publish_dns(
    layout: Layout, dataset: gdal.Dataset, grid: ImageGrid, radiometry: Radiometry, wanted: Wish, progress: Progress
) -> Facts:
    """Publish DNs (uint16, 0 = nothing) that lie on ``grid``. The index is left to ``update_index``.

    The ODE record comes last: what a search finds is there to be fetched.
    """
    facts = _facts(dataset, grid, radiometry, wanted)
    name = facts.name
    write_jp2(dataset, grid, layout.pds / name.image_path, progress)
    write_browse(dataset, layout.pds / name.browse_path, BROWSE_EDGE)
    write_browse(dataset, layout.pds / name.thumbnail_path, THUMBNAIL_EDGE)
    _write_bytes(layout.pds / name.label_path, label_text(facts).encode("ascii", "replace"))
    listed = (name.image_path, name.label_path, name.browse_path, name.thumbnail_path, "CATALOG/DSMAP.CAT")
    sizes = {path: math.ceil((layout.pds / path).stat().st_size / 1024) for path in listed}
    # A number like ODE's own that stays the same for the same product.
    ode_id = str(10_000_000 + zlib.crc32(name.product_id.encode()) % 30_000_000)
    write_json(layout.record(name), product_record(facts, sizes, ode_id))
    log.info("published %s", name.product_id)
    return facts


def _facts(dataset: gdal.Dataset, grid: ImageGrid, radiometry: Radiometry, wanted: Wish) -> Facts:
    date = mars_date(wanted.time)
    lon, lat = grid.to_ground((grid.lines + 1) / 2, (grid.samples + 1) / 2)
    emission = 1.0 if wanted.emission is None else wanted.emission
    return Facts(
        name=wanted.name,
        grid=grid,
        bands=dataset.RasterCount,
        start=wanted.time,
        created=datetime.now(timezone.utc),
        mars_year=date.mars_year,
        solar_longitude=date.solar_longitude,
        viewing=viewing_of(float(lon), float(lat), date.solar_longitude, wanted.incidence, wanted.azimuth, emission),
        radiometry=radiometry,
        corners=corners_of(dataset, grid),
        rationale=wanted.rationale,
    )


def read_records(layout: Layout) -> dict[str, dict[str, Any]]:
    """All ODE records by product id, in order of orbit and id. A file that is no record is left out, with a warning."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(layout.records.glob("*.json")):
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            found[record["pdsid"]] = record
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("%s is not an ODE record (%s)", path, error)
    return dict(sorted(found.items(), key=lambda item: _order(item[1])))


def _order(record: dict[str, Any]) -> tuple[int, str]:
    return int(record.get("Start_orbit_number", "0")), record["pdsid"]


def update_index(layout: Layout) -> int:
    """Write the cumulative index anew from the records' notes, which hold each product's row. Returns the row count."""
    rows = []
    for record in read_records(layout).values():
        notes = record.get("ODE_notes", {}).get("ODE_note", [])
        rows += [
            notes[i + 1]
            for i, note in enumerate(notes[:-1])
            if note == INDEX_NOTE and len(notes[i + 1]) == ROW_BYTES - 2
        ]
    _write_bytes(layout.index, index_table(rows))
    _write_bytes(layout.index.with_suffix(".LBL"), index_label(len(rows)).encode("ascii"))
    return len(rows)


def _write_bytes(path: Path, data: bytes) -> None:
    with whole_file(path) as part:
        part.write_bytes(data)
