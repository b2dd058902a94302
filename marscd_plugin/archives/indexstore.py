"""The offline index as an SQLite file: a table of products, and an R-tree over place, season and height of the sun.

One file an instrument. Written whole (beside its place, then moved in), read without locks, so that a search and an
update do not disturb each other.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from ..common.errors import ArchiveError, OutputError
from ..common.packages import need
from ..common.words import Area
from ..planet.areas import rings_of, to_shapely
from .indexentry import Entry

#: Another number than the file's: it is built anew.
FORMAT = 1
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
#: What stands for an unknown incidence in the R-tree, beyond any limit.
_NO_SUN = 999.0
_BATCH = 2000
_COLUMNS = ("product_id", "observation_id", "orbit", "start_ms", "mars_year", "solar_longitude", "incidence",
            "emission", "phase", "azimuth", "scale", "volume", "size", "footprint")  # fmt: skip
_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE products (
    id INTEGER PRIMARY KEY, product_id TEXT NOT NULL UNIQUE, observation_id TEXT NOT NULL, orbit INTEGER NOT NULL,
    start_ms INTEGER NOT NULL, mars_year INTEGER NOT NULL, solar_longitude REAL NOT NULL, incidence REAL, emission REAL,
    phase REAL, azimuth REAL, scale REAL, volume TEXT NOT NULL, size INTEGER, footprint BLOB NOT NULL
);
CREATE VIRTUAL TABLE places USING rtree(
    id, west, east, south, north, from_ls, to_ls, from_sun, to_sun, +product INTEGER
);
"""
#: (west, south, east, north) in degrees, west <= east.
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Window:
    """What the R-tree narrows a search by: a box, a stretch of ``mars_year * 360 + Ls``, a largest incidence."""

    box: Box
    season: tuple[float, float] = (-1e9, 1e9)
    max_incidence: float = 1e9


@dataclass
class Account:
    """What became of the rows; ``reasons`` counts why some are no entries."""

    rows: int = 0
    skipped: int = 0
    reasons: dict[str, int] | None = None

    def skip(self, reason: str) -> None:
        """Count a row that is no entry."""
        self.skipped += 1
        self.reasons = self.reasons or {}
        self.reasons[reason] = self.reasons.get(reason, 0) + 1


def write_store(path: Path, entries: Iterable[Entry], account: Account, meta: dict[str, str]) -> None:
    """Write a new file at ``path`` (which is not there). Memory stays bounded. Counts into ``account``.

    Of two rows of one product the later counts, as a table that grows has it. Raises OutputError.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.executescript(_SCHEMA)
            db.execute("BEGIN")
            for batch in _batches(entries):
                _insert(db, batch, account)
            account.rows = db.execute("SELECT count(*) FROM products").fetchone()[0]
            years = db.execute("SELECT min(mars_year), max(mars_year) FROM products").fetchone()
            stated = meta | {
                "first_year": str(years[0] or 0),
                "last_year": str(years[1] or 0),
                "format": str(FORMAT),
                "rows": str(account.rows),
                "skipped": str(account.skipped),
                "reasons": json.dumps(account.reasons or {}),
            }
            db.executemany("INSERT INTO meta VALUES (?, ?)", stated.items())
            db.execute("COMMIT")
            db.execute("ANALYZE")
    except sqlite3.OperationalError as error:
        if "rtree" in str(error):
            raise OutputError(
                "This Python's SQLite has no R-tree, which the offline index needs.", "Use SOURCE ODE or NAMES."
            ) from error
        raise OutputError(f"The offline index could not be written to {path.parent}: {error}.", _SPACE) from error
    except sqlite3.Error as error:
        raise OutputError(f"The offline index could not be written to {path.parent}: {error}.", _SPACE) from error


_SPACE = "Free some space, or set MARSCD_CACHE_DIR to a folder on a local disk."


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _insert(db: sqlite3.Connection, batch: Sequence[Entry], account: Account) -> None:
    shapely = need("shapely")
    blobs = shapely.to_wkb([to_shapely(e.footprint) for e in batch])
    for entry, blob in zip(batch, blobs, strict=True):
        old = db.execute("SELECT id FROM products WHERE product_id = ?", (entry.product_id,)).fetchone()
        if old is not None:
            account.skip("the same product in a later row")
            db.execute("DELETE FROM places WHERE product = ?", old)
            db.execute("DELETE FROM products WHERE id = ?", old)
        start = round((entry.start - _EPOCH) / timedelta(milliseconds=1))
        row = (entry.product_id, entry.observation_id, entry.orbit, start, entry.mars_year, entry.solar_longitude,
               entry.incidence, entry.emission, entry.phase, entry.azimuth, entry.scale, entry.volume, entry.size,
               blob)  # fmt: skip
        made = db.execute(
            f"INSERT INTO products ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})",  # noqa: S608  # nosec B608
            row,
        )
        season = entry.mars_year * 360.0 + entry.solar_longitude
        sun = _NO_SUN if entry.incidence is None else entry.incidence
        for west, south, east, north in boxes_of(entry.footprint):
            db.execute(
                "INSERT INTO places (west, east, south, north, from_ls, to_ls, from_sun, to_sun, product) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (west, east, south, north, season, season, sun, sun, made.lastrowid),
            )


def boxes_of(area: Area) -> Iterator[Box]:
    """The box of each part of an area; none crosses longitude 180."""
    for polygon in area.polygons:
        lon, lat = [p[0] for p in polygon[0]], [p[1] for p in polygon[0]]
        yield min(lon), min(lat), max(lon), max(lat)


@contextmanager
def open_store(path: Path) -> Iterator[sqlite3.Connection]:
    """Read-only. Raises ArchiveError for a file that is none of ours."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            db.row_factory = sqlite3.Row
            yield db
    except sqlite3.Error as error:
        raise ArchiveError(
            f"The offline index {path} is damaged ({error}).", "Delete it and build it again."
        ) from error


def read_meta(path: Path) -> dict[str, str]:
    """What the file says of itself; {} where it is not there. Raises ArchiveError for a damaged one."""
    if not path.is_file():
        return {}
    with open_store(path) as db:
        return {row["key"]: row["value"] for row in db.execute("SELECT key, value FROM meta")}


def find(db: sqlite3.Connection, windows: Sequence[Window]) -> list[sqlite3.Row]:
    """The products in any of the windows, each once; boxes touch, so some may lie just outside."""
    found: dict[int, sqlite3.Row] = {}
    for window in windows:
        west, south, east, north = window.box
        rows = db.execute(
            "SELECT p.* FROM places AS r JOIN products AS p ON p.id = r.product "
            "WHERE r.west <= ? AND r.east >= ? AND r.south <= ? AND r.north >= ? "
            "AND r.from_ls <= ? AND r.to_ls >= ? AND r.from_sun <= ?",
            (east, west, north, south, window.season[1], window.season[0], window.max_incidence),
        )
        for row in rows:
            found.setdefault(row["id"], row)
    return list(found.values())


def start_of(row: sqlite3.Row) -> datetime:
    """When it was taken."""
    return _EPOCH + timedelta(milliseconds=row["start_ms"])


def area_of(geometry: Any) -> Area:
    """A stored footprint, which was made by ``planet.geometry`` once, as an Area again."""
    return Area(tuple(rings_of(part) for part in getattr(geometry, "geoms", [geometry])))
