"""The offline index: HiRISE's and CTX's cumulative tables, searched on this computer without any network.

``workflows.index`` brings the tables and calls ``build``; ``search_index`` answers queries like any other source.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from sqlite3 import Row
from typing import Any, BinaryIO

import numpy as np

from ..common.errors import ArchiveError, InputError, ProductError
from ..common.files import whole_file
from ..common.packages import need
from ..common.progress import Progress, check
from ..common.settings import Settings
from ..common.words import Observation, Query, RemoteFile
from ..planet.geometry import to_shapely
from ..planet.time import mars_date
from ..products.label import Label, parse_label
from . import hirise
from .filter import accepts
from .footprints import coverages
from .indexentry import READ, Entry, SkippedRowError, entry_of
from .indexlayout import LAYOUTS, Column, Layout
from .indexstore import FORMAT, Account, Window, area_of, boxes_of, find, open_store, read_meta, start_of, write_store
from .odectx import files_of

log = logging.getLogger(__name__)

INSTRUMENTS = ("HIRISE", "CTX")
#: A table longer than this is none that we know.
MAX_ROWS = 2_000_000
_LONGEST_ROW = 4096
_CHECK_EVERY = 500
#: An update that brings fewer than this share of the old rows is a fault, not an update.
_LEAST = 0.5
#: R-trees hold 32-bit numbers, and archives' Ls is rounded: windows are this much wider (degrees).
_PAD = 0.02
_BUILD = "Build it once with the tool 'Update the offline index' (marscd:updateindex); that needs the network."


@dataclass(frozen=True)
class IndexState:
    """What there is of an instrument's index. ``etag`` and ``modified`` are what the archive said of its table."""

    instrument: str
    path: Path
    rows: int
    skipped: int
    reasons: dict[str, int]
    built: str
    url: str
    etag: str = ""
    modified: str = ""


def index_path(settings: Settings, instrument: str) -> Path:
    """Where the instrument's index stands: in the cache folder, which should lie on a local disk."""
    return Path(settings.cache_dir) / "index" / f"{instrument.lower()}.sqlite"


def index_state(settings: Settings, instrument: str) -> IndexState | None:
    """What there is, or None where it is not built (or was by a version with another layout). Raises ArchiveError."""
    path = index_path(settings, instrument)
    meta = read_meta(path)
    if meta.get("format") != str(FORMAT):
        return None
    return IndexState(
        instrument, path, int(meta["rows"]), int(meta["skipped"]), json.loads(meta["reasons"]), meta.get("built", ""),
        meta.get("url", ""), meta.get("etag", ""), meta.get("modified", ""),
    )  # fmt: skip


# -- building -------------------------------------------------------------------------------------------------------


def layout_of(label: bytes, instrument: str) -> tuple[Layout, int | None]:
    """The table's layout and its number of bytes, as its own label gives them. Raises ProductError."""
    parsed = parse_label(label, f"The label of {instrument}'s index")
    for inner in parsed.objects.values():
        for table in inner:
            columns = table.objects.get("COLUMN", ())
            if columns:
                return _from_label(parsed, table, columns, instrument)
    raise ProductError(f"{parsed.name} describes no table.", "Try again later.")


def _from_label(parsed: Label, table: Label, columns: Sequence[Label], instrument: str) -> tuple[Layout, int | None]:
    found: dict[str, Column] = {}
    for place, column in enumerate(columns):
        name = column.text("NAME") or ""
        start, width = column.need_number("START_BYTE"), column.need_number("BYTES")
        if not (1 <= start <= _LONGEST_ROW and 1 <= width <= _LONGEST_ROW):
            raise ProductError(f"{parsed.name} puts {name[:40]} at an absurd place.", "Try again later.")
        found.setdefault(name, Column(int(start) - 1, int(width), place))
    if missing := [name for name in READ[instrument] if name not in found]:
        raise ProductError(f"{parsed.name} has no column {missing[0]}.", "Update MarsCD: the table may have changed.")
    row = table.number("ROW_BYTES") or parsed.number("RECORD_BYTES")
    if row is None or not 2 < row <= _LONGEST_ROW:
        raise ProductError(f"{parsed.name} gives no length of a row.", "Try again later.")
    rows = table.number("ROWS")
    return Layout(found, int(row) - 2), None if rows is None else int(rows * row)


def build(
    table: BinaryIO,
    instrument: str,
    settings: Settings,
    progress: Progress,
    *,
    size: int,
    url: str = "",
    etag: str = "",
    modified: str = "",
    label: bytes | None = None,
) -> IndexState:
    """Build the instrument's index from its table, read row by row; the old one stays until the new one is whole.

    ``size`` is the table's bytes; ``label`` its PDS label, which wins over the layout known here. Raises ArchiveError
    where the table is cut short, or holds none or far fewer products than before; OutputError; CancelledError.
    """
    layout, whole = LAYOUTS[instrument], None
    if label is not None:
        try:
            layout, whole = layout_of(label, instrument)
        except ProductError as error:
            progress.warn(f"{error} The known layout is used.")
    if whole is not None and size < whole:
        raise ArchiveError(
            f"{url or 'The table'} is cut short: {size:,} bytes where its label says {whole:,}.", "Run it again."
        )
    account = Account()
    path = index_path(settings, instrument)
    old = index_state_or_none(settings, instrument)
    built = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    meta = {"instrument": instrument, "url": url, "etag": etag, "modified": modified, "built": built}
    with whole_file(path) as part:
        write_store(part, _entries(table, instrument, layout, account, size, progress), account, meta)
        if not account.rows:
            raise ArchiveError(
                f"{url or 'The table'} holds no product of {instrument} ({_first_reason(account)}).",
                "It may be a web page or another table: check the address.",
            )
        if old is not None and account.rows < _LEAST * old.rows:
            raise ArchiveError(
                f"{url or 'The table'} holds {account.rows:,} products where the index had {old.rows:,}.",
                f"The old index stays. If that is right, delete {path} and run it again.",
            )
    state = index_state(settings, instrument)
    assert state is not None
    return state


def index_state_or_none(settings: Settings, instrument: str) -> IndexState | None:
    """``index_state``, None for a damaged file too: it is about to be replaced."""
    try:
        return index_state(settings, instrument)
    except (ArchiveError, ValueError, KeyError) as error:
        log.warning("the old index of %s cannot be read: %s", instrument, error)
        return None


def _entries(
    table: BinaryIO, instrument: str, layout: Layout, account: Account, size: int, progress: Progress
) -> Iterator[Entry]:
    done = 0
    for count, line in enumerate(_lines(table)):
        if count >= MAX_ROWS:
            raise ArchiveError(f"The table has more than {MAX_ROWS:,} rows.", "Check its address.")
        done += len(line)
        if count % _CHECK_EVERY == 0:
            check(progress)
            progress.report(min(done / max(size, 1), 1.0))
        if not line.strip():
            continue
        try:
            yield entry_of(line.rstrip(b"\r\n").decode("ascii", errors="replace"), instrument, layout)
        except SkippedRowError as error:
            account.skip(str(error))


def _lines(table: BinaryIO) -> Iterator[bytes]:
    """Lines of bounded length; of an overlong one the rest is passed over in pieces."""
    while line := table.readline(_LONGEST_ROW):
        if not line.endswith(b"\n") and len(line) == _LONGEST_ROW:
            while (rest := table.readline(_LONGEST_ROW)) and not rest.endswith(b"\n"):
                continue
        yield line


def _first_reason(account: Account) -> str:
    reasons = sorted((account.reasons or {}).items(), key=lambda r: -r[1])
    return f"{reasons[0][1]:,} rows: {reasons[0][0]}" if reasons else "it is empty"


# -- searching ------------------------------------------------------------------------------------------------------


def search_index(query: Query, instrument: str, settings: Settings, progress: Progress) -> list[Observation]:
    """Products of one instrument that touch the query's area in its season, by time; no network is used.

    Raises ArchiveError where the index is not built, InputError for an instrument that has none, CancelledError.
    """
    if instrument not in INSTRUMENTS:
        raise InputError(
            f"There is no offline index of {instrument}: its archive has no one table.",
            "Choose SOURCE ODE for it.",
        )
    check(progress)
    path = index_path(settings, instrument)
    meta = read_meta(path)
    if meta.get("format") != str(FORMAT):
        raise ArchiveError(f"The offline index of {instrument} is not on this computer.", _BUILD)
    with open_store(path) as db:
        rows = find(db, _windows(query, meta))
    shapely = need("shapely")
    rows = [r for r in rows if accepts(query, start_of(r), r["mars_year"], r["solar_longitude"], r["incidence"])]
    if not rows:
        return []
    outlines = shapely.from_wkb([r["footprint"] for r in rows])
    area = to_shapely(query.area)
    shapely.prepare(area)
    touching = np.flatnonzero(shapely.intersects(area, outlines))
    shares = coverages(area, outlines[touching])
    found = [
        _observation(rows[place], outlines[place], float(share), instrument, settings)
        for place, share in zip(touching, shares, strict=True)
    ]
    return sorted(found, key=lambda o: (o.start_time, o.product_id))


def _windows(query: Query, meta: Mapping[str, str]) -> list[Window]:
    """Boxes of the area's parts (none crosses 180) times stretches of season."""
    limit = 1e9 if query.max_incidence is None else query.max_incidence + _PAD
    return [Window(box, season, limit) for box in boxes_of(query.area) for season in _seasons(query, meta)]


def _seasons(query: Query, meta: Mapping[str, str]) -> list[tuple[float, float]]:
    """Stretches of ``mars_year * 360 + Ls`` that hold the season; wider by a hair than asked."""
    season = query.season
    low, high = (-1e9, 1e9)
    for moment, lower in ((season.start, True), (season.end, False)):
        if moment is not None:
            date = mars_date(moment)
            at = date.mars_year * 360.0 + date.solar_longitude
            # The archive's own Ls may be half a degree off before it is not believed.
            low, high = (max(low, at - 1.0), high) if lower else (low, min(high, at + 1.0))
    first, last = int(meta["first_year"]), int(meta["last_year"])
    years = [y for a, b in season.mars_years for y in range(max(a, first), min(b, last) + 1)]
    if season.mars_years and not years:
        return []
    if season.solar_longitude is not None and not years:
        years = list(range(first, last + 1))
    if not years:
        return [(low, high)]
    start, end = season.solar_longitude or (0.0, 360.0)
    spans = [(start, end)] if start <= end else [(0.0, end), (start, 360.0)]
    found = [(y * 360.0 + a - _PAD, y * 360.0 + b + _PAD) for y in years for a, b in spans]
    return [(max(a, low), min(b, high)) for a, b in found if max(a, low) <= min(b, high)]


def _observation(row: Row, outline: Any, share: float, instrument: str, settings: Settings) -> Observation:
    return Observation(
        product_id=row["product_id"],
        observation_id=row["observation_id"],
        instrument=instrument,
        start_time=start_of(row),
        mars_year=row["mars_year"],
        solar_longitude=row["solar_longitude"],
        footprint=area_of(outline),
        files=_files(row, outline, instrument, settings),
        incidence=row["incidence"],
        emission=row["emission"],
        phase=row["phase"],
        sub_solar_azimuth=row["azimuth"],
        map_scale=row["scale"],
        coverage=share,
        source="INDEX",
        orbit=row["orbit"],
    )


def _files(row: Row, outline: Any, instrument: str, settings: Settings) -> tuple[RemoteFile, ...]:
    if instrument == "HIRISE":
        return hirise.remote_files(settings.hirise_url, row["product_id"])
    _, south, _, north = outline.bounds
    return tuple(files_of(row["product_id"], row["volume"], (south + north) / 2, settings, row["size"]))
